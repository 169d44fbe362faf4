"""Pieces of pages that are drawn once and shown again, as long as what they show is the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from riwaya.store.summaries import Facts
from riwaya.store.views import IncidentRow

_MOST = 2_000  # pieces that are kept


class Cards:
    """The incidents of lists as HTML. A row and its facts are the same objects until the store changes them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[tuple[str, int, int], tuple[IncidentRow, Facts | None, str]] = OrderedDict()
        self._lock = threading.Lock()

    def drawn(
        self, language: str, row: IncidentRow, told: Facts | None, draw: Callable[[IncidentRow, Facts | None], str]
    ) -> str:
        """An incident as ``draw`` makes it in a language; what is kept holds its row, so that no other gets its id."""
        key = (language, id(row), id(told))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][2]
        piece = draw(row, told)
        with self._lock:
            self._kept[key] = (row, told, piece)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return piece
