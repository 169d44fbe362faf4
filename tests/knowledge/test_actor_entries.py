"""The actor entries hold together: ids, links, kinds, spellings, and no name that two entries claim by accident.

A name that two entries share on purpose (the reader decides by country and date) stands in ``SHARED``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from riwaya.knowledge.load import DATA, read_yaml
from riwaya.model import ActorKind, SourceKind
from riwaya.text.normalise import fold

FILES = sorted((DATA / "actors").glob("*.yaml"))
KEYS = {
    *("id", "name", "kind", "country", "arabic", "english", "short", "gentilic", "capital", "parent", "acled"),
    *("offices", "speaks_for", "source_kind", "from", "to", "source"),
}
REQUIRED = {"id", "name", "kind", "country", "arabic", "english", "short", "source"}
ARABIC_KEYS = ("arabic", "short", "gentilic", "capital")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FOREIGN_LETTERS = re.compile(
    "[\u0640\u064b-\u0652\u067e\u0686\u06a9\u06af\u06cc"  # tatweel, vowel signs, Farsi letters
    "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufb50-\ufdff\ufe70-\ufeff]"  # marks, presentation forms
)
THEATRES = (
    *("SY", "IQ", "YE", "LY", "SD", "PS", "IL", "LB", "EG", "SO", "ML", "NG"),
    *("AF", "UA", "RU", "AZ", "AM", "TR", "IR", "SA", "MM"),
)

SHARED = (
    *("الأسايش", "الأمن العام", "الإعلام الحربي", "الجماعة الإسلامية", "الجيش الوطني", "الحرس الجمهوري"),
    *("الحرس الوطني", "الحزب الشيوعي", "الحكومة المؤقتة", "الدرك", "الدرك الوطني", "الدفاع المدني"),
    *("القوات الكردية", "القوات المشتركة", "المجلس الانتقالي", "المجلس الرئاسي", "المجلس العسكري"),
    *("المقاتلون الأكراد", "المقاتلين الأكراد", "المقاومة الشعبية", "الهلال الأحمر", "تنظيم القاعدة"),
    *(
        "جهاز مكافحة الإرهاب",
        "حزب البعث",
        "حزب العمال",
        "حزب المؤتمر",
        "حزب العدالة والتنمية",
        "حكومة الإنقاذ",
        "خفر السواحل",
    ),
    *("صحيفة الأخبار", "صحيفة الأيام", "صحيفة الجمهورية", "صحيفة الدستور", "صحيفة الرأي", "صحيفة الشروق"),
    *("صحيفة النهار", "صحيفة الوطن", "فرق الدفاع المدني", "قناة الشرق", "قوات الأسايش"),
    *("قوات الحرس الجمهوري", "قوات مكافحة الإرهاب", "قوى الأمن الداخلي", "لجان المقاومة"),
    *("مفوضية الانتخابات", "نقابة الصحفيين", "القوات المسلحة اليمنية", "القوات البحرية اليمنية"),
    *("اللجان الشعبية", "جماعة أنصار الإسلام"),
)
HOMONYMS = frozenset(fold(name) for name in SHARED)


def entries() -> list[tuple[Path, dict[str, Any]]]:
    return [(path, entry) for path in FILES for entry in read_yaml(path)]


ENTRIES = entries()
BY_ID = {entry["id"]: entry for _, entry in ENTRIES}


def links(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("parent", "speaks_for"):
        if key in entry:
            yield key, entry[key]
    for office in entry.get("offices", []):
        yield "offices.org", office["org"]


def problems(check: Any) -> list[str]:
    return [f"{path.name}: {entry['id']}: {found}" for path, entry in ENTRIES for found in check(entry)]


def test_ids_are_unique_slugs() -> None:
    counts = Counter(entry["id"] for _, entry in ENTRIES)
    assert [actor for actor, count in counts.items() if count > 1] == []
    assert [actor for actor in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", actor)] == []


def test_there_are_enough_of_them() -> None:
    kinds = Counter(entry["kind"] for _, entry in ENTRIES)
    assert sum(kinds.values()) >= 1300
    assert kinds["person"] >= 350


@pytest.mark.parametrize("theatre", THEATRES)
def test_each_theatre_has_a_state_an_army_and_others(theatre: str) -> None:
    own = [entry for _, entry in ENTRIES if theatre in entry["country"]]
    assert any("gentilic" in entry for entry in own)
    assert {entry["kind"] for entry in own} >= {"state", "person", "media"}
    assert len(own) >= 25


def test_keys_are_known_and_complete() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        yield from sorted(set(entry) - KEYS)
        yield from sorted(REQUIRED - set(entry))

    assert problems(check) == []


def test_values_are_of_the_closed_sets() -> None:
    kinds = {str(kind) for kind in ActorKind}
    sources = {str(kind) for kind in SourceKind}

    def check(entry: dict[str, Any]) -> Iterator[str]:
        if entry["kind"] not in kinds:
            yield entry["kind"]
        if entry.get("source_kind", "official") not in sources:
            yield entry["source_kind"]
        if not re.fullmatch("[1-8]", entry.get("acled", "1")):
            yield entry["acled"]
        yield from (code for code in entry["country"] if not re.fullmatch("[A-Z]{2}", code))

    assert problems(check) == []


def test_links_lead_to_entries() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        yield from (f"{key} {actor}" for key, actor in links(entry) if actor not in BY_ID)

    assert problems(check) == []


def test_no_actor_belongs_to_itself() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        seen = [entry["id"]]
        while (parent := BY_ID[seen[-1]].get("parent")) is not None:
            if parent in seen:
                yield " < ".join([*seen, parent])
                return
            seen.append(parent)

    assert problems(check) == []


def test_dates_are_iso_and_in_order() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        for spell in (entry, *entry.get("offices", [])):
            dates = [spell[key] for key in ("from", "to") if key in spell]
            yield from (date for date in dates if not DATE.fullmatch(date))
            if len(dates) == 2 and dates[0][:4] > dates[1][:4]:
                yield f"{dates[0]} after {dates[1]}"

    assert problems(check) == []


def test_offices_are_complete() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        for office in entry.get("offices", []):
            if set(office) - {"title", "org", "arabic", "from", "to"} or not {"title", "org", "arabic"} <= set(office):
                yield str(office)

    assert problems(check) == []


def test_persons_speak_for_a_body_of_their_office() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        if entry["kind"] != "person" and ("offices" in entry or "speaks_for" in entry):
            yield "an office without a person"
        if entry.get("offices") and "speaks_for" not in entry:
            yield "an office, and no body spoken for"

    assert problems(check) == []


def test_arabic_is_clean() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        for key in ARABIC_KEYS:
            for name in entry.get(key, []):
                if FOREIGN_LETTERS.search(name) or not unicodedata.is_normalized("NFC", name):
                    yield f"{key} {name!r}"
                if name != " ".join(name.split()) or not fold(name).strip():
                    yield f"{key} {name!r}"

    assert problems(check) == []


def test_english_is_latin() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        for name in (entry["name"], *entry["english"]):
            if re.search("[\u0600-\u06ff]", name) or not unicodedata.is_normalized("NFC", name):
                yield name

    assert problems(check) == []


def test_an_entry_names_nothing_twice() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        counts = Counter(fold(name) for name in (*entry["arabic"], *entry["short"]))
        yield from (name for name, count in counts.items() if count > 1)
        yield from (name for name, count in Counter(entry["english"]).items() if count > 1)

    assert problems(check) == []


def test_no_arabic_name_is_claimed_twice_by_accident() -> None:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for _, entry in ENTRIES:
        for name in entry["arabic"]:
            owners[fold(name)].append(entry["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1 and name not in HOMONYMS} == {}


def test_the_homonyms_are_still_shared() -> None:
    counts = Counter(fold(name) for _, entry in ENTRIES for name in entry["arabic"])
    assert sorted(name for name in HOMONYMS if counts[name] < 2) == []


def test_every_state_has_its_gentilics_or_none() -> None:
    def check(entry: dict[str, Any]) -> Iterator[str]:
        if "gentilic" in entry and not any(name.startswith("ال") for name in entry["gentilic"]):
            yield "no definite gentilic"

    assert problems(check) == []


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("داعش", "islamic-state"),
        ("تنظيم الدولة", "islamic-state"),
        ("الجيش العربي السوري", "syria-army"),
        ("جيش الاحتلال الإسرائيلي", "israel-army"),
        ("ميليشيا الحوثي", "houthis"),
        ("أنصار الله", "houthis"),
        ("المرصد السوري لحقوق الإنسان", "syrian-observatory-for-human-rights"),
        ("الدعم السريع", "rapid-support-forces"),
        ("حكومة الوفاق", "government-of-national-accord"),
        ("التحالف العربي", "saudi-led-coalition"),
        ("التحالف الدولي", "international-coalition"),
        ("فرانس برس", "afp"),
        ("البيت الأبيض", "united-states-presidency"),
        ("الكرملين", "russia-presidency"),
        ("نتنياهو", "benjamin-netanyahu"),
        ("عبدالفتاح السيسي", "abdel-fattah-el-sisi"),
        ("الخوذ البيضاء", "syrian-civil-defence"),
    ],
)
def test_a_name_of_the_news_leads_to_its_actor(name: str, actor: str) -> None:
    assert fold(name) in {fold(form) for form in BY_ID[actor]["arabic"]}
