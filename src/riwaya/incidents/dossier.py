"""Agreements with what follows from them: who asserts and denies, batches in order, violations, end, precedents.

A dossier gathers incidents round a deal: truces and deals of the same places and days are one; movements, releases,
surrenders and aid from or at those places by its parties in the weeks after are its steps. Nothing is decided: every
line keeps its voices, and `as of` a day only what had been published by then counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from riwaya.incidents.account import Account, AccountCount
from riwaya.incidents.disputes import Field, Voice, fields_of, figure, voice_of
from riwaya.incidents.link import Incident

DEALS = ("agreement", "ceasefire")
STEPS = ("evacuation", "withdrawal", "surrender", "release", "aid")
BREACHES = ("ceasefire_violation",)
ENDS = ("offensive", "capture")
FOLLOWING = (*DEALS, *STEPS, *BREACHES, *ENDS)
BEFORE, AFTER = 6, 45  # days round the first word of a deal in which its steps are looked for
_TOGETHER = 10  # days between two deals about the same places that are parts of one
_OLD = 45  # days before which a deal that the same reports name is a precedent
_WIDE = frozenset({"country", "admin1", "region", "natural"})
_UNREAL = ("planned", "hypothetical")
_WORDS = {"asserts": "asserted", "claims_responsibility": "asserted", "denies": "denied", "unconfirmed": "unconfirmed"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a deal: an incident in short. ``moved``: figures as text with their sources; days may be None."""

    incident: str
    kind: str
    ordinal: int | None
    day: str | None
    planned: bool
    from_: tuple[str, ...]
    to: tuple[str, ...]
    who: tuple[str, ...]
    moved: tuple[tuple[str, str, tuple[str, ...]], ...]
    fields: tuple[Field, ...]
    first_said: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A deal as the reports up to a day tell it. ``state``: a sentence in English that names no winner."""

    id: str
    incidents: tuple[str, ...]
    places: tuple[str, ...]
    first_said: str
    parties: tuple[str, ...]
    sponsors: tuple[str, ...]
    voices: tuple[Voice, ...]  # on the deal itself, by the day on which they spoke
    batches: tuple[Step, ...]
    terms: tuple[Step, ...]
    calms: tuple[Step, ...]
    violations: tuple[Step, ...]
    ends: tuple[Step, ...]
    precedents: tuple[Step, ...]
    state: str


def places_of(accounts: Iterable[Account]) -> tuple[str, ...]:
    """The exact places of a deal's accounts; those of their reports where the deal itself is told without a place."""
    own = [place.name for account in accounts for place in account.places if place.level not in _WIDE]
    if own:
        return tuple(dict.fromkeys(own))
    return tuple(dict.fromkeys(p.name for a in accounts for p in a.context if p.level not in _WIDE))[:6]


def build_dossier(anchor: Incident, near: Sequence[Incident], as_of: str | None = None) -> Dossier | None:
    """The dossier of a deal from the incidents near it; None where nothing of it had been said by ``as_of``."""
    known = [cut for each in (anchor, *near) if (cut := _as_of(each, as_of))]
    if not known or known[0].id != anchor.id:
        return None
    places = set(places_of(known[0].accounts))
    start = min(account.published for account in known[0].accounts)
    deals = [known[0], *(each for each in known[1:] if _is_same_deal(each, known[0], places, start))]
    accounts = [account for deal in deals for account in deal.accounts]
    places |= {name for deal in deals for name in places_of(deal.accounts)}
    reports = {account.report for account in accounts}
    deal_ids = {deal.id for deal in deals}
    steps = [
        _step(each)
        for each in known
        if each.id not in deal_ids and _belongs(each, places, reports, _parties_keys(accounts), start)
    ]
    old = [_step(each) for each in known if each.id not in deal_ids and _is_precedent(each, reports, start)]
    return _dossier(deals, places, accounts, steps, old)


def _dossier(
    deals: Sequence[Incident], places: set[str], accounts: Sequence[Account], steps: Sequence[Step], old: Sequence[Step]
) -> Dossier:
    voices = sorted(
        (voice_of(account, claim) for account in accounts if account.kind == deals[0].accounts[0].kind
         for claim in account.claims),
        key=lambda voice: (voice.published, voice.report, voice.source.name),
    )  # fmt: skip
    ordered = sorted(steps, key=lambda step: (step.ordinal or 99, step.day or step.first_said, step.incident))
    done = [step for step in ordered if step.kind in STEPS and not step.planned]
    calms = sorted((_step(deal) for deal in deals[1:]), key=lambda step: (step.day or step.first_said, step.incident))
    breaches = tuple(step for step in ordered if step.kind in BREACHES)
    ends = tuple(step for step in ordered if step.kind in ENDS and not step.planned)
    return Dossier(
        id=deals[0].id,
        incidents=tuple(deal.id for deal in deals),
        places=tuple(sorted(places)),
        first_said=min(account.published for account in accounts),
        parties=_names(party.name for account in accounts for party in account.agents),
        sponsors=_names(party.name for account in accounts for party in account.mediators),
        voices=tuple(voices),
        batches=tuple(sorted(done, key=lambda step: (step.day or step.first_said, step.ordinal or 99))),
        terms=tuple(step for step in ordered if step.planned and step.kind in STEPS),
        calms=tuple(calms),
        violations=breaches,
        ends=ends,
        precedents=tuple(old),
        state=_state(voices, done, breaches, ends),
    )


def _state(voices: Sequence[Voice], done: Sequence[Step], breaches: Sequence[Step], ends: Sequence[Step]) -> str:
    by_stance: dict[str, list[str]] = {}
    for voice in voices:
        by_stance.setdefault(_WORDS.get(voice.stance, voice.stance), []).append(voice.source.name)
    parts = [f"{word} by {', '.join(_names(names))}" for word, names in by_stance.items()]
    for count, what in ((len(done), "step"), (len(breaches), "violation")):
        if count:
            parts.append(f"{count} {what}{'s' if count > 1 else ''} told")
    if ends:
        parts.append(f"{ends[-1].kind} told on {ends[-1].day or ends[-1].first_said}")
    return "; ".join(parts) or "nobody speaks of it"


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _as_of(incident: Incident, day: str | None) -> Incident | None:
    if day is None:
        return incident
    known = tuple(account for account in incident.accounts if account.published and account.published <= day)
    return Incident(incident.id, known, incident.joins) if known else None


def _days(a: str | None, b: str) -> int | None:
    return (date.fromisoformat(a) - date.fromisoformat(b)).days if a and b else None


def day_of(incident: Incident) -> str | None:
    """The first exact day that accounts give, else the first day of an interval, else None."""
    exact = [a.from_ for a in incident.accounts if a.from_ and a.from_ == (a.to or a.from_)]
    return min(exact or [a.from_ for a in incident.accounts if a.from_], default=None)


def _said(incident: Incident) -> str:
    return min(account.published for account in incident.accounts)


def _parties_keys(accounts: Iterable[Account]) -> frozenset[str]:
    return frozenset(key for account in accounts for party in account.agents for key in party.keys)


def _is_same_deal(incident: Incident, anchor: Incident, places: set[str], start: str) -> bool:
    if incident.accounts[0].kind not in DEALS:
        return False
    apart = _days(day_of(incident) or _said(incident), day_of(anchor) or start)
    near = apart is not None and abs(apart) <= _TOGETHER
    return near and bool(places & set(places_of(incident.accounts)))


def _belongs(incident: Incident, places: set[str], reports: set[str], parties: frozenset[str], start: str) -> bool:
    if incident.accounts[0].kind not in FOLLOWING:
        return False
    apart = _days(day_of(incident) or _said(incident), start)
    if apart is None or not -BEFORE <= apart <= AFTER:
        return False
    here = {place.name for account in incident.accounts for place in account.places if place.role != "to"}
    told = any(account.report in reports for account in incident.accounts)
    if not (here & places or (not here and told)):
        return False
    keys = _parties_keys(incident.accounts)
    return not parties or bool(keys & parties) or (told and not keys)


def _is_precedent(incident: Incident, reports: set[str], start: str) -> bool:
    if incident.accounts[0].kind not in (*DEALS, "evacuation", "withdrawal"):
        return False
    apart = _days(day_of(incident), start)
    return apart is not None and apart < -_OLD and any(account.report in reports for account in incident.accounts)


def _step(incident: Incident) -> Step:
    accounts = incident.accounts
    places = [place for account in accounts for place in account.places]
    return Step(
        incident=incident.id,
        kind=accounts[0].kind,
        ordinal=next((account.ordinal for account in accounts if account.ordinal is not None), None),
        day=day_of(incident),
        planned=all(account.status in _UNREAL for account in accounts),
        from_=_names(place.name for place in places if place.role != "to"),
        to=_names(place.name for place in places if place.role == "to"),
        who=_names(party.name for account in accounts for party in account.agents),
        moved=tuple(_moved(accounts)),
        fields=fields_of(accounts),
        first_said=_said(incident),
    )


def _moved(accounts: Sequence[Account]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    found: dict[tuple[str, str], list[str]] = {}

    def note(count: AccountCount, names: Iterable[str]) -> None:
        found.setdefault((count.what, figure(count)), []).extend(names)

    for account in accounts:
        for count in account.counts:
            note(count, [voice_of(account, claim).source.name for claim in account.claims if claim.stance != "denies"])
        for claim in account.claims:
            for count in claim.counts:
                note(count, [voice_of(account, claim).source.name])
    for (what, value), names in found.items():
        yield what, value, _names(names)


def day_before(day: str, days: int) -> str:
    """The ISO day so many days before."""
    return (date.fromisoformat(day) - timedelta(days)).isoformat()
