"""Claims, marks, settlements and dispatches as tables."""

import csv
import io
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext

from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Condition, Decision, Status, Track
from restrictions.models import Claim, Dispatch, Mark, Settlement, Source
from restrictions.models.columns import SUPPLY_STATUSES, USE_TRACK_STATUSES
from restrictions.queries.tables.cells import (
    CalendarDay,
    Code,
    Codes,
    Column,
    DayColumn,
    Flag,
    Instant,
    Names,
    Number,
    Text,
    joined_cell,
    shown,
)
from restrictions.queries.tables.table import Faults, Table

_SOURCE = ("url", "publisher", "title", "published", "language")
_is_address = URLValidator(schemes=["http", "https"])


class Sources(Text):
    """A source a line: address, publisher, title, day, language and whether a stored copy was seen, parted by “|”."""

    def clean(self, value: str, *_row: Any, **_named: Any) -> list[Source]:
        lines = csv.reader(io.StringIO(value, newline=""), delimiter="|", skipinitialspace=True)
        return [_source(at, [item.strip() for item in items]) for at, items in enumerate(filter(any, lines), 1)]

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return "\n".join(joined_cell(_source_cells(source), "|") for source in value or ())


class SourcesColumn(Column):
    """What a claim rests on where no dispatch is held."""

    def __init__(self) -> None:
        super().__init__("sources", Sources())

    def get_value(self, instance: Any) -> Any:
        said = getattr(instance, "said_sources", None)
        return said if said is not None else instance.sources.all() if instance.pk else []

    def save(self, instance: Any, row: Any, *_is_m2m: Any, **_named: Any) -> None:
        instance.said_sources = self.clean(row)


def _source(at: int, items: list[str]) -> Source:
    if len(items) > len(_SOURCE) + 1:
        raise ValueError(
            gettext("A source has at most six parts: address | publisher | title | day | language | copy.")
        )
    said = dict(zip(_SOURCE, items, strict=False))
    try:
        _is_address(said["url"])
    except ValidationError as wrong:
        raise ValueError(gettext("“%(text)s” is no web address.") % {"text": said["url"]}) from wrong
    if said.get("published"):
        parse_day(said["published"])
    return Source(position=at, stored_copy=items[len(_SOURCE) :] == ["copy"], **said)


def _source_cells(source: Source) -> list[str]:
    cells = [getattr(source, name) for name in _SOURCE] + (["copy"] if source.stored_copy else [])
    while not cells[-1]:
        cells.pop()
    return cells


class ClaimTable(Table):
    """Claims in the form of the facts file, with their sources; then, to be read only, what became of them."""

    id = Column("key", Code())
    supplier = Column("supplier_id", Code())
    recipient = Column("recipient_id", Code())
    weapon = Column("weapon_id", Code())
    track = Column("track", Code())
    role = Column("role", Code())
    status = Column("status", Code())
    territory = Column("territory", Code())
    areas = Column("areas", Codes())
    area_role = Column("area_role", Code(unknown=True))
    conditions = Column("conditions", Codes())
    depth_km = Column("depth_km", Number())
    act = Column("act", Code())
    attribution = Column("attribution", Code())
    effective = DayColumn("effective")
    published = DayColumn("published")
    prior = Column("prior", Code(unknown=True))
    speaker = Column("speaker")
    summary = Column("summary")
    weak = Column("weak_source", Flag())
    retracted = Column("retracted", Flag())
    notes = Column("notes")
    sources = SourcesColumn()
    dispatch = shown("dispatch_version__dispatch__address")
    quote = shown("quote")
    decision = shown("decision")
    decided_by = shown("decided_by__username")
    decided_at = shown("decided_at", Instant())
    decision_reason = shown("decision_reason")
    retracted_reason = shown("retracted_reason")
    coder = shown("coder")
    coder_version = shown("coder_version")
    rules = shown("rule_ids", Names())
    confidence = shown("confidence")
    recorded_at = shown("recorded_at", Instant())

    class Meta:
        model = Claim
        fields = (
            *("id", "supplier", "recipient", "weapon", "track", "role", "status", "territory", "areas", "area_role"),
            *("conditions", "depth_km", "act", "attribution", "effective", "published", "prior", "speaker", "summary"),
            *("weak", "retracted", "notes", "sources", "dispatch", "quote", "decision", "decided_by", "decided_at"),
            *("decision_reason", "retracted_reason", "coder", "coder_version", "rules", "confidence", "recorded_at"),
        )
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        held = Claim.objects.select_related("dispatch_version__dispatch", "decided_by").prefetch_related("sources")
        return held.defer("dispatch_version__body", "dispatch_version__title", "machine")

    def refused(self, row: Any) -> Faults:
        faults = self.unknown_codes("areas", row.areas, "region")
        if row.territory:
            faults |= self.unknown_codes("territory", [row.territory], "country")
        elif row.track == Track.USE:
            faults["territory"] = gettext("A claim about use needs a territory.")
        on_track = SUPPLY_STATUSES if row.track == Track.SUPPLY else USE_TRACK_STATUSES
        if row.status not in on_track or row.status == Status.UNSTATED:
            faults["status"] = gettext("This status does not belong to this track.")
        if bool(row.areas) != bool(row.area_role):
            faults["area_role"] = gettext("Areas need to say whether they are defended or targets.")
        if row.depth_km is not None and (not row.depth_km or Condition.DEPTH_LIMIT not in row.conditions):
            faults["depth_km"] = gettext("A depth is above 0 and stands beside the condition depth_limit.")
        if row.dispatch_version_id and row.status == Status.SUPPLIED:
            faults["status"] = gettext("No claim of a dispatch carries this status: it stands on positions only.")
        if row.effective_edtf is None and (row.decision == Decision.ACCEPTED or not row.dispatch_version_id):
            faults["effective"] = gettext("Say since when it holds.")
        return faults

    def refuses_new(self, row: Any) -> Faults:
        faults = {}
        if not getattr(row, "said_sources", None):
            faults["sources"] = gettext("A claim needs a source: address | publisher | title | day | language.")
        if not row.summary.strip():
            faults["summary"] = gettext("No quote is held, so say in a summary what the source says.")
        if row.published_edtf is None:
            faults["published"] = gettext("Say when the source came out.")
        if row.retracted and not row.notes.strip():
            faults["notes"] = gettext("A retracted claim needs the reason: write it into the notes.")
        return faults

    def refuses_change(self, before: Any, after: Any, changed: Collection[str]) -> Faults:
        if before.decision == Decision.REJECTED:
            return {"": gettext("The claim is rejected. Take the decision back first.")}
        faults = {}
        if "retracted" in changed:
            faults["retracted"] = gettext("Retract a claim, or count it again, on its own page, with the reason.")
        if before.dispatch_version_id and "published" in changed:
            faults["published"] = gettext("Its dispatch says when it was published.")
        if before.dispatch_version_id and "sources" in changed:
            faults["sources"] = gettext("Its source is the dispatch that is held.")
        elif "sources" in changed and not after.said_sources:
            faults["sources"] = gettext("A claim without a source cannot stand.")
        return faults


class MarkTable(Table):
    """Context acts, and where they were reported."""

    id = Column("key", Code())
    act = Column("act", Code())
    actor = Column("actor", Code())
    supplier = Column("supplier_id", Code(unknown=True))
    recipient = Column("recipient_id", Code(unknown=True))
    weapon = Column("weapon_id", Code(unknown=True))
    territory = Column("territory", Code())
    areas = Column("areas", Codes())
    day = DayColumn("day")
    summary = Column("summary")
    weak = Column("weak_source", Flag())
    source_url = Column("source_url", Code())
    source_publisher = Column("source_publisher")
    source_title = Column("source_title")
    dispatch = shown("dispatch_version__dispatch__address")
    quote = shown("quote")
    decision = shown("decision")
    decided_by = shown("decided_by__username")
    decided_at = shown("decided_at", Instant())
    recorded_at = shown("recorded_at", Instant())

    class Meta:
        model = Mark
        fields = (
            *("id", "act", "actor", "supplier", "recipient", "weapon", "territory", "areas", "day", "summary", "weak"),
            *("source_url", "source_publisher", "source_title", "dispatch", "quote", "decision", "decided_by"),
            *("decided_at", "recorded_at"),
        )
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        held = Mark.objects.select_related("dispatch_version__dispatch", "decided_by")
        return held.defer("dispatch_version__body", "dispatch_version__title")

    def refused(self, row: Any) -> Faults:
        faults = self.unknown_codes("areas", row.areas, "region")
        if row.territory:
            faults |= self.unknown_codes("territory", [row.territory], "country")
        return faults

    def refuses_new(self, row: Any) -> Faults:
        faults = {}
        if not row.source_url:
            faults["source_url"] = gettext("A mark needs its source's address.")
        if not row.summary.strip():
            faults["summary"] = gettext("No quote is held, so say in a summary what the source says.")
        return faults

    def refuses_change(self, before: Any, after: Any, changed: Collection[str]) -> Faults:  # noqa: ARG002
        if before.decision == Decision.PROPOSED:
            return {}
        return {"": gettext("The mark is decided: what is public stays as it was decided.")}


class SettlementTable(Table):
    """Rulings on contested days."""

    id = Column("key", Code())
    supplier = Column("supplier_id", Code())
    role = Column("role", Code())
    recipient = Column("recipient_id", Code())
    weapon = Column("weapon_id", Code())
    track = Column("track", Code())
    territory = Column("territory", Code())
    first = Column("first", CalendarDay())
    until = Column("until", CalendarDay())
    status = Column("status", Code())
    practice = Column("practice", Code(unknown=True))
    reason = Column("reason")
    withdrawn = Column("withdrawn", Flag())
    withdrawn_reason = Column("withdrawn_reason")
    author = shown("author__username")
    recorded_at = shown("recorded_at", Instant())

    class Meta:
        model = Settlement
        fields = (
            *("id", "supplier", "role", "recipient", "weapon", "track", "territory", "first", "until", "status"),
            *("practice", "reason", "withdrawn", "withdrawn_reason", "author", "recorded_at"),
        )
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        return Settlement.objects.select_related("author")

    def refused(self, row: Any) -> Faults:
        faults = self.unknown_codes("territory", filter(None, [row.territory]), "country")
        if bool(row.territory) != (row.track == Track.USE):
            faults["territory"] = gettext("The use track needs a territory; the supply track has none.")
        if row.status not in (SUPPLY_STATUSES if row.track == Track.SUPPLY else USE_TRACK_STATUSES):
            faults["status"] = gettext("This status does not belong to this track.")
        if row.first and row.until and row.first >= row.until:
            faults["until"] = gettext("A settlement ends after it begins.")
        if not row.reason.strip():
            faults["reason"] = gettext("A settlement needs its reason: it is shown to the public.")
        if row.withdrawn and not row.withdrawn_reason.strip():
            faults["withdrawn_reason"] = gettext("A withdrawn settlement needs the reason.")
        return faults

    def refuses_change(self, before: Any, after: Any, changed: Collection[str]) -> Faults:  # noqa: ARG002
        return {"": gettext("A settlement stays as it was made. Withdraw it on its page, and make another.")}


class DispatchTable(Table):
    """What is known of dispatches; their texts belong to their publishers and stay here."""

    adds = False

    id = Column("id", Number())
    address = shown("address")
    publisher = Column("publisher")
    published = DayColumn("published")
    state = shown("state")
    outcome = shown("outcome")
    cluster = shown("cluster_id")
    synthetic = shown("synthetic", Flag())
    received_at = shown("received_at", Instant())

    class Meta:
        model = Dispatch
        fields = (
            *("id", "address", "publisher", "published", "state", "outcome", "cluster", "synthetic", "received_at"),
        )
        import_id_fields = ("id",)

    @property
    def not_added(self) -> str:  # type: ignore[override]  # said in the reader's language
        return gettext("No dispatch is held under this number. Dispatches come in with their text, not by a table.")
