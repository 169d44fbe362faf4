"""What stands where in a report, for the reading of its attributions: actors, unnamed sources, cues, openings.

Token indices throughout, half-open ranges.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from riwaya.knowledge.cues import Cue, CueTable
from riwaya.knowledge.inflect import with_article
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind, ActorMention
from riwaya.text.normalise import fold
from riwaya.text.quotes import Quote
from riwaya.text.text import Text

_ZONE = 30  # tokens after a verb within which its complement opens
_UNEXPLAINED = 12  # words among these that belong to no known name, title or circumstance
_VERBAL = ("trigger", "light")  # layers of verbs that tell of happenings
_NAME_QUOTE = 5  # a quotation of at most so many tokens that holds an actor is a name


def _finite(feature: str) -> bool:
    return feature.startswith(("perf", "impf", "sub"))


class Nation(NamedTuple):
    """What a gentilic names: the state, and its adjective in English."""

    state: Actor
    adjective: str


class Opening(NamedTuple):
    """Where a complement opens: the token, and by what (``clause``, ``quote``, ``colon``, ``preposition``)."""

    at: int
    how: str


@dataclass(slots=True)
class Board:
    """Look-ups by token over one text."""

    text: Text
    table: CueTable
    outlet: str | None
    actors: list[ActorMention]
    actor_at: dict[int, ActorMention] = field(default_factory=dict)
    source_at: dict[int, Match] = field(default_factory=dict)
    cues: list[Match] = field(default_factory=list)
    cue_at: dict[int, Match] = field(default_factory=dict)
    quote_at: dict[int, Quote] = field(default_factory=dict)
    own: dict[str, bool] = field(default_factory=dict)  # whether a medium is the report's outlet, by id
    names: list[str] = field(default_factory=list)  # the actors' names as mentioned, folded, once they are asked for
    nation: Callable[[int], Nation | None] = lambda token: None  # what a gentilic at a token names
    forms: list[str] = field(init=False)
    sets: dict[str, frozenset[str]] = field(init=False)
    size: int = field(init=False)
    article: str = field(init=False)
    quoted: list[int] = field(init=False)  # tokens at which quotations begin
    refusals: list[int] = field(init=False)  # tokens that negate, joined to the clause before or not
    verbs: set[int] | None = None  # joined finite verbs, once they are asked for
    happenings: set[int] | None = None  # tokens of words for happenings, once they are asked for
    nominal: set[int] | None = None  # last tokens of nominal cues, once they are asked for
    sourced: set[int] | None = None  # tokens of source words, once they are asked for
    colons: list[int] = field(init=False)  # tokens after a colon

    def __post_init__(self) -> None:
        """Keep at hand what every look-up needs."""
        self.forms, self.sets, self.size = self.text.forms, self.table.particles, len(self.text.forms)
        self.article = with_article("")
        gaps, negating = self.text.gaps, self.table.refusing
        self.colons = [token for token in self.text.marked if ":" in gaps[token]]
        none = negating.isdisjoint(self.forms)
        self.refusals = [] if none else [token for token, form in enumerate(self.forms) if form in negating]
        self.quoted = [quote.first for quote in self.text.quotes]

    def word(self, name: str, token: int) -> bool:
        """Whether a token is one of the particles of a list."""
        return 0 <= token < self.size and self.forms[token] in self.sets[name]

    def cue(self, match: Match) -> Cue:
        """The cue of a match."""
        return self.table.cues[match.entry]

    def proclitic(self, token: int) -> str:
        """The proclitics before the actor or source word that begins at a token, folded."""
        mention = self.actor_at.get(token)
        if mention is not None and mention.first == token:
            if mention.start == self.text.starts[token]:
                form = self.forms[token]  # `للرئيس فلان`, whose mention holds the preposition
                return form[:1] if form.startswith(self.table.endings["addressed"]) else ""
            before = fold(self.text.raw[self.text.starts[token] : mention.start])
            return before.removesuffix(self.article)
        match = self.source_at.get(token)
        return match.proclitic if match is not None else ""

    def preposition(self, token: int) -> str:
        """The preposition before a nominal, a proclitic one included; "" where it has none."""
        before = self.proclitic(token)
        if before and before[-1] in self.sets["attached"]:
            return before[-1]
        verb = self.cue_at.get(token - 1)
        if verb is not None and "F" in verb.features:
            return ""  # `بين مسؤول أن`: the verb is spelled like a preposition
        if token > 0 and self.prepositional(token - 1) and not self.comma(token):
            part = self.word("partitive", token - 1) and (
                self.word("quantifiers", token - 2) or self.forms[token - 2].isdigit()
            )
            return "" if part else self.forms[token - 1]
        return ""

    def prepositional(self, token: int) -> bool:
        """Whether a preposition stands at a token, with a joining proclitic (`وبحسب`) or without."""
        form = self.forms[token]
        known = self.sets["prepositions"]
        return form in known or (form[:1] in self.sets["joining"] and form[1:] in known)

    def belongs(self, token: int) -> bool:
        """Whether a word with the preposition of belonging stands at a token (`للبرلمان`, `لحماس`)."""
        return self.forms[token].startswith(self.table.endings["addressed"]) or self.proclitic(token) in self.sets["to"]

    def joined_noun(self, token: int) -> bool:
        """Whether a noun with a joining proclitic and the article stands at a token (`والأهالي`)."""
        form = self.forms[token]
        return form[:1] in self.sets["joining"] and form[1:].startswith(self.article)

    def mentioned(self, stem: str, before: int, whole: bool = False) -> ActorMention | None:
        """The last actor before a token whose name holds a stem, or (``whole``) a word that is it."""
        if len(self.names) < len(self.actors):
            self.names = [fold(mention.text) for mention in self.actors]
        for mention, name in zip(reversed(self.actors), reversed(self.names), strict=True):
            if mention.first < before and stem in name and (not whole or stem in name.split()):
                return mention
        return None

    def comma(self, token: int) -> bool:
        """Whether more than a space (or a quotation mark) stands before a token."""
        gap = self.text.gaps[token]
        return gap != " " and bool(gap.strip(" \"()'"))

    def dateline(self, token: int) -> bool:
        """Whether the name before a token is set off as an outlet's or a place's mark (`شفق نيوز/`, `رام الله -`)."""
        return token < len(self.text) and any(mark in self.text.gaps[token] for mark in "/-|")

    def sentence_end(self, token: int) -> int:
        """The token after the sentence of a token; a quotation that opens in it and runs on is gone through."""
        text = self.text
        end = text.sentence(token).last
        for number in range(bisect_left(self.quoted, text.sentence(token).first), len(self.quoted)):
            quote = text.quotes[number]
            if quote.first >= end:
                break
            if token < quote.last and quote.last > end:
                end = text.sentence(quote.last - 1).last
        return end

    def sentence_start(self, token: int) -> int:
        """The first token of the sentence of a token."""
        return self.text.sentence(token).first

    def name_quote(self, quote: Quote) -> bool:
        """Whether a quotation holds no more than a name."""
        if quote.last - quote.first > _NAME_QUOTE:
            mention = self.actor_at.get(quote.first)
            return mention is not None and mention.last >= quote.last
        return any(token in self.actor_at for token in range(quote.first, quote.last))

    def finite_cue(self, token: int) -> bool:
        """Whether a cue verb that can take the word stands at a token (not a verb that only carries)."""
        match = self.cue_at.get(token)
        if match is None or "F" not in match.features:
            return False
        cue = self.cue(match)
        if cue.role not in ("say", "act", "relay") or match.enclitic:
            return False
        if cue.not_objects and not cue.not_objects.isdisjoint(self.forms[match.last : match.last + 1]):
            return False  # `مسؤول، طلب عدم ذكر اسمه، إن`
        if not match.proclitic and (cue.required or not self.comma(token)):
            return False  # an asyndetic relative clause (`شهود تحدثوا إلى الوكالة`), or a preposition of its spelling
        return not (self.word("relatives", token - 1) or self.word("which", token - 1))

    def participle(self, token: int) -> bool:
        """Whether an aside of the same speaker begins at a token (`، مؤكدا أن`)."""
        match = self.cue_at.get(token)
        return match is not None and "P" in match.features and "F" not in match.features and self.comma(token)

    def opening(self, start: int, end: int, cue: Cue) -> Opening | None:
        """Where the complement of a cue opens between two tokens, None where it has no clause or quotation."""
        forms, gaps, quotes, cues = self.forms, self.text.gaps, self.quote_at, self.cue_at
        complementisers, not_after, what = self.sets["complementisers"], self.sets["not_after"], self.sets["what"]
        strange = _UNEXPLAINED if cue.required or cue.complement == "clause" else _UNEXPLAINED // 2
        short: Opening | None = None
        for at in range(start, min(end, start + _ZONE)):
            if ":" in gaps[at]:
                return Opening(at, "colon")
            if at in quotes and not self.name_quote(quotes[at]):
                last = quotes[at].last
                if last - at > 2:
                    return Opening(at, "quote")
                if short is None and (last >= end or self.comma(last)):
                    short = Opening(at, "quote")
            form = forms[at]
            if form in cue.prepositions:
                return Opening(at, "preposition")
            if form in complementisers and (at == start or forms[at - 1] not in not_after):
                return Opening(at, "clause")
            if at > start:
                if at in cues and (self.finite_cue(at) or self.participle(at)):
                    return short
                if at in cues and cue.role == "relay" and self.word("relatives", at - 1) and "F" in cues[at].features:
                    return short  # `نقلت عن مصادر مقتل تسعة في الهجوم الذي أكدت الشرطة أنه`
                if form in what and at + 1 in cues and cues[at + 1].enclitic:
                    return short  # `قصف التل فيما وصفه المرصد بأنه`: the clause is the other verb's
            if not self.explained(at):
                strange -= 1
                if strange < 0:
                    return short
        return short

    def explained(self, token: int) -> bool:
        """Whether a token can belong to a speaker's name, title or circumstances."""
        return self.forms[token] in self.table.explaining or token in self.actor_at or token in self.source_at

    def negated(self, token: int) -> bool:
        """Whether a negator stands right before a verb, joined to the clause before (`فليس`) or not."""
        return self.negator(token - 1)

    def joined_verb(self, token: int) -> bool:
        """Whether a word that can only be a finite verb, joined to the clause before, stands at a token."""
        if self.forms[token][:1] not in self.sets["joining"]:
            return False
        if self.verbs is None:
            found = (match for layer in _VERBAL for match in self.text.of(layer) if match.proclitic)
            self.verbs = {match.first for match in found if all(map(_finite, match.features.split("|")))}
        return token in self.verbs

    def happening(self, token: int) -> bool:
        """Whether a word that can tell of a happening stands at a token."""
        if self.happenings is None:
            self.happenings = {match.first for match in self.text.of("trigger")}
        return token in self.happenings

    def negator(self, token: int) -> bool:
        """Whether a token is a negator, with a joining proclitic or without."""
        if token < 0:
            return False
        form = self.forms[token]
        if form in self.sets["negators"]:
            return True
        return form[:1] in self.sets["joining"] and form[1:] in self.sets["negators"]

    def _opens(self, token: int) -> bool:
        """Whether a token begins its sentence or stands after a comma."""
        return token == self.sentence_start(token) or self.comma(token)

    def _after_subject(self, token: int) -> bool:
        """Whether a subject stands right before a token: a name, a source word, or a pronoun or auxiliary for it."""
        before = token - 1
        if before in self.actor_at or before in self._sourced():
            return True
        return any(self.word(name, before) for name in ("with_pronoun", "auxiliaries", "conjunctions", "negators"))

    def clause_head(self, token: int) -> bool:
        """Whether a verb can stand at a token: at the head of a clause, or after its subject."""
        before = token - 1
        if token == self.sentence_start(token) or self.comma(token) or before in self.actor_at:
            return True
        if self.forms[before] in self.table.modifiers or before in self._sourced():
            return True
        return before >= 0 and (self.forms[before] in self.table.heading or before in self._nominal_cues())

    def _nominal_cues(self) -> set[int]:
        """The last tokens of nominal cues, which a verb of saying can follow (`حسبما ذكر`)."""
        if self.nominal is None:
            cues = self.table.cues
            self.nominal = {m.last - 1 for m in self.text.of("cue") if cues[m.entry].role == "according"}
        return self.nominal

    def _sourced(self) -> set[int]:
        """The tokens of source words, those within names included."""
        if self.sourced is None:
            matches = self.text.of("cue_source")
            self.sourced = {k for match in matches for k in range(match.first, min(match.last, match.first + 3))}
        return self.sourced

    def read_as(self, match: Match) -> Match | None:
        """The match with the reading that its place allows (verb or verbal noun), None where it is no cue there."""
        if len(match.enclitic) == 1 and self.marbuta(match.last - 1):
            return None  # a ta marbuta is no pronoun: `حملة` is not `حمله`
        if "M" in match.features and "F" in match.features:
            if not self.cue(match).noun_like:
                governed = self.word("prepositions", match.first - 1) and not self.comma(match.first)
                return match._replace(features="M") if governed and not match.proclitic else match
            verb = match._replace(features=match.features.replace("M", ""))
            return verb if self.possible(verb) else match._replace(features="M")
        if "M" in match.features and "P" in match.features and not match.proclitic and self.comma(match.first):
            return match._replace(features="P")  # `، مطالبة السلطات بالتحقيق`: the speaker goes on
        if match.features == "P" and self.word("prepositions", match.first - 1) and not self.comma(match.first):
            return None
        return match if self.possible(match) else None

    def marbuta(self, token: int) -> bool:
        """Whether a token ends in a ta marbuta, which is spelled like a pronoun once folded."""
        last = self.text.raw[self.text.ends[token] - 1]
        return fold(last) != last

    def _voices(self, token: int) -> bool:
        """Whether after a word like `عبر` stands who voices something, or what: no medium, by name or by class."""
        if token in self.quoted or token >= self.size:
            return False
        mention, told = self.actor_at.get(token), self.source_at.get(token)
        if mention is not None:
            return mention.actor.kind is not ActorKind.MEDIA
        return self.word("from", token) or (told is not None and told.entry not in ("media", "account", "statement"))

    def possible(self, match: Match) -> bool:
        """Whether a spelling can be the cue where it stands: no verb after a preposition, no first person's object."""
        cue = self.table.cues[match.entry]
        if "F" not in match.features or cue.role not in ("say", "act", "relay"):
            return True
        particles = self.sets
        if match.proclitic and match.proclitic not in particles["verbal"]:
            return False
        stem = self.forms[match.first][len(match.proclitic) :]
        if match.proclitic[-1:] in particles["to"] and stem[:1] not in particles["imperfect"]:
            return False  # `لإدانتهم` is no `أدانتهم`
        if cue.at_head and not self._opens(match.first) and (match.proclitic or not self._after_subject(match.first)):
            return False
        if cue.not_to and self.forms[match.last : match.last + 1] and self.belongs(match.last):
            return False
        if match.enclitic and match.enclitic not in particles["third"]:
            return False
        if match.last - match.first > 1 or match.first == 0 or match.proclitic or "M" in match.features:
            return True
        if cue.noun_like and "f" not in match.features and not self.clause_head(match.first):
            return False
        if self.word("through", match.first) and not self._voices(match.last):
            return False  # `عبر قناة فلان`, `عبر تغريدة`: the preposition
        before = self.forms[match.first - 1]
        return not (
            before in particles["light"] or (before in particles["prepositions"] and not self.comma(match.first))
        )


def _resolve(matches: Sequence[Match]) -> list[Match]:
    """Matches without overlaps: the longest at a token, then the one with the shortest proclitic."""
    kept: list[Match] = []
    end = 0
    best: Match | None = None
    for match in matches:
        if best is not None and match.first == best.first:
            best = max(best, match, key=_rank)
            continue
        if best is not None and best.first >= end:
            kept.append(best)
            end = best.last
        best = match
    if best is not None and best.first >= end:
        kept.append(best)
    return kept


def _rank(match: Match) -> tuple[int, int]:
    return match.last, -len(match.proclitic) - len(match.enclitic)


def _with_pronoun(board: Board, match: Match) -> Match:
    """A source word as its last letter has it: `مديره` has a pronoun, `مديرة`, the same once folded, has none."""
    last = board.forms[match.last - 1][-1:]
    if match.enclitic or last not in board.sets["third"] or not board.table.classes[match.entry].enclitics:
        return match
    return match if board.marbuta(match.last - 1) else match._replace(enclitic=last)


def build_board(text: Text, table: CueTable, actors: Iterable[ActorMention], outlet: str | None) -> Board:
    """The board of a text: cues and source words that lie within an actor's name are left out."""
    board = Board(text, table, outlet, sorted(actors, key=lambda mention: (mention.first, -mention.last)))
    for mention in board.actors:
        for token in range(mention.first, mention.last):
            board.actor_at.setdefault(token, mention)
    for match in _resolve(text.of("cue_source")):
        if match.first in board.actor_at or (len(match.enclitic) == 1 and board.marbuta(match.last - 1)):
            continue
        if match.entry == "party" and match.last < board.size and board.happening(match.last):
            continue  # `تنظيم تظاهرة`: its organising
        board.source_at[match.first] = _with_pronoun(board, match)
    for match in _resolve([read for m in text.of("cue") if (read := board.read_as(m)) is not None]):
        if match.first not in board.actor_at:
            board.cues.append(match)
            board.cue_at[match.first] = match
    for quote in text.quotes:
        board.quote_at.setdefault(quote.first, quote)
    return board
