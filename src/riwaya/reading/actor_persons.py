"""Persons: a title and a name (`الرئيس السوري بشار الأسد`), a name alone, and the surname after it.

A name starts at a known given name, or at an unknown word right after a title; it goes on over linked parts
(`عبد`, `بن`, `أبو`), given names, one `ال-` surname and unknown words, and ends at any word that is known as another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.functions import FunctionTable
from riwaya.knowledge.lexicon import Match
from riwaya.model import Actor, ActorKind
from riwaya.reading.actor_candidates import Candidate, clitic_length, covered
from riwaya.reading.actor_places import goes_on_from_cue, inside_places, is_place, titled_places
from riwaya.text.letters import ALEF, ARTICLE, BA, FA, HA, LAM, MAQSURA, MIM, NUN, SIN, TA, TO_THE, WA, YA
from riwaya.text.text import Text

_REACH = 12  # tokens between a title and the name
_LONGEST = 5  # tokens of a name
_GAPS = (" ", "  ", "، ", ", ", ' "', '، "', '" ', "_")
_STARTS = (ARTICLE, TO_THE, "وال", "بال", "است", "وا")
_FIRST_STARTS = (WA, YA, TA, NUN, SIN, FA, LAM, BA)  # verbs and clitics: no unknown name is begun with them
_ENDS = ("وا", "ته", "تها", "هم", "هما", "يه", "ات", "ون", "تا", "ها", "اء")
_MARKS = ("،", ",", "(", ".", '"')
_TOLD = frozenset({"actor", "actor_class"})
_SEATS = "أإؤئ"
_HIS = HA
_WORDS = frozenset({"cue", "trigger", "function", "time", "number", "actor_head", "actor_class"})
_OTHER = _WORDS | {"count", "actor", "actor_capital", "actor_gentilic"}


@dataclass(slots=True)
class _Names:
    """What is known of each token of a text, for finding names."""

    text: Text
    table: ActorTable
    functions: FunctionTable
    taken: set[int]
    single: set[int]  # tokens that are a mention of one word
    people: set[int]  # tokens of persons known by name
    given: dict[int, Match]
    titles: dict[int, Match]

    @classmethod
    def of(cls, text: Text, table: ActorTable, functions: FunctionTable, chosen: Sequence[Candidate]) -> _Names:
        """The given names and titles of a text, by first token, that stand outside places and names already chosen."""
        given: dict[int, Match] = {}
        inside = inside_places(text)
        for match in text.of("actor_given"):
            if match.first in inside or not _spelled_as_name(text, match):
                continue
            held = given.get(match.first)
            if held is None or (match.last, -len(match.proclitic)) > (held.last, -len(held.proclitic)):
                given[match.first] = match
        titles: dict[int, Match] = {}
        places = titled_places(text)
        for match in text.of("actor_cue"):
            if match.first in places:
                continue
            held = titles.get(match.first)
            if held is None or match.last > held.last:
                titles[match.first] = match
        single = {c.first for c in chosen if c.last - c.first == 1}
        people = covered(c for c in chosen if c.actor is not None and c.actor.kind is ActorKind.PERSON)
        return cls(text, table, functions, covered(chosen), single, people, given, titles)

    def unknown(self, at: int) -> bool:
        """Whether a token is a word that no layer knows as something else."""
        form = self.text.forms[at]
        if form[0].isdigit() or len(form) < 2 or at in self.taken or at in self.titles:
            return False
        words = self.table.patterns.words
        if form in words["end"] or form in words["adjective"] or form in words["before"] or form in words["skip"]:
            return False
        if form[0] in "وفبلك" and (form[1:] in words["end"] or form[1:] in words["adjective"]):
            return False
        word = self.text.words[at]
        if not word.layers.isdisjoint(_OTHER):
            return False
        return "place" not in word.layers or all(hit[0] != "place" or hit[4] != "sure" for hit in word.single)

    def foreign(self, at: int) -> bool:
        """Whether an unknown word looks like a transliterated name: no article, ending or clitic of Arabic words."""
        form = self.text.forms[at]
        if len(form) < 3 or form.startswith(_STARTS) or form.endswith(_ENDS) or not self.unknown(at):
            return False
        words = self.table.patterns.words
        return ARTICLE + form not in words["skip"] and ARTICLE + form not in words["adjective"]

    def second(self, at: int) -> bool:
        """Whether a word right after a given name may be the rest of the name."""
        form = self.text.forms[at]
        given = self.given.get(at)
        if len(form) < 2 or form.startswith((TO_THE, "وال", "بال")) or (given is not None and given.proclitic):
            return False
        verb = self.functions.verbs.get(form)
        return (verb is None or not verb.sure) and self.unknown(at)

    def surname(self, at: int, parts: int) -> bool:
        """Whether a word with the article is the surname of a name of which ``parts`` were read."""
        if at in self.single and at not in self.people:
            return True
        form = self.text.forms[at]
        words = self.table.patterns.words
        if form in words["ordinal"] or self.text.forms[at - 1] in words["link"]:
            return True
        if at in self.titles or at in self.taken or form in words["end"] or form in words["adjective"]:
            return False
        layers = self.text.words[at].layers
        if not layers.isdisjoint(_WORDS) or form in words["skip"]:
            return False
        return "actor_gentilic" not in layers or (parts == 1 and not form.endswith("يه"))


def _spelled_as_name(text: Text, match: Match) -> bool:
    """Whether a match is no other word that folds alike: `على` for علي, `بأن` for بان, `لدينا` for ل + دينا."""
    form = text.forms[match.first]
    clitic = match.proclitic
    if clitic and (clitic[-1] in "بكس" or (clitic != WA and len(form) - len(clitic) < 4)):
        return False
    if clitic and form.endswith(("نا", "ها", "هم")):
        return False
    if clitic and any(single[0] in _OTHER and not single[1] for single in text.words[match.first].single):
        return False
    raw = text.raw[text.starts[match.first] : text.ends[match.first]]
    if raw.endswith(MAQSURA) and match.entry.endswith(YA) and len(match.entry) < 5:
        return False
    spelled: str = match.entry
    return all(char not in _SEATS or char == seat for char, seat in zip(raw[len(clitic) :], spelled, strict=False))


def find_persons(
    text: Text, table: ActorTable, functions: FunctionTable, chosen: Sequence[Candidate]
) -> list[Candidate]:
    """Named persons that the lexicon does not have, outside the mentions chosen before."""
    names = _Names.of(text, table, functions, chosen)
    found: list[Candidate] = []
    started: set[int] = set()
    for first in sorted(names.titles):
        if _is_of_a_place(names, first):
            continue
        start = _name_start(names, names.titles[first])
        if start is not None and start not in started:
            started.add(start)
            found.append(_person(names, start, title=first))
    for first in sorted(names.given):
        features = names.given[first].features
        if first in started or first in names.taken or (features and not _is_sure(names, first)):
            continue
        if _is_of_a_place(names, first):
            continue
        candidate = _person(names, first, title=-1)
        if not is_place(text, candidate) and _stands_alone(names, candidate):
            found.append(candidate)
            started.add(first)
    return found


def _is_of_a_place(names: _Names, first: int) -> bool:
    """Whether the word before makes what follows a place's name: `مطار الملك خالد`, `شارع محمد`."""
    if first == 0 or names.text.gaps[first] not in (" ", ' "', " ("):
        return False
    form, before = names.text.forms[first - 1], names.table.patterns.words["before"]
    return form in before or (form[0] in "بلو" and form[1:] in before)


def _is_sure(names: _Names, first: int) -> bool:
    """Whether what may be another word is a given name: a kunya, or one before another (علي طاهر التميمي)."""
    if names.given[first].features == "kunya":
        return _is_kunya(names, first) and not goes_on_from_cue(names.text, first)
    second, forms = names.given.get(first + 1), names.text.forms
    if second is None or second.features or second.proclitic or names.text.gaps[first + 1] != " ":
        return False
    if names.given[first].proclitic:
        return False
    after = second.last
    if after >= len(forms) or names.text.gaps[after] != " " or not forms[after].startswith(ARTICLE):
        return False
    return names.surname(after, 2)


def _is_kunya(names: _Names, first: int) -> bool:
    """Whether `أبو` and the next word are a name (أبو مجاهد), not a place's (أبو ظبي)."""
    given = names.given[first]
    after = given.last
    if given.features != "kunya" or after >= len(names.text.forms) or names.text.gaps[after] != " ":
        return False
    longer = names.text.words[first].layers_with(names.text.forms[after])
    if "place" in longer or "actor_capital" in longer:
        return False
    return after in names.given or names.second(after)


def _stands_alone(names: _Names, person: Candidate) -> bool:
    """Whether a name without a title is one: two parts at least, the second a name, or a comma or title beside it."""
    text = names.text
    first, last = person.first, person.last
    if last - first < 2:
        return False
    if names.given[first].features == "kunya":
        return True
    if text.forms[names.given[first].last - 1].endswith(names.table.patterns.servant) and last - first == 2:
        return False  # عبد الرحمن alone is one part of a name
    second = names.given[first].last
    if (
        second >= last
        or second in names.given
        or text.forms[second].startswith(ARTICLE)
        or text.forms[second - 1] in (names.table.patterns.words["link"])
    ):
        return True
    if text.forms[second] in names.table.patterns.words["link"]:
        return True
    if names.foreign(second) and (_closed(names, last) or last in names.given):
        return True
    beside = text.gaps[last][:1] in "،," and bool(text.gaps[last][:1])
    told = first > 0 and "cue" in text.words[first - 1].layers
    return beside or told or last in names.titles


def _name_start(names: _Names, title: Match) -> int | None:
    """The token at which the name of a title's holder starts, None where the report gives no name there."""
    text, words = names.text, names.table.patterns.words
    at, strict = title.last, True
    while at < len(text.forms) and at - title.last < _REACH:
        if text.gaps[at] not in _GAPS or at in names.people:
            return None
        form = text.forms[at]
        given = names.given.get(at)
        if at in names.titles and (given is None or names.titles[at].last > given.last):
            at = names.titles[at].last
            continue
        if given is not None and at not in names.taken and (strict or not given.features) and not given.proclitic:
            if not _is_nationality(names, title, at):
                return at
        elif at in names.titles:
            at = names.titles[at].last
            continue
        layers = text.words[at].layers
        party = form.endswith((YA, "يه")) and "actor_short" in layers  # القيادي الحوثي
        if at in names.taken or form in words["skip"] or party or "actor_gentilic" in layers:
            at += 1
            continue
        if strict and _starts_unknown_name(names, title, at):
            return at
        if form in words["end"] and form not in words["title link"]:
            return None
        strict = False
        at += 1
    return None


def _is_nationality(names: _Names, title: Match, at: int) -> bool:
    """Whether a given name right after a title without the article is a gentilic (`مسؤول تركي`)."""
    forms, links = names.text.forms, names.table.patterns.words["link"]
    if at != title.last or forms[title.first].startswith(ARTICLE):
        return False
    if "actor_gentilic" not in names.text.words[at].layers:
        return False
    return not any(following.startswith(ARTICLE) or following in links for following in forms[at + 1 : at + 2])


def _starts_unknown_name(names: _Names, title: Match, at: int) -> bool:
    """Whether an unknown word after a title starts a name: it has no article, and looks like no other word.

    Two such words are taken at once; one alone only after a gentilic, an adjective or a comma.
    """
    text = names.text
    gap, form = text.gaps[at], text.forms[at]
    if text.raw[text.ends[at] - 1] == _HIS:
        return False  # شكه: his doubt
    if not names.foreign(at) or '"' in gap or (form.startswith(MIM) and form.endswith(ALEF)):
        return False
    following = at + 1
    paired = following < len(text.forms) and text.gaps[following] == " " and names.foreign(following)
    if gap != " ":
        return not form.startswith(WA) and (paired or _closed(names, following))
    if form.startswith(_FIRST_STARTS):
        return False
    if following < len(text.forms) and text.gaps[following] == " ":
        if following in names.given or paired:
            return True
        if text.forms[following] not in names.table.patterns.words["end"]:
            return False
    return at > title.last


def _person(names: _Names, first: int, *, title: int) -> Candidate:
    last = _name_end(names, first)
    match = names.given.get(first)
    skip = clitic_length(names.text, match) if match is not None else 0
    words = [names.text.slice(first, first + 1, skip)]
    words += [names.text.slice(at, at + 1) for at in range(first + 1, last)]
    return Candidate(
        first=first,
        last=last,
        skip=skip,
        actor=build_person(names.table, words, [names.text.forms[first][skip:], *names.text.forms[first + 1 : last]]),
        rule="actor.person.title" if title >= 0 else "actor.person.name",
        weight=2 if title >= 0 else 1,
        title=title,
    )


def _name_end(names: _Names, first: int) -> int:
    """The token after a name that starts at ``first``."""
    text = names.text
    links = names.table.patterns.words["link"]
    match = names.given.get(first)
    last = match.last if match is not None else first + 1
    if text.forms[last - 1][-3:] in links and last < len(text.forms) and text.gaps[last] in (" ", "_"):
        last += 1
    unknown = int(match is None)
    second, parts = last, 1
    while last < len(text.forms) and last - first < _LONGEST and text.gaps[last] in (" ", "_", "-"):
        form = text.forms[last]
        if form in links and last + 1 < len(text.forms) and text.gaps[last + 1] in (" ", "_"):
            last += 2
            continue
        if form.startswith(ARTICLE) and len(form) > 4:
            return last + (not unknown and names.surname(last, parts))
        if last in names.taken:
            break
        given = names.given.get(last)
        if (
            given is not None
            and not given.proclitic
            and (not given.features or form not in names.table.patterns.words["end"])
        ):
            last = given.last
            parts += 1
            continue
        if given is not None or not (names.second(last) if last == second else _goes_on(names, last, parts)):
            break
        if last > second and not _may_be_last(names, last, unknown):
            break
        unknown += 1
        last += 1
    return last


def _goes_on(names: _Names, at: int, parts: int) -> bool:
    """Whether an unknown word goes on with a name: a foreign one, or one that a mark ends after two known parts."""
    if names.foreign(at):
        return True
    form, gap = names.text.forms[at], names.text.gaps[at + 1].strip()
    return parts > 1 and gap[:1] in _MARKS and not form.startswith((*_FIRST_STARTS, ARTICLE)) and names.unknown(at)


def _may_be_last(names: _Names, at: int, unknown: int) -> bool:
    """Whether an unknown word may end a name of two parts: at punctuation, or after known parts at a closing word."""
    text = names.text
    if at + 1 >= len(text.forms) or text.gaps[at + 1] != " ":
        return unknown < 2
    if text.forms[at].startswith(TA):
        return False
    return _is_told(text, at + 1) or (unknown == 0 and _closed(names, at + 1))


def _closed(names: _Names, at: int) -> bool:
    """Whether a name may end before ``at``: at punctuation, or at a word that no name holds."""
    text = names.text
    return at >= len(text.forms) or text.gaps[at] != " " or text.forms[at] in names.table.patterns.words["end"]


def _is_told(text: Text, at: int) -> bool:
    """Whether a medium or body stands at a token that was told something: `قال فلان لوكالة كذا`."""
    return any(hit[0] in _TOLD and hit[1].endswith(LAM) for hit in text.words[at].single)


def build_person(table: ActorTable, words: Sequence[str], forms: Sequence[str]) -> Actor:
    """A person who is not in the lexicon, by the words of the name as written and folded."""
    english = table.patterns.romanise(words, forms)
    start = surname_of(table, forms)
    aliases = [" ".join(words)]
    if start < len(words):
        aliases += [" ".join(words[start:]), table.patterns.romanise(words[start:], forms[start:])]
    return Actor(
        id="person/" + english.lower().replace(" ", "-"),
        name=english,
        kind=ActorKind.PERSON,
        aliases=tuple(dict.fromkeys(aliases)),
        known=False,
    )


def surname_of(table: ActorTable, forms: Sequence[str]) -> int:
    """Where the surname starts among a name's folded words: the last part with what is linked to it.

    عبد الرحمن of رامي عبد الرحمن; the number of words where the name is a single part.
    """
    links, back = table.patterns.words["link"], table.patterns.words["link back"]
    at = len(forms) - 1
    while at > 0 and (forms[at - 1] in links or forms[at] in back):
        at -= 1
    return at if at > 0 else len(forms)
