"""A speaker told by title first and by name later (`وزير إسرائيلي` … `وزير الطاقة الإسرائيلي، فلان`) is one speaker."""

from __future__ import annotations

from dataclasses import replace

from riwaya.model import Actor, ActorKind, Source, SourceKind
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


_KIND_TOLD = {SourceKind.MILITARY}  # of a spokesman without a body: the adjective told it (`متحدث عسكري`)
_NEXT = 3  # statements from the lead among which a group told by its class is named
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


def name_group_in_lead(statements: list[Statement], last: int) -> None:
    """Name a group that the lead tells by its class alone (`أعلنت جماعة متشددة مسؤوليتها`) as who speaks next."""
    body = [known for known in statements if known.match.first >= last and known.how != "reported"]
    if len(body) < 2 or not body[0].speaker.sources or body[0].speaker.group not in ("party", "fighter"):
        return
    old = body[0].speaker.sources[0]
    if old.actor.known or old.actor.organisation is not None:
        return
    for known in body[1:_NEXT]:
        source = known.speaker.sources[0]
        if source.actor.kind is ActorKind.ARMED_GROUP and source.actor.known and known.stance is body[0].stance:
            for told in statements:
                if told.speaker.sources[0].actor.id == old.actor.id:
                    told.speaker = replace(told.speaker, sources=[replace(source, mention=old.mention)])
            return


def speak_for_headline(statements: list[Statement], last: int) -> None:
    """Give what a headline ascribes to a body (`إسرائيل تنفي`) to whoever first speaks for it in the report's body.

    Codebook, Attribution: the source is the most specific speaker. ``last``: the token after the headline, 0 for none.
    """
    body = [known for known in statements if known.match.first >= last and not known.back]
    for known in statements:
        if known.match.first >= last:
            continue
        sources = [_specific(source, body) for source in known.speaker.sources]
        known.speaker = replace(known.speaker, sources=sources)


def _specific(source: Source, body: list[Statement]) -> Source:
    """The first source in the body that is an actor or belongs to it; the source itself where it is none of its own."""
    actor = source.actor
    if not actor.known or actor.kind in (ActorKind.PERSON, ActorKind.MEDIA):
        return source
    for known in body:
        for other in known.speaker.sources:
            if other.actor.kind is ActorKind.MEDIA or other.kind is SourceKind.STATE_MEDIA:
                continue
            if other.actor.id == actor.id:
                return source
            if belongs(other.actor, actor):
                return replace(other, mention=source.mention)
    return source


def belongs(actor: Actor, body: Actor) -> bool:
    """Whether an actor is a body or part of it (`وزارة الدفاع` of the state)."""
    at: Actor | None = actor
    while at is not None:
        if at.id == body.id:
            return True
        at = at.organisation
    return False


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
    if one is not None and two is not None and not belongs(two, one) and not belongs(one, two):
        return False
    words = known.speaker.words
    if one is None and known.speaker.group == "spokesman" and _KIND_TOLD & {known.speaker.sources[0].kind}:
        return known.speaker.sources[0].kind is other.speaker.sources[0].kind
    if one is not None and two is not None:
        return True
    return len(words) > 1 and len(words & other.speaker.words) >= 2
