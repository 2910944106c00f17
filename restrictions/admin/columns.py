"""Columns that several lists share: codes and imprecise days in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.filters import DECISION_WORDS
from restrictions.domain.vocabulary import Act, Decision, Status, Track
from restrictions.queries.claims import stored_day
from restrictions.words import act_label, day_in_words, status_label, track_label

DECISION_TONES = {
    Decision.PROPOSED.value: "info",
    Decision.ACCEPTED.value: "success",
    Decision.REJECTED.value: "danger",
    Decision.WITHDRAWN.value: "",
}


def day_words(row: Any, day: str) -> str:
    """An imprecise day of a row in words, e.g. “May 2024 (day unknown)”."""
    found = stored_day(*(getattr(row, f"{day}_{part}") for part in ("edtf", "earliest", "latest")))
    return day_in_words(found) if found else ""


class WordColumns:
    """Codes of a row in words, for a list."""

    @display(description=_("status"), ordering="status")
    def status_words(self, row: Any) -> str:
        return status_label(Status(row.status))

    @display(description=_("track"), ordering="track")
    def track_words(self, row: Any) -> str:
        return " · ".join(filter(None, (track_label(Track(row.track)), row.territory)))

    @display(description=_("act"), ordering="act")
    def act_words(self, row: Any) -> str:
        return act_label(Act(row.act))

    @display(description=_("decision"), ordering="decision", label=DECISION_TONES)
    def decision_words(self, row: Any) -> tuple[str, str]:
        return row.decision, str(DECISION_WORDS[Decision(row.decision)])

    @display(description=_("effective"), ordering="effective_latest")
    def effective_words(self, row: Any) -> str:
        return day_words(row, "effective")
