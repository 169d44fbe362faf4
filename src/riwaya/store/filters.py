"""Filters: which events are asked for, and the conditions that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
    true,
    tuple_,
)

from riwaya.store.redaction import OPEN, WIDE, Redaction
from riwaya.store.stems import fts5_query, tsquery
from riwaya.store.tables import event_actors, event_claims, event_places, events, incidents, reports, revisions
from riwaya.store.within import is_province, within

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; every part that is set must hold.

    ``kind``, ``stance``, ``status``, ``outlet``: any of the values. ``place``, ``actor``, ``source``: a name or an
    id; a place holds what lies in it. ``since``/``until``: inclusive days that the event time touches, or, where an
    event has none, on which it was published. ``text``: words that the report holds, quoted words in a row.
    """

    kind: tuple[str, ...] = ()
    place: str | None = None
    actor: str | None = None
    source: str | None = None
    source_kind: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    disputed: bool | None = None
    reviewed: bool | None = None
    background: bool | None = None
    text: str | None = None
    area: tuple[float, float, float, float] | None = None  # south, west, north, east in degrees: a place lies there
    reprint: bool | None = None  # whether its report reprints another's text


def event_conditions(
    connection: Connection, asked: Filter, redaction: Redaction | None, hits: Iterable[int] | None = None
) -> list[Condition]:
    """Conditions on ``events`` joined with its report's current revision (:func:`joined`).

    ``hits``: numbers of the reports that a search finds, wanted where something is withheld: the index would tell it.
    """
    found: list[Condition] = []
    for column, values in ((events.c.kind, asked.kind), (events.c.status, asked.status)):
        if values:
            found.append(column.in_(values))
    if asked.outlet:
        found.append(revisions.c.outlet.in_(asked.outlet))
    if asked.place:
        found.append(_at(asked.place, redaction))
    if asked.actor:
        found.append(_by(asked.actor, redaction))
    if asked.area:
        found.append(_within(asked.area, redaction))
    claim = _claim_condition(asked, redaction)
    if claim is not None:
        found.append(claim)
    if asked.since:
        found.append(
            or_(events.c.to_day >= asked.since, and_(events.c.to_day.is_(None), revisions.c.day >= asked.since))
        )
    if asked.until:
        early = and_(events.c.from_day.is_(None), revisions.c.day <= asked.until)
        found.append(or_(events.c.from_day <= asked.until, early))
    if asked.disputed is not None:
        disputed = select(incidents.c.id).where(incidents.c.disputed > 0)
        linked = events.c.incident.is_not(None)
        found.append(and_(linked, events.c.incident.in_(disputed) == asked.disputed))
    for column, wanted in ((events.c.reviewed, asked.reviewed), (events.c.background, asked.background)):
        if wanted is not None:
            found.append(column.is_(wanted))
    if asked.reprint is not None:
        found.append(reports.c.copy_of.is_not(None) if asked.reprint else reports.c.copy_of.is_(None))
    if asked.text and hits is not None:
        numbers = bindparam("hits", sorted(hits), type_=Integer, expanding=True, literal_execute=True)
        found.append(events.c.report.in_(numbers))
    elif asked.text and redaction is not None:
        raise ValueError("a search of a redacted viewer needs the reports that it finds")
    elif asked.text:
        held = _holding(connection, asked.text)
        found.append(false() if held is None else events.c.report.in_(held))
    return found


def joined() -> Any:
    """``events`` with the current revision and the row of its report."""
    on = and_(revisions.c.number == events.c.revision, revisions.c.current.is_(True))
    return events.join(revisions, on).join(reports, reports.c.number == events.c.report)


def place_condition(name: str, columns: Any = event_places.c) -> Condition:
    """A row's place is the named one or lies in it: by name, id, province, country, or by the gazetteer.

    A city holds its quarters and camps, a province its towns, a region its villages: :mod:`riwaya.store.within`.
    """
    countries = select(event_places.c.country).where(event_places.c.level == "country", event_places.c.name == name)
    inside = or_(columns.admin1 == name, columns.country == name, columns.country.in_(countries))
    own = or_(columns.name == name, columns.place == name)
    known = within(name)
    if known is None:
        return or_(own, inside)
    named = or_(columns.name == known.name, columns.admin1 == known.name, columns.admin1.in_(known.held))
    held = columns.name.in_(known.held)
    return or_(own, inside, and_(columns.country == known.country, or_(named, held)))


def place_told(name: str, report: Any, redaction: Redaction | None) -> Condition:
    """The same for what a viewer may know of a report's place: a coarse one lies in its province and country only."""
    condition = place_condition(name)
    if redaction is None or not redaction.place_kinds:
        return condition
    columns = event_places.c
    countries = select(columns.country).where(columns.level == "country", columns.name == name)
    wide = or_(columns.admin1 == name, columns.country == name, columns.country.in_(countries))
    hidden = is_coarse(report, columns, redaction)
    return or_(and_(not_(hidden), condition), and_(hidden, condition, true() if is_province(name) else wide))


def _at(name: str, redaction: Redaction | None) -> Condition:
    if redaction is None or not redaction.place_kinds:
        return _in_places(place_condition(name))
    return _in_rows(lambda report: place_told(name, report, redaction))


def _within(area: tuple[float, float, float, float], redaction: Redaction | None) -> Condition:
    """An event has a place in an area; where places are coarse, the point is rounded as it is shown."""
    lat, lon = event_places.c.lat, event_places.c.lon
    here = _in_places(_boxed(area, lat, lon))
    if redaction is None or not redaction.place_kinds:
        return here
    wide = _boxed(area, func.round(lat), func.round(lon))

    def told(report: Any) -> Condition:
        """Whether a place lies in the area, as it is told to the viewer in this report."""
        hidden = is_coarse(report, event_places.c, redaction)
        return or_(and_(not_(hidden), _boxed(area, lat, lon)), and_(hidden, wide))

    return _in_rows(told)


def _boxed(area: tuple[float, float, float, float], lat: Any, lon: Any) -> Condition:
    south, west, north, east = area
    across = lon.between(west, east) if west <= east else or_(lon >= west, lon <= east)  # across the date line
    return and_(lat.between(south, north), across)


def is_coarse(report: Any, row: Any, redaction: Redaction) -> Condition:
    """A place that a row (its columns) tells of a report is told by its province only.

    It is the place of an event of a withheld kind in that report, whatever the row tells of it.
    """
    return and_(not_(_is_wide(row)), tuple_(report, row.name).in_(coarse_names(redaction)))


def coarse_names(redaction: Redaction) -> Any:
    """What selects the reports by number, each with the names of the places that are coarse there."""
    there, own = event_places.alias(), events.alias()
    source = there.join(own, own.c.number == there.c.event)
    names = select(own.c.report, there.c.name).select_from(source).where(own.c.kind.in_(redaction.coarse_kinds))
    return names.where(not_(_is_wide(there.c)))


def _is_wide(row: Any) -> Condition:
    """The same as :func:`riwaya.store.redaction.is_wide`."""
    level, open_ = func.coalesce(row.level, ""), func.coalesce(row.admin1, "") == ""
    return or_(level.in_(WIDE), and_(level.in_(OPEN), row.place.is_not(None), open_))


def _in_rows(told: Callable[[Any], Condition]) -> Condition:
    """An event has a place whose row fits what ``told`` makes for the number of its report."""
    own = events.alias()
    source = event_places.join(own, own.c.number == event_places.c.event)
    return events.c.number.in_(select(event_places.c.event).select_from(source).where(told(own.c.report)))


def _in_places(condition: Condition) -> Condition:
    return events.c.number.in_(select(event_places.c.event).where(condition))


def _by(name: str, redaction: Redaction | None) -> Condition:
    columns = event_actors.c
    condition = or_(columns.name == name, columns.actor == name, columns.organisation == name)
    if redaction is not None and redaction.persons:
        condition = and_(condition, or_(columns.kind.is_(None), columns.kind != "person"))
    return events.c.number.in_(select(columns.event).where(condition))


def _claim_condition(asked: Filter, redaction: Redaction | None) -> Condition | None:
    columns = event_claims.c
    parts: list[Condition] = []
    if asked.source:
        named = or_(columns.name == asked.source, columns.source == asked.source, columns.organisation == asked.source)
        if redaction is not None and redaction.persons:
            named = or_(columns.organisation == asked.source, and_(named, columns.person.is_(False)))
        parts.append(named)
    if asked.source_kind:
        parts.append(columns.source_kind.in_(asked.source_kind))
    if asked.stance:
        parts.append(columns.stance.in_(asked.stance))
    return events.c.number.in_(select(columns.event).where(*parts)) if parts else None


def holding(connection: Connection, query: str) -> list[int]:
    """Numbers of the reports whose text holds the words of a query, in no order; none for a query without words."""
    held = _holding(connection, query)
    return [] if held is None else [int(number) for number in connection.execute(held).scalars()]


def _holding(connection: Connection, query: str) -> Any:
    """What selects the reports that hold the words of a query, None for a query without words."""
    if connection.dialect.name == "postgresql":
        asked, condition = tsquery(query), text("words @@ to_tsquery('simple', :asked)")
        number = literal_column("report", Integer)
    else:
        asked, condition = fts5_query(query), text("search MATCH :asked")
        number = literal_column("rowid", Integer)
    if asked is None:
        return None
    return select(number).select_from(table("search")).where(condition.bindparams(asked=asked))


def found_reports(connection: Connection, query: str) -> list[int]:
    """Numbers of the reports whose text holds the words of a query, the best first; none for a query without words."""
    if connection.dialect.name == "postgresql":
        asked = tsquery(query)
        statement = text(
            "SELECT report FROM search WHERE words @@ to_tsquery('simple', :asked)"
            " ORDER BY ts_rank(words, to_tsquery('simple', :asked)) DESC, report DESC"
        )
    else:
        asked = fts5_query(query)
        statement = text("SELECT rowid AS report FROM search WHERE search MATCH :asked ORDER BY rank, rowid DESC")
    if asked is None:
        return []
    return [int(row.report) for row in connection.execute(statement, {"asked": asked})]
