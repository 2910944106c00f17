"""The codebook: every code with its words and its meaning, the rules of derivation, the weapons."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from dashboard.exports.codebook import codebook_csv, codebook_json
from dashboard.furniture import furniture, shown
from dashboard.parameters import CLOCK, Given, clock_pairs, no_parameters
from dashboard.views.asking import reading_of
from dashboard.views.keeping import reading_page
from restrictions.domain.rules import RULES_VERSION, Rule
from restrictions.words.definitions import vocabularies
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
