"""Quantities of people or things: a numeral or vague plural with the words around it, or a dual or singular noun.

`ما لا يقل عن 9`, `بين 100 و300 قتيل`, `عشرات الآلاف`, `قتيلان`, `مدنيين اثنين`. Conventions: codebook, mentions, count.
"""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.knowledge.lexicon import Match
from riwaya.reading.count_words import CountWords, is_construct_dual, is_definite, is_dual, is_plural
from riwaya.reading.numbers import Number
from riwaya.text.letters import BA, CONJUNCTIONS, FA, LAM, WA, YA

_OPENING = " \n\"'(،,.؛-"  # marks that may stand before a numeral
_AFTER = 5  # tokens after a counted noun in which "at least" still belongs to it
_CONSTRUCT = (" ", ' "')  # what stands between the parts of a construct
_POINT = "\u0631"  # agencies write the decimal point as a letter
_YEARS = range(1900, 2100)
_DUAL_ENDINGS = (YA + "\u0652\u0646", YA + "\u0652\u0646\u0650")  # `مواطنيْن` can only be the dual
_CLITICS = ("", WA, FA, BA, LAM, "وب", "ول")


@dataclass(slots=True)
class Quantity:
    """A quantity as told: tokens (half-open), bounds, the noun counted, and how it was read."""

    first: int
    last: int
    low: int | None
    high: int | None
    rule: str
    noun: Match | None = None
    approx: bool = False
    skip: int = 0
    joined: bool = False  # a conjunction stands before it
    of: bool = False  # `ستة من عناصر الأمن`
    part: bool = False  # `ثلاثة منهم`
    others: bool = False
    proclitic: str = ""


def read_quantity(words: CountWords, index: int) -> Quantity | None:
    """The quantity that begins with a numeral or vague plural at a token; None where it counts nothing."""
    vague = words.phrase(index, "vague")
    number = words.numbers.get(index)
    if vague is not None and (number is None or number.last <= vague.last):
        entry = vague.entry
        quantity = Quantity(index, vague.last, entry.low, entry.high, "count.vague", skip=len(vague.proclitic))
        quantity.joined = vague.proclitic[:1] in CONJUNCTIONS
    elif number is not None and _counts(words, number):
        quantity = Quantity(index, number.last, number.value, number.value, "count.number", skip=number.skip)
        quantity.proclitic = number.proclitic
        quantity.joined = number.proclitic[:1] in CONJUNCTIONS or (index > 0 and words.forms[index - 1] in CONJUNCTIONS)
    else:
        return None
    _take_range(words, quantity)
    if quantity.rule == "count.range" and quantity.last in words.timed and words.near(quantity.last):
        return None  # بين 57 و71 شهرا
    _take_modifier(words, quantity)
    _take_noun(words, quantity)
    if quantity.noun is None and (words.sign(quantity.last, "percent") or _is_year(words, quantity)):
        return None
    if _is_where(words, quantity):
        return None
    take_after(words, quantity)
    return quantity


def _is_year(words: CountWords, quantity: Quantity) -> bool:
    """`خطفت في 2014 أكثر من 200 فتاة`: the year of what is told."""
    return quantity.low in _YEARS and quantity.low == quantity.high and words.sign(quantity.first - 1, "year_after")


def _is_where(words: CountWords, quantity: Quantity) -> bool:
    """`فروا من ثلاث مدن`: towns told as where something was, none that it befell."""
    noun = quantity.noun
    if noun is None or noun.entry.who or not words.sign(noun.first, "settlement"):
        return False
    return quantity.proclitic == BA or (words.near(quantity.first) and words.sign(quantity.first - 1, "towards"))


def _counts(words: CountWords, number: Number) -> bool:
    """Whether a numeral may count people or things: no date, clock time, share, measure or ordinal."""
    if number.ordinal or not number.exact or number.definite:
        return False
    if not _stands_free(words, number):
        return False
    if number.first and (words.near(number.first) or words.forms[number.first - 1] in words.articles):
        if words.sign(number.first - 1, "skip") or words.forms[number.first - 1] in words.articles:
            return False
        counted = not number.digits and number.value in (1, 2) and words.noun(number.first - 1) is not None
        if counted and not (number.value == 2 and words.governed(number.first)):
            return False  # شخص واحد: the noun has been counted; إصابة اثنين: it governs
    if number.last < len(words.forms):
        if words.sign(number.last, "measure") or words.sign(number.last, "percent"):
            return False
        if number.last in words.timed and words.near(number.last):
            return False
        if words.sign(number.last, "from") and number.last + 1 in words.timed:
            return False
    return number.value > 0 and not (number.value == 1 and not number.digits)


def _stands_free(words: CountWords, number: Number) -> bool:
    """Whether the marks beside a numeral leave it a number: no share, fraction, clock time or part of a name."""
    before, after = words.gaps[number.first], words.gaps[number.last]
    if after[:1] in ("%", "/", ":"):
        return False
    if number.digits and any(words.forms[at : at + 1] == [_POINT] and not words.gaps[at] for at in _beside(number)):
        return False  # 4ر28: a decimal whose order nobody can tell
    if before.strip(_OPENING) or (number.digits and before.endswith(("-", "."))):
        return before.endswith("- ")
    return after != "-" or not number.digits or number.last in words.numbers


def _beside(number: Number) -> tuple[int, int]:
    """The tokens before and after a numeral."""
    return max(0, number.first - 1), number.last


def _take_range(words: CountWords, quantity: Quantity) -> None:
    """`بين 100 و300`, `20-30`, `من 4 إلى 6`: the higher bound."""
    at = quantity.last
    if at >= len(words.forms) or quantity.rule != "count.number":
        return
    before = quantity.first - 1
    between = before >= 0 and words.sign(before, "between")
    if between and (words.forms[at] in CONJUNCTIONS or words.sign(at, "to")):
        other = words.numbers.get(at + 1)
    elif words.gaps[at].strip() == "-" or _from_to(words, quantity.first, at):
        other = words.numbers.get(at if words.gaps[at].strip() == "-" else at + 1)
    else:
        other = words.numbers.get(at) if between else None
    if other is None or other.ordinal or quantity.low is None or other.value <= quantity.low:
        return
    quantity.high, quantity.last, quantity.rule = other.value, other.last, "count.range"
    if between:
        quantity.first, quantity.skip = before, 0


def _from_to(words: CountWords, first: int, at: int) -> bool:
    """`من 4 إلى 6 أشخاص`, `300 إلى 1200 جندي`; a figure that rose `من 12 إلى 15` is no range."""
    if not words.sign(at, "to") or any(words.sign(first - back, "number_of") for back in range(1, 8)):
        return False
    if words.sign(first - 1, "from"):
        return True
    other = words.numbers.get(at + 1)
    return other is not None and words.noun(other.last) is not None


def _take_modifier(words: CountWords, quantity: Quantity) -> None:
    """Words before a quantity that widen or blur it."""
    start = quantity.first
    for _ in range(2):
        found = words.modifier_at.get(start)
        if found is None or (start != quantity.first and not words.near(start)):
            return
        first, role = found
        if role == "about":
            quantity.approx = True
        elif quantity.rule == "count.range":
            pass
        elif role == "at_least":
            quantity.high = None
        elif role == "more" and quantity.low is not None:
            quantity.low, quantity.high = quantity.low + 1, None
            if quantity.rule == "count.vague":
                quantity.low -= 1
        elif role == "up_to" and quantity.high is not None:
            quantity.low = None
        elif role == "less" and quantity.high is not None:
            quantity.low, quantity.high = None, quantity.high - 1
        quantity.joined = words.forms[first][:1] == WA or (first > 0 and words.forms[first - 1] == WA)
        quantity.skip = 1 if words.forms[first][:1] in (WA, BA, LAM) and role in ("about", "more") else 0
        quantity.first = start = first
        if quantity.joined:
            return


def _take_noun(words: CountWords, quantity: Quantity) -> None:
    """The noun after a quantity, beside it or after `من`, with a sort of person told after it."""
    at = quantity.last
    if not words.near(at):
        return
    part = words.phrase(at, "of_them")
    if part is not None and part.last == at + 1 and not part.proclitic:
        quantity.last, quantity.part = part.last, True
        return
    others = words.phrase(at, "others")
    if others is not None:
        quantity.last, quantity.others = others.last, True
        return
    if _take_whole(words, quantity):
        return
    noun = words.noun(at)
    if noun is None and words.sign(at, "from"):
        if _names_place(words, at + 1):
            return  # فر العشرات من المدينة: from where, not of whom
        quantity.of = True
        for step in (1, 2):
            noun = words.noun(at + step) if words.near(at + step) else None
            if noun is not None and (step == 1 or noun.entry.who or words.sign(at + 1, "these")):
                break
            noun = None
        quantity.last = noun.last if noun is not None else min(at + 2, len(words.forms))
        quantity.noun = noun
        return
    if noun is None or (is_definite(noun) and quantity.rule != "count.vague"):
        if noun is None and words.near(at + 1) and '"' in words.gaps[at]:
            noun = words.noun(at + 1)
            if noun is None or is_definite(noun):
                return
        elif noun is None or quantity.low is None or quantity.low < 1000:
            return
    quantity.noun, quantity.last = noun, noun.last
    _sharpen(words, quantity, noun)


def _take_whole(words: CountWords, quantity: Quantity) -> bool:
    """`27 من أصل 30 مسيرة`: the part is what counts, of the noun of the whole."""
    match = words.phrase(quantity.last, "out_of")
    whole = words.numbers.get(match.last) if match is not None else None
    if whole is None or not words.near(whole.first):
        return False
    quantity.noun = words.noun(whole.last) if words.near(whole.last) else None
    quantity.last = quantity.noun.last if quantity.noun is not None else whole.last
    quantity.of = quantity.noun is None
    return True


def _names_place(words: CountWords, index: int) -> bool:
    """Whether what follows `من` is a thing such as a town, not one of those counted."""
    noun = words.noun(index)
    return noun is not None and noun.entry.what == "other" and not is_plural(noun)


def _sharpen(words: CountWords, quantity: Quantity, noun: Match) -> None:
    """`204 جرحى مدنيين`, `5 أشخاص آخرين`: what follows the noun tells who they are."""
    at = noun.last
    if not words.near(at):
        return
    others = words.phrase(at, "others")
    if others is not None:
        quantity.last = others.last
        return
    second = words.noun(at)
    if second is None or noun.entry.who != "people" or not noun.entry.what:
        return
    sort = second.entry
    if sort.role == "noun" and sort.who and not sort.what and is_plural(second) and not is_definite(second):
        quantity.last = second.last
        quantity.noun = noun._replace(entry=noun.entry._replace(who=sort.who))


def take_after(words: CountWords, quantity: Quantity) -> None:
    """`على الأقل` and its like after the counted noun."""
    for at in range(quantity.last, min(quantity.last + _AFTER, len(words.forms))):
        number = words.numbers.get(at)
        if not words.joined(at) or (number is not None and number.value != 1) or words.phrase(at, "vague") is not None:
            return
        found = words.phrase(at, "at_least_after", "at_most_after")
        if found is not None and quantity.rule == "count.single" and not words.near(at):
            one = words.numbers.get(at - 1)
            if one is None or one.value != 1:
                return  # `خمسة، بينهم طفل، على الأقل`: said of the five
        if found is not None and (at - quantity.last <= 1 or quantity.rule == "count.number"):
            if found.entry.role == "at_least_after" and quantity.low is not None:
                quantity.high = None
            elif found.entry.role == "at_most_after" and quantity.high is not None:
                quantity.low = None
            if at - quantity.last <= 1:
                quantity.last = found.last
            return


def read_dual(words: CountWords, index: int) -> Quantity | None:
    """A noun in the dual; None for one that may as well be plural, unless "two" follows."""
    for noun in sorted(words.nouns.get(index, ()), key=lambda match: (-match.last, match.entry.role != "noun")):
        construct = (
            is_construct_dual(noun)
            and words.forms[index].endswith(YA)  # `ضربتا` is a verb as well
            and noun.last < len(words.forms)
            and words.gaps[noun.last] in _CONSTRUCT
        )
        if noun.proclitic not in _CLITICS or not (is_dual(noun) or construct):
            continue
        if index and words.near(index) and noun.entry.role == "people" and not noun.proclitic:
            before = words.noun(index - 1, clitics=_CLITICS)
            if before is not None and before.entry.role == "noun":
                return None  # مسؤولان فلسطينيان: an adjective
        two = words.phrase(noun.last, "two") if words.near(noun.last) else None
        quantity = Quantity(index, noun.last, 2, 2, "count.dual", noun, skip=len(noun.proclitic))
        quantity.joined = noun.proclitic[:1] in CONJUNCTIONS
        quantity.proclitic = noun.proclitic
        if two is not None:
            quantity.last = two.last
        elif is_plural(noun) and not words.written(noun).endswith(_DUAL_ENDINGS):
            quantity.rule = "count.dual_or_plural"
        if _is_where(words, quantity):
            return None
        take_after(words, quantity)
        others = words.phrase(quantity.last, "others") if words.near(quantity.last) else None
        if others is not None:
            quantity.last = others.last
        return quantity
    return None
