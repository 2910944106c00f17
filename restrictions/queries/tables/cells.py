"""Values as cells of text, and cells as values again."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from import_export.fields import Field
from import_export.widgets import Widget

from restrictions.domain.days import parse_day


class Text(Widget):
    """Text as it stands."""

    def clean(self, value: str, *_row: Any, **_named: Any) -> Any:
        return value

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return "" if value is None else str(value)


class Code(Text):
    """A code; an empty cell is none where ``unknown`` says so."""

    def __init__(self, *, unknown: bool = False) -> None:
        super().__init__()
        self._unknown = unknown

    def clean(self, value: str, *_row: Any, **_named: Any) -> str | None:
        return value.strip() or (None if self._unknown else "")


class Codes(Text):
    """Codes with blanks between them, each once."""

    def clean(self, value: str, *_row: Any, **_named: Any) -> list[str]:
        return list(dict.fromkeys(value.replace(";", " ").replace(",", " ").split()))

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return " ".join(value or ())


class Names(Text):
    """Texts with semicolons between them; one that holds a semicolon stands in quotation marks."""

    def clean(self, value: str, *_row: Any, **_named: Any) -> list[str]:
        return split_cell(value, ";") if value.strip() else []

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return joined_cell(value or (), ";")


class Number(Text):
    """A whole number; an empty cell is none."""

    def clean(self, value: str, *_row: Any, **_named: Any) -> int | None:
        text = value.strip()
        if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise ValueError(gettext("“%(text)s” is no whole number.") % {"text": text})
        return int(text) if text else None


class Flag(Text):
    """``yes``, or an empty cell."""

    def clean(self, value: str, *_row: Any, **_named: Any) -> bool:
        text = value.strip().lower()
        if text not in ("yes", "no", ""):
            raise ValueError(gettext("“%(text)s” is neither “yes” nor empty.") % {"text": value.strip()})
        return text == "yes"

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return "yes" if value else ""


class CalendarDay(Text):
    """A day of the calendar."""

    def clean(self, value: str, *_row: Any, **_named: Any) -> date:
        try:
            return date.fromisoformat(value.strip())
        except ValueError as wrong:
            raise ValueError(gettext("“%(text)s” is no day such as 2024-05-30.") % {"text": value.strip()}) from wrong


class Instant(Text):
    """A moment, in UTC. It is only ever shown."""

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return value.isoformat() if isinstance(value, datetime) else ""


class Column(Field):
    """A column of a table: the attribute that it shows, and how. ``shown_only``: a file cannot change it."""

    def __init__(self, attribute: str, widget: Widget | None = None, *, shown_only: bool = False) -> None:
        super().__init__(attribute=attribute, widget=widget or Text(), readonly=shown_only)


def shown(attribute: str, widget: Widget | None = None) -> Column:
    """A column that a file cannot change."""
    return Column(attribute, widget, shown_only=True)


class DayColumn(Column):
    """An imprecise day, as EDTF, which stands in three columns of the row."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}_edtf")
        self._name = name

    def save(self, instance: Any, row: Any, *_is_m2m: Any, **_named: Any) -> None:
        text = row[self.column_name].strip()
        day = parse_day(text) if text else None
        for part, value in (
            ("edtf", day.edtf if day else None),
            ("earliest", day.earliest if day else None),
            ("latest", day.latest if day else None),
        ):
            setattr(instance, f"{self._name}_{part}", value)


def split_cell(text: str, by: str) -> list[str]:
    """The items of a cell, without blanks around them."""
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=by, skipinitialspace=True))
    return [item.strip() for line in lines for item in line]


def joined_cell(items: Sequence[str], by: str) -> str:
    """Items in one cell, each in quotation marks where it needs them."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=by, lineterminator="").writerow(items)
    return buffer.getvalue()
