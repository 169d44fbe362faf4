"""Reading the columns of a store: whole at first, then only what the log says has changed since.

Everything that changes an event, an incident or a reprint stands in the log in the same transaction: reports added,
revised, withdrawn and restored, corrections, and linking with the incidents that went and were made.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from riwaya.store.columns import (
    ORDERS,
    ActorValue,
    ClaimValue,
    Columns,
    Event,
    IncidentKey,
    Numbers,
    PlaceValue,
    Touched,
    Values,
)
from riwaya.store.redaction import is_wide
from riwaya.store.tables import (
    LINKED,
    changes,
    event_actors,
    event_claims,
    event_places,
    events,
    incidents,
    reports,
    revisions,
)

_PART = 500  # parameters of one statement
_NOWHERE: frozenset[str] = frozenset()
_MANY = 1_000  # lines of the log, reports or incidents from which everything is read anew


def newest(connection: Connection) -> int:
    """The number of the newest line of the log: what changes whenever the store does."""
    return int(connection.execute(select(func.max(changes.c.number))).scalar() or 0)


def read_columns(connection: Connection) -> Columns:
    """The columns as the store is now, read whole."""
    made = Columns(newest(connection))
    rows = made.rows
    for event, incident in _read_events(connection, made, None):
        made.of_report[event.report] = (*made.of_report.get(event.report, ()), len(rows.events))
        rows.events.append(event)
        rows.incident.append(incident)
    made.incidents = _read_incidents(connection, None)
    made.copies = _read_copies(connection)
    members: dict[str, list[int]] = {}
    for at, id in enumerate(rows.incident):
        if id is not None:
            members.setdefault(id, []).append(at)
    made.of_incident = {id: tuple(each) for id, each in members.items()}
    rows.disputed = bytearray(_is_disputed(made, id) for id in rows.incident)
    return made


def renew_columns(connection: Connection, before: Columns) -> Columns:
    """The columns as the store is now, made from an earlier state; that state itself where nothing has changed."""
    news = read_news(connection, before)
    if news is None:
        return read_columns(connection)
    return before if news.seen == before.seen else _Renewal(connection, before, news).made()


@dataclass(frozen=True, slots=True)
class News:
    """What the log tells since a state: its newest line, reports whose events changed, incidents made or gone.

    ``lists``: whether reports came, went or were revised.
    """

    seen: int
    reports: frozenset[int] = frozenset()
    incidents: frozenset[str] = frozenset()
    lists: bool = False


def read_news(connection: Connection, before: Columns) -> News | None:
    """What the log tells since a state, None where it is too much, or says that everything changed."""
    seen = newest(connection)
    if seen - before.seen > _MANY:
        return None
    query = select(changes.c.change, changes.c.subject, changes.c.detail).where(changes.c.number > before.seen)
    subjects: set[str] = set()
    lists = False
    told: set[int] = set()
    linked: set[str] = set()
    for change, subject, detail in connection.execute(query):
        if change != LINKED:
            subjects.add(subject)
            lists |= change.startswith("report ")
            continue
        said = orjson.loads(detail)
        if said.get("everything"):
            return None
        told.update(said["reports"])
        linked.update(said["made"], said["gone"])
    for part in _parts(sorted(subjects)):
        told.update(connection.execute(select(reports.c.number).where(reports.c.id.in_(part))).scalars())
    if len(told) > _MANY or len(linked) > _MANY:
        return None
    return News(seen, frozenset(told), frozenset(linked), lists)


@dataclass(slots=True)
class _Renewal:
    """One state being made from the one before it."""

    connection: Connection
    before: Columns
    news: News
    now: Columns = field(init=False)
    positions: set[int] = field(default_factory=set)

    def made(self) -> Columns:
        """The new state; the one before is left as it was."""
        before = self.before
        self.now = Columns(
            self.news.seen, before.rows.copy(), before.places, before.actors, before.claims, dict(before.of_report),
            dict(before.of_incident), dict(before.incidents), _read_copies(self.connection), list(before.free),
        )  # fmt: skip
        self._read_reports()
        self._read_members()
        changed = self._read_keys()
        changed |= self._gather_members()
        for id in changed:
            self.positions.update(self.now.of_incident.get(id, ()))
        for number in self._reports():
            self.positions.update(self.now.of_report.get(number, ()))
        for at in self.positions:
            self.now.rows.disputed[at] = _is_disputed(self.now, self.now.rows.incident[at])
        incidents = self.news.incidents | changed
        self.now.touched = Touched(frozenset(self.positions), self._reports(), incidents, self.news.lists)
        return self.now

    def _read_reports(self) -> None:
        """Put the events of changed reports where their old ones stood."""
        told: dict[int, list[tuple[Event, str | None]]] = {number: [] for number in sorted(self.news.reports)}
        for event, incident in _read_events(self.connection, self.now, list(told)):
            told[event.report].append((event, incident))
        for number, found in told.items():
            old = self.now.of_report.pop(number, ())
            places = [*old[: len(found)], *(self._place() for _ in found[len(old) :])]
            for at, (event, incident) in zip(places, found, strict=True):
                self._put(at, event, incident)
            for at in old[len(found) :]:
                self._put(at, None, None)
                self.now.free.append(at)
            if places:
                self.now.of_report[number] = tuple(places)

    def _place(self) -> int:
        """A position where no event stands."""
        rows = self.now.rows
        if self.now.free:
            return self.now.free.pop()
        rows.events.append(None)
        rows.incident.append(None)
        rows.disputed.append(0)
        return len(rows.events) - 1

    def _put(self, at: int, event: Event | None, incident: str | None) -> None:
        self.now.rows.events[at], self.now.rows.incident[at] = event, incident
        self.positions.add(at)

    def _read_members(self) -> None:
        """Read in which incident the events stand that stood, or stand now, in one that linking touched."""
        where = {
            event.number: at
            for id in self.news.incidents
            for at in self.before.of_incident.get(id, ())
            if (event := self.now.rows.events[at]) is not None and event.report not in self.news.reports
        }
        columns = (events.c.number, events.c.report, events.c.incident)
        for part in _parts(sorted(self.news.incidents)):
            for number, report, _ in self.connection.execute(select(*columns).where(events.c.incident.in_(part))):
                if number not in where and report not in self.news.reports:
                    where[number] = self._position(report, number)
        for numbers in _parts(sorted(where)):
            for number, _, id in self.connection.execute(select(*columns).where(events.c.number.in_(numbers))):
                at = where[number]
                if self.now.rows.incident[at] != id:
                    self._put(at, self.now.rows.events[at], id)

    def _position(self, report: int, number: int) -> int:
        return next(at for at in self.now.of_report[report] if self.now.event(at).number == number)

    def _read_keys(self) -> set[str]:
        """Read the incidents that linking touched; the ids of those that differ now."""
        found = _read_incidents(self.connection, sorted(self.news.incidents))
        changed = {id for id in self.news.incidents if self.before.incidents.get(id) != found.get(id)}
        for id in changed:
            self.now.incidents.pop(id, None)
            if id in found:
                self.now.incidents[id] = found[id]
        for sort in self.before.sorted_by:
            keys = self.before.keys(sort)[:]
            for id in changed:
                if id in self.before.incidents:
                    del keys[bisect_left(keys, ORDERS[sort](self.before.incidents[id]))]
                if id in found:
                    insort(keys, ORDERS[sort](found[id]))
            self.now.keep_order(sort, keys)
        return changed

    def _gather_members(self) -> set[str]:
        """Note which events stand in the incidents of changed events; the ids of those incidents."""
        before, now = self.before.rows.incident, self.now.rows.incident
        touched = {id for at in self.positions for id in (now[at], before[at] if at < len(before) else None) if id}
        for id in touched:
            near = {*self.now.of_incident.pop(id, ()), *self.positions}
            members = [(self.now.event(at).number, at) for at in near if now[at] == id]
            if members:
                self.now.of_incident[id] = tuple(at for _, at in sorted(members))
        return touched

    def _reports(self) -> frozenset[int]:
        """The reports that changed, those among them that reprint another one now, or no more."""
        before, now = self.before.copies, self.now.copies
        moved = {number for number in {*before, *now} if before.get(number) != now.get(number)}
        return self.news.reports | moved


def _is_disputed(columns: Columns, id: str | None) -> bool:
    key = columns.incidents.get(id) if id is not None else None
    return key is not None and key.disputed


def _read_copies(connection: Connection) -> dict[int, int]:
    query = select(reports.c.number, reports.c.copy_of).where(reports.c.copy_of.is_not(None))
    return {number: original for number, original in connection.execute(query)}  # noqa: C416 - typed


def _read_incidents(connection: Connection, only: Sequence[str] | None) -> dict[str, IncidentKey]:
    own = incidents.c
    query = select(own.id, own.weight, own.accounts, own.disputed, own.first_said, own.last_said)
    asked = [query] if only is None else [query.where(own.id.in_(part)) for part in _parts(only)]
    return {
        id: IncidentKey(id, weight, accounts, disputed > 0, first or "", last or "")
        for each in asked
        for id, weight, accounts, disputed, first, last in connection.execute(each)
    }


def _read_events(
    connection: Connection, made: Columns, only: Sequence[int] | None
) -> Iterator[tuple[Event, str | None]]:
    """Events by number, each with its incident: all of them, or those of the reports given."""
    where, who, said, head = event_places.c, event_actors.c, event_claims.c, events.c
    at = (where.country, where.admin1, where.level, where.lat, where.lon)
    placed = select(where.event, where.place, where.name, *at)
    named = select(who.event, who.actor, who.name, who.organisation, who.kind)
    told = select(said.event, said.source, said.name, said.organisation, said.person, said.source_kind, said.stance)
    places = _values(connection, made.places, PlaceValue, placed, where.event, only)
    actors = _values(connection, made.actors, ActorValue, named, who.event, only)
    claims = _values(connection, made.claims, ClaimValue, told, said.event, only)
    query = select(
        head.incident, head.number, head.report, head.event, head.kind, head.status, head.background, head.reviewed,
        head.from_day, head.to_day, revisions.c.outlet, revisions.c.day,
    ).select_from(events.join(revisions, revisions.c.number == head.revision)).order_by(head.number)  # fmt: skip
    asked = [query] if only is None else [query.where(head.report.in_(part)) for part in _parts(only)]
    rows = [row for each in asked for row in connection.execute(each)]
    kinds = _kinds_there(made, ((row.number, row.report, row.kind) for row in rows), places)
    for incident, number, *rest in rows:
        values = (places.get(number, ()), actors.get(number, ()), claims.get(number, ()), kinds.get(number, ()))
        yield Event._make((number, *rest, *values)), incident


def _kinds_there(
    made: Columns, told: Iterable[tuple[int, int, str]], places: Mapping[int, Numbers]
) -> dict[int, tuple[frozenset[str], ...]]:
    """For each event by number, of each of its places the kinds of events that its report has there; wide ones none."""
    items = made.places.items
    names = {
        n: items[n].name
        for n in set().union(*places.values())
        if not is_wide(items[n].level, items[n].id, items[n].admin1)
    }
    there: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    events = [(number, report, kind, places[number]) for number, report, kind in told if number in places]
    for _, report, kind, numbers in events:
        for n in numbers:
            if n in names:
                there[report, names[n]].add(kind)
    same: dict[frozenset[str], frozenset[str]] = {}  # few sets stand for all
    kept = {key: same.setdefault(kinds, kinds) for key, kinds in ((k, frozenset(v)) for k, v in there.items())}
    return {
        number: tuple(kept[report, names[n]] if n in names else _NOWHERE for n in numbers)
        for number, report, _, numbers in events
    }


def _values(
    connection: Connection, values: Values[Any], kind: Any, query: Any, event: Any, only: Sequence[int] | None
) -> dict[int, Numbers]:
    """For each event the numbers of its values, each once, in order."""
    asked = [query.order_by(event)]
    if only is not None:
        own = [select(events.c.number).where(events.c.report.in_(part)) for part in _parts(only)]
        asked = [query.where(event.in_(each)).order_by(event) for each in own]
    found: dict[int, dict[int, None]] = {}
    for each in asked:
        for number, *row in connection.execute(each):
            found.setdefault(number, {})[values.number(kind._make(row))] = None
    return {number: tuple(each) for number, each in found.items()}


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _PART] for start in range(0, len(values), _PART))
