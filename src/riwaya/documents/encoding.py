"""Bytes to text: UTF-8 and UTF-16 with and without a mark, Windows-1256, ISO-8859-6, and what a detector names else.

The decisive test between the single-byte Arabic encodings is the text itself: a decoding is right when its letters
are Arabic letters in the proportion in which Arabic uses them. Nothing here raises; what cannot be read is said so.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARTICLE = " \u0627\u0644"
_HEAD = 65_536  # bytes looked at to decide
_SINGLE_BYTE = ("cp1256", "iso8859_6", "mac_arabic")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read with, and notes for the report (empty where nothing was in doubt)."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode_bytes(data: bytes, declared: str | None = None) -> Decoded:
    """The text of bytes. A byte-order mark decides first, then valid UTF-8, then ``declared``, then the letters.

    Characters that do not fit the encoding are replaced by U+FFFD, and a note says so.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replace(data, name)
    utf16 = _guess_utf16(data)
    if utf16:
        return _replace(data, utf16)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            return _replace(data, "utf-8", f"bytes from {error.start} on are not all UTF-8; replaced")
    if declared and _exists(declared):
        try:
            return Decoded(data.decode(declared), codecs.lookup(declared).name)
        except (UnicodeDecodeError, LookupError):
            pass
    return _guess_single_byte(data)


def looks_binary(data: bytes) -> bool:
    """Whether bytes are no text: NUL bytes outside UTF-16/32, or many control characters."""
    head = data[:_HEAD]
    if any(head.startswith(mark) for mark, _ in _MARKS) or _guess_utf16(head):
        return False
    if b"\0" in head:
        return True
    control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 27) for byte in head)
    return control * 20 > len(head)


def _exists(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _replace(data: bytes, encoding: str, note: str = "") -> Decoded:
    # lone surrogates in UTF-16 are kept: the report then says what stood there
    try:
        return Decoded(data.decode(encoding), encoding.removesuffix("-sig"))
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding.removesuffix("-sig"), (note or f"bytes that are not {encoding} were replaced",))


def _guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes of Arabic letters (06) and of spaces (00) stand in one column."""
    head = data[: _HEAD - _HEAD % 2]
    if len(head) < 8 or len(data) % 2:
        return None
    pairs = len(head) // 2
    for high, name in ((head[1::2], "utf-16-le"), (head[0::2], "utf-16-be")):
        if high.count(0x06) + high.count(0x00) > 0.9 * pairs and high.count(0x06) > 0.3 * pairs:
            return name
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether invalid UTF-8 is all the same UTF-8: cut off or damaged in a few places."""
    head = data[:_HEAD].decode("utf-8", errors="replace")
    foreign = sum(ord(letter) > 127 for letter in head)
    return foreign > 0 and head.count("\ufffd") * 10 < foreign


def arabic_share(text: str) -> float:
    """The share of Arabic letters among the letters of a text, 0.0 where it has none."""
    letters = arabic = 0
    for letter in text:
        if letter.isalpha():
            letters += 1
            arabic += "\u0620" <= letter <= "\u064a" or letter in "\u067e\u0686\u06a4\u06af\u06a9\u06cc"
    return arabic / letters if letters else 0.0


def _plausibility(text: str) -> float:
    """How much a decoding looks like Arabic: its Arabic letters count, the article above all; oddities take away."""
    if not text:
        return 0.0
    odd = sum(text.count(mark) for mark in "\ufffd\x81\x8d\x8e\x8f\x90¤") + sum("\x80" <= c < "\xa0" for c in text)
    return arabic_share(text) + 20 * text.count(_ARTICLE) / len(text) - 5 * odd / len(text)


def _guess_single_byte(data: bytes) -> Decoded:
    head = data[:_HEAD]
    tried = [(_plausibility(head.decode(name, errors="replace")), name) for name in _SINGLE_BYTE]
    best, name = max(tried, key=lambda item: item[0])  # the first of equals: Windows-1256 is the most common
    if best > 0.6 and _ARTICLE in head.decode(name, errors="replace"):
        return Decoded(data.decode(name, errors="replace"), name)
    import chardet

    found = chardet.detect(head)["encoding"]
    if not found or not _exists(found):
        found = name
    encoding = codecs.lookup(found).name
    return Decoded(data.decode(encoding, errors="replace"), encoding, (f"encoding unknown; read as {encoding}",))
