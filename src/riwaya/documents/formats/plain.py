"""Plain text files: the whole file is one report."""

from __future__ import annotations

from riwaya.documents.encoding import decode_bytes, looks_binary
from riwaya.documents.source import DocumentOptions, Format, Reading, Source
from riwaya.model import Document, Failure


def read_plain(source: Source, options: DocumentOptions) -> Reading:
    """The file's text as one document; a Failure where it is empty or binary."""
    data = source.read()
    if looks_binary(data):
        yield Failure(source.origin, "binary, not text")
        return
    decoded = decode_bytes(data, source.declared)
    if not decoded.text.strip():
        yield Failure(source.origin, "empty")
        return
    yield Document(source.id, decoded.text, url=source.url, origin=source.origin, notes=decoded.notes)


def _sniff(head: bytes) -> bool:
    return not looks_binary(head)


FORMAT = Format("plain", (".txt", ".text"), ("text/plain",), _sniff, read_plain, rank=90)
