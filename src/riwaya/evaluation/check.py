"""Whether a gold record is sound: values of the codebook, days, and every surface text present in the report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from riwaya.evaluation.gold import find_surface
from riwaya.evaluation.names import listed
from riwaya.model import ActorKind, Kind, Level, SourceKind, Stance, Status, What

Entry = Mapping[str, Any]
_KEYS = ("id", "theatre", "outlet", "url", "published", "text", "times", "places", "actors", "events")
_PLACE_ROLES = ("at", "from", "to")
_DIRECTIONS = (
    *("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"),
    "centre",
)
_PARTIES = ("agents", "targets", "mediators")


def record_problems(record: Entry) -> list[str]:
    """What is wrong with a record, in words; empty where it is sound."""
    missing = [f"no '{key}'" for key in _KEYS if key not in record]
    if missing:
        return missing
    found = list(_day(record["published"], "published"))
    if not unicodedata.is_normalized("NFC", record["text"]):
        found.append("text is not NFC")
    found += _mention_problems(record)
    for event in record["events"]:
        found += _event_problems(record, event)
    return found


def _mention_problems(record: Entry) -> Iterator[str]:
    text = record["text"]
    for entry in record["times"]:
        yield from _surface(text, entry, "t", "times")
        yield from _day(entry.get("from"), entry["t"])
        yield from _day(entry.get("to"), entry["t"])
    for entry in record["places"]:
        yield from _surface(text, entry, "t", "places")
        yield from _one_of(entry.get("level"), Level, entry["t"])
        if not all(isinstance(entry.get(key), int | float) for key in ("lat", "lon")):
            yield f"{entry['t']}: no coordinates"
        if not re.fullmatch("[A-Z]{2}", entry.get("country") or ""):
            yield f"{entry['t']}: country '{entry.get('country')}'"
    for entry in record["actors"]:
        yield from _surface(text, entry, "t", "actors")
        yield from _one_of(entry.get("kind"), ActorKind, entry["t"])


def _event_problems(record: Entry, event: Entry) -> Iterator[str]:
    where = str(event.get("id", "?"))
    yield from _surface(record["text"], event, "trigger", where)
    yield from _one_of(event.get("kind"), Kind, where)
    yield from _one_of(event.get("status"), Status, where)
    if not isinstance(event.get("background"), bool):
        yield f"{where}: background is true or false"
    yield from _day(event.get("from"), where)
    yield from _day(event.get("to"), where)
    actors = {name for entry in record["actors"] for name in listed(entry["name"])}
    for name in (name for role in _PARTIES for name in event.get(role, [])):
        if name not in actors and name != name.lower():
            yield f"{where}: '{name}' has no mention in actors"
    places = {name for entry in record["places"] for name in listed(entry["name"])}
    for place in event.get("places", []):
        if place["name"] not in places:
            yield f"{where}: place '{place['name']}' has no mention in places"
        yield from _one_of(place.get("role"), _PLACE_ROLES, where)
        yield from _one_of(place.get("direction") or "centre", _DIRECTIONS, where)
    if not event.get("claims"):
        yield f"{where}: no claims"
    yield from _claim_problems(record, event, where)


def _claim_problems(record: Entry, event: Entry, where: str) -> Iterator[str]:
    counts = list(event.get("counts", []))
    for claim in event.get("claims", []):
        yield from _one_of(claim.get("stance"), Stance, where)
        yield from _one_of(claim.get("source_kind"), SourceKind, where)
        counts += claim.get("counts", [])
    for count in counts:
        yield from _surface(record["text"], count, "t", where)
        yield from _one_of(count.get("what"), What, where)
        if "min" not in count or "max" not in count:
            yield f"{where}: count '{count['t']}' has no min or max"


def _surface(text: str, entry: Entry, key: str, where: str) -> Iterator[str]:
    spans = find_surface(text, entry[key]) if entry.get(key) else []
    if not spans:
        yield f"{where}: '{entry.get(key)}' is not in the text"
    elif any(not 1 <= number <= len(spans) for number in entry.get("n", [])):
        yield f"{where}: '{entry[key]}' occurs {len(spans)} times, n = {entry['n']}"


def _day(value: object, where: str) -> Iterator[str]:
    try:
        if value is not None:
            date.fromisoformat(str(value))
    except ValueError:
        yield f"{where}: '{value}' is not a day"


def _one_of(value: object, allowed: type[StrEnum] | Sequence[str], where: str) -> Iterator[str]:
    known = [str(each) for each in allowed]
    if value not in known:
        yield f"{where}: '{value}' is none of {', '.join(known)}"
