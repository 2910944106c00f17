"""Removing a text on legal grounds, from the record and from its past: the one exception to a past that stays."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import gettext

from restrictions.actions.copying import sleeping_triggers
from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import open_revision
from restrictions.actions.seen import check_mark
from restrictions.domain.redaction import tombstone
from restrictions.models import Redacted, Redaction
from restrictions.queries.held_words import replaced
from restrictions.queries.redactions import RedactionPlan, redaction_plan


class CannotRedact(Exception):
    """There is nothing to remove; the sentence says so."""


def redact(*, kind: Redacted, number: int, ground: str, by: User, now: datetime, seen: str | None = None) -> Redaction:
    """Put a tombstone in the text's place wherever it stands: rows, versions, history, frozen views, kept proposals.

    What is kept of it is the redaction itself, with its ground. Raises ValueError without a ground, CannotRedact where
    nothing stands there, PlanChanged where the plan is no longer the one that was ``seen``.
    """
    said = needs_reason(" ".join(ground.split()), gettext("A redaction needs its ground: it is shown to the public."))
    with transaction.atomic(), history_of(by, said):
        revision = open_revision(by=by, reason=f"Removed on legal grounds: {said}")
        plan = redaction_plan(kind, number)
        if not plan.rows:
            raise CannotRedact(gettext("No such text is held, or it was removed already."))
        if seen is not None:
            check_mark(seen, plan.seen)
        _remove(plan, tombstone(now.date(), said))
        redaction = Redaction.objects.create(revision=revision, at=now, by=by, kind=kind, ground=said, places=plan.rows)
        # Nothing serves kept pages of before any more; they still hold the text.
        transaction.on_commit(cache.clear)
    return redaction


def _remove(plan: RedactionPlan, stone: str) -> None:
    """Rows are written past the triggers that keep history as it was."""
    tables = sorted({place.column.table for places in plan.places for place in places})
    with sleeping_triggers(tables), connection.cursor() as cursor:
        for text, places in zip(plan.texts, plan.places, strict=True):
            for place in places:
                cursor.execute(*replaced(place, text, stone))
        for table in tables:
            # The planner keeps the most common texts of each column as samples.
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
