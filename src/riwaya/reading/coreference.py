"""Which earlier happening a word speaks of again: `الهجوم` after an attack, `مقتل` in the sentence of a strike.

A candidate is weighed against each happening told before it, by the words that told it first and last: how the kinds,
the words and their forms agree, what lies between them, and whether the parties, places, figures and days around both
are the same. Definite nouns and pronouns point back (Ryding, A Reference Grammar of Modern Standard Arabic, chapter 7);
a harm after a deed is mostly its outcome (codebook, "Event").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.features import FAMILY, tense_of
from riwaya.reading.scene import Scene

if TYPE_CHECKING:
    from riwaya.reading.drafts import Draft

SAME = 0.0  # scores above tell the same happening
_NEVER = -9.0  # the score where nothing was told before
_NAMES = ("actors", "places", "counts", "days")


@dataclass(slots=True)
class Antecedent:
    """The happening that a candidate most likely tells again (None where none can be meant), its score and features."""

    score: float
    draft: Draft | None
    features: list[str]

    @property
    def same(self) -> Draft | None:
        """The happening, where the score says that the candidate tells it again."""
        return self.draft if self.score > SAME else None


def _where(scene: Scene, candidate: Candidate, earlier: Candidate) -> str:
    gap = candidate.sentence - earlier.sentence
    if gap == 0:
        return "clause" if candidate.clause == earlier.clause else "sentence"
    if earlier.first < scene.head:
        return "lead" if candidate.sentence == 1 else "head"
    return "next" if gap == 1 else "later"


def _form(candidate: Candidate) -> str:
    if candidate.verbal:
        return "verb"
    return "def" if candidate.definite else "indef"


def pair_features(scene: Scene, candidate: Candidate, sense: Sense, draft: Draft, earlier: Candidate) -> list[str]:
    """Features of "this candidate tells the draft's happening again", by one earlier mention of it."""
    where, form = _where(scene, candidate, earlier), _form(candidate)
    kinds = str(draft.sense.kind) + ">" + str(sense.kind)
    if sense.kind is draft.sense.kind:
        alike = "kind"
    elif draft.sense.kind in [other.kind for other in candidate.senses]:
        alike = "possible"
    else:
        alike = "family" if FAMILY[sense.kind] == FAMILY[draft.sense.kind] else "other"
    lemma = "same" if sense.trigger.lemma == draft.sense.trigger.lemma else "other"
    form_there = _form(earlier)
    out = [
        f"alike={alike}|{where}",
        f"alike={alike}|{where}|{form}",
        f"alike={alike}|{form_there}>{form}",
        f"kinds={kinds}",
        f"kinds={kinds}|{where}",
        f"kinds={kinds}|{form}",
        f"lemma={lemma}|{alike}|{where}|{form}",
        f"lemma={lemma}|{alike}",
        f"where={where}|{form_there}>{form}",
        f"tense={tense_of(draft.sense)}>{tense_of(sense)}|{where}",
        f"ids={draft.sense.trigger.id}>{sense.trigger.id}",
        f"id={sense.trigger.id}|{alike}",
        "first" if earlier is draft.candidate else "later",
    ]
    out += _near(scene, candidate, earlier, alike)
    if sense.trigger.result:
        out.append(f"result|{kinds}|{where}")
    if candidate.first and scene.text.gaps[candidate.first] == " ":
        out.append(f"word-1={scene.text.forms[candidate.first - 1]}|{form}")
    if candidate.last < len(scene.text):
        out.append(f"word+1={scene.text.forms[candidate.last]}|{alike}")
    if candidate.sentence == earlier.sentence:
        path = scene.syntax.path(earlier.last, candidate.first)
        out += [f"path={path}", f"path={path}|{alike}", f"path={path}|{kinds}", f"path={path}|{form}"]
        links = scene.grammar.chain(candidate.first, earlier.first)
        out += [f"links={links}|{alike}", f"links={links}|{kinds}"]
    else:
        out += _shared(scene, candidate, earlier, alike, where, form)
    return out


def _near(scene: Scene, candidate: Candidate, earlier: Candidate, alike: str) -> list[str]:
    """Whether the nearest party, place and figure of the two clauses are the same, and how many words both share."""
    out: list[str] = []
    here, there = scene.nearest_in_clause(candidate), scene.nearest_in_clause(earlier)
    for name, new, old in zip(("party", "place", "figure"), here, there, strict=True):
        how = "none" if new is None else "new" if old is None else "same" if new == old else "other"
        out.append(f"near {name}={how}|{alike}")
    own, other = scene.party_at(candidate), scene.party_at(earlier)
    if own is not None and other is not None:
        out.append(f"own party={'same' if own == other else 'other'}|{alike}")
    if candidate.sentence != earlier.sentence:
        shared = len(scene.content(candidate.sentence) & scene.content(earlier.sentence))
        around = len(scene.content_around(candidate) & scene.content_around(earlier))
        out += [f"words={min(shared, 6)}|{alike}", f"words around={min(around, 4)}|{alike}"]
    return out


def _shared(
    scene: Scene, candidate: Candidate, earlier: Candidate, alike: str, where: str, form: str
) -> list[str]:
    """How the things named in the two sentences agree."""
    out: list[str] = []
    here, there = scene.things_in(candidate.sentence), scene.things_in(earlier.sentence)
    same = other = 0
    pairs: list[tuple[str, set[Any], set[Any]]] = list(zip(_NAMES, here, there, strict=True))
    for name, new, old in pairs:
        if not new:
            out.append(f"{name}=none|{alike}")
            continue
        how = "all" if new <= old else "some" if not new.isdisjoint(old) else "other" if old else "new"
        same += how in ("all", "some")
        other += how in ("other", "new")
        out += [f"{name}={how}|{alike}", f"{name}={how}|{alike}|{form}", f"{name}={how}|{where}"]
    out += [f"same={same}|other={other}|{alike}", f"same={same}|{alike}|{where}|{form}"]
    out.append(f"other={other}|{alike}|{form}")
    return out


def pairs_of(candidate: Candidate, sense: Sense, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Candidate]]:
    """The happenings that a candidate may tell again, each by the words that told it first and last.

    One of another family can only be meant in its own sentence or the next.
    """
    family = FAMILY[sense.kind]
    for draft in drafts:
        mentions = draft.mentions
        far = candidate.sentence - mentions[-1].sentence > 1
        if far and FAMILY[draft.sense.kind] != family and draft.sense.kind not in (s.kind for s in candidate.senses):
            continue
        yield draft, mentions[-1]
        if len(mentions) > 1:
            yield draft, mentions[0]


def best_antecedent(scene: Scene, candidate: Candidate, sense: Sense, drafts: Sequence[Draft]) -> Antecedent:
    """The draft that the candidate most likely tells again; a score of -9 and no draft where none can be meant."""
    weights = scene.knowledge.weights
    best = Antecedent(_NEVER, None, [])
    for draft, earlier in pairs_of(candidate, sense, drafts):
        features = pair_features(scene, candidate, sense, draft, earlier)
        value = weights.score("again", features)
        if value > best.score:
            best = Antecedent(value, draft, features)
    return best


def again_features(candidate: Candidate, sense: Sense, found: Antecedent) -> list[str]:
    """What the best antecedent says of a candidate's being new: its score in steps, alone and by kind and form."""
    draft = found.draft
    if draft is None:
        return ["again=none"]
    step = max(-6, min(6, int(found.score * 2)))
    alike = "kind" if draft.sense.kind == sense.kind else "other"
    out = [f"again={step}", f"again={step}|{alike}", f"again={step}|{_form(candidate)}"]
    out.append(f"again={max(-1, min(1, step))}|{sense.kind}")
    return out
