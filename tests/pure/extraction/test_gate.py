"""What is no matter of arms between states ends at the gate, whatever words it uses."""

import pytest

from restrictions.extraction import Coding, Document, code
from restrictions.extraction.gate import LANGUAGE, NO_ARMS, NO_RECIPIENT, NO_TRANSFER

OFF_TOPIC = (
    ("en", "The coach banned phones and allowed the Leopards to strike deep twice in the second half.", NO_RECIPIENT),
    (
        "en",
        "The state banned the sale of assault weapons, and the governor refused to comment on the ruling.",
        NO_RECIPIENT,
    ),
    (
        "en",
        "Ukraine won the match and the crowd in London was allowed to stay on after the final whistle.",
        NO_TRANSFER,
    ),
    ("en", "Ukraine won the match and the crowd was allowed to stay on after the final whistle.", NO_ARMS),
    (
        "fr",
        "Le comité autorise les athlètes russes sous conditions, et Kiev dénonce une décision honteuse.",
        NO_TRANSFER,
    ),
    (
        "fr",
        "La préfecture interdit les drones et les feux dans un rayon de dix kilomètres autour de la base.",
        NO_RECIPIENT,
    ),
    (
        "fr",
        "Les chars de l'armée ukrainienne étaient dans la ville, et les habitants les ont vus avec joie.",
        NO_TRANSFER,
    ),
    ("pl", "Niemcy pozwoliły Ukrainie użyć niemieckiej broni przeciw celom w Rosji, podał rząd w Berlinie.", LANGUAGE),
    ("ru", "Германия разрешила Украине применять оружие по целям в России, и об этом сообщил Берлин.", LANGUAGE),
    ("uk", "Германия не разрешила Украине бить по России, но об этом ранее заявил и Киев, как сообщил он.", LANGUAGE),
    ("es", "Alemania permite que Ucrania use las armas contra los objetivos en el territorio de Rusia.", LANGUAGE),
    ("it", "La Germania permette che le armi siano usate in Russia, ma non di colpire con i missili.", LANGUAGE),
    ("de", "Die Bahn hat den Streik in Berlin beendet, und der Zug nach Kiew fährt wieder.", NO_TRANSFER),
    ("de", "Die Bahn hat den Streik beendet, und der Zug fährt wieder nach dem Fahrplan.", NO_RECIPIENT),
    ("uk", "Збірна України виграла матч, і вболівальники ще довго не йшли зі стадіону.", NO_ARMS),
    (None, "", LANGUAGE),
)


@pytest.mark.parametrize(("language", "body", "reason"), OFF_TOPIC)
def test_off_topic_is_irrelevant_and_says_why(language: str | None, body: str, reason: str) -> None:
    coding = code(Document("off", "", body, language))
    assert (coding.relevant, coding.claims, coding.marks) == (False, (), ())
    assert coding.reason == reason


def test_a_short_text_takes_its_publishers_word_for_the_language() -> None:
    assert code(Document("a", "", "ATACMS: Washington autorise Kiev", "fr")).language == "fr"
    assert code(Document("a", "", "ATACMS: Washington autorise Kiev", None)).language is None


def test_what_is_topical_may_hold_no_claim() -> None:
    coding: Coding = code(
        Document("a", "", "Germany delivered a battery of Patriot missiles to Ukraine on the day.", "en")
    )
    assert coding.relevant
    assert coding.claims == ()
    assert coding.reason == ""
