"""The model coder against a real server on loopback, which answers well, badly, late, too much and not at all."""

import json
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from restrictions.actions.dispatches import LEASE, Received, store_dispatch
from restrictions.actions.reference import load_reference
from restrictions.domain.days import parse_day
from restrictions.extraction import Coding, Document, code
from restrictions.models import Claim, Dispatch, DispatchState
from restrictions.pipelines.asking import LARGEST_ANSWER, Endpoint, NoAnswer
from restrictions.pipelines.coders import (
    LONGEST,
    MODEL_BATCH,
    MODEL_SECONDS,
    ModelCoder,
    NotConfigured,
    chosen_coder,
    model_coder,
)
from restrictions.pipelines.coding import code_waiting
from tests.loopback import Say, Site, closed_port, drip, page, raw, redirect, serving

QUOTE = "On Thursday Washington let Kyiv fire American weapons into Russia, near Kharkiv only."
DOCUMENT = Document("one", "", f"{QUOTE} NATO called for more.", "en", parse_day("2024-05-31"))
CLAIM = {
    "supplier": "US",
    "recipient": "UA",
    "weapon": "any",
    "status": "conditional",
    "track": "use",
    "territory": "RU",
    "areas": ["UA-63"],
    "area_role": "defended",
    "conditions": [],
    "depth_km": None,
    "act": "sets",
    "attribution": "document",
    "effective": None,
    "prior": "banned",
    "quote": QUOTE,
}
PATH = "/v1/chat/completions"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def chat(content: Any, **more: Any) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content, **more}}]}).encode()


def good(*claims: dict[str, Any]) -> Say:
    said = {"relevant": True, "claims": list(claims or (CLAIM,)), "marks": []}
    return page(chat(json.dumps(said)), "application/json")


def coder(site: Site, say: Say | None = None, *, seconds: float = 5.0) -> ModelCoder:
    if say:
        site.pages[PATH] = say
    return ModelCoder(Endpoint(f"{site.url}/v1/", "a secret", "a-model", seconds))


def by_rules(coding: Coding) -> bool:
    """Whether the rules stood in, whole, and said so."""
    rules = code(DOCUMENT)
    same = (coding.claims, coding.marks, coding.version) == (rules.claims, rules.marks, rules.version)
    return same and coding.coder == "rules" and coding.note.startswith("coded by the rules: ")


def test_a_good_answer_is_the_coding_and_the_question_holds_what_was_asked(site: Site) -> None:
    coding = coder(site, good()).code(DOCUMENT)
    [claim] = coding.claims
    assert (claim.attribution, claim.quote, claim.effective) == ("document", QUOTE, "2024-05-31")
    assert (coding.coder, coding.version, coding.note) == ("model", "a-model/1", "")
    [(path, headers)], [sent] = site.asked, map(json.loads, site.sent)
    assert (path, headers["Authorization"]) == (PATH, "Bearer a secret")
    assert (sent["model"], sent["temperature"]) == ("a-model", 0)
    asked = sent["response_format"]["json_schema"]
    assert (asked["strict"], "atacms" in json.dumps(asked["schema"])) == (True, True)
    assert json.loads(sent["messages"][1]["content"])["body"] == DOCUMENT.body


def test_without_a_key_none_is_sent(site: Site) -> None:
    site.pages[PATH] = good()
    Endpoint(f"{site.url}{PATH}", "", "m").ask([], {})
    assert "Authorization" not in site.asked[0][1]


def test_what_is_dropped_is_counted_and_the_rest_is_kept(site: Site) -> None:
    coding = coder(site, good(CLAIM, {**CLAIM, "weapon": "atacms", "quote": "Never said."})).code(DOCUMENT)
    assert (len(coding.claims), coding.dropped) == (1, ("quote not in the text",))


def test_a_server_that_knows_no_schema_is_asked_for_less_each_time(site: Site) -> None:
    tries: list[Any] = []

    def old(handler: Any) -> None:
        tries.append(json.loads(site.sent[-1]))
        (good() if len(tries) == 3 else page("no such thing", status=400))(handler)

    assert coder(site, old).code(DOCUMENT).coder == "model"
    forms = [question.get("response_format", {}).get("type") for question in tries]
    assert forms == ["json_schema", "json_object", None]
    assert "temperature" not in tries[2]


BAD: dict[str, tuple[Say, str]] = {
    "no key": (page("", status=401), "the endpoint answers 401"),
    "too often": (page("", status=429, Retry_After="60"), "the endpoint answers 429"),
    "out of order": (page("", status=503), "the endpoint answers 503"),
    "understands nothing": (page("", status=422), "the endpoint answers 422"),
    "leads on": (redirect("http://127.0.0.1:9/"), "the endpoint answers 302"),
    "no chat": (page("<html>", "text/html"), "none of a chat"),
    "a list": (page("[]", "application/json"), "none of a chat"),
    "no choices": (page('{"choices": []}', "application/json"), "none of a chat"),
    "deep": (page('{"choices":' + "[" * 100_000, "application/json"), "none of a chat"),
    "refuses": (page(chat("Sorry.", refusal="I will not."), "application/json"), "the model refuses"),
    "says nothing": (page(chat(None), "application/json"), "the model refuses"),
    "nonsense": (page(chat("Certainly! The weather is fine."), "application/json"), "holds no JSON object"),
    "another object": (page(chat('{"answer": 42}'), "application/json"), "does not say whether"),
    "too much": (page(b" " * (LARGEST_ANSWER + 1), "application/json"), "the answer is too large"),
    "no HTTP": (raw(b"hello\r\n\r\n"), "cannot be reached, or breaks off"),
    "breaks off": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), "cannot be reached, or breaks off"),
    "hangs up": (raw(b""), "cannot be reached, or breaks off"),
}


@pytest.mark.parametrize(("say", "reason"), BAD.values(), ids=BAD)
def test_a_bad_answer_leaves_the_dispatch_to_the_rules_which_say_so(site: Site, say: Say, reason: str) -> None:
    coding = coder(site, say).code(DOCUMENT)
    assert by_rules(coding)
    assert reason in coding.note
    assert "a secret" not in coding.note


LATE: dict[str, Say] = {
    "silent": lambda _: time.sleep(3),
    "header by drops": drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "body by drops": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b" "),
}


@pytest.mark.parametrize("say", LATE.values(), ids=LATE)
def test_a_late_answer_is_waited_for_no_longer_than_the_time_and_not_again_in_the_batch(site: Site, say: Say) -> None:
    slow = coder(site, say, seconds=0.4)
    started = time.monotonic()
    assert by_rules(slow.code(DOCUMENT))
    assert time.monotonic() - started < 2
    again = slow.code(DOCUMENT)
    assert (by_rules(again), again.note) == (True, "coded by the rules: no answer within 0.4 seconds")
    assert len(site.asked) == 1


def test_nobody_at_the_address_and_an_address_that_is_none() -> None:
    for url in (f"http://127.0.0.1:{closed_port()}", "http://[", "http://127.0.0.1:99999"):
        with pytest.raises(NoAnswer, match="cannot be reached"):
            Endpoint(url, "", "m", 2).ask([], {})


def test_after_a_refusal_the_next_dispatch_is_asked_about(site: Site) -> None:
    one = coder(site, page(chat(None), "application/json"))
    assert by_rules(one.code(DOCUMENT))
    site.pages[PATH] = good()
    assert one.code(DOCUMENT).coder == "model"


def test_what_the_rules_set_aside_or_is_too_long_is_sent_nowhere(site: Site) -> None:
    asker = coder(site, good())
    assert asker.code(Document("x", "", "It rained in Lille.", "en")).note == ""
    long = asker.code(Document("y", "", DOCUMENT.body + " " * LONGEST, "en"))
    assert (long.coder, "longer than" in long.note) == ("rules", True)
    assert site.asked == []


def test_a_batch_is_done_before_its_lease_runs_out() -> None:
    assert MODEL_BATCH >= 2
    assert LEASE.total_seconds() > MODEL_BATCH * MODEL_SECONDS


def test_off_unless_configured(settings: Any) -> None:
    assert chosen_coder().stamp.startswith("rules ")
    with pytest.raises(NotConfigured):
        model_coder()
    settings.CODER_URL, settings.CODER_MODEL = "http://127.0.0.1:9/v1", "m"
    assert chosen_coder().stamp.startswith("model m/1, rules ")


@pytest.mark.django_db(transaction=True)
def test_the_worker_stores_what_the_model_says_and_holds_no_transaction_while_it_asks(
    site: Site, settings: Any
) -> None:
    load_reference()
    settings.CODER_URL, settings.CODER_MODEL = f"{site.url}/v1", "a-model"
    held: list[int] = []
    say = good(CLAIM, {**CLAIM, "status": "supplied"})

    def answer(handler: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"
            )
            held.extend(cursor.fetchone())
        connection.close()
        say(handler)

    site.pages[PATH] = answer
    store_dispatch(Received(title="", body=DOCUMENT.body, language="en", published=DOCUMENT.published))
    assert code_waiting() == 1
    claim, dispatch = Claim.objects.get(), Dispatch.objects.get()
    assert held == [0]
    assert (claim.coder, claim.coder_version, claim.rule_ids) == ("model", "a-model/1", ["model"])
    assert dispatch.state == DispatchState.CODED
    assert dispatch.outcome == "1 claims, 0 marks; dropped 1: unknown status (1)"


@pytest.mark.django_db(transaction=True)
def test_the_worker_says_where_the_rules_stood_in(settings: Any) -> None:
    load_reference()
    settings.CODER_URL, settings.CODER_MODEL = f"http://127.0.0.1:{closed_port()}/v1", "a-model"
    store_dispatch(Received(title="", body=DOCUMENT.body, language="en", published=DOCUMENT.published))
    code_waiting()
    assert Claim.objects.get().coder == "rules"
    assert "; coded by the rules: the endpoint cannot be reached" in Dispatch.objects.get().outcome


def test_the_command_asks_the_model_where_it_is_told_to(site: Site, settings: Any, tmp_path: Path) -> None:
    path, out, err = tmp_path / "in.jsonl", StringIO(), StringIO()
    path.write_text(json.dumps({"id": "one\u202e", "body": DOCUMENT.body, "published": "2024-05-31"}) + "\n")
    with pytest.raises(CommandError, match="Set CODER_URL"):
        call_command("code", str(path), coder="model")
    settings.CODER_URL, settings.CODER_MODEL = f"{site.url}/v1", "a-model"
    site.pages[PATH] = good(CLAIM, {})
    call_command("code", str(path), coder="model", stdout=out, stderr=err)
    assert json.loads(out.getvalue())["claims"][0]["attribution"] == "document"
    assert err.getvalue() == "one\\u202e: dropped 1: unknown status (1)\n"
    call_command("code", str(path), stdout=(plain := StringIO()))
    assert json.loads(plain.getvalue())["claims"][0]["attribution"] == code(DOCUMENT).claims[0].attribution
    assert len(site.asked) == 1
