"""What is counted beside the first pages when the workbench starts, so that nobody waits for it later."""

from __future__ import annotations

import gc
import logging
from dataclasses import replace

from fastapi import FastAPI

from riwaya.model import RiwayaError
from riwaya.store import Store, queries, summaries
from riwaya.store.dossiers import list_dossiers
from riwaya.store.filters import Filter
from riwaya.store.redaction import Viewer
from riwaya.store.within import within
from riwaya.web.asking import PER_PAGE
from riwaya.web.control import CONTROL_KINDS, held
from riwaya.web.counting import days_counted, facets_of
from riwaya.web.telling import incident_cards

log = logging.getLogger(__name__)
_GREATEST = 100  # incidents of which it is compared beforehand who says what: those told most, those disputed most
_PLACES = 60  # places told most, of which it is looked up beforehand what lies in them


def warm(app: FastAPI) -> None:
    """Read the store's columns, count what the first pages show, and make the lists of agreements and of control."""
    store: Store | None = app.state.store
    for name in app.state.templates.list_templates():
        app.state.templates.get_template(name)
    if store is None:
        return
    slow, redact = app.state.slow, app.state.settings.redact
    viewers = {viewer.redaction: viewer for viewer in (Viewer("admin", redact), Viewer("reader", redact))}
    try:
        for viewer in viewers.values():
            _count(store, viewer)
        for place, _ in summaries.facet(store, "place", Viewer(), most=_PLACES):
            within(place)  # reads the gazetteer and what lies in which province, which filters by place ask
        _settle()
        viewer = Viewer("admin", redact)
        slow.get(store, ("control", None, viewer.redaction), lambda: held(store, viewer, None), wait=600)
        slow.get(store, ("dossiers", None, viewer.redaction), lambda: list_dossiers(store, viewer), wait=600)
        summaries.held_places(store, CONTROL_KINDS, viewer)
        for sort in ("accounts", "disputed"):
            for id in summaries.incident_ids(store, Filter(), viewer, sort=sort, size=_GREATEST)[0]:
                queries.incident_fields(store, id, viewer)
    except RiwayaError as error:
        log.warning("not counted beforehand: %s", error)
    _settle()


def _count(store: Store, viewer: Viewer) -> None:
    """Everything that the desk and the lists show before anything is asked for, and the queue's figures."""
    facets_of(store, Filter(), viewer, most=8)
    days_counted(store, Filter(), viewer)
    for sort in queries.SORTS:
        page = summaries.find_incidents(store, Filter(), viewer, sort=sort, size=PER_PAGE)
        incident_cards(store, [row.id for row in page.items], viewer)
    queries.list_reports(store, None, viewer, size=PER_PAGE)
    summaries.prepare_search(store, viewer)
    for reviewed in (False, True):
        facets_of(store, replace(Filter(), reviewed=reviewed, reprint=False), viewer)


def _settle() -> None:
    """Leave what stays for good out of garbage collection: it would be walked through in some page, 0.6 s each time."""
    gc.collect()
    gc.freeze()
