"""One finding a stance: the codebook's fields as one sentence gives them, before a dispatch's findings are merged."""

from dataclasses import dataclass, field

from restrictions.domain.vocabulary import Act, Condition, Status
from restrictions.extraction import signs
from restrictions.extraction.actors import Scene, Supplier, supplier_of, topic_after
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.limits import LAW_OF_WAR, Limits, limits_in
from restrictions.extraction.mentions import Theatre
from restrictions.extraction.reading import Sentence
from restrictions.extraction.stances import Says, Stance, stances
from restrictions.extraction.voices import Voice
from restrictions.extraction.weapons import ANY, WeaponMemory, weapons_of


@dataclass(frozen=True, slots=True)
class Finding:
    """A stance of one supplier on some weapons. ``act`` is none where no word tells news from what stands."""

    stance: Stance
    supplier: Supplier
    weapons: tuple[str, ...]
    status: Status
    limits: Limits
    voice: Voice
    act: Act | None

    @property
    def sentence(self) -> Sentence:
        return self.stance.sentence


_OBJECT = 12  # signs before the enemy's name in which a word makes it the target
_DENIAL = 2  # sentences after "rejected reports that" in which what still holds is said
_MEMORY = 5  # sentences for which a weapon stays in mind


@dataclass
class Finder:
    """Reads sentence after sentence and remembers what pronouns and bare nouns point back to."""

    lexicon: Lexicon
    theatre: Theatre
    voices: dict[int, Voice]
    memory: WeaponMemory
    sentences: dict[int, Sentence] = field(default_factory=dict)
    topic: str | None = None
    denied: int = -9
    on_territory: bool = False
    found: list[Finding] = field(default_factory=list)

    def read(self, sentences: list[Sentence]) -> list[Finding]:
        self.sentences = {sentence.number: sentence for sentence in sentences}
        for sentence in sentences:
            here = _names_territory(sentence, self.theatre)
            for stance in _without_asides(stances(sentence, self.lexicon.breaks)):
                if here or self.on_territory or not stance.weak or stance.about_supply:
                    self._add(stance)
            self.topic = topic_after(sentence, self.topic)
            self.memory.remember(sentence)
            if sentence.of("denies"):
                self.denied = sentence.number
            self.on_territory = here
        return self.found

    def _add(self, stance: Stance) -> None:
        sentence = stance.sentence
        if stance.weak and not _is_about_their_use(stance, self.lexicon.breaks):
            return
        if _is_the_enemys(stance, self.lexicon.objects_after):
            return
        weapons = self._weapons(stance)
        voice = self.voices[sentence.number]
        if voice.state in (self.theatre.recipient, self.theatre.territory) and voice.named_here:
            return
        supplier = supplier_of(stance, weapons, Scene(voice, self.topic, self.theatre, self.lexicon))
        if supplier is None or (not weapons and stance.about_supply):
            return
        limits = limits_in(sentence, self.lexicon)
        limits |= self._limits_beside(sentence)
        act = _act(stance, denied=sentence.number - self.denied <= _DENIAL)
        status = _status(stance, limits)
        self.found.append(Finding(stance, supplier, weapons or (ANY,), status, limits, voice, act))

    def _limits_beside(self, sentence: Sentence) -> Limits:
        """The limits of the sentences around that say nothing else: "Only in self-defence", "A hundred kilometres"."""
        found = Limits()
        for steps in ((-1,), (1, 2)):
            for step in steps:
                beside = self.sentences.get(sentence.number + step)
                if beside is None or not _adjoins(sentence, beside) or stances(beside, self.lexicon.breaks):
                    break
                found |= limits_in(beside, self.lexicon)
        return found

    def _weapons(self, stance: Stance) -> tuple[str, ...]:
        """The weapons of a stance; a refusal to say is about what was asked before it."""
        if stance.says is Says.DECLINES_TO_SAY:
            named = weapons_of(stance.sentence, stance.start, stance.end, self.memory)
            return tuple(code for code in named if code != ANY) or self._weapons_before(stance) or named
        return weapons_of(stance.sentence, stance.start, stance.end, self.memory) or self._weapons_before(stance)

    def _weapons_before(self, stance: Stance) -> tuple[str, ...]:
        """What the sentence before named, where this one names no arms."""
        if stance.sentence.number - self.memory.sentence_named <= _MEMORY:
            return self.memory.last_sentence
        return (ANY,) if stance.sentence.number - self.memory.sentence_arms <= _MEMORY else ()


def _adjoins(sentence: Sentence, beside: Sentence) -> bool:
    """Whether two sentences stand in one paragraph."""
    later = max(sentence, beside, key=lambda either: either.number)
    return sentence.page.where == beside.page.where and not later.opens_paragraph


def _names_territory(sentence: Sentence, theatre: Theatre) -> bool:
    areas = any(area.code.startswith(theatre.territory + "-") for area in sentence.named(signs.AREA))
    named = sentence.named(signs.ENEMY, signs.ENEMY_ADJECTIVE) or sentence.of("border", "confine", "deep")
    return areas or bool(named)


def _without_asides(found: list[Stance]) -> list[Stance]:
    """Beside a refusal to say, or "only inside Ukraine", what the same sentence grants is no rule of its own."""
    if any(stance.says is Says.DECLINES_TO_SAY for stance in found):
        return [stance for stance in found if stance.says is Says.DECLINES_TO_SAY]
    if any(stance.says is Says.CONFINES and not stance.past for stance in found):
        return [stance for stance in found if stance.says is not Says.PERMITS]
    return found


def _is_about_their_use(stance: Stance, breaks: tuple[str, ...]) -> bool:
    """Whether "can" or "will not" use has no state and no leader as its subject: states let, recipients use."""
    sentence = stance.sentence
    owned = sentence.of("owner", "given")
    before = [
        mention
        for mention in sentence.mentions
        if mention.at < stance.start
        and mention.sign in _SUBJECTS
        and not any(hit.start <= mention.at < hit.end for hit in owned)
        and not any(stop in sentence.between(mention.at, stance.start) for stop in breaks)
    ]
    return stance.about_supply or not before or before[-1].sign not in _NO_USERS


_NO_USERS = (signs.STATE, signs.PERSON, signs.ENEMY)
_SUBJECTS = (*_NO_USERS, signs.RECIPIENT, signs.WEAPON, signs.ARMS, signs.ANAPHOR)


def _is_the_enemys(stance: Stance, objects_after: tuple[str, ...]) -> bool:
    """Whether the last actor before the stance is the enemy, or the recipient keeps something to itself."""
    actors = stance.sentence.named(
        signs.STATE, signs.PERSON, signs.RECIPIENT, signs.ENEMY, signs.STATE_ADJECTIVE, signs.WEAPON, signs.ARMS
    )
    before = [mention for mention in actors if mention.at < stance.start]
    signed = {mention.sign for mention in before}
    if not before or {signs.STATE, signs.PERSON} & signed:
        return False
    if stance.says is Says.DECLINES_TO_SAY and signs.RECIPIENT in signed:
        return True
    last = before[-1]
    ahead = stance.sentence.between(max(stance.sentence.start, last.at - _OBJECT), last.at)
    return last.sign == signs.ENEMY and not any(word in ahead for word in objects_after)


def _status(stance: Stance, limits: Limits) -> Status:
    """The status that a stance comes to; `supplied` makes no claim and only tells what ended."""
    match stance.says:
        case Says.BANS | Says.CONFINES:
            return Status.BANNED
        case Says.WITHHOLDS | Says.PAUSES:
            return Status.WITHHELD
        case Says.DECLINES_TO_SAY:
            return Status.UNDISCLOSED
        case Says.FREES:
            return Status.ALLOWED
        case Says.ASKS_APPROVAL:
            return Status.CONDITIONAL
        case Says.SUPPLIES:
            return Status.SUPPLIED
    return permitted_status(limits)


_NO_LIMITS = frozenset({Condition.ASSURANCES, Condition.PARTIAL, Condition.TEMPORARY})


def permitted_status(limits: Limits) -> Status:
    """A permission with limits is conditional; the law of war alone limits only where the text says "only"."""
    beyond_law = limits.conditions - LAW_OF_WAR - _NO_LIMITS
    if beyond_law or limits.areas or limits.limited or (limits.only and limits.conditions & LAW_OF_WAR):
        return Status.CONDITIONAL
    return Status.ALLOWED


def _act(stance: Stance, denied: bool) -> Act | None:
    sentence = stance.sentence
    if sentence.of("denies") or (denied and not sentence.of("sets")):
        return Act.DENIES
    if stance.says is Says.DECLINES_TO_SAY or _reaffirms(sentence):
        return Act.REAFFIRMS
    if sentence.of("sets") or stance.ended or sentence.of("until"):
        return Act.SETS
    return None


def _reaffirms(sentence: Sentence) -> bool:
    """Whether it is upheld, words such as "had always" apart, which tell of the past."""
    past = sentence.of("until")
    return any(
        not any(hit.start < until.end and until.start < hit.end for until in past) for hit in sentence.of("reaffirms")
    )
