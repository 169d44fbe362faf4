"""Candidates for actor mentions, and the choice among those that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, Considered
from riwaya.text.letters import LAM
from riwaya.text.text import Text


@dataclass(slots=True)
class Candidate:
    """Tokens that may name an actor: half-open, ``skip`` letters of clitics before the first word. Not changed later.

    ``actor`` None blocks the tokens: they are part of something that is no actor. Higher ``weight`` wins among
    candidates of the same length.
    """

    first: int
    last: int
    skip: int
    actor: Actor | None
    rule: str
    weight: int
    considered: tuple[Considered, ...] = ()
    noun: str = ""  # the head noun of the name, for short forms that point back
    country: str = ""
    title: int = -1  # first token of the title that names the person's office


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that stand, by position: the longest first, then the heaviest, then the leftmost."""
    ranked = sorted(candidates, key=_rank)
    taken: set[int] = set()
    kept: list[Candidate] = []
    for candidate in ranked:
        if candidate.last - candidate.first == 1:
            if candidate.first not in taken:
                taken.add(candidate.first)
                kept.append(candidate)
            continue
        tokens = range(candidate.first, candidate.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(candidate)
    kept.sort(key=_position)
    return kept


def extend(chosen: list[Candidate], found: Iterable[Candidate]) -> list[Candidate]:
    """The chosen candidates with new ones that overlap none of them, by position."""
    new = list(found)
    if not new:
        return chosen
    merged = [*chosen, *(choose(new) if len(new) > 1 else new)]
    merged.sort(key=_position)
    return merged


def _position(candidate: Candidate) -> int:
    return candidate.first


def _rank(candidate: Candidate) -> tuple[int, int, int, str]:
    return candidate.first - candidate.last, -candidate.weight, candidate.first, candidate.rule


def covered(candidates: Iterable[Candidate]) -> set[int]:
    """The tokens that the candidates hold; for look-ups only."""
    tokens: set[int] = set()
    for candidate in candidates:
        if candidate.last - candidate.first == 1:
            tokens.add(candidate.first)
        else:
            tokens.update(range(candidate.first, candidate.last))
    return tokens


def clitic_length(text: Text, match: Match) -> int:
    """Letters of clitics to leave out of a mention; none where ل and the article are written as one (للجيش)."""
    if not match.proclitic:
        return 0
    if text.forms[match.first].startswith(match.proclitic + LAM) and match.proclitic.endswith(LAM):
        return max(len(match.proclitic) - 1, 0)
    return len(match.proclitic)
