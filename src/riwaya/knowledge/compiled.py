"""Where compiled knowledge is kept, and by what key it is found.

It lies beside the package where it was shipped with it, else in the user's cache folder (or ``RIWAYA_CACHE``): one file
a content key, which is a hash of the data files and of the code that compiles them. A file is written whole and then
moved into place, so that processes that start at once cannot see half of it; a damaged one counts as absent. Hashing
all files costs ten times as much as looking at their sizes and dates, so a pointer leads from these to the content key.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

log = logging.getLogger(__name__)

_HERE = Path(__file__).parent
SHIPPED = _HERE / "shipped"
_SUFFIXES = (".yaml", ".tsv", ".json")
_DIGEST = 32  # bytes of the hash before the data
_KEPT = {".pickle": 8, ".json": 64}  # files of each sort that stay in the cache, the newest


def input_files(folders: Sequence[Path]) -> list[Path]:
    """The files on which compiled knowledge depends: those of the folders, and the code that reads them."""
    package = _HERE.parent
    code = [*sorted(_HERE.glob("*.py")), *sorted((package / "text").glob("*.py")), package / "model.py"]
    data = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in _SUFFIXES]
    return [*code, *data]


def content_key(paths: Sequence[Path]) -> str:
    """A key of names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def state_key(paths: Sequence[Path]) -> str:
    """A key of names, sizes and modification times: cheap, and it only ever points to a content key."""
    digest = hashlib.sha256()
    for path in paths:
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:32]


def cache_folder() -> Path:
    """The folder of ``RIWAYA_CACHE``, else the user's cache folder for this program."""
    chosen = os.environ.get("RIWAYA_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("riwaya", appauthor=False))


def read_pointer(folder: Path, state: str) -> str | None:
    """The content key to which a state key points, None where none is known."""
    try:
        key = json.loads((folder / f"{state}.json").read_text(encoding="utf-8"))["key"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return key if isinstance(key, str) else None


def write_pointer(folder: Path, state: str, key: str) -> None:
    """Let a state key point to a content key."""
    _write_whole(folder / f"{state}.json", json.dumps({"key": key}).encode())


def read_compiled(folder: Path, key: str) -> bytes | memoryview | None:
    """What was kept under a key, None where it is absent or damaged."""
    path = folder / f"{key}.pickle"
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = memoryview(data)[_DIGEST:]
    if hashlib.sha256(body).digest() != data[:_DIGEST]:
        log.warning("compiled knowledge %s is damaged; rebuilding", path)
        return None
    return body


def write_compiled(folder: Path, key: str, body: bytes, *, strict: bool = False) -> Path:
    """Keep compiled knowledge under a key, and drop the oldest beyond those that are kept; gives back its file.

    A folder that cannot be written is no error unless ``strict``: then it raises OSError.
    """
    path = folder / f"{key}.pickle"
    _write_whole(path, hashlib.sha256(body).digest() + body, strict=strict)
    for suffix, number in _KEPT.items():
        _drop_oldest(folder, suffix, number)
    return path


def _drop_oldest(folder: Path, suffix: str, kept: int) -> None:
    """Remove all but the newest files of a suffix; what another process removes first, or still reads, is no error."""
    dated: list[tuple[int, Path]] = []
    for path in folder.glob(f"*{suffix}"):
        try:
            dated.append((path.stat().st_mtime_ns, path))
        except OSError:
            continue
    for _, path in sorted(dated, reverse=True)[kept:]:
        try:
            path.unlink()
        except OSError as error:
            log.debug("%s stays: %s", path, error)


def _write_whole(path: Path, data: bytes, *, strict: bool = False) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.replace(name, path)
    except OSError as error:
        if strict:
            raise
        log.warning("compiled knowledge %s cannot be written: %s", path, error)
