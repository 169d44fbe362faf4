"""Who may take part in a happening: not those named only for their silence, nor what a word only describes."""

from __future__ import annotations

import pytest

from riwaya.reading.reader import Reader

READER = Reader()


def _named(text: str) -> set[str]:
    return {p.actor.name for p in READER.scene(text, "2024-03-12", "وكالة").participants if p.named and not p.adjective}


@pytest.mark.parametrize(
    "text",
    [
        "قصفت طائرات سوقا في المدينة، فيما لم يصدر تعليق من وزارة الدفاع الروسية.",
        "قصفت طائرات سوقا في المدينة، ولم تعلق وزارة الدفاع الروسية على ذلك.",
        "قصفت طائرات سوقا في المدينة ولم يصدر عن وزارة الدفاع الروسية أي تعليق.",
    ],
)
def test_an_actor_that_keeps_silent_takes_part_in_nothing(text: str) -> None:
    assert "Russian Ministry of Defence" not in _named(text)


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزارة الدفاع الروسية إنها لم تقصف السوق.",
        "لم تقصف القوات السوق، وقالت وزارة الدفاع الروسية في تعليق إنها بعيدة.",
        "نفذت وزارة الدفاع الروسية الضربات ردا على الهجوم.",
    ],
)
def test_an_actor_that_acts_or_speaks_takes_part(text: str) -> None:
    assert "Russian Ministry of Defence" in _named(text)


@pytest.mark.parametrize(
    "text",
    [
        "تسللت القوة إلى الحي في سيارات مدنية قبل الفجر.",
        "نظم المجتمع المدني وقفة أمام المقر.",
        "ارتدى المسلحون ملابس مدنية خلال الهجوم.",
    ],
)
def test_civilian_clothes_and_cars_are_no_civilians(text: str) -> None:
    assert "civilians" not in {p.actor.name for p in READER.scene(text, "2024-03-12", "وكالة").participants}


@pytest.mark.parametrize("text", ["قصفت الطائرات أحياء مدنية في البلدة.", "قتل القصف ثلاثة مدنيين وامرأة مدنية."])
def test_civilian_quarters_and_dead_are_civilians(text: str) -> None:
    assert "civilians" in {p.actor.name for p in READER.scene(text, "2024-03-12", "وكالة").participants}
