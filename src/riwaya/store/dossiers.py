"""Dossiers of agreements and control of places, read from a store under the same redaction as everything else."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, and_, false, func, not_, or_, select, tuple_

from riwaya.incidents.account import Account, AccountPlace
from riwaya.incidents.control import ControlClaim, Holding, claim_of_statement, claims_of_account, holdings_of
from riwaya.incidents.disputes import Voice, voice_of
from riwaya.incidents.dossier import Dossier, Step, build_dossier
from riwaya.incidents.dossier_scope import (
    BREACHES,
    DEALS,
    FOLLOWING,
    ONE_TOWN_KM,
    STEPS,
    day_before,
    places_of,
    start_of,
)
from riwaya.incidents.link import Incident
from riwaya.model import StoreError
from riwaya.store.coded import read_coded
from riwaya.store.engine import Store
from riwaya.store.filters import coarse_names, is_coarse, joined, place_told
from riwaya.store.queries import incident_accounts
from riwaya.store.redaction import Redaction, Viewer, coarse_place, redact_part
from riwaya.store.tables import event_places, events, holdings, incidents, reports, revisions
from riwaya.store.within import within

ADMIN = Viewer()
_DAYS_BEFORE, _DAYS_AFTER = 7, 46
_KM_A_DEGREE = 111.2
_CONTROL_KINDS = ("capture", "withdrawal", "evacuation", "surrender")


def list_dossiers(
    store: Store, viewer: Viewer = ADMIN, *, as_of: str | None = None, place: str | None = None, size: int = 40
) -> tuple[Dossier, ...]:
    """Dossiers of the deals with a place, those told most first. A deal stands in one dossier only.

    ``place``: only those at it or in it; a deal told without a place has those of the reports that tell it.
    """
    found: dict[str, Dossier] = {}
    taken: set[str] = set()
    with store.reading() as connection:
        query = select(incidents).where(incidents.c.kind == "agreement")
        own, names = _deals_at(connection, viewer, place) if place is not None else (set(), set())
        if place is not None:
            near = select(events.c.report).join(event_places, event_places.c.event == events.c.number)
            at = place_told(place, events.c.report, viewer.redaction)
            told = select(events.c.incident).where(events.c.report.in_(near.where(at)))
            query = query.where(incidents.c.id.in_(told))
        query = query.order_by(incidents.c.accounts.desc(), incidents.c.weight.desc(), incidents.c.id)
        for row in connection.execute(query.limit(4 * size)).all():
            if row.id in taken or len(found) >= size:
                continue
            built = _build(connection, row.id, viewer, as_of)
            if built is None or not built.places:
                continue
            if place is None or row.id in own or not names.isdisjoint(built.places):
                found[built.id] = built
                taken.update(built.incidents)
    return tuple(found.values())


def _deals_at(connection: Connection, viewer: Viewer, place: str) -> tuple[set[str], set[str]]:
    """Ids of the deals that name a place or one in it, and the names of the place and of what lies in it."""
    known = within(place)
    names = {place} if known is None else {place, known.name, *known.held}
    here = select(events.c.incident).join(event_places, event_places.c.event == events.c.number)
    here = here.where(events.c.kind == "agreement", place_told(place, events.c.report, viewer.redaction))
    return {str(each) for each in connection.execute(here).scalars() if each}, names


def dossier(store: Store, id: str, viewer: Viewer = ADMIN, *, as_of: str | None = None) -> Dossier:
    """The dossier of a deal, by the id of one of its incidents, as known at the end of a day (ISO), None for now.

    Raises StoreError for an unknown id, for an incident that is no deal, or where nothing was known by that day.
    """
    with store.reading() as connection:
        row = connection.execute(select(incidents).where(incidents.c.id == id)).first()
        if row is None:
            raise StoreError(f"no incident '{id}' in the store")
        if row.kind not in DEALS:
            raise StoreError(f"incident '{id}' is no agreement or ceasefire but {row.kind}")
        built = _build(connection, id, viewer, as_of)
    if built is None:
        raise StoreError(f"by {as_of} nothing had been said of '{id}'")
    return built


def deals_behind(
    store: Store, accounts: tuple[Account, ...], viewer: Viewer = ADMIN
) -> tuple[tuple[Dossier, tuple[Voice, ...]], ...]:
    """The deals to which a step belongs by its dossiers, each with those who tell both in one report.

    Only steps of deals (departures, releases, aid, surrenders, breaches) have any.
    """
    kinds = {account.kind for account in accounts}
    if not kinds & {*STEPS, *BREACHES}:
        return ()
    own = sorted({account.report for account in accounts})
    found: list[tuple[Dossier, tuple[Voice, ...]]] = []
    with store.reading() as connection:
        told = events.c.kind.in_(DEALS)
        query = select(events.c.incident).select_from(joined()).where(reports.c.id.in_(own), told).distinct()
        for id in sorted(str(each) for each in connection.execute(query).scalars() if each):
            built = _build(connection, id, viewer, None)
            steps = () if built is None else (*built.batches, *built.terms, *built.violations)
            if built is None or not any(_tells(step, accounts) for step in steps):
                continue
            if any(built.id in deal.incidents for deal, _ in found):
                continue
            naming = {account.report for account in incident_accounts(connection, id, viewer)}
            voices = (voice_of(a, claim) for a in accounts if a.report in naming for claim in a.claims)
            found.append((built, tuple(voices)))
    return tuple(found)


def _tells(step: Step, accounts: tuple[Account, ...]) -> bool:
    keys = {account.key for account in accounts}
    return any(
        (voice.report, voice.event) in keys for field in step.fields for side in field.sides for voice in side.voices
    )


def _build(connection: Connection, id: str, viewer: Viewer, as_of: str | None) -> Dossier | None:
    accounts = incident_accounts(connection, id, viewer)
    if not accounts:
        return None
    near = _near(connection, accounts)
    built = [
        Incident(each, found) for each in near if each != id and (found := incident_accounts(connection, each, viewer))
    ]
    return build_dossier(Incident(id, accounts), built, as_of)


def _near(connection: Connection, accounts: tuple[Account, ...]) -> list[str]:
    """Incidents that may belong to a deal: of its reports, or at its places in the weeks around."""
    start = start_of(Incident("", accounts))
    places = places_of(accounts)
    own = reports.c.id.in_(sorted({account.report for account in accounts}))
    condition = or_(own)
    if start and places:
        low, high = day_before(start, _DAYS_BEFORE), day_before(start, -_DAYS_AFTER)
        here = select(event_places.c.event).where(or_(*(_in_one_town(place) for place in places)))
        condition = or_(own, and_(events.c.number.in_(here), revisions.c.day >= low, revisions.c.day <= high))
    query = select(events.c.incident).select_from(joined())
    query = query.where(condition, events.c.kind.in_(FOLLOWING), events.c.incident.is_not(None)).distinct()
    return sorted(str(each) for each in connection.execute(query).scalars())


def _in_one_town(place: AccountPlace) -> ColumnElement[bool]:
    """A row's place is the given one, or within the box that holds the circle of one town round it."""
    columns = event_places.c
    if place.lat is None or place.lon is None:
        return columns.name == place.name
    high = ONE_TOWN_KM / _KM_A_DEGREE
    wide = high / max(0.1, math.cos(math.radians(place.lat)))
    box = and_(
        columns.lat.between(place.lat - high, place.lat + high), columns.lon.between(place.lon - wide, place.lon + wide)
    )  # fmt: skip
    return or_(columns.name == place.name, box)


def control(
    store: Store,
    place: str,
    viewer: Viewer = ADMIN,
    *,
    on: str | None = None,
    known: str | None = None,
    wider: bool = False,
) -> dict[str, tuple[Holding, ...]]:
    """For a place and each place in it of which something is said: the holders, with the claims behind them.

    ``on``: those said to hold it on that day (ISO); ``known``: what had been published by then. ``wider``: what is
    said of the cities and provinces that it lies in, after the rest (`the whole of Damascus is in the army's hands`).
    """
    by_place: dict[str, list[ControlClaim]] = {}
    with store.reading() as connection:
        told = place_told(place, events.c.report, viewer.redaction)
        for claim in _claims(connection, viewer, told, _held_condition(place, viewer)):
            by_place.setdefault(claim.place, []).append(claim)
        order = sorted(by_place, key=lambda name: (name != place, name))
        lies_in = within(place) if wider else None
        for name in lies_in.holders if lies_in is not None else ():
            own = _named(events.c.report, event_places.c, name, viewer)
            for claim in _claims(connection, viewer, own, _held_there(name, viewer)):
                by_place.setdefault(claim.place, []).append(claim)
            order.extend([name] if name in by_place and name not in order else [])
    found = {name: holdings_of(by_place[name], on, known) for name in order}
    return {name: each for name, each in found.items() if each}


def _held_there(place: str, viewer: Viewer) -> ColumnElement[bool]:
    """A plain statement is about the place itself, as the viewer may know it: by its province where that is coarse."""
    columns = holdings.c
    if viewer.redaction is None or not viewer.redaction.place_kinds:
        return columns.place == place
    hidden, wide = _is_held_coarsely(viewer.redaction), func.coalesce(columns.admin1, columns.country)
    return or_(and_(not_(hidden), columns.place == place), and_(hidden, wide == place))


def _named(report: Any, row: Any, name: str, viewer: Viewer) -> ColumnElement[bool]:
    """A row's place is called so, as the viewer may know it."""
    if viewer.redaction is None or not viewer.redaction.place_kinds:
        own: ColumnElement[bool] = row.name == name
        return own
    hidden = is_coarse(report, row, viewer.redaction)
    return or_(and_(not_(hidden), row.name == name), and_(hidden, func.coalesce(row.admin1, row.country) == name))


def _is_held_coarsely(redaction: Redaction) -> ColumnElement[bool]:
    return tuple_(holdings.c.report, holdings.c.place).in_(coarse_names(redaction))


def _held_condition(place: str, viewer: Viewer) -> ColumnElement[bool]:
    columns = holdings.c
    found = or_(_held_there(place, viewer), columns.admin1 == place, columns.country == place)
    known = within(place)
    if known is None:
        return found
    held = or_(columns.place.in_(known.held), columns.admin1.in_(known.held), columns.admin1 == known.name)
    inside = and_(columns.country == known.country, held)
    if viewer.redaction is not None and viewer.redaction.place_kinds:
        inside = and_(inside, not_(_is_held_coarsely(viewer.redaction)))
    return or_(found, inside)


def _claims(
    connection: Connection, viewer: Viewer, at: ColumnElement[bool], held: ColumnElement[bool]
) -> Iterable[ControlClaim]:
    source = joined().join(event_places, event_places.c.event == events.c.number)
    columns = (event_places.c.name, event_places.c.admin1, event_places.c.country)
    query = select(events.c.incident, *columns, _is_told_coarsely(viewer).label("coarse")).select_from(source)
    query = query.where(events.c.kind.in_(_CONTROL_KINDS), at, events.c.incident.is_not(None))
    rows = connection.execute(query.distinct().order_by(events.c.incident, event_places.c.name)).all()
    names = {coarse_place(dict(row._mapping))["name"] if row.coarse else row.name for row in rows}
    for id in dict.fromkeys(row.incident for row in rows):
        for account in incident_accounts(connection, id, viewer):
            yield from (claim for claim in claims_of_account(account) if claim.place in names)
    yield from _stated(connection, viewer, held)


def _is_told_coarsely(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a viewer knows of an event's place the province only."""
    if viewer.redaction is None or not viewer.redaction.place_kinds:
        return false()
    return is_coarse(events.c.report, event_places.c, viewer.redaction)


def _stated(connection: Connection, viewer: Viewer, held: ColumnElement[bool]) -> Iterable[ControlClaim]:
    """What is plainly said of who holds a place; without what a person says or holds where persons are withheld."""
    redaction = viewer.redaction
    source = holdings.join(reports, reports.c.number == holdings.c.report).join(
        revisions, and_(revisions.c.report == reports.c.number, revisions.c.current.is_(True))
    )
    said = select(holdings.c.coded, holdings.c.report, reports.c.id, revisions.c.outlet, revisions.c.published)
    said = said.select_from(source).where(held, reports.c.copy_of.is_(None))  # a reprint repeats what its original says
    rows = connection.execute(said.order_by(reports.c.id, holdings.c.number)).all()
    whole = dict(read_coded(connection, sorted({row.report for row in rows}))) if redaction is not None else {}
    for row in rows:
        statement = orjson.loads(row.coded)
        if redaction is not None:
            statement = redact_part(whole[row.report], statement, redaction)
        if redaction is not None and redaction.persons and "person" in (
            statement["holder"].get("kind"), (statement.get("source") or {}).get("kind")
        ):  # fmt: skip
            continue
        yield claim_of_statement(statement, {"id": row.id, "outlet": row.outlet, "published": row.published})
