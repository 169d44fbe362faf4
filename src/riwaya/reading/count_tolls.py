"""Tolls: a number that a figure has reached takes its meaning from the noun of the figure (`عدد القتلى بلغ 150`)."""

from __future__ import annotations

from riwaya.reading.count_governors import Governing
from riwaya.reading.count_quantities import Quantity
from riwaya.reading.count_words import CountWords

_BACK = 10  # tokens before a number in which the noun of its figure stands
_FAR = 30  # the same where a verb says that the figure has reached the number
_CLAUSE = 4  # tokens between the figure's noun, its relative pronoun and their verb
_YEARS = range(1900, 2100)


def read_toll(words: CountWords, governing: Governing, quantity: Quantity) -> str:
    """What the noun before a quantity counts: `عدد القتلى إلى 45`, `من بين القتلى ثمانية أطفال`; "" where none does."""
    if quantity.noun is None and quantity.low in _YEARS:
        return ""
    linked = words.sign(quantity.first - 1, "reach") or words.sign(quantity.first - 1, "to")
    opening = words.text.sentence(quantity.first).first
    low = max(opening, quantity.first - (_FAR if linked else _BACK))
    heads = [at for at in range(low, quantity.first) if words.sign(at, "number_of")]
    if not heads and not linked:
        if quantity.noun is None or words.noun(quantity.first - 1) is None:
            return ""
        low = quantity.first - 1
    around = max(low, quantity.first - _BACK)
    told = _told_by_noun(words, quantity, heads[-1], around) or _told_by_verb(words, heads[-1]) if heads else ""
    told = told or _told_by_noun(words, quantity, around, around)
    if told:
        return told
    if linked and any(words.sign(at, "toll") for at in heads) and (quantity.noun is None or quantity.noun.entry.who):
        return "killed"  # ارتفعت حصيلة الهجوم إلى تسعة
    return governing.after(quantity) if words.sign(quantity.last, "number_of") else ""


def _told_by_verb(words: CountWords, head: int) -> str:
    """`عدد الذين قتلوا ... إلى 42`: what befell those who are numbered."""
    those = next((at for at in range(head + 1, head + _CLAUSE) if words.sign(at, "those")), None)
    if those is None:
        return ""
    verbs = [governor for governor in words.governors if those < governor.first <= those + _CLAUSE]
    return verbs[0].what if verbs else ""


def _told_by_noun(words: CountWords, quantity: Quantity, low: int, around: int) -> str:
    """What the nearest noun before a quantity counts, and its lower bound where the figure grew beyond it."""
    if words.phrase(quantity.first - 1, "wounded_too") is not None:
        return "wounded"  # عدد القتلى ثمانية والمصابين 17
    for at in range(quantity.first - 1, low - 1, -1):
        for noun in words.nouns.get(at, ()):
            if noun.entry.what and noun.entry.who and "pl" in noun.features:
                grown = any(words.sign(token, "grow") for token in range(around, quantity.first))
                if grown and quantity.low == quantity.high and quantity.low is not None:
                    quantity.low, quantity.high = quantity.low + 1, None
                return "killed" if noun.entry.what == "casualties" else str(noun.entry.what)
    return ""
