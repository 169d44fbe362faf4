"""Where a document's bytes come from, what a reader of documents is told, and what a format is."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from riwaya.documents.dates import check_date
from riwaya.model import Document, Failure


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """What the caller knows about the documents: used where a document does not say it itself, but for ``published``,

    which is the caller's word and goes before the page's. ``today`` is only used to note dates in the future.
    ``fetch`` allows addresses; ``limit`` is the greatest size of a fetched page in bytes.
    """

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    today: date | None = None
    fetch: bool = True
    limit: int = 20_000_000
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name. ``origin`` is what messages call it; ``name`` decides the format and the document's id.

    ``declared`` is the encoding that its carrier (an HTTP header, a web archive) named.
    """

    origin: str
    name: str
    open: Callable[[], BinaryIO]
    url: str | None = None
    declared: str | None = None

    def read(self) -> bytes:
        """All its bytes."""
        with self.open() as stream:
            return stream.read()

    @property
    def id(self) -> str:
        """The name without its ending: the id of a document that brings none."""
        stem = self.name.removesuffix(".gz")
        head, dot, ending = stem.rpartition(".")
        return head if dot and head and "/" not in ending else stem


Reading = Iterator[Document | Failure]


@dataclass(frozen=True, slots=True)
class Format:
    """A document format: what it is called, its file endings and media types, how it is known, how it is read.

    ``sniff`` is asked with the first bytes where the name tells nothing. ``rank`` orders formats when several
    would take the same bytes: the lowest is asked first.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Source, DocumentOptions], Reading]
    rank: int = 50


def open_file(path: Path) -> BinaryIO:
    """A file's bytes, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def finish(document: Document, options: DocumentOptions) -> Document:
    """The document with the caller's options filled in and its publication date checked."""
    published, notes = check_date(options.published or document.published, options.today)
    return replace(
        document,
        published=published,
        outlet=document.outlet or options.outlet,
        title=document.title or options.title,
        notes=document.notes + notes,
    )
