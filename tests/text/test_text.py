"""Words, sentences and quotations, with raw offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.text.normalise import fold
from riwaya.text.text import split_forms, split_text


def sentences(raw: str) -> list[str]:
    text = split_text(raw)
    return [text.slice(s.first, s.last) for s in text.sentences]


def quotes(raw: str) -> list[str]:
    text = split_text(raw)
    return [text.slice(q.first, q.last) for q in text.quotes]


def test_words_carry_raw_offsets_with_their_marks() -> None:
    raw = "قُتِلَ ١٢ جنديّاً"
    text = split_text(raw)
    assert text.forms == ["قتل", "12", "جنديا"]
    assert [raw[s:e] for s, e in zip(text.starts, text.ends, strict=True)] == ["قُتِلَ", "١٢", "جنديّاً"]


def test_a_ligature_of_many_letters_leaves_the_offsets_after_it_right() -> None:
    raw = "قال \ufdfa\u200f: \ufefbجئٌ، نعمْ"
    text = split_text(raw)
    assert text.forms[2:] == ["لاجي", "نعم"]
    assert [raw[s:e] for s, e in zip(text.starts, text.ends, strict=True)] == ["قال", "\ufdfa", "\ufefbجئٌ", "نعمْ"]


def test_the_words_alone_are_those_of_the_text() -> None:
    raw = "في ٢١.٥ من عام ٢٠١٨، قُتل اثنان"
    assert split_forms(raw) == split_text(raw).forms == ["في", "21.5", "من", "عام", "2018", "قتل", "اثنان"]


def test_a_clitic_is_left_out_of_a_span() -> None:
    raw = "وَبِالعاصمة"
    text = split_text(raw)
    start, end = text.span(0, 1, skip=2)
    assert raw[start:end] == "العاصمة"


def test_an_enclitic_is_left_out_of_a_span() -> None:
    raw = "سيطرته"
    text = split_text(raw)
    start, end = text.span(0, 1, drop=1)
    assert raw[start:end] == "سيطرت"


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        ("سقطت قذيفة في الشهر الماضي.وهدد الناطق بالرد.", 2),
        ("وصل د. سمير إلى المشفى. ثم غادر.", 2),
        ("نشر الموقع www.site.net صورا.", 1),
        ("عنوان الخبر\nمتن الخبر هنا.", 2),
        ("هل انسحبوا؟ لا أحد يعلم!", 2),
        ("بلغت النسبة 3.5 في المئة", 1),
        ("", 0),
    ],
)
def test_sentences_end_at_stops_and_lines_also_glued_ones(raw: str, count: int) -> None:
    assert len(sentences(raw)) == count


def test_hashtags_are_words() -> None:
    assert split_text("#قطاع_غزة الآن").forms == ["قطاع", "غزه", "الان"]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ('قال "خرجت الحافلات" أمس', ["خرجت الحافلات"]),
        ('قال "خرج عناصر تنظيم "داعش" من الحي"، متجهين شرقا', ["خرج عناصر تنظيم \"داعش\" من الحي", "داعش"]),
        ("قال «خرج “الجيش” من الحي» اليوم", ["خرج “الجيش” من الحي", "الجيش"]),
        ("لا اقتباس هنا", []),
    ],
)
def test_quotations_nest(raw: str, found: list[str]) -> None:
    assert quotes(raw) == found


@given(st.text())
def test_every_token_folds_to_its_form_and_offsets_rise(raw: str) -> None:
    text = split_text(raw)
    previous = 0
    for form, start, end in zip(text.forms, text.starts, text.ends, strict=True):
        assert previous <= start < end <= len(raw)
        assert form in fold(raw[start:end])
        previous = start
    assert len(text.gaps) == len(text.forms) + 1
    assert len(text.sentence_of) == len(text.forms)
    assert sum(s.last - s.first for s in text.sentences) == len(text.forms)


def test_lone_surrogates_do_no_harm() -> None:
    assert split_text("قصف \ud800 حي").forms == ["قصف", "حي"]
