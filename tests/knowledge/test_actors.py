"""The table of actors: what it reads, what it refuses, and the bodies that it builds."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from riwaya.knowledge.actor_entries import fold_name
from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.model import KnowledgeError


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return ActorTable.load([DATA])


def _write(folder: Path, content: str) -> Path:
    path = folder / "actors" / "own.yaml"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    return folder


def test_an_added_actor_is_found_by_name(tmp_path: Path) -> None:
    own = "- {id: wadi-guard, name: Wadi Guard, kind: armed_group, arabic: [حراس الوادي الأخضر], source: own}\n"
    table = ActorTable.load([DATA, _write(tmp_path, own)])
    assert table.by_name[fold_name("حراس الوادي الأخضر")] == ("wadi-guard",)
    assert table.actor("wadi-guard").aliases == ("حراس الوادي الأخضر",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- {id: x, name: X, kind: wizard, arabic: [س], source: s}\n", "under 'kind' one of state"),
        ("- {id: x, name: X, kind: state, arabic: [س], sauce: s}\n", "expected key 'source'"),
        ("- {id: x, name: X, kind: state, arabic: [س], source: s, colour: red}\n", "found 'colour'"),
        ("- {id: x, name: X, kind: state, arabic: س, source: s}\n", "expected a list under 'arabic'"),
        ("- {id: x, name: X, kind: state, arabic: [س], source: s, acled: one}\n", "expected a number under 'acled'"),
        ("id: x\n", "expected a list of actors"),
        ("- {id: x, name: X, kind: state, arabic: [س], source: s}\n" * 2, "expected a new id"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(KnowledgeError, match=said) as caught:
        ActorTable.load([DATA, _write(tmp_path, content)])
    assert "own.yaml" in str(caught.value)


def test_names_of_people_of_an_actor_are_no_names_of_it(table: ActorTable) -> None:
    assert fold_name("عناصر تنظيم داعش") not in table.by_name
    assert fold_name("تنظيم داعش") in table.by_name


def test_a_body_that_is_known_is_not_built(table: ActorTable) -> None:
    army = table.body("army", "SY")
    assert army is not None
    assert (army.id, army.known) == ("syria-army", True)


def test_a_body_is_built_once(table: ActorTable) -> None:
    assert table.body("riot-police", "KE") is table.body("riot-police", "KE")


def test_a_body_of_one_country_only(table: ActorTable) -> None:
    assert table.body("settlers", "SY") is None
    assert table.body("settlers", "IL") is not None


def test_the_table_pickles(table: ActorTable) -> None:
    again = pickle.loads(pickle.dumps(table))
    assert again.actor("syria-army") == table.actor("syria-army")
    assert again.bodies == table.bodies


def test_registering_makes_names_and_patterns_findable(table: ActorTable) -> None:
    builder = LexiconBuilder()
    table.register(builder)
    lexicon = builder.build()
    forms = ["للجيش", "السوري", "وداعش", "وزير", "الخارجية"]
    _, found = lexicon.match([fold_name(form) for form in forms], ["", " ", " ", " ", " ", ""])
    assert {"actor", "actor_head", "actor_gentilic", "actor_cue"} <= found.keys()


def test_names_that_a_pattern_makes_up_are_not_registered(table: ActorTable) -> None:
    builder = LexiconBuilder()
    table.register(builder)
    forms = [fold_name(form) for form in ("القوات", "المسلحة", "السورية")]
    _, found = builder.build().match(forms, ["", " ", " ", ""])
    assert "actor" not in found
    assert table.by_name[" ".join(forms)] == ("syria-army",)
