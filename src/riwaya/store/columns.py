"""The store's events column by column in memory, for what counts over all of them: facets, maps, timelines, lists.

A state is never changed: :mod:`riwaya.store.renewal` makes the next one, which shares with it what stayed the same,
so that a page goes on reading the state that it began with. Nothing here is redacted: :mod:`riwaya.store.summaries`
counts under a viewer's eyes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
Numbers = tuple[int, ...]


class PlaceValue(NamedTuple):
    """A place as events have it: its id in the gazetteer, canonical name, country, province, level, degrees."""

    id: str | None
    name: str
    country: str | None
    admin1: str | None
    level: str | None
    lat: float | None
    lon: float | None


class ActorValue(NamedTuple):
    """A party of an event, whatever its role."""

    id: str | None
    name: str
    organisation: str | None
    kind: str | None


class ClaimValue(NamedTuple):
    """A source with its stance."""

    id: str | None
    name: str
    organisation: str | None
    person: bool
    source_kind: str
    stance: str


class Values(Generic[T]):
    """Values by number: each different one is kept once, none is ever dropped."""

    def __init__(self) -> None:
        """Begin with none."""
        self.items: list[T] = []
        self._numbers: dict[T, int] = {}

    def number(self, value: T) -> int:
        """The number of a value."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.items)
            self.items.append(value)
        return found


class Event(NamedTuple):
    """An event: what it is, and the numbers of the values that it has. Days are inclusive; ``said``: of publication."""

    number: int
    report: int
    name: str
    kind: str
    status: str
    background: bool
    reviewed: bool
    day: str | None
    to: str | None
    outlet: str | None
    said: str | None
    places: Numbers = ()
    actors: Numbers = ()
    claims: Numbers = ()
    kinds_there: tuple[frozenset[str], ...] = ()  # for each place the kinds of events that its report has there

    def parted(self, hidden: frozenset[str]) -> tuple[Numbers, Numbers]:
        """The numbers of the places that are told as they are, and of those coarse where kinds are ``hidden``."""
        coarse = [not hidden.isdisjoint(kinds) for kinds in self.kinds_there]
        if not any(coarse):
            return self.places, ()
        places = list(zip(self.places, coarse, strict=True))
        return tuple(n for n, wide in places if not wide), tuple(n for n, wide in places if wide)

    @property
    def order(self) -> int:
        """A number by which later days come first, those of publication where the event has none."""
        return -int((self.day or self.said or "").replace("-", "")[:8].ljust(8, "0") or 0)


class IncidentKey(NamedTuple):
    """What incidents are sorted and counted by."""

    id: str
    weight: float
    accounts: int
    disputed: bool
    first_said: str
    last_said: str


ORDERS: dict[str, Callable[[IncidentKey], tuple[Any, ...]]] = {  # the id comes last
    "disputed": lambda each: (-each.weight, -each.accounts, each.id),
    "newest": lambda each: (_backwards(each.last_said), each.id),
    "oldest": lambda each: (each.first_said, each.id),
    "accounts": lambda each: (-each.accounts, each.id),
}


def _backwards(day: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in day)


@dataclass(slots=True)
class Rows:
    """Events by position, None where none stands any more, with the incident of each and whether that is disputed."""

    events: list[Event | None] = field(default_factory=list)
    incident: list[str | None] = field(default_factory=list)
    disputed: bytearray = field(default_factory=bytearray)

    def copy(self) -> Rows:
        """The same rows, to be changed."""
        return Rows(self.events[:], self.incident[:], self.disputed[:])


@dataclass(frozen=True, slots=True)
class Touched:
    """What differs from the state before: positions of events, numbers of reports, ids of incidents.

    ``lists``: whether reports came, went or were revised, so that lists of them differ.
    """

    positions: frozenset[int] = frozenset()
    reports: frozenset[int] = frozenset()
    incidents: frozenset[str] = frozenset()
    lists: bool = True


@dataclass(slots=True)
class Columns:
    """The events of a store at one state. ``seen``: number of the newest line of the log that it knows."""

    seen: int
    rows: Rows = field(default_factory=Rows)
    places: Values[PlaceValue] = field(default_factory=Values)
    actors: Values[ActorValue] = field(default_factory=Values)
    claims: Values[ClaimValue] = field(default_factory=Values)
    of_report: dict[int, Numbers] = field(default_factory=dict)  # number of a report -> positions of its events
    of_incident: dict[str, Numbers] = field(default_factory=dict)  # the same, by number of the event
    incidents: dict[str, IncidentKey] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)  # a reprint -> the report that it reprints
    free: list[int] = field(default_factory=list)  # positions where no event stands
    touched: Touched | None = None  # since the state before; None where everything was read anew
    _orders: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def order(self, sort: str) -> list[str]:
        """Ids of all incidents in an order of ``ORDERS``."""
        return [key[-1] for key in self.keys(sort)]

    def keys(self, sort: str) -> list[tuple[Any, ...]]:
        """What the incidents are sorted by, in order."""
        if sort not in self._orders:
            self._orders[sort] = sorted(map(ORDERS[sort], self.incidents.values()))
        return self._orders[sort]

    @property
    def sorted_by(self) -> tuple[str, ...]:
        """The orders that are made already."""
        return tuple(self._orders)

    def keep_order(self, sort: str, keys: list[tuple[Any, ...]]) -> None:
        """Take an order that was made from another one."""
        self._orders[sort] = keys

    def positions(self) -> list[int]:
        """Positions of all events."""
        if not self.free:
            return list(range(len(self.rows.events)))
        return [at for at, event in enumerate(self.rows.events) if event is not None]

    def event(self, at: int) -> Event:
        """The event at a position where one stands."""
        found = self.rows.events[at]
        if found is None:
            raise KeyError(at)
        return found

    def members(self, id: str) -> list[Event]:
        """The events of an incident, by number."""
        return [event for at in self.of_incident.get(id, ()) if (event := self.rows.events[at]) is not None]

    @property
    def total(self) -> int:
        """How many events there are."""
        return len(self.rows.events) - len(self.free)
