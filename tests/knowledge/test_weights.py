"""Weights add up: several decisions in one pass give what each gives alone, in whatever order features come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.knowledge.weights import Weights, terms
from riwaya.model import KnowledgeError

HUNDREDTHS = st.integers(-90_000, 90_000).map(lambda number: number / 100)
TABLE = st.dictionaries(st.sampled_from(["bias", *"abcdefgh"]), HUNDREDTHS)


@given(tables=st.lists(TABLE, min_size=1, max_size=6), features=st.lists(st.sampled_from("abcdefghij"), max_size=60))
def test_scores_of_several_decisions_are_those_of_each_alone(
    tables: list[dict[str, float]], features: list[str]
) -> None:
    weights = Weights({f"d{number}": table for number, table in enumerate(tables)})
    together = weights.scores(tuple(weights.tables), features)
    for number, table in enumerate(tables):
        total = round(sum(round(table.get(f, 0.0) * 100) for f in ["bias", *features]))
        assert together[number] == total / 100
        assert weights.score(f"d{number}", reversed(features)) == total / 100


def test_a_decision_without_weights_scores_zero() -> None:
    assert Weights({}).scores(("agent", "target"), ["near=clause0"]) == [0.0, 0.0]


def test_terms_name_what_made_a_score() -> None:
    weights = Weights({"time": {"bias": -0.5, "near": 1.25, "far": -2.0}})
    told = terms(weights.of("time"), ["near", "unknown"])
    assert [(term.feature, term.weight) for term in told] == [("near", 1.25), ("bias", -0.5)]
    assert weights.score("time", ["near", "unknown"]) == sum(term.weight for term in told)


def test_a_file_that_is_no_table_of_weights_is_named(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "events.json").write_text('{"time": ["near"]}', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"events\.json: expected"):
        Weights.load([tmp_path])
