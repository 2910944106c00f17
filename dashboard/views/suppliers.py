"""Suppliers: the list of them, and for each its story, its timeline, what holds on a day, and its turns."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import pgettext

from dashboard.exports.rows import csv_lines, json_rows
from dashboard.findings import timeline_finding
from dashboard.listings import SUPPLIER_COLUMNS, SupplierLine, supplier_records
from dashboard.stories import supplier_lead, supplier_story, turns_finding
from dashboard.views.asking import Reading, reading_of
from dashboard.views.keeping import reading_page
from dashboard.views.story import (
    AskedRecord,
    AskedStory,
    HeldCell,
    asked_of_record,
    asked_of_story,
    lines_of_suppliers,
    matrix_of_story,
    shown_story,
    story_csv,
    story_json,
    turns_of_story,
    unknown_code,
)
from restrictions.queries.bars import TimelineBar
from restrictions.queries.changes import Wanted
from restrictions.queries.foreign_names import foreign_names
from restrictions.queries.naming import STATE
from restrictions.words import unaccented

StoryView = Callable[[HttpRequest, str, Reading], HttpResponseBase]


@reading_page
def suppliers(request: HttpRequest) -> HttpResponse:
    """Every supplier that the record knows towards a recipient, by name."""
    asked = asked_of_record(request, reading_of(request))
    lines = _lines(asked)
    context = {
        "lead": timeline_finding(asked.use.lines, day=asked.day, tell=asked.use.sentence),
        "lines": lines,
    }
    return shown_story(request, "reading/suppliers.html", asked, context, title=pgettext("page", "Suppliers"))


@reading_page
def suppliers_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list as CSV."""
    records = supplier_records(_lines(asked_of_record(request, reading_of(request))))
    response = StreamingHttpResponse(csv_lines(SUPPLIER_COLUMNS, records), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-suppliers.csv"'
    return response


@reading_page
def suppliers_as_json(request: HttpRequest) -> HttpResponse:
    """The list as JSON."""
    asked = asked_of_record(request, reading_of(request))
    about = {"query": asked.criteria.query_string(), "on": asked.day}
    body = json_rows(supplier_records(_lines(asked)), about=about)
    return HttpResponse(body, content_type="application/json")


def _lines(asked: AskedRecord) -> list[SupplierLine]:
    return sorted(lines_of_suppliers(asked), key=lambda line: unaccented(line.name))


def of_a_supplier(view: StoryView) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """The view, with 404 for what is no country's code, and the one address for a code written in capitals."""

    @wraps(view)
    def answer(request: HttpRequest, code: str) -> HttpResponseBase:
        read = reading_of(request)
        codes = read.codes
        if code.upper() not in codes.countries:
            known = {one for suppliers in read.held.suppliers.values() for one in suppliers}
            pages = [(reverse("supplier", args=[one.lower()]), codes.countries.get(one, one)) for one in known]
            return unknown_code(request, kind="supplier", given=code, known=pages)
        if code != code.lower():
            return redirect(request.get_full_path().replace(code, code.lower(), 1), permanent=True)
        return view(request, code, read)

    return answer


@reading_page
@of_a_supplier
def supplier(request: HttpRequest, code: str, read: Reading) -> HttpResponse:
    """One supplier's page; without rows it says that nothing was looked up."""
    asked, state, codes = asked_of_story(request, read, suppliers=(code.upper(),)), code.upper(), read.codes
    told = asked.told
    log = turns_of_story(asked, Wanted(suppliers=(state,)))
    context = {
        "name": codes.countries[state],
        "state": state,
        "foreign": foreign_names(STATE, state, codes.countries[state]),
        "lead": supplier_lead(told, supplier=codes.countries[state]),
        "story": supplier_story(told, code=state),
        "cells": _cells(asked, state),
        **asked.sheet,
        "finding": turns_finding(log),
        "turns": log,
        "given": [bar for bar in told.consents if bar.supplier == state],
        "needed": [bar for bar in told.consents if bar.supplier != state],
        "weapons": _weapons(asked.rows),
        "recipients": _recipients(asked, state),
    }
    return shown_story(
        request, "reading/supplier.html", asked, context, title=codes.countries[state], sought={"suppliers": (state,)}
    )


@reading_page
@of_a_supplier
def supplier_as_csv(request: HttpRequest, code: str, read: Reading) -> HttpResponseBase:
    """All bars of the page as CSV."""
    return story_csv(asked_of_story(request, read, suppliers=(code.upper(),)), f"supplier-{code}")


@reading_page
@of_a_supplier
def supplier_as_json(request: HttpRequest, code: str, read: Reading) -> HttpResponse:
    """All bars of the page as JSON."""
    return story_json(asked_of_story(request, read, suppliers=(code.upper(),)), supplier=code.upper())


def _cells(asked: AskedStory, state: str) -> list[HeldCell]:
    """What holds on the day, weapon by weapon, in the order of the tree; what was never looked up is left out."""
    rows = [row for row in matrix_of_story(asked).rows if row.supplier == state]
    return [
        HeldCell(cell.weapon_name, reverse("weapon", args=[cell.weapon]), cell)
        for row in rows
        for cell in row.cells
        if cell.status or cell.supply
    ]


def _weapons(rows: Sequence[TimelineBar]) -> list[tuple[str, str]]:
    """The weapons that the page names: code and name, by name."""
    return sorted({(bar.weapon, bar.weapon_name) for bar in rows}, key=lambda one: unaccented(one[1]))


def _recipients(asked: AskedStory, state: str) -> list[tuple[str, str]]:
    """The other recipients that the record knows this supplier's rules for: code and name."""
    held, names = asked.held, asked.codes.countries
    others = [one for one in held.recipients if state in held.suppliers[one] and one != asked.criteria.recipient]
    return [(one, names.get(one, one)) for one in others]
