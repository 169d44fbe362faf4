"""Reading one page at an address, where the workbench was started with ``--fetch``: public web servers only.

The host's name is looked up once for each connection, every address found must be public, and the connection is made
to the very address that was checked, so that a name which changes its address in between leads nowhere else. Each step
of a redirect is checked anew.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, cast
from urllib.parse import urljoin, urlsplit

import httpcore

from riwaya.documents.registry import format_by_media_type
from riwaya.documents.source import DocumentOptions, Source, finish
from riwaya.model import Document, DocumentError

Lookup = Callable[[str, int], list[str]]
LIMIT = 4_000_000  # bytes of a page
_STEPS = 5  # redirects
_SECONDS = 15.0  # for all of it
_PORTS = {"http": 80, "https": 443}
_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_AGENT = b"riwaya (reads one page when asked to)"
_REDIRECTS = (301, 302, 303, 307, 308)
_OK = 200
_INSIDE = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))  # IPv4 behind a translator


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises DocumentError where there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(each[4][0]) for each in found))
    except (OSError, UnicodeError) as error:
        raise DocumentError("no such host") from error


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, those inside an IPv6 address looked at too."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in _INSIDE):
            return False
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class _Checked(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup, self._inner = lookup, httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """A connection to the address that was looked up and found public. Raises DocumentError for any other."""
        found = self._lookup(host, port)
        if not found or not all(is_public(each) for each in found):
            raise DocumentError("this address leads into a private network")
        return self._inner.connect_tcp(found[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """Never: raises DocumentError."""
        raise DocumentError("not a web address")


def check_url(url: str) -> str:
    """The address as it is asked for. Raises DocumentError where it is no plain web address."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise DocumentError("not a web address") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise DocumentError("not a web address: expected https://…")
    if parts.username is not None or port not in (None, _PORTS[parts.scheme]):
        raise DocumentError("an address with a name, a password or a port of its own is not fetched")
    return url.strip()


def fetch_page(url: str, published: str | None = None, outlet: str | None = None, lookup: Lookup = look_up) -> Document:
    """The report on a page. Raises DocumentError: not public, no answer, too large, not a page, without text."""
    until = time.monotonic() + _SECONDS
    with httpcore.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=_Checked(lookup)) as pool:
        for _ in range(_STEPS + 1):
            body, kind, further = _ask(pool, check_url(url), until)
            if further is None:
                return _read(url, body, kind, DocumentOptions(published=published, outlet=outlet, fetch=False))
            url = urljoin(url, further)
    raise DocumentError(f"more than {_STEPS} redirects")


def _ask(pool: httpcore.ConnectionPool, url: str, until: float) -> tuple[bytes, str, str | None]:
    """One request: the body and its media type, or the address that it leads on to."""
    left = max(0.1, until - time.monotonic())
    waits = dict.fromkeys(("connect", "read", "write", "pool"), left)
    sent = [(b"User-Agent", _AGENT), (b"Accept", ", ".join(_KINDS).encode()), (b"Accept-Encoding", b"identity")]
    try:
        with pool.stream("GET", url.encode("ascii"), headers=sent, extensions={"timeout": waits}) as answer:
            said = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
            if answer.status in _REDIRECTS and said.get(b"location"):
                return b"", "", said[b"location"]
            if answer.status != _OK:
                raise DocumentError(f"the page answers with HTTP {answer.status}")
            kind = said.get(b"content-type", "").lower()
            if kind.split(";")[0].strip() not in _KINDS or said.get(b"content-encoding", "identity") != "identity":
                raise DocumentError("not a page of text")
            return _within(answer.iter_stream(), until), kind, None
    except UnicodeError as error:
        raise DocumentError("not a web address: letters beyond ASCII are to be written with %") from error
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise DocumentError("the page does not answer") from error


def _within(parts: Iterator[bytes], until: float) -> bytes:
    """All parts. Raises DocumentError where they are too large or too slow."""
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > LIMIT:
            raise DocumentError(f"larger than {LIMIT:,} bytes")
        if time.monotonic() > until:
            raise DocumentError(f"not read within {_SECONDS:g} seconds")
    return bytes(body)


def _read(url: str, body: bytes, kind: str, options: DocumentOptions) -> Document:
    """The document of a page, by the reader of its format."""
    chosen = format_by_media_type(kind.split(";")[0].strip())
    parts = urlsplit(url)
    name = (parts.netloc + parts.path).rstrip("/") + (chosen.suffixes[0] if chosen else ".html")
    encoding = kind.split("charset=", 1)[1].strip(" \"';") if "charset=" in kind else None
    source = Source(url, name, lambda: cast(BinaryIO, io.BytesIO(body)), url, encoding)
    for found in chosen.read(source, options) if chosen else ():
        read = finish(found, options) if isinstance(found, Document) else found
        if isinstance(read, Document) and read.text.strip():
            return read
        raise DocumentError("no text was found on the page")
    raise DocumentError("no text was found on the page")
