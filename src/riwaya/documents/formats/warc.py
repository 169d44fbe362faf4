"""Web archives (WARC, extra ``archives``): one document an archived HTML page."""

from __future__ import annotations

from typing import Any

from riwaya.documents.formats.html import page_to_document
from riwaya.documents.source import DocumentOptions, Format, Reading, Source
from riwaya.model import DocumentError


def read_warc(source: Source, options: DocumentOptions) -> Reading:
    """One document an HTML response of the archive, other records skipped.

    Raises DocumentError where fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise DocumentError("reading web archives needs the extra: pip install 'riwaya[archives]'") from error
    with source.open() as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            page = _page(record, source)
            if page is not None:
                yield page_to_document(record.reader.read(options.limit), page)


def _page(record: Any, source: Source) -> Source | None:
    """What the page of a record is called, None where the record is no HTML page that was delivered."""
    headers = record.http_headers
    if headers is None or not (record.http_content_type or "").startswith(("text/html", "application/xhtml")):
        return None
    if headers.status_code is not None and headers.status_code >= 400:
        return None
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    return Source(f"{source.origin} {url}", url or record.record_id, source.open, url or None, record.http_charset)


def _sniff(head: bytes) -> bool:
    return head.startswith(b"WARC/")


FORMAT = Format("warc", (".warc",), ("application/warc",), _sniff, read_warc, rank=5)
