"""A headline without a cue of its own is the word of the source by whom the body's first sentences retell it.

Codebook, Attribution: the scope of a source is the stretch that it answers for. Headlines tell in short what the lead
attributes (`مقتل تسعة في غارة` … `قتل تسعة مدنيين في غارة على البلدة، وفق المرصد`).
"""

from __future__ import annotations

from dataclasses import replace

from riwaya.knowledge.inflect import with_article
from riwaya.model import SourceKind
from riwaya.reading.board import Board
from riwaya.reading.statements import Statement, Statements

_LEAD = 3  # sentences of the body that can retell a headline
_SHARED = 0.25  # of the headline's words, told again in a source's scope
_LETTERS = 4  # of a word, clitics and article left out: what its inflections share
_WORDS = 30  # tokens at most of a headline


def retell_headline(found: Statements) -> list[Statement]:
    """The statement of the headline, none where it has a source of its own or the body does not retell it."""
    board = found.board
    last = headline_end(board)
    if not last or any(first < last for known in found.found for first, _ in known.ranges):
        return []
    words = {key for token in range(last) if (key := _key(board, token))}
    body = [sentence for sentence in board.text.sentences if sentence.first >= last][:_LEAD]
    for sentence in body:
        told = [known for known in found.found if sentence.first <= known.match.first < sentence.last]
        shares = [(_share(board, known, words, sentence.last), -known.match.first, known) for known in told]
        share, _, known = max(shares, key=lambda item: item[:2], default=(0.0, 0, None))
        if known is not None and share >= _SHARED:
            # The headline opens as a clause does: `ليس هناك اتفاق` is denied by the source.
            return [replace(known, ranges=[[0, last]], how="headline", opening=0, nested=False, via=list(known.via))]
    return []


def headline_end(board: Board) -> int:
    """The token after the headline: a first paragraph of one line without a full stop; 0 where there is none."""
    sentences = board.text.sentences
    title = [sentence for sentence in sentences if sentence.paragraph == 0]
    if len(title) == len(sentences) or any(sentence.terminator == "." for sentence in title):
        return 0
    last = title[-1].last
    return last if last <= _WORDS else 0


def _share(board: Board, known: Statement, words: set[str], end: int) -> float:
    if known.back or known.how == "heading" or known.speaker.sources[0].kind is SourceKind.OUTLET or not words:
        return 0.0
    told = {_key(board, token) for first, last in known.ranges for token in range(first, min(last, end))}
    return len(words & told) / len(words)


def _key(board: Board, token: int) -> str:
    """What a content word's inflections share; "" for a function word."""
    form = board.forms[token]
    if len(form) < _LETTERS - 1 or any(form in board.sets[name] for name in ("prepositions", "complementisers")):
        return ""
    article = with_article("")
    for name in ("joining", "attached"):
        rest = form[1:]
        if form[:1] in board.sets[name] and (rest.startswith(article) or len(rest) > _LETTERS):
            form = rest
    return form.removeprefix(article)[:_LETTERS]
