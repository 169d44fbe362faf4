"""From trigger candidates to drafts: which candidates are happenings of their own, which only mention one again."""

from __future__ import annotations

from dataclasses import dataclass, field

from riwaya.reading.candidates import Candidate, Sense, find_candidates
from riwaya.reading.coreference import Antecedent, again_features, best_antecedent
from riwaya.reading.features import History
from riwaya.reading.scene import Scene
from riwaya.reading.topic import topic_penalty
from riwaya.reading.trigger_features import (
    company_features,
    kind_features,
    shared_trigger_features,
    support_features,
    trigger_features,
)

TAKEN = 0.0  # scores above are taken


@dataclass(slots=True)
class Draft:
    """An event while it is being put together: its trigger, sense, and all candidates that mention it."""

    candidate: Candidate
    sense: Sense
    score: float
    features: list[str]
    mentions: list[Candidate] = field(default_factory=list)
    rivals: list[tuple[str, float]] = field(default_factory=list)  # other kinds weighed, with their scores
    retold: list[tuple[Candidate, Antecedent]] = field(default_factory=list)  # why later words tell it again
    own: list[str] = field(default_factory=list)  # the features of its trigger's place and words, where known


@dataclass(slots=True)
class Weighed:
    """A candidate weighed: the sense chosen among its kinds, the score of its being a new event, its features."""

    sense: Sense
    score: float
    features: list[str]
    rivals: list[tuple[str, float]]
    again: Antecedent  # the earlier happening that it may tell again
    own: list[str]  # the features of its place and words


def choose_sense(
    scene: Scene, candidate: Candidate, shared: list[str], support: list[str]
) -> tuple[Sense, list[tuple[str, float]]]:
    """The kind that a candidate names here, and the other kinds with how far behind they are."""
    if len(candidate.senses) == 1:
        return candidate.senses[0], []
    weights = scene.knowledge.weights
    scored = [
        (weights.score("kind", kind_features(scene, candidate, sense, shared, support)), -number, sense)
        for number, sense in enumerate(candidate.senses)
    ]
    scored.sort(key=lambda item: (-item[0], -item[1]))
    best = scored[0]
    return best[2], [(str(sense.kind), round(value - best[0], 2)) for value, _, sense in scored[1:]]


def weigh(
    scene: Scene, candidate: Candidate, neighbours: list[Candidate], history: History, drafts: list[Draft]
) -> Weighed:
    """A candidate's kind, and how much speaks for its being a happening not told before."""
    own = shared_trigger_features(scene, candidate)
    shared = own + company_features(scene, candidate, neighbours)
    support = support_features(scene, candidate)
    sense, rivals = choose_sense(scene, candidate, shared, support)
    again = best_antecedent(scene, candidate, sense, drafts)
    told = again_features(candidate, sense, again)
    features = trigger_features(scene, candidate, sense, shared, support, history, told)
    return Weighed(sense, scene.knowledge.weights.score("trigger", features), features, rivals, again, own)


def neighbours_of(candidates: list[Candidate], number: int) -> list[Candidate]:
    """Candidates around one, enough to hold its sentence's."""
    return candidates[max(0, number - 8) : number + 9]


def find_drafts(scene: Scene) -> list[Draft]:
    """The report's events as drafts, in text order, each with all its mentions; none where it is not about conflict."""
    penalty = topic_penalty(scene)
    if penalty is None:
        return []
    candidates = find_candidates(scene)
    history = History()
    drafts: list[Draft] = []
    for number, candidate in enumerate(candidates):
        weighed = weigh(scene, candidate, neighbours_of(candidates, number), history, drafts)
        if weighed.score + penalty > TAKEN:
            draft = Draft(
                candidate, weighed.sense, weighed.score, weighed.features, [candidate], weighed.rivals, own=weighed.own
            )
            drafts.append(draft)
            history.add(candidate, weighed.sense)
        elif weighed.again.same is not None:
            weighed.again.same.mentions.append(candidate)
            weighed.again.same.retold.append((candidate, weighed.again))
    return drafts
