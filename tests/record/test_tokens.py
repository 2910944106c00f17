"""Tokens of programs: shown once, kept as digests, revoked at any time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError

from restrictions.actions.tokens import digest, make_token, revoke_token, token_used
from restrictions.models import ApiToken, Scope
from restrictions.queries.tokens import good_token
from tests.record.rows import make_curator
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make(name: str = "Crawler", expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    return make_token(
        name=name, scopes=[Scope.WRITE_DISPATCHES], expires_at=expires_at, by=make_curator("edda"), now=NOW
    )


def events() -> list[tuple[str, int]]:
    rows = apps.get_model("restrictions", "ApiTokenEvent").objects.order_by("pgh_id").select_related("pgh_context")
    return [(row.pgh_label, row.pgh_context.metadata["user"]) for row in rows]


def test_a_token_is_kept_as_its_digest_and_its_making_in_the_history() -> None:
    row, token = make(" Crawler ")
    assert (row.name, row.scopes, row.made_by.username) == ("Crawler", ["dispatches:write"], "edda")
    assert token.startswith(row.prefix)
    assert len(token) > 45
    assert row.digest == digest(token)
    assert not [value for value in ApiToken.objects.values_list().get() if token in str(value)]
    assert good_token(digest(token), now=NOW) == row
    assert good_token(digest(token[:-1]), now=NOW) is None
    assert events() == [("insert", row.made_by_id)]
    assert make()[1] != token


@pytest.mark.parametrize(
    ("name", "scopes", "expires_at", "sentence"),
    [
        (" ", [Scope.WRITE_DISPATCHES], None, "needs a name"),
        ("Crawler", [], None, "good for at least one thing"),
        ("Crawler", [Scope.WRITE_DISPATCHES], NOW, "ended already"),
    ],
)
def test_a_token_for_nothing_is_not_made(
    name: str, scopes: list[Scope], expires_at: datetime | None, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        make_token(name=name, scopes=scopes, expires_at=expires_at, by=make_curator(), now=NOW)
    assert not ApiToken.objects.exists()


def test_a_token_that_cannot_be_written_is_not_given_out() -> None:
    break_writes("apitoken")
    with pytest.raises(IntegrityError, match="the disk is full"):
        make()
    assert events() == []


def test_a_revoked_token_opens_nothing_and_is_revoked_once() -> None:
    row, token = make()
    other = make_curator("otto")
    assert revoke_token(token=row.pk, by=other, now=NOW)
    assert not revoke_token(token=row.pk, by=make_curator("edda"), now=NOW + HOUR)
    row.refresh_from_db()
    assert (row.revoked_by, row.revoked_at) == (other, NOW)
    assert good_token(digest(token), now=NOW) is None
    assert events() == [("insert", row.made_by_id), ("update", other.pk)]


def test_a_revocation_that_cannot_be_written_leaves_the_token_as_it_was() -> None:
    row, token = make()
    break_writes("apitoken", "UPDATE")
    with pytest.raises(IntegrityError, match="the disk is full"):
        revoke_token(token=row.pk, by=make_curator("otto"), now=NOW)
    assert good_token(digest(token), now=NOW) == row


def test_a_token_ends_with_its_last_moment() -> None:
    row, token = make(expires_at=NOW + HOUR)
    assert good_token(digest(token), now=NOW + HOUR - timedelta(seconds=1)) == row
    assert good_token(digest(token), now=NOW + HOUR) is None


def test_its_last_use_is_noted_once_a_minute_and_leaves_no_history() -> None:
    row, _ = make()
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        token_used(token=row, now=NOW + timedelta(seconds=seconds))
        row.refresh_from_db()
        assert row.last_used_at == NOW + timedelta(seconds=noted)
    assert len(events()) == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"name": ""}, "api_token_has_name"),
        ({"scopes": []}, "api_token_is_good_for_something"),
        ({"digest": "secret"}, "api_token_digest_is_sha256"),
        ({"revoked_at": NOW}, "api_token_revoked_by_somebody"),
    ],
)
def test_the_database_holds_tokens_to_it(changes: dict[str, object], constraint: str) -> None:
    row, _ = make()
    with pytest.raises(IntegrityError, match=constraint):
        ApiToken.objects.filter(pk=row.pk).update(**changes)
