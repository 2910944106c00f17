"""The datasets that the database stores, each as one statement. Values are typed; ``copying`` writes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from restrictions.domain.datasets import CLAIMS, COUNTRIES, MARKS, POSITIONS, REGIONS, SOURCES, WEAPONS, Dataset
from restrictions.queries.datasets.asking import Wanted
from restrictions.reference.names import load_names

_LINE = {
    "supplier": "r.supplier_id",
    "recipient": "r.recipient_id",
    "weapon": "r.weapon_id",
    "territory": "nullif(r.territory, '')",
}
_UTC = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a dataset's rows come from, and the columns that are not named as in the table ``r``.

    ``rows`` is given the relation of the clock under ``{rows}``, that of dispatches under ``{dispatch}``; ``{known}``
    and ``{on}`` say which rows.
    """

    rows: str
    columns: Mapping[str, str]
    table: str = ""


def _edtf(*names: str) -> dict[str, str]:
    return {name: f"r.{name}_edtf" for name in names}


def _listed(kind: str, *languages: str) -> dict[str, str]:
    """Names that stand in the reference lists alone, by code; a row that is in no list has none of them."""
    names = {language: json.dumps(getattr(load_names(language), kind), ensure_ascii=False) for language in languages}
    return {f"name_{language}": f"{_quoted(said)}::jsonb ->> r.code" for language, said in names.items()}


def _quoted(text: str) -> str:
    """A text of ours as the database reads it in a statement that takes values."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


_LIMITS = """ARRAY(SELECT concat_ws(':', one ->> 'kind', one ->> 'area_role', one ->> 'value')
 FROM jsonb_array_elements(r.limits) WITH ORDINALITY AS stated (one, place) ORDER BY place)"""
_EVIDENCE = """ARRAY(SELECT key
 FROM jsonb_array_elements_text(r.shown -> 'evidence') WITH ORDINALITY AS e (key, place) ORDER BY place)"""
_VERSIONS = "restrictions_positionversion r WHERE {known}{on}"
_DISPATCH = """
 LEFT JOIN restrictions_dispatchversion v ON v.id = r.dispatch_version_id
 LEFT JOIN {dispatch}"""
_HELD = "restrictions_dispatch d ON d.id = v.dispatch_id"
_WAS_HELD = """LATERAL (
  SELECT address, publisher, synthetic FROM (
    SELECT pgh_id, address, publisher, synthetic FROM restrictions_dispatchevent
      WHERE pgh_obj_id = v.dispatch_id AND pgh_created_at > %(instant)s
    UNION ALL
    SELECT NULL, address, publisher, synthetic FROM restrictions_dispatch WHERE id = v.dispatch_id
  ) stood ORDER BY pgh_id NULLS LAST LIMIT 1
) d ON true"""
"""A dispatch as it stood: what its first correction since has kept, else what stands."""
_LINKED = """(
  SELECT DISTINCT ON (s.claim, s.place) s.* FROM (
    SELECT p.position_id, said.key AS claim, 0 AS place, true AS held, said.value -> 'dispatch' AS link
      FROM restrictions_positionversion p, jsonb_each(p.shown -> 'claims') said
      WHERE {known} AND jsonb_typeof(said.value -> 'dispatch') = 'object'
    UNION ALL
    SELECT p.position_id, said.key, link.place, false, link.value
      FROM restrictions_positionversion p, jsonb_each(p.shown -> 'claims') said,
      jsonb_array_elements(said.value -> 'sources') WITH ORDINALITY AS link (value, place)
      WHERE {known}
  ) s ORDER BY s.claim, s.place, s.position_id
) r"""

SOURCES_OF: Mapping[Dataset, Source] = {
    POSITIONS: Source(
        _VERSIONS,
        {
            **_LINE,
            **_edtf("starts", "ends", "announced", "first_used"),
            "position": "r.position_id",
            "limits": _LIMITS,
            "evidence": _EVIDENCE,
            "synthetic": "jsonb_path_exists(r.shown, '$.claims.*.dispatch.synthetic ? (@ == true)')",
            "recorded": _UTC.format("lower(r.recorded)"),
        },
    ),
    CLAIMS: Source(
        "{rows} r" + _DISPATCH + " LEFT JOIN restrictions_claim m ON m.id = r.merged_into_id"
        " WHERE r.decision IN ('accepted', 'rejected'){reported}",
        {
            **_LINE,
            **_edtf("effective", "published"),
            "claim": "r.key",
            "address": "d.address",
            "publisher": "d.publisher",
            "title": "v.title",
            "language": "v.language",
            "synthetic": "coalesce(d.synthetic, false)",
            "decided_at": _UTC.format("r.decided_at"),
            "merged_into": "m.key",
        },
        table="restrictions_claim",
    ),
    MARKS: Source(
        "{rows} r" + _DISPATCH + " WHERE r.decision = 'accepted'{reported}",
        {
            **_LINE,
            **_edtf("day"),
            "mark": "r.key",
            "address": "coalesce(d.address, nullif(r.source_url, ''))",
            "publisher": "coalesce(d.publisher, r.source_publisher)",
            "title": "coalesce(v.title, r.source_title)",
            "language": "v.language",
            "synthetic": "coalesce(d.synthetic, false)",
        },
        table="restrictions_mark",
    ),
    SOURCES: Source(
        _LINKED,
        {
            "address": "coalesce(r.link ->> 'address', r.link ->> 'url')",
            **{name: f"r.link ->> '{name}'" for name in ("publisher", "title", "language")},
            "published": "nullif(r.link ->> 'published', '')",
            **{name: f"coalesce((r.link ->> '{name}')::boolean, false)" for name in ("stored_copy", "synthetic")},
        },
    ),
    WEAPONS: Source("{rows} r", {"weapon": "r.code", "parent": "r.parent_id"}, table="restrictions_weapon"),
    REGIONS: Source(
        "{rows} r",
        {"region": "r.code", "country": "r.country_id", **_listed("regions", "de", "uk")},
        table="restrictions_region",
    ),
    COUNTRIES: Source(
        "{rows} r", {"country": "r.code", **_listed("countries", "de", "uk")}, table="restrictions_country"
    ),
}
_REPORTED = {CLAIMS: "coalesce(r.published_latest, r.effective_latest)", MARKS: "r.day_latest"}


def relation(dataset: Dataset, wanted: Wanted) -> tuple[str, dict[str, object]]:
    """The rows of the dataset, to stand behind FROM, and the values that the statement is given."""
    source, clock = SOURCES_OF[dataset], wanted.clock
    alias = "p" if dataset is SOURCES else "r"
    said = source.rows.format(
        rows=_rows(source.table, past=clock.instant is not None),
        dispatch=_WAS_HELD if clock.instant else _HELD,
        known=f"{alias}.recorded @> %(instant)s::timestamptz" if clock.instant else f"upper_inf({alias}.recorded)",
        on=f" AND {alias}.validity @> %(on)s::date" if wanted.on else "",
        reported=f" AND {_REPORTED[dataset]} <= %(reported)s" if clock.reported and dataset in _REPORTED else "",
    )
    return said, {"instant": clock.instant, "on": wanted.on, "reported": clock.reported}


def _rows(table: str, *, past: bool) -> str:
    """An audited table as it stands, or as it stood at the instant by what the audit trail kept of each change."""
    if not past:
        return table
    events = f"""SELECT DISTINCT ON (pgh_obj_id) * FROM {table}event WHERE pgh_created_at <= %(instant)s
 ORDER BY pgh_obj_id, pgh_id DESC"""  # noqa: S608  names of ours
    return f"(SELECT * FROM ({events}) known WHERE pgh_label <> 'delete')"  # noqa: S608


def expressions(dataset: Dataset) -> dict[str, str]:
    """What each column is, in the words of the database."""
    named = SOURCES_OF[dataset].columns
    return {name: named.get(name, f"r.{name}") for name in dataset.names}
