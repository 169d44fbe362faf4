"""A mention weighed against an event: the pair, how near they stand, the best of several scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from riwaya.model import Evidence
from riwaya.reading.candidates import Candidate
from riwaya.reading.drafts import Draft
from riwaya.reading.scene import Scene

Mention = TypeVar("Mention")

REACH = 2  # sentences before and after a mention of the event in which roles are looked for


@dataclass(slots=True)
class Pair(Generic[Mention]):
    """A mention weighed against an event, with the features of the pair."""

    mention: Mention
    candidate: Candidate
    features: list[str]


def nearest(scene: Scene, draft: Draft, first: int) -> tuple[tuple[int, int, int], Candidate]:
    """The mention of the event nearest to a token, with its distance in sentences, clauses, tokens."""
    best: tuple[tuple[int, int, int], Candidate] | None = None
    sentence, clause = scene.text.sentence_of[first], scene.clause[first]
    if len(draft.mentions) == 1:
        only = draft.candidate
        return (abs(only.sentence - sentence), abs(only.clause - clause), abs(only.first - first)), only
    for candidate in draft.mentions:
        key = (abs(candidate.sentence - sentence), abs(candidate.clause - clause), abs(candidate.first - first))
        if best is None or key < best[0]:
            best = (key, candidate)
    if best is None:
        raise ValueError("a draft without mentions")
    return best


def in_reach(scene: Scene, draft: Draft) -> set[int]:
    """The sentences within reach of the event's mentions, and those of the headline."""
    found = {at for c in draft.mentions for at in range(c.sentence - REACH, c.sentence + REACH + 1)}
    return found | set(range(scene.text.sentence_of[scene.head - 1] + 1)) if scene.head else found


def near_of(scene: Scene, candidate: Candidate, first: int) -> str:
    """Where a mention stands from the event's nearest mention: same sentence, headline, or elsewhere."""
    if scene.text.sentence_of[first] == candidate.sentence:
        return "here"
    return "head" if first < scene.head else "away"


def evidence_at(scene: Scene, start: int, end: int) -> Evidence:
    """The words between two raw offsets, as evidence."""
    return Evidence(start, end, scene.text.raw[start:end])


def best_of(names: tuple[str, ...], scores: list[float]) -> tuple[float, str]:
    """The highest score and its name; the first of equals."""
    best = max(range(len(names)), key=lambda number: (scores[number], -number))
    return scores[best], names[best]
