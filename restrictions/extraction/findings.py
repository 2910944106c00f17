"""One finding a stance: the codebook's fields as one sentence gives them, before a dispatch's findings are merged."""

from dataclasses import dataclass, field

from restrictions.domain.vocabulary import Act, Condition, Status
from restrictions.extraction import signs
from restrictions.extraction.actors import Supplier, supplier_of, topic_after
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.limits import LAW_OF_WAR, Limits, limits_in
from restrictions.extraction.mentions import Theatre
from restrictions.extraction.reading import Sentence
from restrictions.extraction.stances import Says, Stance, stances
from restrictions.extraction.voices import Voice
from restrictions.extraction.weapons import ANY, WeaponMemory, weapons_of


@dataclass(frozen=True, slots=True)
class Finding:
    """A stance of one supplier on some weapons."""

    stance: Stance
    supplier: Supplier
    weapons: tuple[str, ...]
    status: Status | None
    limits: Limits
    voice: Voice
    act: Act

    @property
    def sentence(self) -> Sentence:
        return self.stance.sentence


@dataclass
class Finder:
    """Reads sentence after sentence and remembers what pronouns and bare nouns point back to."""

    lexicon: Lexicon
    theatre: Theatre
    voices: dict[int, Voice]
    memory: WeaponMemory
    topic: str | None = None
    on_territory: bool = False
    found: list[Finding] = field(default_factory=list)

    def read(self, sentences: list[Sentence]) -> list[Finding]:
        for sentence in sentences:
            here = _names_territory(sentence)
            for stance in stances(sentence, self.lexicon.breaks):
                if here or self.on_territory or not _needs_territory(stance):
                    self._add(stance)
            self.topic = topic_after(sentence, self.topic)
            self.memory.remember(sentence)
            self.on_territory = here
        return self.found

    def _add(self, stance: Stance) -> None:
        sentence = stance.sentence
        if stance.weak and not _is_about_their_use(stance):
            return
        if _is_the_enemys(stance):
            return
        weapons = weapons_of(sentence, stance.start, stance.end, self.memory) or self._weapons_before(stance)
        voice = self.voices[sentence.number]
        supplier = supplier_of(stance, voice, self.topic, weapons, self.theatre, self.lexicon)
        if supplier is None or (not weapons and stance.about_supply):
            return
        limits = limits_in(sentence, sentence.start, sentence.end, self.lexicon)
        self.found.append(
            Finding(stance, supplier, weapons or (ANY,), _status(stance, limits), limits, voice, _act(stance))
        )

    def _weapons_before(self, stance: Stance) -> tuple[str, ...]:
        """What the sentence before named, where this one names no arms."""
        if self.memory.sentence_named == stance.sentence.number - 1:
            return self.memory.last_sentence
        return ()


def _names_territory(sentence: Sentence) -> bool:
    return bool(sentence.named(signs.ENEMY, signs.ENEMY_ADJECTIVE) or sentence.of("border", "confine", "deep"))


def _needs_territory(stance: Stance) -> bool:
    return stance.says in (Says.PERMITS, Says.BANS, Says.FREES, Says.ASKS_APPROVAL)


def _is_about_their_use(stance: Stance) -> bool:
    """Whether "can" or "will not" has the recipient or arms as its subject and some arms or territory in sight."""
    sentence = stance.sentence
    subjects = sentence.named(
        signs.RECIPIENT, signs.WEAPON, signs.ARMS, signs.ANAPHOR, signs.STATE, signs.PERSON, signs.ENEMY
    )
    before = [mention.sign for mention in subjects if mention.at < stance.start]
    if stance.head == "use":
        return not before or before[-1] not in (signs.STATE, signs.PERSON, signs.ENEMY)
    return True


def _is_the_enemys(stance: Stance) -> bool:
    """Whether the last actor before the stance is the enemy, with no supplier or recipient in between."""
    actors = stance.sentence.named(
        signs.STATE, signs.PERSON, signs.RECIPIENT, signs.ENEMY, signs.STATE_ADJECTIVE, signs.WEAPON, signs.ARMS
    )
    before = [mention.sign for mention in actors if mention.at < stance.start]
    return bool(before) and before[-1] == signs.ENEMY and not {signs.STATE, signs.PERSON} & set(before)


def _status(stance: Stance, limits: Limits) -> Status | None:
    """The status that a stance comes to; none where it only tells what ended."""
    match stance.says:
        case Says.BANS | Says.CONFINES:
            return Status.BANNED
        case Says.WITHHOLDS | Says.PAUSES:
            return Status.WITHHELD
        case Says.KEEPS_SECRET:
            return Status.UNDISCLOSED
        case Says.FREES:
            return Status.ALLOWED
        case Says.ASKS_APPROVAL:
            return Status.CONDITIONAL
        case Says.PERMITS:
            return permitted_status(limits)
    return None


def permitted_status(limits: Limits) -> Status:
    """A permission with limits is conditional; the law of war alone limits only where the text says "only"."""
    beyond_law = limits.conditions - LAW_OF_WAR - {Condition.ASSURANCES}
    if beyond_law or limits.areas or limits.limited:
        return Status.CONDITIONAL
    return Status.ALLOWED


def _act(stance: Stance) -> Act:
    sentence = stance.sentence
    if sentence.of("denies"):
        return Act.DENIES
    if sentence.of("reaffirms"):
        return Act.REAFFIRMS
    if sentence.of("sets") or stance.ended or sentence.of("until"):
        return Act.SETS
    return Act.REAFFIRMS
