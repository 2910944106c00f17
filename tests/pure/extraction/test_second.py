"""The second reader: weights are data, every opinion names what moved it, and the rules hear it where it is sure."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Condition, Status
from restrictions.extraction import CodedClaim, Document, code
from restrictions.extraction.features import Feature
from restrictions.extraction.second import SILENT, SecondReader
from restrictions.extraction.weights import CLASSES, FOLDER, BadWeights, Row, weights, weights_of
from scripts import learn_coder

_NONE, _ALLOWED, _CONDITIONAL, _BANNED, _WITHHELD, _UNDISCLOSED = range(len(CLASSES))
_HEADER = "\t".join(["feature", *CLASSES])
_BIAS = "=bias\t100\t0\t0\t0\t0\t0"


def reader(**speaks: int) -> SecondReader:
    """A reader who is silent but for these words, each of which speaks for one class."""
    table: dict[Feature, Row] = {
        word: tuple(9.0 if at == index else 0.0 for at in range(len(CLASSES))) for word, index in speaks.items()
    }
    return SecondReader(weights((3.0, 0.0, 0.0, 0.0, 0.0, 0.0), table))


def claims_of(body: str, second: SecondReader) -> tuple[CodedClaim, ...]:
    return code(Document("a", "", body, "en", parse_day("2024-06-05")), second).claims


@pytest.mark.parametrize(
    ("index", "body", "status", "condition"),
    [
        (_ALLOWED, "Estonia hums along when its howitzers reach Russia from Ukraine.", Status.ALLOWED, None),
        (_CONDITIONAL, "Estonia hums along when its howitzers reach Russia.", Status.CONDITIONAL, None),
        (_BANNED, "Estonia hums that its howitzers serve Ukraine.", Status.BANNED, None),
        (
            _WITHHELD,
            "Estonia hums of a suspension, and Ukraine sees no howitzers.",
            Status.WITHHELD,
            Condition.TEMPORARY,
        ),
        (_WITHHELD, "Estonia hums about howitzers, says Ukraine.", Status.WITHHELD, None),
        (_UNDISCLOSED, "Estonia hums about howitzers in Ukraine.", Status.UNDISCLOSED, None),
    ],
)
def test_where_the_rules_are_silent_a_sure_opinion_is_a_finding(
    index: int, body: str, status: Status, condition: Condition | None
) -> None:
    assert claims_of(body, SILENT) == ()
    (claim,) = claims_of(body, reader(hums=index))
    assert (claim.supplier, claim.weapon, claim.status) == ("EE", "artillery", status)
    assert f"learned.{status}" in claim.rule_ids
    assert claim.conditions == ((condition,) if condition else ())
    assert 0.5 <= claim.confidence <= 1


def test_a_learned_claim_shows_the_words_that_weighed_most() -> None:
    body = "Estonia hums along when its howitzers reach Russia."
    (claim,) = claims_of(body, reader(hums=_ALLOWED))
    learned = [body[span.start : span.end] for span in claim.spans if span.rule_id == "learned.allowed"]
    assert learned == ["hums"]


def test_what_the_rules_found_falls_where_surely_nothing_is_said() -> None:
    body = "Estonia allows Ukraine to fire its howitzers into Russia, in a poem."
    assert [claim.status for claim in claims_of(body, SILENT)] == [Status.ALLOWED]
    assert claims_of(body, reader(poem=_NONE)) == ()


def test_what_the_rules_found_is_not_said_again_in_other_words() -> None:
    body = "Estonia allows Ukraine to fire its howitzers into Russia. Estonia hums along with Ukraine's gunners."
    (claim,) = claims_of(body, reader(hums=_ALLOWED, allows=_ALLOWED))
    assert not any(rule.startswith("learned") for rule in claim.rule_ids)


@pytest.mark.parametrize(
    "body",
    [
        "Does Estonia hum along when its howitzers reach Russia? Estonia hums: may Ukraine fire?",
        "The Russian president, Vladimir Putin, hums about Estonia's howitzers in Ukraine, he said.",
        "Ukraine waits.\n\nEstonia hums along.",
    ],
)
def test_questions_the_enemys_words_and_idle_sentences_are_not_heard(body: str) -> None:
    assert claims_of(body, reader(hums=_ALLOWED)) == ()


def test_a_text_that_names_no_recipient_asks_for_more_certainty() -> None:
    told = "Estonia {} that its howitzers know no border."
    assert claims_of(told.format("hums"), SILENT) == ()
    (claim,) = claims_of(told.format("hums"), reader(hums=_ALLOWED))
    assert (claim.recipient, claim.status) == ("UA", Status.ALLOWED)
    assert claims_of(told.format("says"), reader(hums=_ALLOWED)) == ()


def test_without_a_recipient_or_arms_the_rules_alone_make_no_claim() -> None:
    body = "Estonia has refused to supply the port with cranes, and Ukraine was told."
    coding = code(Document("a", "", body, "en", parse_day("2024-06-05")), reader(port=_NONE))
    assert (coding.claims, coding.relevant) == ((), False)


def test_who_is_given_the_arms_may_be_known_from_elsewhere() -> None:
    document = Document("a", "", "Riga hums: what we give knows no border.", "en", parse_day("2024-06-05"))
    assert code(document, reader(hums=_ALLOWED)).claims == ()
    (claim,) = code(document, reader(hums=_ALLOWED), "UA").claims
    assert (claim.supplier, claim.recipient) == ("LV", "UA")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, r"shared.tsv: cannot be read"),
        ({"shared.tsv": ""}, r"shared.tsv, line 1: must name the columns feature, none, allowed"),
        ({"shared.tsv": f"{_HEADER}\n{_BIAS}\n{_BIAS}\n"}, r"shared.tsv, line 3: wants a feature that no line before"),
        ({"shared.tsv": f"{_HEADER}\n=bias\t1\t2\t3\n"}, r"shared.tsv, line 2: has 3 weights and wants 6"),
        ({"shared.tsv": f"{_HEADER}\n=bias\t1\t2\t3\t4\t5\tx\n"}, r"line 2: a weight is a whole number of hundredths"),
        ({"shared.tsv": f"{_HEADER}\n=bias\t1\t2\t3\t4\t5\t1001\n"}, r"line 2: a weight is at most 1000 hundredths"),
        ({"shared.tsv": f"{_HEADER}\n"}, r"shared.tsv: has no line for =bias"),
    ],
)
def test_a_wrong_file_of_weights_is_told_by_file_and_line(tmp_path: Path, files: Mapping[str, str], says: str) -> None:
    (tmp_path / "en.tsv").write_text(f"{_HEADER}\n", encoding="utf-8")
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadWeights, match=says):
        weights_of("en", tmp_path)


def test_each_language_has_weights_of_its_own() -> None:
    for language in ("en", "fr", "de", "uk"):
        lines = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
        assert 1000 < len(lines) < len(weights_of(language).rows)


def test_the_sentences_that_it_learned_from_keep_to_the_codebook() -> None:
    for path in sorted(learn_coder.SENTENCES.glob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert len({line["text"] for line in lines}) == len(lines) > 700
        for line in lines:
            assert line["synthetic"] is True
            assert parse_day(line["published"])
            for given in line["gives"]:
                supplier, _, status = given.split()[:3]
                assert len(supplier) == 2, line["text"]
                assert Status(status) in CLASSES


def test_on_sentences_held_out_it_finds_what_the_rules_miss() -> None:
    some = [line for line in learn_coder.sentences(held_out=True) if line["text"][0] in "ABDLTНУ"]
    rules, both = (learn_coder.figures(some, second) for second in (SILENT, None))
    assert both.f1 > rules.f1 + 0.1
    assert both.false_alarms < 5


def test_what_has_a_place_in_the_text_is_among_what_is_learned_from() -> None:
    body = "Estonia does not allow Ukraine to fire its howitzers into Russia."
    units = [unit for _, unit in learn_coder._heard(Document("a", "", body, "en", parse_day("2024-06-05")))]
    assert [unit.supplier for unit in units] == ["EE"]
    for unit in units:
        assert unit.places()
        assert unit.places().keys() < unit.features()
