"""Country words and capitals: the state as an actor (`قالت روسيا`, `تتهم أنقرة`), or a place (`في روسيا`).

The decision is a sum of named weights (``actor_patterns/weights.yaml``) over the words beside the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riwaya.knowledge.actors import ActorTable
from riwaya.reading.actor_candidates import Candidate, clitic_length, covered
from riwaya.reading.actor_context import Countries
from riwaya.reading.actor_state_sides import widen
from riwaya.text.letters import AND, ARTICLE, BA, KAF, LAM, MARBUTA, TA, WA, YA
from riwaya.text.text import Text

_VERB_LENGTH = 3
_VERBAL_NOUN = 5  # letters of تفعيل
_HAMZA_VERB = "\u0623" + TA
_JOINED = (" ", "  ", ' "', '" ', " #")
_BESIDE = (
    *("before place preposition", "before between", "before to", "before from", "before on", "before companion"),
    *("before stative verb", "before masculine verb", "noun before it"),
)
_OPENINGS = {":": "headline with colon"}


@dataclass(slots=True)
class StateWord:
    """A country's name or its capital: tokens half-open, letters of clitics, the clitics, the state's id."""

    first: int
    last: int
    skip: int
    clitic: str
    state: str
    capital: bool


def find_states(
    text: Text, table: ActorTable, chosen: Sequence[Candidate], countries: Countries
) -> Iterator[Candidate]:
    """States named by country or capital where the words around make them doers.

    The other names of several words are held by candidates without an actor, so that no part of them names one.
    """
    weights = table.patterns.weights
    for word, names in weigh_states(text, table, chosen, countries):
        if sum(weights.get(name, 0.0) for name in names) < 0:
            if word.last - word.first > 1:
                yield Candidate(word.first, word.last, word.skip, actor=None, rule="actor.state.place", weight=2)
        else:
            yield Candidate(
                first=word.first,
                last=word.last,
                skip=word.skip,
                actor=table.actor(word.state),
                rule="actor.state.capital" if word.capital else "actor.state.country",
                weight=2,
                country=table.entries[word.state].country[0],
            )


def weigh_states(
    text: Text, table: ActorTable, chosen: Sequence[Candidate], countries: Countries
) -> Iterator[tuple[StateWord, list[str]]]:
    """Every country's name and capital outside other mentions, with the named features of its surroundings."""
    taken = covered(chosen)
    actors = {candidate.last for candidate in chosen}
    places: set[int] = set()
    for word in _state_words(text, table):
        if not taken.isdisjoint(range(word.first, word.last)):
            continue
        names = _features(text, table, word)
        scene = countries.scene == table.entries[word.state].country[0]
        names.append(("scene" if scene else "foreign") + (" capital" if word.capital else " country"))
        if scene and "headline with colon" in names:
            names[names.index("headline with colon")] = "headline with colon at the scene"
        joined = word.clitic.startswith(WA) or text.gaps[word.first] in ("، ", ", ")
        if joined and word.first in actors:
            names.append("joined to an actor")
        elif joined and word.first in places:
            names.append("joined to a place")
        held = actors if sum(table.patterns.weights.get(name, 0.0) for name in names) >= 0 else places
        held.add(word.last)
        yield word, names


def _state_words(text: Text, table: ActorTable) -> list[StateWord]:
    found: dict[int, StateWord] = {}
    for layer in ("actor", "actor_capital"):
        for match in text.of(layer):
            state = match.entry if layer == "actor_capital" else table.by_name[match.entry][0]
            if layer == "actor" and not table.is_state(state):
                continue
            after = text.forms[match.last] if match.last < len(text.forms) and text.gaps[match.last] == " " else ""
            if f"{text.forms[match.first][len(match.proclitic) :]} {after}" in table.patterns.words["no capital"]:
                continue
            held = found.get(match.first)
            if held is None or match.last > held.last:
                found[match.first] = StateWord(
                    match.first,
                    match.last,
                    clitic_length(text, match),
                    match.proclitic,
                    state,
                    layer == "actor_capital",
                )
    outside: list[StateWord] = []  # a name inside a longer one (the Sudan of South Sudan) names no state
    for first in sorted(found):
        if not outside or first >= outside[-1].last:
            outside.append(found[first])
    return outside


def _features(text: Text, table: ActorTable, word: StateWord) -> list[str]:
    names = ["bias"]
    if word.clitic.endswith(LAM):
        names.append("clitic l")
    elif word.clitic.endswith((BA, KAF)):
        names.append("clitic b")
    gap = text.gaps[word.last]
    opening = word.first == 0 or "\n" in text.gaps[word.first]
    if opening:
        names.append(_OPENINGS.get(gap[:1], "opening"))
        if gap.startswith(".."):
            names.append("headline with dots")
    elif text.gaps[word.first] in _JOINED:
        names += widen(text, table, (word.first, word.last), word.clitic, _before(text, table, word))
    if gap in (" ", ", ", "، ") and word.last < len(text.forms) and _verb_like(text, word.last):
        names.append("after verb")
    return names


def _before(text: Text, table: ActorTable, word: StateWord) -> list[str]:
    """Features of the one or two words before the name."""
    words = table.patterns.words
    form = text.forms[word.first - 1]
    earlier = text.forms[word.first - 2] if word.first > 1 and text.gaps[word.first - 1] == " " else ""
    if form in words["before loyalty"] or (earlier in words["before loyalty"] and form in words["loyalty link"]):
        return ["before loyalty"]
    if earlier in words["border before it"] or form in words["border before it"]:
        return ["border before it"]
    if word.clitic.endswith(LAM) and form in words["envoy to it"]:
        return ["envoy to it"]
    if word.clitic:
        return []
    if word.capital and (form in words["shelling of"] or _is_generic(text, word.first - 1)):
        return ["before place preposition"]
    gentilic = "actor_gentilic" in text.words[word.first - 1].layers
    if word.capital and gentilic and word.first > 1 and _is_generic(text, word.first - 2):
        return ["before place preposition"]  # `العاصمة اليمنية صنعاء`
    for name in _BESIDE:
        if form in words[name]:
            if name in ("before from", "before to") and _verb_like(text, word.first - 2):
                return [name, "verb and preposition before"]
            return [name]
    return ["before verb"] if _verb_like(text, word.first - 1) else ["before other word"]


def _is_generic(text: Text, at: int) -> bool:
    """Whether a word is a generic one before a settlement's name, its clitics aside: `لناحية الرياض`."""
    return any(hit[0] == "place_cue" and hit[3][0] == "cue" for hit in text.words[at].single)


def _verb_like(text: Text, at: int) -> bool:
    """Whether a word looks like a verb before or after its feminine subject (Ryding ch. 21): قالت, تعتبر, نفته.

    A ta marbuta makes it a noun, as does the shape of a verbal noun of form II (تفجير).
    """
    if at < 0:
        return False
    form = text.forms[at]
    if form[:1] in AND and len(form) > _VERB_LENGTH + 1:
        form = form[1:]
    if form.startswith("ست"):
        form = form[1:]
    if len(form) < _VERB_LENGTH or form.startswith(ARTICLE) or text.raw[text.ends[at] - 1] == MARBUTA:
        return False
    if form.endswith((TA, "ته", "تها", "تهم")) and not form.endswith(("ات", "اته", "اتها", "اتهم")):
        return True
    if text.raw[text.starts[at] : text.ends[at]].endswith(_HAMZA_VERB):
        return True  # `بدأت`
    return form[0] == TA and not form.endswith("ات") and not (len(form) == _VERBAL_NOUN and form[3] == YA)
