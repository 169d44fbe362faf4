"""Names compared as careful readers compare them: without diacritics, hamza seats, articles, case, punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from riwaya.knowledge.load import read_yaml

_SEATS = str.maketrans(
    "\u0623\u0625\u0622\u0671\u0649\u0629\u0624\u0626", "\u0627\u0627\u0627\u0627\u064a\u0647\u0648\u064a", "\u0640"
)
_ARTICLE = "\u0627\u0644"
_LATIN_ARTICLES = ("the", "al", "el")


@cache
def fold_name(name: str) -> str:
    """A name in the form in which it is compared."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).translate(_SEATS)
    words = (word.removeprefix(_ARTICLE) if len(word) > 4 else word for word in re.findall(r"\w+", bare))
    return " ".join(word for word in words if word not in _LATIN_ARTICLES)


@cache
def generic_names() -> frozenset[str]:
    """Folded short forms that name nobody by themselves."""
    return frozenset(fold_name(name) for name in read_yaml(Path(__file__).with_name("generic_names.yaml")))


def listed(value: object) -> tuple[str, ...]:
    """A gold name (a string, or a list of accepted names) as a tuple."""
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def coded_names(entry: Any) -> frozenset[str]:
    """Every folded name of a coded party: its name, its aliases, and those of the organisation it speaks for."""
    if entry is None:
        return frozenset()
    if isinstance(entry, str):
        return frozenset((fold_name(entry),))
    if isinstance(entry, Mapping):
        own = (entry.get("name"), *(entry.get("aliases") or ()))
        return frozenset(fold_name(name) for name in own if name) | coded_names(entry.get("organisation"))
    return frozenset().union(*map(coded_names, entry))
