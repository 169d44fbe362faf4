"""A quantity with what it counts, and the mention that it gives."""

from __future__ import annotations

from riwaya.model import CountMention, What
from riwaya.reading.count_quantities import Quantity
from riwaya.text.text import Text


class Read:
    """A quantity with its meaning."""

    __slots__ = ("part_of", "quantity", "rule", "what", "who")

    def __init__(self, quantity: Quantity, what: str, who: str | None, rule: str, part_of: int | None) -> None:
        """Hold the quantity, what and of whom it counts, the rule, and the index of its total."""
        self.quantity, self.what, self.who, self.rule, self.part_of = quantity, what, who, rule, part_of


def mention_of(text: Text, told: Read) -> CountMention:
    """The mention of a read quantity."""
    quantity = told.quantity
    start, end = text.span(quantity.first, quantity.last, quantity.skip)
    return CountMention(
        start,
        end,
        text.raw[start:end],
        What(told.what),
        told.who,
        quantity.low,
        quantity.high,
        told.rule,
        quantity.approx,
        told.part_of,
        quantity.first,
        quantity.last,
    )
