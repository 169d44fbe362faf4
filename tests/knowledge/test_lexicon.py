"""Phrases are found with their clitics and mapped to tokens."""

import pickle

import pytest

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.text.text import read_text


def lexicon():
    builder = LexiconBuilder()
    for phrase in ("وكالة الأمل", "العاصمة", "المرصد المحلي", "تنظيم النور", "وادي"):
        builder.add("name", phrase, phrase)
    builder.add("noun", "سيطرة", "سيطرة", enclitics=True)
    builder.add("verb", "استهدف", "استهدف", enclitics=True)
    return builder.build()


@pytest.mark.parametrize(
    ("raw", "layer", "found"),
    [
        ("قال للعاصمة", "name", ["لعاصمة"]),
        ("وبالعاصمة", "name", ["العاصمة"]),
        ("لوكالة الأمل", "name", ["وكالة الأمل"]),
        ('من تنظيم "النور" أمس', "name", ['تنظيم "النور']),
        ("من تنظيم. النور", "name", []),
        ("والوادي", "name", []),
        ("وادي", "name", ["وادي"]),
        ("سيطرتهم", "noun", ["سيطرت"]),
        ("واستهدفها", "verb", ["استهدف"]),
    ],
)
def test_matches(raw: str, layer: str, found: list[str]) -> None:
    text = read_text(raw, lexicon())
    assert [
        text.slice(m.first, m.last, len(m.proclitic), len(m.enclitic)) for m in text.of(layer)
    ] == found


def test_of_phrases_that_begin_alike_the_longest_comes_first_and_each_is_found() -> None:
    builder = LexiconBuilder()
    for phrase in ("مجلس", "مجلس الأمن", "مجلس الأمن الدولي", "مجلس الشورى"):
        builder.add("name", phrase, phrase)
    found = read_text("ومجلس الأمن الدولي. مجلس الأمن، مجلس الدولي", builder.build()).of("name")
    assert [(m.first, m.last, m.proclitic, m.entry) for m in found] == [
        (0, 3, "و", "مجلس الأمن الدولي"),
        (0, 2, "و", "مجلس الأمن"),
        (0, 1, "و", "مجلس"),
        (3, 5, "", "مجلس الأمن"),
        (3, 4, "", "مجلس"),
        (5, 6, "", "مجلس"),
    ]


def test_the_last_word_of_a_phrase_may_carry_a_pronoun() -> None:
    builder = LexiconBuilder()
    builder.add("act", "إطلاق سراح", "release", enclitics=True)
    builder.add("act", "إخلاء سبيل", "closed")
    builder.add("act", "أعلن عن وفاة", "death", enclitics=True)
    found = read_text("إطلاق سراحهم وإخلاء سبيلهم، وأعلن عن وفاته", builder.build()).of("act")
    assert [(m.entry, m.proclitic, m.enclitic) for m in found] == [("release", "", "هم"), ("death", "و", "ه")]


def test_a_phrase_without_proclitics_is_found_only_bare() -> None:
    builder = LexiconBuilder()
    builder.add("act", "جرى قتل", "x", proclitics=False)
    assert [m.first for m in read_text("وجرى قتل جرى قتل", builder.build()).of("act")] == [2]


def test_a_word_tells_its_layers_and_those_of_the_phrases_that_it_begins() -> None:
    word = lexicon().word("لوكاله")
    assert (word.layers, word.layers_with("الامل"), word.layers_with("النور")) == (frozenset(), {"name"}, set())
    assert lexicon().word("والعاصمه").layers == {"name"}


def test_a_lexicon_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(lexicon()))
    assert [m.entry for m in read_text("في العاصمة", again).of("name")] == ["العاصمة"]


def test_a_phrase_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="without words"):
        LexiconBuilder().add("name", "،", "x")
