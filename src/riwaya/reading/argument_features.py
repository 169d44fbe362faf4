"""Features of an event's arguments: parties, places, times and counts weighed against its trigger.
"""

from __future__ import annotations

from datetime import date

from riwaya.model import CountMention, PlaceMention, TimeMention
from riwaya.reading.agreement import agreement_features
from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.features import distance_class, hanging, near_class, relation, route, tense_of
from riwaya.reading.participants import Participant
from riwaya.reading.scene import Governor, Scene
from riwaya.text.letters import AND

_DESCRIBED = 3  # words before a party in which it may be said that another one belongs to it, or that it holds a place
_DESCRIBING = ("belonging", "holding")
_DIRECT = "direct="  # begins the feature of a party that stands right in a slot of the trigger's frame


def _slot(candidate: Candidate, party: Participant, governor: Governor) -> tuple[str, str]:
    """The slot of a party after the trigger, and "direct" where nothing but the trigger governs it, else ""."""
    if governor.at < candidate.last and governor.slot not in ("start", "and"):
        return ("post" if candidate.verbal else "idafa"), "direct"
    if governor.at == candidate.last or (governor.at == party.first and party.first == candidate.last):
        return governor.slot, "direct"
    return governor.slot, ""


def direct_role(features: list[str]) -> str:
    """The feature that names the role of the frame's slot in which a party stands right at the trigger, "" for none."""
    last = features[-1]
    return last if last.startswith(_DIRECT) else ""


def role_features(
    scene: Scene, candidate: Candidate, sense: Sense, party: Participant, between: int, rank: int
) -> list[str]:
    """Features of "this party is an agent / target / mediator of this event".

    ``between`` = other parties between it and the trigger; ``rank`` = its place among the parties after the trigger.
    """
    order, tokens, clauses, sentences = relation(scene, candidate, party.first, party.last)
    near = near_class(clauses, sentences, party.first < scene.head)
    governor = scene.governor(party.first, party.start)
    kind, actor_kind = str(sense.kind), str(party.actor.kind)
    form = ("v." + ("pass" if "pass" in sense.features else "act")) if candidate.verbal else "n"
    slot, attached = governor.slot, ""
    if sentences == 0 and order == "after":
        slot, attached = _slot(candidate, party, governor)
    role = sense.frame.get({"post": "subject", "bare": "subject"}.get(slot, slot), "")
    out = [
        "kind=" + kind,
        "near=" + near,
        f"order={order}|{near}",
        f"slot={slot}|{order}|{form}|{near[:7]}",
        f"slot={slot}|{order}|{kind}|{near[:7]}",
        f"slot={slot}|{near}",
        f"actor={actor_kind}",
        f"actor={actor_kind}|{kind}",
        f"actor={actor_kind}|{near}",
        f"frame={role or 'none'}|{order}|{near[:7]}",
        f"dist={distance_class(tokens)}|{order}" if sentences == 0 else "dist=other",
        f"between={min(between, 3)}|{near}",
        f"rank={min(rank, 3)}|{order}|{form}",
        "named" if party.named else "unnamed",
        f"order={order}|{kind}|{near}",
    ]
    if sentences == 0:
        out += _ways(scene, candidate, party, (form, kind, actor_kind, sense.trigger.id), order)
        out += _through_verb(scene, candidate, party, sense, slot)
    out.extend(_attachment(scene, candidate, party, governor.at, order, sentences, form, kind))
    out += _words_before(scene, candidate, party, order, near, kind, form)
    if not party.named:
        out.append(f"unnamed|{kind}|{near}")
    if order == "before" and sentences == 0:
        if party.first == scene.text.sentences[candidate.sentence].first:
            out.append(f"opens|{form}")
        out.append(f"before|{form}|{tense_of(sense)}|{near}")
    out += agreement_features(scene, candidate, sense, party, order, near)
    out += _in_frame(sense, slot, attached, role, form)
    return out


def _ways(
    scene: Scene, candidate: Candidate, party: Participant, beside: tuple[str, str, str, str], order: str
) -> list[str]:
    """The symbols and the links between a party and the trigger of its sentence, each beside other features."""
    path = route(scene, candidate, party.first, party.last)
    links, own = hanging(scene, candidate, party.first)
    out = [f"path={path}|{what}" for what in beside] + [f"links={links}|{what}" for what in beside]
    return [*out, f"hangs={own}|{beside[1]}", f"hangs={own}|{order}"]


def _in_frame(sense: Sense, slot: str, attached: str, role: str, form: str) -> list[str]:
    """What the slot right at the trigger, and the role that its frame gives the slot, say of the party there."""
    out: list[str] = []
    if attached:
        out += [f"direct|{slot}|{form}", f"direct|{slot}|{sense.kind}", f"direct|{slot}|{sense.trigger.id}"]
    if role:
        out.append(f"frame={role}|{attached or 'loose'}|{form}")
        if attached:
            out.append(_DIRECT + role)
    return out


def _through_verb(scene: Scene, candidate: Candidate, party: Participant, sense: Sense, slot: str) -> list[str]:
    """How the verb of the party stands to the trigger: it is the trigger, carries it, or is another's."""
    syntax = scene.syntax
    verb = syntax.verb[party.first]
    if verb < 0:
        return ["no_verb"]
    side = "after" if verb < party.first else "before"
    own = candidate.first if candidate.verbal else syntax.verb[candidate.first]
    if verb != own:
        return [f"verb=other|{slot}|{side}"]
    if candidate.verbal:
        return [f"verb=trigger|{slot}|{side}", f"verb=trigger|{slot}|{side}|{sense.trigger.id}"]
    lemma = scene.light.get(verb) or scene.verbs.get(verb, "")
    held = syntax.window(candidate.first, candidate.last, verb + 1, candidate.last)[1]
    return [
        f"verb=shared|{slot}|{side}|{held}",
        f"verb={lemma}|{slot}|{side}",
        f"verb={lemma}|{slot}|{side}|{held}",
    ]


def _words_before(
    scene: Scene, candidate: Candidate, party: Participant, order: str, near: str, kind: str, form: str
) -> list[str]:
    """The words before the party, whether they say that it speaks, and to what they make it a mere description."""
    forms, sentence = scene.text.forms, scene.text.sentences[scene.text.sentence_of[party.first]]
    out: list[str] = []
    if party.first > sentence.first:
        out.append(f"word-1={forms[party.first - 1]}|{order}")
    verb = scene.syntax.verb[party.first]
    if verb in scene.said:
        side = "after" if verb < party.first else "before"
        out += [f"says|{side}|{near}", f"says|{side}|{kind}"]
        if near.startswith("clause"):
            out.append(f"says|{route(scene, candidate, party.first, party.last)}|{form}")
    classes = scene.knowledge.functions.classes
    for at in range(max(sentence.first, party.first - _DESCRIBED), party.first):
        known = classes.get(forms[at]) or classes.get(forms[at].lstrip(AND)) or ()
        out += [f"{name}|{order}|{near}" for name in _DESCRIBING if name in known]
    return out


def _attachment(
    scene: Scene, candidate: Candidate, party: Participant, at: int, order: str, sentences: int, form: str, kind: str
) -> list[str]:
    """What the party is attached to: another trigger, a light verb of this one, or its sentence as subject."""
    out: list[str] = []
    if party.adjective:
        out += ["adjective", f"adjective|{order}|{kind}"]
        if sentences == 0 and order == "after":
            out.append(f"adjective|after|{distance_class(party.first - candidate.last)}")
    text = scene.text
    sentence = text.sentences[text.sentence_of[party.first]]
    if at in scene.light or (party.last < sentence.last and party.last in scene.light):
        out += [f"light|{order}|{form}", f"light={scene.light.get(at) or scene.light.get(party.last)}|{order}"]
    if sentences != 0:
        return out
    low, high = sorted((candidate.first, party.first))
    between = sum(low < trigger < high for trigger in scene.triggers)
    out.append(f"triggers_between={min(between, 3)}|{order}")
    if at != candidate.first and at in scene.triggers:
        out += [f"of_other_trigger|{order}", f"of_other_trigger|{form}|{kind}"]
    if party.first - sentence.first <= 2:
        after_verb = party.first > sentence.first and (party.first - 1 in scene.verbs)
        out.append(f"subject={'verb' if after_verb else 'opens'}|{order}|{form}")
    following = text.forms[party.last] if party.last < sentence.last else ""
    if party.last in scene.verbs and order == "before":
        out.append(f"verb_follows|{'this' if party.last == candidate.first else 'other'}")
    elif following in scene.knowledge.functions.classes:
        out.append(f"followed_by={following}|{order}")
    return out


def speaker_features(
    scene: Scene, candidate: Candidate, sense: Sense, party: Participant, speakers: dict[str, str]
) -> list[str]:
    """Whether the party is the one whose word covers the trigger."""
    stance = speakers.get(party.actor.id)
    if stance is None:
        return ["silent"]
    return ["speaks", f"speaks|{sense.kind}", f"speaks={stance}", f"speaks={stance}|{sense.kind}"]


def place_features(
    scene: Scene, candidate: Candidate, sense: Sense, mention: PlaceMention, rank: int, contains: bool, main: bool
) -> list[str]:
    """Features of "the event happened at / came from / went to this place".

    ``rank`` = order by nearness among the places; ``contains`` = a smaller place stands right before it;
    ``main`` = the place named first or most in the report.
    """
    order, tokens, clauses, sentences = relation(scene, candidate, mention.first, mention.last)
    near = near_class(clauses, sentences, mention.first < scene.head)
    governor = scene.governor(mention.first, mention.start)
    kind, level = str(sense.kind), str(mention.place.level)
    direct = "direct" if candidate.first - 1 <= governor.at <= candidate.last else "loose"
    frame = sense.frame.get(governor.slot, "none")
    out = [
        "kind=" + kind,
        f"near={near}|{order}",
        f"near={near}|rank{min(rank, 3)}",
        f"near={near}|{kind}",
        f"slot={governor.slot}|{near}",
        f"slot={governor.slot}|{kind}",
        f"slot={governor.slot}|{direct}|{order}",
        f"frame={frame}|{near}",
        f"level={level}",
        f"level={level}|{near}",
        f"level={level}|{kind}",
        f"dist={distance_class(tokens)}|{order}" if sentences == 0 else "dist=other",
        f"rank={min(rank, 4)}",
    ]
    if sentences == 0:
        path = route(scene, candidate, mention.first, mention.last)
        out += [f"path={path}", f"path={path}|{kind}", f"path={path}|{level}"]
        links, own = hanging(scene, candidate, mention.first)
        out += [f"links={links}", *(f"links={links}|{what}" for what in (kind, level, sense.trigger.id))]
        out += [f"hangs={own}|{order}", f"hangs={own}|{kind}"]
    if contains:
        out += ["container", f"container|{near}"]
    if main:
        out += ["main", f"main|{near}", f"main|{kind}"]
    if mention.direction:
        out.append("direction")
    return out


def time_features(
    scene: Scene, candidate: Candidate, sense: Sense, mention: TimeMention, rank: int, newsday: bool
) -> list[str]:
    """Features of "the event took place in this time". ``newsday``: the first day named in the lead or headline."""
    order, tokens, clauses, sentences = relation(scene, candidate, mention.first, mention.last)
    near = near_class(clauses, sentences, mention.first < scene.head)
    length = _length(mention)
    age = _age(scene, mention)
    tense = tense_of(sense)
    out = [
        f"near={near}|{order}",
        f"near={near}|rank{min(rank, 3)}",
        f"dist={distance_class(tokens)}|{order}" if sentences == 0 else "dist=other",
        f"length={length}|{near}",
        f"age={age}|{near}",
        f"age={age}|{tense}",
        f"kind={sense.kind}|{near}",
        f"tense={tense}|{near}",
        f"rank={min(rank, 4)}",
        f"rank={min(rank, 3)}|{order}|{near[:7]}",
    ]
    if sentences == 0:
        path = route(scene, candidate, mention.first, mention.last)
        out += [f"path={path}", f"path={path}|{tense}"]
        links, own = hanging(scene, candidate, mention.first)
        out += [f"links={links}", f"links={links}|{tense}", f"links={links}|{sense.kind}", f"hangs={own}|{order}"]
        stretch = range(min(mention.last, candidate.last), max(mention.first, candidate.first))
        between = sum(at in scene.verbs for at in stretch)
        out.append(f"verbs_between={min(between, 2)}|{order}")
        before = scene.text.forms[mention.first - 1] if mention.first else ""
        if before in scene.knowledge.functions.classes:
            out.append("prev=" + before)
    if newsday:
        lead = candidate.sentence <= (1 if scene.head else 0)
        out += ["newsday", f"newsday|{near}", f"newsday|{'lead' if lead else 'later'}", f"newsday|{sense.kind}"]
    for cue in candidate.cues:
        if cue.startswith(("history", "planned", "hypothetical", "ongoing")):
            out.append(f"cue={cue}|{age}")
    return out


def _length(mention: TimeMention) -> str:
    if mention.from_ is None or mention.to is None:
        return "open"
    if mention.from_ == mention.to:
        return "day"
    if mention.from_[:7] == mention.to[:7]:
        return "month"
    return "year" if mention.from_[:4] == mention.to[:4] else "long"


def _age(scene: Scene, mention: TimeMention) -> str:
    if scene.published is None or mention.to is None:
        return "unknown"
    days = (scene.published - date.fromisoformat(mention.to)).days
    for bound, name in ((-1, "future"), (0, "today"), (1, "yesterday"), (7, "week"), (45, "month"), (400, "year")):
        if days <= bound:
            return name
    return "old"


def count_features(
    scene: Scene, candidate: Candidate, sense: Sense, count: CountMention, rivals: int, nearest: bool
) -> list[str]:
    """Features of "this count tells of this event". ``rivals`` = other events nearer to it; ``nearest``: none."""
    order, tokens, clauses, sentences = relation(scene, candidate, count.first, count.last)
    near = near_class(clauses, sentences, count.first < scene.head)
    what, kind = str(count.what), str(sense.kind)
    out = [
        f"what={what}|{kind}",
        f"what={what}|{near}",
        f"near={near}|{order}",
        f"dist={distance_class(tokens)}|{order}" if sentences == 0 else "dist=other",
        f"rivals={min(rivals, 3)}|{near}",
        "nearest" if nearest else "not_nearest",
        f"nearest={nearest}|{kind}",
        f"part={count.part_of is not None}",
        f"part={count.part_of is not None}|{what}",
        f"who={count.who}",
        f"vague={count.max is None or count.max != count.min}",
    ]
    if sentences == 0:
        path = route(scene, candidate, count.first, count.last)
        out += [f"path={path}|{what}", f"path={path}|{kind}", f"path={path}"]
        links, own = hanging(scene, candidate, count.first)
        out += [f"links={links}", f"links={links}|{what}", f"links={links}|{kind}", f"hangs={own}|{kind}"]
    return out
