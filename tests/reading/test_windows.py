"""Long texts are read in windows, with offsets into the whole text."""

from riwaya.reading.reader import Reader
from riwaya.reading.windows import LONG, split_windows

STORY = "قصفت قوات الحكومة بلدة سراقب يوم الأحد، بحسب المرصد السوري لحقوق الإنسان.\n"


def test_windows_cover_the_text_without_gaps() -> None:
    text = STORY * 1000
    windows = list(split_windows(text))
    assert "".join(text[start:end] for start, end in windows) == text
    assert len(windows) > 1
    assert list(split_windows("نص قصير")) == [(0, 7)]


def test_offsets_of_a_long_text_point_into_the_whole() -> None:
    text = STORY * (LONG // len(STORY) + 40)
    report = Reader().read(text, published="2018-05-21")
    assert any("windows" in note for note in report.notes)
    last = report.places[-1]
    assert last.start > LONG - 4000
    assert all(text[mention.start : mention.end] == mention.text for mention in (*report.places, *report.actors))
    assert [event.id for event in report.events] == [f"e{n}" for n in range(1, len(report.events) + 1)]
    assert all(text[event.trigger.start : event.trigger.end] == event.trigger.text for event in report.events)


def test_a_text_without_paragraphs_is_read_too() -> None:
    text = "قصف " * 20_000
    assert "".join(text[start:end] for start, end in split_windows(text)) == text
