"""What positions are about: suppliers, weapons, regions, and the codes of the codebook."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from dashboard.api import parameters as takes
from dashboard.api.endpoint import Endpoint, Rows
from dashboard.api.positions import TOTAL, counted_off
from dashboard.api.question import Question
from dashboard.exports.dictionary import CODE, REGION, SUPPLIER, WEAPON, Column
from dashboard.listings import supplier_records, weapon_lines, weapon_records
from dashboard.parameters import Given
from dashboard.views.story import AskedRecord, asked_of_record, lines_of_suppliers
from restrictions.domain.rules import RULES_VERSION, Rule
from restrictions.domain.weapons import ANY
from restrictions.queries.weapons import weapon_facts
from restrictions.words import unaccented
from restrictions.words.definitions import vocabularies
from restrictions.words.rules import rule_sentence

_OF_A_DAY = (takes.RECIPIENT, takes.TERRITORY, takes.ON, *takes.CLOCKS)
_ABOUT_A_DAY = {"on": Column("day", "The day."), **TOTAL}


def _cut(question: Question, rows: list[dict[str, Any]], **about: Any) -> Rows:
    start = question.place
    shown = rows[start : start + question.cut.limit + 1]
    return Rows(shown, counted_off(shown, start), {**about, "total": len(rows)})


def _suppliers(question: Question) -> Rows:
    asked = asked_of_record(question.request, question.read)
    lines = lines_of_suppliers(asked)
    lines.sort(key=lambda line: (unaccented(line.name), line.code))
    return _cut(question, list(supplier_records(lines)), on=asked.day)


def _weapons(question: Question) -> Rows:
    asked = asked_of_record(question.request, question.read)
    return _cut(question, _tree(asked), on=asked.day)


def _tree(asked: AskedRecord) -> list[dict[str, Any]]:
    """Every weapon in the order of the tree, with its place in it and what the reference list says of it."""
    codes, facts = asked.codes, weapon_facts(asked.criteria.clock)
    nodes = [(code, codes.weapons[code], depth) for code, depth in codes.in_tree_order(codes.weapons)]
    records = weapon_records(weapon_lines(asked.use, asked.supplies, day=asked.day, nodes=nodes, facts=facts))
    return [
        {
            **record,
            "parent": codes.tree.nodes[record["weapon"]].parent,
            "wider": [] if record["weapon"] == ANY else list(codes.tree.wider(record["weapon"])),
            "aliases": list(facts[record["weapon"]].aliases),
            "makers": list(facts[record["weapon"]].makers),
        }
        for record in records
    ]


def _regions(question: Question) -> Rows:
    read = question.read
    given = Given(question.request.GET, single=("country", *(one.name for one in takes.CLOCKS)))
    country = given.code("country", read.codes.countries, gettext("a country's code, such as UA"), "")
    return _cut(
        question,
        [
            {"region": code, "name": name, "country": code[:2]}
            for code, name in sorted(read.codes.regions.items())
            if code.startswith(country)
        ],
    )


def _codebook(_question: Question) -> Rows:
    """The codes, with the rules of derivation as codes of their own."""
    rows = [
        {"field": vocabulary.field, **asdict(one)} for vocabulary in vocabularies() for one in vocabulary.definitions
    ]
    rules = [{"field": "rule", "code": rule.value, "label": "", "meaning": rule_sentence(rule)} for rule in Rule]
    return Rows([*rows, *rules], about={"rules_version": RULES_VERSION})


SUPPLIERS = Endpoint(
    path="/suppliers",
    name="suppliers",
    summary="Suppliers",
    says="Every state that the record knows as a supplier, with its general rule on the day.",
    takes=_OF_A_DAY,
    columns=SUPPLIER,
    rows=_suppliers,
    about=_ABOUT_A_DAY,
)
WEAPONS = Endpoint(
    path="/weapons",
    name="weapons",
    summary="Weapons",
    says="The tree of weapons, each class before its systems: whose rule answers where a weapon has none of its own.",
    takes=_OF_A_DAY,
    columns=WEAPON,
    rows=_weapons,
    about=_ABOUT_A_DAY,
)
REGIONS = Endpoint(
    path="/regions",
    name="regions",
    summary="Regions",
    says="The regions that limits can name.",
    takes=(takes.OF_COUNTRY, *takes.CLOCKS),
    columns=REGION,
    rows=_regions,
    about=TOTAL,
)
CODEBOOK = Endpoint(
    path="/codebook",
    name="codebook",
    summary="The codebook",
    says="Every code of the record with its words and its meaning, and the rules by which positions are derived.",
    takes=(),
    columns=CODE,
    rows=_codebook,
    about={"rules_version": Column("text", "The version of the rules of derivation.")},
    paged=False,
)
