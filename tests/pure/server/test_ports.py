"""Ports that are taken, and the ones offered instead."""

import socket
from pathlib import Path

from server import ports


def test_a_taken_port_hinders_and_the_next_free_one_is_offered() -> None:
    with socket.socket() as holder:
        holder.bind((ports.LOOPBACK, 0))
        holder.listen()
        port = holder.getsockname()[1]
        assert ports.hindrance(port)
        assert not ports.is_free(port)
        assert ports.is_free(ports.next_free(port))
    assert ports.hindrance(port) is None


def test_after_the_last_port_another_one_is_offered() -> None:
    assert 1023 < ports.next_free(65535) < 65535


def test_each_folder_of_data_has_a_port_of_its_own_that_stays() -> None:
    mine, yours = Path("/srv/mine/var"), Path("/srv/yours é/var")
    assert ports.own(61_000, mine) == ports.own(61_000, mine) != ports.own(61_000, yours)
    assert all(61_000 <= ports.own(61_000, var) < 62_000 for var in (mine, yours))
