"""Signing in and out, and the log of who saw and changed what."""

from __future__ import annotations

import json
import os
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from riwaya.store import summaries
from riwaya.web.asking import Kept
from riwaya.web.guards import safe_next, set_session, viewer_of
from riwaya.web.page import render
from riwaya.web.sessions import COOKIE

router = APIRouter()
_SHOWN = 200  # lines of a log
_BLOCK = 65_536  # bytes of the audit log read at once


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request, next: str = "/") -> Response:
    """The form to sign in; the first page where nobody signs in."""
    if request.app.state.accounts is None:
        return RedirectResponse("/", status_code=303)
    return render(request, "login.html", error=None, next=safe_next(next))


@router.post("/login")
def login(
    request: Request, name: Annotated[str, Form(max_length=60)], password: Annotated[str, Form(max_length=200)],
    next: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """Sign in; refused for a while after too many failures by name or address."""
    state = request.app.state
    if state.accounts is None:
        raise HTTPException(404, "nobody signs in here")
    address = request.client.host if request.client else "?"
    keys = (f"name:{name}", f"address:{address}")
    if state.attempts.refused(*keys):
        return render(request, "login.html", 429, error="login.wait", next=safe_next(next))
    person = state.accounts.check(name, password)
    if person is None:
        state.attempts.failed(*keys)
        return render(request, "login.html", 401, error="login.wrong", next=safe_next(next))
    response = RedirectResponse(safe_next(next), status_code=303)
    set_session(request, response, state.sessions.issue(person))
    return response


@router.post("/logout")
def logout(request: Request) -> Response:
    """Sign out."""
    response = RedirectResponse("/login" if request.app.state.accounts else "/", status_code=303)
    response.delete_cookie(COOKIE, samesite="strict", httponly=True)
    return response


def _audit(request: Request) -> list[dict[str, object]]:
    """The latest lines of the audit log, the newest first; the file is read from its end, however long it is."""
    path = request.app.state.settings.audit
    if path is None or not path.exists():
        return []
    with path.open("rb") as file:
        left, tail = file.seek(0, os.SEEK_END), b""
        while left and tail.count(b"\n") <= _SHOWN:
            step = min(left, _BLOCK)
            left = file.seek(left - step)
            tail = file.read(step) + tail
    return [json.loads(line) for line in tail.splitlines()[-_SHOWN:]][::-1]


@router.get("/log", response_class=HTMLResponse)
def log(request: Request, store: Kept) -> HTMLResponse:
    """What was changed by whom, the latest first; for admins also who saw what."""
    changes = summaries.latest_changes(store, viewer_of(request), size=_SHOWN)
    seen = _audit(request) if request.state.person.role == "admin" else []
    return render(request, "log.html", changes=changes, seen=seen)


@router.get("/log.json")
def log_json(request: Request, store: Kept, since: int = 0) -> JSONResponse:
    """Changes after a number, the oldest first."""
    return JSONResponse({"changes": summaries.changes_since(store, since, viewer_of(request))})
