"""Nominal cues, doubt, responsibility, headline colons and quotations without a cue."""

from __future__ import annotations

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind, Source, SourceKind, Stance
from riwaya.reading.board import Board
from riwaya.reading.speaker_sources import OUTLET
from riwaya.reading.speakers import Speaker, read_speaker
from riwaya.reading.speakers_heard import point_back
from riwaya.reading.statements import Statement, Statements
from riwaya.reading.subjects import subject_after
from riwaya.reading.subjects_before import subject_before

_CARRYING = {SourceKind.NEWS_MEDIA, SourceKind.STATE_MEDIA, SourceKind.OUTLET}
_HEADING = 9  # tokens before a colon that can name a speaker
_TOLD = 3  # sentences back that a doubt can be about
_RESPONSIBLE = 14  # tokens between a verb of saying and the responsibility it speaks of


def read_according(found: Statements, match: Match, cue: Cue) -> None:
    """A nominal cue (`وفق`, `بحسب ما أفاد`, `نقلا عن`): its source, and the clause that it stands in."""
    board = found.board
    end = board.text.sentence(match.first).last
    at = match.last
    verb = board.cue_at.get(at) if at < end else None
    finite = verb is not None and "F" in verb.features and board.cue(verb).role in ("say", "relay")
    if cue.as_said and (match.first == board.sentence_start(match.first) or not finite):
        return
    if at < end and board.word("which", at) and not cue.as_said:
        at += 1
    verb = board.cue_at.get(at) if at < end else None
    if verb is not None and "F" in verb.features and board.cue(verb).role in ("say", "relay"):
        at = verb.last
        if cue.as_said and _says_itself(board, at, end):
            return
    else:
        verb = None
    if match.enclitic:
        _own_word(found, match, cue)
        return
    speaker, carriers = _according_speaker(found, at, end, verb)
    if speaker is None:
        if cue.as_said and verb is not None:
            found.consumed.add(verb.first)
        return
    if verb is not None:
        found.consumed.add(verb.first)
    speaker.via.extend(carriers)
    _attach(found, match, cue, speaker, end)


def _says_itself(board: Board, at: int, end: int) -> bool:
    """Whether `كما قال` opens a clause of its own (also) and is no aside (as)."""
    opening = board.opening(at, min(end, at + 12), board.table.cues["say"])
    return opening is not None


def _according_speaker(found: Statements, at: int, end: int, verb: Match | None) -> tuple[Speaker | None, list[Actor]]:
    board = found.board
    if verb is None:
        speaker = read_speaker(board, at, end, liberal=False, governed=True)
        return (point_back(speaker, board, found.heard) if speaker else None), []
    speaker = subject_after(board, verb, min(end, at + 12), False)
    if speaker is None:
        return None, []
    speaker = point_back(speaker, board, found.heard)
    if board.cue(verb).role == "relay":
        for token in range(at, min(end, speaker.last + 6)):
            if board.forms[token] in board.cue(verb).origins:
                origin = read_speaker(board, token + 1, end, liberal=False, governed=True)
                if origin is not None:
                    return point_back(origin, board, found.heard), [s.actor for s in speaker.sources]
    return speaker, []


def _own_word(found: Statements, match: Match, cue: Cue) -> None:
    """`على حد قوله`: the clause is the word of the one it is about, where nobody has it yet."""
    board = found.board
    if found.open_at(match.first) is not None:
        return
    speaker, _ = subject_before(found, match, participle=True)
    if speaker is None and found.heard:
        speaker = found.heard[-1]
    if speaker is not None:
        start = board.sentence_start(match.first)
        found.add(Statement(match, cue, speaker, cue.stance, [[start, match.first]], "own", match.first))


def _attach(found: Statements, match: Match, cue: Cue, speaker: Speaker, end: int) -> None:
    """Give the clause around a nominal cue to its source, or make the source carrier of who speaks there already."""
    board = found.board
    start = board.sentence_start(match.first)
    segment = _segment(board, match.first, start)
    known = found.in_sentence(match.first)
    if known is not None and known.match.first >= segment and not (known.cue.role == "according" and not cue.relay):
        media = any(source.kind in _CARRYING for source in speaker.sources)
        if media or cue.relay or speaker.back or known.back or known.how != "back" or speaker.group != "source":
            _carry(found, match, known, cue, speaker)
            return
        statement = Statement(match, cue, speaker, cue.stance, [list(r) for r in known.ranges], "around", match.first)
        statement.zone, statement.back = speaker.last, True
        found.found.append(statement)
        return
    leading = match.first - start <= 1 or (match.first == segment and segment > start)
    if leading and speaker.last >= end - 1 and start > 0:
        previous = [s for s in found.found if board.sentence_start(start - 1) <= s.match.first < start]
        if previous:
            for statement in previous:
                _carry(found, match, statement, cue, speaker)
            return
        ranges = [[board.sentence_start(start - 1), start]]
    elif leading:
        ranges = [[speaker.last, board.sentence_end(match.first)]]
    else:
        ranges = [[segment, match.first]]
        aside = speaker.last < end and (board.comma(match.first) or not board.comma(speaker.last))
        if speaker.last < end and aside:
            ranges.append([speaker.last, _segment_end(board, speaker.last, end)])
    statement = Statement(
        match,
        cue,
        speaker,
        cue.stance,
        [r for r in ranges if r[0] < r[1]],
        "around",
        match.first,
        via=list(speaker.via),
    )
    statement.zone = speaker.last
    found.add(statement)


def _carry(found: Statements, match: Match, known: Statement, cue: Cue, speaker: Speaker) -> None:
    """Add a carrier to a statement; with `نقلا عن` the statement's speaker carries and the new one speaks."""
    old = [source.actor for source in known.speaker.sources]
    new = [source.actor for source in speaker.sources]
    if {actor.id for actor in old} & {actor.id for actor in new}:
        return
    if cue.relay and known.how != "heading":
        aside = known.zone > match.first or any(actor.kind is ActorKind.MEDIA for actor in old)
        if not aside:
            return
        found.heard = [speaker if heard is known.speaker else heard for heard in found.heard]
        known.speaker = speaker
        known.via = [*old, *known.via]
        speaker.via = list(known.via)
        return
    ids = {actor.id for actor in known.via}
    known.via.extend(actor for actor in [*speaker.via, *new] if actor.id not in ids)
    if found.heard and not any(actor.kind is ActorKind.MEDIA for actor in new):
        found.heard.insert(len(found.heard) - 1, speaker)  # can be meant again by its title


def _segment(board: Board, token: int, start: int) -> int:
    """Where the part of a sentence begins that a trailing cue belongs to: after the last break before it."""
    for at in range(token - 2, start, -1):
        if board.comma(at) and (board.word("shifts", at) or board.word("parallel", at)):
            return at
    return start


def _segment_end(board: Board, token: int, end: int) -> int:
    for at in range(token, end):
        if board.comma(at) and board.word("breaks", at):
            return at
    return end


def read_doubt(found: Statements, match: Match, cue: Cue) -> None:
    """A phrase of doubt or untruth: the speaker in whose word it stands, or the outlet that could not verify."""
    board = found.board
    if match.first in found.consumed or (cue.negation and not _negated_near(board, match.first)):
        return
    end = board.sentence_end(match.first)
    after = match.last
    if cue.followed:
        after = next((k + 1 for k in range(match.last, min(end, match.last + 7)) if _is_followed(board, k, cue)), -1)
        if after < 0:
            return
    speaker, governing = _doubter(found, match, after, end)
    if speaker is None:
        if cue.id in ("could_not_verify", "verify_impossible"):
            speaker = Speaker(match.first, match.last, [Source(OUTLET, SourceKind.OUTLET)])
        else:
            return
    start = board.sentence_start(match.first)
    low = max(start, governing.ranges[0][0]) if governing is not None and governing.ranges else start
    before = [low, match.first - cue.negation]
    if before[1] - before[0] < 4 and governing is None and start > 0:
        before = [_last_told(found, start), start]
    told = cue.reach == "both" and governing is None and any(board.word("back", k) for k in range(after, after + _TOLD))
    if cue.reach == "after":
        end = next((k for k in range(after, end) if board.comma(k) and board.word("parallel", k)), end)
    ranges = [[after, end]] if cue.reach == "after" else [before] if cue.reach == "before" or told else [[after, end]]
    statement = Statement(
        match,
        cue,
        speaker,
        cue.stance,
        [r for r in ranges if 0 <= r[0] < r[1]],
        "doubt",
        match.first,
        via=list(speaker.via),
    )
    statement.back = told or (cue.reach == "before" and governing is None)
    found.found.append(statement)


def _last_told(found: Statements, start: int) -> int:
    """Where the sentence begins that a doubt after it is about: the last in which somebody speaks, else the last."""
    last = at = found.board.sentence_start(start - 1)
    for _ in range(_TOLD):
        if any(at <= known.match.first < start for known in found.found[-_TOLD * 2 :]):
            return at
        if at == 0:
            break
        at = found.board.sentence_start(at - 1)
    return last


def _negated_near(board: Board, token: int) -> bool:
    return any(board.negator(at) for at in range(max(0, token - 2), token))


def _is_followed(board: Board, token: int, cue: Cue) -> bool:
    form = board.forms[token]
    return form in cue.followed or form[1:] in cue.followed


def _doubter(found: Statements, match: Match, after: int, end: int) -> tuple[Speaker | None, Statement | None]:
    board = found.board
    governing = found.open_at(match.first)
    if governing is not None:
        return governing.speaker, governing
    if found.board.cue(match).id == "answered_no":
        speaker, how = subject_before(found, match, participle=False)
        return (speaker, None) if how == "before" else (None, None)
    for at in range(match.last, min(end, after + 6)):
        if at in board.actor_at or at in board.source_at:
            speaker = read_speaker(board, at, end, liberal=False, governed=True)
            if speaker is not None:
                return point_back(speaker, board, found.heard), None
    speaker, how = subject_before(found, match, participle=False)
    return (speaker, None) if how == "before" else (None, None)


def read_responsibility(found: Statements, match: Match, cue: Cue) -> None:
    """`أعلن مسؤوليته عن`: what the verb announces is a claim of responsibility."""
    board = found.board
    if not match.enclitic and not board.word("from", match.last):
        return
    for known in reversed(found.found):
        if known.match.first >= match.first:
            continue
        near = match.first - known.match.last <= _RESPONSIBLE
        own = known.cue.role == "say" and known.stance is Stance.ASSERTS and known.how != "around"
        if (
            near
            and own
            and known.covers(match.first)
            and known.cue.id in ("announce", "admit", "concede", "allege", "affirm")
        ):
            clause = known.opening >= 0 and known.opening < match.first - 2 and known.cue.complement != "object"
            if not clause:
                known.stance = Stance.CLAIMS_RESPONSIBILITY
        return


def read_heading(found: Statements, sentence: int) -> None:
    """A speaker before a colon at the head of a sentence (`الجيش: …`, `عاجل | المرصد: …`)."""
    board = found.board
    first, last = board.text.sentences[sentence].first, board.text.sentences[sentence].last
    for at in range(first + 1, min(last, first + _HEADING)):
        if ":" in board.text.gaps[at]:
            break
        if at in board.cue_at and "F" in board.cue_at[at].features:
            return
    else:
        return
    if first in board.cue_at and "F" in board.cue_at[first].features:
        return
    start = next((k for k in range(first, at) if board.word("flashes", k) is False), first)
    speaker = read_speaker(board, start, at, liberal=True)
    if speaker is None or board.preposition(start) or speaker.sources[0].kind is SourceKind.OUTLET:
        return
    if speaker.group == "source" and speaker.last - start == 1 and board.forms[start].startswith(board.article):
        return  # `المصدر: وكالات`: a credit line
    match = Match(start, at, "", "", "heading", "F")
    cue = Cue("heading", "heading", "say", Stance.ASSERTS)
    statement = Statement(match, cue, speaker, Stance.ASSERTS, [[at, board.sentence_end(at)]], "heading", start)
    statement.opening = at
    found.found.append(statement)


def drop_datelines(found: Statements) -> None:
    """Leave out headings that name a state that nobody in the body speaks for (`سوريا: مقتل …` is a dateline)."""
    if all(known.how != "heading" for known in found.found):
        return
    spoken = set()
    for known in found.found:
        if known.how != "heading":
            for source in known.speaker.sources:
                spoken |= {source.actor.id, *source.actor.country}
                if source.actor.organisation is not None:
                    spoken |= {source.actor.organisation.id, *source.actor.organisation.country}
    found.found = [
        known
        for known in found.found
        if known.how != "heading"
        or known.speaker.sources[0].actor.kind is not ActorKind.STATE
        or spoken & {known.speaker.sources[0].actor.id, *known.speaker.sources[0].actor.country}
    ]


def read_continued(found: Statements, sentence: int) -> None:
    """A sentence that is all quotation, or begins with `وأن`, and has no cue, goes on with the last speaker's word."""
    board = found.board
    bounds = board.text.sentences[sentence]
    first, last = bounds.first, bounds.last
    if last - first < 3:
        return
    quote = board.quote_at.get(first)
    whole = quote is not None and 4 * (min(quote.last, last) - first) >= 3 * (last - first)
    form = board.forms[first]
    again = form[1:] in board.sets["continued"] and form[:1] in board.sets["joining"]
    if not (whole or again or board.word("going_on", first)):
        return
    if (quote is not None and board.name_quote(quote)) or any(known.covers(first) for known in found.found):
        return
    match = Match(first, first + 1, "", "", "continued", "F")
    cue = Cue("continued", "continued", "say", Stance.ASSERTS)
    speaker = found.heard[-1]
    statement = Statement(match, cue, speaker, Stance.ASSERTS, [[first, last]], "continued", first, quoted=whole)
    statement.via = list(speaker.via)
    found.found.append(statement)
