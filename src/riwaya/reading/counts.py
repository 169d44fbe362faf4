"""Find the numbers of people and things that a report gives, with what happened to them.

A number takes its meaning from its noun (`5 جرحى`, `12 قذيفة`), from the verb or verbal noun that governs it
(`مقتل 5`, `خمسة جنود أصيبوا`), or from the number it is joined to. Conventions: codebook, mentions, count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from riwaya.knowledge.countables import CountableTable
from riwaya.knowledge.lexicon import Match
from riwaya.model import CountMention
from riwaya.reading.count_governors import Governing
from riwaya.reading.count_lists import list_mate, part_phrase, same_sentence, total_of
from riwaya.reading.count_quantities import Quantity, read_dual, read_quantity, take_after
from riwaya.reading.count_reads import Read, mention_of
from riwaya.reading.count_tolls import read_toll
from riwaya.reading.count_words import CountWords, Governor, is_plural, is_single, tells_when
from riwaya.reading.numbers import Number, read_numbers
from riwaya.text.letters import LAM, WA
from riwaya.text.text import Text

_REACH = 9  # tokens between a governor and the number it governs
_COMMA_REACH = 3  # tokens over which a comma does not part governor and number
_FRAME = 2  # commas round an adverbial
_WEAK_REACH = 5  # tokens between a verb of motion and those who move
_LIST_REACH = 4  # tokens between two numbers of one list
_PLACES_REACH = 14  # the same where each number has its place after it
_NO_MUNITIONS = 20_000  # so many are barrels of oil
_DWELL = range(1, 5)  # tokens before a number in which a word for dwelling makes it a population
_HARMS = ("killed", "wounded", "detained", "abducted")
_DUALS = ("killed", "wounded")  # after the nouns of these a form in ين is read as a dual
_HELD = ("detained", "abducted")
_THINGS = ("vehicles", "strikes", "munitions")
_CUSTODY = ("detained", "abducted", "wounded", "displaced")


class HasCountables(Protocol):
    """Knowledge that holds the counting words."""

    @property
    def countables(self) -> CountableTable:
        """The counting words."""


def _one_case(one: Match, other: Match) -> bool:
    """Whether both are accusatives after one number: `575 ضابطا وجنديا`."""
    return all("sg.acc" in noun.features.split("|") for noun in (one, other))


class _Counter:
    """Reads the counts of one text from left to right."""

    def __init__(self, words: CountWords) -> None:
        """Take the counting words of a text."""
        self.words = words
        self.text = words.text
        self.governing = Governing(words)
        self.found: list[Read] = []

    def read(self) -> list[Read]:
        """All counts, in order."""
        words = self.words
        cursor = 0
        for index in sorted(words.openers):
            if index < cursor:
                continue
            quantity = self._quantity(index)
            if quantity is None or quantity.first < cursor:
                continue
            told = self._meaning(quantity)
            number = words.numbers.get(index)
            if told is not None:
                self.found.append(told)
                cursor = quantity.last
            elif number is not None:
                cursor = number.last
        return self.found

    def _quantity(self, index: int) -> Quantity | None:
        words = self.words
        number = words.numbers.get(index)
        if number is not None and not number.ordinal:
            return read_quantity(words, index)
        if index in words.phrases:
            return self._phrase_quantity(index)
        return self._noun_quantity(index)

    def _noun_quantity(self, index: int) -> Quantity | None:
        """A noun in the dual, or in the singular where something tells that it counts."""
        return (read_dual(self.words, index) or self._single(index)) if index in self.words.nouns else None

    def _phrase_quantity(self, index: int) -> Quantity | None:
        """A quantity that begins with a vague plural, `آخران` or `أحد`."""
        words = self.words
        if words.phrase(index, "vague") is not None:
            return read_quantity(words, index)
        others = words.phrase(index, "others")
        if others is not None and others.entry.low < 3 and self.governing.direct(index, 0) is not None:
            low = others.entry.low
            return Quantity(index, others.last, low, low, "count.others", others=True, skip=len(others.proclitic))
        one = words.phrase(index, "one")
        if one is not None:
            return self._one_of(index, one)
        return self._noun_quantity(index)

    def _one_of(self, index: int, one: Match) -> Quantity | None:
        """`إصابة أحد عناصر الأمن`: one of those named after it."""
        noun = self.words.noun(one.last) if self.words.near(one.last) else None
        if self.governing.direct(index, 0) is None:
            return None
        last = noun.last if noun is not None else min(one.last + 1, len(self.words.forms))
        return Quantity(index, last, 1, 1, "count.one_of", noun, skip=len(one.proclitic), of=True)

    def _single(self, index: int) -> Quantity | None:
        """A singular noun that a verb of harm governs directly, or that stands in a list or after `بينهم`."""
        words = self.words
        for noun in words.nouns[index]:
            if not is_single(noun) or noun.proclitic not in ("", WA) or not noun.entry.who:
                continue
            quantity = Quantity(index, noun.last, 1, 1, "count.single", noun, skip=len(noun.proclitic))
            quantity.joined = noun.proclitic == WA
            others = words.phrase(noun.last, "others") if words.near(noun.last) else None
            if others is not None:
                quantity.last = others.last
            take_after(words, quantity)
            if noun.entry.what:
                if index in self.governing.first_tokens:
                    return None  # إصابة, وفاة: the happening, not the person
                gives = words.sign(index - 1, "gives") and words.near(index) and not noun.proclitic
                return quantity if gives else None
            if quantity.joined:
                mate = list_mate(self.words, self.found, quantity)
                kind = mate.quantity.noun if mate is not None else None
                # 2000 مدني وعسكري: the two nouns share the number
                single = mate is not None and mate.quantity.rule == "count.single"  # شرطي وطفل: one each
                shared = kind is None or (not single and "sg" in kind.features.split("|")) or _one_case(kind, noun)
                return None if shared else quantity
            if part_phrase(self.words, quantity) is not None and self.found:
                return quantity
            if self._no_person(noun):
                return None
            people = noun.entry.role == "people"
            if people and "sg" not in noun.features.split("|"):
                continue  # تركيا, سوريا: the country, not the accusative of its people
            governor = self.governing.direct(index, 0 if people else 2) or self.governing.fallen(index)
            return quantity if governor is not None and self._harms_one(governor, index) else None
        return None

    def _no_person(self, noun: Match) -> bool:
        """`هجوم مسلح`: an adjective; `فرد إن`: "and he answered that"."""
        first = noun.first
        after_thing = self.words.near(first) and self.words.sign(first - 1, "deed")
        return after_thing or self.words.sign(noun.last, "saying")

    def _harms_one(self, governor: Governor, index: int) -> bool:
        """Whether a governor tells of one person: a harm or a release, with no other count between."""
        if governor.what not in (*_HARMS, "released"):
            return False
        if governor.masdar and "perf" not in governor.features and governor.last != index:
            return False  # مصرع ابنة رجل: another noun stands between
        return not self.found or self.found[-1].quantity.first < governor.first or governor.last == index

    def _meaning(self, quantity: Quantity) -> Read | None:
        """The quantity with what it counts, of whom, and the total it is a part of; None where it counts nothing."""
        noun = quantity.noun
        if noun is not None and quantity.of and noun.entry.what == "households":
            noun = quantity.noun = noun._replace(entry=noun.entry._replace(what="", who="civilians"))
        total = total_of(self.words, self.found, quantity)
        mate = list_mate(self.words, self.found, quantity)
        if total is None and mate is not None:
            total = mate.part_of
        what, rule = self._what(quantity, mate, total)
        if not what:
            return None
        if what == "abducted" and self._is_captured(quantity):
            what = "detained"
        who: str | None = noun.entry.who or None if noun is not None else None
        person = (noun is None or bool(noun.entry.who)) and what not in _THINGS
        if noun is None or (who == "people" and quantity.others):
            who = self._same_people(quantity)
        return Read(quantity, what, who if person else None, rule, total)

    def _is_captured(self, quantity: Quantity) -> bool:
        """Whether armed men are taken in battle (`أسر الجيش 25 مسلحا`): detained, as by an authority."""
        governor = self.governing.before(quantity.first)
        taken = governor is not None and self.words.sign(governor.first, "captured")
        who = quantity.noun.entry.who if quantity.noun is not None else self._same_people(quantity)
        return taken and who == "fighters"

    def _same_people(self, quantity: Quantity) -> str:
        """Those of whom the last count of the sentence tells, else people."""
        totals = [read for read in self.found[-4:] if read.part_of is None]
        if totals:
            last = totals[-1]
            here = self.text.sentence_of[quantity.first]
            if last.who and here - self.text.sentence_of[last.quantity.first] <= 0:
                return last.who
        return "people"

    def _what(self, quantity: Quantity, mate: Read | None, total: int | None) -> tuple[str, str]:
        """What a quantity counts, and the rule that tells it."""
        words, noun = self.words, quantity.noun
        for at in range(quantity.last, quantity.last + 3):
            if words.near(at) and words.phrase(at, "casualties") is not None:
                return "casualties", "count.killed_and_wounded"
        own = noun.entry.what if noun is not None else ""
        if noun is not None and not noun.entry.who:
            oil = own == "munitions" and (quantity.low or quantity.high or 0) >= _NO_MUNITIONS
            return ("", "") if oil else (own, quantity.rule)
        unsure = own or mate is not None or total is not None
        if unsure and quantity.rule == "count.dual_or_plural":
            return "", ""
        before = self.governing.before(quantity.first)
        if own:
            return self._own(quantity, own, before)
        state = self._state(quantity)
        if state:
            return state, quantity.rule
        if total is not None and (before is None or before.first < self.found[total].quantity.first):
            after = self.governing.after(quantity)
            return (after if after else self.found[total].what), "count.part"
        shared = mate is not None and (before is None or before.first < mate.quantity.first)
        if mate is not None and shared and mate.who is not None and mate.what != "other":
            return mate.what, "count.list"
        return self._governed(quantity, before)

    def _state(self, quantity: Quantity) -> str:
        """`3 مدنيين قتلى`: what the noun after those counted says of them."""
        for at in range(quantity.last, quantity.last + 2):
            noun = self.words.noun(at) if quantity.noun is not None and self.words.near(at) else None
            if noun is None:
                return ""
            if noun.entry.what in _DUALS and noun.entry.role == "noun" and is_plural(noun):
                return str(noun.entry.what)
        return ""

    def _own(self, quantity: Quantity, own: str, before: Governor | None) -> tuple[str, str]:
        """What a noun such as `جرحى` or `أسرى` counts: itself, unless those are set free or carried away."""
        words = self.words
        following = words.phrase(quantity.last, "wounded_too") if words.near(quantity.last) else None
        if own == "killed" and following is not None and self._agrees(quantity, following):
            return "casualties", "count.killed_and_wounded"
        fate = self._fate(quantity, own, before) if own in _CUSTODY else ""
        return (fate, "count.governed") if fate else (own, quantity.rule)

    def _agrees(self, quantity: Quantity, following: Match) -> bool:
        """Whether both nouns share one number: `25 قتيلا وجريحا`; `3 قتلى وجريح` are two counts."""
        return quantity.noun is None or is_plural(quantity.noun) != (following.entry.low == 1)

    def _fate(self, quantity: Quantity, own: str, before: Governor | None) -> str:
        """What became of captives, wounded or displaced: set free, carried away, killed; "" where nothing tells."""
        distance = quantity.first - before.last if before is not None else 99
        if before is not None and before.what == "released":
            return "released" if distance <= 2 or self._reaches(before, quantity, False, distance) else ""
        former = self.words.near(quantity.last) and self.words.sign(quantity.last, "former")
        moved = before is not None and before.what == "evacuated" and distance <= 2
        if own in _HELD and (former or moved):
            return "released"  # وصول 120 أسيرا, 48 محتجزا سابقا
        if before is not None and distance <= 2 and own in _HELD and self.words.sign(before.first, "handover"):
            return "released"  # تسليم 307 أسرى حرب
        if before is not None and distance <= 2 and not before.weak:
            alone = not quantity.joined and not (self.found and self.found[-1].quantity.first >= before.last)
            harmed = alone and own != "wounded" and before.what in ("killed", "wounded", "surrendered")
            if before.what == "evacuated" or harmed:
                return before.what
        after = self.governing.after(quantity) if own != "wounded" else ""
        return after if after in ("killed", "wounded", "released") else ""

    def _governed(self, quantity: Quantity, before: Governor | None) -> tuple[str, str]:
        """What the governor before or after a quantity tells; "other" for persons with none."""
        words = self.words
        bare = quantity.noun is None and not quantity.of and not quantity.part
        distance = quantity.first - before.last if before is not None else 99
        if before is not None and distance == 0 and words.sign(before.first, "doing") and self._armed(quantity):
            return "", ""  # اغتال مسلحان ضابطا
        counted = "" if quantity.rule == "count.dual_or_plural" else read_toll(words, self.governing, quantity)
        if counted and before is not None and before.weak:
            return counted, "count.toll"
        again = self._same_again(quantity)
        if again:
            return again, "count.list"
        touched = self.governing.touched(quantity)
        if touched:
            return touched, "count.governed"
        reached = before is not None and before.weak and self._is_reached(quantity)
        if before is not None and not reached and self._reaches(before, quantity, bare, distance):
            subject = distance > 1 and self.governing.opens_clause(quantity) and self.governing.after(quantity)
            if not subject:
                return self.governing.with_wounded(before, quantity.rule, self._subject()), "count.governed"
        if before is not None and before.weak and distance <= 1 and self.governing.protest(quantity):
            return "other", quantity.rule
        if counted:
            return counted, "count.toll"
        after = "" if quantity.rule == "count.dual_or_plural" else self.governing.after(quantity)
        if after:
            return after, "count.subject"
        if bare and quantity.rule == "count.vague" and self._come_together(quantity):
            return "other", quantity.rule
        unnamed = bare or (quantity.of and quantity.noun is None)
        if (
            unnamed
            or any(words.sign(quantity.first - back, "dwell") for back in _DWELL)
            or quantity.rule in ("count.dual_or_plural", "count.single")
        ):
            return "", ""
        return "other", quantity.rule

    def _same_again(self, quantity: Quantity) -> str:
        """`الإفراج عن ثلاثة، وعن عشر نساء`: what the count before it in the sentence tells."""
        known = self.found and self.words.sign(quantity.first - 1, "again")
        return self.found[-1].what if known and same_sentence(self.text, self.found[-1].quantity, quantity) else ""

    def _is_reached(self, quantity: Quantity) -> bool:
        """`وصل إلى 205`: a figure that something has reached, none of those who came."""
        words = self.words
        return words.sign(quantity.first - 1, "to") and words.sign(quantity.first - 2, "arrive")

    def _come_together(self, quantity: Quantity) -> bool:
        """`تجمع الآلاف`: those who protest."""
        return self.words.near(quantity.first) and self.words.sign(quantity.first - 1, "protest")

    def _armed(self, quantity: Quantity) -> bool:
        return quantity.noun is not None and quantity.noun.entry.who == "fighters"

    def _reaches(self, governor: Governor, quantity: Quantity, bare: bool, distance: int) -> bool:
        """Whether a governor before a quantity governs it."""
        words = self.words
        if distance > (2 if bare and not quantity.others else _REACH):
            return False
        if quantity.rule == "count.dual_or_plural" and not self._is_dual(quantity, governor, distance):
            return False
        commas = 0
        for at in range(governor.last, quantity.first + 1):
            if words.sign(at, "that") and at < quantity.first:
                return False
            commas += at > governor.last - 1 and not words.near(at)
        if commas and distance > _COMMA_REACH and not self._framed(governor, quantity, commas):
            return False
        if distance == 0 and governor.closed and not quantity.skip:
            return False
        if words.sign(governor.first, "sentence") and not self._is_sentenced(quantity):
            return False
        if governor.weak:
            return (not bare or quantity.others) and distance <= _WEAK_REACH and not self.governing.protest(quantity)
        if self.found and self.found[-1].quantity.first >= governor.last and distance > 2:
            return quantity.others or (self.found[-1].what == governor.what and distance <= _LIST_REACH)
        return True

    def _is_sentenced(self, quantity: Quantity) -> bool:
        """`بالسجن المؤبد بحق عشرة متهمين`, `بالسجن لثلاثة`: those against whom a sentence is passed."""
        words, before = self.words, quantity.first - 1
        return quantity.proclitic == LAM or words.sign(before, "against")

    def _framed(self, governor: Governor, quantity: Quantity, commas: int) -> bool:
        """Whether the commas only set off when it happened: `اعتقلت، منذ مساء أمس، 15 مواطنا`."""
        words = self.words
        if commas != _FRAME or words.near(quantity.first) or governor.masdar:
            return False
        opening = next(at for at in range(governor.last, quantity.first) if not words.near(at))
        return any(opening <= match.first < quantity.first for match in self.text.of("time") if tells_when(match))

    def _is_dual(self, quantity: Quantity, governor: Governor, distance: int) -> bool:
        """Whether a form in ين is a dual: right after the noun of a harm, and not of fighters, who come in numbers."""
        harm = governor.masdar and not governor.weak and governor.what in _DUALS
        return harm and distance == 0 and quantity.noun is not None and quantity.noun.entry.who != "fighters"

    def _subject(self) -> Quantity | None:
        """The quantity read last, where a verb after it told of it."""
        return self.found[-1].quantity if self.found and self.found[-1].rule == "count.subject" else None


def find_counts(text: Text, knowledge: HasCountables, numbers: Sequence[Number] | None = None) -> list[CountMention]:
    """The counts of a text in order, none overlapping another; offsets raw code points, half-open.

    ``part_of`` is an index into the list returned. ``numbers`` are the text's numerals where they have been read.
    """
    words = CountWords(text, knowledge.countables, read_numbers(text) if numbers is None else numbers)
    return [mention_of(text, told) for told in _Counter(words).read()]
