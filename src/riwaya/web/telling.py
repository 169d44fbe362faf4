"""What a card of a list tells beside its row: who says it with which stance, parties, figures, the word in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from riwaya.store import Store, summaries
from riwaya.store.memory import kept_incidents
from riwaya.store.redaction import WITHHELD, Viewer
from riwaya.store.tables import event_claims, events, reports
from riwaya.store.views import EventRow

Voices = tuple[tuple[str, tuple[str, ...]], ...]
STANCES = ("asserts", "claims_responsibility", "denies", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Card:
    """Facts of the telling event; ``voices``: (stance, sources, most frequent first); ``trigger``: the word."""

    facts: summaries.Facts
    voices: Voices
    trigger: str


def incident_cards(store: Store, ids: Sequence[str], viewer: Viewer) -> dict[str, Card]:
    """For each incident what its card tells: by the event that tells most, and by all who speak of it."""

    def make(some: Sequence[str]) -> dict[str, tuple[Voices, str]]:
        """The voices and first words of those not kept yet."""
        voices = _voices(connection, events.c.incident, some, viewer)
        words = _words(connection, events.c.incident, some, viewer)
        return {id: (voices.get(id, ()), words.get(id, "")) for id in some}

    facts = summaries.told_of(store, ids, viewer)
    with store.reading() as connection:
        said = kept_incidents(connection, ids, ("voices", viewer.redaction), make)
    return {id: Card(facts[id], *said[id]) for id in ids if id in facts and id in said}


def event_cards(store: Store, rows: Sequence[EventRow], viewer: Viewer) -> dict[tuple[str, str], Card]:
    """For each event of a list, under its report and id, what its card tells."""
    query = select(events.c.number, reports.c.id, events.c.event)
    query = query.select_from(events.join(reports, reports.c.number == events.c.report))
    with store.reading() as connection:
        found = connection.execute(query.where(reports.c.id.in_({row.report for row in rows}))).all()
        at = {(row.id, row.event): row.number for row in found}
        numbers = {key: at[key] for row in rows if (key := (row.report, row.event)) in at}
        facts = summaries.facts(connection, numbers, viewer)
        voices = _voices(connection, events.c.number, list(numbers.values()), viewer)
        words = _words(connection, events.c.number, list(numbers.values()), viewer)
    return {key: Card(facts[key], voices.get(at, ()), words.get(at, "")) for key, at in numbers.items()}


def _voices(connection: Connection, column: Any, wanted: Sequence[Any], viewer: Viewer) -> dict[Any, Voices]:
    """For each value of a column of events the sources by stance."""
    who, no_person = event_claims.c, viewer.redaction is not None and viewer.redaction.persons
    query = select(column, who.stance, who.name, who.person, func.count().label("many"))
    query = query.select_from(events.join(event_claims, who.event == events.c.number)).where(column.in_(wanted))
    query = query.group_by(column, who.stance, who.name, who.person).order_by(func.count().desc(), who.name)
    said: dict[Any, dict[str, dict[str, None]]] = {}
    for value, stance, name, person, _ in connection.execute(query):
        said.setdefault(value, {}).setdefault(stance, {})[WITHHELD if person and no_person else name] = None
    return {
        value: tuple((stance, tuple(by[stance])) for stance in STANCES if stance in by) for value, by in said.items()
    }


def _words(connection: Connection, column: Any, wanted: Sequence[Any], viewer: Viewer) -> dict[Any, str]:
    """For each value of a column of events the word of its first event, unless it may be a name that is withheld."""
    if viewer.redaction is not None:
        return {}
    query = select(column, events.c.trigger_text).where(column.in_(wanted)).order_by(events.c.number.desc())
    return dict(connection.execute(query).all())
