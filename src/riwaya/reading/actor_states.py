"""Country words and capitals: the state as an actor (`قالت روسيا`, `تتهم أنقرة`), or a place (`في روسيا`).

The decision is a sum of named weights (``actor_patterns/weights.yaml``) over the words beside the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riwaya.knowledge.actors import ActorTable
from riwaya.reading.actor_candidates import Candidate, clitic_length, covered
from riwaya.reading.actor_context import Countries
from riwaya.text.text import Text

_VERB_LENGTH = 3


def find_states(
    text: Text, table: ActorTable, chosen: Sequence[Candidate], countries: Countries
) -> Iterator[Candidate]:
    """States named by country or capital where the words around make them doers."""
    taken = covered(chosen)
    actors = {candidate.last for candidate in chosen}
    places: set[int] = set()
    for first, last, skip, actor_id, capital in _state_words(text, table):
        if not taken.isdisjoint(range(first, last)):
            continue
        names = state_features(text, table, first, last, skip, capital)
        names += _context_features(text, table, first, actor_id, capital, countries, actors, places)
        score = sum(table.patterns.weights.get(name, 0.0) for name in names)
        if score >= 0:
            actors.add(last)
            yield Candidate(
                first=first,
                last=last,
                skip=skip,
                actor=table.actor(actor_id),
                rule="actor.state.capital" if capital else "actor.state.country",
                weight=2,
                country=table.entries[actor_id].country[0],
            )
        else:
            places.add(last)


def _state_words(text: Text, table: ActorTable) -> list[tuple[int, int, int, str, bool]]:
    found: dict[int, tuple[int, int, int, str, bool]] = {}
    for layer in ("actor", "actor_capital"):
        for match in text.of(layer):
            actor_id = match.entry if layer == "actor_capital" else table.by_name[match.entry][0]
            if layer == "actor" and not table.is_state(actor_id):
                continue
            held = found.get(match.first)
            if held is None or match.last > held[1]:
                skip = clitic_length(text, match)
                found[match.first] = (match.first, match.last, skip, actor_id, layer == "actor_capital")
    return [found[first] for first in sorted(found)]


def state_features(text: Text, table: ActorTable, first: int, last: int, skip: int, capital: bool) -> list[str]:
    """The named features of the words beside a country's name."""
    names = ["bias"]
    if capital:
        names.append("capital")
    clitic = text.forms[first][:skip]
    if clitic.endswith("ل") or clitic.endswith("لل"):
        names.append("clitic l")
    elif clitic.endswith(("ب", "ك")):
        names.append("clitic b")
    gap = text.gaps[last]
    opening = first == 0 or "\n" in text.gaps[first]
    if opening and gap.startswith(":"):
        names.append("headline with colon")
    if opening and gap.startswith(".."):
        names.append("headline with dots")
    if not skip and not opening:
        names += _before(text, table, first)
    if gap in (" ", ", ", "، ") and last < len(text.forms) and _verb_like(text, last):
        names.append("after verb")
    return names


def _before(text: Text, table: ActorTable, first: int) -> list[str]:
    words = table.patterns.words
    form = text.forms[first - 1]
    names = [
        name
        for name in ("before place preposition", "before direction", "before companion", "before loyalty")
        if form in words[name] and text.gaps[first] in (" ", "  ", ' "')
    ]
    if first > 1 and text.forms[first - 2] in words["border before it"]:
        names.append("border before it")
    if not names and text.gaps[first] == " " and _verb_like(text, first - 1):
        names.append("before verb")
    return names


def _verb_like(text: Text, at: int) -> bool:
    """Whether a word looks like a verb of a feminine subject (Ryding ch. 21): قالت, تعتبر, وكانت, ستعلن."""
    form = text.forms[at]
    if form[:1] in "وف" and len(form) > _VERB_LENGTH + 1:
        form = form[1:]
    if form.startswith("ست"):
        form = form[1:]
    if len(form) < _VERB_LENGTH or form.startswith("ال"):
        return False
    return form.endswith("ت") and not form.endswith("ات") or form[0] == "ت" and not form.endswith(("ات", "ه"))


def _context_features(
    text: Text,
    table: ActorTable,
    first: int,
    actor_id: str,
    capital: bool,
    countries: Countries,
    actors: set[int],
    places: set[int],
) -> list[str]:
    names: list[str] = []
    country = table.entries[actor_id].country[0]
    names.append("scene of the report" if countries.scene == country else "foreign power")
    form = text.forms[first]
    if form.startswith("و") or text.gaps[first] in ("، ", ", "):
        if first in actors:
            names.append("joined to an actor")
        elif first in places:
            names.append("joined to a place")
    return names
