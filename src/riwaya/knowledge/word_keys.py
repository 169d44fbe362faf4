"""Keys of a word form for comparing it with companion lists."""

from __future__ import annotations

from riwaya.text.letters import ALEF, ARTICLE, CONJUNCTIONS, HA, PREPOSITIONS, TA, TO_THE

_AFTER_MARBUTA = ("تين", "تان", HA, "ها", "هم")
_SUFFIXES = (HA, "ات", "ين", "ون", "ان", "تين", "تان", ALEF, "ها", "هم", "نا", "يه", "يا")


def word_keys(form: str) -> list[str]:
    """A folded form, and what remains of it without conjunction, preposition, article and inflection.

    For comparing words with companion lists, where too many keys do little harm.
    """
    stems = [form]
    if form[0] in CONJUNCTIONS and len(form) > 3:
        stems.append(form[1:])
    for stem in list(stems):
        if stem[0] in PREPOSITIONS and len(stem) > 3:
            stems.append(stem[1:])
            if stem.startswith(TO_THE):
                stems.append(stem[2:])
    for stem in list(stems):
        if stem.startswith(ARTICLE) and len(stem) > 4:
            stems.append(stem[2:])
    keys: list[str] = []
    for stem in stems:
        keys.append(stem)
        for suffix in _SUFFIXES:
            if stem.endswith(suffix) and len(stem) > len(suffix) + 1:
                bare = stem[: -len(suffix)]
                if len(bare) > 2:
                    keys.append(bare)
                if suffix in _AFTER_MARBUTA:
                    keys.append(bare.removesuffix(TA) + HA)
    return keys
