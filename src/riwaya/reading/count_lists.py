"""Counts of one list, and totals with their parts: `20 رجلا وعشر نساء`, `12 شخصا بينهم 3 أطفال`."""

from __future__ import annotations

from riwaya.knowledge.lexicon import Match
from riwaya.reading.count_quantities import Quantity
from riwaya.reading.count_reads import Read
from riwaya.reading.count_words import CountWords
from riwaya.text.text import Text

_LIST_REACH = 4  # tokens between two numbers of one list
_FAR_REACH = 14  # the same where each has its place after it, or both stand under one verb


def list_mate(words: CountWords, found: list[Read], quantity: Quantity) -> Read | None:
    """The count that a quantity is joined to in one list, by "and" or by "besides"."""
    if found and _besides(words, found[-1].quantity, quantity):
        return found[-1]
    if found and words.sign(quantity.first - 1, "exchange"):
        wholes = [read for read in found if read.part_of is None and same_sentence(words.text, read.quantity, quantity)]
        return wholes[-1] if wholes else None
    if not quantity.joined or not found:
        return None
    last = found[-1]
    gap = quantity.first - last.quantity.last
    far = _each_somewhere(words, last.quantity, quantity) or _under_one_verb(words, last.quantity, quantity)
    reach = _FAR_REACH if far else _LIST_REACH
    if not 0 <= gap <= reach or not same_sentence(words.text, last.quantity, quantity):
        return None
    return last


def _besides(words: CountWords, one: Quantity, other: Quantity) -> bool:
    """`ثلاثة من مرافقيه إضافة إلى جنديين`: joined to the count before it, with no verb between."""
    person = other.others if other.noun is None else bool(other.noun.entry.who)
    near = 0 <= other.first - one.last <= _FAR_REACH and same_sentence(words.text, one, other)
    if not person or not near:
        return False
    if any(one.last <= governor.first < other.first for governor in words.governors):
        return False
    matches = (words.phrase(other.first - back, "besides") for back in (1, 2))
    return any(match is not None and match.last == other.first for match in matches)


def _each_somewhere(words: CountWords, one: Quantity, other: Quantity) -> bool:
    """`أربعة في دونيتسك، وخمسة في خيرسون`: both with the place after them."""
    bare = other.noun is None and not other.of and not other.part
    return bare and all(words.sign(quantity.last, "in") for quantity in (one, other))


def _under_one_verb(words: CountWords, one: Quantity, other: Quantity) -> bool:
    """`قتل أربعة جنود من القوات الجنوبية، الثلاثاء، وستة من مسلحي التنظيم`."""
    if not other.of or other.noun is None or not other.noun.entry.who:
        return False
    return not any(one.last <= governor.first < other.first for governor in words.governors)


def same_sentence(text: Text, one: Quantity, other: Quantity) -> bool:
    """Whether two quantities stand in one sentence."""
    return text.sentence_of[one.first] == text.sentence_of[other.first]


def part_phrase(words: CountWords, quantity: Quantity) -> Match | None:
    """`بينهم` right before a quantity."""
    for back in (1, 2, 3):
        match = words.phrase(quantity.first - back, "part")
        if match is not None and match.last == quantity.first:
            return match
    return None


def total_of(words: CountWords, found: list[Read], quantity: Quantity) -> int | None:
    """The index of the count that a quantity is a part of."""
    if not found or not (quantity.part or part_phrase(words, quantity) is not None):
        return None
    for at in range(len(found) - 1, -1, -1):
        total = found[at]
        behind = words.text.sentence_of[quantity.first] - words.text.sentence_of[total.quantity.first]
        if behind > 1:
            return None
        things = quantity.noun is not None and quantity.noun.entry.what == total.what
        of_things = quantity.noun is None and total.who is None and words.sign(quantity.last - 1, "of_things")
        if total.part_of is None and (total.who is not None or things or of_things):
            return at
    return None
