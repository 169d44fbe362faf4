"""What stands around a trigger: clauses, the headline, parties, cues, and what governs each mention.

Arabic marks a role by place (verb, subject, object), by construct (`قصف الجيش`) and by preposition (`على`, `ضد`,
`من قبل`). There is no full parse here: clauses are cut at punctuation, at subordinating words and before a verb that
follows a conjunction; from each mention the reader walks back to the word that governs it (Ryding, A Reference Grammar
of Modern Standard Arabic, chapters 4, 8, 16, 18, 19).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from riwaya.knowledge.knowledge import Knowledge
from riwaya.knowledge.lexicon import Match
from riwaya.model import ActorMention, Attribution, CountMention, PlaceMention, TimeMention
from riwaya.reading.attribution import innermost
from riwaya.reading.clauses import read_grammar
from riwaya.reading.grammar import Grammar
from riwaya.reading.participants import Participant, find_participants
from riwaya.reading.stops import HARD_STOP
from riwaya.reading.syntax import Syntax, read_syntax
from riwaya.reading.verbs import find_verbs
from riwaya.text.letters import AND, ARTICLE, HA, LAM, MARBUTA, PREFIXED, TO_THE, WA
from riwaya.text.text import Text

_HEADLINE_WORDS = 28
_WALK = 6
_TA_MARBUTA = MARBUTA
_LIST_MARKS = frozenset(' "،,')


_OWN_CLASSES = frozenset({"preposition", "subordinator", "relative", "negator"})  # of words that are no light verbs
_AROUND = 6  # words on each side of a trigger


class Spot(Protocol):
    """Where a trigger stands."""

    first: int
    last: int
    sentence: int


Mention = TypeVar("Mention", "Participant", PlaceMention, CountMention)


def bare_word(form: str) -> str:
    """A folded word without conjunction, attached preposition and article, and without the ending of its gender."""
    for start in ("وال", "بال", TO_THE, ARTICLE, WA):
        if form.startswith(start) and len(form) - len(start) > 2:
            form = form[len(start) :]
            break
    return form[:-1] if form.endswith(HA) and len(form) > 3 else form


class Named(NamedTuple):
    """What a sentence names, in text order."""

    parties: list[Participant]
    places: list[PlaceMention]
    counts: list[CountMention]
    times: list[TimeMention]


Things = tuple[set[int], set[str], set[tuple[str, int | None]], set[str | None]]


@dataclass(frozen=True, slots=True)
class Governor:
    """What governs a mention: a preposition, the word before it, or the start of its clause.

    ``slot`` is the folded preposition, "bare" (no preposition within reach) or "start" (it opens its clause);
    ``at`` is the token index of the governing word (the mention's own first token where the preposition is a clitic).
    """

    slot: str
    at: int


@dataclass(slots=True)
class Scene:
    """A report's text with everything read in it, indexed for the event reader."""

    text: Text
    knowledge: Knowledge
    published: date | None
    times: Sequence[TimeMention]
    places: Sequence[PlaceMention]
    actors: Sequence[ActorMention]
    counts: Sequence[CountMention]
    attributions: Sequence[Attribution]
    clause: list[int] = field(default_factory=list)
    head: int = 0  # tokens of the headline; 0 where the report has none
    participants: list[Participant] = field(default_factory=list)
    cues: dict[int, list[str]] = field(default_factory=dict)  # token -> classes of reality cues that begin there
    verbs: dict[int, str] = field(default_factory=dict)  # tokens that are finite verbs -> what they are forms of
    said: set[int] = field(default_factory=set)  # those of them that are cues of attribution
    light: dict[int, str] = field(default_factory=dict)  # token of a light verb (شن, تعرض) -> its id
    triggers: dict[int, str] = field(default_factory=dict)  # first tokens of the trigger candidates -> proclitics
    kept_syntax: Syntax | None = None
    kept_grammar: Grammar | None = None
    governors: dict[int, Governor] = field(default_factory=dict)  # first token of a mention -> its governor, as asked
    standing: dict[int, tuple[int, bool]] = field(default_factory=dict)  # by party, as asked for
    words: dict[int, list[str]] = field(default_factory=dict)  # content words by sentence, as asked for
    contents: dict[int, frozenset[str]] = field(default_factory=dict)  # by sentence
    contents_around: dict[int, frozenset[str]] = field(default_factory=dict)  # by first token of a trigger
    nearest: dict[int, tuple[int | None, str | None, tuple[str, int | None] | None]] = field(default_factory=dict)
    by_sentence: list[Named] = field(default_factory=list)  # as asked for
    things: dict[int, Things] = field(default_factory=dict)  # by sentence, as asked for
    spoken: dict[int, Attribution | None] = field(default_factory=dict)  # by raw offset, as asked for
    opening: dict[int, list[Participant]] = field(default_factory=dict)  # by first token, as asked for

    @property
    def syntax(self) -> Syntax:
        """The symbols of the words and the paths between them; read once the trigger candidates are known."""
        if self.kept_syntax is None:
            self.kept_syntax = read_syntax(self)
        return self.kept_syntax

    @property
    def grammar(self) -> Grammar:
        """What each word depends on; read once the trigger candidates are known."""
        if self.kept_grammar is None:
            self.kept_grammar = read_grammar(self)
        return self.kept_grammar

    def speaking_at(self, offset: int) -> Attribution | None:
        """The narrowest attribution that covers a raw offset, None where none does."""
        if offset not in self.spoken:
            self.spoken[offset] = innermost(self.attributions, offset)
        return self.spoken[offset]

    def opening_at(self, token: int) -> list[Participant]:
        """The participants whose mention begins at a token."""
        if not self.opening:
            for party in self.participants:
                self.opening.setdefault(party.first, []).append(party)
        return self.opening.get(token, [])

    def named_often(self, number: int) -> tuple[int, bool]:
        """How often a party is named, and whether the headline names it."""
        if not self.standing:
            for party in self.participants:
                times, headed = self.standing.get(party.number, (0, False))
                self.standing[party.number] = (times + 1, headed or party.first < self.head)
        return self.standing[number]

    def named_in(self, sentence: int) -> Named:
        """The participants, places, counts and times of a sentence, in text order."""
        if not self.by_sentence:
            self.by_sentence = [Named([], [], [], []) for _ in self.text.sentences]
            sentence_of = self.text.sentence_of
            for party in self.participants:
                self.by_sentence[sentence_of[party.first]].parties.append(party)
            for place in self.places:
                self.by_sentence[sentence_of[place.first]].places.append(place)
            for count in self.counts:
                self.by_sentence[sentence_of[count.first]].counts.append(count)
            for time in self.times:
                self.by_sentence[sentence_of[time.first]].times.append(time)
        return self.by_sentence[sentence]

    def things_in(self, sentence: int) -> Things:
        """The actors, places, counts and days named in a sentence."""
        known = self.things.get(sentence)
        if known is None:
            named = self.named_in(sentence)
            known = self.things[sentence] = (
                {party.number for party in named.parties},
                {place.place.id for place in named.places},
                {(str(count.what), count.min) for count in named.counts},
                {time.from_ for time in named.times},
            )
        return known

    def content(self, sentence: int) -> frozenset[str]:
        """The content words of a sentence, without the article and what is attached."""
        known = self.contents.get(sentence)
        if known is None:
            known = self.contents[sentence] = frozenset(self._content(sentence))
        return known

    def content_around(self, spot: Spot) -> frozenset[str]:
        """The content words within six words of a trigger in its sentence, the trigger left out."""
        known = self.contents_around.get(spot.first)
        if known is None:
            words, start = self._content(spot.sentence), self.text.sentences[spot.sentence].first
            first, last = spot.first - start, spot.last - start
            before, after = words[max(0, first - _AROUND) : first], words[last : last + _AROUND]
            known = self.contents_around[spot.first] = frozenset((*before, *after))
        return known

    def _content(self, sentence: int) -> list[str]:
        """The content word of each token of a sentence; "" for one that is none."""
        known = self.words.get(sentence)
        if known is None:
            part = self.text.sentences[sentence]
            classes, symbols = self.knowledge.functions.classes, self.syntax.symbol[part.first : part.last]
            known = self.words[sentence] = [
                bare_word(form) if len(form) > 2 and symbol in ("n", "V", "") and form not in classes else ""
                for form, symbol in zip(self.text.forms[part.first : part.last], symbols, strict=True)
            ]
        return known

    def nearest_in_clause(self, spot: Spot) -> tuple[int | None, str | None, tuple[str, int | None] | None]:
        """The party, place and figure nearest to a trigger in its clause, None for each that the clause lacks."""
        known = self.nearest.get(spot.first)
        if known is None:
            clause, named = self.clause, self.named_in(spot.sentence)
            where = clause[spot.first]

            def best(mentions: Iterable[Mention]) -> Mention | None:
                """The mention of the trigger's clause that stands nearest, None for none."""
                near = [m for m in mentions if clause[m.first] == where]
                return min(near, key=lambda m: abs(m.first - spot.first), default=None)

            party, place, count = best(named.parties), best(named.places), best(named.counts)
            known = self.nearest[spot.first] = (
                party.number if party else None,
                place.place.id if place else None,
                (str(count.what), count.min) if count else None,
            )
        return known

    def party_at(self, spot: Spot) -> int | None:
        """The number of the party that stands right after a trigger (`ضربات روسية`, `قصف الجيش`), None for none."""
        named = self.named_in(spot.sentence).parties
        return next((party.number for party in named if 0 <= party.first - spot.last <= 1), None)

    def sentence(self, token: int) -> int:
        """The number of the sentence of a token."""
        return self.text.sentence_of[token]

    def proclitic(self, first: int, start: int) -> str:
        """The folded letters of a mention's first token that stand before the mention."""
        skipped = start - self.text.starts[first]
        return self.text.forms[first][:skipped] if skipped > 0 else ""

    def governor(self, first: int, start: int) -> Governor:
        """What governs a mention that begins at token ``first`` and raw offset ``start``.

        A mention that is joined to the one before it (`تركيا وإيران`, `تركيا، وإيران`) is governed as that one is.
        """
        known = self.governors.get(first)
        if known is None:
            known = self._governor(first, start)
            if known.slot == "and" or (known.slot == "start" and known.at == first):
                known = self._joined(first) or known
            self.governors[first] = known
        return known

    def _joined(self, first: int) -> Governor | None:
        gap = self.text.gaps[first]
        if first == 0 or not set(gap) <= _LIST_MARKS:
            return None
        and_before = self.text.forms[first][0] == WA
        named: list[ActorMention | PlaceMention] = [*self.actors, *self.places]
        for mention in named:
            if mention.last == first and (and_before or "،" in gap or "," in gap):
                return self.governor(mention.first, mention.start)
        return None

    def _governor(self, first: int, start: int) -> Governor:
        clitic = self.proclitic(first, start)
        if clitic and clitic[-1] in PREFIXED:
            return Governor(clitic[-1], first)
        classes = self.knowledge.functions.classes
        forms, gaps = self.text.forms, self.text.gaps
        low = max(0, first - _WALK)
        at = first
        if clitic and clitic[-1] in AND:
            return Governor("and", first)
        while at > low:
            gap = gaps[at]
            if gap != " " and HARD_STOP.search(gap):
                return Governor("start" if at == first else "bare", at)
            at -= 1
            form = forms[at]
            known = classes.get(form)
            if known and "preposition" in known:
                return Governor(form, at)
            if form[0] in "ول" and len(form) > 2:
                known = classes.get(form[1:])
                if known and "preposition" in known:
                    return Governor(form[1:], at)
                if form.startswith(TO_THE):
                    return Governor(LAM, at)
            if at in self.verbs:
                return Governor("bare", at)
        return Governor("bare", at)


def _other_gender(text: Text, match: Match) -> bool:
    """Whether a word ends in a ta marbuta that its reading has not: `موجة` (wave) is no masculine `موجه`."""
    masculine = "part.ms" in match.features and match.last - match.first == 1
    return masculine and text.raw[text.ends[match.first] - 1] == _TA_MARBUTA


def _find_clauses(scene: Scene) -> list[int]:
    classes = scene.knowledge.functions.classes
    forms, gaps, verbs = scene.text.forms, scene.text.gaps, scene.verbs
    clause: list[int] = []
    number = 0
    for index, form in enumerate(forms):
        gap = gaps[index]
        known = classes.get(form)
        if (
            (gap != " " and index and HARD_STOP.search(gap))
            or (known and ("subordinator" in known or ("relative" in known and "preposition" not in known)))
            or (index in verbs and form[0] in AND and len(form) > 3)
        ):
            number += 1
        clause.append(number)
    return clause


def _head(text: Text) -> int:
    """The number of tokens of the headline: a short first paragraph without a full stop, above others."""
    if not text.sentences or text.sentences[-1].paragraph == 0:
        return 0
    last = 0
    for sentence in text.sentences:
        if sentence.paragraph > 0:
            break
        last = sentence.last
        if sentence.terminator == ".":
            return 0
    return last if 2 <= last <= _HEADLINE_WORDS else 0


def read_scene(
    text: Text,
    knowledge: Knowledge,
    published: date | None,
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
    counts: Sequence[CountMention],
    attributions: Sequence[Attribution],
) -> Scene:
    """The scene of a report. The mentions must be sorted by position."""
    scene = Scene(text, knowledge, published, times, places, actors, counts, attributions)
    classes = knowledge.functions.classes
    scene.light = {
        match.first: match.entry.id
        for match in text.of("light")
        if not _other_gender(text, match) and _OWN_CLASSES.isdisjoint(classes.get(text.forms[match.first], ()))
    }
    find_verbs(scene)
    scene.clause = _find_clauses(scene)
    scene.head = _head(text)
    scene.participants = find_participants(scene)
    for match in text.of("function"):
        scene.cues.setdefault(match.first, []).append(match.entry)
    return scene
