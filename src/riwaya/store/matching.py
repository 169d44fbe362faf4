"""Filters over the columns in memory: the same events as :mod:`riwaya.store.filters` finds in the store.

The same rules of redaction hold: nobody finds by a name or a place what they may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from riwaya.store.columns import ActorValue, ClaimValue, Columns, Event, PlaceValue, Rows
from riwaya.store.filters import Filter
from riwaya.store.redaction import Redaction
from riwaya.store.within import is_province, within

T = TypeVar("T")
Test = Callable[[Event], bool]
Narrow = Callable[[list[int], Sequence[Any]], list[int]]  # positions that fit, of some in the events


@dataclass(slots=True)
class Matcher:
    """A filter made ready for one state. ``countries``: codes of the place asked for, if it is a country there."""

    columns: Columns
    asked: Filter
    redaction: Redaction | None
    hits: Container[int] | None = None  # numbers of the reports that hold the text asked for
    countries: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Look up what depends on the whole state."""
        name = self.asked.place
        self.countries = _countries(self.columns, name) if name else frozenset()

    def among(self, positions: Iterable[int] | None = None) -> list[int]:
        """Those of the positions (of all for None) whose events fit, in the order given."""
        rows = self.columns.rows
        events: Sequence[Any] = rows.events  # none is None at the positions looked at
        if positions is None:
            found = self.columns.positions()
        else:
            found = [at for at in positions if at < len(events) and events[at] is not None]
        for narrow in self._tests():
            found = narrow(found, events)
        wanted = self.asked.disputed
        return found if wanted is None else [at for at in found if _stands(rows, at, wanted)]

    def _tests(self) -> Iterable[Narrow]:
        """What narrows the positions, the quickest first."""
        asked = self.asked
        if self.hits is not None:
            yield _one_of("report", self.hits)
        for name in ("kind", "status", "outlet"):
            if getattr(asked, name):
                yield _one_of(name, frozenset(getattr(asked, name)))
        for name in ("reviewed", "background"):
            wanted = getattr(asked, name)
            if wanted is not None:
                yield _one_of(name, (wanted,))
        if asked.reprint is not None:
            yield _each(lambda event: (event.report in self.columns.copies) is asked.reprint)
        if asked.since:
            yield _since(asked.since)
        if asked.until:
            yield _until(asked.until)
        yield from self._values()

    def _values(self) -> Iterable[Narrow]:
        asked, columns = self.asked, self.columns
        if asked.actor:
            yield _having("actors", _where(columns.actors.items, _is_actor(asked.actor, self.redaction)))
        if asked.source or asked.source_kind or asked.stance:
            yield _having("claims", _where(columns.claims.items, _is_claim(asked, self.redaction)))
        if asked.place:
            yield self._placed(asked.place)
        if asked.area:
            yield self._within(asked.area)

    def _placed(self, name: str) -> Narrow:
        items, countries = self.columns.places.items, self.countries
        here = _where(items, _is_at(name, countries))
        hidden = self.redaction.coarse_kinds if self.redaction is not None else ()
        if not hidden:
            return _having("places", here)
        told = (number for number in here if name in (items[number].admin1, items[number].country))
        wide = {*told, *(number for number in here if items[number].country in countries or is_province(name))}
        return _parted(here, wide, hidden)

    def _within(self, area: tuple[float, float, float, float]) -> Narrow:
        items = self.columns.places.items
        fine = _where(items, lambda place: _boxed(area, place.lat, place.lon))
        hidden = self.redaction.coarse_kinds if self.redaction is not None else ()
        if not hidden:
            return _having("places", fine)
        coarse = _where(items, lambda place: _boxed(area, _rounded(place.lat), _rounded(place.lon)))
        return _parted(fine, coarse, hidden)


def _parted(fine: set[int], coarse: set[int], hidden: Iterable[str]) -> Narrow:
    """An event has one of the places: of ``fine`` if it is told as it is, of ``coarse`` if by its province only."""
    kinds = frozenset(hidden)

    def test(event: Event) -> bool:
        """Whether a value that is told whole, or a wide one, is asked for."""
        told, wide = event.parted(kinds)
        return not (fine.isdisjoint(told) and coarse.isdisjoint(wide))

    return _each(test)


def _where(items: list[T], test: Callable[[T], bool]) -> set[int]:
    return {number for number, value in enumerate(items) if test(value)}


def _stands(rows: Rows, at: int, disputed: bool) -> bool:
    return rows.incident[at] is not None and bool(rows.disputed[at]) == disputed


# One comprehension each, without a call for each event: these run over all events of a store.
def _each(test: Test) -> Narrow:
    return lambda found, events: [at for at in found if test(events[at])]


def _one_of(name: str, values: Container[Any]) -> Narrow:
    field = Event._fields.index(name)
    return lambda found, events: [at for at in found if events[at][field] in values]


def _having(name: str, numbers: set[int]) -> Narrow:
    field, none = Event._fields.index(name), numbers.isdisjoint
    return lambda found, events: [at for at in found if not none(events[at][field])]


def _since(day: str) -> Narrow:
    to, said = Event._fields.index("to"), Event._fields.index("said")
    return lambda found, events: [
        at for at in found if ((end if (end := (event := events[at])[to]) is not None else event[said]) or "") >= day
    ]


def _until(day: str) -> Narrow:
    begin, said = Event._fields.index("day"), Event._fields.index("said")
    return lambda found, events: [
        at for at in found
        if (told := first if (first := (event := events[at])[begin]) is not None else event[said]) is not None
        and told <= day
    ]  # fmt: skip


def _countries(columns: Columns, name: str) -> frozenset[str]:
    """The countries of that name that an event has now."""
    named = _where(columns.places.items, lambda place: place.level == "country" and place.name == name)
    found = set()
    for number in named:
        if any(event is not None and number in event.places for event in columns.rows.events):
            found.add(columns.places.items[number].country)
    return frozenset(each for each in found if each is not None)


def _is_at(name: str, countries: frozenset[str]) -> Callable[[PlaceValue], bool]:
    """The same as :func:`riwaya.store.filters.place_condition`."""
    known = within(name)

    def test(place: PlaceValue) -> bool:
        """Whether a place is the one asked for, or lies in it."""
        if name in (place.name, place.id, place.admin1, place.country) or place.country in countries:
            return True
        if known is None or place.country != known.country:
            return False
        named = known.name in (place.name, place.admin1)
        return named or place.name in known.held or place.admin1 in known.held

    return test


def _is_actor(name: str, redaction: Redaction | None) -> Callable[[ActorValue], bool]:
    persons = redaction is not None and redaction.persons

    def test(actor: ActorValue) -> bool:
        """Whether an actor, or its body, is the one asked for; a withheld person is nobody."""
        return name in (actor.id, actor.name, actor.organisation) and not (persons and actor.kind == "person")

    return test


def _is_claim(asked: Filter, redaction: Redaction | None) -> Callable[[ClaimValue], bool]:
    persons = redaction is not None and redaction.persons

    def test(claim: ClaimValue) -> bool:
        """Whether a claim is of the source, kind and stance asked for."""
        own = asked.source in (claim.id, claim.name) and not (persons and claim.person)
        if asked.source and not own and asked.source != claim.organisation:
            return False
        if asked.source_kind and claim.source_kind not in asked.source_kind:
            return False
        return not asked.stance or claim.stance in asked.stance

    return test


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else float(round(degrees))


def _boxed(area: tuple[float, float, float, float], lat: float | None, lon: float | None) -> bool:
    if lat is None or lon is None:
        return False
    south, west, north, east = area
    across = west <= lon <= east if west <= east else lon >= west or lon <= east  # across the date line
    return south <= lat <= north and across
