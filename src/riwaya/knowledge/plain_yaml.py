"""YAML with every scalar as text, read from the parser's events: without a tree of nodes it takes half the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from riwaya.model import KnowledgeError

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _NotPlainError(Exception):
    """A file is not one document of plain lists, mappings and scalars."""


def parse_yaml(text: str, where: str) -> Any:
    """The content of a YAML text; None for an empty one.

    Raises KnowledgeError that names ``where`` and the line where the text is not valid YAML.
    """
    try:
        try:
            return _read_document(_LOADER(text))
        except _NotPlainError:
            return yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{where}:{mark.line + 1}" if mark else where
        raise KnowledgeError(f"{place}: expected valid YAML, found: {error.problem}") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{where}: expected valid YAML in UTF-8, found: {error}") from error


def _read_document(parser: Any) -> Any:
    """The value of the only document. Raises _NotPlainError for several, anchors, and keys that are no scalars."""
    parser.get_event()
    if not isinstance(parser.get_event(), yaml.DocumentStartEvent):
        raise _NotPlainError
    value = _read_value(parser.get_event(), parser.get_event)
    parser.get_event()
    if not isinstance(parser.get_event(), yaml.StreamEndEvent):
        raise _NotPlainError
    return value


def _read_value(event: Any, following: Callable[[], Any]) -> Any:
    """The value that begins with an event; the events after it come from ``following``."""
    if event.__class__ is yaml.ScalarEvent:
        return event.value
    if event.__class__ is yaml.SequenceStartEvent:
        items: list[Any] = []
        while (event := following()).__class__ is not yaml.SequenceEndEvent:
            items.append(event.value if event.__class__ is yaml.ScalarEvent else _read_value(event, following))
        return items
    if event.__class__ is not yaml.MappingStartEvent:
        raise _NotPlainError
    values: dict[str, Any] = {}
    while (event := following()).__class__ is not yaml.MappingEndEvent:
        if event.__class__ is not yaml.ScalarEvent:
            raise _NotPlainError
        values[event.value] = _read_value(following(), following)
    return values
