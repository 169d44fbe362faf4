"""Named features of the event reader's decisions. Each decision is one additive score over such names.

A feature is a readable string; the same functions serve reading and training. Numbers are put into classes so that a
weight means the same in short and long reports.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from riwaya.model import FAMILIES, Attribution, CountMention, PlaceMention, Stance, TimeMention
from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.scene import Participant, Scene

_TOLL = {"killed", "wounded", "casualties", "missing", "detained", "abducted", "displaced", "evacuated", "released"}


def distance_class(tokens: int) -> str:
    """A distance in tokens as a class: 0, 1, 2, 3, 5, 8, 13, far (the class is the upper bound)."""
    for bound in (0, 1, 2, 3, 5, 8, 13):
        if tokens <= bound:
            return str(bound)
    return "far"


def tense_of(sense: Sense) -> str:
    """The inflection class of a sense: perf, impf, jus, sub, masdar, noun …"""
    return sense.features.split(".", 1)[0] or sense.trigger.pos


@dataclass(slots=True)
class History:
    """What was taken as events so far, while reading on."""

    kinds: dict[str, list[Candidate]] = field(default_factory=dict)
    families: dict[str, list[Candidate]] = field(default_factory=dict)
    lemmas: set[str] = field(default_factory=set)
    last: Candidate | None = None
    count: int = 0

    def add(self, candidate: Candidate, sense: Sense) -> None:
        """Take a candidate as an event."""
        self.kinds.setdefault(sense.kind, []).append(candidate)
        self.families.setdefault(_FAMILY[sense.kind], []).append(candidate)
        self.lemmas.add(sense.trigger.lemma)
        self.last = candidate
        self.count += 1


@dataclass(slots=True)
class Previous:
    """What the event before this one was given: reports go on about the same parties, places and days."""

    agents: frozenset[str] = frozenset()  # actor ids
    targets: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()  # place ids
    time: tuple[str | None, str | None] | None = None
    sources: frozenset[tuple[str, str]] = frozenset()  # actor id, stance
    sentence: int = -9
    kind: str = ""
    background: bool = False
    status: str = ""


def shared_trigger_features(scene: Scene, candidate: Candidate, neighbours: list[Candidate]) -> list[str]:
    """What holds of a candidate whatever its sense."""
    text = scene.text
    sentence = text.sentences[candidate.sentence]
    out: list[str] = []
    say = out.append
    if candidate.first < scene.head:
        say("head")
    else:
        order = candidate.sentence - (1 if scene.head else 0)
        say("sent=" + ("0" if order <= 0 else "1" if order == 1 else "2-4" if order < 5 else "5+"))
    say("def" if candidate.form.startswith("ال") else "indef")
    if candidate.proclitic:
        say("clitic=" + candidate.proclitic)
    if candidate.first == sentence.first:
        say("opens")
    for cue in candidate.cues:
        say("cue=" + cue)
    classes = scene.knowledge.functions.classes
    if candidate.first > sentence.first:
        before = text.forms[candidate.first - 1]
        known = classes.get(before) or (classes.get(before[1:]) if before[0] in "وف" else None)
        if known:
            say("prev=" + before)
    if candidate.last < sentence.last:
        after = text.forms[candidate.last]
        if after in classes:
            say("next=" + after)
        elif after.startswith("ال"):
            say("next=def")
    for offset in (-2, -1, 0, 1):
        at = candidate.first + offset if offset < 0 else candidate.last + offset
        if sentence.first <= at < sentence.last:
            say(f"word{offset if offset < 0 else offset + 1:+d}={text.forms[at]}")
    same = [c for c in neighbours if c.sentence == candidate.sentence and c is not candidate]
    if not same:
        say("alone")
    for other in same:
        gap = other.first - candidate.last if other.first >= candidate.last else candidate.first - other.last
        if gap <= 0:
            say(("then=" if other.first > candidate.first else "after=") + other.senses[0].kind)
        if other.clause == candidate.clause:
            say("with=" + other.senses[0].kind)
    if text.quotes and text.quote_of(candidate.first) is not None:
        say("quoted")
    return out


def support_features(scene: Scene, candidate: Candidate) -> list[str]:
    """Which mentions stand in the candidate's clause and sentence."""
    out: list[str] = []
    sentence = scene.text.sentences[candidate.sentence]
    low, high = sentence.first, sentence.last
    near: set[str] = set()
    for party in scene.participants:
        if low <= party.first < high:
            where = "clause" if scene.clause[party.first] == candidate.clause else "sentence"
            near.add(f"{party.actor.kind}.{where}")
    for place in scene.places:
        if low <= place.first < high:
            near.add("place.clause" if scene.clause[place.first] == candidate.clause else "place.sentence")
    for time in scene.times:
        if low <= time.first < high:
            near.add("time.sentence")
    for count in scene.counts:
        if low <= count.first < high and count.what in _TOLL:
            where = "clause" if scene.clause[count.first] == candidate.clause else "sentence"
            near.add(f"{count.what}.{where}")
    out.extend("near=" + name for name in sorted(near))
    if not near:
        out.append("near=nothing")
    return out


def sense_features(scene: Scene, candidate: Candidate, sense: Sense, history: History) -> list[str]:
    """What holds of one sense of a candidate, given what was taken before it."""
    trigger = sense.trigger
    kind = sense.kind
    tense = tense_of(sense)
    out = [
        "kind=" + kind,
        "id=" + trigger.id,
        "strength=" + sense.strength,
        "tense=" + tense,
        f"tense={tense}|{kind}",
        f"pos={trigger.pos}|{sense.strength}",
    ]
    if sense.enclitic:
        out.append("enclitic")
    if trigger.result:
        out.append("result")
    if len(candidate.senses) > 1:
        out.append("senses=many")
    out.extend(_echo_features(scene, candidate, sense, history))
    earlier = history.kinds.get(kind)
    if earlier:
        last = earlier[-1]
        out.append("same_kind_before")
        out.append(f"same_kind_before|{kind}")
        if candidate.definite or sense.enclitic:
            out.append("same_kind_before|def")
        if last.sentence == candidate.sentence:
            out.append("same_kind_sentence")
            if last.clause == candidate.clause:
                out.append("same_kind_clause")
        if last.first < scene.head:
            out.append("same_kind_head")
        if trigger.lemma in history.lemmas:
            out.append("same_lemma_before")
        if len(earlier) > 2:
            out.append("same_kind_many")
    else:
        out.append("new_kind")
    if history.count == 0:
        out.append("no_event_yet")
    return out


_FAMILY = {str(kind): family for family, kinds in FAMILIES.items() for kind in kinds}


def _things(scene: Scene, sentence: int) -> tuple[set[int], set[str], set[tuple[str, int | None]], set[str | None]]:
    """Actors, places, counts and days named in a sentence."""
    known = scene.things.get(sentence)
    if known is None:
        part = scene.text.sentences[sentence]
        low, high = part.first, part.last
        known = (
            {p.number for p in scene.participants if low <= p.first < high},
            {p.place.id for p in scene.places if low <= p.first < high},
            {(str(c.what), c.min) for c in scene.counts if low <= c.first < high},
            {t.from_ for t in scene.times if low <= t.first < high},
        )
        scene.things[sentence] = known
    return known


def _echo_features(scene: Scene, candidate: Candidate, sense: Sense, history: History) -> list[str]:
    """How much of what stands around the candidate was told with the last event of its kind, or of its family."""
    family = _FAMILY[sense.kind]
    earlier = history.kinds.get(sense.kind)
    name = "kind"
    if not earlier:
        earlier = history.families.get(family)
        name = "family"
    if not earlier:
        return ["no_like_before"]
    last = earlier[-1]
    gap = candidate.sentence - last.sentence
    where = "head" if last.first < scene.head else "same" if gap == 0 else "next" if gap == 1 else "later"
    form = "def" if candidate.definite else "indef"
    out = [f"like={name}|{where}", f"like={name}|{where}|{form}", f"like={name}|{where}|{tense_of(sense)}"]
    if gap:
        here, there = _things(scene, candidate.sentence), _things(scene, last.sentence)
        for label, new, old in zip(("actors", "places", "counts", "days"), here, there, strict=True):
            if new:
                shared = "all" if new <= old else "some" if new & old else "none"
                out.append(f"like={name}|{label}={shared}")
                out.append(f"like={name}|{label}={shared}|{where}")
    elif name == "kind":
        between = scene.text.forms[last.last : candidate.first]
        out.append("joined" if len(between) <= 3 else "apart")
    return out


def kind_features(scene: Scene, candidate: Candidate, sense: Sense, shared: list[str], support: list[str]) -> list[str]:
    """Features of "in this place the word names this kind", for words that name several kinds."""
    kind, trigger = sense.kind, sense.trigger
    order = "first" if sense is candidate.senses[0] else "also"
    out = ["kind=" + kind, f"order={order}", f"order={order}|{trigger.id}", f"id={trigger.id}|{kind}"]
    out.append(f"order={order}|{kind}")
    out.append(f"{kind}|{sense.rule.rpartition('+')[2] if '+' in sense.rule else 'plain'}")
    out.extend(f"{name}|{kind}" for name in support)
    out.extend(f"{name}|{kind}" for name in shared if name.startswith(("word", "with=", "then=", "after=", "next=", "head")))
    sentence = scene.text.sentences[candidate.sentence]
    for at in range(max(sentence.first, candidate.first - 5), min(sentence.last, candidate.last + 6)):
        if not candidate.first <= at < candidate.last:
            out.append(f"near_word={scene.text.forms[at]}|{kind}")
    return out


def trigger_features(
    scene: Scene, candidate: Candidate, sense: Sense, shared: list[str], support: list[str], history: History
) -> list[str]:
    """All features of the decision "this candidate, in this sense, is a new event"."""
    own = sense_features(scene, candidate, sense, history)
    kind, strength, tense = sense.kind, sense.strength, tense_of(sense)
    out = own + shared + support
    out.extend(f"{name}|{kind}" for name in support if "civilians" in name or "killed" in name or name == "near=nothing")
    out.extend(f"{name}|{strength}" for name in support)
    out.extend(f"{name}|{tense}" for name in shared if name.startswith(("head", "sent", "cue", "prev")))
    out.extend(f"{name}|{kind}" for name in shared if name.startswith(("head", "with=", "then=", "after=")))
    return out


def relation(scene: Scene, candidate: Candidate, first: int, last: int) -> tuple[str, int, int, int]:
    """Order (before/after/inside), and distances in tokens, clauses and sentences of a mention from a candidate."""
    if first >= candidate.last:
        order, tokens = "after", first - candidate.last
    elif last <= candidate.first:
        order, tokens = "before", candidate.first - last
    else:
        order, tokens = "inside", 0
    clauses = abs(scene.clause[first] - candidate.clause)
    sentences = scene.text.sentence_of[first] - candidate.sentence
    return order, tokens, clauses, sentences


def _near_class(clauses: int, sentences: int, in_head: bool) -> str:
    if sentences == 0:
        return f"clause{min(clauses, 3)}"
    if in_head:
        return "head"
    if sentences == -1:
        return "sentence-1"
    if sentences == 1:
        return "sentence+1"
    return "far"


def role_features(
    scene: Scene, candidate: Candidate, sense: Sense, party: Participant, between: int, rank: int
) -> list[str]:
    """Features of "this party is an agent / target / mediator of this event".

    ``between`` = other parties between it and the trigger; ``rank`` = its place among the parties after the trigger.
    """
    order, tokens, clauses, sentences = relation(scene, candidate, party.first, party.last)
    near = _near_class(clauses, sentences, party.first < scene.head)
    governor = scene.governor(party.first, party.start)
    kind, actor_kind = sense.kind, party.actor.kind
    tense = tense_of(sense)
    form = ("v." + ("pass" if "pass" in sense.features else "act")) if candidate.verbal else "n"
    slot = governor.slot
    attached = ""
    if sentences == 0 and order == "after":
        if governor.at < candidate.last and slot not in ("start", "and"):
            slot, attached = ("idafa" if not candidate.verbal else "post"), "direct"
        elif governor.at == candidate.last or (governor.at == party.first and party.first == candidate.last):
            attached = "direct"
    frame = sense.frame
    role = frame.get({"post": "subject", "bare": "subject"}.get(slot, slot), "")
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
    out.extend(_attachment(scene, candidate, party, governor.at, order, sentences, form, kind))
    if attached:
        out.append(f"direct|{slot}|{form}")
        out.append(f"direct|{slot}|{kind}")
        out.append(f"direct|{slot}|{sense.trigger.id}")
    if role:
        out.append(f"frame={role}|{attached or 'loose'}|{form}")
    if not party.named:
        out.append(f"unnamed|{kind}|{near}")
    if order == "before" and sentences == 0:
        if party.first == scene.text.sentences[candidate.sentence].first:
            out.append(f"opens|{form}")
        out.append(f"before|{form}|{tense}|{near}")
    return out


def carried(previous: Previous, held: str, candidate: Candidate, kind: str, near: str) -> list[str]:
    """Features of a value that the event before held in some role (``held``; "" where it held none)."""
    if not held:
        return ["carried=no"] if previous.kind else ["first_event"]
    away = candidate.sentence - previous.sentence
    gap = "same" if away == 0 else "next" if away == 1 else "later"
    return [f"carried={held}", f"carried={held}|{gap}", f"carried={held}|{near}", f"carried={held}|{kind}",
            f"carried={held}|{'same_kind' if kind == previous.kind else 'other_kind'}"]  # fmt: skip


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
    between = bisect_left(scene.triggers, high) - bisect_right(scene.triggers, low)
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
    near = _near_class(clauses, sentences, mention.first < scene.head)
    governor = scene.governor(mention.first, mention.start)
    kind, level = sense.kind, mention.place.level
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
    near = _near_class(clauses, sentences, mention.first < scene.head)
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
        between = scene.verbs.intersection(range(min(mention.last, candidate.last), max(mention.first, candidate.first)))
        out.append(f"verbs_between={min(len(between), 2)}|{order}")
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
    from datetime import date

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
    near = _near_class(clauses, sentences, count.first < scene.head)
    return [
        f"what={count.what}|{sense.kind}",
        f"what={count.what}|{near}",
        f"near={near}|{order}",
        f"dist={distance_class(tokens)}|{order}" if sentences == 0 else "dist=other",
        f"rivals={min(rivals, 3)}|{near}",
        "nearest" if nearest else "not_nearest",
        f"nearest={nearest}|{sense.kind}",
        f"part={count.part_of is not None}",
        f"part={count.part_of is not None}|{count.what}",
        f"who={count.who}",
        f"vague={count.max is None or count.max != count.min}",
    ]


def _before_trigger(scene: Scene, candidate: Candidate, tense: str) -> list[str]:
    """Auxiliaries, negators and relatives before the trigger, and how its sentence opens."""
    forms, classes = scene.text.forms, scene.knowledge.functions.classes
    sentence = scene.text.sentences[candidate.sentence]
    out = [f"sentence_opens={forms[sentence.first]}"]
    for at in range(max(sentence.first, candidate.first - 3), candidate.first):
        form = forms[at].lstrip("وف") or forms[at]
        for name in sorted(classes.get(forms[at]) or classes.get(form) or ()):
            if name in ("negator", "auxiliary", "particle_qad"):
                out.append(f"{name}-{candidate.first - at}")
                out.append(f"{name}={form}|{tense}")
    for at in range(candidate.first - 1, sentence.first - 1, -1):
        if scene.clause[at] != candidate.clause:
            break
        known = classes.get(forms[at], ())
        if "relative" in known and forms[at] != "من":
            out.append("in_relative")
        if "auxiliary" in (known or classes.get(forms[at].lstrip("وف"), ())):
            out.append("auxiliary_in_clause")
    return out


def reality_features(
    scene: Scene, candidate: Candidate, sense: Sense, shared: list[str], age: str, stances: list[str], before: Previous
) -> list[str]:
    """Features of status and background. ``age`` = the class of the event's time; ``stances`` of its claims."""
    tense, kind = tense_of(sense), sense.kind
    out = ["kind=" + kind, "tense=" + tense, f"tense={tense}|{kind}", "age=" + age, f"age={age}|{tense}"]
    out.append("inflection=" + sense.features)
    out.append("id=" + sense.trigger.id)
    out.extend(shared)
    out.extend(f"{name}|{tense}" for name in shared if name.startswith(("cue", "prev", "head", "sent")))
    out.extend(f"age={age}|{name}" for name in shared if name.startswith(("head", "sent")))
    out.extend("stance=" + stance for stance in stances)
    if "س" in candidate.proclitic or (candidate.verbal and candidate.form[:2] in ("سي", "ست", "سن")):
        out.append("future_s")
    out.extend(_before_trigger(scene, candidate, tense))
    sentences = max(1, len(scene.text.sentences) - 1)
    out.append(f"position={int(4 * candidate.sentence / sentences)}")
    out.append(f"position={int(4 * candidate.sentence / sentences)}|age={age}")
    out.append(f"length={'short' if sentences < 6 else 'middle' if sentences < 14 else 'long'}")
    if before.kind:
        gap = "same" if candidate.sentence == before.sentence else "later"
        out.append(f"after={before.background}|{gap}")
        out.append(f"after={before.background}|{gap}|age={age}")
        out.append(f"after_status={before.status}|{gap}|{tense}")
        if before.background:
            out.append(f"after_background|{tense}")
    return out


def claim_features(
    scene: Scene, candidate: Candidate, sense: Sense, attribution: Attribution, at: str, sourced: bool, mentions: int
) -> list[str]:
    """Features of "this attribution speaks of this event".

    ``at``: it is the word over the event's first mention (``own``), over a later one (``echo``), it covers one less
    closely (``cover``), or it only stands near (``near``). ``sourced``: some attribution stands over the first mention.
    """
    _, tokens, clauses, sentences = relation(scene, candidate, attribution.first, attribution.last)
    stance, kind = attribution.stance, attribution.source.kind
    near = _near_class(clauses, sentences, attribution.first < scene.head)
    rule = attribution.rule.rpartition(".")[2]
    position = "head" if candidate.first < scene.head else "body"
    out = [
        f"at={at}",
        f"at={at}|{sourced}",
        f"at={at}|{stance}",
        f"at={at}|{near}",
        f"at={at}|{sense.kind}",
        f"at={at}|{position}",
        f"source={kind}|{at}",
        f"source={kind}|{sense.kind}",
        f"rule={attribution.rule}|{at}",
        f"rule={rule}|{at}",
        f"mentions={min(mentions, 3)}|{at}",
        f"quoted={attribution.quoted}|{at}",
        f"dist={distance_class(tokens)}|{at}" if sentences == 0 else f"dist=other|{at}",
        f"tense={tense_of(sense)}|{at}",
    ]
    out.extend(f"cue={cue}|{at}" for cue in candidate.cues if cue.startswith("history"))
    if stance is not Stance.ASSERTS:
        out.append(f"stance={stance}|{near}|{at}")
        out.append(f"stance={stance}|{sense.kind}")
    return out
