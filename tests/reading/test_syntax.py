"""Symbols of words, paths between them, verbs told from nouns that are spelled alike."""

from __future__ import annotations

import pytest

from riwaya.reading.candidates import Candidate, find_candidates
from riwaya.reading.reader import Reader
from riwaya.reading.scene import Scene

READER = Reader()


def _scene(text: str) -> tuple[Scene, list[Candidate]]:
    scene = READER.scene(text, "2021-03-04")
    return scene, find_candidates(scene)


@pytest.mark.parametrize(
    ("text", "word", "verbal"),
    [
        ("قصف الجيش البلدة صباحا.", "قصف", True),
        ("قتل جندي في البلدة.", "قتل", True),
        ("سقط جرحى في قصف على البلدة.", "قصف", False),
        ("وفي حلب قتل جندي.", "قتل", True),
        ("أعلن الوزير أن الجيش قصف البلدة.", "قصف", True),
    ],
)
def test_a_word_spelled_as_verb_and_noun_is_told_by_its_place(text: str, word: str, verbal: bool) -> None:
    scene, candidates = _scene(text)
    found = [c for c in candidates if scene.text.raw[c.start : c.end] == word]
    assert [c.verbal for c in found] == [verbal]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("يستخدم الطرفان الطريق القديم.", ["يستخدم"]),
        ("الجسر الذي يقع شرق المدينة مغلق.", ["يقع"]),
        ("عمل إنساني في المدينة.", []),
        ("لم يحدد البيان موعدا.", ["يحدد"]),
        ("اشتباكات بين الجيش والمسلحين عبر النهر.", []),
        ("حملة على الفساد في البلاد.", []),
        ("موقف القوى الكبرى من دعوى السكان.", []),
        ("ألقى الوزير باللوم على القوى الكبرى.", ["ألقى"]),
        ("وفق الوزارة فإن الطريق مغلق.", []),
    ],
)
def test_common_verbs_are_found_and_nouns_spelled_alike_are_not(text: str, verbs: list[str]) -> None:
    scene, _ = _scene(text)
    known = [scene.text.raw[scene.text.starts[at] : scene.text.ends[at]] for at in sorted(scene.verbs)]
    assert [word for word in known if word in text.split()] == verbs


def test_the_path_runs_from_the_trigger_to_the_mention() -> None:
    scene, candidates = _scene("توصل الجيش السوري وروسيا إلى اتفاق على وقف النار.")
    trigger = next(c for c in candidates if scene.text.raw[c.start : c.end] == "اتفاق")
    army = scene.participants[0]
    assert scene.text.raw[army.start : army.end] == "الجيش السوري"
    assert scene.syntax.path(army.last, trigger.first) == "& A الي"


def test_a_path_that_is_too_long_is_told_by_its_length() -> None:
    scene, _ = _scene("قصف " + "ثم قال من في عن إلى " * 3 + "الجيش السوري البلدة.")
    assert scene.syntax.path(1, 19) == "far"
    assert scene.syntax.path(1, 13).startswith("long ")


def test_a_word_depends_on_the_verb_before_it_else_on_the_one_after() -> None:
    scene, _ = _scene("نفى الجيش السوري قصف البلدة. الوزير يستخدم الطريق.")
    verb = scene.syntax.verb
    forms = scene.text.forms
    assert forms[verb[1]] == "نفي"
    assert forms[verb[forms.index("الوزير")]] == "يستخدم"


def test_a_feminine_noun_is_no_light_participle() -> None:
    scene = READER.scene("قد تثير الخطوة موجة من الانتقادات.", "2021-03-04", "وكالة")
    assert not scene.light
    scene = READER.scene("ضربة موجهة إلى الموقع.", "2021-03-04", "وكالة")
    assert scene.light
