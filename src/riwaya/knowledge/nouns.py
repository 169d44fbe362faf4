"""Every unvocalised spelling of an Arabic noun or adjective, with its features.

Features: ``sg``, ``sg.def``, ``sg.acc``, ``du``, ``pl`` …; of adjectives ``ms``, ``fs.def``, ``mp``. Source: Ryding, A
Reference Grammar of Modern Standard Arabic (2005), chapters 5 to 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from riwaya.text.normalise import fold

_HAMZA, _ALEF, _WAW, _YA, _TA = "ء", "ا", "و", "ي", "ت"
_MADDA, _ON_ALEF, _ON_YA = "آ", "أ", "ئ"
_MARBUTA, _MAQSURA, _NUN, _LAM = "ة", "ى", "ن", "ل"
FINITE = ("perf", "impf", "jus", "sub")

Pairs = list[tuple[str, str]]


def with_article(word: str) -> str:
    """The word with the article written before it."""
    return _ALEF + _LAM + word


def collect(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """One pair a folded spelling, its features joined by ``|``, in order of first appearance.

    A first person that is spelled like a third is left out, and so is a passive spelled like its active.
    """
    features: dict[str, list[str]] = {}
    spelling: dict[str, str] = {}
    for written, feature in pairs:
        key = fold(written)
        spelling.setdefault(key, written)
        known = features.setdefault(key, [])
        finite = [f for f in known if f.startswith(FINITE)]
        if finite and feature.startswith(FINITE):
            if finite == [f for f in finite if f.endswith(".1s")] and not feature.endswith(".1s"):
                known[:] = [feature, *(f for f in known if f not in finite)]
            continue
        if feature not in known:
            known.append(feature)
    return [(spelling[key], "|".join(known)) for key, known in features.items()]


def _takes_alef(word: str) -> bool:
    """Whether the indefinite accusative is written with an alef (not after ta marbuta, اء, alef or maqsura)."""
    return word[-1] not in (_MARBUTA, _ALEF, _MAQSURA) and not word.endswith((_ALEF + _HAMZA, _ON_ALEF))


def _dual(word: str) -> Iterator[tuple[str, str]]:
    """Dual spellings with and without the final n of a construct."""
    if word[-1] == _MARBUTA:
        stem = word[:-1] + _TA
    elif word[-1] == _MAQSURA:
        stem = word[:-1] + _YA
    elif word.endswith(_ON_ALEF):
        stem = word
        yield word[:-1] + _MADDA + _NUN, "du"
    else:
        stem = word
    yield stem + _ALEF + _NUN, "du"
    yield stem + _YA + _NUN, "du"
    if word[-1] == _MARBUTA:
        yield stem + _ALEF, "du.constr"
        yield stem + _YA, "du.constr"


def inflect_noun(
    word: str, *, plural: Sequence[str] | None = None, dual: bool = True, feminine_plural: bool = True
) -> Pairs:
    """(written form, features) of a noun: ``sg``, ``sg.def``, ``sg.acc``, ``du``, ``du.def``, ``pl``, ``pl.def`` ….

    ``plural``: its plurals as written; None makes the feminine sound plural (``feminine_plural``), an empty list none.
    Plurals in ون/ين are given by either form. A plural's accusative is given where it is spelled with an alef.
    """
    pairs: Pairs = [(word, "sg"), (with_article(word), "sg.def")]
    if _takes_alef(word):
        seat = word[:-1] + _ON_YA if word.endswith(_HAMZA) and word[-2:-1] == _YA else word
        pairs.append((seat + _ALEF, "sg.acc"))
    if plural is None:
        stem = word[:-1] if word[-1] == _MARBUTA else word
        plural = [stem + _ALEF + _TA] if feminine_plural else []
    for form in plural:
        pairs.extend(_plural(form))
    if dual:
        for form, feature in _dual(word):
            pairs.append((form, feature))
            if feature == "du":
                pairs.append((with_article(form), "du.def"))
    return collect(pairs)


def _plural(form: str) -> Iterator[tuple[str, str]]:
    yield form, "pl"
    yield with_article(form), "pl.def"
    if form.endswith(_WAW + _NUN) and len(form) > 4:
        other = form[:-2] + _YA + _NUN
        yield other, "pl"
        yield with_article(other), "pl.def"
    elif form[-1] != _MARBUTA and not form.endswith(_ALEF + _TA) and len(form) == 4 and form[2] in (_WAW, _ALEF):
        yield form + _ALEF, "pl.acc"  # حروبا، عقودا: broken plurals of this shape have nunation


def inflect_adjective(word: str, *, plural: Sequence[str] = ()) -> Pairs:
    """(written form, features) of an adjective: genders, numbers, article; ``plural`` adds broken plurals."""
    pairs: Pairs = []
    for suffix, feature in (
        ("", "ms"),
        (_ALEF, "ms.acc"),
        (_MARBUTA, "fs"),
        (_WAW + _NUN, "mp"),
        (_YA + _NUN, "mp"),
        (_ALEF + _TA, "fp"),
        (_ALEF + _NUN, "md"),
        (_TA + _ALEF + _NUN, "fd"),
        (_TA + _YA + _NUN, "fd"),
    ):
        pairs.append((word + suffix, feature))
        if feature != "ms.acc":
            pairs.append((with_article(word + suffix), f"{feature}.def"))
    for form in plural:
        pairs.extend([(form, "mp"), (with_article(form), "mp.def")])
    return collect(pairs)
