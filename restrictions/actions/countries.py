"""Countries as editors keep them: positions show the names of their day."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import derive_again, open_revision
from restrictions.models import Country, Position, Revision


def save_country(*, row: Country, by: User, reason: str) -> Revision:
    """A country as an editor leaves it; positions that name it show the new name from this revision on.

    Raises ValueError without a reason.
    """
    said = needs_reason(reason, gettext("A change of a country needs its reason."))
    with transaction.atomic(), history_of(by, said):
        revision = open_revision(by=by, reason=said)
        row.save()
        named = Position.objects.filter(Q(supplier=row) | Q(recipient=row) | Q(territory=row.code))
        derive_again(named.order_by().values_list("supplier_id", "recipient_id").distinct())
    return revision
