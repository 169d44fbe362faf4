"""What stands around a trigger: clauses, the headline, parties, cues, and what governs each mention.

Arabic marks a role by place (verb, subject, object), by construct (`قصف الجيش`) and by preposition (`على`, `ضد`,
`من قبل`). There is no full parse here: clauses are cut at punctuation, at subordinating words and before a verb that
follows a conjunction; from each mention the reader walks back to the word that governs it (Ryding, A Reference Grammar
of Modern Standard Arabic, chapters 4, 8, 16, 18, 19).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from riwaya.knowledge.knowledge import Knowledge
from riwaya.model import Actor, ActorMention, Attribution, CountMention, PlaceMention, TimeMention
from riwaya.reading.syntax import Syntax, read_syntax
from riwaya.text.text import Text

_HARD = re.compile(r"[،,;؛:.!?؟()\[\]\n…]")
_HEADLINE_WORDS = 28
_WALK = 6
_LIST_MARKS = frozenset(' "،,')
_FINITE = ("perf", "impf", "jus", "sub")
_NOUNS = re.compile(r"\|(?:masdar|sg|acc|pl)")  # a noun that is spelled as the verb is
_BEFORE_VERBS = frozenset({"subordinator", "relative", "negator", "auxiliary", "particle_qad"})


Things = tuple[set[int], set[str], set[tuple[str, int | None]], set[str | None]]


@dataclass(frozen=True, slots=True)
class Governor:
    """What governs a mention: a preposition, the word before it, or the start of its clause.

    ``slot`` is the folded preposition, "bare" (no preposition within reach) or "start" (it opens its clause);
    ``at`` is the token index of the governing word (the mention's own first token where the preposition is a clitic).
    """

    slot: str
    at: int


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor mention, or people without a name (`المتظاهرون`), as it may stand in a role."""

    first: int
    last: int
    start: int
    end: int
    actor: Actor
    named: bool
    number: int  # order of first mention among the report's actors
    adjective: bool = False  # only a gentilic: `غارة إسرائيلية`
    how: str = "name"  # name, count (`خمسة أطفال`), implied by the kind of happening


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
    verbs: set[int] = field(default_factory=set)  # tokens that are finite verbs
    said: set[int] = field(default_factory=set)  # those of them that are cues of attribution
    light: dict[int, str] = field(default_factory=dict)  # token of a light verb (شن, تعرض) -> its id
    triggers: dict[int, str] = field(default_factory=dict)  # first tokens of the trigger candidates -> proclitics
    kept_syntax: Syntax | None = None
    governors: dict[int, Governor] = field(default_factory=dict)  # first token of a mention -> its governor, as asked
    standing: dict[int, tuple[int, bool]] = field(default_factory=dict)  # by party, as asked for
    things: dict[int, Things] = field(default_factory=dict)  # by sentence, as asked for

    @property
    def syntax(self) -> Syntax:
        """The symbols of the words and the paths between them; read once the trigger candidates are known."""
        if self.kept_syntax is None:
            self.kept_syntax = read_syntax(self)
        return self.kept_syntax

    def named_often(self, number: int) -> tuple[int, bool]:
        """How often a party is named, and whether the headline names it."""
        if not self.standing:
            for party in self.participants:
                times, headed = self.standing.get(party.number, (0, False))
                self.standing[party.number] = (times + 1, headed or party.first < self.head)
        return self.standing[number]

    def things_in(self, sentence: int) -> Things:
        """The actors, places, counts and days named in a sentence."""
        known = self.things.get(sentence)
        if known is None:
            part = self.text.sentences[sentence]
            low, high = part.first, part.last
            known = self.things[sentence] = (
                {p.number for p in self.participants if low <= p.first < high},
                {p.place.id for p in self.places if low <= p.first < high},
                {(str(c.what), c.min) for c in self.counts if low <= c.first < high},
                {t.from_ for t in self.times if low <= t.first < high},
            )
        return known

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
        and_before = self.text.forms[first][0] == "و"
        named: list[ActorMention | PlaceMention] = [*self.actors, *self.places]
        for mention in named:
            if mention.last == first and (and_before or "،" in gap or "," in gap):
                return self.governor(mention.first, mention.start)
        return None

    def _governor(self, first: int, start: int) -> Governor:
        clitic = self.proclitic(first, start)
        if clitic and clitic[-1] in "بلك":
            return Governor(clitic[-1], first)
        classes = self.knowledge.functions.classes
        forms, gaps = self.text.forms, self.text.gaps
        low = max(0, first - _WALK)
        at = first
        if clitic and clitic[-1] in "وف":
            return Governor("and", first)
        while at > low:
            gap = gaps[at]
            if gap != " " and _HARD.search(gap):
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
                if form.startswith("لل"):
                    return Governor("ل", at)
            if at in self.verbs:
                return Governor("bare", at)
        return Governor("bare", at)


def _find_clauses(scene: Scene) -> list[int]:
    classes = scene.knowledge.functions.classes
    forms, gaps, verbs = scene.text.forms, scene.text.gaps, scene.verbs
    clause: list[int] = []
    number = 0
    for index, form in enumerate(forms):
        gap = gaps[index]
        known = classes.get(form)
        if (
            (gap != " " and index and _HARD.search(gap))
            or (known and ("subordinator" in known or ("relative" in known and form != "من")))
            or (index in verbs and form[0] in "وف" and len(form) > 3)
        ):
            number += 1
        clause.append(number)
    return clause


def _find_verbs(scene: Scene) -> None:
    """Tokens that are finite verbs: those that the lexicon knows, and common verbs outside names."""
    text, functions = scene.text, scene.knowledge.functions
    for layer in ("trigger", "cue"):
        for match in text.of(layer):
            features = match.features
            if not features.startswith(_FINITE):
                continue
            if _NOUNS.search(features) and reads_as_noun(scene, match.first, match.proclitic):
                continue
            scene.verbs.add(match.first)
            if layer == "cue":
                scene.said.add(match.first)
    named: list[ActorMention | PlaceMention | TimeMention | CountMention] = [
        *scene.actors, *scene.places, *scene.times, *scene.counts
    ]  # fmt: skip
    taken = {at for mention in named for at in range(mention.first, mention.last)}
    for at, form in enumerate(text.forms):
        sure = functions.verb(form)
        if sure is None or at in taken or at in scene.verbs:
            continue
        if (sure and not _after(scene, at, "preposition")) or (at and _opens_clause(scene, at)):
            scene.verbs.add(at)


def _after(scene: Scene, at: int, name: str) -> bool:
    """Whether the word before a token is of a class, with nothing but a space between."""
    if not at or scene.text.gaps[at] != " ":
        return False
    return name in scene.knowledge.functions.classes.get(scene.text.forms[at - 1], ())


def _opens_clause(scene: Scene, at: int) -> bool:
    """Whether a verb is to be expected at a token: after a subordinator, relative, negator or auxiliary, or a stop."""
    if not at or _HARD.search(scene.text.gaps[at]):
        return True
    before = scene.text.forms[at - 1]
    known = scene.knowledge.functions.classes.get(before)
    if known is None and before[0] in "وف":
        known = scene.knowledge.functions.classes.get(before[1:])
    return bool(known and not known.isdisjoint(_BEFORE_VERBS) and before != "من")


def reads_as_noun(scene: Scene, at: int, proclitic: str) -> bool:
    """Whether a word spelled as a finite verb and as a verbal noun (`قصف`) is the noun at a token.

    It is the noun after a preposition, after a verb (as its subject or object), and in construct after an indefinite
    noun (`عملية قتل`); at the head of its clause and after a definite subject it is the verb (Ryding, chapters 4, 8).
    """
    if proclitic and proclitic[-1] in "بلك":
        return True
    if not at or _HARD.search(scene.text.gaps[at]) or (proclitic and proclitic[0] in "وف"):
        return False
    if _after(scene, at, "preposition"):
        return True
    if _opens_clause(scene, at):
        return False
    before = scene.text.forms[at - 1]
    if at - 1 in scene.verbs or at - 1 in scene.light or scene.knowledge.functions.verb(before):
        return True
    return not before.startswith(("ال", "وال", "لل", "بال")) and not scene.text.gaps[at].strip()


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


def _participants(scene: Scene) -> list[Participant]:
    numbers: dict[str, int] = {}
    found: list[Participant] = []
    for mention in scene.actors:
        number = numbers.setdefault(mention.actor.id, len(numbers))
        found.append(
            Participant(mention.first, mention.last, mention.start, mention.end, mention.actor, True, number)
        )
    starts = [mention.first for mention in scene.actors]
    for match in scene.text.of("party"):
        before = bisect_right(starts, match.first) - 1
        if before >= 0 and scene.actors[before].last > match.first:
            continue
        party = scene.knowledge.functions.parties[match.entry]
        start, end = scene.text.span(match.first, match.last, len(match.proclitic), len(match.enclitic))
        number = numbers.setdefault(party.name, len(numbers))
        actor = Actor(party.name, party.name, party.kind, known=False)
        found.append(Participant(match.first, match.last, start, end, actor, False, number))
    found += _counted(scene, numbers)
    found += _adjectives(scene, numbers)
    found.sort(key=lambda p: (p.first, -p.last, p.actor.id))
    return found


def _counted(scene: Scene, numbers: dict[str, int]) -> list[Participant]:
    """People whom a count names (`خمسة أطفال`): civilians."""
    found: list[Participant] = []
    for party in scene.knowledge.functions.parties:
        if not party.counted:
            continue
        actor = Actor(party.name, party.name, party.kind, known=False)
        for count in scene.counts:
            if count.who in party.counted:
                number = numbers.setdefault(party.name, len(numbers))
                found.append(
                    Participant(count.first, count.last, count.start, count.end, actor, False, number, how="count")
                )
    return found


def _adjectives(scene: Scene, numbers: dict[str, int]) -> list[Participant]:
    """States named by a gentilic alone (`غارة إسرائيلية`), outside the names of actors and places."""
    table = scene.knowledge.actors
    named: list[ActorMention | PlaceMention] = [*scene.actors, *scene.places]
    taken = {at for mention in named for at in range(mention.first, mention.last)}
    found: list[Participant] = []
    for match in scene.text.of("actor_gentilic"):
        state = table.states.get(match.entry)
        if state is None or match.first in taken or match.proclitic:
            continue
        actor = table.actor(state)
        start, end = scene.text.span(match.first, match.last)
        number = numbers.setdefault(actor.id, len(numbers))
        found.append(Participant(match.first, match.last, start, end, actor, True, number, adjective=True))
    return found


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
    scene.light = {match.first: match.entry.id for match in text.of("light")}
    _find_verbs(scene)
    scene.clause = _find_clauses(scene)
    scene.head = _head(text)
    scene.participants = _participants(scene)
    for match in text.of("function"):
        scene.cues.setdefault(match.first, []).append(match.entry)
    return scene
