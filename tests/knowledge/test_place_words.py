"""The words around toponyms: what their files may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.knowledge.load import DATA
from riwaya.knowledge.place_words import WEIGHTS, PlaceWords
from riwaya.model import KnowledgeError


@pytest.fixture(scope="module")
def words() -> PlaceWords:
    return PlaceWords.load([DATA])


def test_every_weight_is_given(words: PlaceWords) -> None:
    assert sorted(words.weights) == sorted(WEIGHTS)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["دمشق", "مدينة دمشق"], ["دمشق"]),
        (["مخيم اليرموك", "اليرموك"], ["مخيم اليرموك", "اليرموك"]),
        (["العاصمة", "العاصمة دمشق"], []),
        (["الساحل الغربي", "الساحل الغربي لليمن"], ["الساحل الغربي"]),
        (["تدمر", "تدمر الأثرية"], ["تدمر"]),
    ],
)
def test_names_by_which_a_place_is_found(words: PlaceWords, names: list[str], kept: list[str]) -> None:
    assert [name for name, _ in words.toponyms(names)] == kept


@pytest.mark.parametrize(("name", "caution"), [("كان", "preposition"), ("دمشق", ""), ("كلينتون", "cue")])
def test_caution(words: PlaceWords, name: str, caution: str) -> None:
    assert words.caution(name) == caution


@pytest.mark.parametrize(("arabic", "latin"), [("الدبيسات", "Al-Dbisat"), ("تل خنزير", "Tl Khnzir")])
def test_romanisation_is_simple(words: PlaceWords, arabic: str, latin: str) -> None:
    assert words.romanise(arabic) == latin


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cues.yaml", "- {id: x, words: [ك], levels: [town], span: to, unknown: no, source: x}", "span: expected one"),
        ("cues.yaml", "- {id: x, words: [كفر], levels: [hamlet], span: in, unknown: no, source: x}", "levels"),
        ("cues.yaml", "- {id: x, words: [كفر], levels: [town], span: in, source: x}", "expected key 'unknown'"),
        ("words.yaml", "- {id: unheard, source: x, words: [كفر]}", "id: expected one of"),
        ("weights.yaml", "threshold: high", "expected numbers"),
        ("weights.yaml", "treshold: 1", "'treshold'"),
        ("directions.yaml", "- {direction: up, before: [فوق], after: [], source: x}", "direction: expected one of"),
    ],
)  # fmt: skip
def test_a_wrong_file_says_what_was_expected(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / "places" / name
    path.parent.mkdir()
    path.write_text(content + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        PlaceWords.load([DATA, tmp_path])
