"""What commands that code documents share: options to reader, format and output, progress, and the exit code."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

import typer

from riwaya.model import Failure, Report, RiwayaError

if TYPE_CHECKING:
    from riwaya.documents import DocumentOptions
    from riwaya.export import Export, ExportOptions
    from riwaya.reading.reader import Reader

T = TypeVar("T")
OK, SOME_FAILED, USAGE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
_SAME_PRESS = 1.0  # seconds
_NEW_OBJECTS = 50_000  # made between two looks for garbage; a report makes some thousands
_FEW = 3  # files that need no progress bar
_MANY_BYTES = 1_000_000  # nor does a file smaller than this


def make_reader(folders: tuple[Path, ...]) -> Reader:
    """A reader with the packaged knowledge and the user's folders, for a process that does little else than read.

    Garbage is looked for less often there, and not in the knowledge, which stays.
    """
    from riwaya.reading.reader import Reader

    reader = Reader(folders=folders)
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    return reader


def document_options(published: str | None, outlet: str | None, title: str | None) -> DocumentOptions:
    """What the user says of the documents. Raises typer.BadParameter where ``published`` is no day."""
    from datetime import date

    from riwaya.documents import DocumentOptions
    from riwaya.documents.dates import read_date

    if published is not None and read_date(published) is None:
        raise typer.BadParameter(f"expected a day as YYYY-MM-DD, found {published!r}", param_hint="--published")
    return DocumentOptions(published=published, outlet=outlet, title=title, today=date.today())


def choose_format(name: str | None, output: Path | None) -> Export:
    """The format asked for, else that of the file's ending, else a table on a terminal and JSON lines elsewhere."""
    from riwaya.export import export_by_name, export_by_path

    known = export_by_path(output) if name is None and output is not None else None
    if known:
        return known
    try:
        return export_by_name(name or ("table" if output is None and sys.stdout.isatty() else "jsonl"))
    except RiwayaError as error:
        raise typer.BadParameter(str(error), param_hint="--format") from error


def export_options(output: Path | None) -> ExportOptions:
    """How to write: as wide as the terminal, 100 columns elsewhere."""
    from riwaya.export import ExportOptions

    terminal = output is None and sys.stdout.isatty()
    return ExportOptions(width=shutil.get_terminal_size((100, 40)).columns if terminal else 100, terminal=terminal)


def open_output(output: Path | None) -> AbstractContextManager[BinaryIO]:
    """The file, or standard output. Raises RiwayaError where the file cannot be written."""
    if output is None or str(output) == "-":
        return _standard_output()
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        return output.open("wb")
    except OSError as error:
        raise RiwayaError(f"{output}: cannot be written: {error.strerror}") from error


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Standard output; ends the program without a word where its reader has gone (`| head`)."""
    try:
        yield cast(BinaryIO, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or closing it would complain once more
        raise typer.Exit(BROKEN_PIPE) from None


class Run:
    """One run over documents: what was coded, what failed, and whether it was cut short."""

    def __init__(
        self, paths: Sequence[str], options: DocumentOptions, maker: Callable[[], Reader], jobs: int = 1
    ) -> None:
        """Prepare a run; nothing is opened yet."""
        self.paths, self.options, self.maker, self.jobs = paths, options, maker, jobs
        self.coded = self.failed = 0
        self.interrupted = False
        self._coding = False
        self._advance: Callable[[], object] = lambda: None

    def results(self, convert: Callable[[Report | Failure], T]) -> Iterator[T]:
        """``convert(report)`` for each document in order. Ctrl-C ends it, so that what is written stays whole."""
        from riwaya.corpus.processes import code_documents
        from riwaya.documents import read_documents

        documents = read_documents(self.paths, self.options)
        pieces = code_documents(documents, self.maker, convert, self.jobs)
        with self._heeding_interrupts():
            while not self.interrupted:
                self._coding = True
                try:
                    piece = next(pieces)
                except StopIteration:
                    return
                except KeyboardInterrupt:
                    self.interrupted = True
                    return
                finally:
                    self._coding = False
                yield piece

    @contextmanager
    def _heeding_interrupts(self) -> Iterator[None]:
        """Let Ctrl-C stop the coding at once, but never the writing of a report in its middle."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        pressed: list[float] = []

        def stop(number: int, frame: object) -> None:
            """Remember the press; the second one, some time after the first, ends the program."""
            # one press may arrive twice, from the terminal and from the program that started this one
            again = bool(pressed) and time.monotonic() - pressed[0] > _SAME_PRESS
            pressed.append(time.monotonic())
            first, self.interrupted = not self.interrupted, True
            if again or (first and self._coding):
                raise KeyboardInterrupt

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def count(self, failure: Failure | None) -> None:
        """Note one document as coded, or as failed with a message on standard error."""
        self._advance()
        if failure is None:
            self.coded += 1
            return
        self.failed += 1
        where = failure.origin if failure.line is None else f"{failure.origin}:{failure.line}"
        print(f"riwaya: {where}: {failure.reason}", file=sys.stderr)

    def exit_code(self) -> int:
        """0 all well, 1 some failed, 130 interrupted."""
        if self.interrupted:
            print(f"riwaya: interrupted after {self.coded:,} reports", file=sys.stderr)
            return INTERRUPTED
        return SOME_FAILED if self.failed else OK

    @contextmanager
    def progress(self, shown: bool) -> Iterator[None]:
        """A bar on standard error, where that is a terminal, ``shown`` is true and there is much to read."""
        if not (shown and sys.stderr.isatty() and self._is_long()):
            yield
            return
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), MofNCompleteColumn(), TextColumn("reports"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("reading", total=self._total())
            self._advance = lambda: bar.advance(task)
            yield
            self._advance = lambda: None

    def _is_long(self) -> bool:
        from riwaya.documents import count_files

        files = [Path(path) for path in self.paths if Path(path).is_file()]
        return count_files(self.paths) > _FEW or any(file.stat().st_size > _MANY_BYTES for file in files)

    def _total(self) -> int | None:
        """The number of reports where each file is one, None where files hold many."""
        from riwaya.documents import count_files

        many = any(Path(path).is_file() and Path(path).stat().st_size > _MANY_BYTES for path in self.paths)
        return None if many else count_files(self.paths)
