"""What a filter finds and how often each value stands there, counted once and then renewed by what changed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from heapq import nlargest
from operator import attrgetter
from typing import Any

from riwaya.store.columns import Columns, Event, PlaceValue, Rows
from riwaya.store.matching import Matcher
from riwaya.store.redaction import Redaction, coarse_place

Counts = dict[str, Counter[Any]]
FACETS = ("kind", "status", "outlet", "country", "place", "actor", "source", "stance", "source_kind")
DAYS, DISPUTED_DAYS, INCIDENTS, SPOTS = "day", "disputed day", "incident", "spot"


@dataclass(frozen=True)
class Counted:
    """Positions of the events that a filter finds at one state, rising, and the counts of their values."""

    seen: int
    rows: Rows
    countries: frozenset[str]
    found: Sequence[int]
    counts: Counts
    tops: dict[tuple[str, int], list[tuple[str, int]]] = field(default_factory=dict)

    def top(self, facet: str, most: int) -> list[tuple[str, int]]:
        """The most frequent values of a facet with the number of events that have them."""
        if (facet, most) not in self.tops:
            self.tops[facet, most] = _top(self.counts[facet], most)
        return self.tops[facet, most]

    @cached_property
    def located(self) -> int:
        """How many places with degrees there are."""
        return sum(place.lat is not None and place.lon is not None for place in self.counts[SPOTS])


def _top(counted: Counter[str], most: int) -> list[tuple[str, int]]:
    least = min(nlargest(most, counted.values()), default=0)
    among = [each for each in counted.items() if each[1] >= least]
    return sorted(among, key=lambda each: (-each[1], each[0]))[:most]


def count(matcher: Matcher, whole: Counted | None = None) -> Counted:
    """Everything counted anew; from the counts of all events (``whole``) and of the others where those are fewer."""
    columns = matcher.columns
    found = matcher.among()
    if whole is None or whole.seen != columns.seen or 2 * len(found) < len(whole.found):
        counts = _counts(columns, columns.rows, found, matcher.redaction)
    else:
        rest = sorted(set(whole.found).difference(found))
        counts = {name: counted.copy() for name, counted in whole.counts.items()}
        for name, counted in _counts(columns, columns.rows, rest, matcher.redaction).items():
            counts[name].subtract(counted)
        counts = {name: _present(counted) for name, counted in counts.items()}
    return Counted(columns.seen, columns.rows, matcher.countries, found, counts)


def recount(before: Counted, matcher: Matcher, touched: Iterable[int]) -> Counted:
    """The same counts as :func:`count`, from those of an earlier state and the positions that differ since."""
    columns = matcher.columns
    if matcher.countries != before.countries:
        return count(matcher)
    found = list(before.found)
    gone = [at for at in sorted(touched) if _take(found, at)]
    fresh = matcher.among(sorted(touched))
    for at in fresh:
        insort(found, at)
    counts = {name: counted.copy() for name, counted in before.counts.items()}
    for name, counted in _counts(columns, before.rows, gone, matcher.redaction).items():
        counts[name].subtract(counted)
    for name, counted in _counts(columns, columns.rows, fresh, matcher.redaction).items():
        counts[name].update(counted)
    return Counted(columns.seen, columns.rows, matcher.countries, found, {n: _present(c) for n, c in counts.items()})


def _take(found: list[int], at: int) -> bool:
    """Take a position out of rising ones, where it is among them."""
    here = bisect_left(found, at)
    if here == len(found) or found[here] != at:
        return False
    del found[here]
    return True


def _present(counted: Counter[Any]) -> Counter[Any]:
    if all(counted.values()):
        return counted
    return Counter({value: many for value, many in counted.items() if many})


def _counts(columns: Columns, rows: Rows, found: Sequence[int], redaction: Redaction | None) -> Counts:
    """The counts of the values of events at positions, as a viewer may know them."""
    events = [event for at in found if (event := rows.events[at]) is not None]
    hidden = frozenset(redaction.coarse_kinds) if redaction else frozenset()
    persons = redaction is not None and redaction.persons
    actors, claims, places = columns.actors.items, columns.claims.items, columns.places.items
    told = Counter(map(attrgetter("claims"), events))
    parted = [each.parted(hidden) for each in events] if hidden else []
    placed = Counter(fine for fine, _ in parted) if hidden else Counter(map(attrgetter("places"), events))
    spots = _valued(placed, lambda n: _without_id(places[n]))
    spots.update(_valued(Counter(coarse for _, coarse in parted if coarse), lambda n: coarse_of(places[n])))
    days = [event.day for event in events]
    return {
        **{name: _plain(events, name) for name in ("kind", "status", "outlet")},
        "country": _valued(Counter(map(attrgetter("places"), events)), lambda n: places[n].country),
        "place": _valued(placed, lambda n: places[n].name),
        "actor": _valued(
            Counter(map(attrgetter("actors"), events)),
            lambda n: None if persons and actors[n].kind == "person" else actors[n].name,
        ),
        "source": _valued(told, lambda n: None if persons and claims[n].person else claims[n].name),
        "stance": _valued(told, lambda n: claims[n].stance),
        "source_kind": _valued(told, lambda n: claims[n].source_kind),
        DAYS: _without_none(Counter(days)),
        DISPUTED_DAYS: _without_none(Counter(day for at, day in zip(found, days, strict=True) if rows.disputed[at])),
        INCIDENTS: _without_none(Counter(map(rows.incident.__getitem__, found))),
        SPOTS: spots,
    }  # fmt: skip


def _plain(events: Sequence[Event], name: str) -> Counter[Any]:
    return _without_none(Counter(map(attrgetter(name), events)))


def _without_none(counted: Counter[Any]) -> Counter[Any]:
    for nothing in (None, ""):
        counted.pop(nothing, None)
    return counted


def _valued(rows: Counter[tuple[int, ...]], value: Callable[[int], Any]) -> Counter[Any]:
    """Counts of values over events: an event that has a value twice, by two numbers, counts once."""
    values = {number: value(number) for number in set().union(*rows)}
    counted: dict[Any, int] = {}
    for numbers, many in rows.items():
        for each in (values[numbers[0]],) if len(numbers) == 1 else {values[number] for number in numbers}:
            counted[each] = counted.get(each, 0) + many
    return _without_none(Counter(counted))


@lru_cache(maxsize=50_000)
def _without_id(place: PlaceValue) -> PlaceValue:
    return place._replace(id=None)


@lru_cache(maxsize=50_000)
def coarse_of(place: PlaceValue) -> PlaceValue:
    """A place as those see it who may know the province only."""
    names = ("name", "country", "admin1", "level", "lat", "lon")
    wide = coarse_place({name: getattr(place, name) for name in names})
    return PlaceValue(None, *(wide[name] for name in names))
