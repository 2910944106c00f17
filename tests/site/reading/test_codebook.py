"""The codebook's page: every code with its meaning, the rules, the weapons, and the same as files."""

import csv
import io
import json
import re

import pytest
from django.test import Client

from restrictions.domain.rules import Rule
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track
from restrictions.words.definitions import vocabularies

pytestmark = [pytest.mark.usefixtures("small_record"), pytest.mark.django_db]


def page(client: Client, **headers: str) -> str:
    response = client.get("/codebook/", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_no_code_of_the_vocabularies_is_left_out() -> None:
    told = {one.code for vocabulary in vocabularies() for one in vocabulary.definitions}
    assert told == {*Status, *Act, *Condition, *AreaRole, *Attribution, *Track, *Role}


def test_each_code_has_an_address_and_a_meaning(client: Client) -> None:
    said = page(client)
    ids = re.findall(r' id="([^"]+)"', said)
    assert len(ids) == len(set(ids))
    assert {"conditional", "conditions-counter_fire", "weapon-atacms", *(f"rule-{rule.value}" for rule in Rule)} <= set(
        ids
    )
    assert all(one.meaning for vocabulary in vocabularies() for one in vocabulary.definitions)


def test_a_weapon_says_which_rules_answer_after_its_own(client: Client) -> None:
    row = page(client).split('id="weapon-atacms"')[1].split("</tr>")[0]
    assert "Ballistic missiles, Long-range weapons, All weapons" in row


def test_the_files_hold_every_code(client: Client) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get("/codebook.csv").content.decode())))
    found = json.loads(client.get("/codebook.json").content)
    assert {(line["field"], line["code"]) for line in lines} == {
        (field, one["code"]) for field, codes in found.items() for one in codes
    }
    assert next(line["meaning"] for line in lines if line["code"] == "banned").startswith("Handed over")


def test_it_takes_no_parameters(client: Client) -> None:
    assert client.get("/codebook/?on=2024-06-01").status_code == 400


def test_a_french_reader_gets_it_in_french(client: Client) -> None:
    assert "Interdit" in client.get("/fr/codebook/").content.decode()


def test_names_stand_in_four_languages_on_the_page_and_in_a_file(client: Client) -> None:
    said = page(client)
    assert '<td lang="de">Charkiw</td>' in said
    assert '<td lang="uk">Сполучені Штати</td>' in said
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(client.get("/codebook/names.csv").content.decode()))}
    assert rows["UA-63"] == {
        "kind": "region",
        "code": "UA-63",
        "name_en": "Kharkiv",
        "name_fr": "Kharkiv",
        "name_de": "Charkiw",
        "name_uk": "Харків",
    }
    assert {row["kind"] for row in rows.values()} == {"state", "region", "weapon"}
    assert client.get("/codebook/names.csv?lang=de").status_code == 400
