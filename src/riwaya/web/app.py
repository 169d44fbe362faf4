"""The workbench: a local web application over the store. ``create_app`` builds it; nothing is fetched from outside.

Paste and read needs no store. Every other page reads through the store's query layer, where redaction is applied.
"""

from __future__ import annotations

import secrets

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

from riwaya import __version__
from riwaya.model import RiwayaError, StoreError
from riwaya.reading.reader import Reader
from riwaya.store import Store, open_store
from riwaya.web import admin, api, control, desk, exports, incident, lists, paste, report, review
from riwaya.web.cards import Cards
from riwaya.web.guards import guard
from riwaya.web.names import Names
from riwaya.web.page import HERE, make_environment, render
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
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.middleware("http")(guard)
    for room in (paste, desk, incident, report, review, control, lists, exports, admin, api):
        app.include_router(room.router)
    _explain_errors(app)
    return app


def _explain_errors(app: FastAPI) -> None:
    """Errors as a page in words, or as JSON where data was asked for."""

    async def explain(request: Request, error: Exception) -> Response:
        """The error as JSON for a program, as a page for a person."""
        status = error.status_code if isinstance(error, StarletteHTTPException) else 422
        if isinstance(error, StoreError):
            status = 404 if str(error).startswith("no ") else 503
        said = error.detail if isinstance(error, StarletteHTTPException) else str(error)
        if isinstance(error, RequestValidationError):
            said = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        if request.url.path.endswith(".json") or "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"error": said}, status_code=status)
        return render(request, "problem.html", status, said=said, code=status)

    for kind in (HTTPException, StarletteHTTPException, RequestValidationError, RiwayaError):
        app.add_exception_handler(kind, explain)
