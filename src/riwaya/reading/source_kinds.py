"""What sort of source an actor is, and whether it is the report's own outlet."""

from __future__ import annotations

from riwaya.model import Actor, ActorKind, ActorMention, Evidence, Source, SourceKind
from riwaya.reading.board import Board
from riwaya.text.normalise import fold

_KINDS = {
    ActorKind.STATE: SourceKind.OFFICIAL,
    ActorKind.MILITARY: SourceKind.MILITARY,
    ActorKind.POLICE: SourceKind.OFFICIAL,
    ActorKind.ARMED_GROUP: SourceKind.ARMED_GROUP,
    ActorKind.COALITION: SourceKind.MILITARY,
    ActorKind.IGO: SourceKind.IGO,
    ActorKind.NGO: SourceKind.NGO,
    ActorKind.MONITOR: SourceKind.MONITOR,
    ActorKind.MEDIA: SourceKind.NEWS_MEDIA,
    ActorKind.POLITICAL: SourceKind.POLITICAL,
    ActorKind.PERSON: SourceKind.OFFICIAL,
    ActorKind.CIVILIANS: SourceKind.LOCAL,
    ActorKind.OTHER: SourceKind.UNNAMED,
}


def source_kind(actor: Actor) -> SourceKind:
    """The sort of source that an actor is; a person is of the sort of the body it speaks for."""
    if actor.source_kind is not None:
        return actor.source_kind
    if actor.kind is ActorKind.PERSON and actor.organisation is not None:
        return source_kind(actor.organisation)
    return _KINDS[actor.kind]


def is_outlet(actor: Actor, outlet: str | None) -> bool:
    """Whether an actor is the report's own outlet, its names compared loosely (``BBC`` is ``BBC Arabic``)."""
    if not outlet or actor.kind is not ActorKind.MEDIA:
        return False
    own = set(fold(outlet).split())
    for name in (actor.name, *actor.aliases):
        words = set(fold(name).split())
        if words and (words <= own or (own <= words and len(own) > 1)):
            return True
    return False


def own_outlet(board: Board, actor: Actor) -> bool:
    """Whether an actor is the outlet of the board's report."""
    if actor.kind is not ActorKind.MEDIA or not board.outlet:
        return False
    if actor.id not in board.own:
        board.own[actor.id] = is_outlet(actor, board.outlet)
    return board.own[actor.id]


def source_of(board: Board, actor: Actor, mention: ActorMention | None) -> Source:
    """An actor as a source, with the words that name it; the outlet's own name is the outlet."""
    evidence = Evidence(mention.start, mention.end, mention.text) if mention is not None else None
    body = actor.organisation  # the outlet's own correspondent counts as the outlet: codebook, Conventions
    if own_outlet(board, actor) or (body is not None and own_outlet(board, body)):
        return Source(actor, SourceKind.OUTLET, evidence)
    return Source(actor, source_kind(actor), evidence)
