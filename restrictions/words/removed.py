"""What was removed on legal grounds, in the reader's language."""

from django.utils.formats import date_format
from django.utils.translation import gettext

from restrictions.domain.redaction import read_tombstone


def as_removed(text: str) -> str:
    """The text; a tombstone in the reader's language."""
    found = read_tombstone(text)
    if found is None:
        return text
    day, ground = found
    return gettext("[Removed on %(day)s: %(ground)s]") % {"day": date_format(day), "ground": ground}
