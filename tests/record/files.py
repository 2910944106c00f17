"""Files that hold one dispatch, read as the pipelines read them."""

from pathlib import Path

from restrictions.actions.dispatches import Received
from restrictions.domain.unreadable import Unreadable
from restrictions.pipelines.reading import read_path


def read_dispatch(path: Path, *, synthetic: bool = False) -> Received:
    """The one dispatch of a file; its refusal is raised."""
    [found] = read_path(path, synthetic=synthetic)
    if isinstance(found.what, Unreadable):
        raise found.what
    return found.what
