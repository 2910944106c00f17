"""The door to the web, against servers on loopback."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest

from restrictions.feeds import http, timed
from restrictions.feeds.answers import AnswerKind
from restrictions.feeds.http import Door, Reach
from tests.loopback import AGENT, Site, answers, closed_port, drip, page, raw, redirect, serving

TEXT = "<rss version='2.0'><channel><title>News</title></channel></rss>"


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    server.pages.clear()
    server.asked.clear()
    return server


def test_a_text_comes_with_what_helps_to_ask_again(site: Site) -> None:
    site.pages["/feed"] = page(
        TEXT, "application/rss+xml; charset=ISO-8859-1", ETag='"7"', Last_Modified="Thu, 30 May 2024 08:00:00 GMT"
    )
    answer = site.door().fetch(f"{site.url}/feed")
    assert (answer.kind, answer.body, answer.charset) == (AnswerKind.TEXT, TEXT.encode(), "iso-8859-1")
    assert (answer.etag, answer.modified, answer.moved_to) == ('"7"', "Thu, 30 May 2024 08:00:00 GMT", "")
    [(_, headers)] = site.asked
    assert headers["User-Agent"] == AGENT
    assert "If-None-Match" not in headers


def test_what_is_held_is_not_sent_again(site: Site) -> None:
    site.pages["/feed"] = page("", status=304)
    answer = site.door().fetch(f"{site.url}/feed", etag='"7"', modified="Thu, 30 May 2024 08:00:00 GMT")
    assert (answer.kind, answer.body) == (AnswerKind.UNCHANGED, b"")
    [(_, headers)] = site.asked
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"7"', "Thu, 30 May 2024 08:00:00 GMT")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, AnswerKind.TURNED_AWAY),
        (404, AnswerKind.TURNED_AWAY),
        (410, AnswerKind.GONE),
        (429, AnswerKind.BUSY),
        (500, AnswerKind.SERVER_FAULT),
        (503, AnswerKind.BUSY),
    ],
)
def test_a_status_says_whether_to_ask_again(site: Site, status: int, kind: AnswerKind) -> None:
    site.pages["/feed"] = page("no", status=status)
    answer = site.door().fetch(f"{site.url}/feed")
    assert answer.kind == kind
    assert str(status) in answer.reason
    assert answer.retry_after is None


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        ("Fri, 31 Dec 2100 00:00:00 GMT", 1e9, 1e10),
        ("Thu, 30 May 2024 08:00:00 GMT", 0, 0),
        ("soon", None, None),
        ("Fri, 31 Dec 99999 00:00:00 GMT", None, None),
    ],
)
def test_a_busy_server_may_say_when(site: Site, said: str, least: float | None, most: float | None) -> None:
    site.pages["/feed"] = page("", status=429, Retry_After=said)
    wait = site.door().fetch(f"{site.url}/feed").retry_after
    assert wait is None if least is None or most is None else wait is not None and least <= wait <= most


def test_lasting_redirects_are_told_as_far_as_they_last(site: Site) -> None:
    site.pages |= {
        "/old": redirect("/older", 301),
        "/older": redirect("/lasting", 308),
        "/lasting": redirect("/now", 302),
        "/now": page(TEXT),
    }
    answer = site.door().fetch(f"{site.url}/old")
    assert (answer.kind, answer.address, answer.moved_to) == (AnswerKind.TEXT, f"{site.url}/now", f"{site.url}/lasting")
    passing = site.door().fetch(f"{site.url}/lasting")
    assert (passing.kind, passing.moved_to) == (AnswerKind.TEXT, "")


def test_gone_behind_a_passing_redirect_is_not_gone_for_good(site: Site) -> None:
    site.pages |= {"/a": redirect("/gone"), "/b": redirect("/gone", 301), "/gone": page("", status=410)}
    assert site.door().fetch(f"{site.url}/a").kind == AnswerKind.TURNED_AWAY
    assert site.door().fetch(f"{site.url}/b").kind == AnswerKind.GONE


def test_redirects_are_followed_five_times(site: Site) -> None:
    site.pages |= {f"/{step}": redirect(f"/{step + 1}") for step in range(6)} | {"/6": page(TEXT)}
    assert site.door().fetch(f"{site.url}/1").kind == AnswerKind.TEXT
    assert site.door().fetch(f"{site.url}/0").kind == AnswerKind.TOO_MANY_REDIRECTS
    site.pages["/loop"] = redirect("/loop")
    site.asked.clear()
    assert site.door().fetch(f"{site.url}/loop").kind == AnswerKind.TOO_MANY_REDIRECTS
    assert len(site.asked) == 6


def test_a_redirect_with_an_endless_text_is_not_read(site: Site) -> None:
    opening = f"HTTP/1.1 302 Found\r\nLocation: {site.url}/now\r\n\r\n".encode()
    site.pages |= {"/endless": drip(opening, b"x" * 1000, every=0.01), "/now": page(TEXT)}
    assert site.door().fetch(f"{site.url}/endless").kind == AnswerKind.TEXT


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_goes_nowhere_that_is_not_public(site: Site, to: str) -> None:
    """The guard refuses before anything is sent: the address is a literal one."""
    site.pages["/away"] = redirect(to)
    answer = site.door().fetch(f"{site.url}/away")
    assert answer.kind == AnswerKind.NOT_PUBLIC
    assert answer.reason


@pytest.mark.parametrize("to", ["http://[/", "http://exa mple/"])
def test_a_redirect_to_nonsense_is_an_answer_like_another(site: Site, to: str) -> None:
    site.pages["/away"] = redirect(to)
    assert site.door().fetch(f"{site.url}/away").kind in (AnswerKind.BROKEN, AnswerKind.NOT_PUBLIC)


@pytest.mark.parametrize(
    "opening",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_a_server_that_drips_is_left_in_time(site: Site, opening: bytes) -> None:
    """In its body, in its headers, in the length of its first chunk."""
    site.pages["/drip"] = drip(opening, b"0")
    start = time.monotonic()
    answer = site.door(seconds=0.4).fetch(f"{site.url}/drip")
    assert answer.kind == AnswerKind.TIMEOUT
    assert "0.4 seconds" in answer.reason
    assert time.monotonic() - start < 2


def test_a_chain_of_slow_redirects_shares_one_time(site: Site) -> None:
    slow = drip(b"", b"", every=0.25, drops=1)
    for step in range(5):
        here, there = f"/{step}", f"/{step + 1}"
        site.pages[here] = lambda handler, there=there: (slow(handler), redirect(there)(handler))[0]  # type: ignore[misc]
    assert site.door(seconds=0.6).fetch(f"{site.url}/0").kind == AnswerKind.TIMEOUT


@pytest.mark.parametrize("length", [True, False])
def test_a_text_larger_than_the_limit_is_not_taken(site: Site, length: bool) -> None:
    said = "Content-Length: 50000000\r\n" if length else ""
    opening = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n{said}\r\n".encode()
    site.pages["/large"] = drip(opening, b"x" * 10_000, every=0)
    answer = site.door(bytes=30_000).fetch(f"{site.url}/large")
    assert (answer.kind, answer.body) == (AnswerKind.TOO_LARGE, b"")
    assert "0.03 MB" in answer.reason


def test_a_packed_text_is_unpacked(site: Site) -> None:
    two = gzip.compress(TEXT[:20].encode()) + gzip.compress(TEXT[20:].encode())
    site.pages["/packed"] = page(two, Content_Encoding="gzip")
    assert site.door().fetch(f"{site.url}/packed").body == TEXT.encode()


def test_a_gzip_bomb_goes_off_in_small_change(site: Site) -> None:
    """100 MB of nothing in 100 kB: never more than the limit is unpacked."""
    bomb = gzip.compress(bytes(100_000_000), 9)
    assert len(bomb) < 150_000
    site.pages["/bomb"] = page(bomb, Content_Encoding="gzip")
    answer = site.door(bytes=1_000_000).fetch(f"{site.url}/bomb")
    assert (answer.kind, answer.body) == (AnswerKind.TOO_LARGE, b"")


def test_packing_that_unpacks_to_nothing_has_an_end_too(site: Site) -> None:
    empty = zlib.compressobj(9, zlib.DEFLATED, 31)
    opening = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\n\r\n" + empty.compress(b"x")
    site.pages["/empty"] = drip(opening, empty.flush(zlib.Z_FULL_FLUSH) * 1000, every=0)
    assert site.door(bytes=50_000).fetch(f"{site.url}/empty").kind == AnswerKind.TOO_LARGE


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", b"x"),
        ("gzip, gzip", b"x"),
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(b"x" * 999, mtime=0)[:20]),
    ],
)
def test_packing_that_cannot_be_undone_says_why(site: Site, encoding: str, body: bytes) -> None:
    site.pages["/packed"] = page(body, Content_Encoding=encoding)
    answer = site.door().fetch(f"{site.url}/packed")
    assert answer.kind == AnswerKind.BROKEN
    assert "pack" in answer.reason


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("text/html; charset=utf-8", AnswerKind.TEXT),
        ("application/atom+xml", AnswerKind.TEXT),
        ("application/feed+json", AnswerKind.TEXT),
        ("", AnswerKind.TEXT),
        ("application/pdf", AnswerKind.NOT_TEXT),
        ("image/svg+xml", AnswerKind.NOT_TEXT),
        ("video/mp4", AnswerKind.NOT_TEXT),
    ],
)
def test_texts_alone_are_read(site: Site, kind: str, wanted: AnswerKind) -> None:
    site.pages["/x"] = page(TEXT, kind)
    assert site.door().fetch(f"{site.url}/x").kind == wanted


def test_what_nobody_names_and_is_no_text_is_not_read(site: Site) -> None:
    site.pages["/x"] = page(b"\x7fELF\0\0", "")
    assert site.door().fetch(f"{site.url}/x").kind == AnswerKind.NOT_TEXT


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Type: text/xml\r\n\r\nshort"],
)
def test_what_is_no_http_is_broken(site: Site, answer: bytes) -> None:
    site.pages["/x"] = raw(answer)
    assert site.door().fetch(f"{site.url}/x").kind == AnswerKind.BROKEN


def test_where_nobody_listens_nothing_is_reached() -> None:
    port = closed_port()
    answer = Door(AGENT, Reach(frozenset({port}))).fetch(f"http://127.0.0.1:{port}/")
    assert answer.kind == AnswerKind.UNREACHABLE


def test_encryption_is_checked_and_ends_in_time(site: Site) -> None:
    """A server that speaks no TLS: the handshake goes through the same clock and fails as a connection does."""
    answer = site.door().fetch(f"https://127.0.0.1:{site.port}/")
    assert answer.kind in (AnswerKind.UNREACHABLE, AnswerKind.TIMEOUT)


def test_a_name_server_that_does_not_answer_is_left_in_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no name server to talk to in a test: the machine's own look-up is made slow."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_question: time.sleep(1))
    assert site.door(seconds=0.2).fetch(f"http://slow.example:{site.port}/").kind == AnswerKind.TIMEOUT


def test_a_name_that_is_not_known_is_not_reached(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_question: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    answer = site.door().fetch(f"http://unknown.example:{site.port}/")
    assert answer.kind == AnswerKind.UNREACHABLE
    assert "not known" in answer.reason


def test_a_name_is_connected_to_where_it_was_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/feed"] = page(TEXT)
    monkeypatch.setattr(socket, "getaddrinfo", answers("127.0.0.1"))
    assert site.door().fetch(f"http://named.example:{site.port}/feed").kind == AnswerKind.TEXT
    monkeypatch.setattr(socket, "getaddrinfo", answers("10.0.0.1"))
    assert site.door().fetch(f"http://named.example:{site.port}/feed").kind == AnswerKind.NOT_PUBLIC


def test_no_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would look names up itself, out of the guard's sight."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.pages["/feed"] = page(TEXT)
    assert site.door().fetch(f"{site.url}/feed").kind == AnswerKind.TEXT


def test_certificates_are_checked() -> None:
    context = http._tls()
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"


def test_time_that_is_up_is_up() -> None:
    with pytest.raises(httpcore.ReadTimeout):
        timed.Until(0).left()


def test_who_stays_is_told_of_another_host_and_does_not_ask_it(site: Site) -> None:
    site.pages |= {"/here": redirect("/there"), "/there": page(TEXT), "/away": redirect("http://other.example/a")}
    assert site.door().fetch(f"{site.url}/here", stay=True).kind == AnswerKind.TEXT
    answer = site.door().fetch(f"{site.url}/away", stay=True)
    assert (answer.kind, answer.address) == (AnswerKind.ELSEWHERE, "http://other.example/a")
    site.pages["/away"] = redirect("http://169.254.169.254/")
    assert site.door().fetch(f"{site.url}/away", stay=True).kind == AnswerKind.NOT_PUBLIC


SIGNED = {"webhook-id": "m1", "Content-Type": "application/json"}


def test_a_message_is_taken_with_its_headers_and_its_bytes(site: Site) -> None:
    site.sent.clear()
    site.pages["/hook"] = page("thank you\n", "text/plain", 202)
    receipt = site.door().post(f"{site.url}/hook", b'{"a":1}', SIGNED)
    assert (receipt.status, receipt.excerpt, receipt.reason, receipt.is_taken) == (202, "thank you", "", True)
    assert site.sent == [b'{"a":1}']
    [(_, headers)] = site.asked
    assert (headers["webhook-id"], headers["User-Agent"]) == ("m1", AGENT)


def test_a_message_follows_no_redirect_and_keeps_the_start_of_the_answer(site: Site) -> None:
    site.pages["/hook"] = redirect(f"{site.url}/elsewhere", 307)
    receipt = site.door().post(f"{site.url}/hook", b"{}", SIGNED)
    assert (receipt.status, receipt.is_taken) == (307, False)
    assert "A redirect is not followed." in receipt.reason
    assert site.paths() == ["/hook"]
    site.pages["/hook"] = page(b"x" * 100_000, "text/plain", 500)
    receipt = site.door().post(f"{site.url}/hook", b"{}", SIGNED)
    assert (len(receipt.excerpt), receipt.is_taken) == (300, False)
    assert receipt.reason.startswith("The receiver answers 500 Internal Server Error.")


def test_a_message_that_reaches_nobody_says_why(site: Site) -> None:
    site.pages["/slow"] = drip(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", every=0.05, drops=40)
    began = time.monotonic()
    receipt = site.door(seconds=0.4).post(f"{site.url}/slow", b"{}", SIGNED)
    assert time.monotonic() - began < 2
    assert (receipt.status, receipt.is_taken) == (0, False)
    assert "did not finish" in receipt.reason
    assert "not to be visited" in Door(AGENT).post("http://127.0.0.1/", b"{}", SIGNED).reason
