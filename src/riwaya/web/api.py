"""The HTTP API's own page, rendered here: nothing is fetched from elsewhere."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from riwaya.web import maps
from riwaya.web.exports import format_names
from riwaya.web.page import render

router = APIRouter()
router.include_router(maps.router)


@router.get("/favicon.ico", include_in_schema=False)
def no_icon() -> Response:
    """Browsers ask for it beside what the page says; there is none."""
    return Response(status_code=204)


@router.get("/api", response_class=HTMLResponse)
def api(request: Request) -> HTMLResponse:
    """Every address of the workbench with its parameters, from the OpenAPI schema."""
    schema: dict[str, Any] = request.app.openapi()
    calls = []
    for path, methods in sorted(schema["paths"].items()):
        for method, call in sorted(methods.items()):
            calls.append({"path": path, "method": method.upper(), "about": call.get("description", ""),
                          "parameters": call.get("parameters", [])})  # fmt: skip
    return render(request, "api.html", calls=calls, formats=format_names(), version=schema["info"]["version"])
