"""Which words of a text are finite verbs: those of the lexicon's triggers and cues, and the common verbs of news prose.

Much of Arabic is spelled alike as verb and noun (`قصف`, `قتل`, `تقدم`); place in the clause tells them apart (Ryding, A
Reference Grammar of Modern Standard Arabic, chapters 4 and 8).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from riwaya.model import ActorMention, CountMention, PlaceMention, TimeMention
from riwaya.reading.stops import HARD_STOP
from riwaya.text.letters import AND, ARTICLE, MARBUTA, PLURAL_VERB, PREFIXED, TANWIN, TO_THE

if TYPE_CHECKING:
    from riwaya.knowledge.lexicon import Match
    from riwaya.reading.scene import Scene

FINITE = ("perf", "impf", "jus", "sub")  # begin the features of finite forms
_NOUNS = re.compile(r"\|(?:masdar|sg|acc|pl)")  # a noun that is spelled as the verb is
_STRETCH = 8  # words
_EITHER = frozenset({"preposition", "relative"})  # of which a word may be both: it opens no clause then
_PARTICLES = frozenset({"preposition", "subordinator", "relative", "negator", "coordinator", "no_verb"})
_BEFORE_VERBS = frozenset({"subordinator", "relative", "negator", "auxiliary", "particle_qad"})


def find_verbs(scene: Scene) -> None:
    """Tokens that are finite verbs: those that the lexicon knows, and common verbs outside names."""
    finite: dict[int, Match] = {}
    nouns: set[int] = set()  # tokens that the lexicon knows as nouns too
    said: set[int] = set()
    for layer in ("trigger", "cue"):
        for match in scene.text.of(layer):
            features = match.features
            if layer == "cue":
                verb, noun = "F" in features and not _is_phrase(scene, match), "M" in features
            else:
                verb, noun = features.startswith(FINITE), bool(_NOUNS.search(features))
            if noun:
                nouns.add(match.first)
            if verb:
                finite.setdefault(match.first, match)
                if layer == "cue":
                    said.add(match.first)
    for at in [at for at in finite if _is_no_verb(scene, at)]:
        del finite[at]
    scene.verbs.update((at, _lemma(match)) for at, match in finite.items() if at not in nouns)
    _find_common(scene, nouns)
    for at in sorted(finite.keys() & nouns):
        if not reads_as_noun(scene, at, finite[at].proclitic):
            scene.verbs[at] = _lemma(finite[at])
    scene.said = said & scene.verbs.keys()


def _is_phrase(scene: Scene, match: Match) -> bool:
    """Whether a cue is a set phrase that begins with no verb (`ميدانيا`, `بحسب`): it is marked as finite forms are."""
    form = scene.text.forms[match.first]
    return match.features == "F" and not form.endswith(PLURAL_VERB) and scene.knowledge.functions.verb(form) is None


def _is_no_verb(scene: Scene, at: int) -> bool:
    """Whether a word that is spelled as a verb is a particle (`بين`) or has the ending of a noun (`حملة`, `عددًا`)."""
    form, classes, text = scene.text.forms[at], scene.knowledge.functions.classes, scene.text
    known = classes.get(form) or (classes.get(form[1:]) if form[0] in AND else None)
    raw = text.raw[text.starts[at] : text.ends[at]]
    return not _PARTICLES.isdisjoint(known or ()) or raw[-1] == MARBUTA or TANWIN in raw


def _lemma(match: Match) -> str:
    return getattr(match.entry, "lemma", "") or str(match.entry)


def _find_common(scene: Scene, doubtful: set[int]) -> None:
    """Common verbs of news prose, outside names and words of the lexicon."""
    text, functions = scene.text, scene.knowledge.functions
    named: list[ActorMention | PlaceMention | TimeMention | CountMention] = [
        *scene.actors, *scene.places, *scene.times, *scene.counts
    ]  # fmt: skip
    taken = {at for mention in named for at in range(mention.first, mention.last)}
    for at, form in enumerate(text.forms):
        verb = functions.verb(form)
        if verb is None or at in taken or at in scene.verbs or at in doubtful or _is_no_verb(scene, at):
            continue
        if (verb.sure and not _after(scene, at, "preposition")) or (at and _opens_clause(scene, at)):
            scene.verbs[at] = verb.lemma


def _after(scene: Scene, at: int, name: str) -> bool:
    """Whether the word before a token is of a class, with nothing but a space between."""
    if not at or scene.text.gaps[at] != " ":
        return False
    return name in scene.knowledge.functions.classes.get(scene.text.forms[at - 1], ())


def _opens_clause(scene: Scene, at: int) -> bool:
    """Whether a verb is to be expected at a token: after a subordinator, relative, negator or auxiliary, or a stop."""
    if not at or HARD_STOP.search(scene.text.gaps[at]):
        return True
    before = scene.text.forms[at - 1]
    known = scene.knowledge.functions.classes.get(before)
    if known is None and before[0] in AND:
        known = scene.knowledge.functions.classes.get(before[1:])
    return bool(known and not known.isdisjoint(_BEFORE_VERBS) and not known >= _EITHER)


def reads_as_noun(scene: Scene, at: int, proclitic: str) -> bool:
    """Whether a word spelled as a finite verb and as a verbal noun (`قصف`) is the noun at a token.

    It is the noun after a preposition, after a verb (as its subject or object), and in construct after an indefinite
    noun (`عملية قتل`); at the head of its clause, after a definite noun or a name it is the verb (Ryding, chapters 4
    and 8).
    """
    if proclitic and proclitic[-1] in PREFIXED:
        return True
    if not at or HARD_STOP.search(scene.text.gaps[at]) or (proclitic and proclitic[0] in AND):
        return False
    if _after(scene, at, "preposition"):
        return True
    if _opens_clause(scene, at):
        return False
    before = scene.text.forms[at - 1]
    if at - 1 in scene.light or _verb_before(scene, at):
        return True
    if before.startswith((ARTICLE, "وال", TO_THE, "بال")) or scene.text.gaps[at].strip():
        return False
    return not any(mention.last == at for mentions in (scene.places, scene.actors) for mention in mentions)


def _verb_before(scene: Scene, at: int) -> bool:
    """Whether a verb stands before a token in its stretch (`نفى الجيش قصف البلدة`), no subordinator between."""
    classes = scene.knowledge.functions.classes
    for token in range(at - 1, max(-1, at - _STRETCH), -1):
        if token in scene.verbs or token in scene.light:
            return True
        known = classes.get(scene.text.forms[token], ())
        if HARD_STOP.search(scene.text.gaps[token]) or "subordinator" in known or "relative" in known:
            return False
    return False
