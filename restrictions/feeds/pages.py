"""A saved or fetched web page as an article: its own text without what stands around it. Pure."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from restrictions.domain.unreadable import Unreadable

MOST_ELEMENTS = 50_000
"""Elements of one page; more is no article, and would take minutes to read."""

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{1,40})""", re.IGNORECASE)
_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
# Where a page says in its markup when it was published. A day in its text may be that of anything.
_PUBLISHED = (
    '//meta[translate(@property, "P", "p")="article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    '//meta[@name="date" or @name="pubdate" or @name="publish-date" or @name="parsely-pub-date"]/@content',
    '//meta[@name="dc.date" or @name="DC.date" or @name="DC.date.issued" or @name="dcterms.issued"]/@content',
)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself, each empty where it does not say it; ``published`` is an EDTF day."""

    title: str = ""
    text: str = ""
    publisher: str = ""
    address: str = ""
    published: str = ""
    language: str = ""


def read_page(raw: bytes) -> Page:
    """The article of a page; without text where it holds none. Raises Unreadable."""
    tree = _tree(_decoded(raw))
    published = _published(tree)
    language = (tree.get("lang") or "").strip()
    found = _article(tree)
    if found is None:
        return Page(title=_title(tree), published=published, language=language)
    title, text = found.title or "", found.text or ""
    return Page(
        title=title,
        text=text.removeprefix(title).lstrip("\n") if text.partition("\n")[0] == title else text,
        publisher=found.sitename or "",
        address=found.url or "",
        published=published,
        language=language,
    )


def _decoded(raw: bytes) -> str:
    """The markup, by its mark, as UTF-8, else as it declares itself and certainly is."""
    marked = next((codec for mark, codec in _MARKED if raw.startswith(mark)), None)
    declared = _DECLARED.search(raw[:4096])
    for codec in (marked, "utf-8", declared and declared[1].decode()):
        try:
            if codec:
                return raw.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable("The page's encoding cannot be told")


def _tree(markup: str) -> HtmlElement:
    markup = _XML.sub("", markup.replace("\0", ""))
    try:
        tree = document_fromstring(markup, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("The page is empty") from error
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise Unreadable(f"The page has more than {MOST_ELEMENTS:,} elements")
    return tree


def _article(tree: HtmlElement) -> Any:
    """What trafilatura makes of it; none where it finds no article."""
    from trafilatura import bare_extraction  # noqa: PLC0415  half a second, which only pages are worth

    return bare_extraction(tree, with_metadata=True, include_comments=False)


def _title(tree: HtmlElement) -> str:
    return " ".join((tree.findtext(".//title") or "").split())


def _published(tree: HtmlElement) -> str:
    """The day of publication as the markup states it."""
    said = [value for path in _PUBLISHED for value in tree.xpath(path)]
    said += _published_in_data(tree)
    return next((match[1] for match in map(_DAY.match, said) if match), "")


def _published_in_data(tree: HtmlElement) -> Iterator[str]:
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            yield from _days_in(json.loads(script), _DEEPEST)
        except (ValueError, RecursionError):
            continue


def _days_in(value: object, depth: int) -> Iterator[str]:
    """What is given as ``datePublished`` anywhere in JSON-LD."""
    if not depth:
        return
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in map(partial(_days_in, depth=depth - 1), value):
            yield from inner
