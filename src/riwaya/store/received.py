"""A coded report made ready to be kept: packed, with the rows of its index and the hashes that find reprints.

Nothing here needs the store, so that many processes prepare reports while one writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from riwaya.export.coded import code_report
from riwaya.model import Report
from riwaya.store.copies import hashes_of, sample
from riwaya.store.index import ReportRows, pack, rows_of, unpack

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """A report as it will be kept. ``head``: what is said of it and its text; ``sample``: hashes of its shingles."""

    head: Data
    version: str
    packed: bytes
    rows: ReportRows
    sample: tuple[int, ...]

    @classmethod
    def of(cls, report: Report | Mapping[str, Any]) -> Self:
        """A report made ready, coded already or not."""
        coded = code_report(report) if isinstance(report, Report) else dict(report)
        found = tuple(sample(hashes_of(coded["report"].get("text") or "")))
        return cls(coded["report"], coded.get("version") or "", pack(coded), rows_of(coded), found)

    @property
    def coded(self) -> Data:
        """The whole coded report."""
        return unpack(self.packed)

    def with_head(self, head: Data) -> Self:
        """The same report under another head: another id, or an outlet that an earlier revision told."""
        return type(self).of({**self.coded, "report": head})
