"""Tables in and out: a file that was taken away comes in as the same record, and nothing is written unseen."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from restrictions.actions.imports import AlreadyWritten, NotAllowed, Written, keep_table, write_table
from restrictions.actions.seen import PlanChanged
from restrictions.domain.unreadable import Unreadable
from restrictions.models import Claim, Country, Dispatch, Feed, Mark, Region, Revision, SentTable, Settlement, Weapon
from restrictions.queries.foreseen import Foreseen, foreseen
from restrictions.queries.tables import TABLES
from restrictions.queries.tables.sheets import csv_sheet, json_sheet, xlsx_sheet
from restrictions.rights import CODERS, CURATORS, EDITORS
from tests.record.standing import standing
from tests.site.desk_rows import a_record

pytestmark = pytest.mark.django_db

TAKEN_IN = sorted(name for name, table in TABLES.items() if table.takes_in)
NEW = {
    "id": "x-1",
    "supplier": "US",
    "recipient": "UA",
    "weapon": "atacms",
    "track": "use",
    "role": "supplier",
    "status": "banned",
    "territory": "RU",
    "act": "sets",
    "attribution": "document",
    "effective": "2024-03",
    "published": "2024-03-02",
    "summary": "A letter says so.",
    "sources": "https://a.example/1 | A | B | 2024-03",
}


def member(*groups: str, name: str = "vera") -> User:
    user = User.objects.get_or_create(username=name, defaults={"is_staff": True})[0]
    user.groups.set(Group.objects.filter(name__in=groups))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def record(reference: None) -> User:
    """A small record with a row for each table, and somebody who may do all."""
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    Weapon.objects.filter(code="atacms").update(aliases=["ATACMS", "a;b", '"M39"'], makers=["US"], range_km=300)
    by = member(CODERS, CURATORS, EDITORS)
    a_record(by)
    rows = [NEW, NEW | {"id": "x-2", "status": "conditional", "conditions": "depth_limit", "depth_km": "40"}]
    write(send("claim", rows, by), by, accepts=True)
    mark = {"id": "m-1", "act": "used", "actor": "UA", "summary": "=seen", "source_url": "https://a.example/2"}
    write(send("mark", [mark], by), by)
    return by


def table_file(rows: list[dict[str, str]]) -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return "".join(csv_sheet(columns, [[row.get(name, "") for name in columns] for row in rows])).encode()


def send(table: str, rows: list[dict[str, str]], by: User) -> SentTable:
    return keep_table(table=table, name="t.csv", content=table_file(rows), by=by)


def look(sent: SentTable, by: User, *, accepts: bool = False) -> Foreseen:
    return foreseen(sent, by=by, accepts=accepts)


def write(sent: SentTable, by: User, **how: Any) -> Written:
    return write_table(sent=sent.pk, by=by, reason="a test", **how)


def taken_away(table: str) -> tuple[list[str], list[list[str]]]:
    reader = TABLES[table]()
    return reader.get_export_headers(), [reader.export_resource(row) for row in reader.rows()]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_every_file_that_was_taken_away_changes_nothing(form: str, record: User) -> None:
    for table in TAKEN_IN:
        columns, rows = taken_away(table)
        assert rows, table
        raw = xlsx_sheet(columns, rows) if form == "xlsx" else b""
        raw = raw or "".join({"csv": csv_sheet, "json": json_sheet}[form](columns, rows)).encode()
        found = look(keep_table(table=table, name=f"t.{form}", content=raw, by=record), record)
        assert found.counts["unchanged"] == len(rows), [fate.faults or fate.changes for fate in found.fates]
        assert (found.lines, found.pairs) == ((), frozenset())


def altered(statement: str) -> None:
    """Run a statement that waits for no check at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}; SET CONSTRAINTS ALL DEFERRED")


def test_a_record_without_dispatches_is_built_again_from_its_tables(record: User) -> None:
    mine = {"claim": "x-", "mark": "m-"}
    order = ["country", "region", "weapon", "claim", "mark", "settlement"]
    away = {}
    for table in order:
        columns, rows = taken_away(table)
        away[table] = (columns, [row for row in rows if row[0].startswith(mine.get(table, ""))])
    was = [line for line in standing() if line.startswith("atacms")]
    altered("TRUNCATE restrictions_country, restrictions_weapon, restrictions_revision CASCADE")
    for table in order:
        columns, rows = away[table]
        if table == "settlement":
            rows = [[*row[:-4], "yes", "no dispute is left", *row[-2:]] for row in rows]
        raw = "".join(csv_sheet(columns, rows)).encode()
        wrote = write(keep_table(table=table, name="t.csv", content=raw, by=record), record, accepts=table == "claim")
        assert (wrote.counts["new"], wrote.counts["refused"]) == (len(rows), 0)
    typed = {table: TABLES[table]().shown_only() for table in order}
    for table in order[:-1]:
        columns, rows = taken_away(table)
        kept = [at for at, name in enumerate(columns) if name not in typed[table]]
        assert [[row[at] for at in kept] for row in rows] == [[row[at] for at in kept] for row in away[table][1]]
    assert standing() == was != []


def test_each_row_has_its_fate_and_only_good_ones_are_written(record: User) -> None:
    rows = [
        {"id": "x-1", "speaker": "A minister"},
        {"id": "x-2"},
        NEW | {"id": "x-3", "effective": "2024-13"},
        NEW | {"id": "x-4", "weapon": "laser", "areas": "UA-99", "area_role": "target"},
        NEW | {"id": "x-5", "sources": "", "summary": ""},
        NEW | {"id": "x-6", "status": "withheld"},
        {"id": "", "speaker": "nobody"},
        NEW | {"id": "x-1"},
        NEW | {"id": "x-7", "weapon": "any", "sources": "javascript:alert(1)"},
        NEW | {"id": "x-8", "track": "usage", "territory": ""},
        NEW | {"id": "x-9", "depth_km": "-3"},
        NEW | {"id": "x-10", "weak": "perhaps", "decision": "accepted"},
        NEW | {"id": "x-11", "weak": "no"},
    ]
    for row in rows[:2]:
        row.update({name: value for name, value in cells_of("claim", row["id"]).items() if name not in row})
    sent = send("claim", rows, record)
    found = look(sent, record)
    assert [fate.kind.value for fate in found.fates] == ["changed", "unchanged", *["refused"] * 10, "new"]
    assert [(c.column, c.before, c.after) for c in found.fates[0].changes] == [("speaker", "", "A minister")]
    told = [" ".join(f"{name}: {says}" for name, says in fate.faults.items()) for fate in found.fates[2:12]]
    says = ["no EDTF day", "no weapon “laser”", "sources:", "status:", "no name", "line 2", "no web address", "track:"]
    for sentence, faults in zip([*says, "depth_km:", "weak:"], told, strict=True):
        assert sentence in faults
    assert found.counts == {"new": 1, "changed": 1, "unchanged": 1, "refused": 10}
    wrote = write(sent, record, seen=found.seen)
    assert (wrote.counts, wrote.changed_the_record) == (found.counts, True)
    assert Claim.objects.get(key="x-11").decision == "proposed"
    assert Claim.objects.get(key="x-1").speaker == "A minister"
    with pytest.raises(AlreadyWritten):
        write(sent, record)


def cells_of(table: str, key: str) -> dict[str, str]:
    reader = TABLES[table]()
    return reader.words(reader.rows().get(key=key))


def test_claims_are_accepted_with_their_plan_in_one_revision(record: User) -> None:
    rows = [NEW | {"id": f"y-{at}", "weapon": "any", "effective": f"2023-0{at}"} for at in (1, 2)]
    sent = send("claim", rows, record)
    found, revisions, stood = look(sent, record, accepts=True), Revision.objects.count(), standing()
    assert "United States → Ukraine" in found.lines[0].heading
    assert standing() == stood
    write(sent, record, accepts=True, seen=found.seen)
    assert (Revision.objects.count(), standing() != stood) == (revisions + 1, True)
    claim = Claim.objects.get(key="y-1")
    assert (claim.decision, claim.decided_by, claim.coder, claim.sources.get().title) == (
        "accepted",
        record,
        "table",
        "B",
    )
    assert SentTable.objects.get(pk=sent.pk).revision == Revision.objects.first()


def test_a_record_that_moved_on_is_looked_at_again(record: User) -> None:
    sent = send("claim", [NEW | {"id": "y-1", "weapon": "any"}], record)
    found = look(sent, record, accepts=True)
    write(send("claim", [NEW | {"id": "y-2", "weapon": "any"}], record), record, accepts=True)
    with pytest.raises(PlanChanged):
        write(sent, record, accepts=True, seen=found.seen)
    assert not Claim.objects.filter(key="y-1").exists()


def test_a_failure_leaves_nothing(record: User) -> None:
    sent = send("claim", [NEW | {"id": "y-1", "sources": "https://a.example/" + "x" * 1900}], record)
    altered("ALTER TABLE restrictions_source ADD CONSTRAINT short CHECK (length(url) < 1000) NOT VALID")
    stood = standing()
    with pytest.raises(IntegrityError, match="short"):
        write(sent, record, accepts=True)
    assert (standing(), Claim.objects.filter(key="y-1").exists()) == (stood, False)


@pytest.mark.parametrize(
    ("group", "table", "row", "says"),
    [
        (CODERS, "claim", {"id": "x-1", "speaker": "somebody"}, "no right to change"),
        (CURATORS, "dispatch", {"id": "999999999", "publisher": "A"}, "Dispatches come in with their text"),
        (EDITORS, "settlement", {"id": "s0", "reason": "otherwise"}, "stays as it was made"),
        (EDITORS, "weapon", {"code": "atacms", "parent": "atacms"}, "its own class"),
        (EDITORS, "weapon", {"code": "b", "name": "B", "kind": "class", "parent": "a"}, "class is refused"),
        (EDITORS, "country", {"code": "Xx", "name_en": "X", "name_fr": "X"}, "two capital letters"),
        (EDITORS, "region", {"code": "UA-1234", "country": "UA", "name_en": "X", "name_fr": "X"}, "hyphen"),
        (EDITORS, "feed", {"address": "https://f.example/1", "publisher": "F", "interval_minutes": "3"}, "5 minutes"),
        (EDITORS, "feed", {"address": "nowhere", "publisher": "F"}, "valid URL"),
        (EDITORS, "feed", {"address": "http://127.0.0.1/0", "enabled": "yes"}, "cannot be changed by a table"),
        (EDITORS, "feed", {"address": "http://127.0.0.1/0", "interval_minutes": ""}, "cannot be null"),
        (CURATORS, "mark", {"id": "m-1", "summary": ""}, ""),
        (CURATORS, "mark", {"id": "m-2", "act": "used", "actor": "UA"}, "source's address"),
    ],
)
def test_what_a_table_may_not_do(record: User, group: str, table: str, row: dict[str, str], says: str) -> None:
    user = member(group, name="emil")
    orphan = [{"code": "a", "name": "A", "kind": "class", "parent": "nothing"}] if row.get("parent") == "a" else []
    fates = look(send(table, [*orphan, row], user), user).fates
    faults = " ".join(fates[-1].faults.values())
    assert says in faults
    assert bool(faults) == bool(says)


def test_those_without_the_right_bring_nothing_in(record: User) -> None:
    coder = member(CODERS, name="emil")
    for table in ("country", "settlement", "position", "feed", "user"):
        with pytest.raises(NotAllowed):
            send(table, [{"code": "US"}], coder)
    sent = send("claim", [NEW | {"id": "y-1"}], coder)
    for by, accepts in ((coder, True), (record, False)):
        with pytest.raises(NotAllowed):
            write(sent, by, accepts=accepts)
    assert write(sent, coder).counts["new"] == 1
    with pytest.raises(ValueError, match="reason"):
        write_table(sent=sent.pk, by=coder, reason=" ")


@pytest.mark.parametrize("rows", [[{"id": "x-1", "statsu": "banned"}], [{"status": "banned"}]])
def test_columns_that_are_not_the_tables_are_refused(record: User, rows: list[dict[str, str]]) -> None:
    with pytest.raises(Unreadable, match="column"):
        look(send("claim", rows, record), record)


def test_reference_rows_and_days_of_dispatches_are_changed_with_what_rests_on_them(record: User) -> None:
    weapons = [
        {"code": "sub", "name": "Sub", "kind": "system", "parent": "top"},
        {"code": "top", "name": "Top", "kind": "class", "parent": "any"},
    ]
    assert write(send("weapon", weapons, record), record).changed_the_record
    assert Weapon.objects.get(code="sub").parent_id == "top"
    write(send("country", [{"code": "US", "name_en": "The States", "name_fr": "É.-U."}], record), record)
    assert Country.objects.get(code="US").name_en == "The States"
    dispatch = Dispatch.objects.get()
    write(send("dispatch", [{"id": str(dispatch.pk), "published": "2024-06-02"}], record), record)
    claim = Claim.objects.filter(dispatch_version__dispatch=dispatch).first()
    assert claim
    assert claim.published_edtf == "2024-06-02"
    assert str(Dispatch.objects.get().published_latest) == "2024-06-02"
    mark = cells_of("mark", "m-1") | {"weak": "yes"}
    assert write(send("mark", [mark], record), record).counts["changed"] == 1
    assert Mark.objects.get(key="m-1").weak_source


def test_a_ruling_on_a_dispute_comes_in_and_an_idle_one_does_not(record: User) -> None:
    rows = [NEW | {"id": f"z-{status}", "weapon": "long_range", "status": status} for status in ("banned", "allowed")]
    write(send("claim", rows, record), record, accepts=True)
    line = {"supplier": "US", "recipient": "UA", "track": "use", "territory": "RU", "role": "supplier"}
    days = {"first": "2024-03-01", "until": "2030-01-01", "status": "allowed", "reason": "so it was"}
    rulings = [line | days | {"id": f"s-{weapon}", "weapon": weapon} for weapon in ("long_range", "ballistic_missile")]
    sent = send("settlement", rulings, record)
    found = look(sent, record)
    assert [fate.kind.value for fate in found.fates] == ["new", "refused"]
    assert write(sent, record, seen=found.seen).changed_the_record
    assert Settlement.objects.get(key="s-long_range").author == record


def test_looking_at_more_rows_asks_no_more_queries(record: User) -> None:
    def asked(count: int) -> int:
        rows = [NEW | {"id": f"q-{at}", "weapon": "any"} for at in range(count)]
        sent = send("claim", rows, record)
        with CaptureQueriesContext(connection) as queries:
            look(sent, record, accepts=True)
        return len(queries)

    assert asked(40) == asked(2) < 25


FEED = {"address": "https://f.example/1", "publisher": "F", "language": "fr", "fetches_articles": "", "enabled": "yes"}


def test_feeds_come_in_by_their_actions_switched_off_and_with_the_reason(record: User) -> None:
    held, revisions = Feed.objects.get(), Revision.objects.count()
    assert write(send("feed", [FEED], record), record).changed_the_record is False
    new = Feed.objects.get(address=FEED["address"])
    assert (new.enabled, new.language, new.interval_minutes, new.fetches_articles) == (False, "fr", 60, False)
    changes = [{"address": held.address, "publisher": "The Courier", "note": "moved house"}]
    assert write(send("feed", changes, record), record).counts["changed"] == 1
    held.refresh_from_db()
    assert (held.publisher, held.note, Revision.objects.count()) == ("The Courier", "moved house", revisions)
    events = apps.get_model("restrictions.FeedEvent").objects.select_related("pgh_context").order_by("-pgh_id")[:2]
    assert [(event.pgh_label, event.pgh_context.metadata) for event in events] == [
        ("update", {"user": record.pk, "reason": "a test"}),
        ("insert", {"user": record.pk, "reason": "a test"}),
    ]


def test_feeds_are_built_again_from_their_table(record: User) -> None:
    columns, rows = taken_away("feed")
    Feed.objects.all().delete()
    raw = "".join(csv_sheet(columns, rows)).encode()
    wrote = write(keep_table(table="feed", name="t.csv", content=raw, by=record), record)
    assert wrote.counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    assert [row[:-1] for row in taken_away("feed")[1]] == [row[:-1] for row in rows]


def test_a_feed_that_fails_leaves_none(record: User) -> None:
    sent = send("feed", [FEED, FEED | {"address": "https://f.example/2", "publisher": "A long name"}], record)
    altered("ALTER TABLE restrictions_feed ADD CONSTRAINT short CHECK (length(publisher) < 10) NOT VALID")
    with pytest.raises(IntegrityError, match="short"):
        write(sent, record)
    assert not Feed.objects.filter(address=FEED["address"]).exists()
    assert SentTable.objects.get(pk=sent.pk).written_at is None
