"""How many: each count of the report goes to the event with the best score."""

from __future__ import annotations

from riwaya.knowledge.weights import terms
from riwaya.model import CountMention, Decision, Evidence
from riwaya.reading.argument_features import count_features
from riwaya.reading.drafts import Draft
from riwaya.reading.pairs import nearest
from riwaya.reading.scene import Scene


def count_pairs(scene: Scene, drafts: list[Draft]) -> list[tuple[CountMention, list[tuple[Draft, list[str]]]]]:
    """For each count, the events within reach with the features of the pair, the nearest event first."""
    out = []
    for count in scene.counts:
        near = []
        for draft in drafts:
            key, candidate = nearest(scene, draft, count.first)
            if key[0] <= 1:
                near.append((key, draft, candidate))
        near.sort(key=lambda item: item[0])
        pairs = [
            (draft, count_features(scene, candidate, draft.sense, count, rank, rank == 0))
            for rank, (_, draft, candidate) in enumerate(near)
        ]
        out.append((count, pairs))
    return out


def choose_counts(
    scene: Scene, drafts: list[Draft], explain: dict[int, list[Decision]] | None
) -> list[list[CountMention]]:
    """The counts of each draft, in text order; a count goes to the event with the best score above zero."""
    table = scene.knowledge.weights.of("count")
    found: dict[int, list[CountMention]] = {id(draft): [] for draft in drafts}
    for count, pairs in count_pairs(scene, drafts):
        best: tuple[float, Draft] | None = None
        for draft, features in pairs:
            value = scene.knowledge.weights.score("count", features)
            if explain is not None:
                evidence = Evidence(count.start, count.end, count.text)
                outcome = "possible" if value > 0 else "not its count"
                decision = Decision(f"count {count.what} {count.text}", outcome, round(value, 2),
                                    terms(table, features), evidence)  # fmt: skip
                explain.setdefault(id(draft), []).append(decision)
            if value > 0 and (best is None or value > best[0]):
                best = (value, draft)
        if best is not None:
            found[id(best[1])].append(count)
    return [found[id(draft)] for draft in drafts]
