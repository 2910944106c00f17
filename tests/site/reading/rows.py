"""A small record of our own words, accepted as a curator's click accepts."""

from datetime import date
from typing import Any

from restrictions.actions.claims import accept_claims
from restrictions.actions.reference import load_reference
from restrictions.models import Source
from tests.record.rows import claim_row, day, make_curator
from tests.site.desk_rows import BODY, LETS, STILL_NOT, make_dispatch, propose

UNQUOTED = "Moscow warned of consequences."
"""A sentence of the body that no claim quotes."""
assert UNQUOTED in BODY


def make_small_record(*, synthetic: bool = True) -> None:
    """The earlier ban of a starter claim, then what one dispatch of May 2024 says."""
    load_reference()
    before = claim_row(
        "us-ban", weapon_id="any", summary="Officials kept it off Russian soil.", speaker="A minister", weak_source=True
    )
    for name, value in (day("effective", date(2024, 1, 10)) | day("published", date(2024, 1, 10))).items():
        setattr(before, name, value)
    before.save()
    Source.objects.create(
        claim=before, position=1, url="https://paper.example/ban", publisher="The Paper", title="Kept", stored_copy=True
    )
    version = make_dispatch(synthetic=synthetic, address="https://courier.example/kharkiv")
    said: dict[str, Any] = {"effective_edtf": "2024-05", "effective_earliest": date(2024, 5, 1)}
    said |= {"effective_latest": date(2024, 5, 31), "published_edtf": "2024-05"}
    said |= {"published_earliest": date(2024, 5, 1), "published_latest": date(2024, 5, 31)}
    lets = propose(
        version,
        LETS,
        weapon_id="any",
        status="conditional",
        areas=["UA-63"],
        area_role="defended",
        conditions=["counter_fire", "no_deep_strike"],
        attribution="anonymous_official",
        prior="banned",
        **said,
    )
    still_not = propose(version, STILL_NOT, act="reaffirms", attribution="anonymous_official", **said)
    accept_claims(claims=[before.pk, lets.pk, still_not.pk], by=make_curator())
