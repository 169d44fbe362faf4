"""Phrases are found with their clitics and mapped to tokens."""

import pickle

import pytest

from riwaya.knowledge.lexicon import LexiconBuilder, split_enclitics, split_proclitics
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


def test_the_article_comes_back_after_lam() -> None:
    assert ("ل", "العاصمه") in split_proclitics("للعاصمه")
    assert ("ل", "اللجنه") in split_proclitics("للجنه")


def test_ta_marbuta_comes_back_before_a_pronoun() -> None:
    assert ("سيطره", "ه") in split_enclitics("سيطرته")


def test_a_lexicon_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(lexicon()))
    assert [m.entry for m in read_text("في العاصمة", again).of("name")] == ["العاصمة"]


def test_a_phrase_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="without words"):
        LexiconBuilder().add("name", "،", "x")
