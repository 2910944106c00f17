"""Tables at the desk: taken away as filtered, brought in after a look, and nothing written before the word."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from restrictions.actions.samples import draw_sample
from restrictions.actions.submissions import keep_upload
from restrictions.actions.tokens import make_token
from restrictions.models import ApiToken, Claim, Entry, Region, Report, Sample, Scope, SentTable
from restrictions.queries.tables import TABLES
from restrictions.queries.tables.sheets import csv_sheet, read_sheet
from restrictions.rights import GROUPS
from tests.record.rows import NOON, make_reference
from tests.record.standing import standing
from tests.record.test_tables import NEW, member, table_file
from tests.site.desk_rows import a_record

# Whatever the desk does is an action, whose branches have tests of their own: tracing takes a third of the time here.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

IMPORT = reverse("admin:restrictions_claim_import")


@pytest.fixture
def curator(db: None) -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    user = member("curators")
    a_record(user)
    return user


@pytest.fixture
def desk(curator: User) -> Client:
    client = Client()
    client.force_login(curator)
    return client


def upload(desk: Client, raw: bytes, name: str = "t.csv", **more: str) -> str:
    """Where the fates of the table are shown; else what the form says of it."""
    answer = desk.post(IMPORT, {"file": SimpleUploadedFile(name, raw), **more})
    return answer["Location"] if answer.status_code == 302 else " ".join(answer.context["form"].errors["file"])


def many(count: int) -> bytes:
    pairs = [(one, other) for one in ("US", "FR", "UA", "RU") for other in ("US", "FR", "UA", "RU") if one != other]
    lines = [(*pair, weapon) for pair in pairs for weapon in ("any", "long_range", "ballistic_missile", "atacms")]
    said = [dict(zip(("supplier", "recipient", "weapon"), lines[at % len(lines)], strict=True)) for at in range(count)]
    rows = [NEW | line | {"id": f"n-{at}"} for at, line in enumerate(said)]
    for at, broken in ((10, {"effective": "May"}), (20, {"weapon": "laser"}), (30, {"sources": ""})):
        rows[at] |= broken
    return table_file(rows)


def test_five_hundred_rows_of_which_three_are_broken(desk: Client) -> None:
    where = upload(desk, many(500))
    with CaptureQueriesContext(connection) as queries:
        page = desk.get(where)
    assert len(queries) < 45
    assert [tab.count for tab in page.context["tabs"]] == [3, 0, 497, 0]
    assert [fate.name for fate in page.context["page"]] == ["n-10", "n-20", "n-30"]
    for sentence in ("no EDTF day", "no weapon “laser”", "needs a source", "Write 497 rows, leave out 3"):
        assert sentence in page.content.decode()
    assert not Claim.objects.filter(key__startswith="n-").exists()
    told = {"sheet": page.context["sent"].pk, "seen": page.context["seen"], "do": "write", "reason": "the archive"}
    assert desk.post(where, told)["Location"] == reverse("admin:restrictions_claim_changelist")
    assert Claim.objects.proposed().filter(key__startswith="n-").count() == 497


def test_an_import_says_why_and_what_it_did(desk: Client) -> None:
    where, stood = upload(desk, table_file([NEW | {"weapon": "any"}]), accepts="on"), standing()
    page = desk.get(where)
    assert "United States → Ukraine" in page.content.decode()
    told = {"sheet": page.context["sent"].pk, "seen": page.context["seen"], "accepts": "1", "do": "write"}
    assert "say why" in desk.post(where, told).content.decode()
    assert standing() == stood
    answer = desk.post(where, told | {"reason": "from the archive"}, follow=True)
    assert "Written: 1 new, 0 changed. Left out: 0." in answer.content.decode()
    assert standing() != stood
    assert "was written on" in desk.get(where).content.decode()


def test_a_plan_that_was_not_seen_writes_nothing(desk: Client) -> None:
    where = upload(desk, table_file([NEW]))
    sent = SentTable.objects.get()
    answer = desk.post(where, {"sheet": sent.pk, "seen": "another", "do": "write", "reason": "so"})
    assert "look again" in answer.content.decode()
    assert not Claim.objects.filter(key=NEW["id"]).exists()


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("t.csv", b"x" * 10_000_001, "larger than 10 MB"),
        ("t.pdf", b"id", "neither in .csv"),
        ("t.xlsx", b"PK\x03\x04", "no XLSX table"),
        ("t.csv", "id\né".encode("latin-1"), "UTF-8"),
        ("t.csv", b"", "empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(desk: Client, name: str, raw: bytes, says: str) -> None:
    assert says in upload(desk, raw, name)
    assert not SentTable.objects.exists()


def test_columns_that_are_not_known_are_named(desk: Client) -> None:
    page = desk.get(upload(desk, b"id,statsu\nx,banned\n")).content.decode()
    assert "“statsu”" in page


def test_somebody_elses_table_is_not_shown(desk: Client, curator: User) -> None:
    where, other = upload(desk, table_file([NEW])), Client()
    other.force_login(member("curators", name="otto"))
    assert other.get(where).status_code == 404


def test_a_coders_claims_are_proposals_whatever_is_asked(curator: User) -> None:
    coder = Client()
    coder.force_login(member("coders", name="carl"))
    where = upload(coder, table_file([NEW]), accepts="on")
    page = coder.get(where + "&accepts=1")
    assert "proposals until a curator accepts" in page.content.decode()
    told = {"sheet": page.context["sent"].pk, "seen": page.context["seen"], "accepts": "1", "do": "write"}
    assert coder.post(where, told | {"reason": "so"}).status_code == 403
    assert coder.post(where, {k: v for k, v in told.items() if k != "accepts"} | {"reason": "so"}).status_code == 302
    assert Claim.objects.get(key=NEW["id"]).decision == "proposed"


def test_a_list_is_taken_away_as_it_is_filtered(desk: Client) -> None:
    where = reverse("admin:restrictions_claim_export") + "?decision=accepted"
    assert "1 row, as the list is filtered" in desk.get(where).content.decode()
    raw = b"".join(desk.post(where, {"form": "csv"}))
    [row] = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    assert (row["decision"], row["status"], row["areas"]) == ("accepted", "conditional", "UA-63")
    entry = Entry.objects.get(kind="exported")
    assert (entry.who, entry.what.partition(", ")[2]) == ("vera", "1 rows decision=accepted")


def export_of(table: str) -> str:
    return reverse(f"admin:{TABLES[table]._meta.model._meta.app_label}_{table}_export")


def came_to_the_desk(by: User) -> tuple[ApiToken, str]:
    """An upload, a sample and a reader's report; the token and its secret."""
    keep_upload(outcomes=[], by=by, now=NOON)
    Report.objects.create(position_id=1, kind="day", words="It began in June.", contact="reader@example.org")
    draw_sample(sample=Sample(name="June", size=5, seed="a"), by=by)
    return make_token(name="A program", scopes=[Scope.WRITE_DISPATCHES], expires_at=None, by=by, now=NOON)


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_every_list_is_taken_away_in_every_form(desk: Client, table: str, form: str) -> None:
    came_to_the_desk(member(*GROUPS))
    answer = desk.post(export_of(table), {"form": form})
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    raw = b"".join(answer) if answer.streaming else answer.content
    assert read_sheet(raw, form).columns == tuple(TABLES[table]().get_export_headers())
    assert len(read_sheet(raw, form).rows) == TABLES[table]().rows().count()


def test_what_goes_out_of_the_desk_has_names_and_no_secret(desk: Client, curator: User) -> None:
    by = member(*GROUPS)
    by.set_password("a long enough one")
    by.save()
    desk.force_login(by)
    row, secret = came_to_the_desk(by)
    out = {}
    for table in ("apitoken", "submission", "sample", "user", "group", "report"):
        out[table] = b"".join(desk.post(export_of(table), {"form": "csv"})).decode()
    assert [name for name, held in out.items() if "vera" in held] == ["apitoken", "submission", "sample", "user"]
    assert "vera,,,admins;coders;curators;editors" in out["user"]
    assert sorted(out["group"].split()[1:]) == ["admins", "coders", "curators", "editors"]
    assert "It began in June." in out["report"]
    secrets = (secret, row.digest, row.prefix, by.password, "reader@example.org")
    assert not [word for word in secrets if word in "".join(out.values())]
    assert Entry.objects.filter(kind="exported", who="vera").count() == len(out)


def test_a_cell_too_long_for_xlsx_is_told(desk: Client) -> None:
    Claim.objects.filter(decision="accepted").update(notes="x" * 40_000)
    page = desk.post(reverse("admin:restrictions_claim_export"), {"form": "xlsx"}).content.decode()
    assert "too long for XLSX" in page


def test_rows_are_taken_away_with_a_constant_number_of_queries(desk: Client, curator: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            b"".join(desk.post(reverse("admin:restrictions_claim_export"), {"form": "csv"}))
        return len(queries)

    asked()  # the first one reads what stays the same
    few = asked()
    a_record(curator, number=1)
    assert asked() == few
    assert "".join(csv_sheet(["id"], [["=1"]])).endswith("'=1\r\n")
