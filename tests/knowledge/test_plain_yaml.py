"""Every scalar is text, and a fault is told with its line."""

from typing import Any

import pytest

from riwaya.knowledge.plain_yaml import parse_yaml
from riwaya.model import KnowledgeError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing", None),
        ("no", "no"),
        ("- 1\n- [yes, {a: 2018-05-21}]", ["1", ["yes", {"a": "2018-05-21"}]]),
        ("a:\nb: ~", {"a": "", "b": "~"}),
        ("a: &x [1]\nb: *x", {"a": ["1"], "b": ["1"]}),
        ("a: !!int 3", {"a": "3"}),
    ],
)
def test_scalars_stay_text(text: str, value: Any) -> None:
    assert parse_yaml(text, "x.yaml") == value


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: 1\nb: [", "x.yaml:3"), ("---\na: 1\n---\nb: 2", "x.yaml:3"), ("{[a]: b}", "x.yaml:1")],
)
def test_a_fault_is_told_with_file_and_line(text: str, place: str) -> None:
    with pytest.raises(KnowledgeError, match=f"^{place}: expected valid YAML, found: "):
        parse_yaml(text, "x.yaml")
