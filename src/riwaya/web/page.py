"""Rendering: templates with labels in the language that the reader chose."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from riwaya.knowledge.load import read_yaml
from riwaya.web.guards import viewer_of

HERE = Path(__file__).parent
LANGUAGES = ("ar", "en")
_PROBLEM = 400  # status of an answer from which on it tells a problem
_ARABIC = re.compile("[\u0621-\u064a]")
_LEFT_TO_RIGHT = re.compile(r"\d{4}-\d\d-\d\d|--[a-z]+(?: FILE)?")
_YEAR = 31_536_000  # seconds that the choice of a language is kept


@cache
def labels(language: str) -> dict[str, str]:
    """The words of the pages in a language."""
    found: dict[str, str] = read_yaml(HERE / "labels" / f"{language}.yaml")
    return {key: set_apart(words) for key, words in found.items()}


def set_apart(words: str) -> str:
    """Arabic words with each day and each option of a command set apart, so that it is not shown from its end."""
    return _LEFT_TO_RIGHT.sub("\u2066\\g<0>\u2069", words) if _ARABIC.search(words) else words


@cache
def showcase() -> list[tuple[str, str]]:
    """A sentence in pieces, each with the style of its layer, to show how reports are marked."""
    return [(piece["css"], piece["text"]) for piece in read_yaml(HERE / "labels" / "showcase.yaml")]


@cache
def _names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = read_yaml(HERE.parent / "export" / "assets" / "labels.yaml")
    return found


_NAMED = ("actor", "source", "place", "country")  # facets whose values are names


def figure_of(language: str, low: int | None, high: int | None, approx: bool = False) -> str:
    """A figure in words: `9`, `9 or more`, `up to 9`, `20 to 99`, `about 400`."""
    words = labels(language)
    if low is None and high is None:
        return words["figure.unknown"]
    if low is None or high is None:
        return words["figure.most" if low is None else "figure.least"].format(n=high if low is None else low)
    said = str(low) if low == high else words["figure.range"].format(low=low, high=high)
    return words["figure.about"].format(n=said) if approx else said


def value_of(language: str, text: str, called: Callable[[str], str]) -> str:
    """A side of a dispute in words: `20..99` and `9..` as figures, names as they are called."""
    found = re.fullmatch(r"(\d*)\.\.(\d*)", text)
    if found:
        low, high = (int(each) if each else None for each in found.groups())
        return figure_of(language, low, high)
    return labels(language)["comma"].join(called(each) for each in text.split(", "))


def name_of(language: str, group: str, value: object) -> str:
    """What a value of the codebook is called: `kind`, `shelling`. The value itself where it has no name."""
    text = str(value)
    own = labels(language).get(f"{group}.{text}")
    if own is not None:
        return own
    if language == "ar":
        return _names().get(group, {}).get(text, text.replace("_", " "))
    return text.replace("_", " ")


@cache
def _notes() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(each["note"]), each["ar"]) for each in read_yaml(HERE / "labels" / "notes.yaml")]


def note_of(language: str, note: str) -> str:
    """A note of the reader in a language; as it is written where the language has no words for it."""
    for pattern, words in _notes() if language == "ar" else ():
        found = pattern.fullmatch(note)
        if found:
            return set_apart(words.format(*found.groups()))
    return note


def make_environment() -> Environment:
    """The templates; everything that they print is escaped."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["days"] = show_days
    environment.filters["web"] = lambda url: url if str(url or "").startswith(("http://", "https://")) else None
    return environment


def show_days(item: Mapping[str, Any] | Any) -> str:
    """Days of something with ``from``/``to`` (or ``from_``): `2018-05-20`, `2018-05-20 … 2018-05-22`."""
    if isinstance(item, Mapping):
        first, last = item.get("from"), item.get("to")
    else:
        first, last = item.from_, item.to
    if first == last or not last:
        return first or ""
    return f"{first or ''} … {last}".strip()


def language_of(request: Request) -> str:
    """The language asked for (`?lang=`), else the one chosen before, else Arabic."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang") or "ar"
    return chosen if chosen in LANGUAGES else "ar"


def called_for(request: Request, *, fresh: bool = True) -> Callable[..., str]:
    """What names are called on a page, by what its viewer may know; ``fresh``: by what the store tells now."""
    state = request.app.state
    if fresh and state.store is not None:
        state.names.learn(state.store)
    return partial(state.names.of, language_of(request), redaction=viewer_of(request).redaction)


def canonical_for(request: Request, name: str | None) -> str | None:
    """The name under which the store keeps what somebody typed, None for nothing."""
    if not name:
        return None
    found: str = request.app.state.names.canonical(name, viewer_of(request).redaction)
    return found


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page from a template."""
    language = language_of(request)
    words = labels(language)
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "lang" and value]

    def label(key: str, **parts: object) -> str:
        """Words of the page; those for one thing where the number (`n`, `total`) is 1 and they differ."""
        one = f"{key}.one" if 1 in (parts.get("n"), parts.get("total")) else ""
        text = words.get(one) or words[key]
        return text.format(**parts) if parts else text

    def address(drop: tuple[str, ...] = (), **changes: object) -> str:
        """This page's address with some of its query changed; pages begin anew."""
        gone = {*drop, *changes, "start"}
        kept = [(key, value) for key, value in query if key not in gone]
        kept += [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
        return request.url.path + ("?" + urlencode(kept) if kept else "")

    state = request.app.state
    called = called_for(request, fresh=status < _PROBLEM)

    def named(group: str, value: object) -> str:
        """What a value of the codebook or, of a facet of names, an actor or place is called."""
        return called(value) if group in _NAMED else name_of(language, group, value)

    cookie = getattr(request.state, "cookie", None)
    body = state.templates.get_template(template).render(
        lang=language, dir="rtl" if language == "ar" else "ltr", request=request, t=label, address=address, query=query,
        other=address(lang="en" if language == "ar" else "ar"),
        n=named, w=called, figure=partial(figure_of, language),
        shown_value=lambda text: value_of(language, text, called),
        person=getattr(request.state, "person", None), signed=state.settings.accounts is not None,
        base_map=state.settings.tiles_by or "Natural Earth", tiles=state.settings.tiles,
        may_fetch=state.settings.fetch, showcase=showcase(),
        data=request.url.path + ".json" + ("?" + urlencode(query) if query else ""),
        csrf=state.sessions.token(cookie) if cookie else "", has_store=state.store is not None, **values,
    )  # fmt: skip
    response = HTMLResponse(body, status_code=status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie("lang", language, max_age=_YEAR, samesite="strict", httponly=True)
    return response
