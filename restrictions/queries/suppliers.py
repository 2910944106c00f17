"""Which states the record holds as suppliers of a weapon."""

from restrictions.domain.vocabulary import Role, Status
from restrictions.domain.weapons import ANY
from restrictions.models import Position


def role_of(supplier: str, recipient: str, weapon: str) -> Role:
    """Consent where the state is not among the weapon's recorded suppliers and another is; else supplier.

    A state counts as supplier where the record shows the weapon as handed over, or a rule of its own on its use.
    """
    if weapon == ANY:
        return Role.SUPPLIER
    suppliers = set(
        Position.objects.filter(recipient_id=recipient, weapon_id=weapon, role=Role.SUPPLIER.value)
        .exclude(status=Status.WITHHELD.value)
        .values_list("supplier_id", flat=True)
    )
    return Role.CONSENT if suppliers and supplier not in suppliers else Role.SUPPLIER
