"""What a search names: in four languages, by any usual spelling, in any case, with small slips."""

import pytest

from restrictions.queries.naming import REGION, STATE, WEAPON, names_in


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("koursk", REGION, "RU-KRS"),
        ("Kursk", REGION, "RU-KRS"),
        ("Курщина", REGION, "RU-KRS"),
        ("charkiw", REGION, "UA-63"),
        ("на Харківщині", REGION, "UA-63"),
        ("états-unis", STATE, "US"),
        ("etats-unis", STATE, "US"),
        ("Whitehall", STATE, "GB"),
        ("німеччина", STATE, "DE"),
        ("Deutschland", STATE, "DE"),
        ("storm shadow", WEAPON, "storm_shadow"),
        ("ATACMS", WEAPON, "atacms"),
        ("haubitze", WEAPON, "artillery"),
    ],
)
def test_every_usual_spelling_is_one_code(text: str, kind: str, code: str) -> None:
    assert code in names_in(text).of(kind)


@pytest.mark.parametrize(("text", "code", "name"), [("himmars", "himars", "himars"), ("germeny", "DE", "germany")])
def test_a_slip_is_read_as_the_name_near_it_and_said_so(text: str, code: str, name: str) -> None:
    named = names_in(text)
    assert code in {*named.of(STATE), *named.of(WEAPON)}
    assert named.guessed == ((text, name),)


def test_what_names_nothing_is_left_as_words() -> None:
    named = names_in("counter-fire ATACMS policy")
    assert named.of(WEAPON) == ("atacms",)
    assert named.words == ("counter-fire", "policy")


def test_a_short_word_is_never_guessed() -> None:
    assert names_in("fire").words == ("fire",)


@pytest.mark.parametrize("text", ["", "   ", "«»", "?"])
def test_nothing_names_nothing(text: str) -> None:
    assert not names_in(text).codes
    assert not any(names_in(text).words)
