"""What a version of a position shows for ever: its evidence, its disputes and the names of that day."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from restrictions.domain.positions import Position, Record, Silence, Stretch
from restrictions.domain.weapons import WeaponTree
from restrictions.models import Claim, Country, Settlement, Weapon

Shown = dict[str, Any]


class Showcase:
    """Everything that the positions of one record show: claims by key, names by code, rulings by key."""

    def __init__(
        self,
        record: Record,
        weapons: WeaponTree,
        *,
        claims: Mapping[str, Mapping[str, Any]],
        names: Mapping[str, dict[str, str]],
        rulings: Mapping[str, dict[str, str]] = MappingProxyType({}),
    ) -> None:
        self._weapons = weapons
        self._stretches, self._silences = record.stretches, record.silences
        self._claims, self._names, self._rulings = claims, names, rulings

    def shown(self, position: Position) -> Shown:
        """What is frozen with this position: plain JSON, nothing of which depends on later rows."""
        line = position.line
        stretches = [item for item in self._stretches if _is_inside(item, position)]
        silences = [item for item in self._silences if item.line == line and position.covers(item.day)]
        disputed = [key for item in stretches for key in (*item.standing_claims, *item.challenger_claims)]
        keys = dict.fromkeys([*position.evidence, *disputed, *(item.claim for item in silences)])
        rulings = {item.settlement: self._rulings[item.settlement] for item in stretches if item.settlement}
        return {
            "names": {code: self._names[code] for code in _codes(position) if code in self._names},
            "path": list(self._weapons.path(line.weapon)),
            "evidence": list(position.evidence),
            "claims": {key: self._claims[key] for key in keys},
            "stretches": [_stretch(item) for item in stretches],
            "silences": [_silence(item) for item in silences],
            **({"rulings": rulings} if rulings else {}),
        }

    def claim_ids(self) -> dict[str, int]:
        """The row of each claim by its key."""
        return {key: shown["id"] for key, shown in self._claims.items()}


def showcase_of(record: Record, weapons: WeaponTree, frozen: Mapping[str, Mapping[str, Any]] | None = None) -> Showcase:
    """What the positions of this record show, read in a constant number of queries.

    ``frozen``: claims as versions show them, which are taken as they are there.
    """
    held, keys = frozen or {}, _keys(record)
    claims: dict[str, Mapping[str, Any]] = {key: held[key] for key in keys if key in held}
    return Showcase(
        record,
        weapons,
        claims=claims | _claims_shown(keys - held.keys()),
        names=_names(record),
        rulings=_rulings_shown({item.settlement for item in record.stretches if item.settlement}),
    )


def _is_inside(stretch: Stretch, position: Position) -> bool:
    return stretch.line == position.line and position.covers(stretch.first)


def _codes(position: Position) -> tuple[str, ...]:
    line = position.line
    return (line.supplier, line.recipient, line.weapon, line.territory)


def _keys(record: Record) -> set[str]:
    keys = {key for position in record.positions for key in position.evidence}
    keys |= {key for stretch in record.stretches for key in (*stretch.standing_claims, *stretch.challenger_claims)}
    return keys | {silence.claim for silence in record.silences}


def _names(record: Record) -> Mapping[str, dict[str, str]]:
    codes = {code for position in record.positions for code in _codes(position)}
    names = {
        country.code: {"en": country.name_en, "fr": country.name_fr}
        for country in Country.objects.filter(code__in=codes)
    }
    return names | {weapon.code: {"en": weapon.name} for weapon in Weapon.objects.filter(code__in=codes)}


def _rulings_shown(keys: Collection[str]) -> Mapping[str, dict[str, str]]:
    """Who ruled, when and why, by the settlement's key: one query, none where nothing was settled."""
    rows = Settlement.objects.filter(key__in=keys).select_related("author") if keys else ()
    return {
        row.key: {
            "author": row.author.get_full_name() or row.author.get_username(),
            "on": row.recorded_at.date().isoformat(),
            "reason": row.reason,
        }
        for row in rows
    }


def _claims_shown(keys: Collection[str]) -> dict[str, Shown]:
    if not keys:
        return {}
    rows = Claim.objects.filter(key__in=list(keys)).select_related("dispatch_version__dispatch")
    return {row.key: _claim(row) for row in rows.prefetch_related("sources")}


def _claim(row: Claim) -> Shown:
    return {
        "id": row.pk,
        "status": row.status,
        "act": row.act,
        "attribution": row.attribution,
        "effective": row.effective_edtf,
        "published": row.published_edtf,
        "prior": row.prior,
        "speaker": row.speaker,
        "summary": row.summary,
        "quote": row.quote,
        "weak": row.weak_source,
        "dispatch": _dispatch(row),
        "sources": [
            {
                "url": source.url,
                "publisher": source.publisher,
                "title": source.title,
                "published": source.published,
                "language": source.language,
                "stored_copy": source.stored_copy,
            }
            for source in row.sources.all()
        ],
    }


def _dispatch(row: Claim) -> Shown | None:
    """The dispatch as the public sees it: never its body."""
    version = row.dispatch_version
    if version is None:
        return None
    dispatch = version.dispatch
    return {
        "id": dispatch.pk,
        "version": version.number,
        "cluster": dispatch.cluster_id or dispatch.pk,
        "title": version.title,
        "publisher": dispatch.publisher,
        "address": dispatch.address,
        "published": dispatch.published_edtf,
        "language": version.language,
        "synthetic": dispatch.synthetic,
    }


def _stretch(stretch: Stretch) -> Shown:
    return {
        "first": stretch.first.isoformat(),
        "until": stretch.until.isoformat() if stretch.until else None,
        "standing": stretch.standing,
        "challenger": stretch.challenger,
        "standing_claims": list(stretch.standing_claims),
        "challenger_claims": list(stretch.challenger_claims),
        "outcome": stretch.outcome,
        "rule": stretch.rule,
        "limits_only": stretch.limits_only,
        "settlement": stretch.settlement,
    }


def _silence(silence: Silence) -> Shown:
    return {"claim": silence.claim, "day": silence.day.isoformat()}
