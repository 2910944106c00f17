"""The pages of the reading room in the order of its menu: those that `dashboard.urls` has under these names."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_MAIN: tuple[tuple[str, "_StrPromise"], ...] = (
    ("overview", _("Overview")),
    ("timeline", _("Timeline")),
    ("matrix", _("Matrix")),
    ("map", _("Map")),
    ("changes", pgettext_lazy("page", "Changes")),
    ("moves", pgettext_lazy("page", "Who moved first")),
    ("compare", pgettext_lazy("page", "Compare")),
    ("search", pgettext_lazy("page", "Search")),
)
_MORE: tuple[tuple[str, "_StrPromise"], ...] = (
    ("suppliers", pgettext_lazy("page", "Suppliers")),
    ("weapons", pgettext_lazy("page", "Weapons")),
    ("dispatches", pgettext_lazy("page", "Dispatches")),
    ("claims", pgettext_lazy("page", "Claims")),
    ("coverage", _("Coverage")),
    ("codebook", _("Codebook")),
    ("data", pgettext_lazy("page", "Data")),
)
_FOR_OPERATORS: tuple[tuple[str, "_StrPromise"], ...] = (
    ("api-docs", pgettext_lazy("page", "API")),
    ("health", _("How the program is")),
)
"""Their addresses are the same in every language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu. ``current``: the reader is on it, or on a page below it."""

    name: str
    words: str
    address: str
    current: bool


def main_entries(current: str) -> list[Entry]:
    """What stands at the top of each page, in the reader's language."""
    return _entries(_MAIN, current)


def more_entries(current: str) -> list[Entry]:
    """What stands at its foot, beside what stands at the top."""
    return _entries((*_MORE, *_FOR_OPERATORS), current)


def page_names() -> list[str]:
    """The names of all pages for readers that take no argument."""
    return [name for name, _ in (*_MAIN, *_MORE) if _exists(name)]


def _entries(pages: tuple[tuple[str, "_StrPromise"], ...], current: str) -> list[Entry]:
    return [Entry(name, str(words), reverse(name), name == current) for name, words in pages if _exists(name)]


@cache
def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
