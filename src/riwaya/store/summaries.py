"""Facets, the log of changes, and totals: the other half of the query layer, under the same redaction."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Row, func, select

from riwaya.store.columns import Columns, PlaceValue, cached, columns_of
from riwaya.store.engine import Store
from riwaya.store.filters import Filter, event_conditions, joined
from riwaya.store.queries import event_rows, incident_rows, members_of, telling_of
from riwaya.store.redaction import WITHHELD, Viewer, coarse_place
from riwaya.store.tables import (
    changes,
    event_actors,
    event_claims,
    event_counts,
    events,
    holdings,
    incidents,
    reports,
    revisions,
)
from riwaya.store.views import EventRow, IncidentRow, Page

Data = dict[str, Any]
_ASSERTING = {"claims_responsibility": "asserts"}
ADMIN = Viewer()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a viewer may know it, with how many events and incidents are told there, and how many disputed."""

    name: str
    country: str | None
    level: str | None
    lat: float
    lon: float
    events: int
    incidents: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Who did what to whom by one event: names, and figures as (what, least, most); None is open."""

    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    counts: tuple[tuple[str, int | None, int | None], ...] = ()


def positions(store: Store, asked: Filter, viewer: Viewer = ADMIN) -> Sequence[int]:
    """Positions in the store's columns of the events that a filter finds."""

    def make() -> Sequence[int]:
        columns = columns_of(store)
        if asked == Filter():
            return range(len(columns.events))
        with store.reading() as connection:
            conditions = event_conditions(connection, asked, viewer.redaction)
            found = connection.execute(select(events.c.number).select_from(joined()).where(*conditions)).scalars()
            return sorted(columns.at[number] for number in found if number in columns.at)

    return cached(store, ("positions", asked, viewer.redaction), make)


def facets(
    store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN, *, most: int = 20
) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values with the number of events that have them, the most frequent first.

    Facets: kind, status, outlet, place, country, actor, source, stance, source_kind. A facet counts within the
    filter, its own part included.
    """
    filter_ = asked or Filter()
    whole = cached(store, ("facets", filter_, viewer.redaction), lambda: _count(store, filter_, viewer))
    return {name: values[:most] for name, values in whole.items()}


def _count(store: Store, asked: Filter, viewer: Viewer) -> dict[str, list[tuple[str, int]]]:
    columns, redaction = columns_of(store), viewer.redaction
    found = [columns.events[at] for at in positions(store, asked, viewer)]
    hidden = frozenset(redaction.place_kinds) if redaction else frozenset()
    fine = [each for each in found if each.kind not in hidden] if hidden else found
    no_person = redaction is not None and redaction.persons
    actors = [("" if no_person and person else name) for name, person in columns.actors.items]
    sources = [("" if no_person and person else name) for name, person in columns.sources.items]
    places = columns.places.items
    words = columns.words.items
    return {
        "kind": _sorted(Counter(each.kind for each in found)),
        "status": _sorted(Counter(each.status for each in found)),
        "outlet": _sorted(Counter(each.outlet or "" for each in found)),
        "country": _named([place[1] for place in places], (each.places for each in found)),
        "place": _named([place[0] for place in places], (each.places for each in fine)),
        "actor": _named(actors, (each.actors for each in found)),
        "source": _named(sources, (each.sources for each in found)),
        "stance": _named(words, (each.stances for each in found)),
        "source_kind": _named(words, (each.source_kinds for each in found)),
    }


def _named(names: Sequence[str | None], rows: Iterable[tuple[int, ...]]) -> list[tuple[str, int]]:
    """Counts of names over events: an event that has a name by two values counts once."""
    counted: Counter[str] = Counter()
    for numbers, many in Counter(rows).items():
        for name in {names[number] for number in numbers}:
            counted[name or ""] += many
    return _sorted(counted)


def _sorted(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((name, many) for name, many in counted.items() if name), key=lambda each: (-each[1], each[0]))


def days(store: Store, asked: Filter, viewer: Viewer = ADMIN) -> dict[str, tuple[int, int]]:
    """For each first day of an event, how many events begin then and how many of those stand in disputed incidents."""
    columns = columns_of(store)
    found: dict[str, tuple[int, int]] = {}
    for at in positions(store, asked, viewer):
        day = columns.events[at].day
        if day:
            events_, disputed = found.get(day, (0, 0))
            found[day] = (events_ + 1, disputed + columns.is_disputed(at))
    return found


def spots(store: Store, asked: Filter, viewer: Viewer = ADMIN) -> list[Spot]:
    """The places of all events that a filter finds, those with most incidents first; those without degrees left out."""

    def make() -> list[Spot]:
        columns, redaction = columns_of(store), viewer.redaction
        hidden = frozenset(redaction.place_kinds) if redaction else frozenset()
        told: dict[PlaceValue, list[int]] = {}
        for at in positions(store, asked, viewer):
            event = columns.events[at]
            for number in event.places:
                place = columns.places.items[number]
                told.setdefault(_coarse(place) if event.kind in hidden else place, []).append(at)
        located = (_spot(columns, place, ats) for place, ats in told.items())
        return sorted((each for each in located if each), key=lambda each: (-each.incidents, each.name, each.lat))

    return cached(store, ("spots", asked, viewer.redaction), make)


def held_places(store: Store, kinds: Sequence[str], viewer: Viewer = ADMIN) -> dict[str, Spot]:
    """Places of which it is told who holds them, by name: of events of the kinds given and of plain statements."""
    found = {each.name: each for each in reversed(spots(store, Filter(kind=tuple(kinds)), viewer))}
    coarse = viewer.redaction is not None and bool(viewer.redaction.place_kinds)
    with store.reading() as connection:
        rows = connection.execute(select(holdings.c.place, func.min(holdings.c.coded)).group_by(holdings.c.place)).all()
    for _, coded in rows:
        place = orjson.loads(coded)["place"]
        place = coarse_place(place) if coarse else place
        if place.get("lat") is not None:
            spot = Spot(place["name"], place.get("country"), place.get("level"), place["lat"], place["lon"], 0, 0, 0)
            found.setdefault(spot.name, spot)
    return found


def _spot(columns: Columns, place: PlaceValue, ats: list[int]) -> Spot | None:
    name, country, _, level, lat, lon = place
    if lat is None or lon is None:
        return None
    ids = {columns.incident[at] for at in ats} - {None}
    disputed = sum(columns.incidents[id].disputed for id in ids if id in columns.incidents)
    return Spot(name, country, level, lat, lon, len(set(ats)), len(ids), disputed)


def _coarse(place: PlaceValue) -> PlaceValue:
    names = ("name", "country", "admin1", "level", "lat", "lon")
    wide = coarse_place(dict(zip(names, place, strict=True)))
    return (wide["name"], wide["country"], wide["admin1"], wide["level"], wide["lat"], wide["lon"])


def incident_ids(
    store: Store, asked: Filter, viewer: Viewer = ADMIN, *, sort: str = "disputed", start: int = 0, size: int = 50
) -> tuple[list[str], int]:
    """Ids of the incidents that hold an event which a filter finds, from ``start`` on, and how many they are in all."""
    columns = columns_of(store)
    if asked == Filter():
        order = columns.order(sort)
        return order[start : start + size], len(order)
    here = {columns.incident[at] for at in positions(store, asked, viewer)}
    found = [id for id in columns.order(sort) if id in here]
    return found[start : start + size], len(found)


def find_incidents(
    store: Store, asked: Filter, viewer: Viewer = ADMIN, *, sort: str = "disputed", start: int = 0, size: int = 50
) -> Page[IncidentRow]:
    """The same as :func:`riwaya.store.queries.list_incidents`, counted from the columns in memory."""

    def make() -> Page[IncidentRow]:
        ids, total = incident_ids(store, asked, viewer, sort=sort, start=start, size=size)
        return Page(incident_rows(store, ids, viewer), total, start)

    return cached(store, ("incidents", asked, viewer.redaction, sort, start, size), make)


def find_events(
    store: Store, asked: Filter, viewer: Viewer = ADMIN, *, start: int = 0, size: int = 50
) -> Page[EventRow]:
    """The same as :func:`riwaya.store.queries.list_events`, found from the columns in memory."""
    columns = columns_of(store)
    found = positions(store, asked, viewer)

    def key(at: int) -> tuple[int, int]:
        event = columns.events[at]
        return -int((event.day or event.said or "").replace("-", "")[:8].ljust(8, "0") or 0), event.number

    first = heapq.nsmallest(start + size, found, key=key)[start:]
    with store.reading() as connection:
        rows = event_rows(connection, [columns.events[at].number for at in first], viewer)
    return Page(rows, len(found), start)


@dataclass(frozen=True, slots=True)
class Taken:
    """How others take what a source asserts: in how many incidents they assert, deny, leave unconfirmed the same."""

    taken: dict[str, int]
    alone: int  # incidents in which nobody else speaks


def stances_of(store: Store, name: str, viewer: Viewer = ADMIN) -> Taken:
    """For the incidents in which a source asserts something, what the stances of the others are."""
    with store.reading() as connection:
        conditions = event_conditions(connection, Filter(source=name), viewer.redaction)
        here = select(events.c.incident).select_from(joined()).where(*conditions, events.c.incident.is_not(None))
        who = event_claims.c
        query = select(events.c.incident, who.name, who.organisation, who.stance).select_from(
            events.join(event_claims, who.event == events.c.number)
        )
        rows = connection.execute(query.where(events.c.incident.in_(here)).distinct()).all()
    by_incident: dict[str, tuple[set[str], set[str]]] = {}
    for id, source, organisation, stance in rows:
        own, others = by_incident.setdefault(str(id), (set(), set()))
        (own if name in (source, organisation) else others).add(_ASSERTING.get(stance, stance))
    asserted = [others for own, others in by_incident.values() if "asserts" in own]
    counted = Counter(stance for others in asserted for stance in others)
    return Taken(dict(sorted(counted.items())), sum(not others for others in asserted))


def telling_events(store: Store, ids: Sequence[str]) -> dict[str, int]:
    """For each incident the number of the event that tells most of it: the one whose line its row shows."""
    with store.reading() as connection:
        heads = dict(connection.execute(select(incidents.c.id, incidents.c.kind).where(incidents.c.id.in_(ids))).all())
        found = members_of(connection, ids)
    return {id: telling_of(some, heads[id]).number for id, some in found.items() if id in heads}


def facts(store: Store, keys: Mapping[Any, int], viewer: Viewer = ADMIN) -> dict[Any, Facts]:
    """For events by number, under keys of the caller's own, the parties and figures that each tells."""
    numbers = sorted(set(keys.values()))
    no_person = viewer.redaction is not None and viewer.redaction.persons
    parties: dict[int, dict[str, list[str]]] = {}
    counts: dict[int, list[tuple[str, int | None, int | None]]] = {}
    with store.reading() as connection:
        query = select(event_actors).where(event_actors.c.event.in_(numbers)).order_by(event_actors.c.number)
        for row in connection.execute(query):
            name = WITHHELD if no_person and row.kind == "person" else row.name
            parties.setdefault(row.event, {}).setdefault(row.role, []).append(name)
        query = select(event_counts).where(event_counts.c.event.in_(numbers))
        for row in connection.execute(query.order_by(event_counts.c.claim.is_not(None), event_counts.c.number)):
            counts.setdefault(row.event, []).append((row.what, row.low, row.high))
    return {
        key: _facts_of(parties.get(number, {}), tuple(dict.fromkeys(counts.get(number, ()))))
        for key, number in keys.items()
    }


def _facts_of(parties: Mapping[str, Sequence[str]], counts: tuple[tuple[str, int | None, int | None], ...]) -> Facts:
    agents, targets, mediators = (
        tuple(dict.fromkeys(parties.get(role, ()))) for role in ("agent", "target", "mediator")
    )
    return Facts(agents, targets, mediators, counts)


def latest_changes(store: Store, viewer: Viewer = ADMIN, *, size: int = 200) -> list[Data]:
    """The newest lines of the log, the newest first."""
    with store.reading() as connection:
        rows = connection.execute(select(changes).order_by(changes.c.number.desc()).limit(size)).all()
    return [_change(row, viewer) for row in rows]


def changes_since(
    store: Store, since: str | int | None = None, viewer: Viewer = ADMIN, *, size: int = 1000
) -> list[Data]:
    """The log after a time (ISO, inclusive) or a number, the oldest first; without details for redacted viewers."""
    query = select(changes).order_by(changes.c.number).limit(size)
    if isinstance(since, int):
        query = query.where(changes.c.number > since)
    elif since:
        query = query.where(changes.c.at >= since)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return [_change(row, viewer) for row in rows]


def _change(row: Row[Any], viewer: Viewer) -> Data:
    hide = viewer.redaction is not None
    return {
        "number": row.number, "at": row.at, "change": row.change, "subject": row.subject, "coder": row.coder,
        "reason": WITHHELD if hide and row.reason else row.reason, "detail": {} if hide else orjson.loads(row.detail),
    }  # fmt: skip


def totals(store: Store) -> dict[str, int]:
    """How many reports, reprints among them, revisions, events, incidents, and incidents disputed the store holds."""
    with store.reading() as connection:

        def count(query: Any) -> int:
            return int(connection.execute(query).scalar_one())

        standing = reports.c.withdrawn.is_(None)
        return {
            "reports": count(select(func.count()).select_from(reports).where(standing)),
            "copies": count(select(func.count()).select_from(reports).where(standing, reports.c.copy_of.is_not(None))),
            "revisions": count(select(func.count()).select_from(revisions)),
            "events": count(select(func.count()).select_from(events)),
            "incidents": count(select(func.count()).select_from(incidents)),
            "disputed": count(select(func.count()).select_from(incidents).where(incidents.c.disputed > 0)),
        }
