"""Weapons as editors keep them: what a weapon's class decides is derived again."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import derive_again, open_revision
from restrictions.actions.seen import check_mark
from restrictions.models import Revision, Weapon
from restrictions.queries.edits import FaultyFields
from restrictions.queries.weapon_plans import weapon_faults, weapon_plan


def save_weapon(*, row: Weapon, by: User, reason: str, seen: str | None = None) -> Revision:
    """A weapon as an editor leaves it, new or changed, and the record derived again where that changes anything.

    Raises FaultyFields, PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("A change of a weapon needs its reason."))
    with transaction.atomic(), history_of(by, said):
        revision = open_revision(by=by, reason=said)
        if faults := weapon_faults(row):
            raise FaultyFields(faults)
        plan = weapon_plan(row)
        if seen is not None:
            check_mark(seen, plan.seen)
        row.save(force_insert=row._state.adding)
        derive_again(plan.pairs)
    return revision
