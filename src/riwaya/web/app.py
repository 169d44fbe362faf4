"""The workbench: a local web application over the store. ``create_app`` builds it; nothing is fetched from outside.

Paste and read needs no store. Every other page reads through the store's query layer, where redaction is applied.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from riwaya import __version__
from riwaya.reading.reader import Reader

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the workbench runs. ``store``: SQLAlchemy URL or a SQLite file, None for reading only.

    ``paste_limit``: characters of a pasted report. ``accounts``: sign-in is asked for (anything but this machine).
    """

    store: str | None = None
    host: str = "127.0.0.1"
    port: int = 8765
    paste_limit: int = 200_000
    accounts: bool = False
    fetch: bool = False
    folders: tuple[Path, ...] = field(default_factory=tuple)


def create_app(settings: Settings, reader: Reader | None = None) -> FastAPI:
    """The application. ``reader`` is built from the packaged knowledge where none is given."""
    app = FastAPI(title="Riwaya", version=__version__, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.reader = reader or Reader(folders=settings.folders)
    app.state.templates = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.middleware("http")(_guard)
    from riwaya.web.paste import router

    app.include_router(router)
    return app


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Security headers on every answer; a write from another site is refused."""
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _same_site(request):
        return Response("cross-site request refused", status_code=403)
    response = await call_next(request)
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Frame-Options"] = "DENY"
    return response


def _same_site(request: Request) -> bool:
    """Whether a browser says that the request comes from our own pages; clients that send no origin are no browsers."""
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
