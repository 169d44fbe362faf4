"""The words by which a source speaks of an event: the sentence around a claim's evidence.

A claim's evidence may be the cue alone (`وفق ما`), which proves nothing to a person who reads it in a table. What is
quoted is the sentence in which it stands, cut where the sentence is very long.
"""

from __future__ import annotations

import re

from riwaya.model import Claim, Event, Evidence, Report

_END = re.compile("[.!?\u061f\u2026](?=\\s|$|[\u0621-\u064a\"\u00bb])|\n")
_SPOKEN = 5  # words from which evidence speaks for itself
_LONGEST = 420  # characters of a quotation


def quote_claim(report: Report, event: Event, claim: Claim) -> Evidence:
    """The quotation of a claim: raw code points, half-open, and their text."""
    text = report.document.text
    spoken = [each for each in claim.evidence if len(each.text.split()) >= _SPOKEN]
    if spoken:
        return spoken[0]
    return quote_around(text, claim.evidence[0] if claim.evidence else event.trigger)


def quote_event(report: Report, event: Event) -> Evidence:
    """The quotation of an event's first claim, else the sentence of its trigger."""
    if event.claims:
        return quote_claim(report, event, event.claims[0])
    return quote_around(report.document.text, event.trigger)


def quote_around(text: str, words: Evidence) -> Evidence:
    """The sentence around some words, without white space at its ends; at most a few hundred characters of it."""
    low, high = max(0, words.start - _LONGEST), min(len(text), words.end + _LONGEST)
    start = low
    for match in _END.finditer(text, low, words.start):
        start = match.end()
    after = _END.search(text, words.end, high)
    end = after.end() if after else high
    if end - start > _LONGEST:
        start, end = max(start, words.start - _LONGEST // 3), min(end, words.end + 2 * _LONGEST // 3)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Evidence(start, end, text[start:end])
