"""HTML pages: the article's paragraphs, and what the page itself states about date, outlet, title and address.

The date is taken from meta elements, JSON-LD and ``<time>`` only. A date found in running text or a footer is a
guess (`© 2024` is no date of publication), and a guessed date would shift every `أمس` of the report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from riwaya.documents.dates import read_date
from riwaya.documents.encoding import decode_bytes, looks_binary
from riwaya.documents.source import DocumentOptions, Format, Reading, Source
from riwaya.model import Document, Failure

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DOCTYPE = re.compile(r"(<!doctype[^>]*>)[ \t]*(?=<)", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "sailthru.date",
    "pubdate",
    "publication_date",
    "date",
)
_SITE_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "br", "div", "td", "tr")


def read_html(source: Source, options: DocumentOptions) -> Reading:
    """The page as one document; a Failure where it is binary or holds no article text."""
    data = source.read()
    if looks_binary(data):
        yield Failure(source.origin, "binary, not HTML")
        return
    yield page_to_document(data, source)


def page_to_document(data: bytes, source: Source) -> Document | Failure:
    """The document of a page's bytes; a Failure where it holds no text."""
    from lxml import html as parser

    charset = _CHARSET.search(data[:4096])
    decoded = decode_bytes(data, source.declared or (charset.group(1).decode("ascii", "ignore") if charset else None))
    markup = _DOCTYPE.sub(r"\1\n", decoded.text, count=1)
    try:
        tree = parser.document_fromstring(_without_declaration(markup))
    except (parser.etree.ParserError, ValueError) as error:
        return Failure(source.origin, f"no text in the page: {error}")
    text = _article_text(markup, tree)
    if not text:
        return Failure(source.origin, "no text in the page")
    meta = _read_meta(tree)
    linked = _linked_data(tree)
    return Document(
        id=source.id,
        text=text,
        published=_date(meta, linked, tree),
        outlet=_first(meta, _SITE_NAMES) or _publisher(linked),
        title=_title(meta, linked, tree),
        url=source.url or _address(meta, tree),
        origin=source.origin,
        notes=decoded.notes,
    )


def plain_text(markup: str) -> str:
    """The text of a piece of HTML (a feed entry), one line a paragraph; empty where it has none."""
    from lxml import html as parser

    if "<" not in markup and "&" not in markup:
        return markup.strip()
    try:
        tree = parser.fragment_fromstring(_without_declaration(markup), create_parent="div")
    except (parser.etree.ParserError, ValueError):
        return ""
    return _all_text(tree)


def _without_declaration(markup: str) -> str:
    """lxml refuses text that declares an encoding of its own, and NUL and surrogates."""
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\0", "")
    return markup.encode("utf-8", "replace").decode("utf-8")


def _article_text(markup: str, tree: Any) -> str:
    """The article as trafilatura finds it, all text of the page where it finds none."""
    from trafilatura.core import extract

    found = extract(_without_declaration(markup), include_comments=False, include_tables=True, with_metadata=False)
    return (found or "").strip() or _all_text(tree)


def _all_text(tree: Any) -> str:
    for element in list(tree.iter("script", "style", "noscript", "template", "svg", "nav", "footer", "head")):
        parent = element.getparent()
        if parent is not None:
            element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


def _read_meta(tree: Any) -> dict[str, str]:
    """The page's meta elements by lower-case name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: Any) -> list[dict[str, Any]]:
    """The JSON-LD objects of the page, nested graphs and lists laid flat."""
    found: list[dict[str, Any]] = []
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            found.extend(_objects(json.loads(element.text or "")))
        except (ValueError, RecursionError):
            continue  # a page whose JSON-LD is broken has none
    return found


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph") or [])


def _first(meta: dict[str, str], names: Sequence[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _date(meta: dict[str, str], linked: list[dict[str, Any]], tree: Any) -> str | None:
    written = [meta[name] for name in _DATE_NAMES if name in meta]
    written += [str(each["datePublished"]) for each in linked if each.get("datePublished")]
    times = [element for element in tree.iter("time") if element.get("datetime")]
    times.sort(key=lambda element: element.get("pubdate") is None and element.get("itemprop") != "datePublished")
    written += [element.get("datetime") for element in times]
    return next((found for found in map(read_date, written) if found), None)


def _publisher(linked: list[dict[str, Any]]) -> str | None:
    for each in linked:
        publisher = each.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name.strip()
    return None


def _title(meta: dict[str, str], linked: list[dict[str, Any]], tree: Any) -> str | None:
    headlines = [each["headline"] for each in linked if isinstance(each.get("headline"), str)]
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    titles = [" ".join((element.text or "").split()) for element in tree.iter("title")]
    found = [meta.get("og:title", ""), *headlines, *headings[:1], *titles[:1]]
    return next((title.strip() for title in found if title.strip()), None)


def _address(meta: dict[str, str], tree: Any) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href"))
    found = meta.get("og:url", "")
    return found if found.startswith("http") else None


def _sniff(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<!--", b"<head")) or b"<html" in start


FORMAT = Format("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), _sniff, read_html, rank=40)
