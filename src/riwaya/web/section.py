"""One report as a section of a page: its text with every mention, the events beside it, map and timeline."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from riwaya.export.line import count_phrase, event_line
from riwaya.export.marks import Mark, Piece, cut_text, evidence_marks, mention_marks, paragraphs
from riwaya.export.pictures import draw_map, draw_timeline, show_days
from riwaya.export.quotations import quote_claim
from riwaya.model import Report
from riwaya.store import queries
from riwaya.web.names import words_of
from riwaya.web.page import name_of, note_of
from riwaya.web.voices import told, voices_of

Called = Callable[[str, Mapping[str, str] | None], str]

LAYERS = ("event", "actor", "place", "time", "count", "cue")
_OPENING = 70  # characters that stand for a title
_QUOTED = 320  # characters of a quotation


def section_of(report: Report, language: str, called: Called, search: str | None = None) -> dict[str, Any]:
    """What `_report.html` draws. ``called``: names in the language; ``search``: words whose hits are marked."""
    order = sorted(range(len(report.events)), key=lambda index: report.events[index].background)
    marks = mention_marks(report)
    evidence = [mark for index in range(len(report.events)) for mark in evidence_marks(report, index)]
    found = queries.hits(report.document.text, search) if search else []
    hits = [Mark(start, end, f"h{number}", "hit") for number, (start, end) in enumerate(found)]
    names = {layer: name_of(language, "layer", layer) for layer in LAYERS}
    text, own = report.document.text, words_of(report)
    return {
        "document": report.document,
        "opening": _opening(text) or report.document.id,
        "text_language": report.language or "ar",
        "notes": [note_of(language, note) for note in report.notes],
        "voices": voices_of(report, order),
        "layers": [(layer, sum(mark.layer == layer for mark in marks)) for layer in LAYERS],
        "paragraphs": _placed(text, paragraphs(cut_text(text, [*marks, *evidence, *hits]))),
        "events": _panel(report, order),
        "map": draw_map(report, (lambda name: called(name, own)) if language == "en" else None),
        "timeline": draw_timeline(report, order),
        "marks": as_data(
            {
                mark.key: [names[mark.layer], told(report, mark, language, lambda name: called(name, own)), mark.rule]
                for mark in marks
            }
        ),
        "own": own,
        "hits": len(hits),
    }


def _opening(text: str) -> str:
    """The first words of a text, for a report without a title."""
    words = " ".join(text[: 4 * _OPENING].split())
    return words if len(words) <= _OPENING else words[:_OPENING].rsplit(" ", 1)[0] + " …"


def _placed(text: str, found: list[list[Piece]]) -> list[list[tuple[int, Piece]]]:
    """The pieces with the code point at which each begins; between them are only line ends and white lines."""
    at, placed = 0, []
    for paragraph in found:
        row = []
        for piece in paragraph:
            at = text.index(piece.text, at)
            row.append((at, piece))
            at += len(piece.text)
        placed.append(row)
    return placed


def _panel(report: Report, order: list[int]) -> list[dict[str, Any]]:
    panel: list[dict[str, Any]] = []
    for index in order:
        event = report.events[index]
        panel.append(
            {
                "index": index,
                "event": event,
                "heading": event.background and not any(item["event"].background for item in panel),
                "days": show_days(event.when.from_, event.when.to),
                "line": event_line(event, with_status=False),
                "quotations": [_shorten(quote_claim(report, event, claim).text) for claim in event.claims],
                "rules": _rules(report, index),
            }
        )
    return panel


def _rules(report: Report, index: int) -> list[tuple[str, str, str]]:
    """Each value of an event with the rule that gave it: (field, value, rule)."""
    event = report.events[index]
    found = [("kind", event.kind.value, event.rule)]
    for field, parties in (("agents", event.agents), ("targets", event.targets), ("mediators", event.mediators)):
        found += [(field, party.actor.name, party.rule) for party in parties]
    found += [("places", where.place.name, where.rule) for where in event.places]
    if event.when.from_ or event.when.evidence:
        found.append(("when", show_days(event.when.from_, event.when.to), event.when.rule))
    found += [("counts", count_phrase(count), count.rule) for count in event.counts]
    found += [("claims", claim.source.actor.name, claim.rule) for claim in event.claims]
    return [each for each in found if each[2]]


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"


def as_data(value: Any) -> Markup:
    """A value as JSON that is safe inside a script element of data."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
