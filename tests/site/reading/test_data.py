"""The data page: every file with its columns, the releases, what differs between two, and nothing beside."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.html import escape

from dashboard.exports.files import CONTENT_TYPES
from dashboard.releases import write_release
from restrictions.actions.claims import undo_decision
from restrictions.domain.datasets import DATASETS
from restrictions.models import Claim
from restrictions.queries.datasets import Wanted
from restrictions.words.columns import column_meaning
from restrictions.words.datasets import dataset_sentence, dataset_title
from tests.record.rows import make_curator

pytestmark = [pytest.mark.usefixtures("small_record"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.RELEASES_DIR = tmp_path / "releases"
    return tmp_path / "releases"


@pytest.fixture
def two(folder: Path) -> tuple[str, str]:
    """Two releases, and a claim taken back between them."""
    before, _ = write_release(folder, wanted=Wanted(date(2026, 6, 1)), licence="not stated")
    claim = Claim.objects.get(weapon_id="atacms")
    undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    after, _ = write_release(folder, wanted=Wanted(date(2026, 6, 1)), licence="CC-BY-4.0")
    return before.version, after.version


def page(address: str = "/data/") -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_each_dataset_is_named_with_its_files_and_its_columns() -> None:
    said = page()
    for dataset in DATASETS.values():
        assert escape(dataset_title(dataset.name)) in said
        assert escape(dataset_sentence(dataset.name)) in said
        assert all(f'"/data/{dataset.name}.{form}"' in said for form in CONTENT_TYPES)
        assert all(escape(column_meaning(dataset.name, name)) in said for name in dataset.names)


def test_without_a_release_it_says_so_and_that_no_licence_is_stated() -> None:
    assert "No release was made yet" in page()
    assert "Licence: not stated" in page()
    assert page("/fr/data/").count("Affirmations") > 0


def test_the_day_and_the_clock_reach_the_files_and_the_citation() -> None:
    said = page("/data/?on=2024-06-01&reported=2024-07-01")
    assert '"/data/spells.csv?reported=2024-07-01&amp;on=2024-06-01"' in said
    assert '"/data/claims.csv?reported=2024-07-01"' in said
    assert '"/data/agreement.csv"' in said
    assert "on=2024-06-01&amp;reported=2024-07-01" in said.split('class="cite"')[1].split("</p>")[0]
    cited = Client().get("/data.bib?on=2024-06-01&reported=2024-07-01").content.decode()
    assert "/data/?on=2024-06-01&reported=2024-07-01" in cited
    assert "revision" in cited


def test_it_lists_the_releases_and_gives_their_files(two: tuple[str, str]) -> None:
    said = page()
    assert said.index(f'id="release-{two[1]}"') < said.index(f'id="release-{two[0]}"')
    response = Client().get(f"/data/releases/{two[0]}/positions.csv")
    assert response.getvalue().startswith(b"position,supplier,")
    assert response["Content-Disposition"] == f'attachment; filename="caveat-{two[0]}-positions.csv"'
    assert Client().get(f"/data/releases/{two[0]}/SHA256SUMS").status_code == 200


@pytest.mark.parametrize("name", ["..", "nothing.csv", "%2e%2e%2fsettings.py"])
def test_no_other_file_is_given(two: tuple[str, str], name: str) -> None:
    assert Client().get(f"/data/releases/{two[0]}/{name}").status_code == 404
    assert Client().get("/data/releases/2020-01-01-r1/positions.csv").status_code == 404


def test_it_shows_what_differs_between_two_releases(two: tuple[str, str]) -> None:
    asked = f"from={two[0]}&to={two[1]}"
    said = page(f"/data/?{asked}").split('id="difference"')[1]
    assert "removed: 1" in said
    key = Claim.objects.get(weapon_id="atacms").key
    assert escape(key) in said
    rows = list(csv.DictReader(io.StringIO(Client().get(f"/data/difference.csv?{asked}").getvalue().decode())))
    assert ("claims", "removed", key) in {(row["dataset"], row["change"], row["key"]) for row in rows}
    assert "They hold the same rows" in page(f"/data/?from={two[0]}&to={two[0]}")


def test_more_than_the_page_shows_is_in_the_file(two: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.views.data.MOST", 0)
    assert "1 more rows are in the file" in page(f"/data/?from={two[0]}&to={two[1]}")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/data/?from=2020-01-01-r1&to=2020-01-01-r1", "from"),
        ("/data/?on=yesterday", "on"),
        ("/data/difference.csv", "from"),
    ],
)
def test_what_is_not_understood_is_refused(address: str, name: str) -> None:
    response = Client().get(address)
    assert response.status_code == 400
    assert name in response.content.decode()


def test_one_release_alone_is_no_difference(two: tuple[str, str]) -> None:
    for query in (f"from={two[0]}", f"to={two[0]}"):
        assert Client().get(f"/data/?{query}").status_code == 400
