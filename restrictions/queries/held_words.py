"""Where words stand in the database: in which columns, in how many rows, in which files that were handed in."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO
from re import compile as pattern
from zipfile import BadZipFile, ZipFile

from django.db import connection

from restrictions.domain.redaction import LEAST, blocks
from restrictions.extraction.decoding import decode_text
from restrictions.models import SentTable

_FILES = SentTable._meta.db_table
_COLUMNS = """
    SELECT c.table_name, c.column_name,
        CASE WHEN c.udt_name IN ('_text', '_varchar') THEN 'texts'
             WHEN c.data_type IN ('jsonb', 'bytea') THEN c.data_type ELSE 'text' END,
        coalesce(c.character_maximum_length, nullif(a.atttypmod, -1) - 4, 0)
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        JOIN pg_attribute a ON a.attrelid = to_regclass(c.table_name) AND a.attname = c.column_name
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
        AND (c.table_name LIKE 'restrictions\\_%' OR c.table_name IN ('pghistory_context', 'django_admin_log'))
        AND c.udt_name IN ('text', 'varchar', 'jsonb', 'bytea', '_text', '_varchar')
    ORDER BY 1, 2
"""
_SAYING = ("body", "notes", "quote", "source_title", "summary", "title")
"""Columns, and fields in JSON, that hold somebody's words. A short text is looked for in these alone: elsewhere the
same letters are a code or a name, which every row of its kind shares."""
_TAG = pattern(r"<[^>]*>")

Condition = tuple[str, list[str]]
"""A piece of SQL, with its values in their order."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can hold words: one text, several, JSON or bytes; ``width`` is 0 where it takes any length."""

    table: str
    name: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class Place:
    """A column that holds one of the texts, and in how many rows; the numbers of the rows where these are files."""

    column: Column
    rows: int
    files: tuple[int, ...] = ()


def places_of(texts: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
    """Where each text stands. Every table is read once, whatever their number."""
    found: list[list[Place]] = [[] for _ in texts]
    for columns in _text_columns():
        wanted = [
            (at, one, *_held(one, text)) for at, text in enumerate(texts) for one in columns if _may_hold(one, text)
        ]
        for (at, column, _, _), rows in zip(wanted, _counted(columns[0].table, wanted), strict=True):
            if rows:
                found[at].append(Place(column, rows))
    for at, files in enumerate(_files_with(texts)):
        if files:
            found[at].append(Place(Column(_FILES, "content", "file", 0), len(files), files))
    return tuple(map(tuple, found))


def replaced(place: Place, text: str, stone: str) -> Condition:
    """The statement that takes the text out of this place: a tombstone where it stood alone, blocks inside another
    text; a file that was handed in is emptied as a whole."""
    column = place.column
    name, table = connection.ops.quote_name(column.name), connection.ops.quote_name(column.table)
    if place.files:
        numbers = ",".join(map(str, place.files))
        return f"UPDATE {table} SET {name} = '' WHERE id = ANY(%s::bigint[])", [f"{{{numbers}}}"]  # noqa: S608
    instead, values = _instead(column, text, stone)
    held, sought = _held(column, text)
    return f"UPDATE {table} SET {name} = {instead} WHERE {held}", [*values, *sought]  # noqa: S608  the database's own names


def spellings(text: str) -> list[str]:
    """The text, and how it reads inside JSON and inside HTML that is kept as text, each once."""
    escaped = json.dumps(text)[1:-1]
    return list(dict.fromkeys([text, json_text(text), escaped, escape(text, quote=False), escape(text)]))


def json_text(text: str) -> str:
    """The text as it stands between the quotation marks of the database's JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def file_holds(raw: bytes, text: str) -> bool:
    """Whether a table that was handed in has these words in any of its cells, sheets or comments."""
    ways = spellings(text)
    return any(way in words for words in _words_in(raw) for way in ways)


def _words_in(raw: bytes) -> Iterator[str]:
    """The file as text; of XLSX, which is a zip, each part without its tags: one cell's words may stand in several."""
    try:
        with ZipFile(BytesIO(raw)) as parts:
            for name in parts.namelist():
                yield unescape(_TAG.sub("", decode_text(parts.read(name))))
    except BadZipFile:
        yield (text := decode_text(raw))
        yield text.replace('""', '"')


def _files_with(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """For each text the numbers of the files that hold it; one file is in memory at a time."""
    found: list[list[int]] = [[] for _ in texts]
    long = [(at, text) for at, text in enumerate(texts) if _is_long(text)]
    rows = SentTable.objects.order_by("pk").values_list("pk", "content")
    for number, raw in rows.iterator(chunk_size=1) if long else ():
        for at, text in long:
            if file_holds(bytes(raw), text):
                found[at].append(number)
    return [tuple(numbers) for numbers in found]


def _text_columns() -> list[list[Column]]:
    """By table. What was handed in as files is looked at otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        found = [Column(str(table), str(name), str(kind), int(width)) for table, name, kind, width in cursor.fetchall()]
    tables = sorted({column.table for column in found})
    kept = [column for column in found if (column.table, column.name) != (_FILES, "content")]
    return [[column for column in kept if column.table == table] for table in tables]


def _counted(table: str, wanted: Iterable[tuple[int, Column, str, list[str]]]) -> list[int]:
    """In how many rows of the table each condition holds."""
    counts = [(f"count(*) FILTER (WHERE {condition})", values) for _, _, condition, values in wanted]
    if not counts:
        return []
    with connection.cursor() as cursor:
        asked = ", ".join(count for count, _ in counts)
        values = [value for _, values in counts for value in values]
        cursor.execute(f"SELECT {asked} FROM {connection.ops.quote_name(table)}", values)  # noqa: S608
        return list(cursor.fetchone())


def _is_long(text: str) -> bool:
    return len(text) >= LEAST


def _may_hold(column: Column, text: str) -> bool:
    if _is_long(text):
        return not column.width or column.width >= LEAST
    return column.kind == "jsonb" or (column.kind == "text" and column.name in _SAYING)


def _held(column: Column, text: str) -> Condition:
    """The condition under which the column holds the text."""
    name = connection.ops.quote_name(column.name)
    if not _is_long(text):
        if column.kind == "text":
            return f"{name} = %s", [text]
        return f"{name}::text LIKE ANY(%s::text[])", [_like_any(_fields_saying(text))]
    said = {"jsonb": f"{name}::text", "texts": f"array_to_string({name}, E'\\n')"}.get(column.kind, name)
    ways = spellings(text)
    if column.kind == "bytea":
        return _any_of([f"position(convert_to(%s, 'UTF8') in {name}) > 0"] * len(ways)), ways
    if column.kind == "jsonb":
        ways = [json_text(way) for way in ways]
    return _any_of([f"position(%s in {said}) > 0"] * len(ways)), ways


def _any_of(conditions: Iterable[str]) -> str:
    return f"({' OR '.join(conditions)})"


def _fields_saying(text: str) -> list[str]:
    """The text as the value of each field that holds words, as the database writes JSON."""
    return [f'"{field}": "{json_text(text)}"' for field in _SAYING]


def _like_any(texts: Iterable[str]) -> str:
    """Patterns that find these texts anywhere, as a list of the database's."""
    escaped = (text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for text in texts)
    quoted = (f"%{text}%".replace("\\", "\\\\").replace('"', '\\"') for text in escaped)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def _instead(column: Column, text: str, stone: str) -> Condition:
    """What the column holds afterwards."""
    name = connection.ops.quote_name(column.name)
    if column.kind == "bytea":
        return "''::bytea", []
    if column.kind == "jsonb":
        return _json_instead(name, text, stone)
    fits = stone[: column.width or None]
    if column.kind == "text":
        return _text_instead(name, text, fits)
    each, values = _text_instead("said", text, fits)
    items = f"unnest({name}) WITH ORDINALITY AS item(said, place)"
    return f"(SELECT array_agg({each} ORDER BY place) FROM {items})", values  # noqa: S608


def _text_instead(said: str, text: str, stone: str) -> Condition:
    longer, values = _without(said, [(way, blocks(way)) for way in spellings(text)] if _is_long(text) else [])
    return f"CASE WHEN {said} = %s THEN %s ELSE {longer} END", [text, stone, *values]


def _json_instead(name: str, text: str, stone: str) -> Condition:
    if _is_long(text):
        alone = [(f'"{json_text(text)}"', f'"{json_text(stone)}"')]
        pairs = alone + [(json_text(way), blocks(way)) for way in spellings(text)]
    else:
        pairs = list(zip(_fields_saying(text), _fields_saying(stone), strict=True))
    said, values = _without(f"{name}::text", pairs)
    return f"({said})::jsonb", values


def _without(said: str, pairs: Iterable[tuple[str, str]]) -> Condition:
    """The text with each of these replaced by what stands beside it."""
    values: list[str] = []
    for before, after in pairs:
        said = f"replace({said}, %s, %s)"
        values += [before, after]
    return said, values
