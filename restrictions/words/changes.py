"""The kinds of change in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from restrictions.domain.changes import Kind
from restrictions.domain.vocabulary import Track

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_KINDS: dict[Kind, "_StrPromise"] = {
    Kind.MORE: _("permits more"),
    Kind.LESS: _("permits less"),
    Kind.LIMITS: _("other limits"),
    Kind.FIRST: _("first known word"),
    Kind.OWN: _("rule of its own"),
    Kind.SILENCE: _("declines to say"),
}
_KINDS_OF_SUPPLY: dict[Kind, "_StrPromise"] = {
    Kind.MORE: _("refusal ended"),
    Kind.LESS: _("refusal or pause"),
}


def kind_label(kind: Kind, track: Track | None = None) -> str:
    """The kind of a change, e.g. “permits more”; on the supply track “refusal ended”."""
    special = _KINDS_OF_SUPPLY.get(kind) if track is Track.SUPPLY else None
    return str(special or _KINDS[kind])
