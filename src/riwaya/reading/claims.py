"""Whose word each event is: the attributions that cover its mentions, else the outlet's own."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.knowledge.weights import terms
from riwaya.model import (
    Actor,
    ActorKind,
    Attribution,
    Claim,
    Decision,
    Evidence,
    Kind,
    Party,
    Source,
    SourceKind,
    Stance,
)
from riwaya.reading.attribution import claims_at, covers
from riwaya.reading.candidates import Candidate
from riwaya.reading.drafts import Draft
from riwaya.reading.features import Previous, carried
from riwaya.reading.reality_features import claim_features
from riwaya.reading.scene import Scene
from riwaya.reading.source_kinds import source_kind

_SPOKEN = frozenset({Kind.THREAT, Kind.APPEAL, Kind.ACCUSATION})
_OUTLETS = "claim.outlet"  # the rule of the outlet's own claim
OUTLET = Actor("outlet", "outlet", ActorKind.MEDIA, known=False)


@dataclass(slots=True)
class ClaimPair:
    """An attribution weighed against an event."""

    attribution: Attribution
    covered: int  # mentions of the event in its scope
    features: list[str]


def claim_pairs(scene: Scene, draft: Draft, previous: Previous) -> list[ClaimPair]:
    """The attributions that may speak of the event: those that cover a mention, or stand in a mention's sentence.

    One pair for each source and stance: the attribution that covers the event best.
    """
    sentences = {candidate.sentence for candidate in draft.mentions}
    attributions = list(scene.attributions)
    own = {id(a) for a in claims_at(attributions, draft.candidate.start, draft.candidate.end)}
    echoed = {id(a) for c in draft.mentions[1:] for a in claims_at(attributions, c.start, c.end)}
    sourced = bool(own)
    best: dict[tuple[str, Stance], tuple[tuple[bool, bool, bool, int], Attribution, Candidate, int]] = {}
    for attribution in attributions:
        covered = [c for c in draft.mentions if covers(attribution, c.start)]
        if not covered and scene.sentence(attribution.first) not in sentences and id(attribution) not in own | echoed:
            continue
        nearest = min(draft.mentions, key=lambda c: abs(c.first - attribution.first))
        candidate = covered[0] if covered else nearest
        rank = (id(attribution) in own, id(attribution) in echoed, bool(covered), -attribution.first)
        key = (attribution.source.actor.id, attribution.stance)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, attribution, candidate, len(covered))
    pairs: list[ClaimPair] = []
    for key, (rank, attribution, candidate, covered_) in best.items():
        at = "own" if rank[0] else "echo" if rank[1] else "cover" if rank[2] else "near"
        features = claim_features(scene, candidate, draft.sense, attribution, at, sourced, covered_)
        held = "source" if key in previous.sources else ""
        features += carried(previous, held, draft.candidate, draft.sense.kind, at)
        pairs.append(ClaimPair(attribution, covered_, features))
    return pairs


def choose_claims(
    scene: Scene, draft: Draft, previous: Previous, explain: list[Decision] | None
) -> tuple[Claim, ...]:
    """The claims of an event; the outlet's own assertion where no named source speaks of it."""
    table = scene.knowledge.weights.of("claim")
    taken: list[tuple[float, Attribution]] = []
    for pair in claim_pairs(scene, draft, previous):
        value = scene.knowledge.weights.score("claim", pair.features)
        attribution = pair.attribution
        if explain is not None:
            about = f"claim of {attribution.source.actor.name} ({attribution.stance})"
            outcome = "claim" if value > 0 else "no claim"
            explain.append(
                Decision(about, outcome, round(value, 2), terms(table, pair.features), attribution.cue)
            )
        if value > 0:
            taken.append((value, attribution))
    claims = _merge(taken)
    if not any(claim.stance in (Stance.ASSERTS, Stance.CLAIMS_RESPONSIBILITY, Stance.DENIES) for claim in claims):
        trigger = draft.candidate
        evidence = Evidence(trigger.start, trigger.end, scene.text.raw[trigger.start : trigger.end])
        own = Claim(Source(OUTLET, SourceKind.OUTLET), Stance.ASSERTS, (), (evidence,), _OUTLETS)
        claims = [own, *claims]
    return tuple(claims)


def with_own_word(draft: Draft, claims: tuple[Claim, ...], agents: tuple[Party, ...]) -> tuple[Claim, ...]:
    """The claims, where nobody but the outlet vouches for a threat, appeal or accusation: that of who utters it.

    Such an utterance is its speaker's own word (codebook, conventions), whoever reports it.
    """
    if draft.sense.kind not in _SPOKEN or not agents or any(claim.rule != _OUTLETS for claim in claims):
        return claims
    return tuple(
        Claim(Source(party.actor, source_kind(party.actor), party.evidence), Stance.ASSERTS, (),
              (party.evidence,) if party.evidence else claims[0].evidence, "claim.own_word")
        for party in agents
    )  # fmt: skip


def _merge(taken: list[tuple[float, Attribution]]) -> list[Claim]:
    """One claim a source and stance; a person and the body it speaks for are one source."""
    claims: dict[tuple[str, Stance], Claim] = {}
    taken = sorted(taken, key=lambda item: item[1].cue.start)
    bodies = {a.source.actor.organisation.id: a.source.actor.id for _, a in taken if a.source.actor.organisation}
    for _, attribution in taken:
        actor = attribution.source.actor
        speaker = bodies.get(actor.id, actor.id)
        key = (speaker, attribution.stance)
        old = claims.get(key)
        if old is None:
            claims[key] = Claim(
                attribution.source, attribution.stance, attribution.via, (attribution.cue,), attribution.rule
            )
            continue
        source = attribution.source if actor.id == speaker else old.source
        via = old.via + tuple(v for v in attribution.via if v.id not in {o.id for o in old.via})
        claims[key] = Claim(source, old.stance, via, (*old.evidence, attribution.cue), old.rule)
    return list(claims.values())
