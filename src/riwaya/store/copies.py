"""Reprints: reports whose text is, for the greater part, the text of an earlier report.

A report's shingles (runs of five folded words) are hashed; every sixteenth hash by value is kept. Two reprints of
one wire story share most of them, so that a look-up of a dozen numbers finds candidates; the share of shingles is
then counted exactly. The smaller text decides, so that a story with two paragraphs added is still a reprint.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from riwaya.store.index import unpack
from riwaya.store.stems import words_of
from riwaya.store.tables import reports, revisions, shingles

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


def mark_copy(connection: Connection, own: int, text: str, kept: Sequence[int], *, is_new: bool = False) -> bool:
    """Note which report the given one reprints, and its sample; whether it reprints one. ``is_new``: nothing stood."""
    if not is_new:
        connection.execute(delete(shingles).where(shingles.c.report == own))
    original = _find_original(connection, own, kept, text)
    if original is not None or not is_new:
        connection.execute(update(reports).where(reports.c.number == own).values(copy_of=original))
    if kept:
        connection.execute(insert(shingles), [{"hash": each, "report": own} for each in kept])
    return original is not None


def renew_copies(connection: Connection, changed: int) -> list[int]:
    """Look anew for the originals of the reports after one that was withdrawn, restored or revised; those that move.

    Where a wire story's first carrier is withdrawn, the next one stands for it.
    """
    own = select(shingles.c.hash).where(shingles.c.report == changed)
    alike_to = select(shingles.c.report).where(shingles.c.hash.in_(own))
    family = reports.c.number.in_(alike_to) | (reports.c.copy_of == changed)
    query = select(reports.c.number, reports.c.copy_of).where(family, reports.c.number > changed)
    moved = []
    for row in connection.execute(query.order_by(reports.c.number)).all():
        text = _text_of(connection, row.number)
        if text is None:
            continue
        original = _find_original(connection, row.number, sample(hashes_of(text)), text)
        if original != row.copy_of:
            connection.execute(update(reports).where(reports.c.number == row.number).values(copy_of=original))
            moved.append(int(row.number))
    return moved


def _find_original(connection: Connection, own: int, kept: Sequence[int], text: str) -> int | None:
    """The number of the earliest report that the given one reprints, None where there is none."""
    found: Counter[int] = Counter()
    for start in range(0, len(kept), 500):
        part = kept[start : start + 500]
        query = select(shingles.c.report).where(shingles.c.hash.in_(part), shingles.c.report < own)
        found.update(connection.execute(query).scalars())
    needed = min(_SHARED, len(kept))
    near = sorted(report for report, shared in found.items() if shared >= needed)
    hashes = hashes_of(text) if near else frozenset[int]()
    for number in near:
        other = _text_of(connection, number)
        if other is not None and alike(hashes, hashes_of(other)) >= _SAME:
            above = connection.execute(select(reports.c.copy_of).where(reports.c.number == number)).scalar()
            return int(above or number)
    return None


def _text_of(connection: Connection, number: int) -> str | None:
    """The text of a report, None where it was withdrawn."""
    source = reports.join(revisions, revisions.c.report == reports.c.number)
    query = select(revisions.c.coded).select_from(source)
    query = query.where(reports.c.number == number, revisions.c.current.is_(True), reports.c.withdrawn.is_(None))
    packed = connection.execute(query).scalar()
    return None if packed is None else str(unpack(packed)["report"]["text"] or "")
