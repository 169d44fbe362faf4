"""Floors for times and counts on the gold records, where they lie beside the checkout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from riwaya.knowledge.calendar import Calendar
from riwaya.knowledge.countables import CountableTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.knowledge.numbers import NumberTable
from riwaya.reading.counts import find_counts
from riwaya.reading.times import find_times
from riwaya.text.text import read_text

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dev"
RECORDS = sorted(GOLD.glob("*.json")) if GOLD.is_dir() else []

pytestmark = pytest.mark.skipif(not RECORDS, reason="no gold records beside the checkout")


@pytest.fixture(scope="module")
def knowledge() -> Any:
    tables = (NumberTable.load([DATA]), Calendar.load([DATA]), CountableTable.load([DATA]))
    builder = LexiconBuilder()
    for table in tables:
        table.register(builder)
    return SimpleNamespace(lexicon=builder.build(), calendar=tables[1], countables=tables[2])


def test_times_name_the_days_of_the_gold_records(knowledge: Any) -> None:
    right = told = wanted = 0
    for path in RECORDS:
        record = json.loads(path.read_text(encoding="utf-8"))
        text = read_text(record["text"], knowledge.lexicon)
        found = find_times(text, knowledge, date.fromisoformat(record["published"][:10]))
        days = {(time.from_, time.to) for time in found if time.from_}
        gold = {(time["from"], time["to"]) for time in record["times"] if time["from"]}
        right, told, wanted = right + len(days & gold), told + len(days), wanted + len(gold)
    assert 2 * right / (told + wanted) >= 0.96


def test_counts_hold_the_figures_of_the_gold_records(knowledge: Any) -> None:
    right = told = wanted = 0
    for path in RECORDS:
        record = json.loads(path.read_text(encoding="utf-8"))
        found = find_counts(read_text(record["text"], knowledge.lexicon), knowledge)
        figures = {(str(count.what), count.min, count.max) for count in found}
        gold = set()
        for event in record["events"]:
            for count in [*event["counts"], *(c for claim in event["claims"] for c in claim.get("counts", []))]:
                gold.add((count["what"], count["min"], count["max"]))
        right, told, wanted = right + len(figures & gold), told + len(figures), wanted + len(gold)
    assert right / wanted >= 0.9
    assert right / told >= 0.85
