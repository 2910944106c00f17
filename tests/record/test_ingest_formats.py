"""Files of every kind: pages, lines, tables, archives. What is broken is named by its line, and the rest goes in."""

import gzip
import json
import time
import tracemalloc
from contextlib import suppress
from io import StringIO
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from restrictions.actions.dispatches import lease_batch
from restrictions.feeds import tables
from restrictions.models import Claim, Dispatch, DispatchVersion
from restrictions.pipelines.coding import code_waiting
from restrictions.pipelines.files import ingest_files
from tests.record.files import read_dispatch

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="fr-FR"><head><meta charset="utf-8"><title>Une permission | L'Agence</title>
<meta property="og:site_name" content="L'Agence"><link rel="canonical" href="https://example.org/news/7">
<meta property="article:published_time" content="2024-05-31T09:00:00+02:00"></head><body><nav><a href="/">Accueil</a>
</nav><article><h1>Une permission</h1><p>Le ministre a permis l'emploi des missiles contre des cibles en Russie, a-t-il
dit jeudi à Paris devant la presse.</p><p>Rien d'autre n'a été décidé, selon ses services, qui n'en disent pas plus.</p>
</article><footer>Copyright 2019. Mis en ligne le 3 mars 2020.</footer></body></html>"""
GOOD = {
    "id": "one",
    "lang": "en",
    "published": "2024-05",
    "title": "A permission",
    "body": "Given.",
    "claims": [],
}


def ingest(*paths: Path) -> tuple[str, str]:
    """What the command prints, and what it complains of."""
    out, errors = StringIO(), StringIO()
    with suppress(CommandError):
        call_command("ingest", *paths, stdout=out, stderr=errors)
    return out.getvalue().partition("\n")[0], errors.getvalue().strip()


def titles() -> list[str]:
    return list(DispatchVersion.objects.order_by("pk").values_list("title", flat=True))


def write_lines(path: Path, *records: object) -> Path:
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogateescape")
    return path


# --- Lines and tables


def test_lines_give_a_dispatch_each_with_what_they_say_of_it(tmp_path: Path) -> None:
    other = {
        "title": "B",
        "url": "https://example.org/b",
        "publisher": "P",
        "date": "2024-05-30T22:00:00Z",
        "body": None,
    }
    assert ingest(write_lines(tmp_path / "a.jsonl", GOOD, "", other)) == ("1 file with 2 dispatches: 2 stored.", "")
    one, two = DispatchVersion.objects.select_related("dispatch").order_by("pk")
    assert (one.title, one.body, one.language, one.dispatch.published_edtf) == (
        *("A permission", "Given.", "en", "2024-05"),
    )
    assert (two.title, two.body, two.dispatch.address) == ("B", "", "https://example.org/b")
    assert (two.publisher, two.dispatch.published_edtf) == ("P", "2024-05-30")


BROKEN = {
    "{": "The line is no JSON: ",
    "[" * 100_000: "The line is no JSON: ",
    "9" * 5_000: "The line is no JSON: ",
    "[]": "It is no object with the fields title and body.",
    '{"title": 7}': "The field title is no text.",
    '{"title": "a", "body": "b\\u0000"}': "The field body holds NUL characters.",
    '{"title": "a\\ud800"}': "The field title holds halves of characters (lone surrogates).",
    '{"title": "a", "published": "soon"}': "The field published cannot be read: “soon” is no EDTF day",
    '{"title": "a", "url": "file:///etc/passwd"}': "The field address is no web address",
    '{"title": "a", "address": "http://a.example", "url": "http://b.example"}': "The field address is given twice",
    '{"publisher": "only"}': "It holds no text and no title.",
    '{"title": "\udce9"}': "The line is not UTF-8 text.",
}


@pytest.mark.parametrize(("line", "reason"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_broken_line_is_named_and_the_rest_goes_in(line: str, reason: str, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", GOOD, line, GOOD | {"title": "Another"})
    out, errors = ingest(path)
    assert out == "1 file with 3 dispatches: 2 stored, 1 refused."
    assert errors.startswith(f"{path}, line 2: {reason}")
    assert errors.isprintable()
    assert len(errors) < 400 + len(str(path))
    assert titles() == ["A permission", "Another"]


def test_a_line_that_does_not_end_is_passed_over_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LONGEST_LINE", 1_000_000)
    path = write_lines(tmp_path / "a.jsonl", GOOD, '{"title": "' + "x" * 30_000_000, GOOD | {"title": "After"})
    tracemalloc.start()
    _, errors = ingest(path)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    assert errors == f"{path}, line 2: The line is longer than 1,000,000 bytes."
    assert titles() == ["A permission", "After"]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_is_read_by_the_names_of_its_columns(sign: str, tmp_path: Path) -> None:
    rows = [["Notes", "URL", "Title", "BODY", "date"], ["x", "https://example.org/1", '"A, b;"', '"Two\nlines"', ""]]
    text = "\n".join(sign.join(row) for row in [*rows, ["", "", "", "", ""], ["too", "few"], ["", "", "C", "", "2024"]])
    path = tmp_path / "a.csv"
    path.write_text(f"\ufeff{text}\n")
    out, errors = ingest(path)
    assert out == "1 file with 3 dispatches: 2 stored, 1 refused."
    assert errors == f"{path}, line 5: The line has more or fewer cells than the first: 2, not 5"
    first, second = DispatchVersion.objects.select_related("dispatch").order_by("pk")
    assert (first.title, first.body, first.dispatch.address) == ("A, b;", "Two\nlines", "https://example.org/1")
    assert [first.dispatch.published_edtf, second.dispatch.published_edtf] == [None, "2024"]


def test_a_table_with_broken_quotes_or_without_columns_is_named(tmp_path: Path) -> None:
    quotes, none, empty = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    quotes.write_text('title,body\none,"b"c\ntwo,b\nthree,"never\nclosed')
    none.write_text("name,text\na,b\n")
    empty.touch()
    out, errors = ingest(tmp_path)
    assert out == "3 files with 5 dispatches: 1 stored, 4 refused."
    assert f"{quotes}, line 2: The line is no row of a table" in errors
    assert f"{quotes}, line 4: The line is no row of a table" in errors
    assert f"{none}, line 1: The first line names no column title or body." in errors
    assert titles() == ["two"]


def test_lines_stopped_half_way_and_started_again_do_the_rest(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", *({"title": f"Number {number}"} for number in range(1_200)))
    done = ingest_files([path])
    assert len(list(islice(done, 600))) == 600
    assert Dispatch.objects.count() == 1_000
    assert ingest(path)[0] == "1 file with 1,200 dispatches: 200 stored, 1,000 already held."
    assert Dispatch.objects.count() == 1_200


# --- Pages


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    read = read_dispatch(path)
    assert (read.title, read.publisher, read.address) == ("Une permission", "L'Agence", "https://example.org/news/7")
    assert (read.language, str(read.published)) == ("fr-fr", "2024-05-31")
    assert read.body.startswith("Le ministre a permis")
    assert read.body.endswith("n'en disent pas plus.")


def test_a_page_without_a_day_in_its_markup_is_undated_whatever_days_its_text_names(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text(PAGE.replace("article:published_time", "article:something"))
    assert read_dispatch(path).published is None


@pytest.mark.parametrize(
    "said",
    ['"datePublished": "2024-05-31"', '"@graph": [{"a": [{"datePublished": "2024-05-31T08:00"}]}]'],
)
def test_the_day_may_stand_in_the_pages_data(said: str, tmp_path: Path) -> None:
    data = f'<script type="application/ld+json">{{{said}}}</script><script type="application/ld+json">{{</script>'
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("article:published_time", "x").replace("</head>", f"{data}</head>"))
    assert str(read_dispatch(path).published) == "2024-05-31"


def test_data_that_is_nested_for_ever_says_nothing(tmp_path: Path) -> None:
    script = '<script type="application/ld+json">'
    data = '{"a": ' * 30 + '{"datePublished": "2024-05-31"}' + "}" * 30
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("article:published_time", "x").replace("</head>", f"{script}{data}</script></head>"))
    assert read_dispatch(path).published is None


def test_what_a_page_says_wrongly_of_itself_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace('lang="fr-FR"', 'lang="klingon"').replace("2024-05-31T", "2024-13-31T"))
    read = read_dispatch(path)
    assert (read.language, read.published, read.title) == ("", None, "Une permission")


PAGES = {
    "an old encoding that it declares": (PAGE.replace("utf-8", "windows-1252").encode("cp1252"), ""),
    "a mark": (PAGE.encode("utf-16"), ""),
    "an encoding that it hides": (PAGE.encode("cp1252"), "The page's encoding cannot be told."),
    "an encoding that nobody knows": (PAGE.replace("utf-8", "x-y").encode("cp1252"), "The page's encoding cannot be"),
    "nothing": (b"", "The page is empty."),
    "no words": (b"<html><body><div></div></body></html>", "It holds no text and no title."),
    "too many elements": (b"<p>" * 50_001, "The page has more than 50,000 elements."),
    "an entity that names a file": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x; words of ours</p></body></html>',
        "",
    ),
}


@pytest.mark.parametrize(("raw", "reason"), PAGES.values(), ids=PAGES)
def test_strange_pages_are_read_or_refused_with_the_reason(raw: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(raw)
    out, errors = ingest(path)
    assert out == ("1 file: 1 refused." if reason else "1 file: 1 stored.")
    assert errors.startswith(f"{path}: {reason}" if reason else "")
    assert not DispatchVersion.objects.filter(body__contains="root:").exists()


def test_a_page_without_an_article_is_kept_by_its_title_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<title>Washington lifts its ban</title><body><script>draw()</script></body>")
    note = f"{path}: no article was found in the page; its title alone is kept."
    assert ingest(path) == ("1 file: 1 stored.", note)
    assert titles() == ["Washington lifts its ban"]


# --- Saved feeds

RSS = """<rss version="2.0"><channel><title>An agency</title><language>en-us</language>
<item><title>First</title><link>https://example.org/1</link><pubDate>Fri, 31 May 2024 09:00:00 GMT</pubDate></item>
<item></item><item><title>Second</title><description>Words.</description></item></channel></rss>"""


def test_a_saved_feed_gives_its_items_and_says_what_was_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(RSS)
    out, errors = ingest(path)
    assert out == "1 file with 3 dispatches: 2 stored, 1 refused."
    assert errors == f"{path}, its end: Some items hold nothing: 1"
    first, second = DispatchVersion.objects.select_related("dispatch").order_by("pk")
    assert (first.title, first.publisher, first.language, first.body) == ("First", "An agency", "en-us", "")
    assert (first.dispatch.address, first.dispatch.published_edtf) == ("https://example.org/1", "2024-05-31")
    assert [second.body, second.dispatch.published_edtf] == ["Words.", None]


def test_a_json_feed_is_a_feed_and_other_json_is_not(tmp_path: Path) -> None:
    item = {"id": "1", "title": "An item", "content_text": "Words."}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A feed", "language": "klingon", "items": [item]}
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(json.dumps(feed).encode()))
    other = write_lines(tmp_path / "b.json", {"title": "No feed"})
    out, errors = ingest(tmp_path)
    assert out == "2 files: 1 stored, 1 refused."
    assert errors.startswith(f"{other}: The file is no feed that can be read: ")
    assert titles() == ["An item"]


# --- Archives


def test_each_kind_may_be_packed(tmp_path: Path) -> None:
    text = "date: 2024-05-31\ntitle: A text\n\nWords."
    table = "title,body\nA row,b\n"
    for name, content in {"a.txt": text, "b.html": PAGE, "c.jsonl": json.dumps(GOOD), "d.csv": table}.items():
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content.encode()))
    assert ingest(tmp_path) == ("4 files: 4 stored.", "")
    assert titles() == ["A text", "Une permission", "A permission", "A row"]


def test_a_bomb_is_refused_before_it_has_grown(tmp_path: Path) -> None:
    lines, text = tmp_path / "a.jsonl.gz", tmp_path / "b.txt.gz"
    with gzip.open(lines, "wb") as packed:
        packed.write(json.dumps(GOOD).encode() + b"\n")
        for _ in range(100):
            packed.write(b"x" * 1_000_000)
    text.write_bytes(gzip.compress(b"x" * 100_000_000))
    tracemalloc.start()
    started = time.perf_counter()
    out, errors = ingest(tmp_path)
    assert time.perf_counter() - started < 10
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()
    assert out == "2 files with 3 dispatches: 1 stored, 2 refused."
    grown = "The archive holds more than 100 times its size: it may be made to fill the disk."
    assert errors.splitlines() == [f"{lines}: {grown}", f"{text}: The file is larger than 5 MB."]
    assert titles() == ["A permission"]


def test_a_damaged_archive_is_named_and_what_came_before_the_damage_is_kept(tmp_path: Path) -> None:
    whole = gzip.compress(b"\n".join(json.dumps({"title": f"{n} {hash(n)}"}).encode() for n in range(20_000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.csv.gz").write_text("no archive")
    out, errors = ingest(tmp_path)
    assert out.startswith("2 files with ")
    assert errors.count("The gzip archive is damaged, or is none.") == 2
    assert 5_000 < Dispatch.objects.count() < 15_000


# --- Titles alone


def test_a_title_alone_is_coded_and_quoted_from_the_title(tmp_path: Path) -> None:
    from restrictions.actions.reference import load_reference  # noqa: PLC0415  the weapons and states of this test alone

    load_reference()
    title = "The United States has authorised Ukraine to use ATACMS against targets inside Russia"
    ingest(write_lines(tmp_path / "a.jsonl", {"title": title, "published": "2024-11-17"}))
    assert code_waiting() == 1
    claim = Claim.objects.get()
    assert (claim.supplier_id, claim.weapon_id, claim.quote_in) == ("US", "atacms", "title")
    assert lease_batch(now=Dispatch.objects.get().received_at).dispatches == ()
