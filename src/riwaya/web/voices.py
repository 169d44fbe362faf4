"""Who says what in one report: each source with its stance on each event, and mentions in the words of a language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from riwaya.export.marks import Mark
from riwaya.model import Report
from riwaya.web.page import figure_of, labels, name_of

Called = Callable[[str], str]


@dataclass(slots=True)
class Voice:
    """A source and what it says: (index of the event, number shown, kind, stance), in the order of the text."""

    name: str
    organisation: str | None
    kind: str
    said: list[tuple[int, int, str, str]] = field(default_factory=list)


def voices_of(report: Report, order: Sequence[int]) -> list[Voice]:
    """The sources of a report, those that deny or doubt something first. ``order``: events as they are shown."""
    found: dict[tuple[str, str], Voice] = {}
    for number, index in enumerate(order, 1):
        event = report.events[index]
        for claim in event.claims:
            actor, kind = claim.source.actor, claim.source.kind.value
            body = actor.organisation.name if actor.organisation else None
            voice = found.setdefault((actor.name, kind), Voice(actor.name, body, kind))
            said = (index, number, event.kind.value, claim.stance.value)
            if said not in voice.said:
                voice.said.append(said)
    return sorted(found.values(), key=lambda voice: all(stance == "asserts" for *_, stance in voice.said))


def told(report: Report, mark: Mark, language: str, called: Called) -> str:
    """What was read from a mention, in words: `Duma, town`, `killed: about 400`."""
    layer, at = mark.layer, int(mark.key[1:])
    if layer == "place":
        place = report.places[at].place
        country = called(place.country) if place.country else None
        return _joined(language, called(place.name), name_of(language, "level", place.level.value), country)
    if layer == "actor":
        actor = report.actors[at].actor
        return _joined(language, called(actor.name), name_of(language, "actor_kind", actor.kind.value))
    if layer == "count":
        count = report.counts[at]
        figure = figure_of(language, count.min, count.max, count.approx)
        return f"{name_of(language, 'what', count.what.value)}: {figure}"
    if layer == "cue":
        said = report.attributions[at]
        return f"{called(said.source.actor.name)}: {name_of(language, 'stance', said.stance.value)}"
    if layer == "event":
        return name_of(language, "kind", report.events[at].kind.value)
    return report.times[at].edtf or labels(language)["mark.no_day"]


def _joined(language: str, *parts: str | None) -> str:
    return labels(language)["comma"].join(part for part in parts if part)
