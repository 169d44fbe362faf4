"""Entries of actors as their files give them: read, checked, with the file and the entry named in every error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from riwaya.knowledge.actor_patterns import read_enum, read_source_kind
from riwaya.knowledge.load import check_keys, read_yaml
from riwaya.model import ActorKind, KnowledgeError, SourceKind
from riwaya.text.normalise import fold

_REQUIRED = ("id", "name", "kind", "arabic", "source")
_OPTIONAL = (
    *("country", "english", "short", "gentilic", "capital", "parent", "acled", "source_kind", "from", "to"),
    *("offices", "speaks_for", "note"),
)


class Office(NamedTuple):
    """An office that a person held: the words for it, folded, and the days, ISO dates or parts of them."""

    words: str
    from_: str | None
    to: str | None


class ActorEntry(NamedTuple):
    """An entry as read. ``country``: ISO 3166-1 alpha-2 codes; ``from_``/``to``: ISO dates or parts of them."""

    id: str
    name: str
    kind: ActorKind
    arabic: tuple[str, ...]
    english: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    gentilic: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    parent: str | None = None
    acled: int | None = None
    source_kind: SourceKind | None = None
    from_: str | None = None
    to: str | None = None
    speaks_for: str | None = None
    offices: tuple[Office, ...] = ()


def fold_name(name: str) -> str:
    """A name as a key: folded, without quotation marks, single spaces."""
    return " ".join(fold(name).replace('"', " ").split())


def read_entries(path: Path) -> Iterable[tuple[str, Any]]:
    """Where each entry of a file stands, for messages, and the entry.

    Raises KnowledgeError where the file is no list.
    """
    content = read_yaml(path)
    if not isinstance(content, list):
        raise KnowledgeError(f"{path}: expected a list of actors, found {type(content).__name__}")
    for number, entry in enumerate(content, start=1):
        name = entry.get("id", number) if isinstance(entry, Mapping) else number
        yield f"{path}: actor '{name}'", entry


def read_entry(where: str, raw: Any) -> ActorEntry:
    """The entry.

    Raises KnowledgeError naming the place, the key, what was expected and what was found.
    """
    entry = check_keys(where, raw, _REQUIRED, _OPTIONAL)
    for key in ("arabic", "english", "short", "country", "gentilic", "capital"):
        if key in entry and not isinstance(entry[key], list):
            raise KnowledgeError(f"{where}: expected a list under '{key}', found '{entry[key]}'")
    acled = entry.get("acled")
    if acled and not acled.isdigit():
        raise KnowledgeError(f"{where}: expected a number under 'acled', found '{acled}'")
    return ActorEntry(
        id=entry["id"],
        name=entry["name"],
        kind=read_enum(where, "kind", entry["kind"], ActorKind),
        arabic=tuple(entry["arabic"]),
        english=tuple(entry.get("english", ())),
        short=tuple(entry.get("short", ())),
        country=tuple(entry.get("country", ())),
        gentilic=tuple(entry.get("gentilic", ())),
        capital=tuple(entry.get("capital", ())),
        parent=entry.get("parent") or None,
        acled=int(acled) if acled else None,
        source_kind=read_source_kind(where, entry),
        from_=entry.get("from") or None,
        to=entry.get("to") or None,
        speaks_for=entry.get("speaks_for") or None,
        offices=tuple(_read_offices(where, entry.get("offices", ()))),
    )


def _read_offices(where: str, raw: Any) -> Iterable[Office]:
    for item in raw:
        office = check_keys(f"{where}: office", item, ("title", "arabic"), ("org", "from", "to"))
        words = office["arabic"]
        for phrase in words if isinstance(words, list) else [words]:
            yield Office(fold_name(phrase), office.get("from") or None, office.get("to") or None)
