"""The subject before a verb: at the head of its clause, the antecedent of a relative clause, or who speaks already.

In a nominal sentence the subject stands before the verb and agrees with it in gender and number (Ryding 2005, 4.2).
"""

from __future__ import annotations

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import ActorKind, Stance
from riwaya.reading.board import Board
from riwaya.reading.speakers import Speaker, read_speaker
from riwaya.reading.speakers_heard import point_back
from riwaya.reading.statements import Statement, Statements

_SO_SAID = 6  # tokens after a verb within which opens what it says a thing is
_PARTIES = {
    *(ActorKind.STATE, ActorKind.MILITARY, ActorKind.POLICE, ActorKind.ARMED_GROUP, ActorKind.COALITION),
    ActorKind.POLITICAL,
}
_TEXTS = {"statement", "document"}  # classes of source words that somebody writes (`نشرت صحيفة تقريرا قالت فيه`)
_TOLD_IN = {*_TEXTS, "video"}  # of which somebody else says what it shows (`نشروا فيديو قالوا إنه للقصف`)
_HEAD = 5  # tokens of a sentence among which its subject begins, for a verb joined to its first clause

Found = tuple[Speaker | None, str]


def subject_before(found: Statements, match: Match, participle: bool) -> Found:
    """The subject before a verb: the antecedent of a relative clause, or the speaker of the main clause."""
    board, first = found.board, match.first
    joined = bool(match.proclitic) and match.proclitic[0] in board.sets["joining"]
    start = clause = clause_start(board, first)
    if participle or (joined and start not in board.quote_at):
        start = board.sentence_start(first)
    known = _stand_before(found, match) if joined else None
    known = known or found.in_sentence(first)
    if participle and known is not None:
        return known.speaker, "back"
    at = first
    while at > start and (board.word("adverbs", at - 1) or board.word("auxiliaries", at - 1)):
        at -= 1
    if board.word("relatives", at - 1) and match.enclitic and known is not None:
        return known.speaker, "back"  # `الحوثيين الذين اتهمهم`: whom the speaker accused
    if board.word("relatives", at - 1):
        speaker = _antecedent(board, start, at - 1)
        if speaker is not None or not _spoken_of(board, at - 1, match):
            return (point_back(speaker, board, found.heard) if speaker is not None else None), "before"
        if known is not None:
            return known.speaker, "back"
        start, at, participle = board.sentence_start(first), at - 2, True
    if joined and known is not None:
        return known.speaker, "back"
    nominals = [token for token in range(start, at) if nominal(board, token)]
    if not participle:
        nominals = [token for token in nominals if token >= clause or token < start + _HEAD]
    free = [token for token in nominals if not board.preposition(token)]
    if not free and known is None:
        free = [token for token in nominals if token_group(board, token) in _TEXTS][-1:]  # `وفي بيان للجيش، نفى`
    head = [token for token in free if token < start + _HEAD] if joined and not participle else []
    if head:
        free = head[:1]
    close = [token for token in free if ends_at(board, token) == at]
    if close and known is not None and token_group(board, close[-1]) in _TOLD_IN:
        issuer = next((token for token in free if ends_at(board, token) == close[-1]), -1)
        if issuer < 0 and (match.first - 1 == close[-1] or is_plural(board, match)):
            return known.speaker, "back"  # `أعلن الفصيل مسؤوليته وأصدر بيانا قال فيه إن`
        close = [issuer] if issuer >= 0 else close
    if close and len(free) > 1 and token_group(board, close[-1]) in _TEXTS:
        close = [token for token in free if token_group(board, token) not in _TEXTS][-1:]
    elif close and token_group(board, close[-1]) in _TEXTS and board.word("issued", start) and len(nominals) > 1:
        close = nominals[:1]  # `صدر عن الوزارة بيان أعلن`
    for token in close[-1:] or (free[:1] if known is None else []):
        speaker = read_speaker(board, token, at, liberal=True, governed=True)
        if speaker is not None:
            return point_back(speaker, board, found.heard), "before"
    return (known.speaker, "back") if known is not None else (None, "")


def _stand_before(found: Statements, match: Match) -> Statement | None:
    """The stand just taken by whom a verb joined to it goes on to speak (`نفاه شهود وأكدوا سقوط قذيفة`), else None."""
    last = found.found[-1] if found.found else None
    if last is None or last.how != "pronoun" or match.first - last.speaker.last > 1:
        return None
    return last if last.match.first >= found.board.sentence_start(match.first) else None


def _antecedent(board: Board, start: int, end: int) -> Speaker | None:
    """The nominal right before a relative pronoun."""
    for token in range(end - 1, max(start, end - 3) - 1, -1):
        mention = board.actor_at.get(token)
        if mention is not None:
            return read_speaker(board, mention.first, end, liberal=False, governed=True)
        if token in board.source_at:
            return read_speaker(board, token, end, liberal=False, governed=True)
    return None


def so_said(board: Board, match: Match, cue: Cue, end: int) -> bool:
    """Whether a verb after `what` tells what somebody says a thing is (`ردا على ما قالت إنه هجوم`)."""
    if cue.role != "say" or cue.stance is not Stance.ASSERTS or cue.complement != "clause" or match.enclitic:
        return False
    opening = board.opening(match.last, min(end, match.last + _SO_SAID), cue)
    return opening is not None and opening.how == "clause" and board.word("with_pronoun", opening.at)


def _spoken_of(board: Board, relative: int, match: Match) -> bool:
    """Whether a relative clause's noun is what is said of, and not who says (`استقالته التي قال إنها مؤقتة`)."""
    if not board.word("with_pronoun", match.last):
        return False
    feminine = board.word("feminine_relatives", relative)
    if ("f" in match.features and not feminine) or ("m" in match.features and feminine):
        return True
    return any(board.happening(token) for token in range(max(0, relative - 3), relative))


def accused(found: Statements, match: Match) -> Speaker | None:
    """Who takes a stand without being named (`اتهمت روسيا تركيا، وهو ما تنفيه`): the last party told of that can."""
    board = found.board
    known = found.in_sentence(match.first)
    speaking = {source.actor.id for source in known.speaker.sources} if known is not None else set()
    start = board.sentence_start(match.first)
    for mention in reversed(board.actors):
        if not start <= mention.first < match.first:
            continue
        if mention.actor.kind in _PARTIES and mention.actor.id not in speaking and agrees(board, match, mention.first):
            return read_speaker(board, mention.first, mention.last, liberal=False, governed=True)
    return None


def clause_start(board: Board, token: int) -> int:
    """The first token of a token's clause: after a break word or complementiser, or at its sentence's beginning."""
    start = board.sentence_start(token)
    forms, quotes = board.forms, board.quote_at
    complementisers, breaks = board.sets["complementisers"], board.sets["breaks"]
    temporal = board.sets["temporal"]  # `روسيا، بعد أن رفضت القرار، قالت`
    for at in range(token - 1, start - 1, -1):
        form = forms[at]
        if form in complementisers and not (at > start and forms[at - 1] in temporal):
            return at + 1
        if form in breaks and (board.comma(at) or at == start):
            return at + 1
        if at in quotes and token < quotes[at].last and not board.name_quote(quotes[at]):
            return at
    return start


def agrees(board: Board, match: Match, token: int) -> bool:
    """Whether a noun's gender, where its form tells it, does not speak against the verb's."""
    form = board.forms[token]
    proclitic = board.proclitic(token)
    form = form[len(proclitic) :] if proclitic and form.startswith(proclitic) else form
    told = board.source_at.get(token)
    if told is not None and told.enclitic:
        form = form.removesuffix(told.enclitic)  # `مديره`: no feminine ending
    particles = board.table.particles
    plural = token < match.first and form.endswith(tuple(board.sets["people_ending"]))
    if plural and "F" in match.features and not is_plural(board, match) and not match.enclitic:
        return False  # `الحوثيون يخطفون ضابطا انتقد زعيمهم`: a subject before its verb agrees in number
    person = board.actor_at.get(token)
    if person is not None and person.actor.kind is ActorKind.PERSON and is_plural(board, match):
        return person.last in board.actor_at and board.proclitic(person.last) in board.sets["joining"]
    if "m" in match.features and "f" not in match.features:
        mention = board.actor_at.get(token)
        named = mention is not None and mention.actor.kind is ActorKind.PERSON
        if named or form in particles["masculine"]:
            return True
        return not (form in particles["feminine"] or form.endswith(board.table.endings["feminine_ending"]))
    if "f" in match.features and "m" not in match.features:
        return form not in particles["masculine"]
    return True


def is_plural(board: Board, match: Match) -> bool:
    """Whether a verb is in the plural: then its subject stands before it or is one heard (Ryding 2005, 4.2)."""
    if not board.forms[match.first].endswith(board.table.endings["plural_ending"]):
        return False
    return "F" in match.features and not match.enclitic and match.last - match.first == 1


def nominal(board: Board, token: int) -> bool:
    """Whether an actor's name or a source word begins at a token."""
    mention = board.actor_at.get(token)
    return token in board.source_at or (mention is not None and mention.first == token)


def token_group(board: Board, token: int) -> str:
    """The class of the source word at a token, "" where there is none."""
    match = board.source_at.get(token)
    return match.entry if match is not None else ""


def ends_at(board: Board, token: int) -> int:
    """The token after the actor or source word that begins at a token, adjectives included."""
    mention = board.actor_at.get(token)
    end = mention.last if mention is not None else board.source_at[token].last
    while end < len(board.text) and board.forms[end] in board.table.modifiers:
        end += 1
    return end


def responsibility(board: Board, token: int) -> bool:
    """Whether a party's responsibility is named at a token (`مسؤوليته`)."""
    match = board.cue_at.get(token)
    return match is not None and board.cue(match).role == "responsibility" and bool(match.enclitic)


def asked_by(board: Board, match: Match, cue: Cue) -> bool:
    """Whether the doer of a verbal noun follows with a preposition (`دعوات من الأمم المتحدة`, `بطلب من الكويت`)."""
    at = match.last + 1
    if cue.role != "act" or match.features != "M" or match.enclitic or at >= board.size:
        return False
    if board.forms[match.last] not in cue.origins or board.comma(at):
        return False
    return at in board.actor_at or at in board.source_at


def denied_report(found: Statements, match: Match, statement: Statement | None) -> bool:
    """Whether a verb without a subject tells of what a denial is about (`نفى رواية تحدثت عن`)."""
    return (
        statement is not None
        and statement.stance.value == "denies"
        and not match.proclitic
        and not found.board.comma(match.first)
        and not found.board.word("relatives", match.first - 1)
    )
