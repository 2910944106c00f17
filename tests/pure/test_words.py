"""Codes in plain words: the codebook's table, limits in sentences, imprecise days, and their French."""

import gettext as catalogues
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override

from restrictions import words
from restrictions.domain.days import Day, parse_day
from restrictions.domain.plan import SENTENCES, Words
from restrictions.domain.positions import Limit, LimitKind
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track
from restrictions.words import PlainWords, StatedLimits

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"

REGIONS = {"UA-63": "Kharkiv", "UA-59": "Sumy", "UA-51": "Odessa", "RU-KRS": "Kursk", "RU-MOW": "Moscow"}
PLAIN = PlainWords({"atacms": "ATACMS"}, REGIONS)
FOR_A_PLAN: Words = PLAIN
TEMPORARY = frozenset({Condition.TEMPORARY})


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def limit(kind: LimitKind, value: str, role: AreaRole | None = None) -> Limit:
    return Limit(kind, value, date(2024, 5, 30), ("us-1",), role)


def condition(value: Condition) -> Limit:
    return limit(LimitKind.CONDITION, value)


KHARKIV = limit(LimitKind.AREA, "UA-63", AreaRole.DEFENDED)
SUMY = limit(LimitKind.AREA, "UA-59", AreaRole.DEFENDED)
ODESSA = limit(LimitKind.AREA, "UA-51", AreaRole.DEFENDED)
KURSK = limit(LimitKind.AREA, "RU-KRS", AreaRole.TARGET)
UNSTATED_ROLE = limit(LimitKind.AREA, "RU-KRS")
NOT_MOSCOW = limit(LimitKind.EXCEPT_AREA, "RU-MOW", AreaRole.TARGET)
HUNDRED = limit(LimitKind.DEPTH, "100")
COUNTER_FIRE = condition(Condition.COUNTER_FIRE)
NO_DEEP_STRIKE = condition(Condition.NO_DEEP_STRIKE)


@pytest.mark.parametrize(
    ("status", "conditions", "label", "libelle"),
    [
        (Status.WITHHELD, frozenset(), "Not supplied", "Non livré"),
        (Status.WITHHELD, TEMPORARY, "Paused", "Suspendu"),
        (Status.WITHHELD, {Condition.PARTIAL}, "Not supplied", "Non livré"),
        (Status.BANNED, frozenset(), "Not allowed", "Interdit"),
        (Status.BANNED, TEMPORARY, "Not allowed", "Interdit"),
        (Status.CONDITIONAL, frozenset(), "Limits", "Conditions"),
        (Status.ALLOWED, frozenset(), "No stated limit", "Sans limite énoncée"),
        (Status.UNDISCLOSED, frozenset(), "Won't say", "Non dévoilé"),
        (Status.SUPPLIED, frozenset(), "Supplied", "Livré"),
        (Status.UNSTATED, frozenset(), "Nothing said", "Rien de dit"),
    ],
)
def test_labels_are_the_codebooks(status: Status, conditions: set[Condition], label: str, libelle: str) -> None:
    assert words.status_label(status, conditions) == label
    with override("fr"):
        assert words.status_label(status, conditions) == libelle


@pytest.mark.parametrize(
    ("status", "territory", "conditions", "english", "french"),
    [
        (Status.WITHHELD, "", frozenset(), "refuses to supply", "refuse de livrer"),
        (Status.WITHHELD, "", TEMPORARY, "has paused deliveries", "a suspendu les livraisons"),
        (Status.BANNED, "RU", frozenset(), "does not allow use in Russia", "n’autorise pas l’emploi en Russie"),
        (Status.BANNED, "YE", frozenset(), "does not allow use in Yemen", "n’autorise pas l’emploi au Yémen"),
        (
            *(Status.BANNED, "LB", frozenset()),
            *("does not allow use (territory: LB)", "n’autorise pas l’emploi (territoire : LB)"),
        ),
        (
            *(Status.CONDITIONAL, "RU", frozenset()),
            *("allows use in Russia within limits", "autorise l’emploi en Russie sous conditions"),
        ),
        (
            *(Status.ALLOWED, "UA", frozenset()),
            "allows use in Ukraine, no limit stated beyond the law of war",
            "autorise l’emploi en Ukraine, sans limite énoncée hors droit de la guerre",
        ),
        (Status.UNDISCLOSED, "RU", frozenset(), "declines to say", "refuse de se prononcer"),
        (Status.SUPPLIED, "", frozenset(), "supplies", "livre"),
        (Status.UNSTATED, "RU", frozenset(), "supplies; nothing said on use", "livre ; rien n’est dit de l’emploi"),
    ],
)
def test_a_status_is_a_sentence_after_the_suppliers_name(
    status: Status, territory: str, conditions: set[Condition], english: str, french: str
) -> None:
    assert words.status_sentence(status, conditions, territory) == english
    with override("fr"):
        assert words.status_sentence(status, conditions, territory) == french


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ((), ""),
        ((KHARKIV,), "around Kharkiv only"),
        ((KHARKIV, SUMY), "around Kharkiv and Sumy only"),
        ((SUMY, KHARKIV, ODESSA), "around Sumy, Kharkiv and Odessa only"),
        ((KURSK,), "targets in Kursk only"),
        ((UNSTATED_ROLE,), "in Kursk only"),
        ((KURSK, KHARKIV), "around Kharkiv only, targets in Kursk only"),
        ((NO_DEEP_STRIKE, COUNTER_FIRE, KHARKIV), "around Kharkiv only, as counter-fire, no deep strikes"),
        ((COUNTER_FIRE,), "only as counter-fire"),
        ((COUNTER_FIRE, condition(Condition.BORDER_ZONE)), "only as counter-fire, near the border"),
        ((NO_DEEP_STRIKE,), "no deep strikes"),
        ((condition(Condition.MILITARY_TARGETS), NO_DEEP_STRIKE), "no deep strikes, only military targets"),
        ((condition(Condition.BORDER_ZONE),), "only near the border"),
        ((condition(Condition.CASE_BY_CASE),), "each strike needs approval"),
        ((HUNDRED, condition(Condition.DEPTH_LIMIT)), "up to 100 km beyond the border"),
        ((HUNDRED, limit(LimitKind.DEPTH, "80")), "up to 100 km beyond the border"),
        ((condition(Condition.DEPTH_LIMIT),), "only up to a stated depth"),
        ((NOT_MOSCOW, COUNTER_FIRE), "except Moscow, as counter-fire"),
        ((limit(LimitKind.AREA, "RU-TVE", AreaRole.TARGET),), "targets in RU-TVE only"),
    ],
)
def test_limits_are_one_sentence_areas_first(limits: tuple[Limit, ...], sentence: str) -> None:
    assert words.limits_sentence(limits, REGIONS) == sentence
    assert PLAIN.limits(limits) == sentence


def test_limits_of_a_claim_take_the_same_words() -> None:
    stated = StatedLimits(defended=("UA-63",), conditions=frozenset({Condition.SELF_DEFENCE}))
    assert words.limits_sentence(stated, REGIONS) == "around Kharkiv only, in self-defence"


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (
            (KHARKIV, COUNTER_FIRE, NO_DEEP_STRIKE),
            "autour de Kharkiv uniquement, en riposte, pas de frappes en profondeur",
        ),
        ((ODESSA,), "autour d’Odessa uniquement"),
        ((KHARKIV, SUMY), "autour de Kharkiv et Sumy uniquement"),
        ((KURSK,), "cibles de la région de Kursk uniquement"),
        ((HUNDRED,), "jusqu’à 100 km au-delà de la frontière"),
        ((NOT_MOSCOW,), "sauf Moscow"),
    ],
)
def test_limits_in_french(limits: tuple[Limit, ...], sentence: str) -> None:
    with override("fr"):
        assert words.limits_sentence(limits, REGIONS) == sentence


@pytest.mark.parametrize(
    ("status", "limits", "text"),
    [
        (Status.BANNED, (), "not allowed"),
        (
            Status.BANNED,
            (condition(Condition.OWN_TERRITORY_ONLY),),
            "not allowed (only inside the recipient's own borders)",
        ),
        (Status.CONDITIONAL, (), "limits"),
        (
            *(Status.CONDITIONAL, (NO_DEEP_STRIKE, KHARKIV, COUNTER_FIRE)),
            "limits: around Kharkiv only, as counter-fire, no deep strikes",
        ),
        (Status.ALLOWED, (), "no stated limit"),
        # What only repeats the law of war does not confine a free permission: no "only".
        (Status.ALLOWED, (condition(Condition.SELF_DEFENCE),), "no stated limit (in self-defence)"),
        (Status.ALLOWED, (NOT_MOSCOW,), "no stated limit (except Moscow)"),
        (Status.WITHHELD, (), "not supplied"),
        (Status.WITHHELD, (condition(Condition.TEMPORARY),), "paused"),
        (
            *(Status.WITHHELD, (condition(Condition.TEMPORARY), condition(Condition.PARTIAL))),
            "paused (some deliveries or new licences only)",
        ),
        (Status.SUPPLIED, (), "supplied"),
        (Status.SUPPLIED, (condition(Condition.PARTIAL),), "supplied (some deliveries or new licences refused)"),
        (
            *(Status.SUPPLIED, (condition(Condition.PARTIAL), condition(Condition.ASSURANCES))),
            "supplied (some deliveries or new licences refused, assurances given)",
        ),
        (Status.SUPPLIED, (condition(Condition.ASSURANCES),), "supplied (assurances given)"),
        (Status.UNDISCLOSED, (), "won't say"),
        (Status.UNSTATED, (), "nothing said"),
    ],
)
def test_a_plan_names_a_status_with_its_limits(status: Status, limits: tuple[Limit, ...], text: str) -> None:
    assert PLAIN.status(status, limits) == text


@pytest.mark.parametrize(
    ("status", "conditions", "text"),
    [
        (Status.ALLOWED, {Condition.SELF_DEFENCE}, "in self-defence"),
        (Status.CONDITIONAL, {Condition.SELF_DEFENCE}, "only in self-defence"),
        (Status.WITHHELD, TEMPORARY, ""),
        (Status.BANNED, TEMPORARY, "for the time being"),
        (Status.SUPPLIED, {Condition.PARTIAL}, "some deliveries or new licences refused"),
        (Status.WITHHELD, {Condition.PARTIAL}, "some deliveries or new licences only"),
    ],
)
def test_beside_a_status_limits_say_what_it_leaves_unsaid(
    status: Status, conditions: set[Condition], text: str
) -> None:
    assert words.limits_beside(status, StatedLimits(conditions=frozenset(conditions)), REGIONS) == text


def test_a_plan_names_a_status_in_french() -> None:
    with override("fr"):
        assert PLAIN.status(Status.CONDITIONAL, (KHARKIV,)) == "conditions : autour de Kharkiv uniquement"
        assert PLAIN.status(Status.WITHHELD, (condition(Condition.TEMPORARY),)) == "suspendu"


@pytest.mark.parametrize(
    ("edtf", "english", "french"),
    [
        ("2024-05-30", "30 May 2024", "30 mai 2024"),
        ("2024-05-01", "1 May 2024", "1er mai 2024"),
        ("2024-05-11", "11 May 2024", "11 mai 2024"),
        ("2024-05", "May 2024 (day unknown)", "mai 2024 (jour inconnu)"),
        ("2024-05-XX", "May 2024 (day unknown)", "mai 2024 (jour inconnu)"),
        ("2024-05-30~", "about 30 May 2024", "vers le 30 mai 2024"),
        ("2024-05~", "about May 2024", "mai 2024 environ"),
        ("2024-05-30?", "30 May 2024 (uncertain)", "30 mai 2024 (incertain)"),
        ("2024-05-30%", "about 30 May 2024 (uncertain)", "vers le 30 mai 2024 (incertain)"),
        ("2025-21", "spring 2025", "printemps 2025"),
        ("2025-22~", "about summer 2025", "été 2025 environ"),
        ("2025-24", "winter 2025–2026", "hiver 2025-2026"),
        ("2024", "2024 (day unknown)", "2024 (jour inconnu)"),
        ("2024-XX", "2024 (day unknown)", "2024 (jour inconnu)"),
        ("2024-XX-XX", "2024 (day unknown)", "2024 (jour inconnu)"),
        ("202X", "between 2020 and 2029", "entre 2020 et 2029"),
        (
            "2024-07-11/2024-08-12",
            "between 11 July and 12 August 2024",
            "entre le 11 juillet et le 12 août 2024",
        ),
        (
            "2023-12-31/2024-01-01",
            "between 31 December 2023 and 1 January 2024",
            "entre le 31 décembre 2023 et le 1er janvier 2024",
        ),
        ("2024-05/2024-06", "between 1 May and 30 June 2024", "entre le 1er mai et le 30 juin 2024"),
    ],
)
def test_a_day_says_how_far_it_is_known(edtf: str, english: str, french: str) -> None:
    assert PLAIN.day(parse_day(edtf)) == english
    assert words.day_in_words(parse_day(edtf), "fr") == french
    assert words.day_in_words(parse_day(edtf), "en") == english


@pytest.mark.parametrize(
    ("edtf", "english", "french"),
    [
        ("2024-05-30", "on 30 May 2024", "le 30 mai 2024"),
        ("2024-05-30?", "on 30 May 2024 (uncertain)", "le 30 mai 2024 (incertain)"),
        ("2024-05", "in May 2024 (day unknown)", "en mai 2024 (jour inconnu)"),
        ("2024", "in 2024 (day unknown)", "en 2024 (jour inconnu)"),
        ("2025-21", "in spring 2025", "au printemps 2025"),
        ("2025-24", "in winter 2025–2026", "à l’hiver 2025-2026"),
        ("2024-05-30~", "about 30 May 2024", "vers le 30 mai 2024"),
        ("2024-05~", "about May 2024", "mai 2024 environ"),
        ("202X", "between 2020 and 2029", "entre 2020 et 2029"),
        ("2024-05-30/2024-06-02", "between 30 May and 2 June 2024", "entre le 30 mai et le 2 juin 2024"),
    ],
)
def test_a_day_takes_its_preposition(edtf: str, english: str, french: str) -> None:
    assert PLAIN.when(parse_day(edtf)) == english
    assert words.when_in_words(parse_day(edtf), "fr") == french


def test_a_plans_sentence_is_said_in_the_readers_language() -> None:
    sentence = "joins the evidence of the position that starts {since}"
    assert sentence in SENTENCES
    assert FOR_A_PLAN.say(sentence, since="on 30 May 2024").endswith("that starts on 30 May 2024")
    with override("fr"):
        said = FOR_A_PLAN.say(sentence, since="le 30 mai 2024")
    assert said == "s’ajoute aux preuves de la position qui commence le 30 mai 2024"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_french_keeps_the_parts_of_a_plans_sentence(sentence: str) -> None:
    with override("fr"):
        french = gettext(sentence)
    assert french != sentence
    assert sorted(re.findall(r"\{\w+\}", french)) == sorted(re.findall(r"\{\w+\}", sentence))


def test_a_day_whose_bounds_were_clipped_reads_as_the_text_said_it() -> None:
    clipped: Day = parse_day("2024-05").not_after(date(2024, 5, 20))
    assert PLAIN.day(clipped) == "May 2024 (day unknown)"


@pytest.mark.parametrize("language", ["uk", "de"])
def test_a_language_that_we_do_not_speak_reads_english(language: str) -> None:
    assert words.day_in_words(parse_day("2024-05-30~"), language) == "about 30 May 2024"
    with override(language):
        assert PLAIN.limits((ODESSA,)) == "around Odessa only"


def test_no_language_at_all_is_english() -> None:
    with override(None):
        assert PLAIN.day(parse_day("2024-05")) == "May 2024 (day unknown)"


def test_weapons_go_by_their_names() -> None:
    assert (PLAIN.weapon("atacms"), PLAIN.weapon("trebuchet")) == ("ATACMS", "trebuchet")


@pytest.mark.parametrize(
    ("said", "english"),
    [
        (words.act_label(Act.REAFFIRMS), "position restated"),
        (words.attribution_label(Attribution.ANONYMOUS_OFFICIAL), "unnamed official"),
        (words.track_label(Track.SUPPLY), "Supply"),
        (words.role_label(Role.CONSENT), "must agree to the use of another state's weapon"),
        (words.unchecked_label(), "not looked up"),
    ],
)
def test_other_codes_have_their_words(said: str, english: str) -> None:
    assert said == english


def test_every_code_has_words_of_its_own() -> None:
    stated = [StatedLimits(conditions=frozenset({code})) for code in Condition]
    assert len({words.limits_sentence(limits, REGIONS) for limits in stated}) == len(Condition)
    assert len({words.status_label(code) for code in Status}) == len(Status)
    assert len({words.act_label(code) for code in Act}) == len(Act)
    assert len({words.attribution_label(code) for code in Attribution}) == len(Attribution)
    assert len({words.track_label(code) for code in Track}) == len(Track)
    assert len({words.role_label(code) for code in Role}) == len(Role)


def _said_in_english() -> set[tuple[str, str | None]]:
    keywords = {"_": None, "gettext": None, "pgettext_lazy": ((1, "c"), 2)}
    modules = (ROOT / "restrictions" / "words").glob("*.py")
    found = (message for module in modules for message in extract_from_file("python", module, keywords))
    return {(str(text), context) for _line, text, _comments, context in found} | {(text, None) for text in SENTENCES}


def test_every_phrase_has_its_french_and_the_compiled_file_is_the_written_one() -> None:
    catalogue = read_po(BytesIO(CATALOGUE.read_bytes()))
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = catalogues.GNUTranslations(file)
    for text, context in sorted(_said_in_english(), key=str):
        message = catalogue.get(text, context)
        assert message, f"no French for “{text}”"
        assert message.string, f"no French for “{text}”"
        french = compiled.pgettext(context, text) if context else compiled.gettext(text)
        assert french == message.string, f"compile the catalogue again: “{text}”"


def test_no_phrase_promises_more_than_the_record_knows() -> None:
    phrases = " ".join(text for text, _context in _said_in_english())
    assert not re.search(r"unrestricted|green light", phrases, re.IGNORECASE)
    assert not re.search(r"sans restriction|feu vert", CATALOGUE.read_text(encoding="utf-8"), re.IGNORECASE)


@pytest.mark.parametrize(("one", "other"), [("Émirats", "espagne"), ("Österreich", "portugal"), ("Türkiye", "Tuvalu")])
def test_accents_and_capitals_do_not_change_the_order(one: str, other: str) -> None:
    assert sorted([other, one], key=words.unaccented) == sorted([one, other], key=words.unaccented)
    assert words.unaccented(one).isascii()
