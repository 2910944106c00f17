"""From teasers to articles: each host is visited by itself, at its own pace, as its robots.txt allows."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils import timezone

from restrictions.actions.dispatches import Received
from restrictions.actions.feed_items import follow_article, give_up_article, keep_article, refuse_item
from restrictions.actions.polls import LeasedHost, lease_hosts, release_host
from restrictions.feeds.answers import Answer, AnswerKind
from restrictions.feeds.articles import Article, NoArticle, read_article
from restrictions.feeds.http import Door
from restrictions.feeds.manners import LONGEST_PAUSE, Manners, manners_of, robots_address
from restrictions.models import FeedItem
from restrictions.pipelines.going_out import Hold, fetch_held
from restrictions.pipelines.going_out import door as public_door
from restrictions.pipelines.holding import side_by_side
from restrictions.pipelines.waking import wake_coder

log = logging.getLogger(__name__)

AT_ONCE = 8
SECONDS = 40.0
"""How long one visit lasts at most; what is left waits for the next minute's."""
ROBOTS_KEPT = timedelta(days=1)
HOSTS_ON_THE_WAY = 5
"""Times that an article may be at yet another host."""

# Asking again may help; after any other answer the teaser is kept at once.
_PASSING = (AnswerKind.TIMEOUT, AnswerKind.UNREACHABLE, AnswerKind.BUSY, AnswerKind.SERVER_FAULT, AnswerKind.BROKEN)

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking for one article: it, where it is, or why there is none and whether that is final."""

    item: FeedItem
    article: Article | None = None
    elsewhere: str = ""
    reason: str = ""
    final: bool = True


@dataclass(slots=True)
class Visit:
    """What a visit to one host brought.

    ``is_new``: its robots.txt was read in this visit, and is to be remembered. Not ``is_received``: its robots.txt is
    at another host that was not to be had, so that its articles wait.
    """

    manners: Manners
    is_new: bool
    is_received: bool = True
    pause: float = 0.0
    outcomes: list[Outcome] = field(default_factory=list)


def fetch_waiting(door: Door | None = None, *, seconds: float = SECONDS, sleep: Sleep = time.sleep) -> int:
    """Fetch the articles that are waited for; gives how many dispatches came of it. Safe to run twice at once."""
    door = door or public_door()
    leased = lease_hosts(now=timezone.now(), most=AT_ONCE)
    if not leased:
        return 0
    today, end = timezone.now().date(), time.monotonic() + seconds
    visits = side_by_side(leased, lambda one, hold: _visit(one, _Way(door, hold, end, sleep), today))
    kept = sum(_settle(one, visit) for one, visit in visits)
    if kept:
        wake_coder()
    return kept


@dataclass(frozen=True, slots=True)
class _Way:
    """How a visit goes: by which door, who holds other hosts for it, until when, and how it waits."""

    door: Door
    hold: Hold
    end: float
    sleep: Sleep


def _visit(leased: LeasedHost, way: _Way, today: date) -> Visit:
    """The articles of one host, one after the other."""
    visit, agent = _greet(leased, way), way.door.agent
    visit.pause = visit.manners.pause(agent)
    for item in leased.items if visit.is_received else ():
        refusal = _refusal(visit, item, agent)
        if refusal:
            visit.outcomes.append(refusal)
            continue
        if time.monotonic() + visit.pause > way.end:
            break
        if visit.is_new or visit.outcomes:
            way.sleep(visit.pause)
        visit.outcomes.append(_read(item, way.door.fetch(item.address, stay=True), today))
    return visit


def _greet(leased: LeasedHost, way: _Way) -> Visit:
    """The host's robots.txt, read at most once a day."""
    host = leased.host
    if host.robots is not None and host.robots_at and timezone.now() - host.robots_at < ROBOTS_KEPT:
        return Visit(Manners(host.robots), is_new=False)
    answer = fetch_held(way.door, robots_address(leased.items[0].address), way.hold)
    if answer.kind is AnswerKind.ELSEWHERE:
        return Visit(Manners(None), is_new=False, is_received=False)
    return Visit(manners_of(answer), is_new=True)


def _refusal(visit: Visit, item: FeedItem, agent: str) -> Outcome | None:
    if visit.manners.robots is None:
        return Outcome(
            item, reason="The site's robots.txt cannot be read, so its article was not asked for.", final=False
        )
    if not visit.manners.may_read(item.address, agent):
        return Outcome(item, reason="The site's robots.txt forbids reading its article.")
    if visit.pause > LONGEST_PAUSE:
        return Outcome(item, reason="The site asks for more than an hour between two requests.")
    return None


def _read(item: FeedItem, answer: Answer, today: date) -> Outcome:
    if answer.kind is AnswerKind.ELSEWHERE:
        return Outcome(item, elsewhere=answer.address, reason=answer.reason)
    if answer.kind is not AnswerKind.TEXT:
        return Outcome(item, reason=f"Its article was not read. {answer.reason}", final=answer.kind not in _PASSING)
    try:
        return Outcome(item, read_article(answer.body, charset=answer.charset, teaser=item.body, today=today))
    except NoArticle as refused:
        return Outcome(item, reason=str(refused))


def _settle(leased: LeasedHost, visit: Visit) -> int:
    kept = sum(_keep(outcome) for outcome in visit.outcomes)
    now = timezone.now()
    release_host(
        host=leased.host.name,
        token=leased.token,
        free_at=now + timedelta(seconds=min(visit.pause, LONGEST_PAUSE)),
        robots=(visit.manners.robots, now) if visit.is_new else None,
    )
    return kept


def _keep(outcome: Outcome) -> bool:
    """Store what came of one item; whatever goes wrong with it stops no other."""
    item, now = outcome.item, timezone.now()
    teaser = _teaser(item)
    try:
        if outcome.elsewhere and item.attempts < HOSTS_ON_THE_WAY:
            follow_article(item=item.pk, address=outcome.elsewhere, now=now)
            return False
        if outcome.article is None:
            return give_up_article(item=item.pk, received=teaser, reason=outcome.reason, final=outcome.final, now=now)
        found = replace(teaser, body=outcome.article.text, published=teaser.published or outcome.article.published)
        keep_article(item=item.pk, received=found)
    except Exception as error:
        log.exception("the article of feed item %s could not be stored", item.pk)
        refuse_item(item=item.pk, reason=f"It could not be stored: {type(error).__name__}: {error}")
        return False
    return True


def _teaser(item: FeedItem) -> Received:
    return Received(
        title=item.title,
        body=item.body,
        publisher=item.publisher,
        address=item.address,
        language=item.feed.language,
        published=item.published,
    )
