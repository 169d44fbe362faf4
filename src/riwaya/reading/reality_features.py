"""Features of status, background and claims: how real a happening is told, and whose word it is.
"""

from __future__ import annotations

from riwaya.model import Attribution, Stance
from riwaya.reading.candidates import Candidate, Sense
from riwaya.reading.features import Previous, distance_class, near_class, relation, tense_of
from riwaya.reading.scene import Scene


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
    near = near_class(clauses, sentences, attribution.first < scene.head)
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
