"""An event as atomic facts, and when a coded fact is the gold one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from riwaya.evaluation.gold import GoldEvent, GoldRecord
from riwaya.evaluation.names import coded_names, fold_name, listed

ROLES = ("agents", "targets", "mediators")
FIELDS = ("status", "background", "when", *ROLES, "places", "counts", "claims")
_NEAR_KM = 20.0
_TOLERANCE_KM = {"admin1": 100.0, "admin2": 100.0, "natural": 100.0, "region": 200.0}
_EARTH_KM = 12_742.0  # mean diameter


class Fact(NamedTuple):
    """One value of an event: the field, and what stands in it."""

    field: str
    value: Any


def interval(entry: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The inclusive days of a mention or event."""
    return entry.get("from"), entry.get("to")


def distance_km(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The great-circle distance of two places in kilometres, infinite where a coordinate is missing (haversine)."""
    if any(place.get(key) is None for place in (one, other) for key in ("lat", "lon")):
        return math.inf
    lat1, lon1, lat2, lon2 = (math.radians(place[key]) for place in (one, other) for key in ("lat", "lon"))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def is_same_place(gold: Mapping[str, Any], coded: Mapping[str, Any]) -> bool:
    """Whether two places are one: the same country and near enough for the level; a country only is itself."""
    if (coded.get("country") or gold["country"]) != gold["country"]:
        return False
    if "country" in (gold["level"], coded.get("level")):
        return bool(gold["level"] == coded.get("level"))
    return distance_km(gold, coded) <= _TOLERANCE_KM.get(gold["level"], _NEAR_KM)


def _all_counts(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    of_claims = [count for claim in event.get("claims") or [] for count in claim.get("counts") or []]
    return [*(event.get("counts") or []), *of_claims]


def event_facts(event: Mapping[str, Any]) -> list[Fact]:
    """The facts of a gold or coded event; a figure given twice is one fact."""
    facts = [
        Fact("kind", event["kind"]),
        Fact("status", event.get("status")),
        Fact("background", bool(event.get("background"))),
        Fact("when", interval(event)),
    ]
    facts += [Fact(role, party) for role in ROLES for party in event.get(role) or []]
    facts += [Fact("places", place) for place in event.get("places") or []]
    figures = dict.fromkeys((c["what"], c.get("min"), c.get("max")) for c in _all_counts(event))
    facts += [Fact("counts", figure) for figure in figures]
    facts += [Fact("claims", claim) for claim in event.get("claims") or []]
    return facts


def is_same_fact(record: GoldRecord, gold: Fact, coded: Fact) -> bool:
    """Whether a coded fact says what the gold fact says."""
    if gold.field != coded.field:
        return False
    if gold.field in ROLES:
        return bool(record.accepted_names(gold.value) & coded_names(coded.value))
    if gold.field == "places":
        return _is_same_event_place(record, gold.value, coded.value)
    if gold.field == "claims":
        return is_same_claim(record, gold.value, coded.value)
    return bool(gold.value == coded.value)


def is_same_claim(record: GoldRecord, gold: Mapping[str, Any], coded: Mapping[str, Any]) -> bool:
    """Whether a coded claim has the gold claim's stance and source (the speaker or the body spoken for).

    An unnamed source (plain lower case in gold) is right by its kind too.
    """
    if gold["stance"] != coded.get("stance"):
        return False
    if gold["source_kind"] == "outlet":
        return bool(coded.get("source_kind") == "outlet")
    if record.accepted_names(gold["source"]) & coded_names(coded.get("source")):
        return True
    unnamed = all(name == name.lower() for name in listed(gold["source"]))
    return unnamed and bool(gold["source_kind"] == coded.get("source_kind"))


def _is_same_event_place(record: GoldRecord, gold: Mapping[str, Any], coded: Mapping[str, Any]) -> bool:
    if gold["role"] != (coded.get("role") or "at"):
        return False
    known = record.place_of.get(gold["name"])
    return is_same_place(known, coded) if known else fold_name(gold["name"]) in coded_names(coded)


def trigger_fit(gold: GoldEvent, coded: Mapping[str, Any]) -> float:
    """How well a coded trigger fits: 2 overlapping, less than 1 in the same sentence by nearness, 0 elsewhere."""
    trigger = coded["trigger"]
    if trigger["start"] < gold.end and gold.start < trigger["end"]:
        return 2.0
    first, last = gold.sentence
    if first <= trigger["start"] < last:
        return 1.0 - abs(int(trigger["start"]) - gold.start) / 10_000
    return 0.0
