"""The lexicons: what each language's file says, checked once and compiled for one pass over a text."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from restrictions.domain.vocabulary import Condition
from restrictions.extraction import signs
from restrictions.extraction.patterns import BadPattern, compiled
from restrictions.extraction.senses import Senses
from restrictions.extraction.text import fold

LANGUAGES = ("fr", "en", "de", "uk")
FOLDER = Path(__file__).parent / "languages"

KINDS = frozenset(
    {
        # operators and heads
        "permit",
        "may",
        "could",
        "will",
        "forbid",
        "not",
        "cannot",
        "end",
        "hold",
        "pause",
        "use",
        "supply",
        "other",
        # whole stances
        "free",
        "confine",
        "secret",
        "no",
        "approval",
        "stands",
        # what points to another sentence, and what takes a place out
        "alike",
        "unlike",
        "among",
        "terms",
        "except",
        "widened",
        "since",
        "same_day",
        # marks, and what governs a stance
        "hypothetical",
        "urges",
        "joins",
        "responds",
        "used",
        "report",
        "outsider",
        # time and act
        "until",
        "sets",
        "reaffirms",
        "confirms",
        "vouches",
        "defends",
        "denies",
        # voices
        "says",
        "anonymous",
        "named",
        "document",
        "press",
        "reported",
        "same",
        # limits
        "limited",
        "only",
        "condition",
        "depth",
        "deep",
        # places and owners
        "border",
        "occasion",
        "aside",
        "owner",
        "given",
        "whatever",
    }
)
"""What a rule can mean: the words that the steps ask for."""


class BadLexicon(ValueError):
    """A lexicon file is wrong. The sentence names the file and the key."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a name stands for: the sign it gets in the masked text, its code, and whether it needs a capital."""

    sign: str
    code: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what a match of one of its patterns ``means``, with a codebook value where it carries one.

    ``link``: how the second reader names it in the order of a sentence.
    """

    id: str
    means: str
    value: str
    link: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "link", f"={self.means}/{self.value}" if self.value else f"={self.means}")


@dataclass(frozen=True)
class Names:
    """What all languages share: who fights whom, who makes what, which system is of which class."""

    territories: Mapping[str, tuple[str, ...]]
    makers: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    seldom: frozenset[str]
    implied: tuple[str, ...]
    telling: frozenset[str]
    capitals: Mapping[str, str]


@dataclass(frozen=True)
class Lexicon:
    """One language, ready for use."""

    language: str
    names: Names
    terms: Mapping[str, tuple[Term, ...]]
    term_finder: AhoCorasick
    term_list: tuple[str, ...]
    rules: tuple[tuple[Rule, re.Pattern[str]], ...]
    rule_finder: AhoCorasick
    rule_candidates: tuple[tuple[int, ...], ...]
    abbreviations: frozenset[str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    numbers: Mapping[str, int]
    when: tuple[tuple[str, re.Pattern[str]], ...]
    day_finder: AhoCorasick
    day_candidates: tuple[tuple[int, ...], ...]
    breaks: re.Pattern[str]
    places_after: tuple[str, ...]
    objects_after: tuple[str, ...]
    joins: frozenset[str]
    classes_named: frozenset[str]
    tails: tuple[str, ...]
    verb_last: bool
    senses: Senses


@lru_cache(maxsize=1)
def lexicons(folder: Path = FOLDER) -> Mapping[str, Lexicon]:
    """All lexicons by language. Raises BadLexicon, naming file and key, where one is wrong or the rule ids differ."""
    loaded = {code: lexicon_of(code, folder) for code in LANGUAGES}
    _check_same("rules", {code: {rule.id for rule, _ in lexicon.rules} for code, lexicon in loaded.items()}, folder)
    _check_same("senses", {code: set(lexicon.senses.names) for code, lexicon in loaded.items()}, folder)
    return loaded


@lru_cache(maxsize=len(LANGUAGES))
def lexicon_of(language: str, folder: Path = FOLDER) -> Lexicon:
    """One language's lexicon, checked and compiled when the first dispatch asks for it. Raises BadLexicon."""
    names_file = folder / "names.toml"
    return _lexicon(folder / f"{language}.toml", _read(names_file), names_file)


@lru_cache(maxsize=1)
def small_words(folder: Path = FOLDER) -> Mapping[str, frozenset[str]]:
    """The small words by which languages are told apart: of those with a lexicon, then of the others."""
    names = _Table(folder / "names.toml", _read(folder / "names.toml"))
    own = {code: _Table(folder / f"{code}.toml", _read(folder / f"{code}.toml")) for code in LANGUAGES}
    others = {code: frozenset(names.listed("others", code)) for code in names.table("others")}
    return {code: frozenset(table.words("stopwords")) for code, table in own.items()} | others


def _check_same(table: str, ids: Mapping[str, set[str]], folder: Path) -> None:
    everywhere = set().union(*ids.values())
    for code, known in ids.items():
        if missing := sorted(everywhere - known):
            raise BadLexicon(f"{folder / (code + '.toml')}: {table}.{missing[0]} is missing; another language has it")


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadLexicon(f"{file}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise BadLexicon(f"{file}: is no TOML ({error})") from error


def _lexicon(file: Path, shared: dict[str, Any], shared_file: Path) -> Lexicon:
    own = _Table(file, _read(file))
    names = _Table(shared_file, shared)
    terms = _terms(own, names)
    rules, finder, candidates = _rules(own)
    months, weekdays = own.words("months"), own.words("weekdays")
    when, day_finder, day_candidates = _when(own, weekdays, months)
    term_list = tuple(terms)
    return Lexicon(
        language=file.stem,
        names=Names(
            {code: tuple(names.listed("territories", code)) for code in names.table("territories")},
            names.table("makers"),
            {code: tuple(systems) for code, systems in names.table("classes").items()},
            frozenset(names.listed("recipients", "seldom")),
            tuple(names.listed("recipients", "implied")),
            frozenset(names.listed("recipients", "telling")),
            names.table("capitals"),
        ),
        terms=terms,
        term_finder=AhoCorasick(term_list),
        term_list=term_list,
        rules=rules,
        rule_finder=finder,
        rule_candidates=candidates,
        abbreviations=frozenset(own.words("abbreviations")),
        weekdays=weekdays,
        months=months,
        numbers={fold(word).lower: number for word, number in own.table("numbers").items()},
        when=when,
        day_finder=day_finder,
        day_candidates=day_candidates,
        breaks=re.compile("|".join(re.escape(fold(text).lower) for text in own.listed("clauses", "breaks"))),
        objects_after=tuple(f"{fold(text).lower} " for text in own.listed("places", "objects")),
        joins=frozenset(fold(text).lower for text in own.listed("clauses", "joins")),
        classes_named=frozenset(own.table("weapons")),
        tails=own.words("tails") if "tails" in own.content else (),
        verb_last=bool(own.table("clauses").get("verb_last")),
        senses=Senses({name: own.listed("senses", name) for name in own.table("senses")}),
        places_after=tuple(f" {fold(text).lower} " for text in own.listed("places", "before")),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A file's content, whose reading errors name the file and the key."""

    file: Path
    content: dict[str, Any]

    def table(self, key: str) -> dict[str, Any]:
        value = self.content.get(key)
        if not isinstance(value, dict):
            raise self.wrong(key, "wants a table")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value = self.content.get(key)
        return tuple(fold(word).lower for word in self.list_of_text(key, value))

    def listed(self, table: str, key: str) -> list[str]:
        return self.list_of_text(f"{table}.{key}", self.table(table).get(key))

    def list_of_text(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not value or any(not isinstance(text, str) or not text for text in value):
            raise self.wrong(key, "wants a list of texts that are not empty")
        return value

    def patterns(self, key: str, value: object) -> list[str]:
        """A list of patterns, each of which stands in it once."""
        found = self.list_of_text(key, value)
        if len(set(found)) < len(found):
            raise self.wrong(key, f"holds “{next(text for text in found if found.count(text) > 1)}” twice")
        return found

    def wrong(self, key: str, why: str) -> BadLexicon:
        return BadLexicon(f"{self.file}: {key} {why}")


_SECTIONS = {
    "countries": signs.STATE,
    "people": signs.PERSON,
    "adjectives": signs.STATE_ADJECTIVE,
    "organisations": signs.ORGANISATION,
    "weapons": signs.WEAPON,
    "arms": signs.ARMS,
    "regions": signs.AREA,
    "anaphors": signs.ANAPHOR,
    "strangers": signs.PLACE,
}
_SHARED = ("people", "organisations", "weapons", "regions")


def _terms(own: _Table, names: _Table) -> dict[str, tuple[Term, ...]]:
    """Folded spelling to what it can stand for; a spelling that is met with a capital only may have one of each."""
    found: dict[str, tuple[Term, ...]] = {}
    endings = _ENDINGS | {mark: tuple(own.list_of_text(f"forms.{mark}", forms)) for mark, forms in _forms_of(own)}
    sources = [(names, section) for section in _SHARED] + [
        (own, section) for section in _SECTIONS if section in own.content
    ]
    for source, section in sources:
        for code, spellings in source.table(section).items():
            for spelling in source.list_of_text(f"{section}.{code}", spellings):
                for form in _forms(spelling, endings):
                    folded = fold(form)
                    term = Term(_SECTIONS[section], code, folded.cased[0].isupper())
                    found[folded.lower] = (*found.get(folded.lower, ()), term)
    return found


_ENDINGS = {"*": ("", "s"), "+": ("", "e", "s", "es")}


def _forms_of(own: _Table) -> Iterable[tuple[str, Any]]:
    """The language's own marks for endings, if it has any: a mark is one sign, "-" an ending of no letters."""
    return own.table("forms").items() if "forms" in own.content else ()


def _forms(spelling: str, endings: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if spelling[-1] not in endings:
        return (spelling,)
    return tuple(spelling[:-1] + ending.strip("-") for ending in endings[spelling[-1]])


def _rules(
    own: _Table,
) -> tuple[tuple[tuple[Rule, re.Pattern[str]], ...], AhoCorasick, tuple[tuple[int, ...], ...]]:
    rules: list[tuple[Rule, re.Pattern[str]]] = []
    begins: dict[str, list[int]] = {}
    macros = {"number": f"(?:{'|'.join(fold(word).lower for word in own.table('numbers'))})"}
    for rule_id, entry in own.table("rules").items():
        rule = _rule(own, rule_id, entry)
        for pattern in own.patterns(f"rules.{rule_id}.patterns", entry.get("patterns")):
            try:
                expression, literals = compiled(pattern, macros)
            except BadPattern as error:
                raise own.wrong(f"rules.{rule_id}", str(error)) from error
            for literal in literals:
                begins.setdefault(literal, []).append(len(rules))
            rules.append((rule, expression))
    return tuple(rules), AhoCorasick(list(begins)), tuple(tuple(indexes) for indexes in begins.values())


def _rule(own: _Table, rule_id: str, entry: Any) -> Rule:
    if not isinstance(entry, dict) or entry.get("is") not in KINDS:
        raise own.wrong(f"rules.{rule_id}", f"wants “is”, one of {', '.join(sorted(KINDS))}")
    value = entry.get("value", "")
    if entry["is"] == "condition" and value not in set(Condition):
        raise own.wrong(f"rules.{rule_id}.value", "wants a condition of the codebook")
    return Rule(rule_id, entry["is"], value)


def _when(
    own: _Table, weekdays: Iterable[str], months: Iterable[str]
) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], AhoCorasick, tuple[tuple[int, ...], ...]]:
    macros = {
        "weekday": f"(?P<weekday>{'|'.join(weekdays)})",
        "month": f"(?P<month>{'|'.join(re.escape(month) for month in months)})",
    }
    found: list[tuple[str, re.Pattern[str]]] = []
    begins: dict[str, list[int]] = {}
    for key, patterns in own.table("when").items():
        for pattern in own.patterns(f"when.{key}", patterns):
            try:
                expression, literals = compiled(rf"\b(?:{pattern})\b".replace("\\d", "[0-9]"), macros)
            except BadPattern as error:
                raise own.wrong(f"when.{key}", str(error)) from error
            for literal in literals:
                begins.setdefault(literal, []).append(len(found))
            found.append((key, expression))
    return tuple(found), AhoCorasick(list(begins)), tuple(tuple(indexes) for indexes in begins.values())
