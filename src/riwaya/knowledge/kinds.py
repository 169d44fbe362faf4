"""Event kinds and the words that name them: lookup and the senses of a text's trigger words.

Kinds, labels and codes follow the codebook ("Event"); the trigger words are in ``data/kinds/<kind>.yaml``. A trigger's
companion words decide whether it names its event here: ``excludes`` (هجوم المنتخب), ``not_after`` (عالم الاجتماع),
``needs`` (أطلق … النار), and
``supports`` that lend a weak word strength. Modifiers change the kind (قصف + جوي).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from riwaya.knowledge.word_keys import word_keys
from riwaya.model import Kind
from riwaya.text.letters import HA, MARBUTA, PREFIXED, SIN, TANWIN, YA

if TYPE_CHECKING:
    from riwaya.knowledge.lexicon import LexiconBuilder, Match
    from riwaya.text.text import Text

STRENGTHS = ("weak", "medium", "strong")
ROLES = ("agent", "target", "mediator", "at", "from", "to", "theme", "either")
# How far companion words may stand, in words of the same sentence: before, after.
REACH: dict[str, tuple[int, int]] = {
    "excludes": (3, 4),
    "needs": (6, 14),
    "after": (0, 3),
    "before": (3, 0),
    "not_after": (3, 0),
    "supports": (8, 10),
}
_FINITE = ("perf", "impf", "jus", "sub")


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A kind with its codes. ``line`` is the short English phrase for a table; ``cameo`` None where there is none."""

    kind: Kind
    label: str
    family: str
    acled_event: str
    acled_sub_event: str
    disorder: str
    plover: str | None
    cameo: str | None
    line: str
    source: str


@dataclass(frozen=True, slots=True, repr=False)
class Trigger:
    """A word or phrase that names events of a kind.

    ``frame``: (slot, role) pairs; slots are subject, object, idafa (the noun in construct after it) and prepositions as
    written. ``also``: kinds that the same word names as well. ``result``: a harm that is usually another event's count
    (قتل). ``spellings``: (written form, features) as registered. Companions are folded words or ``@group`` names.
    ``closed``: takes no pronoun at its end.
    """

    id: str
    lemma: str
    kind: Kind
    pos: str
    strength: str
    frame: tuple[tuple[str, str], ...]
    result: bool = False
    also: tuple[Kind, ...] = ()
    excludes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    closed: bool = False
    source: str = ""

    def role(self, slot: str) -> str | None:
        """The role that a slot holds, None where the trigger says nothing about it."""
        return next((role for known, role in self.frame if known == slot), None)

    def __repr__(self) -> str:
        """The id, which is unique."""
        return f"Trigger({self.id})"


@dataclass(frozen=True, slots=True, repr=False)
class LightVerb:
    """A verb that carries an event noun: شن غارة, تعرض لقصف.

    ``noun``: where the event noun stands (``object``, ``subject``, or a preposition). ``subject``, ``object``: roles
    that these hold in the noun's event, None where they hold none. ``status``: the status it implies in the perfect.
    """

    id: str
    lemma: str
    noun: str
    subject: str | None
    object: str | None
    status: str | None
    source: str = ""

    def __repr__(self) -> str:
        """The id, which is unique."""
        return f"LightVerb({self.id})"


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words that change the kind of triggers of the kinds ``on`` (of ``lemmas`` only, where given) into ``to``."""

    id: str
    on: tuple[Kind, ...]
    to: Kind
    words: tuple[str, ...]
    lemmas: tuple[str, ...] = ()
    reach: tuple[int, int] = (0, 3)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """A trigger word read in its sentence: its match, kind after modifiers, strength after supports, and the rules."""

    match: Match
    trigger: Trigger
    kind: Kind
    strength: str
    rule: str


class _Companions(NamedTuple):
    """A list of companion words, and how far they may stand before and after a trigger."""

    number: int
    before: int
    after: int


class _Checks(NamedTuple):
    """The companions of a trigger: of each of ``required`` one must stand beside it, of ``excluded`` none."""

    trigger: Trigger
    required: tuple[_Companions, ...]
    excluded: tuple[_Companions, ...]
    supports: _Companions | None
    modifiers: tuple[tuple[_Companions, Modifier], ...]


class _Members(dict[str, frozenset[int]]):
    """Word form -> the numbers of the companion lists that hold it; looked up when first asked for."""

    def __init__(self, find: Callable[[str], frozenset[int]]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, form: str) -> frozenset[int]:
        if len(self) >= _MEMORY:
            self.clear()
        found = self[form] = self.find(form)
        return found


@dataclass(slots=True)
class KindTable:
    """All kinds, triggers, light verbs and modifiers. Immutable after loading, but for a memory of word keys."""

    kinds: dict[Kind, KindEntry]
    triggers: dict[str, Trigger]
    spellings: dict[str, tuple[tuple[str, str], ...]]
    light_verbs: dict[str, LightVerb]
    modifiers: tuple[Modifier, ...]
    groups: dict[str, frozenset[str]]
    _numbers: dict[tuple[str, ...], int] = field(default_factory=dict, repr=False)
    _lists: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _known: _Members | None = field(default=None, repr=False)
    _checks: dict[str, _Checks] = field(default_factory=dict, repr=False)  # id of a trigger -> its companions

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The tables of ``<folder>/kinds/*.yaml`` of every folder; later folders add triggers to known kinds.

        Raises KnowledgeError where a file is not as it must be.
        """
        from riwaya.knowledge.kinds_file import read_kinds

        parts = read_kinds(folders)
        return cls(
            parts.kinds, parts.triggers, parts.spellings, parts.light_verbs, tuple(parts.modifiers), parts.groups
        )

    def __getstate__(self) -> tuple[object, ...]:
        """The tables without the spellings (they are in the lexicon) and without what was remembered."""
        return self.kinds, self.triggers, self.light_verbs, self.modifiers, self.groups

    def __setstate__(self, state: tuple[object, ...]) -> None:
        """Restore the tables."""
        self.kinds, self.triggers, self.light_verbs, self.modifiers, self.groups = state  # type: ignore[assignment]
        self.spellings = {}
        self._numbers = {}
        self._lists = {}
        self._known = None
        self._checks = {}

    def register(self, builder: LexiconBuilder) -> None:
        """Put every spelling of every trigger into layer ``trigger``, of light verbs into layer ``light``."""
        for layer, entries in (("trigger", self.triggers), ("light", self.light_verbs)):
            for key, entry in entries.items():
                for written, features in self.spellings[f"{layer}:{key}"]:
                    reading = features.split("|")[0]
                    closed = ".def" in reading or reading.endswith(".acc") or getattr(entry, "closed", False)
                    builder.add(layer, written, entry, features=features, enclitics=not closed)

    def entry(self, kind: Kind) -> KindEntry:
        """The entry of a kind."""
        return self.kinds[kind]

    def senses(self, text: Text) -> Iterator[Sense]:
        """Every trigger of a text that names its event where it stands, by first token.

        Of overlapping matches the longer one stays; a word that names events of several kinds gives several senses, and
        one whose kind a modifier changed gives that kind first, its own after it.
        """
        covered = -1
        longest = (-1, -1)
        matches = text.of("trigger")
        members = list(map(self._members().__getitem__, text.forms)) if matches else []
        for match in matches:
            if match.last <= covered and (match.first, match.last) != longest:
                continue
            sense = self._sense(text, match, members)
            if sense is None:
                continue
            if match.last > covered:
                covered, longest = match.last, (match.first, match.last)
            yield sense
            trigger = sense.trigger
            if sense.kind is not trigger.kind:
                yield Sense(match, trigger, trigger.kind, sense.strength, trigger.id)

    def _sense(self, text: Text, match: Match, members: list[frozenset[int]]) -> Sense | None:
        """What a match names in its sentence; None where its clitics or its companions say that it is no event.

        ``members`` are, for each token, the numbers of the companion lists that hold it.
        """
        if _misfit(match) or _is_feminine(text, match) or _is_accusative(text, match):
            return None
        trigger: Trigger = match.entry
        sentence = text.sentences[text.sentence_of[match.first]]
        bounds = (match.first, match.last, sentence.first, sentence.last)
        checks = self._checks.get(trigger.id)
        if checks is None or checks.trigger is not trigger:
            checks = self._checks[trigger.id] = self._checks_of(trigger)
        if match.features.startswith("jus") and not _stands(_JUSSIVE_LIST, members, bounds):
            return None
        for companions in checks.required:
            if not _stands(companions, members, bounds):
                return None
        for companions in checks.excluded:
            if _stands(companions, members, bounds):
                return None
        strength = trigger.strength
        if strength != "strong" and checks.supports is not None and _stands(checks.supports, members, bounds):
            strength = "strong"
        for companions, modifier in checks.modifiers:
            if _stands(companions, members, bounds):
                return Sense(match, trigger, modifier.to, strength, f"{trigger.id}+{modifier.id}")
        return Sense(match, trigger, trigger.kind, strength, trigger.id)

    def _checks_of(self, trigger: Trigger) -> _Checks:
        """What the companions of a trigger decide, with the lists by number."""

        def companions(name: str) -> _Companions | None:
            """The word numbers of one of the trigger's lists with their reach, None for an empty list."""
            words: tuple[str, ...] = getattr(trigger, name)
            return _Companions(self._numbers[words], *REACH[name]) if words else None

        required = (companions("after"), companions("before"), companions("needs"))
        excluded = (companions("not_after"), companions("excludes"))
        modifiers = [
            (_Companions(self._numbers[modifier.words], *modifier.reach), modifier)
            for modifier in self.modifiers
            if trigger.kind in modifier.on and modifier.to is not trigger.kind
            if not modifier.lemmas or trigger.lemma in modifier.lemmas
        ]
        return _Checks(
            trigger,
            tuple(each for each in required if each is not None),
            tuple(each for each in excluded if each is not None),
            companions("supports"),
            tuple(modifiers),
        )

    def _members(self) -> _Members:
        """The memory of companion lists by word form, made when first asked for."""
        if self._known is None:
            self._number()
            self._known = _Members(self._memberships)
        return self._known

    def _memberships(self, form: str) -> frozenset[int]:
        """The numbers of the companion lists that hold a form."""
        return frozenset([number for key in word_keys(form) for number in self._lists.get(key, ())]) or _NO_LISTS

    def _number(self) -> None:
        """Number the companion lists, and note for each word the lists that hold it, groups spelled out."""
        numbers: dict[tuple[str, ...], int] = {_JUSSIVE: 0}
        for trigger in self.triggers.values():
            for name in REACH:
                numbers.setdefault(getattr(trigger, name), len(numbers))
        for modifier in self.modifiers:
            numbers.setdefault(modifier.words, len(numbers))
        found: dict[str, dict[int, None]] = {}
        for words, number in numbers.items():
            for word in words:
                for member in self.groups[word] if word.startswith("@") else (word,):
                    found.setdefault(member, {})[number] = None
        self._lists = {key: tuple(value) for key, value in found.items()}
        self._numbers = numbers

    def lines(self) -> Mapping[Kind, str]:
        """The short English phrase of every kind."""
        return {kind: entry.line for kind, entry in self.kinds.items()}


def _stands(companions: _Companions, members: list[frozenset[int]], bounds: tuple[int, int, int, int]) -> bool:
    """Whether one of the words stands within reach of the tokens ``first``..``last`` in their sentence."""
    first, last, low, high = bounds
    number, before, after = companions
    if before:
        for held in members[max(low, first - before) : first]:
            if number in held:
                return True
    if after:
        for held in members[last : min(high, last + after)]:
            if number in held:
                return True
    return False


def _misfit(match: Match) -> bool:
    """Whether the clitics cannot stand on the word: a preposition before a finite verb, the future س before a noun."""
    finite = match.features.startswith(_FINITE)
    if match.enclitic == _ME and _DUAL in match.features:  # `طهراني` is a name, not "the two cleansed me"
        return True
    if finite and match.enclitic == _MINE and "|" not in match.features:
        return True
    if not match.proclitic:
        return False
    if match.proclitic[-1] in PREFIXED and finite and "|" not in match.features:
        return not (match.proclitic[-1] == PREFIXED[1] and match.features.startswith(("impf", "sub", "jus")))
    return match.proclitic[-1] == _FUTURE and "impf" not in match.features


def _is_feminine(text: Text, match: Match) -> bool:
    """Whether what looks like a pronoun is the ending of a feminine noun: `طالبة` is no "demanded of him"."""
    return match.enclitic == _HIS and text.raw[text.ends[match.last - 1] - 1] == _TA_MARBUTA


def _is_accusative(text: Text, match: Match) -> bool:
    """Whether what looks like a dual verb is a noun: `315 طالبا`, `طالبًا`."""
    if _DUAL not in match.features or match.enclitic:
        return False
    before = text.forms[match.first - 1] if match.first else ""
    return before.isdigit() or _TANWIN in text.raw[text.starts[match.first] : text.ends[match.last - 1] + 1]


_TANWIN = TANWIN
_HIS, _TA_MARBUTA = HA, MARBUTA
_FUTURE = SIN
_MINE, _ME = YA, "ني"
_DUAL = ".3md"
# Particles that a jussive needs; a word that is spelled like a jussive is another word elsewhere (يستعد).
_JUSSIVE = ("@jussive",)
_JUSSIVE_LIST = _Companions(0, 1, 0)  # the first of the numbered lists
_NO_LISTS: frozenset[int] = frozenset()
# How many word forms are remembered with their companion lists.
_MEMORY = 50_000
