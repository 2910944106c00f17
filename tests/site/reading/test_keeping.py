"""Pages kept by the version of the record: the same answer until something changes, 304 where it was seen."""

import gzip
from datetime import date
from typing import Any

import brotli
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.views import keeping
from restrictions.actions.claims import undo_decision
from restrictions.actions.countries import save_country
from restrictions.actions.marks import accept_mark
from restrictions.actions.weapons import save_weapon
from restrictions.models import Claim, Country, Mark, Weapon
from tests.record.rows import day, make_curator

pytestmark = pytest.mark.usefixtures("small_record")


def etag(client: Client, address: str = "/timeline/", **headers: str) -> str:
    return str(client.get(address, headers=headers)["ETag"])


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def change_claim() -> None:
    undo_decision(claim=Claim.objects.get(status="conditional").pk, by=make_curator(), reason="A misreading.")


def change_mark() -> None:
    where = {"actor": "PL", "supplier_id": "US", "recipient_id": "UA", "weapon_id": "any", "territory": "RU"}
    mark = Mark.objects.create(key="urged", act="urges", **where, **day("day", date(2024, 6, 1)))
    accept_mark(mark=mark.pk, by=make_curator())


def change_weapon() -> None:
    weapon = Weapon.objects.get(pk="atacms")
    weapon.name = "MGM-140"
    save_weapon(row=weapon, by=make_curator(), reason="Its other name.")


def change_country() -> None:
    country = Country.objects.get(pk="US")
    country.name_en = "The States"
    save_country(row=country, by=make_curator(), reason="Shorter.")


@pytest.mark.parametrize("change", [change_claim, change_mark, change_weapon, change_country])
def test_an_answer_holds_until_the_record_changes(client: Client, change: object) -> None:
    before, said = etag(client), client.get("/timeline/").content
    assert etag(client) == before
    change()  # type: ignore[operator]
    assert etag(client) != before
    assert client.get("/timeline/").content != said


@pytest.mark.parametrize("address", ["/", "/timeline/", "/timeline.csv", "/timeline.json", "/matrix/", "/fr/timeline/"])
def test_what_was_seen_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_a_kept_answer_is_the_one_that_was_made_and_asks_for_the_stamp_alone(client: Client) -> None:
    made = client.get("/timeline/")
    kept = client.get("/timeline/")
    assert kept.content == made.content
    assert {name: kept[name] for name in ("Content-Type", "Vary", "ETag")} == {
        name: made[name] for name in ("Content-Type", "Vary", "ETag")
    }
    assert queries(client, "/timeline/") == 1
    cache.clear()
    assert client.get("/timeline/").content == made.content


def test_languages_parameters_and_parts_are_kept_apart(client: Client) -> None:
    tags = {
        etag(client, "/matrix/"),
        etag(client, "/fr/matrix/"),
        etag(client, "/matrix/?on=2024-06-01"),
        etag(client, "/matrix/", HX_Request="true"),
        etag(client, "/matrix/", HX_Request="true", HX_History_Restore_Request="true"),
        etag(client, "/timeline/"),
    }
    assert len(tags) == 6
    assert "<html" not in client.get("/matrix/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in client.get("/matrix/").content.decode()


def test_another_day_or_another_code_is_another_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = etag(client)
    monkeypatch.setattr(keeping, "today_utc", lambda: date(2031, 1, 1))
    tomorrow = etag(client)
    monkeypatch.setattr(keeping, "code_version", lambda: "newer")
    assert len({before, tomorrow, etag(client)}) == 3


def test_a_refusal_is_not_kept(client: Client) -> None:
    for _ in range(2):
        response = client.get("/timeline/?weapn=atacms")
        assert response.status_code == 400
        assert "ETag" not in response


@pytest.mark.parametrize(
    ("takes", "encoding", "unpack"),
    [
        ("br, gzip;q=0.8", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0,GZIP", "gzip", gzip.decompress),
    ],
)
def test_a_packed_answer_is_the_same_page(client: Client, takes: str, encoding: str, unpack: Any) -> None:
    plain = client.get("/timeline/")
    packed = client.get("/timeline/", headers={"Accept-Encoding": takes})
    assert packed["Content-Encoding"] == encoding
    assert len(packed.content) < len(plain.content) / 2
    assert unpack(packed.content) == plain.content


def test_without_the_cache_pages_are_made_as_ever(client: Client, settings: object) -> None:
    unreachable = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": unreachable}  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
    assert client.get("/timeline/").status_code == 200
    assert queries(client, "/timeline/") > 1
