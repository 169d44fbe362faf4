"""Who is the report's authority for which stretch of it: cue, source, chain, stance and scope.

The codebook's section "Attribution" is the specification. Text that no attribution covers is the outlet's own word.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.cues import CueTable
from riwaya.model import ActorMention, Attribution, Evidence, Stance
from riwaya.reading.board import Nation, build_board
from riwaya.reading.cue_phrases import (
    drop_datelines,
    read_according,
    read_continued,
    read_doubt,
    read_heading,
    read_responsibility,
)
from riwaya.reading.cue_verbs import read_verb
from riwaya.reading.headlines import headline_end, retell_headline
from riwaya.reading.negations import agree, split_negated
from riwaya.reading.reports import read_reports
from riwaya.reading.statements import Statement, Statements
from riwaya.reading.titles import name_group_in_lead, name_in_headline, name_titles, speak_for_headline
from riwaya.text.text import Text


class HasCues(Protocol):
    """Knowledge that has cues."""

    @property
    def cues(self) -> CueTable:
        """The cues of attribution."""

    @property
    def actors(self) -> ActorTable:
        """The actors, for the states that gentilics name."""


_READERS = {
    "say": read_verb,
    "act": read_verb,
    "relay": read_verb,
    "according": read_according,
    "doubt": read_doubt,
    "responsibility": read_responsibility,
}
_BACK = ".on_told"


def find_attributions(
    text: Text, knowledge: HasCues, actors: list[ActorMention], outlet: str | None
) -> list[Attribution]:
    """The attributions of a report by cue, one a source.

    ``actors``: its actor mentions, by which speakers are recognised. ``outlet``: whose report it is, None if unknown;
    its own name as a source is the outlet. Scopes are raw code points, half-open. An attribution whose rule ends in
    ``.on_told`` takes a stand on what others told before (`لم يؤكده الجيش`) and stands beside theirs.
    """
    if not text.of("cue") and ":" not in text.norm and all(m.entry != "reports" for m in text.of("cue_source")):
        return []
    board = build_board(text, knowledge.cues, actors, outlet)
    gentilics = {match.first: match.entry for match in text.of("actor_gentilic") if not match.proclitic}
    board.nation = partial(_nation, knowledge, gentilics)
    found = Statements(board)
    at = 0
    reported = sorted(token for token, match in board.source_at.items() if match.entry == "reports")
    headed = {text.sentence_of[token] for token in board.colons if token < len(text)}
    for number, sentence in enumerate(text.sentences):
        if number in headed:
            read_heading(found, number)
        while at < len(board.cues) and board.cues[at].first < sentence.last:
            match = board.cues[at]
            cue = board.cue(match)
            while reported and reported[0] < match.first:
                read_reports(found, reported.pop(0))
            reader = _READERS.get(cue.role)
            if reader is not None:
                reader(found, match, cue)
            at += 1
        while reported and reported[0] < sentence.last:
            read_reports(found, reported.pop(0))
        if number and found.heard:
            read_continued(found, number)
    drop_datelines(found)
    name_titles(found.found)
    last = headline_end(board)
    name_in_headline(found.found, last)
    name_group_in_lead(found.found, last)
    speak_for_headline(found.found, last)
    found.found.extend(retell_headline(found))
    parts = agree([part for statement in found.found for part in split_negated(board, statement)])
    made = [attribution for part in parts for attribution in _attributions(text, part)]
    return sorted(
        made, key=lambda attribution: (attribution.cue.start, attribution.cue.end, attribution.source.actor.id)
    )


def _nation(knowledge: HasCues, gentilics: dict[int, str], token: int) -> Nation | None:
    """The state that a gentilic names at a token (`مسؤول تركي`), None where there is none."""
    country = gentilics.get(token)
    state = knowledge.actors.states.get(country) if country is not None else None
    if country is None or state is None:
        return None
    return Nation(knowledge.actors.actor(state), knowledge.actors.adjective(country)[0])


def _attributions(text: Text, statement: Statement) -> list[Attribution]:
    scope = tuple(text.span(first, last) for first, last in statement.ranges if first < last)
    if not scope:
        return []
    match = statement.match
    start, end = text.span(match.first, match.last, skip=len(match.proclitic))
    cue = Evidence(start, end, text.raw[start:end])
    rule = f"cue.{statement.cue.id}.{statement.how}"
    if statement.cue.role == "act" and statement.how != "headline":
        rule = f"cue.speech_act.{statement.cue.id}"
    if statement.back:
        rule += _BACK
    made = []
    for source in statement.speaker.sources:
        via = tuple(actor for actor in statement.via if actor.id != source.actor.id) if statement.via else ()
        made.append(
            Attribution(
                cue, source, statement.stance, scope, rule, via, statement.quoted, first=match.first, last=match.last
            )
        )
    return made


def _width_at(attribution: Attribution, offset: int) -> int:
    """The length of the attribution's range that holds a raw offset, 0 where none does."""
    for start, end in attribution.scope:
        if start <= offset < end:
            return end - start
    return 0


def claims_at(attributions: list[Attribution], start: int, end: int) -> list[Attribution]:
    """Whose word a stretch is: the innermost attributions that cover it, and stands taken on it from elsewhere.

    ``start``, ``end``: raw code points, half-open; the beginning decides. Sources named together come together. Empty
    where the outlet itself speaks.
    """
    direct = [(_width_at(a, start), a) for a in attributions if not a.rule.endswith(_BACK)]
    direct = [(width, a) for width, a in direct if width]
    found: list[Attribution] = []
    if direct:
        narrowest = min(width for width, _ in direct)
        found = [a for width, a in direct if width == narrowest]
        if len({a.cue for a in found}) > 1:
            latest = max(a.cue.start for a in found)
            found = [a for a in found if a.cue.start == latest]
        # A denial of what others report (`نفى الأنباء التي تحدثت عن`) stands beside the report.
        inner = min(a.cue.start for a in found)
        found += [a for width, a in direct if a.stance is Stance.DENIES and a.cue.start < inner and a not in found]
    found.extend(a for a in attributions if a.rule.endswith(_BACK) and _width_at(a, start))
    once: dict[tuple[str, Stance], Attribution] = {}
    for attribution in found:
        once.setdefault((attribution.source.actor.id, attribution.stance), attribution)
    return list(once.values())


def covers(attribution: Attribution, at: int) -> bool:
    """Whether an attribution's scope holds a raw offset."""
    for start, end in attribution.scope:  # noqa: SIM110 - asked for each trigger: `any` takes twice as long
        if start <= at < end:
            return True
    return False


def innermost(attributions: Iterable[Attribution], at: int) -> Attribution | None:
    """The narrowest attribution that covers a raw offset, None where none does."""
    covering = [attribution for attribution in attributions for start, end in attribution.scope if start <= at < end]
    if len(covering) < 2:
        return covering[0] if covering else None
    return min(covering, key=lambda a: (sum(end - start for start, end in a.scope), a.cue.start))
