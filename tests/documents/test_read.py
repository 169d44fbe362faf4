from __future__ import annotations

import gzip
import io
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from riwaya.documents import DocumentOptions, count_files, read_documents
from riwaya.documents.formats.html import plain_text
from riwaya.documents.formats.pdf import WARNING, join_lines
from riwaya.documents.registry import document_formats
from riwaya.model import Document, Failure

TEXT = "أعلنت السلطات المحلية فتح الطريق الرئيس بعد ظهر السبت، وقالت إن القوافل ستمر تباعا."
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>عنوان | موقع</title>
<meta property="og:title" content="فتح الطريق"><meta property="og:site_name" content="موقع الأخبار">
<meta property="article:published_time" content="2021-03-06T14:00:00+03:00"><link rel="canonical" href="https://x.example/a">
</head><body><nav>الرئيسية</nav><article><h1>فتح الطريق</h1><p>{TEXT}</p><p>{TEXT} ثم مرت.</p></article>
<footer>© 2024 جميع الحقوق محفوظة</footer></body></html>"""


def read(path: Path, **options: object) -> list[Document | Failure]:
    return list(read_documents([path], DocumentOptions(**options)))  # type: ignore[arg-type]


def only(path: Path, **options: object) -> Document:
    (found,) = read(path, **options)
    assert isinstance(found, Document), found
    return found


def test_a_text_file_is_one_report(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, encoding="cp1256")
    found = only(tmp_path / "report.txt", published="2021-03-06", outlet="A", title="B")
    assert (found.id, found.text, found.published) == ("report", TEXT, "2021-03-06")
    assert (found.outlet, found.title) == ("A", "B")


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"  \n ", "empty"), (b"\x00\x01\x02" * 99, "binary, not text")]
)
def test_bad_text_files_are_failures(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    assert read(tmp_path / "bad.txt") == [Failure(str(tmp_path / "bad.txt"), reason)]


def test_what_does_not_exist_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    found = list(read_documents([tmp_path / "a.txt", tmp_path / "b.txt"]))
    assert found[0] == Failure(str(tmp_path / "a.txt"), "no such file")
    assert isinstance(found[1], Document)


def test_ten_megabytes_are_read(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text((TEXT + "\n") * 70_000, encoding="utf-8")
    assert len(only(tmp_path / "long.txt").text) > 5_000_000


def test_a_malformed_line_is_named_and_the_other_lines_are_read(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": TEXT, "published": "2021-03-06"}) for n in range(1, 901)]
    lines[6] = lines[6][:-5]
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = read(tmp_path / "many.jsonl")
    assert len(found) == 900
    failures = [each for each in found if isinstance(each, Failure)]
    assert [failure.line for failure in failures] == [7]
    assert "not valid JSON" in failures[0].reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": ""}', "empty text"),
        ('{"id": "1"}', "expected 'text' to be a string, found keys: id"),
        ("[1]", "expected an object with 'text', found int"),
        ('"x"', "expected an object with 'text', found str"),
    ],
)
def test_lines_that_are_no_report_say_what_was_found(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "x.jsonl").write_text(line + "\n", encoding="utf-8")
    (failure,) = read(tmp_path / "x.jsonl")
    assert isinstance(failure, Failure)
    assert failure.reason == reason


def test_lone_surrogates_in_json_are_kept(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"text": "قصف \\ud83d على البلدة"}\n', encoding="utf-8")
    assert only(tmp_path / "x.jsonl").text == "قصف \ud83d على البلدة"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_json_lines_in_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    lines = [json.dumps({"id": str(n), "text": TEXT}, ensure_ascii=False) for n in range(3)]
    (tmp_path / "x.jsonl").write_text("\n".join(lines) + "\n", encoding=encoding)
    assert [each.text for each in read(tmp_path / "x.jsonl") if isinstance(each, Document)] == [TEXT] * 3


@pytest.mark.parametrize(
    "value", [{"text": TEXT}, [{"text": TEXT}], {"reports": [{"text": TEXT}]}, {"report": {"text": TEXT}, "events": []}]
)
def test_json_files_hold_one_report_or_many(tmp_path: Path, value: object) -> None:
    (tmp_path / "x.json").write_text(json.dumps(value, indent=1), encoding="utf-8")
    assert only(tmp_path / "x.json").text == TEXT


def test_a_bad_date_is_noted_and_a_future_one_too(tmp_path: Path) -> None:
    lines = [{"text": TEXT, "published": "غدا"}, {"text": TEXT, "published": "2090-01-01"}]
    (tmp_path / "x.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    bad, future = read(tmp_path / "x.jsonl", today=date(2021, 1, 1))
    assert isinstance(bad, Document)
    assert isinstance(future, Document)
    assert (bad.published, future.published) == (None, "2090-01-01")
    assert bad.notes
    assert "future" in future.notes[0]


def test_compressed_json_lines_are_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "x.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps({"text": TEXT}) + "\n")
    assert only(tmp_path / "x.jsonl.gz").id == "x:1"


def test_a_page_gives_its_text_date_outlet_title_and_address(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    found = only(tmp_path / "page.html")
    assert found.text.count(TEXT) == 2
    assert "\n" in found.text
    assert found.published == "2021-03-06T14:00:00+03:00"
    assert (found.outlet, found.title, found.url) == ("موقع الأخبار", "فتح الطريق", "https://x.example/a")


def test_a_page_in_windows_1256_is_read_by_its_own_declaration(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "windows-1256").replace("©", "")
    (tmp_path / "page.htm").write_bytes(page.encode("cp1256"))
    assert TEXT in only(tmp_path / "page.htm").text


def test_a_year_in_the_footer_is_no_date_of_publication(tmp_path: Path) -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2021-03-06T14:00:00+03:00">', "")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert only(tmp_path / "page.html").published is None


@pytest.mark.parametrize(
    "mark",
    [
        '<script type="application/ld+json">{"@graph":[{"datePublished":"2020-01-02"}]}</script>',
        '<time datetime="2020-01-02">الخميس</time>',
        '<meta itemprop="datePublished" content="2020-01-02">',
    ],
)
def test_dates_come_from_linked_data_time_elements_and_item_properties(tmp_path: Path, mark: str) -> None:
    (tmp_path / "p.html").write_text(f"<html><body>{mark}<p>{TEXT}</p></body></html>", encoding="utf-8")
    assert only(tmp_path / "p.html").published == "2020-01-02"


def test_a_page_without_text_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<html><body></body></html>", encoding="utf-8")
    assert isinstance(read(tmp_path / "p.html")[0], Failure)


def test_feed_markup_becomes_plain_paragraphs() -> None:
    assert plain_text(f"<p>{TEXT}</p><script>x()</script><p>ثان</p>") == f"{TEXT}\nثان"


def test_a_feed_gives_one_report_an_entry(tmp_path: Path) -> None:
    feed = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>وكالة</title>
    <item><title>خبر</title><link>https://x.example/1</link><guid>g1</guid>
    <pubDate>Sat, 06 Mar 2021 11:00:00 GMT</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>
    <item><title>بلا نص</title></item></channel></rss>"""
    (tmp_path / "f.xml").write_text(feed, encoding="utf-8")
    entry, failure = read(tmp_path / "f.xml")
    assert isinstance(entry, Document)
    assert (entry.id, entry.text, entry.outlet, entry.title) == ("g1", TEXT, "وكالة", "خبر")
    assert entry.published == "2021-03-06T11:00:00+00:00"
    assert isinstance(failure, Failure)
    assert failure.reason == "entry 2 has no text"


def _warc(page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2021-03-06T00:00:00Z\r\n"
        b"WARC-Target-URI: https://x.example/a\r\nContent-Type: application/http;msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(http)
    )
    return head + http + b"\r\n\r\n"


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(_warc(PAGE.encode())))
    found = only(tmp_path / "a.warc.gz")
    assert TEXT in found.text
    assert found.url == "https://x.example/a"


def test_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    assert join_lines("قال إن\nالطريق مفتوح.\nوأضاف\n\nفقرة") == "قال إن الطريق مفتوح.\nوأضاف\nفقرة"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not here")
def test_a_pdf_carries_a_warning(tmp_path: Path) -> None:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length 44>>stream\nBT /F 18 Tf 20 100 Td (A short report) Tj ET\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj" % n + o + b"endobj\n" for n, o in enumerate(objects, 1))
    (tmp_path / "r.pdf").write_bytes(body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF")
    found = only(tmp_path / "r.pdf")
    assert "A short report" in found.text
    assert WARNING in found.notes


def test_a_broken_pdf_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert isinstance(read(tmp_path / "r.pdf")[0], Failure)


def test_folders_are_read_whole_and_sorted_and_other_files_left_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "a.txt", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [each.id for each in read(tmp_path) if isinstance(each, Document)] == ["a", "b/2"]
    assert count_files([tmp_path]) == 2


@pytest.mark.parametrize("content", [TEXT, PAGE, json.dumps({"text": TEXT}) + "\n"])
def test_standard_input_is_known_by_its_bytes(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    (found,) = read_documents(["-"])
    assert isinstance(found, Document)
    assert TEXT in found.text


def test_documents_are_read_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    found = read_documents([tmp_path / "a.txt", tmp_path / "b.txt"])
    next(found)
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert isinstance(next(found), Document)


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGE.encode() if self.path == "/page" else b"x" * 5000
            self.send_response(404 if self.path == "/none" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    serving = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    thread.join()
    serving.server_close()


def test_an_address_that_was_given_is_fetched(server: str) -> None:
    (found,) = read_documents([f"{server}/page"])
    assert isinstance(found, Document)
    assert TEXT in found.text
    assert found.url == f"{server}/page"


@pytest.mark.parametrize(
    ("path", "options", "reason"),
    [
        ("/none", DocumentOptions(), "HTTP 404 Not Found"),
        ("/large", DocumentOptions(limit=1000), "larger than the limit of 1,000 bytes"),
        ("/page", DocumentOptions(fetch=False), "fetching addresses is not allowed here"),
    ],
)
def test_an_address_that_cannot_be_read_says_why(
    server: str, path: str, options: DocumentOptions, reason: str
) -> None:
    assert list(read_documents([server + path], options)) == [Failure(server + path, reason)]


def test_every_format_module_is_found() -> None:
    assert {each.name for each in document_formats()} >= {"plain", "html", "json", "jsonl", "pdf", "feed", "warc"}
