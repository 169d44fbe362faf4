"""What the accounts of an incident agree on and what they dispute: values with their sources, never a verdict.

Fields: occurrence (``agreement`` for deals), kind, agent, target, from (day), place, each count (killed, wounded …).
A source that raises its own figure over time gives a sequence; two sources with different figures give a dispute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from riwaya.incidents.account import Account, AccountClaim, AccountCount, AccountParty, AccountPlace
from riwaya.incidents.nearness import km_between

_PRO = frozenset({"asserts", "claims_responsibility"})
_CON = frozenset({"denies"})
_MUTUAL = frozenset({"agreement", "ceasefire", "negotiation", "clash"})  # all the parties are agents
_MEANS = frozenset({"air_strike", "shelling", "bombing", "attack", "killing", "arrest", "abduction", "clash"})
_WIDE = frozenset({"country", "admin1", "region", "natural"})
_APART_KM = 20.0


@dataclass(frozen=True, slots=True)
class Voice:
    """A source on a value: who, with what stance, in which report, when it was said, and the words that attribute."""

    source: AccountParty
    source_kind: str
    stance: str
    report: str
    event: str
    published: str
    via: tuple[str, ...]
    quotation: str
    sentence: str = ""  # the one in which the quotation stands, empty where it is not known


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a field, and those who give it."""

    value: str
    voices: tuple[Voice, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of those who give the value, each once, in the order of their saying it."""
        return tuple(dict.fromkeys(voice.source.name for voice in self.voices))


@dataclass(frozen=True, slots=True)
class Field:
    """All that is said of one field. ``state``: agreed | differing | denied | unconfirmed | sequence."""

    name: str
    state: str
    sides: tuple[Side, ...]

    @property
    def disputed(self) -> bool:
        """Whether sources contradict one another on it."""
        return self.state in ("differing", "denied")


@dataclass(slots=True)
class _Sides:
    """Sides being gathered: value -> voices, in order."""

    values: dict[str, dict[Voice, None]] = field(default_factory=dict)

    def add(self, value: str, voices: Iterable[Voice]) -> None:
        """Let voices stand for a value, each once, in the order in which they came."""
        self.values.setdefault(value, {}).update(dict.fromkeys(voices))

    def built(self) -> tuple[Side, ...]:
        """The sides that have a voice, in the order in which their values came."""
        return tuple(Side(value, tuple(voices)) for value, voices in self.values.items() if voices)


def voice_of(account: Account, claim: AccountClaim) -> Voice:
    """The voice of a claim. The outlet's own word is named by the outlet."""
    source = claim.source
    if claim.source_kind == "outlet":
        name = account.outlet or "outlet"
        source = AccountParty(name, frozenset({name.casefold(), "outlet"}))
    via = tuple(carrier.name for carrier in claim.via)
    words = (claim.quotation, claim.sentence)
    return Voice(source, claim.source_kind, claim.stance, account.report, account.event, account.published, via, *words)


def _voices(account: Account, stances: frozenset[str]) -> list[Voice]:
    return [voice_of(account, claim) for claim in account.claims if claim.stance in stances]


def _occurrence(accounts: tuple[Account, ...]) -> Field:
    deal = accounts[0].kind == "agreement"
    sides = _Sides()
    planned = all(account.status in ("planned", "hypothetical") for account in accounts)
    yes = "reached" if deal else "planned" if planned else "happened"
    for account in accounts:
        sides.add(yes, _voices(account, _PRO))
        if not _has_rival(account, accounts):
            sides.add("denied", _voices(account, _CON))
        sides.add("unconfirmed", _voices(account, frozenset({"unconfirmed"})))
    built = sides.built()
    values = {side.value for side in built}
    state = "denied" if "denied" in values else "unconfirmed" if "unconfirmed" in values else "agreed"
    return Field("agreement" if deal else "occurrence", state, built)


def _has_rival(account: Account, accounts: tuple[Account, ...]) -> bool:
    """Whether another account names another doer of the deed: who denies this one then denies who did it, not that."""
    if not account.agents or account.kind in _MUTUAL:
        return False
    return any(
        other.agents and not any(_one(own, agent) for own in account.agents for agent in other.agents)
        for other in accounts
        if _voices(other, _PRO)
    )


def _one(a: AccountParty, b: AccountParty) -> bool:
    return bool(a.keys & b.keys)


def _agents(accounts: tuple[Account, ...]) -> Field | None:
    sides = _Sides()
    names: list[AccountParty] = []
    denied: list[tuple[AccountParty, list[Voice]]] = []
    for account in accounts:
        for agent in account.agents:
            known = next((other for other in names if _one(other, agent)), None)
            if known is None:
                known = agent
                names.append(agent)
            sides.add(known.name, _voices(account, _PRO))
            if _has_rival(account, accounts):
                denied.append((known, _voices(account, _CON)))
    for agent, voices in denied:
        sides.add(f"not {agent.name}", voices)
    built = sides.built()
    if not built:
        return None
    positive = [side for side in built if not side.value.startswith("not ")]
    rival = any(_has_rival(account, accounts) for account in accounts)
    differ = len(positive) > 1 and rival and not _joint(accounts)
    return Field("agent", "differing" if differ else "denied" if len(positive) < len(built) else "agreed", built)


def _joint(accounts: tuple[Account, ...]) -> bool:
    """Whether one account names all the agents, so that they acted together (both sides of a clash, a deal)."""
    everyone = [agent for account in accounts for agent in account.agents]
    return any(all(any(_one(agent, own) for own in account.agents) for agent in everyone) for account in accounts)


def _targets(accounts: tuple[Account, ...]) -> Field | None:
    """To whom it was done; they differ only where no two accounts share a target, as parts of a side are no rivals."""
    sides = _Sides()
    names: list[AccountParty] = []
    for account in accounts:
        for target in account.targets:
            known = next((other for other in names if _one(other, target)), None)
            if known is None:
                known = target
                names.append(target)
            sides.add(known.name, _voices(account, _PRO))
    built = sides.built()
    if not built:
        return None
    told = [account for account in accounts if account.targets and _voices(account, _PRO)]
    apart = all(not _share_targets(a, b) for number, a in enumerate(told) for b in told[:number])
    rival = len(told) > 1 and apart and all(account.kind in _MEANS for account in told)
    return Field("target", "differing" if rival else "agreed", built)


def _share_targets(a: Account, b: Account) -> bool:
    return any(_one(one, other) for one in a.targets for other in b.targets)


def _days(accounts: tuple[Account, ...]) -> Field | None:
    """The day given, where an account gives one; the day before or after by a source's own word is another value."""
    sides = _Sides()
    for account in accounts:
        if account.from_ is not None and account.from_ == (account.to or account.from_):
            sides.add(account.from_, _voices(account, _PRO))
    built = sides.built()
    return Field("from", "differing" if len(built) > 1 else "agreed", built) if built else None


def _places(accounts: tuple[Account, ...]) -> Field | None:
    sides = _Sides()
    known: list[AccountPlace] = []
    for account in accounts:
        for place in account.places:
            if place.role == "from":
                continue
            same = next((other for other in known if not _apart(other, place)), None)
            if same is None:
                same = place
                known.append(place)
            sides.add(same.name, _voices(account, _PRO))
    built = sides.built()
    if not built:
        return None
    return Field("place", "differing" if len(built) > 1 and not _several(accounts) else "agreed", built)


def _several(accounts: tuple[Account, ...]) -> bool:
    """Whether some account names several places itself: then more places are parts, not rivals."""
    return any(sum(place.role != "from" for place in account.places) > 1 for account in accounts)


def _apart(a: AccountPlace, b: AccountPlace) -> bool:
    if a.name == b.name:
        return False
    if a.level in _WIDE or b.level in _WIDE:
        return a.country != b.country
    km = km_between(a, b)
    return km is None or km > _APART_KM


def _kinds(accounts: tuple[Account, ...]) -> Field:
    """The kinds told; only means of a deed are rivals, a deal told as a truce is the same deal."""
    sides = _Sides()
    for account in accounts:
        sides.add(account.kind, _voices(account, _PRO))
    built = sides.built()
    rivals = sum(side.value in _MEANS for side in built)
    return Field("kind", "differing" if rivals > 1 else "agreed", built)


def figure(count: AccountCount) -> str:
    """A figure as text: `9`, `12..`, `20..99`, `..5`."""
    if count.min == count.max:
        return str(count.min)
    low = "" if count.min is None else str(count.min)
    return f"{low}..{'' if count.max is None else count.max}"


def _figures(account: Account) -> Iterator[tuple[AccountCount, list[Voice]]]:
    for count in account.counts:
        if not count.part:
            yield count, _voices(account, _PRO)
    for claim in account.claims:
        for count in claim.counts:
            if not count.part and claim.stance in _PRO:
                yield count, [voice_of(account, claim)]


def _counts(accounts: tuple[Account, ...]) -> Iterator[Field]:
    found: dict[str, _Sides] = {}
    for account in accounts:
        for count, voices in _figures(account):
            found.setdefault(count.what, _Sides()).add(figure(count), voices)
    for what in sorted(found):
        built = found[what].built()
        if built:
            yield Field(what, _state_of_figures(built), built)


def _state_of_figures(sides: tuple[Side, ...]) -> str:
    """Agreed where all fit one another; a sequence where sources only raise their own figures; else differing."""
    rivals = [side for side in sides if not any(_holds(side.value, other.value) for other in sides)]
    if len(rivals) < 2:
        return "agreed"
    latest: dict[str, tuple[str, str]] = {}
    for side in sides:
        for voice in side.voices:
            key = voice.source.name
            if key not in latest or voice.published >= latest[key][0]:
                latest[key] = (voice.published, side.value)
    if len({value for _, value in latest.values()}) == 1 or _rises(rivals):
        return "sequence"
    return "differing"


def _bounds(value: str) -> tuple[int, int | None]:
    low, dots, high = value.partition("..")
    return int(low or 0), (int(high) if high else None) if dots else int(low)


def _holds(vague: str, other: str) -> bool:
    """Whether a bounded range (`200..999`, hundreds) holds another figure: then it does not contradict it."""
    (low, high), (least, most) = _bounds(vague), _bounds(other)
    if vague == other or high is None or low == high:
        return False
    return low <= least <= high and (most is None or most <= high)


def _rises(sides: Sequence[Side]) -> bool:
    """Whether the figures only rise from one day of publication to the next, each day having one figure."""
    by_day: dict[str, set[str]] = {}
    for side in sides:
        for voice in side.voices:
            by_day.setdefault(voice.published, set()).add(side.value)
    if len(by_day) < 2 or any(len(values) > 1 for values in by_day.values()):
        return False
    lows = [_bounds(next(iter(by_day[day])))[0] for day in sorted(by_day)]
    return lows == sorted(lows)


def fields_of(accounts: tuple[Account, ...]) -> tuple[Field, ...]:
    """Every field on which the accounts of an incident speak, occurrence first, counts last; none for no accounts."""
    if not accounts:
        return ()
    found: list[Field | None] = [_occurrence(accounts), _kinds(accounts), _agents(accounts), _targets(accounts)]
    found.extend((_days(accounts), _places(accounts)))
    found.extend(_counts(accounts))
    return tuple(each for each in found if each is not None and each.sides)


def disputes_of(accounts: tuple[Account, ...]) -> tuple[Field, ...]:
    """The fields on which sources contradict one another."""
    return tuple(each for each in fields_of(accounts) if each.disputed)


@dataclass(frozen=True, slots=True)
class Range:
    """Low and high of a figure over all accounts, as UCDP gives them, with those who say each; None = open."""

    what: str
    low: int | None
    high: int | None
    low_sources: tuple[str, ...]
    high_sources: tuple[str, ...]


def ranges_of(accounts: tuple[Account, ...]) -> tuple[Range, ...]:
    """For each thing counted, the lowest and the highest figure given, with their sources."""
    rows: dict[str, list[tuple[AccountCount, list[Voice]]]] = {}
    for account in accounts:
        for count, voices in _figures(account):
            rows.setdefault(count.what, []).append((count, voices))
    out = []
    for what in sorted(rows):
        lows: list[tuple[int | None, list[Voice]]] = [(c.min, v) for c, v in rows[what] if c.min is not None]
        highs = [
            (c.max if c.max is not None else c.min, v) for c, v in rows[what] if c.max is not None or c.min is not None
        ]
        low = min((value for value, _ in lows if value is not None), default=None)
        high = max((value for value, _ in highs if value is not None), default=None)
        out.append(Range(what, low, high, _names(lows, low), _names(highs, high)))
    return tuple(out)


def _names(rows: list[tuple[int | None, list[Voice]]], wanted: int | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(voice.source.name for value, voices in rows if value == wanted for voice in voices))
