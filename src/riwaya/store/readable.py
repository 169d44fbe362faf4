"""What of a report's words can still be searched once names and places are withheld.

A search finds in the index what the text holds; whether a report is found must depend on nothing but what the one
who asks can read. So each hit is looked for again in the report as it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from riwaya.store.coded import read_coded
from riwaya.store.redaction import Redaction, shown_words
from riwaya.store.stems import index_text, query_terms

_APART = " | "  # between the two fields: no stem is a bar


def readable_words(connection: Connection, numbers: Sequence[int], redaction: Redaction) -> dict[int, str | None]:
    """For reports by number the stems that stay readable, as one text; None where no word of theirs is withheld."""
    found: dict[int, str | None] = {}
    for number, coded in read_coded(connection, numbers):
        head, shown = coded["report"], shown_words(coded, redaction)
        same = shown == (head.get("title") or "", head.get("text") or "")
        found[number] = None if same else f" {_APART.join(index_text(shown))} "
    return found


def holding_of(words: Mapping[int, str | None], query: str) -> set[int]:
    """Of reports that the index found, those that hold every term of a query in what stays readable of them."""
    terms = [f" {' '.join(term)} " for term in query_terms(query)]
    return {number for number, text in words.items() if text is None or all(term in text for term in terms)}
