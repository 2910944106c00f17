"""Several sentences together, what one remembers of the others, as the rules alone read them (`SILENT`)."""

import pytest

from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Act, Attribution, Condition, Status
from restrictions.extraction import CodedClaim, Document, code
from restrictions.extraction.second import SILENT


def claims_of(language: str, body: str) -> tuple[CodedClaim, ...]:
    return code(Document("a", "", body, language, parse_day("2024-06-05")), SILENT).claims


def test_who_had_opposed_it_until_now_now_allows_it() -> None:
    (claim,) = claims_of(
        "fr",
        "Joe Biden, qui s'y opposait jusqu'ici, a autorisé l'Ukraine à tirer des armes américaines sur la Russie.",
    )
    assert (claim.status, claim.prior, claim.act) == (Status.ALLOWED, Status.BANNED, Act.SETS)


def test_deep_strikes_are_a_limit_and_a_named_system_a_claim() -> None:
    body = (
        "Washington has authorised Ukraine to fire American weapons into Russia near Kharkiv. "
        "The United States still opposes deep strikes in Russia. "
        "The United States still forbids deep strikes in Russia with ATACMS."
    )
    general, atacms = claims_of("en", body)
    assert (general.weapon, general.conditions) == ("any", (Condition.NO_DEEP_STRIKE,))
    assert (atacms.weapon, atacms.status) == ("atacms", Status.BANNED)


def test_the_day_of_the_news_holds_for_what_the_text_adds_later() -> None:
    body = (
        "Washington ended its refusal to supply Ukraine with ATACMS missiles, officials said on Monday.\n\n"
        "The weather was fine in Washington.\n\n"
        "The missiles may be used only inside Ukraine."
    )
    (claim,) = claims_of("en", body)
    assert (claim.status, claim.prior, claim.effective) == (Status.BANNED, Status.WITHHELD, "2024-06-03")


def test_the_same_speaker_keeps_the_day() -> None:
    body = (
        "The German minister said on Monday that talks went well. "
        "“We forbid Ukraine to use German weapons in Russia,” he said."
    )
    (claim,) = claims_of("en", body)
    assert (claim.attribution, claim.effective) == (Attribution.NAMED_OFFICIAL, "2024-06-03")


def test_a_sentence_between_two_of_one_source_is_that_sources() -> None:
    body = (
        "Two British officials said the line was clear. London forbids Ukraine to use British weapons in Russia. "
        "That will hold, officials said."
    )
    (claim,) = claims_of("en", body)
    assert claim.attribution is Attribution.ANONYMOUS_OFFICIAL


def test_words_quoted_within_a_sentence_are_quoted_with_it() -> None:
    body = "Britain said that Ukraine “must not fire British weapons into Russia” on its own."
    (claim,) = claims_of("en", body)
    assert claim.quote == body


def test_a_pointing_noun_means_the_system_named_before() -> None:
    body = "Germany gave Ukraine Marder vehicles. Germany forbids Ukraine to use these weapons in Russia."
    assert [(claim.weapon, claim.status) for claim in claims_of("en", body)] == [("marder", Status.BANNED)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Ukraine may use the weapons."),
        ("en", "Germany can use the weapons in Russia, and Ukraine was told of it."),
        ("en", "Until now London wanted the weapons used only inside Ukraine."),
        ("en", "Washington suspended a programme for the weapons of Ukraine."),
        ("en", "London refuses. The weapons were for Ukraine, and they will be used."),
        ("en", "Berlin spoke of the suspension, and the arms were on the way to Ukraine."),
    ],
)
def test_words_that_come_near_make_no_claim(language: str, body: str) -> None:
    assert claims_of(language, body) == ()


def test_an_operator_does_not_reach_across_a_long_sentence() -> None:
    body = (
        "On Monday Germany allowed the visit to its old harbour to go ahead, with all the boats and many guests there, "
        "and it forbids Ukraine to use German weapons in Russia."
    )
    (claim,) = claims_of("en", body)
    assert (claim.status, claim.effective) == (Status.BANNED, "2024-06-03")
