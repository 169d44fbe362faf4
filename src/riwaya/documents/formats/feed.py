"""RSS and Atom files (extra ``feeds``): one document an entry, with the feed's name as outlet."""

from __future__ import annotations

from typing import Any

from riwaya.documents.dates import read_date
from riwaya.documents.formats.html import plain_text
from riwaya.documents.source import DocumentOptions, Format, Reading, Source
from riwaya.model import Document, DocumentError, Failure


def read_feed(source: Source, options: DocumentOptions) -> Reading:
    """One document an entry (its full content where the feed has it, else its summary).

    An entry without text is a Failure that names it. Raises DocumentError where feedparser is not installed or
    the file is no feed.
    """
    try:
        import feedparser
    except ImportError as error:
        raise DocumentError("reading feeds needs the extra: pip install 'riwaya[feeds]'") from error
    feed = feedparser.parse(source.read(), sanitize_html=False)
    if not feed.entries and not feed.version:
        raise DocumentError(f"not a feed: {feed.get('bozo_exception', 'no entries')}")
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, start=1):
        yield _to_document(entry, number, outlet, source)


def _to_document(entry: Any, number: int, outlet: str | None, source: Source) -> Document | Failure:
    contents = [part.get("value", "") for part in entry.get("content", [])]
    text = next((found for found in map(plain_text, [*contents, entry.get("summary", "")]) if found), "")
    if not text:
        return Failure(source.origin, f"entry {number} has no text")
    return Document(
        id=entry.get("id") or f"{source.id}:{number}",
        text=text,
        published=read_date(entry.get("published") or entry.get("updated")),
        outlet=outlet,
        title=plain_text(entry.get("title", "")) or None,
        url=entry.get("link"),
        origin=f"{source.origin}:{number}",
    )


def _sniff(head: bytes) -> bool:
    start = head[:1024].lower()
    return b"<rss" in start or b"<feed" in start or b"<rdf:rdf" in start


_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
FORMAT = Format("feed", (".rss", ".atom", ".xml"), _TYPES, _sniff, read_feed, rank=30)
