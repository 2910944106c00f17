"""Storing what the coder proposes. A machine never overwrites what a human decided."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from restrictions.actions.columns import day_columns
from restrictions.actions.dispatches import finish, finish_all
from restrictions.actions.refreshing import refresh_claims, refresh_marks
from restrictions.domain.days import Day, parse_day
from restrictions.domain.vocabulary import Act
from restrictions.extraction.answer import drops_in_words
from restrictions.extraction.document import CodedClaim, CodedMark, Coding
from restrictions.models import Claim, Country, DispatchState, DispatchVersion, Mark
from restrictions.queries.claims import stored_day
from restrictions.queries.dispatches import versions_with_proposals
from restrictions.queries.drafts import claim_key, stable_name
from restrictions.queries.suppliers import role_of


def store_coding(*, version: DispatchVersion, token: UUID, coding: Coding, coded_by: str = "") -> bool:
    """Store the proposed claims and marks and end the dispatch's work, all in one transaction under its lease.

    ``coded_by`` names the coder and its rules: a dispatch that others coded is coded again some day. False where the
    lease was lost, and then nothing is written. Of what is held already, that which waits is brought up to date.
    """
    state, outcome = _outcome(coding)
    with transaction.atomic():
        if not finish(dispatch=version.dispatch_id, token=token, state=state, outcome=outcome, coded_by=coded_by):
            return False
        if not (coding.note and version.claims.exists()):  # rules that stand in take nothing back that a model said
            because = f"Coded again ({coding.coder} {coding.version}): not made any more."
            refresh_claims(version, [_claim(claim, version, coding) for claim in coding.claims], because)
            refresh_marks(version, _marks(coding, version), because)
    return True


def store_empty(
    *, codings: Sequence[tuple[DispatchVersion, Coding]], token: UUID, coded_by: str = ""
) -> list[tuple[DispatchVersion, Coding]]:
    """End the work on dispatches in which nothing was found, in one transaction and a few statements.

    Most news is such. Gives back those of which an earlier coding is held: `store_coding` brings it up to date.
    """
    held = versions_with_proposals([version.pk for version, _ in codings])
    ends: defaultdict[tuple[DispatchState, str], list[int]] = defaultdict(list)
    for version, coding in codings:
        if version.pk not in held:
            ends[_outcome(coding)].append(version.dispatch_id)
    with transaction.atomic():
        for (state, outcome), dispatches in ends.items():
            finish_all(dispatches=dispatches, token=token, state=state, outcome=outcome, coded_by=coded_by)
    return [(version, coding) for version, coding in codings if version.pk in held]


def _outcome(coding: Coding) -> tuple[DispatchState, str]:
    """Where the dispatch ends, and why; with what was dropped of a model's answer, and why the rules stood in."""
    state = DispatchState.CODED if coding.relevant else DispatchState.IRRELEVANT
    found = f"{len(coding.claims)} claims, {len(coding.marks)} marks" if coding.relevant else coding.reason
    return state, "; ".join(filter(None, (found, drops_in_words(coding), coding.note)))


def _published(version: DispatchVersion) -> Day | None:
    dispatch = version.dispatch
    return stored_day(dispatch.published_edtf, dispatch.published_earliest, dispatch.published_latest)


def _claim(coded: CodedClaim, version: DispatchVersion, coding: Coding) -> Claim:
    about = (coded.supplier, coded.weapon, coded.status.value)
    return Claim(
        key=claim_key(version, place=coded.quote_in, start=coded.quote_start, about=about),
        role=role_of(coded.supplier, coded.recipient, coded.weapon).value,
        **_codes(coded),
        **day_columns("effective", parse_day(coded.effective) if coded.effective else None),
        **day_columns("published", _published(version)),
        **_quote(coded, version),
        coder=coding.coder,
        coder_version=coding.version,
        rule_ids=list(coded.rule_ids),
        confidence=coded.confidence,
        machine=asdict(coded),
    )


def _codes(coded: CodedClaim) -> dict[str, Any]:
    """What the codebook's fields say, as columns."""
    return {
        "supplier_id": coded.supplier,
        "recipient_id": coded.recipient,
        "weapon_id": coded.weapon,
        "track": coded.track.value,
        "territory": coded.territory,
        "status": coded.status.value,
        "areas": list(coded.areas),
        "area_role": coded.area_role.value if coded.area_role else None,
        "conditions": [condition.value for condition in coded.conditions],
        "depth_km": coded.depth_km,
        "act": coded.act.value,
        "attribution": coded.attribution.value,
        "prior": coded.prior.value if coded.prior else None,
    }


def _marks(coding: Coding, version: DispatchVersion) -> list[Mark]:
    """The marks, towards the recipient and on the territory that all claims are about where they agree on one."""
    recipient = _agreed(claim.recipient for claim in coding.claims)
    territory = _agreed(claim.territory for claim in coding.claims) or ""
    states = set(Country.objects.filter(code__in=[mark.actor for mark in coding.marks]).values_list("code", flat=True))
    rows = [_mark(mark, version, recipient, territory, states) for mark in coding.marks]
    for row in rows:
        row.coder_version = coding.version
    return rows


def _agreed(codes: Iterable[str]) -> str | None:
    found = set(codes)
    return found.pop() if len(found) == 1 else None


def _mark(
    coded: CodedMark, version: DispatchVersion, recipient: str | None, territory: str, states: Collection[str]
) -> Mark:
    # A state that hints does so about its own position: the mark belongs to its line.
    own = coded.actor if coded.act is Act.SIGNALS and coded.actor in states else None
    place = f"{coded.quote_in}:{coded.quote_start}"
    return Mark(
        key=f"{stable_name(version)}/{place}/{coded.act}/{coded.actor}",
        act=coded.act.value,
        actor=coded.actor,
        supplier_id=coded.supplier or own,
        recipient_id=recipient,
        weapon_id=coded.weapon,
        territory=territory,
        **day_columns("day", _published(version)),
        **_quote(coded, version),
    )


def _quote(coded: CodedClaim | CodedMark, version: DispatchVersion) -> dict[str, Any]:
    return {
        "dispatch_version": version,
        "quote": coded.quote,
        "quote_in": coded.quote_in,
        "quote_start": coded.quote_start,
        "quote_end": coded.quote_end,
    }
