"""The scores of the codebook, on records small enough to count by hand."""

from typing import Any

import pytest

from restrictions.extraction.scoring import Change, Figures, Pair, by_language, changes, match, score, table

BODY = "Paris allows it. Berlin does not allow it. Paris allows it."


def record(*claims: dict[str, Any], lang: str = "en") -> dict[str, Any]:
    return {"id": "a", "lang": lang, "title": "Title", "body": BODY, "claims": list(claims)}


def claim(**changed: Any) -> dict[str, Any]:
    base = {"supplier": "FR", "weapon": "any", "status": "allowed", "act": "sets", "attribution": "media"}
    rest = {"effective": "2024-06-05", "territory": "RU", "areas": [], "conditions": [], "quote": "Paris allows it."}
    return base | rest | changed


def test_a_claim_coded_as_in_the_gold_scores_one_in_all() -> None:
    figures = score([Pair(record(claim()), [claim()])])
    assert [figures[name] for name in ("precision", "recall", "f1", "act", "areas", "quote", "full_claim")] == [1.0] * 7
    assert (figures["matched"], figures["false_alarms"]) == (1, None)


def test_each_gold_claim_is_matched_once() -> None:
    found = match(Pair(record(claim()), [claim(), claim(act="denies")]))
    assert (len(found.matched), found.missed, [extra["act"] for extra in found.extra]) == (1, [], ["denies"])


def test_another_status_is_missed_and_too_many() -> None:
    figures = score([Pair(record(claim()), [claim(status="banned")])])
    assert (figures["f1"], figures["act"], figures["full_claim"]) == (0.0, None, 0.0)


def test_sets_are_compared_by_what_they_share() -> None:
    figures = score([Pair(record(claim(areas=["UA-63", "RU-KRS"])), [claim(areas=["UA-63"])])])
    assert (figures["areas"], figures["conditions"], figures["full_claim"]) == (0.5, 1.0, 0.0)


@pytest.mark.parametrize(
    ("quote", "share", "invalid"),
    [("allows it.", 1.0, 0), ("Title", 0.0, 0), ("not there", 0.0, 1), ("", 0.0, 1), (None, 0.0, 1)],
)
def test_quotes_count_where_they_share_half_of_the_shorter(quote: str | None, share: float, invalid: int) -> None:
    figures = score([Pair(record(claim()), [claim(quote=quote)])])
    assert (figures["quote"], figures["invalid_quotes"]) == (share, invalid)


def test_claims_in_a_dispatch_without_any_are_false_alarms() -> None:
    figures = score([Pair(record(), [claim()]), Pair(record(), [])])
    assert (figures["false_alarms"], figures["false_alarm_claims"], figures["precision"]) == (50.0, 1, 0.0)


def test_fields_that_a_coder_left_out_score_nothing() -> None:
    bare = {"supplier": "FR", "weapon": "any", "status": "allowed"}
    figures = score([Pair(record(claim(conditions=["temporary"])), [bare])])
    assert (figures["act"], figures["conditions"], figures["areas"]) == (0.0, 0.0, 1.0)


def test_languages_stand_apart_the_largest_first() -> None:
    pairs = [Pair(record(claim()), []), Pair(record(lang="fr"), []), Pair(record(claim(), lang="fr"), [claim()])]
    scored = by_language(pairs)
    assert list(scored) == ["overall", "fr", "en"]
    assert (scored["fr"]["f1"], scored["en"]["f1"], scored["overall"]["recall"]) == (1.0, 0.0, 0.5)
    lines = table(scored).splitlines()
    assert lines[0].split() == ["overall", "fr", "en"]
    assert lines[3].split() == ["claim", "F1", "0.667", "1.000", "0.000"]
    assert lines[12].split()[-3:] == ["0.0", "0.0", "-"]
    assert lines[13].split() == ["dispatches", "3", "2", "1"]


def test_gains_and_losses_are_told_to_the_third_digit() -> None:
    kept: dict[str, Figures] = {
        "en": {"f1": 0.9, "act": 0.80001, "false_alarms": 2.0, "quote": None},
        "de": {"f1": 0.5},
    }
    now: dict[str, Figures] = {"en": {"f1": 0.95, "act": 0.8, "false_alarms": 3.0, "quote": 1.0}}
    found = changes(kept, now)
    assert [(change.language, change.name, change.is_loss) for change in found] == [
        ("en", "f1", False),
        ("en", "quote", False),
        ("en", "false_alarms", True),
        ("de", "f1", True),
    ]
    assert str(found[0]).split() == ["gain", "en", "claim", "F1", "0.900", "->", "0.950"]
    assert str(Change("en", "f1", 0.9, 0.8)).startswith("loss")
