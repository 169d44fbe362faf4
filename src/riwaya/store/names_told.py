"""How reports call actors that no lexicon has, and places: Arabic words for a name in Latin letters.

The first report that names somebody gives the words; they stay, whatever becomes of that report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from riwaya.store.tables import names

Data = dict[str, Any]
_FIRST, _LAST = "\u0621", "\u06ff"  # letters of Arabic


class NameTold(NamedTuple):
    """A name as the reader wrote it, the words of a report for it, and whether it is a person's."""

    name: str
    words: str
    person: bool


def names_of(coded: Data) -> Iterator[NameTold]:
    """The actors of a coded report that no lexicon has, and its places, each once, with the words for them."""
    found: dict[str, NameTold] = {}
    for actor in coded.get("actors", ()):
        if actor.get("known") is False:
            words = _words(actor)
            before = found.get(actor["name"])
            if words and (before is None or len(words) > len(before.words)):
                found[actor["name"]] = NameTold(actor["name"], words, actor.get("kind") == "person")
    for place in coded.get("places", ()):
        words = _clean(place.get("text") or "")
        if words:
            found.setdefault(place["name"], NameTold(place["name"], words, False))
    yield from found.values()


def _words(actor: Data) -> str:
    """The fullest Arabic name that the reader took from the words of a mention; those words where it took none."""
    arabic = [name for name in actor.get("aliases") or () if name and _FIRST <= name[0] <= _LAST]
    return _clean(max(arabic, key=len, default=actor.get("text") or ""))


def _clean(words: str) -> str:
    return words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def keep_names(connection: Connection, told: Iterable[NameTold]) -> None:
    """Keep the names that are not kept yet."""
    rows = [each._asdict() for each in told]
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(names).on_conflict_do_nothing(), rows)


def names_since(connection: Connection, number: int) -> tuple[int, list[NameTold]]:
    """The names kept after a number, and the greatest number of all."""
    rows = connection.execute(select(names).where(names.c.number > number).order_by(names.c.number)).all()
    return (rows[-1].number if rows else number), [NameTold(row.name, row.words, row.person) for row in rows]
