"""Statuses, acts and the other codes as labels and sentences."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import Act, Attribution, Condition, Role, Status, Track

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_LABELS: dict[Status, "_StrPromise"] = {
    Status.WITHHELD: _("Not supplied"),
    Status.BANNED: _("Not allowed"),
    Status.CONDITIONAL: _("Limits"),
    Status.ALLOWED: _("No stated limit"),
    Status.UNDISCLOSED: _("Won't say"),
    Status.SUPPLIED: _("Supplied"),
    Status.UNSTATED: _("Nothing said"),
}
_IN_A_SENTENCE: dict[Status, "_StrPromise"] = {
    Status.WITHHELD: _("not supplied"),
    Status.BANNED: _("not allowed"),
    Status.CONDITIONAL: _("limits"),
    Status.ALLOWED: _("no stated limit"),
    Status.UNDISCLOSED: _("won't say"),
    Status.SUPPLIED: _("supplied"),
    Status.UNSTATED: _("nothing said"),
}
_SENTENCES: dict[Status, "_StrPromise"] = {
    Status.WITHHELD: _("refuses to supply"),
    Status.BANNED: _("does not allow use %(where)s"),
    Status.CONDITIONAL: _("allows use %(where)s within limits"),
    Status.ALLOWED: _("allows use %(where)s, no limit stated beyond the law of war"),
    Status.UNDISCLOSED: _("declines to say"),
    Status.SUPPLIED: _("supplies"),
    Status.UNSTATED: _("supplies; nothing said on use"),
}
# French needs another preposition for each land; the territories of wars are few, so they are spelt out.
_WHERE: dict[str, "_StrPromise"] = {
    "RU": _("in Russia"),
    "UA": _("in Ukraine"),
    "PS": _("in the Palestinian Territories"),
    "YE": _("in Yemen"),
    "SY": _("in Syria"),
}
_ACTS: dict[Act, "_StrPromise"] = {
    Act.SETS: _("new decision"),
    Act.REAFFIRMS: _("position restated"),
    Act.DENIES: _("change denied"),
    Act.SIGNALS: _("change hinted at"),
    Act.URGES: _("change urged on others"),
    Act.RESPONDS: _("reaction"),
    Act.USED: _("weapon used"),
}
_ATTRIBUTIONS: dict[Attribution, "_StrPromise"] = {
    Attribution.NAMED_OFFICIAL: _("named official"),
    Attribution.ANONYMOUS_OFFICIAL: _("unnamed official"),
    Attribution.DOCUMENT: _("document"),
    Attribution.MEDIA: _("press report"),
    Attribution.RECIPIENT_OFFICIAL: _("official of the recipient"),
}
_TRACKS: dict[Track, "_StrPromise"] = {
    Track.SUPPLY: pgettext_lazy("track", "Supply"),
    Track.USE: pgettext_lazy("track", "Use"),
}
_ROLES: dict[Role, "_StrPromise"] = {
    Role.SUPPLIER: _("supplier"),
    Role.CONSENT: _("must agree to the use of another state's weapon"),
}


def status_label(status: Status, conditions: Collection[Condition] = ()) -> str:
    """The label of a bar or a cell, e.g. “Not allowed”; a temporary refusal is “Paused”."""
    return gettext("Paused") if is_pause(status, conditions) else str(_LABELS[status])


def status_word(status: Status, conditions: Collection[Condition] = ()) -> str:
    """The same inside a sentence, e.g. “not allowed”, “paused”."""
    return gettext("paused") if is_pause(status, conditions) else str(_IN_A_SENTENCE[status])


def status_sentence(status: Status, conditions: Collection[Condition] = (), territory: str = "") -> str:
    """What a supplier does, to stand after its name, e.g. “does not allow use in Russia”.

    ``territory`` is empty on the supply track, whose sentences name none.
    """
    if is_pause(status, conditions):
        return gettext("has paused deliveries")
    return str(_SENTENCES[status]) % {"where": _where(territory)}


def place_words(territory: str, name: str) -> str:
    """“in Russia”; a land that we have no phrase for by its name."""
    if territory in _WHERE:
        return str(_WHERE[territory])
    return gettext("in %(territory)s") % {"territory": name}


def unchecked_label() -> str:
    """What stands where there is no row at all."""
    return gettext("not looked up")


def act_label(act: Act) -> str:
    return str(_ACTS[act])


def attribution_label(attribution: Attribution) -> str:
    return str(_ATTRIBUTIONS[attribution])


def track_label(track: Track) -> str:
    return str(_TRACKS[track])


def role_label(role: Role) -> str:
    return str(_ROLES[role])


def is_pause(status: Status, conditions: Collection[Condition]) -> bool:
    return status is Status.WITHHELD and Condition.TEMPORARY in conditions


def _where(territory: str) -> str:
    """“in Russia”; a land that we have no phrase for is named by its code."""
    if territory in _WHERE:
        return str(_WHERE[territory])
    return gettext("(territory: %(code)s)") % {"code": territory}
