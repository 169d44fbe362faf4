"""Paradigms of verbs of every type, as a grammar prints them."""

# ruff: noqa: E501 (a paradigm stays on one line)

from __future__ import annotations

import pytest

from riwaya.knowledge.inflect import inflect_adjective, inflect_noun, inflect_verb
from riwaya.text.normalise import fold

# root, form, past and present vowel, masdar | feature=spelling ...
PARADIGMS = """
ق ص ف | I | | قصف | perf.3ms=قصف perf.3fs=قصفت perf.3mp=قصفوا impf.3ms=يقصف impf.3mp=يقصفون sub.3mp=يقصفوا impf.1p=نقصف masdar=قصف masdar.def=القصف act_part.ms=قاصف pass_part.ms=مقصوف
ق ت ل | I | | قتل | perf.3md=قتلا perf.1p=قتلنا impf.3md=يقتلان sub.3md=يقتلا impf.3fp=يقتلن pass_part.mp=مقتولين
ش ن ن | I | | شن | perf.3ms=شن perf.3fs=شنت perf.3mp=شنوا perf.1p=شننا impf.3ms=يشن impf.3mp=يشنون masdar=شن
ف ر ر | I | ai | فرار | perf.3mp=فروا perf.1s=فررت impf.3ms=يفر sub.3mp=يفروا
ق و ل | I | | قول | perf.3ms=قال perf.1s=قلت impf.3ms=يقول jus.3ms=يقل jus.3fs=تقل perf_pass.3ms=قيل impf_pass.3ms=يقال act_part.ms=قائل
د و ر | I | | دوران | perf.3fs=دارت impf.3fs=تدور jus.3fs=تدر
ز و ر | I | | زيارة | perf.3ms=زار impf.3ms=يزور perf_pass.3ms=زير act_part.ms=زائر masdar.def=الزيارة
س ي ر | I | | سير | perf.3ms=سار impf.3ms=يسير jus.3ms=يسر
ن و ل | I | ia | نيل | perf.3ms=نال perf.1s=نلت impf.3ms=ينال jus.3ms=ينل
ن ف ي | I | | نفي | perf.3ms=نفى perf.3fs=نفت perf.3mp=نفوا perf.3md=نفيا perf.1p=نفينا impf.3ms=ينفي jus.3ms=ينف impf.3mp=ينفون sub.3mp=ينفوا masdar.def=النفي pass_part.ms=منفي pass_part.fs=منفية
د ع و | I | | دعوة | perf.3ms=دعا perf.3fs=دعت perf.3mp=دعوا perf.3md=دعوا perf.1s=دعوت impf.3ms=يدعو jus.3ms=يدع impf.3mp=يدعون sub.3mp=يدعوا impf.3md=يدعوان act_part.ms=داعي act_part.ms.acc=داعيا pass_part.fs=مدعوة perf_pass.3ms=دعي impf_pass.3ms=يدعى
ب ق ي | I | ia | بقاء | perf.3ms=بقي perf.3fs=بقيت perf.3mp=بقوا impf.3ms=يبقى jus.3ms=يبق impf.3mp=يبقون
س ع ي | I | aa | سعي | perf.3ms=سعى perf.3fs=سعت impf.3ms=يسعى impf.3fs=تسعى impf.3mp=يسعون jus.3ms=يسع
و ص ل | I | | وصول | perf.3ms=وصل impf.3ms=يصل impf.3mp=يصلون impf_pass.3ms=يوصل act_part.ms=واصل
و ق ع | I | aa | وقوع | perf.3ms=وقع impf.3ms=يقع impf.3fs=تقع
أ خ ذ | I | | أخذ | perf.3ms=أخذ impf.3ms=يأخذ impf.3mp=يأخذون act_part.fs=آخذة impf_pass.3ms=يؤخذ
س أ ل | I | | سؤال | perf.3ms=سأل impf.3ms=يسأل perf_pass.3ms=سئل pass_part.ms=مسؤول
ب د أ | I | | بدء | perf.3ms=بدأ perf.3mp=بدأوا perf.3mp=بدؤوا impf.3ms=يبدأ impf.3mp=يبدأون impf.3mp=يبدؤون perf_pass.3ms=بدئ act_part.ms=بادئ
ر أ ي | I | | رؤية | perf.3ms=رأى perf.3fs=رأت perf.3mp=رأوا impf.3ms=يرى impf.3mp=يرون jus.3ms=ير
و ف ي | I | | وفاء | perf.3ms=وفى impf.3ms=يفي
أ ك د | II | | | perf.3ms=أكد impf.3ms=يؤكد masdar=تأكيد act_part.ms=مؤكد impf.3mp=يؤكدون
س م ي | II | | | perf.3ms=سمى impf.3ms=يسمي masdar=تسمية
ه د أ | II | | | perf.3ms=هدأ impf.3ms=يهدئ masdar=تهدئة
ه ج م | III | | هجوم | perf.3ms=هاجم impf.3mp=يهاجمون masdar=مهاجمة masdar=هجوم act_part.mp=مهاجمين perf_pass.3ms=هوجم
ن د ي | III | | نداء | perf.3ms=نادى impf.3ms=ينادي masdar=مناداة
ع ل ن | IV | | | perf.3ms=أعلن impf.3ms=يعلن masdar=إعلان act_part.ms=معلن
ص و ب | IV | | | perf.3ms=أصاب perf.1p=أصبنا impf.3ms=يصيب jus.3ms=يصب perf_pass.3fs=أصيبت impf_pass.3ms=يصاب masdar=إصابة pass_part.ms=مصاب
ن ه ي | IV | | | perf.3ms=أنهى impf.3ms=ينهي masdar=إنهاء
أ م ن | IV | | | perf.3ms=آمن impf.3ms=يؤمن masdar=إيمان
و ق ف | IV | | | perf.3ms=أوقف impf.3ms=يوقف masdar=إيقاف
ع د د | IV | | | perf.3ms=أعد impf.3ms=يعد masdar=إعداد
ق د م | V | | | perf.3ms=تقدم impf.3fs=تتقدم masdar=تقدم act_part.fs=متقدمة
ب ن ي | V | | | perf.3ms=تبنى perf.3fs=تبنت impf.3ms=يتبنى jus.3ms=يتبن masdar=تبني
ب د ل | VI | | | perf.3ms=تبادل perf.3mp=تبادلوا masdar=تبادل
س ح ب | VII | | | perf.3ms=انسحب impf.3mp=ينسحبون masdar=انسحاب
ه و ر | VII | | | perf.3ms=انهار impf.3ms=ينهار masdar=انهيار
ت ه م | VIII | | | perf.3ms=اتهم impf.3ms=يتهم masdar=اتهام
و ف ق | VIII | | | perf.3ms=اتفق impf.3mp=يتفقون masdar=اتفاق
ص د م | VIII | | | perf.3mp=اصطدموا impf.3ms=يصطدم masdar=اصطدام
ح ل ل | VIII | | | perf.3ms=احتل perf.1p=احتللنا impf.3ms=يحتل masdar=احتلال act_part.fs=محتلة
غ ي ل | VIII | | | perf.3ms=اغتال perf_pass.3ms=اغتيل impf.3ms=يغتال masdar=اغتيال
د ع ي | VIII | | | perf.3ms=ادعى impf.3ms=يدعي masdar=ادعاء
أ م ر | VIII | | | perf.3ms=ائتمر impf.3ms=يأتمر masdar=ائتمار
ه د ف | X | | | perf.3ms=استهدف impf.3ms=يستهدف masdar=استهداف
و ل ي | X | | | perf.3ms=استولى perf.3fs=استولت impf.3ms=يستولي masdar=استيلاء
ع و د | X | | | perf.3ms=استعاد impf.3ms=يستعيد jus.3ms=يستعد perf_pass.3fs=استعيدت masdar=استعادة
س ي ط ر | QI | | | perf.3ms=سيطر impf.3ms=يسيطر masdar=سيطرة
د ه و ر | QII | | | perf.3ms=تدهور impf.3ms=يتدهور masdar=تدهور
ط م أ ن | QIV | | | perf.3ms=اطمأن impf.3ms=يطمئن masdar=اطمئنان
""".strip().splitlines()


@pytest.mark.parametrize("row", PARADIGMS, ids=[row.split("|")[0].strip() + row.split("|")[1] for row in PARADIGMS])
def test_paradigm(row: str) -> None:
    root, form, vowels, masdar, cells = (part.strip() for part in row.split("|"))
    pairs = inflect_verb(root, form, vowels=vowels, masdar=masdar.split())
    readings = {(fold(written), feature) for written, features in pairs for feature in features.split("|")}
    finite = ("perf", "impf", "jus", "sub")
    for cell in cells.split():
        feature, written = cell.split("=")
        known = {f for w, f in readings if w == fold(written)}
        # A spelling that two persons share keeps the more usual one.
        assert feature in known or (feature.startswith(finite) and any(f.startswith(finite) for f in known)), cell
        if feature == "masdar":
            assert (fold(written), feature) in readings, cell


def test_spelling_is_given_once() -> None:
    spelled = [fold(written) for written, _ in inflect_verb("ق ص ف", "I", masdar=["قصف"])]
    assert len(spelled) == len(set(spelled))


def test_readings_of_one_spelling_are_joined() -> None:
    assert dict(inflect_verb("ق ص ف", "I", masdar=["قصف"]))["قصف"] == "perf.3ms|masdar"


@pytest.mark.parametrize(("root", "form"), [("ق ص", "I"), ("ق ص ف", "XI"), ("س ي ط ر", "I")])
def test_wrong_root_or_form_is_refused(root: str, form: str) -> None:
    with pytest.raises(ValueError, match="expected a root"):
        inflect_verb(root, form)


@pytest.mark.parametrize(
    ("word", "plural", "spellings"),
    [
        ("غارة", None, "غارة الغارة غارات الغارات غارتان غارتين الغارتين"),
        ("هجوم", ["هجمات"], "هجوم الهجوم هجوما هجمات الهجمات هجومان هجومين"),
        ("حرب", ["حروب"], "حرب حروب حروبا الحروب"),
        ("قتيل", ["قتلى"], "قتيل قتيلا قتلى القتلى قتيلان"),
        ("مسلح", ["مسلحون"], "مسلح مسلحون مسلحين المسلحين"),
    ],
)
def test_noun(word: str, plural: list[str] | None, spellings: str) -> None:
    known = {written for written, _ in inflect_noun(word, plural=plural)}
    assert known >= set(spellings.split())


def test_adjective() -> None:
    known = dict(inflect_adjective("مسلح"))
    assert known["مسلحة"] == "fs"
    assert known["المسلحين"] == "mp.def"
