"""The reading API on the whole starter record: the pages' rows, cut, kept, and read on while the record changes."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from dashboard.api.cursors import Cursor, digest
from dashboard.api.endpoint import Endpoint, Rows, answered
from dashboard.api.endpoints import ENDPOINTS
from dashboard.api.positions import POSITIONS
from dashboard.api.question import Question
from dashboard.views.asking import today_utc
from restrictions.actions.claims import reject_claim, undo_decision
from restrictions.actions.retractions import retract_claim
from restrictions.models import Claim, Dispatch
from restrictions.queries.clock import known_days
from tests.record.backdating import days_ago, set_back
from tests.record.rows import make_curator, make_dispatch_version
from tests.site.reading.memory import forget

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]

LISTS = [endpoint for endpoint in ENDPOINTS if "{" not in endpoint.path]
PAGED = [endpoint for endpoint in LISTS if endpoint.paged]


def path(endpoint: Endpoint) -> str:
    return f"/api/v1{endpoint.path}"


def answer(client: Client, address: str) -> dict[str, Any]:
    """What the API says at this address, below its own."""
    response = client.get(address if address.startswith("/") else f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    said: dict[str, Any] = response.json()
    return said


def rows(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(client, address)["rows"]
    return found


def refusal(client: Client, address: str) -> dict[str, str]:
    """The fault that the problem document names."""
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    said = response.json()
    assert (said["type"], said["status"]) == ("urn:caveat:problem:bad-parameter", 400)
    (fault,) = said["errors"]
    assert fault["parameter"] in said["detail"]
    found: dict[str, str] = fault
    return found


def walked(client: Client, address: str) -> Iterator[dict[str, Any]]:
    """The answers of a list, from the first to the last."""
    while address:
        said = answer(client, address)
        yield said
        address = said["next"]


def walked_rows(client: Client, address: str) -> Iterator[dict[str, Any]]:
    for said in walked(client, address):
        yield from said["rows"]


def change_the_record(weapon: str = "atacms") -> None:
    for claim in Claim.objects.filter(weapon_id=weapon, decision="accepted", status="banned"):
        undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")


# --- What the rows are


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda endpoint: endpoint.name)
def test_each_row_has_the_columns_that_the_dictionary_describes(client: Client, endpoint: Endpoint) -> None:
    for row in rows(client, path(endpoint)):
        assert list(row) == list(endpoint.columns)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("positions?limit=500", "/timeline.json"),
        ("positions?limit=500&supplier=US&supplier=FR&weapon=atacms&from=2024-06-01", None),
        ("positions?limit=500&track=supply&reported=2024-06-10", None),
        ("changes?limit=500", "/changes.json"),
        ("changes?limit=500&weapon=cruise_missile&before=banned&evidence=official", None),
        ("matrix?on=2024-06-02", None),
        ("suppliers?on=2024-06-02&limit=500", None),
    ],
)
def test_the_rows_are_those_of_the_page(client: Client, address: str, page: str | None) -> None:
    pages = {"positions": "timeline", "changes": "changes", "matrix": "matrix", "suppliers": "suppliers"}
    name, _, query = address.partition("?")
    shown = client.get(page or f"/{pages[name]}.json?{query.replace('limit=500', '').strip('&').replace('&&', '&')}")
    expected = json.loads(shown.content)["rows"]
    assert rows(client, address) == expected
    assert expected


def test_on_a_day_the_positions_in_force_are_left(client: Client) -> None:
    found = rows(client, "positions?supplier=US&weapon=any&on=2024-06-02")
    assert [(row["status"], row["starts"]) for row in found] == [("conditional", "2024-05-30")]


def test_one_position_has_its_claims_and_what_the_record_said_of_it(client: Client) -> None:
    (bar,) = rows(client, "positions?supplier=US&weapon=any&on=2024-06-02")
    (whole,) = rows(client, f"positions/{bar['position']}")
    assert {name: whole[name] for name in bar} == bar
    assert len(whole["claims"]) == bar["evidence"]
    assert whole["versions"][0]["recorded_until"] is None
    assert whole["rules"]


@pytest.mark.parametrize("address", ["positions/999999", "positions/x", "positions/-1", "positions/9" + "9" * 30, "no"])
def test_what_is_not_held_is_a_problem_document(client: Client, address: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["status"] == 404


def test_the_tree_says_whose_rule_answers_next(client: Client) -> None:
    tree = {row["weapon"]: row for row in rows(client, "weapons?limit=500")}
    assert (tree["atacms"]["parent"], tree["atacms"]["wider"][-1]) == ("ballistic_missile", "any")
    assert (tree["any"]["parent"], tree["any"]["wider"]) == (None, [])


def test_labels_are_in_the_language_that_the_call_names(client: Client) -> None:
    french = Client(headers={"Accept-Language": "fr"})
    address = "positions?supplier=US&weapon=any&on=2024-06-02&fields=label,supplier_name"
    assert rows(client, address) == rows(french, address) == [{"label": "Limits", "supplier_name": "United States"}]
    assert rows(client, f"{address}&lang=fr") == [{"label": "Conditions", "supplier_name": "États-Unis"}]


# --- The logs


def test_the_log_tells_the_fate_of_decided_claims_and_of_no_others(client: Client) -> None:
    accepted, rejected = (Claim.objects.filter(decision="accepted", retracted=False)[at] for at in (0, 1))
    of_old = {row["claim"] for row in rows(client, "claims?fate=rejected&fate=retracted&fields=claim")}
    undo_decision(claim=rejected.pk, by=make_curator(), reason="Read it again")
    retract_claim(claim=accepted.pk, by=make_curator(), reason="Withdrawn by the paper")
    before = rows(client, "claims?limit=500")
    assert rejected.key not in {row["claim"] for row in before}
    reject_claim(claim=rejected.pk, by=make_curator(), reason="Another weapon")
    told = {row["claim"]: row for row in walked_rows(client, "claims?limit=100")}
    assert len(told) == len(before) + 1
    assert (told[accepted.key]["fate"], told[accepted.key]["retracted_reason"]) == (
        "retracted",
        "Withdrawn by the paper",
    )
    assert (told[rejected.key]["fate"], told[rejected.key]["decision_reason"]) == ("rejected", "Another weapon")
    only = rows(client, "claims?fate=rejected&fate=retracted&limit=500&fields=claim")
    assert {row["claim"] for row in only} == of_old | {accepted.key, rejected.key}


def test_claims_are_found_by_what_they_say(client: Client) -> None:
    found = rows(client, "claims?supplier=US&weapon=atacms&status=banned&from=2024-01-01&to=2024-12-31&recipient=UA")
    assert found
    assert {(row["supplier"], row["weapon"], row["status"]) for row in found} == {("US", "atacms", "banned")}
    assert all(row["published_latest"] >= "2024-01-01" for row in found)


def test_claims_published_later_are_left_out(client: Client) -> None:
    found = rows(client, "claims?reported=2024-05-30&limit=500")
    assert max(row["published_latest"] or row["effective_latest"] for row in found) <= "2024-05-30"


def test_marks_are_found_by_act_and_day(client: Client) -> None:
    found = rows(client, "marks?act=used&supplier=US&recipient=UA&from=2024-01-01&to=2025-12-31")
    assert {row["act"] for row in found} == {"used"}
    assert rows(client, "marks?weapon=taurus&act=used") == []


def test_dispatches_are_given_without_their_text_and_each_once(client: Client) -> None:
    days = ["2024-05-30", None, "2024-06-02", "2024-06-02", None]
    for number, published in enumerate(days):
        which = {"published_edtf": published, "published_earliest": published, "published_latest": published}
        dispatch = Dispatch.objects.create(state="coded", publisher=f"Paper {number}", **(which if published else {}))
        make_dispatch_version(f"Title {number}", "A body that stays here", dispatch=dispatch, language="fr")
    found = list(walked_rows(client, "dispatches?limit=1&publisher=Paper"))
    assert [row["title"] for row in found] == ["Title 3", "Title 2", "Title 0", "Title 4", "Title 1"]
    assert "A body" not in str(found)
    assert rows(client, "dispatches?language=fr&from=2024-06-01&outcome=read&fields=published") == [
        {"published": "2024-06-02"},
        {"published": "2024-06-02"},
    ]


@pytest.mark.parametrize("after", ["soon 1", "2024-06-02 x"])
def test_a_cursor_that_was_tampered_with_is_refused(client: Client, after: str) -> None:
    cursor = Cursor(0, today_utc(), after, digest("/api/v1/dispatches []")).written()
    assert refusal(client, f"dispatches?cursor={cursor}")["parameter"] == "cursor"
    counted = Cursor(0, today_utc(), after, digest("/api/v1/changes []")).written()
    assert refusal(client, f"changes?cursor={counted}")["parameter"] == "cursor"


# --- What is refused


@pytest.mark.parametrize(
    ("address", "parameter", "takes"),
    [
        ("positions?weapn=atacms", "weapn", "there are: recipient, territory"),
        ("positions?supplier=US&on=", "on", "leave it out"),
        ("positions?sort=name", "sort", "no such parameter"),
        ("positions?weapon=atcms", "weapon", "a weapon's code"),
        ("positions?on=2199-01-01", "on", "a day"),
        ("positions?known=yesterday", "known", "a day"),
        ("changes?page=2", "page", "no such parameter"),
        ("changes?from=2024-06-02&to=2024-06-01", "to", "not before"),
        ("matrix?cursor=x", "cursor", "no such parameter"),
        ("matrix?on=2024-06-01&on=2024-06-02", "on", "one value only"),
        ("positions?fields=position,weapn", "fields", "names parted by commas, of: position, supplier"),
        ("positions?limit=0", "limit", "a whole number"),
        ("positions?limit=501", "limit", "from 1 to 500"),
        ("positions?lang=de", "lang", "“en” or “fr”"),
        ("positions?cursor=x", "cursor", "what the answer before gave"),
        ("regions?country=XX", "country", "a country's code"),
        ("claims?fate=lost", "fate", "one of: accepted"),
        ("claims?from=2024-06-02&to=2024-06-01", "to", "not before"),
        ("claims?page=2", "page", "no such parameter"),
        ("marks?act=sets", "act", "one of: signals, urges, responds, used"),
        ("marks?from=2024-06-02&to=2024-06-01", "to", "not before"),
        ("dispatches?outcome=lost", "outcome", "one of: claims"),
        ("dispatches?known=2024-01-01", "known", "the record began to know"),
        ("regions?on=2024-01-01", "on", "no such parameter"),
        ("agreement?sample=999", "sample", "the number of a sample"),
        ("agreement?sample=no", "sample", "a whole number"),
    ],
)
def test_what_is_not_understood_is_named(client: Client, address: str, parameter: str, takes: str) -> None:
    fault = refusal(client, address)
    assert fault["parameter"] == parameter
    assert takes in fault["detail"]


def test_a_cursor_goes_with_its_question_alone(client: Client) -> None:
    cursor = answer(client, "positions?limit=2")["next"].partition("cursor=")[2]
    assert answer(client, f"positions?limit=3&fields=position&cursor={cursor}")["rows"]
    assert refusal(client, f"positions?supplier=US&cursor={cursor}")["parameter"] == "cursor"
    assert refusal(client, f"changes?cursor={cursor}")["parameter"] == "cursor"


# --- Pages


@pytest.mark.parametrize("endpoint", PAGED, ids=lambda endpoint: endpoint.name)
def test_the_pages_together_hold_every_row_once(client: Client, endpoint: Endpoint) -> None:
    everything = rows(client, f"{path(endpoint)}?limit=500")
    size = max(1, len(everything) // 3)
    said = list(walked(client, f"{path(endpoint)}?limit={size}"))
    assert [row for page in said for row in page["rows"]] == everything
    assert all(len(page["rows"]) == size for page in said[:-1])


def test_the_header_links_to_the_page_that_follows(client: Client) -> None:
    response = client.get("/api/v1/changes?limit=80")
    following = response.json()["next"]
    assert response["Link"] == f'<{following}>; rel="next"'
    assert "Link" not in client.get(following)


@pytest.mark.parametrize(
    ("name", "weapon"), [("positions", "atacms"), ("changes", "atacms"), ("suppliers", "any")], ids=lambda one: one
)
def test_pages_stay_as_they_were_while_the_record_changes(client: Client, name: str, weapon: str) -> None:
    before = [page["rows"] for page in walked(client, f"{name}?limit=20")]
    first = answer(client, f"{name}?limit=20")
    change_the_record(weapon)
    assert [first["rows"], *(page["rows"] for page in walked(client, first["next"]))] == before
    after = [page["rows"] for page in walked(client, f"{name}?limit=20")]
    assert after != before


def test_a_change_in_the_midst_of_an_answer_is_not_seen_by_half_of_it() -> None:
    """The record is changed after the codes were read and before the rows are."""
    seen: list[bool] = []

    def interrupted(question: Question) -> Rows:
        assert question.read.codes
        if not seen:
            change_the_record()
        seen.append(question.clock.instant is not None)
        return POSITIONS.rows(question)

    request = RequestFactory().get("/api/v1/positions")
    undisturbed = json.loads(answered(POSITIONS, request).content)
    of_two = Endpoint("/positions", "positions", "", "", POSITIONS.takes, POSITIONS.columns, interrupted)
    assert json.loads(answered(of_two, request).content) == undisturbed
    assert seen == [False, True]
    assert json.loads(answered(POSITIONS, request).content) != undisturbed


def test_a_past_day_gives_the_same_rows_whatever_was_changed_since(client: Client) -> None:
    set_back(days=10)
    try:
        began, _ = known_days() or (None, None)
        addresses = [f"{path(one)}?known={began}" for one in LISTS if one.clocked]
        before = {address: json.dumps(rows(client, address)) for address in addresses}
        change_the_record()
        assert {address: json.dumps(rows(client, address)) for address in addresses} == before
        assert refusal(client, f"matrix?known={days_ago(10) - timedelta(days=1)}")["parameter"] == "known"
    finally:
        set_back(days=-10)


# --- How much it costs


def queries(client: Client, address: str) -> int:
    forget()
    with CaptureQueriesContext(connection) as seen:
        answer(client, address)
    return len(seen)


@pytest.mark.parametrize("endpoint", PAGED, ids=lambda endpoint: endpoint.name)
def test_queries_are_constant_in_number(client: Client, endpoint: Endpoint) -> None:
    few, many = (queries(client, f"{path(endpoint)}?limit={limit}") for limit in (1, 400))
    assert many == few <= 12


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda endpoint: endpoint.name)
def test_queries_are_few(client: Client, endpoint: Endpoint) -> None:
    assert queries(client, path(endpoint)) <= 12


def test_what_was_answered_is_kept_until_the_record_changes(client: Client) -> None:
    first = client.get("/api/v1/positions")
    with CaptureQueriesContext(connection) as seen:
        client.get("/api/v1/positions")
    assert len(seen) == 1
    again = client.get("/api/v1/positions", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    change_the_record()
    assert client.get("/api/v1/positions", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_figures_that_no_revision_marks_are_compared(client: Client) -> None:
    first = client.get("/api/v1/scores")
    assert client.get("/api/v1/scores", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_question_is_left_as_it_was_asked() -> None:
    request: HttpRequest = RequestFactory().get("/api/v1/positions?limit=2&fields=position&supplier=US")
    assert json.loads(answered(POSITIONS, request).content)["query"] == "supplier=US"
    assert request.GET.urlencode() == "limit=2&fields=position&supplier=US"
