"""Results over the whole store that take seconds: the last one is shown while a new one is made beside it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from riwaya.model import RiwayaError
from riwaya.store import Store
from riwaya.store.columns import revision_of

T = TypeVar("T")
_AT_ONCE = 0.3  # seconds within which a result is made while the page waits
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Result:
    revision: str
    value: Any
    took: float


class Slow:
    """Kept results by key. What is made quickly is always of the present; what is slow may lag behind a moment."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[Any, _Result] = {}
        self._lock = threading.Lock()
        self._making: dict[Any, threading.Lock] = {}

    def get(self, store: Store, key: Any, make: Callable[[], T]) -> tuple[T, bool]:
        """The result, and whether it is of the store as it is now; the first one is waited for."""
        kept = self._kept.get(key)
        if kept is not None and kept.revision == revision_of(store):
            return cast(T, kept.value), True
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        if kept is None or kept.took < _AT_ONCE:
            with making:
                return cast(T, self._make(store, key, make).value), True
        if making.acquire(blocking=False):
            threading.Thread(target=self._make_beside, args=(store, key, make, making), daemon=True).start()
        return cast(T, kept.value), False

    def _make(self, store: Store, key: Any, make: Callable[[], T]) -> _Result:
        revision = revision_of(store)
        kept = self._kept.get(key)
        if kept is not None and kept.revision == revision:
            return kept
        begun = time.perf_counter()
        made = _Result(revision, make(), 0.0)
        made.took = time.perf_counter() - begun
        self._kept[key] = made
        return made

    def _make_beside(self, store: Store, key: Any, make: Callable[[], T], making: threading.Lock) -> None:
        try:
            self._make(store, key, make)
        except RiwayaError as error:
            log.warning("a result was not renewed: %s", error)
        finally:
            making.release()
