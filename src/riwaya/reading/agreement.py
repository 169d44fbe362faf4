"""Agreement in gender and number: a verb with its subject, a pronoun with the party it stands for.

A verb before its subject agrees in gender alone, one after it in number too; things and groups of things are feminine
singular (Ryding, A Reference Grammar of Modern Standard Arabic, chapters 4.2, 7.2 and 12.3). Words are told by their
endings, so a class says what a word looks like; what a pair of classes means is left to the scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riwaya.text.letters import AND, ARTICLE, FEMININE, FEMININE_VERB, MASCULINE_VERB, PLURAL, PLURAL_VERB

if TYPE_CHECKING:
    from riwaya.reading.candidates import Candidate, Sense
    from riwaya.reading.participants import Participant
    from riwaya.reading.scene import Scene


def look_of_noun(word: str) -> str:
    """What a folded noun looks like: ``f`` (feminine, or a group of things), ``p`` (several men), else ``m``."""
    if word.endswith(FEMININE):
        return "f"
    return "p" if word.endswith(PLURAL) else "m"


def look_of_verb(word: str) -> str:
    """What a folded finite verb looks like: ``p`` (they), ``f`` (she, or a group of things), else ``m``.

    >>> look_of_verb("وقصفت"), look_of_verb("هاجموا"), look_of_verb("يسيطر")
    ('f', 'p', 'm')
    """
    bare = word.lstrip(AND) or word
    if bare.endswith(PLURAL_VERB):
        return "p"
    if bare.startswith(MASCULINE_VERB):
        return "m"
    return "f" if bare.endswith(FEMININE_VERB) or bare.startswith(FEMININE_VERB) else "m"


def _look(scene: Scene, party: Participant) -> str:
    """The look of a party's first word with the kind of actor that it is."""
    word = scene.text.forms[party.first][len(scene.proclitic(party.first, party.start)) :].removeprefix(ARTICLE)
    return f"{look_of_noun(word)}.{party.actor.kind}"


def agreement_features(
    scene: Scene, candidate: Candidate, sense: Sense, party: Participant, order: str, near: str
) -> list[str]:
    """How a party agrees with the trigger or the verb on which both depend, and with the pronoun on the trigger."""
    out: list[str] = []
    look = _look(scene, party)
    verb = scene.syntax.verb[party.first]
    if near.startswith("clause"):
        if candidate.verbal:
            person = sense.features.split("|", 1)[0].rpartition(".")[2]
            out.append(f"agree={person}>{look}|{order}")
        elif verb >= 0 and verb == scene.syntax.verb[candidate.first]:
            side = "after" if verb < party.first else "before"
            out.append(f"verb agrees={look_of_verb(scene.text.forms[verb])}>{look}|{side}")
    if sense.enclitic:
        role = sense.frame.get("object" if candidate.verbal else "idafa", "none")
        out += [f"pronoun={sense.enclitic}>{look}|{role}|{order}", f"pronoun={role}|{order}|{near}"]
    return out
