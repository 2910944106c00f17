"""Where the supervisor keeps things, and whom it lets read them."""

import stat
from pathlib import Path

import pytest

from server.errors import CannotStart
from server.places import Places, copy_for_all, is_open_to_all, write_private
from server.postgres import Postgres


def closed(folder: Path) -> Places:
    """A `var` inside a folder that only its owner may enter."""
    folder.chmod(0o700)
    places = Places(folder / "var")
    places.make()
    return places


def test_a_secret_stays_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    places = Places(tmp_path)
    word = places.secret("key")
    assert len(word) == 64
    assert places.secret("key") == word
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    write_private(tmp_path / "a", "one")
    write_private(tmp_path / "a", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "two"


def test_the_lock_is_held_by_one(tmp_path: Path) -> None:
    with Places(tmp_path).lock(), pytest.raises(CannotStart, match="already running"):
        Places(tmp_path).lock()
    Places(tmp_path).lock().close()


def test_a_closed_parent_hides_the_folder(tmp_path: Path) -> None:
    assert is_open_to_all(Path("/"))
    assert not is_open_to_all(closed(tmp_path).var)


def test_root_keeps_a_hidden_cluster_outside(tmp_path: Path) -> None:
    places = closed(tmp_path)
    postgres = Postgres(places=places)
    postgres.user = (65534, 65534)
    assert postgres.folder == places.outside
    assert places.outside == Places(places.var).outside


def test_a_user_keeps_the_cluster_inside(tmp_path: Path) -> None:
    postgres = Postgres(places=closed(tmp_path))
    postgres.user = None
    assert postgres.folder == tmp_path / "var" / "postgres"


def test_a_folder_closed_later_is_said_before_anything_looks_lost(tmp_path: Path) -> None:
    postgres = Postgres(places=closed(tmp_path))
    postgres.user = (65534, 65534)
    (tmp_path / "var" / "postgres").mkdir()
    (tmp_path / "var" / "postgres" / "created").touch()
    with pytest.raises(CannotStart, match="can no longer walk there"):
        _ = postgres.folder


def test_a_copy_is_readable_by_all_and_made_once(tmp_path: Path) -> None:
    source = tmp_path / "programs"
    source.mkdir(mode=0o700)
    (source / "run").write_text("x")
    (source / "run").chmod(0o700)
    (source / "data").write_text("y")
    (source / "data").chmod(0o600)
    copy_for_all([source], tmp_path / "copy")
    (source / "data").write_text("changed")
    copy_for_all([source], tmp_path / "copy")
    copied = tmp_path / "copy" / "programs"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (copied, copied / "run", copied / "data")]
    assert modes == [0o755, 0o755, 0o644]
    assert (copied / "data").read_text() == "y"
