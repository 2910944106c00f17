"""Where the door to the web may lead: the guard's decision alone. Nothing is resolved or sent."""

import pytest
from ssrfguard import BlockedAddressError, SSRFGuardError, resolve

from restrictions.feeds.answers import AnswerKind
from restrictions.feeds.http import PUBLIC, Door
from tests.loopback import AGENT, answers

NOT_TO_BE_VISITED = [
    "http://127.0.0.1/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0.0.0.0/",
    "http://255.255.255.255/",
    "http://224.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://①②⑦.0.0.1/",
    "http://127.0.0.1./",
    "http://%31%32%37.0.0.1/",
    "http://[fe80::1%25eth0]/",
    "http://user:secret@example.org/",
    "http://example.org:22/",
    "http://example.org:6379/",
    "http://example.org:8080/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "unix:///run/x",
    "//example.org/",
    "example.org",
    "http://exa\tmple.org/",
    "http:///",
]


@pytest.mark.parametrize("address", NOT_TO_BE_VISITED)
def test_the_guard_refuses_by_its_own_decision(address: str) -> None:
    """Nothing is resolved or sent: the policy alone is asked."""
    refused = False
    try:
        target = PUBLIC.policy.check_url(address)
        # 0x7f000001 looks like a name, and resolvers read it as a number.
        resolve(target, policy=PUBLIC.policy, resolver=answers("127.0.0.1"))
    except SSRFGuardError:
        refused = True
    assert refused


@pytest.mark.parametrize("address", ["", "http://", "http://[", "not an address", "http://exa\x00mple.org", "/feed"])
def test_what_is_no_address_is_refused_in_words(address: str) -> None:
    answer = Door(AGENT).fetch(address)
    assert answer.kind == AnswerKind.NOT_PUBLIC
    assert answer.reason


@pytest.mark.parametrize(
    "leads", [["8.8.8.8", "10.0.0.1"], ["127.0.0.1"], ["::ffff:127.0.0.1"], ["fe80::1", "2606:4700::1"]]
)
def test_a_name_that_also_leads_inside_is_refused_whole(leads: list[str]) -> None:
    """What a rebinding name server would do: the addresses are checked as they were answered, once."""
    target = PUBLIC.policy.check_url("https://news.example/feed")
    with pytest.raises(BlockedAddressError):
        resolve(target, policy=PUBLIC.policy, resolver=answers(*leads))


def test_public_addresses_may_be_visited() -> None:
    for address in ("https://example.org/feed", "http://example.org:443/", "http://8.8.8.8/", "https://приклад.укр/"):
        target = PUBLIC.policy.check_url(address)
        assert resolve(target, policy=PUBLIC.policy, resolver=answers("8.8.8.8", "2606:4700::1"))
