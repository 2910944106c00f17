"""What chains of operators (permit, forbid, not, end) come to on the head that they reach."""

import re

from restrictions.domain.vocabulary import Condition
from restrictions.extraction import signs
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.stances import Says, Stance

_REACH_WITHIN = 55  # signs between two operators of one chain
_REACH_FORWARD = 110  # from the last operator to its head
_REACH_WEAK = 60  # the same, of "can" and "not" alone
_REACH_BACK = 70  # from a head to the operator after it
_GOVERNS = 140  # from "until now" to what held until then
_OPERATORS = ("permit", "may", "could", "forbid", "not", "end", "pause", "hold", "cannot", "will")
HEADS = ("use", "supply", "other")
_WEAK = frozenset({"may", "could", "will", "not", "cannot"})
_AFTER_A_HEAD = _WEAK | {"end"}  # what may still turn a stance: "the ban on firing them has not been lifted"
WHOLE = ("free", "confine", "secret", "no", "approval", "stands")
"""What a pattern says by itself, with no head; the operators that it covers are no chain."""
_COVERS = (*WHOLE, "given", "whatever", "unlike")
_READ_IN_CHAINS = (*_OPERATORS, *HEADS, "until")
_OBJECT = 14  # signs from a verb to its object
_DASH = " - "


def stances_of_chains(sentence: Sentence, breaks: re.Pattern[str], verb_last: bool) -> list[Stance]:
    """What the chains of a sentence say, in the order in which they close."""
    return _ChainReader(sentence, breaks, verb_last).read()


class _ChainReader:
    """Reads operators and heads in order and closes a chain where its reach ends."""

    def __init__(self, sentence: Sentence, breaks: re.Pattern[str], verb_last: bool) -> None:
        self.sentence = sentence
        self.breaks = breaks
        self.verb_last = verb_last
        self.open: tuple[list[Hit], Hit, int] | None = None  # what a verb at the end of the clause may still turn
        self.reopened = False
        self.chain: list[Hit] = []
        self.head: Hit | None = None  # a head that no operator has taken yet
        self.until: Hit | None = None
        self.last: tuple[list[Hit], Hit | None] = (
            [],
            None,
        )  # what the last stance was made of, which may yet be turned
        self.found: list[Stance] = []

    def read(self) -> list[Stance]:
        for hit in _uncovered(self.sentence):
            if hit.means == "until":
                self._meet_until(hit)
            elif hit.means in HEADS:
                self._meet_head(hit)
            else:
                self._meet_operator(hit)
        self._close()
        return self.found

    def _meet_until(self, hit: Hit) -> None:
        if self.chain and self._reaches(self.chain[-1], hit, 20):
            self._add(self.chain, self.head, past=True)
            self.chain = []
        else:
            self._close()
            self.until = hit

    def _meet_head(self, hit: Hit) -> None:
        reach = _REACH_WEAK if all(other.means in _WEAK for other in self.chain) else _REACH_FORWARD
        if self.chain and self._reaches(self.chain[-1], hit, reach):
            weak = self.verb_last and reach == _REACH_WEAK and not self.reopened
            self.open = (self.chain, hit, len(self.found)) if weak else None
            self._add(self.chain, hit)
            self.chain, self.head, self.reopened = [], None, False
        else:
            self._close()
            self.head = None if hit.means == "other" else hit

    def _reopens(self, hit: Hit) -> bool:
        """Whether the clause of a weak stance ends with this operator: "soll den Einsatz erlaubt haben"."""
        opened, self.open = self.open, None
        if opened is None or not self._ends_clause_of(opened[1], hit):
            return False
        chain, head, count = opened
        del self.found[count:]
        self.chain, self.head, self.reopened = [*chain, hit], head, True
        return True

    def _ends_clause_of(self, head: Hit, hit: Hit) -> bool:
        return self._reaches(head, hit, _REACH_BACK) and "," not in self.sentence.between(head.end, hit.start)

    def _meet_operator(self, hit: Hit) -> None:
        if self._denies_head(hit) or (not self.chain and self._reopens(hit)):
            return
        if self.chain and not (self._reaches(self.chain[-1], hit, _REACH_WITHIN) and self._is_one_clause(hit)):
            self._close()
        self.chain.append(hit)

    def _close(self) -> None:
        """A chain that met no head takes the one before it, or stands alone."""
        if self.chain and not self._turns_last():
            weak = all(hit.means in _WEAK for hit in self.chain)
            near = self.head and not weak and self._reaches(self.head, self.chain[0], _REACH_BACK)
            self._add(self.chain, self.head if near or self.reopened else None)
        self.chain, self.open, self.reopened = [], None, False

    def _turns_last(self) -> bool:
        """Whether the chain only ends, or does not end, what the stance before it tells: then that one is told anew."""
        chain, head = self.last
        if not self.found or not _is_refusal(chain) or not _ends_only(self.chain):
            return False
        if not self._reaches(self.found[-1].hits[-1], self.chain[0], _REACH_FORWARD):
            return False
        self._add([*chain, *self.chain], head, self.found.pop().past)
        return True

    def _denies_head(self, hit: Hit) -> bool:
        """Whether "no" right after a head denies it: "sends no weapons", "will part with neither"."""
        chain, head = self.last
        if hit.means != "not" or self.chain:
            return False
        if self.head is not None and 0 <= hit.start - self.head.end <= 1:
            self._add([hit], self.head)
        elif head is not None and 0 <= hit.start - head.end <= 1 and self.found and head in self.found[-1].hits:
            self._add([*chain, hit], head, self.found.pop().past)
        else:
            return False
        self.head = None
        return True

    def _is_one_clause(self, hit: Hit) -> bool:
        """Whether no comma ends what "after months of" tells of: then another clause goes on about the present."""
        return self.until is None or "," not in self.sentence.between(self.chain[0].start, hit.start)

    def _reaches(self, first: Hit, second: Hit, most: int) -> bool:
        between = self.sentence.between(first.end - 1, second.start + 1)
        if first.means in _WEAK:
            between = _without_aside(between)
        return len(between) - 2 <= most and not self.breaks.search(between)

    def _add(self, chain: list[Hit], head: Hit | None, past: bool = False) -> None:
        says = _meaning(chain, head, self.sentence, self.breaks)
        self.last = ([], None) if says is None else (chain, head)
        if says is None:
            return
        hits = tuple(sorted([*chain, *([head] if head else [])], key=lambda hit: hit.start))
        start, end = hits[0].start, max(hit.end for hit in hits)
        denies = says not in (Says.PERMITS, Says.SUPPLIES)
        before = denies and self.until is not None and start - self.until.end <= _GOVERNS
        weak = all(hit.means in _WEAK for hit in chain)
        ended = any(hit.means == "end" for hit in chain)
        self.found.append(
            Stance(says, self.sentence, start, end, hits, past or before, weak, head.means if head else "", ended)
        )
        self.until = None


def _ends_only(chain: list[Hit]) -> bool:
    kinds = {hit.means for hit in chain}
    return "end" in kinds and kinds <= _AFTER_A_HEAD


def _is_refusal(chain: list[Hit]) -> bool:
    return any(hit.means == "forbid" for hit in chain)


def _without_aside(between: str) -> str:
    """What stands between two words less an aside that starts right after the first: "not, so he said, allow"."""
    for mark in (", ", _DASH):
        if between[1 : 1 + len(mark)] == mark:
            last = between.rfind(mark)
            return between if last <= 1 else between[0] + between[last + len(mark) - 1 :]
    return between


def _uncovered(sentence: Sentence) -> list[Hit]:
    """Operators, heads and time words that no whole stance covers and that do not lie in one another."""
    covers = sentence.of(*_COVERS)
    found: list[Hit] = []
    for hit in sentence.of(*_READ_IN_CHAINS):
        if any(cover.start <= hit.start < cover.end for cover in covers if cover.means != "approval"):
            continue
        if found and hit.start < found[-1].end:
            if hit.end > found[-1].end and (hit.start == found[-1].start or found[-1].means in _WEAK):
                found[-1] = hit
            continue
        found.append(hit)
    return found


def _meaning(chain: list[Hit], head: Hit | None, sentence: Sentence, breaks: re.Pattern[str]) -> Says | None:
    kinds = [hit.means for hit in chain]
    if head is not None and head.means == "other":
        return None
    turns = (
        bool({"not", "cannot"} & set(kinds))
        + ("pause" in kinds)
        + sum(kind in ("end", "forbid", "hold") for kind in kinds)
    )
    permitted = turns % 2 == 0
    if set(kinds) == {"end"} or (head is None and set(kinds) <= _WEAK):
        return None
    if _is_supply(kinds, head, sentence):
        if "pause" in kinds and not permitted:
            return Says.PAUSES
        return Says.SUPPLIES if permitted else Says.WITHHOLDS
    if "pause" in kinds or (set(kinds) == {"not"} and not _pledges(sentence)):
        return None
    if head is None and ((permitted and not _ends_a_refusal(chain)) or not _has_object(chain, sentence, breaks)):
        return None
    if permitted and set(kinds) == {"will"}:
        return None
    return Says.PERMITS if permitted else Says.BANS


def _pauses_arms(sentence: Sentence) -> bool:
    """Whether arms for the recipient are the very thing that pauses: "is pausing all military aid to Ukraine"."""
    arms = [mention.at for mention in sentence.named(signs.WEAPON, signs.ARMS)]
    pauses = [hit.end for hit in sentence.of("pause")]
    close = any(
        0 <= place - end <= _OBJECT and "," not in sentence.between(end, place) for end in pauses for place in arms
    )
    return close and bool(sentence.named(signs.RECIPIENT))


def _ends_a_refusal(chain: list[Hit]) -> bool:
    """Whether a ban is ended; "refuses to end" what nobody names is no permission."""
    ends = [hit for hit in chain if hit.means == "end"]
    bans = [hit for hit in chain if hit.means == "forbid"]
    return any(not 0 <= end.start - ban.end <= 1 for end in ends for ban in bans)


def _pledges(sentence: Sentence) -> bool:
    """Whether "not to fire them" is what the recipient promised (coding rule 22)."""
    return any(hit.rule.value == Condition.ASSURANCES for hit in sentence.of("condition"))


def _has_object(chain: list[Hit], sentence: Sentence, breaks: re.Pattern[str]) -> bool:
    """Whether a bare refusal has something in its own clause to be about."""
    about = [hit.start for hit in sentence.of("use", "supply", "until", "deep")]
    arms = sentence.named(signs.WEAPON, signs.ARMS, signs.ANAPHOR)
    actors = sentence.named(signs.RECIPIENT, signs.STATE, signs.PERSON, signs.STATE_ADJECTIVE)
    about += [mention.at for mention in sentence.named(signs.ENEMY, signs.AREA)]
    about += [mention.at for mention in arms] if actors else []
    first, last = chain[0].start, chain[-1].end
    return any(
        first - _REACH_FORWARD <= place <= last + _REACH_FORWARD
        and not breaks.search(sentence.between(min(place, last), max(place, first)).replace(": ", "  "))
        for place in about
    )


def _is_supply(kinds: list[str], head: Hit | None, sentence: Sentence) -> bool:
    """Whether it is about handing over: by its head, else by what the sentence names besides."""
    if "hold" in kinds:
        return True
    if head is not None:
        return head.means == "supply"
    if "pause" in kinds:
        return bool(sentence.of("supply")) or _pauses_arms(sentence)
    on_territory = sentence.named(signs.ENEMY, signs.ENEMY_ADJECTIVE) or sentence.of("border", "deep", "confine", "use")
    return not on_territory and bool(sentence.of("supply"))
