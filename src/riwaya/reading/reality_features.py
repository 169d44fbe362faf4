"""Features of status, background and claims: how real a happening is told, and whose word it is.
"""

from __future__ import annotations

from datetime import date

from riwaya.model import Attribution, Stance
from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.features import Previous, distance_class, hanging, near_class, relation, tense_of
from riwaya.reading.scene import Scene
from riwaya.text.letters import AND, SIN, TA, YA

_PREFIXES = {YA: "imperfect", TA: "imperfect or form V"}
_FUTURE = ("سي", "ست", "سن")
_EITHER = frozenset({"preposition", "relative"})  # of which a word may be both: no telling which it is
_PARTICLES = frozenset({"negator", "auxiliary", "particle_qad", "subordinator", "relative"})


def _before_trigger(scene: Scene, candidate: Candidate, tense: str) -> list[str]:
    """Auxiliaries, negators and relatives before the trigger, and how its sentence opens."""
    forms, classes = scene.text.forms, scene.knowledge.functions.classes
    sentence = scene.text.sentences[candidate.sentence]
    out = [f"sentence_opens={forms[sentence.first]}"]
    for at in range(max(sentence.first, candidate.first - 3), candidate.first):
        form = forms[at].lstrip(AND) or forms[at]
        for name in sorted(classes.get(forms[at]) or classes.get(form) or ()):
            if name in ("negator", "auxiliary", "particle_qad"):
                out.append(f"{name}-{candidate.first - at}")
                out.append(f"{name}={form}|{tense}")
    for at in range(candidate.first - 1, sentence.first - 1, -1):
        if scene.clause[at] != candidate.clause:
            break
        known = classes.get(forms[at], ())
        if "relative" in known and "preposition" not in known:
            out.append("in_relative")
        if "auxiliary" in (known or classes.get(forms[at].lstrip(AND), ())):
            out.append("auxiliary_in_clause")
    return out


def _governing_verb(scene: Scene, candidate: Candidate) -> list[str]:
    """The form of the verb on which a noun depends, and the particle before it: `قد تثير ... انتقادات`."""
    at = scene.syntax.verb[candidate.first]
    if at < 0 or candidate.verbal:
        return []
    forms, classes = scene.text.forms, scene.knowledge.functions.classes
    form = forms[at].lstrip(AND) or forms[at]
    form_class = "future" if form[:2] in _FUTURE else _PREFIXES.get(form[0], "perfect")
    side = "after" if at < candidate.first else "before"
    out = [f"governed={form_class}|{side}"]
    before = forms[at - 1].lstrip(AND) or forms[at - 1] if at else ""
    names = classes.get(before, frozenset())
    particle = "none" if names >= _EITHER or _PARTICLES.isdisjoint(names) else before
    out.append(f"governed={form_class}|{particle}|{side}")
    out.append(f"governed by {scene.verbs.get(at, '')}|{form_class}|{particle}")
    return out


def _ruling_verb(scene: Scene, candidate: Candidate, tense: str) -> list[str]:
    """The verb of the clause in which the trigger stands by the grammar, its form, and the links up to it."""
    at, links = scene.grammar.ruling_verb(candidate.first)
    if at < 0:
        return [f"ruled=no|{tense}"]
    forms, classes = scene.text.forms, scene.knowledge.functions.classes
    form = forms[at].lstrip(AND) or forms[at]
    form_class = "future" if form[:2] in _FUTURE else _PREFIXES.get(form[0], "perfect")
    lemma = scene.light.get(at) or scene.verbs.get(at, "")
    before = forms[at - 1].lstrip(AND) or forms[at - 1] if at else ""
    names = classes.get(before, frozenset())
    particle = "none" if names >= _EITHER or _PARTICLES.isdisjoint(names) else before
    return [f"ruled={links}|{form_class}", f"ruled={links}|{lemma}", f"ruled={form_class}|{particle}|{tense}",
            f"ruled by {lemma}|{form_class}"]  # fmt: skip


def _ages_here(scene: Scene, candidate: Candidate) -> list[str]:
    """How old the times named in the trigger's sentence and in those before it are, whatever they date."""
    out: list[str] = []
    for away in (0, -1, -2):
        if candidate.sentence + away < 0:
            continue
        times = scene.named_in(candidate.sentence + away).times
        days = [(scene.published - date.fromisoformat(t.to)).days for t in times if t.to and scene.published]
        if days:
            out += [f"oldest {away}={_step(max(days))}", f"newest {away}={_step(min(days))}"]
        else:
            out.append(f"undated {away}")
    return out


def _step(days: int) -> str:
    for bound, name in ((-1, "future"), (1, "news"), (8, "week"), (45, "month"), (400, "year")):
        if days <= bound:
            return name
    return "old"


def reality_features(
    scene: Scene, candidate: Candidate, sense: Sense, shared: list[str], age: str, stances: list[str], before: Previous
) -> list[str]:
    """Features of status and background. ``age`` = the class of the event's time; ``stances`` of its claims."""
    tense, kind = tense_of(sense), str(sense.kind)
    out = ["kind=" + kind, "tense=" + tense, f"tense={tense}|{kind}", "age=" + age, f"age={age}|{tense}"]
    out.append("inflection=" + sense.features)
    out.append("id=" + sense.trigger.id)
    out.extend(shared)
    out += [f"{name}|{tense}" for name in shared if name.startswith(("cue", "prev", "head", "sent", "clitic"))]
    out += [f"age={age}|{name}" for name in shared if name.startswith(("head", "sent"))]
    out += ["stance=" + stance for stance in stances]
    if SIN in candidate.proclitic or (candidate.verbal and candidate.form[:2] in _FUTURE):
        out.append("future_s")
    out.extend(_before_trigger(scene, candidate, tense))
    out.extend(_governing_verb(scene, candidate))
    out.extend(_ruling_verb(scene, candidate, tense))
    out.extend(_ages_here(scene, candidate))
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
    stance, speaker, kind = str(attribution.stance), str(attribution.source.kind), str(sense.kind)
    near = near_class(clauses, sentences, attribution.first < scene.head)
    rule = attribution.rule.rpartition(".")[2]
    position = "head" if candidate.first < scene.head else "body"
    out = [
        f"at={at}",
        f"at={at}|{sourced}",
        f"at={at}|{stance}",
        f"at={at}|{near}",
        f"at={at}|{kind}",
        f"at={at}|{position}",
        f"source={speaker}|{at}",
        f"source={speaker}|{kind}",
        f"rule={attribution.rule}|{at}",
        f"rule={rule}|{at}",
        f"mentions={min(mentions, 3)}|{at}",
        f"quoted={attribution.quoted}|{at}",
        f"dist={distance_class(tokens)}|{at}" if sentences == 0 else f"dist=other|{at}",
        f"tense={tense_of(sense)}|{at}",
    ]
    if sentences == 0:
        links, _ = hanging(scene, candidate, attribution.first)
        out += [f"links={links}|{at}", f"links={links}|{stance}"]
    out += [f"cue={cue}|{at}" for cue in candidate.cues if cue.startswith("history")]
    if attribution.stance is not Stance.ASSERTS:
        out.append(f"stance={stance}|{near}|{at}")
        out.append(f"stance={stance}|{kind}")
    return out
