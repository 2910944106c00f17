"""A legal redaction: the words are gone from the record and its past, and a tombstone says when and why."""

import json
import subprocess
from datetime import UTC, date, datetime
from html import escape
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from restrictions.actions.claims import accept_claim, undo_decision
from restrictions.actions.redactions import CannotRedact, redact
from restrictions.actions.seen import PlanChanged
from restrictions.domain.redaction import blocks, read_tombstone, tombstone
from restrictions.models import (
    Claim,
    Country,
    Dispatch,
    DispatchVersion,
    FeedItem,
    PositionVersion,
    Redacted,
    Redaction,
    Revision,
    SentTable,
    Source,
    Weapon,
    Webhook,
    WebhookDelivery,
)
from restrictions.queries.invariants import breaches
from restrictions.queries.redactions import redaction_log, redaction_plan
from server.postgres import Postgres
from server.scratch import Scratch
from tests.record.feed_rows import make_feed
from tests.record.rows import claim_row, make_curator, make_dispatch_version, make_reference, make_weapon

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
GROUND = "court order 12/26"
STONE = "[Removed on 2026-06-03: court order 12/26]"
QUOTE = 'Washington said: "no ATACMS\u00e9 over the border"'
OTHER = "Paris was not asked about that."
BODY = f"On Thursday {QUOTE}, and no more. {OTHER}"


def claim_quoting(version: DispatchVersion, words: str, key: str, **changes: Any) -> Claim:
    start = BODY.index(words)
    span = {"quote": words, "quote_in": "body", "quote_start": start, "quote_end": start + len(words)}
    row = claim_row(
        key, dispatch_version=version, machine={"said": [words]}, notes="A note of ours.", **span, **changes
    )
    row.save()
    return row


def tell() -> DispatchVersion:
    """A dispatch with two claims, whose positions have past versions that show the quotes."""
    make_reference()
    version = make_dispatch_version("A title that has to go", BODY)
    claim_quoting(version, QUOTE, "first")
    claim_quoting(version, OTHER, "second", weapon_id="long_range")
    for key in ("first", "second", "first"):
        claim = Claim.objects.get(key=key)
        if claim.decision == "accepted":
            undo_decision(claim=claim.pk, by=make_curator(), reason="Read again")
        accept_claim(claim=claim.pk, by=make_curator())
    return version


def remove(kind: Redacted, number: int, *, ground: str = GROUND, seen: str | None = None) -> Redaction:
    return redact(kind=kind, number=number, ground=ground, by=make_curator("admin"), now=NOW, seen=seen)


def whole_database() -> str:
    """Every row of the record and its history as the database writes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND (table_name LIKE 'restrictions%' OR table_name = 'pghistory_context')"
        )
        tables = [table for (table,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT t::text FROM {table} t WHERE true" for table in tables))
        return "\n".join(row for (row,) in cursor.fetchall()).replace('""', '"').replace('\\"', '"')


@pytest.mark.django_db
def test_a_quote_is_gone_from_the_record_and_its_past() -> None:
    version = tell()
    assert "no ATACMS" in whole_database()
    claim = Claim.objects.get(key="first")
    redaction = remove(Redacted.QUOTE, claim.pk, ground=f" {GROUND} \n")
    held = whole_database()
    assert "no ATACMS" not in held
    claim.refresh_from_db()
    version.refresh_from_db()
    assert claim.quote == STONE
    assert claim.machine == {"said": [STONE]}
    assert version.body == BODY.replace(QUOTE, blocks(QUOTE))
    shown = [row.shown["claims"]["first"]["quote"] for row in PositionVersion.objects.filter(weapon_id="atacms")]
    assert shown == [STONE, STONE]
    assert Claim.objects.get(key="second").quote == OTHER
    assert list(breaches()) == []
    assert (redaction.ground, redaction.kind, redaction.by.username) == (GROUND, "quote", "admin")
    assert redaction.places > 8
    assert "court order" in Revision.objects.latest("instant").reason
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    undo_decision(claim=claim.pk, by=make_curator(), reason="Nothing to read")
    assert list(breaches()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "gone", "stays"),
    [
        (Redacted.TITLE, ["A title that has to go"], ["Paris was", "no ATACMS"]),
        (Redacted.BODY, ["On Thursday"], ["Paris was", "no ATACMS", "A title that"]),
        (Redacted.WHOLE, ["On Thursday", "Paris was", "no ATACMS"], ["A title that"]),
    ],
)
def test_a_dispatch_loses_its_title_its_text_or_its_quotes_too(
    kind: Redacted, gone: list[str], stays: list[str]
) -> None:
    version = tell()
    Dispatch.objects.update(state="coded")
    remove(kind, version.dispatch_id)
    held = whole_database()
    assert [words for words in gone if words in held] == []
    assert [words for words in stays if words not in held] == []
    assert list(breaches()) == []
    coded_again = Dispatch.objects.coded_otherwise_than("another").exists()
    assert coded_again == (kind is Redacted.TITLE)


@pytest.mark.django_db
def test_a_note_is_gone_from_its_history() -> None:
    tell()
    claim = Claim.objects.get(key="first")
    claim.notes = "Berta Example told us so."
    claim.save()
    claim.notes = "A source told us so."
    claim.save()
    remove(Redacted.NOTE, claim.pk)
    assert "told us so" not in whole_database()
    claim.refresh_from_db()
    assert claim.notes == STONE


@pytest.mark.django_db
def test_history_stays_closed_afterwards() -> None:
    tell()
    remove(Redacted.QUOTE, Claim.objects.get(key="first").pk)
    with pytest.raises(DatabaseError, match="history"), transaction.atomic():
        PositionVersion.objects.update(status="allowed")
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        Redaction.objects.all().delete()


@pytest.mark.django_db
def test_what_is_refused_changes_nothing() -> None:
    tell()
    claim, before = Claim.objects.get(key="first").pk, whole_database()
    with pytest.raises(ValueError, match="needs its ground"), transaction.atomic():
        remove(Redacted.QUOTE, claim, ground=" ")
    with pytest.raises(CannotRedact), transaction.atomic():
        remove(Redacted.QUOTE, 0)
    with pytest.raises(CannotRedact), transaction.atomic():
        remove(Redacted.MARK, claim)
    with pytest.raises(PlanChanged), transaction.atomic():
        remove(Redacted.QUOTE, claim, seen="another plan")
    make_curator("admin")
    assert whole_database().count("no ATACMS") == before.count("no ATACMS")
    plan = redaction_plan(Redacted.QUOTE, claim)
    assert remove(Redacted.QUOTE, claim, seen=plan.seen).places == plan.rows
    with pytest.raises(CannotRedact), transaction.atomic():
        remove(Redacted.QUOTE, claim)
    assert [(row.day, row.ground) for row in redaction_log()] == [(date(2026, 6, 3), GROUND)]


@pytest.mark.django_db
def test_a_redaction_that_stops_half_way_removes_nothing() -> None:
    tell()
    before, revisions = whole_database().count("no ATACMS"), Revision.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE restrictions_redaction ADD CONSTRAINT none CHECK (false) NOT VALID")
    with pytest.raises(DatabaseError, match="none"), transaction.atomic():
        remove(Redacted.QUOTE, Claim.objects.get(key="first").pk)
    assert (whole_database().count("no ATACMS"), Revision.objects.count()) == (before, revisions)


@pytest.mark.django_db
def test_a_short_text_is_removed_only_where_it_stands_alone() -> None:
    tell()
    claim = Claim.objects.get(key="first")
    Claim.objects.filter(pk=claim.pk).update(notes="Paris")
    remove(Redacted.NOTE, claim.pk)
    claim.refresh_from_db()
    assert claim.notes == STONE
    assert OTHER in whole_database()


def handed_in(name: str, content: bytes) -> SentTable:
    """A table that a curator sent to the desk, as it was sent."""
    form = name.rpartition(".")[2]
    return SentTable.objects.create(table="claim", name=name, form=form, content=content, sent_by=make_curator())


def xlsx_with_words_in_two_runs() -> bytes:
    """A spreadsheet in which one half of the quote is bold: its words stand in two runs of one cell."""
    buffer, book = BytesIO(), Workbook()
    assert book.active is not None
    book.active["B2"] = CellRichText(f"said {QUOTE[:20]}", TextBlock(InlineFont(b=True), QUOTE[20:]))
    book.save(buffer)
    return buffer.getvalue()


def spread_around(version: DispatchVersion) -> None:
    """The quote and the title also in a list of texts, files, feeds, messages, links and their history."""
    make_weapon("spelt", aliases=["M-1", QUOTE])
    Source.objects.create(claim=Claim.objects.get(key="first"), url="https://a.example/", title=version.title)
    for publisher in (f"Agency of “{QUOTE}”", "An agency"):
        version.dispatch.publisher = publisher
        version.dispatch.save()
    feed = make_feed()
    FeedItem.objects.create(feed=feed, key="1", state="stored", dispatch=version.dispatch, body=f"Raw: {QUOTE}")
    FeedItem.objects.create(feed=feed, key="2", state="refused", note="no", body=escape(f"Raw: {QUOTE}"))
    hook = Webhook.objects.create(name="w", address="https://a.example/", nonce="n", digest="d", made_by=make_curator())
    attempts = [{"answer": f"refused: {QUOTE}"}]
    WebhookDelivery.objects.create(webhook=hook, body=json.dumps({"news": [{"says": QUOTE}]}), attempts=attempts)


@pytest.mark.django_db
def test_lists_of_texts_files_messages_and_every_history_lose_the_words_too() -> None:
    version = tell()
    spread_around(version)
    files = [
        handed_in("a.csv", ('quote\n"' + QUOTE.replace('"', '""') + '"\n').encode("utf-8")),
        handed_in("b.json", json.dumps([{"quote": QUOTE}]).encode()),
        handed_in("c.xlsx", xlsx_with_words_in_two_runs()),
        handed_in("d.csv", b"quote\nAnother one\n"),
    ]
    remove(Redacted.QUOTE, Claim.objects.get(key="first").pk)
    remove(Redacted.TITLE, version.dispatch_id)
    assert [words for words in ("no ATACMS", "A title that") if words in whole_database()] == []
    assert Weapon.objects.get(code="spelt").aliases == ["M-1", STONE]
    assert [bytes(SentTable.objects.get(pk=one.pk).content) for one in files] == [b"", b"", b"", files[3].content]
    assert json.loads(WebhookDelivery.objects.get().body)["news"][0]["says"].startswith("███")
    assert Source.objects.get().title == STONE
    links, dispatches = Source.pgh_event_model.objects, Dispatch.pgh_event_model.objects  # type: ignore[attr-defined]
    assert [row.title for row in links.all()] == [STONE]
    assert [row.publisher for row in dispatches.order_by("pgh_id")] == ["", f"Agency of “{blocks(QUOTE)}”"]
    assert list(breaches()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["Ukraine", "atacms", "banned", "UA"])
def test_a_short_text_that_is_also_a_name_or_a_code_leaves_those_alone(word: str) -> None:
    tell()
    claim = Claim.objects.get(key="first")
    Claim.objects.filter(pk=claim.pk).update(notes=word)
    Source.objects.create(claim=claim, url="https://a.example/", title=word, publisher=word)
    before = [*Country.objects.values_list(), *Weapon.objects.values_list(), *PositionVersion.objects.values_list()]
    remove(Redacted.NOTE, claim.pk)
    after = [*Country.objects.values_list(), *Weapon.objects.values_list(), *PositionVersion.objects.values_list()]
    assert after == before
    claim.refresh_from_db()
    source = Source.objects.get()
    assert (claim.notes, claim.weapon_id, source.title, source.publisher) == (STONE, "atacms", STONE, word)


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_no_longer_holds_the_words(services: Scratch) -> None:
    def dump() -> str:
        url = services.environment["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
        program = Postgres(places=services.places).programs / "pg_dump"
        return subprocess.run([program, f"--dbname={url}"], capture_output=True, text=True, check=True).stdout

    version = tell()
    before = dump()
    assert before.count("ATACMS\u00e9 over") > 8
    remove(Redacted.WHOLE, version.dispatch_id)
    after = dump()
    assert [words for words in ("ATACMS\u00e9 over", "On Thursday", "Paris was not") if words in after] == []
    assert STONE in after


def test_a_tombstone_can_be_read() -> None:
    assert tombstone(date(2026, 6, 3), GROUND) == STONE
    assert read_tombstone(STONE) == (date(2026, 6, 3), GROUND)
    assert read_tombstone(QUOTE) is None
