"""The desk's side of the intake: uploads with each file's fate, tokens shown once, the way out of quarantine."""

import gzip
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from restrictions.actions.curators import ensure_editors_group
from restrictions.actions.tokens import digest
from restrictions.admin import submission as desk
from restrictions.models import ApiToken, Dispatch, DispatchVersion, Submission
from restrictions.pipelines import submitting
from tests.site.desk_rows import add_version, make_curator, make_dispatch

pytestmark = pytest.mark.django_db

UPLOAD = "admin:restrictions_submission_add"
LINES = "\n".join(json.dumps({"title": f"Number {number}"}) for number in range(3))


@pytest.fixture
def anna() -> Client:
    client = Client()
    client.force_login(make_curator("anna"))
    return client


@pytest.fixture
def edda() -> Client:
    editor = User.objects.create_user("edda", is_staff=True)
    editor.groups.add(ensure_editors_group())
    client = Client()
    client.force_login(editor)
    return client


def words(response: Any) -> str:
    """The page's text, in one line."""
    body = response.content.decode().partition("<body")[2]
    return " ".join(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", body, flags=re.DOTALL).split())


def upload(client: Client, **files: bytes) -> Any:
    sent = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
    return client.post(reverse(UPLOAD), {"files": sent}, follow=True)


# --- Uploads


def test_several_files_are_kept_and_each_is_told_its_fate(anna: Client) -> None:
    held = b"title: Held\n\nWords."
    upload(anna, first_txt=held)
    response = upload(
        anna, a_txt=held, b_jsonl=f"{LINES}\n{{".encode(), c_html=b"", d_csv_gz=gzip.compress(b"title\nPacked\n")
    )
    assert response.status_code == 200
    said = words(response)
    assert "Handed in by anna" in said
    assert "a.txt 1 already held" in said
    assert "b.jsonl 3 stored 1 refused" in said
    assert "line 4 refused The line is no JSON" in said
    assert "c.html 1 refused" in said
    assert "The page is empty." in said
    assert "d.csv.gz 1 stored" in said
    assert "Some of it waits for a worker." in said
    assert Dispatch.objects.count() == 5
    newest = Submission.objects.first()
    assert newest
    assert (newest.sender and newest.sender.username, newest.size) == ("anna", 7)


def test_the_page_says_how_far_the_workers_are(anna: Client) -> None:
    response = upload(anna, a_txt=b"title: One\n\nWords.")
    Dispatch.objects.update(state="irrelevant", outcome="no arms are named")
    said = words(anna.get(response.redirect_chain[-1][0]))
    assert "Nothing of it waits any more." in said
    assert "irrelevant : no arms are named" in said


def test_nothing_and_too_much_are_refused_in_a_sentence(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose at least one file." in words(anna.post(reverse(UPLOAD), follow=True))
    monkeypatch.setattr(desk, "LARGEST", 1_000_000)
    assert "One upload takes 1 MB in all." in words(upload(anna, a_txt=b"x" * 600_000, b_txt=b"x" * 600_000))
    assert not Submission.objects.exists()


def test_more_dispatches_than_one_upload_takes_are_cut_off_aloud(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submitting, "MOST_UPLOADED", 2)
    said = words(upload(anna, a_jsonl=LINES.encode(), b_txt=b"Words."))
    assert "2 stored 1 refused" in said
    assert "One upload takes 2 dispatches; what follows was not read. Use manage.py ingest" in said
    assert Dispatch.objects.count() == 2


def test_a_files_name_says_nothing_but_a_name(anna: Client) -> None:
    name = "../../a<script>\u202etxt.exe"
    response = anna.post(reverse(UPLOAD), {"files": [SimpleUploadedFile(name, b"Words.")]}, follow=True)
    page = response.content.decode()
    assert "<script>\u202e" not in page
    assert "a&lt;script&gt;" in page


def test_what_a_program_sent_is_shown_too(anna: Client) -> None:
    assert anna.get(reverse("admin:restrictions_submission_change", args=["no-number"])).status_code == 302
    response = upload(anna, a_txt=b"Words.")
    assert "anna" in words(anna.get(reverse("admin:restrictions_submission_changelist")))
    assert response.status_code == 200


# --- Tokens


def test_a_token_is_shown_once_and_kept_as_its_digest(edda: Client) -> None:
    response = edda.post(
        reverse("admin:restrictions_apitoken_add"),
        {"name": "Crawler", "scopes": ["dispatches:write"], "until": "2999-12-31"},
    )
    found = re.search(r"caveat_[\w-]+", response.content.decode())
    assert found
    assert "no-store" in response.headers["Cache-Control"]
    row = ApiToken.objects.get()
    assert row.digest == digest(found[0])
    assert str(row.expires_at) == "3000-01-01 00:00:00+00:00"
    for name, arguments in (("changelist", []), ("change", [row.pk])):
        page = edda.get(reverse(f"admin:restrictions_apitoken_{name}", args=arguments)).content.decode()
        assert row.prefix in page
        assert found[0] not in page
        assert row.digest not in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "A token needs a name"),
        ({"scopes": []}, "good for at least one thing"),
        ({"scopes": ["everything"]}, "not one of the available choices"),
        ({"until": "2020-01-01"}, "This day has passed."),
        ({"until": "soon"}, "Enter a valid date."),
    ],
)
def test_a_token_that_cannot_be_is_refused_in_the_form(edda: Client, sent: dict[str, Any], sentence: str) -> None:
    good = {"name": "Crawler", "scopes": ["dispatches:write"]}
    assert sentence in words(edda.post(reverse("admin:restrictions_apitoken_add"), good | sent))
    assert not ApiToken.objects.exists()


def test_a_revoked_token_stays_in_the_list_and_is_revoked_once(edda: Client) -> None:
    edda.post(reverse("admin:restrictions_apitoken_add"), {"name": "Crawler", "scopes": ["dispatches:write"]})
    row = ApiToken.objects.get()
    revoke = reverse("admin:restrictions_apitoken_revoke", args=[row.pk])
    page = reverse("admin:restrictions_apitoken_change", args=[row.pk])
    assert revoke in edda.get(page).content.decode()
    assert "it opens nothing from now on" in words(edda.post(revoke, follow=True))
    assert "It had been revoked before." in words(edda.post(revoke, follow=True))
    assert "revoked" in words(edda.get(reverse("admin:restrictions_apitoken_changelist")))
    assert revoke not in edda.get(page).content.decode()


# --- Quarantine


def quarantined() -> int:
    return make_dispatch(state="quarantined", outcome="ValueError: no verb", attempts=3).dispatch_id


def test_a_dispatch_in_quarantine_says_why_and_is_tried_again(anna: Client) -> None:
    dispatch = quarantined()
    page = reverse("admin:restrictions_dispatch_change", args=[dispatch])
    again = reverse("admin:restrictions_dispatch_try_again", args=[dispatch])
    assert "In quarantine: ValueError: no verb" in words(anna.get(page))
    assert "1 dispatch is tried again." in words(anna.post(again, follow=True))
    assert Dispatch.objects.get().state == "new"
    assert again not in anna.get(page).content.decode()
    assert "1 was not in quarantine." in words(anna.post(again, follow=True))


def test_many_are_tried_again_from_the_list(anna: Client) -> None:
    first, coded = quarantined(), make_dispatch(title="Coded").dispatch_id
    sent = {"action": "try_again", "_selected_action": [first, coded]}
    said = words(anna.post(reverse("admin:restrictions_dispatch_changelist"), sent, follow=True))
    assert "1 dispatch is tried again." in said
    assert "1 was not in quarantine." in said
    assert sorted(Dispatch.objects.values_list("state", flat=True)) == ["coded", "new"]


# --- Versions


def test_the_curator_sees_what_a_new_version_changed(anna: Client) -> None:
    version = make_dispatch(title="A <b>rule</b>", body="Kyiv may fire at targets near Kharkiv.")
    page = reverse("admin:restrictions_dispatch_change", args=[version.dispatch_id])
    changed = reverse("admin:restrictions_dispatch_versions", args=[version.dispatch_id])
    assert changed not in anna.get(page).content.decode()
    assert "There is one version only" in words(anna.get(changed))
    add_version(version.dispatch, "A <b>rule</b>", "Kyiv may not fire at targets near Kharkiv & Sumy.")
    assert changed in anna.get(page).content.decode()
    shown = anna.get(changed).content.decode()
    assert "Kyiv may<ins> not</ins> fire at targets near Kharkiv<ins> &amp; Sumy</ins>." in shown
    assert "<b>rule</b>" not in shown
    assert anna.get(reverse("admin:restrictions_dispatch_versions", args=[0])).status_code == 404


def test_a_body_that_was_dropped_is_not_compared(anna: Client) -> None:
    version = make_dispatch()
    add_version(version.dispatch, "A new title", "Other words.")
    DispatchVersion.objects.filter(pk=version.pk).update(body="", body_dropped_at=timezone.now())
    said = words(anna.get(reverse("admin:restrictions_dispatch_versions", args=[version.dispatch_id])))
    assert "One of the two bodies is kept no longer" in said
    assert "A new title" in said
