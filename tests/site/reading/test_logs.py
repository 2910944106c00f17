"""The logs of claims and of dispatches: what is public, what is not, filters, pages, files."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from restrictions.actions.claims import accept_claim, reject_claim
from restrictions.actions.marks import accept_mark
from restrictions.actions.retractions import retract_claim
from restrictions.models import Claim, Dispatch, DispatchVersion
from tests.record.rows import make_curator
from tests.site.desk_rows import LETS, STILL_NOT, WARNED, make_dispatch, propose, propose_mark
from tests.site.reading.rows import UNQUOTED, make_small_record

pytestmark = pytest.mark.django_db

DEEP = "Deep strikes stay excluded."
ECHO = {"title": "Washington assouplit sa règle", "publisher": "L'Écho", "address": "https://echo.example/1"}


@pytest.fixture(scope="module")
def decided(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Dispatch]:
    """Of one dispatch: accepted, retracted, rejected and waiting claims, and a reprint; made once, never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_small_record()
        yield decide()
        transaction.set_rollback(True)


def decide() -> Dispatch:
    curator, lets = make_curator("nora"), Claim.objects.get(status="conditional")
    version = lets.dispatch_version
    assert version
    wrong = propose(version, DEEP, weapon_id="long_range", status="banned")
    accept_claim(claim=wrong.pk, by=curator)
    retract_claim(claim=wrong.pk, by=curator, reason="It is a limit, no ban.")
    other = propose(version, STILL_NOT, weapon_id="himars", status="banned")
    reject_claim(claim=other.pk, by=curator, reason="It names ATACMS alone.")
    propose(version, "officials said", weapon_id="gmlrs", status="allowed", speaker="Nobody yet")
    make_dispatch(cluster_id=version.dispatch_id, **ECHO)
    make_dispatch(title="Football", publisher="Sport", state="irrelevant", body="A match.")
    return version.dispatch


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def lines_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(client.get(address)).decode())))


def rows_of(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(address).content)["rows"]
    return found


def test_empty_logs_say_so(client: Client) -> None:
    """First: the record below is made for all that follow."""
    assert "No decided claim fits this choice." in page(client, "/claims/")
    assert "No dispatch fits this choice." in page(client, "/dispatches/")


def test_every_decided_claim_stands_with_its_fate_and_the_reason(client: Client, decided: Dispatch) -> None:
    said = page(client, "/claims/")
    assert re.findall(r'<span class="fate (\w+)"', said).count("accepted") == 3
    assert "Why it was retracted: It is a limit, no ban." in said
    assert "Why it was rejected: It names ATACMS alone." in said
    assert said.count("Rests on it:") == 3
    lead = re.findall(r"<h1>(.*?)</h1>", said)[0]
    assert lead == (
        "5 claims that a curator decided: 3 count, 1 was retracted and 1 was rejected. "
        "1 proposal of the coder waits for a curator and is not shown."
    )


def test_what_nobody_has_decided_is_counted_and_not_shown(client: Client, decided: Dispatch) -> None:
    for address in ("/claims/", "/claims.csv", "/claims.json", f"/dispatches/{decided.pk}/"):
        body = b"".join(client.get(address)).decode()
        assert "Nobody yet" not in body, address
        assert "GMLRS" not in re.sub(r"<form.*?</form>", "", body, flags=re.DOTALL), address


def test_no_page_and_no_file_lets_out_more_of_a_text_than_quotes(client: Client, decided: Dispatch) -> None:
    for address in ("/claims/", "/claims.csv", "/dispatches/", "/dispatches.json", f"/dispatches/{decided.pk}/"):
        assert UNQUOTED not in b"".join(client.get(address)).decode(), address
    mark = propose_mark(DispatchVersion.objects.get(dispatch=decided))
    accept_mark(mark=mark.pk, by=make_curator("mira"))
    assert WARNED in page(client, f"/dispatches/{decided.pk}/")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("fate=rejected", ["himars"]),
        ("fate=rejected&fate=retracted", ["himars", "long_range"]),
        ("weapon=atacms", ["atacms"]),
        ("status=conditional", ["any"]),
        ("to=2024-02-01", ["any"]),
        ("supplier=GB", []),
        ("recipient=IL", []),
    ],
)
def test_the_log_can_be_asked_for_less(client: Client, decided: Dispatch, query: str, keys: list[str]) -> None:
    found = rows_of(client, f"/claims.json?{query}")
    assert sorted(row["weapon"] for row in found) == keys
    assert len(lines_of(client, f"/claims.csv?{query}")) == len(keys)
    assert page(client, f"/claims/?{query}").count("<article") == len(keys)


def test_a_claim_in_a_file_has_its_words_and_where_to_read_them(client: Client, decided: Dispatch) -> None:
    (row,) = rows_of(client, "/claims.json?status=conditional")
    assert (row["fate"], row["quote"], row["limits"][:19]) == ("accepted", LETS, "around Kharkiv only")
    assert row["sources"][0]["url"] == "https://courier.example/kharkiv"
    assert row["dispatch"] == decided.pk
    assert len(row["positions"]) == 1


def test_the_list_of_dispatches_says_what_came_of_each(client: Client, decided: Dispatch) -> None:
    found = {row["title"]: row for row in rows_of(client, "/dispatches.json?outcome=any")}
    assert {row["outcome"] for row in found.values()} == {"claims", "read", "off_topic"}
    held = next(row for row in found.values() if row["id"] == decided.pk)
    assert (held["accepted"], held["decided"], held["proposed"], held["synthetic"]) == (2, 4, 1, True)
    assert found[ECHO["title"]]["reprint"]
    assert "Football" not in page(client, "/dispatches/")
    assert "synthetic" in page(client, "/dispatches/")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("outcome=claims", 1),
        ("outcome=off_topic", 1),
        ("outcome=waiting", 0),
        ("publisher=écho", 1),
        ("language=en", 2),
        ("supplier=US", 1),
        ("supplier=GB", 0),
        ("from=2024-06-01", 0),
        ("to=2024-05-01", 2),
    ],
)
def test_the_list_can_be_asked_for_less(client: Client, decided: Dispatch, query: str, count: int) -> None:
    assert len(rows_of(client, f"/dispatches.json?{query}")) == count
    assert len(lines_of(client, f"/dispatches.csv?{query}")) == count
    assert page(client, f"/dispatches/?{query}").count('<th scope="row">') == count


def test_a_dispatch_has_its_quotes_their_fate_and_its_reprints(client: Client, decided: Dispatch) -> None:
    said = page(client, f"/dispatches/{decided.pk}/")
    assert "Synthetic dispatch." in said
    assert "4 claims were decided from this dispatch; the record counts 2." in said
    assert all(quote in said for quote in (LETS, STILL_NOT, DEEP))
    assert "1 proposal waits for a curator" in said
    assert 'href="https://courier.example/kharkiv"' in said
    (copy,) = re.findall(r'<a href="(/dispatches/\d+/)">Washington assouplit sa règle</a>', said)
    assert "This dispatch was read, and no claim was found in it." in page(client, copy)


def test_a_dispatch_that_is_not_held_is_a_page_not_found(client: Client) -> None:
    for number in ("999999", "9" * 30):
        assert client.get(f"/dispatches/{number}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/claims/?fate=maybe",
        "/claims/?page=2",
        "/claims.csv?from=2024-02-01&to=2024-01-01",
        "/claims.json?on=2024-01-01",
        "/dispatches/?outcome=lost",
        "/dispatches/?page=0",
        "/dispatches/?publisher=a%00b",
        "/dispatches.csv?language=xx",
    ],
)
def test_what_is_not_understood_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_in_french_too(client: Client, decided: Dispatch) -> None:
    assert "5 affirmations tranchées par un curateur" in page(client, "/fr/claims/")
    assert "Pourquoi elle a été rejetée" in page(client, f"/fr/dispatches/{decided.pk}/")
