"""Pieces of pages that are drawn once and shown again, as long as what they show is the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from riwaya.store.views import IncidentRow

_MOST = 2_000  # pieces that are kept


class Cards:
    """The incidents of lists as HTML. A row is the same object, in each redaction, until the store changes it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[tuple[str, int], tuple[IncidentRow, Any, str]] = OrderedDict()
        self._lock = threading.Lock()

    def drawn(self, language: str, row: IncidentRow, told: Any, draw: Callable[[IncidentRow, Any], str]) -> str:
        """An incident as ``draw`` makes it in a language; what is kept holds its row, so that no other gets its id."""
        key = (language, id(row))
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[1] == told:
                self._kept.move_to_end(key)
                return kept[2]
        piece = draw(row, told)
        with self._lock:
            self._kept[key] = (row, told, piece)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return piece
