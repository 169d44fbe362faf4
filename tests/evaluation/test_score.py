"""The figures agree with those of the comparison script that stands beside the gold records, where it is here."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from riwaya.evaluation.errors import error_rows
from riwaya.evaluation.gold import find_mentions, find_sentence, find_surface, read_gold, read_record
from riwaya.evaluation.names import fold_name
from riwaya.evaluation.score import compare_events, pair_best, score
from riwaya.export.coded import code_report
from tests.support.gold_reports import gold_report

RECORD: dict[str, Any] = {
    "id": "one",
    "theatre": "Yemen",
    "outlet": "",
    "url": "",
    "published": "2020-01-02",
    "text": "قتل تسعة جنود في غارة على مأرب أمس، بحسب مصدر طبي. ونفت جماعة الحوثي تنفيذ الغارة.",
    "times": [{"t": "أمس", "from": "2020-01-01", "to": "2020-01-01"}],
    "places": [
        {"t": "مأرب", "name": ["Marib", "مأرب"], "country": "YE", "lat": 15.46, "lon": 45.33, "level": "city"}
    ],
    "actors": [{"t": "جماعة الحوثي", "name": ["Houthis", "Ansar Allah", "الحوثيون"], "kind": "armed_group"}],
    "events": [
        {
            "id": "e1",
            "kind": "air_strike",
            "trigger": "غارة",
            "status": "occurred",
            "background": False,
            "agents": ["Houthis"],
            "targets": [],
            "mediators": [],
            "places": [{"name": "Marib", "role": "at"}],
            "from": "2020-01-01",
            "to": "2020-01-01",
            "counts": [{"t": "تسعة جنود", "what": "killed", "who": "soldiers", "min": 9, "max": 9}],
            "claims": [
                {"source": "medical source", "source_kind": "medical", "stance": "asserts"},
                {"source": "Houthis", "source_kind": "armed_group", "stance": "denies"},
            ],
        }
    ],
}


def _coded(record: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(code_report(gold_report(read_record(record)))))


def test_a_perfect_answer_scores_one_everywhere() -> None:
    scores = score([read_record(RECORD)], {"one": _coded(RECORD)})
    assert {name: tally.f1 for name, tally in scores.layers.items()} == dict.fromkeys(scores.layers, 1.0)
    assert scores.theatres["Yemen"].gold == 9


def test_an_empty_answer_is_missed_whole() -> None:
    scores = score([read_record(RECORD)], {})
    assert scores.missing == 1
    assert scores.layers["facts"].figures() == {
        "precision": 0.0, "recall": 0.0, "f1": 0.0, "right": 0, "coded": 0, "gold": 9,
    }  # fmt: skip


def test_wrong_values_are_listed_beside_the_right_ones() -> None:
    answer = _coded(RECORD)
    answer["events"][0]["from"] = answer["events"][0]["to"] = "2020-01-02"
    answer["events"][0]["claims"].pop()
    rows = list(error_rows(compare_events(read_record(RECORD), answer)))
    assert [(row.field, row.gold, row.coded) for row in rows] == [
        ("when", "2020-01-01", "2020-01-02"),
        ("claims", "Houthis denies", ""),
    ]


@pytest.mark.parametrize(
    ("text", "surface", "found"),
    [
        ("وبالمخيم وفي المخيم", "مخيم", ["مخيم", "مخيم"]),
        ("للجيش والجيش", "الجيش", ["الجيش"]),
        ("دمشقية", "دمشق", ["دمشق"]),
    ],
)
def test_surface_texts_are_found_as_words_with_clitics_left_out(text: str, surface: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_surface(text, surface)] == found


def test_a_mention_inside_a_longer_one_is_dropped() -> None:
    entries = [{"t": "سوريا", "name": "Syria"}, {"t": "شمال سوريا", "name": "north"}]
    assert [m.names for m in find_mentions("شمال سوريا ثم سوريا", entries)] == [("north",), ("Syria",)]


def test_a_sentence_ends_at_a_full_stop_even_where_the_next_is_glued_to_it() -> None:
    text = "انتهت.وبدأت"
    assert find_sentence(text, 7) == (6, len(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("تنظيم الدولة الإسلامية", "تنظيم الدوله الاسلاميه"), ("Al-Watan", "al watan"), ("الأُمم المتحدة", "أمم متحدة")],
)
def test_names_are_compared_without_spelling_variants(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_the_best_pairs_are_made_first() -> None:
    fits = {("a", "x"): 1.0, ("a", "y"): 2.0, ("b", "y"): 1.0, ("b", "x"): 0.0}
    assert pair_best(["a", "b"], ["x", "y"], lambda g, c: fits[g, c]) == [("a", "y")]


def _spoil(answer: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The answer of a careless coder: values dropped, moved and changed at random."""
    for layer in ("times", "places", "actors", "events"):
        answer[layer] = [each for each in answer[layer] if chance.random() < 0.8]
    for place in answer["places"]:
        place["lat"] += chance.choice([0, 0, 0.1, 3])
    for event in answer["events"]:
        event["kind"] = chance.choice([event["kind"]] * 4 + ["clash", "attack", "killing"])
        event["status"] = chance.choice([event["status"], "planned"])
        event["agents"] = event["agents"][: chance.randint(0, 2)]
        event["trigger"]["start"] += chance.choice([0, 0, 30])
        event["trigger"]["end"] += chance.choice([0, 40])
        for claim in event["claims"]:
            claim["stance"] = chance.choice([claim["stance"], "asserts"])
        event["claims"] += chance.choice([[], answer["events"][0]["claims"]])
    return answer


def test_figures_agree_with_the_comparison_script(shared: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    records = list(read_gold(shared / "gold" / "dev"))
    answers = {r.id: _spoil(json.loads(json.dumps(code_report(gold_report(r)))), chance) for r in records}
    answers.pop(records[3].id)
    coded = tmp_path / "coded.jsonl"
    coded.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers.values()), encoding="utf-8")
    script = [sys.executable, str(shared / "gold" / "score.py"), str(shared / "gold" / "dev"), str(coded), "--json"]
    theirs = json.loads(subprocess.run(script, capture_output=True, check=True, text=True).stdout)
    scores = score(records, answers)
    ours = {name: tally.figures() for name, tally in scores.layers.items()}
    ours |= {f"on paired events: {name}": tally.figures() for name, tally in scores.fields.items()}
    assert ours == theirs
