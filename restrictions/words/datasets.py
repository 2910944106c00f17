"""The datasets in words: what each is called, and what one row of it is."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_WORDS = {
    "positions": (pgettext_lazy("dataset", "Positions"), _("One row a position: what a supplier lets a recipient do.")),
    "claims": (
        pgettext_lazy("dataset", "Claims"),
        _("One row a claim that a curator decided, accepted or not, with the words that say so."),
    ),
    "marks": (
        pgettext_lazy("dataset", "Marks"),
        _("One row a context act: calls, hints, reactions, uses that were seen."),
    ),
    "sources": (
        pgettext_lazy("dataset", "Sources"),
        _("One row a place where a claim can be read, of the claims that positions show."),
    ),
    "weapons": (
        pgettext_lazy("dataset", "Weapons"),
        _("One row a weapon code: systems, classes, and the one above all."),
    ),
    "regions": (pgettext_lazy("dataset", "Regions"), _("One row a region, by ISO 3166-2.")),
    "countries": (pgettext_lazy("dataset", "Countries"), _("One row a state, by ISO 3166-1.")),
    "spells": (
        pgettext_lazy("dataset", "Spells"),
        _("One row a position that had begun, with its length and what of it was not seen."),
    ),
    "panel-days": (
        pgettext_lazy("dataset", "Panel by day"),
        _("One row a supplier, weapon and day on which something is recorded: what held, and what bound."),
    ),
    "panel-months": (
        pgettext_lazy("dataset", "Panel by month"),
        _("One row a supplier, weapon and month: what held on its last day, and how often it changed."),
    ),
    "events": (pgettext_lazy("dataset", "Events"), _("One row a change, with its lags in days.")),
    "agreement": (pgettext_lazy("dataset", "Agreement"), _("How far two people agree who code one passage, by field.")),
    "coder-scores": (
        pgettext_lazy("dataset", "Scores of the coder"),
        _("How good the machine's claims were, as curators left them, by version and language."),
    ),
}


def dataset_title(name: str) -> str:
    """What the dataset is called. Raises KeyError for one that has no name."""
    return str(_WORDS[name][0])


def dataset_sentence(name: str) -> str:
    """What one row of it is."""
    return str(_WORDS[name][1])
