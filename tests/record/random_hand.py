"""A hand that changes the record at random: every kind of change there is, the same for the same seed."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import sha256

from django.db.models import ProtectedError

from restrictions.actions.claims import AlreadyDecided, accept_claim, edit_claim, reject_claim, undo_decision
from restrictions.actions.countries import save_country
from restrictions.actions.marks import MarkAlreadyDecided, accept_mark, reject_mark
from restrictions.actions.merges import CannotMerge, merge_claim
from restrictions.actions.retractions import restore_claim, retract_claim
from restrictions.actions.settlements import CannotSettle, settle
from restrictions.actions.weapons import save_weapon
from restrictions.domain.vocabulary import Decision, Status
from restrictions.models import Claim, Country, Dispatch, DispatchVersion, Mark, Region, Source, Stretch, Weapon
from restrictions.queries.edits import FaultyFields
from tests.record.rows import make_curator


class Hand:
    """Changes the record at random, the same for the same seed, and counts what it did."""

    def __init__(self, seed: int) -> None:
        self._chance, self._by = random.Random(seed), make_curator("editor")
        self.done: Counter[str] = Counter()

    def change(self) -> None:
        """One change of the record, of whatever kind; some are refused, and then another is tried."""
        kinds: tuple[Callable[[], None], ...] = (
            *(self.undo, self.undo, self.decide, self.retract, self.restore, self.edit, self.settle, self.merge),
            *(self.delete, self.country, self.weapon, self.region, self.mark, self.cluster, self.sources),
            *(self.retitle, self.redate, self.state),
        )
        kind = self._chance.choice(kinds)
        refusals = (AlreadyDecided, CannotMerge, CannotSettle, FaultyFields, MarkAlreadyDecided, ProtectedError)
        with suppress(*refusals, IndexError):
            kind()
            self.done[kind.__name__] += 1

    def _claim(self, **wanted: object) -> Claim:
        return self._chance.choice(Claim.objects.filter(**wanted).order_by("key"))

    def undo(self) -> None:
        undo_decision(claim=self._claim(decision="accepted", retracted=False).pk, by=self._by, reason="Read again")

    def decide(self) -> None:
        claim = self._claim(decision="proposed")
        if self._chance.random() < 0.7:
            accept_claim(claim=claim.pk, by=self._by)
        else:
            reject_claim(claim=claim.pk, by=self._by, reason="Not its own position")

    def retract(self) -> None:
        retract_claim(claim=self._claim(decision="accepted", retracted=False).pk, by=self._by, reason="Withdrawn")

    def restore(self) -> None:
        restore_claim(claim=self._claim(decision="accepted", retracted=True).pk, by=self._by, reason="Stands")

    def edit(self) -> None:
        changes = {"attribution": self._chance.choice(("media", "document", "named_official"))}
        edit_claim(claim=self._claim(track="use").pk, by=self._by, changes=changes, reason="Coded anew")

    def settle(self) -> None:
        stretch = self._chance.choice(Stretch.objects.filter(until__isnull=False).order_by("pk"))
        settle(
            line=stretch.position.line,
            first=stretch.first,
            until=stretch.until or date.max,
            status=Status(stretch.standing),
            reason="The letter says so",
            by=self._by,
        )

    def merge(self) -> None:
        claim = self._claim(decision="proposed", dispatch_version__isnull=False)
        other = self._claim(dispatch_version=claim.dispatch_version, decision="accepted")
        merge_claim(claim=claim.pk, into=other.pk, by=self._by)

    def delete(self) -> None:
        claim = self._claim(decision=Decision.PROPOSED.value)
        Source.objects.filter(claim=claim).delete()
        claim.delete()

    def country(self) -> None:
        row = self._chance.choice(Country.objects.filter(code__in=("CA", "GB", "NL", "AE")).order_by("code"))
        row.name_en += " II"
        save_country(row=row, by=self._by, reason="Renamed")

    def weapon(self) -> None:
        row = self._chance.choice(Weapon.objects.filter(kind="system").order_by("code"))
        row.name, row.parent_id = f"{row.name} II", self._chance.choice(("artillery", "long_range", row.parent_id))
        save_weapon(row=row, by=self._by, reason="Another class")

    def region(self) -> None:
        row = self._chance.choice(Region.objects.filter(code__in=("UA-63", "RU-KRS", "RU-BEL")).order_by("code"))
        row.name_en += " II"
        row.save()

    def mark(self) -> None:
        mark = self._chance.choice(Mark.objects.order_by("key"))
        if self._chance.random() < 0.5:
            mark.summary += " Again."
            mark.save()
        elif self._chance.random() < 0.5:
            accept_mark(mark=mark.pk, by=self._by)
        else:
            reject_mark(mark=mark.pk, by=self._by)

    def cluster(self) -> None:
        first, second = Dispatch.objects.order_by("pk")[:2]
        second.cluster, second.publisher = first, f"{second.publisher}, late edition"
        second.save()

    def sources(self) -> None:
        source = self._chance.choice(Source.objects.order_by("pk")[:200])
        source.title, source.publisher = "Retitled", "Renamed"
        source.save()

    def retitle(self) -> None:
        """Another text of the same dispatch came in."""
        dispatch = self._dispatch()
        number = dispatch.versions.count() + 1
        digest = sha256(f"{dispatch.pk} {number}".encode()).hexdigest()
        DispatchVersion.objects.create(
            dispatch=dispatch, number=number, title=f"Report, corrected {number}", language="fr", content_hash=digest
        )

    def redate(self) -> None:
        dispatch, day = self._dispatch(), date(2026, 1, self._chance.randint(1, 28))
        dispatch.published_edtf = day.isoformat()
        dispatch.published_earliest = dispatch.published_latest = day
        dispatch.synthetic = not dispatch.synthetic
        dispatch.save()

    def state(self) -> None:
        dispatch = self._dispatch()
        dispatch.state = self._chance.choice(("new", "coded", "irrelevant"))
        dispatch.save()

    def _dispatch(self) -> Dispatch:
        return self._chance.choice(Dispatch.objects.order_by("pk"))
