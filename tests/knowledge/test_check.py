from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.knowledge.check import check_ids, check_text
from riwaya.knowledge.entries import find_entries, read_entries, sections


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "actors").mkdir()
    (tmp_path / "places" / "own").mkdir(parents=True)
    actors = "# note\n- id: a\n  name: A\n  arabic: [لواء النور]\n- id: b\n  name: B\n  arabic: [سرايا الفجر]\n"
    (tmp_path / "actors" / "x.yaml").write_text(actors, encoding="utf-8")
    (tmp_path / "places" / "own" / "SY.tsv").write_text("id\tarabic\np1\tتل الورد|الورد\n", encoding="utf-8")
    return tmp_path


def test_entries_carry_their_file_and_line(folder: Path) -> None:
    found = [(entry.section, entry.id, entry.line) for entry in read_entries([folder])]
    assert found == [("actors", "a", 2), ("actors", "b", 5), ("places", "p1", 2)]
    assert sections([folder]) == ["actors", "places"]


@pytest.mark.parametrize(("query", "ids"), [("لِواء النّور", ["a"]), ("الورد", ["p1"]), ("none", [])])
def test_entries_are_found_in_any_spelling(folder: Path, query: str, ids: list[str]) -> None:
    assert [entry.id for entry in find_entries([folder], query)] == ids


def test_an_id_given_twice_is_a_problem_but_another_folder_may_replace_it(folder: Path, tmp_path: Path) -> None:
    (folder / "actors" / "y.yaml").write_text("- {id: a, name: Other}\n", encoding="utf-8")
    (problem,) = check_ids(list(read_entries([folder])))
    assert problem.what == "id 'a' stands already at x.yaml:2"
    own = tmp_path / "own"
    (own / "actors").mkdir(parents=True)
    (own / "actors" / "z.yaml").write_text("- {id: b, name: Mine}\n", encoding="utf-8")
    assert len(list(check_ids([*read_entries([folder]), *read_entries([own])]))) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name: \ufee3\ufea4", "presentation form U+FEE3 in column 7"),
        ("name: \u0643\u200f", "bidirectional control U+200F in column 8"),
        ("name: \u06a9\u0648\u06cc", "Persian letter that looks like an Arabic one U+06A9 in column 7"),
        ("name: \u0627\u0653", "not in NFC"),
    ],
)
def test_letters_that_look_right_but_are_not(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    assert [problem.what for problem in check_text(tmp_path / "x.yaml")] == [what]


def test_sound_text_has_no_problem(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("name: كويت، عبادة\n", encoding="utf-8")
    assert list(check_text(tmp_path / "x.yaml")) == []
