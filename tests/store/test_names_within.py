"""Names that are withheld are found in every form in which they stand in a text, and ordinary words are left."""

from __future__ import annotations

import pytest

from riwaya.store.names_within import HiddenNames, families_in

PERSONS = ("Fadi al-Khatib", "فادي الخطيب")
Names = tuple[str, ...]


def found(text: str, persons: Names = PERSONS, places: Names = (), *, prose: bool = True) -> list[str]:
    return [text[start:end] for start, end in HiddenNames(persons, places).spans(text, prose=prose)]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("قال الخطيب إنه بريء", ["الخطيب"]),
        ("عائلة خطيب", ["خطيب"]),
        ("وللخطيب أطفال", ["خطيب"]),
        ("بالخطيب وفادي وكالخطيب", ["الخطيب", "فادي", "الخطيب"]),
        ("الخَطـيب", ["الخَطـيب"]),
        ("فادى الخطيب", ["فادى الخطيب"]),
        ("أكد (الخطيب)،", ["الخطيب"]),
        ("خطيبة الشاب والخطيبان خطبا", []),
        ("Mr Khatib said, khatib", ["Khatib"]),
    ],
)
def test_each_part_of_a_name_is_found_as_a_word(text: str, masked: list[str]) -> None:
    assert found(text) == masked


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        ("علي حسن", "على الأرض قال علي إن عليه", ["علي"]),
        ("أحمد صالح", "لصالح المدنيين، وأضاف صالح", ["صالح"]),
        ("صباح الخالد", "صباح اليوم التقى صباح الخالد خالدا", ["صباح الخالد"]),
        ("باسم كامل", "المتحدث باسم الجيش سيطر بشكل كامل", []),
        ("باسم كامل", "قال باسم كامل", ["باسم كامل"]),
        ("رامي عبد الرحمن", "أشار عبد الرحمن إلى ذلك", ["عبد الرحمن"]),
        ("محمد بن سلمان", "التقى بن سلمان بن زايد", ["بن سلمان"]),
        ("صباح الخالد", "قال الخالد صباح اليوم", ["الخالد", "صباح"]),
        ("الرئيس الأميركي", "قال الرئيس التركي إن وزير الخارجية الأميركي", []),
        ("أبو بكر البغدادي", "اتهم أبو عمر البغدادي", ["البغدادي"]),
    ],
)
def test_ordinary_words_are_left_where_they_stand_alone(name: str, text: str, masked: list[str]) -> None:
    assert found(text, (name,)) == masked


def test_parts_of_places_are_not_names() -> None:
    assert found("قصف سلمية وريف حماة الشرقي", (), ("سلمية", "ريف حماة")) == ["سلمية", "ريف حماة"]
    assert found("في حماة وبحماة وحماته", (), ("حماة",)) == ["حماة", "حماة"]


def test_latin_parts_are_masked_in_texts_only() -> None:
    assert found("Khatib Governorate", prose=False) == []
    assert found("Arrest of Fadi al-Khatib", prose=False) == ["Fadi al-Khatib"]
    assert found("Somalia", ("Ali",)) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("اعتقلت الشرطة ثلاثة من عائلة الشيباني. وقال الشيباني إن أهله بخير.", ["الشيباني", "الشيباني"]),
        ("وطالب آل الشيباني بالتحقيق، ونفت أسرة آل شيبان ذلك.", ["الشيباني", "شيبان"]),
        ("نزحت عائلة فقيرة من المدينة، والأحياء فقيرة.", ["فقيرة"]),  # left where it tells no family
        ("نزحت عائلة من حماة، وقتلت أسرة في حمص، وعائلات النازحين بلا مأوى.", []),
        ("قصفت الطائرات آلات الزراعة.", []),
    ],
)  # fmt: skip
def test_what_a_family_is_called_is_a_name_of_persons(text: str, masked: list[str]) -> None:
    hidden = HiddenNames(families_in(text)[0], (), families=True)
    assert [text[start:end] for start, end in hidden.spans(text)] == masked
    assert HiddenNames((), ()).spans(text) == []
