"""The data dictionary: what each column of the rows holds. Pure.

``kind`` says how a value stands in JSON: text, number, integer, flag, day (2024-05-31), instant, codes (a list of
texts), or a list of objects whose columns are given; with a question mark behind it may be null.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from restrictions.domain.datasets import Dataset, Kind
from restrictions.words.columns import column_meaning


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds. ``parts`` are the columns of each object, where it holds a list of them or one."""

    kind: str
    says: str
    parts: Mapping[str, "Column"] = field(default_factory=dict)


Columns = Mapping[str, Column]


def text(says: str) -> Column:
    return Column("text", says)


def code(says: str) -> Column:
    return Column("text?", says)


_OF_KIND = {Kind.LIST: "codes", Kind.NUMBER: "integer?", Kind.SHARE: "number?", Kind.FLAG: "flag", Kind.DATE: "day?"}


def of_dataset(dataset: Dataset) -> dict[str, Column]:
    """The columns of a dataset that the exports have too, by what the data dictionary says of them."""
    return {
        one.name: Column(_OF_KIND.get(one.kind, "text?"), column_meaning(dataset.name, one.name))
        for one in dataset.columns
    }


def imprecise(name: str, says: str) -> dict[str, Column]:
    """The three columns of an imprecise day."""
    return {
        name: Column("text?", f"{says} As the sources say it, in EDTF level 1."),
        f"{name}_earliest": Column("day?", "The earliest day that it can be."),
        f"{name}_latest": Column("day?", "The latest day that it can be."),
    }


def _line() -> dict[str, Column]:
    """Whose weapons, given to whom."""
    return {
        "supplier": text("The state whose weapons and whose rule it is, by ISO 3166-1."),
        "supplier_name": text("Its name."),
        "role": text("supplier: its own weapons; consent: it must agree to the use of another state's."),
        "recipient": text("The state that was given the weapons."),
        "recipient_name": text("Its name."),
        "weapon": text("The weapon's code; any for weapons in general."),
        "weapon_name": text("Its name."),
        "track": text("use, or supply."),
        "territory": text("The land where the targets lie; empty on the supply track."),
    }


SOURCE: Columns = {
    "publisher": text("Who published it."),
    "url": text("Where it stands on the web; empty where there is no address."),
    "title": text("Its title."),
    "published": text("The day in EDTF; empty where unknown."),
    "day_words": text("The day in words."),
    "language": text("Its language, by its code."),
    "stored_copy": Column("flag", "Whether it was read in an archive, not at its own address."),
    "weak": Column("flag", "Whether the claim rests on weak sources only."),
    "synthetic": Column("flag", "Whether we wrote it ourselves, for demonstration."),
}
LIMIT: Columns = {
    "kind": text("area, except_area, condition or depth."),
    "value": text("The region, the condition or the kilometres."),
    "words": text("The limit in words."),
    "holds_from": Column("day", "Since when the limit holds."),
    "claims": Column("codes", "The claims that state it, by their keys."),
    "area_role": code("defended: fire is allowed to protect the region; target: the targets lie in it."),
}
CONTESTED: Columns = {
    "first": Column("day", "The first day."),
    "until": Column("day?", "The first day after it; null where it goes on."),
    "standing": text("The status that one side upholds."),
    "challenger": text("The status that the other side reports."),
    "sentence": text("What is contested, in a sentence."),
    "standing_claims": Column("codes", "The claims of the one side."),
    "challenger_claims": Column("codes", "The claims of the other."),
    "outcome": text("How it ended, or open."),
    "limits_only": Column("flag", "Whether the sides differ in limits alone."),
}
_LIMITS = Column("objects", "The stated limits.", LIMIT)
_SOURCES = Column("objects", "Where the claims can be read, each source once.", SOURCE)
_LIMITS_IN_WORDS = text("The limits in words.")
_PROVISIONAL = Column("flag", "Whether no official on record and no document has confirmed it.")
_ATTRIBUTIONS = Column("codes", "Who vouches for it, each kind of source once.")

POSITION: Columns = {
    "position": Column("integer", "The number of the position; below zero where “reported” gave one never recorded."),
    **_line(),
    "status": text("What the supplier lets the recipient do."),
    "label": text("The status in words."),
    "answered_by": text("own, or the wider weapon whose rule answers on these days."),
    **imprecise("starts", "Since when it holds."),
    "open_start": Column("flag", "Whether the true start is unknown: it is the first day known to hold."),
    **imprecise("ends", "Until when; null where nothing later is known."),
    "limits": _LIMITS,
    "limits_in_words": _LIMITS_IN_WORDS,
    "attributions": _ATTRIBUTIONS,
    "provisional": _PROVISIONAL,
    "practice": code("The status in practice, where a ruling tells it from the rule."),
    "contested": Column("objects", "Days on which sources disagree.", CONTESTED),
    "announced": code("When it was announced, in EDTF."),
    "last_confirmed": Column("day?", "The last day on which a claim upholds it."),
    "first_used": code("When the weapon was first seen used there, in EDTF."),
    "evidence": Column("integer", "How many claims it rests on."),
    "weak_sources": Column("integer", "How many of them rest on weak sources only."),
    "sources": _SOURCES,
    "sentence": text("All of it in one sentence."),
}
EVIDENCE: Columns = {
    "key": text("The claim's stable name."),
    "act": text("What it says happened, in words."),
    "attribution": text("Who vouches for it, in words."),
    "says": text("What it says the supplier does."),
    "effective": text("Since when, in words."),
    "published": text("When it was published, in words."),
    "speaker": text("Who said it, where somebody is named."),
    "quote": text("The exact words; empty where no dispatch is held."),
    "quote_language": text("Their language."),
    "summary": text("Our own words, where no quote is held."),
    "weak": Column("flag", "Whether it rests on weak sources only."),
    "synthetic": Column("flag", "Whether its dispatch is ours, for demonstration."),
    "sources": Column("objects", "Where it can be read.", SOURCE),
}
SILENCE: Columns = {
    "day": Column("day", "The day on which the supplier would not say."),
    "day_words": text("The day in words."),
    "said": text("The words, or our summary."),
    "sources": Column("objects", "Where it can be read.", SOURCE),
}
VERSION: Columns = {
    "status": text("The status that the record gave it."),
    "label": text("The status in words."),
    "days": text("Its days in words."),
    "recorded_from": Column("instant", "Since when the record said so."),
    "recorded_until": Column("instant?", "Until when; null where it stands."),
    "reason": text("Why the record was changed."),
}
WHOLE_POSITION: Columns = {
    **POSITION,
    "claims": Column("objects", "The claims that it rests on.", EVIDENCE),
    "challengers": Column("objects", "The claims that contest it.", EVIDENCE),
    "silences": Column("objects", "Days on which the supplier would not say, while it went on.", SILENCE),
    "rules": Column("codes", "The rules of derivation that made it."),
    "versions": Column("objects", "What the record has said of it, the newest first.", VERSION),
}
TURN: Columns = {
    "position": Column("integer", "The number of the position that began."),
    **_line(),
    "kind": text("more, less or limits; first, own or silence where no level came before, or none came."),
    "before": code("The status before; null where nothing is recorded."),
    "before_label": code("That status in words."),
    "before_limits": code("Its limits in words."),
    "before_by": code("The wider weapon whose rule answered before; empty where it was the weapon's own."),
    "after": text("The status since."),
    "after_label": text("That status in words."),
    "limits": _LIMITS,
    "limits_in_words": _LIMITS_IN_WORDS,
    **imprecise("effective", "Since when it holds."),
    **imprecise("announced", "When it was announced."),
    "provisional": _PROVISIONAL,
    "disputed": Column("codes", "What is contested about the turn itself, in sentences."),
    "attributions": _ATTRIBUTIONS,
    "evidence": Column("integer", "How many claims it rests on."),
    "independent_sources": Column("integer", "How many sources stand on their own: reprints count once."),
    "quote": text("The exact words that made the turn; empty where no dispatch is held."),
    "summary": text("Our own words, where no quote is held."),
    "attribution": text("Who vouches for that claim."),
    "source": text("Where it can be read: the first address."),
    "sources": _SOURCES,
    "sentence": text("All of it in a sentence or two."),
}
CELL: Columns = {
    "supplier": text("The state whose weapons they are."),
    "supplier_name": text("Its name."),
    "weapon": text("The weapon's code."),
    "weapon_name": text("Its name."),
    "status": code("What answers on the day; null where nothing was looked up."),
    "label": text("The status in words."),
    "answered_by": text("own, or the wider weapon whose rule answers; empty where none does."),
    "limits_in_words": _LIMITS_IN_WORDS,
    "supply": code("What the record says of its delivery."),
    "binding": text("What binds where a state that must agree lowers the rule; unknown where it has not said."),
    "consents": Column("codes", "The names of the states that must agree."),
    "possible": Column("codes", "What else is possible on a day inside an imprecise turn, in words."),
    "provisional": _PROVISIONAL,
    "disputed": Column("flag", "Whether sources disagree on the day."),
    "position": Column("integer?", "The number of the position that answers."),
}
DISPATCH: Columns = {
    "id": Column("integer", "The dispatch's number."),
    "title": text("Its title."),
    "publisher": text("Who published it."),
    "address": text("Where it stands on the web; empty where there is no address."),
    "published": text("When it was published, in EDTF; empty where unknown."),
    "language": text("Its language, by its code."),
    "outcome": code(
        "claims: some count; read: none does; off_topic: not about arms; waiting: not read yet. Of a past day null "
        "where no claim was held: how far it had been read is not kept."
    ),
    "accepted": Column("integer", "How many of its claims count."),
    "decided": Column("integer", "How many a curator decided."),
    "proposed": Column("integer", "How many nobody has decided."),
    "synthetic": Column("flag", "Whether we wrote it ourselves, for demonstration."),
    "reprint": Column("flag", "Whether it only prints another's story again."),
}
SUPPLIER: Columns = {
    "supplier": text("The state, by ISO 3166-1."),
    "supplier_name": text("Its name."),
    "status": code("Its general rule on the day; null where none is known."),
    "label": code("That status in words."),
    "limits_in_words": code("Its limits in words."),
    "starts": code("Since when it holds, in EDTF."),
    "own_rules": Column("integer", "How many weapons have a rule of their own on the day."),
    "supplied": Column("integer", "How many weapons it is recorded as handing over on the day."),
    "last_turn": code("Its latest turn up to the day, in EDTF."),
    "last_confirmed": Column("day?", "The last day on which a claim upholds any of it."),
    "position": Column("integer?", "The number of the position that is the general rule."),
}
WEAPON: Columns = {
    "weapon": text("The weapon's code."),
    "weapon_name": text("Its name."),
    "kind": text("any, class or system."),
    "parent": code("The class that it belongs to; null for any."),
    "depth": Column("integer", "How deep it stands in the tree: 0 for any, 1 for a class."),
    "wider": Column("codes", "Whose rules answer where it has none, the narrowest first."),
    "range_km": Column("integer?", "Its range."),
    "aliases": Column("codes", "Its other names in texts."),
    "makers": Column("codes", "The states that make it."),
    "supplied_by": Column("integer", "How many governments are recorded as handing it over on the day."),
    "refused_by": Column("integer", "How many refuse it on the day."),
    "rules": Column("integer", "How many have a rule of its own on the day."),
}
REGION: Columns = {
    "region": text("The region, by ISO 3166-2."),
    "name": text("Its name."),
    "country": text("Its country, by ISO 3166-1."),
}
CODE: Columns = {
    "field": text("The field that the code belongs to."),
    "code": text("The code."),
    "label": text("The code in words."),
    "meaning": text("What it means."),
}
AGREEMENT: Columns = {
    "by": text("all, period or language."),
    "group": text("The period or the language; empty for all."),
    "field": text("The field that is compared; claim: whether the passage makes one at all."),
    "passages": Column("integer", "How many passages were coded twice."),
    "agreed": Column("integer", "On how many of them both codings agree."),
    "percent": Column("number?", "Their share, from 0 to 1."),
    "kappa": Column("number?", "Cohen's kappa; null under ten passages, or where chance cannot be told."),
    "alpha": Column("number?", "Krippendorff's alpha, by the distance of Jaccard for fields with several codes."),
}
FIELD_SCORE: Columns = {
    "field": text("The field."),
    "right": Column("integer", "In how many hits the machine had it right."),
    "of": Column("integer", "How many hits there are."),
    "share": Column("number?", "The one by the other."),
}
SCORE: Columns = {
    "version": text("The version of the coder; all for all of them."),
    "language": text("The language of the dispatches; all for all of them."),
    "hits": Column("integer", "Claims that curators left with the machine's supplier, weapon and status."),
    "false_positives": Column("integer", "Claims of the machine that were rejected, or changed in one of the three."),
    "misses": Column("integer", "Claims that curators made by hand, or changed so."),
    "precision": Column("number?", "Hits by all claims of the machine."),
    "recall": Column("number?", "Hits by all claims that curators left."),
    "fields": Column("objects", "Of the hits, how many are right in each other field.", FIELD_SCORE),
}
