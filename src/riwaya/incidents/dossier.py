"""Agreements with what follows from them: who asserts and denies, batches in order, violations, end, precedents.

A dossier gathers incidents round a deal: truces and deals of the same places and days are one; movements, releases,
surrenders and aid from or at those places by its parties in the weeks after are its steps. Nothing is decided: every
line keeps its voices, and `as of` a day only what had been published by then counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from riwaya.incidents.account import Account, AccountCount, AccountParty
from riwaya.incidents.disputes import Field, Voice, fields_of, figure, voice_of
from riwaya.incidents.dossier_scope import (
    BREACHES,
    ENDS,
    STEPS,
    Scope,
    belongs,
    day_of,
    days_apart,
    is_precedent,
    is_same_deal,
    last_day_of,
    parties_keys,
    places_of,
    said_first,
    sentences_of,
    start_of,
)
from riwaya.incidents.link import Incident

_ONE_BATCH = 2  # days between two tellings of a batch by one number
_UNREAL = ("planned", "hypothetical")
_WORDS = {"asserts": "asserted", "claims_responsibility": "asserted", "denies": "denied", "unconfirmed": "unconfirmed"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a deal: an incident in short. ``moved``: figures as text with their sources; days may be None.

    ``day`` is the first day given, ``last`` the last one where that is another (a month: `in August`).
    """

    incident: str
    kind: str
    ordinal: int | None
    day: str | None
    last: str | None
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


def build_dossier(anchor: Incident, near: Sequence[Incident], as_of: str | None = None) -> Dossier | None:
    """The dossier of a deal from the incidents near it; None where nothing of it had been said by ``as_of``."""
    known = [cut for each in (anchor, *near) if (cut := _as_of(each, as_of))]
    if not known or known[0].id != anchor.id:
        return None
    deals = _deals(known)
    accounts = [account for deal in deals for account in deal.accounts]
    scope = Scope(
        places=tuple({place.name: place for deal in deals for place in places_of(deal.accounts)}.values()),
        reports=frozenset(account.report for account in accounts),
        parties=parties_keys(accounts),
        start=start_of(known[0]),
        sentences=sentences_of(accounts),
    )
    others = [each for each in known if each not in deals]
    old = [each for each in others if is_precedent(each, scope)]
    steps = [_step(each) for each in _batches_joined([o for o in others if o not in old and belongs(o, scope)])]
    return _dossier(deals, scope, accounts, steps, [_step(each) for each in old])


def _deals(known: Sequence[Incident]) -> list[Incident]:
    """The anchor, which comes first, and the other deals and truces that are parts of the same."""
    anchor = known[0]
    scope = Scope(places_of(anchor.accounts), frozenset(), parties_keys(anchor.accounts), start_of(anchor))
    return [anchor, *(each for each in known[1:] if is_same_deal(each, anchor, scope))]


def _batches_joined(steps: Sequence[Incident]) -> list[Incident]:
    """The steps, those that number a batch alike and lie within days of each other joined into one."""
    found: list[Incident] = []
    for step in steps:
        number, day = _ordinal(step), day_of(step) or said_first(step)
        same = next(
            (at for at, other in enumerate(found)
             if number is not None and _ordinal(other) == number and _family(other) == _family(step)
             and abs(days_apart(day_of(other) or said_first(other), day) or 0) <= _ONE_BATCH),
            None,
        )  # fmt: skip
        if same is None:
            found.append(step)
        else:
            kept = found[same]
            accounts = sorted((*kept.accounts, *step.accounts), key=lambda each: (each.published, *each.key))
            found[same] = Incident(kept.id, tuple(accounts), (*kept.joins, *step.joins))
    return found


def _family(incident: Incident) -> str:
    kind = incident.accounts[0].kind
    return "leaving" if kind in ("evacuation", "withdrawal") else kind


def _ordinal(incident: Incident) -> int | None:
    return next((account.ordinal for account in incident.accounts if account.ordinal is not None), None)


def _dossier(
    deals: Sequence[Incident], scope: Scope, accounts: Sequence[Account], steps: Sequence[Step], old: Sequence[Step]
) -> Dossier:
    voices = _voices(accounts, deals[0].accounts[0].kind)
    ordered = sorted(steps, key=lambda step: (step.day or step.first_said, step.ordinal or 99, step.incident))
    done = [step for step in ordered if step.kind in STEPS and not step.planned]
    calms = [_step(deal) for deal in deals[1:] if deal.accounts[0].kind == "ceasefire"]
    breaches = tuple(step for step in ordered if step.kind in BREACHES)
    ends = tuple(step for step in ordered if step.kind in ENDS and not step.planned)
    return Dossier(
        id=deals[0].id,
        incidents=tuple(deal.id for deal in deals),
        places=tuple(sorted(place.name for place in scope.places)),
        first_said=min(account.published for account in accounts),
        parties=_parties(accounts),
        sponsors=_most_told([account.mediators for account in accounts]),
        voices=voices,
        batches=tuple(done),
        terms=tuple(step for step in ordered if step.planned and step.kind in STEPS),
        calms=tuple(sorted(calms, key=lambda step: (step.day or step.first_said, step.incident))),
        violations=breaches,
        ends=ends,
        precedents=tuple(sorted(old, key=lambda step: (step.day or "", step.kind, step.incident))),
        state=_state(voices, done, breaches, ends),
    )


def _voices(accounts: Sequence[Account], kind: str) -> tuple[Voice, ...]:
    """Those who speak of the deal itself; who denies or cannot confirm its truce speaks of it too."""
    found = [
        voice_of(account, claim)
        for account in accounts
        for claim in account.claims
        if account.kind == kind or claim.stance in ("denies", "unconfirmed")
    ]
    return tuple(sorted(found, key=lambda voice: (voice.published, voice.report, voice.source.name, voice.stance)))


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


def _parties(accounts: Sequence[Account]) -> tuple[str, ...]:
    """The parties, those that most accounts name first; a sponsor is one only where more accounts call it a party."""
    news = [account for account in accounts if not account.background and account.agents]
    told = [account.agents for account in news or accounts]
    sponsors = Counter(key for account in accounts for party in account.mediators for key in party.keys)
    agents = Counter(key for parties in told for party in parties for key in party.keys)
    own = [tuple(party for party in parties if not _is_sponsor(party, agents, sponsors)) for parties in told]
    return _most_told(own)


def _is_sponsor(party: AccountParty, agents: Counter[str], sponsors: Counter[str]) -> bool:
    return any(sponsors[key] and sponsors[key] >= agents[key] for key in party.keys)


def _most_told(told: Sequence[Sequence[AccountParty]]) -> tuple[str, ...]:
    """Names of the parties that accounts give, each party once (a state, its government and its army are one)."""
    groups: list[tuple[set[str], Counter[str], set[int]]] = []
    for number, parties in enumerate(told):
        for party in parties:
            same = next((group for group in groups if group[0] & party.keys), None)
            if same is None:
                same = (set(), Counter(), set())
                groups.append(same)
            same[0].update(party.keys)
            same[1][party.name] += 1
            same[2].add(number)
    ordered = sorted(groups, key=lambda group: -len(group[2]))
    return tuple(names.most_common(1)[0][0] for _, names, _ in ordered)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _as_of(incident: Incident, day: str | None) -> Incident | None:
    if day is None:
        return incident
    known = tuple(account for account in incident.accounts if account.published and account.published <= day)
    return Incident(incident.id, known, incident.joins) if known else None


def _step(incident: Incident) -> Step:
    accounts = incident.accounts
    places = [place for account in accounts for place in account.places]
    day, last = day_of(incident), last_day_of(incident)
    return Step(
        incident=incident.id,
        kind=accounts[0].kind,
        ordinal=_ordinal(incident),
        day=day,
        last=None if last == day else last,
        planned=all(account.status in _UNREAL for account in accounts),
        from_=_names(place.name for place in places if place.role != "to"),
        to=_names(place.name for place in places if place.role == "to"),
        who=_most_told([account.agents for account in accounts]),
        moved=tuple(_moved(accounts)),
        fields=fields_of(accounts),
        first_said=said_first(incident),
    )


def _moved(accounts: Sequence[Account]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    found: dict[tuple[str, str], list[str]] = {}

    def note(count: AccountCount, names: Iterable[str]) -> None:
        """Put names beside the figure that they gave."""
        found.setdefault((count.what, figure(count)), []).extend(names)

    for account in accounts:
        for count in account.counts:
            note(count, [voice_of(account, claim).source.name for claim in account.claims if claim.stance != "denies"])
        for claim in account.claims:
            for count in claim.counts:
                note(count, [voice_of(account, claim).source.name])
    for (what, value), names in found.items():
        yield what, value, _names(names)
