"""A person's word is laid over the reader's, outlives re-coding and re-linking, and can be taken back."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from riwaya.model import RiwayaError, StoreError
from riwaya.store import Store, queries
from riwaya.store.agreement import agreement, alpha
from riwaya.store.decoding import decode_report
from riwaya.store.filters import Filter
from riwaya.store.linking import link_all, link_new
from riwaya.store.recoding import changes_of
from riwaya.store.writer import Decision, add_reports, correct, judge, recode, undo, undo_judgement
from tests.support.coded_reports import actor, claim, event, place, report, shelling


@pytest.fixture
def filled(store: Store) -> Store:
    add_reports(store, [shelling("a", 7, "activists"), shelling("b", 9, "army")])
    link_new(store)
    return store


def first_event(store: Store, id: str = "a") -> dict[str, Any]:
    found: dict[str, Any] = queries.report(store, id)["events"][0]
    return found


def test_a_changed_kind_is_the_persons_and_can_be_undone(filled: Store) -> None:
    number = correct(filled, "Rima", Decision("a", "e1", "change", "kind", "air_strike", "heard a plane"))
    assert first_event(filled)["kind"] == "air_strike"
    assert first_event(filled)["by"]["kind"]["coder"] == "Rima"
    assert queries.list_events(filled, Filter(kind=("air_strike",))).total == 1
    again = undo(filled, "Rima", number)
    assert first_event(filled)["kind"] == "shelling"
    undo(filled, "Rima", again)  # an undo is a decision as any other
    assert first_event(filled)["kind"] == "air_strike"


def test_a_rejected_event_goes_from_lists_and_stays_in_the_raw_coding(filled: Store) -> None:
    correct(filled, "Rima", Decision("a", "e1", "reject"))
    link_new(filled)
    assert queries.report(filled, "a")["events"] == []
    assert len(queries.report(filled, "a", raw=True)["events"]) == 1
    assert queries.list_incidents(filled).items[0].accounts == 1


def test_an_event_and_a_claim_are_added(filled: Store) -> None:
    value = {"kind": "clash", "from": "2018-02-04", "agents": [actor("Rebels")], "places": [place("Harasta")]}
    correct(filled, "Rima", Decision("a", None, "add", None, value))
    correct(filled, "Rima", Decision("a", "e1", "add", "claims", claim("army spokesman", "denies")))
    told = queries.report(filled, "a")["events"]
    assert [each["kind"] for each in told] == ["shelling", "clash"]
    assert [each["stance"] for each in told[0]["claims"]] == ["asserts", "denies"]
    assert queries.list_events(filled, Filter(stance=("denies",))).total == 1


def test_reviewed_events_leave_the_queue(filled: Store) -> None:
    correct(filled, "Rima", Decision("a", "e1", "accept"))
    assert [row.report for row in queries.list_events(filled, Filter(reviewed=False)).items] == ["b"]


def test_exports_prefer_the_persons_value_and_say_so(filled: Store) -> None:
    correct(filled, "Rima", Decision("a", "e1", "change", "from", "2018-02-03"))
    found = decode_report(queries.report(filled, "a"))
    assert found.events[0].when.from_ == "2018-02-03"
    assert found.events[0].when.rule == "person: Rima"
    assert any("by Rima" in note for note in found.notes)


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (Decision("a", "e1", "change", "kind", "war"), "kind"),
        (Decision("a", "e1", "change", "colour", "red"), "field"),
        (Decision("a", "e1", "polish"), "accept"),
        (Decision("a", "e1", "add", "claims", {"source": {"name": "x"}, "stance": "shouts"}), "stance"),
        (Decision("a", "e9", "accept"), "no event"),
        (Decision("zz", "e1", "accept"), "no report"),
    ],
)
def test_what_the_codebook_does_not_know_is_refused(filled: Store, decision: Decision, message: str) -> None:
    with pytest.raises(RiwayaError, match=message):
        correct(filled, "Rima", decision)


def test_corrections_outlive_a_new_version_of_the_reader(filled: Store) -> None:
    correct(filled, "Rima", Decision("a", "e1", "change", "status", "ongoing"))
    new = copy.deepcopy(queries.report(filled, "a", raw=True))
    new["version"], new["events"][0]["id"], new["events"][0]["ordinal"] = "0.2", "e7", 2
    (change,) = changes_of(filled, [new])
    assert (change.gone, change.new, change.lost) == ((), (), ())
    assert change.changed == (("e1", "ordinal", "–", "2"),)
    assert queries.report(filled, "a")["version"] == "0.1"  # shown, not done
    recode(filled, [new])
    assert (first_event(filled)["id"], first_event(filled)["status"]) == ("e7", "ongoing")


def test_a_correction_that_would_find_no_event_is_told_before(filled: Store) -> None:
    number = correct(filled, "Rima", Decision("a", "e1", "accept"))
    new = copy.deepcopy(queries.report(filled, "a", raw=True))
    new["events"] = []
    (change,) = changes_of(filled, [new])
    assert change.lost == (number,)
    assert len(change.gone) == 1


def test_a_split_outlives_linking_anew_and_can_be_undone(filled: Store) -> None:
    assert queries.list_incidents(filled).total == 1
    number = judge(filled, "Rima", ("a", "e1"), ("b", "e1"), "negative", "two streets")
    link_new(filled)
    link_all(filled)
    assert queries.list_incidents(filled).total == 2
    undo_judgement(filled, "Rima", number)
    link_new(filled)
    assert queries.list_incidents(filled).total == 1


def test_a_merge_joins_what_linking_would_not(store: Store) -> None:
    far = report("c", "معارك في الموصل", "2018-02-05", event("e1", "clash", "معارك في الموصل", "معارك"))
    add_reports(store, [shelling("a", 7, "activists"), far])
    link_new(store)
    assert queries.list_incidents(store).total == 2
    judge(store, "Rima", ("a", "e1"), ("c", "e1"), "positive")
    link_new(store)
    assert queries.list_incidents(store).total == 1
    with pytest.raises(StoreError, match="no event"):
        judge(store, "Rima", ("a", "e9"), ("c", "e1"), "positive")


def test_the_agreement_of_two_coders(filled: Store) -> None:
    correct(filled, "Rima", Decision("a", "e1", "accept"))
    correct(filled, "Sami", Decision("a", "e1", "change", "kind", "air_strike"))
    found = agreement(filled, "Rima", "Sami")
    assert found.reports == 1
    assert 0.5 < found.facts_f1 < 1
    assert found.alpha["status"] == 1.0
    assert found.alpha["kind"] == 0.0


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [([], None), ([("a", "a"), ("b", "b")], 1.0), ([("a", "b"), ("b", "a")], -0.5)],
)
def test_alpha(pairs: list[tuple[str, str]], wanted: float | None) -> None:
    assert alpha(pairs) == (wanted if wanted is None else pytest.approx(wanted))
