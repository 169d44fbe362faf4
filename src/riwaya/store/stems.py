"""Stems by which text is searched, the same for what is kept and for what is asked.

The stems are those of :mod:`riwaya.text.stems`. A conjunction or preposition that the light stemmer leaves on a word
goes, with the word without it, into the second field, so that `بقصف` is found for `قصف` while phrases keep their order
in the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from riwaya.text.letters import BA, FA, KAF, LAM, SIN, WA
from riwaya.text.normalise import fold
from riwaya.text.stems import SHORTEST, stem

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_PREFIXES = (FA, BA, LAM, KAF, SIN)


@lru_cache(maxsize=200_000)
def further_stems(form: str) -> tuple[str, ...]:
    """Stems of the word without a particle that ``stem`` leaves on it; none for most words."""
    if not "\u0621" <= form[:1] <= "\u064a":
        return ()
    bare = form[1:] if form.startswith(WA) and len(form) > SHORTEST else form
    found = [stem(bare[1:]) for prefix in _PREFIXES if bare.startswith(prefix) and len(bare) > SHORTEST]
    return tuple(each for each in found if each != stem(form))


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def index_text(texts: Iterable[str | None]) -> tuple[str, str]:
    """What is kept for searching: the stems in order, and the further stems."""
    forms = [form for text in texts if text for form in words_of(text)]
    more = dict.fromkeys(each for form in dict.fromkeys(forms) for each in further_stems(form))
    return " ".join(map(stem, forms)), " ".join(more)


def query_terms(query: str) -> list[list[str]]:
    """What is asked: each term is a list of stems that stand one after another (quoted words are one term)."""
    terms: list[list[str]] = []
    for number, part in enumerate(fold(query).split('"')):
        stems = [stem(form) for form in _WORD.findall(part)]
        if number % 2:
            terms.extend([stems] if stems else [])
        else:
            terms.extend([each] for each in stems)
    return terms


def fts5_query(query: str) -> str | None:
    """The query in SQLite's FTS5 language, every term wanted; None for a query without words."""
    terms = query_terms(query)
    return " AND ".join('"' + " ".join(term) + '"' for term in terms) if terms else None


def tsquery(query: str) -> str | None:
    """The query in PostgreSQL's tsquery language, every term wanted; None for a query without words."""
    terms = query_terms(query)
    joined = ["(" + " <-> ".join("'" + stem + "'" for stem in term) + ")" for term in terms]
    return " & ".join(joined) if joined else None


def spans_of(query: str, text: str) -> list[tuple[int, int]]:
    """Where words of the query stand in a text: raw code points, half-open, for marking hits."""
    wanted = {each for term in query_terms(query) for each in term}
    found = []
    for match in re.finditer(r"[^\W_]+(?:[\u064b-\u0652\u0670\u0640]+[^\W_]*)*", text):
        for form in words_of(match.group()):
            if stem(form) in wanted or wanted.intersection(further_stems(form)):
                found.append(match.span())
                break
    return found
