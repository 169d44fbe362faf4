"""What each word of a sentence depends on, and how: a light parse by order, class and agreement of the words.

Each word is linked to the word that governs it: subject and object to their verb, the second part of a construct to the
first, adjectives and appositions to their noun, what a preposition governs to the word that it completes, relative and
subordinate clauses to what they describe. The pass that finds the links is in :mod:`riwaya.reading.clauses`; scores
learn how far each kind of link is to be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from riwaya.reading.verbs import FINITE

if TYPE_CHECKING:
    from riwaya.reading.scene import Scene

VERBS = frozenset("VWSL")  # the classes of finite verbs
_CLIMB = 12  # links followed upwards at most
_LONG = 5  # links, beyond which a chain is told by its ends only


@dataclass(slots=True)
class Grammar:
    """The links of a text's words, by token.

    ``head``: the token that governs the word, -1 for none. ``link``: how: ``subj``, ``obj``, ``gen`` (construct),
    ``adj``, ``app`` (apposition), ``conj``, ``rel`` (a relative clause to its noun), ``relo`` (the same where a pronoun
    makes the noun its object), ``sub`` (a clause after a conjunction), ``par`` (a clause beside another), ``time``, or
    the folded preposition; "" for a word that depends on none. ``kind``: the class of the word as in ``Syntax``.
    """

    head: list[int]
    link: list[str]
    kind: list[str]
    _chains: dict[tuple[int, int], str] = field(default_factory=dict)

    def chain(self, low: int, high: int) -> str:
        """The links from one token up to another; over the word that governs both where neither governs the other.

        ``gen.obj`` says that the word is the second part of a construct that is an object of the other;
        ``subj^V.obj``: it is the subject of a verb whose object the other is. "none" where nothing joins them.
        """
        known = self._chains.get((low, high))
        if known is None:
            known = self._chains[low, high] = self._chain(low, high)
        return known

    def _above(self, token: int) -> list[int]:
        found = [token]
        while self.head[found[-1]] >= 0 and len(found) < _CLIMB:
            found.append(self.head[found[-1]])
        return found

    def _chain(self, low: int, high: int) -> str:
        ups, downs = self._above(low), self._above(high)
        above = {token: number for number, token in enumerate(downs)}
        meet = next((number for number, token in enumerate(ups) if token in above), -1)
        if meet < 0:
            return "none"
        rising = [self.link[token] for token in ups[:meet]]
        falling = [self.link[token] for token in downs[: above[ups[meet]]]]
        rising, falling = _short(rising), _short(falling)
        if not falling:
            return ".".join(rising) or "same"
        return f"{'.'.join(rising) or 'is'}^{self.kind[ups[meet]]}.{'.'.join(reversed(falling))}"

    def ruling_verb(self, token: int) -> tuple[int, str]:
        """The nearest finite verb above a token and the links up to it; -1 and "" where there is none."""
        links: list[str] = []
        for _ in range(_CLIMB):
            head = self.head[token]
            if head < 0:
                return -1, ""
            links.append(self.link[token])
            if self.kind[head] in VERBS:
                return head, ".".join(_short(links))
            token = head
        return -1, ""


def _short(links: list[str]) -> list[str]:
    """Links without those that repeat (the members of a list), the middle left out where they are many."""
    out = [link for number, link in enumerate(links) if not (number and link == links[number - 1] == "conj")]
    return out if len(out) <= _LONG else [*out[:2], "…", *out[-2:]]


def word_kinds(scene: Scene) -> list[str]:
    """The classes of the words as in ``Syntax``, but of light words (`شن`, `تنفيذ`) only finite verbs are ``L``."""
    kinds = list(scene.syntax.symbol)
    for match in scene.text.of("light"):
        at = match.first
        if at in scene.light and kinds[at] in ("L", "E"):
            kinds[at] = "L" if at in scene.verbs or match.features.startswith(FINITE) else "E"
    return kinds
