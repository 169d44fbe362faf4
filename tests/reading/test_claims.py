"""Whose word an event is."""

from __future__ import annotations

from riwaya.model import Claim, Event, Kind, Stance
from riwaya.reading.reader import Reader

READER = Reader()


def _events(text: str, kind: Kind) -> list[Event]:
    return [event for event in READER.read(text, published="2021-03-04").events if event.kind is kind]


def _by(claims: tuple[Claim, ...]) -> list[tuple[str, str]]:
    return [(claim.source.actor.name, claim.rule) for claim in claims]


def test_an_appeal_that_no_cue_ascribes_is_its_speaker_s_own_word() -> None:
    text = "نظم العمال مسيرة في المدينة، فقد طالب العمال الذين شاركوا فيها بإطلاق سراح زملائهم."
    (event,) = _events(text, Kind.APPEAL)
    (claim,) = event.claims
    assert (claim.source.actor.name, claim.stance, claim.rule) == ("workers", Stance.ASSERTS, "claim.own_word")
    assert [text[e.start : e.end] for e in claim.evidence] == [e.text for e in claim.evidence] != []


def test_a_speaker_whom_a_cue_names_stays_the_source() -> None:
    (event,) = _events("دعت فرنسا إلى وقف القتال في تعز.", Kind.APPEAL)
    assert [(name, rule.rpartition(".")[0]) for name, rule in _by(event.claims)] == [("France", "cue.speech_act")]


def test_an_attack_is_not_its_attacker_s_word() -> None:
    events = _events("هاجمت حركة طالبان موقعا للقوات الحكومية في ولاية هلمند.", Kind.ATTACK)
    assert [name for event in events for name, _ in _by(event.claims)] == ["outlet"]
