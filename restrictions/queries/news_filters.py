"""The filter of a feed, a mail or a webhook: whose news it asks for, as it is kept, and as it is told in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from restrictions.domain.changes import Kind
from restrictions.domain.days import exact
from restrictions.domain.vocabulary import Attribution, Condition, Status, Track
from restrictions.models.news_filter import NewsFilter
from restrictions.queries.changes import Wanted
from restrictions.queries.codes import Codes
from restrictions.queries.sought import OFFICIAL, TWO, Sought
from restrictions.words import attribution_label, day_in_words, kind_label, status_label, track_label
from restrictions.words.definitions import definitions


@dataclass(frozen=True, slots=True)
class NewsWanted(Wanted):
    """Whose news are asked for, by the filters of the page of changes; what is empty asks for all.

    Asked for by its ``kinds`` or by what was ``before``, a position that began on no known day is never told: it is no
    turn.
    """

    recipient: str
    territory: str = ""

    @property
    def asks_for_turns(self) -> bool:
        """Whether it depends on what was turned from."""
        return bool(self.kinds or self.before)


def wanted_of(row: NewsFilter) -> NewsWanted:
    """The filter that a webhook or a subscription keeps."""
    return NewsWanted(
        recipient=row.recipient,
        territory=row.territory,
        track=Track(row.track) if row.track else None,
        suppliers=tuple(row.suppliers),
        weapons=tuple(row.weapons),
        kinds=tuple(map(Kind, row.kinds)),
        before=tuple(map(Status, row.before)),
        after=tuple(map(Status, row.after)),
        first=row.first,
        last=row.last,
        sought=Sought(
            conditions=tuple(map(Condition, row.conditions)),
            regions=tuple(row.regions),
            attributions=tuple(map(Attribution, row.attributions)),
            official=row.evidence == OFFICIAL,
            sources=2 if row.evidence == TWO else 0,
            text=row.text,
        ),
    )


def filter_columns(wanted: NewsWanted) -> dict[str, Any]:
    """A filter as the columns that keep it. The same filter is kept as the same columns, however it was asked for."""
    sought = wanted.sought
    return {
        "recipient": wanted.recipient,
        "territory": wanted.territory,
        "track": wanted.track.value if wanted.track else "",
        "suppliers": sorted(wanted.suppliers),
        "weapons": sorted(wanted.weapons),
        "kinds": sorted(wanted.kinds),
        "before": sorted(wanted.before),
        "after": sorted(wanted.after),
        "first": wanted.first,
        "last": wanted.last,
        "conditions": sorted(sought.conditions),
        "regions": sorted(sought.regions),
        "attributions": sorted(sought.attributions),
        "evidence": sought.evidence,
        "text": sought.text,
    }


def filter_in_words(wanted: NewsWanted, codes: Codes) -> str:
    """Whose news are asked for, in the reader's language: “Ukraine · United States · to: banned”."""
    countries = [codes.countries.get(code, code) for code in (wanted.recipient, *wanted.suppliers)]
    weapons = [codes.weapons.get(code, code) for code in wanted.weapons]
    return " · ".join([*countries, *weapons, *_about(wanted, codes), *_turned(wanted), *_sought(wanted.sought, codes)])


def _about(wanted: NewsWanted, codes: Codes) -> Iterator[str]:
    if wanted.track:
        yield track_label(wanted.track)
    if wanted.territory and wanted.track is not Track.SUPPLY:
        yield gettext("targets in %(name)s") % {"name": codes.countries.get(wanted.territory, wanted.territory)}


def _turned(wanted: NewsWanted) -> Iterator[str]:
    if wanted.kinds:
        yield _said(gettext("kind"), [kind_label(kind, wanted.track) for kind in wanted.kinds])
    if wanted.before:
        yield _said(gettext("what was before"), map(status_label, wanted.before))
    if wanted.after:
        yield _said(gettext("what came"), map(status_label, wanted.after))
    if wanted.first:
        yield gettext("from %(day)s on") % {"day": day_in_words(exact(wanted.first))}
    if wanted.last:
        yield gettext("until %(day)s") % {"day": day_in_words(exact(wanted.last))}


def _sought(sought: Sought, codes: Codes) -> Iterator[str]:
    labels = {one.code: one.label for one in definitions("conditions")}
    if sought.conditions:
        yield _said(gettext("limits"), [labels[condition] for condition in sought.conditions])
    if sought.regions:
        yield _said(gettext("regions"), [codes.regions.get(code, code) for code in sought.regions])
    if sought.attributions:
        yield _said(gettext("on the word of"), map(attribution_label, sought.attributions))
    if sought.official:
        yield gettext("confirmed by an official or a document")
    if sought.sources:
        yield gettext("two sources that stand on their own")
    if sought.text:
        yield _said(gettext("words"), [f"“{sought.text}”"])


def _said(name: str, values: Iterable[str]) -> str:
    """Several values of one filter: any of them is enough."""
    return f"{name}: {', '.join(values)}"
