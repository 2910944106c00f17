"""The page of one position: its sentence, its evidence, and nothing of the texts beside the quotes."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from restrictions.actions.claims import undo_decision
from restrictions.models import Claim, Position
from tests.record.rows import make_curator
from tests.site.desk_rows import LETS, STILL_NOT
from tests.site.reading.memory import forget
from tests.site.reading.rows import UNQUOTED

pytestmark = pytest.mark.usefixtures("small_record")


def page(client: Client, **line: str) -> str:
    number = Position.objects.get(**line).pk
    response = client.get(f"/positions/{number}/")
    assert response.status_code == 200
    return response.content.decode()


def limited(client: Client) -> str:
    return page(client, weapon_id="any", status="conditional")


def test_it_leads_with_a_sentence_of_plain_words(client: Client) -> None:
    (lead,) = re.findall(r"<h1>(.*?)</h1>", limited(client))
    assert lead == (
        "The United States allows use in Russia within limits: around Kharkiv only, as counter-fire, no deep strikes;"
        " since May 2024 (day unknown)."
    )


def test_an_imprecise_day_has_its_code_and_its_bounds(client: Client) -> None:
    said = limited(client)
    assert "<code>2024-05</code>" in said
    assert "between 1 May 2024 and 31 May 2024; counts use the later day" in said


def test_the_quote_stands_with_its_language_and_the_rest_of_the_text_does_not(client: Client) -> None:
    said = limited(client)
    assert f'<blockquote lang="en"><p>{LETS}</p></blockquote>' in said
    assert UNQUOTED not in said
    assert STILL_NOT not in said


def test_no_page_or_export_lets_out_more_than_the_quotes(client: Client) -> None:
    addresses = ["/", "/timeline/", "/timeline.csv", "/timeline.json"]
    addresses += [f"/positions/{number}/" for number in Position.objects.values_list("pk", flat=True)]
    for address in addresses:
        response = client.get(address)
        body = b"".join(response).decode()
        assert UNQUOTED not in body, address


def test_a_synthetic_dispatch_is_called_so_loudly(client: Client) -> None:
    said = limited(client)
    assert "Synthetic dispatch." in said
    assert "no publisher said this" in said


def test_what_rests_on_a_synthetic_dispatch_says_so_in_the_table_and_in_the_chart(client: Client) -> None:
    said = client.get("/timeline/").content.decode()
    (_, figure, table) = re.split(r'id="timeline-figure">|</script>', said.split("<body>")[1], maxsplit=2)
    assert "1 claim, 1 source, 1 claim is synthetic" in table
    assert "1 claim, 1 source, 1 claim is synthetic" in figure


def test_the_table_says_on_whose_word_a_rule_rests(client: Client) -> None:
    assert '<span class="word">On the word of: unnamed official</span>' in client.get("/timeline/").content.decode()


def test_a_claim_without_a_quote_says_so_and_shows_our_summary(client: Client) -> None:
    said = page(client, weapon_id="any", status="banned")
    assert "Officials kept it off Russian soil." in said
    assert "Our summary: no quote is held." in said
    assert "weak source" in said
    assert "seen as a stored copy" in said
    assert 'href="https://paper.example/ban"' in said


def test_each_limit_names_who_states_it(client: Client) -> None:
    said = limited(client)
    assert "<strong>around Kharkiv only</strong>" in said
    assert re.search(
        r"no deep strikes</strong>, since 31 May 2024\s*<span class=\"stated\"><a href=\"#claim-1\">", said
    )


def test_what_no_official_confirmed_is_called_provisional(client: Client) -> None:
    assert "Provisional: no official on record and no document has confirmed it." in limited(client)


def test_an_open_start_is_not_dressed_up_as_a_day(client: Client) -> None:
    assert "not known; first known to hold" in page(client, weapon_id="atacms", track="use")


def test_it_says_which_rules_made_it_and_what_the_record_said_when(client: Client) -> None:
    said = limited(client)
    assert "Rules of the codebook that made it:" in said
    assert "recorded " in said


def test_it_links_to_its_own_timeline(client: Client) -> None:
    said = limited(client)
    assert "/timeline/?territory=RU&amp;supplier=US&amp;weapon=any" in said


def test_the_timeline_draws_the_month_as_a_month(client: Client) -> None:
    said = client.get("/timeline/").content.decode()
    assert "hatched: the day of the turn is not known" in said
    assert "between" not in re.findall(r"<h1.*?</h1>", said)[0]
    assert "May 2024 (day unknown)" in said


def test_a_number_that_never_was_is_a_page_not_found(client: Client) -> None:
    for number in ("999999", "9" * 30):
        assert client.get(f"/positions/{number}/").status_code == 404


def test_a_closed_position_leads_on_to_what_holds_now(client: Client) -> None:
    number = Position.objects.get(weapon_id="any", status="conditional").pk
    lets = Claim.objects.get(status="conditional")
    undo_decision(claim=lets.pk, by=make_curator(), reason="It was a misreading.")
    response = client.get(f"/positions/{number}/")
    assert response.status_code == 200
    said = response.content.decode()
    assert "stands no longer" in said
    (place,) = re.findall(r'In its place: <a href="(.*?)">The United States does not allow use in Russia', said)
    assert client.get(place).status_code == 200
    assert f'href="/positions/{number}/report/"' in said
    assert "Limits" in said
    assert "/timeline/?territory=RU&amp;supplier=US&amp;weapon=any" in said


def test_its_story_says_what_was_before_and_the_wider_rule(client: Client) -> None:
    (told,) = re.findall(r'<div class="story">(.*?)</div>', limited(client))
    assert "<p>Before it: “not allowed” (from 10 January 2024 until May 2024 (day unknown)).</p>" in told
    narrow = page(client, weapon_id="atacms", track="use")
    assert "The rule for “All weapons” beside it: “limits” (since May 2024 (day unknown))." in narrow


def test_its_line_stands_as_a_chart_and_as_a_table(client: Client) -> None:
    said = limited(client)
    assert 'id="timeline-figure"' in said
    assert said.count('<tr role="row"') - 1 == 2
    assert "Before it</span>" in said


def test_a_page_asks_the_database_a_constant_number_of_times(client: Client) -> None:
    counts = set()
    for number in Position.objects.filter(track="use").values_list("pk", flat=True):
        forget()
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/positions/{number}/")
        counts.add(len(seen))
    assert counts == {9}


def test_it_takes_no_parameters(client: Client) -> None:
    number = Position.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert client.get(f"/positions/{number}/?x=1").status_code == 400


def test_a_dispatch_known_to_the_month_turns_the_timeline_in_that_month(client: Client) -> None:
    found = client.get("/timeline.json").json()["rows"]
    assert [(row["weapon"], row["answered_by"], row["status"], row["starts"], row["ends"]) for row in found] == [
        ("any", "own", "banned", "2024-01-10", "2024-05"),
        ("any", "own", "conditional", "2024-05", None),
        ("atacms", "any", "banned", "2024-01-10", "2024-05"),
        ("atacms", "own", "banned", "2024-05", None),
    ]
    assert [row["open_start"] for row in found] == [False, False, False, True]
    assert found[1]["limits_in_words"] == "around Kharkiv only, as counter-fire, no deep strikes"
