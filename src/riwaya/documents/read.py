"""Paths, folders, standard input and addresses to documents, one after another, each failure recorded in its place."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from riwaya.documents.registry import format_by_bytes, format_by_name
from riwaya.documents.source import DocumentOptions, Format, Reading, Source, finish, open_file
from riwaya.model import Document, DocumentError, Failure

log = logging.getLogger(__name__)
_HEAD = 8192


def is_url(path: str) -> bool:
    """Whether a path is an address to fetch."""
    return path.lower().startswith(("http://", "https://"))


def read_documents(paths: Iterable[str | Path], options: DocumentOptions | None = None) -> Iterator[Document | Failure]:
    """Documents of files, folders (recursive, sorted), `-` (standard input) and addresses, in the order given.

    Lazy: nothing is opened before it is asked for. What cannot be read becomes a Failure in its place.
    """
    options = options or DocumentOptions()
    for path in paths:
        for origin, item in _sources(str(path), options):
            yield from _read_source(origin, item, options)


def count_files(paths: Iterable[str | Path]) -> int:
    """How many files (and addresses) the paths hold, for a progress bar."""
    total = 0
    for path in paths:
        folder = Path(path)
        total += len(list(_files_in(folder))) if folder.is_dir() else 1
    return total


def _files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that a format knows by name, hidden ones left out, sorted by path."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and format_by_name(path.name):
            yield path


def _sources(path: str, options: DocumentOptions) -> Iterator[tuple[str, Source | Failure]]:
    if path == "-":
        yield "-", Source("standard input", "stdin", _standard_input)
        return
    if is_url(path):
        yield path, _fetched(path, options)
        return
    place = Path(path)
    if place.is_dir():
        for file in _files_in(place):
            name = file.relative_to(place).as_posix()
            yield str(file), Source(str(file), name, _opener(file))
    elif place.exists():
        yield path, Source(path, place.name, _opener(place))
    else:
        yield path, Failure(path, "no such file")


def _opener(path: Path) -> Opener:
    return Opener(path)


class Opener:
    """Opens a file when it is called; a value of its own so that it can be sent to another process."""

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        """Remember the path."""
        self.path = path

    def __call__(self) -> BinaryIO:
        """The file's bytes, unpacked."""
        return open_file(self.path)


def _standard_input() -> BinaryIO:
    return sys.stdin.buffer


def _fetched(url: str, options: DocumentOptions) -> Source | Failure:
    if not options.fetch:
        return Failure(url, "fetching addresses is not allowed here")
    from riwaya.documents.fetch import fetch

    try:
        return fetch(url, options)
    except DocumentError as error:
        return Failure(url, str(error))


def _peek(source: Source) -> tuple[bytes, Source]:
    """The first bytes, and a source that still has them."""
    stream = source.open()
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    head = buffered.peek(_HEAD)[:_HEAD]
    return head, Source(source.origin, source.name, lambda: cast(BinaryIO, buffered), source.url, source.declared)


def _choose(source: Source) -> tuple[Format | None, Source]:
    named = format_by_name(source.name)
    if named:
        return named, source
    head, source = _peek(source)
    return format_by_bytes(head), source


def _read_source(origin: str, item: Source | Failure, options: DocumentOptions) -> Reading:
    if isinstance(item, Failure):
        yield item
        return
    try:
        chosen, source = _choose(item)
        if chosen is None:
            yield Failure(origin, "binary, or of a format that is not known here")
            return
        for found in chosen.read(source, options):
            yield finish(found, options) if isinstance(found, Document) else found
    except DocumentError as error:
        yield Failure(origin, str(error))
    except (OSError, EOFError, ValueError, RecursionError, MemoryError) as error:
        log.debug("reading %s", origin, exc_info=True)
        yield Failure(origin, f"cannot be read: {error or type(error).__name__}")
