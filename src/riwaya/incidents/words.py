"""Runs of words by which shared sentences are known, whatever their vowel signs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from riwaya.text.normalise import fold

_WORD = re.compile(r"[^\W_]+")
_RUN = 6  # words


def runs_of(texts: Iterable[str]) -> frozenset[int]:
    """Hashes of the runs of six folded words in the texts, 64-bit; none for shorter texts."""
    found: set[int] = set()
    for text in texts:
        words = _WORD.findall(fold(text)) if text else []
        for at in range(len(words) - _RUN + 1):
            run = " ".join(words[at : at + _RUN]).encode("utf-8", "replace")
            found.add(int.from_bytes(hashlib.blake2b(run, digest_size=8).digest(), "big"))
    return frozenset(found)
