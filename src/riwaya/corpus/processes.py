"""Code many documents, in one process or in several, in the order in which they came."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import PurePath
from typing import Protocol, TypeVar

from riwaya.model import Document, Failure, Report

log = logging.getLogger(__name__)
Item = Report | Failure
T = TypeVar("T")
_CHUNK = 16  # documents sent to a process at once
_LOOK = 1.0  # seconds between two looks at whether the process that started this one is still there
_AHEAD = 4  # chunks a process that wait to be coded


class DocumentReader(Protocol):
    """What codes a document: :class:`riwaya.reading.reader.Reader`."""

    def read_document(self, document: Document, *, explain: bool = False) -> Report:
        """The coded report."""
        ...


MakeReader = Callable[[], DocumentReader]
_worker_reader: list[DocumentReader] = []  # one reader a worker process, made when the process starts


def code_document(reader: DocumentReader, item: Document | Failure) -> Item:
    """The coded report, or a Failure that says why there is none. A fault of the reader is one document's failure."""
    if isinstance(item, Failure):
        return item
    try:
        return reader.read_document(item)
    except Exception as error:  # one report must not end a run of thousands
        log.debug("coding %s failed", item.origin or item.id, exc_info=True)
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{PurePath(where.filename).name}:{where.lineno}"
        return Failure(item.origin or item.id, f"the reader failed at {place}: {type(error).__name__}: {error}")


def code_documents(
    items: Iterable[Document | Failure],
    make_reader: MakeReader,
    convert: Callable[[Item], T],
    jobs: int = 1,
) -> Iterator[T]:
    """``convert(report)`` for each document, in order; lazy, holding at most a few chunks.

    ``convert`` runs in the process that coded the report, so that only what is wanted of it is sent back.
    """
    if jobs <= 1:
        reader = make_reader()
        for item in items:
            yield convert(code_document(reader, item))
        return
    yield from _in_processes(iter(items), make_reader, convert, jobs)


def _start_worker(make_reader: MakeReader) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _worker_reader[:] = [make_reader()]


def _end_with(parent: int) -> None:
    """End this process once the one that started it is gone: it may have been killed, and told nobody."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _work(items: list[Document | Failure], convert: Callable[[Item], T]) -> list[T]:
    return [convert(code_document(_worker_reader[0], item)) for item in items]


def _in_processes(
    items: Iterator[Document | Failure], make_reader: MakeReader, convert: Callable[[Item], T], jobs: int
) -> Iterator[T]:
    waiting: deque[Future[list[T]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(make_reader,)) as pool:
        try:
            while True:
                while len(waiting) < jobs * _AHEAD and (chunk := list(islice(items, _CHUNK))):
                    waiting.append(pool.submit(_work, chunk, convert))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)  # without waiting its thread meets closed pipes at exit
