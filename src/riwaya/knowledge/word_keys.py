"""Keys of a word form for comparing it with companion lists."""

from __future__ import annotations

from riwaya.text.letters import ARTICLE, TO_THE

_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
_MARBUTA, _MARBUTA_T = "ه", "ت"
_AFTER_MARBUTA = ("تين", "تان", "ه", "ها", "هم")
_SUFFIXES = ("ه", "ات", "ين", "ون", "ان", "تين", "تان", "ا", "ها", "هم", "نا", "يه", "يا")


def word_keys(form: str) -> list[str]:
    """A folded form, and what remains of it without conjunction, preposition, article and inflection.

    For comparing words with companion lists, where too many keys do little harm.
    """
    stems = [form]
    if form[0] in _CONJUNCTIONS and len(form) > 3:
        stems.append(form[1:])
    for stem in list(stems):
        if stem[0] in _PREPOSITIONS and len(stem) > 3:
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
                    keys.append(bare.removesuffix(_MARBUTA_T) + _MARBUTA)
    return keys
