"""A claim before it is stored: what a dispatch and its other claims say of it already."""

from typing import Any

from restrictions.domain.vocabulary import Act, Attribution, Decision, Track
from restrictions.models import Claim, DispatchVersion
from restrictions.models.claim import BY_HAND


def stable_name(version: DispatchVersion) -> str:
    """The version's name in keys: its address, else publisher and text; and its number, never a row number."""
    text = f"{version.publisher}:{version.content_hash[:16]}" if version.publisher else version.content_hash[:16]
    return f"{version.dispatch.address or text}#{version.number}"


def claim_key(version: DispatchVersion, *, place: str, start: int, about: tuple[str, str, str]) -> str:
    """The stable name of a claim that a version holds. ``about``: supplier, weapon, status."""
    return "/".join((stable_name(version), f"{place}:{start}", *about))


def draft_claim(version: DispatchVersion) -> Claim:
    """A claim of this version as far as it can be guessed: the ends and the land of its first other claim, its day."""
    dispatch = version.dispatch
    return Claim(
        dispatch_version=version,
        coder=BY_HAND,
        decision=Decision.PROPOSED.value,
        act=Act.REAFFIRMS.value,
        attribution=Attribution.NAMED_OFFICIAL.value,
        track=Track.USE.value,
        **{f"{day}_{part}": getattr(dispatch, f"published_{part}") for day in _DAYS for part in _PARTS},
        **_guessed(version),
    )


_DAYS, _PARTS = ("effective", "published"), ("edtf", "earliest", "latest")


def _guessed(version: DispatchVersion) -> dict[str, Any]:
    names = ("supplier_id", "recipient_id", "territory")
    other = Claim.objects.filter(dispatch_version__dispatch=version.dispatch_id).order_by("pk").values(*names).first()
    return dict(other) if other else {"recipient_id": "UA", "territory": "RU"}


def quoted(draft: Claim, place: str, span: tuple[int, int]) -> Claim:
    """The draft with its quote."""
    draft.quote_in, (draft.quote_start, draft.quote_end) = place, span
    draft.quote = (_version(draft).title if place == "title" else _version(draft).body)[slice(*span)]
    return draft


def keyed(draft: Claim) -> Claim:
    """The draft with its stable name: once it has its quote and its fields."""
    about = (draft.supplier_id, draft.weapon_id, draft.status)
    draft.key = claim_key(_version(draft), place=draft.quote_in, start=draft.quote_start or 0, about=about)
    return draft


def _version(draft: Claim) -> DispatchVersion:
    version = draft.dispatch_version
    assert version is not None, "a draft is made for a version"  # noqa: S101
    return version
