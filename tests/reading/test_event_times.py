"""Which times may be an event's: those near it, and those that a word like `وقتها` points back to."""

from __future__ import annotations

from riwaya.reading.candidates import find_candidates
from riwaya.reading.drafts import Draft
from riwaya.reading.event_times import time_pairs
from riwaya.reading.features import Previous
from riwaya.reading.reader import Reader

READER = Reader()
DEAL = "خرج المقاتلون في أغسطس الماضي من البلدة. "


def _pairs(text: str, word: str) -> list[list[str]]:
    scene = READER.scene(text, "2018-05-21", "وكالة")
    candidate = next(c for c in find_candidates(scene) if scene.text.raw[c.start : c.end] == word)
    draft = Draft(candidate, candidate.senses[0], 0.0, [], [candidate])
    return [pair.features for pair in time_pairs(scene, draft, None, Previous(kind="evacuation", sentence=0))]


def test_a_word_that_points_back_is_told_with_the_times_before() -> None:
    (features,) = _pairs(DEAL + "وهدد التحالف وقتها باستهداف القافلة.", "هدد")
    assert any(feature.startswith("then|") for feature in features)


def test_the_time_told_before_is_taken_where_a_word_points_back_to_it() -> None:
    text = "أعلن التحالف الدولي في أغسطس الماضي إجلاء مئات المقاتلين من الرقة.\nوهدد التنظيم حينها بقصف القافلة."
    report = READER.read(text, published="2018-05-21", outlet="وكالة")
    threat = next(event for event in report.events if event.kind == "threat")
    assert (threat.when.from_, threat.when.to) == ("2017-08-01", "2017-08-31")


def test_without_such_a_word_nothing_points_back() -> None:
    (features,) = _pairs(DEAL + "وهدد التحالف باستهداف القافلة.", "هدد")
    assert not any(feature.startswith("then|") for feature in features)
