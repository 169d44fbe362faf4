"""Cues of attribution: verbs and phrases by which a report gives the word to a source, and unnamed sources by class.

Files ``cues/*.yaml``: one a family of cues (keys ``family role stance source entries``), ``particles.yaml`` with the
function words that the reading of cues turns on, ``sources.yaml`` with the classes of unnamed sources and titles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from riwaya.knowledge.inflect import inflect_noun, inflect_verb, with_article
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError, SourceKind, Stance
from riwaya.text.normalise import fold

ROLES = ("say", "act", "relay", "according", "doubt", "background", "responsibility")
_LISTS = ("phrases", "masdar", "prepositions", "needs", "not_objects", "speakers", "from", "followed")
_FLAGS = (
    "nominal",
    "masdars",
    "participles",
    "required",
    "carrier",
    "relay",
    "negation",
    "as",
    "needs_speaker",
    "noun_like",
    "impersonal",
    "not_to",
    "addresses",
    "at_head",
)
_TEXTS = (
    *("root", "form", "vowels", "duals", "complement", "negated"),
    *("reach", "enclitics", "proclitics", "stance", "role"),
)
_KEYS = (*_LISTS, *_FLAGS, *_TEXTS, "examples", "non_examples")
_CLASS_KEYS = ("definite", "enclitics", "aliases", "domains", "domain")
_THIRD = ("3ms", "3fs", "3mp", "3fp", "3md", "3fd", "3d")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue does. Word lists are folded; see the data files for the meaning of each key."""

    id: str
    family: str
    role: str
    stance: Stance
    complement: str = "clause"
    negated: Stance | None = None
    required: bool = False
    carrier: bool = False
    relay: bool = False
    as_said: bool = False
    negation: bool = False
    needs_speaker: bool = False
    noun_like: bool = False
    impersonal: bool = False
    not_to: bool = False
    addresses: bool = False
    at_head: bool = False
    reach: str = "after"
    prepositions: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    not_objects: frozenset[str] = frozenset()
    followed: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A cue as its file has it: the cue, its spellings with their features, and its examples."""

    cue: Cue
    words: tuple[tuple[str, str], ...]
    enclitics: bool
    proclitics: bool
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceClass:
    """A class of unnamed sources or titles; ``definite``: the bare word with the article points back.

    ``domain``: what it makes of a source that is one of it (`مصدر في الشرطة` is a security source), "" for none.
    """

    id: str
    name: str
    kind: SourceKind
    aliases: tuple[str, ...]
    definite: bool
    enclitics: bool
    domains: Mapping[str, tuple[str, SourceKind, tuple[str, ...]]]
    domain: str = ""


@dataclass(slots=True)
class CueTable:
    """Cues by id, source classes by id, modifiers and particles as folded words."""

    entries: dict[str, CueEntry] = field(default_factory=dict)
    cues: dict[str, Cue] = field(default_factory=dict)
    classes: dict[str, SourceClass] = field(default_factory=dict)
    class_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    modifiers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    particles: dict[str, frozenset[str]] = field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)  # particles as prefixes or suffixes
    heading: frozenset[str] = frozenset()  # words after which a verb can stand at the head of a clause
    leading: frozenset[str] = frozenset()  # words that can stand before a clause's subject
    refusing: frozenset[str] = frozenset()  # words that negate, joined to the clause before or not
    explaining: frozenset[str] = frozenset()  # words that can belong to a speaker's name, title or circumstances

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The table of all cue files of the folders.

        Raises KnowledgeError where a file has unknown keys, values or roots.
        """
        table = cls()
        for path in files_in(folders, "cues", ".yaml"):
            content = read_yaml(path)
            if path.name == "particles.yaml":
                for name, words in content.items():
                    known = table.particles.get(name, frozenset())
                    table.particles[name] = known | {fold(word) for word in _words(str(path), name, words)}
            elif path.name == "sources.yaml":
                table._load_sources(path, content)
            else:
                table._load_family(path, content)
        table.endings = {name: tuple(sorted(words)) for name, words in table.particles.items()}
        table.explaining = table._union("adverbs", "glue") | frozenset(table.modifiers)
        refusals, joining = table._union("refusals"), table._union("joining")
        table.refusing = refusals | {joined + form for joined in joining for form in refusals}
        table.leading = table._union("preceding", "auxiliaries", "conjunctions", "breaks")
        table.heading = table._union("relatives", "complementisers", "adverbs", "which", "negators") | table._union(
            "auxiliaries", "conjunctions", "breaks"
        )
        return table

    def _union(self, *names: str) -> frozenset[str]:
        return frozenset().union(*(self.particles.get(name, frozenset()) for name in names))

    def register(self, builder: LexiconBuilder) -> None:
        """Register cues in layer "cue" (entry: cue id) and source words in layer "cue_source" (entry: class id)."""
        for entry in self.entries.values():
            for word, features in entry.words:
                builder.add(
                    "cue",
                    word,
                    entry.cue.id,
                    features=features,
                    proclitics=entry.proclitics,
                    enclitics=entry.enclitics and "P" not in features,
                )
        for name, words in self.class_words.items():
            for word in words:
                for form, features in _definite_forms(word):
                    enclitics = self.classes[name].enclitics and features != "def"
                    builder.add("cue_source", form, name, features=features, enclitics=enclitics)

    def _load_family(self, path: Path, content: Any) -> None:
        family = check_keys(str(path), content, ("family", "role", "stance", "source", "entries"))
        for number, raw in enumerate(family["entries"], start=1):
            where = f"{path}: entry {number}"
            entry = check_keys(where, raw, ("id",), _KEYS)
            made = _read_entry(f"{path}: {entry['id']}", family, entry)
            self.entries[made.cue.id] = made
            self.cues[made.cue.id] = made.cue

    def _load_sources(self, path: Path, content: Any) -> None:
        top = check_keys(str(path), content, (), ("modifiers", "classes"))
        found: dict[str, list[str]] = {word: list(domains) for word, domains in self.modifiers.items()}
        for domain, words in top.get("modifiers", {}).items():
            for word in _words(str(path), domain, words):
                for form, _ in [(word, ""), *_accusative(word)]:
                    domains = found.setdefault(fold(form), [])
                    if domain not in domains:
                        domains.append(domain)
        self.modifiers = {word: tuple(domains) for word, domains in found.items()}
        for raw in top.get("classes", []):
            entry = check_keys(str(path), raw, ("id", "words", "name", "kind"), _CLASS_KEYS)
            where = f"{path}: {entry['id']}"
            domains_of = {}
            for domain, value in entry.get("domains", {}).items():
                name, kind, *aliases = _words(where, domain, value)
                domains_of[domain] = (name, _one_of(SourceKind, kind, where), tuple(aliases))
            self.classes[entry["id"]] = SourceClass(
                entry["id"],
                entry["name"],
                _one_of(SourceKind, entry["kind"], where),
                tuple(entry.get("aliases", ())),
                entry.get("definite") == "yes",
                entry.get("enclitics") == "yes",
                domains_of,
                entry.get("domain", ""),
            )
            self.class_words[entry["id"]] = tuple(_words(where, "words", entry["words"]))


def _words(where: str, key: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise KnowledgeError(f"{where}: expected a list of words at '{key}', found {value!r}")
    return value


def _one_of(choices: Any, value: str, where: str) -> Any:
    try:
        return choices(value)
    except ValueError as error:
        allowed = ", ".join(choices)
        raise KnowledgeError(f"{where}: expected one of {allowed}, found '{value}'") from error


def _definite_forms(word: str) -> list[tuple[str, str]]:
    """The word as written and, for one word without it, with the article; feature "def" marks the latter."""
    article = with_article("")
    if word.startswith(article):
        return [(word, "def")]
    if " " in word:
        return [(word, "")]
    return [(word, ""), (with_article(word), "def"), *_accusative(word)]


def _accusative(word: str) -> list[tuple[str, str]]:
    """The indefinite accusative of a word, where it is spelled differently."""
    if word.startswith(with_article("")):
        return []
    return [(form, "") for form, feature in inflect_noun(word, plural=[], dual=False) if feature == "sg.acc"]


def _read_entry(where: str, family: Mapping[str, Any], entry: Mapping[str, Any]) -> CueEntry:
    role = entry.get("role", family["role"])
    if role not in ROLES:
        raise KnowledgeError(f"{where}: expected one of {', '.join(ROLES)}, found role '{role}'")
    lists = {key: frozenset(fold(word) for word in _words(where, key, entry.get(key, []))) for key in _LISTS}
    cue = Cue(
        id=entry["id"],
        family=family["family"],
        role=role,
        stance=_one_of(Stance, entry.get("stance", family["stance"]), where),
        complement=entry.get("complement", "object" if role == "act" else "clause"),
        negated=_one_of(Stance, entry["negated"], where) if "negated" in entry else None,
        required=entry.get("required") == "yes",
        carrier=entry.get("carrier") == "yes",
        relay=entry.get("relay") == "yes",
        as_said=entry.get("as") == "yes",
        negation=entry.get("negation") == "yes",
        needs_speaker=entry.get("needs_speaker") == "yes",
        noun_like=entry.get("noun_like") == "yes",
        impersonal=entry.get("impersonal") == "yes",
        not_to=entry.get("not_to") == "yes",
        addresses=entry.get("addresses") == "yes",
        at_head=entry.get("at_head") == "yes",
        reach=entry.get("reach", "after"),
        prepositions=lists["prepositions"],
        origins=lists["from"],
        needs=lists["needs"],
        not_objects=lists["not_objects"],
        followed=lists["followed"],
        speakers=frozenset(entry.get("speakers", ())),
    )
    return CueEntry(
        cue,
        tuple(_spell(where, entry)),
        entry.get("enclitics", "yes" if "root" in entry else "no") == "yes",
        entry.get("proclitics", "yes") == "yes",
        tuple(entry.get("examples", ())),
        tuple(entry.get("non_examples", ())),
    )


def _spell(where: str, entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Spellings of an entry with a code of readings.

    F finite (f, m: third person feminine, masculine singular), V passive, P participle in the accusative, M masdar.
    """
    words = [(phrase, "F") for phrase in entry.get("phrases", ())]
    if "root" not in entry:
        if not words:
            raise KnowledgeError(f"{where}: expected 'root' or 'phrases', found neither")
        return words
    try:
        pairs = inflect_verb(
            entry["root"],
            entry.get("form", "I"),
            vowels=entry.get("vowels", ""),
            masdar=tuple(entry.get("masdar", ())),
        )
    except ValueError as error:
        raise KnowledgeError(f"{where}: {error}") from error
    for word, features in pairs:
        code = "".join(sorted({letter for feature in features.split("|") for letter in _code(feature, entry)}))
        if code:
            words.append((word, code))
    return words


def _code(feature: str, entry: Mapping[str, Any]) -> str:
    name, _, rest = feature.partition(".")
    if entry.get("duals") == "no" and rest.endswith("d"):
        return ""
    if name in ("perf", "impf", "sub"):
        gender = {"3ms": "m", "3fs": "f"}.get(rest, "")
        return f"F{gender}" if rest in _THIRD else ""
    if name in ("perf_pass", "impf_pass"):
        return "V" if rest in _THIRD else ""
    if name == "act_part":
        good = rest.endswith(".acc") or rest in ("fs", "mp", "md", "fp")
        return "P" if good and entry.get("participles") != "no" else ""
    if name == "masdar":
        good = "def" not in rest and entry.get("nominal") == "yes" and entry.get("masdars") != "no"
        return "M" if good else ""
    return ""
