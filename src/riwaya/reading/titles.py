"""A speaker told by title first and by name later (`وزير إسرائيلي` … `وزير الطاقة الإسرائيلي، فلان`) is one speaker."""

from __future__ import annotations

from dataclasses import replace

from riwaya.model import ActorKind
from riwaya.reading.statements import Statement

_TITLES = {"minister", "spokesman", "head", "commander", "lawmaker", "official"}


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
