"""The sample reports are read about as well as when they were last reviewed: floors, not goals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya import Reader
from riwaya.evaluation.gold import read_gold
from riwaya.evaluation.score import Scores, score
from riwaya.export.coded import code_report

SAMPLES = Path(__file__).parent.parent / "samples"
FLOORS = {"times": 0.90, "places": 0.80, "actors": 0.80, "events": 0.75, "sources": 0.70, "facts": 0.60}


@pytest.fixture(scope="module")
def scores() -> Scores:
    reader = Reader()
    records = list(read_gold(SAMPLES))
    answers = {}
    for record in records:
        published, outlet = record.entry["published"], record.entry["outlet"]
        report = reader.read(record.text, published=published, outlet=outlet, id=record.id)
        answers[record.id] = json.loads(json.dumps(code_report(report)))
    return score(records, answers)


@pytest.mark.parametrize("layer", list(FLOORS))
def test_samples_are_read_well(scores: Scores, layer: str) -> None:
    assert scores.layers[layer].f1 >= FLOORS[layer]
