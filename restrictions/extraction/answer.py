"""A language model's answer, checked: what the codebook and the dispatch do not bear out is dropped, with the reason.

An answer is only ever claims to be checked. Nothing in it is acted on, and nothing of it is repeated in a reason.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from restrictions.domain.days import Day, NotADay, parse_day
from restrictions.domain.vocabulary import (
    CLAIM_ACTS,
    MARK_ACTS,
    Act,
    AreaRole,
    Attribution,
    Condition,
    Status,
    Track,
    track_of,
)
from restrictions.extraction.document import CodedClaim, CodedMark, Coding, Document, Field, Quote
from restrictions.extraction.question import CLAIM_STATUSES, ORGANISATIONS, Codes

MODEL = "model"
MOST = 60
"""Claims, and marks, that are read of one answer."""
LONGEST_QUOTE = 2_000
_FARTHEST_KM = 20_000

_ALONE, _AGREED = 0.5, 0.8
"""How sure a claim is that the model alone makes, and one that the rules make as well."""

_OF_A_REFUSAL = frozenset({Condition.PARTIAL, Condition.TEMPORARY})
_OF_A_BAN = frozenset({Condition.OWN_TERRITORY_ONLY, Condition.ASSURANCES})
_OF_THE_LAW = frozenset({Condition.SELF_DEFENCE, Condition.MILITARY_TARGETS})
_FITTING: Mapping[Status, frozenset[Condition]] = {
    Status.WITHHELD: _OF_A_REFUSAL,
    Status.BANNED: _OF_A_BAN,
    Status.ALLOWED: _OF_THE_LAW,
    Status.CONDITIONAL: frozenset(Condition) - _OF_A_REFUSAL - {Condition.OWN_TERRITORY_ONLY},
    Status.UNDISCLOSED: frozenset(),
}

_Word = TypeVar("_Word", bound=StrEnum)
_Read = TypeVar("_Read", CodedClaim, CodedMark)


class NoCoding(ValueError):
    """The answer as a whole cannot be read; the sentence says why."""


class _Dropped(ValueError):
    """One statement of the answer is not taken; the words say why."""


def read_answer(text: str, document: Document, codes: Codes, *, rules: Coding, version: str) -> Coding:
    """The coding that an answer gives: each claim and mark checked, what fails dropped. Raises NoCoding.

    ``rules`` is what the rules make of the dispatch: a claim that both make is surer.
    """
    answer = _json_object(text)
    relevant = answer.get("relevant")
    if not isinstance(relevant, bool):
        raise NoCoding("it does not say whether the dispatch is relevant")
    reader = _Reader(document, codes, {_key(claim) for claim in rules.claims})
    dropped: list[str] = []
    claims = _taken(_list(answer, "claims"), reader.claim, _key, dropped)
    marks = _taken(_list(answer, "marks"), reader.mark, lambda mark: (mark.act, mark.actor), dropped)
    return Coding(
        tuple(sorted(claims, key=lambda claim: (claim.quote_in != "body", claim.quote_start, claim.weapon))),
        tuple(marks),
        relevant=relevant or bool(claims),
        language=rules.language,
        reason="" if relevant or claims else "the model finds no delivery or use of arms",
        version=version,
        coder=MODEL,
        dropped=tuple(dropped),
    )


def drops_in_words(coding: Coding) -> str:
    """What was dropped of a model's answer, by reason: “dropped 3: quote not in the text (2), said twice (1)”."""
    if not coding.dropped:
        return ""
    counts = Counter(coding.dropped)
    return f"dropped {counts.total()}: {', '.join(f'{reason} ({count})' for reason, count in sorted(counts.items()))}"


def _json_object(text: str) -> dict[str, Any]:
    """The object in an answer, also where a model sets words or a fence around it."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise NoCoding("it holds no JSON object")
    try:
        answer = json.loads(text[start : end + 1])
    except (ValueError, RecursionError) as error:
        raise NoCoding("it holds no JSON that can be read") from error
    return dict(answer)  # what opens with a brace is an object


def _list(answer: Mapping[str, Any], name: str) -> list[Any]:
    found = answer.get(name)
    if not isinstance(found, list):
        raise NoCoding(f"it has no list of {name}")
    return found


def _taken(
    said: list[Any], read: Callable[[dict[str, Any]], _Read], key: Callable[[_Read], object], dropped: list[str]
) -> list[_Read]:
    """What can be read, each key once; why the others cannot goes to ``dropped``."""
    found: dict[object, _Read] = {}
    for one in said[:MOST]:
        try:
            if not isinstance(one, dict):
                raise _Dropped("no object")
            what = read(one)
            if key(what) in found:
                raise _Dropped("said twice")
        except _Dropped as reason:
            dropped.append(str(reason))
        else:
            found[key(what)] = what
    dropped += ["one too many"] * (len(said) - MOST)
    return list(found.values())


def _key(claim: CodedClaim) -> tuple[str, str, Status]:
    """What a dispatch claims once (coding rule 2)."""
    return claim.supplier, claim.weapon, claim.status


class _Reader:
    """Reads one statement of an answer about one dispatch. Raises _Dropped."""

    def __init__(self, document: Document, codes: Codes, agreed: Collection[object]) -> None:
        self._document, self._codes, self._agreed = document, codes, agreed

    def claim(self, said: dict[str, Any]) -> CodedClaim:
        status = _word(said, "status", Status, CLAIM_STATUSES)
        conditions = _conditions(said, status)
        areas = _codes(said, "areas", self._codes.regions)
        act = _word(said, "act", Act, CLAIM_ACTS)
        quote = self._quote(said)
        claim = CodedClaim(
            supplier=_code(said, "supplier", self._codes.countries),
            recipient=_code(said, "recipient", self._codes.countries),
            weapon=_code(said, "weapon", self._codes.weapons),
            status=status,
            track=track_of(status, about_delivery=said.get("track") == Track.SUPPLY),
            territory=_code(said, "territory", self._codes.countries),
            act=act,
            attribution=_word(said, "attribution", Attribution, Attribution),
            effective=_effective(said, act, self._document.published),
            quote=quote.text,
            quote_in=quote.where,
            quote_start=quote.start,
            quote_end=quote.end,
            areas=areas,
            area_role=_area_role(said, areas),
            conditions=conditions,
            depth_km=_depth(said, conditions),
            prior=_prior(said, status, act),
            rule_ids=(MODEL,),
        )
        _check_sense(claim)
        return replace(claim, confidence=_AGREED if _key(claim) in self._agreed else _ALONE)

    def mark(self, said: dict[str, Any]) -> CodedMark:
        quote = self._quote(said)
        return CodedMark(
            act=_word(said, "act", Act, MARK_ACTS),
            actor=_code(said, "actor", self._codes.countries | ORGANISATIONS),
            quote=quote.text,
            quote_in=quote.where,
            quote_start=quote.start,
            quote_end=quote.end,
            supplier=_code_if_any(said, "supplier", self._codes.countries),
            weapon=_code_if_any(said, "weapon", self._codes.weapons),
            rule_ids=(MODEL,),
        )

    def _quote(self, said: dict[str, Any]) -> Quote:
        """The words at their place, the body's before the title's (coding rule 21)."""
        words = said.get("quote")
        if not isinstance(words, str) or not words.strip():
            raise _Dropped("no quote")
        words = words.strip()
        if len(words) > LONGEST_QUOTE:
            raise _Dropped("quote too long")
        places: tuple[tuple[Field, str], ...] = (("body", self._document.body), ("title", self._document.title))
        for where, text in places:
            start = text.find(words)
            if start >= 0:
                return Quote(words, where, start, start + len(words))
        raise _Dropped("quote not in the text")


def _code(said: Mapping[str, Any], field: str, known: Collection[str]) -> str:
    code = said.get(field)
    if not isinstance(code, str) or code not in known:
        raise _Dropped(f"unknown {field}")
    return code


def _code_if_any(said: Mapping[str, Any], field: str, known: Collection[str]) -> str | None:
    return None if said.get(field) is None else _code(said, field, known)


def _codes(said: Mapping[str, Any], field: str, known: Collection[str]) -> tuple[str, ...]:
    codes = said.get(field)
    if not isinstance(codes, list):
        raise _Dropped(f"unknown {field}")
    return tuple(dict.fromkeys(_code({field: code}, field, known) for code in codes))


def _word(said: Mapping[str, Any], field: str, vocabulary: type[_Word], allowed: Iterable[_Word]) -> _Word:
    return vocabulary(_code(said, field, [word.value for word in allowed]))


def _conditions(said: Mapping[str, Any], status: Status) -> tuple[Condition, ...]:
    named = _codes(said, "conditions", [condition.value for condition in Condition])
    found = tuple(condition for condition in Condition if condition.value in named)
    if not _FITTING[status].issuperset(found):
        raise _Dropped("conditions that do not fit the status")
    return found


def _area_role(said: Mapping[str, Any], areas: tuple[str, ...]) -> AreaRole | None:
    return _word(said, "area_role", AreaRole, AreaRole) if areas else None


def _depth(said: Mapping[str, Any], conditions: tuple[Condition, ...]) -> int | None:
    """The depth, which goes with the condition; whole kilometres."""
    depth = said.get("depth_km")
    if depth is None:
        return None
    if type(depth) is not int or not 0 < depth <= _FARTHEST_KM or Condition.DEPTH_LIMIT not in conditions:
        raise _Dropped("depth that cannot be")
    return depth


def _prior(said: Mapping[str, Any], status: Status, act: Act) -> Status | None:
    if said.get("prior") is None:
        return None
    prior = _word(said, "prior", Status, CLAIM_STATUSES)
    if act is not Act.SETS or (prior is status and status is not Status.CONDITIONAL):
        raise _Dropped("prior that cannot be")
    return prior


def _effective(said: Mapping[str, Any], act: Act, published: Day | None) -> str | None:
    """The day that the answer gives, else the publication's; only what is decided may lie ahead of it."""
    given = said.get("effective")
    if given is None:
        return published.edtf if published else None
    try:
        day = parse_day(given) if isinstance(given, str) else _no_day()
    except NotADay as error:
        raise _Dropped("effective that is no day") from error
    if published and act is not Act.SETS and day.earliest > published.latest:
        raise _Dropped("effective after the publication")
    return day.edtf


def _no_day() -> NoReturn:
    raise NotADay("It is no text.")


def _check_sense(claim: CodedClaim) -> None:
    if claim.supplier in (claim.recipient, claim.territory):
        raise _Dropped("supplier that is also recipient or territory")
    limited = claim.conditions or claim.areas
    if claim.status is Status.CONDITIONAL and not limited:
        raise _Dropped("conditional without a limit")
    if claim.areas and claim.status not in (Status.CONDITIONAL, Status.BANNED):
        raise _Dropped("areas that do not fit the status")
