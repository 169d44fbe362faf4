"""The document formats: every module of ``riwaya.documents.formats`` that holds a ``FORMAT``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import riwaya.documents.formats as package
from riwaya.documents.source import Format


@cache
def document_formats() -> tuple[Format, ...]:
    """All formats, by rank and name. A module added to the package is found without being named anywhere."""
    found: list[Format] = []
    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"{package.__name__}.{module.name}")
        if isinstance(getattr(loaded, "FORMAT", None), Format):
            found.append(loaded.FORMAT)
    return tuple(sorted(found, key=lambda each: (each.rank, each.name)))


def format_by_name(name: str) -> Format | None:
    """The format of a file name's ending (.gz taken off), None where no format has it."""
    lower = name.lower().removesuffix(".gz")
    return next((each for each in document_formats() if lower.endswith(each.suffixes)), None)


def format_by_media_type(media_type: str) -> Format | None:
    """The format of a media type as HTTP names it, None where no format has it."""
    bare = media_type.split(";")[0].strip().lower()
    return next((each for each in document_formats() if bare in each.media_types), None)


def format_by_bytes(head: bytes) -> Format | None:
    """The format that takes the first bytes of a document, None where none does."""
    return next((each for each in document_formats() if each.sniff(head)), None)
