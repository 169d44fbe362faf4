"""The subject of a cue verb: after it, before it, the antecedent of a relative clause, or a speaker heard before.

Arabic verbal sentences put the subject after the verb, nominal ones before it (Ryding 2005, chapters 4 and 7.2); the
gender of a verb before its subject agrees with it, by which an object is told from a subject.
"""

from __future__ import annotations

from dataclasses import replace

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import ActorKind
from riwaya.reading.board import Board, Opening
from riwaya.reading.speakers import Speaker, adjective_before_name, read_speaker
from riwaya.reading.speakers_heard import people, point_back, recall, unknown_speaker
from riwaya.reading.statements import Statement, Statements

_SKIPPED = 7  # circumstances that may stand between a verb and its subject
_HEAD = 5  # tokens of a sentence among which its subject begins, for a verb joined to its first clause
_BETWEEN = 8  # unknown words between a topic and its verb

Found = tuple[Speaker | None, str]


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
    if board.word("with_pronoun", match.first - 1):
        return _of_pronoun(found, match)
    limit = opening.at if opening is not None else end
    if cue.role == "relay":
        limit = next((at for at in range(match.last, limit) if _told_noun(board, at)), limit)
    topic = _topic(found, match)
    after = None
    if limit > match.last and not _plural(board, match):
        liberal = opening is not None and opening.how != "preposition" and cue.role != "act"
        after = subject_after(board, match, limit, liberal)
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
    group = people(board, match.last) if match.last < limit else None
    if group is not None:
        return group, "after"
    before = match.first - 1
    if _plural(board, match) and before >= 0 and not match.proclitic and not _nominal(board, before):
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


def _plural(board: Board, match: Match) -> bool:
    """Whether a verb is in the plural: then its subject stands before it or is one heard (Ryding 2005, 4.2)."""
    if not board.forms[match.first].endswith(board.table.endings["plural_ending"]):
        return False
    return "F" in match.features and not match.enclitic and match.last - match.first == 1


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


def _is_media(kind: ActorKind) -> bool:
    return kind is ActorKind.MEDIA


def _of_masdar(found: Statements, match: Match, cue: Cue, end: int) -> Found:
    """The doer of a verbal noun: after it (`تهديد تركيا`), else, with a pronoun, the subject before it (`اتهامه`)."""
    board = found.board
    by = bool(match.proclitic) and match.proclitic[-1] in board.sets["attached"]
    if not match.enclitic and not by:
        speaker = read_speaker(board, match.last, end, liberal=False)
        if speaker is None and board.word("back", match.last):
            topic = _topic(found, match)
            return (topic, "before") if topic is not None else subject_before(found, match, participle=True)
        return speaker, "after"
    known = found.in_sentence(match.first)
    close = next((k for k in range(match.first - 1, match.first - 4, -1) if by and k >= 0 and _nominal(board, k)), -1)
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
    body = found.heard[-1].sources[0].actor
    body = body.organisation or body
    if body.kind is ActorKind.PERSON or body.id == actor.id:
        return speaker
    first = replace(speaker.sources[0], actor=replace(actor, organisation=body))
    return replace(speaker, sources=[first, *speaker.sources[1:]])


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
        nominal = _nominal(board, token)
        if nominal and token in board.actor_at and board.dateline(board.actor_at[token].last):
            continue
        if not nominal:
            if board.forms[token] in board.table.leading:
                continue
            return None
        if board.preposition(token) and not lead:
            return None
        if not agrees(board, match, token) or _distance(board, _ends(board, token), first) > _BETWEEN:
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


def agrees(board: Board, match: Match, token: int) -> bool:
    """Whether a noun's gender, where its form tells it, does not speak against the verb's."""
    form = board.forms[token]
    proclitic = board.proclitic(token)
    form = form[len(proclitic) :] if proclitic and form.startswith(proclitic) else form
    particles = board.table.particles
    person = board.actor_at.get(token)
    if person is not None and person.actor.kind is ActorKind.PERSON and _plural(board, match):
        return person.last in board.actor_at and board.proclitic(person.last) in board.sets["joining"]
    if "m" in match.features and "f" not in match.features:
        mention = board.actor_at.get(token)
        named = mention is not None and mention.actor.kind is ActorKind.PERSON
        return named or not (form in particles["feminine"] or form.endswith(board.table.endings["feminine_ending"]))
    if "f" in match.features and "m" not in match.features:
        return form not in particles["masculine"]
    return True


def _object_of_joined(found: Statements, match: Match, cue: Cue, after: Speaker, limit: int) -> bool:
    """Whether the noun after a joined verb is whom it addresses (`وحث القوات على`) and the speaker is the one before.

    So it is where the speaker of the same sentence goes on and the noun is the verb's only one.
    """
    if cue.role != "act" or not match.proclitic or found.in_sentence(match.first) is None:
        return False
    board = found.board
    for token in range(after.last, min(limit, after.last + 6)):
        if _nominal(board, token) and not board.preposition(token):
            return False
        if board.word("prepositions", token) or board.comma(token):
            break
    return True


def subject_after(board: Board, match: Match, limit: int, liberal: bool) -> Speaker | None:
    """The subject after a verb, circumstances between them skipped (`وأعلنت، الأحد، وزارة` …); None without one."""
    start = at = match.last
    via = []
    if match.last - match.first > 1 and _nominal(board, at):
        return read_speaker(board, at, limit, liberal, governed=True)
    while at < limit and at < start + _SKIPPED:
        if _nominal(board, at) or at in board.actor_at:
            if not board.preposition(at):
                break
            mention = board.actor_at.get(at)
            if mention is not None and _is_media(mention.actor.kind):
                via.append(mention.actor)
        elif adjective_before_name(board, at, limit):
            at = next(k for k in range(at, at + 4) if k in board.actor_at)
            break
        elif not _circumstance(board, at, start) and not via:
            break
        at += 1
    speaker = read_speaker(board, at, limit, liberal) if at < limit and agrees(board, match, at) else None
    if speaker is None and liberal:
        for later in range(at, limit):
            if _nominal(board, later) and not board.preposition(later) and agrees(board, match, later):
                speaker = read_speaker(board, later, limit, liberal)
                break
    if speaker is None or not speaker.sources:
        return None
    speaker.via.extend(actor for actor in via if actor not in speaker.via)
    return speaker


def _circumstance(board: Board, token: int, start: int) -> bool:
    if board.word("adverbs", token) or board.word("quantifiers", token) or board.forms[token].isdigit():
        return True
    return token > start and board.word("prepositions", token)


def _nominal(board: Board, token: int) -> bool:
    """Whether an actor's name or a source word begins at a token."""
    mention = board.actor_at.get(token)
    return token in board.source_at or (mention is not None and mention.first == token)


def subject_before(found: Statements, match: Match, participle: bool) -> Found:
    """The subject before a verb: the antecedent of a relative clause, or the speaker of the main clause."""
    board, first = found.board, match.first
    joined = bool(match.proclitic) and match.proclitic[0] in board.sets["joining"]
    start = clause = clause_start(board, first)
    if participle or (joined and start not in board.quote_at):
        start = board.sentence_start(first)
    known = found.in_sentence(first)
    if participle and known is not None:
        return known.speaker, "back"
    at = first
    while at > start and (board.word("adverbs", at - 1) or board.word("auxiliaries", at - 1)):
        at -= 1
    if board.word("relatives", at - 1):
        return _antecedent(board, start, at - 1), "before"
    if joined and known is not None:
        return known.speaker, "back"
    nominals = [token for token in range(start, at) if _nominal(board, token)]
    if not participle:
        nominals = [token for token in nominals if token >= clause or token < start + _HEAD]
    free = [token for token in nominals if not board.preposition(token)]
    if not free and nominals and known is None and token_group(board, nominals[0]) == "statement":
        free = nominals[:1]  # `وفي بيان للجيش، نفى`
    head = [token for token in free if token < start + _HEAD] if joined and not participle else []
    if head:
        free = head[:1]
    close = [token for token in free if _ends(board, token) == at]
    if close and len(free) > 1 and token_group(board, close[-1]) == "statement":
        close = [token for token in free if token_group(board, token) != "statement"][-1:]
    for token in close[-1:] or (free[:1] if known is None else []):
        speaker = read_speaker(board, token, at, liberal=True, governed=True)
        if speaker is not None:
            return point_back(speaker, board, found.heard), "before"
    return (known.speaker, "back") if known is not None else (None, "")


def token_group(board: Board, token: int) -> str:
    """The class of the source word at a token, "" where there is none."""
    match = board.source_at.get(token)
    return match.entry if match is not None else ""


def _unknown(board: Board, match: Match, cue: Cue, opening: Opening | None) -> Speaker | None:
    """A speaker whose name is in no list between a verb of saying and its clause."""
    if opening is None or opening.at <= match.last or cue.role != "say":
        return None
    if match.last - match.first > 1 or cue.needs_speaker:
        return None
    named = opening.at == match.last + 1 and board.word("complementisers", opening.at + 1)
    plain = not (cue.required or cue.prepositions or cue.impersonal)
    strong = named or (plain and opening.how in ("clause", "quote"))
    return unknown_speaker(board, match.last, opening.at, definite=strong)


def _unknown_or_heard(found: Statements, match: Match, cue: Cue, opening: Opening | None, end: int) -> Found:
    """A speaker whose name is in no list, or the one heard before (`وأضاف أن`)."""
    board = found.board
    unknown = _unknown(board, match, cue, opening)
    if unknown is not None:
        return recall(unknown, board, found.heard), "unknown"
    if not found.heard or cue.needs_speaker or not _leads(board, match) or cue.impersonal:
        return None, ""
    following = board.forms[match.last] if match.last < end else ""
    mismatch = "m" in match.features and following in board.sets["feminine"]
    if cue.role == "act" and (_nominal(board, match.last) or mismatch or following.endswith(_objects(board))):
        return found.heard[-1], "back"
    if opening is not None:
        aside = board.word("prepositions", match.last) or board.word("adverbs", match.last)
        aside = aside or following.startswith(board.table.endings["addressed"])
        return (found.heard[-1], "back") if aside or opening.at <= match.last + 2 else (None, "")
    definite = following.startswith(board.article)
    if cue.complement == "object" and not definite:
        return found.heard[-1], "back"
    return None, ""


def _objects(board: Board) -> tuple[str, ...]:
    return board.table.endings["object_ending"]


def _leads(board: Board, match: Match) -> bool:
    """Whether a verb begins its sentence or is joined to the clause before it."""
    first = match.first
    if first <= board.sentence_start(first) + 1 or board.word("conjunctions", first - 1):
        return True
    return bool(match.proclitic) and match.proclitic[0] in board.sets["joining"]


def _ends(board: Board, token: int) -> int:
    """The token after the actor or source word that begins at a token, adjectives included."""
    mention = board.actor_at.get(token)
    end = mention.last if mention is not None else board.source_at[token].last
    while end < len(board.text) and board.forms[end] in board.table.modifiers:
        end += 1
    return end


def _antecedent(board: Board, start: int, end: int) -> Speaker | None:
    """The nominal right before a relative pronoun."""
    for token in range(end - 1, max(start, end - 3) - 1, -1):
        mention = board.actor_at.get(token)
        if mention is not None:
            return read_speaker(board, mention.first, end, liberal=False, governed=True)
        if token in board.source_at:
            return read_speaker(board, token, end, liberal=False, governed=True)
    return None


def clause_start(board: Board, token: int) -> int:
    """The first token of a token's clause: after a break word or complementiser, or at its sentence's beginning."""
    start = board.sentence_start(token)
    forms, quotes = board.forms, board.quote_at
    complementisers, breaks = board.sets["complementisers"], board.sets["breaks"]
    for at in range(token - 1, start - 1, -1):
        form = forms[at]
        if form in complementisers or (form in breaks and (board.comma(at) or at == start)):
            return at + 1
        if at in quotes and token < quotes[at].last and not board.name_quote(quotes[at]):
            return at
    return start


def denied_report(found: Statements, match: Match, statement: Statement | None) -> bool:
    """Whether a verb without a subject tells of what a denial is about (`نفى رواية تحدثت عن`)."""
    return (
        statement is not None
        and statement.stance.value == "denies"
        and not match.proclitic
        and not found.board.comma(match.first)
        and not found.board.word("relatives", match.first - 1)
    )
