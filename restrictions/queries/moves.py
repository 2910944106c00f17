"""Who moved first: the order of suppliers for one kind of move, and how many had not moved after how many days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import exact
from restrictions.domain.moves import Course, Lag, Move, Standing, courses, lags, observations
from restrictions.domain.survival import kaplan_meier
from restrictions.queries.bare import Towards, towards
from restrictions.queries.codes import Codes
from restrictions.queries.movers import MoverRow, Movers, Stand
from restrictions.queries.phrases import conditions_of, name_in_a_sentence, said_limits
from restrictions.queries.spoken import spoken
from restrictions.words import status_label, unaccented


def movers(
    *, recipient: str, territory: str, weapon: str, move: Move, on: date, codes: Codes, clock: Clock = NOW
) -> Movers:
    """The suppliers that made the move by a day, those that could and did not, and the curve: three queries at most."""
    known = towards(recipient, clock=clock)
    found = courses(known.bare.values(), codes.tree, move=move, weapon=weapon, territory=territory, on=on)
    rows = _Rows(known, found, codes)
    order = lags(found)
    steps = kaplan_meier(observations(found, first=order[0].moved.starts.latest, on=on)) if order else ()
    others = [course for course in found if not course.moved]
    return Movers(
        moved=tuple(rows.moved(lag) for lag in order),
        waiting=rows.by_name(course for course in others if course.before),
        undated=rows.by_name(course for course in others if course.before is None),
        steps=steps,
    )


class _Rows:
    """Courses as rows, with names and the numbers of the stored positions."""

    def __init__(self, known: Towards, found: Iterable[Course], codes: Codes) -> None:
        self._codes, self._number_of = codes, known.number_of
        stands = [stand for course in found for stand in (course.before, course.moved, course.undated) if stand]
        self._shown = known.shown([self._number_of[id(stand.position)] for stand in stands])

    def moved(self, lag: Lag) -> MoverRow:
        return replace(self._row(lag.course), rank=lag.rank, days=lag.days, least=lag.least, most=lag.most)

    def by_name(self, found: Iterable[Course]) -> tuple[MoverRow, ...]:
        rows = [self._row(course) for course in found]
        return tuple(sorted(rows, key=lambda row: unaccented(row.supplier_name)))

    def _row(self, course: Course) -> MoverRow:
        name = self._codes.countries.get(course.supplier, course.supplier)
        return MoverRow(
            supplier=course.supplier,
            supplier_name=name,
            spoken_name=name_in_a_sentence(course.supplier, name),
            before=self._stand(course.before),
            moved=self._stand(course.moved),
            since=spoken(exact(course.since)) if course.since else "",
            left=spoken(exact(course.left)) if course.left else "",
            undated=self._stand(course.undated),
        )

    def _stand(self, standing: Standing | None) -> Stand | None:
        if standing is None:
            return None
        position, weapon = standing.position, standing.position.line.weapon
        number = self._number_of[id(position)]
        stated = standing.status is position.status
        return Stand(
            status=standing.status,
            label=status_label(standing.status, conditions_of(position) if stated else ()),
            limits=said_limits(position, self._codes) if stated else "",
            position=number,
            weapon=weapon,
            weapon_name=self._codes.weapons.get(weapon, weapon),
            starts=standing.starts,
            starts_words=spoken(standing.starts),
            provisional=position.provisional,
            disputed=bool(self._shown[number]["stretches"]),
        )
