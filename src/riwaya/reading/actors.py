"""Find the actors that a report names, and say which actor each is.

The order: names and bodies of countries, open classes, persons; then the country words that stand for their
government; last the short forms, which need what was named before them. Codebook, "actor", and its conventions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.inflect import with_article
from riwaya.knowledge.lexicon import Match
from riwaya.model import ActorKind, ActorMention, SourceKind
from riwaya.reading.actor_bodies import find_bodies
from riwaya.reading.actor_candidates import Candidate, choose, clitic_length, extend
from riwaya.reading.actor_context import Countries, count_countries, is_elsewhere, pick_entry
from riwaya.reading.actor_offices import find_offices, link_organisations
from riwaya.reading.actor_open import find_open
from riwaya.reading.actor_persons import find_persons
from riwaya.reading.actor_shorts import find_shorts, has_party_cue
from riwaya.reading.actor_states import find_states
from riwaya.reading.actor_surnames import find_surnames
from riwaya.text.letters import ARTICLE, BA, YA
from riwaya.text.text import Text

_SEATS = frozenset("أإآؤئ")
_SEATED = 3  # words of `السلطات في مالي`


def find_actors(text: Text, knowledge: Any, published: date | None) -> list[ActorMention]:
    """The report's actor mentions, by position, none overlapping another.

    ``published`` decides between actors of one name that were there at different times; None leaves them all open.
    """
    table: ActorTable = knowledge.actors
    countries = count_countries(text, table, getattr(knowledge, "places", None))
    heard = _heard(text, table)
    named = list(_find_named(text, table, countries, published, heard))
    named += find_bodies(text, table, {(candidate.first, candidate.last) for candidate in named})
    chosen = choose([*named, *find_open(text, table, named)])
    persons = find_persons(text, table, knowledge.functions, chosen)
    if persons:
        chosen = choose([*chosen, *persons])
    chosen = extend(chosen, find_surnames(text, table, chosen))
    chosen = extend(chosen, find_states(text, table, chosen, countries))
    chosen = extend(chosen, find_shorts(text, table, chosen, countries, published, heard))
    chosen = extend(chosen, find_offices(text, table, chosen, published))
    chosen = link_organisations(text, table, _without_adjectives(chosen))
    return [_mention(text, _without_seat(text, table, c)) for c in chosen if c.actor is not None]


def _find_named(
    text: Text, table: ActorTable, countries: Countries, published: date | None, heard: frozenset[str]
) -> Iterator[Candidate]:
    nobody = table.patterns.words["nobody"]
    for match in text.of("actor"):
        if match.entry in nobody:
            continue
        ids = table.by_name[match.entry]
        if table.is_state(ids[0]):
            continue
        if match.last - match.first == 1 and _is_thing(text, table, match):
            continue
        if match.last - match.first == 1 and _is_within_name(text, table, match):
            continue
        entry, dropped = pick_entry(table, ids, countries, published, heard)
        if is_elsewhere(text, table, match, entry, countries):
            continue
        source_kind = table.entries[entry].source_kind
        if source_kind is SourceKind.SOCIAL_MEDIA and _is_channel(text, table, match):
            continue
        last = match.last
        quoted = _quoted_part(text, match) if table.entries[entry].kind is ActorKind.MEDIA else None
        if quoted is not None:
            if " ".join(text.forms[quoted[0] : quoted[1]]) in table.by_name:
                continue  # وكالة "سانا" للأنباء: the name in quotation marks is found by itself
            last = quoted[1]
        yield Candidate(
            first=match.first,
            last=last,
            skip=clitic_length(text, match),
            actor=table.actor(entry),
            rule="actor.name",
            weight=3,
            considered=dropped,
        )


def _heard(text: Text, table: ActorTable) -> frozenset[str]:
    """The bodies for which persons named in the report speak, and those beside and under these.

    A person counts by a name that is theirs alone.
    """
    found: set[str] = set()
    for match in text.of("actor"):
        ids = table.by_name[match.entry]
        entry = table.entries[ids[0]]
        if len(ids) == 1 and entry.kind is ActorKind.PERSON and entry.speaks_for:
            found.add(entry.speaks_for)
    over = {table.entries[body].parent for body in found if body in table.entries} | found
    for body in over:
        found.update(table.under.get(body or "", ()))
    return frozenset(found)


def _is_thing(text: Text, table: ActorTable, match: Match) -> bool:
    """Whether a name of one word is an ordinary word here, or an adjective of the noun before it."""
    words = table.patterns.words
    if match.entry in words["common noun"] and not has_party_cue(text, table, match):
        return True
    form, first = text.forms[match.first], match.first
    raw = text.slice(first, match.last, len(match.proclitic))
    if clitic_length(text, match) < len(match.proclitic):
        raw = with_article("")[:1] + raw  # ل swallows the first letter of the article: للأناضول
    if not _SEATS.isdisjoint(raw) and raw not in table.spelled.get(match.entry, ()):
        return True  # أفاد is no آفاد
    if match.proclitic or first == 0 or text.gaps[first] != " " or not form.endswith((YA, "يه")):
        return False
    return text.forms[first - 1].startswith(ARTICLE) and form.startswith(ARTICLE)


def _is_within_name(text: Text, table: ActorTable, match: Match) -> bool:
    """Whether a person's name of one word goes on with another's name: a given name and an unknown word before it."""
    if table.entries[table.by_name[match.entry][0]].kind is not ActorKind.PERSON or match.proclitic or match.first < 2:
        return False
    before = match.first - 1
    if text.gaps[match.first] != " " or text.gaps[before] != " " or text.words[before].layers:
        return False
    return any(given.last == before and not given.features for given in text.of("actor_given"))


def _without_adjectives(chosen: list[Candidate]) -> list[Candidate]:
    """The mentions without those that an adjective alone makes a party's, where the party has another name.

    Codebook, conventions: `الطيران الروسي` is a mention only where the report does not name Russia or its army.
    """
    if not any(candidate.rule == "actor.body.sole" for candidate in chosen):
        return chosen
    named = {
        candidate.actor.country[0]
        for candidate in chosen
        if candidate.rule != "actor.body.sole" and candidate.actor is not None and candidate.actor.country
        if candidate.actor.kind in (ActorKind.STATE, ActorKind.MILITARY)
    }
    return [c for c in chosen if c.rule != "actor.body.sole" or c.country not in named]


def _quoted_part(text: Text, match: Match) -> tuple[int, int] | None:
    """The tokens of a name that stand in quotation marks after a head (وكالة "سانا" للأنباء); None without marks."""
    marks = [at for at in range(match.first + 1, match.last + 1) if '"' in text.gaps[at]]
    if not marks or marks[0] == match.last:
        return None
    return marks[0], marks[1] if len(marks) > 1 else match.last


def _is_channel(text: Text, table: ActorTable, match: Match) -> bool:
    """Whether a platform is only where something was said (على تويتر), not who said it."""
    words = table.patterns.words
    if match.proclitic.endswith(BA) or text.forms[match.first][len(match.proclitic) :] in words["channel"]:
        return True
    return match.first > 0 and text.forms[match.first - 1] in words["channel"] | words["title link"]


def _without_seat(text: Text, table: ActorTable, candidate: Candidate) -> Candidate:
    """A mention without the place at which an authority sits: `السلطات في مالي`, but not `بعثة كذا في الصومال`."""
    words = table.patterns.words
    first, last = candidate.first, candidate.last
    if last - first < _SEATED:
        return candidate
    head = text.forms[first][candidate.skip :]
    if head not in words["seated body"] and f"{head} {text.forms[first + 1]}" not in words["seated body"]:
        return candidate
    ends = [at for at in range(first + 1, last - 1) if text.forms[at] in words["state in"]]
    return replace(candidate, last=ends[-1]) if ends else candidate


def _mention(text: Text, candidate: Candidate) -> ActorMention:
    start, end = text.span(candidate.first, candidate.last, candidate.skip)
    inner = "".join(text.gaps[candidate.first + 1 : candidate.last]) if candidate.last - candidate.first > 1 else ""
    if inner and inner.count('"') % 2 and text.gaps[candidate.last].startswith('"'):
        end += 1
    if candidate.actor is None:
        raise ValueError("a mention needs an actor")
    return ActorMention(
        start=start,
        end=end,
        text=text.raw[start:end],
        actor=candidate.actor,
        rule=candidate.rule,
        first=candidate.first,
        last=candidate.last,
        considered=candidate.considered,
    )
