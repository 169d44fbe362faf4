"""How well two accounts fit as tellings of one happening: one additive score over named features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from riwaya.incidents.account import Account, AccountClaim, AccountCount, AccountParty
from riwaya.incidents.link_rules import LinkRules
from riwaya.incidents.nearness import Spots, Times, fit_of_places, fit_of_times
from riwaya.incidents.words import likeness, runs_of, stems_of
from riwaya.model import Term

__all__ = ["FORBIDDEN", "Key", "LinkRules", "PairScore", "Profile", "compare", "profile_of"]
Key = tuple[str, str]
FORBIDDEN = -4.0
_TALK = frozenset({"accusation", "appeal", "threat"})
_DEEDS = frozenset(
    {"clash", "air_strike", "shelling", "bombing", "attack", "killing", "interception", "arrest", "abduction"}
)
_LEAVING = frozenset({"evacuation", "withdrawal", "displacement", "surrender"})
_UNREAL = frozenset({"planned", "hypothetical"})
_PRO = frozenset({"asserts", "claims_responsibility"})
_LOOSE = frozenset({"place.unknown", "place.country"})
_AROUND = frozenset({"place.story", "place.story_wide"})
_HOLDING = frozenset({"count.equal", "quotation.share", "words.alike"})
_PARTIES_TOO = _HOLDING | {"agents.share", "targets.share"}
_ONE_SCENE = 0.2  # share of the places of two reports that both name
_ALIKE, _SOME = 0.15, 0.05  # likeness of the words of two accounts' sentences
_ONE_TALK = frozenset(
    {"time.same_day", "time.news_day", "time.overlap", "time.both_unknown_fresh", "time.both_unknown_days"}
)
_ONE_PLACE = frozenset({"place.same", "place.same_spot"})
_ONE_DAY = frozenset({"time.same_day", "time.news_day", "time.one_unknown_fresh", "time.both_unknown_fresh"})
_CALM = frozenset({"agreement", "ceasefire", "negotiation"})
_SHARED_RUNS = 3  # runs of words in common that make a shared quotation: eight words in a row


@dataclass(frozen=True, slots=True)
class PairScore:
    """Two accounts, their score, and the terms that made it."""

    a: Key
    b: Key
    score: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """An account with what comparing needs of it, worked out once: names of parties and sources, spots, figures."""

    account: Account
    agents: frozenset[str]
    targets: frozenset[str]
    sources: frozenset[str]
    tellers: frozenset[str]  # sources that assert it
    deniers: frozenset[str]
    spots: Spots
    times: Times
    counts: tuple[AccountCount, ...]
    runs: frozenset[int]  # of words of its sentences
    stems: dict[str, float]  # of its sentences, weighted


def _keys(parties: Sequence[AccountParty]) -> frozenset[str]:
    return frozenset().union(*(party.keys for party in parties)) if parties else frozenset()


def profile_of(account: Account) -> Profile:
    """The profile of an account."""
    named = [claim for claim in account.claims if claim.source_kind != "outlet"]
    sentences = list(dict.fromkeys(claim.sentence for claim in account.claims))
    return Profile(
        account,
        _doers(account, named),
        _keys(account.targets),
        _keys([claim.source for claim in named]),
        _keys([claim.source for claim in named if claim.stance in _PRO]),
        _keys([claim.source for claim in named if claim.stance == "denies"]),
        Spots.of(account),
        Times.of(account),
        tuple(count for count in _all_counts(account) if not count.part),
        runs_of(sentences),
        stems_of(sentences),
    )


def _doers(account: Account, named: Sequence[AccountClaim]) -> frozenset[str]:
    """The names of the agents. Who tells of a deed is not taken for its doer where another doer is named.

    `the army said that the militia shelled the town` is coded with both as agents now and then.
    """
    if account.kind not in _DEEDS or account.kind == "clash":
        return _keys(account.agents)
    tellers = _keys([claim.source for claim in named if claim.stance == "asserts"])
    others = [agent for agent in account.agents if agent.keys.isdisjoint(tellers)]
    return _keys(others or account.agents)


def _all_counts(account: Account) -> list[AccountCount]:
    return [*account.counts, *(count for claim in account.claims for count in claim.counts)]


def _share(a: frozenset[str], b: frozenset[str]) -> bool | None:
    """Whether two sets of names share one; None where a set is empty."""
    return None if not a or not b else not a.isdisjoint(b)


def _share_names(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether they share more than the mark of a state, by which an army and its government are one party."""
    return any(not key.startswith("\0") for key in a & b)


def _is_one_speaker(a: AccountParty, b: AccountParty) -> bool:
    """Whether two parties speak as one: two persons of one ministry do not."""
    return a.name == b.name or (not a.keys.isdisjoint(b.keys) and not (a.person and b.person))


def _fit_of_counts(a: Sequence[AccountCount], b: Sequence[AccountCount]) -> str | None:
    best: str | None = None
    for left in a:
        for right in b:
            if left.what != right.what:
                continue
            if (left.min, left.max) == (right.min, right.max):
                return "count.equal"
            if left.what == "vehicles" and left.min == left.max and right.min == right.max:
                return "vehicles.differ"  # another convoy
            low, high = left.min or left.max or 0, right.min or right.max or 0
            close = min(low, high) * 2 >= max(low, high)
            best = "count.close" if close or best == "count.close" else "count.unlike"
    return best


def _are_versions(a: Profile, b: Profile) -> bool:
    """Whether two events of one report are rival versions of a deed: other agents and tellers, one day and place."""
    if a.account.kind not in _DEEDS or b.account.kind not in _DEEDS or _share(a.agents, b.agents) is not False:
        return False
    one_day = _ONE_DAY if a.spots.is_exact and b.spots.is_exact else ("time.same_day",)
    if fit_of_times(a.times, b.times) not in one_day or fit_of_places(a.spots, b.spots) not in _ONE_PLACE:
        return False
    return _share(a.tellers, b.tellers) is not True


def _may_be_versions(a: Profile, b: Profile) -> bool:
    """The same where a day or a place is wanting, or where one of the two is what somebody denies.

    Such a pair counts for less, so that other reports must tell both as one.
    """
    if a.account.kind not in _DEEDS or b.account.kind not in _DEEDS:
        return False
    rival = _share(a.agents, b.agents) is False and _share(a.tellers, b.tellers) is not True
    if not rival and bool(a.deniers) == bool(b.deniers):
        return False
    one_place = fit_of_places(a.spots, b.spots) in (*_ONE_PLACE, *_AROUND, "place.unknown")
    return one_place and fit_of_times(a.times, b.times) in (*_ONE_DAY, "time.overlap")


def _is_told_twice(a: Profile, b: Profile) -> bool:
    """Whether a report numbers two events of one kind and day alike: `the second batch`, told and then quoted."""
    left, right = a.account, b.account
    if left.ordinal is None or (left.ordinal, left.kind) != (right.ordinal, right.kind):
        return False
    return a.times.own == b.times.own and _share(a.agents, b.agents) is not False


def features(a: Profile, b: Profile, rules: LinkRules) -> list[str] | None:
    """The named features of a pair, None where the two cannot tell one happening."""
    fit = _fit_of_kinds(a, b, rules)
    return (
        None if fit is None else _features(a, b, fit, fit_of_times(a.times, b.times), fit_of_places(a.spots, b.spots))
    )


def _fit_of_kinds(a: Profile, b: Profile, rules: LinkRules) -> str | None:
    fit = rules.fit_of_kinds(a.account.kind, b.account.kind)
    if fit is not None and a.account.report == b.account.report:
        return fit if _may_be_versions(a, b) or _is_told_twice(a, b) else None
    return fit


def _features(a: Profile, b: Profile, fit: str, time: str, place: str) -> list[str]:
    left, right = a.account, b.account
    out = [f"kind.{fit}", time, place]
    if place in _AROUND:
        out.append("story.one_scene" if a.spots.shared_context(b.spots) >= _ONE_SCENE else "story.scattered")
    out.extend(_fit_of_parties(a, b, time, place))
    counts = _fit_of_counts(a.counts, b.counts)
    if counts:
        out.append(counts)
    if left.ordinal is not None and right.ordinal is not None:
        out.append("ordinal.equal" if left.ordinal == right.ordinal else "ordinal.differ")
    out.extend(_fit_of_status(left, right))
    if _share(a.sources, b.sources):
        out.append("sources.share")
    if _share(a.deniers, b.deniers):
        out.append("deniers.share")
    if left.report != right.report and len(a.runs & b.runs) >= _SHARED_RUNS:
        out.append("quotation.share")
    if left.report == right.report and not (_are_versions(a, b) or _is_told_twice(a, b)):
        out.append("one_report")
    if a.stems and b.stems:
        alike = likeness(a.stems, b.stems)
        out.append("words.alike" if alike >= _ALIKE else "words.some" if alike >= _SOME else "words.unlike")
    holding = _PARTIES_TOO if "words.unlike" not in out else _HOLDING
    if place in _AROUND and time not in ("time.same_day", "time.news_day") and holding.isdisjoint(out):
        out.append("unbound.story")
    return out


def _fit_of_parties(a: Profile, b: Profile, time: str, place: str) -> list[str]:
    kind, out = a.account.kind, []
    agents, targets = _share(a.agents, b.agents), _share(a.targets, b.targets)
    same_state = agents and not _share_names(a.agents, b.agents)
    if kind in _TALK and agents:
        agents = any(_is_one_speaker(one, other) for one in a.account.agents for other in b.account.agents)
    if agents is not None:
        rival = time == "time.same_day" and place in _ONE_PLACE and a.spots.is_exact and b.spots.is_exact
        left = "agents.differ_leaving" if kind in _LEAVING else "agents.rival" if rival else "agents.differ"
        out.append("agents.share_state" if agents and same_state else "agents.share" if agents else left)
    if targets is not None:
        out.append("targets.share" if targets else "targets.differ")
    if _share(a.agents, b.targets) and _share(a.targets, b.agents):
        out.append("crossed")
    if kind in _TALK and (not agents or time not in _ONE_TALK):
        out.append("talk.other_speaker_or_day")
    if place in _LOOSE and not agents:
        out.append("unbound")
    elif place in _LOOSE and time not in ("time.same_day", "time.news_day") and not targets:
        out.append("unbound.shared_agent")
    return out


def _fit_of_status(a: Account, b: Account) -> list[str]:
    unreal = (a.status in _UNREAL) + (b.status in _UNREAL)
    if unreal == 1:
        return ["status.differ_calm" if a.kind in _CALM and b.kind in _CALM else "status.differ"]
    return ["status.both_planned"] if unreal == 2 else []


def score_of(a: Profile, b: Profile, rules: LinkRules, least: float | None = None) -> float:
    """The score of a pair alone; where it cannot reach ``least``, some number below that."""
    fit = _fit_of_kinds(a, b, rules)
    if fit is None:
        return 2 * FORBIDDEN
    weights = rules.weights
    time = fit_of_times(a.times, b.times)
    if least is not None:
        known = weights.get(f"kind.{fit}", 0.0) + weights.get(time, 0.0) + _most_of_rest(a, b, rules)
        if known + rules.best_place < least:
            return known + rules.best_place
    place = fit_of_places(a.spots, b.spots)
    if least is not None and known + weights.get(place, 0.0) < least:
        return known + weights.get(place, 0.0)
    return round(sum([weights.get(name, 0.0) for name in _features(a, b, fit, time, place)]), 3)


def _most_of_rest(a: Profile, b: Profile, rules: LinkRules) -> float:
    """The most that features beyond kind, time and place can add to a pair."""
    left, right = a.account, b.account
    known = (
        bool(a.agents and b.agents), bool(a.targets and b.targets), bool(a.counts and b.counts),
        bool(a.sources and b.sources), bool(a.deniers and b.deniers), bool(a.runs and b.runs),
        bool(a.stems and b.stems),
        left.ordinal is not None and left.ordinal == right.ordinal,
        left.status in _UNREAL and right.status in _UNREAL,
    )  # fmt: skip
    return rules.most_of(known)


def compare_profiles(a: Profile, b: Profile, rules: LinkRules) -> PairScore:
    """The score of a pair with its terms; far below zero for accounts that cannot tell one happening."""
    if a.account.key > b.account.key:
        a, b = b, a
    found = features(a, b, rules)
    if found is None:
        return PairScore(a.account.key, b.account.key, 2 * FORBIDDEN, (Term("cannot be one happening", 2 * FORBIDDEN),))
    terms = tuple(Term(name, rules.weights.get(name, 0.0)) for name in found)
    return PairScore(a.account.key, b.account.key, round(sum(term.weight for term in terms), 3), terms)


def compare(a: Account, b: Account, rules: LinkRules) -> PairScore:
    """The same for accounts: their profiles are made first."""
    return compare_profiles(profile_of(a), profile_of(b), rules)
