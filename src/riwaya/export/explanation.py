"""Why each value of an event is what it is: rule, evidence in context, the weighed terms, and what was dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riwaya.export.line import count_phrase, event_line, place_name
from riwaya.model import (
    Claim,
    Considered,
    CountMention,
    Decision,
    Event,
    EventPlace,
    Evidence,
    Party,
    PlaceMention,
    Report,
    RiwayaError,
)

_AROUND = 45  # characters of context on each side
_TERMS = 8  # terms of a decision that are shown, the weightiest first


def explain_report(report: Report, event_id: str | None = None) -> Iterator[str]:
    """Lines that explain every event of a report, or the one of an id.

    Raises RiwayaError where no event has the id.
    """
    events = [event for event in report.events if event_id is None or event.id == event_id]
    if event_id is not None and not events:
        known = ", ".join(event.id for event in report.events) or "none"
        raise RiwayaError(f"no event '{event_id}' in this report; its events: {known}")
    for note in report.notes:
        yield f"note: {note}"
    for event in events:
        yield from _event_lines(report, event)
        yield ""
    if event_id is None:
        yield from _dropped_lines(report)


def in_context(text: str, start: int, end: int) -> str:
    """The words in square brackets, with some of the text before and after; line ends as spaces."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}[{text[start:end]}]{after}".split())


def _event_lines(report: Report, event: Event) -> Iterator[str]:
    yield f"{event.id}  {event_line(event)}"
    yield from _value_lines(report, "kind", event.kind.value, event.rule, event.trigger)
    for mention in event.mentions:
        yield from _value_lines(report, "told again", "", "", mention)
    yield from _value_lines(report, "status", event.status.value, "", None)
    yield from _value_lines(report, "background", "yes" if event.background else "no", "", None)
    days = f"{event.when.from_ or '?'} … {event.when.to or '?'}" if event.when.from_ or event.when.to else "not given"
    yield from _value_lines(report, "when", days, event.when.rule, event.when.evidence)
    for role, parties in (("agent", event.agents), ("target", event.targets), ("mediator", event.mediators)):
        yield from _party_lines(report, role, parties)
    for place in event.places:
        yield from _place_lines(report, place)
    for count in event.counts:
        yield from _count_lines(report, count)
    for claim in event.claims:
        yield from _claim_lines(report, claim)
    for decision in event.decisions:
        yield from _decision_lines(report, decision)


def _value_lines(report: Report, name: str, value: str, rule: str, evidence: Evidence | None) -> Iterator[str]:
    yield f"  {name:12} {value}" + (f"   (rule {rule})" if rule else "")
    if evidence is not None:
        yield f"  {'':12} {in_context(report.document.text, evidence.start, evidence.end)}"


def _party_lines(report: Report, role: str, parties: Sequence[Party]) -> Iterator[str]:
    for party in parties:
        yield from _value_lines(report, role, party.actor.name, party.rule, party.evidence)
        mention = next(
            (m for m in report.actors if party.evidence and m.start == party.evidence.start and m.considered), None
        )
        if mention is not None:
            yield from _considered_lines(mention.considered)


def _place_lines(report: Report, place: EventPlace) -> Iterator[str]:
    yield from _value_lines(report, f"place {place.role}", _place_told(place), place.rule, place.evidence)
    mention = _mention_of(report, place)
    if mention is not None:
        yield f"  {'':12} read as this place by rule {mention.rule}"
        yield from _considered_lines(mention.considered)


def _place_told(place: EventPlace) -> str:
    where = place.place
    at = f"{where.lat:.2f}, {where.lon:.2f}" if where.lat is not None and where.lon is not None else "no coordinates"
    return f"{place_name(place)} · {where.country} · {where.level.value} · {at}"


def _mention_of(report: Report, place: EventPlace) -> PlaceMention | None:
    """The mention that an event's place was read from."""
    words = place.evidence
    for mention in report.places:
        if mention.place.id == place.place.id and mention.start < words.end and words.start < mention.end:
            return mention
    return None


def _considered_lines(considered: Sequence[Considered]) -> Iterator[str]:
    for other in considered:
        yield f"  {'':12} not {other.name}: {other.reason}"


def _count_lines(report: Report, count: CountMention) -> Iterator[str]:
    evidence = Evidence(count.start, count.end, count.text)
    part = " (part of a total)" if count.part_of is not None else ""
    yield from _value_lines(report, "count", count_phrase(count) + part, count.rule, evidence)


def _claim_lines(report: Report, claim: Claim) -> Iterator[str]:
    chain = "".join(f" via {actor.name}" for actor in claim.via)
    told = f"{claim.source.actor.name} {claim.stance.value.replace('_', ' ')}{chain} [{claim.source.kind.value}]"
    yield from _value_lines(report, "claim", told, claim.rule, None)
    for evidence in claim.evidence:
        yield f"  {'':12} {in_context(report.document.text, evidence.start, evidence.end)}"
    for count in claim.counts:
        yield f"  {'':12} {count_phrase(count)}   (rule {count.rule})"


def _decision_lines(report: Report, decision: Decision) -> Iterator[str]:
    """The decision with its score, and under it the terms that weighed most."""
    yield f"  {'decided':12} {decision.about}: {decision.outcome}   (score {decision.score:+.2f})"
    if decision.evidence is not None:
        yield f"  {'':12} {in_context(report.document.text, decision.evidence.start, decision.evidence.end)}"
    terms = sorted(decision.terms, key=lambda term: (-abs(term.weight), term.feature))
    for term in terms[:_TERMS]:
        yield f"  {'':14} {term.weight:+6.2f}  {term.feature}"
    if len(terms) > _TERMS:
        yield f"  {'':14} and {len(terms) - _TERMS} lighter terms"


def _dropped_lines(report: Report) -> Iterator[str]:
    """Places and actors of the text for which other readings were weighed."""
    weighed = [(m.start, m.end, m.place.name, m.rule, m.considered) for m in report.places if m.considered]
    weighed += [(m.start, m.end, m.actor.name, m.rule, m.considered) for m in report.actors if m.considered]
    if weighed:
        yield "names with more than one reading"
    for start, end, name, rule, considered in sorted(weighed, key=lambda each: each[:2]):
        yield f"  {name}   (rule {rule})"
        yield f"  {'':12} {in_context(report.document.text, start, end)}"
        yield from _considered_lines(considered)
