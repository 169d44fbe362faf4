"""Refusals and errors in words: a page in the reader's language for a person, JSON for a program."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from riwaya.model import RiwayaError, StoreError
from riwaya.web.guards import secure
from riwaya.web.intake import MAX_UPLOAD
from riwaya.web.page import labels, language_of, note_of, render

log = logging.getLogger(__name__)
_MB = 1_000_000
_NAMED = ("403", "404", "411", "413", "421", "422", "429", "500", "501", "503")  # that have words of their own


def wants_data(request: Request) -> bool:
    """Whether the answer is for a program: an address of data, or no page asked for."""
    return request.url.path.endswith(".json") or "text/html" not in request.headers.get("accept", "")


def answer_with(request: Request, status: int, said: str) -> Response:
    """What went wrong, as JSON or as a page. ``said``: the reason in English, told in the reader's language."""
    if wants_data(request):
        return JSONResponse({"error": said}, status_code=status)
    language = language_of(request)
    key = str(status) if str(status) in _NAMED else "other"
    words, told = labels(language), _told(language, said)
    limits = {"most": f"{request.app.state.settings.paste_limit:,}", "mb": MAX_UPLOAD // _MB}
    return render(
        request, "problem.html", status, said=told, code=status, strange=told == said and language != "en",
        head=words[f"wrong.{key}"], help=words[f"wrong.{key}.help"].format(**limits),
    )  # fmt: skip


def _told(language: str, said: str) -> str:
    """The reason in the language, as a whole or part by part; as it was where there are no words for it."""
    whole = note_of(language, said)
    return whole if whole != said else "; ".join(note_of(language, each) for each in said.split("; "))


def explain_errors(app: FastAPI) -> None:
    """Let every error of the application be answered in words."""

    async def explain(request: Request, error: Exception) -> Response:
        """The answer to an error that was foreseen."""
        status = error.status_code if isinstance(error, StarletteHTTPException) else 422
        if isinstance(error, StoreError):
            status = 404 if str(error).startswith("no ") else 503
        said = str(error.detail) if isinstance(error, StarletteHTTPException) else str(error)
        if isinstance(error, RequestValidationError):
            said = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        answer = answer_with(request, status, said)
        for name, value in (getattr(error, "headers", None) or {}).items():
            answer.headers[name] = value
        return answer

    async def break_off(request: Request, error: Exception) -> Response:
        """The answer to an error that nobody foresaw; what it was stands in the log only."""
        log.error("%s %s: %r", request.method, request.url.path, error)
        answer = answer_with(request, 500, "an error of this program: its log says more")
        secure(request, answer)
        return answer

    for kind in (HTTPException, StarletteHTTPException, RequestValidationError, RiwayaError):
        app.add_exception_handler(kind, explain)
    app.add_exception_handler(Exception, break_off)
