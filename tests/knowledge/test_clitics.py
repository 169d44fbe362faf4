"""Particles before a word and pronouns after it come off in every way that the spelling allows."""

from riwaya.knowledge.clitics import split_enclitics, split_proclitics


def test_the_article_comes_back_after_lam() -> None:
    assert ("ل", "العاصمه") in split_proclitics("للعاصمه")
    assert ("ل", "اللجنه") in split_proclitics("للجنه")


def test_ta_marbuta_comes_back_before_a_pronoun() -> None:
    assert ("سيطره", "ه") in split_enclitics("سيطرته")


def test_a_word_too_short_for_a_clitic_is_left_whole() -> None:
    assert split_proclitics("في") == [("", "في")]
    assert split_proclitics("") == [("", "")]
    assert split_enclitics("له") == []
