"""The kinds of move that suppliers are compared by, in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from restrictions.domain.moves import Move

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_MOVES: dict[Move, "_StrPromise"] = {
    Move.BAN_LIFTED: _("from not allowed to any permission"),
    Move.PERMISSION: _("from not allowed, or silence, to any permission"),
    Move.NO_LIMIT: _("from not allowed, or limits, to no stated limit"),
    Move.BAN_SET: _("from any permission to not allowed"),
    Move.REFUSAL_ENDED: _("from a refusal to supply to supply"),
}


def move_label(move: Move) -> str:
    """What is compared, e.g. “from not allowed to any permission”."""
    return str(_MOVES[move])
