"""What a redaction would remove, wherever it stands; and the public log of redactions."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from restrictions.domain.redaction import BEGINS, LEAST, blocks
from restrictions.models import Claim, DispatchVersion, Mark, Redacted, Redaction

_COLUMNS = """
    SELECT c.table_name, c.column_name, c.data_type, coalesce(c.character_maximum_length, 0)
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
        AND (c.table_name LIKE 'restrictions\\_%%' OR c.table_name = 'pghistory_context')
        AND c.data_type IN ('text', 'character varying', 'jsonb', 'bytea')
    ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A column that holds one of the texts, and in how many rows."""

    table: str
    column: str
    kind: str
    width: int
    rows: int


@dataclass(frozen=True, slots=True)
class RedactionPlan:
    """The texts that would be removed, the longest first, and where each stands."""

    texts: tuple[str, ...]
    places: tuple[tuple[Place, ...], ...]

    @property
    def rows(self) -> int:
        return sum(place.rows for places in self.places for place in places)

    @property
    def by_table(self) -> list[tuple[str, int]]:
        """Rows by table."""
        counts: dict[str, int] = {}
        for place in (place for places in self.places for place in places):
            counts[place.table] = counts.get(place.table, 0) + place.rows
        return sorted(counts.items())

    @property
    def seen(self) -> str:
        """One word that changes with the plan."""
        return sha256(repr((self.texts, self.places)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class LoggedRedaction:
    """One redaction as the public is told of it."""

    day: date
    kind: str
    ground: str
    places: int


def redaction_plan(kind: Redacted, number: int) -> RedactionPlan:
    """What redacting this text of the claim, mark or dispatch would remove; empty where there is none."""
    found = {text for text in _texts(kind, number) if text and not text.startswith(BEGINS)}
    texts = tuple(sorted(found, key=lambda text: (-len(text), text)))
    columns = _text_columns()
    return RedactionPlan(texts, tuple(tuple(_places(text, columns)) for text in texts))


def redaction_log() -> list[LoggedRedaction]:
    """All redactions, the newest first: one query."""
    rows = Redaction.objects.order_by("-pk")
    return [LoggedRedaction(row.at.date(), str(row.get_kind_display()), row.ground, row.places) for row in rows]


def last_redaction() -> int:
    """The revision of the last redaction, 0 where there was none: what was remembered before it is not shown."""
    return Redaction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def said_where(kind: str, text: str) -> tuple[str, dict[str, str]]:
    """The condition under which a column of this kind holds the text, with its values."""
    values = {"text": text, "json": json_text(text)}
    if kind == "jsonb":
        return (
            "position(%(json)s in {0}::text) > 0"
            if _is_long(text)
            else "position('\"' || %(json)s || '\"' in {0}::text) > 0"
        ), values
    if kind == "bytea":
        return "position(convert_to(%(text)s, 'UTF8') in {0}) > 0" if _is_long(text) else "false", values
    return ("position(%(text)s in {0}) > 0" if _is_long(text) else "{0} = %(text)s"), values


def said_instead(kind: str, width: int, text: str, stone: str) -> tuple[str, dict[str, str]]:
    """What such a column holds afterwards: a tombstone where the text stood alone, blocks inside another text."""
    values = {"stone": stone[: width or None], "json_stone": json_text(stone), "blocks": blocks(text)}
    if kind == "jsonb":
        alone = "replace({0}::text, '\"' || %(json)s || '\"', '\"' || %(json_stone)s || '\"')"
        return (f"replace({alone}, %(json)s, %(blocks)s)::jsonb" if _is_long(text) else f"{alone}::jsonb"), values
    if kind == "bytea":
        return "''::bytea", values
    return "CASE WHEN {0} = %(text)s THEN %(stone)s ELSE replace({0}, %(text)s, %(blocks)s) END", values


def json_text(text: str) -> str:
    """The text as it stands between the quotation marks of the database's JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _is_long(text: str) -> bool:
    return len(text) >= LEAST


def _text_columns() -> list[tuple[str, str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, {})
        return [(str(table), str(column), str(kind), int(width)) for table, column, kind, width in cursor.fetchall()]


def _places(text: str, columns: Iterable[tuple[str, str, str, int]]) -> Iterator[Place]:
    quote = connection.ops.quote_name
    for table, column, kind, width in columns:
        condition, values = said_where(kind, text)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {quote(table)} WHERE {condition.format(quote(column))}", values)  # noqa: S608
            if rows := cursor.fetchone()[0]:
                yield Place(table, column, kind, width, rows)


def _texts(kind: Redacted, number: int) -> Iterator[str]:
    if kind is Redacted.QUOTE:
        yield from _quote_of(Claim.objects.filter(pk=number))
    elif kind is Redacted.MARK:
        yield from _quote_of(Mark.objects.filter(pk=number))
    elif kind is Redacted.NOTE:
        history: Any = Claim.pgh_event_model  # type: ignore[attr-defined]  # put there by pghistory
        for rows in (Claim.objects.filter(pk=number), history.objects.filter(pgh_obj_id=number)):
            yield from rows.values_list("notes", flat=True)
    else:
        yield from _of_dispatch(kind, DispatchVersion.objects.filter(dispatch=number))


def _quote_of(rows: "QuerySet[Any]") -> Iterator[str]:
    """The quote, and what else was ever quoted from the same words of that text."""
    for row in rows:
        yield row.quote
        if row.dispatch_version_id:
            same = Q(dispatch_version_id=row.dispatch_version_id, quote_in=row.quote_in)
            yield from _quotes(same & Q(quote_start__lt=row.quote_end, quote_end__gt=row.quote_start))


def _of_dispatch(kind: Redacted, versions: "QuerySet[DispatchVersion]") -> Iterator[str]:
    place = "title" if kind is Redacted.TITLE else "body"
    yield from versions.values_list(place, flat=True)
    if kind is not Redacted.BODY:
        yield from _quotes(Q(dispatch_version_id__in=list(versions.values_list("pk", flat=True)), quote_in=place))


def _quotes(wanted: Q) -> Iterator[str]:
    tables: tuple[Any, ...] = (Claim, Mark)
    for model in tables:
        for table in (model, model.pgh_event_model):
            yield from table.objects.filter(wanted).values_list("quote", flat=True)
