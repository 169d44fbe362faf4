"""A report's text cut into pieces at every boundary of a mention or of an event's evidence.

Layers overlap (a place inside an event's trigger, a cue around an actor), which nested markup cannot say. So the text
becomes a row of pieces, each with all the mentions and all the events' evidence that cover it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from riwaya.export.line import count_phrase
from riwaya.export.quotations import quote_claim
from riwaya.model import Evidence, Report


class Mark(NamedTuple):
    """A stretch of the text with what it stands for: raw code points, half-open."""

    start: int
    end: int
    key: str  # unique in the report
    layer: str  # time, place, actor, count, cue, event; or "evidence"
    label: str = ""  # the value, in English
    rule: str = ""


class Piece(NamedTuple):
    """A stretch of text that the same mentions and the same evidence cover."""

    text: str
    layers: tuple[str, ...]
    mentions: tuple[str, ...]  # keys
    evidence: tuple[str, ...]  # `e1:trigger`, `e1:claim`, …


def mention_marks(report: Report) -> list[Mark]:
    """Every mention of the report as a mark."""
    marks = [
        Mark(m.start, m.end, f"t{i}", "time", m.edtf or m.note or "no interval", m.rule)
        for i, m in enumerate(report.times)
    ]
    marks += [
        Mark(m.start, m.end, f"p{i}", "place", f"{m.place.name} · {m.place.country} · {m.place.level.value}", m.rule)
        for i, m in enumerate(report.places)
    ]
    marks += [
        Mark(m.start, m.end, f"a{i}", "actor", f"{m.actor.name} · {m.actor.kind.value.replace('_', ' ')}", m.rule)
        for i, m in enumerate(report.actors)
    ]
    marks += [Mark(m.start, m.end, f"c{i}", "count", count_phrase(m), m.rule) for i, m in enumerate(report.counts)]
    for i, a in enumerate(report.attributions):
        label = f"{a.source.actor.name} {a.stance.value.replace('_', ' ')}"
        marks.append(Mark(a.cue.start, a.cue.end, f"u{i}", "cue", label, a.rule))
    marks += [
        Mark(e.trigger.start, e.trigger.end, f"e{i}", "event", e.kind.value.replace("_", " "), e.rule)
        for i, e in enumerate(report.events)
    ]
    return [mark for mark in marks if mark.start < mark.end]


def evidence_marks(report: Report, number: int) -> Iterator[Mark]:
    """The words behind each value of an event; the key names the event by its number in the report and the role."""
    event = report.events[number]
    yield from _marks([event.trigger], number, "trigger")
    yield from _marks(event.mentions, number, "mention")
    for role, parties in (("agent", event.agents), ("target", event.targets), ("mediator", event.mediators)):
        yield from _marks([party.evidence for party in parties], number, role)
    yield from _marks([place.evidence for place in event.places], number, "place")
    yield from _marks([event.when.evidence], number, "when")
    counts = [*event.counts, *(count for claim in event.claims for count in claim.counts)]
    yield from _marks([Evidence(count.start, count.end, count.text) for count in counts], number, "count")
    quoted = [quote_claim(report, event, claim) for claim in event.claims]
    yield from _marks([*quoted, *(each for claim in event.claims for each in claim.evidence)], number, "claim")


def _marks(found: Sequence[Evidence | None], number: int, role: str) -> Iterator[Mark]:
    for evidence in found:
        if evidence is not None and evidence.start < evidence.end:
            yield Mark(evidence.start, evidence.end, f"{number}:{role}", "evidence")


def cut_text(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The text as pieces, in order; together they are the whole text."""
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        begins.setdefault(mark.start, []).append(mark)
        ends.setdefault(mark.end, []).append(mark)
    cuts = sorted({0, len(text), *begins, *ends})
    open_marks: list[Mark] = []
    for start, end in pairwise(cuts):
        for mark in ends.get(start, ()):
            open_marks.remove(mark)
        open_marks.extend(begins.get(start, ()))
        yield _piece(text[start:end], open_marks)


def _piece(text: str, marks: Sequence[Mark]) -> Piece:
    mentions = [mark for mark in marks if mark.layer != "evidence"]
    return Piece(
        text,
        tuple(sorted({mark.layer for mark in mentions})),
        tuple(sorted(mark.key for mark in mentions)),
        tuple(sorted({mark.key for mark in marks if mark.layer == "evidence"})),
    )


def paragraphs(pieces: Iterator[Piece]) -> list[list[Piece]]:
    """The pieces by paragraph: a line end ends one; empty ones are left out."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        lines = piece.text.split("\n")
        for number, line in enumerate(lines):
            if number:
                found.append([])
            if line:
                found[-1].append(piece._replace(text=line))
    return [paragraph for paragraph in found if any(piece.text.strip() for piece in paragraph)]
