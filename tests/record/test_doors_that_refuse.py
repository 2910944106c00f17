"""What the doors to the record do where there is nothing to write, or where the database refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from restrictions.actions.receivers import signed_out
from restrictions.actions.submissions import open_submission
from restrictions.actions.tokens import make_token
from restrictions.models import Entry, Scope, Submission
from tests.record.rows import make_curator

pytestmark = pytest.mark.django_db


def test_where_nobody_was_signed_in_nobody_leaves() -> None:
    signed_out(user=None)
    assert not Entry.objects.exists()
    signed_out(user=make_curator("anna"))
    assert Entry.objects.count() == 1


def test_a_submission_that_the_database_refuses_is_no_repetition_of_another() -> None:
    token, _ = make_token(
        name="A program", scopes=[Scope.WRITE_DISPATCHES], expires_at=None, by=make_curator("anna"), now=timezone.now()
    )
    with pytest.raises(IntegrityError, match="size"), transaction.atomic():
        open_submission(token=token, key=None, body_digest="", size=-1, now=timezone.now())
    assert not Submission.objects.exists()
