"""A position at the desk: the rules that made it in words, and any two versions side by side."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from restrictions.actions.claims import accept_claim
from restrictions.domain.rules import Rule
from restrictions.models import Position, PositionVersion, Region
from restrictions.words.rules import rule_sentence
from tests.record.rows import make_reference
from tests.site.desk_rows import make_curator, make_dispatch, propose, propose_loosening

# Whatever the desk does is an action, whose branches have tests of their own: tracing takes a third of the time here.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]


@pytest.fixture
def anna(db: None) -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    return make_curator("anna")


@pytest.fixture
def desk(anna: User) -> Client:
    client = Client()
    client.force_login(anna)
    return client


@pytest.fixture
def position(anna: User) -> Position:
    """A permission with two versions: a minister confirms what officials had said."""
    version = make_dispatch()
    accept_claim(claim=propose_loosening(version).pk, by=anna)
    confirm(anna)
    return Position.objects.get(status="conditional")


def confirm(by: User, number: int = 0) -> None:
    version = make_dispatch(title=f"Confirmed {number}", address=f"https://courier.example/{number}")
    named = {"weapon_id": "any", "status": "conditional", "act": "reaffirms", "conditions": ["border_zone"]}
    accept_claim(claim=propose(version, "Deep strikes stay excluded.", **named).pk, by=by)


def shown(desk: Client, position: Position, **query: str | int) -> str:
    where = reverse("admin:restrictions_position_change", args=[position.pk])
    response = desk.get(where, query)
    assert response.status_code == 200
    return response.content.decode()


def differences(markup: str) -> dict[str, str]:
    """The fields that the page says differ, with both sides as words."""
    table = re.search(r'<table class="plain difference">(.*?)</table>', markup, re.DOTALL)
    assert table
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table.group(1), re.DOTALL)
    return {name: " ".join(html.unescape(re.sub(r"<[^>]+>", " ", sides)).split()) for name, sides in rows}


def test_each_rule_has_a_sentence_and_the_page_says_those_that_made_it(desk: Client, position: Position) -> None:
    assert all(rule_sentence(rule).endswith(".") for rule in Rule)
    markup = html.unescape(shown(desk, position))
    for rule in position.rules:
        assert f"Rule {rule}" in markup
        assert rule_sentence(Rule(rule)) in markup


def test_the_last_two_versions_are_compared_field_by_field(desk: Client, position: Position) -> None:
    found = differences(shown(desk, position))
    assert found["provisional"] == "yes no"
    assert re.fullmatch(r"– only near the border, from \d{4}-\d\d-\d\d", found["limits"])
    assert "status" not in found
    assert found["evidence"].startswith("– ")
    assert found["evidence"].count("-1-") == 1


def test_the_address_says_which_two(desk: Client, position: Position) -> None:
    first, last = PositionVersion.objects.filter(position_id=position.pk).order_by("recorded")
    there = differences(shown(desk, position, **{"from": first.pk, "to": last.pk}))
    back = differences(shown(desk, position, **{"from": last.pk, "to": first.pk}))
    assert there["provisional"] == "yes no"
    assert back["provisional"] == "no yes"
    assert not differences(shown(desk, position, **{"from": last.pk, "to": last.pk}))
    markup = shown(desk, position, **{"from": last.pk, "to": first.pk})
    assert f'<option value="{last.pk}" selected>' in markup


@pytest.mark.parametrize("wrong", ["0", "nonsense"])
def test_a_version_that_is_not_this_positions_is_said(wrong: str, desk: Client, position: Position) -> None:
    assert "no such version" in shown(desk, position, **{"from": wrong})


def test_one_version_alone_is_compared_with_nothing(desk: Client, anna: User) -> None:
    accept_claim(claim=propose_loosening(make_dispatch()).pk, by=anna)
    assert 'id="difference"' not in shown(desk, Position.objects.get(status="conditional"))


def test_a_page_asks_as_many_queries_however_many_versions(
    desk: Client, anna: User, position: Position, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shown(desk, position)
    with django_assert_max_num_queries(60) as short:
        shown(desk, position)
    for number in range(1, 12):
        confirm(anna, number)
    with django_assert_max_num_queries(60) as long:
        shown(desk, position)
    assert len(long) == len(short)
