"""The store: reports with their revisions, incidents, judgements and corrections, in SQLite or PostgreSQL.

``open_store(address)`` gives a :class:`riwaya.store.engine.Store`. Write through :mod:`riwaya.store.writer`, read
through :mod:`riwaya.store.queries`: there, and only there, redaction is applied.
"""

from riwaya.store.engine import Store, open_store

__all__ = ["Store", "open_store"]
