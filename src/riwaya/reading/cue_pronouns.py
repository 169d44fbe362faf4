"""Verbs of saying with a pronoun: they carry another's word, or take a stand on what was just told."""

from __future__ import annotations

from dataclasses import replace

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import Stance
from riwaya.reading.board import Board
from riwaya.reading.speakers_heard import point_back
from riwaya.reading.statements import Statement, Statements
from riwaya.reading.subjects import subject_after
from riwaya.reading.subjects_before import accused

_CARRIED = 12  # tokens after a statement's opening within which its carrier is named
_NOUN_PHRASE = 4  # tokens before a verb that its pronoun can mean where no clause is meant


def read_pronoun_object(found: Statements, match: Match, cue: Cue, end: int) -> None:
    """A verb with a pronoun: it carries (`بيان نقلته وكالة`) or takes a stand on what stands before (`لم يؤكده`)."""
    board = found.board
    negated = board.negated(match.first)
    stance = cue.negated if negated else cue.stance
    if cue.carrier and not negated:
        add_carrier(found, match, end)
        return
    if stance is None or (stance is Stance.ASSERTS and cue.role != "say"):
        return
    if board.word("what", match.first - 1) and match.last in board.quote_at:
        return  # `مما سماه "عدوانا"`: the quotation is what it is called
    speaker = subject_after(board, match, end, False)
    if speaker is None and stance is Stance.DENIES and board.word("which", match.first - 1):
        speaker = accused(found, match)
    if speaker is None:
        return
    speaker = point_back(speaker, board, found.heard)
    at = match.first - negated
    last = found.found[-1] if found.found else None
    if (
        match.proclitic
        and last is not None
        and last.how == "pronoun"
        and last.match.first >= board.sentence_start(match.first)
    ):
        ranges = [list(bounds) for bounds in last.ranges]
    else:
        ranges = [[_told_from(board, at), at]]
    ranges = [bounds for bounds in ranges if bounds[0] < bounds[1]]
    found.add(Statement(match, cue, speaker, stance, ranges, "pronoun", match.first, via=list(speaker.via), back=True))


def add_carrier(found: Statements, match: Match, end: int) -> None:
    """Add who carried a statement just made (`بيان نقلته وكالة`); a bare statement is the word of its publisher."""
    carrier = subject_after(found.board, match, end, False)
    known = found.in_sentence(match.first) or (found.found[-1] if found.found else None)
    if carrier is None or known is None:
        return
    actor = known.speaker.sources[0].actor
    if known.speaker.group == "statement" and not (known.speaker.back or actor.organisation or actor.known):
        known.speaker = replace(known.speaker, sources=carrier.sources)
    elif match.first <= max(known.zone, known.match.last) + _CARRIED:
        ids = {actor.id for actor in known.via} | {source.actor.id for source in known.speaker.sources}
        known.via.extend(s.actor for s in carrier.sources if s.actor.id not in ids)


def _told_from(board: Board, at: int) -> int:
    """Where begins what a verb's pronoun means: the whole clause before it (`وهو ما تنفيه`) or its last noun phrase."""
    start = board.sentence_start(at)
    while board.word("preceding", at - 1) or board.word("complementisers", at - 1):
        at -= 1
    if board.word("which", at - 1) or (board.word("relatives", at - 1) and board.word("which", at - 2)):
        return start
    start = max(start, at - _NOUN_PHRASE)
    for token in range(at - 1, start, -1):
        if board.comma(token):
            return token
    return start
