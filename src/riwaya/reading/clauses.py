"""The pass that links each word of a sentence to the word on which it depends (see :mod:`riwaya.reading.grammar`).

Words come in one after the other; what is open is kept: the clause with its verb and the nouns that wait for one, the
clauses around it, the noun read last, a preposition or conjunction that the next word is to follow. Where the spelling
leaves two readings the commoner one is taken. Word order, constructs, agreement: Ryding, A Reference Grammar of Modern
Standard Arabic, chapters 4, 7, 8, 10, 14, 16, 19.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from riwaya.reading.agreement import look_of_noun
from riwaya.reading.clause_words import NAMES, OBJECT_PRONOUN, Words
from riwaya.reading.grammar import VERBS, Grammar, word_kinds
from riwaya.text.letters import ARTICLE, LAM, NUN, PREFIXED, WA, YA

if TYPE_CHECKING:
    from riwaya.reading.scene import Scene

_NOUNS = frozenset("APTCEn")
_STOPS = frozenset(".:")
_CLIMB = 12  # links followed upwards at most
_LIST = 9  # words within which the words of a list stand beside each other
_INSIDE = frozenset({"gen", "adj", "app", "conj"})  # links within one group of nouns
_RELATIVE = ("rel", "relo")


def read_grammar(scene: Scene) -> Grammar:
    """The grammar of a scene whose mentions, verbs and triggers are known: of the sentences that hold a trigger."""
    size = len(scene.text)
    grammar = Grammar([-1] * size, [""] * size, word_kinds(scene))
    reading = _Reading(scene, grammar)
    for number in sorted({scene.text.sentence_of[at] for at in scene.triggers}):
        sentence = scene.text.sentences[number]
        reading.sentence(sentence.first, sentence.last)
    return grammar


@dataclass(slots=True)
class _Clause:
    """A clause while its words come in: how its root hangs on what is around it, its verb, nouns that wait for it."""

    head: int = -1
    link: str = "root"
    verb: int = -1  # the verb whose subject and object are awaited
    topics: list[int] = field(default_factory=list)  # nouns before their verb
    ahead: list[tuple[int, str]] = field(default_factory=list)  # times and what a preposition governs, with their links


class _Reading(Words):
    """The state of the pass: what is open while the words of a sentence come in."""

    def __init__(self, scene: Scene, grammar: Grammar) -> None:
        """Prepare to link the words of a scene."""
        super().__init__(scene, grammar)
        self._clear()

    def _clear(self) -> None:
        """Forget what is open: a new clause begins that stands by itself."""
        self.clause = _Clause()
        self.around: list[_Clause] = []
        self.noun = -1  # the noun read last
        self.noun_end = -1  # the token after it, while nothing stands between
        self.taken: set[tuple[int, str]] = set()  # verbs with their subject or object
        self.units: list[int] = []
        self._drop()

    def _drop(self) -> None:
        """Forget the function words that the next word was to follow."""
        self.preposition = ""
        self.site = -1
        self.relative = self.subordinate = self.pronoun = self.joined = False

    def sentence(self, first: int, last: int) -> None:
        """Link the words of one sentence; what a colon or semicolon divides hangs on the root before it."""
        self._clear()
        self.end = last
        root = -1
        for at in range(first, last):
            kind, mark = self.kind[at], self.before[at]
            if not kind:
                self._inside(at)
                continue
            if at > first and mark and mark[0] in _STOPS:
                root = self._close_all(root)
                self._clear()
                self.clause.head, self.clause.link = root, "par"
            elif mark[:1] == ",":
                self._comma()
            if kind in VERBS:
                self._verb(at, "&" in mark)
            elif kind == "n" and self.pointing(at):
                self._point(at, mark)
                continue
            elif kind in _NOUNS and not (kind == "n" and self.among(at)):
                self._noun(at, mark)
            else:
                self._function(at, kind, "&" in mark)
                continue
            self._drop()
        self._close_all(root)

    def _close_all(self, before: int) -> int:
        """Close the clauses that are open; returns the word on which the outermost hangs, ``before`` for none."""
        while True:
            root = self._close()
            if not self.around:
                return root if root >= 0 else before
            self.clause = self.around.pop()

    def _close(self) -> int:
        """Link the idle words of the innermost clause; returns its root, -1 where it is empty."""
        clause = self.clause
        root = clause.verb if clause.verb >= 0 else clause.topics[0] if clause.topics else -1
        if root >= 0:
            for at, link in (*((topic, "top") for topic in clause.topics), *clause.ahead):
                if self.head[at] < 0:
                    self._set(at, root, link)
            if self.head[root] < 0:
                self._set(root, clause.head, clause.link)
        return root

    def _open(self, head: int, link: str) -> None:
        """Open a clause within the one that is open."""
        self.around.append(self.clause)
        self.clause = _Clause(head, link)

    def _leave(self) -> None:
        """Close the innermost clause."""
        self._close()
        self.clause = self.around.pop()

    def _inside(self, at: int) -> None:
        """A later word of a mention hangs on its first."""
        if self.noun >= 0 and self.noun_end == at:
            self.head[at], self.link[at] = self.noun, "in"
            self.noun_end = at + 1

    def _comma(self) -> None:
        """A comma ends a relative clause that has what it needs."""
        if self.clause.link in _RELATIVE and self.noun > self.clause.verb >= 0:
            self._leave()
        self.noun_end = -1

    def _function(self, at: int, kind: str, joined: bool) -> None:
        """A function word opens what the next word is to close."""
        self.joined = self.joined or joined or kind == "&"
        if kind == "R":
            self.relative = True
        elif kind == "Q":
            self.subordinate = True
            self.pronoun = self.forms[at].endswith(OBJECT_PRONOUN)  # `أنه`: the subject of what follows
        elif kind not in ("N", "K", "&"):
            names = self.classes.get(kind, ())
            if self.among(at):
                self.preposition, self.site = "among", self.noun
            elif "with_pronoun" not in names:
                self.preposition, self.site = kind, self._site(at, kind)
                self.relative = "relative" in names

    def _point(self, at: int, mark: str) -> None:
        """Keep what stands before a word that only points, for the noun after it."""
        form = self.forms[at]
        self.joined = self.joined or "&" in mark or form[0] == WA
        letter = form[form[0] == WA]
        if letter in PREFIXED:
            self.preposition, self.site = letter, self._site(at, letter)

    def _site(self, at: int, preposition: str) -> int:
        """What a preposition before token ``at`` completes: a noun of happening, else the verb, else a noun."""
        verb, noun = self.clause.verb, self.noun
        if noun < 0 or noun < verb:
            return verb if verb >= 0 else noun
        loose = self.noun_end == at and self.kind[noun] == "n" and not self.definite(noun)
        while self.link[noun] == "adj":
            noun = self.head[noun]
        if loose and (preposition == LAM or "relative" in self.classes.get(preposition, ())):
            return noun  # whose it is, or of what
        top = self._happening(noun)
        if verb < 0 or (self.kind[top] == "E" and self.link[top] != "subj"):
            return top
        return noun if loose and self.link[noun] != "subj" else verb

    def _happening(self, noun: int) -> int:
        """The noun of happening to which a noun belongs, else the uppermost noun above it in its clause."""
        for _ in range(_CLIMB):
            above = self.head[noun]
            if self.kind[noun] == "E" or above < self.clause.verb or above < 0 or self.kind[above] in VERBS:
                break
            noun = above
        return noun

    def _set(self, at: int, head: int, link: str) -> None:
        """Link a word, where there is something to link it to."""
        if head >= 0 and head != at:
            self.head[at], self.link[at] = head, link

    def _verb(self, at: int, joined: bool) -> None:
        """Link a finite verb to what it describes, completes or stands beside, and its waiting subject to it."""
        joined = joined or self.joined
        described = self._described(at) if self.noun_end == at and not joined else -1
        close = self.noun_end >= at - 1 and self.noun >= 0
        if self.relative and self.noun >= 0 and (close or not self.preposition):
            self._relate(at, self._antecedent(at))
        elif self.subordinate:
            self._subordinate()
        elif described >= 0:
            self._relate(at, described)
        elif self.clause.verb >= 0:
            self._beside(at, joined)
        clause = self.clause
        if self.pronoun:
            self.taken.add((at, "subj"))
        clause.verb, self.noun_end = at, -1
        self._set(at, clause.head, clause.link)
        if clause.topics and self.head[clause.topics[0]] < 0 and self.head[at] != clause.topics[0]:
            self._set(clause.topics[0], at, "subj")
            self.taken.add((at, "subj"))
        for before, link in clause.ahead:
            self._set(before, at, link)
        clause.topics, clause.ahead = clause.topics[1:], []

    def _subordinate(self) -> None:
        """Open the clause of a subordinator, on the word that its preposition completes or on what stands before it."""
        if self.joined and self.clause.link == "sub" and self.around:
            self._leave()  # `قال إن … وإن …`
        verb = self.clause.verb
        if self.preposition:
            self._open(self.site, self.preposition)
        else:
            self._open(verb if verb >= 0 else self.noun, "sub")

    def _beside(self, at: int, joined: bool) -> None:
        """A further verb: of a clause around that still waits for one, else beside the verb before it."""
        if not joined:
            waiting = next((n for n, c in enumerate(reversed(self.around)) if c.verb < 0 and c.topics), None)
            for _ in range(waiting + 1 if waiting is not None else 0):
                self._leave()
        if self.clause.verb >= 0:
            before = self.clause.verb
            self._close()
            self.clause = _Clause(before, "conj" if joined else "par")

    def _relate(self, at: int, noun: int) -> None:
        """Open the clause that describes a noun: its subject, or its object where a pronoun stands for it."""
        of_object = self.forms[at].endswith(OBJECT_PRONOUN)
        self._open(noun, "relo" if of_object else "rel")
        self.taken.add((at, "obj" if of_object else "subj"))

    def _described(self, at: int) -> int:
        """The indefinite noun before a verb that the verb may describe (`غارة للتحالف استهدفت منزلا`), -1 for none."""
        seen, look = self.noun, self.look(at)
        for _ in range(_CLIMB):
            if seen <= self.clause.verb or self.kind[seen] in VERBS:
                return -1
            noun = self.kind[seen] in "nEC" and self.link[seen] != "adj"
            right = look == "p" or look == look_of_noun(self.forms[seen]) or self.kind[seen] == "C"
            if noun and right and not self.definite(seen) and not self._defined(seen, at):
                waits = self.clause.verb < 0 and self._top(seen) in self.clause.topics
                return -1 if waits else seen  # what waits for a verb is its subject
            seen = self.head[seen]
            if seen < 0:
                return -1
        return -1

    def _top(self, at: int) -> int:
        """The first word of a noun's group."""
        while self.link[at] in _INSIDE and self.head[at] >= 0:
            at = self.head[at]
        return at

    def _defined(self, at: int, end: int) -> bool:
        """Whether a noun is definite by the construct after it."""
        after = at + 1
        return after < end and self.link[after] == "gen" and self.head[after] == at and self.definite(after)

    def _antecedent(self, at: int) -> int:
        """The noun that a relative describes: the head of the group before it that agrees in gender, else the last."""
        relative = self.forms[at - 1] if self.kind[at - 1] == "R" else ""
        feminine, plural = relative.endswith(YA), relative.endswith(NUN)
        seen = self.noun
        while self.link[seen] in _INSIDE and self.head[seen] >= 0:
            if plural or not relative or (look_of_noun(self.forms[seen]) == "f") == feminine:
                break
            seen = self.head[seen]
        return seen

    def _noun(self, at: int, mark: str) -> None:
        """Link a noun, name, figure or time."""
        clitic = mark[-1] if mark and mark[-1] in PREFIXED else self.written(at)
        joined = "&" in mark or self.joined or self.with_waw(at)
        adjacent = self.noun_end == at and not joined and not self.preposition and not self.relative
        if self.kind[at] == "T" and not self.preposition:
            self._time(at)
            return
        if clitic:
            self._govern(at, self._like(at) if joined and self.noun_end == at else self._site(at, clitic), clitic)
        elif self.preposition and not self.subordinate:
            self._govern(at, self.site, self.preposition)
        elif joined and self.noun >= 0 and not self.subordinate and not self.verb_next(at):
            self._set(at, self._like(at), "conj")
        elif adjacent and (self.clause.verb < 0 or not self._apart(at)):
            self._set(at, self.noun, self._within(at))
        elif mark[:1] == "," and self.noun >= 0 and self._listed(at):
            self._set(at, self._like(at), "conj")
        else:
            self._argument(at, joined)
        points = self.kind[at] == "n" and "demonstrative" in self.classes.get(self.forms[at], ())
        self.noun, self.noun_end = at, -1 if points else at + 1
        self.units.append(at)

    def _govern(self, at: int, site: int, preposition: str) -> None:
        """Link what a preposition governs to the word that it completes, else keep it for a verb to come."""
        if site >= 0:
            self._set(at, site, preposition)
        else:
            self.clause.ahead.append((at, preposition))

    def _time(self, at: int) -> None:
        """Link a time without a preposition: to the happening before it, else to the verb, else to one to come."""
        near = self._happening(self.noun) if self.noun > self.clause.verb else -1
        if near >= 0 and self.kind[near] == "E" and (self.clause.verb < 0 or self.noun_end == at):
            self._set(at, near, "time")
        elif self.clause.verb >= 0:
            self._set(at, self.clause.verb, "time")
        else:
            self.clause.ahead.append((at, "time"))

    def _listed(self, at: int) -> bool:
        """Whether a noun after a comma goes on with a list of such nouns."""
        return self.kind[at] in "APCE" and self.kind[self._like(at)] == self.kind[at]

    def _like(self, at: int) -> int:
        """The word beside which a joined one stands: the last of its class, for a common noun of its definiteness."""
        for unit in reversed(self.units[-6:]):
            if at - unit > _LIST:
                break
            same = self.kind[unit] == self.kind[at]
            if same and (self.kind[at] not in "nE" or self.definite(unit) == self.definite(at)):
                return unit
        return self.noun

    def _apart(self, at: int) -> bool:
        """Whether a noun after a definite one is no part of its group: it is indefinite, names no person, or disagrees.

        `قصف الجيش البلدة`, `هاجم المسلحون القرية`; things may be masculine in form with a feminine adjective.
        """
        first, form = self.noun, self.forms[at]
        if self.kind[first] == "P" or not self.definite(first):
            return False
        if self.kind[at] in NAMES:
            return self.kind[first] == "A" and at not in self.persons and first not in self.persons
        if not self.definite(at):
            return True
        if self.kind[first] == "A":
            return not self.nisba(at)
        own, other = look_of_noun(self.forms[first]), look_of_noun(form)
        return own != "m" and own != other

    def _within(self, at: int) -> str:
        """How a noun right after another one hangs on it: as its adjective, its apposition or its construct."""
        first, form = self.noun, self.forms[at]
        if self.definite(first):
            return "app" if self.kind[at] in NAMES else "adj"
        if self.kind[at] in "nA" and not form.startswith(ARTICLE) and self.nisba(at):
            return "adj"
        return "gen"

    def _argument(self, at: int, joined: bool) -> None:
        """A noun that nothing before it governs: subject or object of the open verb, or what a verb will come for."""
        if self.subordinate:
            self._subordinate()
        elif joined and self.clause.verb >= 0 and self.verb_next(at):
            before = self.clause.verb
            self._close()
            self.clause = _Clause(before, "conj")
        verb = self.clause.verb
        if verb < 0:
            self.clause.topics.append(at)
            return
        link = "obj" if (verb, "subj") in self.taken else "subj"
        self.taken.add((verb, link))
        self._set(at, verb, link)
