"""What stands farther from a country's name than beside it: a border, a way, a strike, a demand, a visit.

Features of ``actor_patterns/weights.yaml``, with which ``actor_states`` tells the state from the land.
"""

from __future__ import annotations

from riwaya.knowledge.actors import ActorTable
from riwaya.text.letters import BA, FA, LAM, WA
from riwaya.text.text import Text

_CLITICS = (WA, FA, BA, LAM)
_NEAR, _WIDE = 4, 8  # words before a name within which what it goes with stands
_LEAST = 4  # letters of a word from which a clitic is taken off
_EACH = 2  # words of `كل من`
# By the preposition's feature: features of the words before it.
_GOES_WITH = {
    "before on": ("pressure on it", "strike on it"),
    "before between": ("relations of it",),
    "before to": ("sent to it", "movement to it"),
    "before from": ("asked of it", "forces from it"),
}
_ACTORS = frozenset({"actor", "actor_short", "actor_capital", "actor_gentilic"})
_BESIDE = (["before other word"], ["before verb"], ["before masculine verb"])


def widen(text: Text, table: ActorTable, span: tuple[int, int], clitic: str, beside: list[str]) -> list[str]:
    """The features beside a name (token span, half-open) with those of words farther off, which may replace them."""
    words = table.patterns.words
    first, last = span
    low = max(text.sentence(first).first, first - _WIDE)
    before = [text.forms[at] for at in range(low, first)]
    end = next((at for at in range(last, min(last + 2, len(text))) if text.gaps[at] != " "), min(last + 2, len(text)))
    after = text.forms[last:end]
    shared = clitic == WA or "before companion" in beside or "before between" in beside
    if shared and _any_of(before[:-1], words["border word"]):
        return ["border before it"]
    if beside in _BESIDE:
        if after and _is_of(after[-1 if after[0] in words["verb particle"] else 0], words["before stative verb"]):
            return ["before stative verb"]
        if len(before) > 1 and before[-2] in words["visit to it"]:
            return ["before stative verb"]
        accused = len(before) > 1 and before[-2] in words["accusation of it"]
        if accused and not _ACTORS.isdisjoint(text.words[first - 1].layers):
            return ["accusation of it"]  # `اتهمت فلانة كذا`
    if clitic.endswith(LAM) and before and before[-1] in words["side of it"]:
        return ["side of it"]
    return beside + _with_preposition(table, before, after, beside)


def _with_preposition(table: ActorTable, before: list[str], after: list[str], beside: list[str]) -> list[str]:
    """What the words before a preposition add to it: `هجمات على كذا`, `من كذا إلى كذا`."""
    words = table.patterns.words
    if "before from" in beside and after:
        if after[0] in words["before to"]:
            return ["way from it"]
        if after[0] in words["seat there"]:
            return ["seat there"]
    if "before from" in beside and len(before) > 1 and before[-2] in words["each of them"]:
        inside = len(before) > _EACH and before[-3] in words["before place preposition"]
        return [] if inside else ["each of them"]  # `كل من كذا وكذا`, but not `في كل من كذا`
    if "before to" in beside and _any_of(before[-_NEAR - 1 : -2], words["before from"]):
        return ["way to it"]
    for name in next((_GOES_WITH[name] for name in beside if name in _GOES_WITH), ()):
        reach = _WIDE if name == "strike on it" else _NEAR
        if _any_of(before[-reach - 1 : -1], words[name]):
            return [name]
    return []


def _any_of(forms: list[str], words: frozenset[str]) -> bool:
    return any(_is_of(form, words) for form in forms)


def _is_of(form: str, words: frozenset[str]) -> bool:
    """Whether a word is one of some, a clitic before it or not."""
    return form in words or (len(form) > _LEAST and form[0] in _CLITICS and form[1:] in words)
