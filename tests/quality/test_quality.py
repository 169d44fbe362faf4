"""Our own gold records are read about as well as when they were last measured: floors, a few points below.

Floors are F1. A kind family's floor is loose: few events stand behind it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya import Reader
from riwaya.evaluation.check import record_problems
from riwaya.evaluation.gold import GoldRecord, read_gold
from riwaya.evaluation.score import Scores, Tally, score
from riwaya.export.coded import code_report
from riwaya.model import FAMILIES

RECORDS = Path(__file__).parent
LAYER_FLOORS = {
    "times": 0.92,
    "places": 0.80,
    "actors": 0.82,
    "events": 0.72,
    "families": 0.76,
    "sources": 0.70,
    "facts": 0.53,
}
FAMILY_FLOORS = {"battle": 0.60, "remote": 0.74, "harm": 0.64, "de-escalation": 0.66, "dispute": 0.80}


@pytest.fixture(scope="module")
def records() -> list[GoldRecord]:
    return list(read_gold(RECORDS))


@pytest.fixture(scope="module")
def scores(records: list[GoldRecord]) -> Scores:
    reader = Reader()
    answers = {}
    for record in records:
        published, outlet = record.entry["published"], record.entry["outlet"] or None
        report = reader.read(record.text, published=published, outlet=outlet, id=record.id)
        answers[record.id] = json.loads(json.dumps(code_report(report)))
    return score(records, answers)


def test_records_are_sound(records: list[GoldRecord]) -> None:
    assert {record.id: record_problems(record.entry) for record in records} == {record.id: [] for record in records}


@pytest.mark.parametrize("layer", list(LAYER_FLOORS))
def test_a_layer_holds_its_floor(scores: Scores, layer: str) -> None:
    assert scores.layers[layer].f1 >= LAYER_FLOORS[layer]


@pytest.mark.parametrize("family", list(FAMILY_FLOORS))
def test_events_of_a_family_hold_their_floor(scores: Scores, family: str) -> None:
    kinds = next(kinds for name, kinds in FAMILIES.items() if str(name) == family)
    total = Tally()
    for kind in kinds:
        tally = scores.kinds.get(kind.value, Tally())
        total.add(tally.right, tally.coded, tally.gold)
    assert total.f1 >= FAMILY_FLOORS[family]
