"""What came near an incident and stayed out of it, and under which deal a step happened."""

from __future__ import annotations

from riwaya.store import Store, dossiers, queries
from riwaya.store.linking import link_new
from riwaya.store.misses import low_pairs
from riwaya.store.writer import add_reports
from tests.support.coded_reports import actor, claim, event, place, report, shelling

TEXT = "اتفاق على خروج المقاتلين من حرستا ثم خرجت دفعة منهم"
PARTIES = [actor("Ahrar"), actor("Syrian Army", "military")]


def test_what_fell_short_is_told_with_its_terms(store: Store) -> None:
    text = "قصفت قوات حرستا في اليوم التالي"
    later = event("e1", "shelling", text, "قصفت", day="2018-02-05", places=[place("Harasta")], claims=[claim("army")])
    add_reports(store, [shelling("a", 7, "activists"), report("b", text, "2018-02-06", later)])
    link_new(store)
    first = next(row for row in queries.list_incidents(store).items if row.from_ == "2018-02-04")
    (pair,) = low_pairs(store, first.id)
    assert (pair["a"], pair["b"]) == (["a", "e1"], ["b", "e1"])
    assert ["time.next_day_daily", -2.0] in pair["terms"]
    assert pair["incident"] != first.id


def test_a_step_names_the_deal_that_its_report_tells_with_it(store: Store) -> None:
    deal = event("e1", "agreement", TEXT, "اتفاق", day="2018-03-20", agents=PARTIES, places=[place("Harasta")],
                 claims=[claim("monitor")])  # fmt: skip
    left = event("e2", "evacuation", TEXT, "خرجت", day="2018-03-22", agents=PARTIES[:1],
                 places=[place("Harasta", "from")], claims=[claim("SANA")])  # fmt: skip
    add_reports(store, [report("a", TEXT, "2018-03-22", deal, left)])
    link_new(store)
    rows = {row.kind: row.id for row in queries.list_incidents(store).items}
    ((found, voices),) = dossiers.deals_behind(store, queries.incident(store, rows["evacuation"]).accounts)
    assert found.id == rows["agreement"]
    assert [voice.source.name for voice in voices] == ["SANA"]
    assert dossiers.deals_behind(store, queries.incident(store, rows["agreement"]).accounts) == ()


def test_deals_at_a_place_are_found_though_only_their_reports_name_it(store: Store) -> None:
    deal = event("e1", "agreement", TEXT, "اتفاق", day="2018-03-20", agents=PARTIES, claims=[claim("monitor")])
    left = event("e2", "evacuation", TEXT, "خرجت", day="2018-03-22", agents=PARTIES[:1],
                 places=[place("Harasta", "from")], claims=[claim("SANA")])  # fmt: skip
    add_reports(store, [report("a", TEXT, "2018-03-22", deal, left)])
    link_new(store)
    assert [found.places for found in dossiers.list_dossiers(store, place="Harasta")] == [("Harasta",)]
    assert dossiers.list_dossiers(store, place="Douma") == ()


def test_a_statement_of_control_counts_once_however_often_it_is_reprinted(store: Store) -> None:
    text = " ".join(f"كلمة{n}" for n in range(40)) + " حرستا الواقعة تحت سيطرة الجيش"
    statement = {"place": place("Harasta"), "holder": PARTIES[1], "stance": "asserts", "source": None,
                 "source_kind": "outlet", "text": "الواقعة تحت سيطرة"}  # fmt: skip
    both = [{**report(id, text + tail, "2018-03-22", outlet=outlet), "control": [statement]}
            for id, tail, outlet in (("a", "", "Sada"), ("b", " اليوم", "Ray"))]  # fmt: skip
    assert add_reports(store, both).copies == ["b"]
    (held,) = dossiers.control(store, "Harasta")["Harasta"]
    assert held.sources == ("Sada",)
