"""Two clocks on every page: the record as it was known on a day, and what had been reported by one."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.parameters import BadParameter, clock_of
from restrictions.actions.claims import accept_claim, undo_decision
from restrictions.models import Claim, Country, Dispatch, Position, Revision
from restrictions.queries.clock import Span
from tests.record.backdating import days_ago, set_back
from tests.record.random_hand import Hand
from tests.record.rows import make_curator
from tests.site.desk_rows import LETS, STILL_NOT, add_version, make_dispatch, propose, propose_mark

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]

PAGES = (
    *("/", "/timeline/", "/matrix/", "/map/", "/changes/", "/moves/", "/compare/", "/claims/", "/coverage/"),
    *("/dispatches/", "/search/"),
)
ROWS = (
    "/overview.csv",
    "/timeline.csv",
    "/timeline.json",
    "/matrix.csv",
    "/matrix.json",
    "/map.csv",
    "/map.json",
    "/changes.csv",
    "/moves.csv",
    "/compare.csv",
    "/claims.csv",
    "/claims.json",
    "/coverage.csv",
    "/dispatches.csv",
    "/dispatches.json",
    "/search.json",
)
LOADED = days_ago(10)
"""The day on which the record of these tests began to know."""


@pytest.fixture(autouse=True)
def _loaded_days_ago() -> Iterator[None]:
    set_back(days=10)
    yield
    set_back(days=-10)


def refusal(client: Client, address: str) -> dict[str, str]:
    response = client.get(address)
    assert response.status_code == 400
    said: dict[str, str] = response.json()["error"]
    return said


def atacms(client: Client, query: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = json.loads(client.get(f"/matrix.json?{query}").content)["rows"]
    return next(row for row in rows if (row["supplier"], row["weapon"]) == ("US", "atacms"))


# --- What is refused


@pytest.mark.parametrize("address", [*ROWS, *PAGES, "/codebook/", "/dispatches/1/", "/since/"])
@pytest.mark.parametrize("name", ["known", "reported"])
def test_each_address_refuses_a_day_that_is_none(client: Client, address: str, name: str) -> None:
    assert client.get(f"{address}?{name}=yesterday").status_code == 400


def test_a_known_day_must_be_over() -> None:
    client = Client()
    for day in (days_ago(0), days_ago(-3)):
        said = refusal(client, f"/matrix.json?known={day}")
        assert (said["parameter"], said["given"]) == ("known", day.isoformat())
        assert "a day before today" in said["takes"]
    assert client.get(f"/matrix.json?known={days_ago(1)}").status_code == 200


def test_a_day_before_the_record_began_is_told_when_it_did_and_of_the_other_clock(client: Client) -> None:
    said = refusal(client, f"/matrix.json?known={LOADED - timedelta(days=1)}")["takes"]
    assert f"a day from {LOADED} on" in said
    assert "“reported”" in said
    assert client.get(f"/matrix.json?known={LOADED}").status_code == 200


def test_what_is_reported_cannot_lie_in_the_future(client: Client) -> None:
    assert "not in the future" in refusal(client, f"/matrix.json?reported={days_ago(-1)}")["takes"]


def test_no_state_of_knowledge_speaks_of_what_came_later(client: Client) -> None:
    said = refusal(client, "/matrix.json?reported=2024-06-10&on=2024-06-11")
    assert (said["parameter"], "up to 2024-06-10" in said["takes"]) == ("on", True)
    assert client.get("/matrix.json?reported=2024-06-10&on=2024-06-10").status_code == 200


# --- As reported by a day


def test_atacms_on_1_july_2025_reads_otherwise_as_reported_a_month_later(client: Client) -> None:
    august, september = (atacms(client, f"on=2025-07-01&reported={day}") for day in ("2025-08-01", "2025-09-01"))
    assert august["limits_in_words"] == "targets in Kursk only, in self-defence"
    assert september["limits_in_words"] == "each strike needs approval"
    assert september == atacms(client, "on=2025-07-01")


@pytest.mark.parametrize("address", PAGES)
def test_each_page_says_that_it_shows_what_was_reported_and_keeps_it_in_its_links(client: Client, address: str) -> None:
    said = client.get(f"{address}?reported=2024-06-10").content.decode()
    assert "As reported by 10 June 2024." in said
    assert 'name="reported" value="2024-06-10"' in said
    assert "reported=2024-06-10" in said.split("<main", 1)[1].replace('name="reported"', "")
    assert f'href="{address}"' in said
    assert "As known on" in said
    assert "As known on 10" not in said


def test_without_a_day_today_is_the_day_that_was_reported(client: Client) -> None:
    body = json.loads(client.get("/matrix.json?reported=2024-06-10").content)
    assert body["on"] == "2024-06-10"
    assert "reported=2024-06-10" in body["query"]


def test_a_position_is_read_by_the_same_clock(client: Client) -> None:
    cell = atacms(client, "on=2025-07-01&reported=2025-08-01")
    early = client.get(f"/positions/{cell['position']}/?reported=2025-08-01").content.decode()
    late = client.get(f"/positions/{cell['position']}/").content.decode()
    assert "<dd>nothing later is known" in early
    assert "<dd>nothing later is known" not in late
    assert client.get(f"/positions/{cell['position']}/?reported=2023-01-01").status_code == 200


def test_marks_seen_later_are_left_out(client: Client) -> None:
    before, after = (client.get(f"/timeline/?reported={day}").content.decode() for day in ("2024-11-18", "2024-11-20"))
    assert "19 November 2024" not in before.split("timeline-figure")[1].split("</script>")[0]
    assert "19 November 2024" in after.split("timeline-figure")[1].split("</script>")[0]


def test_what_was_reported_is_derived_once(client: Client) -> None:
    def asked(on: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/matrix.json?reported=2024-03-03&on={on}")
        return len(queries)

    first, second, third = asked("2024-03-01"), asked("2024-03-02"), asked("2024-03-03")
    assert first - second >= 6
    assert second == third


# --- As known on a day


def test_a_past_day_shows_what_was_known_then_with_the_names_of_then(client: Client) -> None:
    before = {address: client.get(f"{address}?known={LOADED}&on=2024-06-02") for address in ROWS[3:5]}
    was = atacms(client, f"known={LOADED}&on=2024-06-02")
    for claim in Claim.objects.filter(weapon_id="atacms", decision="accepted", status="banned"):
        undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    Country.objects.filter(code="US").update(name_en="Somewhere else")
    assert atacms(client, "on=2024-06-02")["status"] != was["status"]
    assert atacms(client, f"known={LOADED}&on=2024-06-02") == was
    for address, response in before.items():
        again = client.get(f"{address}?known={LOADED}&on=2024-06-02")
        assert again.getvalue() == response.getvalue()


def test_a_position_that_is_gone_can_be_read_as_it_was(client: Client) -> None:
    position = Position.objects.filter(weapon_id="atacms", status="banned").earliest("starts_latest")
    for claim in Claim.objects.filter(evidence_of__position=position):
        undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    assert "stands no longer" in client.get(f"/positions/{position.pk}/").content.decode()
    then = client.get(f"/positions/{position.pk}/?known={LOADED}").content.decode()
    assert "The claims that it rests on" in then
    assert "replaced" not in then


def test_the_page_of_a_past_day_asks_apart_for_what_has_changed_since(client: Client) -> None:
    said = client.get(f"/matrix/?known={LOADED}").content.decode()
    assert f'data-since="/since/?known={LOADED}"' in said
    line = client.get(f"/since/?known={LOADED}", headers={"HX-Request": "true"})
    assert line.content.decode().strip() == "Nothing has changed since."
    claim = Claim.objects.get(key="us-ua-2025-08-23-atacms")
    undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    line = client.get(f"/since/?known={LOADED}", headers={"HX-Request": "true"})
    assert "positions read otherwise now</a>." in line.content.decode()
    page = client.get(f"/since/?known={LOADED}").content.decode()
    assert "stands no longer" in page
    assert f"?known={LOADED}" in page
    assert client.get(f"/matrix/?known={LOADED}").content.decode() == said


def test_the_page_of_later_changes_needs_its_day(client: Client) -> None:
    assert client.get("/since/").status_code == 400


def test_claims_and_their_dispatch_are_shown_with_the_fate_that_they_had(client: Client) -> None:
    version = make_dispatch("Report 9", address="https://courier.example/9")
    lets = propose(version, LETS, weapon_id="himars", status="allowed")
    accept_claim(claim=lets.pk, by=make_curator())
    set_back(days=4)
    undo_decision(claim=lets.pk, by=make_curator(), reason="Read it again")
    at, known = f"/dispatches/{version.dispatch_id}/", f"known={days_ago(2)}"
    assert f'id="claim-{lets.pk}"' not in client.get(at).content.decode()
    then = client.get(f"{at}?{known}").content.decode()
    assert f'id="claim-{lets.pk}"' in then
    assert "the record counts 1" in then
    assert lets.key not in client.get("/claims.csv").getvalue().decode()
    assert lets.key in client.get(f"/claims.csv?{known}").getvalue().decode()
    shown = client.get(f"/claims/?{known}&weapon=himars").content.decode()
    assert re.search(rf'href="/positions/\d+/\?known={days_ago(2)}"', shown)


class TestADispatchThatWasCorrected:
    """Two days ago it had another title and publisher, and a claim that counted; another has come since."""

    @pytest.fixture(autouse=True)
    def record(self) -> None:
        version = make_dispatch("Report 9", address="https://courier.example/9")
        lets = propose(version, LETS, weapon_id="himars", status="allowed")
        accept_claim(claim=lets.pk, by=make_curator())
        make_dispatch("A match", address="https://courier.example/10", state="irrelevant", published_edtf=None,
                      published_earliest=None, published_latest=None)  # fmt: skip
        set_back(days=4)
        undo_decision(claim=lets.pk, by=make_curator(), reason="Read it again")
        held = Dispatch.objects.filter(pk=version.dispatch_id)
        held.update(publisher="The Courier of Tomorrow", state="irrelevant")
        add_version(held.get(), "Dementi", "Nothing of it is true.")
        make_dispatch("Report 11", address="https://courier.example/11")

    def test_is_listed_as_it_stood(self, client: Client) -> None:
        known = f"known={days_ago(2)}"
        then, other = json.loads(client.get(f"/dispatches.json?{known}").content)["rows"]
        assert (then["title"], then["publisher"], then["outcome"]) == ("Report 9", "The Caveat Courier", "claims")
        assert (other["title"], other["outcome"], other["accepted"]) == ("A match", None, 0)
        answer = client.get(f"/api/v1/dispatches?{known}&outcome=claims").json()
        assert [row["id"] for row in answer["rows"]] == [then["id"]]
        assert answer["as_of"] == days_ago(2).isoformat()
        (reported,) = json.loads(client.get(f"/dispatches.json?{known}&reported=2024-06-01").content)["rows"]
        assert reported == then
        assert not json.loads(client.get(f"/dispatches.json?{known}&reported=2024-05-01").content)["rows"]
        (now,) = json.loads(client.get("/dispatches.json?reported=2024-06-01").content)["rows"]
        assert now["title"] == "Report 11"

    def test_is_refused_where_the_past_is_not_kept(self, client: Client) -> None:
        for outcome in ("read", "off_topic", "waiting"):
            said = refusal(client, f"/dispatches.json?known={days_ago(2)}&outcome={outcome}")
            assert (said["parameter"], "is not kept" in said["takes"]) == ("outcome", True)
        page = client.get(f"/dispatches/?known={days_ago(2)}").content.decode()
        assert "Of a past day the record keeps" in page
        assert 'value="read"' not in page
        assert re.search(rf'href="/dispatches/\d+/\?known={days_ago(2)}"', page)
        alone = re.findall(r'href="(/dispatches/\d+/\?known=[^"]+)"', page)[1]
        assert "The record held no claim from this dispatch." in client.get(alone).content.decode()

    def test_is_found_by_what_it_said_then(self, client: Client) -> None:
        known = f"known={days_ago(2)}"
        then = client.get(f"/search.json?q=reports&{known}").json()
        assert [hit["text"] for hit in then["dispatches"]] == ["Report 9"]
        assert client.get(f"/search.json?q=dementi&{known}").json()["dispatches"] == []
        (claim,) = client.get(f"/search.json?q=himars attacking&{known}").json()["claims"]
        assert (claim["text"], claim["source"]) == (LETS, "The Caveat Courier")
        page = client.get(f"/search/?q=himmars attacking&{known}").content.decode()
        assert re.search(rf'href="/positions/\d+/\?known={days_ago(2)}"', page)
        assert client.get("/search.json?q=himars attacking").json()["claims"] == []

    def test_is_found_by_what_had_been_reported(self, client: Client) -> None:
        known = f"known={days_ago(2)}&q=himars attacking"
        assert client.get(f"/search.json?{known}&reported=2024-04-30").json()["claims"] == []
        found = client.get(f"/search.json?{known}&reported=2024-05-31").json()
        assert [hit["text"] for hit in found["claims"]] == [LETS]
        assert {hit["weapon"] for hit in found["positions"]} == {"himars"}
        named = client.get("/search.json?q=atacms&reported=2024-06-30").json()["positions"]
        assert {hit["weapon"] for hit in named} == {"atacms"}
        assert named != client.get("/search.json?q=atacms").json()["positions"]


def test_an_empty_record_has_known_nothing() -> None:
    with pytest.raises(BadParameter) as refused:
        clock_of(QueryDict("known=2027-03-10"), today=date(2027, 3, 11), known_days=lambda: None)
    assert "the record is empty" in refused.value.takes


def test_yesterday_is_refused_while_a_change_that_began_on_it_is_being_written() -> None:
    began, tenth, eleventh = date(2027, 3, 1), date(2027, 3, 10), date(2027, 3, 11)
    assert clock_of(QueryDict("known=2027-03-09"), today=eleventh, known_days=lambda: (began, date(2027, 3, 9))).known
    with pytest.raises(BadParameter) as refused:
        clock_of(QueryDict("known=2027-03-10"), today=eleventh, known_days=lambda: (began, date(2027, 3, 9)))
    assert "still being written" in refused.value.takes
    assert clock_of(QueryDict("known=2027-03-10"), today=eleventh, known_days=lambda: (began, tenth)).known == tenth


def test_the_days_that_can_be_known_are_whole_days_of_utc() -> None:
    paris = timezone(timedelta(hours=1))
    span = Span(datetime(2027, 3, 2, 0, 30, tzinfo=paris), datetime(2027, 3, 11, 0, 30, tzinfo=paris))
    assert span.days == (date(2027, 3, 1), date(2027, 3, 9))
    assert Span(None, span.settled).days is None


# --- Whatever is done afterwards

KNOWN, EARLIER = days_ago(3), days_ago(12)
CHANGES = 100
FILES = (*("overview.csv", "timeline.csv", "timeline.json", "matrix.csv", "map.json", "changes.csv"),)
ASKED = [
    *(f"/{name}?known={KNOWN}" for name in FILES),
    *(f"/{name}?known={EARLIER}" for name in FILES),
    *(f"/{name}?known={KNOWN}&reported=2025-03-01" for name in FILES),
    f"/timeline.csv?known={KNOWN}&track=supply",
    f"/timeline.json?known={KNOWN}&recipient=IL",
    f"/claims.json?known={KNOWN}",
    f"/dispatches.csv?known={KNOWN}",
    f"/dispatches.json?known={KNOWN}&outcome=claims&supplier=US&publisher=courier&language=en",
    f"/dispatches.json?known={KNOWN}&reported=2025-03-01&from=2024-01-01&to=2024-12-31",
    f"/search.json?known={KNOWN}&q=report",
    f"/search.json?known={KNOWN}&q=Ottawa himars",
    f"/search.json?known={KNOWN}&q=washington&reported=2025-03-01",
    f"/search.json?known={KNOWN}&q=kharkiv counter-fire",
    f"/search.json?known={KNOWN}&q=atacms",
    f"/api/v1/dispatches?known={KNOWN}&limit=1",
    f"/api/v1/claims?known={KNOWN}&weapon=himars",
    f"/coverage.csv?known={KNOWN}&reported=2025-03-01",
]


def tell_of_two_dispatches() -> None:
    """Two dispatches that say the same: three of their claims accepted, one left to be merged, and a mark."""
    for number in (1, 2):
        version = make_dispatch(f"Report {number}", address=f"https://courier.example/{number}")
        lets = propose(version, LETS, weapon_id="himars", status="allowed")
        propose(version, STILL_NOT)
        accept_claim(claim=lets.pk, by=make_curator())
        propose_mark(version, supplier_id="US", recipient_id="UA", weapon_id="any", territory="RU")


def rows(client: Client) -> dict[str, bytes]:
    found = {}
    for address in ASKED:
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = response.getvalue()
    return found


def test_a_hundred_changes_of_the_record_leave_its_past_as_it_was(client: Client) -> None:
    tell_of_two_dispatches()
    set_back(days=4)
    before, revisions = rows(client), Revision.objects.count()
    assert before[f"/timeline.csv?known={KNOWN}"] != before[f"/timeline.csv?known={EARLIER}"]
    now = client.get("/timeline.csv").getvalue()
    hand = Hand(seed=8)
    while hand.done.total() < CHANGES:
        hand.change()
    assert len(hand.done) == 17, hand.done
    assert Revision.objects.count() > revisions + CHANGES / 3
    assert client.get("/timeline.csv").getvalue() != now
    assert before[f"/dispatches.csv?known={KNOWN}"] != client.get("/dispatches.csv?outcome=any").getvalue()
    after = rows(client)
    assert [address for address, said in after.items() if said != before[address]] == []
