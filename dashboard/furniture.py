"""What surrounds the content of each page: as of when, what it rests on, how to cite, download and embed it.

A view says what its page is about and which addresses it has:

    page = furniture(request, title=…, lead=…, day=asked.day, query=…, pinned=…, files=("csv", "json"), embeds=True)
    return shown(request, "reading/timeline.html", context, page)

`pinned` is the query with every day fixed: the permalink shows the same again. The templates take the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from dashboard.exports.citations import Citation, bibtex, ris
from restrictions.domain.clock import Clock
from restrictions.domain.days import exact
from restrictions.queries.stamps import RecordStamp, record_stamp
from restrictions.words import day_in_words

_FORMATS = {
    "bib": ("application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", ris),
}
_ROWS = ("csv", "json")
_BESIDE_CSV = ("ndjson", "parquet", "xlsx")
_FILE_WORDS = {
    "ndjson": "NDJSON",
    "parquet": "Parquet",
    "xlsx": "XLSX",
    "csv": "CSV",
    "json": "JSON",
    "png": "PNG",
    "svg": "SVG",
    "geojson": "GeoJSON",
    "atom": "Atom",
}


@dataclass(frozen=True, slots=True)
class Link:
    """An address, its words, and which kind of file or format lies there."""

    words: str
    address: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Furniture:
    """All that a page says about itself beside its content. Addresses of the site itself are absolute."""

    name: str
    title: str
    lead: str
    day: date
    stamp: RecordStamp
    address: str
    permalink: str
    downloads: tuple[Link, ...]
    citations: tuple[Link, ...]
    citation: Citation
    sources: str = ""
    embed: str = ""

    @property
    def local(self) -> str:
        """The address without the site's."""
        return urlunsplit(urlsplit(self.address)._replace(scheme="", netloc=""))

    @property
    def as_of(self) -> str:
        """Which state of the record the page shows."""
        return _as_of(self.stamp)

    @property
    def cite(self) -> str:
        """The citation as a sentence."""
        return gettext("%(author)s, “%(title)s”. %(note)s. %(address)s, read on %(day)s.") % {
            "author": "Caveat",
            "title": self.citation.title.rstrip("."),
            "note": self.citation.note,
            "address": self.permalink,
            "day": day_in_words(exact(self.citation.read_on)),
        }


def furniture(
    request: HttpRequest,
    *,
    title: str,
    lead: str,
    day: date,
    query: str = "",
    pinned: str | None = None,
    files: Sequence[str] = (),
    sources: str = "",
    embeds: bool = False,
    timeline: str = "",
) -> Furniture:
    """The furniture of the page that answers this request. One query.

    ``title`` names the page, ``lead`` is its finding, ``day`` the day that it speaks of. ``query`` is the canonical
    query of the view, ``pinned`` the one with each day fixed. ``files``: the kinds that the address has beside the
    page, each a route of the page's name with `-kind` behind it. ``embeds``: whether a route has `embed-` before it.
    ``timeline``: the query of the timeline that the page shows beside other things; a page without files or a frame of
    its own offers those of that.
    """
    name, args = _route(request)
    stamp, fixed = record_stamp(_known(request).instant), query if pinned is None else pinned
    permalink = _absolute(request, name, args, fixed)
    return Furniture(
        name=name,
        title=title,
        lead=lead,
        day=day,
        stamp=stamp,
        address=_absolute(request, name, args, query if request.GET else ""),
        permalink=permalink,
        downloads=_downloads(name, args, query, files)
        or _downloads("timeline", {}, timeline, _ROWS if timeline else ()),
        citations=tuple(Link(words, _local(f"{name}-{kind}", args, fixed), kind) for words, kind in _CITED),
        citation=_citation(f"{title}: {lead}" if lead else title, name, args, permalink, stamp),
        sources=sources,
        embed=_embed_code(_frame(request, name if embeds else "timeline", query if embeds else timeline), title)
        if embeds or timeline
        else "",
    )


def _downloads(name: str, args: Mapping[str, Any], query: str, files: Sequence[str]) -> tuple[Link, ...]:
    return tuple(Link(_FILE_WORDS[kind], _local(f"{name}-{kind}", args, query), kind) for kind in _kinds(files))


def _frame(request: HttpRequest, name: str, query: str) -> str:
    return _absolute(request, f"embed-{name}", {}, query)


def _kinds(files: Sequence[str]) -> tuple[str, ...]:
    """The kinds of file; what can be had as CSV can be had in the other forms of a table too."""
    return (*files, *(_BESIDE_CSV if "csv" in files else ()))


def _known(request: HttpRequest) -> Clock:
    """The past day that the page was made from. A view that takes `known` has already refused what is no day."""
    given = request.GET.get("known")
    return Clock(known=date.fromisoformat(given) if given else None)


_CITED = (("BibTeX", "bib"), ("RIS", "ris"))


def shown(
    request: HttpRequest, template: str, context: Mapping[str, Any], page: Furniture, *, part: str = ""
) -> HttpResponse:
    """The page with its furniture; at its address with `.bib` or `.ris`, how to cite it.

    ``part`` is the template of what htmx swaps, where htmx asked: the furniture and the language switch go along.
    """
    kind = request.path.rpartition(".")[2]
    if kind in _FORMATS:
        return _cited(page, kind)
    whole = {**context, "furniture": page, "part": part}
    response = render(request, "reading/part.html" if part else template, whole)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _cited(page: Furniture, kind: str) -> HttpResponse:
    content_type, written = _FORMATS[kind]
    response = HttpResponse(written(page.citation), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{page.citation.key}.{kind}"'
    return response


def _route(request: HttpRequest) -> tuple[str, Mapping[str, Any]]:
    """The name of the page's route, also where its citation or its frame was asked for, and its arguments."""
    match = resolve(request.path_info)
    name = match.view_name.removeprefix("embed-")
    for kind in _FORMATS:
        name = name.removesuffix(f"-{kind}")
    return name, match.kwargs


def _local(name: str, args: Mapping[str, Any], query: str) -> str:
    return reverse(name, kwargs=dict(args)) + (f"?{query}" if query else "")


def _absolute(request: HttpRequest, name: str, args: Mapping[str, Any], query: str) -> str:
    return request.build_absolute_uri(_local(name, args, query))


def _citation(title: str, name: str, args: Mapping[str, Any], address: str, stamp: RecordStamp) -> Citation:
    today = datetime.now(UTC).date()
    key = "-".join(("caveat", name, *map(str, args.values()), today.isoformat()))
    return Citation(
        key=key,
        title=title.replace("\N{NO-BREAK SPACE}", " "),
        address=address,
        read_on=today,
        note=_as_of(stamp),
        language=(get_language() or "en")[:2],
    )


def _as_of(stamp: RecordStamp) -> str:
    if stamp.instant is None:
        return gettext("The record has not begun")
    return gettext("The record after revision %(number)d, %(day)s, %(time)s UTC") % {
        "number": stamp.revision,
        "day": day_in_words(exact(stamp.instant.date())),
        "time": f"{stamp.instant:%H:%M}",
    }


def _embed_code(address: str, title: str) -> str:
    """The element that shows the view in somebody else's page, ready to be copied."""
    frame = '<iframe src="{}" title="{}" width="100%" height="560" loading="lazy"></iframe>'
    return str(format_html(frame, address, title))
