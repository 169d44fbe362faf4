"""All that the reader knows, compiled from the data folders; where the result is kept, see :mod:`compiled`."""

from __future__ import annotations

import gc
import logging
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.calendar import Calendar
from riwaya.knowledge.compiled import (
    SHIPPED,
    cache_folder,
    content_key,
    input_files,
    read_compiled,
    read_pointer,
    state_key,
    write_compiled,
    write_pointer,
)
from riwaya.knowledge.conflicts import ConflictTable
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
from riwaya.model import KnowledgeError

log = logging.getLogger(__name__)


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
    conflicts: ConflictTable
    weights: Weights
    key: str  # hash of the files it was compiled from


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
    conflicts = ConflictTable.load(folders, tables["actors"])
    weights = Weights.load(folders)
    return Knowledge(lexicon=builder.build(), conflicts=conflicts, weights=weights, key=key, **tables)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: hundreds of thousands of small objects that stay triple its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(folders: Iterable[Path], key: str) -> Knowledge | None:
    """The knowledge kept under a key in one of the folders, None where it is absent, damaged or of another version."""
    for folder in folders:
        data = read_compiled(folder, key)
        if data is None:
            continue
        try:
            with _uncollected():
                known = pickle.loads(data)
        except Exception as error:
            log.warning("compiled knowledge %s in %s is not readable (%s); rebuilding", key, folder, error)
            continue
        if isinstance(known, Knowledge):
            return known
    return None


def load_knowledge(folders: Sequence[Path] = (), *, cached: bool = True) -> Knowledge:
    """The packaged knowledge with the user's folders added, as compiled before where no file has changed since.

    Raises KnowledgeError where a file is not as it must be.
    """
    everything = [DATA, *folders]
    for folder in folders:
        if not folder.is_dir():
            raise KnowledgeError(f"{folder}: expected a folder of knowledge files, found none")
    paths = input_files(everything)
    if not cached:
        with _uncollected():
            return compile_knowledge(everything, content_key(paths))
    cache, state = cache_folder(), state_key(paths)
    key = read_pointer(cache, state)
    pointed = key is not None
    known = _read((SHIPPED, cache), key or (key := content_key(paths)))
    if known is None:
        with _uncollected():
            known = compile_knowledge(everything, key := content_key(paths))
            write_compiled(cache, key, pickle.dumps(known, protocol=pickle.HIGHEST_PROTOCOL))
    if not pointed or known.key != key:
        write_pointer(cache, state, known.key)
    return known


def ship_knowledge(folder: Path = SHIPPED) -> Path:
    """Compile the packaged knowledge into a folder that goes with the package; gives back the file written.

    Raises KnowledgeError where a file is not as it must be, OSError where the folder cannot be written.
    """
    known = load_knowledge(cached=False)
    data = pickle.dumps(known, protocol=pickle.HIGHEST_PROTOCOL)
    folder.mkdir(parents=True, exist_ok=True)
    return write_compiled(folder, known.key, data, strict=True)
