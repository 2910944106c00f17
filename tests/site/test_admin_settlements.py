"""Settling contested days at the desk: both sides, the plan first, who may, and what the public reads."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from restrictions.actions.claims import accept_claim
from restrictions.actions.curators import ensure_curators_group, ensure_editors_group
from restrictions.models import Position, Settlement
from tests.record.disputing import dispute
from tests.record.proposing import propose
from tests.record.rows import make_curator, make_reference
from tests.record.standing import history, standing

pytestmark = pytest.mark.django_db

REASON = "The letter of February says so."


@pytest.fixture
def position(db: None) -> Position:
    """A ban that an official contradicts from 1 February 2024 on."""
    make_reference()
    dispute()
    return Position.objects.get()


@pytest.fixture
def editor(position: Position) -> User:
    user = User.objects.create_user("edda", first_name="Edda", last_name="Holm", is_staff=True)
    user.groups.add(ensure_editors_group())
    return user


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def address(position: Position) -> str:
    return reverse("admin:restrictions_position_settle", args=[position.pk])


def sent(desk: Client, position: Position, do: str, **changes: Any) -> str:
    typed = {"status": "conditional", "first": "2024-02-01", "until": "2024-03-01", "practice": "", "reason": REASON}
    response = desk.post(address(position), {**typed, **changes, "do": do}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def mark_on(markup: str) -> str:
    found = re.search(r'name="seen" value="(\w*)"', markup)
    assert found
    return found.group(1)


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def settled(desk: Client, position: Position, **changes: Any) -> Settlement:
    said = plain(sent(desk, position, "settle", seen=mark_on(sent(desk, position, "plan", **changes)), **changes))
    assert "Settled. This changed the record:" in said
    return Settlement.objects.get()


def test_a_contested_position_leads_to_the_form_with_both_sides(desk: Client, position: Position) -> None:
    page = desk.get(reverse("admin:restrictions_position_change", args=[position.pk])).content.decode()
    assert address(position) in page
    markup = desk.get(address(position)).content.decode()
    words = plain(markup)
    for expected in ("Contested from 1 February 2024 on", "Not allowed", "Limits", "named official, 1 February 2024"):
        assert expected in words
    assert re.search(r'name="first" value="2024-02-01"', markup)
    assert 'value="allowed" required' not in markup


def test_the_plan_comes_first_and_nothing_is_written(desk: Client, position: Position) -> None:
    before = history()
    words = plain(sent(desk, position, "plan"))
    assert "This ruling would change United States → Ukraine, all weapons, use in Russia" in words
    assert "limits: only as counter-fire on 1 February 2024" in words
    assert history() == before
    assert "Nothing is written yet." in plain(sent(desk, position, "settle", seen=""))
    assert not Settlement.objects.exists()


def test_a_dispute_is_settled_and_the_public_reads_by_whom_and_why(
    desk: Client, position: Position, editor: User
) -> None:
    row = settled(desk, position, practice="allowed")
    assert (row.author, row.reason, row.practice) == (editor, REASON, "allowed")
    assert standing()[1] == "any use: conditional from 2024-02-01 until 2024-03-01"
    ruled = Position.objects.get(status="conditional")
    public = plain(Client().get(f"/positions/{ruled.pk}/").content.decode())
    assert "A curator ruled on it." in public
    assert "Edda Holm on" in public
    assert f"“{REASON}”" in public


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "A settlement needs its reason"),
        ({"until": ""}, "This field is required"),
        ({"until": "2024-01-01"}, "ends after it begins"),
        ({"status": "allowed"}, "Select a valid choice"),
        ({"first": "2023-01-01", "until": "2023-02-01"}, "would settle nothing"),
    ],
)
def test_what_cannot_be_settled_is_said_and_nothing_typed_is_lost(
    changes: dict[str, str], sentence: str, desk: Client, position: Position
) -> None:
    mark = mark_on(sent(desk, position, "plan", **changes))
    markup = sent(desk, position, "settle", seen=mark, **changes)
    assert sentence in plain(markup)
    assert f'name="first" value="{changes.get("first", "2024-02-01")}"' in markup
    assert (changes.get("reason") or REASON) in html.unescape(markup)
    assert not Settlement.objects.exists()


def test_a_record_that_moved_on_shows_its_new_plan(desk: Client, position: Position) -> None:
    mark = mark_on(sent(desk, position, "plan"))
    accept_claim(claim=propose("c3").pk, by=make_curator())
    markup = sent(desk, position, "settle", seen=mark)
    assert "Nothing is written yet." in plain(markup)
    assert mark_on(markup) != mark
    sent(desk, position, "settle", seen=mark_on(markup))
    assert Settlement.objects.exists()


def test_a_settlement_is_withdrawn_with_its_plan_first(desk: Client, position: Position) -> None:
    row = settled(desk, position)
    page = reverse("admin:restrictions_settlement_change", args=[row.pk])
    button = reverse("admin:restrictions_settlement_withdraw", args=[row.pk])
    markup = desk.get(page).content.decode()
    assert "Withdrawing it would change" in markup
    assert "Withdrawing a settlement needs a reason." in plain(desk.post(button, follow=True).content.decode())
    told = {"reason": "The letter is a fake", "seen": ""}
    assert "Nothing is written yet." in plain(desk.post(button, told, follow=True).content.decode())
    said = desk.post(button, told | {"seen": mark_on(markup)}, follow=True).content.decode()
    assert "Withdrawn: the settlement stays in the log." in plain(said)
    assert button not in said
    row.refresh_from_db()
    assert (row.withdrawn, row.withdrawn_reason) == (True, "The letter is a fake")
    assert standing() == ["any use: banned from 2024-01-01"]
    assert "withdrawn already: The letter is a fake" in plain(desk.post(button, told, follow=True).content.decode())
    assert desk.post(reverse("admin:restrictions_settlement_withdraw", args=[row.pk + 1]), told).status_code == 404


def test_curators_see_the_dispute_and_do_not_settle_it(desk: Client, position: Position) -> None:
    row = settled(desk, position, status="banned")
    curator = User.objects.create_user("anna", is_staff=True)
    curator.groups.add(ensure_curators_group())
    client = Client()
    client.force_login(curator)
    position = Position.objects.get()
    assert client.get(address(position)).status_code == 403
    assert client.post(address(position), {"do": "settle"}).status_code == 403
    withdraw = reverse("admin:restrictions_settlement_withdraw", args=[row.pk])
    assert client.post(withdraw, {"reason": "None"}).status_code == 403
    page = client.get(reverse("admin:restrictions_settlement_change", args=[row.pk])).content.decode()
    assert "Withdrawing it would change" in page
    assert withdraw not in page


def test_editors_settle_and_no_more(editor: User) -> None:
    codes = set(Permission.objects.filter(group__name="editors").values_list("codename", flat=True))
    assert {"add_settlement", "change_settlement"} <= codes
    assert not codes & {"change_claim", "change_mark", "add_secondcoding", "change_user"}
    assert not editor.has_perm("restrictions.change_claim")
    ensure_editors_group().permissions.add(Permission.objects.get(codename="delete_claim"))
    assert not ensure_editors_group().permissions.filter(codename="delete_claim").exists()


def test_the_form_asks_as_many_queries_whatever_the_plan(
    desk: Client, position: Position, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    sent(desk, position, "plan")  # what a process looks up once is no matter here
    for number in range(2):
        with django_assert_max_num_queries(60) as asked:
            sent(desk, position, "plan")
        counts.append(len(asked))
        accept_claim(claim=propose(f"more-{number}").pk, by=make_curator())
    assert counts[0] == counts[1]
