"""Results over the whole store that take seconds: the last one is shown while a new one is made beside it.

However many look, and however often the store changes, one result is made anew at a time, and one that took long is
left as it is for some times as long: so this work takes a small part of a processor.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from riwaya.model import RiwayaError
from riwaya.store import Store
from riwaya.store.memory import revision_of

T = TypeVar("T")
_AT_ONCE = 0.3  # seconds within which a result is made while the page waits
_WAIT = 1.5  # seconds that a page waits for a result
_REST = 9.0  # times as long as a slow result took, in which it is not made anew
_LONGEST = 120.0  # seconds that it rests at most
_MOST = 400  # results that are kept
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Result:
    revision: str
    value: Any
    took: float
    ended: float

    @property
    def slow(self) -> bool:
        """Whether pages do not wait for it."""
        return self.took >= _AT_ONCE

    def rests(self, now: float) -> bool:
        """Whether it was made so lately that it is not made anew yet."""
        return self.slow and now < self.ended + min(_LONGEST, _REST * self.took)


class Slow:
    """Kept results by key. What is made quickly is always of the present; what is slow may lag behind a moment."""

    def __init__(self, wait: float = _WAIT) -> None:
        """Begin with none. ``wait``: seconds to wait for a first result, and for one that was made quickly before."""
        self._wait = wait
        self._kept: OrderedDict[Any, _Result] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = {first: threading.Lock() for first in (True, False)}  # first results do not wait for new ones
        self._making: dict[Any, threading.Thread] = {}

    def get(self, store: Store, key: Any, make: Callable[[], T], wait: float | None = None) -> tuple[T | None, bool]:
        """The result, and whether it is of the store as it is now; None where even the first is not made yet."""
        kept = self._kept.get(key)
        if kept is not None and kept.revision == revision_of(store):
            return cast(T, kept.value), True
        if kept is not None and kept.rests(time.perf_counter()):
            return cast(T, kept.value), False
        making = self._start(store, key, make)
        if kept is None or not kept.slow:
            making.join(self._wait if wait is None else wait)
        now = self._kept.get(key)
        return (cast(T, now.value), not making.is_alive()) if now is not None else (None, False)

    def kept(self, store: Store, key: Any) -> Any:
        """The result where it is made already and of the store as it is now, else None; nothing is begun."""
        kept = self._kept.get(key)
        return kept.value if kept is not None and kept.revision == revision_of(store) else None

    def _start(self, store: Store, key: Any, make: Callable[[], T]) -> threading.Thread:
        """The thread that makes a result: the one at work, else a new one."""
        with self._lock:
            making = self._making.get(key)
            if making is None or not making.is_alive():
                making = threading.Thread(target=self._make, args=(store, key, make), daemon=True)
                self._making[key] = making
                making.start()
            return making

    def _make(self, store: Store, key: Any, make: Callable[[], T]) -> None:
        kept = self._kept.get(key)
        with self._turns[kept is None or not kept.slow]:
            revision, begun = revision_of(store), time.perf_counter()
            try:
                value = make()
            except RiwayaError as error:
                log.warning("a result was not made: %s", error)
                return
            ended = time.perf_counter()
        with self._lock:
            self._kept[key] = _Result(revision, value, ended - begun, ended)
            self._kept.move_to_end(key)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
