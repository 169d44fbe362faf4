"""Function words, reality cues and unnamed parties: what the event reader looks at around a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

from riwaya.knowledge.clitics import split_enclitics, split_proclitics
from riwaya.knowledge.inflect import inflect_verb
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import ActorKind, KnowledgeError
from riwaya.text.letters import TA
from riwaya.text.normalise import fold
from riwaya.text.stems import stem as stem_of

_MEMORY = 100_000  # word forms remembered with the verb that each can be
_NOT_BEFORE_VERBS = frozenset("بك")
_FINITE = ("perf", "impf", "jus", "sub")
_THIRD = (".3ms", ".3fs", ".3mp", ".3md", ".3fd", ".3fp")


class Verb(NamedTuple):
    """A common verb as a form of it is spelled: its root and form, and whether no noun is spelled so."""

    lemma: str
    sure: bool


@dataclass(frozen=True, slots=True)
class UnnamedParty:
    """People without a name of their own who take part in a happening: `المتظاهرون` = protesters.

    ``counted``: a count of these (`خمسة أطفال`) names them. ``implied``: kinds of happenings whose doers they are where
    nobody else is named (a protest is by protesters), ``unless`` one of these folded words stands among the words after
    the happening's (`خروج آخر المسلحين` is no exit of civilians). ``not_after``: stems of words that the party's
    word only describes (`ملابس مدنية` names no civilians).
    """

    name: str
    kind: ActorKind
    words: tuple[str, ...]
    counted: frozenset[str] = frozenset()
    implied: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FunctionTable:
    """Word classes by folded form, reality cues, and unnamed parties."""

    classes: dict[str, frozenset[str]]
    cues: tuple[tuple[str, str], ...]  # class, phrase
    parties: tuple[UnnamedParty, ...]
    verbs: dict[str, Verb] = field(default_factory=dict)  # by folded finite form
    _seen: dict[str, Verb | None] = field(default_factory=dict, repr=False, compare=False)

    def verb(self, form: str) -> Verb | None:
        """The common verb that a folded word can be, a pronoun at its end and proclitics taken off; None for none."""
        try:
            return self._seen[form]
        except KeyError:
            if len(self._seen) >= _MEMORY:
                self._seen.clear()
            verb = self._seen[form] = self._verb(form)
            return verb

    def _verb(self, form: str) -> Verb | None:
        best: Verb | None = None
        for proclitic, stem in split_proclitics(form):
            if proclitic[-1:] in _NOT_BEFORE_VERBS:
                continue
            known = self.verbs.get(stem)
            if known is None and len(stem) > 5:
                bare = next((bare for bare, _ in split_enclitics(stem) if bare in self.verbs), None)
                known = self._before_pronoun(bare) if bare is not None else None
            if known is not None and (best is None or known.sure):
                best = known
        return best

    def _before_pronoun(self, bare: str) -> Verb:
        """The verb before a pronoun; where it ends in ta, a noun with ta marbuta may be meant (`استقالته`)."""
        verb = self.verbs[bare]
        return verb._replace(sure=False) if bare.endswith(TA) else verb

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The table of all ``functions/*.yaml`` files. Raises KnowledgeError for a file that is not as it must be."""
        classes: dict[str, set[str]] = {}
        cues: list[tuple[str, str]] = []
        parties: list[UnnamedParty] = []
        for path in files_in(folders, "functions", ".yaml"):
            for number, entry in enumerate(read_yaml(path) or [], start=1):
                where = f"{path}: entry {number}"
                if path.name == "parties.yaml":
                    parties.append(_read_party(where, entry))
                    continue
                entry = check_keys(where, entry, ("class", "words", "source"))
                if path.name == "cues.yaml":
                    cues.extend((entry["class"], phrase) for phrase in entry["words"])
                else:
                    for word in entry["words"]:
                        classes.setdefault(fold(word), set()).add(entry["class"])
        verbs = _read_verbs(files_in(folders, "functions", ".tsv"))
        return cls({word: frozenset(found) for word, found in classes.items()}, tuple(cues), tuple(parties), verbs)

    def register(self, builder: LexiconBuilder) -> None:
        """Register cues in layer "function" (entry: class) and unnamed parties in layer "party" (entry: index)."""
        for name, phrase in self.cues:
            builder.add("function", phrase, name)
        for index, party in enumerate(self.parties):
            for word in party.words:
                builder.add("party", word, index)


def _read_party(where: str, entry: object) -> UnnamedParty:
    """The party of an entry of ``parties.yaml``. Raises KnowledgeError where it is not as it must be."""
    read = check_keys(where, entry, ("name", "kind", "words", "source"), ("counted", "implied", "unless", "not_after"))
    if read["kind"] not in set(ActorKind):
        raise KnowledgeError(f"{where}: key 'kind': expected an actor kind, found '{read['kind']}'")
    return UnnamedParty(
        read["name"],
        ActorKind(read["kind"]),
        tuple(read["words"]),
        frozenset(read.get("counted", ())),
        frozenset(read.get("implied", ())),
        frozenset(fold(word) for word in read.get("unless", ())),
        frozenset(stem_of(fold(word)) for word in read.get("not_after", ())),
    )


def _read_verbs(paths: Sequence[Path]) -> dict[str, Verb]:
    """Folded finite third-person forms of the verbs of ``functions/*.tsv`` (root, form).

    A form is unsure where nouns are spelled so too: three letters, the pattern of the active participle, the dual of
    the past, or the verbal noun of forms V and VI. Raises KnowledgeError for a line that is not a root and a form.
    """
    verbs: dict[str, Verb] = {}
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line or line.startswith("#"):
                continue
            root, _, form = line.partition("\t")
            try:
                pairs = inflect_verb(root, form, participles=False, masdars=False)
            except ValueError as error:
                raise KnowledgeError(f"{path}:{number}: {error}") from error
            for spelling, features in pairs:
                if any(part.startswith(_FINITE) and part.endswith(_THIRD) for part in features.split("|")):
                    folded = fold(spelling)
                    noun = "perf.3ms" in features and (len(folded) < 4 or form in ("III", "V", "VI", "QI", "QII"))
                    dual = "perf.3md" in features  # spelled as an accusative noun (`عددا`)
                    sure = not noun and not dual and len(folded) > 3
                    known = verbs.get(folded)
                    lemma = f"{root.replace(' ', '')}.{form}"
                    verbs[folded] = Verb(known.lemma, known.sure and sure) if known else Verb(lemma, sure)
    return verbs
