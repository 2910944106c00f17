"""What the pages on turns say in one sentence: how many turns there are, who moved first, what differs."""

from django.utils.translation import gettext, ngettext

from restrictions.domain.changes import Kind
from restrictions.queries.changes import Log
from restrictions.words import listed


def changes_summary(log: Log) -> str:
    """How many turns fit, and which way they went; an unknown start is none of them."""
    if not log.total:
        return gettext("No change on a known day fits this choice.")
    said = ngettext("%(n)d change on record", "%(n)d changes on record", log.total) % {"n": log.total}
    parts = _by_kind(log)
    # A number stays with its verb where the line breaks.
    counted = listed([part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in parts])
    return gettext("%(changes)s: %(counted)s.") % {"changes": said, "counted": counted} if parts else f"{said}."


def _by_kind(log: Log) -> list[str]:
    more, less = log.kinds.get(Kind.MORE, 0), log.kinds.get(Kind.LESS, 0)
    limits, first = log.kinds.get(Kind.LIMITS, 0), log.kinds.get(Kind.FIRST, 0)
    other = log.total - more - less - limits - first
    said = (
        (more, ngettext("%(n)d permits more", "%(n)d permit more", more)),
        (less, ngettext("%(n)d permits less", "%(n)d permit less", less)),
        (limits, ngettext("%(n)d turns the limits alone", "%(n)d turn the limits alone", limits)),
        (first, ngettext("%(n)d is the first word known", "%(n)d are the first word known", first)),
        (other, ngettext("%(n)d is of another kind", "%(n)d are of another kind", other)),
    )
    return [words % {"n": count} for count, words in said if count]
