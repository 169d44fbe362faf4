"""Which pairs of accounts are compared at all: those that share a token of place or party in the same days.

Whether two accounts meet depends on the two alone, never on how many others there are: linking in parts gives what
linking all at once gives. Within a block accounts are swept by day, so that the work grows with the accounts of a
few days at one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from riwaya.incidents.account import Account, AccountPlace
from riwaya.incidents.compare import Key
from riwaya.incidents.link_rules import LinkRules
from riwaya.incidents.nearness import day_number, interval

_SLACK = 3  # days between two event times that may still be one happening
_BACK = 4  # days before publication that stand for the time of an account without one
_COURSE = 75  # days that an offensive or a siege goes on
_VAGUE = 31  # days: a longer interval (a year) is looked for by its beginning
_LASTING = ("offensive", "siege", "displacement")
_TALK = ("accusation", "appeal", "threat")
_CELL = 0.5  # degrees
_WIDE = ("country", "admin1", "admin2", "region", "natural")
_QUARTERS = ("neighbourhood", "camp", "facility", "village", "town")
_SPEAKERS = 3  # agents of a speech that are tokens


def days_of(account: Account) -> tuple[int, int] | None:
    """The days in which an account is looked for, ordinals, inclusive; None where nothing dates it."""
    own = interval(account)
    if own is None:
        said = day_number(account.published)
        return None if said is None else (said - _BACK, said + 1)
    longest = _COURSE if account.kind in _LASTING else _VAGUE
    return own[0], own[0] + longest if account.kind in _LASTING else min(own[1], own[0] + longest)


def tokens_of(account: Account) -> list[str]:
    """What an account can meet others by: its places and their cells, else its report's places and its parties."""
    if account.kind in _TALK:
        return [f"a {key}" for party in account.agents[:_SPEAKERS] for key in sorted(party.keys)]
    exact = [place for place in account.places if place.level not in _WIDE]
    found = dict.fromkeys(f"p {place.name}" for place in account.places if place.level != "country")
    found.update(dict.fromkeys(_cells(exact)))
    if not exact:
        found.update(dict.fromkeys(f"p {place.name}" for place in account.context))
        if all(place.level == "country" for place in account.places):
            found.update(dict.fromkeys(_cells(place for place in account.context if place.level in _QUARTERS)))
        for party in (*account.agents, *account.targets):
            found.update(dict.fromkeys(f"a {key}" for key in (party.name, *_states(party.keys))))
    elif not any(place.role != "to" for place in account.places):
        found.update(dict.fromkeys(f"p {place.name}" for place in account.context))
    return list(found)


def _cells(places: Iterable[AccountPlace]) -> Iterator[str]:
    for place in places:
        if place.lat is not None and place.lon is not None:
            for shift in (0.0, 0.5):
                yield f"c{shift} {int(place.lat / _CELL + shift + 400)} {int(place.lon / _CELL + shift + 800)}"


def _states(keys: frozenset[str]) -> list[str]:
    return sorted(key for key in keys if key.startswith("\0"))


def candidates(accounts: Sequence[Account], fresh: set[Key], rules: LinkRules) -> Iterator[tuple[Account, Account]]:
    """Pairs to compare, each once, of which one at least is fresh."""
    known: list[Account] = []
    spans: list[tuple[int, int]] = []
    for account in accounts:
        span = days_of(account)
        if span is not None:
            known.append(account)
            spans.append(span)
    is_new = [account.key in fresh for account in known]
    near = range(len(known)) if all(is_new) else _near(spans, is_new)
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in near:
        for group in rules.groups_of(known[number].kind):
            for token in tokens_of(known[number]):
                blocks[group, token].append(number)
    met = {key: members for key, members in blocks.items() if any(is_new[number] for number in members)}
    yield from _sweep(known, spans, is_new, met)


def _near(spans: Sequence[tuple[int, int]], is_new: Sequence[bool]) -> Iterator[int]:
    """Those that lie in the days of a fresh one; no other can meet it."""
    days: set[int] = set()
    for (low, high), new in zip(spans, is_new, strict=True):
        if new:
            days.update(range(low - _SLACK, high + _SLACK + 1))
    return (number for number, (low, high) in enumerate(spans) if not days.isdisjoint(range(low, high + 1)))


def _sweep(
    known: list[Account], spans: list[tuple[int, int]], is_new: list[bool], blocks: dict[tuple[str, str], list[int]]
) -> Iterator[tuple[Account, Account]]:
    seen: set[int] = set()
    size = len(known)
    for key in sorted(blocks):
        members = sorted(blocks[key], key=lambda number: (spans[number][0], number))
        active: list[int] = []
        for number in members:
            low = spans[number][0]
            active = [other for other in active if spans[other][1] + _SLACK >= low]
            for other in active:
                if not (is_new[number] or is_new[other]):
                    continue
                pair = min(number, other) * size + max(number, other)
                if pair not in seen:
                    seen.add(pair)
                    yield known[number], known[other]
            active.append(number)
