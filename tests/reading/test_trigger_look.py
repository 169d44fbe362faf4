"""What the other candidates of a report say of one of them."""

from __future__ import annotations

from riwaya.reading.candidates import find_candidates
from riwaya.reading.drafts import glance_at, neighbours_of
from riwaya.reading.reader import Reader
from riwaya.reading.trigger_look import TriggerLook

READER = Reader()
TEXT = "قصف الجيش بلدة التل وأصيب خمسة مدنيين.\nوأعلنت الأمم المتحدة دخول قافلة مساعدات إلى البلدة."


def _looks(text: str) -> dict[str, list[str]]:
    scene = READER.scene(text, "2021-03-04", "وكالة")
    candidates = find_candidates(scene)
    glances = [glance_at(scene, c, neighbours_of(candidates, n)) for n, c in enumerate(candidates)]
    look = TriggerLook(glances)
    return {scene.text.raw[g.candidate.start : g.candidate.end]: look.features(n) for n, g in enumerate(glances)}


def _value(features: list[str], name: str) -> str:
    return next(f.partition("=")[2] for f in features if f.startswith(name + "="))


def test_a_weaker_word_sees_the_likelier_one_of_its_sentence() -> None:
    looks = _looks(TEXT)
    assert _value(looks["قصف"], "sentence rank") == "0"
    assert _value(looks["أصيب"], "sentence rank") == "1"
    assert int(_value(looks["أصيب"], "sentence lead")) > 0
    assert _value(looks["أصيب"], "sentence before") == _value(looks["أصيب"], "sentence best")


def test_a_word_alone_in_its_sentence_sees_none_there() -> None:
    (features,) = _looks("قصف الجيش بلدة التل.").values()
    assert "sentence best=none" in features
    assert "clause best=none" in features
    assert _value(features, "report rank") == "0"


def test_a_word_sees_that_its_kind_comes_again() -> None:
    assert _value(_looks(TEXT)["قصف"], "kind later") == "none"
    scene_again = _looks("قصف الجيش بلدة التل.\nوشن الجيش قصفا ثانيا على التل.")
    assert _value(scene_again["قصف"], "kind later") != "none"
