"""How the first scores of mentions stand beside each other."""

from __future__ import annotations

from riwaya.reading.second_look import ranked


def _of(name: str, features: list[str]) -> dict[str, str]:
    found = (feature.partition("=") for feature in features if feature.startswith(name) and "|" not in feature)
    return {label.removeprefix(name + " "): value for label, _, value in found}


def test_each_mention_is_told_how_far_the_likeliest_other_is_ahead() -> None:
    first, second, third = ranked(("agent",), [[1.3], [-0.2], [-9.0]], [(), (), ()])
    assert _of("agent", first) == {"alone": "2", "best": "-1", "lead": "-2", "rank": "0", "many": "1"}
    assert _of("agent", second) == {"alone": "-1", "best": "1", "lead": "1", "rank": "1", "many": "1"}
    assert _of("agent", third) == {"alone": "-8", "best": "1", "lead": "4", "rank": "2", "many": "2"}


def test_a_mention_alone_has_no_rival() -> None:
    (only,) = ranked(("at", "to"), [[0.0, -1.0]], [("near=clause0",)])
    assert _of("at", only)["best"] == "-4"
    assert "at alone=0|near=clause0" in only
    assert "to rank=0|near=clause0" in only


def test_equal_scores_share_their_rank() -> None:
    first, second = ranked(("agent",), [[0.5], [0.5]], [(), ()])
    assert first == second
    assert _of("agent", first)["rank"] == "0"
    assert _of("agent", first)["lead"] == "0"
