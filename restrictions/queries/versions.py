"""What a new version of a dispatch changed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from restrictions.domain.differences import Kind, Piece, changes
from restrictions.models import DispatchVersion

AROUND = 200
"""Letters of what stayed that are shown on each side of a change."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of the text as it is shown: of a long piece that stayed, only its ends, and ``left_out`` between them."""

    kind: Kind
    text: str
    left_out: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What one version changed of the version before it. ``dropped`` says that one of the bodies is kept no longer."""

    number: int
    before: int
    recorded_at: datetime
    title: tuple[Shown, ...]
    body: tuple[Shown, ...]
    dropped: bool

    @property
    def has_new_title(self) -> bool:
        return any(piece.kind is not Kind.SAME for piece in self.title)

    @property
    def has_new_body(self) -> bool:
        return any(piece.kind is not Kind.SAME for piece in self.body)


def version_changes(dispatch_id: int) -> tuple[VersionChange, ...]:
    """What each version changed, the newest first; empty where there is one version or none. One query."""
    versions = DispatchVersion.objects.filter(dispatch=dispatch_id).order_by("number")
    return tuple(_change(old, new) for old, new in pairwise(versions))[::-1]


def _change(old: DispatchVersion, new: DispatchVersion) -> VersionChange:
    dropped = bool(old.body_dropped_at or new.body_dropped_at)
    return VersionChange(
        number=new.number,
        before=old.number,
        recorded_at=new.recorded_at,
        title=_shown(changes(old.title, new.title)),
        body=() if dropped else _shown(changes(old.body, new.body)),
        dropped=dropped,
    )


def _shown(pieces: tuple[Piece, ...]) -> tuple[Shown, ...]:
    last = len(pieces) - 1
    return tuple(_cut(piece, is_first=place == 0, is_last=place == last) for place, piece in enumerate(pieces))


def _cut(piece: Piece, *, is_first: bool, is_last: bool) -> Shown:
    """A piece that stayed is cut to what stands beside the changes."""
    if piece.kind is not Kind.SAME or len(piece.text) <= 2 * AROUND:
        return Shown(piece.kind, piece.text)
    start = "" if is_first else piece.text[:AROUND].rpartition(" ")[0]
    end = "" if is_last else piece.text[-AROUND:].partition(" ")[2]
    return Shown(piece.kind, start, left_out=True, rest=end)
