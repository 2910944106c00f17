"""What the environment asks of the supervisor."""

from pathlib import Path

import pytest

from server.errors import CannotStart
from server.wishes import Wishes, with_file


def test_nothing_set_means_the_usual_port_and_embedded_services() -> None:
    wishes = Wishes.read({})
    assert (wishes.port, wishes.demo, wishes.database_url, wishes.redis_url) == (8000, False, "", "")


@pytest.mark.parametrize(("word", "meant"), [("1", True), ("true", True), ("0", False), ("False", False), (" ", False)])
def test_demo_takes_the_usual_words(word: str, meant: bool) -> None:
    assert Wishes.read({"DEMO": word}).demo is meant


@pytest.mark.parametrize("word", ["abc", "0", "65536", "-1", "80 80", "٨٠"])
def test_a_port_that_is_none_is_named(word: str) -> None:
    with pytest.raises(CannotStart, match=f"PORT={word} is not a port"):
        Wishes.read({"PORT": word})


def test_a_file_adds_what_the_environment_leaves_open(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a remark\n\nPORT=8001\nexport REDIS_URL='redis://h:1/0'\nDATABASE_URL=postgres://u:p=q@h/d\n")
    assert with_file({"PORT": "9000"}, file) == {
        "PORT": "9000",
        "REDIS_URL": "redis://h:1/0",
        "DATABASE_URL": "postgres://u:p=q@h/d",
    }


def test_no_file_adds_nothing(tmp_path: Path) -> None:
    assert with_file({"A": "b"}, tmp_path / "none") == {"A": "b"}
