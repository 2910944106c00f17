"""What the codes of the record are called in other languages than the reader's."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from restrictions.queries.naming import REGION, STATE, WEAPON
from restrictions.reference.names import load_names, named_languages
from restrictions.words.reader import language, name_of_language

LANGUAGES_OF_NAMES = named_languages()


@dataclass(frozen=True, slots=True)
class ForeignName:
    """A name with its language: the code, and the language's own name in the reader's words."""

    language: str
    language_name: str
    name: str


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A code with its name in each language that the reference lists have names in, by the language's code."""

    kind: str
    code: str
    names: dict[str, str]


def foreign_names(kind: str, code: str, name: str) -> tuple[ForeignName, ...]:
    """The names of a state, a region or a weapon in other languages, where they differ from the one that is shown."""
    found = _names(kind).get(code, {})
    return tuple(
        ForeignName(other, name_of_language(other), said)
        for other, said in found.items()
        if other != language() and said != name
    )


def named_codes(codes: Iterable[tuple[str, str]]) -> list[NamedCode]:
    """These codes, each given with its kind, with their names; what no list has is left out."""
    return [NamedCode(kind, code, names) for kind, code in codes if (names := _names(kind).get(code))]


@cache
def _names(kind: str) -> dict[str, dict[str, str]]:
    """Names by language, by code."""
    part = {STATE: "countries", REGION: "regions", WEAPON: "weapons"}[kind]
    by_language = {one: getattr(load_names(one), part) for one in LANGUAGES_OF_NAMES}
    return {code: {one: names[code] for one, names in by_language.items()} for code in by_language["en"]}
