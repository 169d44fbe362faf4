"""Words that place things on the calendar: months, weekdays, parts of day, units, feasts, and the links of a range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError
from riwaya.text.letters import ARTICLE, FA, WA
from riwaya.text.normalise import fold

LINKS = (
    *("since", "until", "to", "by", "during", "between", "from", "of", "before", "after", "in", "every", "onset"),
    *("lasting", "matching", "onto"),
)
MARKS = (
    *("future", "office", "future_prefix", "future_exception", "half", "two", "counted_suffix", "name_head"),
    *("takes_from", "outlet_head", "starting", "due", "pluperfect"),
)
CORE = (
    *("month", "hmonth", "weekday", "bare_weekday", "relday", "relnight", "part", "night", "midnight", "whole_night"),
    *("early", "dayword", "unit", "decade", "era", "past", "previous", "lately", "next", "following", "current"),
    *("same", "same_before", "this", "that", "portion", "weekend", "season", "about", "feast", "first_day", "latest"),
    *("name", "outlet_name"),
)
CALENDARS = ("gregorian", "hijri", "easter_west", "easter_east", "moveable")


class TimeWord(NamedTuple):
    """One sense of a time word: role, value, a code (unit, part, portion), and whether it needs a time beside it."""

    role: str
    value: int
    text: str = ""
    weak: bool = False


class TimeEntry(NamedTuple):
    """What a time phrase means: its senses, and the roles with which an expression may begin there."""

    words: tuple[TimeWord, ...]
    roles: tuple[str, ...]


class Feast(NamedTuple):
    """A feast: its calendar, first day (month and day, or days from Easter) and length in days."""

    name: str
    calendar: str
    month: int
    day: int
    days: int


class Calendar:
    """The calendar words of the knowledge files."""

    def __init__(
        self,
        senses: dict[str, tuple[TimeWord, ...]],
        links: dict[str, frozenset[str]],
        marks: dict[str, tuple[str, ...]],
        feasts: dict[str, Feast],
    ) -> None:
        """Hold phrases with their senses, one-word links by folded form, marks by kind, feasts by name."""
        self.senses = senses
        self.links = links
        self.feasts = feasts
        self.future = frozenset(marks.get("future", ()))
        self.starting = frozenset(marks.get("starting", ()))
        self.due = frozenset(marks.get("due", ()))
        self.pluperfect = frozenset(marks.get("pluperfect", ()))
        self.office = frozenset(marks.get("office", ()))
        self.future_prefixes = marks.get("future_prefix", ())
        self.future_exceptions = marks.get("future_exception", ())
        self.tos = frozenset(form for form, roles in links.items() if "to" in roles)
        self.articles = frozenset((ARTICLE,))
        self.conjunctions = frozenset((WA, FA))
        self.halves = frozenset(marks.get("half", ()))
        self.name_heads = frozenset(marks.get("name_head", ()))
        self.outlet_heads = frozenset(marks.get("outlet_head", ()))
        self.takes_from = frozenset(marks.get("takes_from", ()))
        self._counted = tuple(marks.get("counted_suffix", ()))
        self._one = frozenset(marks.get("two", ()))

    def is_two(self, before: str, form: str) -> bool:
        """Whether the word for Monday after this word is the number two (`الشخصين الاثنين`)."""
        return form in self._one and before.startswith(ARTICLE) and before.endswith(self._counted)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The calendar of ``<folder>/times/*.yaml`` of each folder.

        Raises KnowledgeError for an unknown key or role, or a value that is no whole number.
        """
        senses: dict[str, list[TimeWord]] = {}
        links: dict[str, set[str]] = {}
        marks: dict[str, list[str]] = {}
        feasts: dict[str, Feast] = {}
        for path in files_in(folders, "times", ".yaml"):
            for index, raw in enumerate(read_yaml(path)):
                where = f"{path}: entry {index + 1}"
                if isinstance(raw, Mapping) and "calendar" in raw:
                    feast, forms = _read_feast(where, raw)
                    feasts[feast.name] = feast
                    for form in forms:
                        senses.setdefault(form, []).append(TimeWord("feast", 0, feast.name))
                    continue
                entry = check_keys(where, raw, ("role", "value", "forms", "source"), ("text", "weak"))
                role = entry["role"]
                if role in MARKS:
                    marks.setdefault(role, []).extend(fold(form) for form in entry["forms"])
                    continue
                if role not in CORE and role not in LINKS:
                    raise KnowledgeError(f"{where}: key role: expected one of {', '.join(CORE + LINKS)}, found {role}")
                _add(where, entry, senses, links)
        return cls(
            {form: tuple(dict.fromkeys(found)) for form, found in senses.items()},
            {form: frozenset(sorted(roles)) for form, roles in links.items()},
            {kind: tuple(forms) for kind, forms in marks.items()},
            feasts,
        )

    def register(self, builder: LexiconBuilder) -> None:
        """Add every phrase to the layer "time"; feature ``def`` where it begins with the article."""
        for form, senses in self.senses.items():
            definite = fold(form).startswith(ARTICLE)
            entry = TimeEntry(senses, _opening_roles(senses, definite))
            builder.add("time", form, entry, features="def" if definite else "")


_DEPENDENT = ("past", "previous", "lately", "next", "following", "current", "same", "era")


def _opening_roles(senses: Sequence[TimeWord], definite: bool) -> tuple[str, ...]:
    """The roles with which an expression may begin; a bare unit is a "date" (شهر, عام) or an "amount" (أسبوع)."""
    roles: dict[str, None] = {}
    for word in senses:
        role = word.role
        if role == "unit":
            if word.value == 1 and word.text in ("month", "year"):
                roles["date"] = None
            elif not definite and word.value != 2:
                role = "amount"
        if role not in _DEPENDENT:
            roles[role] = None
    return tuple(roles)




def _whole(where: str, key: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise KnowledgeError(f"{where}: key {key}: expected a whole number, found {value}") from error


def _add(where: str, entry: Mapping[str, Any], senses: dict[str, list[TimeWord]], links: dict[str, set[str]]) -> None:
    """File an entry's forms: one-word links by folded form (with the conjunctions before them), the rest by phrase."""
    role = entry["role"]
    value = _whole(where, "value", entry["value"])
    for key in ("forms", "weak"):
        for form in entry.get(key, ()):
            if role in LINKS and " " not in form:
                folded = fold(form)
                for spelled in (folded, WA + folded, FA + folded):
                    links.setdefault(spelled, set()).add(role)
            else:
                senses.setdefault(form, []).append(TimeWord(role, value, entry.get("text", ""), key == "weak"))


def _read_feast(where: str, raw: Any) -> tuple[Feast, list[str]]:
    entry = check_keys(where, raw, ("name", "calendar", "days", "forms", "source"), ("month", "day", "offset"))
    if entry["calendar"] not in CALENDARS:
        raise KnowledgeError(f"{where}: key calendar: expected {', '.join(CALENDARS)}, found {entry['calendar']}")
    day = _whole(where, "day", entry.get("day", entry.get("offset", "0")))
    month = _whole(where, "month", entry.get("month", "0"))
    feast = Feast(entry["name"], entry["calendar"], month, day, _whole(where, "days", entry["days"]))
    return feast, list(entry["forms"])
