"""Removing a text on legal grounds, from the record and from its past: the one exception to a past that stays."""

from collections.abc import Iterable
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
from restrictions.queries.redactions import Place, RedactionPlan, redaction_plan, said_instead, said_where


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
    tables = sorted({place.table for places in plan.places for place in places})
    with sleeping_triggers(tables):
        for text, places in zip(plan.texts, plan.places, strict=True):
            _replace(text, places, stone)


def _replace(text: str, places: Iterable[Place], stone: str) -> None:
    quote = connection.ops.quote_name
    for place in places:
        condition, values = said_where(place.kind, text)
        instead, more = said_instead(place.kind, place.width, text, stone)
        column = quote(place.column)
        statement = f"UPDATE {quote(place.table)} SET {column} = {instead} WHERE {condition}".replace("{0}", column)  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, {**values, **more})
