"""How much was read of each supplier, when and in which languages, so that silence is not taken for policy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractYear

from restrictions.domain.clock import NOW, Clock
from restrictions.models import DispatchVersion, Source
from restrictions.models.claim import COUNTS, DECIDED
from restrictions.queries.claims import claims_known
from restrictions.queries.codes import Codes
from restrictions.queries.past import rows_known_at
from restrictions.words import unaccented

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One supplier: the claims that a curator decided, the dispatches and links that they stand in, and their days.

    ``by_year`` counts claims by the year of publication. ``published`` is the last day on which one was published;
    ``looked_at`` the last day on which a curator decided one. Languages are codes such as `en`.
    """

    supplier: str
    name: str
    claims: int
    accepted: int
    dispatches: int
    links: int
    languages: tuple[str, ...]
    published: date | None
    looked_at: date
    by_year: Mapping[int, int] = field(default_factory=dict)

    def is_fresh(self, today: date) -> bool:
        """Whether something published within the past year was read."""
        return self.published is not None and today - self.published <= A_YEAR


@dataclass(frozen=True, slots=True)
class ReadRow:
    """How many dispatches were read in one language, and the last day on which one was published."""

    language: str
    dispatches: int
    relevant: int
    published: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every supplier by name, the years that any claim was published in, and the dispatches read by language.

    What was read by language is counted for the present alone: of a dispatch that was off topic no past is kept.
    """

    suppliers: tuple[CoverageRow, ...]
    years: tuple[int, ...]
    read: tuple[ReadRow, ...]


def coverage(*, recipient: str, codes: Codes, clock: Clock = NOW) -> Coverage:
    """What was looked at of each supplier towards a recipient: five queries, however much the record holds."""
    decided = claims_known(clock).filter(DECIDED, recipient_id=recipient).order_by()
    by_year, (links, languages) = _by_year(decided), _sources(decided, clock)
    totals = decided.values("supplier_id").annotate(
        claims=Count("id", distinct=True),
        accepted=Count("id", filter=COUNTS, distinct=True),
        dispatches=Count("dispatch_version__dispatch", distinct=True),
        published=Max("published_latest"),
        looked_at=Max("decided_at"),
    )
    rows = [_row(total, codes, by_year, links, languages) for total in totals]
    years = {year for row in rows for year in row.by_year}
    return Coverage(
        suppliers=tuple(sorted(rows, key=lambda row: unaccented(row.name))),
        years=tuple(range(min(years), max(years) + 1)) if years else (),
        read=tuple(_read()) if clock.is_now else (),
    )


def _row(
    total: Mapping[str, Any],
    codes: Codes,
    by_year: Mapping[str, Mapping[int, int]],
    links: Mapping[str, set[str]],
    languages: Mapping[str, set[str]],
) -> CoverageRow:
    supplier = total["supplier_id"]
    return CoverageRow(
        supplier=supplier,
        name=codes.countries.get(supplier, supplier),
        claims=total["claims"],
        accepted=total["accepted"],
        dispatches=total["dispatches"],
        links=len(links.get(supplier, ())),
        languages=tuple(sorted(languages.get(supplier, ()))),
        published=total["published"],
        looked_at=total["looked_at"].date(),
        by_year=by_year.get(supplier, {}),
    )


def _by_year(decided: "QuerySet[Any]") -> dict[str, dict[int, int]]:
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    dated = decided.filter(published_latest__isnull=False)
    for row in dated.values("supplier_id", year=ExtractYear("published_latest")).annotate(n=Count("id")):
        found[row["supplier_id"]][row["year"]] = row["n"]
    return found


def _sources(decided: "QuerySet[Any]", clock: Clock) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The addresses that came with each supplier's claims, and the languages of their dispatches and links."""
    links: defaultdict[str, set[str]] = defaultdict(set)
    languages: defaultdict[str, set[str]] = defaultdict(set)
    suppliers: dict[int, str] = {}
    for claim, supplier, language in decided.values_list("id", "supplier_id", "dispatch_version__language"):
        suppliers[claim] = supplier
        languages[supplier].update({language} - {None, ""})
    # Numbers, not a query within one: how many rows stood at a past moment is more than a planner can guess.
    linked = rows_known_at(Source, clock.instant).filter(claim_id__in=list(suppliers)).order_by()
    for claim, url, language in linked.values_list("claim_id", "url", "language"):
        links[suppliers[claim]].add(url)
        languages[suppliers[claim]].update({language} - {""})
    return links, languages


def _read() -> Iterable[ReadRow]:
    counted = (
        DispatchVersion.objects.order_by()
        .values("language")
        .annotate(
            dispatches=Count("dispatch", distinct=True),
            relevant=Count("dispatch", filter=~Q(dispatch__state="irrelevant"), distinct=True),
            published=Max("dispatch__published_latest"),
        )
    )
    return sorted(
        (ReadRow(row["language"], row["dispatches"], row["relevant"], row["published"]) for row in counted),
        key=lambda row: -row.dispatches,
    )
