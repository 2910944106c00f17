"""A pattern of a lexicon, compiled, with the literal beginnings by which one pass over a text finds where to try it."""

import re
from collections.abc import Iterable
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from restrictions.extraction.signs import MACROS
from restrictions.extraction.text import fold

_MOST_BEGINNINGS = 64
_WORD_ENDS = re.compile(r"\\b(?=$|\(\?[=!])")  # also after a mention, whose sign is no letter
_NO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_WRAPS = (codes.BRANCH, codes.SUBPATTERN, codes.ASSERT, codes.ASSERT_NOT, *_REPEATS)
_NO_WORD_ENDS = frozenset("' ")
_MACRO = re.compile(r"\{([A-Za-z]+)\}")


class BadPattern(ValueError):
    """A pattern cannot be compiled, or begins with nothing literal."""


def expand(pattern: str, macros: dict[str, str]) -> str:
    """The pattern without accents, its macros written out. Raises BadPattern for a macro that there is not."""

    def written_out(match: re.Match[str]) -> str:
        if match[1] not in macros:
            raise BadPattern(f"{{{match[1]}}} is no macro; there are {', '.join(sorted(macros))}")
        return macros[match[1]]

    return _WORD_ENDS.sub(r"(?!\\w)", _MACRO.sub(written_out, fold(pattern).cased))


def compiled(pattern: str, macros: dict[str, str]) -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern as a regular expression and the literals that its matches begin with."""
    expanded = expand(pattern, MACROS | macros)
    try:
        tree = parser.parse(expanded)
        expression = compiler.compile(tree)  # from the tree: a second reading would take a quarter of the start
        begins = frozenset(_beginnings(tree))
    except re.error as error:
        raise BadPattern(f"“{pattern}” is no regular expression: {error}") from error
    _check_can_match(pattern, tree)
    if "" in begins:
        raise BadPattern(f"“{pattern}” must begin with letters or a mention, so that it can be found in one pass")
    return expression, begins


def _check_can_match(pattern: str, parts: Iterable[tuple[Any, Any]]) -> None:
    """Raises BadPattern where some of a pattern can never match a text as the rules read it."""
    before: list[tuple[Any, Any]] = []
    for code, argument in parts:
        if code is codes.LITERAL:
            _check_letter(pattern, chr(argument), before[-1:] == [(code, argument)])
        elif _is_word_end(code, argument) and _last_signs(before) & _NO_WORD_ENDS:
            raise BadPattern(f"“{pattern}” can never match wholly: no word ends (\\b) after an apostrophe or a space")
        elif code in _WRAPS:
            for inner in argument[-1] if code is codes.BRANCH else argument[-1:]:
                _check_can_match(pattern, inner)
        before.append((code, argument))


def _is_word_end(code: Any, argument: Any) -> bool:
    return code is codes.ASSERT_NOT and list(argument[1]) == [(codes.IN, [(codes.CATEGORY, codes.CATEGORY_WORD)])]


def _check_letter(pattern: str, letter: str, again: bool) -> None:
    if letter != letter.lower():
        raise BadPattern(f"“{pattern}” can never match: “{letter}” is a capital, and texts are read in lower case")
    if letter == " " and again:
        raise BadPattern(f"“{pattern}” can never match: two spaces stand together, and texts are read with one")


def _last_signs(parts: Iterable[tuple[Any, Any]]) -> set[str]:
    """The signs that the parts may end with, as far as they are listed; "" where they may be nothing."""
    ends = {""}
    for code, argument in reversed(list(parts)):
        if "" not in ends:
            break
        ends = ends - {""} | _last_of(code, argument)
    return ends


def _last_of(code: Any, argument: Any) -> set[str]:
    if code is codes.LITERAL:
        return {chr(argument)}
    if code is codes.IN:
        return _members(argument)[0] or set()
    if code is codes.BRANCH:
        return set[str]().union(*map(_last_signs, argument[1]))
    if code in _REPEATS:
        return _last_signs(argument[2]) | ({""} if argument[0] == 0 else set())
    if code is codes.SUBPATTERN:
        return _last_signs(argument[3])
    return {""} if code in _NO_WIDTH else set()


def _beginnings(parts: Iterable[tuple[Any, Any]]) -> set[str]:
    """All literal texts that a match can begin with, as long as they are certain."""
    begins, _ = _literal_run(parts)
    return begins


def _literal_run(parts: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """Literal beginnings, and whether the parts are nothing but these literals."""
    begins = {""}
    for code, argument in parts:
        choices, whole = _choices(code, argument)
        if choices is None or len(begins) * len(choices) > _MOST_BEGINNINGS:
            return begins, False
        begins = {begin + choice for begin in begins for choice in choices}
        if not whole:
            return begins, False
    return begins, True


def _choices(code: Any, argument: Any) -> tuple[set[str] | None, bool]:
    """The literals one part of a parsed pattern can be (none: anything), and whether it is no more than them."""
    if code is codes.LITERAL:
        return {chr(argument)}, True
    if code in _NO_WIDTH:
        return {""}, True
    if code is codes.IN:
        return _members(argument)
    if code is codes.SUBPATTERN:
        return _literal_run(argument[3])
    if code is codes.MAX_REPEAT and argument[:2] == (0, 1):
        begins, whole = _literal_run(argument[2])
        return begins | {""}, whole
    if code is codes.MAX_REPEAT and argument[0] > 0:
        return _literal_run(argument[2])[0], False
    if code is codes.BRANCH:
        runs = [_literal_run(branch) for branch in argument[1]]
        return {begin for begins, _ in runs for begin in begins}, all(whole for _, whole in runs)
    return None, False


def _members(members: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, bool]:
    """The characters of a set, where all of them are listed or lie in a range such as 0-9."""
    found: set[str] = set()
    for code, argument in members:
        if code is codes.LITERAL:
            found.add(chr(argument))
        elif code is codes.RANGE:
            found.update(chr(point) for point in range(argument[0], argument[1] + 1))
        else:
            return None, False
    return found, True
