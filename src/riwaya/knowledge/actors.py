"""The actors that are known by name, with their variants, and the patterns for those that are not.

Entries come from ``actors/*.yaml``, patterns from ``actor_patterns/``. An entry's Arabic names are found in layer
``actor``; its short forms (الجيش, المرصد), which name it only in its context, in layer ``actor_short``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riwaya.knowledge.actor_entries import ActorEntry, fold_name, read_entries, read_entry
from riwaya.knowledge.actor_patterns import Body, PatternTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import files_in
from riwaya.model import Actor, ActorKind, KnowledgeError
from riwaya.text.letters import ARTICLE
from riwaya.text.normalise import fold

FOLDER = "actors"
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class ActorTable:
    """Every known actor, by id and by name."""

    entries: dict[str, ActorEntry] = field(default_factory=dict)
    by_name: dict[str, tuple[str, ...]] = field(default_factory=dict)  # folded Arabic name -> ids
    by_short: dict[str, tuple[str, ...]] = field(default_factory=dict)  # folded short form -> ids
    states: dict[str, str] = field(default_factory=dict)  # ISO code -> id of the state
    bodies: dict[str, str] = field(default_factory=dict)  # id of a country's body -> body
    gentilics: dict[str, str] = field(default_factory=dict)  # folded gentilic -> ISO code
    heads: dict[tuple[str, bool], str] = field(default_factory=dict)  # folded head, before a state's name -> body
    spelled: dict[str, frozenset[str]] = field(default_factory=dict)  # folded name of one word -> its spellings
    patterns: PatternTable = field(default_factory=PatternTable)
    under: dict[str, tuple[str, ...]] = field(default_factory=dict)  # id -> ids of the actors whose parent it is
    _actors: dict[str, Actor] = field(default_factory=dict)
    _nouns: dict[str, frozenset[str]] = field(default_factory=dict)
    _called: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> ActorTable:
        """The actors of the data folders; an entry of a later folder replaces one of the same id.

        Raises KnowledgeError where a file is not as it must be, or an entry names a parent that does not exist.
        """
        table = cls(patterns=PatternTable.load(folders))
        for folder in folders:
            seen: dict[str, str] = {}
            for path in files_in([folder], FOLDER, ".yaml"):
                for where, raw in read_entries(path):
                    entry = read_entry(where, raw)
                    if entry.id in seen:
                        raise KnowledgeError(f"{where}: expected a new id, found '{entry.id}' of {seen[entry.id]}")
                    seen[entry.id] = where
                    table.entries[entry.id] = entry
        table._index()
        return table

    def _check_links(self) -> None:
        for entry in self.entries.values():
            for key, target in (("parent", entry.parent), ("speaks_for", entry.speaks_for)):
                if target is not None and target not in self.entries:
                    raise KnowledgeError(f"actor '{entry.id}': expected an actor's id under '{key}', found '{target}'")

    def _index(self) -> None:
        names: dict[str, list[str]] = {}
        shorts: dict[str, list[str]] = {}
        anaphors = {fold_name(phrase) for phrase, _ in self.patterns.anaphor_words}
        for entry in self.entries.values():
            if entry.parent is not None:
                self.under[entry.parent] = (*self.under.get(entry.parent, ()), entry.id)
            long_names, short_names = list(map(fold_name, entry.arabic)), list(map(fold_name, entry.short))
            own = {*long_names, *short_names}
            person = entry.kind is ActorKind.PERSON
            for written, name in zip(entry.arabic, long_names, strict=True):
                if not (self._is_titled if person else self._is_padded)(name, own):
                    for spelling in self._spellings(name):
                        _append(names, spelling, entry.id)
                if " " not in written:
                    self.spelled[name] = self.spelled.get(name, frozenset()) | {written}
            for name in short_names:
                titled = person and name.split(" ", 1)[0] in self.patterns.title_starts
                if not titled and not self._is_padded(name, own | anaphors):
                    _append(shorts, name, entry.id)
            if entry.gentilic and entry.country:
                self.states.setdefault(entry.country[0], entry.id)
                for word in entry.gentilic:
                    self.gentilics.setdefault(fold(word), entry.country[0])
        for state in self.states.values():
            for body in self.patterns.bodies:
                self.bodies[f"{state}-{body}"] = self.bodies[f"{state}/{body}"] = body
        for phrase, body, form, _ in self.patterns.heads:
            self.heads.setdefault((fold_name(phrase), form == "c"), body)
        self.by_name = {name: tuple(ids) for name, ids in names.items()}
        self.by_short = {name: tuple(ids) for name, ids in shorts.items()}

    def _spellings(self, name: str) -> tuple[str, ...]:
        """The name, with every spelling of its first word (ميليشيات, مليشيات)."""
        first, _, rest = name.partition(" ")
        militia = self.patterns.words.get("militia", frozenset())
        if rest and first in militia:
            return (name, *sorted(f"{word} {rest}" for word in militia if word != first))
        return (name,)

    def _is_titled(self, name: str, own: set[str]) -> bool:
        """Whether a person's name is another of the names with a title before it: الرئيس بشار الأسد."""
        words = name.split()
        if words[0] not in self.patterns.title_starts:
            return False
        return any(" ".join(words[size:]) in own for size in range(1, len(words)))

    def _is_padded(self, name: str, own: set[str]) -> bool:
        """Whether a name is another of the actor's names with a word for its people before, or a slur after."""
        words = name.split()
        if words[0] in self.patterns.words.get("people of", ()) and " ".join(words[1:]) in own:
            return True
        if words[0] in self.patterns.words.get("militia", ()) and " ".join(words[1:3]) in own and len(words) > 2:
            return True
        padding = self.patterns.words.get("padding", frozenset())
        relations = self.patterns.words.get("relation", frozenset())
        for size in range(1, len(words)):
            rest = words[size:]
            if " ".join(words[:size]) in own and (rest[0] in relations or all(word in padding for word in rest)):
                return True
        return False

    def register(self, builder: LexiconBuilder) -> None:
        """Register names (``actor``), capitals, short forms, gentilics and the patterns.

        Names that a head and a country make up (القوات المسلحة السورية) are left to the pattern: they are many.
        """
        for phrase, ids in self.by_name.items():
            if not self._is_left_out(phrase, ids):
                builder.add("actor", phrase, phrase)
        for phrase in self.by_short:
            builder.add("actor_short", phrase, phrase)
        for entry in self.entries.values():
            if entry.gentilic and entry.country:
                for word in entry.gentilic:
                    builder.add("actor_gentilic", word, entry.country[0], features=_gentilic_form(word))
                for capital in entry.capital:
                    builder.add("actor_capital", capital, entry.id)
        self.patterns.register(builder)

    def head(self, phrase: str, *, construct: bool = False) -> str | None:
        """The body of a head phrase (folded), None where it is no head."""
        return self.heads.get((phrase, construct))

    def _is_left_out(self, name: str, ids: Sequence[str]) -> bool:
        """Whether a name is left out of the lexicon: a head and a country, for which the pattern finds the same actor
        or its state; people without a name (مسؤولون أميركيون); communities, and peoples that are not the doers.
        """
        words = self.patterns.words
        if name.split(" ", 1)[0] in words["unnamed"]:
            return True
        if all(self.entries[actor_id].kind is ActorKind.CIVILIANS for actor_id in ids):
            return name.split(" ", 1)[0] in words["community"] or (name in self.gentilics and name.endswith("ين"))
        country, body = self._parse(name)
        if body is None or country is None or len(ids) > 1:
            return False
        actor = self.body(body, country)
        return actor is not None and (actor.id == ids[0] or self.states.get(country) == ids[0])

    def _parse(self, name: str) -> tuple[str | None, str | None]:
        """The country and the body of a composed name (وسائل إعلام سورية رسمية, حكومة سوريا), None where it is none."""
        words = name.split()
        after: list[str] = []
        adjectives = self.patterns.words["trailing adjective"] | self.patterns.words["trailing indefinite adjective"]
        while len(words) > 2 and words[-1] in adjectives:
            after.insert(0, words.pop())
        country = self.gentilics.get(words[-1])
        if country is not None:
            head = " ".join(words[:-1])
            return country, self.head(" ".join([head, *after])) or self.head(head)
        for link in self.patterns.words["state in"]:
            head, _, rest = name.partition(f" {link} ")
            if self.is_state(self.by_name.get(rest, ("",))[0]):
                return self.entries[self.by_name[rest][0]].country[0], self.head(head)
        first, _, rest = name.partition(" ")
        state = self.by_name.get(rest, ("",))[0]
        return (
            (self.entries[state].country[0], self.head(first, construct=True)) if self.is_state(state) else (None, None)
        )

    def __getstate__(self) -> tuple[Any, ...]:
        """The tables without the actors built so far."""
        names = (self.entries, self.by_name, self.by_short, self.states, self.gentilics)
        return (*names, self.bodies, self.heads, self.spelled, self.patterns, self.under)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Restore the tables."""
        self.entries, self.by_name, self.by_short, self.states, self.gentilics, *rest = state
        self.bodies, self.heads, self.spelled, self.patterns, self.under = rest
        self._actors = {}
        self._nouns = {}
        self._called = {}

    def is_state(self, actor_id: str) -> bool:
        """Whether the id is a state's own (Syria, not the Syrian government)."""
        entry = self.entries.get(actor_id)
        return entry is not None and bool(entry.gentilic)

    def actor(self, actor_id: str) -> Actor:
        """The actor of an id, with its organisation.

        Raises KeyError for an id that no entry has.
        """
        known = self._actors.get(actor_id)
        if known is None:
            known = self._actors[actor_id] = self._build(self.entries[actor_id])
        return known

    def _build(self, entry: ActorEntry) -> Actor:
        own_shorts = [short for short in entry.short if len(self.by_short.get(fold_name(short), ())) == 1]
        parent = entry.speaks_for or entry.parent or ""
        names = [*entry.english, *entry.arabic, *own_shorts]
        if entry.gentilic:
            names += entry.capital
            names += self._names_of(f"{entry.id}-government")
        elif entry.id.endswith("-government") and entry.parent:
            names += self._names_of(entry.parent)
        return Actor(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            aliases=tuple(dict.fromkeys(name for name in names if name != entry.name)),
            country=entry.country,
            source_kind=entry.source_kind,
            interaction=entry.acled,
            organisation=self.actor(parent) if parent in self.entries and parent != entry.id else None,
        )

    def _names_of(self, actor_id: str) -> list[str]:
        entry = self.entries.get(actor_id)
        return [entry.name, *entry.english, *entry.arabic] if entry else []

    def nouns(self, actor: Actor) -> frozenset[str]:
        """The first words of an actor's Arabic names, folded and without the article: تنظيم, حركة, وكالة."""
        known = self._nouns.get(actor.id)
        if known is None:
            firsts = [fold(name).split(" ", 1)[0] for name in actor.aliases if " " in name]
            known = frozenset(first.removeprefix(ARTICLE) for first in firsts)
            if actor.known:
                self._nouns[actor.id] = known
        return known

    def called(self, short: str) -> frozenset[str]:
        """The ids of the actors with a folded short form, without the bodies that every country has."""
        if short not in self.by_short:
            return _NONE
        known = self._called.get(short)
        if known is None:
            known = self._called[short] = frozenset(self.by_short[short]) - self.bodies.keys()
        return known

    def adjective(self, country: str) -> tuple[str, str]:
        """English adjective and name of a country (Syrian, Syria); the code twice where it is not known."""
        state = self.entries.get(self.states.get(country, ""))
        if state is None:
            return country, country
        government = self.entries.get(f"{state.id}-government")
        if government is not None and government.name.endswith(" government"):
            return government.name.removesuffix(" government"), state.name
        return state.name, state.name

    def body(self, body: str, country: str) -> Actor | None:
        """A country's body (army, ministry-of-defence): the known actor, or one built from the pattern.

        None where the pattern does not hold for that country.
        """
        key = f"{country}/{body}"
        if key not in self._actors:
            found = self._find_body(self.patterns.bodies[body], country)
            if found is None:
                return None
            self._actors[key] = found
        return self._actors[key]

    def _find_body(self, pattern: Body, country: str) -> Actor | None:
        if pattern.only and country not in pattern.only:
            return None
        if country in pattern.means:
            meant = pattern.means[country]
            if meant in self.patterns.bodies:
                return self.body(meant, country)
            ids = self.by_name.get(fold_name(meant), ())
            return self.actor(ids[0]) if ids else None
        state = self.states.get(country)
        for body in (pattern.body, pattern.same):
            if body and f"{state}-{body}" in self.entries:
                return self.actor(f"{state}-{body}")
        return self._build_body(pattern, country, state)

    def _build_body(self, pattern: Body, country: str, state: str | None) -> Actor:
        adjective, noun = self.adjective(country)
        english = [name.format(adj=adjective, country=noun) for name in pattern.english]
        entry = self.entries.get(state or "")
        forms = dict(zip(("m", "f", "mi", "fi", "p"), entry.gentilic, strict=False)) if entry else {}
        arabic = (
            [name.format(c=entry.arabic[0], **forms) for name in pattern.names] if len(forms) == 5 and entry else []
        )
        return Actor(
            id=f"{state or country.lower()}/{pattern.same or pattern.body}",
            name=english[0],
            kind=pattern.kind,
            aliases=tuple(dict.fromkeys([*english[1:], *arabic])),
            country=(country,),
            source_kind=pattern.source_kind,
            interaction=None,
            organisation=self.actor(state) if state else None,
            known=False,
        )


def _append(index: dict[str, list[str]], key: str, value: str) -> None:
    ids = index.setdefault(key, [])
    if value not in ids:
        ids.append(value)


def _gentilic_form(word: str) -> str:
    """`d` for a gentilic with the article, `i` without."""
    return "d" if word.startswith(ARTICLE) else "i"
