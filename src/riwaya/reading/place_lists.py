"""Names that no gazetteer has: where they end, and which words of a list (`بلدات كذا وكذا، وكذا`) are names.

Token ranges are half-open indices into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from riwaya.knowledge.functions import FunctionTable
from riwaya.knowledge.place_words import PlaceWords
from riwaya.text.letters import ALEF, ARTICLE, BA, FA, HA, LAM, MIM, NUN, PREFIXED, SIN, TA, TANWIN, TO_THE, WA, YA
from riwaya.text.text import Text

_OTHER_LAYERS = frozenset(
    {"function", "trigger", "time", "number", "count", "cue", "actor", "place_cue", "actor_gentilic"}
)
_SHE, _HE = TA, YA  # how verbs of the present begin after a feminine and a masculine noun
_BEFORE_VERBS = (FA, LAM, SIN)
_PRONOUNS = (HA + MIM, HA + ALEF, HA + MIM + ALEF, NUN + ALEF)
# How a name in marks begins and ends.
_OPENED = {' "': '"', '"': '"', " (": ")", "(": ")", ' ("': '"', ' "(': ")", " /": "/"}
_BETWEEN = " \"'()[]"  # what may stand between the names of a list besides commas
_SEPARATORS = "\u060c,/\u0640-\u2013"
_PARTICIPLE = re.compile(f"{MIM}..?{WA}.{HA}")  # the passive participle, feminine: `منزوعة`
_NISBA = YA + HA
_COLON = ":"
_ENDS = ".:;\n!?\u061f\u061b"
_LONGEST = 3  # words of an unknown name
_QUOTED_WORDS = 4  # words of a name in marks, at most
_SHORT_NAME = 3
_LONG_NAME = 8  # letters from which no common verb is
_ITEMS = 24  # names of a list, at most


@dataclass(frozen=True, slots=True)
class Item:
    """A name of a list: its tokens, the letters of `و` before it, whether a gazetteer has it."""

    first: int
    last: int
    skip: int
    known: bool


@dataclass(frozen=True, slots=True)
class Names:
    """Tells where names stand that no gazetteer has: the text, the words around toponyms, verbs, and taken tokens."""

    text: Text
    words: PlaceWords
    functions: FunctionTable
    flags: bytearray

    def is_name(self, at: int, skip: int = 0) -> bool:
        """Whether a word, less ``skip`` letters before it, may be or begin a name: it is no other that we know."""
        text, words = self.text, self.words
        form = text.forms[at][skip:]
        if len(form) < 3 or form[0].isdigit() or form.isascii() or form.startswith(TO_THE):
            return False
        if any(words.has(kind, form) for kind in ("ordinary", "before_place", "epithet")) or form in words.sides:
            return False
        if form[0] in PREFIXED and (form[1:] in words.sides or form.endswith(_PRONOUNS)):
            return False
        if TANWIN in text.raw[text.starts[at] : text.ends[at]]:
            return False
        return not self._is_verb(form, after_and=skip > 0) and text.words[at].layers.isdisjoint(_OTHER_LAYERS)

    def _is_of_clause(self, at: int, form: str) -> bool:
        """Whether a word after `و` carries a pronoun or begins as a verb of the present does."""
        if form.endswith(_PRONOUNS):
            return True
        return form.startswith((_SHE, _HE)) and len(form) < _LONG_NAME and not self._is_marked_off(at + 1)

    def _is_verb(self, form: str, *, after_and: bool) -> bool:
        """Whether a word is a common verb, and no noun is spelled so where it does not follow `و`.

        One with a clitic before it is not asked for (`فيليا`).
        """
        verb = self.functions.verb(form) if form[0] not in _BEFORE_VERBS else self.functions.verbs.get(form)
        return verb is not None and (verb.sure or after_and)

    def is_foreign(self, at: int, *, feminine: bool, settled: bool = False) -> bool:
        """Whether a word without the article after a generic word is a name rather than an adjective or a verb.

        ``feminine`` tells the generic word's gender, with which both would agree (Ryding ch. 10, 21): `منطقة نائية`,
        `مدينة تقع`, `حي سكني`, `حي يقع`. After a ``settled`` place's word (`قرية`) a feminine word is a name where it
        has the form of no common adjective.
        """
        form = self.text.forms[at]
        if form.startswith(ARTICLE) or not self.is_name(at):
            return False
        if feminine:
            if form.endswith(HA) and (not settled or form.endswith(_NISBA) or _PARTICIPLE.fullmatch(form)):
                return False
            return not form.startswith(_SHE) or self._is_marked_off(at + 1) or (settled and self._is_no_verb(at))
        return not form.startswith(_HE) and not form.endswith(YA)

    def _is_no_verb(self, at: int) -> bool:
        """Whether a word that begins as verbs do is none that we know, and a preposition follows: `قرية تامور في`."""
        form = self.text.forms[at]
        known = form.endswith(_PRONOUNS) or self.functions.verb(form) is not None
        return not known and len(form) > _SHORT_NAME and self._is_closed(at + 1)

    def end(self, at: int, skip: int = 0, *, clause: bool = True) -> int | None:
        """The token after an unknown name that begins at ``at``, None where none does.

        It is one word, with `الشرقية` and the like; two after a first part (`كفر`, `أم`); up to three before a mark
        or the next name of a list. ``clause``: what looks like a verb after `و` (`ويقع`) is none.
        """
        text, form = self.text, self.text.forms[at][skip:]
        if self.words.has("first_part", form):
            return self._second_end(at + 1)
        if not self.is_name(at, skip):
            return None
        if skip and clause and self._is_of_clause(at, form):
            return None  # `ومخارجها`, `ويقع`
        last = at + 1
        if form.startswith(ARTICLE):
            return last + self._goes_on(last)
        while self._is_free(last) and last - at < _LONGEST:
            following = text.forms[last]
            if following.startswith(ARTICLE):
                return last + self._is_genitive(last)
            if following.startswith((WA, _SHE, _HE)) or not self.is_name(last):
                break
            last += 1
        return last if self._is_closed(last) else at + 1

    def marked_end(self, at: int, *, trusted: bool) -> int | None:
        """The token after a short name in quotation marks or brackets that begins at ``at`` (`قرية "كذا"`), else None.

        ``trusted``: any words may stand there, as after `مسجد`; else the first must be one that may be a name.
        """
        text = self.text
        closed = _OPENED.get(text.gaps[at])
        if closed is None:
            return None
        last = at + 1
        while last < min(at + _QUOTED_WORDS, len(text)) and text.gaps[last] == " ":
            last += 1
        if text.gaps[last][:1] != closed or any(self.flags[at:last]):
            return None
        if last - at > 1 and self.words.has("epithet", text.forms[last - 1]):
            last -= 1
        first = self.words.has("first_part", text.forms[at]) and last - at > 1
        return last if trusted or first or self.is_name(at) or (last - at > 1 and self.is_name(at + 1)) else None

    def read_list(
        self, at: int, known: dict[int, int], *, dual: bool = False, settled: bool = False
    ) -> Iterator[Item]:
        """The names of a list that begins at ``at``, in order; it ends at a word that is no name.

        ``known`` gives the end of each name that a gazetteer has by its first token; other taken tokens end the list.
        After a ``dual`` in the construct state (`قريتي`) two names stand (Ryding ch. 7); after a ``settled`` place's
        word (`قرى`) a feminine word may be one. A place in which the names before it lie may stand between two names
        (`قرى كذا بمحلية كذا، وكذا`).
        """
        text = self.text
        for number in range(_ITEMS):
            if at >= len(text) or (self.flags[at] and at not in known):
                return
            gap = text.gaps[at]
            opened = number == 0 and gap.strip(_BETWEEN) == _COLON
            if not opened and (any(mark in gap for mark in _ENDS) or gap.strip(_BETWEEN + _SEPARATORS)):
                return
            comma = any(mark in gap for mark in _SEPARATORS)
            skip = int(number > 0 and self._follows_and(text.forms[at]))
            if number and not (comma or skip):
                return
            last = known.get(at)
            if last is None and comma and skip and self.words.has("first_part", text.forms[at]):
                skip = 0  # `، وادي كذا`
            pair = dual and number < 2
            if last is not None:
                item: Item | None = Item(at, last, skip, known=True)
            else:
                item = self._unknown_item(at, skip, pair=pair, settled=settled)
            if item is None:
                return
            yield item
            at = self._after_container(item.last, known)

    def _follows_and(self, form: str) -> bool:
        """Whether a word begins with `و`: what is left is no fragment, or a first part of names (`وتل كذا`)."""
        return form.startswith(WA) and (len(form) > 3 or self.words.has("first_part", form[1:]))

    def _after_container(self, at: int, known: dict[int, int]) -> int:
        """The token after a known place with `ب` or `في` and its generic word, where a comma follows; else ``at``."""
        text = self.text
        if at + 1 >= len(text) or text.gaps[at] != " ":
            return at
        hits = [hit for hit in text.words[at].single if hit[0] == "place_cue" and hit[3][0] == "cue"]
        if not any(hit[1].endswith(BA) for hit in hits):
            return at
        last = known.get(at, known.get(at + 1, at))
        return last if any(mark in text.gaps[last] for mark in _SEPARATORS) else at

    def _unknown_item(self, at: int, skip: int, *, pair: bool = False, settled: bool = False) -> Item | None:
        """An unknown name of a list, None where the word at ``at`` is none.

        A word without the article and without `و` is told from `، مما` and `قرى كاملة` by what follows it, but for
        one of a ``pair``.
        """
        marked = self.marked_end(at, trusted=False)
        last = marked or self.end(at, skip, clause=not pair)
        if last is None:
            return None
        form = self.text.forms[at]
        bare = not (marked or skip or form.startswith(ARTICLE) or self.words.has("first_part", form))
        feminine = form.endswith(HA) and (not settled or form.endswith(_NISBA) or bool(_PARTICIPLE.fullmatch(form)))
        if bare and not pair and (form.startswith(WA) or feminine or not self._is_followed(last)):
            return None
        return Item(at, last, skip, known=False)

    def _second_end(self, at: int) -> int | None:
        """The token after the second part of a name (`كفر` …) at ``at``, None where no name goes on there."""
        if not self._is_free(at) or self.words.has("ordinary", self.text.forms[at]):
            return None
        if any(hit[0] == "place_cue" and hit[1] for hit in self.text.words[at].single):
            return None  # `بني بمحافظة كذا`
        return at + 1 + self._goes_on(at + 1)

    def _is_genitive(self, at: int) -> bool:
        """Whether a word with the article ends a name (`دوير الأكراد`) rather than being an adjective (`القريبة`)."""
        form = self.text.forms[at]
        if form.endswith((HA, YA)) or self.words.has("ordinary", form) or not self._ends_item(at + 1):
            return False
        return self.text.words[at].layers.isdisjoint(_OTHER_LAYERS - {"actor_gentilic"})

    def _goes_on(self, at: int) -> bool:
        """Whether a word after a name tells it from its namesake and belongs to it: `الشرقية`, `التحتا`."""
        return self._is_free(at) and self.words.has("last_part", self.text.forms[at])

    def _is_free(self, at: int) -> bool:
        """Whether a word stands right after another and belongs to nothing else."""
        return at < len(self.text) and self.text.gaps[at] == " " and not self.flags[at]

    def _is_marked_off(self, last: int) -> bool:
        """Whether a mark or the end of the text stands before a token."""
        return last >= len(self.text) or self.text.gaps[last] != " "

    def _ends_item(self, last: int) -> bool:
        """Whether a mark, the end of the text or the next name of a list stands before a token."""
        return self._is_marked_off(last) or self.text.forms[last].startswith(WA)

    def _is_closed(self, last: int) -> bool:
        """Whether a name of several words ends at a mark, a preposition, or before the next name of a list."""
        if self._ends_item(last):
            return True
        form = self.text.forms[last]
        return self.words.has("before_place", form) or form in self.words.sides

    def _is_followed(self, last: int) -> bool:
        """Whether another name of the list stands after a token."""
        if last >= len(self.text):
            return False
        gap = self.text.gaps[last]
        return any(mark in gap for mark in _SEPARATORS) or (gap == " " and self.text.forms[last].startswith(WA))
