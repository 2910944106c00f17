"""Deriving the whole record again when the rules of derivation have changed."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from restrictions.actions.record import derive_again, open_revision
from restrictions.domain.rules import RULES_VERSION
from restrictions.models import PositionVersion, Revision
from restrictions.queries.pairs import pairs_on_record


@dataclass(frozen=True, slots=True)
class Rederived:
    """What new rules changed: how many versions were opened, and how many closed."""

    opened: int
    closed: int


def derive_under_new_rules(*, by: User) -> Rederived | None:
    """Derive every pair again in one revision; none where the last revision was made under today's rules."""
    last = Revision.objects.order_by("-instant").first()
    if last is None or last.rules_version == RULES_VERSION:
        return None
    with transaction.atomic():
        revision = open_revision(by=by, reason=f"Derived under the rules of version {RULES_VERSION}")
        derive_again(pairs_on_record())
    return Rederived(
        opened=PositionVersion.objects.filter(opened_by=revision).count(),
        closed=PositionVersion.objects.filter(closed_by=revision).count(),
    )
