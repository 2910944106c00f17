"""From the file to the position, through a real Celery worker over a real Valkey."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config.celery import app
from restrictions.actions.claims import accept_claim
from restrictions.actions.dispatches import LEASE, TRIES, Received, lease_batch, store_dispatch
from restrictions.actions.reference import load_reference
from restrictions.actions.starter import load_starter
from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Act, Status
from restrictions.models import Claim, Dispatch, DispatchState, DispatchVersion, Mark, Position, PositionVersion
from restrictions.queries.dispatches import progress_of
from restrictions.queries.invariants import breaches
from restrictions.queries.plans import plan_lines
from server.child import Child
from tests.record.rows import claim_row, day, make_curator
from tests.record.standing import history, standing
from tests.record.together import together
from tests.running import wait_idle

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("worker")]

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = ROOT / "restrictions" / "demo" / "kharkiv.fr.txt"
SHARED = ROOT.parent / "shared"
REAL = SHARED / "dispatches" / "2024-05-kharkiv.fr.txt"
FAKETIME = shutil.which("faketime")
GENERAL = "United States → Ukraine, all weapons, use in Russia"
ATACMS = "United States → Ukraine, ATACMS, use in Russia"


@pytest.fixture(params=[DEMONSTRATION, REAL], ids=["demonstration", "real"])
def dispatch_file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    if not path.exists():
        pytest.skip("the shared dispatches are not beside this repository (../shared): the real one is NOT tested")
    return path


@pytest.fixture
def curator(transactional_db: None) -> User:
    return make_curator("anna")


@pytest.fixture
def earlier_ban(curator: User) -> None:
    """A record that holds only the ban on all American weapons, upheld on 23 August 2023."""
    load_reference()
    upheld = date(2023, 8, 23)
    days = {**day("effective", upheld), **day("published", upheld)}
    claim = claim_row("ban", weapon_id="any", act=Act.REAFFIRMS.value, **days)
    claim.save()
    accept_claim(claim=claim.pk, by=curator)


def ingest(path: Path) -> str:
    out = StringIO()
    call_command("ingest", path, wait=True, patience=30, stdout=out)
    return out.getvalue()


def sweep_until(is_over: Callable[[], bool], seconds: float = 30.0) -> None:
    """The sweep, as each minute brings it, in the worker's own process."""
    app.send_task("restrictions.tasks.sweep")
    end = time.monotonic() + seconds
    while not is_over():
        assert time.monotonic() < end, list(Dispatch.objects.values("pk", "state", "outcome", "attempts"))
        time.sleep(0.05)


def all_coded() -> bool:
    return not Dispatch.objects.exclude(state=DispatchState.CODED).exists()


# --- The main job


def test_a_dispatch_becomes_two_proposed_claims_and_four_marks(dispatch_file: Path, earlier_ban: None) -> None:
    assert ingest(dispatch_file) == "1 file: 1 stored.\nCoding ended: 1 coded; 2 claims proposed.\n"
    dispatch = Dispatch.objects.get()
    assert (dispatch.published_edtf, dispatch.synthetic) == ("2024-05", dispatch_file is DEMONSTRATION)
    general, atacms = Claim.objects.proposed().order_by("quote_start")
    assert (general.status, general.areas, general.area_role) == ("conditional", ["UA-63"], "defended")
    assert (sorted(general.conditions), general.prior) == (["counter_fire", "no_deep_strike"], "banned")
    assert (general.act, general.attribution, general.effective_edtf) == ("sets", "anonymous_official", "2024-05")
    assert (atacms.weapon_id, atacms.status, atacms.act) == ("atacms", "banned", "reaffirms")
    assert (atacms.areas, atacms.conditions, atacms.attribution) == ([], [], "anonymous_official")
    for claim in (general, atacms):
        assert claim.dispatch_version
        assert claim.dispatch_version.body[claim.quote_start : claim.quote_end] == claim.quote
    marks = sorted(Mark.objects.values_list("act", "actor"))
    assert marks == [("responds", "RU"), ("signals", "US"), ("urges", "FR"), ("urges", "NATO")]
    assert Mark.objects.get(act="signals").supplier_id == "US"


def test_the_real_dispatch_is_coded_as_gold_says(earlier_ban: None) -> None:
    if not REAL.exists():
        pytest.skip("the shared dispatches are not beside this repository (../shared): the real one is NOT tested")
    gold = json.loads((SHARED / "gold" / "seed.jsonl").read_text("utf-8").splitlines()[0])
    ingest(REAL)
    assert DispatchVersion.objects.get().body == gold["body"]
    assert [as_gold(claim) for claim in Claim.objects.proposed().order_by("quote_start")] == gold["claims"]
    expected = sorted((mark["act"], mark["actor"]) for mark in gold["context"])
    assert sorted(Mark.objects.values_list("act", "actor")) == expected


def as_gold(claim: Claim) -> dict[str, Any]:
    """A stored claim in the shape of a gold record."""
    columns = {
        "supplier": "supplier_id",
        "recipient": "recipient_id",
        "weapon": "weapon_id",
        "effective": "effective_edtf",
    }
    same = ("status", "territory", "areas", "area_role", "depth_km", "act", "attribution", "prior", "quote")
    renamed = {name: getattr(claim, column) for name, column in columns.items()}
    return renamed | {name: getattr(claim, name) for name in same} | {"conditions": sorted(claim.conditions)}


def test_accepting_both_claims_gives_the_positions_that_the_plan_said(
    dispatch_file: Path, earlier_ban: None, curator: User
) -> None:
    ingest(dispatch_file)
    general, atacms = Claim.objects.proposed().order_by("quote_start")
    [line] = plan_lines(general.pk)
    assert line.heading == GENERAL
    assert line.sentences[0].startswith("ends *not allowed*, starts *limits: around Kharkiv only")
    assert line.sentences[0].endswith("* in May 2024 (day unknown)")
    accept_claim(claim=general.pk, by=curator)
    [line] = plan_lines(atacms.pk)
    assert line.heading == ATACMS
    accept_claim(claim=atacms.pk, by=curator)
    assert standing() == [
        "any use: banned known from 2023-08-23 until 2024-05",
        "any use: conditional from 2024-05",
        "atacms use: banned known from 2024-05",
    ]
    turn = Position.objects.get(status=Status.CONDITIONAL)
    assert (turn.starts_earliest, turn.starts_latest) == (date(2024, 5, 1), date(2024, 5, 31))
    assert {limit["value"] for limit in turn.limits} == {"UA-63", "counter_fire", "no_deep_strike"}
    shown = PositionVersion.objects.get(status=Status.CONDITIONAL).shown["claims"][general.key]
    assert (shown["quote"], shown["dispatch"]["id"]) == (general.quote, Dispatch.objects.get().pk)
    assert "body" not in shown["dispatch"]
    assert list(breaches()) == []


def test_the_same_file_again_changes_nothing(dispatch_file: Path, earlier_ban: None) -> None:
    ingest(dispatch_file)
    before = (history(), list(Dispatch.objects.values()), list(DispatchVersion.objects.values()))
    said = "1 file: 1 already held.\nNothing changed.\n"
    assert ingest(dispatch_file) == said
    assert (history(), list(Dispatch.objects.values()), list(DispatchVersion.objects.values())) == before


def test_with_the_starter_record_the_turn_stays_on_30_may(curator: User) -> None:
    load_reference()
    load_starter()
    before = standing()
    for path in filter(Path.exists, (DEMONSTRATION, REAL)):
        ingest(path)
        general, atacms = Claim.objects.proposed().order_by("quote_start")
        said = ("joins the evidence of the position that starts on 30 May 2024",)
        assert [(line.heading, line.sentences) for line in plan_lines(general.pk)] == [(GENERAL, said)]
        for claim in (general, atacms):
            accept_claim(claim=claim.pk, by=curator)
        assert standing() == before
        line = {"supplier": "US", "recipient": "UA", "track": "use", "territory": "RU"}
        in_force = Position.objects.in_force_on(date(2024, 6, 2)).filter(**line)
        assert in_force.get(weapon="any", starts_edtf="2024-05-30").evidence.filter(claim=general).exists()
        assert in_force.get(weapon="atacms", status="banned").evidence.filter(claim=atacms).exists()
    assert list(breaches()) == []


# --- What goes wrong on the way


def receive(number: int) -> int:
    """A dispatch with two claims, as a file would bring it."""
    body = f"Dispatch {number}. The United States allows Ukraine to use American weapons against targets in Russia."
    return store_dispatch(Received(title="", body=body, language="en", published=parse_day("2024-05-31"))).dispatch


def test_many_dispatches_are_each_coded_once_however_often_workers_are_woken() -> None:
    load_reference()
    dispatches = [receive(number) for number in range(60)]
    for _ in range(6):
        app.send_task("restrictions.tasks.code_waiting")
    sweep_until(all_coded)
    assert progress_of(dispatches).in_words == "60 coded"
    assert set(Dispatch.objects.values_list("attempts", flat=True)) == {1}
    per_dispatch = Claim.objects.values_list("dispatch_version__dispatch", flat=True)
    assert len(per_dispatch) >= 60
    assert set(per_dispatch) == set(dispatches)


def test_files_stored_at_once_by_two_processes_are_coded_once(tmp_path: Path, earlier_ban: None) -> None:
    path = tmp_path / "one.txt"
    path.write_text(DEMONSTRATION.read_text("utf-8"), "utf-8")
    said = together(lambda: ingest(path), lambda: ingest(DEMONSTRATION))
    assert sorted("1 already held" in words for words in said) == [False, True]
    assert Claim.objects.proposed().count() == 2
    assert Mark.objects.count() == 4


def test_what_a_dead_worker_held_is_coded_by_another_and_its_late_result_is_dropped() -> None:
    load_reference()
    dispatch = receive(1)
    dead = lease_batch(now=timezone.now() - LEASE - timedelta(seconds=1))
    assert dead.dispatches == (dispatch,)
    sweep_until(all_coded)
    row = Dispatch.objects.get()
    assert (row.attempts, row.lease_token) == (2, None)
    assert not Dispatch.objects.leased_under(dead.token).exists()
    assert Claim.objects.count() == 1


def test_a_lease_that_still_runs_is_left_to_its_holder() -> None:
    load_reference()
    held = receive(1)
    lease_batch(now=timezone.now())
    free = receive(2)
    sweep_until(lambda: Dispatch.objects.get(pk=free).state == DispatchState.CODED)
    assert Dispatch.objects.get(pk=held).state == DispatchState.CODING
    assert set(Claim.objects.values_list("dispatch_version__dispatch", flat=True)) == {free}


@pytest.mark.skipif(
    not (FAKETIME or os.environ.get("CI")), reason="no faketime on this machine: apt-get install faketime"
)
@pytest.mark.parametrize("wrong", ["+1d", "-1d"])
def test_a_worker_whose_clock_is_a_day_wrong_takes_nobody_s_work(wrong: str) -> None:
    load_reference()
    held = receive(1)
    lease_batch(now=timezone.now())
    free = receive(2)
    assert FAKETIME, "CI is set, and there is no faketime: apt-get install faketime"
    code = "from restrictions.pipelines.coding import code_waiting; print('coded', code_waiting())"
    done = subprocess.run(
        [FAKETIME, "-f", wrong, sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": _this_database()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "coded 1" in done.stdout
    assert Dispatch.objects.get(pk=free).state == DispatchState.CODED
    assert Dispatch.objects.get(pk=held).state == DispatchState.CODING


def test_what_cannot_be_stored_is_tried_again_and_set_aside_with_the_reason() -> None:
    """The weapons are missing, so that no claim can be written; the dispatch beside it, about nothing, is done."""

    def is_over(state: DispatchState, attempt: int) -> bool:
        return Dispatch.objects.filter(pk=failing, state=state, attempts=attempt).exists()

    failing = receive(1)
    other = store_dispatch(Received(title="", body="It rained in Lille.", language="en")).dispatch
    for attempt in range(1, TRIES):
        sweep_until(partial(is_over, DispatchState.RETRY, attempt))
        row = Dispatch.objects.get(pk=failing)
        assert row.retry_at
        assert row.retry_at > timezone.now()
        assert "IntegrityError" in row.outcome
        Dispatch.objects.filter(pk=failing).update(retry_at=timezone.now())  # the minutes have passed
    sweep_until(partial(is_over, DispatchState.QUARANTINED, TRIES))
    row = Dispatch.objects.get(pk=failing)
    assert (row.retry_at, row.lease_token) == (None, None)
    assert "IntegrityError" in row.outcome
    assert "is not present in table" in row.outcome
    assert Dispatch.objects.get(pk=other).state == DispatchState.IRRELEVANT
    assert not Claim.objects.exists()


def test_a_broker_that_is_down_loses_no_dispatch(earlier_ban: None) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "ingest", str(DEMONSTRATION)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": _this_database(), "REDIS_URL": "redis://127.0.0.1:1/0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout) == (0, "1 file: 1 stored.\n"), ended.stderr
    assert "the sweep will find the work" in ended.stderr
    assert Dispatch.objects.get().state == DispatchState.NEW
    sweep_until(all_coded)
    assert Claim.objects.proposed().count() == 2


def test_a_wake_up_that_was_lost_is_given_again_by_the_same_command(
    worker: Child, dispatch_file: Path, earlier_ban: None
) -> None:
    call_command("ingest", dispatch_file, stdout=StringIO())
    sweep_until(all_coded)
    app.control.purge()
    wait_idle()  # no earlier wake-up is on its way
    Dispatch.objects.update(state=DispatchState.NEW)
    assert "Nothing changed.\nCoding ended: 1 coded" in ingest(dispatch_file)
    assert Claim.objects.proposed().count() == 2


def _this_database() -> str:
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
