"""Statements while they are read: which cue gives the word to whom, over which tokens, and inside whose word."""

from __future__ import annotations

from dataclasses import dataclass, field

from riwaya.knowledge.cues import Cue
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, Stance
from riwaya.reading.board import Board
from riwaya.reading.speakers import Speaker

_OPEN = 12  # statements back that can still be open: a scope ends with its sentence or quotation


_NOBODY = {"pronoun", "reported"}  # ways to speak after which the sentence's speaker is still the one before


@dataclass(slots=True)
class Statement:
    """One speaker's word over token ranges (half-open)."""

    match: Match
    cue: Cue
    speaker: Speaker
    stance: Stance
    ranges: list[list[int]]
    how: str
    start: int  # where its clause begins: the cue or the subject before it
    via: list[Actor] = field(default_factory=list)
    quoted: bool = False
    back: bool = False  # speaks of what was told before, beside those who told it
    nested: bool = False
    opening: int = -1  # token at which the complement opens, -1 where it does not
    zone: int = -1  # token at which the speaker's phrase ends

    def covers(self, token: int) -> bool:
        """Whether the token is in the statement's ranges."""
        return any(first <= token < last for first, last in self.ranges)


@dataclass(slots=True)
class Statements:
    """The statements of a report in the order of their cues, and the speakers heard."""

    board: Board
    found: list[Statement] = field(default_factory=list)
    heard: list[Speaker] = field(default_factory=list)
    consumed: set[int] = field(default_factory=set)  # cue tokens read as a part of another cue

    def add(self, statement: Statement) -> None:
        """Take a statement in: it ends the statement before it, or lies within it."""
        if not statement.back:
            self._place(statement)
        self.found.append(statement)
        if statement.nested and statement.cue.role == "act":
            self._shorten(statement)
        if not statement.nested and statement.how not in ("doubt",):
            self.heard.append(statement.speaker)

    def _place(self, statement: Statement) -> None:
        """Settle how a statement stands to those that are open where it begins."""
        open_ = self._covering(statement.start)
        if not open_:
            return
        outer = open_[-1]
        if self._inside(outer, statement):
            statement.nested = True
            carriers = [source.actor for source in outer.speaker.sources[:1]] + outer.via
            own = {source.actor.id for source in statement.speaker.sources}
            statement.via.extend(actor for actor in carriers if actor.id not in own)
            return
        for known in open_:
            if self._inside(known, statement):
                continue
            for bounds in known.ranges:
                if bounds[0] < statement.start < bounds[1]:
                    bounds[1] = self._until(known, statement)

    def _covering(self, token: int) -> list[Statement]:
        """The latest statements whose ranges hold a token, without those on what was told before."""
        open_: list[Statement] = []
        for known in self.found[-_OPEN:]:
            if known.back:
                continue
            for first, last in known.ranges:
                if first <= token < last:
                    open_.append(known)
                    break
        return open_

    def _until(self, known: Statement, statement: Statement) -> int:
        """Where a statement's range ends for the next: at its cue, or its scope where the same word runs on."""
        runs_on = known.speaker.sources[0].actor.id == statement.speaker.sources[0].actor.id
        joined = statement.match.proclitic[:1] in self.board.sets["joining"] if statement.match.proclitic else False
        if runs_on and statement.how == "back" and not joined and not self.board.comma(statement.start):
            return statement.ranges[0][0] if statement.ranges else statement.start
        return statement.start

    def _shorten(self, statement: Statement) -> None:
        """A deed of speech told within another's word ends with its clause."""
        first, last = statement.ranges[0] if statement.ranges else (0, 0)
        for token in range(max(first, statement.zone) + 1, last):
            if self.board.comma(token):
                statement.ranges = [[first, token]]
                return

    def _inside(self, outer: Statement, statement: Statement) -> bool:
        """Whether a statement is part of another's word (`قال إن فلانا نفى`), and not a new clause beside it."""
        board, at = self.board, statement.start
        for quote in board.text.quotes:
            if quote.first <= at < quote.last and outer.match.first < quote.first and outer.covers(quote.first):
                return not quote.first <= outer.match.first
        if outer.speaker.sources[0].actor.id == statement.speaker.sources[0].actor.id:
            return False
        if "P" in statement.match.features and statement.start == statement.match.first:
            return False
        if at == outer.opening or board.word("complementisers", at - 1) or board.word("relatives", at - 1):
            return True
        if any(board.word(name, k) for name in ("breaks", "shifts") for k in (at - 1, at)) or board.comma(at):
            return False
        if statement.match.first == at and statement.match.proclitic[:1] in board.sets["joining"]:
            return False
        joined = board.proclitic(at)[:1] in board.sets["joining"] or board.joined_noun(at)
        return not (board.word("conjunctions", at - 1) or joined)

    def open_at(self, token: int) -> Statement | None:
        """The innermost statement that covers a token, None where none does."""
        for known in reversed(self.found[-_OPEN:]):
            if not known.back and known.covers(token):
                return known
        return None

    def in_sentence(self, token: int) -> Statement | None:
        """The last statement whose cue stands in the sentence of a token before it."""
        start = self.board.sentence_start(token)
        for known in reversed(self.found):
            if start <= known.match.first < token and not known.nested and known.how not in _NOBODY:
                return known
        return None
