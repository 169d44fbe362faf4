"""The filter of a page in its address, and the store behind it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request

from riwaya.store import Store
from riwaya.store.filters import Filter
from riwaya.web.page import canonical_for

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
    request: Request, kind: Names = [], status: Names = [], stance: Names = [],  # noqa: B006 - FastAPI copies them
    source_kind: Names = [], outlet: Names = [],  # noqa: B006 - the same
    place: Name = None, actor: Name = None, source: Name = None, q: Name = None, since: Name = None,
    until: Name = None, disputed: Name = None, reviewed: Name = None, area: Name = None,
) -> Filter:  # fmt: skip
    """The filter that an address asks for.

    Days are inclusive; ``disputed`` and ``reviewed`` are `yes` or `no`; ``area`` is `south,west,north,east` in degrees;
    a place, actor or source may be named in Arabic.
    """
    where, who, by = (canonical_for(request, _text(each)) for each in (place, actor, source))
    return Filter(
        tuple(kind), where, who, by, tuple(source_kind), tuple(stance), tuple(status), tuple(outlet),
        _day("since", since), _day("until", until), _yes(disputed), _yes(reviewed), None, _text(q), _area(area),
    )  # fmt: skip


def _area(value: str | None) -> tuple[float, float, float, float] | None:
    """Degrees of an area. Raises 422 where they are none."""
    if not value:
        return None
    try:
        south, west, north, east = (float(each) for each in value.split(","))
    except ValueError:
        raise HTTPException(422, "area: expected south,west,north,east in degrees") from None
    if not (-90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180):
        raise HTTPException(422, "area: expected degrees, from south to north")
    return south, west, north, east


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
