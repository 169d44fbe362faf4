"""What tells how real a happening is: the verb on which its noun depends, and the days named around it."""

from __future__ import annotations

import pytest

from riwaya.reading.candidates import find_candidates
from riwaya.reading.features import Previous
from riwaya.reading.reader import Reader
from riwaya.reading.reality_features import reality_features
from riwaya.reading.trigger_features import shared_trigger_features

READER = Reader()


def _features(text: str, word: str) -> list[str]:
    scene = READER.scene(text, "2021-03-04", "وكالة")
    candidate = next(c for c in find_candidates(scene) if scene.text.raw[c.start : c.end] == word)
    shared = shared_trigger_features(scene, candidate)
    return reality_features(scene, candidate, candidate.senses[0], shared, "unknown", [], Previous())


@pytest.mark.parametrize(
    ("text", "word", "feature"),
    [
        ("قد تثير الخطوة انتقادات واسعة في العاصمة.", "انتقادات", "governed=imperfect or form V|قد|after"),
        ("لم ينفذ الجيش قصفا على البلدة.", "قصفا", "governed=imperfect|لم|after"),
        ("نفذ الجيش قصفا على البلدة.", "قصفا", "governed=perfect|none|after"),
        ("سيبدأ الجيش قصفا على البلدة.", "قصفا", "governed=future|none|after"),
    ],
)
def test_the_verb_of_a_noun_and_its_particle_are_told(text: str, word: str, feature: str) -> None:
    assert feature in _features(text, word)


def test_the_ages_of_days_named_around_are_told() -> None:
    text = "قتل خمسة في هجوم اليوم الخميس. وشهدت البلدة هجوما عام 2015."
    assert "oldest 0=news" in _features(text, "هجوم")
    later = _features(text, "هجوما")
    assert "newest 0=old" in later
    assert "oldest -1=news" in later
