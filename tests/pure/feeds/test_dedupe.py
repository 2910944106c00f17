"""Fingerprints: what is the same to them, what is not, and that they mean the same tomorrow as today."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restrictions.feeds.dedupe import Fingerprint, fingerprint, is_copy, packed, unpacked
from restrictions.feeds.facts import facts, words

STORY = (
    "Norland will let Ukraine fire the shells that it has supplied at targets inside Russia, Minister Ingrid Solheim"
    " told parliament on Thursday. The decision covers 40,000 rounds delivered since January and applies only to"
    " positions from which Russian forces attack the Kharkiv region. Until now Norland had asked Kyiv to stay within"
    " its own borders."
)


def of(body: str, title: str = "") -> Fingerprint:
    return fingerprint(title, body)


def meets(one: Fingerprint, other: Fingerprint) -> bool:
    return bool(set(one.bands) & set(other.bands)) and is_copy(one, other) and is_copy(other, one)


@pytest.mark.parametrize(
    "copy",
    [
        STORY.upper(),
        STORY.replace(" ", "\n"),
        STORY.replace("40,000", "40 000"),
        f"KYIV, May 30 (Wire One) - {STORY}",
        f"PARIS — {STORY}",
        f"By Ann Example\n{STORY}",
        f"By Ann Example, in Kyiv\nKYIV (Wire One) — {STORY}",
        STORY.replace("shells that it has supplied", "shells it has given"),
        STORY.replace("will let Ukraine", "will not let Ukraine"),
        STORY.replace("Minister Ingrid", "Defence Minister Ingrid"),
    ],
)
def test_a_copy_is_known_by_its_text(copy: str) -> None:
    assert meets(of(STORY), of(copy, "Another headline"))


@pytest.mark.parametrize(
    "other",
    [
        STORY.replace("Norland", "Suderia"),
        STORY.replace("40,000", "60,000"),
        STORY.replace("Thursday", "Friday"),
        STORY.replace("shells", "drones"),
        STORY.replace("Ingrid Solheim", "Marta Vilk"),
        "Five houses burned down in the old town of Lindvik on Thursday night, the fire brigade said. " + STORY,
        "Ann Example, Ben Example, Cleo Example and Dora Example of Norland's weekly Glas write: " + STORY,
        STORY[:40],
        "",
    ],
)
def test_another_story_stays_apart(other: str) -> None:
    assert not meets(of(STORY), of(other))


def test_short_texts_are_the_same_only_word_for_word() -> None:
    short = of("Norland allows it.")
    assert meets(short, of("norland ALLOWS it"))
    assert not meets(short, of("Norland allows them."))
    assert len(short.bands) == 1
    assert not short.signature
    assert not is_copy(short, of(STORY))


def test_a_dispatch_without_a_body_is_known_by_its_title() -> None:
    assert meets(of("", STORY), of(STORY, "A headline"))
    assert of("", "").bands == ()


def test_a_text_that_opens_with_small_words_alone_is_known_by_the_rest() -> None:
    letters = " ".join("a b" for _ in range(40))
    assert meets(of(f"{letters} {STORY}"), of(f"{letters} {STORY} More follows."))


def test_a_stored_fingerprint_is_the_same_without_its_bands() -> None:
    assert unpacked(packed(of(STORY))) == replace(of(STORY), bands=())
    assert unpacked(packed(of(""))) == of("")


def test_a_fingerprint_of_another_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="scheme 9"):
        unpacked(bytes([9]) + packed(of(STORY))[1:])


def test_fingerprints_mean_the_same_as_those_stored_before() -> None:
    """Where this fails the library or our words have changed: raise SCHEME, and fingerprint what is stored anew."""
    print_ = of(STORY)
    assert (print_.exact, print_.words, print_.shingles) == (14493131944771319138, 55, 39)
    assert print_.signature[:3] == (2567347938, 723125676, 3241942682)
    assert print_.bands[:2] == (661020480, 1432747674)


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_has_a_fingerprint_and_is_its_own_copy(body: str, title: str) -> None:
    one = fingerprint(title, body)
    assert is_copy(one, unpacked(packed(one)))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It costs 1,000 euros.", "It costs 1 000 euros."),
        ("They sent five of them.", "They sent 5 of them."),
        ("Rockets of 155mm calibre.", "Rockets of 155 mm calibre."),
        ("Talks in Germany.", "Talks in German."),
        ("He met l'Ukraine.", "He met Ukraine's."),
        ("On Monday he spoke.", "Lundi he spoke."),
        ("The missile.", "Des missiles."),
        ("However, he spoke. Meanwhile he left.", "He spoke."),
        ("A reach of 2.5 miles.", "A reach of 2,5 miles."),
    ],
)
def test_one_fact_in_two_spellings(text: str, named: str) -> None:
    assert facts(words(text)) == facts(words(named))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It costs 1,000 euros.", "It costs 1,001 euros."),
        ("It flies 2.5 miles.", "It flies 25 miles."),
        ("They sent five.", "They sent six."),
        ("Talks in Poland.", "Talks in Norway."),
        ("Poland spoke.", "Norway spoke."),
        ("An F-16 landed.", "An F-35 landed."),
        ("On Monday he spoke.", "On Tuesday he spoke."),
        ("The tanks.", "The howitzers."),
    ],
)
def test_two_facts(text: str, named: str) -> None:
    assert facts(words(text)) != facts(words(named))
