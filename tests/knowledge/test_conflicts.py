"""Who has fought whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.conflicts import ConflictTable
from riwaya.knowledge.knowledge import load_knowledge
from riwaya.knowledge.load import DATA
from riwaya.model import KnowledgeError


@pytest.mark.parametrize(
    ("one", "other", "year", "how"),
    [
        ("syria-army", "islamic-state", 2018, "foe"),
        ("syria-army", "syria-government", 2018, "own"),
        ("hezbollah", "syria-army", 2016, "ally"),
        ("united-states", "iraq", 2016, "ally"),
        ("libya-army", "gnu-forces", 2022, "foe"),
        ("hamas", "hamas", 2023, "same"),
        ("syria", "hayat-tahrir-al-sham", 2018, "foe"),
        ("syria", "hayat-tahrir-al-sham", 2025, "ally"),
        ("houthis", "farc", 2020, "none"),
    ],
)
def test_how_two_actors_stand(one: str, other: str, year: int, how: str) -> None:
    table = load_knowledge().conflicts
    assert table.relation(one, other, year) == table.relation(other, one, year) == how


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {conflict: x, source: y, sides: [[hamas]]}", "two sides or more"),
        ("- {conflict: x, source: y, sides: [[hamas], [nobody-at-all]]}", "found 'nobody-at-all'"),
        ("- {conflict: x, source: y, sides: [[hamas], [hamas]]}", "each actor on one side"),
        ("- {conflict: x, source: y, from: '2020', to: '2011', sides: [[hamas], [fatah]]}", "years under"),
        ("- {conflict: x, sides: [[hamas], [fatah]]}", "source"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "conflicts").mkdir()
    (tmp_path / "conflicts" / "mine.yaml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        ConflictTable.load([tmp_path], ActorTable.load([DATA]))
