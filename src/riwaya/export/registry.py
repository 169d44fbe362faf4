"""The export formats: every module of ``riwaya.export.formats`` that holds an ``EXPORT``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import riwaya.export.formats as package
from riwaya.model import Failure, Report, RiwayaError

Item = Report | Failure


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to write: the terminal's width in columns, whether a person looks at it, the heading of a page."""

    width: int = 100
    terminal: bool = False
    title: str = "Riwaya"


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its name, file endings, what it is, and how it is written.

    ``write`` takes reports one after another and writes each as it comes. ``encode`` is set for formats of
    independent pieces: the bytes of one report, so that several processes can encode at once.
    """

    name: str
    suffixes: tuple[str, ...]
    about: str
    write: Callable[[Iterable[Item], BinaryIO, ExportOptions], None]
    encode: Callable[[Item], bytes] | None = None


@cache
def export_formats() -> tuple[Export, ...]:
    """All formats by name. A module added to the package is found without being named anywhere."""
    found: list[Export] = []
    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"{package.__name__}.{module.name}")
        if isinstance(getattr(loaded, "EXPORT", None), Export):
            found.append(loaded.EXPORT)
    return tuple(sorted(found, key=lambda each: each.name))


def export_by_name(name: str) -> Export:
    """The format of a name. Raises RiwayaError naming those that there are."""
    for each in export_formats():
        if each.name == name:
            return each
    raise RiwayaError(f"no format '{name}'; there are: {', '.join(each.name for each in export_formats())}")


def export_by_path(path: Path) -> Export | None:
    """The format of a file name's ending (the longest that fits), None where no format has it."""
    name = path.name.lower()
    fitting = [(len(suffix), each) for each in export_formats() for suffix in each.suffixes if name.endswith(suffix)]
    return max(fitting, key=lambda item: item[0])[1] if fitting else None
