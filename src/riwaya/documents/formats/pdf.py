"""PDF files, through ``pdftotext`` where it is installed, else through pypdfium2 (extra ``pdf``).

Programs that write PDF store Arabic in visual order, and every extractor turns it back by guess: figures may come
out with their digits reversed (`٢٠` for `٠٢`). So each document from a PDF carries a warning.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile

from riwaya.documents.source import DocumentOptions, Format, Reading, Source
from riwaya.model import Document, DocumentError, Failure

WARNING = "text taken from a PDF: digits may be reversed and lines out of order; check every figure"
_HYPHENLESS_LINE = re.compile(r"(?<![.!?؟:\n])[ \t]*\n(?!\n)")
_SECONDS = 60


def read_pdf(source: Source, options: DocumentOptions) -> Reading:
    """The file's text as one document with a warning; a Failure where it holds no text (a scan).

    Raises DocumentError where neither tool is installed.
    """
    data = source.read()
    text = _by_pdftotext(data) if shutil.which("pdftotext") else _by_pdfium(data)
    text = join_lines(text)
    if not text.strip():
        yield Failure(source.origin, "no text in the PDF (a scan?)")
        return
    yield Document(source.id, text, url=source.url, origin=source.origin, notes=(WARNING,))


def join_lines(text: str) -> str:
    """Lines joined to paragraphs: a line that does not end a sentence goes on in the next one."""
    text = text.replace("\r\n", "\n").replace("\f", "\n\n")
    return re.sub(r"\n{2,}", "\n", _HYPHENLESS_LINE.sub(" ", text)).strip()


def _by_pdftotext(data: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        command = ["pdftotext", "-enc", "UTF-8", "-nopgbrk", file.name, "-"]
        try:
            run = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise DocumentError(f"pdftotext took more than {_SECONDS} s") from error
    if run.returncode:
        reason = run.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise DocumentError(f"pdftotext: {reason}")
    return run.stdout.decode("utf-8", "replace")


def _by_pdfium(data: bytes) -> str:
    try:
        import pypdfium2
    except ImportError as error:
        raise DocumentError("reading PDF needs pdftotext, or the extra: pip install 'riwaya[pdf]'") from error
    try:
        pdf = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_range() for page in pdf]
        pdf.close()
    except pypdfium2.PdfiumError as error:
        raise DocumentError(f"not a readable PDF: {error}") from error
    return "\n\n".join(pages)


def _sniff(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


FORMAT = Format("pdf", (".pdf",), ("application/pdf",), _sniff, read_pdf, rank=10)
