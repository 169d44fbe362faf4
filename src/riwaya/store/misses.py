"""Why an account is not in an incident: the happenings that come nearest to it, with the terms that keep them out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select

from riwaya.incidents.compare import PairScore, compare_profiles, profile_of
from riwaya.incidents.link import pair_terms
from riwaya.incidents.nearness import day_number
from riwaya.store.engine import Store
from riwaya.store.filters import joined
from riwaya.store.linking import load_rules
from riwaya.store.queries import ADMIN, incident_accounts
from riwaya.store.redaction import Viewer
from riwaya.store.tables import event_places, events, revisions

Data = dict[str, Any]
_DAYS = 4  # round the incident's days and publications in which others are looked for
_MOST = 60  # incidents that are compared


def low_pairs(store: Store, id: str, viewer: Viewer = ADMIN, *, size: int = 10) -> tuple[Data, ...]:
    """For the incidents that come nearest the pair that fits best and yet falls short, the best first.

    ``a`` is the account of the given incident, ``incident`` the other's. Compared are incidents of compatible kinds
    at its places, or of its reports, in the days around.
    """
    rules = load_rules(store)
    with store.reading() as connection:
        own = incident_accounts(connection, id, viewer)
        if not own:
            return ()
        kinds = {account.kind for account in own}
        alike = [kind for kind in _all_kinds(rules.groups, kinds) if any(rules.fit_of_kinds(kind, k) for k in kinds)]
        names = {place.name for account in own for place in account.places if place.level != "country"}
        here = events.c.number.in_(select(event_places.c.event).where(event_places.c.name.in_(names)))
        reports = revisions.c.report.in_(
            select(events.c.report).select_from(joined()).where(events.c.incident == id).distinct()
        )
        low, high = _days(sorted({day for a in own for day in (a.from_, a.published) if day}))
        when = or_(and_(events.c.from_day >= low, events.c.from_day <= high), revisions.c.day.between(low, high))
        query = select(events.c.incident).select_from(joined()).distinct()
        query = query.where(or_(here, reports), when, events.c.kind.in_(sorted(alike)), events.c.incident != id)
        others = list(connection.execute(query.order_by(events.c.incident).limit(_MOST)).scalars())
        best: list[tuple[PairScore, str]] = []
        profiles = [profile_of(account) for account in own]
        for other in others:
            found = [profile_of(account) for account in incident_accounts(connection, other, viewer)]
            pairs = [compare_profiles(a, b, rules) for a in profiles for b in found]
            short = [pair for pair in pairs if rules.forbidden < pair.score < rules.threshold]
            if short and not any(pair.score >= rules.threshold for pair in pairs):
                best.append((max(short, key=lambda pair: (pair.score, pair.a, pair.b)), other))
    keys = {account.key for account in own}
    ordered = sorted(best, key=lambda each: (-each[0].score, each[0].a, each[0].b))
    return tuple(_plain(pair, other, mine_first=pair.a in keys) for pair, other in ordered[:size])


def _plain(pair: PairScore, other: str, *, mine_first: bool) -> Data:
    mine, its = (pair.a, pair.b) if mine_first else (pair.b, pair.a)
    return {"a": list(mine), "b": list(its), "score": pair.score, "terms": pair_terms(pair), "incident": other}


def _all_kinds(groups: tuple[tuple[str, frozenset[str]], ...], own: set[str]) -> set[str]:
    return own.union(*(kinds for _, kinds in groups))


def _days(days: list[str]) -> tuple[str, str]:
    from riwaya.incidents.dossier_scope import day_before

    known = [day for day in days if day_number(day) is not None]
    return (day_before(known[0], _DAYS), day_before(known[-1], -_DAYS)) if known else ("", "9999")
