"""Where an event happened, from where and to where: places of the report weighed against it, one score a pair."""

from __future__ import annotations

from collections import Counter

from riwaya.knowledge.weights import terms
from riwaya.model import Decision, EventPlace, PlaceMention
from riwaya.reading.argument_features import place_features
from riwaya.reading.candidates import Candidate
from riwaya.reading.drafts import Draft
from riwaya.reading.features import Previous, carried
from riwaya.reading.pairs import Pair, best_of, evidence_at, in_reach, near_of, nearest
from riwaya.reading.scene import Scene
from riwaya.reading.second_look import ranked

PLACE_ROLES = ("at", "from", "to")
_PLACE_TABLES = tuple(f"place.{role}" for role in PLACE_ROLES)
_ALONE = tuple(f"{table}.alone" for table in _PLACE_TABLES)


def main_place(scene: Scene) -> str | None:
    """The id of the place that the report is about: named most, the first named of these; no country if avoidable."""
    tally: Counter[str] = Counter()
    order: dict[str, int] = {}
    for index, mention in enumerate(scene.places):
        if mention.place.level != "country":
            tally[mention.place.id] += 1 + (mention.first < scene.head)
            order.setdefault(mention.place.id, index)
    if not tally:
        return None
    return min(tally, key=lambda place: (-tally[place], order[place]))


def place_pairs(scene: Scene, draft: Draft, main: str | None, previous: Previous) -> list[Pair[PlaceMention]]:
    """For each place of the report within reach, its mention nearest to the event, with features."""
    chosen: dict[str, tuple[tuple[int, int, int], Candidate, PlaceMention, int]] = {}
    reach, sentence_of = in_reach(scene, draft), scene.text.sentence_of
    for index, mention in enumerate(scene.places):
        if sentence_of[mention.first] not in reach and mention.place.id != main:
            continue
        key, candidate = nearest(scene, draft, mention.first)
        old = chosen.get(mention.place.id)
        if old is None or key < old[0]:
            chosen[mention.place.id] = (key, candidate, mention, index)
    ranked = sorted(chosen.values(), key=lambda item: (item[0], item[2].first))
    pairs = []
    for rank, (_, candidate, mention, index) in enumerate(ranked):
        before = scene.places[index - 1] if index else None
        contains = (
            before is not None
            and mention.first - before.last <= 3
            and before.place.id != mention.place.id
            and scene.sentence(before.first) == scene.sentence(mention.first)
        )
        features = place_features(scene, candidate, draft.sense, mention, rank, contains, mention.place.id == main)
        held = "place" if mention.place.id in previous.places else ""
        features += carried(previous, held, draft.candidate, draft.sense.kind, near_of(scene, candidate, mention.first))
        pairs.append(Pair(mention, candidate, features))
    return pairs


def look_again(scene: Scene, draft: Draft, pairs: list[Pair[PlaceMention]]) -> None:
    """Add to each pair how the place stands among the others by a first score for each role."""
    kind = "kind=" + draft.sense.kind
    first = [scene.knowledge.weights.scores(_ALONE, pair.features) for pair in pairs]
    looked = ranked(PLACE_ROLES, first, [(kind, pair.features[1]) for pair in pairs])
    for pair, features in zip(pairs, looked, strict=True):
        pair.features += features


def choose_places(
    scene: Scene, draft: Draft, main: str | None, previous: Previous, explain: list[Decision] | None
) -> tuple[EventPlace, ...]:
    """The places of an event with their roles, in text order."""
    weights = scene.knowledge.weights
    found: list[tuple[int, EventPlace]] = []
    pairs = place_pairs(scene, draft, main, previous)
    look_again(scene, draft, pairs)
    for pair in pairs:
        best, role = best_of(PLACE_ROLES, weights.scores(_PLACE_TABLES, pair.features))
        table = weights.of(f"place.{role}")
        mention = pair.mention
        evidence = evidence_at(scene, mention.start, mention.end)
        if explain is not None:
            outcome = role if best > 0 else "not its place"
            about = f"place {mention.place.name}"
            explain.append(Decision(about, outcome, round(best, 2), terms(table, pair.features), evidence))
        if best > 0:
            place = EventPlace(mention.place, role, mention.direction, evidence, f"place.{role}")
            found.append((mention.start, place))
    return tuple(place for _, place in sorted(found, key=lambda item: item[0]))
