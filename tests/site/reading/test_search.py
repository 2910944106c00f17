"""Search on the whole starter record: names in four languages, slips, words of quotes, titles, what is not there."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from restrictions.models import Claim, Position
from restrictions.queries.naming import REGION, STATE, WEAPON, names_in
from restrictions.queries.search import snippet
from tests.site.reading.rows import make_small_record

pytestmark = pytest.mark.django_db


def found(client: Client, text: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/search.json", {"q": text}).json()
    return answer


class TestSmallRecord:
    """A dispatch that is held: its title and its quote."""

    @pytest.fixture(autouse=True)
    def record(self) -> None:
        make_small_record()

    def test_a_title_is_found_by_words_near_its_own(self, client: Client) -> None:
        title = Claim.objects.exclude(dispatch_version=None)[0].dispatch_version
        assert title is not None
        word = max(title.title.split(), key=len)
        slip = word[:-1] + ("x" if word[-1] != "x" else "y")
        assert [hit["text"] for hit in found(client, slip)["dispatches"]] == [title.title]

    def test_an_irrelevant_dispatch_is_not_shown(self, client: Client) -> None:
        version = Claim.objects.exclude(dispatch_version=None)[0].dispatch_version
        assert version is not None
        version.dispatch.state = "irrelevant"
        version.dispatch.save(update_fields=["state"])
        assert found(client, version.title)["dispatches"] == []


@pytest.mark.usefixtures("starter_record")
class TestStarterRecord:
    def test_a_name_in_any_language_finds_the_same(self, client: Client) -> None:
        one = found(client, "ATACMS Kursk")
        assert one["positions"]
        assert {hit["weapon"] for hit in one["positions"]} == {"atacms"}
        for other in ("ATACMS Koursk", "atacms курщина"):
            assert found(client, other)["positions"] == one["positions"]

    @pytest.mark.parametrize(
        "words", ["Marschflugkörper", "крилаті ракети", "missiles de croisière", "cruise missiles"]
    )
    def test_a_name_of_the_lists_is_understood_in_each_language(self, words: str) -> None:
        assert names_in(words).of(WEAPON) == ("cruise_missile",)

    def test_a_region_that_no_dispatch_has_named_is_one_too(self) -> None:
        said = [names_in(words).of(REGION) for words in ("Poltawa", "полтава", "Poltava, Taurus", "tschernihiw")]
        assert said == [("UA-53",), ("UA-53",), ("UA-53",), ("UA-74",)]
        assert names_in("snake island").of(STATE) != ("IS",)

    def test_a_slip_finds_what_was_meant(self, client: Client) -> None:
        assert found(client, "himmars")["positions"] == found(client, "himars")["positions"] != []
        assert "was read as" in client.get("/search/", {"q": "himmars"}).content.decode()

    def test_a_word_of_a_claim_finds_it_and_is_marked(self, client: Client) -> None:
        said = client.get("/search/", {"q": "counter-fire"}).content.decode()
        assert "<mark>counter-fire</mark>" in said

    def test_accents_and_capitals_do_not_matter(self, client: Client) -> None:
        assert found(client, "ETATS-UNIS taurus")["claims"] == found(client, "États-Unis Taurus")["claims"]

    def test_a_retracted_claim_is_not_found(self, client: Client) -> None:
        claim = Claim.objects.filter(retracted=True).exclude(summary="").first()
        assert claim is not None
        assert claim.summary not in [hit["text"] for hit in found(client, claim.summary)["claims"]]

    def test_what_is_not_there_says_so(self, client: Client) -> None:
        said = client.get("/search/", {"q": "zeppelin xylophone"}).content.decode()
        assert "Nothing found for “zeppelin xylophone”." in said

    def test_names_that_fit_nothing_together_are_offered_each_by_itself(self, client: Client) -> None:
        said = client.get("/search/?q=taurus+washington+leopard").content.decode()
        assert "Nothing found for" in said
        offered = re.findall(r'href="(/search/\?q=[^"]+)"', said.split("<main")[1])
        assert len(offered) > 1
        assert all("Nothing found" not in client.get(address).content.decode() for address in offered)
        assert "Each by itself" not in client.get("/search/?q=washington").content.decode()

    def test_nothing_asked_says_what_is_searched(self, client: Client) -> None:
        assert "Search positions, quotes and titles" in client.get("/search/").content.decode()

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; drop table x; --", "%", "\\", "((", "🚀" * 100])
    def test_any_words_are_words(self, client: Client, text: str) -> None:
        response = client.get("/search/", {"q": text})
        assert response.status_code == 200
        assert text not in response.content.decode().replace(escape(text), "") or not text.strip("%\\(")

    @pytest.mark.parametrize("text", ["a" * 201, "a\0b"])
    def test_words_that_are_none_are_refused(self, client: Client, text: str) -> None:
        response = client.get("/search.json", {"q": text})
        assert response.status_code == 400
        assert json.loads(response.content)["error"]["parameter"] == "q"

    def test_queries_do_not_grow_with_what_is_found(self, client: Client) -> None:
        with CaptureQueriesContext(connection) as few:
            client.get("/search/", {"q": "glsdb"})
        with CaptureQueriesContext(connection) as many:
            client.get("/search/", {"q": "United States"})
        assert len(many) <= len(few) + 2 <= 16

    def test_a_french_reader_finds_it_in_french(self, client: Client) -> None:
        said = client.get("/fr/search/", {"q": "taurus"}).content.decode()
        assert "Allemagne" in said
        assert Position.objects.filter(weapon_id="taurus").exists()


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("No fire on Köln, none.", ["koln"], ("No fire on ", "Köln", ", none.")),
        ("No word of it.", ["koln"], ("No word of it.",)),
        ("One and one", ["one", "one"], ("", "One", " and one")),
        ("", ["one"], ("",)),
    ],
)
def test_a_snippet_marks_the_words_as_they_are_written(text: str, words: list[str], pieces: tuple[str, ...]) -> None:
    assert snippet(text, words).pieces == pieces


def test_a_long_text_is_cut_around_the_word() -> None:
    cut = snippet(f"{'a ' * 300}word{' b' * 300}", ["word"]).pieces
    assert cut[0].startswith("…")
    assert cut[1] == "word"
    assert cut[-1].endswith("…")
    assert len("".join(cut)) < 500
