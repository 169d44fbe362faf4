from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.documents.encoding import arabic_share, decode_bytes, looks_binary

TEXT = "قالت مصادر محلية إن القصف على البلدة أسفر عن إصابة ثلاثة مدنيين، بينهم امرأة، مساء الأحد."


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1256", "cp1256"),
        ("iso8859_6", "iso8859_6"),
    ],
)
def test_arabic_is_read_in_every_usual_encoding(encoding: str, found: str) -> None:
    decoded = decode_bytes(TEXT.encode(encoding, errors="ignore"))
    assert (decoded.text, decoded.encoding) == (TEXT, found)
    assert decoded.notes == ()


def test_damaged_utf8_keeps_the_rest_and_says_so() -> None:
    data = TEXT.encode() + b"\xff\xfe" + TEXT.encode()
    decoded = decode_bytes(data)
    assert decoded.text.count(TEXT) == 2
    assert "replaced" in decoded.notes[0]


def test_an_unknown_encoding_is_named_as_unknown() -> None:
    decoded = decode_bytes("Привет, мир. Это обычный текст на русском языке.".encode("koi8-r"))
    assert decoded.notes[0].startswith("encoding unknown")


def test_a_declared_encoding_that_does_not_exist_is_passed_over() -> None:
    assert decode_bytes(TEXT.encode("cp1256"), "x-no-such").text == TEXT


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 50, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"])
def test_binary_is_told_from_text(data: bytes) -> None:
    assert looks_binary(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1256"])
def test_text_is_not_taken_for_binary(encoding: str) -> None:
    assert not looks_binary((TEXT * 20).encode(encoding, errors="ignore"))


@settings(deadline=None)  # the first run reads the tables of encodings
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    decoded = decode_bytes(data)
    assert isinstance(decoded.text, str)
    assert 0 <= arabic_share(decoded.text) <= 1
    looks_binary(data)
