"""Who speaks: the noun phrase beside a cue read as a source, with the body spoken for and who carried the word."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from riwaya.knowledge.cues import SourceClass
from riwaya.model import Actor, ActorKind, ActorMention, Evidence, Source, SourceKind
from riwaya.reading.board import Board, Nation
from riwaya.reading.source_kinds import own_outlet, source_kind, source_of

# Classes whose word stands for the body named after it (`بيان للجيش`, `صحيفة الوطن`), and those that speak for one.
_FOR_BODY = {
    *("statement", "correspondent", "media", "reports", "document"),
    *("authority", "police", "army", "ngo", "party"),
}
# Classes and domains of sources whose gentilic tells for whom they speak (`مسؤول تركي`, not `ناشط تركي`).
_OF_STATE = {
    *("official", "spokesman", "minister", "head", "lawmaker", "commander", "diplomat", "prosecutor"),
    *("authority", "police", "army", "security", "military", "government", "diplomatic", "judicial"),
}
_TITLES = {"minister", "spokesman", "head", "commander", "lawmaker"}  # a name may follow them after a comma
_TITLE = 9  # tokens of a title before its name
_REACH = 12  # tokens that a speaker's phrase may take where nothing marks its end
OUTLET = Actor("outlet", "outlet", ActorKind.MEDIA, source_kind=SourceKind.OUTLET, known=False)


@dataclass(slots=True)
class Speaker:
    """A source as read: its tokens, the sources it names, carriers, and the words by which it can be meant again."""

    first: int
    last: int
    sources: list[Source]
    via: list[Actor] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    group: str = ""  # class of the source word
    back: bool = False  # found by pointing back to a speaker heard before


@dataclass(slots=True)
class _Phrase:
    """What a speaker's phrase holds while it is read."""

    first: int
    last: int
    group: SourceClass | None = None
    definite: bool = False
    domains: list[str] = field(default_factory=list)
    persons: list[ActorMention] = field(default_factory=list)
    bodies: list[ActorMention] = field(default_factory=list)
    others: list[ActorMention] = field(default_factory=list)  # joined with "and": speakers of their own
    more: list[SourceClass] = field(default_factory=list)
    nation: Nation | None = None  # of a gentilic (`مسؤول تركي`)
    via: list[Actor] = field(default_factory=list)
    governed: bool = False
    joined: int = -1  # token of a name joined by a word of its own (`سوريا وحليفتها روسيا`)
    relative: bool = False  # within a relative clause: only carriers are read on
    closed: bool = False  # a comma or a relative clause has ended the name itself


def read_speaker(board: Board, start: int, limit: int, liberal: bool, governed: bool = False) -> Speaker | None:
    """The source named at a token, None where no actor or source word stands there.

    ``liberal``: the phrase is known to end at ``limit`` (the complement opens there), so unknown words within it are
    titles and circumstances; otherwise it ends at the first unknown word. ``governed``: the cue itself governs the
    phrase, so a preposition before it does not make it an addressee (`وفقا لوكالة` …).
    """
    at = start
    forms, gaps, quotes, named, sources = board.forms, board.text.gaps, board.quote_at, board.actor_at, board.source_at
    quantifiers = board.sets["quantifiers"]
    while at < limit and at not in named and at not in sources and forms[at] in quantifiers:
        at += 1
    if board.word("which", at) and board.word("so_called", at + 1):
        at += 2
    if at >= limit or (at not in named and at not in sources):
        return None
    phrase = _Phrase(start, at, governed=governed)
    if not _take(board, at, phrase, opening=True):
        return None
    limit = limit if liberal else min(limit, start + _REACH)
    at = phrase.last
    while at < limit:
        if ":" in gaps[at] or (at in quotes and not board.name_quote(quotes[at])):
            break
        if not _extend(board, at, limit, phrase, liberal):
            break
        at = max(at + 1, phrase.last)
    if not liberal:
        _name_after(board, phrase, board.sentence_end(start))
    return _finish(board, phrase, min(limit, phrase.last + 1) if liberal else phrase.last)


def _extend(board: Board, at: int, limit: int, phrase: _Phrase, liberal: bool) -> bool:
    """Read one more token into the phrase; False where the phrase has ended."""
    comma = board.comma(at)
    if comma and not phrase.closed:
        phrase.closed = True
        if not liberal:
            mention = board.actor_at.get(at)
            person = mention is not None and mention.actor.kind is ActorKind.PERSON
            return person and not phrase.persons and _take(board, at, phrase)
    if board.word("relatives", at):
        phrase.closed = phrase.relative = True
        return liberal
    if comma:
        phrase.relative = False
    if at in board.cue_at and "F" in board.cue_at[at].features and not board.cue_at[at].enclitic:
        phrase.closed = phrase.relative = True  # what it says of the speaker: `شهود تحدثوا لرويترز`
        return liberal
    form = board.forms[at]
    if phrase.group is not None and not phrase.closed and phrase.nation is None and at not in board.actor_at:
        phrase.nation = board.nation(at)
    domains = board.table.modifiers.get(form) or _joined_domains(board, form)
    if domains and not phrase.closed and at not in board.actor_at and phrase.group is not None:
        phrase.domains.extend(domains)
        phrase.last = at + 1
        return True
    if at in board.actor_at or at in board.source_at:
        return _take(board, at, phrase, liberal=liberal)
    said = board.cue_at.get(at)
    told = said is not None and bool(said.enclitic)  # `نفيه` (his denying) has the ending of an adjective
    if phrase.group is not None and not phrase.closed and not told and _describes(board, form):
        phrase.last = at + 1
        return True
    named = at + 1 < limit and at + 1 in board.actor_at and at not in board.cue_at
    if named and form[:1] in board.sets["and"] and not comma:
        phrase.joined = at + 1
        return True
    if liberal:
        return True
    if board.word("glue", at) or board.word("prepositions", at):
        return _linked(board, at, limit)
    return adjective_before_name(board, at, limit, titled=phrase.group is not None and not phrase.persons)


def _linked(board: Board, at: int, limit: int) -> bool:
    """Whether an actor or source word follows a linking word (`مسؤول في الوزارة`), with others of its kind between."""
    following = at + 1
    while following < limit - 1 and board.word("glue", following) and following < at + 3:
        following += 1
    return following < limit and (following in board.actor_at or following in board.source_at)


def _describes(board: Board, form: str) -> bool:
    """Whether an unknown word is an adjective after an unnamed source (`مسؤول تركي كبير`)."""
    rank = form in board.sets["rank"]
    return rank or (len(form) > 3 and form.endswith(board.table.endings["adjective_ending"]))


def _joined_domains(board: Board, form: str) -> tuple[str, ...]:
    if not form.startswith(board.table.endings["joining"]):
        return ()
    for joining in board.sets["joining"]:
        if form.startswith(joining):
            return board.table.modifiers.get(form[len(joining) :], ())
    return ()


def adjective_before_name(board: Board, at: int, limit: int, titled: bool = False) -> bool:
    """Whether unknown definite words (`الوزير السعودي فلان`), or after a title any, stand before a person's name."""
    article = board.article
    for following in range(at, min(limit, at + 4)):
        mention = board.actor_at.get(following)
        if mention is not None:
            return mention.actor.kind is ActorKind.PERSON and not board.preposition(following)
        if board.word("prepositions", following) or following in board.cue_at or (titled and board.comma(following)):
            return False
        if not titled and not board.forms[following].startswith(article):
            return False
    return False


def _take(board: Board, at: int, phrase: _Phrase, opening: bool = False, liberal: bool = False) -> bool:
    """Take the actor or source word at a token into the phrase; False where it is no part of it."""
    mention = board.actor_at.get(at)
    if mention is None:
        return _take_word(board, at, phrase, opening, liberal)
    if mention.first != at and not opening:
        return True
    preposition = _carrier_preposition(board, at)
    joined = board.proclitic(at) in board.sets["joining"] or board.word("joining", at - 1)
    joined = joined or phrase.joined == at
    media = mention.actor.kind is ActorKind.MEDIA
    if phrase.relative and not (media and preposition):
        return True
    if not opening and not preposition and not joined and _ends_in_nun(board, at, phrase):
        return False
    phrase.last = max(phrase.last, mention.last)
    if opening and (phrase.governed or not preposition):
        (phrase.persons if mention.actor.kind is ActorKind.PERSON else phrase.bodies).append(mention)
    elif media and not joined and phrase.group is not None and phrase.group.id == "media" and at == phrase.first + 1:
        phrase.bodies.append(mention)
    elif media and not joined and (preposition or phrase.persons or phrase.bodies or _speaks_itself(phrase)):
        phrase.via.append(mention.actor)
    elif mention.actor.kind is ActorKind.PERSON:
        target = phrase.others if joined and phrase.persons else phrase.persons
        if not preposition or not (phrase.persons or phrase.bodies or phrase.group):
            target.append(mention)
    elif joined and phrase.bodies and not phrase.closed and not preposition:
        phrase.others.append(mention)
    elif not phrase.closed or board.word("glue", at - 1):
        phrase.bodies.append(mention)
    return True


def _ends_in_nun(board: Board, at: int, phrase: _Phrase) -> bool:
    """Whether the source word right before a name keeps the nun of its plural (`ناشطون`): the name is an object then.

    In a construct the nun drops (`ناشطو الحركة`): Ryding, A Reference Grammar of Modern Standard Arabic, chapter 8.
    """
    if phrase.group is None or phrase.last != at or at - 1 not in board.source_at:
        return False
    return board.forms[at - 1].endswith(tuple(board.sets["plural_ending"]))


def _speaks_itself(phrase: _Phrase) -> bool:
    return phrase.group is not None and phrase.group.id not in _FOR_BODY


def _carrier_preposition(board: Board, at: int) -> str:
    """The preposition before an actor, or before the media word that leads it (`لوكالة` …)."""
    before = board.preposition(at)
    if not before and at > 0 and at - 1 in board.source_at and not board.comma(at):
        return board.preposition(at - 1)
    return before


def _take_word(board: Board, at: int, phrase: _Phrase, opening: bool, liberal: bool) -> bool:
    match = board.source_at.get(at)
    if match is None:
        return False
    group = board.table.classes[match.entry]
    if phrase.relative:
        return True
    if not opening and match.proclitic in board.sets["joining"] and not phrase.closed:
        phrase.more.append(group)
    elif phrase.group is not None and not liberal and not _construct(board, at, phrase):
        return False
    elif phrase.group is None and not (phrase.persons or phrase.bodies) and not (board.preposition(at) and not opening):
        phrase.group = group
        phrase.definite = match.features == "def"
    phrase.last = max(phrase.last, match.last)
    return True


def _construct(board: Board, at: int, phrase: _Phrase) -> bool:
    """Whether a further title stands in a construct or prepositional phrase with the one before it."""
    if board.word("glue", at - 1) or board.proclitic(at):
        return True
    return not phrase.definite and not phrase.domains and at == phrase.last


def _name_after(board: Board, phrase: _Phrase, limit: int) -> None:
    """Take the name that follows a long title after a comma (`المرجع الأعلى في البلاد، الشيخ فلان،`)."""
    if phrase.group is None or phrase.group.id not in _TITLES or phrase.persons or phrase.bodies:
        return
    since = -1  # tokens since the comma
    for at in range(phrase.last, min(limit, phrase.last + _TITLE)):
        since = 0 if board.comma(at) else since + (since >= 0)
        if at in board.cue_at and "F" in board.cue_at[at].features:
            return
        mention = board.actor_at.get(at)
        if mention is not None and mention.actor.kind is ActorKind.PERSON:
            if 0 <= since <= 3 and not board.preposition(at):
                phrase.persons.append(mention)
                phrase.last = mention.last
            return


def _finish(board: Board, phrase: _Phrase, end: int) -> Speaker | None:
    """The speaker that the phrase names, with its words up to a token; None where it names no source."""
    sources = _sources(board, phrase)
    if not sources:
        return None
    words = [form.removeprefix(board.article) for form in board.forms[phrase.first : end]]
    return Speaker(
        phrase.first,
        phrase.last,
        sources,
        [actor for actor in phrase.via if all(actor.id != source.actor.id for source in sources)],
        frozenset(words),
        phrase.group.id if phrase.group else "",
    )


def _sources(board: Board, phrase: _Phrase) -> list[Source]:
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
        for joined in phrase.more:
            made = _unnamed(joined, "", None)
            found.append(Source(made, joined.kind, _evidence(board, phrase)))
    return found


def _class_sources(board: Board, phrase: _Phrase, body: ActorMention | None) -> list[Source]:
    """The unnamed sources of a phrase: one a domain (`مصادر عسكرية وطبية`), or the body that the word stands for."""
    group = phrase.group
    if group is None:
        return []
    if (
        body is not None
        and (group.id in _FOR_BODY)
        and not (group.id == "media" and body.actor.kind is ActorKind.STATE)
    ):
        return [source_of(board, body.actor, body)]
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
    for other in phrase.more:
        made = _unnamed(other, "", None)
        seen.setdefault(made.name, Source(made, other.kind, evidence))
    return list(seen.values())


def _joined(board: Board, phrase: _Phrase) -> bool:
    return any(_joined_domains(board, board.forms[token]) for token in range(phrase.first, phrase.last))


def _unnamed(group: SourceClass, domain: str, body: ActorMention | None, nation: Nation | None = None) -> Actor:
    """An unnamed source by class and domain, with the body it speaks for: the one named, or the state of a gentilic."""
    name, kind, aliases = group.domains.get(domain, (group.name, group.kind, group.aliases))
    if body is not None and group.id not in _FOR_BODY:
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


def _evidence(board: Board, phrase: _Phrase) -> Evidence:
    start, end = board.text.span(phrase.first, phrase.last, skip=len(board.proclitic(phrase.first)))
    return Evidence(start, end, board.text.raw[start:end])
