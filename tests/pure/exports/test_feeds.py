"""News as Atom: an entry leads to the sources that have an address."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from dashboard.exports.feeds import FeedEntry, FeedHead, atom
from restrictions.domain.news import News
from restrictions.queries.bars import SourceRow
from restrictions.queries.news import NewsRow

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = FeedHead("Caveat", "caveat.example", "https://caveat.example/f", "https://caveat.example/", "en", NOON)


def test_a_source_without_an_address_has_no_link() -> None:
    sources = (SourceRow("The Paper", "https://paper.example/1"), SourceRow("A letter", ""))
    row = NewsRow(News.NEW, "New", 1, 2, NOON, "US", "United States", "any", "All weapons", "It allows.", "", sources)
    feed = ElementTree.fromstring(atom(HEAD, [FeedEntry(row, "https://caveat.example/positions/1/")]))
    links = [
        link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link") if link.get("rel") == "related"
    ]
    assert links == ["https://paper.example/1"]
