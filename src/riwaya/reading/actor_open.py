"""Names of open classes that the lexicon does not have: `لواء أحرار الساحل`, `قناة "ليبيا الحدث"`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor
from riwaya.reading.actor_candidates import Candidate, clitic_length, covered
from riwaya.reading.numbers import read_numbers
from riwaya.text.letters import ARTICLE
from riwaya.text.text import Text

_LONGEST = 5  # words of a quoted name
_WORDS = 3  # words of a name that no quotation marks hold
_ELSE = frozenset({"cue", "trigger", "function", "time", "number", "actor_cue", "actor_head"})


def find_open(text: Text, table: ActorTable, named: Sequence[Candidate]) -> Iterator[Candidate]:
    """Unknown names after a head noun; a known name after it is left to the lexicon."""
    heads = text.of("actor_class")
    if not heads:
        return
    taken = covered(named)
    for head in heads:
        if head.last >= len(text.forms) or head.first in taken or head.last in taken:
            continue
        words = table.patterns.words
        if text.forms[head.last] in words["after a rank"]:
            continue  # اللواء المتقاعد: a major general
        plain = ARTICLE + text.forms[head.last] in words["adjective"] or text.forms[head.last] in words["end"]
        whole = None if plain else _quoted_end(text, table, head.first)
        last = whole or _quoted_end(text, table, head.last) or _plain_end(text, table, head)
        if last is None or last <= head.last:
            continue
        name_class = table.patterns.classes[head.entry]
        first = head.first if name_class.inside else head.last
        yield Candidate(
            first=first,
            last=last,
            skip=clitic_length(text, head) if name_class.inside else 0,
            actor=_build(text, table, head, last),
            rule="actor.open." + name_class.kind.value,
            weight=1,
            noun=text.forms[head.last - 1],
        )


def _quoted_end(text: Text, table: ActorTable, first: int) -> int | None:
    """The token after a quotation that opens right before ``first``; None for talk ("إرهابية", "شركة أجنبية")."""
    if not text.gaps[first].endswith('"') or text.gaps[first].strip() != '"':
        return None
    for last in range(first + 1, min(first + _LONGEST, len(text.forms)) + 1):
        if '"' in text.gaps[last]:
            described = last == first + 2 and text.forms[last - 1].endswith("يه") and not _definite(text, last - 1)
            adjective = last == first + 1 and ARTICLE + text.forms[first] in table.patterns.words["adjective"]
            return None if adjective or (described and not _definite(text, first)) else last
    return None


def _definite(text: Text, at: int) -> bool:
    return text.forms[at].startswith(ARTICLE)


def _plain_end(text: Text, table: ActorTable, head: Match) -> int | None:
    """The token after a name without quotation marks: words with the article, places, and what they depend on."""
    words = table.patterns.words
    if text.gaps[head.last] != " ":
        return None
    if head.entry == "numbered unit":
        return _unit_end(text, words, head.last)
    if (
        text.forms[head.last - 1][len(head.proclitic) if head.last - head.first == 1 else 0 :]
        not in words["plain head"]
    ):
        return None
    last = head.last
    while last < len(text.forms) and last - head.last < _WORDS and text.gaps[last] == " ":
        if not _goes_on(text, words, head.last, last):
            break
        last += 1
    if last == head.last:
        return None
    local = head.entry == "committee" and "place" in text.words[head.last].layers
    named = local or text.forms[head.last].startswith(ARTICLE)
    return last if named or last - head.last > 1 else None


def _goes_on(text: Text, words: Mapping[str, frozenset[str]], first: int, at: int) -> bool:
    form = text.forms[at]
    if form in words["end"] or form[0].isdigit() or form in words["padding"]:
        return False
    layers = text.words[at].layers
    if not layers.isdisjoint(_ELSE):
        return False
    if at == first or form.startswith(ARTICLE) or text.forms[at - 1] in words["construct noun"]:
        return True
    return "place" in layers


def _unit_end(text: Text, words: Mapping[str, frozenset[str]], at: int) -> int | None:
    """The token after a unit's number and arm: `اللواء 35 مدرع`, `الفرقة السابعة مشاة`."""
    if not text.forms[at][0].isdigit() and text.forms[at] not in words["ordinal"]:
        return None
    last = at + 1
    while last < len(text.forms) and text.gaps[last] == " " and text.forms[last] in words["unit number"]:
        last += 1
    return last


def _numeral(text: Text, first: int, last: int) -> str | None:
    """The number of a unit that words tell, as English writes it (`22nd` of الثانية والعشرين); None for others."""
    number = next((n for n in read_numbers(text) if n.first == first and n.ordinal and n.last <= last), None)
    if number is None:
        return None
    value = int(number.value)
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _build(text: Text, table: ActorTable, head: Match, last: int) -> Actor:
    name_class = table.patterns.classes[head.entry]
    words = [text.slice(at, at + 1) for at in range(head.last, last)]
    arabic = " ".join(words)
    noun = text.slice(head.first, head.last, len(head.proclitic))
    numeral = _numeral(text, head.last, last) if head.entry == "numbered unit" else None
    english = numeral or table.patterns.romanise(words, text.forms[head.last : last])
    full = f"{english} {head.features}" if name_class.inside else english
    return Actor(
        id="named/" + full.lower().replace(" ", "-"),
        name=full,
        kind=name_class.kind,
        aliases=tuple(dict.fromkeys([*([] if numeral else [english, arabic]), f"{noun} {arabic}"])),
        source_kind=name_class.source_kind,
        known=False,
    )
