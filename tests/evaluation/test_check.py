from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from riwaya.evaluation.check import record_problems
from riwaya.model import Kind
from tests.evaluation.test_score import RECORD

SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").glob("*.json"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_has_a_sound_record(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record_problems(record) == []
    assert record["id"] == path.stem


def test_the_samples_are_many_and_tell_every_kind_of_event() -> None:
    assert len(SAMPLES) >= 14
    records = [json.loads(path.read_text(encoding="utf-8")) for path in SAMPLES]
    assert {event["kind"] for record in records for event in record["events"]} == {kind.value for kind in Kind}
    assert len({record["theatre"] for record in records}) >= 10


def test_the_gold_records_are_sound(shared: Path) -> None:
    for path in sorted((shared / "gold" / "dev").glob("*.json")):
        assert record_problems(json.loads(path.read_text(encoding="utf-8"))) == [], path.name


@pytest.mark.parametrize(
    ("keys", "value", "problem"),
    [
        (("published",), "21 May", "published: '21 May' is not a day"),
        (("times", 0, "t"), "غدا", "times: 'غدا' is not in the text"),
        (("events", 0, "agents"), ["Nobody"], "e1: 'Nobody' has no mention in actors"),
        (("events", 0, "claims"), [], "e1: no claims"),
        (("events", 0, "trigger"), "حصار", "e1: 'حصار' is not in the text"),
        (("places", 0, "country"), "Yemen", "مأرب: country 'Yemen'"),
    ],
)
def test_what_is_wrong_is_named(keys: tuple[Any, ...], value: object, problem: str) -> None:
    record = copy.deepcopy(RECORD)
    part: Any = record
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    assert problem in record_problems(record)
