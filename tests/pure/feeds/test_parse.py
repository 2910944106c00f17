"""Feeds of every format into items; and what hostile and broken ones come to."""

import json
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restrictions.feeds.dates import believable, stated_day
from restrictions.feeds.encodings import decode_feed
from restrictions.feeds.parse import MOST_ITEMS, FeedKind, Item, NotAFeed, ParsedFeed, parse_feed
from restrictions.feeds.plain import one_line, plain_text

TODAY = date(2024, 6, 15)
ADDRESS = "https://news.example/feed.xml"

RSS_20 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Wire &amp; Co</title>
<language>en-gb</language>
<item><title>First &amp;amp; foremost</title><link>/story/1</link><guid isPermaLink="false">n-1</guid>
<pubDate>Thu, 30 May 2024 23:30:00 -0400</pubDate><description>A short beginning…</description></item>
<item><title>Second</title><link>https://news.example/story/2</link><description>Short.</description>
<content:encoded><![CDATA[<p>The whole <b>story</b>.</p><script>track()</script><p>Its end.</p>]]></content:encoded>
<source url="https://other.example/feed">The Other Wire</source></item>
</channel></rss>"""

RSS_10 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>Ten</title></channel>
<item rdf:about="https://news.example/a"><title>A</title><link>https://news.example/a</link><dc:date>2024-05-30T08:00Z</dc:date>
</item></rdf:RDF>"""

RSS_091 = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><item><title>A</title><link>https://news.example/a</link></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Atom</title>
<entry><id>tag:x,2024:1</id><title type="html">Ein &lt;b&gt;Titel&lt;/b&gt;</title><link href="/a"/>
<published>2024-05-30T01:00:00+02:00</published>
<updated>2024-06-02T00:00:00Z</updated><summary>Kurz</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der ganze Text.</p></div></content></entry>
<entry><id>tag:x,2024:2</id><title>Zwei</title><updated>2024-06-01T00:00:00Z</updated></entry></feed>"""

JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "J",
    "language": "uk",
    "items": [
        {"id": 7, "url": "/a", "content_html": "<p>Привіт</p>", "date_published": "2024-05-30T08:00:00+03:00"},
        {"id": "8", "external_url": "https://x.example/8", "title": "T", "summary": "S", "date_modified": "2024-05"},
        "no item at all",
    ],
}


def read(text: str | bytes, **said: Any) -> ParsedFeed:
    raw = text.encode() if isinstance(text, str) else text
    return parse_feed(raw, address=ADDRESS, today=TODAY, **said)


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>"


def one(*parts: str) -> Item:
    [item] = read(rss(f"<item>{''.join(parts)}</item>")).items
    return item


def refusal(text: str | bytes) -> str:
    with pytest.raises(NotAFeed) as caught:
        read(text)
    return str(caught.value)


def read_or_refused(raw: str | bytes, **said: Any) -> tuple[Item, ...]:
    """The items; none where the text is refused."""
    with suppress(NotAFeed):
        return read(raw, **said).items
    return ()


def test_rss_2() -> None:
    feed = read(RSS_20)
    assert (feed.kind, feed.title, feed.language, feed.empty, feed.beyond) == (
        FeedKind.RSS,
        "The Wire & Co",
        "en-gb",
        0,
        0,
    )
    first, second = feed.items
    assert (first.key, first.title, first.address) == ("n-1", "First & foremost", "https://news.example/story/1")
    assert first.published is not None
    assert first.published.edtf == "2024-05-30"  # the day where it was written; in Greenwich it was the 31st
    assert (first.body, first.is_teaser, first.whole) == ("A short beginning…", True, False)
    assert (second.body, second.whole) == ("The whole story.\n\nIts end.", True)
    assert (second.publisher, second.published, second.notes) == ("The Other Wire", None, ())


def test_rss_1() -> None:
    [item] = read(RSS_10).items
    assert (item.title, item.address, str(item.published)) == ("A", "https://news.example/a", "2024-05-30")


def test_rss_091_with_its_doctype() -> None:
    feed = read(RSS_091)
    assert (feed.kind, [item.title for item in feed.items]) == (FeedKind.RSS, ["A"])


def test_atom() -> None:
    feed = read(ATOM)
    assert (feed.kind, feed.title, feed.language) == (FeedKind.ATOM, "Atom", "de")
    first, second = feed.items
    assert (first.title, first.body, first.address) == ("Ein Titel", "Der ganze Text.", "https://news.example/a")
    assert [str(item.published) for item in feed.items] == ["2024-05-30", "2024-06-01"]
    assert (second.key, second.address, second.is_teaser) == ("tag:x,2024:2", None, False)


def test_json_feed() -> None:
    feed = read(json.dumps(JSON_FEED))
    assert (feed.kind, feed.title, feed.language, feed.empty) == (FeedKind.JSON, "J", "uk", 1)
    first, second = feed.items
    assert (first.key, first.body, first.address, str(first.published)) == (
        "7",
        "Привіт",
        "https://news.example/a",
        "2024-05-30",
    )
    assert (second.body, second.address, str(second.published)) == ("S", "https://x.example/8", "2024-05")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<!doctype html><html><body>Hello</body></html>", "web page"),
        ("Hello", "neither RSS nor Atom"),
        ("", "neither RSS nor Atom"),
        ("{", "no JSON"),
        ("{}", "no list of items"),
        ('{"items": 7}', "no list of items"),
        ("[" * 100_000, "neither RSS nor Atom"),
        ('{"items":' + "[" * 100_000, "no JSON"),
        ("<rss version='2.0'>" + "<a>" * 300_001, "300,000 tags"),
        ("<rss version='2.0'><channel><psc:chapters><item><psc:chapter start='0'/>", "broken"),
    ],
)
def test_what_is_no_feed_says_what_it_is(text: str, says: str) -> None:
    assert says in refusal(text)


def test_an_xml_bomb_is_not_set_off() -> None:
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">\n' for n in range(9))
    bomb = f'<!DOCTYPE rss [\n<!ENTITY a0 "boom">\n{lines}]>' + rss("<item><title>&a9;</title></item>")
    assert "entities of its own" in refusal(bomb)
    assert "entities of its own" in refusal(bomb.replace("<!ENTITY", "<!entity"))
    assert "entities of its own" in refusal("\ufeff".encode("utf-16-le") + bomb.encode("utf-16-le"))


def test_an_entity_that_names_a_file_opens_none(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    text = f"<!DOCTYPE rss [\n<!ENTITY x SYSTEM 'file://{tmp_path}/secret'>]>" + rss("<item><title>&x;</title></item>")
    assert "can name files" in refusal(text)
    assert one("<title>&x; &nbsp; &eacute;</title>").title.endswith("é")  # what nobody declares stays as it is


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        ("Zürich".encode(), "iso-8859-1"),
        ("Zürich".encode("cp1252"), "utf-8"),
        ("Zürich".encode("cp1252"), ""),
        ("Zürich".encode("cp1252"), "no-such-encoding"),
        ("Zürich".encode("cp1252"), "zlib_codec"),
        ("Zürich".encode("cp1252"), "punycode"),
        (b"\xff\xfe" + "Zürich".encode("utf-16-le"), "utf-8"),
        (b"\xef\xbb\xbf" + "Zürich".encode(), "koi8-r"),
    ],
)
def test_an_encoding_that_lies_is_found_out(raw: bytes, charset: str) -> None:
    assert decode_feed(raw, charset) == "Zürich"


def test_an_encoding_that_is_told_is_believed() -> None:
    text = "<?xml version='1.0' encoding='windows-1251'?>" + rss("<item><title>Привіт</title></item>")
    assert read(text.encode("cp1251")).items[0].title == "Привіт"
    assert read(rss("<item><title>Привіт</title></item>").encode("koi8-u"), charset="koi8-u").items[0].title == "Привіт"
    without_mark = "<?xml version='1.0'?>" + rss("<item><title>Привіт</title></item>")
    for codec in ("utf-16-le", "utf-16-be"):
        assert read(without_mark.encode(codec)).items[0].title == "Привіт"


def test_100_000_items_are_counted_and_the_first_are_read() -> None:
    start = time.monotonic()
    feed = read(rss("".join(f"<item><title>{n}</title></item>" for n in range(100_000))))
    assert (len(feed.items), feed.beyond) == (MOST_ITEMS, 100_000 - MOST_ITEMS)
    assert feed.title == "T"
    assert time.monotonic() - start < 20
    assert read("<rss version='2.0'>" + "<item><title>x" * 2_000).beyond == 2_000 - MOST_ITEMS
    many = json.dumps({"items": [{"id": n, "title": "x"} for n in range(2_000)]})
    assert (len(read(many).items), read(many).beyond) == (MOST_ITEMS, 2_000 - MOST_ITEMS)


def test_an_item_without_anything_is_counted() -> None:
    feed = read(
        rss("<item/>", "<item></item>", "<item><link>https://a.example/</link></item>", "<item><title>A</title></item>")
    )
    assert ([item.title for item in feed.items], feed.empty) == (["A"], 3)


def test_an_address_that_several_items_share_is_none_of_theirs() -> None:
    home = "<link>https://news.example/</link>"
    feed = read(rss(f"<item><title>A</title>{home}</item>", f"<item><title>B</title>{home}</item>"))
    assert [item.address for item in feed.items] == [None, None]
    assert "same address" in feed.items[0].notes[0]


def test_an_item_that_comes_twice_counts_once() -> None:
    story = "<item><guid>1</guid><title>A</title></item>"
    assert len(read(rss(story, story)).items) == 1


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "https://", "http://a b/"])
def test_a_link_that_is_no_web_address_is_left_out_aloud(link: str) -> None:
    raw = json.dumps({"items": [{"id": 1, "title": "A", "url": link}]})
    [item] = read(raw).items
    assert item.address is None
    assert "no web address" in item.notes[0]
    assert one(f"<title>A</title><guid isPermaLink='false'>1</guid><link>{link}</link>").address is None


def test_long_names_and_titles_are_cut() -> None:
    item = one(f"<guid isPermaLink='false'>{'k' * 9000}</guid><title>{'word ' * 200}</title>")
    assert (len(item.key), len(item.title)) == (64, 400)
    assert item.body.startswith("word word")
    assert one(f"<title>{'word ' * 200}</title><description>Text</description>").body == "Text"


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        ("Thu, 30 May 2024 08:00:00 GMT", "2024-05-30"),
        ("30 May 24", "2024-05-30"),
        ("30 May 99", "1999-05-30"),
        ("Thursday, 30-May-2024", "2024-05-30"),
        ("2024-05-30", "2024-05-30"),
        ("2024-05-30T23:59:59-11:00", "2024-05-30"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("Mon, 01 Jan 0001 00:00:00 GMT", "0001-01-01"),
        ("9999-12-31T23:59:59Z", "9999-12-31"),
        ("31 Feb 2024", None),
        ("2024-13-01", None),
        ("0000-00-00", None),
        ("30 Vendémiaire 2024", None),
        ("yesterday", None),
        ("30 Xyz 2024", None),
        ("", None),
    ],
)
def test_the_day_is_the_one_that_is_written(said: str, edtf: str | None) -> None:
    day = stated_day(said)
    assert (day and day.edtf) == edtf


def test_an_unusual_spelling_is_left_to_the_feed_reader() -> None:
    assert str(one("<title>A</title><pubDate>20240530</pubDate>").published) == "2024-05-30"
    assert one("<title>A</title><pubDate>whenever</pubDate>").published is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Mon, 01 Jan 0001 00:00:00 GMT", "before there were feeds"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "still to come"),
        ("Mon, 17 Jun 2024 00:00:00 GMT", "still to come"),
    ],
)
def test_a_day_that_cannot_be_leaves_the_item_undated(said: str, why: str) -> None:
    item = one(f"<title>A</title><pubDate>{said}</pubDate>")
    assert item.published is None
    assert why in item.notes[0]


def test_tomorrow_has_begun_somewhere() -> None:
    assert believable(stated_day("2024-06-16"), today=TODAY)[1] == ""
    assert believable(None, today=TODAY) == (None, "")


def test_a_generator_that_stamps_all_items_with_now_dates_none() -> None:
    """The day of collection is no day of publication."""
    entries = "".join(
        f"<entry><id>{n}</id><title>{n}</title><updated>2024-06-15T10:00:00Z</updated></entry>" for n in range(3)
    )
    feed = read(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{entries}</feed>")
    assert [item.published for item in feed.items] == [None, None, None]


@pytest.mark.parametrize(
    ("body", "whole", "teaser"),
    [("x" * 300, False, True), ("x" * 1300, False, False), ("x" * 600, True, False), ("x" * 600 + " […]", True, True)],
)
def test_what_is_short_or_cut_is_a_teaser(body: str, whole: bool, teaser: bool) -> None:
    assert Item("k", body=body, address="https://a.example/1", whole=whole).is_teaser == teaser
    assert not Item("k", body=body, whole=whole).is_teaser


def test_what_changes_an_item_changes_its_digest() -> None:
    item = Item("k", title="A", body="B", published=stated_day("2024-05-30"))
    assert item.digest == Item("other", title="A", body="B", published=stated_day("2024-05-30")).digest
    assert item.digest != Item("k", title="A", body="B").digest


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A &amp; B", "A & B"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("<p>One<br>two</p>\n<ul><li>a</li><li>b</li></ul>", "One\ntwo\n\na\nb"),
        ("a<!-- no -->b<?php no ?>c", "abc"),
        ("<style>p{}</style><p>Text</p><script>no()</script>tail", "Text\n\ntail"),
        ("two\u00a0\u202f  spaces \r\n\r\n\r\n\r\nlines", "two spaces\n\nlines"),
        ("bad\x00\x08\ud800letters", "badletters"),
        ("<?xml version='1.0' encoding='utf-16'?><p>x</p>", "x"),
        ("<b>" * 5000 + "deep", "deep"),
        ("", ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_title_is_one_line() -> None:
    assert one_line("<p>a</p>\n<p>b</p>") == "a b"


_PIECES = [
    "<item>",
    "</item>",
    "<entry ",
    "<title>",
    "</title>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "&#xD800;",
]
_PIECES += [
    "<link>",
    "http://[",
    "<pubDate>",
    "Mon, 99 Foo",
    "<!DOCTYPE x [",
    "\x00",
    "é",
    "{",
    '"items":[',
    "<updated>",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=40), st.sampled_from(["", "utf-8", "cp1252"]))
@settings(max_examples=150, deadline=None)
def test_whatever_comes_is_read_or_refused_in_words(pieces: list[str], charset: str) -> None:
    text = "<rss version='2.0'><channel>" + "".join(pieces)
    for item in read_or_refused(text.encode("utf-8", "surrogatepass"), charset=charset):
        assert item.title or item.body
        assert "\0" not in item.key + item.title + item.body
        (item.key + item.title + item.body + (item.address or "")).encode()


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_plain_text_stays_as_it_is_once_it_is_plain(text: str) -> None:
    plain = plain_text(text)
    if "<" not in plain and "&" not in plain:
        assert plain_text(plain) == plain


def test_parsing_needs_neither_network_nor_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise AssertionError("opened something")

    monkeypatch.setattr("feedparser.http.get", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert len(read_or_refused(RSS_20) + read_or_refused(ATOM) + read_or_refused(RSS_091)) == 5
    assert read_or_refused("http://127.0.0.1/feed") + read_or_refused("/etc/passwd") == ()


@pytest.mark.parametrize("reference", ["&#xD800;", "&#1114112;", "&#0;", "&#" + "9" * 5000 + ";", "&#xFFFF;"])
def test_a_character_that_there_is_not_spoils_nothing_else(reference: str) -> None:
    assert one(f"<title>A{reference}B</title>").title == "A\ufffdB"
    assert one("<title>&#65;&#x42;</title>").title == "AB"
