"""Made-up dispatches: each simulated claim is a sentence of one, and every one is marked as synthetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from typing import Any

from restrictions.actions.copying import Copied
from restrictions.domain.claims import Claim
from restrictions.feeds.addresses import address_key
from restrictions.models import Dispatch, DispatchState, DispatchVersion
from restrictions.queries.evidence import Shown

SIMULATION = "simulation"
"""The coder of every claim of a simulated record, and the user in whose name it is accepted."""

_CLAIMS_OF_EACH = 1.4
"""More claims than there ever are for a simulated position."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim's quote as the columns of its row, and all that versions show of the claim."""

    columns: dict[str, Any]
    shown: Shown


class SimulatedDesk:
    """Dispatches in the making: each claim is a sentence of one, until there are as many as asked for."""

    def __init__(self, tables: Mapping[type[Any], Copied], dispatches: int) -> None:
        self._tables, self._wanted = tables, dispatches
        self._each, self._made = 1, 0
        self._body, self._claims = "", 0
        self._first: Claim | None = None

    def expect(self, positions: int) -> None:
        """How many claims each dispatch carries at most, given about so many positions: the last one takes the rest,
        and a text with tens of thousands of quotes is like none that is ever handed in."""
        self._each = max(1, ceil(positions * _CLAIMS_OF_EACH / self._wanted)) if self._wanted else 1

    def report(self, claim: Claim) -> Quoted:
        """The claim as a sentence of a dispatch; without one where none is wanted."""
        said = f"{claim.line.supplier} says {claim.status} of {claim.line.weapon} on {claim.effective.edtf}."
        if not self._wanted:
            return Quoted({"summary": said}, _shown(claim, None, summary=said))
        if self._claims == self._each and self._made + 1 < self._wanted:
            self._write()
        self._first = self._first or claim
        start, self._claims = len(self._body), self._claims + 1
        self._body += f"{said} "
        number = self._tables[DispatchVersion].next_id
        span = {"quote_in": "body", "quote_start": start, "quote_end": start + len(said), "quote": said}
        held = self._held(self._tables[Dispatch].next_id, self._first)
        return Quoted(span | {"dispatch_version_id": number}, _shown(claim, held, quote=said))

    def close(self) -> int:
        """Write what is still open, and empty dispatches up to the number wanted. How many there are."""
        while self._made < self._wanted:
            self._write()
        for table in (Dispatch, DispatchVersion):
            self._tables[table].flush()
        return self._made

    def _held(self, number: int, first: Claim) -> Shown:
        """The open dispatch as versions show it."""
        return {
            "id": number,
            "version": 1,
            "cluster": number,
            "title": f"Simulated report {number}",
            "publisher": "Simulation",
            "address": _address(number),
            "published": first.published.edtf,
            "language": "en",
            "synthetic": True,
        }

    def _write(self) -> None:
        number = self._tables[Dispatch].next_id
        day = self._first.published if self._first else None
        state = DispatchState.CODED if day else DispatchState.IRRELEVANT
        row = {
            "address": _address(number),
            "address_key": address_key(_address(number)),
            "publisher": "Simulation",
            "state": state.value,
            "synthetic": True,
            "coded_by": SIMULATION,
            "published_edtf": day.edtf if day else None,
            "published_earliest": day.earliest if day else None,
            "published_latest": day.latest if day else None,
        }
        self._tables[Dispatch].add(row)
        title, body = f"Simulated report {number}", self._body or "Nothing about arms."
        text = {"dispatch_id": number, "title": title, "body": body, "language": "en"}
        self._tables[DispatchVersion].add(
            text | {"publisher": "Simulation", "content_hash": sha256(title.encode()).hexdigest()}
        )
        self._made, self._body, self._claims, self._first = self._made + 1, "", 0, None


def _address(number: int) -> str:
    return f"https://simulation.invalid/{number}"


def _shown(claim: Claim, dispatch: Shown | None, *, quote: str = "", summary: str = "") -> Shown:
    """The claim as versions show it."""
    return {
        "status": claim.status.value,
        "act": claim.act.value,
        "attribution": claim.attribution.value,
        "effective": claim.effective.edtf,
        "published": claim.published.edtf,
        "prior": None,
        "speaker": "",
        "summary": summary,
        "quote": quote,
        "weak": False,
        "dispatch": dispatch,
        "sources": [],
    }
