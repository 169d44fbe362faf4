"""Quotations, nested ones too, from the marks between tokens.

Arabic pages mix « », “ ” and the straight mark that opens and closes alike; for the straight one, the side on which
the space stands tells (`قال "خرجت` opens, `دمشق"، متجهة` closes), and where it does not, an open quotation closes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_OPEN = "«“„‹〝"
_CLOSE = "»”›〞"
_MARKS = frozenset('"«»“”„‟‹›＂〝〞')


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: its tokens, half-open, and how many quotations stand around it."""

    first: int
    last: int
    depth: int


def _opens(gap: str, at: int, raw_mark: str, depth: int) -> bool:
    """Whether the quotation mark at ``at`` of a gap opens a quotation."""
    if raw_mark in _OPEN:
        return True
    if raw_mark in _CLOSE:
        return False
    space_before = at > 0 and gap[at - 1] in " \n:(،-["
    space_after = at + 1 < len(gap) and gap[at + 1] in " \n،.؛:)-!؟]"
    if space_before != space_after:
        return space_before
    if at == 0 and not space_after:
        return at == len(gap) - 1 and depth == 0
    return depth == 0


def _end_paragraph(stack: list[int], index: int, found: list[Quote]) -> None:
    """A quotation that no mark closes ends with its paragraph."""
    if stack[0] < index:
        found.append(Quote(stack[0], index, 0))
    stack.clear()


def find_quotes(
    gaps: list[str], raw: str, starts: Sequence[int], ends: Sequence[int], marked: Iterable[int] | None = None
) -> list[Quote]:
    """The quotations of a text by first token; an unclosed one is left out unless a newline ends it.

    ``marked`` are the gaps that hold more than a space, in order, where they are known.
    """
    found: list[Quote] = []
    stack: list[int] = []
    for index in range(len(gaps)) if marked is None else marked:
        gap = gaps[index]
        if '"' not in gap:
            if stack and "\n" in gap:
                _end_paragraph(stack, index, found)
            continue
        low = ends[index - 1] if index else 0
        high = starts[index] if index < len(starts) else len(raw)
        marks = [c for c in raw[low:high] if c in _MARKS]
        seen = 0
        for at, char in enumerate(gap):
            if char == "\n" and stack:
                _end_paragraph(stack, index, found)
            if char != '"':
                continue
            mark = marks[seen] if seen < len(marks) else '"'
            seen += 1
            if _opens(gap, at, mark, len(stack)):
                stack.append(index)
            elif stack:
                first = stack.pop()
                if first < index:
                    found.append(Quote(first, index, len(stack)))
    if stack and stack[0] < len(starts):
        found.append(Quote(stack[0], len(starts), 0))
    return sorted(found, key=lambda quote: (quote.first, quote.depth))
