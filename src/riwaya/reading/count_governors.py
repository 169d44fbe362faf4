"""Which verb or verbal noun governs a number: before it (`مقتل 5`), or after it as its subject (`خمسة جنود أصيبوا`).

Grammar: Ryding, A Reference Grammar of Modern Standard Arabic, chapters 3 (word order) and 34 (passive).
"""

from __future__ import annotations

from bisect import bisect_left

from riwaya.reading.count_quantities import Quantity
from riwaya.reading.count_words import CountWords, Governor
from riwaya.text.letters import FA, WA

_FOLLOWING = 8  # tokens between a number and the verb after it
_TOUCHING = ("many_detained", "many_abducted", "many_killed")  # signs of deeds done to many
_SINGLE = ("count.single", "count.others", "count.one_of")


class Governing:
    """Finds the governors of the quantities of one text."""

    def __init__(self, words: CountWords) -> None:
        """Take the counting words of a text."""
        self.words = words
        self.text = words.text
        self.governors = words.governors
        self.first_tokens = [governor.first for governor in words.governors]

    def before(self, index: int) -> Governor | None:
        """The nearest governor before a token in its sentence."""
        at = bisect_left(self.first_tokens, index) - 1
        while at >= 0 and (self.governors[at].last > index or self.governors[at].features == "after"):
            at -= 1
        if at < 0 or self.governors[at].first < self.text.sentence(index).first:
            return None
        return self.governors[at]

    def touched(self, quantity: Quantity) -> str:
        """`حملة اعتقالات واسعة طالت 20 شخصا`: what the deed that they met with tells, however far before it stands."""
        if not self.words.sign(quantity.first - 1, "touch") or quantity.noun is None or not quantity.noun.entry.who:
            return ""
        low = self.text.sentence(quantity.first).first
        for at in range(quantity.first - 2, low - 1, -1):
            role = next((role for role in _TOUCHING if self.words.sign(at, role)), None)
            if role is not None:
                return role.removeprefix("many_")
        return ""

    def fallen(self, index: int) -> Governor | None:
        """A weak word of death right before a token: `سقوط مدني`, `القضاء على إرهابي`."""
        governor = self.before(index)
        found = governor is not None and governor.weak and governor.what == "killed" and governor.last == index
        return governor if found and self.words.near(index) else None

    def direct(self, index: int, reach: int) -> Governor | None:
        """The governor right before a token, at most ``reach`` tokens away; None where none is or it is weak."""
        governor = self.before(index)
        if governor is None or governor.weak or (governor.features == "words" and governor.what == "released"):
            return None
        between = range(governor.last, index)
        if len(between) > reach or any(not self.words.near(at) for at in range(governor.last, index + 1)):
            return None
        if any(self.words.sign(at, "any") for at in between):
            return None
        return governor

    def after(self, quantity: Quantity) -> str:
        """What a verb after a quantity tells: `خمسة جنود قتلوا`, `12 مدنيا لقوا حتفهم`."""
        at = bisect_left(self.first_tokens, quantity.last)
        bare = quantity.noun is None and not quantity.of and not quantity.part
        numbered = self.words.sign(quantity.last, "number_of")
        reach = 1 if bare and not numbered else _FOLLOWING
        sentence = self.text.sentence(quantity.first)
        while at < len(self.governors):
            governor = self.governors[at]
            if governor.first - quantity.last > reach or governor.first >= sentence.last:
                return ""
            if any(self.words.phrase(token, "part") for token in range(quantity.last, governor.first)):
                return ""
            if governor.follows and not (governor.weak and self.protest(quantity)):
                between = range(
                    quantity.last, governor.first if reach == _FOLLOWING and not numbered else quantity.last
                )
                return "" if any(self.words.sign(token, "that") for token in between) else governor.what
            if governor.conjunction or governor.masdar:
                return ""
            at += 1
        return ""

    def opens_clause(self, quantity: Quantity) -> bool:
        """Whether a quantity stands first in its clause, so that its verb comes after it."""
        words, before = self.words, quantity.first - 1
        if before < 0 or not words.near(quantity.first) or quantity.first == self.text.sentence(quantity.first).first:
            return True
        return words.sign(before, "that")

    def protest(self, quantity: Quantity) -> bool:
        """Whether the sentence tells of a protest, so that those who come out are no evacuees."""
        sentence = self.text.sentence(quantity.first)
        return any(self.words.sign(at, "protest") for at in range(sentence.first, sentence.last))

    def _has_subject(self, verb: Governor) -> bool:
        """Whether a person stands right before a verb: `إن فلسطينيا استشهد وأصيب 18`."""
        noun = self.words.noun(verb.first - 1, clitics=("", WA, FA)) if self.words.near(verb.first) else None
        return noun is not None and bool(noun.entry.who)

    def with_wounded(self, governor: Governor, rule: str, subject: Quantity | None) -> str:
        """What a governor tells; `مقتل وإصابة 20`: killed and wounded in one figure are casualties.

        ``subject``: the quantity of which the verb before the governor tells (`10 قتلوا وأصيب 37`).
        """
        at = bisect_left(self.first_tokens, governor.first) - 1
        beside = self.governors[at].last == governor.first and self.words.near(governor.first)
        if at < 0 or not governor.conjunction or not beside or rule in _SINGLE:
            return governor.what
        other = self.governors[at]
        told = subject is not None and 0 <= other.first - subject.last <= _FOLLOWING
        told = told or (not other.masdar and self._has_subject(other))
        merges = not told and other.features != "after" and {other.what, governor.what} == {"killed", "wounded"}
        return "casualties" if merges else governor.what
