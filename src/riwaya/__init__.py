"""Riwaya reads Arabic conflict reports into sourced, dated, mapped event data, with evidence for every value.

    >>> from riwaya import Reader
    >>> report = Reader().read(text, published="2018-05-21")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riwaya.reading.reader import Reader

__version__ = "0.1.0"
__all__ = ["Reader", "__version__"]


def __getattr__(name: str) -> Any:
    """The reader is imported when it is first asked for, so that the command line starts fast."""
    if name == "Reader":
        from riwaya.reading.reader import Reader

        return Reader
    raise AttributeError(f"module 'riwaya' has no attribute {name!r}")
