"""Actor mentions: sentences of our own with the mentions that each holds, and what is true of any text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.functions import FunctionTable
from riwaya.knowledge.knowledge import load_knowledge
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.model import ActorKind, ActorMention
from riwaya.reading.actors import find_actors
from riwaya.text.text import read_text

DAY = date(2020, 5, 1)


def _rows() -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "actor_rows.tsv").read_text(encoding="utf-8").split("\n")[1:]
    return [(text.replace("\\n", "\n"), actors) for text, actors in (line.split("\t") for line in lines if line)]


@pytest.fixture(scope="module")
def known() -> SimpleNamespace:
    table = ActorTable.load([DATA])
    builder = LexiconBuilder()
    table.register(builder)
    return SimpleNamespace(actors=table, functions=FunctionTable.load([DATA]), lexicon=builder.build())


def _read(known: SimpleNamespace, raw: str, published: date | None = DAY) -> list[ActorMention]:
    return find_actors(read_text(raw, known.lexicon), known, published)


@pytest.mark.parametrize(("raw", "expected"), _rows())
def test_rows(known: SimpleNamespace, raw: str, expected: str) -> None:
    found = _read(known, raw)
    assert " | ".join(f"{mention.text} = {mention.actor.id}" for mention in found) == expected
    assert all(raw[mention.start : mention.end] == mention.text for mention in found)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("قصفت المدفعية قرى الزنبقية، وأبو كرنة، والدبيسات", []),
        ("التقى القائد أبو كرنة، وقال", ["أبو كرنة"]),
        ("هاجموا قيادة الفرقة الثانية والعشرين مساء", ["الفرقة الثانية والعشرين"]),
        ("قالت لجان مقاومة رفاعة إن القصف تجدد", ["لجان مقاومة رفاعة"]),
    ],
)
def test_actors_beside_places_and_numbers(raw: str, expected: list[str]) -> None:
    knowledge = load_knowledge()
    found = find_actors(read_text(raw, knowledge.lexicon), knowledge, DAY)
    assert [mention.text for mention in found] == expected
    assert all(mention.actor.name.startswith("22nd ") for mention in found if mention.text.startswith("الفرقة"))


@pytest.mark.parametrize(
    ("raw", "person", "organisation"),
    [
        (
            "قال وزير الخارجية الروسي إيغور بيتروف إن المحادثات تقدمت",
            "إيغور بيتروف",
            "russia-ministry-of-foreign-affairs",
        ),
        ("صرح المتحدث باسم الجيش اليمني العميد عبده الريمي بأن القوات تقدمت", "عبده الريمي", "yemen-army"),
        ("زار المبعوث الأممي بيتر هانسن المدينة", "بيتر هانسن", "united-nations"),
        (
            "قال سامر الحلبي، المتحدث باسم وزارة الدفاع العراقية، إن الطريق آمن",
            "سامر الحلبي",
            "iraq-ministry-of-defence",
        ),
        ("قال الناطق باسم حركة حماس سامر الحلبي إن الوفد غادر", "سامر الحلبي", "hamas"),
        ("نفى وزير الداخلية اليمني سامر الحلبي الخبر", "سامر الحلبي", "yemen-ministry-of-interior"),
    ],
)
def test_a_person_carries_the_body_spoken_for(known: SimpleNamespace, raw: str, person: str, organisation: str) -> None:
    [mention] = [m for m in _read(known, raw) if m.actor.kind is ActorKind.PERSON]
    assert mention.text == person
    assert mention.actor.organisation is not None
    assert mention.actor.organisation.id == organisation


def test_every_mention_of_a_person_is_one_actor(known: SimpleNamespace) -> None:
    raw = "يلماز يهدد\nقال الرئيس التركي كمال طيب يلماز إن العملية مستمرة. وأضاف يلماز أن القوات جاهزة"
    people = [m for m in _read(known, raw) if m.actor.kind is ActorKind.PERSON]
    assert [m.text for m in people] == ["يلماز", "كمال طيب يلماز", "يلماز"]
    assert len({m.actor for m in people}) == 1


def test_a_spokesman_without_a_name_is_the_body(known: SimpleNamespace) -> None:
    [mention] = _read(known, "قال المتحدث باسم الشرطة العراقية إن الحصيلة ارتفعت")
    assert (mention.text, mention.actor.id) == ("الشرطة العراقية", "iraq-police")


def test_the_minister_is_not_the_ministry(known: SimpleNamespace) -> None:
    [mention] = _read(known, "وصل وزير الدفاع الفرنسي إلى القاعدة")
    assert mention.text == "وزير الدفاع الفرنسي"
    assert mention.actor.kind is ActorKind.PERSON


def test_a_built_body_has_names_and_its_state(known: SimpleNamespace) -> None:
    [mention] = _read(known, "تدخلت قوات مكافحة الشغب الكينية لفض التجمع")
    actor = mention.actor
    assert (actor.id, actor.name, actor.known) == ("kenya/riot-police", "Kenyan riot police", False)
    assert actor.organisation is not None
    assert actor.organisation.id == "kenya"
    assert "قوات مكافحة الشغب الكينية" in actor.aliases


def test_the_army_is_the_one_of_the_country_in_context(known: SimpleNamespace) -> None:
    for country, army in (("العراق", "iraq-army"), ("لبنان", "lebanon-army"), ("الصومال", "somalia-army")):
        [mention] = _read(known, f"قال الجيش إن الطائرة سقطت في {country}")
        assert mention.actor.id == army


def test_no_country_no_army(known: SimpleNamespace) -> None:
    assert _read(known, "قال الجيش إن الطائرة سقطت") == []


def test_a_closing_quotation_mark_belongs_to_a_name_that_holds_the_opening_one(known: SimpleNamespace) -> None:
    [mention] = _read(known, 'نفى تنظيم "الدولة الإسلامية" الخبر')
    assert mention.text == 'تنظيم "الدولة الإسلامية"'


@given(
    st.text(
        st.sampled_from('ابتدرسعقلمنهويةىأإ ،."«»:\nالروسيالجيشقالفيمنإلى'),
        max_size=120,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_sound_spans_in_order(known: SimpleNamespace, raw: str) -> None:
    found = _read(known, raw, None)
    assert all(raw[m.start : m.end] == m.text and m.text for m in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_the_same_text_gives_the_same_mentions(known: SimpleNamespace) -> None:
    raw = "قال الجيش السوري إن داعش انسحب. ونفى التنظيم ذلك، بحسب روسيا وتركيا"
    assert _read(known, raw) == _read(known, raw)


@pytest.mark.parametrize(
    ("raw", "published", "actor"),
    [
        ("قالت الشرطة الصومالية إن مسلحي العشائر دخلوا البلدة", date(2022, 12, 7), "macawisley"),
        ("قالت الشرطة العراقية إن مسلحي العشائر دخلوا البلدة", date(2014, 6, 12),
         "general-military-council-for-iraqi-revolutionaries"),
    ],
)  # fmt: skip
def test_fighters_of_the_clans_are_those_of_the_country(
    known: SimpleNamespace, raw: str, published: date, actor: str
) -> None:
    assert actor in [mention.actor.id for mention in _read(known, raw, published)]
