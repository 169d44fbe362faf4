"""Verbs of saying, denying, claiming, accusing and relaying: their subject, their complement, their scope."""

from __future__ import annotations

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind, SourceKind, Stance
from riwaya.reading.board import Board, Opening
from riwaya.reading.cue_phrases import read_responsibility
from riwaya.reading.cue_pronouns import add_carrier, read_pronoun_object
from riwaya.reading.speakers import Speaker, read_speaker
from riwaya.reading.speakers_heard import point_back, unknown_speaker
from riwaya.reading.statements import Statement, Statements
from riwaya.reading.subjects import find_speaker
from riwaya.reading.subjects_before import asked_by, denied_report, is_plural, responsibility, so_said

_ABSOLUTE = 6  # tokens from a verb to the verbal noun that strengthens it
_NEEDED = 14  # tokens after a verb within which the noun stands that makes it a cue
_APART = 1  # tokens between a subject and a verb that can have none
_THIS = 10  # tokens after a denial within which it points at what was told before
_FAR = 24  # tokens after a verb within which the medium is named through which its word went out
_LED = 4  # tokens back from a medium's name within which the preposition stands (`عبر وكالة الأنباء فلان`)
_PLAIN = 3  # tokens at least of what is said without a particle that opens it
_ASIDE = 2  # unknown words between a speaker and the clause that opens after an aside


def read_verb(found: Statements, match: Match, cue: Cue) -> None:
    """Read a verb cue and add what it attributes; nothing where it is no attribution here."""
    board, first = found.board, match.first
    last = found.found[-1] if found.found else None
    if first in found.consumed or (last is not None and last.cue.id == cue.id and _absolute(board, match, last)):
        return
    end = board.sentence_end(first)
    if last is not None and last.match.first < first < last.zone and _within_speaker(found, match, end):
        return
    if match.enclitic and "F" in match.features and cue.role != "act" and not _says_it(board, match, cue, end):
        read_pronoun_object(found, match, cue, end)
        return
    if cue.stance is Stance.CLAIMS_RESPONSIBILITY and match.enclitic and "M" in match.features:
        read_responsibility(found, match, cue)  # `أعلنت عن تبنيها للهجوم`
        return
    stance = _stance(board, match, cue, end)
    if stance is None:
        if board.word("which", first - 1) and board.word("that_is", first - 2) and board.word("about_it", match.last):
            read_pronoun_object(found, match._replace(last=match.last + 1), cue, end)
        return
    if last is not None and last.zone > first and "F" not in match.features and "M" in match.features:
        return
    opening = board.opening(match.last, end, cue)
    if not _fits(found, match, cue, opening, end):
        return
    speaker, how = find_speaker(found, match, cue, opening, end)
    if speaker is None and cue.role == "relay":
        speaker, how = Speaker(match.first, match.last, []), "after"
    if speaker is None or not _may_speak(cue, match, speaker, how) or _none_told(board, speaker):
        return
    if cue.impersonal and how == "before" and not match.proclitic and _of_nobody(board, match, speaker, opening):
        return
    if how in ("back", "before") and denied_report(found, match, found.open_at(match.first)):
        return
    if cue.not_objects and not cue.not_objects.isdisjoint(_objects(board, match, speaker, how)):
        return
    statement = _statement(board, match, cue, speaker, how, opening, end)
    statement.stance = stance
    if stance is Stance.UNCONFIRMED:
        _end_with_clause(board, statement)
    if stance is Stance.DENIES and statement.ranges and board.word("own_knowledge", statement.ranges[0][0]):
        statement.stance = Stance.UNCONFIRMED  # codebook, Conventions: `نفى علمه`
    if cue.role == "relay" and not _relay(found, statement, opening, end):
        return
    told = stance is not Stance.CLAIMS_RESPONSIBILITY or statement.match.last >= end
    if cue.role == "say" and told and _denies_before(found, statement, end):
        return
    found.add(statement)


def _of_nobody(board: Board, match: Match, speaker: Speaker, opening: Opening | None) -> bool:
    """Whether a verb of belief is nobody's (`مبنى في المخيم يعتقد أن`, `عناصر يعتقد أنها من التنظيم`)."""
    if match.first - speaker.last > _APART:
        return True
    about = opening is not None and opening.at == match.last and board.word("with_pronoun", match.last)
    return about and not speaker.sources[0].actor.known and not is_plural(board, match)


def _stance(board: Board, match: Match, cue: Cue, end: int) -> Stance | None:
    """The stance that the verb tells, negated or not; None where it is no cue (`ما وصفه بأنه`, `لم يقل`)."""
    if match.first == board.sentence_start(match.first):
        return cue.stance  # `… بشكل ما. ونفى`: the word before it is another sentence's
    negated = board.negated(match.first)
    if not negated and board.word("which", match.first - 1) and not so_said(board, match, cue, end):
        return None
    if match.enclitic and cue.role == "act" and board.word("what", match.first - 1):
        return None
    return cue.negated if negated and "M" not in match.features else cue.stance


def _objects(board: Board, match: Match, speaker: Speaker, how: str) -> set[str]:
    """The words that can head the verb's object: those after the verb and after its subject."""
    after = speaker.last if how == "after" else match.last
    return {*board.forms[match.last : match.last + 1], *board.forms[after : after + 2]}


def _within_speaker(found: Statements, match: Match, end: int) -> bool:
    """Whether the verb tells of the speaker before its word begins (`قال فصيل أعلن ولاءه إنه`), or who carries it."""
    if "F" not in match.features:
        return False
    if match.enclitic:
        add_carrier(found, match, end)
        return True
    return found.board.word("relatives", match.first - 1)


def _absolute(board: Board, match: Match, last: Statement) -> bool:
    """Whether the word is the verbal noun that strengthens the verb just read (`نفى نفيا قاطعا`)."""
    if match.proclitic or board.comma(match.first):
        return False
    return "M" in match.features and match.first - last.match.first <= _ABSOLUTE


def _says_it(board: Board, match: Match, cue: Cue, end: int) -> bool:
    """Whether a verb with a pronoun opens a clause all the same (`قالها النظام صراحة: إن`)."""
    if cue.stance is not Stance.ASSERTS or board.word("which", match.first - 1) or cue.carrier:
        return False
    if board.word("relatives", match.first - 1):
        return False
    opening = board.opening(match.last, min(end, match.last + 6), cue)
    return opening is not None and opening.at > match.last


def _fits(found: Statements, match: Match, cue: Cue, opening: Opening | None, end: int) -> bool:
    """Whether the verb's complement is there that makes it a cue."""
    board = found.board
    if cue.required and (opening is None or (cue.complement == "object" and not _governed(board, opening, cue))):
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
        known = first < end and (first in board.actor_at or first in board.source_at)
        if not known and not _goes_on(board, match, end):
            return False
    return not cue.needs or not cue.needs.isdisjoint(board.forms[match.last : min(end, match.last + _NEEDED)])


def _governed(board: Board, opening: Opening, cue: Cue) -> bool:
    """Whether a complement opens with the preposition that its verb takes (`تحدث عن`, `تحدث بأن`)."""
    if opening.how == "preposition" or (opening.how == "quote" and board.forms[opening.at] in cue.prepositions):
        return True
    return opening.how == "clause" and board.forms[opening.at][:1] in board.sets["attached"]


def _goes_on(board: Board, match: Match, end: int) -> bool:
    """Whether a comma alone parts a verb at its sentence's head from what is said (`وأضاف، القصف توقف`)."""
    head = match.first == board.sentence_start(match.first) and match.proclitic[:1] in board.sets["joining"]
    return bool(match.proclitic) and head and end - match.last > _PLAIN and board.comma(match.last)


def _masdar_fits(board: Board, match: Match, cue: Cue, opening: Opening | None, end: int) -> bool:
    """A verbal noun is a cue with its clause (`قوله إن`) or, for a deed of speech, with its doer (`تهديد تركيا`)."""
    if match.enclitic and cue.role == "act":
        charge = bool(cue.not_objects) and match.last < end and board.forms[match.last][:1] in board.sets["charge"]
        return not charge  # `لإدانتهم بقتل`: their conviction, and no condemnation of theirs
    if match.enclitic or cue.complement == "clause":
        return opening is not None and opening.at <= match.last + 4
    at = match.last
    if asked_by(board, match, cue):
        return True
    if (cue.stance is Stance.DENIES and board.word("back", at)) or responsibility(board, at):
        return True
    if at >= end or board.comma(at) or board.preposition(at):
        return False
    return at in board.actor_at or at in board.source_at


def _none_told(board: Board, speaker: Speaker) -> bool:
    """Whether reports are said to be none (`دون ورود معلومات تفيد`)."""
    return speaker.group == "reports" and any(board.negator(speaker.first - away) for away in (1, 2))


def _may_speak(cue: Cue, match: Match, speaker: Speaker, how: str) -> bool:
    if cue.speakers and how == "back" and not match.proclitic:
        return False
    kinds = {source.kind for source in speaker.sources}
    if SourceKind.OUTLET in kinds:
        kinds.add(SourceKind.NEWS_MEDIA)
    return not cue.speakers or bool({str(kind) for kind in kinds} & cue.speakers)


def _statement(
    board: Board, match: Match, cue: Cue, speaker: Speaker, how: str, opening: Opening | None, end: int
) -> Statement:
    after = speaker.last if how in ("after", "unknown") else match.last
    first = after
    if cue.role == "act":
        first = match.first
        end = next((k for k in range(max(after, first + 1), end) if _beside(board, k)), end)
    elif opening is not None and opening.how == "quote" and cue.complement == "object":
        first = after if how == "after" and _told(board, after, opening.at) else max(after, opening.at)
    elif opening is not None and (cue.complement == "clause" or opening.how == "colon"):
        first = max(after, opening.at) if opening.at <= after + 12 else after
    elif opening is not None and opening.how == "clause" and after < end and how == "after":
        aside = board.comma(after) and sum(not board.explained(k) for k in range(after, opening.at)) <= _ASIDE
        first = max(after, opening.at) if aside else after
    if how == "after" and cue.role != "act" and first == after and first < end and board.word("relatives", first):
        first = next((k for k in range(first + 1, min(end, first + 16)) if board.comma(k)), first)
    if cue.role != "act" and board.word("relatives", match.first - 1) and opening is not None:
        end = next((k for k in range(first + 2, end) if _leaves_relative(board, k)), end)
    if cue.stance is Stance.DENIES:
        end = next((k for k in range(first + 2, end) if _new_clause(board, k)), end)
    ranges = [[first, end]] if first < end else []
    if not ranges or (opening is None and cue.complement == "clause" and how == "after"):
        ranges = _postposed(board, match, speaker, end) if how == "after" else ranges
    via = [*speaker.via, *(actor for actor in _through(board, after, end) if actor not in speaker.via)]
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
        via=via,
        quoted=quoted,
        opening=opening.at if opening is not None else -1,
        zone=max(after, opening.at if opening is not None and cue.role != "act" else after),
    )


def _end_with_clause(board: Board, statement: Statement) -> None:
    """What is not confirmed ends where a clause beside it begins (`لا تعترف بالتفاوض، ولتفادي القصف`)."""
    for bounds in statement.ranges[:1]:
        bounds[1] = next((k for k in range(bounds[0] + 2, bounds[1]) if _new_clause(board, k)), bounds[1])


def _through(board: Board, start: int, end: int) -> list[Actor]:
    """The medium through which a word went out (`أعلن مسؤوليته عبر وكالة فلان`), outside what is quoted."""
    for token in range(start, min(end, start + _FAR)):
        if token in board.quote_at and not board.name_quote(board.quote_at[token]):
            break
        mention = board.actor_at.get(token)
        if mention is None or mention.first != token or mention.actor.kind is not ActorKind.MEDIA:
            continue
        near = token == start or (token == start + 1 and start in board.source_at)  # `لموقع "فلان"`
        told = near and board.preposition(start) in board.sets["to"]  # `وقال لقناة فلان إن`
        if told or any(board.word("through", before) for before in range(token - 1, token - _LED, -1)):
            return [mention.actor]
    return []


def _told(board: Board, start: int, end: int) -> bool:
    """Whether a verb's object begins before the quotation in it (`أعلن الجيش تنفيذ "عملية"`)."""
    return any(not board.explained(token) for token in range(start, end))


def _beside(board: Board, token: int) -> bool:
    """Whether the narration goes on at a token beside a deed of speech (`، وتشن حملة`, `كما`)."""
    if board.text.gaps[token] == " ":
        return board.forms[token] in board.sets["parallel"]
    return board.forms[token] in board.sets["parallel"] or (board.comma(token) and board.joined_verb(token))


def _leaves_relative(board: Board, token: int) -> bool:
    """Whether the clause around a relative one goes on at a token (`مركز، الذي تقول دول إنه سري، قصف`)."""
    return board.comma(token) and board.forms[token][:1] not in board.sets["joining"] and token not in board.quote_at


def _new_clause(board: Board, token: int) -> bool:
    """Whether a clause beside the one before it begins at a token (`، واعترضت على`, `نفى ذلك ويوضح`)."""
    if board.forms[token][:1] not in board.sets["joining"]:
        return False
    said = board.cue_at.get(token)
    return board.comma(token) or (said is not None and bool(said.proclitic) and "F" in said.features)


def _postposed(board: Board, match: Match, speaker: Speaker, end: int) -> list[list[int]]:
    """The scope of a cue that follows what was said (`"…"، قال فلان`): its clause before the cue."""
    start = board.sentence_start(match.first)
    closes = speaker.last >= end or board.comma(speaker.last)
    if match.first > start + 1 and closes and (board.comma(match.first) or '"' in board.text.gaps[match.first]):
        return [[start, match.first]]
    if match.first <= start + 1 and end - speaker.last > _PLAIN and not board.prepositional(speaker.last):
        return [[speaker.last, end]]  # no particle opens what is said: `قال الوزير، القصف توقف`
    return []


def _relay(found: Statements, statement: Statement, opening: Opening | None, end: int) -> bool:
    """Turn the subject into a carrier and read the one after the preposition as the source; False without one."""
    board = found.board
    limit = opening.at if opening is not None else min(end, statement.match.last + 14)
    for at in range(statement.match.last, limit):
        if at in board.actor_at:
            continue
        if (board.forms[at] in statement.cue.origins or _told_noun(board, at)) and at + 1 < limit:
            origin = read_speaker(board, at + 1, limit, opening is not None, governed=True)
            if origin is None and opening is not None:
                origin = unknown_speaker(board, at + 1, limit)
            if origin is None:
                return False
            if opening is not None and any(
                "P" in board.cue_at[k].features for k in range(at, limit) if k in board.cue_at
            ):
                return False
            origin = point_back(origin, board, found.heard)
            carrier = [source.actor for source in statement.speaker.sources]
            statement.via = [*origin.via, *carrier, *(a for a in statement.via if a not in carrier)]
            if statement.speaker.first < statement.match.first:
                statement.start = statement.speaker.first
            statement.speaker = origin
            denial = _denial_after(board, origin.last)
            if denial >= 0:
                statement.stance = Stance.DENIES
                statement.ranges = [[denial + 1, end]] if denial + 1 < end else []
                return True
            statement.ranges = [[max(origin.last, opening.at if opening else origin.last), end]]
            return True
    return bool(statement.speaker.sources) and opening is not None and opening.how != "preposition"


def _denial_after(board: Board, start: int) -> int:
    """The token of a denial that a relayed source makes (`نقلت عن الوزارة نفيها`), -1 without one."""
    for token in (start, start + 1):
        match = board.cue_at.get(token)
        if match is not None and match.enclitic and "M" in match.features and board.cue(match).stance is Stance.DENIES:
            return token
    return -1


def _told_noun(board: Board, token: int) -> bool:
    """Whether a verbal noun of saying stands at a token (`نقلت الوكالة تأكيد القائد أن`)."""
    match = board.cue_at.get(token)
    return match is not None and match.features == "M" and not match.enclitic and board.cue(match).role == "say"


def _points_back(board: Board, start: int, end: int) -> bool:
    """Whether what is denied is a deed told before (`لم يؤكد تنفيذه هذه العمليات`, `نفى صحة هذه الأنباء`)."""
    for token in range(start, min(end, start + _THIS)):
        if board.comma(token) and token > start:
            return False
        if board.word("this", token):
            after = token + 1
            return board.happening(after) or board.word("of_kind", after) or board.word("back", after)
    return False


def _denies_before(found: Statements, statement: Statement, end: int) -> bool:
    """A denial of what was just told (`وتنفي المعارضة ذلك`, `والجيش ينفي`): its scope is the clause before."""
    board = found.board
    after = statement.speaker.last if statement.how == "after" else statement.match.last
    either = statement.stance is Stance.UNCONFIRMED and board.word("joining", after)  # `لم تؤكد أو تنف`
    again = statement.stance is not Stance.ASSERTS and _points_back(board, after, end)
    if after < end and not board.word("back", after) and not either and not again:
        return False
    confirming = statement.cue.negated is not None and statement.how == "before"  # `.. وطهران تؤكد`
    if statement.stance is Stance.ASSERTS and (after < end or not confirming):
        return False
    start = board.sentence_start(statement.match.first)
    clause = statement.start
    if clause <= start + 1:
        if start == 0:
            return False
        start, clause = board.sentence_start(start - 1), start
    deeds = [known for known in found.found if known.cue.role == "act" and start <= known.match.first < clause]
    if deeds:
        start = deeds[-1].match.last  # the accusation itself is not denied, only what it tells
    statement.ranges = [[start, clause], *(statement.ranges if again else [])]
    statement.back = True
    found.add(statement)
    return True
