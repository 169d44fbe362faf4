"""Second looks: how the mentions weighed for one event stand beside each other by their first scores.

A first score weighs each party or place alone. The second score weighs it again, knowing whether another one is
likelier to be the agent, and by how much. Scores enter in whole or half steps, so that each feature can still be read
(Wolpert, Stacked generalization, 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import floor
from typing import NamedTuple

_STEPS = 4  # whole steps on both sides
_HALVES = 8  # half steps on both sides
_MOST = 2 * _STEPS
_RANKS = 3  # ranks told apart, and parties counted
_LIKELY = -0.5  # scores above are those of likely values


class _Labels(NamedTuple):
    """The features of one decision's first scores, written once."""

    alone: list[str]
    best: list[str]
    lead: list[str]
    rank: list[str]
    rank_at: list[list[str]]
    many: list[str]


@cache
def _labels(name: str) -> _Labels:
    steps, ranks = range(-_STEPS, _STEPS + 1), range(_RANKS + 1)
    return _Labels(
        [f"{name} alone={half}" for half in range(-_HALVES, _HALVES + 1)],
        [f"{name} best={step}" for step in steps],
        [f"{name} lead={step}" for step in steps],
        [f"{name} rank={rank}" for rank in ranks],
        [[f"{name} rank={rank}|{step}" for step in steps] for rank in ranks],
        [f"{name} many={many}" for many in ranks],
    )


def _step(value: float) -> int:
    """A score in whole steps, rounded down, from 0 for the lowest."""
    step = floor(value) + _STEPS
    return 0 if step < 0 else step if step < _MOST else _MOST


def _half(value: float) -> int:
    return max(0, min(2 * _HALVES, floor(value * 2) + _HALVES))


def whole_steps(value: float, bound: int) -> int:
    """A score in whole steps, rounded down, at most ``bound`` of them on either side."""
    step = floor(value)
    return -bound if step < -bound else step if step < bound else bound


def half_steps(value: float) -> int:
    """A score in half steps, rounded down, at most 8 of them on either side."""
    return _half(value) - _HALVES


def ranked(names: Sequence[str], scores: Sequence[Sequence[float]], beside: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each of several mentions weighed for one event: how its first scores stand beside the others'.

    ``scores``: for each mention its first score in each of the named decisions; ``beside``: for each mention the
    features together with which its scores and ranks are told.
    """
    out: list[list[str]] = [[] for _ in scores]
    for at, name in enumerate(names):
        labels = _labels(name)
        values = [row[at] for row in scores]
        falling = sorted(values, reverse=True)
        likely = sum([value > _LIKELY for value in values])
        for number, value in enumerate(values):
            best = falling[0] if value < falling[0] else falling[1] if len(falling) > 1 else -9.0
            rank, step = min(_RANKS, falling.index(value)), _step(value)
            out[number] += [
                labels.alone[_half(value)],
                labels.best[_step(best)],
                labels.lead[_step(best - value)],
                labels.rank[rank],
                labels.rank_at[rank][step],
                labels.many[min(_RANKS, likely - (value > _LIKELY))],
            ]
            for other in beside[number]:
                out[number] += [f"{name} alone={step - _STEPS}|{other}", f"{name} rank={rank}|{other}"]
    return out
