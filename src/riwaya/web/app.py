"""The workbench: a local web application over the store. ``create_app`` builds it; nothing is fetched from outside.

Paste and read needs no store. Every other page reads through the store's query layer, where redaction is applied.
"""

from __future__ import annotations

import secrets

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from riwaya import __version__
from riwaya.reading.reader import Reader
from riwaya.store import Store, open_store
from riwaya.web import admin, api, control, desk, exports, incident, lists, paste, report, review
from riwaya.web.cards import Cards
from riwaya.web.guards import guard
from riwaya.web.names import Names
from riwaya.web.page import HERE, make_environment
from riwaya.web.problems import answer_with, explain_errors
from riwaya.web.sessions import Accounts, Attempts, Sessions
from riwaya.web.settings import Settings
from riwaya.web.slow import Slow

__all__ = ["Settings", "create_app"]


def create_app(settings: Settings, reader: Reader | None = None, store: Store | None = None) -> FastAPI:
    """The application. ``reader`` is built from the packaged knowledge and ``store`` opened where none is given.

    Raises RiwayaError where the accounts file is damaged, StoreError where the store cannot be opened.
    """
    app = FastAPI(
        title="Riwaya", version=__version__, docs_url=None, redoc_url=None,
        description="The workbench's pages as data. Everything is read through the query layer, redacted by role.",
    )  # fmt: skip
    state = app.state
    state.settings = settings
    state.reader = reader or Reader(folders=settings.folders)
    state.names = Names(state.reader.knowledge)
    state.store = store or (open_store(settings.store, knowledge=settings.folders) if settings.store else None)
    state.accounts = Accounts(settings.accounts) if settings.accounts else None
    state.sessions = Sessions(state.accounts.secret if state.accounts else secrets.token_hex(32))
    state.attempts = Attempts()
    state.slow = Slow()
    state.asked = 0.0  # when the last request came, by the clock that only runs forward
    state.cards = Cards()
    state.done = {}  # keys of decisions that were kept -> their numbers: one that is sent again is not kept twice
    state.templates = make_environment()
    state.refuse = answer_with  # what stands before every page says no in the words of pages
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.middleware("http")(guard)
    for room in (paste, desk, incident, report, review, control, lists, exports, admin, api):
        app.include_router(room.router)
    explain_errors(app)
    return app
