"""One self-contained page: the text with every mention marked, events beside it, their map and timeline.

The page asks the network for nothing; fonts, outlines, style and script are inside. Everything from a report is
escaped, and a content policy lets no script run but the page's own.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote

from riwaya import __version__
from riwaya.export.line import event_line
from riwaya.export.marks import Mark, cut_text, evidence_marks, mention_marks, paragraphs
from riwaya.export.pictures import draw_map, draw_timeline, show_days
from riwaya.export.quotations import quote_claim
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.knowledge.load import read_yaml
from riwaya.model import CountMention, Document, Failure, Report

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent.parent / "assets"
LAYERS = ("event", "actor", "place", "time", "count", "cue")
_QUOTED = 320  # characters of a quotation in the panel
_ADDRESS = 90  # characters of an address in the heading


def write_html(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write the page: its head, a section a report as each comes, its end."""
    out.write(_encode(_head(options)))
    for number, item in enumerate(items, start=1):
        out.write(_encode(_failure(item) if isinstance(item, Failure) else report_section(item, number)))
    out.write(_encode(_environment().get_template("page_tail.html").render(version=__version__, js=_asset("page.js"))))


def report_section(report: Report, number: int) -> str:
    """The section of one report as HTML."""
    order = sorted(range(len(report.events)), key=lambda index: report.events[index].background)
    marks = mention_marks(report)
    evidence = [mark for index in range(len(report.events)) for mark in evidence_marks(report, index)]
    labels = _labels()
    return _environment().get_template("page_report.html").render(
        number=number,
        document=report.document,
        address=_address(report.document),
        address_shown=_cut(unquote(_address(report.document) or ""), _ADDRESS),
        language=report.language or "ar",
        notes=report.notes,
        layers=[(layer, sum(mark.layer == layer for mark in marks)) for layer in LAYERS],
        paragraphs=paragraphs(cut_text(report.document.text, [*marks, *evidence])),
        events=_panel(report, order),
        map=draw_map(report),
        timeline=draw_timeline(report, order),
        marks=_marks_json(marks, labels["layer"]),
        labels=labels,
        figure=_figure,
    )


def _panel(report: Report, order: list[int]) -> list[dict[str, Any]]:
    """The events in the order of the panel: news first, then background under a heading of its own."""
    panel: list[dict[str, Any]] = []
    for index in order:
        event = report.events[index]
        heading = event.background and not any(item["event"].background for item in panel)
        days = show_days(event.when.from_, event.when.to)
        line = event_line(event, with_status=False)
        quotations = [_shorten(quote_claim(report, event, claim).text) for claim in event.claims]
        panel.append(
            {"index": index, "event": event, "heading": heading, "days": days, "line": line, "quotations": quotations}
        )
    return panel


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(ASSETS)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _labels() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = read_yaml(ASSETS / "labels.yaml")
    return found


def _figure(count: CountMention) -> str:
    """The figure of a count in Arabic words: `9 or more`, `about 400`."""
    words = _labels()["figure"]
    low, high = count.min, count.max
    if low is None and high is None:
        return words["unknown"]
    name = "at_most" if low is None else "at_least" if high is None else "exactly" if low == high else "between"
    figure = words[name].format(low=low, high=high)
    return words["about"].format(figure=figure) if count.approx else figure


def _asset(name: str) -> Any:
    """A packaged file as markup that needs no escaping."""
    from markupsafe import Markup

    return Markup((ASSETS / name).read_text(encoding="utf-8"))


def _head(options: ExportOptions) -> str:
    script = (ASSETS / "page.js").read_bytes()
    return _environment().get_template("page_head.html").render(
        title=options.title,
        version=__version__,
        script_hash="sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode(),
        font_regular=base64.b64encode((ASSETS / "noto-naskh-arabic-arabic-400-normal.woff2").read_bytes()).decode(),
        font_bold=base64.b64encode((ASSETS / "noto-naskh-arabic-arabic-700-normal.woff2").read_bytes()).decode(),
        css=_asset("page.css"),
    )


def _address(document: Document) -> str | None:
    """The document's address where it is one of the web: any other scheme could run a script."""
    url = document.url or ""
    return url if url.startswith(("http://", "https://")) else None


def _marks_json(marks: list[Mark], names: dict[str, str]) -> Any:
    """Layer, value and rule of each mention, for the page's script; safe inside a script element."""
    from markupsafe import Markup

    data = {mark.key: [names[mark.layer], mark.label, mark.rule] for mark in marks}
    text = json.dumps(data, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"


def _failure(failure: Failure) -> str:
    from markupsafe import escape

    where = failure.origin if failure.line is None else f"{failure.origin}:{failure.line}"
    return f'<p class="note en" dir="ltr">{escape(where)}: {escape(failure.reason)}</p>\n'


EXPORT = Export("html", (".html", ".htm"), "one self-contained page", write_html)
