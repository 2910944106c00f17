"""The text of an article out of its page, where a feed's item gives only its beginning. Pure."""

from dataclasses import dataclass
from datetime import date

from restrictions.domain.days import Day
from restrictions.domain.unreadable import Unreadable
from restrictions.feeds.dates import believable, stated_day
from restrictions.feeds.encodings import decode_feed
from restrictions.feeds.pages import read_page
from restrictions.feeds.plain import tidy

SHORTEST = 200
"""Letters under which what was found is no article, but a notice about cookies or a login."""


class NoArticle(Exception):
    """No article can be taken from the page; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article's text, and the day on which its page says that it was published."""

    text: str
    published: Day | None


def read_article(raw: bytes, *, charset: str, teaser: str, today: date) -> Article:
    """The article of a page, without menus, notices and comments. Raises NoArticle.

    What holds less than ``teaser``, which is held already, is no article.
    """
    try:
        page = read_page(decode_feed(raw, charset).encode("utf-8", "replace"))
    except Unreadable as refused:
        raise NoArticle(f"Its page cannot be read: {refused}") from refused
    text = tidy(page.text)
    if len(text) < max(SHORTEST, len(teaser)):
        raise NoArticle("Its page holds no more than the feed itself.")
    return Article(text, believable(stated_day(page.published), today=today)[0])
