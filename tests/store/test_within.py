"""What lies in what: rows that somebody who knows the places can check."""

from __future__ import annotations

import pytest

from riwaya.knowledge.knowledge import load_knowledge
from riwaya.knowledge.load import DATA
from riwaya.store import Store, dossiers, queries
from riwaya.store.filters import Filter
from riwaya.store.linking import link_new
from riwaya.store.within import read_territories, within
from riwaya.store.writer import add_reports
from tests.support.coded_reports import actor, claim, event, report

INSIDE = [
    ("Damascus", "Yarmouk Camp"),
    ("Damascus", "Tadamon"),
    ("Rif Dimashq", "Hajar al-Aswad"),
    ("Damascus Governorate", "Yarmouk Camp"),
    ("Rif Dimashq", "Douma"),
    ("Idlib Governorate", "Saraqib"),
    ("Hudaydah Governorate", "Hays"),
    ("Gaza Strip", "Al-Ahli Arab Hospital"),
    ("Gaza Strip", "Rafah"),
    ("Gaza Strip", "Gaza Governorate"),
    ("Kurdistan Region", "Erbil"),
    ("Darfur", "El Fasher"),
    ("Eastern Ghouta", "Arbin"),
]
OUTSIDE = [
    ("Damascus", "Douma"),
    ("Damascus", "Hajar al-Aswad"),
    ("Damascus", "Damascus"),
    ("Gaza Strip", "Jenin"),
    ("Yarmouk Camp", "Damascus"),
    ("Idlib Governorate", "Aleppo"),
    ("Eastern Ghouta", "Yarmouk Camp"),
]


@pytest.mark.parametrize(("outer", "inner"), INSIDE)
def test_lies_in(outer: str, inner: str) -> None:
    found = within(outer)
    assert found is not None
    assert inner in found.held


@pytest.mark.parametrize(("outer", "inner"), OUTSIDE)
def test_does_not_lie_in(outer: str, inner: str) -> None:
    found = within(outer)
    assert found is not None
    assert inner not in found.held


def test_what_holds_a_camp_the_smallest_first() -> None:
    found = within("Yarmouk Camp")
    assert found is not None
    assert found.holders == ("Damascus", "Damascus Governorate")


def test_a_country_and_an_unknown_place_are_left_to_names() -> None:
    assert within("Syria") is None
    assert within("Nowhere at all") is None


def test_territories_are_made_of_provinces_that_the_gazetteer_has() -> None:
    places = load_knowledge(()).places
    known = {(places.countries[n], places.names[n]) for n in range(len(places))}
    for country, territories in read_territories([DATA]).items():
        for region, provinces in territories.items():
            assert (country, region) in known
            assert {name for name in provinces if (country, name) not in known} == set()


TEXT = "سيطر الجيش على حي التضامن"


def taking(name: str, level: str, text: str, day: str) -> dict[str, object]:
    where = {"id": name, "name": name, "aliases": [], "country": "SY", "admin1": None, "level": level, "lat": 33.5,
             "lon": 36.3, "role": "at", "direction": None}  # fmt: skip
    army = actor("Syrian Army", "military")
    return event("e1", "capture", text, "سيطر", day=day, agents=[army], places=[where], claims=[claim("SANA")])


@pytest.fixture
def taken(store: Store) -> Store:
    whole = "سيطر الجيش على دمشق"
    part = report("a", TEXT, "2018-05-21", taking("Tadamon", "neighbourhood", TEXT, "2018-05-21"))
    add_reports(store, [part, report("b", whole, "2018-05-25", taking("Damascus", "city", whole, "2018-05-25"))])
    link_new(store)
    return store


@pytest.mark.parametrize(
    ("name", "total"), [("Damascus", 2), ("Damascus Governorate", 2), ("Tadamon", 1), ("Aleppo", 0)]
)
def test_a_filter_for_a_place_finds_what_lies_in_it(taken: Store, name: str, total: int) -> None:
    assert queries.list_incidents(taken, Filter(place=name)).total == total


def test_control_of_a_place_tells_of_what_lies_in_it(taken: Store) -> None:
    assert list(dossiers.control(taken, "Damascus Governorate")) == ["Damascus", "Tadamon"]
    assert list(dossiers.control(taken, "Damascus")) == ["Damascus", "Tadamon"]


def test_control_of_a_quarter_tells_what_is_said_of_its_city(taken: Store) -> None:
    assert list(dossiers.control(taken, "Tadamon")) == ["Tadamon"]
    assert list(dossiers.control(taken, "Tadamon", wider=True)) == ["Tadamon", "Damascus"]
    assert list(dossiers.control(taken, "Tadamon", wider=True, known="2018-05-22")) == ["Tadamon"]
