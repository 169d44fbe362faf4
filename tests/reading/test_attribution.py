"""Attribution, read on sentences of our own: in each row the marked words, and whose word they are.

A row: the text with ⟦…⟧ around an event's words, and the claims expected there as ``source:stance``, joined by `` + ``;
``<`` names carriers, nearest first. ``outlet`` where nobody is named. Stances: asserts, denies, unconfirmed, claims.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.knowledge.cues import CueTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.model import Actor, ActorKind, ActorMention, Attribution, SourceKind, Stance
from riwaya.reading.attribution import claims_at, find_attributions
from riwaya.text.text import Text, read_text

TABLE = CueTable.load([DATA])
BUILDER = LexiconBuilder()
TABLE.register(BUILDER)
LEXICON = BUILDER.build()
KNOWLEDGE = SimpleNamespace(cues=TABLE)
STANCES = {"asserts": Stance.ASSERTS, "denies": Stance.DENIES, "unconfirmed": Stance.UNCONFIRMED}
STANCES["claims"] = Stance.CLAIMS_RESPONSIBILITY

SOHR = Actor("sohr", "SOHR", ActorKind.MONITOR)
MINISTRY = Actor("ministry", "Ministry", ActorKind.STATE)
NAMES = {
    "المرصد السوري لحقوق الإنسان": SOHR,
    "المرصد السوري": SOHR,
    "المرصد": SOHR,
    "رامي عبد الرحمن": Actor("rami", "Rami", ActorKind.PERSON, organisation=SOHR),
    "الجيش الوطني": Actor("army", "Army", ActorKind.MILITARY),
    "جيش": Actor("army", "Army", ActorKind.MILITARY),
    "مرصد": SOHR,
    "الجيش": Actor("army", "Army", ActorKind.MILITARY),
    "كتائب الوادي": Actor("brigades", "Brigades", ActorKind.ARMED_GROUP),
    "حركة الفجر": Actor("dawn", "Dawn", ActorKind.ARMED_GROUP),
    "التنظيم": Actor("dawn", "Dawn", ActorKind.ARMED_GROUP),
    "وزارة الداخلية": MINISTRY,
    "وزارة الصحة": Actor("health", "Health", ActorKind.STATE, source_kind=SourceKind.MEDICAL),
    "وكالة رويترز": Actor("reuters", "Reuters", ActorKind.MEDIA),
    "رويترز": Actor("reuters", "Reuters", ActorKind.MEDIA),
    "فرانس برس": Actor("afp", "AFP", ActorKind.MEDIA),
    "قناة الساحل": Actor("coast", "Coast TV", ActorKind.MEDIA, ("قناة الساحل",)),
    "صحيفة الشرق": Actor("east", "East", ActorKind.MEDIA),
    "روسيا": Actor("russia", "Russia", ActorKind.STATE, country=("RU",)),
    "تركيا": Actor("turkey", "Turkey", ActorKind.STATE, country=("TR",)),
    "موسكو": Actor("russia", "Russia", ActorKind.STATE, country=("RU",)),
    "الأمم المتحدة": Actor("un", "UN", ActorKind.IGO),
    "لجنة الدفاع عن الوادي": Actor("committee", "Committee", ActorKind.NGO),
    "هيئة الإغاثة": Actor("relief", "Relief", ActorKind.NGO),
    "سامي حداد": Actor("sami", "Sami", ActorKind.PERSON),
    "ليلى منصور": Actor("leila", "Leila", ActorKind.PERSON),
    "حداد": Actor("sami", "Sami", ActorKind.PERSON),
}
SPEECH = {"لل", "ل", "ب", "و", "ف", "ك", "ول", "وب"}


def mentions(text: Text) -> list[ActorMention]:
    """Actor mentions of the names above, the longest first, proclitics left out."""
    found: list[ActorMention] = []
    taken: set[int] = set()
    for name, actor in sorted(NAMES.items(), key=lambda item: -len(item[0])):
        at = text.raw.find(name)
        while at >= 0:
            end = at + len(name)
            first, last = text.token_at(at), text.token_at(end - 1) + 1
            whole = text.raw[text.starts[first] : at] in {"", *SPEECH} and text.ends[last - 1] == end
            if whole and taken.isdisjoint(range(at, end)):
                taken.update(range(at, end))
                found.append(ActorMention(at, end, name, actor, "test", first, last))
            at = text.raw.find(name, end)
    return sorted(found, key=lambda mention: mention.start)


def read(raw: str, outlet: str | None = None) -> list[Attribution]:
    text = read_text(raw, LEXICON)
    return find_attributions(text, KNOWLEDGE, mentions(text), outlet)


def told(marked: str, outlet: str | None = None) -> str:
    """The claims at the marked words, in the form that the rows use."""
    start = marked.index("⟦")
    end = marked.index("⟧") - 1
    raw = marked.replace("⟦", "").replace("⟧", "")
    names = {stance: name for name, stance in STANCES.items()}
    claims = [
        f"{a.source.actor.name}:{names[a.stance]}" + "".join(f"<{actor.name}" for actor in a.via)
        for a in claims_at(read(raw, outlet), start, end)
        if a.source.kind is not SourceKind.OUTLET
    ]
    return " + ".join(sorted(claims)) or "outlet"


SAYING = [
    ("قال المرصد السوري إن ⟦القصف⟧ توقف.", "SOHR:asserts"),
    ("وقال المرصد: ⟦القصف⟧ توقف.", "SOHR:asserts"),
    ("وقالت وزارة الداخلية إن قواتها ⟦اعتقلت⟧ ثلاثة رجال.", "Ministry:asserts"),
    ("يقول المرصد إن ⟦المعارك⟧ مستمرة.", "SOHR:asserts"),
    ("أعلن الجيش الوطني ⟦سيطرته⟧ على التل.", "Army:asserts"),
    ("أعلن الجيش الوطني، الأحد، أن قواته ⟦سيطرت⟧ على التل.", "Army:asserts"),
    ("وأعلنت، مساء الخميس، وزارة الداخلية ⟦اعتقال⟧ خلية.", "Ministry:asserts"),
    ("أكدت هيئة الإغاثة وصول ⟦المساعدات⟧ إلى المخيم.", "Relief:asserts"),
    ("ذكرت صحيفة الشرق أن ⟦اشتباكات⟧ اندلعت ليلا.", "East:asserts"),
    ("أفادت وزارة الصحة ب⟦مقتل⟧ تسعة أشخاص.", "Health:asserts"),
    ("أشار المرصد إلى أن ⟦الغارات⟧ طالت السوق.", "SOHR:asserts"),
    ("لفتت هيئة الإغاثة إلى ⟦نزوح⟧ مئات الأسر.", "Relief:asserts"),
    ("كشفت تركيا عن ⟦اتفاق⟧ جديد.", "Turkey:asserts"),
    ("شدد سامي حداد على أن ⟦الانسحاب⟧ لن يتأخر.", "Sami:asserts"),
    ("رأى سامي حداد أن ⟦الهدنة⟧ انهارت.", "Sami:asserts"),
    ("زعم الجيش أن ⟦الغارة⟧ أصابت مخزن سلاح.", "Army:asserts"),
    ("ادعت كتائب الوادي أنها ⟦أسقطت⟧ مسيرة.", "Brigades:asserts"),
    ("وثق المرصد ⟦مقتل⟧ سبعة مدنيين.", "SOHR:asserts"),
    ("تحدثت صحيفة الشرق عن ⟦مفاوضات⟧ سرية.", "East:asserts"),
    ("توقعت هيئة الإغاثة ⟦نزوح⟧ آلاف المدنيين.", "Relief:asserts"),
    ("كتب سامي حداد على صفحته أن ⟦القصف⟧ عشوائي.", "Sami:asserts"),
    ("أقر الجيش بأن ⟦الغارة⟧ أخطأت هدفها.", "Army:asserts"),
    ('قال سامي حداد "⟦خرجت⟧ القافلة قبل الفجر".', "Sami:asserts"),
    ('"⟦خرجت⟧ القافلة قبل الفجر"، قال سامي حداد.', "Sami:asserts"),
    ("وجاء في بيان للجيش أن ⟦الهجوم⟧ فشل.", "Army:asserts"),
    ("نبهت الأمم المتحدة إلى ⟦حصار⟧ البلدة.", "UN:asserts"),
    ("أبلغ سامي حداد رويترز أن ⟦القتال⟧ توقف.", "Sami:asserts<Reuters"),
    ("وكان سامي حداد قد أبلغ رويترز أن ⟦القتال⟧ توقف.", "Sami:asserts<Reuters"),
    ("لكن الجيش الوطني قال إن ⟦القتال⟧ مستمر.", "Army:asserts"),
    ("وأعرب سامي حداد عن خشيته من ⟦هجوم⟧ جديد.", "Sami:asserts"),
    ("قالت موسكو وتركيا إن ⟦المحادثات⟧ ستستأنف.", "Russia:asserts + Turkey:asserts"),
    ("وسبق لسامي حداد أن أعلن ⟦وقف⟧ إطلاق النار.", "Sami:asserts"),
]

TITLES = [
    ("وقال مدير المرصد رامي عبد الرحمن إن ⟦القصف⟧ توقف.", "Rami:asserts"),
    ("قال وزير الدفاع، سامي حداد، إن ⟦العملية⟧ مستمرة.", "Sami:asserts"),
    ("هدد الوزير التركي، سامي حداد، ب⟦هجوم⟧ واسع.", "Sami:asserts"),
    ("قال المتحدث باسم وزارة الداخلية سامي حداد إن ⟦الاعتقالات⟧ مستمرة.", "Sami:asserts"),
    ("قالت ليلى منصور المتحدثة باسم هيئة الإغاثة إن ⟦القافلة⟧ وصلت.", "Leila:asserts"),
    ("قال متحدث باسم كتائب الوادي إن ⟦الهجوم⟧ بدأ.", "spokesperson:asserts"),
    ("قال مسؤول في وزارة الداخلية إن ⟦المشتبه⟧ به اعتقل.", "official source:asserts"),
    ("وقال العقيد سامي حداد إن ⟦القصف⟧ توقف.", "Sami:asserts"),
]

UNNAMED = [
    ("قال مصدر أمني إن ⟦الانفجار⟧ وقع ليلا.", "security source:asserts"),
    ("أفادت مصادر طبية ب⟦مقتل⟧ طفلين.", "medical sources:asserts"),
    ("ذكرت مصادر محلية أن ⟦القصف⟧ تجدد.", "local sources:asserts"),
    ("قالت مصادر ميدانية إن ⟦المعارك⟧ تجددت.", "field sources:asserts"),
    ("أكد مصدر عسكري ⟦انسحاب⟧ الوحدات.", "military source:asserts"),
    ("أكدت مصادر عسكرية وطبية ⟦مقتل⟧ عشرة.", "medical sources:asserts + military source:asserts"),
    ("قال شهود عيان إن ⟦الطائرة⟧ قصفت السوق.", "witnesses:asserts"),
    ("وقال شاهد إن ⟦الطائرة⟧ قصفت السوق.", "witnesses:asserts"),
    ("قال ناشطون إن ⟦التظاهرة⟧ فرقت بالقوة.", "activists:asserts"),
    ("وأفاد سكان بأن ⟦القصف⟧ لم يتوقف.", "residents:asserts"),
    ("تناقلت وسائل إعلام محلية أنباء عن ⟦اغتيال⟧ القائد.", "local media:asserts"),
    ("نشرت حسابات على مواقع التواصل صورا قالت إنها ل⟦قصف⟧ السوق.", "social media accounts:asserts"),
    ("قال مسؤولون إن ⟦الاتفاق⟧ وشيك.", "official source:asserts"),
    ("قال مسئول محلي إن ⟦الاتفاق⟧ وشيك.", "local official:asserts"),
    ("وقال محللون إن ⟦الهدنة⟧ هشة.", "analysts:asserts"),
    ("قال دبلوماسيون إن ⟦المحادثات⟧ تعثرت.", "diplomats:asserts"),
    ("قال أحد السكان إن ⟦القصف⟧ عنيف.", "residents:asserts"),
    ("أفادت تقارير ب⟦قصف⟧ المدينة.", "media reports:asserts"),
]

ACCORDING = [
    ("⟦قتل⟧ مزارع في القصف، وفق المرصد.", "SOHR:asserts"),
    ("⟦قتل⟧ مزارع في القصف وفقا للمرصد.", "SOHR:asserts"),
    ("⟦قتل⟧ مزارع في القصف، بحسب ما أفاد المرصد.", "SOHR:asserts"),
    ("⟦قتل⟧ مزارع في القصف، حسبما ذكرت وكالة رويترز.", "Reuters:asserts"),
    ("⟦قتل⟧ مزارع في القصف، كما قال سامي حداد.", "Sami:asserts"),
    ("بحسب المرصد، ⟦قتل⟧ مزارع في القصف.", "SOHR:asserts"),
    ("وبحسب شهود عيان فإن ⟦القصف⟧ توقف.", "witnesses:asserts"),
    ("ومنذ الاتفاق، وفق المرصد، يسري ⟦هدوء⟧ في البلدة.", "SOHR:asserts"),
    ("⟦قتل⟧ مزارع في القصف، نقلا عن مصادر طبية.", "medical sources:asserts"),
    ("⟦قتل⟧ مزارع. بحسب ما نقلت رويترز.", "Reuters:asserts"),
    ("⟦قصف⟧ الجيش البلدة، فيما قتل ثلاثة في التل بحسب المرصد.", "outlet"),
    ("قصف الجيش البلدة، فيما ⟦قتل⟧ ثلاثة في التل بحسب المرصد.", "SOHR:asserts"),
    ("⟦قتل⟧ مزارع في القصف، بحسب ما نقلت صحيفة الشرق عن مصدر أمني.", "security source:asserts<East"),
    ("⟦انفجرت⟧ سيارة ليلا، بحسب بيان نشرته وزارة الداخلية.", "Ministry:asserts"),
    ("⟦انسحب⟧ المقاتلون، على حد قول مصدر عسكري.", "military source:asserts"),
]

CHAINS = [
    ("قال سامي حداد لوكالة رويترز إن ⟦القصف⟧ توقف.", "Sami:asserts<Reuters"),
    ("وقال رامي عبد الرحمن، اليوم الإثنين، لفرانس برس إن ⟦القصف⟧ توقف.", "Rami:asserts<AFP"),
    ("نقلت رويترز عن مصدر أمني قوله إن ⟦القصف⟧ توقف.", "security source:asserts<Reuters"),
    ("نقلت قناة الساحل عن سامي حداد أن ⟦القصف⟧ توقف.", "Sami:asserts<Coast TV"),
    ("ذكرت قناة الساحل، نقلا عن مصادر محلية، أن ⟦القصف⟧ توقف.", "local sources:asserts<Coast TV"),
    ("قال سامي حداد إن ⟦القصف⟧ توقف، بحسب ما ذكرت رويترز.", "Sami:asserts<Reuters"),
    ("وقالت كتائب الوادي في بيان نقلته قناة الساحل إن ⟦الهجوم⟧ بدأ.", "Brigades:asserts<Coast TV"),
    ("وقال سامي حداد في مقابلة مع قناة الساحل إن ⟦القصف⟧ توقف.", "Sami:asserts<Coast TV"),
    ("نسبت صحيفة الشرق إلى مصدر عسكري قوله إن ⟦القصف⟧ توقف.", "military source:asserts<East"),
    ("وقالت هيئة الإغاثة - نقلا عن مصادر طبية - إن ⟦القصف⟧ قتل سبعة.", "medical sources:asserts<Relief"),
]

DENIALS = [
    ("نفى الجيش ⟦قصف⟧ البلدة.", "Army:denies"),
    ("ونفت روسيا نفيا قاطعا ⟦قصف⟧ البلدة.", "Russia:denies"),
    ("الجيش ينفي ⟦انسحابه⟧ من التل", "Army:denies"),
    ("أنكرت كتائب الوادي ⟦خطف⟧ الصحفي.", "Brigades:denies"),
    ("كذبت روسيا أنباء ⟦الانسحاب⟧.", "Russia:denies"),
    ("نفت كتائب الوادي مسؤوليتها عن ⟦التفجير⟧.", "Brigades:denies"),
    ("أعلن المرصد ⟦قصف⟧ البلدة، وهو ما نفاه الجيش.", "Army:denies + SOHR:asserts"),
    ("تحدث المرصد عن ⟦اتفاق⟧ نفته تركيا.", "SOHR:asserts + Turkey:denies"),
    ("اتهمت تركيا الجيش ب⟦قصف⟧ البلدة، لكن الجيش نفى ذلك.", "Army:denies + Turkey:asserts"),
    ("⟦اتهمت⟧ تركيا الجيش بقصف البلدة، لكن الجيش نفى ذلك.", "Turkey:asserts"),
    ("قال مصدر أمني إنه لا صحة لأنباء ⟦الانسحاب⟧.", "security source:denies"),
    ("قال مصدر أمني إن أنباء ⟦الانسحاب⟧ عارية عن الصحة.", "security source:denies"),
    ("نفى الجيش ⟦قصف⟧ البلدة، مؤكدا أن العملية انتهت.", "Army:denies"),
    ("نفى الجيش قصف البلدة، مؤكدا أن ⟦العملية⟧ انتهت.", "Army:asserts"),
    ("ونفى سامي حداد الأنباء التي تحدثت عن ⟦هدنة⟧.", "Sami:denies + media reports:asserts"),
    ("قال الجيش إن قواته لم ⟦تقصف⟧ البلدة.", "Army:denies"),
    ('وقال سامي حداد "لن ⟦نتفاوض⟧ مع أحد".', "Sami:denies"),
    ("سامي حداد: لا ⟦هدنة⟧ في الوادي", "Sami:denies"),
    ("قال المرصد إن ما لا يقل عن سبعة ⟦قتلوا⟧.", "SOHR:asserts"),
    ("قال المرصد إن ⟦المعارك⟧ لا تزال مستمرة.", "SOHR:asserts"),
]

DOUBTS = [
    ("لم يؤكد الجيش ⟦مقتل⟧ القائد.", "Army:unconfirmed"),
    ("خرج المقاتلون، وفق المرصد، ضمن ⟦اتفاق⟧ لم يؤكده الجيش.", "Army:unconfirmed + SOHR:asserts"),
    ("قال سامي حداد إنه ليس بوسعه تأكيد ⟦وقوع⟧ الغارة.", "Sami:unconfirmed"),
    ("قال سامي حداد إن لا معلومات لديه عن ⟦الغارة⟧.", "Sami:unconfirmed"),
    ("شككت تركيا في ⟦الهدنة⟧.", "Turkey:unconfirmed"),
    ("لم يعلق الجيش على ⟦القصف⟧.", "outlet"),
    ("لم يوضح الجيش متى تبدأ ⟦العملية⟧.", "outlet"),
]

RESPONSIBILITY = [
    ("تبنت كتائب الوادي ⟦التفجير⟧.", "Brigades:claims"),
    ("تبنى التنظيم ⟦التفجير⟧.", "Dawn:claims"),
    ("وأعلنت حركة الفجر مسؤوليتها عن ⟦الهجوم⟧.", "Dawn:claims"),
    ("أعلن التنظيم في بيان مسؤوليته عن ⟦الهجوم⟧.", "Dawn:claims"),
    ("حركة الفجر تتبنى ⟦هجوم⟧ الوادي", "Dawn:claims"),
    ("واعترف الجيش بمسؤوليته عن ⟦الغارة⟧.", "Army:claims"),
    ("ولم تعلن أي جهة مسؤوليتها عن ⟦التفجير⟧.", "outlet"),
    ("تبنت الأمم المتحدة قرارا يدعو إلى ⟦هدنة⟧.", "UN:asserts"),
]

DEEDS = [
    ("⟦هددت⟧ تركيا بعملية واسعة.", "Turkey:asserts"),
    ("هددت تركيا ب⟦عملية⟧ واسعة.", "Turkey:asserts"),
    ("⟦دعت⟧ الأمم المتحدة إلى هدنة.", "UN:asserts"),
    ("⟦اتهمت⟧ روسيا تركيا بخرق الاتفاق.", "Russia:asserts"),
    ("اتهمت روسيا تركيا ب⟦خرق⟧ الاتفاق.", "Russia:asserts"),
    ("⟦طالبت⟧ هيئة الإغاثة بفتح المعبر.", "Relief:asserts"),
    ("⟦أدانت⟧ الأمم المتحدة القصف.", "UN:asserts"),
    ("أدانت الأمم المتحدة ⟦القصف⟧.", "UN:asserts"),
    ("و⟦حذرت⟧ روسيا من التصعيد.", "Russia:asserts"),
    ("⟦حملت⟧ روسيا الجيش مسؤولية القصف.", "Russia:asserts"),
    ("بعد ⟦تهديد⟧ تركيا بعملية واسعة، هدأت الجبهة.", "Turkey:asserts"),
    ("روسيا ⟦تندد⟧ بالغارة", "Russia:asserts"),
    ("قالت مصادر محلية إن روسيا ⟦طالبت⟧ بالانسحاب.", "Russia:asserts<local sources"),
    ("تعهد سامي حداد بالانسحاب، و⟦حث⟧ الجيش على الرحيل.", "Sami:asserts"),
    ("يسود هدوء حذر بعد ⟦القصف⟧.", "outlet"),
]

GOING_ON = [
    ("قال المرصد إن القصف توقف. وأضاف أن ⟦المعارك⟧ مستمرة.", "SOHR:asserts"),
    ("قال المرصد إن القصف توقف.\nوأضاف المصدر أن ⟦المعارك⟧ مستمرة.", "SOHR:asserts"),
    ("قال الجيش إن القصف توقف. وتابع البيان أن ⟦المعارك⟧ مستمرة.", "Army:asserts"),
    ("قال مصدر أمني إن القصف توقف. وأوضح المصدر ذاته أن ⟦المعارك⟧ مستمرة.", "security source:asserts"),
    ("قال المرصد إن القصف توقف، مضيفا أن ⟦المعارك⟧ مستمرة.", "SOHR:asserts"),
    ("قال سامي حداد لرويترز إن القصف توقف. وأضاف أن ⟦المعارك⟧ مستمرة.", "Sami:asserts<Reuters"),
    ('قال سامي حداد إن القصف توقف. "⟦انتهت⟧ المعارك في كل القرى المحيطة بالوادي".', "Sami:asserts"),
    ("قال المرصد إن القصف توقف. وأن ⟦المعارك⟧ مستمرة في التل.", "SOHR:asserts"),
    ("قال المرصد إن القصف توقف.\nواندلعت ⟦اشتباكات⟧ في التل.", "outlet"),
    ("قال المرصد إن القصف توقف.\nيذكر أن ⟦الهدنة⟧ بدأت قبل شهر.", "outlet"),
    ("قال المرصد إن القصف توقف، فيما أعلن الجيش أن ⟦المعارك⟧ مستمرة.", "Army:asserts"),
    ("قال المرصد إن ⟦القصف⟧ توقف، فيما أعلن الجيش أن المعارك مستمرة.", "SOHR:asserts"),
    ("قال المرصد إن الجيش أعلن ⟦انسحابه⟧ من التل.", "Army:asserts<SOHR"),
    ("قال المرصد إن روسيا نفت ⟦القصف⟧.", "Russia:denies<SOHR"),
]

HEADINGS = [
    ("الجيش: ⟦قصف⟧ التل مستمر", "Army:asserts"),
    ("المرصد السوري: ⟦مقتل⟧ سبعة مدنيين", "SOHR:asserts"),
    ("عاجل | الجيش: ⟦سيطرنا⟧ على التل", "Army:asserts"),
    ("مصدر أمني: ⟦انفجار⟧ قرب المعبر", "security source:asserts"),
    ("تركيا: ⟦مقتل⟧ سبعة في انفجار", "outlet"),
    ("تركيا: ⟦العملية⟧ مستمرة\nقالت تركيا إن قواتها تتقدم.", "Turkey:asserts"),
]

FURTHER = [
    ("وقال شهود عيان تحدثوا لرويترز إن ⟦القصف⟧ توقف.", "witnesses:asserts<Reuters"),
    ("نقلت قناة الساحل تأكيد سامي حداد أن ⟦القصف⟧ توقف.", "Sami:asserts<Coast TV"),
    ("ونقلت قناة الساحل عن وزارة الداخلية نفيها ⟦اعتقال⟧ الصحفي.", "Ministry:denies<Coast TV"),
    ("وألقت روسيا باللائمة على تركيا في ⟦الحادث⟧.", "Russia:asserts"),
    ("أعلن الجيش ⟦السيطرة⟧ على التل، إلا أن تركيا سارعت إلى نفي ذلك.", "Army:asserts + Turkey:denies"),
    ("قال المرصد إن ⟦القصف⟧ توقف، وهو ما تنفيه روسيا ويؤكده الجيش.", "Army:asserts + Russia:denies + SOHR:asserts"),
    ("⟦وصلت⟧ الطائرات أدت وفق المرصد إلى قتلى.", "SOHR:asserts"),
    ("قال سامي حداد إن القصف توقف. لكنه قال إن ⟦المعارك⟧ مستمرة.", "Sami:asserts"),
    ("قال سامي حداد إن القصف توقف. وأضاف في كلمة أمام الجنود إن ⟦المعارك⟧ مستمرة.", "Sami:asserts"),
    ("وقالت زينب لقناة الساحل إن ⟦القصف⟧ أصاب بيتها.", "زينب:asserts<Coast TV"),
    ("الأكراد ينفون ⟦حصار⟧ المدينة", "الأكراد:denies"),
    ("هاجم الأهوازيون الشرطة. وحمل الأهوازيون الشرطة مسؤولية ⟦الحريق⟧.", "الأهوازيون:asserts"),
    ("يعتقد أن ⟦القصف⟧ سيتوقف.", "outlet"),
    ("قال فصيل يعلن ولاءه للجيش إنه ⟦قصف⟧ التل.", "rebel groups:asserts"),
    ("قال وزير تركي إن ⟦القصف⟧ توقف.\nوأكد وزير الدفاع التركي سامي حداد أن المعارك مستمرة.", "Sami:asserts"),
    ("قال المرصد إن حملة الجيش على التل ⟦توقفت⟧.", "SOHR:asserts"),
    ("أقدم طالب لجوء على ⟦الانتحار⟧.", "outlet"),
    ("وأكد سامي حداد، الذي اتهم روسيا بالخداع، أن ⟦القصف⟧ توقف.", "Sami:asserts"),
    ("رفضت روسيا مزاعم ب⟦قصف⟧ البلدة.", "Russia:denies"),
    ("رام الله - قال سامي حداد إن ⟦القصف⟧ توقف.", "Sami:asserts"),
    ("وفي بيان للجيش، نفى ⟦قصف⟧ البلدة.", "Army:denies"),
    ("⟦دعا⟧ المرجع الأعلى للطائفة في البلاد، الشيخ سامي حداد، إلى هدنة.", "Sami:asserts"),
    ("وحذر ميليشيات الوادي من ⟦الهجوم⟧.", "outlet"),
    ("قال سامي حداد إن القصف توقف. وحذر ميليشيات الوادي من ⟦الهجوم⟧.", "Sami:asserts"),
    ("وأفاد مسؤول كبير بالأمم المتحدة بأن ⟦القافلة⟧ وصلت.", "official source:asserts"),
]

PLAIN = [
    ("⟦قصفت⟧ طائرات البلدة.", "outlet"),
    ("نقلت سيارات الإسعاف ⟦الجرحى⟧.", "outlet"),
    ("نشر الجيش ⟦دبابات⟧ على الحدود.", "outlet"),
    ("واصل الجيش ⟦قصف⟧ التل.", "outlet"),
    ("⟦قتل⟧ شرطيان في ما وصفه الجيش بأنه كمين.", "outlet"),
]

ROWS = [
    *SAYING,
    *TITLES,
    *UNNAMED,
    *ACCORDING,
    *CHAINS,
    *DENIALS,
    *DOUBTS,
    *RESPONSIBILITY,
    *DEEDS,
    *GOING_ON,
    *HEADINGS,
    *FURTHER,
    *PLAIN,
]


@pytest.mark.parametrize(("marked", "expected"), ROWS)
def test_whose_word(marked: str, expected: str) -> None:
    assert told(marked) == expected


def test_there_are_rows_enough() -> None:
    assert len(ROWS) >= 120


def test_the_outlets_own_correspondent_is_the_outlet() -> None:
    raw = "قال مراسلنا إن القصف توقف."
    assert [a.source.kind for a in read(raw, "Coast TV")] == [SourceKind.OUTLET]
    raw = "قال مراسل قناة الساحل إن القصف توقف."
    assert [a.source.kind for a in read(raw, "Coast TV Arabic")] == [SourceKind.OUTLET]
    assert [a.source.kind for a in read(raw, "East")] == [SourceKind.NEWS_MEDIA]


@pytest.mark.parametrize(
    ("raw", "kind", "body"),
    [
        ("وقال مدير المرصد رامي عبد الرحمن إن القصف توقف.", SourceKind.MONITOR, "SOHR"),
        ("قال متحدث باسم كتائب الوادي إن الهجوم بدأ.", SourceKind.ARMED_GROUP, "Brigades"),
        ("قال مسؤول في هيئة الإغاثة إن القافلة وصلت.", SourceKind.NGO, "Relief"),
        ("وزعم متحدثه سامي حداد أن القصف توقف.", SourceKind.OFFICIAL, None),
        ("قالت وزارة الصحة إن سبعة قتلوا.", SourceKind.MEDICAL, None),
        ("قال وزير الدفاع سامي حداد إن القصف توقف.", SourceKind.OFFICIAL, None),
    ],
)
def test_kind_and_body_spoken_for(raw: str, kind: SourceKind, body: str | None) -> None:
    source = read(raw)[0].source
    assert source.kind is kind
    assert (source.actor.organisation.name if source.actor.organisation else None) == body


def test_evidence_is_the_cues_own_words() -> None:
    raw = "وأضافَ المرصد أنّ القصف توقّف."
    (found,) = read(raw)
    assert raw[found.cue.start : found.cue.end] == found.cue.text == "أضافَ"
    assert found.source.mention is not None
    assert raw[found.source.mention.start : found.source.mention.end] == "المرصد"
    assert [raw[start:end] for start, end in found.scope] == ["أنّ القصف توقّف"]


def test_a_quotation_is_marked() -> None:
    assert read('قال سامي حداد "انتهت المعارك في الوادي كله".')[0].quoted
    assert not read("قال سامي حداد إن المعارك انتهت.")[0].quoted


ARABIC = st.sampled_from(
    [
        "قال",
        "نفى",
        "المرصد",
        "الجيش",
        "إن",
        "أن",
        "وفق",
        "نقلا عن",
        '"',
        "،",
        ".",
        ":",
        "وأضاف",
        "لم",
        "يؤكده",
        "القصف",
        "\n",
        "مصدر",
        "عسكري",
        "كما",
        "مسؤوليته عن",
        "تبنى",
        "-",
        "لا صحة",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ARABIC, max_size=30).map(" ".join), st.sampled_from([None, "Coast TV"]))
def test_any_order_of_cues_gives_valid_ranges(raw: str, outlet: str | None) -> None:
    found = read(raw, outlet)
    assert found == read(raw, outlet)
    for attribution in found:
        assert raw[attribution.cue.start : attribution.cue.end] == attribution.cue.text
        for start, end in attribution.scope:
            assert 0 <= start < end <= len(raw)
        claims_at(found, attribution.cue.start, attribution.cue.end)
