"""From findings to claims: one for each supplier, weapon and status (coding rule 2), limits united, priors set."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from restrictions.domain.vocabulary import Act, Attribution, Condition, Status, track_of
from restrictions.extraction import signs
from restrictions.extraction.document import CodedClaim, Quote, Span
from restrictions.extraction.findings import Finding
from restrictions.extraction.limits import NO_LIMITS, Limits, role_of
from restrictions.extraction.mentions import Theatre
from restrictions.extraction.reading import Sentence
from restrictions.extraction.stances import Says
from restrictions.extraction.weapons import ANY
from restrictions.extraction.when import Calendar, Found

_EXACT = len("2024-05-30")
_SINCE = 8  # signs of "since" itself, which a day may begin with
_POINTS_TO = 40  # signs from "holds since" to the day: "since the gift was announced, in August"
_NEAR = 130  # signs from a stance within which a month or a season is its own
LONG_RANGE = "long_range"

_OF_A_BAN = frozenset({Condition.OWN_TERRITORY_ONLY, Condition.ASSURANCES})
_OF_A_REFUSAL = frozenset({Condition.PARTIAL, Condition.TEMPORARY})
_REASONS = ("owner", "until", "deep", "defends", "sets", "reaffirms", "confirms", "denies", "except", "alike")
_CONSENT = Limits(frozenset({Condition.THIRD_PARTY_CONSENT}))
_PERMISSIONS = (Status.CONDITIONAL, Status.ALLOWED)
_RULES_OF_USE = (*_PERMISSIONS, Status.BANNED)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all claims of a dispatch share."""

    theatre: Theatre
    calendar: Calendar
    news_day: str | None = None
    announced: frozenset[str] = frozenset()  # suppliers whose new delivery the dispatch tells
    standing: Mapping[int, str] = field(default_factory=dict)  # since when, by the number of a rule's sentence


def assemble(findings: list[Finding], setting: Setting) -> tuple[CodedClaim, ...]:
    """The claims of a dispatch in the order of their quotes, those of the body first."""
    findings = _settled(findings)
    present = [finding for finding in findings if not finding.stance.past and finding.status is not Status.SUPPLIED]
    priors = _priors(findings)
    bans, deep = _without_deep_bans(present)
    groups = _without_wholes(_grouped(_without_headlines(_without_asked(bans))))
    told = _Told(present, deep, priors)
    claims = [_claim(key, group, told, setting) for key, group in groups.items()]
    return tuple(sorted(claims, key=lambda claim: (claim.quote_in != "body", claim.quote_start, claim.weapon)))


def _settled(found: list[Finding]) -> list[Finding]:
    """The findings that count beside one another: what the rules found and nobody doubts; what is doubted only beside
    the like of it, for its limits; what the second reader heard only where the rules found nothing like it."""
    told = {
        (one.supplier.code, _kind(one.status))
        for one in found
        if not (one.stance.past or one.stance.learned or one.doubted)
    }
    return [
        one
        for one in found
        if one.stance.past
        or not (one.doubted or one.stance.learned)
        or one.doubted == ((one.supplier.code, _kind(one.status)) in told)
    ]


def _kind(status: Status) -> Status:
    return Status.CONDITIONAL if status is Status.ALLOWED else status


_Priors = dict[tuple[str, str], Status]


def _priors(findings: list[Finding]) -> _Priors:
    """What a supplier's position was until then, by supplier and weapon."""
    priors: _Priors = {}
    supplying = {finding.sentence.number for finding in findings if finding.stance.says is Says.SUPPLIES}
    for finding in findings:
        stance = finding.stance
        if stance.past and stance.says in (Says.BANS, Says.WITHHOLDS, Says.CONFINES):
            about_supply = stance.says is Says.WITHHOLDS or (not stance.head and finding.sentence.number in supplying)
            _set_prior(priors, finding, Status.WITHHELD if about_supply else Status.BANNED)
        elif stance.says is Says.PERMITS and stance.ended and any(hit.means == "forbid" for hit in stance.hits):
            _set_prior(priors, finding, Status.BANNED)
        elif stance.says is Says.SUPPLIES and stance.ended:
            _set_prior(priors, finding, Status.WITHHELD)
    for finding in findings:
        if finding.widened and finding.status in _PERMISSIONS:
            _set_prior(priors, finding, Status.CONDITIONAL)
    return priors


def _set_prior(priors: _Priors, finding: Finding, status: Status) -> None:
    for weapon in finding.weapons:
        priors.setdefault((finding.supplier.code, weapon), status)


def _without_deep_bans(findings: list[Finding]) -> tuple[list[Finding], dict[str, Finding]]:
    """Refusals of deep strikes are a limit on the supplier's permission, where it gives one (coding rule 5)."""
    permitting = {finding.supplier.code for finding in findings if finding.status in _PERMISSIONS}
    kept: list[Finding] = []
    deep: dict[str, Finding] = {}
    for finding in findings:
        if finding.stance.says is Says.BANS and finding.sentence.of("deep"):
            deep.setdefault(finding.supplier.code, finding)
            named = tuple(weapon for weapon in finding.weapons if weapon != ANY and _stands_in(finding, weapon))
            if finding.supplier.code in permitting and not named:
                continue
            kept.append(replace(finding, weapons=named or (LONG_RANGE,)))
        else:
            kept.append(finding)
    return kept, deep


def _without_asked(findings: list[Finding]) -> list[Finding]:
    """Without refusals of a free use where each use is asked for: "they are not free to fire at will"."""
    asked = {
        (finding.supplier.code, finding.weapons) for finding in findings if finding.stance.says is Says.ASKS_APPROVAL
    }
    return [
        finding
        for finding in findings
        if finding.stance.says is not Says.BANS or (finding.supplier.code, finding.weapons) not in asked
    ]


def _stands_in(finding: Finding, weapon: str) -> bool:
    return any(mention.code == weapon for mention in finding.sentence.named(signs.WEAPON))


def _without_headlines(findings: list[Finding]) -> list[Finding]:
    """Without what the title says of a supplier of whom the body says the like (coding rule 21)."""
    told = {(finding.supplier.code, finding.stance.about_supply) for finding in findings if _in_body(finding)}
    suppliers = {code for code, _ in told}

    def is_told(finding: Finding) -> bool:
        """A bare refusal in a title can be of either kind: what the body makes of it counts."""
        bare = not finding.stance.head and finding.supplier.code in suppliers
        return bare or (finding.supplier.code, finding.stance.about_supply) in told

    return [finding for finding in findings if _in_body(finding) or not is_told(finding)]


def _in_body(finding: Finding) -> bool:
    return finding.sentence.page.where == "body"


_Key = tuple[str, str, Status]


def _with_consents(findings: list[Finding]) -> list[Finding]:
    """A permission for weapons on which another state's approval is asked needs that consent as well (rule 16)."""
    asked = {
        (weapon, finding.supplier.code)
        for finding in findings
        if finding.stance.says is Says.ASKS_APPROVAL
        for weapon in finding.weapons
    }
    return [
        replace(finding, status=Status.CONDITIONAL, limits=finding.limits | _CONSENT)
        if finding.status in _PERMISSIONS
        and any(weapon in finding.weapons and state != finding.supplier.code for weapon, state in asked)
        and finding.stance.says is not Says.ASKS_APPROVAL
        else finding
        for finding in findings
    ]


def _grouped(findings: list[Finding]) -> dict[_Key, list[Finding]]:
    """Findings by supplier, weapon and status; a permission told with and without its limits is one claim."""
    findings = _with_consents(findings)
    limited = {
        (finding.supplier.code, weapon)
        for finding in findings
        if finding.status is Status.CONDITIONAL
        for weapon in finding.weapons
    }
    groups: dict[_Key, list[Finding]] = {}
    for finding in findings:
        for weapon in finding.weapons:
            status = finding.status
            if status is Status.ALLOWED and (finding.supplier.code, weapon) in limited:
                status = Status.CONDITIONAL
            groups.setdefault((finding.supplier.code, weapon, status), []).append(finding)
    return groups


def _without_wholes(groups: dict[_Key, list[Finding]]) -> dict[_Key, list[Finding]]:
    """A partial stop that the text then details by weapon is claimed for those weapons only (coding rule 3)."""
    return {
        (supplier, weapon, status): group
        for (supplier, weapon, status), group in groups.items()
        if weapon != ANY
        or status is not Status.WITHHELD
        or not any(_is_part(other, details, supplier) for other, details in groups.items())
    }


def _is_part(key: _Key, group: list[Finding], supplier: str) -> bool:
    partial = Condition.PARTIAL in _limits(Status.WITHHELD, group).conditions
    return key[0] == supplier and key[1] != ANY and key[2] is Status.WITHHELD and partial


@dataclass(frozen=True, slots=True)
class _Told:
    """What the whole dispatch says besides one claim: all findings, refusals of deep strikes, priors."""

    findings: list[Finding]
    deep: dict[str, Finding]
    priors: _Priors

    def prior(self, supplier: str, weapon: str, status: Status) -> Status | None:
        """What held until then, by the weapon's own word or that for arms in general."""
        if status is Status.UNDISCLOSED:
            return None
        found = self.priors.get((supplier, weapon), self.priors.get((supplier, ANY)))
        widened = found is Status.CONDITIONAL
        return found if found is not status or widened else None


def _claim(key: _Key, group: list[Finding], told: _Told, setting: Setting) -> CodedClaim:
    supplier, weapon, status = key
    best = min(group, key=_rank)
    limits = _limits(status, group)
    if status in _PERMISSIONS and supplier in told.deep and weapon in (ANY, LONG_RANGE):
        limits |= Limits(frozenset({Condition.NO_DEEP_STRIKE}))
        status = Status.CONDITIONAL
        group = [*group, told.deep[supplier]]
    prior = told.prior(supplier, weapon, status)
    act = Act.SETS if prior else _act(group, best, told.findings, setting.announced)
    quote, spans = _quote(best), _spans(group)
    return CodedClaim(
        supplier=supplier,
        recipient=setting.theatre.recipient,
        weapon=weapon,
        status=status,
        track=track_of(status, about_delivery=bool(best.sentence.of("supply"))),
        territory=setting.theatre.territory,
        act=act,
        attribution=best.voice.attribution,
        effective=_effective(best, act, setting),
        quote=quote.text,
        quote_in=quote.where,
        quote_start=quote.start,
        quote_end=quote.end,
        areas=limits.areas,
        area_role=role_of(limits.areas, setting.theatre.recipient),
        conditions=tuple(condition for condition in Condition if condition in limits.conditions),
        depth_km=limits.depth_km,
        prior=prior if act is Act.SETS else None,
        rule_ids=tuple(dict.fromkeys(span.rule_id for span in spans)),
        spans=spans,
        confidence=_confidence(best, len(group)),
    )


def _rank(finding: Finding) -> tuple[bool, bool, bool, int]:
    """Best first: of the body, as news, vouched for by someone (rule 14), early."""
    unheard = finding.voice.attribution is Attribution.MEDIA
    return finding.sentence.page.where != "body", finding.act is not Act.SETS, unheard, finding.sentence.number


def _act(group: list[Finding], best: Finding, kin: list[Finding], announced: frozenset[str]) -> Act:
    """What the claim's own words say; else news where the like is told as such, or the arms it rules are new."""
    acts = {finding.act for finding in group if finding.sentence.page.where == best.sentence.page.where}
    told = next((act for act in (Act.DENIES, Act.SETS, Act.REAFFIRMS) if act in acts), None)
    if told is not None:
        return told
    like = any(_is_news_of(other, best) for other in kin)
    of_new_arms = best.supplier.code in announced and best.status in _RULES_OF_USE
    return Act.SETS if like or of_new_arms else Act.REAFFIRMS


def _is_news_of(other: Finding, best: Finding) -> bool:
    same = other.supplier.code == best.supplier.code and other.status is best.status
    return same and other.act is Act.SETS


def _limits(status: Status, group: list[Finding]) -> Limits:
    """The limits of all findings of a claim that its status can carry."""
    united = NO_LIMITS
    for finding in group:
        united |= finding.limits.without_hits()  # else the hits of a long text are copied once a finding
        if finding.stance.says is Says.CONFINES:
            united |= Limits(frozenset({Condition.OWN_TERRITORY_ONLY}))
        if finding.stance.says is Says.ASKS_APPROVAL:
            united = replace(united, conditions=united.conditions - _CONSENT.conditions | {Condition.CASE_BY_CASE})
        if finding.stance.says is Says.PAUSES and _is_a_pause(finding):
            united |= Limits(frozenset({Condition.TEMPORARY}))
    if status in _PERMISSIONS:
        return replace(united, conditions=united.conditions - _OF_A_REFUSAL - {Condition.OWN_TERRITORY_ONLY})
    kept = {Status.BANNED: _OF_A_BAN, Status.WITHHELD: _OF_A_REFUSAL}.get(status, frozenset())
    left_out = [finding.limits.areas for finding in group if finding.stance.says is Says.EXCEPTS]
    return Limits(united.conditions & kept, tuple(dict.fromkeys(chain.from_iterable(left_out))), hits=united.hits)


def _is_a_pause(finding: Finding) -> bool:
    """Whether it is put off, not ended: "stopped selling" sets no end to come (coding rule 17)."""
    return any(hit.means == "pause" and hit.rule.value != "stop" for hit in finding.stance.hits)


def _quote(finding: Finding) -> Quote:
    """The quotation that holds the stance, where it is a sentence of its own; else the whole sentence."""
    sentence = finding.sentence
    page = sentence.page
    for quoted in sentence.quoted:
        inside = quoted.start <= finding.stance.start and finding.stance.end <= quoted.end
        if inside and page.folded.cased[page.masked.places[quoted.start]].isupper():
            return page.quote(max(quoted.start, sentence.start), min(quoted.end, sentence.end))
    return page.quote(sentence.start, sentence.end)


def _spans(group: list[Finding]) -> tuple[Span, ...]:
    told = {
        (finding.sentence.page.where, id(hit)): (finding.sentence.page, hit)
        for finding in group
        for hit in (*finding.stance.hits, *finding.voice.hits, *finding.limits.hits, *finding.sentence.of(*_REASONS))
    }
    spans = {page.span(hit) for page, hit in told.values()}
    return tuple(sorted(spans, key=lambda span: (span.where, span.start, span.rule_id, span.end)))


def _effective(finding: Finding, act: Act, setting: Setting) -> str | None:
    """The day that the sentence gives, nearest to the stance; else the speaker's; else the publication's."""
    sentence = finding.sentence
    stance = finding.stance
    first, last = stance.start - sentence.start, stance.end - sentence.start
    days = [
        day
        for day in setting.calendar.days_in(sentence.text)
        if len(day.edtf) == _EXACT or (first - _NEAR < day.start < last + _NEAR)
    ]
    if days:
        return min(days, key=lambda day: abs(day.start - first)).edtf
    if sentence.number in setting.standing:
        return setting.standing[sentence.number]
    if finding.voice.day:
        return finding.voice.day
    if act is Act.SETS and setting.news_day:
        return setting.news_day
    published = setting.calendar.published
    return published.edtf if published else None


def standing_days(sentences: list[Sentence], calendar: Calendar) -> dict[int, str]:
    """Since when a rule holds, as one of the next two sentences of its paragraph says of it, by sentence number."""
    found: dict[int, str] = {}
    for at, sentence in enumerate(sentences):
        for later in sentences[at + 1 : at + 3]:
            if later.opens_paragraph:
                break
            days = [day for day in calendar.days_in(later.text) if _is_since(day, later)]
            if days and not _is_of_another(later):
                found[sentence.number] = days[0].edtf
    return found


def _is_since(day: Found, sentence: Sentence) -> bool:
    return any(-_SINCE <= day.start + sentence.start - hit.end <= _POINTS_TO for hit in sentence.of("since"))


def _is_of_another(sentence: Sentence) -> bool:
    """Whether a state is named before "since": then it is that state's story."""
    begins = sentence.of("since")[0].start
    return any(
        mention.at < begins for mention in sentence.named(signs.STATE, signs.PERSON, signs.ENEMY, signs.RECIPIENT)
    )


def _confidence(finding: Finding, told: int) -> float:
    weak = 0.8 if finding.stance.weak else 1.0
    return round(min(0.99, finding.supplier.certainty * weak + 0.03 * (told - 1)), 2)
