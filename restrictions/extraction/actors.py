"""Whose weapons a stance is about: the owner that the text names, the one who acts, the one who speaks, the maker."""

from restrictions.extraction import signs
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import Mention, Theatre
from restrictions.extraction.reading import Sentence
from restrictions.extraction.stances import Says, Stance
from restrictions.extraction.values import value
from restrictions.extraction.voices import Voice, offices_in

_OWNER_REACH = 160
_ACTORS = (signs.STATE, signs.PERSON)
_NO_SUPPLIERS = ("NATO", "EU", "EP")


@value
class Supplier:
    """A state and how sure the coder is that the stance is its own, from 0 to 1."""

    code: str
    certainty: float
    owner: bool = False


@value
class Scene:
    """What stands around a stance: who speaks, what the text goes on about, between whom."""

    voice: Voice
    topic: str | None
    theatre: Theatre
    lexicon: Lexicon


def suppliers_of(stance: Stance, weapons: tuple[str, ...], scene: Scene) -> list[Supplier]:
    """The suppliers of a stance; none where no state is in sight or one state speaks of another's arms (rule 16)."""
    owner = None if stance.says is Says.ASKS_APPROVAL else _owner(stance)
    found = [owner] if owner else _agents(stance, scene)
    if not found:
        other = _speaker(scene.voice, scene.theatre) or _topic(scene.topic) or _maker(weapons, scene.lexicon)
        found = [other] if other else []
    sides = (scene.theatre.recipient, scene.theatre.territory)
    return [supplier for supplier in found if supplier.code not in sides and not _speaks_of_another(supplier, scene)]


def implied_supplier(weapons: tuple[str, ...], scene: Scene) -> str | None:
    """Whose word or arms a sentence that names no supplier is about: the speaker's, the topic's, the maker's."""
    found = _speaker(scene.voice, scene.theatre) or _topic(scene.topic) or _maker(weapons, scene.lexicon)
    return found.code if found else None


def _owner(stance: Stance) -> Supplier | None:
    """The owner in words such as "American weapons" or "missiles supplied by Germany", the nearest ones."""
    sentence = stance.sentence
    hits = [
        hit for hit in sentence.of("owner") if stance.start - _OWNER_REACH <= hit.start <= stance.end + _OWNER_REACH
    ]
    nearest = sorted(hits, key=lambda hit: min(abs(hit.start - stance.start), abs(hit.start - stance.end)))
    actors = sentence.named(*_ACTORS, signs.STATE_ADJECTIVE, signs.PLACE)
    owners = [mention.code for hit in nearest for mention in actors if hit.start <= mention.at < hit.end]
    return Supplier(owners[0], 0.95, owner=True) if owners else None


def _agents(stance: Stance, scene: Scene) -> list[Supplier]:
    """The last state or leader before the stance, with those it is joined to ("Oslo and Paris"); else the speaker;
    else the next one, where no clause ends before it."""
    actors = actors_in(stance.sentence)
    before = [mention for mention in actors if mention.at < stance.hits[0].end]
    if not before:
        codes = [mention.code for mention in actors if _in_clause(mention, stance, scene.lexicon)]
        speaker = scene.voice.state
        if speaker in [mention.code for mention in actors]:
            codes = [speaker]
        asked = any(mention.at < stance.end for mention in actors)  # "permission from the United States to"
        return [Supplier(codes[0], 0.9 if asked else 0.7)] if codes else []
    joined = [before.pop()]
    while before and _is_joined(before[-1], joined[-1], stance.sentence, scene.lexicon):
        joined.append(before.pop())
    return [Supplier(code, 0.85) for code in dict.fromkeys(mention.code for mention in joined)]


def _in_clause(mention: Mention, stance: Stance, lexicon: Lexicon) -> bool:
    between = stance.sentence.between(stance.end, mention.at)
    joins = [f", {word} " for word in lexicon.joins if word.isalpha()]
    return not lexicon.breaks.search(between) and not any(join in between for join in joins)


def _is_joined(first: Mention, second: Mention, sentence: Sentence, lexicon: Lexicon) -> bool:
    words = sentence.between(first.at + 1, second.at).replace(",", " , ").split()
    return bool(words) and all(word in lexicon.joins for word in words)


def actors_in(sentence: Sentence) -> list[Mention]:
    """The states, leaders and adjectives of offices that a sentence names, in order."""
    offices = [mention for mention in offices_in(sentence) if mention.sign == signs.STATE_ADJECTIVE]
    return sorted([*_suppliers(sentence), *offices], key=lambda mention: mention.at)


def _suppliers(sentence: Sentence) -> list[Mention]:
    named, asides = sentence.named(*_ACTORS), sentence.of("aside")
    if not asides:
        return named
    return [mention for mention in named if not any(hit.start <= mention.at < hit.end for hit in asides)]


def _speaker(voice: Voice, theatre: Theatre) -> Supplier | None:
    if voice.state is None or voice.state in (theatre.recipient, theatre.territory, *_NO_SUPPLIERS):
        return None
    return Supplier(voice.state, 0.75)


def _topic(topic: str | None) -> Supplier | None:
    return Supplier(topic, 0.6) if topic else None


def _maker(weapons: tuple[str, ...], lexicon: Lexicon) -> Supplier | None:
    makers = [lexicon.names.makers[code] for code in weapons if code in lexicon.names.makers]
    return Supplier(makers[0], 0.5) if makers else None


def _speaks_of_another(supplier: Supplier, scene: Scene) -> bool:
    """Whether one supplier's speaker tells of another; the recipient's word on its suppliers counts (rules 14, 16)."""
    state = scene.voice.state
    return scene.voice.named_here and state not in (None, supplier.code, scene.theatre.recipient)


def topic_after(sentence: Sentence, topic: str | None) -> str | None:
    """The state that the text goes on about: the first one that a sentence names, else the owner of the arms that it
    names, else the one before."""
    actors = actors_in(sentence) or [
        mention
        for hit in sentence.of("owner")
        for mention in sentence.named(signs.STATE_ADJECTIVE)
        if hit.start <= mention.at < hit.end
    ]
    return actors[0].code if actors else topic


_REFUSES = ("forbid", "not", "hold", "pause", "end", "cannot", "hypothetical", "urges")


def announced_by(sentences: list[Sentence]) -> frozenset[str]:
    """The states of whose new deliveries a dispatch tells: the rule that comes with them is news as well."""
    told = [sentence for sentence in sentences if sentence.of("supply") and sentence.of("sets", "will")]
    actors = [actors_in(sentence) for sentence in told if not sentence.of(*_REFUSES)]
    return frozenset(found[0].code for found in actors if found)
