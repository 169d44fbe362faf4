"""Coded reports as the store holds them, with corrections laid over, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from riwaya.store.corrections import apply_corrections, read_corrections
from riwaya.store.index import unpack
from riwaya.store.redaction import Redaction, redact_coded
from riwaya.store.tables import corrections, revisions

Data = dict[str, Any]
_PART = 500  # parameters of one statement


def read_coded(
    connection: Connection, numbers: Sequence[int], redaction: Redaction | None = None
) -> Iterator[tuple[int, Data]]:
    """Coded reports by number, in no order, without what is withheld; the head's revision is left out."""
    corrected = set(connection.execute(select(corrections.c.report).distinct()).scalars())
    for start in range(0, len(numbers), _PART):
        query = select(revisions.c.report, revisions.c.coded).where(revisions.c.current.is_(True))
        for row in connection.execute(query.where(revisions.c.report.in_(numbers[start : start + _PART]))).all():
            coded = unpack(row.coded)
            if coded["report"]["id"] in corrected:
                coded = apply_corrections(coded, read_corrections(connection, coded["report"]["id"]))
            yield row.report, redact_coded(coded, redaction) if redaction else coded
