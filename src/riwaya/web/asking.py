"""The filter of a page in its address, and the store behind it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request

from riwaya.store import Store
from riwaya.store.filters import Filter

PER_PAGE = 40
_NAME = Query(max_length=200)
Name = Annotated[str | None, _NAME]
Names = Annotated[list[str], Query(max_length=40)]


def _day(name: str, value: str | None) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise HTTPException(422, f"{name}: expected a day like 2018-05-21") from None


def _yes(value: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(value or "")


def asked_filter(
    kind: Names = [], status: Names = [], stance: Names = [], source_kind: Names = [], outlet: Names = [],  # noqa: B006 - FastAPI copies them
    place: Name = None, actor: Name = None, source: Name = None, q: Name = None, since: Name = None,
    until: Name = None, disputed: Name = None, reviewed: Name = None,
) -> Filter:  # fmt: skip
    """The filter that an address asks for; days inclusive, ``disputed`` and ``reviewed`` as `yes` or `no`."""
    return Filter(
        tuple(kind), _text(place), _text(actor), _text(source), tuple(source_kind), tuple(stance), tuple(status),
        tuple(outlet), _day("since", since), _day("until", until), _yes(disputed), _yes(reviewed), None, _text(q),
    )  # fmt: skip


def _text(value: str | None) -> str | None:
    kept = re.sub(r"[\x00-\x1f]", " ", value or "").strip()
    return kept.encode("utf-8", "replace").decode() or None


def store_of(request: Request) -> Store:
    """The store. Raises 404 where the workbench runs without one."""
    store: Store | None = request.app.state.store
    if store is None:
        raise HTTPException(404, "this workbench runs without a store: start it with --store FILE")
    return store


Asked = Annotated[Filter, Depends(asked_filter)]
Kept = Annotated[Store, Depends(store_of)]
Start = Annotated[int, Query(ge=0, le=10_000_000)]
