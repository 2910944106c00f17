"""Releases: the same bytes twice, what changed row by row, and what is in the folder."""

import csv
import json
import subprocess
import sys
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dashboard.releases import RELEASED, Refused, Release, differences, releases_in, write_release
from restrictions.actions.claims import undo_decision
from restrictions.models import Claim, DispatchVersion
from restrictions.queries.datasets import Wanted
from tests.record.rows import make_curator
from tests.site.reading.rows import UNQUOTED

pytestmark = [pytest.mark.usefixtures("small_record"), pytest.mark.django_db]

DAY = date(2026, 6, 1)


def released(folder: Path, day: date = DAY, licence: str = "not stated") -> Release:
    release, _ = write_release(folder, wanted=Wanted(day), licence=licence)
    return release


def bytes_of(release: Release) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in release.folder.iterdir()}


def take_back_one() -> str:
    claim = Claim.objects.get(weapon_id="atacms")
    undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    return claim.key


def test_two_runs_on_one_record_and_clock_write_the_same_bytes(tmp_path: Path) -> None:
    first, second = released(tmp_path / "a"), released(tmp_path / "b")
    assert bytes_of(first) == bytes_of(second)
    assert write_release(tmp_path / "a", wanted=Wanted(DAY), licence="not stated") == (first, False)
    assert [path.name for path in (tmp_path / "a").iterdir()] == [first.version]


def test_each_file_has_its_digest_and_each_table_its_schema(tmp_path: Path) -> None:
    release = released(tmp_path)
    lines = [line.partition("  ") for line in (release.folder / "SHA256SUMS").read_text().splitlines()]
    sums = {name: digest for digest, _, name in lines}
    assert sums == {name: sha256(said).hexdigest() for name, said in bytes_of(release).items() if name != "SHA256SUMS"}
    assert {part.path: part.digest for part in release.parts} == sums
    tables = {one["name"]: one for one in release.about["resources"] if "schema" in one}
    assert set(tables) == {dataset.name for dataset in RELEASED}
    for dataset in RELEASED:
        fields = tables[dataset.name]["schema"]["fields"]
        assert [field["name"] for field in fields] == list(dataset.names)
        assert all(field["description"] for field in fields)
    assert {
        "CITATION.cff",
        "citation.bib",
        "citation.csl.json",
        "codebook.csv",
        "dictionary.csv",
        "CHANGELOG.md",
    } <= set(sums)


def test_a_release_after_a_change_names_the_rows_that_changed(tmp_path: Path) -> None:
    before = released(tmp_path)
    key = take_back_one()
    after = released(tmp_path)
    assert [release.version for release in releases_in(tmp_path)] == [after.version, before.version]
    told = (after.folder / "CHANGELOG.md").read_text()
    assert f"Changes since {before.version}" in told
    assert "- removed `" in told.split("## positions")[1].split("##")[0]
    assert key in told.split("## claims")[1].split("##")[0]
    with (after.folder / "changes.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {("positions", "removed"), ("spells", "removed")} <= {(row["dataset"], row["change"]) for row in rows}
    assert [row.key for name, row in differences(before, after) if name == "claims"] == [key]


def test_the_first_release_says_that_it_is_the_first(tmp_path: Path) -> None:
    assert "The first release" in (released(tmp_path).folder / "CHANGELOG.md").read_text()


def test_it_validates_as_the_data_package_that_it_says_it_is(tmp_path: Path) -> None:
    release = released(tmp_path, licence="CC-BY-4.0")
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"],
        cwd=release.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert (report["valid"], report["errors"], report["warnings"]) == (True, [], [])
    assert report["stats"]["tasks"] == len(release.about["resources"])


def test_it_holds_no_text_of_a_dispatch_beside_the_quotes_and_marks_what_is_synthetic(tmp_path: Path) -> None:
    assert DispatchVersion.objects.filter(body__contains=UNQUOTED).exists()
    release = released(tmp_path)
    assert not any(
        UNQUOTED.encode() in said for name, said in bytes_of(release).items() if name.endswith((".csv", ".md"))
    )
    assert release.about["synthetic"] is True
    assert "yes" in {row["synthetic"] for row in release.rows(RELEASED[0])}


def test_the_licence_is_the_owners_word_or_not_stated(tmp_path: Path) -> None:
    silent, said = released(tmp_path / "a"), released(tmp_path / "b", licence="CC-BY-4.0")
    assert silent.about["licence"] == "not stated"
    assert "licenses" not in silent.about
    assert said.about["licenses"][0]["name"] == "CC-BY-4.0"
    assert 'license: "CC-BY-4.0"' in (said.folder / "CITATION.cff").read_text()
    assert "license:" not in (silent.folder / "CITATION.cff").read_text()


def test_what_was_released_is_never_written_over(tmp_path: Path) -> None:
    release = released(tmp_path)
    (release.folder / "SHA256SUMS").write_text("Somebody's own words.")
    with pytest.raises(Refused, match="holds something else"):
        released(tmp_path)
    assert (release.folder / "SHA256SUMS").read_text() == "Somebody's own words."
    assert len(list(tmp_path.iterdir())) == 1


def test_the_command_writes_it_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("release", str(tmp_path))
    call_command("release", str(tmp_path))
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Written: ")
    assert second.startswith("There already, the same byte for byte: ")
    (release,) = releases_in(tmp_path)
    assert first.endswith(release.version)


def test_a_day_that_is_not_over_or_before_the_record_is_refused(tmp_path: Path) -> None:
    for day in (date.today() + timedelta(days=1), date(2020, 1, 1)):  # noqa: DTZ011
        with pytest.raises(CommandError):
            call_command("release", str(tmp_path), known=day)
    assert releases_in(tmp_path) == []
