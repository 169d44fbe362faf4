"""Reports that nobody is named for (`تقارير عن هجوم`, `أنباء تتحدث عن مقتل`): unnamed sources, over what they tell.

Codebook, Attribution: source kinds ``unnamed`` and ``news_media`` for reports whose author is not told.
"""

from __future__ import annotations

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import Stance
from riwaya.reading.board import Board
from riwaya.reading.speakers import read_speaker
from riwaya.reading.statements import Statement, Statements

_REACH = 14  # tokens at most of what reports tell
_OF = 3  # tokens from the word to what it opens with


def read_reports(found: Statements, token: int) -> None:
    """The statement of a word for reports that a preposition or a verb of telling follows, outside anybody's word."""
    board = found.board
    end = board.sentence_end(token)
    opening = next((k for k in range(token + 1, min(end, token + _OF)) if _opens(board, k)), -1)
    if opening < 0 or board.comma(opening) or board.belongs(token) or _is_speaker(found, token):
        return
    if any(board.negator(token - away) for away in (1, 2)):
        return  # `دون ورود أنباء عن إصابات`
    if found.open_at(token) is not None:
        return
    speaker = read_speaker(board, token, opening, liberal=False, governed=True)
    if speaker is None or speaker.sources[0].actor.known:
        return
    first = opening + 1
    last = next((k for k in range(first, min(end, first + _REACH)) if _ends(board, k)), min(end, first + _REACH))
    if last <= first:
        return
    match = Match(token, token + 1, "", board.proclitic(token), "reports", "F")
    cue = Cue("reports", "reports", "say", Stance.ASSERTS)
    found.found.append(Statement(match, cue, speaker, Stance.ASSERTS, [[first, last]], "reported", token))


def _opens(board: Board, token: int) -> bool:
    return board.word("about", token) or board.word("saying_so", token)


def _ends(board: Board, token: int) -> bool:
    """Whether what reports tell has ended before a token: a comma, a relative clause, another verb of saying."""
    if board.comma(token) or board.word("relatives", token) or board.word("that_is", token):
        return True
    said = board.cue_at.get(token)
    return said is not None and "F" in said.features


def _is_speaker(found: Statements, token: int) -> bool:
    """Whether the word is a speaker already read (`تحدثت تقارير عن`)."""
    return any(known.speaker.first <= token < known.speaker.last for known in found.found[-2:])
