"""A coded report back as a record, so that every export format writes what the store holds.

The effective report is decoded: where a person's value stands, the rule says so (``person: NAME``), and the
report's notes list the corrections.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from riwaya.model import (
    Actor,
    ActorKind,
    ActorMention,
    Attribution,
    Claim,
    ControlStatement,
    CountMention,
    Document,
    Event,
    EventPlace,
    EventTime,
    Evidence,
    Kind,
    Level,
    Party,
    Place,
    PlaceMention,
    Report,
    Source,
    SourceKind,
    Stance,
    Status,
    TimeMention,
    What,
)

Data = dict[str, Any]
_EMPTY = Evidence(0, 0, "")


def decode_report(coded: Data) -> Report:
    """The record of a coded report (:func:`riwaya.export.coded.code_report` turned round), corrections noted."""
    head = coded["report"]
    document = Document(
        head["id"], head["text"], head.get("published"), head.get("outlet"), head.get("title"), head.get("url"),
        head.get("origin"),
    )  # fmt: skip
    return Report(
        document=document,
        language=head.get("language") or "und",
        sha256=head["sha256"],
        times=tuple(_time(each) for each in coded.get("times", ())),
        places=tuple(
            PlaceMention(*_span(each), _place(each), each["rule"], direction=each.get("direction"))
            for each in coded.get("places", ())
        ),
        actors=tuple(ActorMention(*_span(each), _actor(each), each["rule"]) for each in coded.get("actors", ())),
        counts=tuple(_count(each) for each in coded.get("counts", ())),
        attributions=tuple(_attribution(each) for each in coded.get("attributions", ())),
        events=tuple(_event(each) for each in coded.get("events", ())),
        control=tuple(_control(each) for each in coded.get("control", ())),
        notes=(*coded.get("notes", ()), *_corrected(coded)),
        version=coded.get("version") or "",
    )


def _corrected(coded: Data) -> list[str]:
    notes = []
    for event in coded.get("events", ()):
        for name, signed in (event.get("by") or {}).items():
            done = signed.get("action", "changed")
            notes.append(f"{event['id']}: {name} {done} by {signed['coder']} at {signed['at']}")
    return notes


def _span(entry: Data) -> tuple[int, int, str]:
    return entry.get("start") or 0, entry.get("end") or 0, entry.get("text") or ""


def _evidence(entry: Data | None) -> Evidence | None:
    return None if entry is None else Evidence(*_span(entry))


def _time(entry: Data) -> TimeMention:
    return TimeMention(
        *_span(entry), entry.get("from"), entry.get("to"), entry.get("edtf"), entry["rule"], note=entry.get("note", "")
    )


def _actor(entry: Data) -> Actor:
    organisation = entry.get("organisation")
    return Actor(
        entry.get("id") or "", entry["name"], ActorKind(entry.get("kind") or "other"),
        tuple(entry.get("aliases") or ()), tuple(entry.get("country") or ()), None, entry.get("interaction"),
        _actor(organisation) if organisation else None, entry.get("known", True),
    )  # fmt: skip


def _place(entry: Data) -> Place:
    return Place(
        entry.get("id") or "", entry["name"], entry.get("country") or "", entry.get("lat"), entry.get("lon"),
        Level(entry.get("level") or "town"), tuple(entry.get("aliases") or ()), entry.get("admin1"),
    )  # fmt: skip


def _count(entry: Data) -> CountMention:
    return CountMention(
        *_span(entry), What(entry["what"]), entry.get("who"), entry.get("min"), entry.get("max"),
        entry.get("rule") or "person", bool(entry.get("approx")), entry.get("part_of"),
    )  # fmt: skip


def _source(entry: Data) -> Source:
    return Source(
        _actor(entry["source"]), SourceKind(entry.get("source_kind") or "unnamed"), _evidence(entry.get("mention"))
    )


def _attribution(entry: Data) -> Attribution:
    return Attribution(
        _evidence(entry["cue"]) or _EMPTY, _source(entry), Stance(entry["stance"]),
        tuple((part[0], part[1]) for part in entry.get("scope", ())), entry["rule"],
        tuple(_actor(each) for each in entry.get("via", ())), bool(entry.get("quoted")),
    )  # fmt: skip


def _parties(entries: Sequence[Data], by: Data, name: str) -> tuple[Party, ...]:
    return tuple(
        Party(_actor(each), _evidence(each.get("evidence")), _rule(each.get("rule"), by, name)) for each in entries
    )


def _rule(rule: str | None, by: Data, name: str) -> str:
    signed = by.get(name) or by.get("event") if name != "rule" else by.get("event")
    if signed and (rule in (None, "person") or name in by):
        return f"person: {signed['coder']}"
    return rule or "person"


def _event(entry: Data) -> Event:
    by = entry.get("by") or {}
    when = entry.get("when") or {}
    changed = next((name for name in ("from", "to", "edtf") if name in by), "from")
    return Event(
        id=entry["id"],
        kind=Kind(entry["kind"]),
        trigger=_evidence(entry.get("trigger")) or _EMPTY,
        status=Status(entry["status"]),
        background=bool(entry.get("background")),
        agents=_parties(entry.get("agents", ()), by, "agents"),
        targets=_parties(entry.get("targets", ()), by, "targets"),
        mediators=_parties(entry.get("mediators", ()), by, "mediators"),
        places=tuple(_event_place(each, by) for each in entry.get("places", ())),
        when=EventTime(
            entry.get("from"), entry.get("to"), entry.get("edtf"), _evidence(when.get("evidence")),
            _rule(when.get("rule"), by, changed),
        ),
        counts=tuple(_count(each) for each in entry.get("counts", ())),
        claims=tuple(_claim(each) for each in entry.get("claims", ())),
        ordinal=entry.get("ordinal"),
        rule=_rule(entry.get("rule"), by, "kind"),
        mentions=tuple(Evidence(*_span(each)) for each in entry.get("mentions", ())),
    )  # fmt: skip


def _event_place(entry: Data, by: Data) -> EventPlace:
    evidence = _evidence(entry.get("evidence")) or _EMPTY
    rule = _rule(entry.get("rule"), by, "places")
    return EventPlace(_place(entry), entry.get("role") or "at", entry.get("direction"), evidence, rule)


def _claim(entry: Data) -> Claim:
    evidence = tuple(Evidence(*_span(each)) for each in entry.get("evidence") or ())
    via = tuple(_actor(each) for each in entry.get("via") or ())
    counts = tuple(_count(each) for each in entry.get("counts") or ())
    return Claim(_source(entry), Stance(entry["stance"]), via, evidence, entry.get("rule") or "person", counts)


def _control(entry: Data) -> ControlStatement:
    return ControlStatement(
        *_span(entry), _actor(entry["holder"]), _place(entry["place"]), entry["rule"],
        _source(entry) if entry.get("source") else None, Stance(entry["stance"]),
    )  # fmt: skip
