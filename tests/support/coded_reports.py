"""Coded reports built by hand, small enough to be read in a test."""

from __future__ import annotations

import hashlib
from typing import Any

Data = dict[str, Any]

PLACES: dict[str, Data] = {
    "Harasta": {"country": "SY", "admin1": "Rif Dimashq", "level": "town", "lat": 33.56, "lon": 36.365},
    "Duma": {"country": "SY", "admin1": "Rif Dimashq", "level": "town", "lat": 33.572, "lon": 36.402},
    "Mosul": {"country": "IQ", "admin1": "Nineveh", "level": "city", "lat": 36.34, "lon": 43.13},
    "Syria": {"country": "SY", "admin1": None, "level": "country", "lat": 35.0, "lon": 38.0},
}


def span(text: str, words: str) -> Data:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def actor(name: str, kind: str = "armed_group", **more: Any) -> Data:
    return {"id": name.lower().replace(" ", "-"), "name": name, "aliases": [], "kind": kind, **more}


def place(name: str, role: str = "at") -> Data:
    return {"id": name.lower(), "name": name, "aliases": [], **PLACES[name], "role": role, "direction": None}


def claim(source: str, stance: str = "asserts", kind: str = "official", counts: list[Data] | None = None) -> Data:
    speaker = actor(source, "person" if kind == "person" else "other")
    sort = "official" if kind == "person" else kind
    return {"source": speaker, "source_kind": sort, "stance": stance, "via": [], "evidence": [], "counts": counts or []}


def count(what: str, low: int, high: int | None = -1) -> Data:
    return {"start": 0, "end": 1, "text": "", "what": what, "who": None, "min": low,
            "max": low if high == -1 else high, "approx": False, "part_of": None, "rule": "test"}  # fmt: skip


def event(id: str, kind: str, text: str, trigger: str, **more: Any) -> Data:
    day = more.pop("day", None)
    lists: Data = {name: [] for name in ("agents", "targets", "mediators", "places", "counts", "claims", "mentions")}
    return {
        "id": id, "kind": kind, "line": f"{kind} told", "trigger": span(text, trigger), "status": "occurred",
        "background": False, "from": day, "to": day, "edtf": day, "ordinal": None, "rule": "test",
        "when": {"evidence": None, "rule": "test"}, **lists, **more,
    }  # fmt: skip


def report(id: str, text: str, published: str, *events: Data, outlet: str = "Sada", **more: Any) -> Data:
    head = {
        "id": id, "url": None, "outlet": outlet, "published": published, "title": None, "origin": None,
        "language": "ar", "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text, **more,
    }  # fmt: skip
    places = [{**each, **span(text, text.split()[0]), "rule": "test"} for e in events for each in e["places"]]
    return {"report": head, "times": [], "places": places, "actors": [], "counts": [], "attributions": [],
            "events": list(events), "control": [], "notes": [], "version": "0.1"}  # fmt: skip


SHELLED = "قصفت مدفعية الجيش بلدة حرستا فجر الأحد فقُتِلَ سبعة مدنيين، وفق ما أفاد به ناشطون واستهدف القصف سوقا"


def shelling(id: str, killed: int, source: str, *, outlet: str = "Sada", published: str = "2018-02-05") -> Data:
    counted = count("killed", killed)
    told = event(
        "e1", "shelling", SHELLED, "قصفت", day="2018-02-04", agents=[actor("Syrian Army", "military")],
        places=[place("Harasta")], counts=[counted], claims=[claim(source)],
    )  # fmt: skip
    coded = report(id, f"{SHELLED} {id}", published, told, outlet=outlet)
    coded["places"] = [{**place("Harasta"), **span(SHELLED, "حرستا"), "rule": "test"}]
    return coded
