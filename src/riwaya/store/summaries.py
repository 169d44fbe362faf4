"""Facets, the log of changes, and totals: the other half of the query layer, under the same redaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest
from itertools import islice
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Row, func, not_, select, tuple_

from riwaya.store.columns import ORDERS, Columns, PlaceValue, Rows
from riwaya.store.counted import DAYS, DISPUTED_DAYS, FACETS, INCIDENTS, SPOTS, coarse_of
from riwaya.store.engine import Store
from riwaya.store.filters import Filter, coarse_names
from riwaya.store.matching import Matcher
from riwaya.store.memory import cached, columns_of, counted_of, found_of, kept_incidents, kept_readable, kept_result
from riwaya.store.names_told import NameTold, names_since
from riwaya.store.queries import event_rows, incident_rows, members_of, telling_of
from riwaya.store.redaction import WITHHELD, Viewer, coarse_place
from riwaya.store.tables import (
    LINKED,
    changes,
    event_actors,
    event_counts,
    events,
    holdings,
    incidents,
    reports,
    revisions,
)
from riwaya.store.views import EventRow, IncidentRow, Page

Data = dict[str, Any]
Key = TypeVar("Key")
_ASSERTING = {"claims_responsibility": "asserts"}
ADMIN = Viewer()
_SAID = select(changes).where(changes.c.change != LINKED)


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
    return found_of(store, asked, viewer.redaction)[1]


def facets(
    store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN, *, most: int = 20
) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values with the number of events that have them, the most frequent first.

    Facets: kind, status, outlet, place, country, actor, source, stance, source_kind. A facet counts within the
    filter, its own part included.
    """
    counted = counted_of(store, asked or Filter(), viewer.redaction)[1]
    return {name: counted.top(name, most) for name in FACETS}


def facet(store: Store, name: str, viewer: Viewer = ADMIN, *, most: int = 20) -> list[tuple[str, int]]:
    """One facet over the whole store."""
    return counted_of(store, Filter(), viewer.redaction)[1].top(name, most)


def days(store: Store, asked: Filter, viewer: Viewer = ADMIN) -> dict[str, tuple[int, int]]:
    """For each first day of an event, how many events begin then and how many of those stand in disputed incidents."""
    counts = counted_of(store, asked, viewer.redaction)[1].counts
    disputed = counts[DISPUTED_DAYS]
    return {day: (many, disputed.get(day, 0)) for day, many in counts[DAYS].items()}


def prepare_search(store: Store, viewer: Viewer) -> None:
    """Keep what a viewer may search of each report, where something is withheld from them."""
    if viewer.redaction is not None:
        with store.reading() as connection:
            kept_readable(connection, sorted(columns_of(store).of_report), viewer.redaction)


def located(store: Store, asked: Filter, viewer: Viewer = ADMIN) -> int:
    """How many places :func:`spots` gives."""
    return counted_of(store, asked, viewer.redaction)[1].located


def spots(store: Store, asked: Filter, viewer: Viewer = ADMIN) -> list[Spot]:
    """The places of all events that a filter finds, those with most incidents first; those without degrees left out."""
    return cached(store, ("spots", asked, viewer.redaction), lambda: _spots(store, asked, viewer))


def _spots(store: Store, asked: Filter, viewer: Viewer) -> list[Spot]:
    columns, counted = counted_of(store, asked, viewer.redaction)
    hidden = frozenset(viewer.redaction.coarse_kinds) if viewer.redaction else frozenset()
    rows, told, coarse = columns.rows, defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for at in counted.found:
        event = columns.event(at)
        for some, numbers in zip((told, coarse), event.parted(hidden), strict=True):
            for number in numbers:
                some[number].append(at)
    merged: dict[PlaceValue, set[int]] = {}
    for some, shown in ((told, _fine), (coarse, coarse_of)):
        for number, ats in some.items():
            place = columns.places.items[number]
            if place.lat is not None and place.lon is not None:
                merged.setdefault(shown(place), set()).update(ats)
    found = (_spot(rows, place, ats) for place, ats in merged.items())
    return sorted(found, key=lambda each: (-each.incidents, each.name, each.lat, each.lon, each.level or ""))


def _fine(place: PlaceValue) -> PlaceValue:
    return place._replace(id=None)


def held_places(store: Store, kinds: Sequence[str], viewer: Viewer = ADMIN) -> dict[str, Spot]:
    """Places of which it is told who holds them, by name: of events of the kinds given and of plain statements."""
    counted = counted_of(store, Filter(kind=tuple(kinds)), viewer.redaction)[1].counts[SPOTS]
    located = (each for each in counted.items() if each[0].lat is not None and each[0].lon is not None)
    found = {}
    for place, _ in sorted(located, key=lambda each: (each[1], each[0].level or "", each[0].country or "")):
        found[place.name] = Spot(place.name, place.country, place.level, place.lat or 0.0, place.lon or 0.0, 0, 0, 0)
    query = select(func.min(holdings.c.coded)).group_by(holdings.c.place)
    told: list[Data] = []
    with store.reading() as connection:
        if viewer.redaction is not None and viewer.redaction.place_kinds:
            hidden = tuple_(holdings.c.report, holdings.c.place).in_(coarse_names(viewer.redaction))
            coarse = connection.execute(query.where(hidden)).scalars()
            told += (coarse_place(orjson.loads(each)["place"]) for each in coarse)
            query = query.where(not_(hidden))
        told += (orjson.loads(each)["place"] for each in connection.execute(query).scalars())
    for place in told:
        if place.get("lat") is not None:
            spot = Spot(place["name"], place.get("country"), place.get("level"), place["lat"], place["lon"], 0, 0, 0)
            found.setdefault(spot.name, spot)
    return found


def _spot(rows: Rows, place: PlaceValue, ats: set[int]) -> Spot:
    here = {rows.incident[at]: rows.disputed[at] for at in ats}
    here.pop(None, None)
    lat, lon = place.lat or 0.0, place.lon or 0.0
    return Spot(place.name, place.country, place.level, lat, lon, len(ats), len(here), sum(here.values()))


def incident_ids(
    store: Store, asked: Filter, viewer: Viewer = ADMIN, *, sort: str = "disputed", start: int = 0, size: int = 50
) -> tuple[list[str], int]:
    """Ids of the incidents that hold an event which a filter finds, from ``start`` on, and how many they are in all."""
    columns, counted = counted_of(store, asked, viewer.redaction)
    if asked == Filter():
        keys = columns.keys(sort)
        return [key[-1] for key in keys[start : start + size]], len(keys)
    here = counted.counts[INCIDENTS]
    found = (key[-1] for key in columns.keys(sort) if key[-1] in here)
    return list(islice(found, start, start + size)), len(here)


def find_incidents(
    store: Store, asked: Filter, viewer: Viewer = ADMIN, *, sort: str = "disputed", start: int = 0, size: int = 50
) -> Page[IncidentRow]:
    """The same as :func:`riwaya.store.queries.list_incidents`, counted from the columns in memory."""

    def make() -> Page[IncidentRow]:
        """The page, from the store."""
        ids, total = incident_ids(store, asked, viewer, sort=sort, start=start, size=size)
        return Page(incident_rows(store, ids, viewer), total, start)

    return cached(store, ("incidents", asked, viewer.redaction, sort, start, size), make)


def told_most(store: Store, asked: Filter, viewer: Viewer = ADMIN, *, size: int = 10) -> tuple[IncidentRow, ...]:
    """The incidents that a filter finds, those with most accounts first: for a filter that is asked for once only."""
    columns = columns_of(store)
    here = {columns.rows.incident[at] for at in Matcher(columns, asked, viewer.redaction).among()}
    keys = (columns.incidents[id] for id in here if id is not None and id in columns.incidents)
    return incident_rows(store, [key[-1] for key in nsmallest(size, map(ORDERS["accounts"], keys))], viewer)


def find_events(
    store: Store, asked: Filter, viewer: Viewer = ADMIN, *, start: int = 0, size: int = 50
) -> Page[EventRow]:
    """The same as :func:`riwaya.store.queries.list_events`, found from the columns in memory."""
    columns, found = found_of(store, asked, viewer.redaction)
    told = map(columns.event, found)
    first = nsmallest(start + size, ((event.order, event.number) for event in told))[start:]
    with store.reading() as connection:
        rows = event_rows(connection, [number for _, number in first], viewer)
    return Page(rows, len(found), start)


@dataclass(frozen=True, slots=True)
class Taken:
    """How others take what a source asserts: in how many incidents they assert, deny, leave unconfirmed the same."""

    taken: dict[str, int]
    alone: int  # incidents in which nobody else speaks


def stances_of(store: Store, name: str, viewer: Viewer = ADMIN) -> Taken:
    """For the incidents in which a source asserts something, what the stances of the others are."""
    columns, counted = counted_of(store, Filter(source=name), viewer.redaction)
    heard = [_heard(columns, id, name) for id in counted.counts[INCIDENTS]]
    asserted = [others for own, others in heard if "asserts" in own]
    taken = Counter(stance for others in asserted for stance in others)
    return Taken(dict(sorted(taken.items())), sum(not others for others in asserted))


def _heard(columns: Columns, id: str, name: str) -> tuple[set[str], set[str]]:
    """The stances of a source in an incident, and those of all others there."""
    own, others = set[str](), set[str]()
    for number in {number for event in columns.members(id) for number in event.claims}:
        claim = columns.claims.items[number]
        (own if name in (claim.name, claim.organisation) else others).add(_ASSERTING.get(claim.stance, claim.stance))
    return own, others


def told_of(store: Store, ids: Sequence[str], viewer: Viewer = ADMIN) -> dict[str, Facts]:
    """For each incident who did what to whom, by the account that tells most: the one whose line its row shows."""

    def make(some: Sequence[str]) -> dict[str, Facts]:
        """The facts of those not kept yet."""
        heads = dict(connection.execute(select(incidents.c.id, incidents.c.kind).where(incidents.c.id.in_(some))).all())
        found = members_of(connection, some)
        telling = {id: telling_of(each, heads[id]).number for id, each in found.items() if id in heads}
        return facts(connection, telling, viewer)

    with store.reading() as connection:
        return kept_incidents(connection, ids, ("told", viewer.redaction), make)


def facts(connection: Connection, keys: Mapping[Key, int], viewer: Viewer) -> dict[Key, Facts]:
    """For events by number, under keys of the caller's own, the parties and figures that each tells."""
    numbers = sorted(set(keys.values()))
    no_person = viewer.redaction is not None and viewer.redaction.persons
    parties: dict[int, dict[str, list[str]]] = {}
    counts: dict[int, list[tuple[str, int | None, int | None]]] = {}
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
    """The newest lines of the log, the newest first, those left out that only say what linking made of changes."""
    with store.reading() as connection:
        rows = connection.execute(_SAID.order_by(changes.c.number.desc()).limit(size)).all()
    return [_change(row, viewer) for row in rows]


def changes_since(
    store: Store, since: str | int | None = None, viewer: Viewer = ADMIN, *, size: int = 1000
) -> list[Data]:
    """The log after a time (ISO, inclusive) or a number, the oldest first; without details for redacted viewers.

    Lines that only say what linking made of changes are left out.
    """
    query = _SAID.order_by(changes.c.number).limit(size)
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


def names_told(store: Store, since: int) -> tuple[int, list[NameTold]]:
    """The names that were kept after a number, persons' too, and the number to go on from; none where nothing changed.

    For :class:`riwaya.web.names.Names`, which withholds persons by itself: it is asked by what a page may show.
    """
    return kept_result(store, ("names", since), partial(_names_since, store, since))


def _names_since(store: Store, since: int) -> tuple[int, list[NameTold]]:
    with store.reading() as connection:
        return names_since(connection, since)


def is_empty(store: Store) -> bool:
    """Whether the store has no report that stands."""
    with store.reading() as connection:
        query = select(reports.c.number).where(reports.c.withdrawn.is_(None)).limit(1)
        return connection.execute(query).first() is None


def totals(store: Store) -> dict[str, int]:
    """How many reports, reprints among them, revisions, events, incidents, and incidents disputed the store holds."""
    with store.reading() as connection:

        def count(query: Any) -> int:
            """The one number that a query gives."""
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
