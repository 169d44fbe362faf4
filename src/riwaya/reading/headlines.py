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
from riwaya.text.text import Sentence

_LEAD = 3  # sentences of the body that can retell a headline
_SHARED = 0.25  # of the headline's words, told again in a source's scope
_LETTERS = 4  # of a word, clitics and article left out: what its inflections share
_DOTS = ".."
_WORDS = 30  # tokens at most of a headline


def retell_headline(found: Statements) -> list[Statement]:
    """The statement of the headline, or of its sentences without a source; none where the body does not retell it."""
    board = found.board
    last = headline_end(board)
    free = _sourceless(found, last) if last else []
    words = {key for first, end in free for token in range(first, end) if (key := _key(board, token))}
    if not words:
        return []
    body = [sentence for sentence in board.text.sentences if sentence.first >= last][:_LEAD]
    for sentence in body:
        told = [known for known in found.found if sentence.first <= known.match.first < sentence.last]
        told = [known for known in told if known.how != "reported"]
        if sentence is not body[0]:  # what is demanded or threatened later on is not what the headline tells as done
            told = [known for known in told if known.cue.role != "act"]
        shares = [(_share(board, known, words, sentence.last), -known.match.first, known) for known in told]
        share, _, known = max(shares, key=lambda item: item[:2], default=(0.0, 0, None))
        if known is not None and (share >= _SHARED or (sentence is body[0] and _whole(known, sentence) and share > 0)):
            # The headline opens as a clause does: `ليس هناك اتفاق` is denied by the source.
            opening = free[0][0]
            return [replace(known, ranges=free, how="headline", opening=opening, nested=False, via=list(known.via))]
    return []


def _whole(known: Statement, sentence: Sentence) -> bool:
    """Whether a sentence opens with the verb that gives it to its source (`أعلنت الشرطة مقتل …`)."""
    return known.match.first == sentence.first and not known.match.proclitic and known.how == "after"


def _sourceless(found: Statements, last: int) -> list[list[int]]:
    """The sentences of a headline (`نزوح من درعا.. وإسرائيل تتوعد`) that are nobody's word, as token ranges."""
    told = [known for known in found.found if known.how != "reported"]
    spoken = [bounds for known in told for bounds in known.ranges if bounds[0] < last]
    sentences = [sentence for sentence in found.board.text.sentences if sentence.first < last]
    return [
        [sentence.first, sentence.last]
        for sentence in sentences
        if not any(first < sentence.last and sentence.first < end for first, end in spoken)
    ]


def headline_end(board: Board) -> int:
    """The token after the headline: a first paragraph of one line without a full stop; 0 where there is none."""
    sentences = board.text.sentences
    title = [sentence for sentence in sentences if sentence.paragraph == 0]
    if len(title) == len(sentences) or any(_full_stop(board, sentence) for sentence in title):
        return 0
    last = title[-1].last
    return last if last <= _WORDS else 0


def _full_stop(board: Board, sentence: Sentence) -> bool:
    """Whether a sentence ends in a full stop, and not in the dots that part a headline (`معارك في التل.. ونزوح`)."""
    gaps = board.text.gaps
    return sentence.terminator == "." and not (sentence.last < len(gaps) and _DOTS in gaps[sentence.last])


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
