"""Bodies named by a head noun and a country: `الجيش السوري`, `وزارة الدفاع الروسية`, `حكومة السودان`, `الجيش في مالي`.

The head agrees with a definite gentilic (Ryding ch. 10, adjectives; ch. 8, the construct phrase); an adjective may
stand between or after (`الإعلام الرسمي السوري`, `القوات السورية الحكومية`).
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.lexicon import Match
from riwaya.reading.actor_candidates import Candidate, clitic_length
from riwaya.text.letters import ARTICLE
from riwaya.text.text import Text


def find_bodies(text: Text, table: ActorTable, named: Set[tuple[int, int]]) -> Iterator[Candidate]:
    """Bodies whose country is said in the phrase itself, where the lexicon has not the very words (``named``).

    A head without a country is left to the short forms.
    """
    heads = text.of("actor_head")
    if not heads:
        return
    gentilics = {(match.first): match for match in text.of("actor_gentilic") if not match.proclitic}
    states = _state_words(text, table)
    titled = title_tokens(text, table)
    for head in heads:
        if head.first in titled:
            continue
        found = _country_after(text, table, head, gentilics, states)
        if found is None:
            continue
        country, last, rule = found
        if (head.first, last) in named:
            continue
        body = _body_with(text, table, head, last)
        actor = table.body(body, country)
        if actor is None:
            continue
        yield Candidate(
            first=head.first,
            last=last,
            skip=clitic_length(text, head),
            actor=actor,
            rule="actor.body.sole" if table.patterns.bodies[body].sole else rule,
            weight=2 if not table.patterns.bodies[body].only else 4,
            country=country,
        )


def _body_with(text: Text, table: ActorTable, head: Match, last: int) -> str:
    """The body of a head with the adjectives after its gentilic: `الإعلام السوري الرسمي` is the state's media."""
    body: str = head.entry
    if last > head.last + 1 and text.forms[head.last] not in table.patterns.words["adjective"]:
        phrase = text.forms[head.first : head.last]
        phrase[0] = phrase[0][len(head.proclitic) :]
        return table.head(" ".join([*phrase, *text.forms[head.last + 1 : last]])) or body
    return body


def title_tokens(text: Text, table: ActorTable) -> set[int]:
    """Tokens inside ministers' titles, after their first: the ministry in `وزير الدفاع` is no party of its own.

    The police in `قائد الشرطة العراقية` are.
    """
    titles = table.patterns.titles
    ministers = [match for match in text.of("actor_cue") if titles[match.entry].office]
    return {token for match in ministers for token in range(match.first + 1, match.last)}


def _state_words(text: Text, table: ActorTable) -> dict[int, tuple[str, int]]:
    """Token -> (country, last token) for the states' own names."""
    found: dict[int, tuple[str, int]] = {}
    for match in text.of("actor"):
        entry = table.entries[table.by_name[match.entry][0]]
        if entry.gentilic and match.first not in found:
            found[match.first] = (entry.country[0], match.last)
    return found


def _country_after(
    text: Text,
    table: ActorTable,
    head: Match,
    gentilics: dict[int, Match],
    states: dict[int, tuple[str, int]],
) -> tuple[str, int, str] | None:
    """The country that follows a head, the token after the phrase, and the rule."""
    at = head.last
    if at >= len(text.forms) or text.gaps[at] not in (" ", ' "', '" ', "  ", "_"):
        return None
    form = head.features[0]
    words = table.patterns.words
    adjectives = words["adjective"]
    if form in "di":
        step = at
        if text.forms[step] in adjectives and step + 1 < len(text.forms) and text.gaps[step + 1] == " ":
            step += 1
        gentilic = gentilics.get(step) if step == at or step in gentilics else gentilics.get(at)
        if gentilic is not None and gentilic.features == form:
            last = gentilic.last
            trailing = words["trailing adjective" if form == "d" else "trailing indefinite adjective"]
            while last < len(text.forms) and text.gaps[last] == " " and text.forms[last] in trailing:
                last += 1
            return gentilic.entry, last, "actor.body.gentilic"
        if form == "d" and "+" in head.features and text.forms[at] in words["state in"]:
            state = states.get(at + 1)
            before = text.forms[head.first - 1] if head.first and not head.proclitic else ""
            adjective = before.startswith(ARTICLE) and text.forms[head.last - 1] in words["adjective or ministry"]
            if state is None or text.gaps[at + 1] != " " or adjective:
                return None
            if before not in words["not a body before"]:
                return state[0], head.last, "actor.body.in_country"
        return None
    state = states.get(at)
    return (state[0], state[1], "actor.body.construct") if state is not None else None
