"""Export: the reports of the current filter in every format of the export registry."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import StreamingResponse

from riwaya.export.registry import ExportOptions, export_by_name, export_formats
from riwaya.model import RiwayaError
from riwaya.store import queries
from riwaya.web.asking import Asked, Kept
from riwaya.web.guards import viewer_of

router = APIRouter()
_MEMORY = 8_000_000  # bytes kept in memory before a file on disk
_TYPES = {
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".geojson": "application/geo+json",
    ".csv": "text/csv",
}  # fmt: skip


@router.get("/export")
def export(request: Request, store: Kept, asked: Asked, format: str = "csv") -> StreamingResponse:
    """A file with the reports that the filter finds, redacted for who asks. Always sent as a download."""
    try:
        chosen = export_by_name(format)
    except RiwayaError as error:
        raise HTTPException(422, str(error)) from None
    out: IO[bytes] = tempfile.SpooledTemporaryFile(_MEMORY)  # noqa: SIM115 - closed when it has been sent
    try:
        chosen.write(queries.iter_reports(store, asked, viewer_of(request)), out, ExportOptions(title="Riwaya"))  # type: ignore[arg-type]
    except ModuleNotFoundError as error:
        raise HTTPException(501, f"this format needs a package that is not installed: {error.name}") from None
    out.seek(0)
    suffix = chosen.suffixes[0] if chosen.suffixes else ".txt"
    headers = {"Content-Disposition": f'attachment; filename="riwaya{suffix}"', "Content-Security-Policy": "sandbox"}
    return StreamingResponse(_sent(out), media_type=_TYPES.get(suffix, "application/octet-stream"), headers=headers)


def _sent(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while part := out.read(65536):
            yield part


def format_names() -> list[tuple[str, str]]:
    """Names of the formats and what each is."""
    return [(each.name, each.about) for each in export_formats()]
