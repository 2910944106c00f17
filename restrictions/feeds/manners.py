"""What a site asks of those who read it by program: its robots.txt. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego

from restrictions.feeds.answers import Answer, AnswerKind

LEAST_PAUSE = 1.0
"""Seconds between two requests to one host, where it asks for none."""
LONGEST_PAUSE = 3_600.0
"""A site that asks for more than an hour between two visits does not want to be read by program."""


@dataclass(frozen=True, slots=True)
class Manners:
    """What a site allows. ``robots`` is its robots.txt; none where it could not be read, and then nothing is asked."""

    robots: str | None

    def may_read(self, address: str, agent: str) -> bool:
        """Whether the site lets this agent read the address."""
        return self.robots is not None and _rules(self.robots).can_fetch(address, name_of(agent))

    def pause(self, agent: str) -> float:
        """Seconds that it asks for between two requests, at least one."""
        rules, name = _rules(self.robots or ""), name_of(agent)
        rate = rules.request_rate(name)
        each = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(LEAST_PAUSE, rules.crawl_delay(name) or 0.0, each)


def manners_of(answer: Answer) -> Manners:
    """What the answer to a request for robots.txt means: none there, nothing forbidden; unreadable, nothing asked."""
    if answer.kind is AnswerKind.TEXT:
        return Manners(answer.body.decode("utf-8", "replace").replace("\0", ""))
    return Manners("" if answer.kind in (AnswerKind.TURNED_AWAY, AnswerKind.GONE) else None)


def robots_address(address: str) -> str:
    """Where the site of this address keeps its robots.txt."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def name_of(agent: str) -> str:
    """The name by which a robots.txt calls an agent: ``Caveat`` of ``Caveat/0.1 (+https://…)``."""
    return agent.partition("/")[0].strip()


@lru_cache(maxsize=64)
def _rules(robots: str) -> Protego:
    return Protego.parse(robots)
