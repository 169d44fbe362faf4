"""Reprints: reports whose text is, for the greater part, the text of an earlier report.

A report's shingles (runs of five folded words) are hashed; every sixteenth hash by value is kept. Two reprints of
one wire story share most of them, so that a look-up of a dozen numbers finds candidates; the share of shingles is
then counted exactly. The smaller text decides, so that a story with two paragraphs added is still a reprint.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, select

from riwaya.store.stems import words_of
from riwaya.store.tables import shingles

_RUN = 5  # words a shingle
_SAMPLE = 16  # one hash of so many is kept
_SHARED = 3  # kept hashes in common that make a candidate
_SAME = 0.8  # share of the smaller text's shingles that makes a reprint
_LENGTHS = 0.4  # the smaller text is at least this part of the greater
_FEWEST = 25  # words below which a text is too short to be told from another


def hashes_of(text: str) -> frozenset[int]:
    """The hashes of a text's shingles, signed 64-bit; empty for a text of fewer than 25 words."""
    words = words_of(text)
    if len(words) < _FEWEST:
        return frozenset()
    runs = (" ".join(words[n : n + _RUN]).encode() for n in range(len(words) - _RUN + 1))
    digests = (hashlib.blake2b(run, digest_size=8).digest() for run in runs)
    return frozenset(int.from_bytes(digest, "big", signed=True) for digest in digests)


def sample(hashes: Iterable[int]) -> list[int]:
    """The hashes that are kept for looking up, sorted."""
    return sorted(each for each in hashes if each % _SAMPLE == 0)


def alike(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the smaller text's shingles that the other has too; 0 where their lengths are too far apart."""
    small, great = sorted((len(a), len(b)))
    if not small or small < great * _LENGTHS:
        return 0.0
    return len(a & b) / small


def find_original(
    connection: Connection, own: int, hashes: frozenset[int], text_of: Callable[[int], str | None]
) -> int | None:
    """The number of the earliest report that this one reprints, None where there is none."""
    kept = sample(hashes)
    if not kept:
        return None
    found: Counter[int] = Counter()
    for start in range(0, len(kept), 500):
        part = kept[start : start + 500]
        rows = connection.execute(select(shingles.c.report).where(shingles.c.hash.in_(part)))
        found.update(row.report for row in rows if row.report != own)
    needed = min(_SHARED, len(kept))
    for number in sorted(report for report, shared in found.items() if shared >= needed):
        text = text_of(number)
        if text is not None and alike(hashes, hashes_of(text)) >= _SAME:
            return number
    return None
