"""What a source says did not or will not happen (`قال إن قواته لم تقصف المدينة`): it denies that, and asserts the rest.

Codebook, Attribution: a denial is a stance on the denied event. Negators: Ryding 2005, chapter 37.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from riwaya.model import Stance
from riwaya.reading.board import Board
from riwaya.reading.statements import Statement

_TELLING = ("say", "relay", "according")
_NO_PART = 6  # tokens of a statement among which it says that somebody has no part in a deed
_CONFIRMED = 4  # tokens at most between a denial and the verb that confirms it
_NOT_YET = 6  # tokens after a negation within which `بعد` says that it may yet be
_SUBJECT = 9  # tokens that a clause's subject may take before its negated verb


def split_negated(board: Board, statement: Statement) -> list[Statement]:
    """The statement without the part that it denies, and that part; denied is a clause that begins with a negation."""
    if statement.stance is not Stance.ASSERTS or statement.cue.role not in _TELLING or not statement.ranges:
        return [statement]
    first, last = statement.ranges[0]
    apart = _no_part(board, statement, first, last)
    if apart is not None:
        return apart
    opening = statement.opening if first <= statement.opening < last else _told_before(board, statement)
    first_refusal = bisect_left(board.refusals, opening)
    if opening < 0 or first_refusal == len(board.refusals) or board.refusals[first_refusal] >= last:
        return [statement]
    openings = [opening, *(k for k in range(opening + 1, last) if _clause_again(board, k))]
    negator = next((at for k in openings if (at := _negator(board, k, last)) >= 0), -1)
    if negator < 0:
        return [statement]
    end = next((k for k in range(negator + 2, last) if _ends_clause(board, k)), last)
    if any(board.word("only", token) for token in range(negator, end)):
        return [statement]
    denied = replace(statement, stance=Stance.DENIES, ranges=[[negator, end]], how="negated")
    rest = [[first, negator], [end, last], *statement.ranges[1:]]
    return [replace(statement, ranges=[bounds for bounds in rest if bounds[0] < bounds[1]]), denied]


def _no_part(board: Board, statement: Statement, first: int, last: int) -> list[Statement] | None:
    """The statement as a denial where it says that somebody has no part in a deed (`أكدت عدم صلتها`, `غير ضالعة`)."""
    for token in range(first, min(last - 1, first + _NO_PART)):
        if token in board.cue_at and token != statement.match.first:
            return None
        after = token + 1 + board.word("there", token + 1)
        while board.word("any", after):
            after += 1
        lacks = board.word("lacking", token) and board.word("no_link", after)
        if lacks or (board.word("other_than", token) and board.word("uninvolved", token + 1)):
            end = next((k for k in range(token + 2, last) if _ends_clause(board, k)), last)
            denied = replace(statement, stance=Stance.DENIES, ranges=[[first, end]], how="negated")
            rest = replace(statement, ranges=[bounds for bounds in [[end, last]] if end < last])
            return [rest, denied] if rest.ranges else [denied]
    return None


def agree(parts: list[Statement]) -> list[Statement]:
    """The statements; those that confirm a denial (`لم تقصف، وهو ما أكدته لندن`) are denials as well."""
    agreed = []
    for part in parts:
        denied = _denied(parts, part) if part.back and part.stance is Stance.ASSERTS and part.how == "pronoun" else None
        agreed.append(replace(part, stance=Stance.DENIES, ranges=denied.ranges) if denied is not None else part)
    return agreed


def _denied(parts: list[Statement], confirming: Statement) -> Statement | None:
    """The denial that ends where the words begin that confirm it, None without one."""
    at = confirming.ranges[-1][1] if confirming.ranges else -1
    for part in parts:
        if part.how == "negated" and part.ranges[-1][1] <= at <= part.ranges[-1][1] + _CONFIRMED:
            return part
    return None


def _told_before(board: Board, statement: Statement) -> int:
    """Where words open that stand before their cue and begin with a negation (`"لا يوجد اتفاق"، قال`), else -1."""
    first, last = statement.ranges[0]
    if last > statement.match.first or not (board.word("refusals", first) or _none_there(board, first)):
        return -1
    return first


def _clause_again(board: Board, token: int) -> bool:
    """Whether a further clause of the same word opens at a token (`وأن`, `وليس هناك`)."""
    form = board.forms[token]
    if form[:1] not in board.sets["joining"]:
        return False
    return form[1:] in board.sets["complementisers"] or _none_there(board, token)


def _none_there(board: Board, token: int) -> bool:
    """Whether a clause at a token says that there is none (`ليس هناك`, `ولا يوجد`)."""
    return _refuses(board, token) and board.word("there", token + 1)


def _refuses(board: Board, token: int) -> bool:
    """Whether a negator stands at a token, joined to the clause before (`وليس`) or not."""
    form, refusals = board.forms[token], board.sets["refusals"]
    return form in refusals or (form[:1] in board.sets["joining"] and form[1:] in refusals)


def _negator(board: Board, opening: int, last: int) -> int:
    """The token of the clause's negator, -1 where its verb is not negated."""
    forms = board.text.forms
    for at in range(opening, min(last - 1, opening + _SUBJECT)):
        if at > opening + 1 and board.comma(at):
            return -1
        if board.word("refusals", at) or (at == opening and _none_there(board, at)):
            told = forms[at + 2] if board.word("light", at + 1) and at + 2 < len(forms) else forms[at + 1]
            excepted = told in board.table.particles["not_denied"]
            later = any(board.word("not_yet", k) for k in range(at + 2, min(last, at + _NOT_YET)))
            return -1 if excepted or later or _doubted(board, at) else at
        if at in board.cue_at and at > opening + 1:
            return -1
        if at > opening and board.word("relatives", at):
            return -1
        if at > opening + 1 and board.word("complementisers", at):
            return -1
    return -1


def _doubted(board: Board, negator: int) -> bool:
    """Whether the negation is part of a phrase of doubt (`ليس بوسعه تأكيد`), which has its own stance."""
    for token in range(negator, negator + 3):
        match = board.cue_at.get(token)
        if match is not None and board.cue(match).role == "doubt":
            return board.cue(match).stance is Stance.UNCONFIRMED
    return False


def _ends_clause(board: Board, token: int) -> bool:
    """Whether a token begins a clause that the negation does not reach: after a comma, or a break word."""
    if board.word("breaks", token) or board.word("negation_ends", token):
        return True
    return board.comma(token)
