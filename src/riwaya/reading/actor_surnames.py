"""Surnames alone of persons whose full name the report gives: `عبد الرحمن` after `رامي عبد الرحمن`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from riwaya.knowledge.actors import ActorTable
from riwaya.model import Actor, ActorKind
from riwaya.reading.actor_candidates import Candidate, covered
from riwaya.reading.actor_persons import surname_of
from riwaya.text.letters import ARTICLE, BA, FA, KAF, LAM, MAQSURA, WA
from riwaya.text.text import Text

_MAQSURA = MAQSURA
_CLITICS = ("", WA, LAM, BA, FA, "ول", "وب", KAF)


def find_surnames(text: Text, table: ActorTable, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Surnames alone of the persons whose full name the report gives anywhere."""
    people = [c for c in chosen if c.actor is not None and c.actor.kind is ActorKind.PERSON and c.last - c.first > 1]
    if not people:
        return
    taken = covered(chosen)
    wanted: dict[str, list[tuple[int, tuple[str, ...], Actor | None]]] = {}
    names = {form for person in people for form in text.forms[person.first : person.last]}
    for person in people:
        name = text.forms[person.first : person.last]
        surname = tuple(name[surname_of(table, name) :])
        if surname and not _is_group(table, " ".join(surname)):
            for variant in _variants(surname, table.patterns.servant):
                for clitic in _CLITICS:
                    wanted.setdefault(clitic + variant[0], []).append((len(clitic), variant, person.actor))
    for at in [at for at, form in enumerate(text.forms) if form in wanted]:
        for skip, variant, actor in wanted[text.forms[at]]:
            last = at + len(variant)
            if tuple(text.forms[at + 1 : last]) == variant[1:] and taken.isdisjoint(range(at, last)):
                if not skip and _is_of_another(text, at, taken, names):
                    break  # another of that family: علي طاهر التميمي
                yield Candidate(at, last, skip, actor, "actor.person.surname", 2)
                break


def _is_of_another(text: Text, at: int, taken: set[int], names: Collection[str]) -> bool:
    """Whether a surname stands after a given name, or one word more, that is no part of its holder's name."""
    if not text.forms[at].startswith(ARTICLE):
        return False
    for before in range(at - 1, max(at - 3, -1), -1):
        if text.gaps[before + 1] != " " or before in taken or text.forms[before] in names:
            return False
        given = any(hit[0] == "actor_given" and not hit[1] and not hit[4] for hit in text.words[before].single)
        if given:
            return text.raw[text.ends[before] - 1] != _MAQSURA
    return False


def _is_group(table: ActorTable, surname: str) -> bool:
    """Whether a surname alone is the short form of a party (الحوثي)."""
    ids = table.by_short.get(surname, ()) or table.by_name.get(surname, ())
    return bool(ids) and table.entries[ids[0]].kind is not ActorKind.PERSON


def _variants(surname: tuple[str, ...], servant: str) -> tuple[tuple[str, ...], ...]:
    """A surname as it may be spaced: عبد الرحمن, عبدالرحمن."""
    if surname[0] == servant and len(surname) == 2:
        return surname, ("".join(surname),)
    if len(surname) == 1 and surname[0].startswith(servant + ARTICLE):
        return surname, (servant, surname[0][len(servant) :])
    return (surname,)
