"""Fetch one page over HTTP, when an address was given on purpose."""

from __future__ import annotations

import io
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from riwaya.documents.registry import format_by_media_type
from riwaya.documents.source import DocumentOptions, Source
from riwaya.model import DocumentError

_AGENT = "riwaya (reads one page when asked to)"


def fetch(url: str, options: DocumentOptions) -> Source:
    """The page as a source whose name ends as its media type asks.

    Raises DocumentError: no such host, time-out, an HTTP error, a page larger than ``options.limit``.
    """
    import httpx

    try:
        with (
            httpx.Client(follow_redirects=True, timeout=options.timeout, headers={"User-Agent": _AGENT}) as client,
            client.stream("GET", url) as response,
        ):
            if response.is_error:
                raise DocumentError(f"HTTP {response.status_code} {response.reason_phrase}")
            body = _read_within(response, options.limit)
            media_type = response.headers.get("content-type", "")
            encoding = response.charset_encoding
            final = str(response.url)
    except httpx.TimeoutException as error:
        raise DocumentError(f"no answer within {options.timeout:g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DocumentError(f"cannot be fetched: {error}") from error
    return Source(url, _name(final, media_type), lambda: cast(BinaryIO, io.BytesIO(body)), final, encoding)


def _read_within(response: object, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():  # type: ignore[attr-defined]
        size += len(part)
        if size > limit:
            raise DocumentError(f"larger than the limit of {limit:,} bytes")
        parts.append(part)
    return b"".join(parts)


def _name(url: str, media_type: str) -> str:
    """A name with the ending of the page's format: host and path, so that it can be a document's id."""
    parts = urlsplit(url)
    name = (parts.netloc + parts.path).rstrip("/")
    known = format_by_media_type(media_type)
    if known and not name.lower().endswith(known.suffixes):
        name += known.suffixes[0]
    return name
