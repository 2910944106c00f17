"""The data page: every file of the record with its columns, the releases, and the difference between any two."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from dashboard.exports.differences import Fate, RowDifference, differences_csv
from dashboard.exports.files import CONTENT_TYPES
from dashboard.furniture import furniture, shown
from dashboard.parameters import CLOCK, Given, clock_pairs, refuse
from dashboard.releases import Release, differences, releases_in
from dashboard.views.asking import clock_asked, refuses_bad_parameters
from dashboard.views.keeping import passing_page
from restrictions.domain.clock import Clock
from restrictions.domain.datasets import DERIVED, FIGURES, STORED, Dataset
from restrictions.queries.redactions import redaction_log
from restrictions.words.columns import column_meaning
from restrictions.words.datasets import dataset_sentence, dataset_title

MOST = 50
"""Rows of one dataset that the page shows of a difference; the file has them all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The clock and the day of the files that the page leads to, and two releases to compare."""

    clock: Clock
    today: date
    on: date | None
    releases: list[Release]
    older: Release | None
    newer: Release | None

    def query(self, *, on: date | None = None) -> str:
        """The address's query, for this day or another."""
        day = on or self.on
        pairs = [("on", day.isoformat())] if day else []
        pairs += clock_pairs(self.clock)
        if self.older and self.newer:
            pairs += [("from", self.older.version), ("to", self.newer.version)]
        return urlencode(pairs)


@passing_page
def data(request: HttpRequest) -> HttpResponse:
    """The page; releases come and go without a change of the record."""
    asked = _asked(request)
    context = {
        "asked": asked,
        "groups": _groups(asked),
        "releases": [_release(release) for release in asked.releases],
        "difference": list(_difference(asked)),
        "licence": settings.DATA_LICENCE,
        "redactions": redaction_log(),
    }
    page = furniture(
        request,
        title=pgettext("page", "Data"),
        lead=gettext("All of the record as files, each column described, and releases of it that never change again."),
        day=asked.on or asked.today,
        query=asked.query(),
        pinned=asked.query(on=asked.on or asked.today),
        sources=gettext("The record itself: each position names its claims, each claim its sources."),
    )
    return shown(request, "reading/data.html", context, page)


@require_safe
@refuses_bad_parameters
def difference_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every row that differs between two releases."""
    asked = _asked(request)
    if asked.older is None or asked.newer is None:
        refuse("from", "", _takes(asked.releases))
    lines = differences_csv(differences(asked.older, asked.newer))
    response = StreamingHttpResponse(lines, content_type=CONTENT_TYPES["csv"])
    name = f"caveat-{asked.older.version}-{asked.newer.version}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def release_file(_request: HttpRequest, version: str, name: str) -> FileResponse:
    """A file of a release, as it was written."""
    release = next((one for one in releases_in(settings.RELEASES_DIR) if one.version == version), None)
    if release is None or name not in release.names:
        raise Http404(gettext("There is no such file. The page “Data” lists those that there are."))
    kind = CONTENT_TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8")
    filename = f"caveat-{version}-{name}"
    return FileResponse((release.folder / name).open("rb"), as_attachment=True, filename=filename, content_type=kind)


def _asked(request: HttpRequest) -> Asked:
    clock, today = clock_asked(request)
    given = Given(request.GET, single=("on", "from", "to", *CLOCK))
    releases = releases_in(settings.RELEASES_DIR)
    by_version = {release.version: release for release in releases}
    chosen = [given.code(name, by_version, _takes(releases), "") for name in ("from", "to")]
    if any(chosen) and not all(chosen):
        refuse("to" if chosen[0] else "from", "", _takes(releases))
    older, newer = (by_version.get(version) for version in chosen)
    return Asked(clock, today, given.past_day("on", today=today), releases, older, newer)


def _takes(releases: list[Release]) -> str:
    if not releases:
        return gettext("nothing yet: there is no release")
    return gettext("a release: %(names)s") % {"names": ", ".join(release.version for release in releases)}


def _groups(asked: Asked) -> list[tuple[str, list[dict[str, Any]]]]:
    """The datasets under their headings."""
    groups = (
        (gettext("Everything"), STORED),
        (gettext("Ready-made for analysis"), DERIVED),
        (gettext("How far the coding is to be trusted"), FIGURES),
    )
    return [(title, [_dataset(dataset, asked) for dataset in datasets]) for title, datasets in groups]


def _dataset(dataset: Dataset, asked: Asked) -> dict[str, Any]:
    pairs = clock_pairs(asked.clock) if dataset not in FIGURES else []
    pairs += [("on", asked.on.isoformat())] if asked.on and dataset.of_a_day else []
    query = f"?{urlencode(pairs)}" if pairs else ""
    return {
        "name": dataset.name,
        "title": dataset_title(dataset.name),
        "sentence": dataset_sentence(dataset.name),
        "of_a_day": dataset.of_a_day,
        "files": [(form.upper(), reverse("data-file", args=(dataset.name, form)) + query) for form in CONTENT_TYPES],
        "columns": [
            (column.name, column.kind, column_meaning(dataset.name, column.name)) for column in dataset.columns
        ],
    }


def _release(release: Release) -> dict[str, Any]:
    sizes = {part.path: part.size for part in release.parts}
    return {
        "version": release.version,
        "day": release.day,
        "revision": release.revision,
        "licence": release.about["licence"],
        "synthetic": release.about["synthetic"],
        "size": sum(sizes.values()),
        "files": [
            (name, sizes.get(name), reverse("release-file", args=(release.version, name))) for name in release.names
        ],
    }


def _difference(asked: Asked) -> Iterator[dict[str, Any]]:
    """Of each dataset that differs: how many rows did what, and the first of them."""
    if asked.older is None or asked.newer is None:
        return
    for name, found in groupby(differences(asked.older, asked.newer), key=lambda pair: pair[0]):
        counts: Counter[Fate] = Counter()
        rows: list[tuple[str, RowDifference]] = []
        for _, row in found:
            counts[row.fate] += 1
            if len(rows) < MOST:
                rows.append((_fate_words(row.fate), row))
        yield {
            "title": dataset_title(name),
            "counts": _counted(counts),
            "rows": rows,
            "left": counts.total() - len(rows),
        }


def _counted(counts: Counter[Fate]) -> str:
    return ", ".join(f"{_fate_words(fate)}: {counts[fate]}" for fate in Fate if counts[fate])


def _fate_words(fate: Fate) -> str:
    words = {
        Fate.ADDED: pgettext("row", "added"),
        Fate.REMOVED: pgettext("row", "removed"),
        Fate.CHANGED: pgettext("row", "changed"),
    }
    return words[fate]
