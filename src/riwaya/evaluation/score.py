"""Precision, recall and F1 of coded reports by layer, by field of paired events, by kind and by theatre."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from riwaya.evaluation.facts import (
    FIELDS,
    Fact,
    event_facts,
    interval,
    is_same_claim,
    is_same_fact,
    is_same_place,
    trigger_fit,
)
from riwaya.evaluation.gold import GoldEvent, GoldMention, GoldRecord
from riwaya.evaluation.names import coded_names
from riwaya.model import FAMILIES

Coded = Mapping[str, Any]
G = TypeVar("G")
C = TypeVar("C")
_FAMILY = {kind.value: family for family, kinds in FAMILIES.items() for kind in kinds}
LAYERS = ("times", "places", "actors", "events", "families", "sources", "facts", "records")


@dataclass(slots=True)
class Tally:
    """How many were right, how many were coded, how many gold has."""

    right: int = 0
    coded: int = 0
    gold: int = 0

    def add(self, right: int, coded: int, gold: int) -> None:
        """Count some more."""
        self.right += right
        self.coded += coded
        self.gold += gold

    @property
    def precision(self) -> float:
        """The share of the coded that is right, 0 where nothing was coded."""
        return self.right / self.coded if self.coded else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was found, 0 where gold has nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figures(self) -> dict[str, float]:
        """The figures to four places, and the counts behind them."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "coded": self.coded,
            "gold": self.gold,
        }


@dataclass(slots=True)
class Scores:
    """Tallies: by layer, by field of paired events, by kind of event, and of facts by theatre."""

    layers: dict[str, Tally] = field(default_factory=dict)
    fields: dict[str, Tally] = field(default_factory=dict)
    kinds: dict[str, Tally] = field(default_factory=dict)
    theatres: dict[str, Tally] = field(default_factory=dict)
    reports: int = 0
    missing: int = 0  # gold reports that were not coded


@dataclass(frozen=True, slots=True)
class EventPair:
    """A gold event with the coded one that stands for it, and the facts held in common."""

    gold: GoldEvent
    coded: Coded
    held: tuple[tuple[Fact, Fact], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One report's events side by side: pairs, gold events missed, and coded events that gold has not."""

    record: GoldRecord
    pairs: tuple[EventPair, ...]
    missed: tuple[GoldEvent, ...]
    extra: tuple[Coded, ...]


def pair_best(gold: Sequence[G], coded: Sequence[C], fit: Callable[[G, C], float]) -> list[tuple[G, C]]:
    """One-to-one pairs, the best fit first, the earlier of equals; what fits with 0 is not paired."""
    fits = [(-fit(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(coded)]
    taken_gold: set[int] = set()
    taken_coded: set[int] = set()
    pairs: list[tuple[G, C]] = []
    for value, i, j in sorted(fits):
        if value < 0 and i not in taken_gold and j not in taken_coded:
            taken_gold.add(i)
            taken_coded.add(j)
            pairs.append((gold[i], coded[j]))
    return pairs


def compare_events(record: GoldRecord, answer: Coded) -> Comparison:
    """The events of a report side by side."""
    events: list[Coded] = list(answer.get("events") or [])

    def fit(gold: GoldEvent, coded: Coded) -> float:
        """How well the triggers fit, 0 for another kind."""
        return trigger_fit(gold, coded) if gold.kind == coded["kind"] else 0.0

    fitting = pair_best(record.events, events, fit)
    pairs = [EventPair(gold, coded, _held(record, gold, coded)) for gold, coded in fitting]
    paired_gold, paired_coded = {id(pair.gold) for pair in pairs}, {id(pair.coded) for pair in pairs}
    return Comparison(
        record,
        tuple(pairs),
        tuple(event for event in record.events if id(event) not in paired_gold),
        tuple(event for event in events if id(event) not in paired_coded),
    )


def _held(record: GoldRecord, gold: GoldEvent, coded: Coded) -> tuple[tuple[Fact, Fact], ...]:
    wanted, given = event_facts(gold.entry), event_facts(coded)
    return tuple(pair_best(wanted, given, lambda one, other: float(is_same_fact(record, one, other))))


def score(records: Iterable[GoldRecord], answers: Mapping[str, Coded]) -> Scores:
    """The scores of coded reports by id against gold records; a report that was not coded counts as empty."""
    scores = Scores(layers={name: Tally() for name in LAYERS}, fields={name: Tally() for name in FIELDS})
    for record in records:
        scores.reports += 1
        scores.missing += record.id not in answers
        answer = answers.get(record.id, {})
        _score_mentions(scores, record, answer)
        _score_families(scores, record, answer)
        _score_sources(scores, record, answer)
        _score_events(scores, compare_events(record, answer))
    return scores


def _overlaps(gold: GoldMention, coded: Coded) -> bool:
    """Whether spans share at least half of the longer one."""
    shared = min(gold.end, coded["end"]) - max(gold.start, coded["start"])
    longer = max(gold.end - gold.start, coded["end"] - coded["start"])
    return bool(longer > 0 and 2 * shared >= longer)


def _score_mentions(scores: Scores, record: GoldRecord, answer: Coded) -> None:
    tests: dict[str, Callable[[GoldMention, Coded], bool]] = {
        "times": lambda gold, coded: interval(gold.entry) == interval(coded),
        "places": lambda gold, coded: is_same_place(gold.entry, coded),
        "actors": lambda gold, coded: bool(record.accepted_names(list(gold.names)) & coded_names(coded)),
    }
    for layer, is_right in tests.items():
        gold: tuple[GoldMention, ...] = getattr(record, layer)
        coded = [each for each in answer.get(layer) or [] if layer != "times" or any(interval(each))]
        pairs = pair_best(gold, coded, lambda one, other: float(_overlaps(one, other) and is_right(one, other)))  # noqa: B023
        scores.layers[layer].add(len(pairs), len(coded), len(gold))


def _score_families(scores: Scores, record: GoldRecord, answer: Coded) -> None:
    events = list(answer.get("events") or [])

    def fit(gold: GoldEvent, coded: Coded) -> float:
        """How well the triggers fit, 0 for another family."""
        return trigger_fit(gold, coded) if _FAMILY[gold.kind] == _FAMILY.get(coded["kind"]) else 0.0

    scores.layers["families"].add(len(pair_best(record.events, events, fit)), len(events), len(record.events))


def _distinct_claims(events: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The claims of all events, one for each source and stance."""
    claims = [claim for event in events for claim in event.get("claims") or []]
    return list({json.dumps([c.get("source"), c.get("stance")], sort_keys=False): c for c in claims}.values())


def _score_sources(scores: Scores, record: GoldRecord, answer: Coded) -> None:
    gold = _distinct_claims(event.entry for event in record.events)
    coded = _distinct_claims(answer.get("events") or [])
    pairs = pair_best(gold, coded, lambda one, other: float(is_same_claim(record, one, other)))
    scores.layers["sources"].add(len(pairs), len(coded), len(gold))


def _score_events(scores: Scores, comparison: Comparison) -> None:
    record, pairs = comparison.record, comparison.pairs
    coded_total = len(pairs) + len(comparison.extra)
    scores.layers["events"].add(len(pairs), coded_total, len(record.events))
    whole = sum(len(p.held) == len(event_facts(p.coded)) == len(event_facts(p.gold.entry)) for p in pairs)
    scores.layers["records"].add(whole, coded_total, len(record.events))
    theatre = scores.theatres.setdefault(str(record.entry.get("theatre") or "unknown"), Tally())
    for pair in pairs:
        wanted, given = event_facts(pair.gold.entry), event_facts(pair.coded)
        _add_facts(scores, theatre, len(pair.held), len(given), len(wanted))
        for name, tally in scores.fields.items():
            sizes = [sum(fact.field == name for fact in facts) for facts in ((g for g, _ in pair.held), given, wanted)]
            tally.add(*sizes)
        scores.kinds.setdefault(pair.gold.kind, Tally()).add(1, 1, 1)
    for missed in comparison.missed:
        _add_facts(scores, theatre, 0, 0, len(event_facts(missed.entry)))
        scores.kinds.setdefault(missed.kind, Tally()).add(0, 0, 1)
    for extra in comparison.extra:
        _add_facts(scores, theatre, 0, len(event_facts(extra)), 0)
        scores.kinds.setdefault(extra["kind"], Tally()).add(0, 1, 0)


def _add_facts(scores: Scores, theatre: Tally, right: int, coded: int, gold: int) -> None:
    scores.layers["facts"].add(right, coded, gold)
    theatre.add(right, coded, gold)
