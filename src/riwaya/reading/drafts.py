"""From trigger candidates to drafts: which candidates are happenings of their own, which only mention one again."""

from __future__ import annotations

from dataclasses import dataclass, field

from riwaya.knowledge.weights import score
from riwaya.reading.candidates import Candidate, Sense, find_candidates
from riwaya.reading.features import History, shared_trigger_features, support_features, trigger_features
from riwaya.reading.scene import Scene

TAKEN = 0.0  # scores above are taken
_ECHO = -3.5  # a candidate below this is no mention of an earlier event either


@dataclass(slots=True)
class Draft:
    """An event while it is being put together: its trigger, sense, and all candidates that mention it."""

    candidate: Candidate
    sense: Sense
    score: float
    features: list[str]
    mentions: list[Candidate] = field(default_factory=list)
    rivals: list[tuple[str, float]] = field(default_factory=list)  # other kinds weighed, with their scores


def sense_scores(
    scene: Scene, candidate: Candidate, neighbours: list[Candidate], history: History
) -> list[tuple[float, Sense, list[str]]]:
    """The scored senses of a candidate, the best first, with their features."""
    table = scene.knowledge.weights.of("trigger")
    shared = shared_trigger_features(scene, candidate, neighbours)
    support = support_features(scene, candidate)
    scored = []
    for sense in candidate.senses:
        features = trigger_features(scene, candidate, sense, shared, support, history)
        scored.append((score(table, features), sense, features))
    scored.sort(key=lambda item: (-item[0], item[1].kind))
    return scored


def neighbours_of(candidates: list[Candidate], number: int) -> list[Candidate]:
    """Candidates around one, enough to hold its sentence's."""
    return candidates[max(0, number - 8) : number + 9]


def echo_of(candidate: Candidate, drafts: list[Draft]) -> Draft | None:
    """The earlier draft that a candidate mentions again, None where there is none.

    The latest draft of one of its kinds; a definite or pronoun-bearing noun and a candidate right after the headline
    refer back most readily, an indefinite one only with the same lemma.
    """
    kinds = {sense.kind for sense in candidate.senses}
    lemmas = {sense.trigger.lemma for sense in candidate.senses}
    for draft in reversed(drafts):
        if draft.sense.kind not in kinds:
            continue
        if candidate.definite or draft.sense.trigger.lemma in lemmas or candidate.sentence - draft.candidate.sentence <= 1:
            return draft
    return None


def find_drafts(scene: Scene) -> list[Draft]:
    """The report's events as drafts, in text order, each with all its mentions."""
    candidates = find_candidates(scene)
    history = History()
    drafts: list[Draft] = []
    for number, candidate in enumerate(candidates):
        scored = sense_scores(scene, candidate, neighbours_of(candidates, number), history)
        best, sense, features = scored[0]
        if best > TAKEN:
            rivals = [(other.kind, value) for value, other, _ in scored[1:]]
            drafts.append(Draft(candidate, sense, best, features, [candidate], rivals))
            history.add(candidate, sense)
        elif best > _ECHO:
            earlier = echo_of(candidate, drafts)
            if earlier is not None:
                earlier.mentions.append(candidate)
    return drafts
