"""Field by field: who vouches, since when, within which limits, after what."""

import pytest

from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Act, Attribution, Condition, Status, Track
from restrictions.extraction import CodedClaim, Document, code


def claim_of(language: str, body: str, title: str = "", published: str | None = "2024-06-05") -> CodedClaim:
    """The one claim of a dispatch."""
    (claim,) = code(Document("a", title, body, language, parse_day(published) if published else None)).claims
    return claim


@pytest.mark.parametrize(
    ("body", "attribution"),
    [
        (
            "Britain forbids the use of British weapons in Russia, a spokesman for Ukraine policy said.",
            Attribution.NAMED_OFFICIAL,
        ),
        (
            "Britain forbids Ukraine the use of its weapons in Russia, two British officials said.",
            Attribution.ANONYMOUS_OFFICIAL,
        ),
        ("Britain forbids Ukraine the use of its weapons in Russia.", Attribution.MEDIA),
        ("Britain forbids Ukraine the use of its weapons in Russia, in a statement.", Attribution.DOCUMENT),
        (
            "“Britain forbids Ukraine to use its weapons in Russia.” The minister said no more.",
            Attribution.NAMED_OFFICIAL,
        ),
        (
            "A British official said little. “We forbid Ukraine to use British weapons in Russia,” he said.",
            Attribution.ANONYMOUS_OFFICIAL,
        ),
    ],
)
def test_who_vouches(body: str, attribution: Attribution) -> None:
    assert claim_of("en", body).attribution is attribution


@pytest.mark.parametrize(
    ("language", "limits", "conditions", "depth"),
    [
        ("en", "up to 60 miles inside Russia", {Condition.DEPTH_LIMIT}, 97),
        ("en", "up to 100 km inside Russia", {Condition.DEPTH_LIMIT}, 100),
        ("en", "within fifty kilometres of Russia's border", {Condition.DEPTH_LIMIT}, 50),
        ("en", "against forces massing in Russia to attack", {Condition.COUNTER_FIRE}, None),
        ("en", "near the border with Russia", {Condition.BORDER_ZONE}, None),
        ("en", "only against military targets in Russia", {Condition.MILITARY_TARGETS}, None),
        ("en", "in Russia on a case-by-case basis", {Condition.CASE_BY_CASE}, None),
    ],
)
def test_limits_make_a_permission_conditional(
    language: str, limits: str, conditions: set[Condition], depth: int | None
) -> None:
    claim = claim_of(language, f"The United States has authorised Ukraine to fire American weapons {limits}.")
    assert (claim.status, set(claim.conditions), claim.depth_km) == (Status.CONDITIONAL, conditions, depth)


def test_the_law_of_war_alone_is_no_limit() -> None:
    claim = claim_of("en", "Britain allows Ukraine to use British weapons against military targets in Russia.")
    assert (claim.status, claim.conditions) == (Status.ALLOWED, (Condition.MILITARY_TARGETS,))


@pytest.mark.parametrize(
    ("body", "areas"),
    [
        ("Britain allows Ukraine to fire British weapons into Russia around Kharkiv.", ("UA-63",)),
        ("Britain allows Ukraine to fire British weapons into Russia in the Kursk region.", ("RU-KRS",)),
        ("Britain allows Ukraine to fire British weapons into Russia after the incursion in Kursk.", ()),
    ],
)
def test_areas_are_limits_and_never_occasions(body: str, areas: tuple[str, ...]) -> None:
    assert claim_of("en", body).areas == areas


def test_another_states_say_is_a_consent_and_a_claim_of_its_own() -> None:
    body = (
        "Britain has allowed Ukraine to fire Storm Shadow missiles into Russia, officials said. "
        "Every launch needs the approval of the United States."
    )
    british, american = code(Document("a", "", body, "en")).claims
    assert (british.supplier, british.conditions) == ("GB", (Condition.THIRD_PARTY_CONSENT,))
    assert (american.supplier, american.weapon, american.conditions) == (
        "US",
        "storm_shadow",
        (Condition.CASE_BY_CASE,),
    )


def test_what_held_until_now_is_a_prior_and_no_claim() -> None:
    body = "Britain has allowed Ukraine to fire its weapons into Russia. Until now London had banned strikes in Russia."
    claim = claim_of("en", body)
    assert (claim.status, claim.prior, claim.act) == (Status.ALLOWED, Status.BANNED, Act.SETS)


def test_a_refusal_that_ended_is_the_prior_of_what_is_allowed_now() -> None:
    body = (
        "Washington has dropped its refusal to supply Ukraine with cluster munitions, a minister said. "
        "Ukraine has promised in writing that it will not fire them into Russia, he said."
    )
    claim = claim_of("en", body)
    assert (claim.status, claim.prior, claim.conditions) == (Status.BANNED, Status.WITHHELD, (Condition.ASSURANCES,))


def test_a_denial_is_one() -> None:
    body = "The Pentagon denied reports of a turn. The United States still bans Ukraine from firing ATACMS into Russia."
    assert claim_of("en", body).act is Act.DENIES


def test_a_title_alone_makes_a_claim_with_its_quote() -> None:
    claim = claim_of("en", "Ukraine had asked for the missiles.", title="Germany refuses to supply Ukraine with Taurus")
    assert (claim.quote_in, claim.quote) == ("title", "Germany refuses to supply Ukraine with Taurus")


def test_a_title_yields_to_its_body() -> None:
    said = "Germany refuses to supply Ukraine with Taurus missiles."
    assert claim_of("en", said, title=said).quote_in == "body"


@pytest.mark.parametrize(
    ("published", "effective"), [("2024-05", "2024-05"), ("2024-05-30~", "2024-05-30~"), (None, None)]
)
def test_without_a_day_in_the_text_the_publication_counts(published: str | None, effective: str | None) -> None:
    body = "Germany refuses to supply Ukraine with Taurus missiles."
    assert claim_of("en", body, published=published).effective == effective


def test_a_stop_is_on_the_supply_track_and_temporary() -> None:
    claim = claim_of("fr", "Londres a suspendu la livraison de munitions à l'Ukraine.")
    assert (claim.track, claim.conditions) == (Track.SUPPLY, (Condition.TEMPORARY,))


def test_a_partial_stop_that_is_detailed_is_claimed_for_the_weapons_named() -> None:
    body = (
        "The United States withheld arms from Israel. "
        "It stopped a delivery of Mk 84 bombs to Israel over Gaza, an American official said."
    )
    assert claim_of("en", body).weapon == "mk84"


@pytest.mark.parametrize("recipient", ["Israel", "Turkey"])
def test_the_recipient_is_the_one_most_named(recipient: str) -> None:
    claim = claim_of("en", f"Spain refuses to supply {recipient} with weapons, and {recipient} was told so.")
    assert claim.recipient == recipient[:2].upper().replace("TU", "TR").replace("IS", "IL")


@pytest.mark.parametrize(
    ("language", "body", "marks"),
    [
        ("en", "Ukrainian forces fired ATACMS at a base in Russia.", [("used", "UA")]),
        ("en", "Germany is considering the supply of Taurus missiles to Ukraine.", [("signals", "DE")]),
        ("en", "Russia warned that the weapons given to Ukraine would be used against it.", [("responds", "RU")]),
        (
            "en",
            "Poland urged Germany to send Taurus missiles to Ukraine, a call backed by France.",
            [("urges", "PL"), ("urges", "FR")],
        ),
        ("en", "Germany sent Patriot missiles to Ukraine on the day, backed by money.", []),
        ("en", "Urged on by cheers, Germany sent Patriot missiles to Ukraine.", []),
    ],
)
def test_context_acts_are_marks(language: str, body: str, marks: list[tuple[str, str]]) -> None:
    found = code(Document("a", "", body, language, parse_day("2024-06-05"))).marks
    assert [(mark.act.value, mark.actor) for mark in found] == marks
