"""Memory is tidied while nobody waits: a full collection of garbage stops the page that it falls into for 0.1 s.

What is no longer used goes at once by itself; only objects that point at one another wait for a collection.
"""

from __future__ import annotations

import gc
import threading
import time

from fastapi import FastAPI

_NEVER = 1_000_000_000
_IDLE = 1.0  # seconds without a request after which nobody waits
_EVERY = 60.0  # seconds between collections
_LATEST = 900.0  # seconds after which one is made although somebody may wait


def spare_pages() -> None:
    """Make full collections only when :func:`tidy_when_idle` or somebody else asks for one."""
    gc.set_threshold(*gc.get_threshold()[:2], _NEVER)


def is_due(since: float, quiet: float) -> bool:
    """Whether it is time to collect: seconds since the last collection, and since the last request."""
    return since >= _LATEST or (since >= _EVERY and quiet >= _IDLE)


def tidy(app: FastAPI, last: float) -> float:
    """Collect garbage where it is time to; when that was done last, ``last`` where it is not time."""
    now, asked = time.monotonic(), app.state.asked
    if asked <= last or not is_due(now - last, now - asked):
        return last
    gc.collect()
    return time.monotonic()


def tidy_when_idle(app: FastAPI) -> threading.Thread:
    """Start the thread that collects garbage when no page is asked for."""

    def go_on() -> None:
        """Tidy again and again while the program runs."""
        last = time.monotonic()
        while True:
            time.sleep(_IDLE)
            last = tidy(app, last)

    spare_pages()
    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    return thread
