"""The shape of a sentence: a symbol for each word, the path between two words, and which verb a word depends on.

A full parse is not attempted. Words are told by class: finite verbs, prepositions, relatives and subordinators by their
form, mentions and trigger words by their layer, all else is a noun. The path of symbols between an event's word and a
mention tells most of what a parse would (`قصف > A`, `V A الى > E`), and scores learn what each path means. Word
order and agreement of verb and subject: Ryding, A Reference Grammar of Modern Standard Arabic, chapters 4 and 7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from riwaya.text.letters import AND, ARTICLE, LAM, PREFIXED, TO_THE

if TYPE_CHECKING:
    from riwaya.reading.scene import Scene

_FAR = 16  # words, beyond which no path is told
_LONG = 7  # symbols, beyond which a path is told by its ends only
_STOPS = frozenset(".:\n!?؟؛;…")
_COMMAS = frozenset("،,-–—()[]")
_CUTS = frozenset(".:")  # marks at which a verb's reach ends
_VERBS = frozenset("VWSL")
_CLASSES = (
    ("relative", "R"),
    ("subordinator", "Q"),
    ("negator", "N"),
    ("auxiliary", "K"),
    ("particle_qad", "K"),
    ("coordinator", "&"),
)


@dataclass(slots=True)
class Syntax:
    """Symbols of a text's words, by token.

    ``symbol``: what the word is: A party, P place, T time, C count, E trigger noun, W trigger verb, S verb of saying,
    L light verb, V another verb, R relative, Q subordinator, N negator, K auxiliary, a preposition's form, n a noun, ""
    for the later words of a mention. ``before``: what stands before it: a stop, a comma, a quotation mark, `&` for an
    attached conjunction, an attached preposition. ``verb``: the verb on which the word depends, -1 for none.
    """

    symbol: list[str]
    before: list[str]
    verb: list[int]
    _paths: dict[tuple[int, int], str] = field(default_factory=dict)

    def path(self, first: int, last: int) -> str:
        """The symbols between token ``first`` (excluded: the end of the left one) and ``last``, where the right one
        begins, with what is attached to the right one; "far" or "long" in place of a path that is too long."""
        if last - first > _FAR:
            return "far"
        key = (first, last)
        known = self._paths.get(key)
        if known is None:
            known = self._paths[key] = self._path(first, last)
        return known

    def _path(self, first: int, last: int) -> str:
        out: list[str] = []
        for at in range(first, last):
            before, symbol = self.before[at], self.symbol[at]
            if before:
                out.append(before)
            if symbol and not (symbol == "n" and out and out[-1] == "n"):
                out.append(symbol)
        if last < len(self.before) and self.before[last]:
            out.append(self.before[last])
        if len(out) > _LONG:
            return f"long {out[0]}…{out[-1]}"
        return " ".join(out)

    def window(self, first: int, last: int, low: int, high: int) -> tuple[str, str, str, str]:
        """The symbols around tokens ``first``..``last`` within ``low``..``high``: two before, two after, "#" beyond."""
        left = self._side(first - 1, low - 1, -1)
        right = self._side(last, high, 1)
        own = self.before[first]
        return left[1], left[0] + own, right[0], right[1]

    def _side(self, start: int, stop: int, step: int) -> list[str]:
        out: list[str] = []
        at = start
        while len(out) < 2 and at != stop:
            if self.symbol[at]:
                out.append((self.before[at] if step > 0 else "") + self.symbol[at])
            at += step
        return out + ["#"] * (2 - len(out))


def read_syntax(scene: Scene) -> Syntax:
    """The syntax of a scene whose mentions, verbs and triggers are known."""
    symbol, before = _symbols(scene)
    return Syntax(symbol, before, _verbs(scene, symbol, before))


def _mentions(scene: Scene) -> dict[int, tuple[str, int, str]]:
    """First token -> (symbol, end, proclitics) of the mentions; an earlier layer wins."""
    found: dict[int, tuple[str, int, str]] = {}
    layers = (("A", scene.participants), ("P", scene.places), ("T", scene.times), ("C", scene.counts))
    for name, mentions in layers:
        for mention in mentions:
            found.setdefault(mention.first, (name, mention.last, scene.proclitic(mention.first, mention.start)))
    return found


def _symbols(scene: Scene) -> tuple[list[str], list[str]]:
    mentions, classes, gaps = _mentions(scene), scene.knowledge.functions.classes, scene.text.gaps
    events = scene.verbs.keys() | scene.triggers.keys() | scene.light.keys()
    known: dict[str, tuple[str, str]] = {}  # words outside mentions and events, by form
    symbol: list[str] = []
    before: list[str] = []
    end = 0
    for at, form in enumerate(scene.text.forms):
        mark = "" if gaps[at] == " " or not at else _mark(gaps[at])
        if at < end:
            name, clitic = "", ""
        elif at in mentions:
            name, end, clitic = mentions[at]
            clitic = _attached(clitic)
        elif at in events:
            name, clitic = _event_word(scene, at, form)
        else:
            if form not in known:
                known[form] = _plain_word(form, classes)
            name, clitic = known[form]
        symbol.append(name)
        before.append(mark + clitic)
    return symbol, before


def _mark(gap: str) -> str:
    if _STOPS.intersection(gap):
        return ":" if ":" in gap else "."
    if _COMMAS.intersection(gap):
        return ","
    return '"' if '"' in gap or "«" in gap or "“" in gap else ""


def _attached(clitic: str) -> str:
    if not clitic:
        return ""
    return ("&" if clitic[0] in AND else "") + (clitic[-1] if clitic[-1] in PREFIXED else "")


def _event_word(scene: Scene, at: int, form: str) -> tuple[str, str]:
    """The symbol of a trigger, light verb or other verb, and what is attached before it."""
    if at in scene.triggers:
        return "W" if at in scene.verbs else "E", _attached(scene.triggers[at])
    name = "L" if at in scene.light else "S" if at in scene.said else "V"
    return name, "&" if form[0] in AND and len(form) > 2 else ""


def _plain_word(form: str, classes: dict[str, frozenset[str]]) -> tuple[str, str]:
    """The symbol of a word that is no verb and outside mentions, and what is attached before it."""
    joined = form[0] in AND and len(form) > 2
    for stem, mark in ((form, ""), (form[1:], "&")) if joined else ((form, ""),):
        known = classes.get(stem)
        if known:
            if "preposition" in known and "relative" not in known:
                return stem, mark
            for name, letter in _CLASSES:
                if name in known:
                    return (stem if letter == "R" and "preposition" in known else letter), mark
            if "preposition" in known:
                return stem, mark
    if joined and form[1:3] == ARTICLE:
        return "n", "&"
    if form[1:3] == ARTICLE and form[0] in PREFIXED:
        return "n", form[0]
    return "n", LAM if form.startswith(TO_THE) and len(form) > 4 else ""


def _verbs(scene: Scene, symbol: list[str], before: list[str]) -> list[int]:
    """For each token the verb it may depend on: the last one before it in its stretch, else the first one after it."""
    out = [-1] * len(symbol)
    sentence_of = scene.text.sentence_of
    begin, last = 0, -1
    for at, name in enumerate(symbol):
        if at and (sentence_of[at] != sentence_of[at - 1] or before[at][:1] in _CUTS):
            begin, last = at, -1
        out[at] = last
        if name in _VERBS:
            if last < 0:
                out[begin:at] = [at] * (at - begin)
            elif out[last] < 0:
                out[last] = at
            last = at
    return out
