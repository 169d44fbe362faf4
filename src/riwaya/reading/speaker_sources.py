"""The sources that a speaker's phrase names: persons, bodies, unnamed sources by class and domain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from riwaya.knowledge.cues import SourceClass
from riwaya.model import Actor, ActorKind, ActorMention, Evidence, Source, SourceKind
from riwaya.reading.board import Board, Nation
from riwaya.reading.source_kinds import own_outlet, source_kind, source_of

# Classes whose word stands for the body named after it (`بيان للجيش`, `صحيفة الوطن`), and those that speak for one.
FOR_BODY = {
    *("statement", "correspondent", "media", "reports", "document"),
    *("authority", "police", "army", "ngo", "party", "account", "health", "civil_defence", "operations_room"),
}
# Classes and domains of sources whose gentilic tells for whom they speak (`مسؤول تركي`, not `ناشط تركي`).
_OF_STATE = {
    *("official", "spokesman", "minister", "head", "lawmaker", "commander", "diplomat", "prosecutor"),
    *("authority", "police", "army", "security", "military", "government", "diplomatic", "judicial"),
}
OUTLET = Actor("outlet", "outlet", ActorKind.MEDIA, source_kind=SourceKind.OUTLET, known=False)


@dataclass(slots=True)
class Joined:
    """A class of sources joined to the one before (`ومسؤول أمني في الوزارة`), with what belongs to it."""

    group: SourceClass
    domains: list[str] = field(default_factory=list)
    body: ActorMention | None = None


@dataclass(slots=True)
class Phrase:
    """What a speaker's phrase holds while it is read."""

    first: int
    last: int
    group: SourceClass | None = None
    definite: bool = False
    domains: list[str] = field(default_factory=list)
    persons: list[ActorMention] = field(default_factory=list)
    bodies: list[ActorMention] = field(default_factory=list)
    others: list[ActorMention] = field(default_factory=list)  # joined with "and": speakers of their own
    more: list[Joined] = field(default_factory=list)  # classes joined with "and"
    nation: Nation | None = None  # of a gentilic (`مسؤول تركي`)
    via: list[Actor] = field(default_factory=list)
    governed: bool = False
    joined: int = -1  # token of a name joined by a word of its own (`سوريا وحليفتها روسيا`)
    relative: bool = False  # within a relative clause: only carriers are read on
    closed: bool = False  # a comma or a relative clause has ended the name itself


def name_sources(board: Board, phrase: Phrase) -> list[Source]:
    """The sources of a phrase: its person or body or unnamed source, and those joined to it."""
    body = phrase.bodies[0] if phrase.bodies else None
    found: list[Source] = []
    if phrase.persons:
        person = phrase.persons[0]
        actor = person.actor
        if body is not None and actor.organisation is None and body.actor.kind is not ActorKind.MEDIA:
            actor = replace(actor, organisation=body.actor)
        if actor.organisation is None and phrase.group is not None and actor.source_kind is None:
            actor = replace(actor, source_kind=phrase.group.kind)
        found.append(source_of(board, actor, person))
    elif phrase.group is not None:
        found.extend(_class_sources(board, phrase, body))
    elif body is not None:
        found.append(source_of(board, body.actor, body))
    found.extend(source_of(board, other.actor, other) for other in phrase.others)
    if phrase.group is None and found:
        found.extend(_joined_sources(board, phrase))
    return _without_own_body(found)


def _without_own_body(found: list[Source]) -> list[Source]:
    """The sources without the body for which the first, a person, speaks (`المتحدث باسم الوزارة ووزيرها فلان`)."""
    if len(found) < 2 or found[0].actor.kind is not ActorKind.PERSON or found[0].actor.organisation is None:
        return found
    own = found[0].actor.organisation.id
    return [found[0], *(source for source in found[1:] if source.actor.id != own)]


def _joined_sources(board: Board, phrase: Phrase) -> list[Source]:
    """The sources joined to the first one (`المرصد ومصدر أمني`), each with its own domain and body."""
    found = []
    for joined in phrase.more:
        body, group = joined.body, joined.group
        if body is not None and group.id in FOR_BODY:
            found.append(source_of(board, body.actor, body))
            continue
        domain = next((domain for domain in joined.domains if domain in group.domains), "")
        made = _unnamed(group, domain, body)
        found.append(Source(made, made.source_kind or group.kind, _evidence(board, phrase)))
    return found


def _class_sources(board: Board, phrase: Phrase, body: ActorMention | None) -> list[Source]:
    """The unnamed sources of a phrase: one a domain (`مصادر عسكرية وطبية`), or the body that the word stands for."""
    group = phrase.group
    if group is None:
        return []
    if (
        body is not None
        and (group.id in FOR_BODY)
        and not (group.id == "media" and body.actor.kind is not ActorKind.MEDIA)
    ):
        rest = [source_of(board, other.actor, other) for other in phrase.bodies[1:] if group.id == "media"]
        return [source_of(board, body.actor, body), *rest]
    if group.id == "correspondent":
        carrier = phrase.via[0] if phrase.via else None
        if carrier is not None and not own_outlet(board, carrier):
            return [source_of(board, carrier, None)]
        return [Source(OUTLET, SourceKind.OUTLET, _evidence(board, phrase))]
    domains = [domain for domain in phrase.domains if domain in group.domains] or [""]
    evidence = _evidence(board, phrase)
    seen: dict[str, Source] = {}
    for domain in domains:
        made = _unnamed(group, domain, body, phrase.nation)
        seen.setdefault(made.name, Source(made, made.source_kind or group.kind, evidence))
    if len(seen) > 1 and not _joined(board, phrase):
        first = next(iter(seen))
        seen = {first: seen[first]}
    for other in _joined_sources(board, phrase):
        seen.setdefault(other.actor.name, other)
    return list(seen.values())


def _joined(board: Board, phrase: Phrase) -> bool:
    return any(joined_domains(board, board.forms[token]) for token in range(phrase.first, phrase.last))


def _unnamed(group: SourceClass, domain: str, body: ActorMention | None, nation: Nation | None = None) -> Actor:
    """An unnamed source by class and domain, with the body it speaks for: the one named, or the state of a gentilic."""
    name, kind, aliases = group.domains.get(domain, (group.name, group.kind, group.aliases))
    if body is not None and group.id not in FOR_BODY:
        kind = source_kind(body.actor)
    spoken_for = body.actor if body is not None else None
    if nation is not None and body is None:
        aliases = (*aliases, *(f"{nation.adjective} {alias}" for alias in (name, *aliases)))
        spoken_for = nation.state if group.id in _OF_STATE or domain in _OF_STATE else None
    suffix = f":{spoken_for.id}" if spoken_for is not None else ""
    return Actor(
        "source:" + name.replace(" ", "-") + suffix,
        name,
        ActorKind.OTHER,
        aliases,
        source_kind=kind,
        organisation=spoken_for,
        known=False,
    )


def _evidence(board: Board, phrase: Phrase) -> Evidence:
    start, end = board.text.span(phrase.first, phrase.last, skip=len(board.proclitic(phrase.first)))
    return Evidence(start, end, board.text.raw[start:end])


def joined_domains(board: Board, form: str) -> tuple[str, ...]:
    """The domains of an adjective joined to the one before (`عسكرية وطبية`)."""
    if not form.startswith(board.table.endings["joining"]):
        return ()
    for joining in board.sets["joining"]:
        if form.startswith(joining):
            return board.table.modifiers.get(form[len(joining) :], ())
    return ()
