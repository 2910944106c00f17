"""Sentences of our own and what they should come to: as many near misses as hits, in both languages."""

from typing import NamedTuple


class Case(NamedTuple):
    """``claims`` are (supplier, weapon, status) in no order; none for a near miss."""

    name: str
    language: str
    body: str
    claims: frozenset[tuple[str, str, str]] = frozenset()


def hit(name: str, language: str, body: str, *claims: str) -> Case:
    """Claims are written ``US atacms banned``."""
    return Case(name, language, body, frozenset((one.split()[0], one.split()[1], one.split()[2]) for one in claims))


CASES = (
    # permission and its near misses
    hit(
        "permits",
        "en",
        "Britain has allowed Ukraine to use British weapons against Russia, a spokesman said.",
        "GB any allowed",
    ),
    hit("weighs", "en", "Britain is considering allowing Ukraine to use British weapons against Russia."),
    hit("is urged", "en", "NATO urged Britain to let Ukraine use its weapons against targets in Russia."),
    hit("permits", "fr", "La France autorise l'Ukraine à tirer ses missiles Scalp sur la Russie.", "FR scalp allowed"),
    hit("envisages", "fr", "La France envisage d'autoriser l'Ukraine à tirer ses missiles Scalp sur la Russie."),
    hit("is pressed", "fr", "L'Otan presse les Etats-Unis d'autoriser des frappes en Russie avec leurs armes."),
    # negation, double negation
    hit(
        "does not permit",
        "en",
        "The United States does not allow Ukraine to fire ATACMS into Russia.",
        "US atacms banned",
    ),
    hit("forbids", "en", "The United States forbids Ukraine to fire ATACMS into Russia.", "US atacms banned"),
    hit("lifts the ban", "en", "Germany has lifted its ban on firing German weapons into Russia.", "DE any allowed"),
    hit(
        "has not lifted", "en", "Germany has not lifted its ban on firing German weapons into Russia.", "DE any banned"
    ),
    hit(
        "stops objecting",
        "en",
        "Britain has stopped objecting to Ukraine firing Storm Shadow missiles into Russia.",
        "GB storm_shadow allowed",
    ),
    hit(
        "n'autorise pas",
        "fr",
        "Washington n'autorise pas l'Ukraine à tirer des ATACMS sur la Russie.",
        "US atacms banned",
    ),
    hit("interdit", "fr", "Washington interdit à l'Ukraine de tirer des ATACMS sur la Russie.", "US atacms banned"),
    hit(
        "lève l'interdiction",
        "fr",
        "Berlin a levé l'interdiction d'utiliser des armes allemandes en Russie.",
        "DE any allowed",
    ),
    hit(
        "n'a pas levé",
        "fr",
        "Berlin n'a pas levé l'interdiction d'utiliser des armes allemandes en Russie.",
        "DE any banned",
    ),
    # delivery
    hit("refuses to send", "en", "Germany refuses to supply Ukraine with Taurus missiles.", "DE taurus withheld"),
    hit("sends", "en", "Germany will supply Ukraine with Taurus missiles, a minister said."),
    hit("ends its refusal", "en", "The United States ended its refusal to supply Ukraine with cluster munitions."),
    hit("had not sent", "en", "Germany had not sent Taurus missiles to Ukraine by then."),
    hit("refuse de livrer", "fr", "Berlin refuse de livrer à l'Ukraine des missiles Taurus.", "DE taurus withheld"),
    hit("va livrer", "fr", "Berlin va livrer à l'Ukraine des missiles Taurus."),
    hit(
        "rules out supply",
        "fr",
        "Le chancelier Olaf Scholz a écarté la livraison à l'Ukraine de missiles Taurus.",
        "DE taurus withheld",
    ),
    hit("suspend", "fr", "Londres a suspendu la livraison de munitions à l'Ukraine.", "GB any withheld"),
    hit("paused", "en", "Washington has paused the delivery of munitions to Ukraine.", "US any withheld"),
    # confinement and freedom
    hit("only inside", "en", "Danish F-16s may be used only inside Ukraine, the minister said.", "DK f16 banned"),
    hit(
        "no strings",
        "en",
        "Dutch F-16s come with no strings attached, the Dutch minister said of the jets for Ukraine.",
        "NL f16 allowed",
    ),
    hit(
        "hors d'Ukraine",
        "fr",
        "Les armes italiennes ne doivent pas servir hors d'Ukraine, a dit le ministre.",
        "IT any banned",
    ),
    hit(
        "sans restriction",
        "fr",
        "Aucune restriction ne pèse sur les armes polonaises données à l'Ukraine, dit Varsovie.",
        "PL any allowed",
    ),
    # silence
    hit(
        "declines to say",
        "en",
        "France declined to say whether Ukraine may fire Scalp missiles into Russia.",
        "FR scalp undisclosed",
    ),
    hit("declines to confirm", "en", "France declined to confirm a strike on Russia with Scalp missiles."),
    hit(
        "refuse de dire",
        "fr",
        "La Norvège refuse de dire si l'Ukraine peut frapper la Russie avec ses armes.",
        "NO any undisclosed",
    ),
    # whose word, whose weapons
    hit("another's arms", "en", "British weapons may be used against Russia, President Joe Biden said."),
    hit("the enemy forbids", "en", "Russia forbids the use of its missiles by Ukraine."),
    hit("recipient alone", "en", "President Zelensky said Ukraine may fire missiles into Russia."),
    hit(
        "each strike approved",
        "en",
        "Every strike with ATACMS on Russia needs the approval of the United States.",
        "US atacms conditional",
    ),
    hit(
        "au cas par cas",
        "fr",
        "Washington autorise au cas par cas l'Ukraine à tirer des ATACMS sur la Russie.",
        "US atacms conditional",
    ),
    hit(
        "deep strikes alone",
        "en",
        "Washington still opposes deep strikes by Ukraine inside Russia.",
        "US long_range banned",
    ),
    hit(
        "two systems",
        "en",
        "Sweden allows Ukraine to fire Archer howitzers and CV90s into Russia.",
        "SE archer allowed",
        "SE cv90 allowed",
    ),
    hit(
        "denied report",
        "en",
        "The Pentagon rejected reports that Ukraine may fire HIMARS rockets at Russia without limits.",
    ),
    hit("capability", "fr", "Une arme qui peut frapper Moscou inquiète Berlin et l'Ukraine."),
    hit(
        "que = only",
        "fr",
        "Les armes françaises ne pourront viser que les bases russes d'où partent les attaques contre l'Ukraine.",
        "FR any conditional",
    ),
    hit(
        "hypothetical cost",
        "fr",
        "Autoriser l'Ukraine à tirer des missiles sur la Russie signifierait la guerre, dit Berlin.",
    ),
    hit("recipient declines", "en", "Ukraine declined to say whether it may fire missiles into Russia."),
    hit("small letters", "en", "They told us that the archer may fire at Russia, and Ukraine listened to the weapons."),
    hit(
        "recipient unnamed",
        "fr",
        "Rome refuse que ses armes soient utilisées pour frapper le territoire russe.",
        "IT any banned",
    ),
    hit("no arms named", "fr", "Washington n'encourage ni ne permet les frappes hors d'Ukraine.", "US any banned"),
    hit(
        "re-export",
        "fr",
        "La Suisse refuse la réexportation vers l'Ukraine de munitions pour le Gepard.",
        "CH gepard_ammunition withheld",
    ),
    hit(
        "does not restrict", "en", "Finland does not restrict how Ukraine uses the weapons in Russia.", "FI any allowed"
    ),
)
