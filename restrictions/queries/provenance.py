"""Where a dispatch comes from: its reprints, its versions, and how its publisher's claims have fared so far."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from restrictions.models import Dispatch, DispatchVersion
from restrictions.queries.claims import stored_day
from restrictions.words import day_in_words

_MOST_REPRINTS = 8


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another dispatch with the same text, or nearly."""

    dispatch: int
    title: str
    publisher: str
    published: str


@dataclass(frozen=True, slots=True)
class Version:
    """A state of the text, since when it is held."""

    number: int
    held_since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What curators made of a publisher's claims. Merged ones say nothing of it, and are left out."""

    accepted: int
    edited: int
    rejected: int

    @property
    def decided(self) -> int:
        return self.accepted + self.edited + self.rejected

    @property
    def percent(self) -> int | None:
        """Of a hundred decided claims, how many entered the record; none where too few are decided to say."""
        return round(100 * (self.accepted + self.edited) / self.decided) if self.decided >= _ENOUGH else None


_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Provenance:
    """All of that. ``more`` is how many reprints are not named."""

    reprints: tuple[Reprint, ...]
    more: int
    versions: tuple[Version, ...]
    standing: Standing


def provenance_of(dispatch: int, cluster: int | None, publisher: str) -> Provenance:
    """Where a dispatch comes from: three queries."""
    titles = DispatchVersion.objects.filter(dispatch=OuterRef("pk")).order_by("-number").values("title")
    same = Dispatch.objects.filter(Q(cluster=cluster or dispatch) | Q(pk=cluster or dispatch)).exclude(pk=dispatch)
    rows = list(same.order_by("received_at", "pk").annotate(title=Subquery(titles[:1]))[: _MOST_REPRINTS + 50])
    versions = DispatchVersion.objects.filter(dispatch=dispatch).order_by("number").values_list("number", "recorded_at")
    return Provenance(
        reprints=tuple(_reprint(row) for row in rows[:_MOST_REPRINTS]),
        more=max(0, len(rows) - _MOST_REPRINTS),
        versions=tuple(Version(number, held_since) for number, held_since in versions),
        standing=_standing(publisher),
    )


def _reprint(row: Dispatch) -> Reprint:
    day = stored_day(row.published_edtf, row.published_earliest, row.published_latest)
    title: str = getattr(row, "title", None) or str(row)
    return Reprint(row.pk, title, row.publisher, day_in_words(day) if day else "")


# What the machine said beside what the curator left, field by field; a field that it did not fill is not compared.
_EDITED = " OR ".join(
    [
        *(
            f"machine ? '{name}' AND machine->>'{name}' IS DISTINCT FROM claim.{column}"
            for name, column in (
                *((end, f"{end}_id") for end in ("supplier", "recipient", "weapon")),
                *((name, name) for name in ("role", "status", "track", "territory", "act", "attribution", "prior")),
                ("area_role", "area_role"),
                ("effective", "effective_edtf"),
                ("depth_km", "depth_km::text"),
            )
        ),
        *(f"machine ? '{name}' AND machine->'{name}' <> to_jsonb(claim.{name})" for name in ("areas", "conditions")),
    ]
)
_FATES = f"""
    SELECT count(*) FILTER (WHERE accepted AND NOT edited),
           count(*) FILTER (WHERE accepted AND edited),
           count(*) FILTER (WHERE NOT accepted)
    FROM (
        SELECT claim.decision = 'accepted' AS accepted, coalesce({_EDITED}, false) AS edited
        FROM restrictions_claim claim
            JOIN restrictions_dispatchversion version ON version.id = claim.dispatch_version_id
            JOIN restrictions_dispatch dispatch ON dispatch.id = version.dispatch_id
        WHERE dispatch.publisher = %s AND claim.decision IN ('accepted', 'rejected') AND claim.merged_into_id IS NULL
    ) decided
"""  # noqa: S608  # our own column names, no value of anyone's


def _standing(publisher: str) -> Standing:
    """How the publisher's claims have fared; nothing is known of a dispatch that names no publisher. One query."""
    if not publisher:
        return Standing(0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(_FATES, [publisher])
        return Standing(*cursor.fetchone())
