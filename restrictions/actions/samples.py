"""Second coding: drawing a sample, coding a passage anew, ruling where two codings differ."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from restrictions.actions.reasons import needs_reason
from restrictions.domain.agreement import disagreements
from restrictions.models import Adjudication, Sample, SampledClaim, SecondCoding
from restrictions.queries.samples import drawn_claims, first_coding

SIDES = ("first", "second", "neither")


class NothingToDraw(Exception):
    """No claim answers to the description of the sample."""


class NotBlind(Exception):
    """Whoever coded a passage first does not code it a second time, and whoever coded it does not rule on it."""


class AlreadyCoded(Exception):
    """Somebody else coded or ruled on the passage first."""


def draw_sample(*, sample: Sample, by: User) -> Sample:
    """Store a sample with the claims that its seed draws now. Raises NothingToDraw."""
    drawn = drawn_claims(sample)
    if not drawn:
        raise NothingToDraw(gettext("No decided claim with a quote answers to this. Ask for less."))
    with transaction.atomic():
        sample.drawn_by = by
        sample.save(force_insert=True)
        SampledClaim.objects.bulk_create(
            SampledClaim(
                sample=sample,
                claim=item.claim,
                ordinal=ordinal,
                stratum=item.stratum,
                period=item.period,
                language=item.language,
                first=first_coding(item.claim),
            )
            for ordinal, item in enumerate(drawn, 1)
        )
    return sample


def code_second(*, sampled: int, by: User, coding: Mapping[str, Any] | None, note: str = "") -> SecondCoding:
    """Keep what a second coder makes of a passage, none where they find no claim. Raises NotBlind or AlreadyCoded."""
    row = SampledClaim.objects.select_related("claim").get(pk=sampled)
    if row.claim.decided_by_id == by.pk:
        raise NotBlind(gettext("You decided this claim: somebody else codes it a second time."))
    kept = dict(coding) if coding is not None else None
    try:
        with transaction.atomic():
            return SecondCoding.objects.create(sampled=row, coder=by, coding=kept, note=note)
    except IntegrityError as taken:
        raise AlreadyCoded(gettext("Somebody coded this passage a second time already.")) from taken


def adjudicate(*, sampled: int, by: User, right: Mapping[str, str], reason: str) -> Adjudication:
    """Keep who was right on each field that two codings differ in. No claim changes.

    Raises NotBlind, AlreadyCoded, or ValueError without a reason or a side for each field.
    """
    said = needs_reason(reason, gettext("A ruling needs its reason: say why."))
    row = SampledClaim.objects.select_related("claim", "second").get(pk=sampled)
    if by.pk in (row.claim.decided_by_id, row.second.coder_id):
        raise NotBlind(gettext("You coded this passage: somebody else rules on it."))
    fields = disagreements(row.first, row.second.coding)
    if set(right) != set(fields) or not set(right.values()) <= set(SIDES) or not fields:
        raise ValueError(gettext("Say for each field who was right."))
    try:
        with transaction.atomic():
            return Adjudication.objects.create(sampled=row, curator=by, right=dict(right), reason=said)
    except IntegrityError as taken:
        raise AlreadyCoded(gettext("Somebody ruled on this passage already.")) from taken
