"""Read the files of event kinds: ``<kind>.yaml``, and the shared ones, whose names begin with ``_``.

The form of a trigger is in the reference (``docs``); the checks here say what a file may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from riwaya.knowledge.inflect import Pairs, inflect_adjective, inflect_noun, inflect_verb
from riwaya.knowledge.kinds import ROLES, STRENGTHS, KindEntry, LightVerb, Modifier, Trigger
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import FAMILIES, Kind, KnowledgeError, Status
from riwaya.text.normalise import fold

_KIND_KEYS = ("kind", "label", "acled", "plover", "cameo", "line", "source", "triggers")
_TRIGGER_KEYS = (
    "pos", "verb", "tail", "forms", "plural", "strength", "frame", "result", "also", "excludes", "needs", "after",
    "before", "not_after", "supports", "participles", "masdars", "enclitics", "without", "dual", "examples",
    "non_examples", "source",
)  # fmt: skip
_LIGHT_KEYS = ("verb", "masdars", "participles", "forms", "noun", "subject", "object", "status", "examples", "source")
_MODIFIER_KEYS = ("lemmas", "reach", "examples", "non_examples", "source")
# Kinds that are told as somebody's words.
_SPEECH = (Kind.ACCUSATION, Kind.APPEAL, Kind.THREAT)
_COMPANIONS = ("excludes", "needs", "after", "before", "not_after", "supports")
_CIRCUMSTANCES = ("act_part.ms.acc", "act_part.fs", "act_part.mp")
_VERB_KEYS = ("vowels", "masdar")


@dataclass(slots=True)
class Parts:
    """What the files hold, before it becomes a table.

    ``examples``: (id of the trigger or modifier, kind, text, whether it is one).
    """

    kinds: dict[Kind, KindEntry] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    spellings: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    light_verbs: dict[str, LightVerb] = field(default_factory=dict)
    modifiers: list[Modifier] = field(default_factory=list)
    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    frames: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    examples: list[tuple[str, Kind, str, bool]] = field(default_factory=list)


def read_kinds(folders: Sequence[Path]) -> Parts:
    """All parts of ``<folder>/kinds/*.yaml``. Raises KnowledgeError with file, line, key, expected and found."""
    parts = Parts()
    files = files_in(folders, "kinds", ".yaml")
    readers = {"_words": _read_words, "_frames": _read_frames}
    for path in files:
        if path.stem in readers:
            readers[path.stem](path, parts)
    for path in files:
        if not path.stem.startswith("_"):
            _read_kind(path, parts)
    readers = {"_modifiers": _read_modifiers, "_light_verbs": _read_light_verbs}
    for path in files:
        if path.stem in readers:
            readers[path.stem](path, parts)
        elif path.stem.startswith("_") and path.stem not in ("_words", "_frames"):
            raise KnowledgeError(f"{path}: expected _words, _frames, _modifiers or _light_verbs, found {path.stem}")
    return parts


def _line(path: Path, key: str, index: int) -> str:
    """``path:line`` of the item ``index`` of the list under ``key`` (or of the file's list where key is "")."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if key and isinstance(node, yaml.MappingNode):
        node = next((value for name, value in node.value if name.value == key), node)
    if isinstance(node, (yaml.SequenceNode, yaml.MappingNode)) and index < len(node.value):
        item = node.value[index]
        mark = (item[0] if isinstance(item, tuple) else item).start_mark
        return f"{path}:{mark.line + 1}"
    return str(path)


def _items(path: Path, content: Any, key: str, convert: Any) -> Iterator[Any]:
    """``convert(entry)`` of each item; its errors get the item's file and line."""
    if not isinstance(content, list):
        raise KnowledgeError(f"{path}: expected a list{' under ' + key if key else ''}, found {type(content).__name__}")
    for index, entry in enumerate(content):
        try:
            yield convert(entry)
        except (KnowledgeError, ValueError) as error:
            raise KnowledgeError(f"{_line(path, key, index)}: {error}") from error


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise KnowledgeError(f"key '{key}': expected a list of words, found {value!r}")
    return tuple(value)


def _kind(value: str, key: str) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        raise KnowledgeError(f"key '{key}': expected one of {', '.join(Kind)}, found '{value}'") from None


def _read_words(path: Path, parts: Parts) -> None:
    content = check_keys(str(path), read_yaml(path), ("source", "groups"))
    for name, words in content["groups"].items():
        folded = {fold(word) for word in _texts(words, name)}
        parts.groups[f"@{name}"] = parts.groups.get(f"@{name}", frozenset()) | folded


def _read_frames(path: Path, parts: Parts) -> None:
    content = check_keys(str(path), read_yaml(path), ("source", "frames"))
    for name, slots in content["frames"].items():
        parts.frames[name] = _slots(slots, f"{path}: frame '{name}'")


def _slots(slots: Any, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(slots, Mapping):
        raise KnowledgeError(f"{where}: expected slots with roles, found {slots!r}")
    for role in slots.values():
        if role not in ROLES:
            raise KnowledgeError(f"{where}: expected a role of {', '.join(ROLES)}, found '{role}'")
    return tuple(slots.items())


def _read_kind(path: Path, parts: Parts) -> None:
    content = read_yaml(path)
    known = isinstance(content, Mapping) and content.get("kind") in parts.kinds
    required = ("kind", "source", "triggers") if known else _KIND_KEYS
    content = check_keys(str(path), content, required, _KIND_KEYS)
    kind = _kind(content["kind"], "kind")
    if not known:
        acled = check_keys(f"{path}: acled", content["acled"], ("disorder", "event", "sub_event"))
        family = next(name for name, kinds in FAMILIES.items() if kind in kinds)
        parts.kinds[kind] = KindEntry(
            kind, content["label"], family, acled["event"], acled["sub_event"], acled["disorder"],
            content["plover"] or None, content["cameo"] or None, content["line"], content["source"],
        )  # fmt: skip
    for _ in _items(path, content["triggers"], "triggers", lambda e: _add_trigger(e, kind, content["source"], parts)):
        pass


def _add_trigger(entry: Any, kind: Kind, source: str, parts: Parts) -> None:
    entry = check_keys("trigger", entry, ("lemma",), _TRIGGER_KEYS)
    lemma = entry["lemma"]
    key = f"{kind}:{lemma}"
    number = 2
    while key in parts.triggers:
        key = f"{kind}:{lemma}:{number}"
        number += 1
    strength = entry.get("strength", "strong")
    if strength not in STRENGTHS:
        raise KnowledgeError(f"key 'strength': expected {', '.join(STRENGTHS)}, found '{strength}'")
    frame = entry.get("frame", {})
    if isinstance(frame, str):
        if frame not in parts.frames:
            raise KnowledgeError(f"key 'frame': expected one of {', '.join(parts.frames)}, found '{frame}'")
        slots = parts.frames[frame]
    else:
        slots = _slots(frame, "key 'frame'")
    companions = {name: _companions(entry, name, parts) for name in _COMPANIONS}
    pos = entry.get("pos") or ("verb" if "verb" in entry else "phrase" if " " in lemma else "noun")
    parts.triggers[key] = Trigger(
        key, lemma, kind, pos, strength, slots, entry.get("result") == "true",
        tuple(_kind(value, "also") for value in _texts(entry.get("also", []), "also")),
        closed=entry.get("enclitics") == "false", source=entry.get("source", source), **companions,
    )  # fmt: skip
    without = {fold(word) for word in _texts(entry.get("without", []), "without")}
    parts.spellings[f"trigger:{key}"] = tuple(
        (written, features)
        for written, features in _spell(entry, pos)
        if fold(written) not in without and not _first_person(features, kind in _SPEECH)
    )
    for name, right in (("examples", True), ("non_examples", False)):
        parts.examples.extend((key, kind, text, right) for text in _texts(entry.get(name, []), name))


def _first_person(features: str, spoken: bool) -> bool:
    """Whether all readings are of the first person singular, which reports know only of what is said (أدين, أدعو)."""
    readings = features.split("|")
    if spoken and "impf.1s" in readings:
        return False
    return all(reading.endswith(".1s") or reading == "jus.1p" for reading in readings)


def _companions(entry: Mapping[str, Any], name: str, parts: Parts) -> tuple[str, ...]:
    words = _texts(entry.get(name, []), name)
    for word in words:
        if word.startswith("@") and word not in parts.groups:
            raise KnowledgeError(f"key '{name}': expected a group of {', '.join(parts.groups)}, found '{word}'")
    return tuple(word if word.startswith("@") else fold(word) for word in words)


def _spell(entry: Mapping[str, Any], pos: str) -> Pairs:
    """The spellings of a trigger or light verb with their features."""
    lemma = entry["lemma"]
    pairs: Pairs = []
    if "forms" in entry:
        pairs.extend((written, "fixed") for written in _texts(entry["forms"], "forms"))
        if "verb" not in entry:
            return pairs
    if "verb" in entry:
        verb = check_keys("key 'verb'", entry["verb"], ("root", "form"), _VERB_KEYS)
        inflected = inflect_verb(
            verb["root"],
            verb["form"],
            vowels=verb.get("vowels", ""),
            masdar=_texts(verb.get("masdar", []), "masdar"),
            participles=entry.get("participles", "true") != "false",
            masdars=entry.get("masdars", "true") == "true",
        )
        if entry.get("participles") == "circumstance":
            inflected = [pair for pair in inflected if _circumstance(pair[1])]
        for tail in _texts(entry.get("tail", []), "tail") or ("",):
            pairs.extend((f"{written} {tail}".strip(), features) for written, features in inflected)
        return pairs
    if pos == "adjective":
        return inflect_adjective(lemma, plural=_texts(entry.get("plural", []), "plural"))
    if pos == "phrase":
        return [(lemma, "fixed")]
    plural = _texts(entry["plural"], "plural") if "plural" in entry else None
    return inflect_noun(lemma, plural=plural, dual=entry.get("dual", "true") == "true")


def _circumstance(features: str) -> bool:
    """Whether a form is no participle, or an active one that may tell a circumstance (منددا, منددة, منددين)."""
    return any("part." not in r or r in _CIRCUMSTANCES for r in features.split("|"))


def _read_modifiers(path: Path, parts: Parts) -> None:
    content = check_keys(str(path), read_yaml(path), ("source", "modifiers"))

    def convert(entry: Any) -> None:
        """Read one modifier into the list."""
        entry = check_keys("modifier", entry, ("id", "on", "to", "words"), _MODIFIER_KEYS)
        reach = entry.get("reach", "0 3").split()
        to = _kind(entry["to"], "to")
        on = tuple(_kind(value, "on") for value in _texts(entry["on"], "on"))
        words = _companions(entry, "words", parts)
        lemmas = _texts(entry.get("lemmas", []), "lemmas")
        source = entry.get("source", content["source"])
        parts.modifiers.append(Modifier(entry["id"], on, to, words, lemmas, (int(reach[0]), int(reach[1])), source))
        for name, right in (("examples", True), ("non_examples", False)):
            parts.examples.extend((entry["id"], to, text, right) for text in _texts(entry.get(name, []), name))

    for _ in _items(path, content["modifiers"], "modifiers", convert):
        pass


def _read_light_verbs(path: Path, parts: Parts) -> None:
    content = check_keys(str(path), read_yaml(path), ("source", "verbs"))

    def convert(entry: Any) -> None:
        """Read one light verb into the list."""
        entry = check_keys("light verb", entry, ("lemma", "noun"), _LIGHT_KEYS)
        status = entry.get("status")
        if status is not None and status not in list(Status):
            raise KnowledgeError(f"key 'status': expected one of {', '.join(Status)}, found '{status}'")
        key = f"{entry['lemma']}:{entry['noun']}"
        parts.light_verbs[key] = LightVerb(
            key, entry["lemma"], entry["noun"], entry.get("subject"), entry.get("object"), status,
            entry.get("source", content["source"]),
        )  # fmt: skip
        spelled = _spell({"participles": "circumstance", **entry}, "verb")
        parts.spellings[f"light:{key}"] = tuple(pair for pair in spelled if not _first_person(pair[1], False))

    for _ in _items(path, content["verbs"], "verbs", convert):
        pass
