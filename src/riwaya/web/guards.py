"""What stands before every page: size, host, origin, session, role; and what is written of who did what."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from riwaya.store.redaction import Viewer
from riwaya.web.sessions import COOKIE, HOURS, Person
from riwaya.web.settings import Settings, is_loopback

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_OPEN = ("/static/", "/login", "/favicon.ico")  # reachable before signing in
_READING = ("GET", "HEAD", "OPTIONS")
_FREE = ("/read", "/read.json", "/login")  # posts that change nothing in the store
_audit_lock = threading.Lock()
Next = Callable[[Request], Awaitable[Response]]


async def guard(request: Request, call_next: Next) -> Response:
    """Answer with the page, or refuse; security headers on every answer."""
    request.app.state.asked = time.monotonic()
    refusal = _refuse(request)
    response = refusal or await call_next(request)
    secure(request, response)
    if not request.url.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
        _write_audit(request, response.status_code)
    fresh = getattr(request.state, "fresh", None)
    if fresh is not None and COOKIE not in response.headers.get("set-cookie", ""):
        set_session(request, response, fresh)
    return response


def secure(request: Request, response: Response) -> None:
    """Put the security headers on an answer."""
    response.headers.setdefault("Content-Security-Policy", _policy(request.app.state.settings))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # with no-referrer, forms would be sent with Origin: null
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"


def _policy(settings: Settings) -> str:
    """The policy of pages; the host of map tiles only where tiles are configured."""
    if settings.tiles is None:
        return POLICY.format(tiles="")
    parts = urlsplit(settings.tiles.replace("{s}.", "*."))
    return POLICY.format(tiles=f" {parts.scheme}://{parts.netloc}")


def set_session(request: Request, response: Response, cookie: str) -> None:
    """Give the browser a session."""
    secure = request.app.state.settings.secure
    response.set_cookie(COOKIE, cookie, max_age=HOURS, samesite="strict", httponly=True, secure=secure)


def _refuse(request: Request) -> Response | None:
    wrong = _wrong(request, request.app.state.settings)
    if wrong is None:
        return _sign_in(request)
    refused: Response = request.app.state.refuse(request, *wrong)
    return refused


def _wrong(request: Request, settings: Settings) -> tuple[int, str] | None:
    """The status and the reason of a refusal, whoever asks; None where there is none."""
    if request.method not in _READING:
        length = request.headers.get("content-length")
        if length is None or not length.isdigit():
            return 411, "a request needs its length"
        if int(length) > settings.body_limit:
            return 413, f"the request has {int(length):,} bytes, more than the {settings.body_limit:,} taken here"
        if not _same_site(request):
            return 403, "cross-site request refused"
    if settings.accounts is None and not is_loopback(_host(request)):
        return 421, "this workbench answers to 127.0.0.1 and localhost only"
    return None


def _host(request: Request) -> str:
    return urlsplit("//" + request.headers.get("host", "")).hostname or ""


def _same_site(request: Request) -> bool:
    """Whether a browser says that the request comes from our own pages; clients that send no origin are no browsers."""
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return urlsplit(origin).netloc == request.headers.get("host", "")


def _sign_in(request: Request) -> Response | None:
    """Say who is there; where accounts are kept and nobody is, lead to the page to sign in."""
    state, settings = request.app.state, request.app.state.settings
    cookie = request.cookies.get(COOKIE)
    person = state.sessions.read(cookie)
    if settings.accounts is None:
        if person is None:
            person = Person(settings.coder, "admin")
            cookie = request.state.fresh = state.sessions.issue(person)
    else:
        person = state.accounts.current(person) if person else None
    request.state.person, request.state.cookie = person, cookie if person else None
    path = request.url.path
    if person is not None or path.startswith(_OPEN):
        return None
    if request.method == "GET" and not path.endswith(".json") and "text/html" in request.headers.get("accept", ""):
        asked = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(asked)}", status_code=303)
    return JSONResponse({"error": "sign in first"}, status_code=401)


def _write_audit(request: Request, status: int) -> None:
    """Append who saw or changed what; on a machine of one's own only changes."""
    settings: Settings = request.app.state.settings
    changing = request.method not in _READING and request.url.path not in _FREE
    if settings.audit is None or not (changing or settings.accounts is not None):
        return
    person: Person | None = getattr(request.state, "person", None)
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "who": person.name if person else None,
        "role": person.role if person else None, "from": request.client.host if request.client else None,
        "method": request.method, "path": request.url.path, "query": request.url.query, "status": status,
    }  # fmt: skip
    with _audit_lock, settings.audit.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def viewer_of(request: Request) -> Viewer:
    """The viewer that the query layer redacts for: the role of who is there."""
    person: Person | None = getattr(request.state, "person", None)
    return Viewer(person.role if person else "public", request.app.state.settings.redact)


async def writer(request: Request) -> Person:
    """Who writes: a coder or admin, with the token of their session. Raises 403 otherwise."""
    person: Person | None = request.state.person
    if person is None or not person.may_write:
        raise HTTPException(403, "your role may read, not change")
    token = request.headers.get("x-csrf-token")
    if token is None and not request.headers.get("content-type", "").startswith("application/json"):
        sent = (await request.form()).get("csrf")
        token = sent if isinstance(sent, str) else None
    if not request.app.state.sessions.fits(request.state.cookie or "", token):
        raise HTTPException(403, "this form is out of date: load the page again")
    return person


def safe_next(target: str | None) -> str:
    """A path of our own to go on to, the first page for anything else."""
    if target and re.fullmatch(r"/[^/\\\s][^\\\s]*|/", target):
        return target
    return "/"


Writer = Annotated[Person, Depends(writer)]
