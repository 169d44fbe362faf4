"""Who did it to whom, and by whose mediation: parties weighed against an event, one score a pair."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter

from riwaya.knowledge.weights import terms
from riwaya.model import Actor, Decision, Kind, Party
from riwaya.reading.argument_features import direct_role, role_features, speaker_features
from riwaya.reading.candidates import Candidate
from riwaya.reading.drafts import Draft
from riwaya.reading.features import Previous, carried
from riwaya.reading.pairs import Pair, best_of, evidence_at, in_reach, near_of, nearest
from riwaya.reading.participants import Participant
from riwaya.reading.scene import Scene
from riwaya.reading.second_look import ranked

ROLES = ("agent", "target", "mediator")
LOOKED = ("agent", "target")  # the roles for which parties are ranked at the first look
_ALONE = tuple(f"{role}.alone" for role in LOOKED)
_SPONSORED = frozenset({
    Kind.AGREEMENT, Kind.CEASEFIRE, Kind.NEGOTIATION, Kind.EVACUATION, Kind.RELEASE, Kind.WITHDRAWAL, Kind.SURRENDER,
})  # fmt: skip
_UNLIKELY = -1.0  # first scores below are those of parties that hardly hold a role
_THEIRS = 3  # words after a trigger that may say whose happening it is
IMPLIED = "role.implied"  # the rule of a party that only the kind of happening tells


def role_pairs(
    scene: Scene, draft: Draft, speakers: dict[str, str], previous: Previous
) -> list[Pair[Participant]]:
    """For each party of the report within reach, its mention nearest to the event, with features.

    ``speakers``: actor id -> stance of those whose word covers the trigger.
    """
    chosen: dict[int, tuple[tuple[int, int, int], Candidate, Participant]] = {}
    reach, sentence_of = in_reach(scene, draft), scene.text.sentence_of
    for party in scene.participants:
        if sentence_of[party.first] not in reach:
            continue
        key, candidate = nearest(scene, draft, party.first)
        if key[0] and _passing(scene, candidate, party, previous):
            continue
        old = chosen.get(party.number)
        if old is None or key < old[0]:
            chosen[party.number] = (key, candidate, party)
    items = sorted(chosen.values(), key=lambda item: item[2].first)
    implied = _implied(scene, draft, {party.actor.id for _, _, party in items})
    if implied is not None:
        items.append(((0, 0, 0), draft.candidate, implied))
    firsts = sorted([party.first for _, _, party in items])
    touching = _touching(scene, draft)
    pairs: list[Pair[Participant]] = []
    direct: list[str] = []
    for _, candidate, party in items:
        low, high = (candidate.first, party.first) if candidate.first < party.first else (party.first, candidate.first)
        between = max(0, bisect_left(firsts, high) - bisect_right(firsts, low))
        rank = sum([1 for _, c, other in items if c is candidate and candidate.first < other.first < party.first])
        features = role_features(scene, candidate, draft.sense, party, between, rank)
        direct.append(direct_role(features))
        features += speaker_features(scene, candidate, draft.sense, party, speakers)
        features += _standing(scene, draft, candidate, party, previous)
        features += touching.get(party.number, ())
        actor = party.actor.id
        held = "agent" if actor in previous.agents else "target" if actor in previous.targets else ""
        features += carried(previous, held, draft.candidate, draft.sense.kind, near_of(scene, candidate, party.first))
        pairs.append(Pair(party, candidate, features))
    _add_rivals(pairs, direct)
    return pairs


def _passing(scene: Scene, candidate: Candidate, party: Participant, previous: Previous) -> bool:
    """Whether a party is named once in all, neither in the event's sentence nor the next, and had no part before.

    In one of a hundred cases such a party takes part in the event; it is not weighed.
    """
    if party.how != "name" or scene.text.sentence_of[party.first] == candidate.sentence + 1:
        return False
    if party.actor.id in previous.doers or party.actor.id in previous.done_to:
        return False
    return scene.named_often(party.number) == (1, False)


def _touching(scene: Scene, draft: Draft) -> dict[int, list[str]]:
    """By party number: how a mention of the party stands right after one of the event's words, wherever that is.

    The mention nearest to the event may only be spoken of there, while a headline says plainly who did it.
    """
    found: dict[int, list[str]] = {}
    for candidate in draft.mentions:
        form = "v" if candidate.verbal else "n"
        sense = next((s for s in candidate.senses if s.kind == draft.sense.kind), candidate.senses[0])
        for gap in (0, 1):
            for party in scene.opening_at(candidate.last + gap):
                if scene.text.sentence_of[party.first] != candidate.sentence:
                    continue
                clitic = scene.proclitic(party.first, party.start)[-1:]
                slot = clitic or ("adjective" if party.adjective else "subject" if candidate.verbal else "idafa")
                role = sense.frame.get(slot, "none")
                found.setdefault(party.number, []).extend(
                    (f"touches={slot}|{form}|{gap}", f"touches={role}|{form}|{gap}", f"touches={slot}|{sense.kind}")
                )
    return found


def look_again(scene: Scene, draft: Draft, pairs: list[Pair[Participant]]) -> None:
    """Add to each pair how the party stands among the others by a first score for each role, and to those likeliest."""
    weights, kind = scene.knowledge.weights, "kind=" + draft.sense.kind
    first = [weights.scores(_ALONE, pair.features) for pair in pairs]
    looked = ranked(LOOKED, first, [(kind, pair.features[1]) for pair in pairs])
    for pair, features in zip(pairs, looked, strict=True):
        pair.features += features
    _add_facing(scene, draft, pairs, first)


def _add_facing(
    scene: Scene, draft: Draft, pairs: list[Pair[Participant]], first: list[list[float]]
) -> None:
    """Tell each pair whether its party is a foe, an ally or of one body with the likeliest other party of each role."""
    relation, year = scene.knowledge.conflicts.relation, scene.published.year if scene.published else None
    for at, role in enumerate(LOOKED):
        falling = sorted(range(len(pairs)), key=lambda number: -first[number][at])[:2]
        for pair in pairs:
            other = next((n for n in falling if pairs[n].mention.number != pair.mention.number), None)
            if other is None or first[other][at] < _UNLIKELY:
                how = "nobody"
            else:
                how = relation(_body(pair.mention.actor), _body(pairs[other].mention.actor), year)
            name = f"facing {role}={how}"
            pair.features += [name, f"{name}|{draft.sense.kind}", f"{name}|{pair.features[1]}"]


def _body(actor: Actor) -> str:
    """The id of an actor, of a person that of the body for which it stands."""
    return actor.organisation.id if actor.organisation is not None else actor.id


def _implied(scene: Scene, draft: Draft, known: set[str]) -> Participant | None:
    """The people whom a kind of happening implies as its doers (protesters); None where they are named within reach."""
    candidate, kind = draft.candidate, draft.sense.kind
    after = scene.text.forms[candidate.first : candidate.last + _THEIRS]
    for party in scene.knowledge.functions.parties:
        if kind in party.implied and party.name not in known and party.unless.isdisjoint(after):
            actor = Actor(party.name, party.name, party.kind, known=False)
            return Participant(
                candidate.first, candidate.last, candidate.start, candidate.end, actor, False, -1, how="implied"
            )
    return None


def _standing(scene: Scene, draft: Draft, candidate: Candidate, party: Participant, previous: Previous) -> list[str]:
    """How the report treats the party as a whole: how often and where it is named, what it did and suffered so far."""
    kind = str(draft.sense.kind)
    if party.how != "name":
        right = scene.syntax.window(candidate.first, candidate.last, candidate.first, len(scene.text))[2]
        out = [f"how={party.how}", f"how={party.how}|{kind}", f"how={party.how}|{right}"]
        following = scene.text.forms[candidate.last] if candidate.last < len(scene.text) else ""
        return [*out, f"how={party.how}|{kind}|{following}"]
    near = near_of(scene, candidate, party.first)
    times, headed = scene.named_often(party.number)
    actor = party.actor.id
    did, bore = min(previous.doers.get(actor, 0), 2), min(previous.done_to.get(actor, 0), 2)
    out = [f"times={min(times, 4)}|{near}", f"headed={headed}|{near}", f"order={min(party.number, 3)}|{near}"]
    out += [f"did={did}|bore={bore}|{near}", f"did={did}|bore={bore}|{kind}"]
    return out


def _add_rivals(pairs: list[Pair[Participant]], direct: list[str]) -> None:
    """Tell each pair what the others in the trigger's sentence offer: another direct doer or sufferer, how many.

    ``direct``: for each pair the feature of the slot in which its party stands right at the trigger, "" for none.
    """
    here = sum([pair.features[1].startswith("near=clause") for pair in pairs])
    held = Counter(filter(None, direct))
    for pair, own in zip(pairs, direct, strict=True):
        others = sorted(name for name, times in held.items() if times > (name == own))
        near = pair.features[1]
        standing = "direct" if own else "loose"
        pair.features += [f"rival {name}|{standing}|{near}" for name in others or ("none",)]
        pair.features.append(f"parties={min(here, 4)}|{near}")


def _mediates(scene: Scene, draft: Draft, pair: Pair[Participant]) -> bool:
    """Whether a word of sponsorship governs the party in the event's sentence: `برعاية روسية`, `بوساطة قطر`."""
    party = pair.mention
    if draft.sense.kind not in _SPONSORED or scene.text.sentence_of[party.first] != pair.candidate.sentence:
        return False
    before = scene.text.forms[max(0, party.first - 2) : party.first]  # `ترعاها واشنطن`, `أشرفت عليه موسكو`
    words = [scene.governor(party.first, party.start).slot, *before]
    return any("mediating" in scene.knowledge.functions.classes.get(word, ()) for word in words)


def choose_parties(
    scene: Scene, draft: Draft, speakers: dict[str, str], previous: Previous, explain: list[Decision] | None
) -> dict[str, tuple[Party, ...]]:
    """The parties of each role. A party takes the role in which it scores best, if above zero."""
    weights = scene.knowledge.weights
    found: dict[str, list[tuple[float, Party]]] = {role: [] for role in ROLES}
    pairs = role_pairs(scene, draft, speakers, previous)
    look_again(scene, draft, pairs)
    for pair in pairs:
        best, role = best_of(ROLES, weights.scores(ROLES, pair.features))
        if _mediates(scene, draft, pair):
            best, role = max(best, 1.0), "mediator"
        party = pair.mention
        if explain is not None:
            table = weights.of(role)
            outcome = role if best > 0 else "no role"
            explain.append(
                Decision(f"role of {party.actor.name}", outcome, round(best, 2), terms(table, pair.features),
                         evidence_at(scene, party.start, party.end))
            )  # fmt: skip
        if best > 0:
            rule = IMPLIED if party.how == "implied" else f"role.{role}"
            found[role].append((best, Party(party.actor, evidence_at(scene, party.start, party.end), rule)))
    return {role: tuple(party for _, party in _without_implied(items)) for role, items in found.items()}


def _without_implied(items: list[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """The parties of a role without those only implied by the kind, where another one is named."""
    named = [item for item in items if item[1].rule != IMPLIED]
    return named or items
