"""The codebook: every code with its words and its meaning, the rules of derivation, the weapons."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from dashboard.exports.codebook import codebook_csv, codebook_json, names_csv
from dashboard.furniture import furniture, shown
from dashboard.parameters import CLOCK, Given, clock_pairs, no_parameters
from dashboard.views.asking import Reading, reading_of
from dashboard.views.keeping import reading_page
from restrictions.domain.rules import RULES_VERSION, Rule
from restrictions.queries.codes import holdings, known_codes
from restrictions.queries.foreign_names import LANGUAGES_OF_NAMES, named_codes
from restrictions.queries.naming import REGION, STATE, WEAPON
from restrictions.words.definitions import vocabularies
from restrictions.words.reader import name_of_language
from restrictions.words.rules import rule_sentence


@reading_page
def codebook(request: HttpRequest) -> HttpResponse:
    """All that the record's codes mean; each has an address of its own, such as `#conditional`."""
    read = reading_of(request)
    Given(request.GET, single=CLOCK)
    codes = read.codes
    context = {
        "vocabularies": vocabularies(),
        "rules": [(rule.value, rule_sentence(rule)) for rule in Rule],
        "rules_version": RULES_VERSION,
        "weapons": [
            (code, depth, codes.weapons[code], [codes.weapons[wider] for wider in codes.tree.wider(code)])
            for code, depth in codes.in_tree_order(codes.weapons)
        ],
        "languages": [(one, name_of_language(one)) for one in LANGUAGES_OF_NAMES],
        "names": [(title, named_codes(codes_of)) for title, codes_of in _names(read)],
    }
    page = furniture(
        request,
        title=gettext("Codebook"),
        lead=gettext("What each code of the record means, and by which rules positions follow from claims."),
        day=read.today,
        query=urlencode(clock_pairs(read.clock)),
        files=("csv", "json"),
        sources=gettext("The program's own vocabularies: what stands here is what it goes by."),
    )
    return shown(request, "reading/codebook.html", context, page)


def _names(read: Reading) -> list[tuple[str, list[tuple[str, str]]]]:
    """What has a name, under a title for each kind: of the states, those that the record is about."""
    codes, held = read.codes, holdings(read.clock)
    about = set(held.recipients).union(*held.suppliers.values(), *held.territories.values())
    return [
        (gettext("States of the record"), [(STATE, code) for code in sorted(about)]),
        (gettext("Regions"), [(REGION, code) for code in codes.regions]),
        (gettext("Weapons"), [(WEAPON, code) for code, _ in codes.in_tree_order(codes.weapons)]),
    ]


@reading_page
def names_as_csv(request: HttpRequest) -> HttpResponse:
    """One line for each state, region and weapon, with its name in every language of the lists."""
    no_parameters(request.GET)
    codes = known_codes()
    listed = [(STATE, codes.countries), (REGION, codes.regions), (WEAPON, codes.weapons)]
    rows = named_codes((kind, code) for kind, found in listed for code in sorted(found))
    response = HttpResponse(names_csv(LANGUAGES_OF_NAMES, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-names.csv"'
    return response


@reading_page
def codebook_as_csv(request: HttpRequest) -> HttpResponse:
    """One line a code."""
    no_parameters(request.GET)
    response = HttpResponse(codebook_csv(vocabularies()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-codebook.csv"'
    return response


@reading_page
def codebook_as_json(request: HttpRequest) -> HttpResponse:
    """The vocabularies by field."""
    no_parameters(request.GET)
    return HttpResponse(codebook_json(vocabularies()), content_type="application/json")
