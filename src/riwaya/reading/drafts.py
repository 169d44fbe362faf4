"""From trigger candidates to drafts: which candidates are happenings of their own, which only mention one again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from riwaya.reading.candidates import Candidate, Sense, find_candidates
from riwaya.reading.coreference import Antecedent, again_features, best_antecedent
from riwaya.reading.features import History
from riwaya.reading.scene import Scene
from riwaya.reading.topic import topic_penalty
from riwaya.reading.trigger_features import (
    company_features,
    history_features,
    kind_features,
    lone_features,
    shared_trigger_features,
    support_features,
)
from riwaya.reading.trigger_look import Glance, TriggerLook

TAKEN = 0.0  # scores above are taken
_LOOKS = ("trigger.alone", "trigger")


@dataclass(slots=True)
class Draft:
    """An event while it is being put together: its trigger, sense, and all candidates that mention it."""

    candidate: Candidate
    sense: Sense
    score: float
    features: list[str]
    mentions: list[Candidate] = field(default_factory=list)
    rivals: list[tuple[str, float]] = field(default_factory=list)  # other kinds weighed, with their scores
    # The words that tell it again, each with the score and the features that say so.
    retold: list[tuple[Candidate, float, list[str]]] = field(default_factory=list)
    own: list[str] = field(default_factory=list)  # the features of its trigger's place and words, where known


@dataclass(slots=True)
class Weighed:
    """A candidate at the second look: the score of its being a new event, its features, what it may tell again."""

    glance: Glance
    score: float
    features: list[str]
    again: Antecedent


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


def glance_at(scene: Scene, candidate: Candidate, neighbours: list[Candidate], sense: Sense | None = None) -> Glance:
    """The first look at a candidate; without ``sense``, in the sense that scores best."""
    own = shared_trigger_features(scene, candidate)
    shared = own + company_features(scene, candidate, neighbours)
    support = support_features(scene, candidate)
    rivals: list[tuple[str, float]] = []
    if sense is None:
        sense, rivals = choose_sense(scene, candidate, shared, support)
    features = lone_features(candidate, sense, shared, support)
    alone, so_far = scene.knowledge.weights.scores(_LOOKS, features)
    return Glance(candidate, sense, rivals, own, features, alone, so_far)


def weigh(scene: Scene, glance: Glance, looked: list[str], history: History, drafts: list[Draft]) -> Weighed:
    """How much speaks for a candidate's being a happening not told before. ``looked``: what the others say of it."""
    candidate, sense = glance.candidate, glance.sense
    again = best_antecedent(scene, candidate, sense, drafts)
    features = history_features(scene, candidate, sense, history) + again_features(candidate, sense, again) + looked
    value = glance.so_far + scene.knowledge.weights.gain("trigger", features)
    return Weighed(glance, round(value, 2), glance.features + features, again)


def neighbours_of(candidates: list[Candidate], number: int) -> list[Candidate]:
    """Candidates around one, enough to hold its sentence's."""
    return candidates[max(0, number - 8) : number + 9]


def weigh_all(
    scene: Scene, candidates: list[Candidate], penalty: float = 0.0
) -> Iterator[tuple[Weighed, Draft | None]]:
    """Each candidate weighed after those before it, with the draft that it begins; None where it is no new event.

    ``penalty`` is added to every score. A draft goes on to gather mentions while the later candidates are weighed.
    """
    glances = [glance_at(scene, c, neighbours_of(candidates, number)) for number, c in enumerate(candidates)]
    look = TriggerLook(glances)
    history = History()
    drafts: list[Draft] = []
    for number, glance in enumerate(glances):
        candidate = glance.candidate
        weighed = weigh(scene, glance, look.features(number), history, drafts)
        draft: Draft | None = None
        if weighed.score + penalty > TAKEN:
            draft = Draft(
                candidate, glance.sense, weighed.score, weighed.features, [candidate], glance.rivals, own=glance.own
            )
            drafts.append(draft)
            history.add(candidate, glance.sense)
        elif weighed.again.same is not None:
            weighed.again.same.mentions.append(candidate)
            weighed.again.same.retold.append((candidate, weighed.again.score, weighed.again.features))
        yield weighed, draft


def find_drafts(scene: Scene) -> list[Draft]:
    """The report's events as drafts, in text order, each with all its mentions; none where it is not about conflict."""
    penalty = topic_penalty(scene)
    if penalty is None:
        return []
    return [draft for _, draft in weigh_all(scene, find_candidates(scene), penalty) if draft is not None]
