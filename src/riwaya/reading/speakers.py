"""Who speaks: the noun phrase beside a cue read as a source, with the body spoken for and who carried the word."""

from __future__ import annotations

from dataclasses import dataclass, field

from riwaya.knowledge.cues import SourceClass
from riwaya.model import Actor, ActorKind, Source
from riwaya.reading.board import Board
from riwaya.reading.speaker_sources import FOR_BODY, Joined, Phrase, joined_domains, name_sources

_WRITTEN = {"document", "reports"}
_FOR_CLASS = {"statement", *_WRITTEN}  # classes whose word is that of a body told by its class (`بيان الوزارة`)
_TITLES = {"minister", "spokesman", "head", "commander", "lawmaker"}  # a name may follow them after a comma
_AGAINST = {"critic"}  # classes after whose word stands whom they are against (`منتقدو الرئيس`)
_TITLE = 9  # tokens of a title before its name
_REACH = 12  # tokens that a speaker's phrase may take where nothing marks its end


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


def read_speaker(board: Board, start: int, limit: int, liberal: bool, governed: bool = False) -> Speaker | None:
    """The source named at a token, None where no actor or source word stands there.

    ``liberal``: the phrase is known to end at ``limit`` (the complement opens there), so unknown words within it are
    titles and circumstances; otherwise it ends at the first unknown word. ``governed``: the cue itself governs the
    phrase, so a preposition before it does not make it an addressee (`وفقا لوكالة` …).
    """
    at = start
    forms, gaps, quotes, named, sources = board.forms, board.text.gaps, board.quote_at, board.actor_at, board.source_at
    quantifiers = board.sets["quantifiers"]
    while at < limit and at not in named and at not in sources:
        led = board.belongs(at) or board.word("to", at) if at == start else board.word("partitive", at)
        if forms[at] not in quantifiers and not led:
            break
        at += 1
    if board.word("which", at) and board.word("so_called", at + 1):
        at += 2
    if at >= limit or (at not in named and at not in sources):
        return None
    phrase = Phrase(start, at, governed=governed)
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
    _author_after(board, phrase, board.sentence_end(start))
    return _finish(board, phrase, min(limit, phrase.last + 1) if liberal else phrase.last)


def _extend(board: Board, at: int, limit: int, phrase: Phrase, liberal: bool) -> bool:
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
    if phrase.group is not None and board.word("so_called", at) and _named_so(board, at + 1, limit, phrase):
        return True
    if at in board.cue_at and "F" in board.cue_at[at].features and not board.cue_at[at].enclitic:
        phrase.closed = phrase.relative = True  # what it says of the speaker: `شهود تحدثوا لرويترز`
        return liberal
    form = board.forms[at]
    if phrase.group is not None and not phrase.closed and phrase.nation is None and at not in board.actor_at:
        phrase.nation = board.nation(at)
    domains = board.table.modifiers.get(form) or (at not in board.source_at and joined_domains(board, form))
    if domains and not phrase.closed and at not in board.actor_at and (phrase.group is not None or phrase.more):
        (phrase.more[-1].domains if phrase.more else phrase.domains).extend(domains)
        phrase.last = at + 1
        return True
    if _rank_before_name(board, at, phrase):
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


def _rank_before_name(board: Board, at: int, phrase: Phrase) -> bool:
    """Whether a rank stands between a title and its name (`المتحدث باسم الجيش العميد فلان`)."""
    match, mention = board.source_at.get(at), board.actor_at.get(at + 1)
    if match is None or mention is None or phrase.group is None or phrase.persons or phrase.closed or phrase.relative:
        return False
    ranked = match.entry in ("commander", "head") and match.features == "def"
    return ranked and mention.first == at + 1 and mention.actor.kind is ActorKind.PERSON


def _named_so(board: Board, at: int, limit: int, phrase: Phrase) -> bool:
    """Take the name by which a group is told to be known (`مجموعة تعرف باسم "الخوذ البيضاء"`); False without one."""
    if board.word("by_name", at):
        at += 1
    mention = board.actor_at.get(at)
    if at >= limit or mention is None or mention.actor.kind is ActorKind.PERSON or phrase.persons or phrase.bodies:
        return False
    phrase.group, phrase.last = None, mention.last
    phrase.bodies.append(mention)
    return True


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


def _take(board: Board, at: int, phrase: Phrase, opening: bool = False, liberal: bool = False) -> bool:
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
        if board.word("run_by", at - 1) and not phrase.bodies and phrase.group is not None:
            phrase.bodies.append(mention)  # `مكتب الشؤون المدنية الذي تديره السلطة`
        return True
    if not opening and not preposition and not joined and _ends_in_nun(board, at, phrase):
        return False
    end, phrase.last = phrase.last, max(phrase.last, mention.last)
    if phrase.group is not None and phrase.group.id in _AGAINST and not media:
        return True
    if opening and (phrase.governed or not preposition):
        (phrase.persons if mention.actor.kind is ActorKind.PERSON else phrase.bodies).append(mention)
    elif media and phrase.group is not None and _stands_for(phrase, at == end, joined, preposition):
        phrase.bodies.append(mention)
    elif media and not joined and (preposition or phrase.persons or phrase.bodies or _speaks_itself(phrase)):
        phrase.via.append(mention.actor)
    elif mention.actor.kind is ActorKind.PERSON and phrase.group is not None and board.word("by_name", at - 1):
        phrase.bodies.append(mention)  # `المتحدث باسم فلان`
    elif mention.actor.kind is ActorKind.PERSON:
        target = phrase.others if joined and phrase.persons else phrase.persons
        if not preposition or not (phrase.persons or phrase.bodies or phrase.group):
            target.append(mention)
    elif joined and (phrase.bodies or phrase.group is not None) and not phrase.closed and not preposition:
        if not phrase.bodies or not _speaks_itself(phrase):
            phrase.others.append(mention)
    elif not phrase.closed or board.word("glue", at - 1):
        if phrase.more and not joined:
            phrase.more[-1].body = phrase.more[-1].body or mention
        else:
            phrase.bodies.append(mention)
    else:
        phrase.last = end
        return liberal
    return True


def _stands_for(phrase: Phrase, next_to_it: bool, joined: bool, preposition: str) -> bool:
    """Whether a medium is the one whose word the source word stands for (`صحيفة الوطن`, `تقرير في صحيفة الوطن`)."""
    group = phrase.group.id if phrase.group is not None else ""
    if group == "media":
        return (joined and bool(phrase.bodies)) or (not joined and not phrase.bodies and next_to_it)
    return group in _WRITTEN and bool(preposition) and not (joined or phrase.bodies or phrase.persons or phrase.more)


def _ends_in_nun(board: Board, at: int, phrase: Phrase) -> bool:
    """Whether the source word right before a name keeps the nun of its plural (`ناشطون`): the name is an object then.

    In a construct the nun drops (`ناشطو الحركة`): Ryding, A Reference Grammar of Modern Standard Arabic, chapter 8.
    """
    if phrase.group is None:
        return False
    plural, person = tuple(board.sets["plural_ending"]), board.actor_at[at].actor.kind is ActorKind.PERSON
    told = (k for k in range(phrase.first, at) if k in board.source_at and board.source_at[k].entry != "media")
    if person and any(board.forms[k].endswith(plural) for k in told):
        return True  # `حث المنتقدون والمستشارون فلانا`: nor is one person's name that of several
    return phrase.last == at and at - 1 in board.source_at and board.forms[at - 1].endswith(plural)


def _speaks_itself(phrase: Phrase) -> bool:
    return phrase.group is not None and phrase.group.id not in FOR_BODY


def _carrier_preposition(board: Board, at: int) -> str:
    """The preposition before an actor, or before the media word that leads it (`لوكالة` …)."""
    before = board.preposition(at)
    if not before and at > 0 and at - 1 in board.source_at and not board.comma(at):
        return board.preposition(at - 1)
    return before


def _take_word(board: Board, at: int, phrase: Phrase, opening: bool, liberal: bool) -> bool:
    match = board.source_at.get(at)
    if match is None:
        return False
    group = board.table.classes[match.entry]
    if phrase.relative:
        return True
    if not opening and match.proclitic in board.sets["joining"] and not phrase.closed:
        phrase.more.append(Joined(group))
    elif phrase.group is not None and not liberal and not _construct(board, at, phrase):
        return False
    elif phrase.group is None and not (phrase.persons or phrase.bodies) and not (board.preposition(at) and not opening):
        phrase.group = group
        phrase.definite = match.features == "def"
    elif not phrase.closed:
        _take_class(board, at, phrase, group, match.features == "def")
    phrase.last = max(phrase.last, match.last)
    return True


def _take_class(board: Board, at: int, phrase: Phrase, group: SourceClass, definite: bool) -> None:
    """A class after another (`مصدر في الشرطة`, `بيان الوزارة`): what it is one of, or whose word it stands for."""
    if phrase.more:
        phrase.more[-1].domains.append(group.domain)
    elif phrase.group is not None and phrase.group.id in _FOR_CLASS and group.id in FOR_BODY - _FOR_CLASS:
        if definite and not phrase.bodies:
            phrase.group, phrase.first, phrase.definite = group, at, True
    elif not phrase.bodies:
        phrase.domains.append(group.domain)


def _construct(board: Board, at: int, phrase: Phrase) -> bool:
    """Whether a further title stands in a construct or prepositional phrase with the one before it."""
    if board.word("glue", at - 1) or board.proclitic(at):
        return True
    return not phrase.definite and not phrase.domains and at == phrase.last


def _name_after(board: Board, phrase: Phrase, limit: int) -> None:
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


def _author_after(board: Board, phrase: Phrase, limit: int) -> None:
    """Take who made a text as a relative clause tells it (`الأرقام التي نشرها المرصد`, `تحقيق أجرته الصحيفة`)."""
    written = phrase.group is not None and phrase.group.id in _FOR_CLASS
    if not written or phrase.bodies or phrase.persons or phrase.via or phrase.more:
        return
    at = phrase.last + board.word("relatives", phrase.last)
    if at + 1 >= limit or board.comma(at) or not board.forms[at].endswith(board.table.endings["made_ending"]):
        return
    mention = board.actor_at.get(at + 1)
    related = at > phrase.last or board.word("made", at)
    if related and mention is None and _made_by_class(board, at + 1, phrase):
        return
    if not related or mention is None or mention.first != at + 1 or board.preposition(at + 1):
        return
    if mention.actor.kind is ActorKind.PERSON:
        phrase.persons.append(mention)
    elif mention.actor.kind is not ActorKind.MEDIA or (phrase.group is not None and phrase.group.id in _WRITTEN):
        phrase.bodies.append(mention)
    else:
        return
    phrase.last = mention.last


def _made_by_class(board: Board, at: int, phrase: Phrase) -> bool:
    """Take the unnamed author of a text (`معلومات نشرتها منظمات صحية`) for its speaker; False without one."""
    match = board.source_at.get(at)
    group = board.table.classes[match.entry] if match is not None else None
    if match is None or group is None or group.id in _FOR_CLASS:
        return False
    phrase.group, phrase.domains, phrase.last = group, [], match.last
    while phrase.last < board.size and board.forms[phrase.last] in board.table.modifiers:
        phrase.domains.extend(board.table.modifiers[board.forms[phrase.last]])
        phrase.last += 1
    return True


def _finish(board: Board, phrase: Phrase, end: int) -> Speaker | None:
    """The speaker that the phrase names, with its words up to a token; None where it names no source."""
    sources = name_sources(board, phrase)
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
