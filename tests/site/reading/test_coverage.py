"""Coverage: what was decided of each supplier, when it was published, in which languages; what was not read."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client

from restrictions.models import Claim
from restrictions.queries.codes import known_codes
from restrictions.queries.coverage import coverage
from tests.site.reading.memory import first_queries_of, queries_of

pytestmark = pytest.mark.django_db


def rows(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    said = client.get(f"/coverage.csv{query}").content.decode()
    return {line["supplier"]: line for line in csv.DictReader(io.StringIO(said))}


@pytest.mark.usefixtures("small_record")
def test_dispatches_are_counted_by_language(client: Client) -> None:
    [read] = coverage(recipient="UA", codes=known_codes()).read
    assert (read.language, read.dispatches, read.relevant) == ("en", 1, 1)
    assert rows(client)["US"]["dispatches"] == "1"


def test_an_empty_record_says_that_nothing_was_looked_at(client: Client) -> None:
    assert "Nothing was looked at for this choice" in client.get("/coverage/").content.decode()


def test_a_recipient_that_is_none_is_refused(client: Client) -> None:
    assert client.get("/coverage/?recipient=XX").status_code == 400


@pytest.mark.usefixtures("small_record")
def test_what_waits_was_not_looked_at_yet(client: Client) -> None:
    before = int(rows(client)["US"]["claims"])
    Claim.objects.filter(supplier_id="US").exclude(published_latest__gte=date(2024, 5, 1)).update(
        decision="proposed", decided_by=None, decided_at=None
    )
    assert int(rows(client)["US"]["claims"]) < before


@pytest.mark.usefixtures("starter_record")
class TestStarterRecord:
    def test_the_counts_are_those_of_the_claims(self, client: Client) -> None:
        found = rows(client)
        of_germany = Claim.objects.filter(supplier_id="DE", recipient_id="UA")
        assert int(found["DE"]["claims"]) == of_germany.count()
        assert sum(int(found["DE"][str(year)]) for year in range(2022, 2027)) == of_germany.count()
        assert set(found) == set(Claim.objects.filter(recipient_id="UA").values_list("supplier_id", flat=True))

    def test_languages_are_those_of_what_was_read(self, client: Client) -> None:
        assert "German" in client.get("/coverage/").content.decode()
        assert "de" in rows(client)["DE"]["languages"].split("; ")

    def test_a_supplier_of_whom_nothing_recent_was_read_is_stale(self) -> None:
        [row] = [row for row in coverage(recipient="UA", codes=known_codes()).suppliers if row.supplier == "DE"]
        assert row.published is not None
        assert row.is_fresh(row.published + timedelta(days=365))
        assert not row.is_fresh(row.published + timedelta(days=366))

    def test_queries_do_not_grow_with_the_record(self, client: Client) -> None:
        small, large = (queries_of(client, f"/coverage/?recipient={code}") for code in ("SA", "UA"))
        assert small == large <= 9
        assert first_queries_of(client, "/coverage/?recipient=UA") <= 11

    def test_names_are_french_for_a_french_reader(self, client: Client) -> None:
        said = client.get("/fr/coverage/").content.decode()
        assert "Allemand" in said
        assert "Allemagne" in said
