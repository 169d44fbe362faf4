"""The subject of a cue verb: after it, before it, the antecedent of a relative clause, or a speaker heard before.

Arabic verbal sentences put the subject after the verb, nominal ones before it (Ryding 2005, chapters 4 and 7.2); the
gender of a verb before its subject agrees with it, by which an object is told from a subject.
"""

from __future__ import annotations

from dataclasses import replace

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind, Stance
from riwaya.reading.board import Board, Opening
from riwaya.reading.speakers import Speaker, adjective_before_name, read_speaker
from riwaya.reading.speakers_heard import people, point_back, recall, unknown_speaker
from riwaya.reading.statements import Statements
from riwaya.reading.subjects_before import (
    Found,
    accused,
    agrees,
    asked_by,
    clause_start,
    ends_at,
    is_plural,
    nominal,
    responsibility,
    subject_before,
)

_SKIPPED = 7  # circumstances that may stand between a verb and its subject
_NAME = 3  # tokens at most of an unknown name before its verb
_OWNER = 5  # tokens before a title with a pronoun among which its owner is named
_HEAD = 5  # tokens of a sentence among which the person it is about is named
_BETWEEN = 8  # unknown words between a topic and its verb


def find_speaker(found: Statements, match: Match, cue: Cue, opening: Opening | None, end: int) -> Found:
    """The verb's subject, None where there is none; and where it was found: after, before, back, unknown."""
    board = found.board
    if "F" not in match.features:
        if "M" in match.features:
            return _of_masdar(found, match, cue, end)
        speaker, how = subject_before(found, match, participle=True)
        near = opening is not None and opening.at == match.last
        return (found.heard[-1], "back") if speaker is None and found.heard and near else (speaker, how)
    if cue.impersonal and board.word("relatives", match.first - 1) and opening is not None and opening.at == match.last:
        return None, ""
    if cue.negated is Stance.UNCONFIRMED and board.negated(match.first) and board.word("with_pronoun", match.first - 2):
        party = accused(found, match)  # `إلا أنها لم تؤكد`
        if party is not None:
            return party, "back"
    if board.word("with_pronoun", match.first - 1):
        return _of_pronoun(found, match)
    if board.word("which", match.first - 1) and opening is not None and opening.at == match.last:
        return subject_before(found, match, participle=True)
    if cue.role == "act" and board.word("relatives", match.first - 1) and not match.enclitic:
        antecedent = subject_before(found, match, participle=False)
        if antecedent[1] == "before" and antecedent[0] is not None:
            return antecedent  # `المحامية التي انتقدت القضاء`
    limit = opening.at if opening is not None else end
    if cue.role == "relay":
        outside = (at for at in range(match.last, limit) if at not in board.actor_at)  # a name can hold the preposition
        origins = (at for at in outside if _told_noun(board, at) or board.forms[at] in cue.origins)
        limit = next(origins, limit)
    elif cue.complement == "object":
        other = opening is not None and _takes(board, opening)
        limit = next((at for at in range(match.last + 1, limit) if _object(board, at, other)), limit)
    topic = _topic(found, match)
    after = None
    if limit > match.last and not is_plural(board, match):
        liberal = opening is not None and opening.how != "preposition" and cue.role != "act"
        loose = liberal and cue.role == "say" and not cue.addresses
        after = subject_after(board, match, limit, liberal, loose)
    beside = after is not None and after.first == match.last and board.comma(match.first)
    if after is not None and (topic is None or beside) and not _object_of_joined(found, match, cue, after, limit):
        return point_back(_with_body(found, after), board, found.heard), "after"
    if topic is not None:
        if after is not None:
            topic = replace(topic, via=[*topic.via, *(s.actor for s in after.sources if _is_media(s.actor.kind))])
        return topic, "before"
    return _elsewhere(found, match, cue, opening, limit, end)


def _elsewhere(found: Statements, match: Match, cue: Cue, opening: Opening | None, limit: int, end: int) -> Found:
    """A speaker neither named after the verb nor at the head of its clause."""
    board = found.board
    at = match.last + board.word("quantifiers", match.last)
    group = people(board, at) if at < limit else None
    if group is not None:
        return group, "after"
    before = match.first - 1
    if is_plural(board, match) and before >= 0 and not match.proclitic and not nominal(board, before):
        group = people(board, before, plural=True)
        if group is not None:
            return group, "before"
    known = found.in_sentence(match.first)
    if known is not None and known.cue.role == "according" and not match.proclitic:
        unknown = _unknown(board, match, cue, opening)
        if unknown is not None:
            return recall(unknown, board, found.heard), "unknown"
    speaker, how = subject_before(found, match, participle=False)
    if speaker is not None:
        return speaker, how
    return _unknown_or_heard(found, match, cue, opening, end)


def _of_pronoun(found: Statements, match: Match) -> Found:
    """The subject that a pronoun before the verb means (`إنه يعتبر`, `لكنه قال`): the speaker."""
    known = found.open_at(match.first) or found.in_sentence(match.first)
    if known is not None:
        return known.speaker, "back"
    speaker, how = subject_before(found, match, participle=True)
    if speaker is not None or not found.heard:
        return speaker, how
    return found.heard[-1], "back"


def _told_noun(board: Board, token: int) -> bool:
    match = board.cue_at.get(token)
    return match is not None and match.features == "M" and board.cue(match).role == "say"


def _takes(board: Board, opening: Opening) -> bool:
    """Whether the verb right before a clause takes it (`أعلنت الوزارة مقتل رجل، فيما قالت إنها`)."""
    before = board.cue_at.get(opening.at - 1)
    return opening.how == "clause" and before is not None and "F" in before.features


def _object(board: Board, token: int, other: bool) -> bool:
    """Whether what is announced begins at a token: the responsibility for a deed, or a happening.

    ``other``: the clause that follows is another verb's, so that the happening is the object.
    """
    if responsibility(board, token):
        return True
    free = token not in board.actor_at and not board.prepositional(token - 1) and not board.comma(token)
    return other and free and board.happening(token)


def _is_media(kind: ActorKind) -> bool:
    return kind is ActorKind.MEDIA


def _of_masdar(found: Statements, match: Match, cue: Cue, end: int) -> Found:
    """The doer of a verbal noun: after it (`تهديد تركيا`), else, with a pronoun, the subject before it (`اتهامه`)."""
    board = found.board
    if asked_by(board, match, cue):
        return read_speaker(board, match.last + 1, end, liberal=False, governed=True), "after"
    by = bool(match.proclitic) and match.proclitic[-1] in board.sets["attached"]
    if not match.enclitic and not by:
        speaker = read_speaker(board, match.last, end, liberal=False)
        if speaker is None and (board.word("back", match.last) or responsibility(board, match.last)):
            topic = _topic(found, match)
            return (topic, "before") if topic is not None else subject_before(found, match, participle=True)
        return speaker, "after"
    known = found.in_sentence(match.first)
    close = next((k for k in range(match.first - 1, match.first - 4, -1) if by and k >= 0 and nominal(board, k)), -1)
    if close >= 0 and not board.preposition(close):
        return read_speaker(board, close, match.first, liberal=True), "before"
    if known is not None:
        return known.speaker, "back"
    speaker, _ = subject_before(found, match, participle=True)
    if speaker is not None:
        return speaker, "before"
    return (found.heard[-1], "back") if found.heard and cue.role != "act" else (None, "")


def _with_body(found: Statements, speaker: Speaker) -> Speaker:
    """A title with a pronoun (`متحدثه فلان`) speaks for the body heard last."""
    match = found.board.source_at.get(speaker.first)
    actor = speaker.sources[0].actor
    if match is None or not match.enclitic or actor.organisation is not None or not found.heard:
        return speaker
    if match.entry == "kin":
        return speaker
    body = _owner(found.board, speaker.first, match.enclitic) or found.heard[-1].sources[0].actor
    body = body.organisation or body if body.kind is ActorKind.PERSON or not body.known else body
    if body.kind is ActorKind.PERSON or body.id == actor.id:
        return speaker
    first = replace(speaker.sources[0], actor=replace(actor, organisation=body))
    return replace(speaker, sources=[first, *speaker.sources[1:]])


def _owner(board: Board, token: int, pronoun: str) -> Actor | None:
    """The state or body told right before a title whose pronoun means it (`رفضتها روسيا، وقال مندوبها`), else None."""
    start = max(board.sentence_start(token), token - _OWNER)
    for mention in reversed(board.actors):
        if not start <= mention.first < token or mention.actor.kind in (ActorKind.PERSON, ActorKind.MEDIA):
            continue
        form = board.forms[mention.first]
        other = board.sets["masculine"] if pronoun in board.sets["hers"] else board.sets["feminine"]
        if form not in other:
            return mention.actor
    return None


def _topic(found: Statements, match: Match) -> Speaker | None:
    """A subject before the verb, at the head of its clause (`الجيش نفى`, `وكان الوزير قد أبلغ`); None without one."""
    board, first = found.board, match.first
    joined = bool(match.proclitic) and match.proclitic[0] in board.sets["joining"]
    title = board.text.sentence(first).paragraph == 0
    if board.word("relatives", first - 1) or (joined and not title):
        return None
    start = 0 if joined else clause_start(board, first)
    if start == first and first > 0:
        start = clause_start(board, first - 1)
        if not board.word("preceding", start):
            start = first
    lead = board.word("preceding", start) or board.word("preceding", start + 1)
    for token in range(start, min(start + 4, first)):
        begins = nominal(board, token)
        if begins and token in board.actor_at and board.dateline(board.actor_at[token].last):
            continue
        if not begins:
            if board.forms[token] in board.table.leading:
                continue
            return None
        if board.preposition(token) and not lead:
            return None
        if not agrees(board, match, token) or _distance(board, ends_at(board, token), first) > _BETWEEN:
            return None
        speaker = read_speaker(board, token, first, liberal=True, governed=True)
        return point_back(speaker, board, found.heard) if speaker is not None else None
    return None


def _distance(board: Board, start: int, end: int) -> int:
    """Unknown words between two tokens."""
    count = 0
    relative = False
    for token in range(start, end):
        relative = board.word("relatives", token) or (relative and not board.comma(token))
        count += not relative and not board.explained(token)
    return count


def _object_of_joined(found: Statements, match: Match, cue: Cue, after: Speaker, limit: int) -> bool:
    """Whether the noun after a joined verb is whom it addresses (`وحث القوات على`) and the speaker is the one before.

    So it is where the speaker of the same sentence goes on and the noun is the verb's only one.
    """
    if cue.role != "act" or not match.proclitic or found.in_sentence(match.first) is None:
        return False
    board = found.board
    for token in range(after.last, min(limit, after.last + 6)):
        if nominal(board, token) and not board.preposition(token):
            return False
        if board.word("prepositions", token) or board.comma(token):
            break
    return True


def subject_after(board: Board, match: Match, limit: int, liberal: bool, loose: bool = False) -> Speaker | None:
    """The subject after a verb, circumstances between them skipped (`وأعلنت، الأحد، وزارة` …); None without one.

    ``loose``: a noun right after the verb is its subject though its gender is another's, where no other noun agrees.
    """
    start = at = match.last
    via = []
    if match.last - match.first > 1 and nominal(board, at):
        return read_speaker(board, at, limit, liberal, governed=True)
    while at < limit and at < start + _SKIPPED:
        if nominal(board, at) or at in board.actor_at:
            if not board.preposition(at):
                break
            mention = board.actor_at.get(at)
            if mention is not None and _is_media(mention.actor.kind):
                via.append(mention.actor)
                at = mention.last
                continue
        elif adjective_before_name(board, at, limit):
            at = next(k for k in range(at, at + 4) if k in board.actor_at)
            break
        elif not _circumstance(board, at, start) and not via:
            break
        at += 1
    speaker = read_speaker(board, at, limit, liberal) if at < limit and agrees(board, match, at) else None
    if speaker is None and liberal:
        for later in range(at, limit):
            if nominal(board, later) and not board.preposition(later) and agrees(board, match, later):
                speaker = read_speaker(board, later, limit, liberal)
                break
    if speaker is None and loose and at == match.last < limit and nominal(board, at) and not board.preposition(at):
        speaker = read_speaker(board, at, limit, liberal)
    if speaker is None or not speaker.sources:
        return None
    speaker.via.extend(actor for actor in via if actor not in speaker.via)
    return speaker


def _circumstance(board: Board, token: int, start: int) -> bool:
    if board.word("adverbs", token) or board.word("quantifiers", token) or board.forms[token].isdigit():
        return True
    return (token > start or board.word("to", token)) and board.word("prepositions", token)


def _unknown(board: Board, match: Match, cue: Cue, opening: Opening | None) -> Speaker | None:
    """A speaker whose name is in no list between a verb of saying and its clause."""
    if opening is None or opening.at <= match.last or cue.role != "say":
        return None
    if match.last - match.first > 1 or cue.needs_speaker or is_plural(board, match):
        return None
    named = opening.at == match.last + 1 and board.word("complementisers", opening.at + 1)
    plain = not (cue.required or cue.prepositions or cue.impersonal)
    strong = named or (plain and opening.how in ("clause", "quote", "colon"))
    return unknown_speaker(board, match.last, opening.at, definite=strong)


def _unknown_topic(board: Board, match: Match, cue: Cue, opening: Opening | None) -> Speaker | None:
    """A name in no list between a leading word and the verb whose clause follows at once (`لكن فلانا قال إن`)."""
    if cue.role != "say" or cue.complement == "object" or opening is None or opening.at > match.last + 1:
        return None
    if match.proclitic or "F" not in match.features or is_plural(board, match):
        return None
    first = board.sentence_start(match.first)
    while first < match.first and board.forms[first] in board.table.leading:
        first += 1
    end = match.first
    while end > first and board.word("auxiliaries", end - 1):
        end -= 1
    if not 0 < end - first <= _NAME or first == board.sentence_start(match.first):
        return None
    speaker = unknown_speaker(board, first, end)
    return speaker if speaker is not None and speaker.last == end else None


def _heard(found: Statements, match: Match) -> Speaker:
    """The speaker heard last; where that is only whom the narration relies on, the person whom it is about.

    So `خرج فلان من السجن، بحسب الوكالة. وقال: "…"`: the person speaks, not the agency.
    """
    board, last = found.board, found.heard[-1]
    relied = next((known for known in reversed(found.found) if known.speaker is last), None)
    if relied is None or relied.cue.role != "according" or "m" not in match.features:
        return last
    start = board.sentence_start(relied.match.first)
    for token in range(start, min(start + _HEAD, relied.match.first)):
        mention = board.actor_at.get(token)
        if mention is not None and mention.first == token and mention.actor.kind is ActorKind.PERSON:
            about = None if board.preposition(token) else read_speaker(board, token, mention.last, liberal=False)
            return about or last
    return last


def _unknown_or_heard(found: Statements, match: Match, cue: Cue, opening: Opening | None, end: int) -> Found:
    """A speaker whose name is in no list, or the one heard before (`وأضاف أن`)."""
    board = found.board
    unknown = _unknown(board, match, cue, opening)
    if unknown is not None:
        return recall(unknown, board, found.heard), "unknown"
    unknown = _unknown_topic(board, match, cue, opening)
    if unknown is not None:
        return recall(unknown, board, found.heard), "before"
    if not found.heard or cue.needs_speaker or not _leads(board, match) or cue.impersonal:
        return None, ""
    following = board.forms[match.last] if match.last < end else ""
    mismatch = "m" in match.features and following in board.sets["feminine"]
    if cue.role == "act" and (nominal(board, match.last) or mismatch or following.endswith(_objects(board))):
        return _heard(found, match), "back"
    if opening is not None:
        aside = board.word("prepositions", match.last) or board.word("adverbs", match.last)
        addressed = match.last < end and board.belongs(match.last)  # `وقال لوكالة فلان إن`
        aside = aside or addressed or _quoting(board, match.last)
        return (_heard(found, match), "back") if aside or opening.at <= match.last + 2 else (None, "")
    definite = following.startswith(board.article)
    if cue.complement == "clause" and board.comma(match.last):
        return _heard(found, match), "back"
    if cue.complement == "object" and not definite:
        return _heard(found, match), "back"
    return None, ""


def _quoting(board: Board, token: int) -> bool:
    """Whether words stand at a token that tell whom the speaker quotes (`وأضافت نقلا عن الوزارة أن`)."""
    match = board.cue_at.get(token)
    return match is not None and board.cue(match).role == "according"


def _objects(board: Board) -> tuple[str, ...]:
    return board.table.endings["object_ending"]


def _leads(board: Board, match: Match) -> bool:
    """Whether a verb begins its sentence or is joined to the clause before it."""
    first = match.first
    if first <= board.sentence_start(first) + 1 or board.word("conjunctions", first - 1):
        return True
    return bool(match.proclitic) and match.proclitic[0] in board.sets["joining"]


