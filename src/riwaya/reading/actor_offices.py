"""Offices: whom a person speaks for, and offices that stand for their holder (`وزير الخارجية اليمني`).

Codebook, attribution: the most specific speaker, with the body spoken for; so a person's actor carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind
from riwaya.reading.actor_candidates import Candidate, clitic_length, covered
from riwaya.reading.actor_context import in_time
from riwaya.text.letters import ARTICLE
from riwaya.text.text import Text

_REACH = 9  # tokens after a name in which its title and body stand
_TITLES = 3  # tokens of rank or address between an office and the name (سماحة, العقيد الركن)
_SEVERAL = "minister"  # an office that several hold: envoys, muftis
_STOPS = frozenset(".!?؟\n:")


def find_offices(
    text: Text, table: ActorTable, chosen: Sequence[Candidate], published: date | None
) -> Iterator[Candidate]:
    """Offices with a country and no name after them: the person of the report who holds it, else the office itself.

    A holder whom the report does not name is not named.
    """
    titles = longest_titles(text)
    if not titles:
        return
    taken = covered(chosen)
    people = covered(c for c in chosen if c.actor is not None and c.actor.kind is ActorKind.PERSON)
    named = {candidate.title for candidate in chosen}
    holders = _holders(text, table, titles, chosen)
    known = _known_holders(table, chosen, published)
    for first, title in titles.items():
        pattern = table.patterns.titles[title.entry]
        if not pattern.office or first in named or first in taken or title.last >= len(text.forms):
            continue
        if text.forms[title.first][len(title.proclitic) :] in table.patterns.words["not an office"]:
            continue
        last, country = _country(text, table, title)
        if country is None or not taken.isdisjoint(range(first, last)) or _goes_on(text, people, last):
            continue
        words = " ".join([text.forms[first][len(title.proclitic) :], *text.forms[first + 1 : last]])
        actor = holders.get((title.entry, country)) or known.get(words) or _build(table, title.entry, country)
        yield Candidate(first, last, clitic_length(text, title), actor, "actor.person.office", 2, country=country)


def _goes_on(text: Text, people: set[int], at: int) -> bool:
    """Whether the holder's name stands right after an office, a comma or a rank between."""
    for last in range(at, min(at + _TITLES, len(text.forms))):
        if text.gaps[last] not in (" ", "، ", ", ", ' "'):
            return False
        if last in people:
            return True
    return False


def longest_titles(text: Text) -> dict[int, Match]:
    """First token -> the longest title that starts there, without those inside another title."""
    found: dict[int, Match] = {}
    end = 0
    for match in text.of("actor_cue"):
        if match.first < end and match.first not in found:
            continue
        held = found.get(match.first)
        if held is None or match.last > held.last:
            found[match.first] = match
            end = match.last
    return found


def _country(text: Text, table: ActorTable, title: Match) -> tuple[int, str | None]:
    """The token after a gentilic or a country's name right after a title, and the country.

    A name stands after a title without the article only: `ملك الأردن`, `وزير خارجية إيران`.
    """
    at = title.last
    if text.gaps[at] != " ":
        return at, None
    for layer, _, _, entry, features in text.words[at].single:
        if layer == "actor_gentilic" and features == "d":
            return at + 1, entry
    if text.forms[at - 1].startswith(ARTICLE) or title.entry == _SEVERAL:
        return at, None
    for match in text.of("actor"):
        if match.first == at and not match.proclitic and table.is_state(table.by_name[match.entry][0]):
            return match.last, table.entries[table.by_name[match.entry][0]].country[0]
    return at, None


def _holders(
    text: Text, table: ActorTable, titles: dict[int, Match], chosen: Sequence[Candidate]
) -> dict[tuple[str, str], Actor]:
    """(title, country) -> the person whom the report names with them."""
    people = {c.first: c.actor for c in chosen if c.actor is not None and c.actor.kind is ActorKind.PERSON}
    found: dict[tuple[str, str], Actor] = {}
    for title in titles.values():
        if title.last >= len(text.forms):
            continue
        last, country = _country(text, table, title)
        for at in range(last, last + _TITLES) if country is not None else ():
            if at in people:
                found.setdefault((title.entry, country or ""), people[at])
                break
    return found


def _known_holders(table: ActorTable, chosen: Sequence[Candidate], published: date | None) -> dict[str, Actor]:
    """Words of an office, folded -> the person named in the report who held it on the day of publication."""
    found: dict[str, Actor] = {}
    for candidate in chosen:
        entry = table.entries.get(candidate.actor.id) if candidate.actor is not None else None
        if entry is not None and candidate.actor is not None:
            for office in entry.offices:
                if in_time(office.from_, office.to, published):
                    found.setdefault(office.words, candidate.actor)
    return found


def _build(table: ActorTable, title: str, country: str) -> Actor:
    adjective, _ = table.adjective(country)
    body = table.patterns.titles[title].body
    return Actor(
        id=f"{table.states.get(country, country.lower())}/{title.replace(' ', '-')}",
        name=f"{adjective} {title}",
        kind=ActorKind.PERSON,
        country=(country,),
        source_kind=table.patterns.titles[title].source_kind,
        organisation=table.body(body, country) if body else None,
        known=False,
    )


def link_organisations(text: Text, table: ActorTable, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The mentions with each person's organisation filled in from the title beside the name, all mentions alike."""
    linked: dict[str, Actor] = {}
    titles = longest_titles(text)
    for candidate in chosen:
        actor = candidate.actor
        if actor is None or actor.kind is not ActorKind.PERSON or actor.organisation is not None or actor.id in linked:
            continue
        title = titles.get(candidate.title)
        region = (title.first, candidate.first) if title else _after(text, titles, candidate)
        if region is None:
            continue
        title = title or titles[region[0]]
        body = _body_in(text, table, title, region, chosen)
        pattern = table.patterns.titles[title.entry]
        kind = pattern.source_kind
        if body is not None and (kind is None or pattern.body is None):
            kind = body.source_kind or kind
        linked[actor.id] = replace(actor, organisation=body, source_kind=actor.source_kind or kind)
    if not linked:
        return list(chosen)
    return [replace(c, actor=linked[c.actor.id]) if c.actor and c.actor.id in linked else c for c in chosen]


def _after(text: Text, titles: dict[int, Match], person: Candidate) -> tuple[int, int] | None:
    """The tokens of a title in apposition after a name (`رامي عبد الرحمن، مدير المرصد`), None where there is none."""
    for first in (person.last, person.last + 1):
        if first in titles and not _STOPS.intersection("".join(text.gaps[person.last : first + 1])):
            last = first
            while last < len(text.forms) - 1 and last - first < _REACH and text.gaps[last + 1] in (" ", ' "', '" '):
                last += 1
            return first, last + 1
    return None


def _body_in(
    text: Text, table: ActorTable, title: Match, region: tuple[int, int], chosen: Sequence[Candidate]
) -> Actor | None:
    """The body that a title speaks for: the one named in its region, else the country's own for that office."""
    for candidate in chosen:
        actor = candidate.actor
        if actor is not None and actor.kind is not ActorKind.PERSON and region[0] <= candidate.first < region[1]:
            return actor
    pattern = table.patterns.titles[title.entry]
    if pattern.speaks_for in table.entries:
        return table.actor(pattern.speaks_for)
    body = pattern.body
    if body is None:
        return None
    for at in range(title.last, region[1]):
        for layer, _, _, entry, _ in text.words[at].single:
            if layer == "actor_gentilic":
                return table.body(body, entry)
    return None
