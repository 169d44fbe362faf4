"""What each word depends on: subjects, objects, constructs, prepositions, relative and subordinate clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.reading.candidates import find_candidates
from riwaya.reading.reader import Reader
from riwaya.reading.scene import Scene
from riwaya.text.normalise import fold

READER = Reader()


def _scene(text: str) -> Scene:
    scene = READER.scene(text, "2021-03-04")
    find_candidates(scene)
    return scene


def _at(scene: Scene, word: str) -> int:
    return scene.text.forms.index(fold(word))


@pytest.mark.parametrize(
    ("text", "word", "link", "head"),
    [
        ("قصفت الطائرات مخازن الجيش.", "الطائرات", "subj", "قصفت"),
        ("قصفت الطائرات مخازن الجيش.", "مخازن", "obj", "قصفت"),
        ("قصفت الطائرات مخازن الجيش.", "الجيش", "gen", "مخازن"),
        ("الطائرات قصفت مخازن الجيش.", "الطائرات", "subj", "قصفت"),
        ("شنت مقاتلات غارات على مواقع للجيش.", "مواقع", "على", "غارات"),
        ("شنت مقاتلات غارات على مواقع للجيش.", "للجيش", "ل", "مواقع"),
        ("أعلن الوزير أن المسلحين انسحبوا من البلدة.", "انسحبوا", "sub", "أعلن"),
        ("أعلن الوزير أن المسلحين انسحبوا من البلدة.", "المسلحين", "subj", "انسحبوا"),
        ("سقطت الصواريخ التي أطلقها المسلحون قرب الجسر.", "أطلقها", "relo", "الصواريخ"),
        ("سقط قتلى في غارة للتحالف استهدفت مدرسة.", "استهدفت", "rel", "غارة"),
        ("سقط قتلى في غارة للتحالف استهدفت مدرسة.", "مدرسة", "obj", "استهدفت"),
        ("قتل جنود وأصيب مدنيون في هجوم.", "وأصيب", "conj", "قتل"),
        ("هاجم الجيش اللبناني القرية.", "القرية", "obj", "هاجم"),
        ("هاجم المسلحون القرية.", "القرية", "obj", "هاجم"),
        ("قصفت الطائرات المطار.", "المطار", "obj", "قصفت"),
        ("قصفت الطائرات الحربية القرية.", "الحربية", "adj", "الطائرات"),
        ("سقطت الصواريخ الثقيلة قرب القرية بعد القصف.", "الثقيلة", "adj", "الصواريخ"),
        ("انسحب الجيش بعد أن هاجم مسلحون القاعدة.", "هاجم", "بعد", "انسحب"),
        ("الجيش: تدمير مخزن في الوادي.", "تدمير", "par", "الجيش"),
        ("مقتل تسعة أشخاص بينهم طفلان.", "طفلان", "among", "تسعة"),
        ("أصيب حارس بسبب قنبلة صوتية ألقتها طائرة.", "ألقتها", "relo", "قنبلة"),
        ("أعلن الوزير أنه أرسل قوات إلى الحدود.", "قوات", "obj", "أرسل"),
        ("أدت هذه الغارات إلى مقتل جندي.", "الغارات", "subj", "أدت"),
        ("أدت هذه الغارات إلى مقتل جندي.", "مقتل", "إلى", "أدت"),
        ("وفي حلب قتل خمسة جنود.", "حلب", "في", "قتل"),
        ("بهذا الهجوم قتل عشرة جنود.", "الهجوم", "ب", "قتل"),
        ("شنت الطائرات غارات أمس على البلدة.", "أمس", "time", "غارات"),
        ("انسحب الجيش أمس من البلدة.", "أمس", "time", "انسحب"),
    ],
)
def test_a_word_hangs_on_its_governor(text: str, word: str, link: str, head: str) -> None:
    scene = _scene(text)
    at = _at(scene, word)
    assert scene.grammar.link[at] == fold(link)
    assert scene.text.forms[scene.grammar.head[at]] == fold(head)


def test_a_verb_that_follows_its_subject_opens_no_relative_clause() -> None:
    scene = _scene("طائرات مجهولة قصفت المطار.")
    assert scene.grammar.link[_at(scene, "قصفت")] == ""
    assert scene.grammar.link[_at(scene, "طائرات")] == "subj"


def test_a_noun_with_a_lam_of_its_own_has_no_preposition() -> None:
    scene = _scene("هاجم المسلحون لجنة من السكان.")
    assert scene.grammar.link[_at(scene, "لجنة")] == "obj"
    scene = _scene("بعد القصف سلم الوزير رسالة لسكان البلدة.")
    assert scene.grammar.link[_at(scene, "لسكان")] == "ل"


def test_chains_tell_the_way_between_two_words() -> None:
    scene = _scene("شنت مقاتلات التحالف غارات على مواقع الحوثيين.")
    raid, grammar = _at(scene, "غارات"), scene.grammar
    assert grammar.chain(_at(scene, "الحوثيين"), raid) == "gen.علي"
    assert grammar.chain(_at(scene, "التحالف"), raid) == "gen.subj^L.obj"
    assert grammar.chain(raid, raid) == "same"
    assert grammar.ruling_verb(raid) == (0, "obj")


def test_only_sentences_that_may_tell_a_happening_are_read() -> None:
    scene = _scene("قصفت الطائرات المطار. زار الوزير المدينة.")
    assert scene.grammar.link[_at(scene, "المطار")] == "obj"
    assert scene.grammar.link[_at(scene, "المدينة")] == ""


def test_words_of_two_sentences_have_no_chain() -> None:
    scene = _scene("قصفت الطائرات المطار. وانسحب الجيش من البلدة.")
    assert scene.grammar.chain(_at(scene, "الجيش"), _at(scene, "المطار")) == "none"


_PROSE = """قال الجيش إن القوات التي قصفت بلدة في ريف حلب ، وأضاف : غارة للتحالف استهدفت منزلا أمس . ما أدى إلى مقتل 5 و
بينهم لم"""
_WORDS = st.sampled_from(_PROSE.split())


@given(st.lists(_WORDS, max_size=40))
def test_links_never_leave_their_sentence_nor_run_in_a_circle(words: list[str]) -> None:
    scene = _scene(" ".join(words))
    grammar, sentence_of = scene.grammar, scene.text.sentence_of
    for at in range(len(scene.text)):
        seen = {at}
        head = grammar.head[at]
        while head >= 0:
            assert sentence_of[head] == sentence_of[at]
            assert head not in seen
            seen.add(head)
            head = grammar.head[head]
