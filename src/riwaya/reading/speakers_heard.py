"""Speakers who are no known actor, and words that point back to a speaker heard before (`المصدر`, `البيان`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from riwaya.model import Actor, ActorKind, Evidence, Source, SourceKind
from riwaya.reading.board import Board
from riwaya.reading.source_kinds import source_of
from riwaya.reading.speakers import Speaker, read_speaker
from riwaya.text.normalise import fold

_PERSONS = {"police", "commander", "minister", "doctor", "activist", "lawmaker"}  # classes of which one is a person
_OF = 4  # tokens of an office before the body that it is one of


def unknown_speaker(board: Board, first: int, limit: int, definite: bool = False) -> Speaker | None:
    """A speaker whose name is in no list: the words themselves, None where they are none (`في بيان`).

    ``definite``: a noun with the article will do (`قالت الشركة إن`).
    """
    last = first
    while last < limit and last < first + 5 and not board.comma(last + 1 if last > first else first):
        if board.word("prepositions", last) or board.word("adverbs", last) or board.word("relatives", last):
            break
        if last in board.source_at or last in board.actor_at:
            break
        last += 1
    form = board.forms[first] if first < len(board.text) else ""
    if last == first or form.isdigit() or first in board.cue_at:
        return None
    if board.word("no_name", first) or board.joined_noun(first) or _participle(board, first, limit):
        return None
    if form.startswith(board.table.endings["addressed"]):
        return None
    if form.startswith(board.article):
        if not definite:
            return None
        spoken_for = next((k for k in range(first + 1, min(limit, first + _OF)) if _belongs(board, k)), -1)
        if spoken_for >= 0:
            return read_speaker(board, spoken_for, limit, liberal=True, governed=True)
        last = first + 1
    start, end = board.text.span(first, last)
    surface = board.text.raw[start:end]
    actor = Actor("named:" + fold(surface), surface, ActorKind.PERSON, source_kind=SourceKind.LOCAL, known=False)
    source = Source(actor, SourceKind.LOCAL, Evidence(start, end, surface))
    heard_by = [
        mention.actor
        for mention in board.actors
        if last <= mention.first < limit and mention.actor.kind is ActorKind.MEDIA and board.preposition(mention.first)
    ]
    return Speaker(first, last, [source], heard_by[:1], words=frozenset(board.forms[first:last]))


def _participle(board: Board, first: int, limit: int) -> bool:
    """Whether a participle of saying follows: the words before it are what it is about (`وروت تفاصيل … قائلة إن`)."""
    return any("P" in match.features for k in range(first, limit) if (match := board.cue_at.get(k)) is not None)


def _belongs(board: Board, token: int) -> bool:
    """Whether a body to which something belongs is named at a token (`المركز الإعلامي لهيئة الدفاع`)."""
    mention = board.actor_at.get(token)
    if mention is None or mention.first != token or mention.actor.kind in (ActorKind.MEDIA, ActorKind.PERSON):
        return False
    return board.proclitic(token) in board.sets["to"]


def recall(speaker: Speaker, board: Board, heard: Sequence[Speaker]) -> Speaker:
    """For a bare definite noun (`المركز`), the speaker or actor named before with that noun; else the speaker given."""
    article = board.article
    form = board.forms[speaker.first]
    words = board.forms[speaker.first : speaker.last]
    for known in reversed(heard):
        if board.forms[known.last : known.last + len(words)] == words and not board.comma(known.last):
            return _again(known, speaker)  # a second name (`أحمد النور رقم الله` … `رقم الله`)
        if len(words) == 1 and known.sources[0].actor.kind is ActorKind.PERSON and form in known.words:
            return _again(known, speaker)
    if speaker.last - speaker.first > 1 or not form.startswith(article):
        return speaker
    stem = form.removeprefix(article)
    for known in reversed(heard):
        if stem in known.words:
            return _again(known, speaker)
    mention = board.mentioned(stem, speaker.first, whole=True)
    if mention is None:
        return speaker
    return replace(speaker, sources=[source_of(board, mention.actor, mention)], back=True)


def people(board: Board, token: int, plural: bool = False) -> Speaker | None:
    """A people or group in the nominative plural with the article (`الأهوازيون`), None where the word is another.

    ``plural``: the verb after it is in the plural, so that any definite word will do (`الأكراد ينفون`).
    """
    form = board.forms[token]
    joined = board.joined_noun(token)
    form = form[1:] if joined else form
    if not form.startswith(board.article) or any(board.word(name, token) for name in ("relatives", "complementisers")):
        return None
    if plural and (token - 1 in board.source_at or form.endswith(board.table.endings["feminine_ending"])):
        return None
    if not plural and not form.endswith(board.table.endings["people_ending"]):
        return None
    start, end = board.text.span(token, token + 1, skip=int(joined))
    surface = board.text.raw[start:end]
    actor = Actor(
        "people:" + form, surface, ActorKind.CIVILIANS, ("residents",), source_kind=SourceKind.LOCAL, known=False
    )
    return Speaker(token, token + 1, [Source(actor, SourceKind.LOCAL, Evidence(start, end, surface))])


def point_back(speaker: Speaker, board: Board, heard: Sequence[Speaker]) -> Speaker:
    """The speaker heard before that a bare definite word means (`المصدر`, `البيان`, `الوزير`), else the one given."""
    named = speaker.sources[0].actor
    if not speaker.group or named.known or named.organisation is not None:
        return speaker
    group = board.table.classes[speaker.group]
    words = board.forms[speaker.first : _name_end(board, speaker)]
    around = board.forms[max(0, speaker.first - 1) : speaker.last + 1]
    again = not board.sets["same"].isdisjoint(around)
    article = board.article
    head = words[0] if words else ""
    defined = _defined(board, head)
    definite = defined and group.definite and all(word.startswith(article) for word in words[1:])
    if not (definite or again):
        return _again(heard[-1], speaker) if group.id == "statement" and heard else speaker
    if not again and group.id in _PERSONS and _name_follows(board, speaker.last):
        return speaker
    stem = head.split(article, 1)[-1] if defined else head
    for known in reversed(heard):
        if stem in known.words or (known.group == speaker.group and known.group != "head"):
            return _again(known, speaker)
    if len(words) > 1 and not again:
        return speaker
    if group.id == "document":
        return _its_author(board, speaker, stem) or (_again(heard[-1], speaker) if heard else speaker)
    if group.id == "source":
        earlier = _its_author(board, speaker, stem, known=False)
        if earlier is not None or stem in board.sets["several"]:
            return earlier or speaker  # several sources are nobody heard alone
    if group.id in ("statement", "source", "spokesman", "official") and heard:
        return _again(heard[-1], speaker)
    mention = board.mentioned(stem, speaker.first)
    if mention is None:
        return speaker
    return replace(speaker, sources=[source_of(board, mention.actor, mention)], back=True)


def _defined(board: Board, form: str) -> bool:
    """Whether a word has the article, after proclitics or not (`والمصدر`; `وكالة` has none)."""
    before = form.find(board.article)
    clitics = board.sets["joining"] | board.sets["attached"]
    return 0 <= before <= 2 and all(letter in clitics for letter in form[:before])


def _name_follows(board: Board, token: int) -> bool:
    """Whether a word that no list knows stands right after a title, most likely a name (`الشرطي فلان`)."""
    if token >= board.size or board.comma(token) or board.explained(token) or token in board.cue_at:
        return False
    known = any(board.word(name, token) for name in ("complementisers", "relatives", "conjunctions", "which", "what"))
    return not (known or board.forms[token].endswith(board.table.endings["adverb_ending"]) or board.belongs(token))


def _name_end(board: Board, speaker: Speaker) -> int:
    """The token after a speaker's own words, without whom it told (`المصدر لوكالة رويترز`)."""
    for token in range(speaker.first + 1, speaker.last):
        if board.comma(token) or (board.preposition(token) and board.forms[token - 1] not in board.sets["same"]):
            return token - board.prepositional(token - 1)
    return speaker.last


def _its_author(board: Board, speaker: Speaker, stem: str, known: bool = True) -> Speaker | None:
    """Whose a document is, as told where it was named before (`في تقرير للأمم المتحدة` … `قال التقرير`).

    ``known``: only a known actor will do; else a source word told before without a verb of its own.
    """
    for token in sorted((at for at in board.source_at if at < speaker.first), reverse=True):
        if stem not in board.forms[token]:
            continue
        author = read_speaker(board, token, board.sentence_end(token), liberal=False, governed=True)
        if author is not None and (author.sources[0].actor.known or not known):
            return _again(author, speaker)
    return None


def _again(known: Speaker, speaker: Speaker) -> Speaker:
    return replace(
        speaker,
        sources=known.sources,
        via=[*speaker.via],
        words=known.words | speaker.words,
        group=known.group,
        back=True,
    )
