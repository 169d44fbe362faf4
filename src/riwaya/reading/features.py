"""Named features of the event reader's decisions, and what they share: classes of distance, what came before.

A feature is a readable string; the same functions serve reading and training. Numbers are put into classes so that a
weight means the same in short and long reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from riwaya.model import FAMILIES
from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.scene import Scene, bare_word

FAMILY = {str(kind): family for family, kinds in FAMILIES.items() for kind in kinds}


def distance_class(tokens: int) -> str:
    """A distance in tokens as a class: 0, 1, 2, 3, 5, 8, 13, far (the class is the upper bound)."""
    for bound in (0, 1, 2, 3, 5, 8, 13):
        if tokens <= bound:
            return str(bound)
    return "far"


def tense_of(sense: Sense) -> str:
    """The inflection class of a sense: perf, impf, jus, sub, masdar, noun …"""
    return sense.features.split(".", 1)[0] or sense.trigger.pos


@dataclass(slots=True)
class History:
    """What was taken as events so far, while reading on."""

    kinds: dict[str, list[Candidate]] = field(default_factory=dict)
    families: dict[str, list[Candidate]] = field(default_factory=dict)
    lemmas: set[str] = field(default_factory=set)
    last: Candidate | None = None
    last_kind: str = ""
    count: int = 0
    sentences: dict[int, int] = field(default_factory=dict)  # events told so far, by sentence

    def here(self, sentence: int) -> int:
        """The number of events that a sentence has told so far."""
        return self.sentences.get(sentence, 0)

    def add(self, candidate: Candidate, sense: Sense) -> None:
        """Take a candidate as an event."""
        self.kinds.setdefault(sense.kind, []).append(candidate)
        self.families.setdefault(FAMILY[sense.kind], []).append(candidate)
        self.lemmas.add(sense.trigger.lemma)
        self.last = candidate
        self.last_kind = str(sense.kind)
        self.sentences[candidate.sentence] = self.here(candidate.sentence) + 1
        self.count += 1


@dataclass(slots=True)
class Previous:
    """What the event before this one was given: reports go on about the same parties, places and days."""

    agents: frozenset[str] = frozenset()  # actor ids
    targets: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()  # place ids
    time: tuple[str | None, str | None] | None = None
    sources: frozenset[tuple[str, str]] = frozenset()  # actor id, stance
    sentence: int = -9
    kind: str = ""
    background: bool = False
    status: str = ""
    doers: dict[str, int] = field(default_factory=dict)  # actor id -> events so far of which it was an agent
    done_to: dict[str, int] = field(default_factory=dict)  # the same for targets


def count_up(counts: dict[str, int], names: Iterable[str]) -> dict[str, int]:
    """The counts with one more for each name."""
    return {**counts, **{name: counts.get(name, 0) + 1 for name in names}}


def relation(scene: Scene, candidate: Candidate, first: int, last: int) -> tuple[str, int, int, int]:
    """Order (before/after/inside), and distances in tokens, clauses and sentences of a mention from a candidate."""
    if first >= candidate.last:
        order, tokens = "after", first - candidate.last
    elif last <= candidate.first:
        order, tokens = "before", candidate.first - last
    else:
        order, tokens = "inside", 0
    clauses = abs(scene.clause[first] - candidate.clause)
    sentences = scene.text.sentence_of[first] - candidate.sentence
    return order, tokens, clauses, sentences


def route(scene: Scene, candidate: Candidate, first: int, last: int) -> str:
    """The path of symbols from a trigger to a mention of its sentence, with its direction."""
    if first >= candidate.last:
        return "> " + scene.syntax.path(candidate.last, first)
    if last <= candidate.first:
        return "< " + scene.syntax.path(last, candidate.first)
    return "in"


def hanging(scene: Scene, candidate: Candidate, first: int) -> tuple[str, str]:
    """How a mention of the trigger's sentence depends on it: the links between, and the link to its own governor."""
    grammar = scene.grammar
    return grammar.chain(first, candidate.first), f"{grammar.link[first]} of {governor_word(scene, first)}"


def governor_word(scene: Scene, token: int) -> str:
    """The word on which a token depends: the root of a verb, else the bare noun; "" for none."""
    head = scene.grammar.head[token]
    if head < 0:
        return ""
    return scene.light.get(head) or scene.verbs.get(head) or bare_word(scene.text.forms[head])


def near_class(clauses: int, sentences: int, in_head: bool) -> str:
    """Where a mention stands from the trigger: clauses away in its sentence, the headline, a sentence beside, far."""
    if sentences == 0:
        return f"clause{min(clauses, 3)}"
    if in_head:
        return "head"
    if sentences == -1:
        return "sentence-1"
    if sentences == 1:
        return "sentence+1"
    return "far"


def carried(previous: Previous, held: str, candidate: Candidate, kind: str, near: str) -> list[str]:
    """Features of a value that the event before held in some role (``held``; "" where it held none)."""
    if not held:
        return ["carried=no"] if previous.kind else ["first_event"]
    away = candidate.sentence - previous.sentence
    gap = "same" if away == 0 else "next" if away == 1 else "later"
    return [f"carried={held}", f"carried={held}|{gap}", f"carried={held}|{near}", f"carried={held}|{kind}",
            f"carried={held}|{'same_kind' if kind == previous.kind else 'other_kind'}"]  # fmt: skip
