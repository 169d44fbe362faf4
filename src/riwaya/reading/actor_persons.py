"""Persons: a title and a name (`الرئيس السوري بشار الأسد`), a name alone, and the surname after it.

A name starts at a known given name, or at an unknown word right after a title; it goes on over linked parts
(`عبد`, `بن`, `أبو`), given names, one `ال-` surname and unknown words, and ends at any word that is known as another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind
from riwaya.reading.actor_candidates import Candidate, covered
from riwaya.text.text import Text

_REACH = 12  # tokens between a title and the name
_LONGEST = 5  # tokens of a name
_GAPS = (" ", "  ", "، ", ", ", ' "', '، "', '" ', "_")
_OTHER = frozenset({"cue", "trigger", "function", "time", "number", "count", "actor_head", "actor_class", "place_cue"})


@dataclass(slots=True)
class _Names:
    """What is known of each token of a text, for finding names."""

    text: Text
    table: ActorTable
    taken: set[int]
    given: dict[int, Match]
    titles: dict[int, Match]

    @classmethod
    def of(cls, text: Text, table: ActorTable, chosen: Sequence[Candidate]) -> _Names:
        given: dict[int, Match] = {}
        for match in text.of("actor_given"):
            held = given.get(match.first)
            if held is None or (match.last, -len(match.proclitic)) > (held.last, -len(held.proclitic)):
                given[match.first] = match
        titles: dict[int, Match] = {}
        for match in text.of("actor_cue"):
            held = titles.get(match.first)
            if held is None or match.last > held.last:
                titles[match.first] = match
        return cls(text, table, covered(chosen), given, titles)

    def unknown(self, at: int) -> bool:
        """Whether a token is a word that no layer knows as something else."""
        form = self.text.forms[at]
        if form[0].isdigit() or len(form) < 2 or at in self.taken or at in self.titles:
            return False
        words = self.table.patterns.words
        if form in words["end"] or form in words["adjective"] or form in words["before"] or form in words["skip"]:
            return False
        if form[0] in "وفبلك" and (form[1:] in words["end"] or form[1:] in words["adjective"]):
            return False
        return not any(single[0] in _OTHER or single[0] == "actor_gentilic" for single in self.text.words[at].single)


def find_persons(text: Text, table: ActorTable, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Named persons that the lexicon does not have, outside the mentions chosen before."""
    names = _Names.of(text, table, chosen)
    found: list[Candidate] = []
    started: set[int] = set()
    for first in sorted(names.titles):
        start = _name_start(names, names.titles[first])
        if start is not None and start not in started:
            started.add(start)
            found.append(_person(names, start, titled=True))
    for first in sorted(names.given):
        if first in started or first in names.taken or names.given[first].features == "c":
            continue
        if first and text.forms[first - 1] in table.patterns.words["before"] and text.gaps[first] == " ":
            continue
        candidate = _person(names, first, titled=False)
        if candidate.last - candidate.first > 1:
            found.append(candidate)
            started.add(first)
    return found


def _name_start(names: _Names, title: Match) -> int | None:
    """The token at which the name of a title's holder starts, None where the report gives no name there."""
    text, words = names.text, names.table.patterns.words
    at, strict = title.last, True
    while at < len(text.forms) and at - title.last < _REACH:
        if text.gaps[at] not in _GAPS:
            return None
        form = text.forms[at]
        if at in names.given and at not in names.taken and (strict or names.given[at].features != "c"):
            return at if not names.given[at].proclitic else None
        if at in names.titles:
            at = names.titles[at].last
            continue
        if at in names.taken or _is_gentilic(text, at) or form in words["skip"]:
            at += 1
            continue
        if strict and names.unknown(at) and (at == title.last or _is_gentilic(text, at - 1) or text.gaps[at] != " "):
            return at if _name_like(names, at) else None
        if form in words["end"] and form not in words["title link"]:
            return None
        strict = False
        at += 1
    return None


def _is_gentilic(text: Text, at: int) -> bool:
    return any(single[0] == "actor_gentilic" for single in text.words[at].single)


def _name_like(names: _Names, at: int) -> bool:
    """Whether an unknown word may start a name: no article unless it stands alone, no verb-like start."""
    form = names.text.forms[at]
    return len(form) > 2 and not form.startswith(("ال", "ي", "ت", "ب", "ل")) or form.startswith("ال") and len(form) > 5


def _person(names: _Names, first: int, *, titled: bool) -> Candidate:
    last = _name_end(names, first)
    match = names.given.get(first)
    skip = len(match.proclitic) if match is not None else 0
    words = [names.text.slice(first, first + 1, skip)]
    words += [names.text.slice(at, at + 1) for at in range(first + 1, last)]
    return Candidate(
        first=first,
        last=last,
        skip=skip,
        actor=build_person(names.table, words),
        rule="actor.person.title" if titled else "actor.person.name",
        weight=2 if titled else 1,
    )


def _name_end(names: _Names, first: int) -> int:
    text, words = names.text, names.table.patterns.words
    links = words["link"]
    match = names.given.get(first)
    last = match.last if match is not None else first + 1
    if text.forms[last - 1] in links and last < len(text.forms) and text.gaps[last] in (" ", "_"):
        last += 1
    unknown = 0
    while last < len(text.forms) and last - first < _LONGEST and text.gaps[last] in (" ", "_", "-"):
        form = text.forms[last]
        if last in names.taken:
            break
        if form in links and last + 1 < len(text.forms) and text.gaps[last + 1] in (" ", "_"):
            last += 2
            continue
        given = names.given.get(last)
        if given is not None and not given.proclitic:
            last = given.last
            continue
        if form.startswith("ال") and len(form) > 4:
            if names.unknown(last) or (_is_gentilic(text, last) and last - first == 1):
                last += 1
            break
        if not names.unknown(last) or unknown == 2:
            break
        unknown += 1
        last += 1
    return last


def build_person(table: ActorTable, words: Sequence[str]) -> Actor:
    """A person who is not in the lexicon, by the words of the name."""
    english = table.patterns.romanise(words)
    surname = surname_of(table, words)
    aliases = [" ".join(words)]
    if surname and len(surname) < len(words):
        aliases += [" ".join(surname), table.patterns.romanise(surname)]
    return Actor(
        id="person/" + english.lower().replace(" ", "-"),
        name=english,
        kind=ActorKind.PERSON,
        aliases=tuple(dict.fromkeys(aliases)),
        known=False,
    )


def surname_of(table: ActorTable, words: Sequence[str]) -> list[str]:
    """The last part of a name with what is linked to it: عبد الرحمن of رامي عبد الرحمن; empty for a single part."""
    from riwaya.text.normalise import fold

    links = table.patterns.words["link"]
    folded = [fold(word) for word in words]
    at = len(words) - 1
    while at > 0 and (folded[at - 1] in links or folded[at] in links):
        at -= 1
    return list(words[at:]) if at > 0 else []


def find_surnames(text: Text, table: ActorTable, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Surnames alone of the persons whose full name the report gives anywhere."""
    people = [c for c in chosen if c.actor is not None and c.actor.kind is ActorKind.PERSON and c.last - c.first > 1]
    if not people:
        return
    taken = covered(chosen)
    index: dict[str, list[int]] = {}
    for at, form in enumerate(text.forms):
        index.setdefault(form, []).append(at)
    seen: set[tuple[str, ...]] = set()
    for person in people:
        words = text.forms[person.first : person.last]
        surname = tuple(surname_of(table, words))
        if not surname or surname in seen:
            continue
        seen.add(surname)
        for clitic in ("", "و", "ل", "ب", "ف", "ول", "وب", "ك"):
            for at in index.get(clitic + surname[0], ()):
                last = at + len(surname)
                if tuple(text.forms[at + 1 : last]) == surname[1:] and taken.isdisjoint(range(at, last)):
                    yield Candidate(at, last, len(clitic), person.actor, "actor.person.surname", 1)
