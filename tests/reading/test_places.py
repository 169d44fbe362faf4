"""Toponyms in sentences of our own: what is found, which place it is, and what is no place."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.functions import FunctionTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA, read_yaml
from riwaya.knowledge.places import PlaceTable
from riwaya.model import PlaceMention
from riwaya.reading.places import find_places
from riwaya.text.text import read_text

CUES = read_yaml(DATA / "places" / "cues.yaml")
EXAMPLES = [(cue["id"], example) for cue in CUES for example in cue.get("examples", ())]
NON_EXAMPLES = [(cue["id"], example) for cue in CUES for example in cue.get("non_examples", ())]

# sentence; the mentions as text = place (country)
ROWS = [
    ("غارات على مدينة حلب شمالي سوريا", ["حلب = Aleppo (SY)", "سوريا = Syria (SY)"]),
    ("قصف مدفعي على ريف حلب الشمالي", ["ريف حلب الشمالي = Aleppo northern countryside (SY)"]),
    ("اشتباكات في محافظة دير الزور السورية", ["محافظة دير الزور = Deir ez-Zor Governorate (SY)"]),
    ("هدوء في مخيم اليرموك جنوب دمشق", ["مخيم اليرموك = Yarmouk Camp (SY)", "دمشق = Damascus (SY)"]),
    ("قتل جنديان قرب طرابلس، وقالت الحكومة الليبية إنها تحقق", ["طرابلس = Tripoli (LY)"]),
    ("توتر في طرابلس، ودعا الجيش اللبناني إلى الهدوء في بيروت", ["طرابلس = Tripoli (LB)", "بيروت = Beirut (LB)"]),
    ("قتل مزارع في البستان وعاد الهدوء إلى تركيا", ["تركيا = Turkey (TR)"]),
    ("هزة في مدينة البستان جنوبي تركيا", ["البستان = Elbistan (TR)", "تركيا = Turkey (TR)"]),
    ("انفجار في العاصمة العراقية بغداد", ["بغداد = Baghdad (IQ)"]),
    ("انفجار في العاصمة العراقية صباح اليوم", ["العاصمة العراقية = Baghdad (IQ)"]),
    ("وصل الوفد إلى صنعاء، ثم غادر العاصمة مساء", ["صنعاء = Sanaa (YE)", "العاصمة = Sanaa (YE)"]),
    ("قصف على قطاع غزة، وعاد الهدوء إلى القطاع", ["قطاع غزة = Gaza Strip (PS)", "القطاع = Gaza Strip (PS)"]),
    ("وصلت قافلة إلى #قطاع_غزة", ["قطاع_غزة = Gaza Strip (PS)"]),
    ("نزحوا من سرمين وبنش، في إدلب السورية", ["سرمين = Sarmin (SY)", "بنش = Binnish (SY)", "إدلب = Idlib (SY)"]),
    ("نزحوا من بلدة كتم في شمال دارفور", ["كتم = Kutum (SD)", "شمال دارفور = North Darfur (SD)"]),
    ("نزحوا من قرية تامورة في سوريا", ["تامورة = Tamura (SY)", "سوريا = Syria (SY)"]),
    ("القرى الثلاث في سوريا هي: سرمين والدارة", ["سوريا = Syria (SY)", "سرمين = Sarmin (SY)", "الدارة = Al-Dara (SY)"]),
    ("غارات على تدمر الأثرية وسط سوريا", ["تدمر = Palmyra (SY)", "سوريا = Syria (SY)"]),
    ("رصدوا مبالغ مالية للقرى في سوريا", ["سوريا = Syria (SY)"]),
    ("هبطت الطائرة في مطار حماة العسكري في سوريا", ["مطار حماة العسكري = Hama (SY)", "سوريا = Syria (SY)"]),
    ("في ولاية بورنو النيجيرية", ["ولاية بورنو = Borno State (NG)"]),
    ("وجنوب السودان دولة فتية", ["جنوب السودان = South Sudan (SS)"]),
    ("ثم غادر العاصمة إلى بيته في صنعاء", ["العاصمة = Sanaa (YE)", "صنعاء = Sanaa (YE)"]),
    ("غارات على مناطق في دمشق وريفها", ["دمشق = Damascus (SY)"]),
    ("سقطت قذائف في بلدة ديرميماس جنوب لبنان", ["ديرميماس = Deir Mimas (LB)", "لبنان = Lebanon (LB)"]),
    ("قتل قروي قرب بلدة ديري في مالي", ["ديري = Diré (ML)", "مالي = Mali (ML)"]),
    (
        "على المثلث الحدودي مع بوركينا فاسو ومالي",
        ["المثلث الحدودي = Liptako (ML)", "بوركينا فاسو = Burkina Faso (BF)", "مالي = Mali (ML)"],
    ),
    ("في بلدتي سرمين وبنش، والطريق الذي يصلهما", ["سرمين = Sarmin (SY)", "بنش = Binnish (SY)"]),
    ("ثلاث قرى في سوريا، وهي: سرمين والدارة", ["سوريا = Syria (SY)", "سرمين = Sarmin (SY)", "الدارة = Al-Dara (SY)"]),
    (
        "قصفوا قرى القلبانية وليلان والعريش قرب تل تمر في سوريا",
        [
            *("القلبانية = Al-Qlbania (SY)", "ليلان = Lilan (SY)", "العريش = Al-'rish (SY)"),
            *("تل تمر = Tell Tamer (SY)", "سوريا = Syria (SY)"),
        ],
    ),
    ("نحو ريف السويداء الغربي", ["ريف السويداء الغربي = West As-Suwayda countryside (SY)"]),
    (
        "قصفوا قرية الزنبقية في سوريا، وعادوا بالزنبقية إلى الهدوء",
        ["الزنبقية = Al-Znbqia (SY)", "سوريا = Syria (SY)", "الزنبقية = Al-Znbqia (SY)"],
    ),
]  # fmt: skip

NO_PLACES = [
    "كان الاجتماع الخميس في إطار جديد، وأنه انتهى",
    "قالت الحكومة إن وقف إطلاق النار صامد",
    "كشف الرئيس عن خطة جديدة لإدارة الدولة",
    "سجل اللاعب هدفا في دوري الدرجة الأولى",
    "تلقى عدداً كبيراً من الرسائل",
    "خصصت الدولة دعما للقطاع الخاص",
    "",
]

DIRECTIONS = [
    ("جنوب دمشق", "south"),
    ("شمال شرق الرقة", "northeast"),
    ("في أقصى جنوب سوريا", "south"),
    ("غربي مدينة الموصل", "west"),
    ("ريف حمص الشرقي", "east"),
    ("وسط بغداد", "centre"),
    ("مدينة الموصل", None),
]


@pytest.fixture(scope="module")
def knowledge() -> Any:
    places, actors, functions = PlaceTable.load([DATA]), ActorTable.load([DATA]), FunctionTable.load([DATA])
    builder = LexiconBuilder()
    for table in (places, actors, functions):
        table.register(builder)
    return SimpleNamespace(places=places, actors=actors, functions=functions, lexicon=builder.build())


def find(knowledge: Any, sentence: str, taken: tuple[tuple[int, int], ...] = ()) -> list[PlaceMention]:
    return find_places(read_text(sentence, knowledge.lexicon), knowledge, taken)


@pytest.mark.parametrize(("sentence", "expected"), ROWS)
def test_places_are_found_and_resolved(knowledge: Any, sentence: str, expected: list[str]) -> None:
    found = find(knowledge, sentence)
    wanted = [re.fullmatch(r"(.+) = (.+) \((..)\)", row) for row in expected]
    assert [mention.text for mention in found] == [row[1] for row in wanted if row]
    for mention, row in zip(found, wanted, strict=True):
        assert row is not None
        assert mention.place.name.startswith(row[2])
        assert mention.place.country == row[3]


@pytest.mark.parametrize("sentence", NO_PLACES)
def test_everyday_words_are_no_places(knowledge: Any, sentence: str) -> None:
    assert [mention.text for mention in find(knowledge, sentence)] == []


@pytest.mark.parametrize(("cue", "example"), EXAMPLES)
def test_examples_of_generic_words(knowledge: Any, cue: str, example: str) -> None:
    sentence = example.replace("[", "").replace("]", "")
    assert [mention.text for mention in find(knowledge, sentence)] == re.findall(r"\[(.+?)\]", example), cue


@pytest.mark.parametrize(("cue", "example"), NON_EXAMPLES)
def test_non_examples_of_generic_words(knowledge: Any, cue: str, example: str) -> None:
    assert [mention.text for mention in find(knowledge, example)] == [], cue


@pytest.mark.parametrize(("sentence", "direction"), DIRECTIONS)
def test_direction_is_outside_the_name(knowledge: Any, sentence: str, direction: str | None) -> None:
    (mention,) = find(knowledge, sentence)
    assert mention.direction == direction


def test_a_toponym_in_an_actors_name_is_no_place(knowledge: Any) -> None:
    sentence = "قال جيش سوريا الجديد إنه دخل حلب"
    start = sentence.index("جيش")
    assert [m.text for m in find(knowledge, sentence, ((start, start + len("جيش سوريا الجديد")),))] == ["حلب"]


def test_unknown_village_has_no_coordinates(knowledge: Any) -> None:
    (mention,) = find(knowledge, "سيطر الجيش السوري على قرية الدبيسات مساء")
    assert (mention.text, mention.rule, mention.place.lat, mention.place.country) == (
        "الدبيسات",
        "cue.unknown",
        None,
        "SY",
    )


def test_unknown_quarter_stands_at_its_town(knowledge: Any) -> None:
    mentions = find(knowledge, "انفجار في حي الورشات بمدينة حمص السورية")
    quarter, town = mentions
    assert (quarter.text, quarter.rule) == ("حي الورشات", "cue.within")
    assert (quarter.place.lat, quarter.place.lon) == (town.place.lat, town.place.lon)


UNKNOWN = [
    ("قصف الجيش السوري بلدات سرمين والدبيسات، وكفر الزهور في إدلب", ["سرمين", "الدبيسات", "كفر الزهور", "إدلب"]),
    ("قصف الجيش السوري قرى الدبيسات والزنبقية وعاد إلى حماة", ["الدبيسات", "الزنبقية", "حماة"]),
    ("اشتباكات في سرمين والدبيسات وبنش في إدلب السورية", ["سرمين", "الدبيسات", "بنش", "إدلب"]),
    ("اشتباكات في سرمين والتعزيزات وصلت إلى إدلب السورية", ["سرمين", "إدلب"]),
    ("دخل الجيش السوري قرية (رمضان كاكي) شمال حماة", ["رمضان كاكي", "حماة"]),
    ("دخل الجيش السوري قرية «الدبيسات» شمال حماة", ["الدبيسات", "حماة"]),
    ("تقدم الجيش السوري في بلدة الدبيسات الكبرى جنوب حماة", ["الدبيسات الكبرى", "حماة"]),
    ("انفجار قرب قاعدة كركوش العسكرية في حماة السورية", ["قاعدة كركوش العسكرية", "حماة"]),
    ("قصف على منطقة باكيونغ في سوريا", ["باكيونغ", "سوريا"]),
    ("دخل الجيش السوري قرية كفردبسة شمال حماة", ["كفردبسة", "حماة"]),
    ("دخل الجيش السوري قرية منكوبة شمال حماة", ["حماة"]),
    ("دخل الجيش السوري قريتي زيتونة وبرقيا شمال حماة", ["زيتونة", "برقيا", "حماة"]),
    ("دخل الجيش السوري قرية“الدبيسات” شمال حماة", ["الدبيسات", "حماة"]),
    ("دخل الجيش السوري بلدة /الدبيسات/ شمال حماة", ["الدبيسات", "حماة"]),
    ("أصابت القذائف قرى وتسببت بدمار في سوريا", ["سوريا"]),
    ("في منطقة عسكرية مغلقة وحي سكني بسوريا", ["سوريا"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), UNKNOWN)
def test_names_that_no_gazetteer_has(knowledge: Any, sentence: str, expected: list[str]) -> None:
    assert [mention.text for mention in find(knowledge, sentence)] == expected


NAMESAKES = [
    # a village that bears the name of another country's region
    ("قال الجيش السوداني إن قوات الدعم السريع قصفت قرية عسير قرب ود مدني، وقال الجيش السوداني إنه رد", "عسير"),
    # a quarter of Baghdad, in a report of Diyala
    ("قصف الجيش العراقي منطقة الحرية في المقدادية بمحافظة ديالى العراقية", "الحرية"),
    # the town of Syria has the form of `two villages`
    ("قال الجيش السوداني إن الدعم السريع حاصر رفاعة وتمبول، وحاول اقتحام القريتين أمس", "القريتين"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "name"), NAMESAKES)
def test_a_namesake_far_away_is_not_meant(knowledge: Any, sentence: str, name: str) -> None:
    found = [mention for mention in find(knowledge, sentence) if mention.text == name]
    assert all(mention.place.id.startswith("unknown/") for mention in found)


def test_a_name_with_its_neighbourhood_is_found_without_it(knowledge: Any) -> None:
    found = find(knowledge, "أغار الطيران على بلدات كفركلا ويارون والطيبة في جنوب لبنان")
    assert [mention.place.country for mention in found] == ["LB"] * len(found)
    assert "الطيبة" in [mention.text for mention in found]


def test_a_name_in_marks_is_not_cut(knowledge: Any) -> None:
    found = find(knowledge, "قتل جندي مصري في منطقة “كرم الدبيسات” جنوب رفح بشمال سيناء المصرية")
    assert found[0].text == "كرم الدبيسات"


def test_a_countryside_may_have_two_directions(knowledge: Any) -> None:
    (mention,) = find(knowledge, "قصف مدفعي على ريف إدلب الشمالي الشرقي")
    assert (mention.text, mention.direction) == ("ريف إدلب الشمالي الشرقي", "northeast")
    assert mention.place.name == "Idlib northeastern countryside"


def test_an_unknown_name_of_a_list_takes_the_country_of_its_neighbours(knowledge: Any) -> None:
    _, unknown, _ = find(knowledge, "قصف على بلدات سرمين والدبيسات وبنش")
    assert (unknown.rule, unknown.place.country, unknown.place.lat) == ("cue.list", "SY", None)


def test_a_place_that_lies_elsewhere_is_not_taken_for_its_namesake(knowledge: Any) -> None:
    found = find(knowledge, "قتل مدنيون في بلدة بيلا في بوركينا فاسو")
    assert {mention.place.country for mention in found} == {"BF"}


def test_dropped_candidates_are_named(knowledge: Any) -> None:
    mention = find(knowledge, "وصل إلى طرابلس، وقالت الحكومة الليبية إنها تحقق")[0]
    assert any("LB" in considered.name and "score" in considered.reason for considered in mention.considered)


@settings(deadline=None)
@given(st.text(alphabet='ابتحدرسصطعفقكلمنهويةىأإ ،."«»:\nـًّ0123 ', max_size=120))
def test_spans_hold_their_text(sentence: str) -> None:
    known = _known()
    text = read_text(sentence, known.lexicon)
    mentions = find_places(text, known, ())
    for mention in mentions:
        assert sentence[mention.start : mention.end] == mention.text
    for before, after in pairwise(mentions):
        assert before.end <= after.start


_KNOWN: list[Any] = []


def _known() -> Any:
    """The knowledge for the property test, which cannot take a fixture of the module."""
    if not _KNOWN:
        places, actors, functions = PlaceTable.load([DATA]), ActorTable.load([DATA]), FunctionTable.load([DATA])
        builder = LexiconBuilder()
        for table in (places, actors, functions):
            table.register(builder)
        _KNOWN.append(SimpleNamespace(places=places, actors=actors, functions=functions, lexicon=builder.build()))
    return _KNOWN[0]


def test_gold_places(knowledge: Any, shared: Path) -> None:
    """F1 of at least 0.90 on the gold records, with the gold's actors taken."""
    right = coded = gold = 0
    for path in sorted((shared / "gold" / "dev").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        wanted = _located(record["text"], record["places"])
        taken = [(start, end) for start, end, _ in _located(record["text"], record["actors"])]
        found = find(knowledge, record["text"], tuple(taken))
        gold += len(wanted)
        coded += len(found)
        right += sum(any(_same(mention, place) for place in wanted) for mention in found)
    assert 2 * right / (coded + gold) > 0.90


def _located(text: str, entries: list[dict[str, Any]]) -> list[tuple[int, int, dict[str, Any]]]:
    """Where the gold mentions stand: whole words, clitics before them, outside longer mentions."""
    spans: list[tuple[int, int, dict[str, Any]]] = []
    for entry in sorted(entries, key=lambda e: -len(e["t"])):
        pattern = re.compile(r"(?<!\w)(?:[وفبلك]{0,2})(" + re.escape(entry["t"]) + r")(?!\w)")
        for count, match in enumerate(pattern.finditer(text), start=1):
            start, end = match.span(1)
            if "n" in entry and count not in entry["n"]:
                continue
            if not any(low < end and start < high for low, high, _ in spans):
                spans.append((start, end, entry))
    return spans


def _same(mention: PlaceMention, gold: tuple[int, int, dict[str, Any]]) -> bool:
    start, end, place = gold
    shared = min(mention.end, end) - max(mention.start, start)
    if 2 * shared < max(mention.end - mention.start, end - start) or mention.place.country != place["country"]:
        return False
    if place["level"] == "country" or mention.place.lat is None or mention.place.lon is None:
        return bool(mention.place.level == place["level"])
    wide = {"admin1": 1.0, "admin2": 1.0, "natural": 1.0, "region": 2.0}.get(place["level"], 0.2)
    return bool(abs(mention.place.lat - place["lat"]) < wide and abs(mention.place.lon - place["lon"]) < wide)
