"""What a site's robots.txt allows, and an article's text out of its page."""

from datetime import date

import pytest

from restrictions.feeds.answers import Answer, AnswerKind
from restrictions.feeds.articles import Article, NoArticle, read_article
from restrictions.feeds.hosts import host_of
from restrictions.feeds.manners import LEAST_PAUSE, Manners, manners_of, name_of, robots_address

AGENT = "Caveat/0.1 (+https://caveat.example)"
ROBOTS = """User-agent: *
Disallow: /private/
Crawl-delay: 7

User-agent: Caveat
Disallow: /archive/
Allow: /archive/open/
Request-rate: 1/20
"""
TODAY = date(2024, 6, 15)
SENTENCE = "The government said on Thursday that it would now allow the use of the weapons that it had given. "
PAGE = f"""<!doctype html><html><head><title>News</title>
<meta property="article:published_time" content="2024-05-30T08:00:00+02:00"></head>
<body><nav>Home About Contact</nav><article><h1>News</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}Ümläut.</p></article>
<footer>We use cookies.</footer></body></html>"""


def read(page: str | bytes, *, charset: str = "", teaser: str = "") -> Article:
    return read_article(page.encode() if isinstance(page, str) else page, charset=charset, teaser=teaser, today=TODAY)


def test_a_site_is_read_as_it_allows_the_agent_by_name() -> None:
    manners = Manners(ROBOTS)
    assert manners.may_read("https://news.example/private/1", AGENT)
    assert not manners.may_read("https://news.example/archive/1", AGENT)
    assert manners.may_read("https://news.example/archive/open/1", AGENT)
    assert not manners.may_read("https://news.example/private/1", "Other/1")
    assert manners.pause(AGENT) == 20
    assert manners.pause("Other/1") == 7
    assert Manners("").pause(AGENT) == LEAST_PAUSE


@pytest.mark.parametrize(
    ("answer", "may"),
    [
        (Answer(AnswerKind.TEXT, "x", b"User-agent: *\nDisallow: /"), False),
        (Answer(AnswerKind.TEXT, "x", b"\xff\x00 no rules at all"), True),
        (Answer(AnswerKind.TURNED_AWAY, "x"), True),
        (Answer(AnswerKind.GONE, "x"), True),
        (Answer(AnswerKind.SERVER_FAULT, "x"), False),
        (Answer(AnswerKind.TIMEOUT, "x"), False),
    ],
)
def test_no_robots_txt_forbids_nothing_and_one_that_cannot_be_read_everything(answer: Answer, may: bool) -> None:
    assert manners_of(answer).may_read("https://news.example/1", AGENT) == may
    assert manners_of(answer).pause(AGENT) >= LEAST_PAUSE


def test_addresses_and_names() -> None:
    assert robots_address("https://news.example:8443/a/b?c") == "https://news.example:8443/robots.txt"
    assert name_of(AGENT) == "Caveat"
    hosts = [
        "https://News.example/a",
        "http://news.example:80/",
        "http://news.example:8080/",
        "nonsense",
        "http://x:y/",
    ]
    assert [host_of(address) for address in hosts] == ["news.example", "news.example", "news.example:8080", "", ""]


def test_an_article_is_its_own_text_and_day() -> None:
    article = read(PAGE)
    assert article.text.startswith("The government said")
    assert article.text.endswith("Ümläut.")
    assert "cookies" not in article.text
    assert str(article.published) == "2024-05-30"
    assert read(PAGE.encode("cp1252"), charset="windows-1252").text == article.text


def test_a_day_to_come_is_not_believed_of_a_page_either() -> None:
    assert read(PAGE.replace("2024-05-30T", "9999-05-30T")).published is None


@pytest.mark.parametrize("page", ["", "<html></html>", "<html><body><p>Please log in.</p></body></html>", b"\0\0\0"])
def test_what_holds_no_article_says_so(page: str | bytes) -> None:
    with pytest.raises(NoArticle, match="Its page"):
        read(page)


def test_less_than_the_teaser_is_no_article() -> None:
    with pytest.raises(NoArticle, match="no more than the feed"):
        read(PAGE, teaser="x" * 2000)
