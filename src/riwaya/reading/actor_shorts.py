"""Short forms: `الجيش` of the country in context, `التنظيم` that points back, `المرصد` after its full name.

Codebook, conventions: a short form that points back to a named actor is a mention of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date

from riwaya.knowledge.actor_entries import ActorEntry
from riwaya.knowledge.actor_patterns import Body
from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind
from riwaya.reading.actor_bodies import title_tokens
from riwaya.reading.actor_candidates import Candidate, clitic_length, covered
from riwaya.reading.actor_context import Countries, in_time, occupiers
from riwaya.text.letters import ARTICLE, LAM, MAQSURA, WA, YA
from riwaya.text.text import Text

_SHORT = 5  # letters below which a final ى is another word's
_TOP = 3  # countries of the report that a short form may belong to
_TO = LAM
_TOLD = 5  # tokens before a medium that was told, within which its cue stands
_SURNAME = 4  # letters of a surname that stands for its bearer without a full name
_OWN = frozenset({"actor_short", "actor_given", "count"})  # layers in which a surname may stand
_SCENE = 2.0  # what the scene of the report weighs more than the other countries


class _Known:
    """The mentions found so far, by the actor's id and by the body of a country that it is."""

    __slots__ = ("by_body", "by_id", "ends", "heard", "mentions", "table")

    def __init__(self, table: ActorTable, chosen: Sequence[Candidate], heard: frozenset[str]) -> None:
        self.table = table
        self.heard = heard
        self.mentions: list[Candidate] = []
        self.ends: set[int] = set()
        self.by_id: dict[str, list[Candidate]] = {}
        self.by_body: dict[str, list[Candidate]] = {}
        for candidate in chosen:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Add a mention; one without an actor is passed over."""
        if candidate.actor is None:
            return
        self.mentions.append(candidate)
        self.ends.add(candidate.last)
        self.by_id.setdefault(candidate.actor.id, []).append(candidate)
        body = self.table.bodies.get(candidate.actor.id)
        if body is not None:
            self.by_body.setdefault(body, []).append(candidate)


def find_shorts(
    text: Text,
    table: ActorTable,
    chosen: Sequence[Candidate],
    countries: Countries,
    published: date | None,
    heard: frozenset[str] = frozenset(),
) -> Iterator[Candidate]:
    """Short forms with the actor that each names; those that name none in this report are left out.

    ``heard`` are the bodies for which persons named in the report speak.
    """
    taken = covered(chosen)
    starts = {candidate.first for candidate in chosen}
    ends = {candidate.last for candidate in chosen}
    known = _Known(table, chosen, heard)
    for match, layer in _short_matches(text, taken | title_tokens(text, table)):
        if _is_no_name(text, table, match, starts, ends if layer == "actor_short" else set()):
            continue
        if layer == "actor_head":
            actor, rule = _resolve_body(text, table, match, known, countries, published)
        elif layer == "actor_short":
            actor, rule = _resolve_short(text, table, match, known, countries, published)
        else:
            actor, rule = _resolve_anaphor(text, table, match, known)
        if actor is None:
            continue
        found = Candidate(match.first, match.last, clitic_length(text, match), actor, rule, 1)
        known.add(found)
        yield found


def _is_no_name(text: Text, table: ActorTable, match: Match, starts: set[int], ends: set[int]) -> bool:
    """Whether the words beside a short form make it something else: an adjective, a building, a system."""
    words = table.patterns.words
    first, last = match.first, match.last
    form = text.forms[first][len(match.proclitic) :] if last - first == 1 else ""
    on = text.raw[text.ends[first] - 1] == MAQSURA and form.endswith(YA)
    if form in table.gentilics or (len(form) < _SHORT and on):
        return True  # نظيره الروسي; على for علي
    if form in words["adjective or ministry"] and not _is_said(text, match):
        return True
    if match.entry in words["nobody"] or (last in starts and text.gaps[last].strip() == '"'):
        return True  # وكالة الأنباء الرسمية "سانا": the name follows
    if match.entry in words["common noun"] and not has_party_cue(text, table, match, ends):
        return _indefinite_too(text, match.entry)
    if last < len(text.forms) and text.gaps[last] == " " and text.forms[last] in words["not a body after"]:
        return True
    if match.proclitic or first == 0 or text.gaps[first] not in (" ", '" ', "  "):
        return False
    before = text.forms[first - 1]
    if before in words["not a body before"] and match.entry in table.patterns.bodies:
        return True
    body = table.patterns.bodies.get(match.entry)
    if body is not None and body.kind is ActorKind.STATE and before in words["before a building"]:
        return True
    single = last - first == 1
    nisba = text.forms[first].endswith((YA, "يه", "ضه"))
    return single and (first in ends or (nisba and before.startswith(ARTICLE)))


def has_party_cue(text: Text, table: ActorTable, match: Match, ends: Set[int] = frozenset()) -> bool:
    """Whether the word before makes an ordinary word a party: `عناصر القاعدة`, `التابع للقاعدة`.

    So does `و` after a mention, which ends at one of ``ends`` (`داعش والقاعدة`).
    """
    if match.proclitic == WA and match.first in ends:
        return True
    if match.first == 0 or text.gaps[match.first] not in (" ", '" '):
        return False
    before = text.forms[match.first - 1]
    return before in table.patterns.words["people of"] or before in table.patterns.words["relation"]


def _indefinite_too(text: Text, form: str) -> bool:
    """Whether a report has a word without its article too: a base (قاعدة) beside القاعدة."""
    return form.startswith(ARTICLE) and form[2:] in text.forms


def _short_matches(text: Text, taken: set[int]) -> list[tuple[Match, str]]:
    """Short forms outside the mentions found so far, the longest at each place, by position."""
    order = {"actor_head": 3, "actor_short": 2, "actor_anaphor": 1}
    found: dict[tuple[int, int, str], Match] = {}
    for layer in order:
        for match in text.of(layer):
            if layer == "actor_head" and not match.features.endswith("+"):
                continue
            first, last = match.first, match.last
            if first not in taken and (last == first + 1 or taken.isdisjoint(range(first, last))):
                found.setdefault((first, last, layer), match)
    held: set[int] = set()
    kept: list[tuple[Match, str]] = []
    for first, last, layer in sorted(found, key=lambda key: (key[0] - key[1], -order[key[2]], key[0])):
        tokens = range(first, last)
        if held.isdisjoint(tokens):
            held.update(tokens)
            kept.append((found[first, last, layer], layer))
    kept.sort(key=lambda item: item[0].first)
    return kept


def _nearest(mentions: Iterable[Candidate], at: int) -> Actor | None:
    """The actor of the mention that stands last before ``at``; where none does, of the first after it."""
    best: Candidate | None = None
    for mention in mentions:
        if best is None:
            best = mention
        elif mention.first < at:
            if best.first >= at or mention.first > best.first:
                best = mention
        elif best.first >= at and mention.first < best.first:
            best = mention
    return best.actor if best is not None else None


def _resolve_body(
    text: Text, table: ActorTable, match: Match, known: _Known, countries: Countries, published: date | None
) -> tuple[Actor | None, str]:
    pattern = table.patterns.bodies[match.entry]
    if match.last < len(text.forms) and text.forms[match.last] in pattern.unless_next:
        return None, ""
    named = known.by_body.get(pattern.body, [])
    if pattern.same is not None and pattern.same != pattern.body:
        named = [*named, *known.by_body.get(pattern.same, [])]
    form = " ".join(text.forms[match.first : match.last])[len(match.proclitic) :]
    # a court, a force, a chamber that is called so too
    called = table.called(form)
    for actor_id in known.by_id.keys() & called:  # in any order, as below
        named = [*named, *known.by_id[actor_id]]
    actor = _nearest(named, match.first)
    if actor is not None:
        return actor, "actor.short.body_before"
    spoken_for = known.heard & called
    if len(spoken_for) == 1:
        return table.actor(next(iter(spoken_for))), "actor.short.body_heard"
    told = occupiers(text, table, match)
    country = told.pop() if len(told) == 1 else country_at(text, countries, match.first, pattern)
    if country is None:
        return None, ""
    body = table.body(match.entry, country)
    if body is not None and body.id not in table.by_short.get(form, ()):
        there = [i for i in sorted(called) if _is_of(table.entries[i], country, published)]
        if len(there) == 1:
            return table.actor(there[0]), "actor.short.body_called"
    return body, "actor.short.body_country"


def _is_of(entry: ActorEntry, country: str, published: date | None) -> bool:
    """Whether an actor belongs to a country first, and was there on a day."""
    return entry.country[:1] == (country,) and in_time(entry.from_, entry.to, published)


def country_at(text: Text, countries: Countries, at: int, pattern: Body) -> str | None:
    """The country that a body named without one belongs to; None where the report names none.

    The scene of the report counts most, then the countries of the sentence and of the one before it.
    """
    here = text.sentence_of[at]
    weights = dict(countries.weights)
    for token, country, weight in countries.spots:
        if here - 1 <= text.sentence_of[token] <= here:
            weights[country] += weight
    if countries.scene is not None:
        weights[countries.scene] += _SCENE + weights[countries.scene]
    if pattern.only:
        weights = {country: weights[country] for country in pattern.only if country in weights}
    if not weights:
        return pattern.only[0] if len(pattern.only) == 1 else None
    return min(weights, key=lambda country: (-weights[country], country))


def _resolve_short(
    text: Text,
    table: ActorTable,
    match: Match,
    known: _Known,
    countries: Countries,
    published: date | None,
) -> tuple[Actor | None, str]:
    ids = table.by_short[match.entry]
    words = table.patterns.words
    single = match.last - match.first == 1
    named = known.by_id.keys() & ids  # in any order: no two mentions begin at one token
    if named:
        mentions = [mention for actor_id in named for mention in known.by_id[actor_id]]
        return _nearest(mentions, match.first), "actor.short.named_before"
    telling = match.entry in words["telling short"]
    cued = has_party_cue(text, table, match, known.ends)
    fitting: list[str] = []
    for actor_id in ids:
        if in_time(table.entries[actor_id].from_, table.entries[actor_id].to, published):
            fitting.append(actor_id)
            if len(fitting) > 1 and single and not (telling or cued):
                return None, ""
    if len(fitting) > 1:
        fitting = _told_apart(table, fitting, countries, telling=telling or not single)
    if len(fitting) != 1 or (match.entry in words["common noun"] and not cued):
        return None, ""
    entry = table.entries[fitting[0]]
    if match.entry in words["said medium"]:
        return (table.actor(entry.id), "actor.short.said") if _is_told(text, table, match) else (None, "")
    if entry.kind is ActorKind.PERSON:
        if not _is_said(text, match) or not _is_telling_surname(text, table, match):
            return None, ""
    elif single and not cued and not telling:
        return None, ""
    if cued or set(entry.country) & set(countries.ranked()[:_TOP]):
        return table.actor(entry.id), "actor.short.unmistakable"
    return None, ""


def _told_apart(table: ActorTable, fitting: list[str], countries: Countries, *, telling: bool) -> list[str]:
    """Of the bearers of a short form those that are no persons; where several are left, those of the report's scene.

    A form that is not ``telling`` is a body's with its branches only (`القاعدة`), and the body's where none is there.
    """
    groups = [i for i in fitting if table.entries[i].kind is not ActorKind.PERSON]
    if len(groups) < 2:
        return groups or fitting
    there = [i for i in groups if countries.scene in table.entries[i].country]
    if telling:
        return there
    heads = [i for i in groups if all(i in (other, table.entries[other].parent) for other in groups)]
    return there if heads and len(there) == 1 else heads


def _is_said(text: Text, match: Match) -> bool:
    """Whether a word of saying stands right before: `وقال الحلو`."""
    return match.first > 0 and "cue" in text.words[match.first - 1].layers


def _is_told(text: Text, table: ActorTable, match: Match) -> bool:
    """Whether a cue governs a medium's name: right before it (`ذكرت الجزيرة`), or as one told (`قال للجزيرة إن`)."""
    words, first = table.patterns.words, match.first
    if not match.proclitic:
        return (
            _is_said(text, match)
            and text.gaps[first] == " "
            and text.forms[first - 1] not in words["no cue of a medium"]
        )
    following = "".join(text.forms[match.last : match.last + 1])
    if not match.proclitic.endswith(_TO) or not (following in words["clause told"] or text.gaps[match.last] != " "):
        return False
    low = max(text.sentence(first).first, first - _TOLD)
    return any("cue" in text.words[at].layers for at in range(low, first))


def _is_telling_surname(text: Text, table: ActorTable, match: Match) -> bool:
    """Whether a surname without a full name can mean its one bearer: no given name, title or other word."""
    first = match.entry.split(" ", 1)[0]
    if first in table.patterns.title_starts or match.entry in table.patterns.given or len(match.entry) < _SURNAME:
        return False
    if first in table.patterns.words["skip"] or first in table.patterns.words["adjective"]:
        return False
    return match.last - match.first > 1 or text.words[match.first].layers <= _OWN


def _resolve_anaphor(text: Text, table: ActorTable, match: Match, known: _Known) -> tuple[Actor | None, str]:
    anaphor = table.patterns.anaphors[match.entry]
    best: tuple[int, int, Actor] | None = None
    for candidate in known.mentions:
        actor = candidate.actor
        if actor is None or candidate.first > match.first or actor.kind is ActorKind.PERSON:
            continue
        if candidate.noun == anaphor.noun or _noun_of(text, candidate) == anaphor.noun:
            rank = 3
        elif anaphor.noun in table.nouns(actor) and (not anaphor.kinds or actor.kind.value in anaphor.kinds):
            rank = 2
        elif actor.kind.value in anaphor.kinds:
            rank = 1
        else:
            continue
        if best is None or (rank, candidate.first) >= best[:2]:
            best = (rank, candidate.first, actor)
    return (best[2], "actor.short.points_back") if best else (None, "")


def _noun_of(text: Text, candidate: Candidate) -> str:
    """The first word of a mention, without clitics and article."""
    form = text.forms[candidate.first][candidate.skip :]
    return form[2:] if form.startswith(ARTICLE) else form
