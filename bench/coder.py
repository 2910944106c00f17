"""How many dispatches a second the coder reads on one core: of the topic, and far from it."""

import random
from collections.abc import Iterator
from functools import partial

from bench.figures import Figure, median_seconds
from restrictions.domain.days import parse_day
from restrictions.extraction import code
from restrictions.extraction.document import Document

_DOCUMENTS = 200
_WORDS = 200

# Sentences of our own, each in the shape of one that occurs in dispatches.
_OF_THE_TOPIC = (
    "The {who} government said on {day} that {weapon} may be fired at military targets inside Russia.",
    "{who} has not changed its policy: {weapon} must not be used against Russian territory, a spokesman said.",
    "Kyiv asked {who} again to lift the limits on {weapon}, citing attacks on Kharkiv.",
    "A senior official said {who} would let Ukraine return fire across the border with {weapon}.",
    "Moscow warned that strikes with {weapon} would be answered.",
    "The minister declined to say whether {weapon} had already been delivered.",
)
_OFF_TOPIC = (
    "The harvest in the north was late this year, and prices of apples rose by a tenth.",
    "The museum opens a room for maps of the old harbour on {day}, with free entry for schools.",
    "After a slow first half the visitors scored twice and kept the cup for another season.",
    "The council decided to widen the cycle path along the river as far as the old mill.",
    "A new line of trams will join the station and the hospital, the city said on {day}.",
)
_WHO = ("American", "British", "French", "German", "Dutch", "Swedish")
_WEAPON = ("ATACMS", "HIMARS rockets", "Storm Shadow missiles", "Caesar howitzers", "long-range missiles")
_DAYS = ("Monday", "Tuesday", "30 May 2024", "17 November 2024")


def figures() -> Iterator[Figure]:
    for name, sentences, line in (("of the topic", _OF_THE_TOPIC, 400), ("off topic", _OFF_TOPIC, 5_000)):
        documents = [_document(random.Random(number), sentences) for number in range(_DOCUMENTS)]
        seconds = median_seconds(partial(_code_all, documents), rounds=3)
        what = f"code dispatches {name}, {_WORDS} words, one core"
        yield Figure(what, _DOCUMENTS / seconds, "dispatches/s", at_least=line)


def topical_text(chance: random.Random) -> str:
    """A dispatch of the topic, with a claim or a mark in almost every sentence."""
    return _document(chance, _OF_THE_TOPIC).body


def read_all() -> None:
    """Both kinds of dispatches read once: what a process needs for it is measured elsewhere."""
    for sentences in (_OF_THE_TOPIC, _OFF_TOPIC):
        _code_all([_document(random.Random(number), sentences) for number in range(_DOCUMENTS)])


def _code_all(documents: list[Document]) -> None:
    for document in documents:
        code(document)


def _document(chance: random.Random, sentences: tuple[str, ...]) -> Document:
    words: list[str] = []
    while len(words) < _WORDS:
        sentence = chance.choice(sentences)
        filled = sentence.format(who=chance.choice(_WHO), weapon=chance.choice(_WEAPON), day=chance.choice(_DAYS))
        words += filled.split()
    body = " ".join(words)
    return Document(
        id=f"bench-{chance.random()}", title=" ".join(words[:8]), body=body, published=parse_day("2024-06-01")
    )
