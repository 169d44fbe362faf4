"""Trigger candidates: the words that may name a happening, with the senses they may have."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from riwaya.knowledge.kinds import Sense as TriggerSense
from riwaya.knowledge.kinds import Trigger
from riwaya.model import Kind
from riwaya.reading.scene import Scene
from riwaya.reading.verbs import FINITE
from riwaya.text.letters import AND, ARTICLE
from riwaya.text.normalise import fold


@dataclass(slots=True)
class Sense:
    """One reading of a candidate: a trigger of a kind, in an inflection."""

    kind: Kind
    trigger: Trigger
    features: str
    enclitic: str
    strength: str
    rule: str
    frame: dict[str, str]  # folded syntactic slot -> role


@dataclass(slots=True)
class Candidate:
    """Words that may name a happening: tokens half-open, raw offsets half-open, senses with distinct kinds."""

    number: int
    first: int
    last: int
    start: int
    end: int
    proclitic: str
    senses: list[Sense]
    sentence: int
    clause: int
    form: str  # folded first word without proclitics
    cues: list[str] = field(default_factory=list)  # reality cues near it, with their distance class

    @property
    def verbal(self) -> bool:
        """Whether it is a finite verb."""
        return self.senses[0].features.startswith(FINITE)

    @property
    def definite(self) -> bool:
        """Whether it carries the article or a pronoun."""
        return self.form.startswith(ARTICLE) or bool(self.senses[0].enclitic)


def _blocked(scene: Scene) -> list[tuple[int, int]]:
    """Token ranges that name an actor, place or time: no trigger stands inside a name of several words."""
    taken = [(m.first, m.last) for m in scene.actors]
    taken += [(m.first, m.last) for m in scene.places]
    taken += [(m.first, m.last) for m in scene.times]
    return sorted(taken)


def _inside(taken: list[tuple[int, int]], firsts: list[int], first: int, last: int) -> bool:
    at = bisect_right(firsts, first) - 1
    return at >= 0 and taken[at][1] >= last


@cache
def _by_slot(frame: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The roles of a frame by folded slot; shared by all triggers of the frame, not to be changed."""
    return {fold(slot): role for slot, role in frame}


def _senses(scene: Scene, found: TriggerSense) -> Iterator[Sense]:
    """The senses of a trigger word: its kind, and the kinds that the same word names as well."""
    frame = _by_slot(found.trigger.frame)
    match = found.match
    features = match.features
    if features.startswith(FINITE) and match.first not in scene.verbs:
        features = next((part for part in features.split("|") if not part.startswith(FINITE)), "masdar")
    for kind in (found.kind, *found.trigger.also):
        rule = found.rule if kind is found.kind else f"{found.rule}>{kind}"
        yield Sense(kind, found.trigger, features, match.enclitic, found.strength, rule, frame)


def find_candidates(scene: Scene) -> list[Candidate]:
    """The trigger candidates of a report in text order; shorter ones inside longer ones are left out."""
    text = scene.text
    taken = _blocked(scene)
    firsts = [first for first, _ in taken]
    found: list[Candidate] = []
    for sense in scene.knowledge.kinds.senses(text):
        match = sense.match
        if found and found[-1].first == match.first:
            known = {other.kind for other in found[-1].senses}
            found[-1].senses.extend(other for other in _senses(scene, sense) if other.kind not in known)
            continue
        if (found and match.first < found[-1].last) or _inside(taken, firsts, match.first, match.last):
            continue
        start, end = text.span(match.first, match.last, len(match.proclitic), len(match.enclitic))
        found.append(
            Candidate(
                number=len(found),
                first=match.first,
                last=match.last,
                start=start,
                end=end,
                proclitic=match.proclitic,
                senses=list(_senses(scene, sense)),
                sentence=text.sentence_of[match.first],
                clause=scene.clause[match.first],
                form=text.forms[match.first][len(match.proclitic) :],
            )
        )
    scene.triggers = {candidate.first: candidate.proclitic for candidate in found}
    scene.kept_syntax = None
    for candidate in found:
        candidate.cues = _cues_near(scene, candidate)
    return found


def _cues_near(scene: Scene, candidate: Candidate) -> list[str]:
    """Classes of reality cues before the candidate in its sentence: `near` within three words, `far` within nine."""
    out: list[str] = []
    low = max(scene.text.sentences[candidate.sentence].first, candidate.first - 9)
    for at in range(candidate.first, low - 1, -1):
        for name in scene.cues.get(at, ()):
            distance = candidate.first - at
            if distance <= 3:
                out.append(f"{name}.near")
                out.append(f"{name}:{scene.text.forms[at].lstrip(AND)}")
            elif scene.clause[at] == candidate.clause:
                out.append(f"{name}.clause")
                out.append(f"{name}:{scene.text.forms[at].lstrip(AND)}")
            else:
                out.append(f"{name}.far")
    for at in range(candidate.last, min(candidate.last + 3, len(scene.text))):
        if scene.text.sentence_of[at] == candidate.sentence:
            out += [f"{name}.after" for name in scene.cues.get(at, ())]
    return out
