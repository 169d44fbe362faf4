"""The path of a report: text -> mentions -> attributions -> events -> Report. Read this file to know the reader.

    reader = Reader()
    report = reader.read(text, published="2018-05-21", outlet="…")
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from riwaya import __version__
from riwaya.knowledge.knowledge import Knowledge, load_knowledge
from riwaya.model import Document, Report
from riwaya.reading.actors import find_actors
from riwaya.reading.attribution import find_attributions
from riwaya.reading.control import find_control
from riwaya.reading.counts import find_counts
from riwaya.reading.events import find_events
from riwaya.reading.numbers import read_numbers
from riwaya.reading.places import find_places
from riwaya.reading.scene import Scene, read_scene
from riwaya.reading.times import find_times
from riwaya.reading.windows import join_windows, split_windows
from riwaya.text.text import Text, read_text

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")
_ARABIC_SHARE = 0.4  # of the letters, below which a text is not read as Arabic


def arabic_share(text: str) -> float:
    """The share of Arabic letters among the letters of a text's first 4,000 characters; 0 where it has none."""
    sample = text[:4000]
    letters = 0
    for word in sample.split():
        letters += len(word) if word.isalpha() else sum(map(str.isalpha, word))
    return sum(map(len, _ARABIC.findall(sample))) / letters if letters else 0.0


def parse_published(published: str | date | None) -> date | None:
    """The day of a publication date or date-time; None for none.

    Raises ValueError for text that is no ISO date.
    """
    if published is None or published == "":
        return None
    if isinstance(published, datetime):
        return published.date()
    if isinstance(published, date):
        return published
    return date.fromisoformat(published[:10])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Reader:
    """Reads reports. Holds only the compiled knowledge: pure, picklable, safe to share between threads."""

    def __init__(self, knowledge: Knowledge | None = None, *, folders: Sequence[Path] = ()) -> None:
        """Read with the given knowledge, or with the packaged one and the user's ``folders`` added.

        Raises KnowledgeError where a knowledge file is not as it must be.
        """
        self.knowledge = knowledge if knowledge is not None else load_knowledge(folders)

    def read(
        self,
        text: str,
        *,
        published: str | date | None = None,
        outlet: str | None = None,
        title: str | None = None,
        id: str | None = None,
        url: str | None = None,
        explain: bool = False,
    ) -> Report:
        """The coded report of a text. ``explain`` keeps each decision with the terms of its score."""
        day = published.isoformat() if isinstance(published, date) else published
        document = Document(id or _digest(text)[:16], text, day, outlet, title, url)
        return self.read_document(document, explain=explain)

    def read_document(self, document: Document, *, explain: bool = False) -> Report:
        """The coded report of a document. A text that is not Arabic gives a report without events and a note."""
        notes = list(document.notes)
        try:
            published = parse_published(document.published)
        except ValueError:
            published = None
            notes.append(f"publication date '{document.published}' is not an ISO date: relative times stay unresolved")
        if published is None and not document.published:
            notes.append("no publication date: relative times stay unresolved")
        digest = _digest(document.text)
        if arabic_share(document.text) < _ARABIC_SHARE:
            notes.append("not Arabic: not read" if document.text.strip() else "empty text")
            return Report(document, "und", digest, notes=tuple(notes), version=__version__)
        report = self._read_arabic(document, published, explain)
        return dataclasses.replace(report, sha256=digest, notes=(*notes, *report.notes))

    def _read_arabic(self, document: Document, published: date | None, explain: bool) -> Report:
        """The coded report of an Arabic text, window by window where it is very long."""
        whole: Report | None = None
        windows = list(split_windows(document.text))
        for start, end in windows:
            text = read_text(document.text[start:end], self.knowledge.lexicon)
            scene = self._annotate(text, published, document.outlet)
            part = Report(
                document=document,
                language="ar",
                sha256="",
                times=tuple(scene.times),
                places=tuple(scene.places),
                actors=tuple(scene.actors),
                counts=tuple(scene.counts),
                attributions=tuple(scene.attributions),
                events=tuple(find_events(scene, explain=explain)),
                control=tuple(find_control(scene)),
                version=__version__,
            )
            whole = part if whole is None else join_windows(whole, part, start)
        if whole is None:
            raise ValueError("a text without windows")
        if len(windows) == 1:
            return whole
        return dataclasses.replace(whole, notes=(f"long text: read in {len(windows)} windows of whole paragraphs",))

    def _annotate(self, text: Text, published: date | None, outlet: str | None) -> Scene:
        """The scene of a text: every mention, and who says what."""
        knowledge = self.knowledge
        numbers = read_numbers(text)
        times = find_times(text, knowledge, published, numbers)
        actors = find_actors(text, knowledge, published)
        places = find_places(text, knowledge, [(mention.start, mention.end) for mention in actors])
        counts = find_counts(text, knowledge, numbers)
        attributions = find_attributions(text, knowledge, actors, outlet)
        return read_scene(text, knowledge, published, times, places, actors, counts, attributions)

    def scene(self, text: str, published: str | date | None = None, outlet: str | None = None) -> Scene:
        """The scene of a text without its events, for training and for inspection."""
        return self._annotate(read_text(text, self.knowledge.lexicon), parse_published(published), outlet)
