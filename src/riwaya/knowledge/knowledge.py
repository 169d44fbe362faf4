"""All that the reader knows, loaded from the data folders and compiled to a cache keyed by content.

The cache lies in the user's cache folder (or ``RIWAYA_CACHE``), one file a content key, written whole and then moved
into place, so that processes that start at once cannot see half a file; a stale or damaged one is rebuilt.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import os
import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.calendar import Calendar
from riwaya.knowledge.control import ControlTable
from riwaya.knowledge.countables import CountableTable
from riwaya.knowledge.cues import CueTable
from riwaya.knowledge.functions import FunctionTable
from riwaya.knowledge.kinds import KindTable
from riwaya.knowledge.lexicon import Lexicon, LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.knowledge.numbers import NumberTable
from riwaya.knowledge.places import PlaceTable
from riwaya.knowledge.weights import Weights

log = logging.getLogger(__name__)

_SUFFIXES = (".yaml", ".tsv", ".json")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The compiled knowledge. Plain data: picklable, and safe to share between threads."""

    lexicon: Lexicon
    actors: ActorTable
    places: PlaceTable
    calendar: Calendar
    numbers: NumberTable
    countables: CountableTable
    cues: CueTable
    kinds: KindTable
    functions: FunctionTable
    control: ControlTable
    weights: Weights
    key: str  # hash of the files it was compiled from


def _inputs(folders: Sequence[Path]) -> list[Path]:
    code = sorted(Path(__file__).parent.glob("*.py")) + sorted((Path(__file__).parent.parent / "text").glob("*.py"))
    data = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in _SUFFIXES]
    return [*code, *data]


def _content_key(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def _stat_key(paths: Sequence[Path]) -> str:
    """A key of names, sizes and modification times: cheap, and it only ever points to a content key."""
    digest = hashlib.sha256()
    for path in paths:
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:32]


def compile_knowledge(folders: Sequence[Path], key: str = "") -> Knowledge:
    """The knowledge of the data folders, built from the files themselves.

    Raises KnowledgeError where a file is not as it must be.
    """
    tables: dict[str, Any] = {
        "actors": ActorTable.load(folders),
        "places": PlaceTable.load(folders),
        "calendar": Calendar.load(folders),
        "numbers": NumberTable.load(folders),
        "countables": CountableTable.load(folders),
        "cues": CueTable.load(folders),
        "kinds": KindTable.load(folders),
        "functions": FunctionTable.load(folders),
        "control": ControlTable.load(folders),
    }
    builder = LexiconBuilder()
    for table in tables.values():
        table.register(builder)
    return Knowledge(lexicon=builder.build(), weights=Weights.load(folders), key=key, **tables)


def _cache_folder() -> Path:
    chosen = os.environ.get("RIWAYA_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("riwaya", appauthor=False))


def _read_cached(path: Path) -> Knowledge | None:
    """The knowledge kept in a cache file, None where it is absent, damaged or of another version."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data[32:]).digest() != data[:32]:
        log.warning("knowledge cache %s is damaged; rebuilding", path)
        return None
    collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of small tuples: collection triples the time
    try:
        known = pickle.loads(data[32:])
    except Exception as error:
        log.warning("knowledge cache %s is not readable (%s); rebuilding", path, error)
        return None
    finally:
        if collecting:
            gc.enable()
    return known if isinstance(known, Knowledge) else None


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing; a folder that cannot be written is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.replace(name, path)
    except OSError as error:
        log.warning("knowledge cache %s cannot be written: %s", path, error)


def load_knowledge(folders: Sequence[Path] = (), *, cached: bool = True) -> Knowledge:
    """The packaged knowledge with the user's folders added, from the cache where it is up to date.

    Raises KnowledgeError where a file is not as it must be.
    """
    everything = [DATA, *folders]
    for folder in folders:
        if not folder.is_dir():
            from riwaya.model import KnowledgeError

            raise KnowledgeError(f"{folder}: expected a folder of knowledge files, found none")
    paths = _inputs(everything)
    if not cached:
        return compile_knowledge(everything, _content_key(paths))
    cache = _cache_folder()
    pointer = cache / f"{_stat_key(paths)}.json"
    try:
        key = json.loads(pointer.read_text(encoding="utf-8"))["key"]
    except (OSError, ValueError, KeyError, TypeError):
        key = _content_key(paths)
    stored = cache / f"{key}.pickle"
    known = _read_cached(stored)
    if known is None:
        key = _content_key(paths)
        known = compile_knowledge(everything, key)
        body = pickle.dumps(known, protocol=pickle.HIGHEST_PROTOCOL)
        _write_whole(cache / f"{key}.pickle", hashlib.sha256(body).digest() + body)
    if not pointer.exists():
        _write_whole(pointer, json.dumps({"key": key}).encode())
    return known
