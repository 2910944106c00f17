"""Context acts: who hints, who calls on others, who reacts, what was seen used. One mark for each act and actor."""

from restrictions.domain.vocabulary import Act
from restrictions.extraction import signs
from restrictions.extraction.document import CodedMark
from restrictions.extraction.mentions import Mention, Theatre
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit

_ACTORS = (signs.STATE, signs.PERSON, signs.RECIPIENT, signs.ENEMY, signs.ORGANISATION)
_ADJECTIVES = (signs.STATE_ADJECTIVE, signs.RECIPIENT_ADJECTIVE, signs.ENEMY_ADJECTIVE)
_CALLED_WITHIN = 60  # signs after "urged" in which the state that is called on stands
_ACTS = {
    "hypothetical": Act.SIGNALS,
    "urges": Act.URGES,
    "joins": Act.URGES,
    "responds": Act.RESPONDS,
    "used": Act.USED,
}


def find_marks(sentences: list[Sentence], theatre: Theatre) -> tuple[CodedMark, ...]:
    """The marks of a dispatch in order, the body's before the title's."""
    found: dict[tuple[Act, str], CodedMark] = {}
    for sentence in sorted(sentences, key=lambda sentence: (sentence.page.where != "body", sentence.number)):
        for hit in sentence.of(*_ACTS):
            act = _ACTS[hit.means]
            actor = _actor(sentence, hit, theatre)
            if actor and _may(act, actor, sentence, theatre):
                found.setdefault((act, actor), _mark(act, actor, sentence, hit))
    return tuple(found.values())


def _actor(sentence: Sentence, hit: Hit, theatre: Theatre) -> str | None:
    """Who does it: of a use the recipient; who joins a call stands after it; else the last one named before."""
    if hit.means == "used":
        return theatre.recipient
    actors = sentence.named(*_ACTORS)
    after = [mention.code for mention in actors if mention.at >= hit.end]
    if hit.means == "joins":
        return after[0] if after else None
    before = [mention for mention in actors if mention.at < hit.start] or _before(sentence.named(*_ADJECTIVES), hit)
    return before[-1].code if before else None


def _before(mentions: list[Mention], hit: Hit) -> list[Mention]:
    return [mention for mention in mentions if mention.at < hit.start]


def _may(act: Act, actor: str, sentence: Sentence, theatre: Theatre) -> bool:
    """Whether such a mark makes sense: suppliers signal, others react; and the sentence is about arms or their use."""
    if act is Act.SIGNALS:
        topical = sentence.of("use", "supply", "permit", "end") or sentence.named(signs.WEAPON, signs.ARMS)
        return actor not in (theatre.recipient, theatre.territory, "NATO") and bool(topical)
    if act is Act.URGES:
        return actor != theatre.territory
    if act is Act.RESPONDS:
        return actor == theatre.territory
    return bool(sentence.named(signs.WEAPON) and sentence.named(signs.ENEMY, signs.ENEMY_ADJECTIVE, signs.AREA))


def _mark(act: Act, actor: str, sentence: Sentence, hit: Hit) -> CodedMark:
    quote = sentence.page.quote(sentence.start, sentence.end)
    weapons = sentence.named(signs.WEAPON)
    return CodedMark(
        act=act,
        actor=actor,
        quote=quote.text,
        quote_in=quote.where,
        quote_start=quote.start,
        quote_end=quote.end,
        supplier=_supplier(act, actor, sentence, hit),
        weapon=weapons[0].code if weapons else None,
        rule_ids=(hit.rule.id,),
    )


def _supplier(act: Act, actor: str, sentence: Sentence, hit: Hit) -> str | None:
    """Whose rule it is about: the state that hints, the one that is called on; of other acts the owner of the arms."""
    if act is Act.SIGNALS:
        return actor
    named = (signs.STATE, signs.PERSON)
    if act is Act.URGES:
        called = [mention for mention in sentence.named(*named) if 0 <= mention.at - hit.start <= _CALLED_WITHIN]
        direct = [mention.code for mention in called if "," not in sentence.between(hit.end, mention.at)]
        return next((code for code in direct if code != actor and hit.means == "urges"), None)
    owned = sentence.of("owner")
    owners = [
        mention.code
        for mention in sentence.named(*named, signs.STATE_ADJECTIVE)
        if any(one.start <= mention.at < one.end for one in owned)
    ]
    return owners[0] if owners else None
