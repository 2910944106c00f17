"""What a curator has seen binds what is written: a plan of a record that has moved on is not carried out."""

from django.utils.translation import gettext

from restrictions.queries.steps import Standing, Step


class PlanChanged(Exception):
    """The record, or what is to be decided, no longer stands as the curator saw it."""


def check_seen(seen: str | None, step: Step) -> None:
    """Raise PlanChanged unless ``seen`` is the mark of the plan as it is now; none is for programs, which saw no plan.

    Call it under the record's lock: what it compares cannot change any more then.
    """
    if seen is not None:
        check_mark(seen, Standing(step).seen())


def check_mark(seen: str, now: str) -> None:
    """Raise PlanChanged unless the mark that was seen is the one of now."""
    if seen != now:
        raise PlanChanged(
            gettext(
                "Nothing is written yet. The plan that you saw was made for another state of the record"
                " or of the claim; this is the plan as it is now."
            )
        )
