"""Where the rules of a lexicon fire in a masked text."""

from restrictions.extraction.lexicon import Lexicon, Rule
from restrictions.extraction.values import value


@value
class Hit:
    """A rule that fired, at places of the masked text; ``km`` is what a depth rule read."""

    rule: Rule
    start: int
    end: int
    km: str = ""
    means: str = ""


def fire(text: str, lexicon: Lexicon) -> list[Hit]:
    """All hits in order of their places, the longest one of a rule at each place."""
    found: dict[tuple[str, int], Hit] = {}
    rules, candidates = lexicon.rules, lexicon.rule_candidates
    for literal, start, _ in lexicon.rule_finder.find_matches_as_indexes(text, overlapping=True):
        if text[start - 1 : start].isalnum() and text[start].isalnum():
            continue
        for index in candidates[literal]:
            rule, expression = rules[index]
            match = expression.match(text, start)
            if match is None:
                continue
            known = found.get((rule.id, start))
            if known is None or match.end() > known.end:
                km = match["km"] if rule.means == "depth" else ""
                found[rule.id, start] = Hit(rule, start, match.end(), km, rule.means)
    return sorted(found.values(), key=lambda hit: (hit.start, hit.end, hit.rule.id))
