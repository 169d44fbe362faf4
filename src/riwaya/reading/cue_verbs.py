"""Verbs of saying, denying, claiming, accusing and relaying: their subject, their complement, their scope."""

from __future__ import annotations

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.inflect import with_article
from riwaya.knowledge.lexicon import Match
from riwaya.model import SourceKind, Stance
from riwaya.reading.board import Board, Opening
from riwaya.reading.speakers import Speaker, point_back, read_speaker, unknown_speaker
from riwaya.reading.statements import Statement, Statements

_SKIPPED = 7  # circumstances that may stand between a verb and its subject


def read_verb(found: Statements, match: Match, cue: Cue) -> None:
    """Read a verb cue and add what it attributes; nothing where it is no attribution here."""
    board = found.board
    if match.first in found.consumed:
        return
    end = board.sentence_end(match.first)
    if match.enclitic and "M" not in match.features:
        read_pronoun_object(found, match, cue, end)
        return
    if board.word("which", match.first - 1) and not board.negated(match.first):
        return
    stance = cue.stance
    if board.negated(match.first) and "M" not in match.features:
        if cue.negated is None:
            return
        stance = cue.negated
    opening = board.opening(match.last, end, cue)
    if not _fits(found, match, cue, opening, end):
        return
    speaker, how = find_speaker(found, match, cue, opening, end)
    if speaker is None or not _may_speak(cue, speaker):
        return
    statement = _statement(board, match, cue, speaker, how, opening, end)
    statement.stance = stance
    if cue.role == "relay":
        if not _relay(found, statement, opening, end):
            return
    if cue.stance is Stance.DENIES and _denies_before(found, statement, end):
        return
    found.add(statement)


def _fits(found: Statements, match: Match, cue: Cue, opening: Opening | None, end: int) -> bool:
    """Whether the verb's complement is there that makes it a cue."""
    board = found.board
    if cue.required and (opening is None or opening.how not in ("preposition", "clause", "quote", "colon")):
        return False
    if "P" in match.features and "F" not in match.features:
        near = opening is not None and opening.at <= match.last + 3
        return near or (cue.complement == "object" and board.comma(match.first))
    if "V" in match.features and "F" not in match.features:
        return False
    if "M" in match.features and "F" not in match.features:
        return _masdar_fits(board, match, cue, opening, end)
    if cue.role == "say" and cue.complement == "clause" and opening is None:
        first = match.last
        if first >= end or not (first in board.actor_at or first in board.source_at):
            return False
    if cue.needs and not any(form in cue.needs for form in board.text.forms[match.last : end]):
        return False
    return True


def _masdar_fits(board: Board, match: Match, cue: Cue, opening: Opening | None, end: int) -> bool:
    """A verbal noun is a cue with its clause (`قوله إن`) or, for a deed of speech, with its doer (`تهديد تركيا`)."""
    if match.enclitic or cue.complement == "clause":
        return opening is not None and opening.at <= match.last + 4
    at = match.last
    if at >= end or board.comma(at) or board.preposition(at):
        return False
    return at in board.actor_at or (cue.role == "act" and at in board.source_at)


def _may_speak(cue: Cue, speaker: Speaker) -> bool:
    kinds = {source.kind for source in speaker.sources}
    if SourceKind.OUTLET in kinds:
        kinds.add(SourceKind.NEWS_MEDIA)
    return not cue.speakers or bool({str(kind) for kind in kinds} & cue.speakers)


def find_speaker(
    found: Statements, match: Match, cue: Cue, opening: Opening | None, end: int
) -> tuple[Speaker | None, str]:
    """The verb's subject and where it was found: after, before, back (a speaker heard before), unknown."""
    board = found.board
    limit = opening.at if opening is not None else end
    participle = "P" in match.features and "F" not in match.features
    if not participle and not match.enclitic and limit > match.last:
        speaker = subject_after(board, match.last, limit, opening is not None and opening.how != "preposition", cue)
        if speaker is not None:
            return point_back(speaker, board, found.heard), "after"
    if "M" in match.features and "F" not in match.features:
        known = found.in_sentence(match.first) or None
        if known is not None and match.enclitic:
            return known.speaker, "back"
        return (found.heard[-1], "back") if found.heard and match.enclitic else (None, "")
    speaker, how = subject_before(found, match, participle)
    if speaker is not None:
        return speaker, how
    if not participle and opening is not None and opening.at > match.last and opening.how != "preposition":
        unknown = unknown_speaker(board, match.last, opening.at)
        if unknown is not None and cue.role == "say":
            return unknown, "unknown"
    if not found.heard or not _leads(board, match):
        return None, ""
    if opening is not None and opening.at <= match.last + 2:
        return found.heard[-1], "back"
    following = board.text.forms[match.last] if match.last < end else ""
    if cue.complement == "object" and not following.startswith(with_article("")) and not cue.needs_speaker:
        return found.heard[-1], "back"
    return None, ""


def _leads(board: Board, match: Match) -> bool:
    """Whether a verb begins its sentence or is joined to the clause before it."""
    first = match.first
    if first <= board.sentence_start(first) + 1 or board.word("conjunctions", first - 1):
        return True
    return match.proclitic[:1] in board.table.particles["joining"] and bool(match.proclitic)


def subject_after(board: Board, start: int, limit: int, liberal: bool, cue: Cue) -> Speaker | None:
    """The subject after a verb, circumstances between them skipped (`وأعلنت، الأحد، وزارة` …)."""
    at = start
    via = []
    while at < limit and at < start + _SKIPPED:
        if at in board.actor_at or at in board.source_at:
            if not board.preposition(at):
                break
            if at in board.actor_at and board.actor_at[at].actor.kind.value == "media":
                via.append(board.actor_at[at].actor)
        elif not (board.word("adverbs", at) or board.word("quantifiers", at) or board.text.forms[at].isdigit()):
            if not via and not (at > start and board.word("prepositions", at)):
                break
        at += 1
    speaker = read_speaker(board, at, limit, liberal) if at < limit else None
    if speaker is None and liberal:
        for later in range(at, limit):
            if (later in board.actor_at or later in board.source_at) and not board.preposition(later):
                speaker = read_speaker(board, later, limit, liberal)
                break
    if speaker is not None and not speaker.sources:
        return None
    if speaker is not None:
        speaker.via.extend(actor for actor in via if actor not in speaker.via)
    return speaker


def subject_before(found: Statements, match: Match, participle: bool) -> tuple[Speaker | None, str]:
    """The subject before a verb: the antecedent of a relative clause, a topic, or the speaker of the main clause."""
    board, first = found.board, match.first
    start = clause_start(board, first)
    known = found.in_sentence(first)
    if participle and known is not None:
        return known.speaker, "back"
    if participle:
        start = board.sentence_start(first)
    at = first
    while at > start and (board.word("adverbs", at - 1) or board.word("auxiliaries", at - 1)):
        at -= 1
    if board.word("relatives", at - 1):
        return _antecedent(board, start, at - 1), "before"
    nominals = [
        token
        for token in range(start, at)
        if (token in board.source_at or (token in board.actor_at and board.actor_at[token].first == token))
    ]
    free = [token for token in nominals if not board.preposition(token)]
    joined = match.proclitic[:1] in board.table.particles["joining"] and bool(match.proclitic)
    if joined and known is not None and not participle:
        return known.speaker, "back"
    topic = [token for token in free if token <= start + 1 or _ends(board, token) == at]
    for token in topic[-1:] or (free[:1] if known is None and (participle or not joined) else []):
        speaker = read_speaker(board, token, at, liberal=True)
        if speaker is not None:
            return point_back(speaker, board, found.heard), "before"
    return (known.speaker, "back") if known is not None else (None, "")


def _ends(board: Board, token: int) -> int:
    """The token after the actor or source word that begins at a token, adjectives included."""
    mention = board.actor_at.get(token)
    end = mention.last if mention is not None else board.source_at[token].last
    while end < len(board.text) and board.text.forms[end] in board.table.modifiers:
        end += 1
    return end


def _antecedent(board: Board, start: int, end: int) -> Speaker | None:
    """The nominal right before a relative pronoun."""
    for token in range(end - 1, max(start, end - 8) - 1, -1):
        mention = board.actor_at.get(token)
        if mention is not None:
            return read_speaker(board, mention.first, end, liberal=False, governed=True)
        if token in board.source_at:
            return read_speaker(board, token, end, liberal=False, governed=True)
    return None


def clause_start(board: Board, token: int) -> int:
    """The first token of the clause in which a token stands: after a break word, a complementiser, or the sentence's."""
    start = board.sentence_start(token)
    for at in range(token - 1, start - 1, -1):
        if board.word("complementisers", at) or (board.word("breaks", at) and board.comma(at)):
            return at + 1
        quote = board.quote_at.get(at)
        if quote is not None and token < quote.last and not board.name_quote(quote):
            return at
    return start


def _statement(
    board: Board, match: Match, cue: Cue, speaker: Speaker, how: str, opening: Opening | None, end: int
) -> Statement:
    after = speaker.last if how in ("after", "unknown") else match.last
    first = after
    if cue.role == "act":
        first = match.first
    elif opening is not None and (cue.complement == "clause" or opening.how in ("colon", "quote")):
        first = max(after, opening.at) if opening.at <= after + 12 else after
    ranges = [[first, end]] if first < end else []
    if not ranges or (opening is None and cue.complement == "clause" and how == "after"):
        ranges = _postposed(board, match, speaker, end) if how == "after" else ranges
    start = speaker.first if how == "before" else match.first
    quoted = opening is not None and (opening.how == "quote" or opening.at + 1 in board.quote_at)
    return Statement(
        match,
        cue,
        speaker,
        cue.stance,
        ranges,
        how,
        start,
        via=list(speaker.via),
        quoted=quoted,
        opening=opening.at if opening is not None else -1,
        zone=max(after, opening.at if opening is not None else after),
    )


def _postposed(board: Board, match: Match, speaker: Speaker, end: int) -> list[list[int]]:
    """The scope of a cue that follows what was said (`"…"، قال فلان`): its clause before the cue."""
    start = board.sentence_start(match.first)
    closes = speaker.last >= end or board.comma(speaker.last)
    if match.first > start + 1 and closes and (board.comma(match.first) or '"' in board.text.gaps[match.first]):
        return [[start, match.first]]
    return []


def _relay(found: Statements, statement: Statement, opening: Opening | None, end: int) -> bool:
    """Turn the subject into a carrier and read the one after the preposition as the source; False without one."""
    board = found.board
    limit = opening.at if opening is not None else min(end, statement.match.last + 14)
    for at in range(statement.match.last, limit):
        if board.text.forms[at] in statement.cue.origins and at + 1 < limit:
            origin = read_speaker(board, at + 1, limit, opening is not None, governed=True)
            if origin is None and opening is not None:
                origin = unknown_speaker(board, at + 1, limit)
            if origin is None:
                return False
            origin = point_back(origin, board, found.heard)
            carrier = [source.actor for source in statement.speaker.sources]
            statement.via = [*origin.via, *carrier, *(a for a in statement.via if a not in carrier)]
            if statement.speaker.first < statement.match.first:
                statement.start = statement.speaker.first
            statement.speaker = origin
            statement.ranges = [[max(origin.last, opening.at if opening else origin.last), end]]
            return True
    return False


def read_pronoun_object(found: Statements, match: Match, cue: Cue, end: int) -> None:
    """A verb with a pronoun: it carries (`بيان نقلته وكالة`) or takes a stand on what stands before (`لم يؤكده`)."""
    board = found.board
    negated = board.negated(match.first)
    stance = cue.negated if negated else cue.stance
    if cue.carrier and not negated:
        carrier = subject_after(board, match.last, end, False, cue)
        known = found.in_sentence(match.first) or (found.found[-1] if found.found else None)
        if carrier is not None and known is not None and match.first <= max(known.zone, known.match.last) + 12:
            ids = {actor.id for actor in known.via} | {source.actor.id for source in known.speaker.sources}
            known.via.extend(s.actor for s in carrier.sources if s.actor.id not in ids)
        return
    if stance not in (Stance.DENIES, Stance.UNCONFIRMED, Stance.CLAIMS_RESPONSIBILITY):
        return
    speaker = subject_after(board, match.last, end, False, cue)
    if speaker is None:
        return
    speaker = point_back(speaker, board, found.heard)
    at = match.first - negated
    start = board.sentence_start(at)
    if not (board.word("relatives", at - 1) and board.word("which", at - 2)) and not board.word("which", at - 1):
        start = max(start, at - 5)
        for token in range(at - 1, start, -1):
            if board.comma(token):
                start = token
                break
    ranges = [[start, at]] if start < at else []
    found.add(Statement(match, cue, speaker, stance, ranges, "pronoun", match.first, via=list(speaker.via), back=True))


def _denies_before(found: Statements, statement: Statement, end: int) -> bool:
    """A denial of what was just told (`وتنفي المعارضة ذلك`): its scope is the clause or sentence before it."""
    board = found.board
    after = statement.speaker.last if statement.how == "after" else statement.match.last
    if after >= end or not board.word("back", after):
        return False
    start = board.sentence_start(statement.match.first)
    clause = statement.start
    if clause <= start + 1:
        if start == 0:
            return False
        start, clause = board.sentence_start(start - 1), start
    statement.ranges = [[start, clause]]
    statement.back = True
    found.add(statement)
    return True
