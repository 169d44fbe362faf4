"""What several exports tell of an event alike: figures with their bounds, precision, sources, quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from riwaya.knowledge.load import DATA, read_tsv, read_yaml
from riwaya.model import CountMention, Event, EventPlace, Kind, Level, Report, Status, What

_COUNTRY_COLUMNS = ("id", "name", "arabic", "iso3", "lat", "lon", "capital", "neighbours")
_COARSE = {Level.COUNTRY: 3, Level.ADMIN1: 3, Level.REGION: 3, Level.ADMIN2: 2, Level.NATURAL: 2}
_WEEK, _MONTH = 7, 31


@dataclass(frozen=True, slots=True)
class Codes:
    """How other schemes call a kind of event; empty where a scheme has no word for it."""

    disorder: str
    event: str
    sub_event: str
    plover: str
    cameo: str


@cache
def kind_codes() -> dict[Kind, Codes]:
    """The codes of every kind, from the kinds' own files."""
    codes: dict[Kind, Codes] = {}
    for kind in Kind:
        entry = read_yaml(DATA / "kinds" / f"{kind.value}.yaml")
        acled = entry["acled"]
        codes[kind] = Codes(
            acled["disorder"], acled["event"], acled["sub_event"], entry.get("plover") or "", entry.get("cameo") or ""
        )
    return codes


@cache
def country_names() -> dict[str, str]:
    """English country names by ISO 3166-1 alpha-2 code."""
    return {row["id"]: row["name"] for _, row in read_tsv(DATA / "places" / "countries.tsv", _COUNTRY_COLUMNS)}


def happened(report: Report) -> Iterator[Event]:
    """The events that datasets of events hold: those told as having occurred or as going on."""
    return (event for event in report.events if event.status in (Status.OCCURRED, Status.ONGOING))


def event_id(report: Report, event: Event) -> str:
    """An id that is unique among reports."""
    return f"{report.document.id}/{event.id}"


def main_place(event: Event) -> EventPlace | None:
    """Where it happened: the first place at which, else from which, else to which; None where none is told."""
    for role in ("at", "from", "to"):
        for place in event.places:
            if place.role == role:
                return place
    return None


def place_precision(place: EventPlace) -> int:
    """1 a place or smaller, 2 a district or landscape, 3 a governorate, region or country."""
    return _COARSE.get(place.place.level, 1)


def time_precision(event: Event) -> int | None:
    """1 the day is known, 2 within a week, 3 within a month or more; None where no day is told."""
    when = event.when
    if when.from_ is None or when.to is None:
        return 3 if when.from_ or when.to else None
    days = (date.fromisoformat(when.to) - date.fromisoformat(when.from_)).days + 1
    return 1 if days == 1 else 2 if days <= _WEEK else 3


def all_counts(event: Event, what: What) -> list[CountMention]:
    """The totals of what is counted, the event's own and those of its claims; parts of totals are left out."""
    counts = [*event.counts, *(count for claim in event.claims for count in claim.counts)]
    return [count for count in counts if count.what is what and count.part_of is None]


def bounds(counts: list[CountMention]) -> tuple[int | None, int | None]:
    """The lowest and the highest figure that any source gives; None where that side is open or nothing is given."""
    if not counts:
        return None, None
    lows = [count.min for count in counts if count.min is not None]
    highs = [count.max for count in counts]
    highest = None if any(high is None for high in highs) else max(high for high in highs if high is not None)
    return (min(lows) if lows else None), highest


def source_names(event: Event) -> list[str]:
    """The sources of the event's claims, each once, with what it does where that is not to assert."""
    names = []
    for claim in event.claims:
        stance = "" if claim.stance.value == "asserts" else f" ({claim.stance.value.replace('_', ' ')})"
        names.append(claim.source.actor.name + stance)
    return list(dict.fromkeys(names))


def show(value: object) -> str:
    """A cell: empty for None."""
    return "" if value is None else str(value)
