"""The door for programs: what it takes, what it refuses and how it says so, whatever is thrown at it."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from restrictions.actions.submissions import ABANDONED_AFTER
from restrictions.actions.tokens import make_token, revoke_token
from restrictions.api.problems import Problem
from restrictions.api.rates import check_requests
from restrictions.api.reading import LARGEST, MOST
from restrictions.models import ApiToken, Dispatch, DispatchVersion, Scope, Submission
from restrictions.tasks import code_waiting
from tests.record.rows import make_curator
from tests.record.together import together

pytestmark = pytest.mark.django_db

WHERE = "/api/v1/dispatches"
ONE = {
    "title": "A permission",
    "body": "Given.",
    "address": "https://example.org/1",
    "publisher": "An agency",
    "published": "2024-05",
    "language": "fr",
}
ROOT = Path(__file__).resolve().parents[2]
_POST = f"""
import django, sys
django.setup()
from django.test import Client
headers = dict(Authorization=f"Bearer {{sys.argv[1]}}", Host="localhost")
body = '{{"title": "Football: a draw"}}'
answer = Client().post("{WHERE}", body, content_type="application/json", headers=headers)
print(answer.status_code, answer["Content-Type"], answer.json().get("type", "-"), answer.get("Retry-After", "-"))
"""
Send = Callable[..., Any]


@pytest.fixture
def token() -> str:
    cache.clear()
    return new_token()


def new_token(*scopes: Scope) -> str:
    given = scopes or (Scope.WRITE_DISPATCHES,)
    return make_token(name="Crawler", scopes=given, expires_at=None, by=make_curator("edda"), now=timezone.now())[1]


def post(token: str, body: object, **more: Any) -> Any:
    """What the door answers; the body is JSON unless it is bytes."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
    client = Client(raise_request_exception=True)
    return client.post(WHERE, raw, content_type=more.pop("content_type", "application/json"), headers=headers)


@pytest.fixture
def send(token: str) -> Send:
    return partial(post, token)


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    """The document, which has the form of RFC 9457 and is of this kind."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = response.json()
    assert said["type"] == f"urn:caveat:problem:{kind}"
    assert said["status"] == status
    assert said["title"]
    assert said["detail"].isprintable()
    return said


def outcome(token: str, response: Any) -> dict[str, Any]:
    assert response.status_code == 202, response.content
    answer = Client().get(response.headers["Location"], headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


# --- What is taken


def test_a_dispatch_is_stored_with_all_that_is_said_and_its_outcome_can_be_asked(token: str) -> None:
    response = post(token, ONE)
    version = DispatchVersion.objects.select_related("dispatch").get()
    assert (version.title, version.body, version.language, version.publisher) == (
        *("A permission", "Given.", "fr", "An agency"),
    )
    assert (version.dispatch.address, version.dispatch.published_edtf) == ("https://example.org/1", "2024-05")
    assert not version.dispatch.synthetic
    told = outcome(token, response)
    assert response.json() == {
        "submission": told["submission"],
        "outcome": response.headers["Location"],
        "dispatches": 1,
    }
    fate = {"outcome": "stored", "reason": None, "dispatch": version.dispatch_id, "state": "new", "claims": 0}
    assert told["dispatches"] == [fate | {"state_reason": None}]
    assert (told["stored"], told["finished"]) == (True, False)


def test_a_list_is_taken_in_its_order_and_what_is_held_is_told_apart(token: str) -> None:
    post(token, ONE)
    sent = [{"title": "Undated"}, ONE, {"title": "Undated"}, ONE | {"body": "Given after all."}]
    told = outcome(token, post(token, sent))["dispatches"]
    assert [fate["outcome"] for fate in told] == ["stored", "already held", "already held", "stored"]
    assert told[1]["dispatch"] == told[3]["dispatch"]
    assert Dispatch.objects.get(pk=told[0]["dispatch"]).published_edtf is None
    assert Dispatch.objects.count() == 2
    assert DispatchVersion.objects.count() == 3


def test_five_hundred_are_taken_at_once(token: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(40):
        response = post(token, [{"title": f"Number {number}"} for number in range(MOST)])
    assert response.json()["dispatches"] == MOST == Dispatch.objects.count()
    with django_assert_max_num_queries(8):
        assert len(outcome(token, response)["dispatches"]) == MOST


# --- Who may


def test_without_a_good_token_nothing_opens(token: str) -> None:
    row = ApiToken.objects.get()
    for header in ("", "Bearer", "Bearer ", f"Bearer {token}x", f"Basic {token}", "Bearer \udcff\x00", token):
        response = Client().post(WHERE, "{}", content_type="application/json", headers={"Authorization": header})
        assert problem(response, 401, "unauthorized")
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    revoke_token(token=row.pk, by=row.made_by, now=timezone.now())
    assert problem(post(token, ONE), 401, "unauthorized")
    assert not Dispatch.objects.exists()


def test_a_token_that_is_good_for_other_things_is_told_so(token: str) -> None:
    ApiToken.objects.update(scopes=["something:else"])
    assert "dispatches:write" in problem(post(token, ONE), 403, "forbidden")["detail"]


def test_a_submission_is_shown_to_its_own_token_only(token: str) -> None:
    where = post(token, ONE).headers["Location"]
    assert problem(Client().get(where), 401, "unauthorized")
    for bearer, path in ((new_token(), where), (token, f"/api/v1/submissions/{uuid4()}")):
        problem(Client().get(path, headers={"Authorization": f"Bearer {bearer}"}), 404, "not-found")


def test_its_last_use_is_noted(token: str) -> None:
    post(token, ONE)
    used = ApiToken.objects.get().last_used_at
    assert used is not None
    assert timezone.now() - used < timedelta(minutes=1)


# --- What is refused

WRONG = {
    "no object": (7, "", "one object"),
    "an empty list": ([], "", "1 to 500"),
    "no object in the list": ([ONE, "x"], "/1", "is an object"),
    "nothing": ({}, "/body", "no text and no title"),
    "nothing but spaces": ([{"title": " ", "body": "\n"}], "/0/body", "no text and no title"),
    "a field of another name": (ONE | {"publishd": "2024"}, "/publishd", "no such field"),
    "a name with signs of pointers": ([ONE | {"a/b~\udce9": ""}], "/0/a~1b~0\\udce9", "no such field"),
    "a number for a text": ([ONE, ONE | {"title": 7}], "/1/title", "takes a text"),
    "a list for a text": (ONE | {"body": ["x"]}, "/body", "takes a text"),
    "NUL": (ONE | {"body": "a\0b"}, "/body", "NUL"),
    "half a character": (ONE | {"title": "\ud800"}, "/title", "lone surrogates"),
    "a day that is none": ([ONE, ONE | {"published": "2024-13"}], "/1/published", "cannot be read"),
    "a day after the last": (ONE | {"published": "99999-01-01"}, "/published", "cannot be read"),
    "a script": (ONE | {"address": "javascript:alert(1)"}, "/address", "no web address"),
    "an endless address": (ONE | {"address": f"https://example.org/{'a' * 3000}"}, "/address", "2,000 bytes"),
    "a language in words": (ONE | {"language": "français"}, "/language", "no code"),
    "an endless title": (ONE | {"title": "x" * 1001}, "/title", "1,000 bytes"),
    "an endless body": (ONE | {"body": "x" * 5_000_001}, "/body", "5,000,000 bytes"),
}


@pytest.mark.parametrize(("body", "pointer", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_field_is_named_and_nothing_is_stored(send: Send, body: object, pointer: str, says: str) -> None:
    said = problem(send(body), 422, "unfit")
    [fault] = said["errors"]
    assert fault["pointer"] == pointer
    assert says in fault["detail"]
    assert len(fault["detail"]) < 300
    assert not Dispatch.objects.exists()
    assert not Submission.objects.exists()


def test_all_that_is_wrong_is_told_at_once(send: Send) -> None:
    said = problem(send([{"title": 1, "boby": "x"}, ONE, {"published": "soon", "title": "x"}]), 422, "unfit")
    assert [fault["pointer"] for fault in said["errors"]] == ["/0/title", "/0/boby", "/2/published"]
    many = problem(send([{}] * 500), 422, "unfit")
    assert len(many["errors"]) == 50
    assert "500 things are wrong" in many["detail"]


NO_JSON = [b" ", b"{", b"[" * 100_000, b"9" * 5_000, b"\xff\xfe", b"{'a': 1}", b"\x00", b'{"title": "\xe9"}']


@pytest.mark.parametrize("raw", NO_JSON, ids=range(len(NO_JSON)))
def test_what_is_no_json_is_told_so(send: Send, raw: bytes) -> None:
    problem(send(raw), 400, "no-json")
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_only_json_is_read(send: Send, kind: str) -> None:
    problem(send(b"title=x", content_type=kind), 415, "not-json")
    assert not Submission.objects.exists()


def test_a_packed_body_is_not_unpacked(send: Send) -> None:
    problem(send(ONE, headers={"Content-Encoding": "gzip"}), 415, "not-json")
    assert not Submission.objects.exists()


def test_too_much_is_refused_by_its_size_and_by_its_number(send: Send) -> None:
    assert "20 MB" in problem(send(b" " * (LARGEST + 1)), 413, "too-large")["detail"]
    assert "501" in problem(send([ONE] * (MOST + 1)), 413, "too-many-dispatches")["detail"]


@pytest.mark.parametrize("seed", range(3))
def test_noise_is_never_a_fault_of_ours(token: str, seed: int, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10_000
    chance = random.Random(seed)
    values: list[object] = [
        "",
        "x",
        "\0",
        "\ud800",
        None,
        0,
        1.5,
        True,
        [],
        {},
        "9" * 400,
        "2024-02-30",
        "\u202e",
        "http://[",
        "🙂",
    ]
    names = [*ONE, "", "\0", "/", "synthetic", "id"]
    for _ in range(60):
        body = [{chance.choice(names): chance.choice(values) for _ in range(3)} for _ in range(chance.randrange(3))]
        assert post(token, body).status_code in (202, 422)


# --- Saying it again


def test_the_same_key_and_body_give_the_same_answer(token: str) -> None:
    first, again = (post(token, ONE, headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.json() == again.json()
    assert outcome(token, again)["dispatches"][0]["outcome"] == "stored"
    assert Submission.objects.count() == 1
    other = post(new_token(), ONE, headers={"Idempotency-Key": "k1"})
    assert other.json()["submission"] != first.json()["submission"]


def test_the_same_key_with_another_body_is_refused(send: Send) -> None:
    send(ONE, headers={"Idempotency-Key": "k1"})
    problem(send(ONE | {"title": "Another"}, headers={"Idempotency-Key": "k1"}), 422, "key-reused")
    assert Dispatch.objects.count() == 1


@pytest.mark.parametrize("key", ["", " ", "é", "k" * 256, "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(send: Send, key: str) -> None:
    problem(send(ONE, headers={"Idempotency-Key": key}), 400, "bad-key")
    assert not Dispatch.objects.exists()
    assert not Submission.objects.exists()


def test_what_died_half_way_is_begun_anew_after_a_minute(token: str) -> None:
    post(token, ONE, headers={"Idempotency-Key": "k1"})
    Submission.objects.update(outcomes=None)
    response = post(token, ONE, headers={"Idempotency-Key": "k1"})
    assert problem(response, 409, "still-storing")
    assert int(response.headers["Retry-After"]) > 0
    Submission.objects.update(begun_at=timezone.now() - ABANDONED_AFTER)
    told = outcome(token, post(token, ONE, headers={"Idempotency-Key": "k1"}))
    assert [fate["outcome"] for fate in told["dispatches"]] == ["already held"]


@pytest.mark.django_db(transaction=True)
def test_the_same_request_at_once_is_stored_once(token: str) -> None:
    answers = together(*[partial(post, token, [ONE], headers={"Idempotency-Key": "k1"})] * 4)
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert len({answer.json()["submission"] for answer in answers if answer.status_code == 202}) == 1
    assert (Submission.objects.count(), Dispatch.objects.count()) == (1, 1)


# --- How much


def test_too_many_requests_wait_for_the_next_minute(token: str, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    row, now = ApiToken.objects.get(), datetime(2026, 11, 22, 12, 0, 20, tzinfo=UTC)
    for _ in range(3):
        check_requests(row, now=now)
    with pytest.raises(Problem) as refused:
        check_requests(row, now=now + timedelta(seconds=5))
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "35")
    assert refused.value.headers["RateLimit"] == '"requests";r=0;t=35'
    check_requests(row, now=now + timedelta(seconds=40))
    settings.API_REQUESTS_PER_MINUTE = 1
    answers = [post(token, {}) for _ in range(3)]  # two of them in one minute, whenever it turns
    problem(answers[-1], 429, "too-many")
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert post(new_token(), ONE).status_code == 202


def test_too_many_dispatches_wait_though_the_requests_are_few(token: str, settings: Settings) -> None:
    settings.API_DISPATCHES_PER_MINUTE = 5
    assert post(token, [{"title": str(number)} for number in range(4)]).status_code == 202
    assert post(token, ONE).status_code == 202
    problem(post(token, ONE | {"body": "x"}), 429, "too-many")
    Submission.objects.update(recorded_at=timezone.now() - timedelta(seconds=61))
    assert post(token, ONE | {"body": "x"}).status_code == 202


def test_without_the_cache_requests_are_counted_in_the_record(token: str, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    gone = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    settings.CACHES = gone
    assert [post(token, {"title": str(number)}).status_code for number in range(3)] == [202, 202, 429]
    assert os.environ["REDIS_URL"] not in str(gone)


def post_without(token: str, **missing: str) -> str:
    """What a process answers whose services are not there."""
    words, environment = [sys.executable, "-c", _POST, token], {**os.environ, **missing}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_without_the_database_the_door_says_so() -> None:
    answer = post_without("x", DATABASE_URL="postgres://caveat@127.0.0.1:1/caveat")
    assert answer == "503 application/problem+json urn:caveat:problem:unavailable 30"


@pytest.mark.django_db(transaction=True)
def test_without_the_broker_it_is_stored_and_the_next_look_finds_it(token: str) -> None:
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    answer = post_without(token, DATABASE_URL=url, REDIS_URL="redis://127.0.0.1:1/0")
    assert answer == "202 application/json - -"
    assert Dispatch.objects.get().state == "new"
    code_waiting()  # as the next sweep has a worker do
    assert Dispatch.objects.get().state == "irrelevant"


def test_the_description_names_the_door(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    taking = told["paths"]["/api/v1/dispatches"]["post"]
    assert set(taking["responses"]) >= {"202", "401", "403", "413", "415", "422", "429"}
    assert taking["requestBody"]["content"]["application/json"]["schema"]["oneOf"]
    assert "/api/v1/submissions/{number}" in told["paths"]
