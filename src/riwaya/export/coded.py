"""A report as plain data: the coded report that every machine-readable export writes.

Offsets are code points into ``report.text``, end exclusive. Lists keep the order of the report.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from riwaya.export.line import event_line
from riwaya.export.quotations import quote_claim
from riwaya.model import (
    Actor,
    ActorMention,
    Attribution,
    Claim,
    ControlStatement,
    CountMention,
    Decision,
    Event,
    EventPlace,
    Evidence,
    Failure,
    Party,
    Place,
    PlaceMention,
    Report,
    TimeMention,
)

Data = dict[str, Any]
# How many other names of an actor are written out: a well-known one has over a hundred spellings, and a report names
# twenty actors. `riwaya knowledge show ID` lists them all.
_LATIN_NAMES, _ARABIC_NAMES = 8, 6
_FIRST_ARABIC = "\u0600"


def code_report(report: Report) -> Data:
    """The coded report: ``report`` (with text), mentions by layer, attributions, events, control statements, notes."""
    document = report.document
    return {
        "report": {
            "id": document.id,
            "url": document.url,
            "outlet": document.outlet,
            "published": document.published,
            "title": document.title,
            "origin": document.origin,
            "language": report.language,
            "sha256": report.sha256,
            "text": document.text,
        },
        "times": [_time(mention) for mention in report.times],
        "places": [_place_mention(mention) for mention in report.places],
        "actors": [_actor_mention(mention) for mention in report.actors],
        "counts": [code_count(mention) for mention in report.counts],
        "attributions": [_attribution(each) for each in report.attributions],
        "events": [code_event(report, event) for event in report.events],
        "control": [_control(each) for each in report.control],
        "notes": list(report.notes),
        "version": report.version,
    }


def code_failure(failure: Failure) -> Data:
    """A failure as a line among coded reports: an empty report whose ``failure`` says where and why."""
    where = failure.origin if failure.line is None else f"{failure.origin}:{failure.line}"
    return {
        "report": {"id": where, "published": None, "text": ""},
        "failure": {"origin": failure.origin, "line": failure.line, "reason": failure.reason},
        "events": [],
    }


def code_actor(actor: Actor) -> Data:
    """An actor: ``name``, the first of its ``aliases``, what sort it is, the organisation that a person speaks for."""
    coded: Data = {"id": actor.id, "name": actor.name, "aliases": _first(actor.aliases), "kind": actor.kind.value}
    if actor.country:
        coded["country"] = list(actor.country)
    if actor.interaction is not None:
        coded["interaction"] = actor.interaction
    if not actor.known:
        coded["known"] = False
    if actor.organisation is not None:
        coded["organisation"] = code_actor(actor.organisation)
    return coded


@lru_cache(maxsize=8192)
def _first(aliases: tuple[str, ...]) -> list[str]:
    """The names that are written out; remembered, since a run meets the same actors over and over."""
    latin = [name for name in aliases if name[:1] < _FIRST_ARABIC]
    arabic = [name for name in aliases if name[:1] >= _FIRST_ARABIC]
    return latin[:_LATIN_NAMES] + arabic[:_ARABIC_NAMES]


def code_event(report: Report, event: Event) -> Data:
    """An event with its parties, places, days, counts and claims, and a short English ``line``."""
    coded: Data = {
        "id": event.id,
        "kind": event.kind.value,
        "line": event_line(event),
        "trigger": _evidence(event.trigger),
        "status": event.status.value,
        "background": event.background,
        "agents": [_party(party) for party in event.agents],
        "targets": [_party(party) for party in event.targets],
        "mediators": [_party(party) for party in event.mediators],
        "places": [_event_place(place) for place in event.places],
        "from": event.when.from_,
        "to": event.when.to,
        "edtf": event.when.edtf,
        "when": {"evidence": _evidence(event.when.evidence), "rule": event.when.rule},
        "ordinal": event.ordinal,
        "counts": [code_count(count) for count in event.counts],
        "claims": [code_claim(report, event, claim) for claim in event.claims],
        "mentions": [_evidence(mention) for mention in event.mentions],
        "rule": event.rule,
    }
    if event.decisions:
        coded["decisions"] = [_decision(decision) for decision in event.decisions]
    return coded


def code_claim(report: Report, event: Event, claim: Claim) -> Data:
    """One source's word on an event; ``quotation`` is the sentence of its evidence."""
    return {
        "source": code_actor(claim.source.actor),
        "source_kind": claim.source.kind.value,
        "stance": claim.stance.value,
        "via": [code_actor(actor) for actor in claim.via],
        "evidence": [_evidence(each) for each in claim.evidence],
        "quotation": _evidence(quote_claim(report, event, claim)),
        "counts": [code_count(count) for count in claim.counts],
        "rule": claim.rule,
    }


def code_count(count: CountMention) -> Data:
    """A count; ``max`` null = open above, ``min`` null = open below."""
    return {
        "start": count.start,
        "end": count.end,
        "text": count.text,
        "what": count.what.value,
        "who": count.who,
        "min": count.min,
        "max": count.max,
        "approx": count.approx,
        "part_of": count.part_of,
        "rule": count.rule,
    }


def code_place(place: Place) -> Data:
    """A place as resolved; coordinates null where they are not known."""
    return {
        "id": place.id,
        "name": place.name,
        "aliases": list(place.aliases),
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "level": place.level.value,
    }


def _evidence(evidence: Evidence | None) -> Data | None:
    if evidence is None:
        return None
    return {"start": evidence.start, "end": evidence.end, "text": evidence.text}


def _time(mention: TimeMention) -> Data:
    coded: Data = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "from": mention.from_,
        "to": mention.to,
        "edtf": mention.edtf,
        "rule": mention.rule,
    }
    if mention.note:
        coded["note"] = mention.note
    return coded


def _place_mention(mention: PlaceMention) -> Data:
    where = {"start": mention.start, "end": mention.end, "text": mention.text}
    return {**where, **code_place(mention.place), "direction": mention.direction, "rule": mention.rule}


def _actor_mention(mention: ActorMention) -> Data:
    where = {"start": mention.start, "end": mention.end, "text": mention.text}
    return {**where, **code_actor(mention.actor), "rule": mention.rule}


def _attribution(attribution: Attribution) -> Data:
    return {
        "cue": _evidence(attribution.cue),
        "source": code_actor(attribution.source.actor),
        "source_kind": attribution.source.kind.value,
        "mention": _evidence(attribution.source.mention),
        "stance": attribution.stance.value,
        "via": [code_actor(actor) for actor in attribution.via],
        "quoted": attribution.quoted,
        "scope": attribution.scope,
        "rule": attribution.rule,
    }


def _party(party: Party) -> Data:
    return {**code_actor(party.actor), "evidence": _evidence(party.evidence), "rule": party.rule}


def _event_place(place: EventPlace) -> Data:
    return {
        **code_place(place.place),
        "role": place.role,
        "direction": place.direction,
        "evidence": _evidence(place.evidence),
        "rule": place.rule,
    }


def _control(statement: ControlStatement) -> Data:
    return {
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "holder": code_actor(statement.holder),
        "place": code_place(statement.place),
        "source": code_actor(statement.source.actor) if statement.source else None,
        "source_kind": statement.source.kind.value if statement.source else None,
        "stance": statement.stance.value,
        "rule": statement.rule,
    }


def _decision(decision: Decision) -> Data:
    return {
        "about": decision.about,
        "outcome": decision.outcome,
        "score": decision.score,
        "terms": [{"feature": term.feature, "weight": term.weight} for term in decision.terms],
        "evidence": _evidence(decision.evidence),
    }
