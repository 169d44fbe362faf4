"""What the words of a sentence say by their own form to the pass that links them: clitics, looks, classes.

Sources: Ryding, A Reference Grammar of Modern Standard Arabic, chapters 6 (article), 12 and 13 (pronouns), 16, 18.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riwaya.model import ActorKind
from riwaya.reading.agreement import look_of_verb
from riwaya.reading.grammar import VERBS, Grammar
from riwaya.text.letters import ALEF, ARTICLE, BA, ENCLITICS, FA, HA, KAF, LAM, PREFIXED, TO_THE, WA, YA

if TYPE_CHECKING:
    from riwaya.reading.scene import Scene

NAMES = frozenset("AP")
OBJECT_PRONOUN = tuple(pronoun for pronoun in ENCLITICS if pronoun[0] == HA)
_NISBA = (YA, YA + HA, YA + ALEF)
_CLITICS = WA + PREFIXED
_OWN = {LAM: "own_lam", BA: "own_ba"}  # classes of the nouns whose first letter is no preposition
_DEFINITE = (ARTICLE, TO_THE, *(letter + ARTICLE for letter in (WA, FA, BA, KAF)))


class Words:
    """The words of a scene, asked one by one."""

    def __init__(self, scene: Scene, grammar: Grammar) -> None:
        """Prepare to ask about the words of a scene."""
        self.forms, self.before, self.kind = scene.text.forms, scene.syntax.before, grammar.kind
        self.head, self.link = grammar.head, grammar.link
        self.classes = scene.knowledge.functions.classes
        self.persons = {p.first for p in scene.participants if p.actor.kind is ActorKind.PERSON or p.adjective}
        self.end = 0  # of the sentence

    def pointing(self, at: int) -> bool:
        """Whether a word only points at the definite noun after it (`هذه الغارات`)."""
        known = "demonstrative" in self.classes.get(self.forms[at].lstrip(_CLITICS), ())
        return known and at + 1 < self.end and self.forms[at + 1].startswith(ARTICLE)

    def among(self, at: int) -> bool:
        """Whether a word says that what follows is a part of those before (`بينهم`)."""
        return "among" in self.classes.get(self.forms[at], ())

    def definite(self, at: int) -> bool:
        """Whether a noun is definite by itself: a name, or with the article."""
        return self.kind[at] in NAMES or self.forms[at].startswith(_DEFINITE)

    def nisba(self, at: int) -> bool:
        """Whether a word has the ending of an adjective of belonging, and is no noun that ends so (`قرية`)."""
        form = self.forms[at]
        return form.endswith(_NISBA) and "noun_in_ya" not in self.classes.get(form, ())

    def look(self, at: int) -> str:
        """The look of the noun that a verb describes: that of the pronoun on the verb, else the verb's own."""
        form = self.forms[at]
        if form.endswith(OBJECT_PRONOUN):
            return "f" if form[-1] == ALEF else "m" if form[-1] == HA else "p"
        return look_of_verb(form)

    def written(self, at: int) -> str:
        """The preposition bi- or li- that is written on a noun, "" for none."""
        form = self.forms[at]
        if form.startswith(TO_THE):
            return LAM
        own = _OWN.get(form[0]) if self.kind[at] == "n" and len(form) > 3 else None
        return form[0] if own and own not in self.classes.get(form, ()) else ""

    def with_waw(self, at: int) -> bool:
        """Whether a common noun has a conjunction written on it."""
        form = self.forms[at]
        plain = self.kind[at] == "n" and form[0] == WA and len(form) > 3
        return plain and "own_waw" not in self.classes.get(form, ())

    def verb_next(self, at: int) -> bool:
        """Whether a verb follows a noun at once, whose subject it is then (`والجيش يقصف`)."""
        after = at + 1
        while after < self.end and not self.kind[after]:
            after += 1
        return after < self.end and self.kind[after] in VERBS and not self.before[after]
