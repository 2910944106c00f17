"""One finding a stance: the codebook's fields as one sentence gives them, before a dispatch's findings are merged."""

import re
from dataclasses import dataclass, field, replace

from restrictions.domain.vocabulary import Act, Attribution, Status
from restrictions.extraction import signs
from restrictions.extraction.actors import Scene, Supplier, actors_in, implied_supplier, suppliers_of, topic_after
from restrictions.extraction.asserted import stances_in, stands_bare
from restrictions.extraction.features import SUPPLIERS, Around, states_named
from restrictions.extraction.gate import lets_strike
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.limits import NO_LIMITS, Limits, excepted_areas, limits_in
from restrictions.extraction.mentions import Theatre
from restrictions.extraction.outcomes import act_of, status_of
from restrictions.extraction.reading import Sentence
from restrictions.extraction.second import (
    AMONG_MANY,
    Opinion,
    SecondReader,
    Sureness,
    learned_limits,
    learned_stance,
    may_tell,
    question_before,
)
from restrictions.extraction.stances import Says, Stance
from restrictions.extraction.values import value
from restrictions.extraction.voices import NARRATOR, Voice, is_target, offices_in
from restrictions.extraction.weapons import ANY, WeaponMemory, specific, weapons_of, weapons_owned


@value
class Finding:
    """A stance of one supplier on some weapons. ``act`` is none where no word tells news from what stands."""

    stance: Stance
    supplier: Supplier
    weapons: tuple[str, ...]
    status: Status
    limits: Limits
    voice: Voice
    act: Act | None
    widened: bool = False  # the text says that it was limited before
    doubted: bool = False  # the second reader is sure that the sentence says nothing of the supplier

    @property
    def sentence(self) -> Sentence:
        return self.stance.sentence


# Beside a refusal to say, what shows that a rule or a promise is asked for.
_RULES_BEFORE = ("permit", "may", "could", "forbid", "cannot", "confine", "free", "terms")
_RULES = (*_RULES_BEFORE, "will", "hypothetical", "deep")
_OFFICIALS = (Attribution.NAMED_OFFICIAL, Attribution.ANONYMOUS_OFFICIAL)
_PARTIES = (*SUPPLIERS, signs.ENEMY, signs.ENEMY_ADJECTIVE)  # what shows that the enemy does not speak on
_USES = (Status.ALLOWED, Status.CONDITIONAL, Status.BANNED)
_GRANTS = (Says.PERMITS, Says.FREES)
_NAMED_BY_OTHERS = 0.85  # what the recipient says counts for a supplier that it names
_APPOSED = 3  # signs from a pattern to the system whose class it ends with: "tanks | Challenger"
_POINTS_BACK = 2  # sentences back to what "the same goes for" repeats
_DENIAL = 2  # sentences after "rejected reports that" in which what still holds is said
SHORT_TEXT = 4  # sentences of a text that is little but one statement
_MANY = 3  # kinds of arms in one sentence from which it lists a package
_MEMORY = 5  # sentences for which a weapon stays in mind


@dataclass
class Finder:
    """Reads sentence after sentence and remembers what pronouns and bare nouns point back to."""

    lexicon: Lexicon
    theatre: Theatre
    voices: dict[int, Voice]
    memory: WeaponMemory
    second: SecondReader
    sure: Sureness
    sentences: dict[int, Sentence] = field(default_factory=dict)
    topic: str | None = None
    denied: int = -9
    widened: int = -9
    on_territory: bool = False
    found: list[Finding] = field(default_factory=list)
    read_stances: dict[int, list[Stance]] = field(default_factory=dict)
    read_limits: dict[int, Limits] = field(default_factory=dict)

    def read(self, sentences: list[Sentence]) -> list[Finding]:
        self.sentences = {sentence.number: sentence for sentence in sentences}
        for sentence in sentences:
            here = _names_territory(sentence, self.theatre)
            first = len(self.found)
            if sentence.of("widened"):
                self.widened = sentence.number
            for stance in _without_asides(self._stances(sentence)):
                if self._points_to_refusal(stance):
                    continue
                if here or self.on_territory or stance.about_supply or (not stance.weak and _is_of_the_matter(stance)):
                    self._add(stance if here or self.on_territory else _of_supply(stance))
            self._add_exceptions(sentence)
            self._add_alike(sentence)
            self._add_unlike(sentence)
            self._hear_second(sentence, first)
            self.topic = topic_after(sentence, self.topic)
            self.memory.remember(sentence)
            if sentence.of("denies"):
                self.denied = sentence.number
            self.on_territory = here
        return self.found

    def _hear_second(self, sentence: Sentence, first: int) -> None:
        """The second reader's word on a sentence: what it surely does not say falls, what it surely says is found."""
        here = [finding for finding in self.found[first:] if not finding.stance.past]
        ruled = {finding.supplier.code: str(finding.status) for finding in here}
        voice = self.voices[sentence.number]
        asked = question_before(sentence, self.sentences.get(sentence.number - 1))
        if not may_tell(sentence, asked) or (voice.state == self.theatre.territory and voice.named_here):
            if self.sure.silent < AMONG_MANY.silent:
                self._doubt(first, set(ruled))
            return
        named = states_named(sentence, asked)
        implied = None if named else self._implied(sentence, voice)
        around = Around(ruled, named, implied, len(self.sentences) > SHORT_TEXT, self.lexicon.senses, asked)
        opinions = list(self.second.opinions(sentence, around))
        told = {finding.supplier.code for finding in self.found[first:]}  # of what held until then as well
        self._doubt(first, {opinion.supplier for opinion in opinions if opinion.silence >= self.sure.silent})
        for opinion in opinions:
            if opinion.supplier not in told and opinion.certainty >= self.sure.said:
                self._add_learned(sentence, opinion)

    def _implied(self, sentence: Sentence, voice: Voice) -> str | None:
        weapons = weapons_of(sentence, sentence.start, sentence.end, self.memory)
        return implied_supplier(weapons, Scene(voice, self.topic, self.theatre, self.lexicon))

    def _doubt(self, first: int, suppliers: set[str]) -> None:
        """Doubts what was found of these suppliers since; what held until then, and deliveries, stay."""
        for at, one in enumerate(self.found[first:], start=first):
            if one.supplier.code in suppliers and one.status is not Status.SUPPLIED:
                self.found[at] = replace(one, doubted=True)

    def _add_learned(self, sentence: Sentence, opinion: Opinion) -> None:
        stance = learned_stance(sentence, opinion)
        limits = self._limits(sentence) | self._limits_beside(sentence) | learned_limits(opinion)
        supplier = Supplier(opinion.supplier, round(opinion.certainty, 2))
        weapons = weapons_owned(self._weapons(stance), opinion.supplier, sentence, self.lexicon)
        self._keep(stance, supplier, weapons or (ANY,), limits)

    def _stances(self, sentence: Sentence) -> list[Stance]:
        """The stances of a sentence, worked out once: its neighbours ask for them as well."""
        if sentence.number not in self.read_stances:
            self.read_stances[sentence.number] = stances_in(sentence, self.lexicon.breaks, self.lexicon.verb_last)
        return self.read_stances[sentence.number]

    def _limits(self, sentence: Sentence) -> Limits:
        if sentence.number not in self.read_limits:
            self.read_limits[sentence.number] = limits_in(sentence, self.lexicon)
        return self.read_limits[sentence.number]

    def _add(self, stance: Stance) -> None:
        sentence = stance.sentence
        if stance.weak and not _is_about_their_use(stance, self.lexicon.breaks):
            return
        if stance.says is Says.DECLINES_TO_SAY and not self._asks_of_a_rule(stance):
            return
        if _is_the_enemys(stance, self.lexicon):
            return
        weapons = self._weapons(stance)
        if not weapons and any(hit.rule.value for hit in stance.hits if hit.means == "supply"):
            weapons = (ANY,)
        voice = self.voices[sentence.number]
        if voice.state == self.theatre.territory and (voice.named_here or not sentence.named(*_PARTIES)):
            return
        suppliers = suppliers_of(stance, weapons, Scene(voice, self.topic, self.theatre, self.lexicon))
        if (not weapons and not self._is_of_arms(stance)) or not _is_told(stance, voice, self.theatre.recipient):
            return
        limits = self._limits(sentence) | self._limits_beside(sentence)
        for supplier in suppliers:
            if voice.state == self.theatre.recipient and voice.named_here and supplier.certainty < _NAMED_BY_OTHERS:
                continue
            self._keep(self._of_delivery(stance, supplier), supplier, weapons or (ANY,), limits)

    def _of_delivery(self, stance: Stance, supplier: Supplier) -> Stance:
        """A bare "it stands by its no" refuses to supply where nothing told of territory or of a rule of use."""
        if not stands_bare(stance) or self.on_territory or _names_territory(stance.sentence, self.theatre):
            return stance
        told = any(one.supplier.code == supplier.code and one.status in _USES for one in self.found)
        return stance if told else replace(stance, says=Says.WITHHOLDS)

    def _asks_of_a_rule(self, stance: Stance) -> bool:
        """Whether what is kept back is a rule or a promise, not a number, a strike or a past delivery (rule 15)."""
        sentence, before = stance.sentence, self.sentences.get(stance.sentence.number - 1)
        return bool(sentence.of(*_RULES)) or (before is not None and bool(before.of(*_RULES_BEFORE)))

    def _is_of_arms(self, stance: Stance) -> bool:
        """Whether a stance that names no arms is about their use all the same: it lets the recipient strike."""
        return not stance.about_supply and lets_strike(stance.sentence)

    def _keep(self, stance: Stance, supplier: Supplier, weapons: tuple[str, ...], limits: Limits) -> None:
        number = stance.sentence.number
        act = act_of(stance, denied=number - self.denied <= _DENIAL)
        status = status_of(stance, limits)
        widened = number - self.widened <= 1
        voice = self._voice(number, supplier)
        if voice.state == self.theatre.recipient and voice.named_here:
            voice = replace(voice, attribution=Attribution.RECIPIENT_OFFICIAL)
        self.found.append(Finding(stance, supplier, weapons, status, limits, voice, act, widened))

    def _voice(self, number: int, supplier: Supplier) -> Voice:
        """Who vouches: where the narrator tells it, an official of the supplier who is quoted right after."""
        voice, after = self.voices[number], self.voices.get(number + 1, NARRATOR)
        quoted = after.state == supplier.code and after.attribution in _OFFICIALS
        if voice.attribution is Attribution.MEDIA and quoted and self.sentences[number].page.where == "body":
            return replace(after, named_here=False, hits=())
        return voice

    def _add_exceptions(self, sentence: Sentence) -> None:
        """A place that a permission leaves out ("but not Moscow") is a ban on it (coding rule 20)."""
        granted = [finding for finding in self._last(sentence) if finding.stance.says in _GRANTS]
        if not granted:
            return
        for hit in sentence.of("except"):
            areas = excepted_areas(sentence, hit, self.lexicon)
            if areas:
                stance = Stance(Says.EXCEPTS, sentence, hit.start, hit.end, (hit,))
                last = granted[-1]
                self._keep(stance, last.supplier, last.weapons, Limits(areas=areas, hits=(hit,)))

    def _add_alike(self, sentence: Sentence) -> None:
        """What holds as well for another state or another weapon ("Berlin takes the same view", "so will the jets")."""
        leaves_out = sentence.of("unlike")
        for hit in sentence.of("alike", "stands"):
            if any(other.start <= hit.start < other.end for other in leaves_out):
                continue
            if hit.means == "stands" and not self._refused_before(sentence):
                continue
            named = [mention for mention in actors_in(sentence) if hit.start <= mention.at < hit.end]
            told_here = bool(self.found) and self.found[-1].sentence is sentence
            before = self._last(sentence)
            weapon = [
                mention for mention in sentence.named(signs.WEAPON) if hit.start <= mention.at <= hit.end + _APPOSED
            ]
            inside = specific(weapon, self.lexicon)
            if (told_here and not named and not inside) or not before:
                continue
            last = before[-1]
            stance = replace(last.stance, sentence=sentence, start=hit.start, end=hit.end, hits=(hit,), past=False)
            limits = last.limits | self._limits(sentence)
            codes = dict.fromkeys(mention.code for mention in named or actors_in(sentence))
            others = [Supplier(code, 0.6) for code in codes if code != self.theatre.recipient and hit.means == "alike"]
            weapons = tuple(mention.code for mention in inside)
            weapons = weapons or (() if told_here else weapons_of(sentence, hit.start, hit.end, self.memory))
            for supplier in others or [last.supplier]:
                self._keep(stance, supplier, weapons or last.weapons, limits)

    def _add_unlike(self, sentence: Sentence) -> None:
        """What a permission told before leaves out: "it does not extend to Storm Shadow", "Belgium does not"."""
        granted = [finding for finding in self._last(sentence) if finding.stance.says in _GRANTS]
        for hit in sentence.of("unlike") if granted else []:
            last = granted[-1]
            inside = [mention for mention in sentence.mentions if hit.start <= mention.at < hit.end]
            weapons = tuple(mention.code for mention in inside if mention.sign == signs.WEAPON)
            states = dict.fromkeys(m.code for m in inside if m.sign in (signs.STATE, signs.PERSON))
            others = [code for code in states if code != last.supplier.code]
            stance = Stance(Says.BANS, sentence, hit.start, hit.end, (hit,))
            limits = self._limits(sentence) | self._limits_beside(sentence)
            for supplier in [Supplier(code, 0.6) for code in others] or ([last.supplier] if weapons else []):
                self._keep(stance, supplier, weapons or last.weapons, limits)

    def _points_to_refusal(self, stance: Stance) -> bool:
        """Whether "the ban still stands" repeats a refusal told just before, instead of telling one."""
        return stance.hits[0].means == "stands" and self._refused_before(stance.sentence)

    def _refused_before(self, sentence: Sentence) -> bool:
        return any(finding.status in (Status.BANNED, Status.WITHHELD) for finding in self._last(sentence))

    def _last(self, sentence: Sentence) -> list[Finding]:
        """The findings of this sentence or the last one that made some, if it is near; what held until then apart."""
        kept = [finding for finding in self.found[-4:] if not finding.stance.past]
        near = kept and sentence.number - kept[-1].sentence.number <= _POINTS_BACK
        return [finding for finding in kept if finding.sentence is kept[-1].sentence] if near else []

    def _limits_beside(self, sentence: Sentence) -> Limits:
        """The limits of the sentences around that say nothing else: "Only in self-defence", "A hundred kilometres"."""
        found = NO_LIMITS
        for steps in ((-1,), (1, 2)):
            for step in steps:
                beside = self.sentences.get(sentence.number + step)
                if beside is None or not _adjoins(sentence, beside) or self._stances(beside):
                    break
                found |= self._limits(beside)
        return found

    def _weapons(self, stance: Stance) -> tuple[str, ...]:
        """The weapons of a stance; a refusal to say is about what was asked before it."""
        if stance.says is Says.DECLINES_TO_SAY:
            named = weapons_of(stance.sentence, stance.start, stance.end, self.memory)
            systems = tuple(code for code in named if code != ANY)
            if stance.sentence.of("owner"):
                return systems or named
            return systems or self._weapons_before(stance) or named
        return weapons_of(stance.sentence, stance.start, stance.end, self.memory) or self._weapons_before(stance)

    def _weapons_before(self, stance: Stance) -> tuple[str, ...]:
        """What the sentence before named, where this one names no arms; of many kinds it is about arms in general."""
        if stance.sentence.of("whatever"):
            return (ANY,)
        if stance.sentence.number - self.memory.sentence_named <= _MEMORY:
            return self.memory.last_sentence if len(self.memory.last_sentence) < _MANY else (ANY,)
        return (ANY,) if stance.sentence.number - self.memory.sentence_arms <= _MEMORY else ()


def _is_of_the_matter(stance: Stance) -> bool:
    """Whether the sentence of a stance on use names arms or who was given them."""
    named = stance.sentence.named(
        signs.WEAPON, signs.ARMS, signs.ANAPHOR, signs.RECIPIENT, signs.RECIPIENT_ADJECTIVE, signs.AREA
    )
    return bool(named) or stance.says not in (Says.PERMITS, Says.BANS) or not stance.head


def _of_supply(stance: Stance) -> Stance:
    """Where nothing speaks of territory, a refusal of a weapon and no more is one to supply it: "its no to Taurus"."""
    bare = stance.says is Says.BANS and not stance.head and any(hit.means == "forbid" for hit in stance.hits)
    return replace(stance, says=Says.WITHHOLDS) if bare else stance


def _adjoins(sentence: Sentence, beside: Sentence) -> bool:
    """Whether two sentences stand in one paragraph."""
    later = max(sentence, beside, key=lambda either: either.number)
    return sentence.page.where == beside.page.where and not later.opens_paragraph


def _names_territory(sentence: Sentence, theatre: Theatre) -> bool:
    areas = any(area.code.startswith(theatre.territory + "-") for area in sentence.named(signs.AREA))
    named = sentence.named(signs.ENEMY, signs.ENEMY_ADJECTIVE) or sentence.of("border", "confine", "deep")
    return areas or bool(named)


def _without_asides(found: list[Stance]) -> list[Stance]:
    """Beside a refusal to say, or "only inside Ukraine", what the same sentence grants is no rule of its own;
    nor is, beside a refusal to supply, "and does not mean to"."""
    if any(stance.says is Says.DECLINES_TO_SAY for stance in found):
        return [stance for stance in found if stance.says is Says.DECLINES_TO_SAY]
    if any(stance.says is Says.WITHHOLDS and stance.head for stance in found):
        found = [stance for stance in found if stance.head or stance.says is not Says.BANS]
    if any(stance.says is Says.CONFINES and not stance.past for stance in found):
        return [stance for stance in found if stance.says is not Says.PERMITS]
    return found


def _is_about_their_use(stance: Stance, breaks: re.Pattern[str]) -> bool:
    """Whether "can" or "will not" use has no state and no leader as its subject: states let, recipients use."""
    sentence = stance.sentence
    owned = sentence.of("owner", "given", "whatever")
    before = [
        mention
        for mention in sentence.mentions
        if mention.at < stance.start
        and mention.sign in _SUBJECTS
        and not any(hit.start <= mention.at < hit.end for hit in owned)
        and not breaks.search(sentence.between(mention.at, stance.start))
    ]
    verb = stance.hits[0].end
    inverted = any(0 <= mention.at - verb <= _SUBJECT_AFTER for mention in sentence.named(signs.RECIPIENT))
    return stance.about_supply or inverted or not before or before[-1].sign not in _NO_USERS


_RECEIVES = "head.receive"
_SUBJECT_AFTER = 5  # signs between a verb that leads and its subject: "darf die Ukraine"
_NO_USERS = (signs.STATE, signs.PERSON, signs.ENEMY)
_SUBJECTS = (*_NO_USERS, signs.RECIPIENT, signs.WEAPON, signs.ARMS, signs.ANAPHOR)


def _is_told(stance: Stance, voice: Voice, recipient: str) -> bool:
    """Whether "Ukraine could" is an official's reported "can", and a recipient's promise is told by its supplier."""
    if stance.pledged and not stance.about_supply:
        return voice.attribution is not Attribution.MEDIA and voice.state not in (None, recipient)
    return not any(hit.means == "could" for hit in stance.hits) or voice.attribution is not Attribution.MEDIA


def _is_the_enemys(stance: Stance, lexicon: Lexicon) -> bool:
    """Whether the last actor before the stance is the enemy, or the recipient keeps something to itself."""
    actors = stance.sentence.named(
        signs.STATE, signs.PERSON, signs.RECIPIENT, signs.ENEMY, signs.STATE_ADJECTIVE, signs.WEAPON, signs.ARMS
    )
    before = [mention for mention in actors if mention.at < stance.start]
    signed = {mention.sign for mention in before}
    told_by = [mention for mention in offices_in(stance.sentence) if mention.at < stance.start]
    if {signs.STATE, signs.PERSON} & signed or (told_by and told_by[-1].sign == signs.STATE_ADJECTIVE):
        return False
    if stance.says is Says.DECLINES_TO_SAY and (signs.RECIPIENT in signed or told_by):
        return True
    if not before:
        return False
    received = any(hit.rule.id == _RECEIVES for hit in stance.hits)
    if stance.about_supply and stance.weak and before[-1].sign == signs.RECIPIENT and not received:
        return not is_target(stance.sentence, before[-1], lexicon) and stance.hits[0].means != "no"
    return before[-1].sign == signs.ENEMY and not is_target(stance.sentence, before[-1], lexicon)
