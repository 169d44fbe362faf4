"""What is counted beside the first pages when the workbench starts, so that nobody waits for it later."""

from __future__ import annotations

import gc
import logging

from fastapi import FastAPI

from riwaya.model import RiwayaError
from riwaya.store import Store
from riwaya.store.dossiers import list_dossiers
from riwaya.store.filters import Filter
from riwaya.store.memory import columns_of
from riwaya.store.redaction import Viewer
from riwaya.web.control import held
from riwaya.web.counting import facets_of

log = logging.getLogger(__name__)


def warm(app: FastAPI) -> None:
    """Read the store's columns, count its facets, and make the lists of agreements and of control."""
    store: Store | None = app.state.store
    if store is None:
        return
    slow, viewer = app.state.slow, Viewer("admin", app.state.settings.redact)
    try:
        columns_of(store)
        facets_of(store, Filter(), viewer)
        slow.get(store, ("control", None, viewer.redaction), lambda: held(store, viewer, None), wait=600)
        slow.get(store, ("dossiers", None, viewer.redaction), lambda: list_dossiers(store, viewer))
    except RiwayaError as error:
        log.warning("not counted beforehand: %s", error)
    gc.collect()
    gc.freeze()  # else the lexicons and columns are walked through again and again: 0.6 s each time, in some page
