"""What sentences have in common: runs of words by which shared ones are known, and rare words."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from riwaya.knowledge.load import DATA
from riwaya.model import KnowledgeError
from riwaya.text.normalise import fold
from riwaya.text.stems import stem

_WORD = re.compile(r"[^\W_]+")
_RUN = 6  # words
_EVERYWHERE = 300  # of 10,000 sentences that hold a stem: such stems tell nothing
_RAREST = 5  # of 10,000 sentences, for stems that are not listed
_FEWEST = 4  # stems by which sentences can be compared at all


def runs_of(texts: Iterable[str]) -> frozenset[int]:
    """Hashes of the runs of six folded words in the texts, 64-bit; none for shorter texts."""
    found: set[int] = set()
    for text in texts:
        words = _WORD.findall(fold(text)) if text else []
        for at in range(len(words) - _RUN + 1):
            run = " ".join(words[at : at + _RUN]).encode("utf-8", "replace")
            found.add(int.from_bytes(hashlib.blake2b(run, digest_size=8).digest(), "big"))
    return frozenset(found)


def read_shares(path: Path) -> dict[str, int]:
    """Stems with the number of 10,000 sentences that hold them. Raises KnowledgeError for a line of another form."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        name, _, share = line.partition("\t")
        if not name or not share.isdecimal() or name in found:
            raise KnowledgeError(f"{path}:{number}: expected a stem, a tab and a number, found '{line}'")
        found[name] = int(share)
    return found


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    shares = read_shares(DATA / "incidents" / "stems.tsv")
    return {name: _weight(share) if share < _EVERYWHERE else 0.0 for name, share in shares.items()}


def _weight(share: int) -> float:
    return math.log(10_000 / share) ** 2


def stems_of(texts: Iterable[str]) -> dict[str, float]:
    """The stems of the texts that tell something, each with its weight: the rarer, the more; none for few words."""
    known, rarest = _weights(), _weight(_RAREST)
    found: dict[str, float] = {}
    for text in texts:
        for word in _WORD.findall(fold(text)) if text else ():
            weight = known.get(stem(word), rarest)
            if weight:
                found[stem(word)] = weight
    return found if len(found) >= _FEWEST else {}


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two bags of weighted stems, 0 to 1."""
    shared = sum(a[name] for name in a.keys() & b.keys())
    return shared / math.sqrt(sum(a.values()) * sum(b.values())) if shared else 0.0
