"""What is forgotten: bodies that nothing quotes, after their time. The same text is known when it comes again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import Settings

from restrictions.actions.dispatches import Received, store_dispatch
from restrictions.actions.retention import drop_bodies
from restrictions.actions.submissions import keep_upload
from restrictions.models import Dispatch, DispatchState, DispatchVersion, Fingerprint, Submission
from restrictions.tasks import drop_old
from tests.record.refusal import why_refused
from tests.record.rows import claim_row, make_curator
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=100)
LIMIT = NOW - timedelta(days=90)


def stored(name: str, *, state: DispatchState = DispatchState.IRRELEVANT, since: datetime = OLD) -> int:
    """A dispatch of its own words that ended so, and came then."""
    received = Received(f"{name} title", f"{name} body", address=f"https://example.org/{name}", publisher="P")
    dispatch = store_dispatch(received).dispatch
    ended(dispatch, state, since)
    return dispatch


def ended(dispatch: int, state: DispatchState, since: datetime) -> None:
    Dispatch.objects.filter(pk=dispatch).update(state=state, outcome="no arms are named")
    DispatchVersion.objects.filter(dispatch=dispatch).update(recorded_at=since)


def bodies() -> list[str]:
    return list(DispatchVersion.objects.order_by("pk").values_list("body", flat=True))


def test_only_old_irrelevant_bodies_go_and_all_else_stays() -> None:
    stored("old")
    stored("young", since=LIMIT)
    for state in set(DispatchState) - {DispatchState.IRRELEVANT, DispatchState.CODING, DispatchState.RETRY}:
        stored(state.value, state=state)
    kept = bodies()[1:]
    assert drop_bodies(recorded_before=LIMIT, now=NOW) == 1
    assert bodies() == ["", *kept]
    version = DispatchVersion.objects.select_related("dispatch").earliest("pk")
    assert (version.title, version.body_dropped_at, version.dispatch.outcome) == ("old title", NOW, "no arms are named")
    assert Fingerprint.objects.filter(dispatch=version.dispatch_id).exists()
    assert drop_bodies(recorded_before=LIMIT, now=NOW) == 0


def test_what_is_quoted_in_any_version_keeps_all_its_bodies(reference: None) -> None:
    dispatch = stored("old")
    version = DispatchVersion.objects.get()
    quote = {"quote": "old", "quote_in": "body", "quote_start": 0, "quote_end": 3}
    claim_row("c", dispatch_version=version, **quote).save()
    store_dispatch(Received("old title", "A second version", address="https://example.org/old", publisher="P"))
    ended(dispatch, DispatchState.IRRELEVANT, OLD)
    assert drop_bodies(recorded_before=LIMIT, now=NOW) == 0
    assert bodies() == ["old body", "A second version"]


def test_the_same_text_is_known_when_it_comes_again_and_other_text_is_a_new_version() -> None:
    dispatch = stored("old")
    drop_bodies(recorded_before=LIMIT, now=NOW)
    again = Received("old title", "old body", publisher="P")
    assert (store_dispatch(again).dispatch, store_dispatch(again).is_new) == (dispatch, False)
    assert bodies() == [""]
    other = Received("old title", "Quite new", address="https://example.org/old", publisher="P")
    assert store_dispatch(other).dispatch == dispatch
    assert bodies() == ["", "Quite new"]
    Dispatch.objects.update(state=DispatchState.IRRELEVANT)
    assert drop_bodies(recorded_before=LIMIT, now=NOW) == 0


def test_bodies_that_cannot_be_dropped_stay() -> None:
    stored("old")
    break_writes("dispatchversion", "UPDATE")
    with pytest.raises(IntegrityError, match="the disk is full"):
        drop_bodies(recorded_before=LIMIT, now=NOW)
    assert bodies() == ["old body"]


def test_the_database_lets_go_of_nothing_that_is_quoted_and_changes_no_text(reference: None) -> None:
    stored("old")
    row = DispatchVersion.objects.all()
    never = "never changes"
    assert never in why_refused(lambda: row.update(body="", title="", body_dropped_at=NOW))
    assert never in why_refused(lambda: row.update(body=""))
    assert "dropped_is_empty" in why_refused(lambda: row.update(body="else", body_dropped_at=NOW))
    quote = {"quote": "old", "quote_in": "body", "quote_start": 0, "quote_end": 3}
    claim_row("c", dispatch_version=row.get(), **quote).save()
    assert never in why_refused(lambda: row.update(body="", body_dropped_at=NOW))
    assert bodies() == ["old body"]


def test_each_night_by_the_days_of_the_setting(settings: Settings) -> None:
    settings.IRRELEVANT_BODIES_DAYS = 10
    now = timezone.now()
    stored("old", since=now - timedelta(days=11))
    stored("young", since=now - timedelta(days=9))
    for days in (31, 29):
        upload = keep_upload(outcomes=[], by=make_curator(), now=now)
        Submission.objects.filter(pk=upload.pk).update(recorded_at=now - timedelta(days=days))
    drop_old()
    assert bodies() == ["", "young body"]
    assert Submission.objects.count() == 1
