"""A speaker told by title first and by name later (`وزير إسرائيلي` … `وزير الطاقة الإسرائيلي، فلان`) is one speaker."""

from __future__ import annotations

from dataclasses import replace

from riwaya.model import ActorKind
from riwaya.reading.statements import Statement

_CLASS_KINDS = {
    "ngo": ActorKind.NGO,
    "party": ActorKind.ARMED_GROUP,
    "fighter": ActorKind.ARMED_GROUP,
    "police": ActorKind.POLICE,
    "army": ActorKind.MILITARY,
    "media": ActorKind.MEDIA,
}
_TITLES = {"minister", "spokesman", "head", "commander", "lawmaker", "official"}


_BODIES = {"ngo", "party", "authority", "police", "army", "prosecutor", "media", "fighter"}


def name_in_headline(statements: list[Statement], last: int) -> None:
    """Name a body that the headline tells by its class alone (`منظمة حقوقية تندد`), where the first in the body is one.

    ``last``: the token after the headline, 0 where there is none.
    """
    body = [known for known in statements if known.match.first >= last]
    if not last or not body or not body[0].speaker.sources:
        return
    named = body[0].speaker
    actor = named.sources[0].actor
    if not actor.known or actor.kind is ActorKind.PERSON:
        return
    for known in statements:
        old = known.speaker.sources[0]
        told = known.speaker.group
        if known.match.first >= last or old.actor.known or old.actor.organisation is not None or told not in _BODIES:
            continue
        if named.group == told or (not named.group and _CLASS_KINDS.get(told) is actor.kind):
            source = replace(named.sources[0], mention=old.mention)
            known.speaker = replace(known.speaker, sources=[source, *known.speaker.sources[1:]])


def name_titles(statements: list[Statement]) -> None:
    """Give the name to statements of a speaker told by title alone, where the report names one such speaker only."""
    named = [known for known in statements if _person(known) and known.speaker.group in _TITLES]
    for known in statements:
        if known.speaker.group not in _TITLES or known.speaker.sources[0].actor.known or _person(known):
            continue
        same = {other.speaker.sources[0].actor.id: other for other in named if _same(known, other)}
        if len(same) == 1:
            (other,) = same.values()
            mention = known.speaker.sources[0].mention
            source = replace(other.speaker.sources[0], mention=mention)
            known.speaker = replace(known.speaker, sources=[source, *known.speaker.sources[1:]])


def _person(statement: Statement) -> bool:
    return statement.speaker.sources[0].actor.kind is ActorKind.PERSON


def _same(known: Statement, other: Statement) -> bool:
    """Whether a title alone and a named speaker's title can be one: the same class, and its words found again."""
    if known.speaker.group != other.speaker.group:
        return False
    one, two = known.speaker.sources[0].actor.organisation, other.speaker.sources[0].actor.organisation
    if one is not None and two is not None and one.id != two.id:
        return False
    words = known.speaker.words
    if one is not None and two is not None:
        return True
    return len(words) > 1 and len(words & other.speaker.words) >= 2
