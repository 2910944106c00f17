"""The audit log's page: who, when, from what to what, why; what it finds, and what it asks the database."""

import html
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from restrictions.actions.audit import enter, enter_export
from restrictions.actions.claims import accept_claim, undo_decision
from restrictions.actions.curators import ensure_admins_group
from restrictions.actions.reasons import history_of
from restrictions.models import Claim, Entry, EntryKind, Region
from restrictions.queries.audit_sources import SOURCES
from restrictions.queries.plans import planned
from restrictions.queries.steps import taking_out
from restrictions.rights import CURATORS
from tests.record.rows import make_reference
from tests.site.desk_rows import make_curator, make_dispatch, propose_loosening

pytestmark = pytest.mark.django_db

LOG = "admin:restrictions_entry_changelist"


@pytest.fixture
def anna(db: None) -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    return make_curator("anna")


@pytest.fixture
def decided(anna: User) -> Claim:
    """A claim that Anna accepts, and takes back at the desk."""
    claim = propose_loosening(make_dispatch())
    accept_claim(claim=claim.pk, by=anna)
    where = reverse("admin:restrictions_claim_undo", args=[claim.pk])
    seen = planned(taking_out(Claim.objects.get(pk=claim.pk))).seen
    assert signed_in(anna).post(where, {"seen": seen, "reason": "It was a draft"}).status_code == 302
    return claim


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def admin() -> Client:
    user = User.objects.create_user("adam", is_staff=True)
    user.groups.add(ensure_admins_group())
    return signed_in(user)


def lines(client: Client, **query: str) -> list[str]:
    """The lines that the page shows, as words, the newest first."""
    response = client.get(reverse(LOG), query)
    assert response.status_code == 200
    rows = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.DOTALL)[1:]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def test_a_decision_stands_with_who_from_what_to_what_and_why(decided: Claim) -> None:
    found = lines(admin(), source="claim")
    assert len(found) == 2
    assert "anna taken back US → UA, any: conditional" in found[0]
    assert "decision accepted → proposed" in found[0]
    assert found[0].endswith("It was a draft")
    assert "anna accepted" in found[1]
    assert "decision proposed → accepted" in found[1]


def test_the_whole_log_has_sign_ins_rights_revisions_and_reference_data(decided: Claim, anna: User) -> None:
    with history_of(anna, "A new spelling"):
        Region.objects.filter(code="UA-63").update(name_en="Kharkiv oblast")
    with history_of(anna, "She moves"):
        anna.groups.remove(Group.objects.get(name=CURATORS))
    enter_export(by=anna, what="1 claim as CSV")
    found = lines(admin())
    for expected in (
        "adam signed in",
        "anna exported 1 claim as CSV",
        "anna removed anna · curators – She moves",
        "anna changed Kharkiv oblast English name Kharkiv → Kharkiv oblast A new spelling",
        "anna changed the record revision",
    ):
        assert any(expected.replace(" – ", " ") in line for line in found), expected


def test_who_sees_the_record_sees_the_part_about_it(decided: Claim, anna: User) -> None:
    client = signed_in(anna)
    assert lines(client, source="claim")
    assert not [line for line in lines(client) if "signed in" in line or "curators" in line]
    answer = client.get(reverse(LOG), {"source": "entry"})
    assert "Select a valid choice" in answer.content.decode()


def test_lines_are_found_by_who_words_and_days(decided: Claim, anna: User) -> None:
    enter(kind=EntryKind.SIGNED_OUT, by=make_curator("berta"))
    client = admin()
    assert all("berta" in line for line in lines(client, who="berta"))
    assert lines(client, who="berta", source="entry")
    assert lines(client, words="draft", source="claim") == lines(client, source="claim")[:1]
    today = timezone.now().date()
    assert lines(client, first=str(today), last=str(today))
    assert not lines(client, first=str(today + timedelta(days=1)))
    began = MigrationRecorder.Migration.objects.earliest("applied").applied.date()  # with the groups
    assert not lines(client, last=str(began - timedelta(days=1)))
    assert not lines(client, words="nothing is like this")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"first": "soon"}, "Enter a valid date"),
        ({"who": "no one"}, "Select a valid choice"),
        ({"at": "2026-11-22", "key": "entry-1"}, "no instant"),
        ({"at": "now", "key": "entry-1"}, "no instant"),
    ],
)
def test_what_cannot_be_asked_is_said(query: dict[str, str], sentence: str, anna: User) -> None:
    assert sentence in admin().get(reverse(LOG), query).content.decode()


def test_older_lines_follow_without_a_gap_or_a_double(anna: User) -> None:
    Entry.objects.bulk_create(Entry(kind=EntryKind.EXPORTED, who="anna", what=f"n{n}") for n in range(120))
    client, where, found = admin(), reverse(LOG) + "?source=entry&who=anna", []
    while where:
        markup = client.get(where).content.decode()
        found += re.findall(r"<td>(n\d+)</td>", markup)
        older = re.search(r'href="(\?[^"]+)" rel="next"', markup)
        where = reverse(LOG) + html.unescape(older.group(1)) if older else ""
    assert found == [f"n{n}" for n in reversed(range(120))]


def test_the_log_asks_as_many_queries_whatever_it_holds(
    decided: Claim, anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = admin()
    lines(client)
    with django_assert_max_num_queries(70) as short:
        lines(client)
    for number in range(20):
        claim = propose_loosening(
            make_dispatch(title=f"Dispatch {number}", address=f"https://courier.example/{number}")
        )
        accept_claim(claim=claim.pk, by=anna)
        undo_decision(claim=claim.pk, by=anna, reason="No")
    with django_assert_max_num_queries(70) as long:
        assert len(lines(client)) == 50
    assert len(long) == len(short)


def test_every_history_that_the_database_keeps_stands_in_the_log() -> None:
    kept = {model.pgh_tracked_model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    read = {getattr(source.rows().model, "pgh_tracked_model", None) for source in SOURCES.values()}
    assert kept <= read


def test_what_was_done_to_a_deleted_user_still_has_their_name(anna: User) -> None:
    berta = make_curator("berta")
    with history_of(anna, "Left"):
        berta.delete()
    client = admin()
    assert any("anna removed berta · curators Left" in line for line in lines(client, source="membership"))
    assert any("anna removed berta Left" in line for line in lines(client, source="account"))
