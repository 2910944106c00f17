"""Dispatches of our own words, with claims proposed on them, for the tests of the curators' desk."""

import hashlib
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from restrictions.actions.claims import accept_claim
from restrictions.actions.curators import ensure_curators_group
from restrictions.feeds.addresses import address_key
from restrictions.models import Claim, Dispatch, DispatchState, DispatchVersion, Feed, Mark, Settlement
from tests.record.rows import claim_row, day

TITLE = "Washington loosens its rule for Kharkiv"
BODY = (
    "The United States now lets Ukraine fire American weapons at forces that attack Kharkiv, officials said.\n\n"
    "Deep strikes stay excluded. ATACMS may still not be used inside Russia.\n\n"
    "Moscow warned of consequences."
)
LETS = "now lets Ukraine fire American weapons at forces that attack Kharkiv"
STILL_NOT = "ATACMS may still not be used inside Russia."
WARNED = "Moscow warned of consequences."


def make_dispatch(title: str = TITLE, body: str = BODY, **changes: Any) -> DispatchVersion:
    """A coded dispatch of May 2024 with one version."""
    month = {
        "published_edtf": "2024-05",
        "published_earliest": date(2024, 5, 1),
        "published_latest": date(2024, 5, 31),
    }
    values = {"publisher": "The Caveat Courier", "state": DispatchState.CODED} | month | changes
    if address := values.get("address"):
        values["address_key"] = address_key(str(address))
    dispatch = Dispatch.objects.create(**values)
    return add_version(dispatch, title, body)


def add_version(dispatch: Dispatch, title: str, body: str) -> DispatchVersion:
    """The next version of a dispatch."""
    digest = hashlib.sha256(f"{dispatch.pk}\0{title}\0{body}".encode()).hexdigest()
    number = dispatch.versions.count() + 1
    return DispatchVersion.objects.create(
        dispatch=dispatch, number=number, title=title, body=body, language="en", content_hash=digest
    )


def propose(version: DispatchVersion, quote: str, **changes: Any) -> Claim:
    """A proposed ban on ATACMS, quoted from the body unless it stands in the title alone."""
    key = f"{version.dispatch_id}-{version.number}-{Claim.objects.count()}"
    machine = {"rule_ids": ["ban.still"], "confidence": 0.9, "coder": "rules", "coder_version": "1"}
    claim = claim_row(key, **(_span(version, quote) | machine | changes))
    claim.save()
    return claim


def propose_loosening(version: DispatchVersion) -> Claim:
    """A proposed permission around Kharkiv for any weapon."""
    return propose(
        version,
        LETS,
        weapon_id="any",
        status="conditional",
        areas=["UA-63"],
        area_role="defended",
        conditions=["counter_fire", "no_deep_strike"],
        attribution="anonymous_official",
        prior="banned",
        rule_ids=["permission.now_lets", "area.defended"],
        machine={"weapon": "any", "status": "allowed", "effective": "2024-05-02", "areas": ["UA-63"]},
    )


def propose_mark(version: DispatchVersion, quote: str = WARNED, **changes: Any) -> Mark:
    """A proposed reaction of Russia."""
    values = _span(version, quote) | day("day", date(2024, 5, 30)) | {"act": "responds", "actor": "RU"} | changes
    return Mark.objects.create(key=f"mark-{Mark.objects.count()}", **values)


def a_record(by: User, number: int = 0) -> None:
    """One dispatch with an accepted and a waiting claim and a mark; a settlement; what follows from them."""
    version = make_dispatch(title=f"Dispatch {number}", address=f"https://courier.example/{number}")
    accept_claim(claim=propose_loosening(version).pk, by=by)
    propose(version, STILL_NOT, act="reaffirms")
    propose_mark(version, weapon_id="atacms", supplier_id="US", recipient_id="UA")
    days = {"first": date(2024, 5, 1), "until": date(2024, 6, 1)}
    line = {"supplier_id": "US", "recipient_id": "UA", "weapon_id": "any", "track": "use", "territory": "RU"}
    # An address that the guard refuses: nothing is sent when a test presses its buttons.
    Feed.objects.create(address=f"http://127.0.0.1/{number}", publisher="The Caveat Courier")
    Settlement.objects.create(key=f"s{number}", status="banned", reason="so we read it", author=by, **line, **days)


def make_curator(name: str, **changes: Any) -> User:
    """A curator who has chosen a password."""
    curator = User.objects.create_user(name, password="a long enough one", is_staff=True, **changes)
    curator.groups.add(ensure_curators_group())
    return curator


def _span(version: DispatchVersion, quote: str) -> dict[str, Any]:
    place = "body" if quote in version.body else "title"
    start = getattr(version, place).index(quote)
    return {
        "dispatch_version": version,
        "quote": quote,
        "quote_in": place,
        "quote_start": start,
        "quote_end": start + len(quote),
    }
