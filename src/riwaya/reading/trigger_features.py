"""Features of triggers: is this candidate a happening of its own here, and which of its kinds does it name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.features import FAMILY, History, governor_word, tense_of
from riwaya.reading.scene import Scene
from riwaya.text.letters import AND, ARTICLE

_BY_KIND = (
    *("head", "with=", "then=", "after=", "left=", "right=", "path", "said=", "candidates", "link", "has="),
)  # the beginnings of features that are told by kind too
_BY_TENSE = ("head", "sent", "cue", "prev", "left", "right", "around")
_KIND, _TENSE = 1, 2
_NEAR = 6  # words after a candidate among which what depends on it is looked for
_LABELS = ("actors", "places", "counts", "days")
_TOLL = {"killed", "wounded", "casualties", "missing", "detained", "abducted", "displaced", "evacuated", "released"}


def company_features(scene: Scene, candidate: Candidate, neighbours: list[Candidate]) -> list[str]:
    """What the other candidates of its sentence say of a candidate."""
    same = [c for c in neighbours if c.sentence == candidate.sentence and c is not candidate]
    return _company(candidate, same) + _beside(scene, candidate, same)


def shared_trigger_features(scene: Scene, candidate: Candidate) -> list[str]:
    """What holds of a candidate whatever its sense and its company."""
    out = _own_place(scene, candidate)
    out += _words_around(scene, candidate)
    out += _shape_around(scene, candidate)
    out += _hanging(scene, candidate)
    if scene.text.quotes and scene.text.quote_of(candidate.first) is not None:
        out.append("quoted")
    attribution = scene.speaking_at(candidate.start)
    if attribution is None:
        out.append("said=outlet")
    else:
        out += [f"said={attribution.source.kind}", f"said={attribution.stance}", f"said={attribution.quoted}"]
    many = len(scene.triggers)
    out.append(f"candidates={'few' if many < 8 else 'some' if many < 18 else 'many'}")
    return out


def _own_place(scene: Scene, candidate: Candidate) -> list[str]:
    """Where the candidate stands in the report, its form, and the cues of reality near it."""
    out: list[str] = []
    if candidate.first < scene.head:
        out.append("head")
    else:
        order = candidate.sentence - (1 if scene.head else 0)
        out.append("sent=" + ("0" if order <= 0 else "1" if order == 1 else "2-4" if order < 5 else "5+"))
    out.append("def" if candidate.form.startswith(ARTICLE) else "indef")
    if candidate.proclitic:
        out.append("clitic=" + candidate.proclitic)
    if candidate.first == scene.text.sentences[candidate.sentence].first:
        out.append("opens")
    out += ["cue=" + cue for cue in candidate.cues]
    return out


def _words_around(scene: Scene, candidate: Candidate) -> list[str]:
    """The words on both sides of the candidate in its sentence."""
    text, classes = scene.text, scene.knowledge.functions.classes
    sentence = text.sentences[candidate.sentence]
    out: list[str] = []
    if candidate.first > sentence.first:
        before = text.forms[candidate.first - 1]
        if classes.get(before) or (before[0] in AND and classes.get(before[1:])):
            out.append("prev=" + before)
    if candidate.last < sentence.last:
        after = text.forms[candidate.last]
        if after in classes:
            out.append("next=" + after)
        elif after.startswith(ARTICLE):
            out.append("next=def")
    for offset in (-2, -1, 0, 1):
        at = candidate.first + offset if offset < 0 else candidate.last + offset
        if sentence.first <= at < sentence.last:
            out.append(f"word{offset if offset < 0 else offset + 1:+d}={text.forms[at]}")
    return out


def _shape_around(scene: Scene, candidate: Candidate) -> list[str]:
    """The symbols on both sides, and the verb on which a noun depends."""
    sentence = scene.text.sentences[candidate.sentence]
    far, left, right, further = scene.syntax.window(candidate.first, candidate.last, sentence.first, sentence.last)
    out = [f"left={left}", f"left2={far} {left}", f"right={right}", f"right2={right} {further}"]
    out.append(f"around={left}_{right}")
    verb = scene.syntax.verb[candidate.first]
    if verb >= 0 and not candidate.verbal:
        lemma = scene.light.get(verb) or scene.verbs.get(verb, "")
        side = "after" if verb < candidate.first else "before"
        out += [f"verb={lemma}|{side}", f"verb={lemma}|{side}|{left}"]
    return out


def _hanging(scene: Scene, candidate: Candidate) -> list[str]:
    """What the candidate depends on and how, and what depends on it right after it."""
    grammar, first = scene.grammar, candidate.first
    link, head = grammar.link[first] or "root", grammar.head[first]
    out = [f"link={link}", f"link={link} of {governor_word(scene, first)}"]
    if head >= 0:
        out.append(f"link={link} of {grammar.kind[head]}")
        above = grammar.link[head] or "root"
        out.append(f"link={link} of {grammar.kind[head]} {above}")
    sentence = scene.text.sentences[candidate.sentence]
    for at in range(candidate.last, min(sentence.last, candidate.last + _NEAR)):
        if grammar.head[at] == first and grammar.link[at] != "in":
            out.append(f"has={grammar.link[at]} {grammar.kind[at]}")
    return out


def _company(candidate: Candidate, same: list[Candidate]) -> list[str]:
    """The kinds of the other candidates of the sentence: right beside it, in its clause."""
    if not same:
        return ["alone"]
    out: list[str] = []
    for other in same:
        gap = other.first - candidate.last if other.first >= candidate.last else candidate.first - other.last
        if gap <= 0:
            out.append(("then=" if other.first > candidate.first else "after=") + other.senses[0].kind)
        if other.clause == candidate.clause:
            out.append("with=" + other.senses[0].kind)
    return out


def _beside(scene: Scene, candidate: Candidate, same: list[Candidate]) -> list[str]:
    """The candidates before and after in the sentence, with the path between."""
    out: list[str] = []
    before = [c for c in same if c.first < candidate.first]
    after = [c for c in same if c.first > candidate.first]
    if before:
        other = before[-1]
        path = scene.syntax.path(other.last, candidate.first)
        out += [f"path<{path}|{other.senses[0].kind!s}", f"path<{path}"]
        links = scene.grammar.chain(candidate.first, other.first)
        out += [f"links<{links}|{other.senses[0].kind!s}", f"links<{links}"]
    if after:
        other = after[0]
        path = scene.syntax.path(candidate.last, other.first)
        out += [f"path>{path}|{other.senses[0].kind!s}", f"path>{path}"]
        links = scene.grammar.chain(candidate.first, other.first)
        out += [f"links>{links}|{other.senses[0].kind!s}", f"links>{links}"]
    return out


def support_features(scene: Scene, candidate: Candidate) -> list[str]:
    """Which mentions stand in the candidate's clause and sentence."""
    out: list[str] = []
    named = scene.named_in(candidate.sentence)
    near: set[str] = set()
    for party in named.parties:
        where = "clause" if scene.clause[party.first] == candidate.clause else "sentence"
        near.add(f"{party.actor.kind}.{where}")
    for place in named.places:
        near.add("place.clause" if scene.clause[place.first] == candidate.clause else "place.sentence")
    if named.times:
        near.add("time.sentence")
    for count in named.counts:
        if count.what in _TOLL:
            where = "clause" if scene.clause[count.first] == candidate.clause else "sentence"
            near.add(f"{count.what}.{where}")
    out += ["near=" + name for name in sorted(near)]
    if not near:
        out.append("near=nothing")
    return out


def _sense_features(candidate: Candidate, sense: Sense) -> list[str]:
    """What holds of one sense of a candidate wherever it stands."""
    trigger = sense.trigger
    kind = str(sense.kind)
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
    return out


def history_features(scene: Scene, candidate: Candidate, sense: Sense, history: History) -> list[str]:
    """What was taken before a candidate says of its being new."""
    kind = str(sense.kind)
    out = _echo_features(scene, candidate, sense, history)
    out += _since_last(scene, candidate, kind, history)
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
        if sense.trigger.lemma in history.lemmas:
            out.append("same_lemma_before")
        if len(earlier) > 2:
            out.append("same_kind_many")
    else:
        out.append("new_kind")
    if history.count == 0:
        out.append("no_event_yet")
    return out


def _since_last(scene: Scene, candidate: Candidate, kind: str, history: History) -> list[str]:
    """The event told last: its kind, how far back, the path from it, and how many this sentence has told."""
    last = history.last
    if last is None or not history.last_kind:
        return []
    gap = candidate.sentence - last.sentence
    where = {0: "sentence", 1: "next"}.get(gap, "later")
    if last.clause == candidate.clause:
        where = "clause"
    out = [f"last={where}", f"last={history.last_kind}>{kind}|{where}"]
    if gap == 0:
        out.append(f"last path={scene.syntax.path(last.last, candidate.first)}")
    out.append(f"told_here={min(history.here(candidate.sentence), 3)}|{candidate.senses[0].strength}")
    return out


def _echo_features(scene: Scene, candidate: Candidate, sense: Sense, history: History) -> list[str]:
    """How much of what stands around the candidate was told with the last event of its kind, or of its family."""
    family = FAMILY[sense.kind]
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
    lemma = "same" if sense.trigger.lemma in history.lemmas else "other"
    out.append(f"like={name}|{where}|lemma={lemma}|{form}")
    if gap:
        fresh = shared_things = 0
        here, there = scene.things_in(candidate.sentence), scene.things_in(last.sentence)
        pairs: list[tuple[str, set[Any], set[Any]]] = list(zip(_LABELS, here, there, strict=True))
        for label, new, old in pairs:
            if new:
                shared = "all" if new <= old else "some" if new & old else "none"
                fresh += shared == "none"
                shared_things += shared != "none"
                out.append(f"like={name}|{label}={shared}")
                out.append(f"like={name}|{label}={shared}|{where}")
        out.append(f"like={name}|fresh={fresh}|shared={shared_things}")
        out.append(f"like={name}|fresh={fresh}|{where}|{form}")
        out.append(f"like={name}|shared={shared_things}|lemma={lemma}|{form}")
    elif name == "kind":
        between = scene.text.forms[last.last : candidate.first]
        out.append("joined" if len(between) <= 3 else "apart")
    return out


def kind_features(scene: Scene, candidate: Candidate, sense: Sense, shared: list[str], support: list[str]) -> list[str]:
    """Features of "in this place the word names this kind", for words that name several kinds."""
    kind, trigger = str(sense.kind), sense.trigger
    order = "first" if sense is candidate.senses[0] else "also"
    out = ["kind=" + kind, f"order={order}", f"order={order}|{trigger.id}", f"id={trigger.id}|{kind}"]
    out.append(f"order={order}|{kind}")
    out.append(f"{kind}|{sense.rule.rpartition('+')[2] if '+' in sense.rule else 'plain'}")
    out += [f"{name}|{kind}" for name in support]
    told = ("word", "with=", "then=", "after=", "next=", "head")
    out += [f"{name}|{kind}" for name in shared if name.startswith(told)]
    sentence = scene.text.sentences[candidate.sentence]
    for at in range(max(sentence.first, candidate.first - 5), min(sentence.last, candidate.last + 6)):
        if not candidate.first <= at < candidate.last:
            out.append(f"near_word={scene.text.forms[at]}|{kind}")
    return out


def lone_features(candidate: Candidate, sense: Sense, shared: list[str], support: list[str]) -> list[str]:
    """The features of "this candidate, in this sense, is an event" that hang on no other decision."""
    kind, strength, tense = str(sense.kind), sense.strength, tense_of(sense)
    out = _sense_features(candidate, sense) + shared + support
    out += [f"{name}|{kind}" for name in support if "civilians" in name or "killed" in name]
    if support == ["near=nothing"]:
        out.append(f"near=nothing|{kind}")
    out += [f"{name}|{strength}" for name in support]
    for name in shared:
        beside = _beside_what(name)
        if beside & _KIND:
            out.append(f"{name}|{kind}")
        if beside & _TENSE:
            out.append(f"{name}|{tense}")
    return out


@lru_cache(maxsize=1 << 16)
def _beside_what(name: str) -> int:
    """Whether a feature is told once more beside the kind (1), the inflection (2) or both (3); 0 for neither."""
    return _KIND * name.startswith(_BY_KIND) + _TENSE * name.startswith(_BY_TENSE)
