"""The one way to read a store: command line, workbench and exports ask here, and redaction is applied here.

Facets, log and totals: :mod:`riwaya.store.summaries`; agreements and control: :mod:`riwaya.store.dossiers`.

Every function takes the store and a :class:`Viewer`; what a viewer's role may not see is not in what comes back.
Lists come in pages, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, and_, false, func, select

from riwaya.incidents.account import Account, accounts_of
from riwaya.incidents.disputes import Field, Range, fields_of, ranges_of
from riwaya.model import Report, StoreError
from riwaya.store.coded import read_coded
from riwaya.store.corrections import apply_corrections, read_corrections
from riwaya.store.engine import Store
from riwaya.store.filters import Condition, Filter, event_conditions, is_coarse, joined
from riwaya.store.index import unpack
from riwaya.store.joins import joins_of, judgements_of
from riwaya.store.memory import (
    counted_of,
    is_kept,
    kept_accounts,
    kept_incidents,
    kept_lists,
    kept_members,
    kept_result,
    refresh,
    reports_with,
)
from riwaya.store.redaction import WITHHELD, Redaction, Viewer, coarse_place, redact_coded
from riwaya.store.stems import spans_of
from riwaya.store.tables import event_places, events, incidents, reports, revisions
from riwaya.store.views import EventRow, IncidentRow, IncidentView, Page, PlaceView, ReportRow

__all__ = ["EventRow", "Filter", "IncidentRow", "IncidentView", "Page", "Redaction", "ReportRow", "Viewer"]
Data = dict[str, Any]
PlacesByName = dict[tuple[str, str], PlaceView]  # by name and role
SORTS = ("disputed", "newest", "oldest", "accounts")
ADMIN = Viewer()


def list_reports(
    store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN, *, start: int = 0, size: int = 50
) -> Page[ReportRow]:
    """Reports by publication, the newest first; for a search the best first. Withdrawn ones are left out.

    For a viewer from whom something is withheld the newest come first in a search too: how well a report fits
    depends on words that they may not see.
    """
    asked = asked or Filter()
    with store.reading() as connection:
        key = ("reports", asked, viewer.redaction)
        numbers = kept_result(store, key, lambda: _report_numbers(store, connection, asked, viewer))
        rows = _report_rows(connection, numbers[start : start + size], viewer)
        return Page(tuple(rows), len(numbers), start)


def _report_numbers(store: Store, connection: Connection, asked: Filter, viewer: Viewer) -> list[int]:
    told = replace(asked, text=None)
    numbers = kept_lists(connection, [asked.outlet], partial(_listed, connection))[asked.outlet]
    if told != Filter(outlet=asked.outlet):
        here = _telling(store, connection, told, viewer)
        numbers = [number for number in numbers if number in here]
    if not asked.text:
        return numbers
    hits = reports_with(connection, asked.text, viewer.redaction)
    if viewer.redaction is None:
        allowed = set(numbers)
        return [number for number in hits if number in allowed]
    found = set(hits)
    return [number for number in numbers if number in found]


def _telling(store: Store, connection: Connection, asked: Filter, viewer: Viewer) -> set[int]:
    """Numbers of the reports that have an event which a filter finds."""
    if is_kept(store):
        columns, counted = counted_of(store, asked, viewer.redaction)
        return {columns.event(at).report for at in counted.found}
    conditions = _conditions(connection, asked, viewer)
    return set(connection.execute(select(events.c.report).select_from(joined()).where(*conditions)).scalars())


def _conditions(connection: Connection, asked: Filter, viewer: Viewer) -> list[Condition]:
    """The conditions of a filter; a search finds only what the viewer can read."""
    hits = reports_with(connection, asked.text, viewer.redaction) if asked.text and viewer.redaction else None
    return event_conditions(connection, asked, viewer.redaction, hits)


def _listed(connection: Connection, outlets: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Numbers of the reports of some outlets, of all for none, by publication, the newest first."""
    source = reports.join(revisions, and_(revisions.c.report == reports.c.number, revisions.c.current.is_(True)))
    query = select(reports.c.number).select_from(source).where(reports.c.withdrawn.is_(None))
    query = query.order_by(revisions.c.published.desc(), reports.c.id)
    asked = {each: query.where(revisions.c.outlet.in_(each)) if each else query for each in outlets}
    return {each: list(connection.execute(found).scalars()) for each, found in asked.items()}


def _report_rows(connection: Connection, numbers: Sequence[int], viewer: Viewer) -> list[ReportRow]:
    """Rows of reports by number, in the order asked for."""
    source = reports.join(revisions, and_(revisions.c.report == reports.c.number, revisions.c.current.is_(True)))
    columns = (reports, revisions.c.outlet, revisions.c.title, revisions.c.published, revisions.c.sha256,
               revisions.c.version, revisions.c.revision)  # fmt: skip
    query = select(*columns).select_from(source).where(reports.c.number.in_(numbers))
    rows = {row.number: row for row in connection.execute(query)}
    counted = select(events.c.report, func.count()).where(events.c.report.in_(numbers)).group_by(events.c.report)
    counts: dict[int, int] = {number: many for number, many in connection.execute(counted)}  # noqa: C416 - typed
    copied = {row.copy_of for row in rows.values() if row.copy_of is not None}
    named = select(reports.c.number, reports.c.id).where(reports.c.number.in_(copied))
    originals: dict[int, str] = {number: id for number, id in connection.execute(named)}  # noqa: C416 - typed
    return [_report_row(connection, rows[n], counts.get(n, 0), originals, viewer) for n in numbers if n in rows]


def _report_row(connection: Connection, row: Any, count: int, originals: dict[int, str], viewer: Viewer) -> ReportRow:
    title, url = row.title, row.url
    if viewer.redaction is not None:
        head = _coded(connection, row.number, viewer)["report"]
        title, url = head.get("title"), head.get("url")
    return ReportRow(
        row.id, row.outlet, title, url, row.published, row.sha256, row.version, row.revision,
        originals.get(row.copy_of) if row.copy_of is not None else None, row.withdrawn is not None, count,
    )  # fmt: skip


def report(store: Store, id: str, viewer: Viewer = ADMIN, *, revision: int | None = None, raw: bool = False) -> Data:
    """The coded report, with corrections laid over (``raw``: as the reader left it); an earlier ``revision`` by number.

    Raises StoreError for an unknown id or revision.
    """
    with store.reading() as connection:
        number = connection.execute(select(reports.c.number).where(reports.c.id == id)).scalar()
        if number is None:
            raise StoreError(f"no report '{id}' in the store")
        return _coded(connection, number, viewer, revision=revision, raw=raw)


def _coded(
    connection: Connection, number: int, viewer: Viewer, *, revision: int | None = None, raw: bool = False
) -> Data:
    query = select(revisions).where(revisions.c.report == number)
    wanted = revisions.c.current.is_(True) if revision is None else revisions.c.revision == revision
    row = connection.execute(query.where(wanted)).first()
    if row is None:
        raise StoreError(f"no revision {revision} of this report")
    coded = unpack(row.coded)
    if not raw:
        coded = apply_corrections(coded, read_corrections(connection, coded["report"]["id"]))
    coded["report"]["revision"] = row.revision
    coded["report"]["added"] = row.added
    if viewer.redaction is None:
        return coded
    as_it_is = () if revision is None and not raw else (_coded(connection, number, ADMIN),)
    return redact_coded(coded, viewer.redaction, as_it_is)


def revisions_of(store: Store, id: str) -> list[Data]:
    """The revisions of a report, the first first: number, reason, sha256, version, when added."""
    names = ("revision", "reason", "sha256", "version", "added", "current")
    with store.reading() as connection:
        source = revisions.join(reports, reports.c.number == revisions.c.report)
        query = select(revisions).select_from(source).where(reports.c.id == id).order_by(revisions.c.revision)
        return [{name: getattr(row, name) for name in names} for row in connection.execute(query)]


def iter_coded(store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN) -> Iterator[Data]:
    """Coded reports that a filter finds, one after another, for exports."""
    with store.reading() as connection:
        for number in _report_numbers(store, connection, asked or Filter(), viewer):
            yield _coded(connection, number, viewer)


def iter_reports(store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN) -> Iterator[Report]:
    """The same as records, for the export formats."""
    from riwaya.store.decoding import decode_report

    yield from map(decode_report, iter_coded(store, asked, viewer))


def hits(text: str, query: str) -> list[tuple[int, int]]:
    """Where a search's words stand in a text: raw code points, half-open."""
    return spans_of(query, text)


def list_events(
    store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN, *, start: int = 0, size: int = 50
) -> Page[EventRow]:
    """Events by day, the newest first, those without a day by publication."""
    asked = asked or Filter()
    with store.reading() as connection:
        conditions = _conditions(connection, asked, viewer)
        total = connection.execute(select(func.count()).select_from(joined()).where(*conditions)).scalar_one()
        day = func.coalesce(events.c.from_day, revisions.c.day)
        query = select(events.c.number).select_from(joined()).where(*conditions).order_by(day.desc(), events.c.number)
        numbers = connection.execute(query.limit(size).offset(start)).scalars().all()
        return Page(event_rows(connection, numbers, viewer), total, start)


def event_rows(connection: Connection, numbers: Sequence[int], viewer: Viewer) -> tuple[EventRow, ...]:
    """The rows of events by number, in the order asked for."""
    query = select(events, reports.c.id.label("id"), revisions.c.outlet, revisions.c.published).select_from(joined())
    rows = {row.number: row for row in connection.execute(query.where(events.c.number.in_(numbers)))}
    places = _places(connection, numbers, viewer.redaction)
    return tuple(_event_row(connection, rows[n], viewer, places.get(n, {})) for n in numbers if n in rows)


def _event_row(connection: Connection, row: Row[Any], viewer: Viewer, places: PlacesByName) -> EventRow:
    redaction = viewer.redaction
    line, trigger = row.line, row.trigger_text
    if redaction is not None:
        coded = _coded(connection, row.report, viewer)
        found: Data = next((each for each in coded["events"] if each["id"] == row.event), {})
        line, trigger = found.get("line", ""), (found.get("trigger") or {}).get("text", "")
    return EventRow(
        row.id, row.event, row.kind, row.status, row.background, row.from_day, row.to_day, line, trigger,
        row.outlet, row.published, row.incident, row.reviewed, tuple(places.values()),
    )  # fmt: skip


def _places(connection: Connection, numbers: Sequence[int], redaction: Redaction | None) -> dict[int, PlacesByName]:
    """The places of events by number; coarse where an event of the report asks for it."""
    found: dict[int, PlacesByName] = {}
    if not numbers:
        return found
    where = event_places.c
    hidden = is_coarse(events.c.report, where, redaction) if redaction and redaction.place_kinds else false()
    columns = (where.event, where.role, hidden, where.admin1, where.name, where.country, where.level, where.lat,
               where.lon, where.direction)  # fmt: skip
    source = event_places.join(events, events.c.number == where.event)
    query = select(*columns).select_from(source).where(where.event.in_(numbers)).order_by(where.number)
    for event, role, coarse, admin1, name, country, level, lat, lon, direction in connection.execute(query):
        view = PlaceView(name, country, level, lat, lon, role, direction)
        if coarse:
            wide = coarse_place({"name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon})
            view = PlaceView(wide["name"], country, wide["level"], wide["lat"], wide["lon"], role, None)
        found.setdefault(event, {}).setdefault((view.name, role), view)
    return found


def list_incidents(
    store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN, *, sort: str = "disputed", start: int = 0,
    size: int = 50,
) -> Page[IncidentRow]:  # fmt: skip
    """Incidents of which an account fits. ``sort``: disputed (most sides first), newest, oldest, accounts."""
    asked = asked or Filter()
    orders = {
        "disputed": (incidents.c.weight.desc(), incidents.c.accounts.desc()),
        "newest": (incidents.c.last_said.desc(),),
        "oldest": (incidents.c.first_said,),
        "accounts": (incidents.c.accounts.desc(),),
    }
    if sort not in orders:
        raise StoreError(f"expected one of {', '.join(orders)} to sort by, found '{sort}'")
    with store.reading() as connection:
        query = select(incidents)
        if asked != Filter():
            conditions = _conditions(connection, asked, viewer)
            query = query.where(incidents.c.id.in_(select(events.c.incident).select_from(joined()).where(*conditions)))
        total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        rows = connection.execute(query.order_by(*orders[sort], incidents.c.id).limit(size).offset(start)).all()
        return Page(_incident_rows(connection, rows, viewer), total, start)


def incident_rows(store: Store, ids: Sequence[str], viewer: Viewer = ADMIN) -> tuple[IncidentRow, ...]:
    """The rows of incidents by id, in the order asked for; ids that are no more are left out."""

    def make(some: Sequence[str]) -> dict[str, IncidentRow]:
        """The rows of those not kept yet."""
        rows = connection.execute(select(incidents).where(incidents.c.id.in_(some))).all()
        return {row.id: row for row in _incident_rows(connection, rows, viewer)}

    with store.reading() as connection:
        found = kept_incidents(connection, ids, ("row", viewer.redaction), make)
    return tuple(found[id] for id in ids if id in found)


def _incident_rows(connection: Connection, rows: Sequence[Row[Any]], viewer: Viewer) -> tuple[IncidentRow, ...]:
    members = members_of(connection, [row.id for row in rows])
    numbers = [each.number for some in members.values() for each in some]
    places = _places(connection, numbers, viewer.redaction)
    return tuple(_incident_row(row, members.get(row.id, []), places, viewer) for row in rows)


def members_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """The events of incidents by publication: number, kind, line."""
    columns = (events.c.incident, events.c.number, events.c.kind, events.c.line)
    query = select(*columns).select_from(joined()).where(events.c.incident.in_(ids))
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query.order_by(revisions.c.published, events.c.number)):
        found.setdefault(str(row.incident), []).append(row)
    return found


def telling_of(members: Sequence[Row[Any]], kind: str) -> Row[Any]:
    """The event that tells most of an incident of a kind."""
    own = [each for each in members if each.kind == kind] or members
    return max(own, key=lambda each: len(each.line))


def _incident_row(
    row: Row[Any], members: Sequence[Row[Any]], places: dict[int, PlacesByName], viewer: Viewer
) -> IncidentRow:
    line = telling_of(members, row.kind).line if members else ""
    here: PlacesByName = {}
    for each in members:
        for key, place in places.get(each.number, {}).items():
            here.setdefault(key, place)
    return IncidentRow(
        row.id, row.kind, line if viewer.redaction is None else row.kind, row.from_day, row.to_day, row.accounts,
        row.reports, tuple(row.fields.split()), row.first_said, row.last_said, tuple(here.values()),
    )  # fmt: skip


def incident(store: Store, id: str, viewer: Viewer = ADMIN, *, joined_by: bool = True) -> IncidentView:
    """An incident whole. An id that an earlier linking gave leads to the incident that holds its accounts now.

    ``joined_by``: whether the pairs that hold it together are read too; a great incident has thousands.

    Raises StoreError for an unknown id.
    """
    refresh(store)
    with store.reading() as connection:
        row = connection.execute(select(incidents).where(incidents.c.id == id)).first()
        if row is None:
            raise StoreError(f"no incident '{id}' in the store")
        accounts = incident_accounts(connection, id, viewer)
        fields, ranges = _fields(connection, id, accounts, viewer)
        numbers = dict.fromkeys(
            connection.execute(
                select(events.c.report).select_from(joined()).where(events.c.incident == id)
                .order_by(revisions.c.published, reports.c.id)
            ).scalars()
        )  # fmt: skip
        heads = tuple(_report_rows(connection, list(numbers), viewer))
        keys = [account.key for account in accounts]
        joins, judged = joins_of(connection, keys) if joined_by else (), judgements_of(connection, keys)
        if viewer.redaction is not None:
            judged = tuple({**each, "reason": each["reason"] and WITHHELD} for each in judged)
    return IncidentView(id, row.kind, accounts, fields, ranges, heads, joins, judged)


def _fields(
    connection: Connection, id: str, accounts: tuple[Account, ...], viewer: Viewer
) -> tuple[tuple[Field, ...], tuple[Range, ...]]:
    key = ("fields", viewer.redaction)
    return kept_incidents(connection, [id], key, lambda _: {id: (fields_of(accounts), ranges_of(accounts))})[id]


def incident_fields(store: Store, id: str, viewer: Viewer = ADMIN) -> tuple[Field, ...]:
    """The fields of an incident with their sides, none for an unknown id."""
    refresh(store)
    with store.reading() as connection:
        return _fields(connection, id, incident_accounts(connection, id, viewer), viewer)[0]


def incident_accounts(connection: Connection, id: str, viewer: Viewer = ADMIN) -> tuple[Account, ...]:
    """The accounts of an incident in order of publication; a reprint stands as a carrier of its original's account."""
    wanted: dict[int, list[str]] = {}
    carriers: dict[int, list[str]] = {}
    found: list[Account] = []
    for row in kept_members(connection, id) or _read_members(connection, id):
        if row.copy_of is None:
            wanted.setdefault(row.report, []).append(row.event)
        else:
            carriers.setdefault(row.copy_of, []).append(row.outlet or "")
    told = read_accounts(connection, list(wanted), viewer)
    for number, names in wanted.items():
        for account in told[number]:
            if account.event in names:
                found.append(replace(account, carriers=tuple(dict.fromkeys(carriers.get(number, ())))))
    return tuple(sorted(found, key=lambda account: (account.published, account.report, account.event)))


def _read_members(connection: Connection, id: str) -> Sequence[Any]:
    query = select(events.c.report, events.c.event, reports.c.copy_of, revisions.c.outlet).select_from(joined())
    return connection.execute(query.where(events.c.incident == id).order_by(events.c.number)).all()


def read_accounts(
    connection: Connection, numbers: Sequence[int], viewer: Viewer = ADMIN
) -> dict[int, tuple[Account, ...]]:
    """The accounts of reports by number."""

    def make(some: Sequence[int]) -> dict[int, tuple[Account, ...]]:
        """The accounts of those not kept yet."""
        return {number: tuple(accounts_of(coded)) for number, coded in read_coded(connection, some, viewer.redaction)}

    return kept_accounts(connection, numbers, viewer.redaction, make)
