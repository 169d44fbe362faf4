"""The calendar, number and counting tables: what they hold, and what they say of a wrong file."""

from __future__ import annotations

import pickle
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from riwaya.knowledge.calendar import Calendar
from riwaya.knowledge.countables import CountableTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA, files_in
from riwaya.knowledge.numbers import NumberTable
from riwaya.model import KnowledgeError
from riwaya.text.text import read_text

TABLES: list[tuple[Any, str]] = [(Calendar, "times"), (NumberTable, "numbers"), (CountableTable, "counts")]


def _write(folder: Path, name: str, text: str) -> Path:
    (folder / name).mkdir()
    (folder / name / "own.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "name", "entry", "message"),
    [
        (Calendar, "times", "- {role: month, value: 1, forms: [x], source: s, colour: red}", "colour"),
        (Calendar, "times", "- {role: moon, value: 1, forms: [x], source: s}", "moon"),
        (Calendar, "times", "- {role: month, value: one, forms: [x], source: s}", "one"),
        (Calendar, "times", "- {name: Feast, calendar: mayan, days: 1, forms: [x], source: s}", "mayan"),
        (NumberTable, "numbers", "- {role: unit, value: few, forms: [x], source: s}", "few"),
        (NumberTable, "numbers", "- {role: dozen, value: 12, forms: [x], source: s}", "dozen"),
        (CountableTable, "counts", "- {noun: x, plural: [], who: elves, source: s}", "elves"),
        (CountableTable, "counts", "- {what: eaten, words: [x], source: s}", "eaten"),
        (CountableTable, "counts", "- {role: guess, forms: [x], source: s}", "guess"),
        (CountableTable, "counts", "- only text", "mapping"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, table: Any, name: str, entry: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as raised:
        table.load([_write(tmp_path, name, entry)])
    assert "own.yaml" in str(raised.value)


def test_a_folder_of_the_user_adds_a_feast(tmp_path: Path) -> None:
    entry = "- {name: Village Day, calendar: gregorian, month: 6, day: 9, days: 1, forms: [يوم القرية], source: own}"
    calendar = Calendar.load([DATA, _write(tmp_path, "times", entry)])
    assert calendar.feasts["Village Day"].month == 6
    assert "Nowruz" in calendar.feasts


def test_a_folder_of_the_user_adds_a_noun(tmp_path: Path) -> None:
    table = CountableTable.load(
        [_write(tmp_path, "counts", "- {noun: بحار, plural: [بحارة], who: people, source: own}")]
    )
    builder = LexiconBuilder()
    table.register(builder)
    text = read_text("وصل بحارة", builder.build())
    assert [match.entry.who for match in text.of("count")] == ["people"]


@pytest.mark.parametrize(("table", "name"), TABLES)
def test_tables_survive_pickling(table: Any, name: str) -> None:
    loaded = table.load([DATA])
    builder, again = LexiconBuilder(), LexiconBuilder()
    loaded.register(builder)
    pickle.loads(pickle.dumps(loaded)).register(again)
    assert builder.build().__getstate__() == again.build().__getstate__()


@pytest.mark.parametrize(("table", "name"), TABLES)
def test_files_are_plain_arabic(table: Any, name: str) -> None:
    for path in files_in([DATA], name, ".yaml"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path
        for char in text:
            assert not 0xFB50 <= ord(char) <= 0xFEFF, (path, char)
            assert char not in "\u200e\u200f\u202a\u202b\u202c\u06a9\u06cc", (path, char)
