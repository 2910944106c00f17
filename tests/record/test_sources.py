"""How many sources stand on their own: a story printed five times is one witness."""

from typing import Any

import pytest
from django.utils import translation

from restrictions.actions.claims import accept_claims
from restrictions.actions.dispatches import Received, store_plain
from restrictions.models import Claim, DispatchVersion, Source
from restrictions.queries.phrases import sources_words
from restrictions.queries.shown import evidence_links, independent_sources, positions_towards
from tests.record.rows import claim_row, make_curator
from tests.record.test_clusters import CUT, FIRST, OTHER, REPRINT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

QUOTE = "targets inside Russia"


def said_by(version: DispatchVersion, **changes: Any) -> Claim:
    """A proposed claim that quotes this version."""
    start = version.body.index(QUOTE)
    span = {"quote": QUOTE, "quote_in": "body", "quote_start": start, "quote_end": start + len(QUOTE)}
    values = span | {"dispatch_version": version} | changes
    claim = claim_row(str(values.pop("key", f"claim {version.pk}")), **values)
    claim.save()
    return claim


def linked(key: str, *publishers: str) -> Claim:
    """A proposed claim with links and without a held dispatch."""
    claim = claim_row(key, act="reaffirms")
    claim.save()
    for position, name in enumerate(publishers, start=1):
        Source.objects.create(claim=claim, position=position, url=f"https://{name}.example/{key}", publisher=name)
    return claim


def accepted(*claims: Claim) -> dict[str, Any]:
    """What the one position shows that these claims make."""
    accept_claims(claims=[claim.pk for claim in claims], by=make_curator())
    [held] = positions_towards("UA").values()
    return dict(held.shown)


def stored(*received: Received) -> list[DispatchVersion]:
    store_plain(list(received))
    return list(DispatchVersion.objects.order_by("dispatch"))


def test_reprints_count_once_and_another_story_counts() -> None:
    shown = accepted(*map(said_by, stored(FIRST, REPRINT, CUT, OTHER)))
    assert len(shown["evidence"]) == 4
    assert independent_sources(evidence_links(shown)) == 2
    assert sources_words(evidence_links(shown)) == "4 claims, 4 sources, 2 independent"
    with translation.override("fr"):
        assert "2 " in sources_words(evidence_links(shown))


def test_a_copy_that_says_otherwise_is_a_source_of_its_own() -> None:
    first, second, third = stored(FIRST, REPRINT, CUT)
    shown = accepted(said_by(first), said_by(second, act="reaffirms"), said_by(third, act="reaffirms"))
    assert independent_sources(evidence_links(shown)) == 2


def test_claims_of_one_dispatch_are_one_source() -> None:
    [first] = stored(FIRST)
    shown = accepted(said_by(first), said_by(first, key="said again", act="reaffirms"))
    assert independent_sources(evidence_links(shown)) == 1
    assert sources_words(evidence_links(shown)) == "2 claims, 1 source"


def test_claims_without_a_dispatch_count_by_their_first_publisher() -> None:
    shown = accepted(linked("a", "wire", "paper"), linked("b", "wire"), linked("c", "daily"), linked("d"))
    assert independent_sources(evidence_links(shown)) == 3
    assert "independent" not in sources_words(evidence_links(shown))
