"""Weapons: the tree of them, and for each its story, its timeline, what holds on a day, and its turns."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import pgettext

from dashboard.exports.rows import csv_lines, json_rows
from dashboard.listings import WEAPON_COLUMNS, WeaponLine, weapon_lines, weapon_records, weapons_lead
from dashboard.stories import turns_finding, weapon_lead, weapon_story
from dashboard.views.asking import Reading, reading_of
from dashboard.views.keeping import reading_page
from dashboard.views.story import (
    AskedRecord,
    AskedStory,
    HeldCell,
    asked_of_record,
    asked_of_story,
    matrix_of_story,
    shown_story,
    story_csv,
    story_json,
    turns_of_story,
    unknown_code,
)
from restrictions.queries.changes import Wanted
from restrictions.queries.codes import Codes
from restrictions.queries.foreign_names import foreign_names
from restrictions.queries.naming import WEAPON
from restrictions.queries.weapons import weapon_facts
from restrictions.words import unaccented

StoryView = Callable[[HttpRequest, str, Reading], HttpResponseBase]


@reading_page
def weapons(request: HttpRequest) -> HttpResponse:
    """Every weapon of the reference list, as the tree in which wider rules answer for narrower weapons."""
    asked = asked_of_record(request, reading_of(request))
    lines = _lines(asked)
    context = {
        "lead": weapons_lead(lines, day=asked.day),
        "lines": lines,
    }
    return shown_story(request, "reading/weapons.html", asked, context, title=pgettext("page", "Weapons"))


@reading_page
def weapons_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The tree as CSV."""
    records = weapon_records(_lines(asked_of_record(request, reading_of(request))))
    response = StreamingHttpResponse(csv_lines(WEAPON_COLUMNS, records), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-weapons.csv"'
    return response


@reading_page
def weapons_as_json(request: HttpRequest) -> HttpResponse:
    """The tree as JSON."""
    asked = asked_of_record(request, reading_of(request))
    about = {"query": asked.criteria.query_string(), "on": asked.day}
    return HttpResponse(json_rows(weapon_records(_lines(asked)), about=about), content_type="application/json")


def _lines(asked: AskedRecord) -> list[WeaponLine]:
    nodes, facts = _in_tree_order(asked.codes), weapon_facts(asked.criteria.clock)
    return weapon_lines(asked.use, asked.supplies, day=asked.day, nodes=nodes, facts=facts)


def _in_tree_order(codes: Codes) -> list[tuple[str, str, int]]:
    """Every weapon, each class before its systems: code, name, depth."""
    return [(code, codes.weapons[code], depth) for code, depth in codes.in_tree_order(codes.weapons)]


def _children(codes: Codes, code: str) -> list[str]:
    children = [node.code for node in codes.tree.nodes.values() if node.parent == code]
    return sorted(children, key=lambda child: unaccented(codes.weapons[child]))


def of_a_weapon(view: StoryView) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """The view, with 404 for what is no weapon's code, and the one address for a code written otherwise."""

    @wraps(view)
    def answer(request: HttpRequest, code: str) -> HttpResponseBase:
        read, usual = reading_of(request), code.lower().replace("-", "_")
        if usual not in read.codes.weapons:
            pages = [(reverse("weapon", args=[one]), name) for one, name in read.codes.weapons.items()]
            return unknown_code(request, kind="weapon", given=code, known=pages)
        if code != usual:
            return redirect(request.get_full_path().replace(code, usual, 1), permanent=True)
        return view(request, code, read)

    return answer


@reading_page
@of_a_weapon
def weapon(request: HttpRequest, code: str, read: Reading) -> HttpResponse:
    """One weapon's page; without rows it says that nothing was looked up, and which wider rule may answer."""
    asked, codes = asked_of_story(request, read, weapons=(code,)), read.codes
    told = asked.told
    log = turns_of_story(asked, Wanted(weapons=(code,)))
    facts = weapon_facts(read.clock)[code]
    context = {
        "name": codes.weapons[code],
        "code": code,
        "facts": facts,
        "foreign": foreign_names(WEAPON, code, codes.weapons[code]),
        "makers": [codes.countries.get(maker, maker) for maker in facts.makers],
        "wider": [(one, codes.weapons[one]) for one in codes.tree.wider(code)],
        "narrower": [(one, codes.weapons[one]) for one in _children(codes, code)],
        "lead": weapon_lead(told, code=code, weapon=codes.weapons[code]),
        "story": weapon_story(told, code=code),
        "cells": _cells(asked, code),
        **asked.sheet,
        "finding": turns_finding(log),
        "turns": log,
    }
    return shown_story(
        request, "reading/weapon.html", asked, context, title=codes.weapons[code], sought={"weapons": (code,)}
    )


@reading_page
@of_a_weapon
def weapon_as_csv(request: HttpRequest, code: str, read: Reading) -> HttpResponseBase:
    """All bars of the page as CSV."""
    return story_csv(asked_of_story(request, read, weapons=(code,)), f"weapon-{code}")


@reading_page
@of_a_weapon
def weapon_as_json(request: HttpRequest, code: str, read: Reading) -> HttpResponse:
    """All bars of the page as JSON."""
    return story_json(asked_of_story(request, read, weapons=(code,)), weapon=code)


def _cells(asked: AskedStory, code: str) -> list[HeldCell]:
    """What holds on the day, supplier by supplier, what permits most first; who was never looked at is left out."""
    return [
        HeldCell(row.supplier_name, reverse("supplier", args=[row.supplier.lower()]), cell)
        for row in matrix_of_story(asked).rows
        for cell in row.cells
        if cell.weapon == code and (cell.status or cell.supply)
    ]
