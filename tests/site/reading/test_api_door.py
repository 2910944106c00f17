"""The door of the reading API: who may ask how much, from where, by which method, and packed in what."""

import gzip
import re
from typing import Any

import brotli
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from restrictions.actions.tokens import make_token, revoke_token
from restrictions.models import Scope
from tests.record.rows import make_curator

pytestmark = pytest.mark.usefixtures("small_record")

ADDRESS = "/api/v1/positions"
UNREACHABLE = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
}


def token(*scopes: Scope) -> tuple[int, str]:
    given = scopes or (Scope.READ_RECORD,)
    row, shown = make_token(name="Reader", scopes=given, expires_at=None, by=make_curator(), now=timezone.now())
    return row.pk, shown


def ask(**headers: str) -> Any:
    return Client().get(ADDRESS, headers=headers, REMOTE_ADDR=headers.pop("From", "203.0.113.9"))


def left(response: Any) -> int:
    return int(response["RateLimit"].partition("r=")[2].partition(";")[0])


# --- How much


def test_each_answer_says_what_is_left_of_the_minute(settings: Settings) -> None:
    settings.API_READS_PER_MINUTE = 3
    told = [ask() for _ in range(4)]
    assert [response.status_code for response in told] == [200, 200, 200, 429]
    assert [left(response) for response in told] == [2, 1, 0, 0]
    assert {response["RateLimit-Policy"] for response in told} == {'"address";q=3;w=60'}
    refused = told[-1]
    assert refused.json()["type"] == "urn:caveat:problem:too-many"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert ask(From="203.0.113.10").status_code == 200


def test_what_is_not_understood_counts_too() -> None:
    assert left(Client().get(f"{ADDRESS}?on=x")) == left(Client().get(ADDRESS)) + 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("203.0.113.1", "203.0.113.2", False),
        ("", "", True),
    ],
)
def test_all_addresses_of_one_home_are_one_visitors(one: str, other: str, same: bool) -> None:
    first, second = left(ask(From=one)), left(ask(From=other))
    assert second == (first - 1 if same else first)


def test_behind_a_proxy_its_word_counts(settings: Settings) -> None:
    settings.TRUST_PROXY = True
    first = ask(**{"X-Forwarded-For": "192.0.2.1, 198.51.100.1"})
    assert left(ask(**{"X-Forwarded-For": "192.0.2.2, 198.51.100.1"})) == left(first) - 1
    assert left(ask(**{"X-Forwarded-For": "192.0.2.2, 198.51.100.2"})) == left(first)


def test_a_token_counts_by_itself_and_has_more(settings: Settings) -> None:
    settings.API_READS_PER_MINUTE = 1
    bearer = {"Authorization": f"Bearer {token()[1]}"}
    told = [ask(**bearer) for _ in range(3)]
    assert [response.status_code for response in told] == [200, 200, 200]
    assert told[-1]["RateLimit-Policy"] == f'"token";q={settings.API_TOKEN_READS_PER_MINUTE};w=60'
    settings.API_TOKEN_READS_PER_MINUTE = 3
    assert ask(**bearer).status_code == 429
    assert ask().status_code == 200


def test_a_token_that_is_no_good_is_told_so() -> None:
    assert ask(Authorization="Bearer caveat_no").status_code == 401
    assert ask(Authorization=f"Bearer {token(Scope.WRITE_DISPATCHES)[1]}").status_code == 403
    number, shown = token()
    revoke_token(token=number, by=make_curator(), now=timezone.now())
    refused = ask(Authorization=f"Bearer {shown}")
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/problem+json")
    assert ask(Authorization="Basic eA==").status_code == 200


def test_without_the_cache_everybody_reads_and_nobody_is_counted(settings: Settings) -> None:
    settings.CACHES = UNREACHABLE
    settings.API_READS_PER_MINUTE = 1
    told = [ask() for _ in range(2)]
    assert [response.status_code for response in told] == [200, 200]
    assert "RateLimit" not in told[0]


def test_no_address_is_kept_in_the_cache() -> None:
    ask()
    keys = [key.decode() for key in cache._cache.get_client().keys("*reads*")]  # type: ignore[attr-defined]
    assert len(keys) == 1
    assert "203.0.113" not in keys[0]


# --- From where, by which method


def test_pages_of_other_sites_may_read_and_nothing_else() -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    allowed = Client().options(ADDRESS, headers=asked)
    assert (allowed.status_code, allowed.content) == (204, b"")
    assert allowed["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" in allowed["Access-Control-Allow-Headers"]
    read = Client().get(ADDRESS, headers=asked)
    assert read["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in read
    assert "ETag" in read["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in Client().post("/api/v1/dispatches", headers=asked)
    assert "Access-Control-Allow-Origin" not in Client().get("/timeline.json", headers=asked)


def test_the_head_is_that_of_the_answer() -> None:
    whole, head = Client().get(ADDRESS), Client().head(ADDRESS)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_the_record_is_not_written_through_this_door(method: str) -> None:
    refused = getattr(Client(), method)(ADDRESS)
    assert (refused.status_code, refused["Allow"]) == (405, "GET")
    assert refused.json()["type"] == "urn:caveat:problem:not-allowed"


# --- Packed in what


@pytest.mark.parametrize("address", [ADDRESS, "/api/v1/scores", "/api/v1/openapi.json"])
def test_answers_are_packed_as_the_reader_takes_them(address: str) -> None:
    def packed(encoding: str) -> Any:
        return Client().get(address, headers={"Accept-Encoding": encoding})

    plain = packed("identity")
    assert "Content-Encoding" not in plain
    assert brotli.decompress(packed("gzip, br").content) == plain.content
    assert gzip.decompress(packed("br;q=0, gzip").content) == plain.content
    assert packed("gzip, br")["Content-Encoding"] == "br"
    assert len(packed("br").content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"]


# --- The description


def test_the_documentation_names_every_address_and_loads_nothing_from_elsewhere() -> None:
    described = Client().get("/api/v1/openapi.json").json()
    shown = Client().get("/api/v1/docs")
    said = shown.content.decode()
    assert described["openapi"].startswith("3.1")
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in said
            assert told["summary"] in said
    assert "unsafe" not in shown["Content-Security-Policy"]
    assert not re.search(r"<script(?! src=\"/static/)", said)
    assert not re.search(r"(?:src|href)=\"https?:", said.replace("http://testserver", ""))
    assert Client().get("/api/v1/docs", headers={"If-None-Match": shown["ETag"]}).status_code == 304


def test_the_description_has_the_codes_that_the_record_knows() -> None:
    codes = Client().get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert "atacms" in codes["WeaponCode"]["enum"]
    assert {"US", "UA"} <= set(codes["CountryCode"]["enum"])
    assert "UA-63" in codes["RegionCode"]["enum"]


def test_the_foot_of_each_page_leads_to_the_documentation() -> None:
    assert 'href="/api/v1/docs"' in Client().get("/timeline/").content.decode()
