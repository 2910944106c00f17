"""The lists of the desk: what they show, how they filter, and how often they ask the database."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from restrictions.models import Position, PositionVersion, Region, Source
from tests.record.rows import claim_row, day, make_reference, make_weapon
from tests.site.desk_rows import (
    STILL_NOT,
    a_record,
    make_curator,
    make_dispatch,
    propose,
    propose_loosening,
)

# Whatever the desk does is an action, whose branches have tests of their own: tracing takes a third of the time here.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

LISTED = (
    "dispatch",
    "claim",
    "mark",
    "position",
    "positionversion",
    "settlement",
    "revision",
    "weapon",
    "country",
    "region",
)
KEPT_BY_HAND = ("weapon", "country", "region")


@pytest.fixture
def anna() -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    return make_curator("anna")


@pytest.fixture
def desk(anna: User) -> Client:
    client = Client()
    client.force_login(anna)
    return client


def listed(desk: Client, model: str, **query: str) -> str:
    app = "auth" if model in ("user", "group") else "restrictions"
    response = desk.get(reverse(f"admin:{app}_{model}_changelist"), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("model", LISTED)
def test_every_list_opens_and_searches(desk: Client, anna: User, model: str) -> None:
    a_record(anna)
    assert "result_list" in listed(desk, model)
    listed(desk, model, q="nothing has this name")


def queries_of(desk: Client, model: str) -> int:
    """How often the list asks the database, once what is remembered between requests is there."""
    listed(desk, model)
    with CaptureQueriesContext(connection) as asked:
        listed(desk, model)
    return len(asked)


def test_a_list_of_twenty_asks_as_many_queries_as_a_list_of_two(anna: User) -> None:
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    a_record(anna, 100)
    a_record(anna, 101)
    short = {model: queries_of(root, model) for model in (*LISTED, "user", "group")}
    for number in range(18):
        a_record(anna, number)
        make_curator(f"curator-{number}")
        make_weapon(f"weapon_{number}")
        Region.objects.create(code=f"RU-{number}", country_id="RU", name_en="x", name_fr="x")
    long = {model: queries_of(root, model) for model in (*LISTED, "user", "group")}
    assert long == short
    assert max(long.values()) < 40


@pytest.mark.parametrize("model", LISTED)
def test_every_row_has_a_page_that_shows_it_and_changes_nothing(desk: Client, anna: User, model: str) -> None:
    a_record(anna)
    key = re.search(rf"/admin/restrictions/{model}/([^/\"]+)/change/", listed(desk, model))
    assert key
    response = desk.get(reverse(f"admin:restrictions_{model}_change", args=[key.group(1)]))
    assert response.status_code == 200
    assert 'name="_save"' not in response.content.decode()


@pytest.mark.parametrize("model", [model for model in LISTED if model not in KEPT_BY_HAND])
def test_nothing_is_added_or_deleted_by_form(anna: User, model: str) -> None:
    a_record(anna)
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    assert root.get(reverse(f"admin:restrictions_{model}_add")).status_code == 403
    key = re.search(rf"/admin/restrictions/{model}/([^/\"]+)/change/", listed(root, model))
    assert key
    assert (
        root.post(reverse(f"admin:restrictions_{model}_delete", args=[key.group(1)]), {"post": "yes"}).status_code
        == 403
    )


def test_dispatches_show_how_many_claims_wait(desk: Client) -> None:
    version = make_dispatch(title="Waits")
    propose_loosening(version)
    propose(version, STILL_NOT)
    make_dispatch(title="Waits not", body="other", synthetic=True)
    assert re.search(r"field-waiting[^>]*>\s*2\s*<", listed(desk, "dispatch"))
    assert "Waits not" not in listed(desk, "dispatch", waiting="yes")
    assert "Waits not" in listed(desk, "dispatch", waiting="no")
    assert "Waits not" in listed(desk, "dispatch", synthetic="yes")
    assert "Waits not" not in listed(desk, "dispatch", synthetic="no")


def test_dispatches_are_found_by_state_language_and_words(desk: Client) -> None:
    make_dispatch(title="Coded one")
    make_dispatch(title="Broken one", body="nothing", state="quarantined", outcome="No text")
    assert "Coded one" not in listed(desk, "dispatch", state="quarantined")
    assert "Broken one" in listed(desk, "dispatch", state="quarantined")
    assert "Coded one" in listed(desk, "dispatch", language="en")
    assert "Coded one" not in listed(desk, "dispatch", language="fr")
    assert "Broken one" not in listed(desk, "dispatch", q="Kharkiv")


def test_claims_are_filtered_by_each_code(desk: Client) -> None:
    version = make_dispatch()
    propose_loosening(version)
    for column, hit, miss in (
        ("decision", "proposed", "rejected"),
        ("supplier", "US", "FR"),
        ("recipient", "UA", "RU"),
        ("weapon", "any", "atacms"),
        ("status", "conditional", "banned"),
        ("track", "use", "supply"),
        ("act", "sets", "denies"),
        ("attribution", "anonymous_official", "media"),
    ):
        assert "United States → Ukraine" in listed(desk, "claim", **{column: hit})
        assert "United States → Ukraine" not in listed(desk, "claim", **{column: miss})


def test_a_claim_shows_every_field_beside_what_the_machine_said(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    markup = desk.get(reverse("admin:restrictions_claim_change", args=[claim.pk])).content.decode()
    for field in ("Key", "Status", "Areas", "Rules that fired", "Confidence", "Reason of the decision"):
        assert f'<th scope="row">{field}</th>' in markup
    status = re.search(r'<tr class="differs">\s*<th scope="row">Status</th>\s*<td>(.*?)</td>\s*<td>(\w+)', markup)
    assert status
    assert status.groups() == ("conditional", "allowed")
    assert not re.search(r'<tr class="differs">\s*<th scope="row">Effective</th>', markup)


def test_a_claim_without_a_dispatch_is_decided_on_its_own_page(desk: Client) -> None:
    claim = claim_row("starter-1", summary="Our summary", **day("published", date(2024, 5, 3)))
    claim.save()
    Source.objects.create(claim=claim, url="https://source.example/a", title="A source", stored_copy=True)
    address = reverse("admin:restrictions_claim_change", args=[claim.pk])
    markup = desk.get(address).content.decode()
    assert "Our summary" in markup
    assert "seen as a stored copy" in markup
    response = desk.post(reverse("admin:restrictions_claim_reject", args=[claim.pk]), {"reason": "duplicate"})
    assert response["Location"] == f"{address}?claim={claim.pk}#outcome"
    assert "Rejected (duplicate)" in desk.get(address).content.decode()


def test_a_position_shows_its_evidence_and_versions(desk: Client, anna: User) -> None:
    a_record(anna)
    position = Position.objects.get(track="use", status="conditional")
    markup = desk.get(reverse("admin:restrictions_position_change", args=[position.pk])).content.decode()
    assert "now lets Ukraine fire American weapons" in markup
    version = PositionVersion.objects.get(position_id=position.pk)
    assert reverse("admin:restrictions_positionversion_change", args=[version.pk]) in markup


def test_the_front_page_counts_what_waits(desk: Client, anna: User) -> None:
    a_record(anna)
    make_dispatch(body="x", state="quarantined", outcome="No text")
    words = " ".join(re.sub(r"<[^>]+>", " ", desk.get(reverse("admin:index")).content.decode()).split())
    assert "1 claim waits the oldest for 0" in words
    assert "0 overdue more than 7 days" in words
    assert "1 mark waits" in words
    assert "1 dispatch in quarantine" in words
    assert "Dispatch 0 for 0" in words


@pytest.mark.parametrize("page", ["claim_queue", "claim_changelist", "submission_add", "submission_changelist"])
def test_the_side_bar_marks_one_line(desk: Client, page: str) -> None:
    markup = desk.get(reverse(f"admin:restrictions_{page}")).content.decode()
    lines = re.findall(r'<a href="([^"]*)" class="([^"]* -mx-3 [^"]*)"', markup)
    assert len(lines) > 10
    marked = [address for address, style in lines if "font-semibold" in style.split()]
    assert marked == [reverse(f"admin:restrictions_{page}")]
