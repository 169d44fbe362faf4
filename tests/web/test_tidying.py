"""A full collection of garbage is made when nobody waits, and not within a page."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from riwaya.web import tidying


@pytest.fixture
def thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("since", "quiet", "due"), [(10, 10, False), (61, 0.5, False), (61, 2, True), (901, 0, True), (0, 900, False)]
)
def test_when_it_is_time(since: float, quiet: float, due: bool) -> None:
    assert tidying.is_due(since, quiet) is due


def test_it_collects_once_after_requests_and_then_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, collected = [1000.0], list[float]()
    app: Any = SimpleNamespace(state=SimpleNamespace(asked=1001.0))
    monkeypatch.setattr(tidying.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(tidying.gc, "collect", lambda: collected.append(clock[0]))
    last = 1000.0
    for clock[0] in (1040.0, 1080.0, 1120.0, 1160.0):
        last = tidying.tidy(app, last)
    assert collected == [1080.0]  # 80 s on; nobody asked anything after it
    app.state.asked = 1170.0
    clock[0] = 1170.5
    assert tidying.tidy(app, last) == last


@pytest.mark.usefixtures("thresholds")
def test_no_page_makes_a_full_collection() -> None:
    tidying.spare_pages()
    assert gc.get_threshold()[2] > 1_000_000
