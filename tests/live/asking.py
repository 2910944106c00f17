"""A record with a past, and every kind of answer it gives: run inside the program, against whichever database."""

import json
from hashlib import sha256
from itertools import product

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from restrictions.domain.datasets import DERIVED, PANEL_DAYS, STORED
from tests.record.backdating import days_ago, set_back
from tests.record.random_hand import Hand
from tests.site.desk_rows import LETS, make_dispatch, propose, propose_mark

LOADED, CHANGED = days_ago(10), days_ago(4)
"""The days on which the record of these tests began to know, and on which it was last changed before today."""

_VIEWS = ("timeline.csv", "timeline.json", "matrix.csv", "matrix.json", "overview.csv")
_NOW = ("claims.json", "dispatches.ndjson", "coverage.csv", "codebook.json", "moves.json", "data/agreement.csv")
_API = ("positions", "changes", "matrix", "marks", "suppliers", "weapons")
_CLOCKS = (
    *("on=2024-06-02", f"known={LOADED}&on=2023-01-15", f"known={LOADED}", f"known={CHANGED}&on=2024-06-02"),
    *(f"known={CHANGED}", "reported=2024-06-10", f"known={CHANGED}&reported=2025-03-01"),
)
_KNOWN = ("", f"known={CHANGED}")


def change_at_random(changes: int) -> None:
    """A record that began ten days ago, was changed five days ago, and again today. Needs the server's superuser."""
    hand = Hand(seed=8)
    for number in (1, 2):
        version = make_dispatch(f"Report {number}", address=f"https://courier.example/{number}")
        propose(version, LETS, weapon_id="himars", status="allowed")
        propose_mark(version, supplier_id="US", recipient_id="UA", weapon_id="any", territory="RU")
    _five_days_pass()
    while hand.done.total() < changes:
        hand.change()
    _five_days_pass()
    while hand.done.total() < 2 * changes:
        hand.change()


def _five_days_pass() -> None:
    with transaction.atomic():
        set_back(days=5)


def answers() -> str:
    """What each address answers, as JSON: its status and a digest of its bytes."""
    cache.clear()
    client = Client(headers={"host": "localhost"})
    found = {}
    for address in _addresses():
        response = client.get(address, secure=True)
        found[address] = f"{response.status_code} {sha256(response.getvalue()).hexdigest()}"
    return json.dumps(found)


def _addresses() -> list[str]:
    """Views of a day by every clock; everything, as files and by the API, as it was known; the logs as they stand."""
    views = [f"/{view}?{clock}" for view, clock in product(_VIEWS, _CLOCKS)]
    tables = [f"data/{dataset.name}.csv" for dataset in (*STORED, *DERIVED) if dataset is not PANEL_DAYS]
    whole = [*tables, "changes.csv", *(f"api/v1/{name}" for name in _API)]
    return [*views, *(f"/{address}?{clock}" for address, clock in product(whole, _KNOWN)), *(f"/{now}" for now in _NOW)]
