"""Second looks at triggers: how likely the other candidates of a report are to name events, seen from one of them.

The first score weighs each candidate by its own words and surroundings. The second knows beside that whether a likelier
candidate shares its sentence, and where else the report speaks of its kind (see ``second_look``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.features import FAMILY
from riwaya.reading.second_look import half_steps, whole_steps

_BOUND = 30.0


@dataclass(slots=True)
class Glance:
    """A candidate at the first look: the sense chosen, the features that hang on no other decision, its score alone."""

    candidate: Candidate
    sense: Sense
    rivals: list[tuple[str, float]]  # other kinds weighed, with how far behind they are
    own: list[str]  # the features of its place and words
    features: list[str]
    alone: float
    so_far: float  # what the same features add to the second score, with its bias


class TriggerLook:
    """The glances of a report, compared with each other."""

    def __init__(self, glances: Sequence[Glance]) -> None:
        """Group the glances by sentence and family."""
        self.glances = glances
        self.steps = [whole_steps(glance.alone, 3) for glance in glances]
        self.chances = [1 / (1 + exp(-max(-_BOUND, min(_BOUND, glance.alone)))) for glance in glances]
        self.kinds = [str(glance.sense.kind) for glance in glances]
        self.sentences: dict[int, list[int]] = {}
        self.families: dict[str, list[int]] = {}
        for number, glance in enumerate(glances):
            self.sentences.setdefault(glance.candidate.sentence, []).append(number)
            self.families.setdefault(FAMILY[glance.sense.kind], []).append(number)
        total = sum(self.chances)
        self.report = [f"expected in report={min(9, int(total))}",
                       f"mean chance={int(10 * total / len(glances)) if glances else 0}"]  # fmt: skip

    def features(self, number: int) -> list[str]:
        """What the others say of the glance with this number."""
        glance, step, kind = self.glances[number], self.steps[number], self.kinds[number]
        sentence, clause = glance.candidate.sentence, glance.candidate.clause
        here = [n for n in self.sentences[sentence] if n != number]
        expected = min(4, int(2 * sum([self.chances[n] for n in here])))
        out = [f"alone={half_steps(glance.alone)}", f"alone={step}|{kind}", *self.report]
        out += [f"expected here={expected}", f"expected here={expected}|{step}"]
        out += self._beside("sentence", number, here)
        out += self._beside("clause", number, [n for n in here if self.glances[n].candidate.clause == clause])
        out += self._likeliest("before", number, [n for n in here if n < number])
        out += self._likeliest("after", number, [n for n in here if n > number])
        for away in (-1, 1):
            there = sum([self.chances[n] for n in self.sentences.get(sentence + away, ())])
            out.append(f"expected {away:+d}={min(4, int(2 * there))}")
        return out + self._neighbours(number) + self._alike(number)

    def _highest(self, numbers: list[int]) -> str:
        return str(max([self.steps[n] for n in numbers])) if numbers else "none"

    def _beside(self, where: str, number: int, others: list[int]) -> list[str]:
        """How the glance stands among the others of its sentence or clause."""
        if not others:
            return [f"{where} best=none"]
        alone, kind = self.glances[number].alone, self.kinds[number]
        scores = [self.glances[n].alone for n in others]
        best = max(scores)
        return [
            f"{where} best={whole_steps(best, 3)}",
            f"{where} lead={whole_steps(best - alone, 3)}",
            f"{where} rank={min(sum([score > alone for score in scores]), 3)}",
            f"{where} after={self._highest([n for n in others if n > number])}",
            f"{where} before={self._highest([n for n in others if n < number])}",
            f"{where} same kind={self._highest([n for n in others if self.kinds[n] == kind])}",
        ]

    def _likeliest(self, side: str, number: int, others: list[int]) -> list[str]:
        """The likeliest candidate on one side in the sentence, beside this one."""
        if not others:
            return []
        at = max(others, key=lambda n: self.glances[n].alone)
        this, other, kind = self.glances[number], self.glances[at], self.kinds[number]
        lead = whole_steps(other.alone - this.alone, 3)
        return [
            f"likeliest {side}={self.kinds[at]}>{kind}|{other.alone > 0}",
            f"likeliest {side}={lead}|{other.candidate.verbal}>{this.candidate.verbal}",
            f"likeliest {side}={lead}|{kind}",
            f"likeliest {side}={other.sense.trigger.id}>{this.sense.trigger.id}",
        ]

    def _neighbours(self, number: int) -> list[str]:
        """The candidates right before and after in the report."""
        out: list[str] = []
        for away in (-1, 1):
            at = number + away
            if not 0 <= at < len(self.glances):
                continue
            gap = min(2, abs(self.glances[at].candidate.sentence - self.glances[number].candidate.sentence))
            out += [f"neighbour {away:+d}={self.steps[at]}|{self.kinds[at]}",
                    f"neighbour {away:+d}={self.steps[at]}|{gap}"]  # fmt: skip
        return out

    def _alike(self, number: int) -> list[str]:
        """The candidates of the same kind, family or word elsewhere in the report."""
        glance, kind = self.glances[number], self.kinds[number]
        family = [n for n in self.families[FAMILY[glance.sense.kind]] if n != number]
        same = [n for n in family if self.kinds[n] == kind]
        word = [n for n in same if self.glances[n].sense.trigger.id == glance.sense.trigger.id]
        ahead = sum([self.glances[n].alone > glance.alone for n in family])
        rank = sum([other.alone > glance.alone for other in self.glances])
        out = [f"report rank={min(rank, 5)}", f"family rank={min(ahead, 4)}|{self.steps[number]}",
               f"kind best={self._highest(same)}"]  # fmt: skip
        for name, others in (("kind", same), ("family", family), ("word", word)):
            out.append(f"{name} later={self._highest([n for n in others if n > number])}")
            out.append(f"{name} earlier={self._highest([n for n in others if n < number])}")
        return out
