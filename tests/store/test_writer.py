"""Reports are kept once, revisions appended, reprints marked, deletions undone; search finds words in any dress."""

from __future__ import annotations

import pytest

from riwaya.model import StoreError
from riwaya.store import Store, open_store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.linking import link_new
from riwaya.store.writer import add_reports, restore_report, withdraw_report
from tests.support.coded_reports import event, report, shelling

LONG = " ".join(f"كلمة{number} جديدة من خبر وكالة عن معارك المدينة" for number in range(12))


def test_the_same_again_changes_nothing(store: Store) -> None:
    first = add_reports(store, [shelling("a", 7, "activists")])
    again = add_reports(store, [shelling("a", 7, "activists")])
    assert (first.new, again.new, again.same) == (["a"], [], ["a"])
    assert summaries.totals(store)["revisions"] == 1


def test_a_changed_text_is_a_revision_and_the_old_one_stays(store: Store) -> None:
    add_reports(store, [report("a", "نص أول", "2018-02-05")])
    assert add_reports(store, [report("a", "نص ثان", "2018-02-05")]).changed == ["a"]
    assert queries.report(store, "a")["report"]["text"] == "نص ثان"
    assert queries.report(store, "a", revision=1)["report"]["text"] == "نص أول"
    assert [each["reason"] for each in queries.revisions_of(store, "a")] == ["added", "changed"]
    assert [each["change"] for each in summaries.changes_since(store)] == ["report added", "report changed"]


def test_the_address_of_a_page_tells_which_report_it_is(store: Store) -> None:
    add_reports(store, [report("x", "نص أول", "2018-02-05", url="https://a.example/1")])
    added = add_reports(store, [report("y", "نص ثان", "2018-02-05", url="https://a.example/1")])
    assert added.changed == ["x"]
    other = add_reports(store, [report("x", "خبر آخر", "2018-02-05", url="https://b.example/1")])
    assert len(other.new) == 1
    assert other.new[0].startswith("x~")


def test_a_reprint_is_a_copy_and_counts_as_a_carrier(store: Store) -> None:
    told = event("e1", "clash", LONG, "معارك")
    first, second = (
        report("a", LONG, "2018-02-05", told),
        report("b", LONG + " إضافة", "2018-02-05", told, outlet="Ray"),
    )
    added = add_reports(store, [first, second])
    assert added.copies == ["b"]
    link_new(store)
    (row,) = queries.list_incidents(store).items
    view = queries.incident(store, row.id)
    assert [account.report for account in view.accounts] == ["a"]
    assert view.accounts[0].carriers == ("Ray",)


def test_where_the_first_carrier_is_withdrawn_the_next_one_stands_for_the_story(store: Store) -> None:
    told = event("e1", "clash", LONG, "معارك")
    carriers = [report(id, LONG, "2018-02-05", told, outlet=id) for id in ("a", "b", "c")]
    assert add_reports(store, carriers).copies == ["b", "c"]
    link_new(store)
    withdraw_report(store, "a", "Rima", "asked by the family")
    link_new(store)
    (row,) = queries.list_incidents(store).items
    (account,) = queries.incident(store, row.id).accounts
    assert (account.report, account.carriers) == ("b", ("c",))
    restore_report(store, "a", "Rima", "family agrees")
    link_new(store)
    (row,) = queries.list_incidents(store).items
    (account,) = queries.incident(store, row.id).accounts
    assert (account.report, account.carriers) == ("a", ("b", "c"))


def test_a_report_that_is_rewritten_is_no_longer_what_others_reprint(store: Store) -> None:
    told = event("e1", "clash", LONG, "معارك")
    add_reports(store, [report("a", LONG, "2018-02-05", told), report("b", LONG, "2018-02-05", told)])
    add_reports(store, [report("a", "نص آخر عن معارك", "2018-02-05", event("e1", "clash", "نص آخر عن معارك", "معارك"))])
    assert {row.id: row.copy_of for row in queries.list_reports(store).items} == {"a": None, "b": None}


def test_the_same_report_twice_in_a_batch_is_kept_once(store: Store) -> None:
    first, second = report("a", "نص أول", "2018-02-05"), report("a", "نص ثان", "2018-02-05")
    added = add_reports(store, [first, first, second])
    assert (added.new, added.same, added.changed) == (["a"], ["a"], ["a"])
    assert queries.report(store, "a")["report"]["text"] == "نص ثان"


def test_a_withdrawn_report_leaves_a_tombstone_and_comes_back(store: Store) -> None:
    add_reports(store, [shelling("a", 7, "activists"), shelling("b", 9, "army")])
    link_new(store)
    withdraw_report(store, "a", "Rima", "asked by the family")
    link_new(store)
    assert [row.id for row in queries.list_reports(store).items] == ["b"]
    (row,) = queries.list_incidents(store).items
    assert row.accounts == 1
    assert queries.report(store, "a")["report"]["id"] == "a"
    restore_report(store, "a", "Rima", "family agrees")
    link_new(store)
    assert queries.list_incidents(store).items[0].accounts == 2
    assert [c["reason"] for c in summaries.changes_since(store)][-2:] == ["asked by the family", "family agrees"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("قتل", True), ("استهدف", True), ("القصف", True), ("قصف", True), ("سوق", True), ("مدنيون", True), ("طائرة", False),
     ('"فجر الأحد"', True), ('"الأحد فجر"', False), ("؟", False)],
)  # fmt: skip
def test_search_finds_a_word_in_any_dress(store: Store, words: str, found: bool) -> None:
    add_reports(store, [shelling("a", 7, "activists")])
    assert bool(queries.list_reports(store, Filter(text=words)).total) is found


def test_hits_are_marked_in_the_text_as_received(store: Store) -> None:
    text = "فقُتِلَ سبعة واستهدف القصف سوقا"
    assert [text[a:b] for a, b in queries.hits(text, "استهدف")] == ["واستهدف"]


def test_odd_characters_are_kept_out_of_the_way(store: Store) -> None:
    text = "نص \0 فيه \ud800 حروف"
    add_reports(store, [{**report("a", "نص", "2018-02-05")} | {"version": "0.1"}])
    bad = report("b", text.encode("utf-8", "replace").decode(), "2018-02-05")
    assert add_reports(store, [bad]).new == ["b"]


def test_each_value_leads_to_rule_version_span_report_and_sha256(store: Store) -> None:
    add_reports(store, [shelling("a", 7, "activists")])
    coded = queries.report(store, "a")
    told = coded["events"][0]
    assert told["rule"]
    assert coded["version"]
    assert coded["report"]["text"][told["trigger"]["start"] : told["trigger"]["end"]] == "قصفت"
    assert len(coded["report"]["sha256"]) == 64


def test_an_unknown_report_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no report 'nix'"):
        queries.report(store, "nix")


def test_a_store_opens_again_with_all_that_it_held(address: str) -> None:
    first = open_store(address)
    add_reports(first, [shelling("a", 7, "activists")])
    first.close()
    second = open_store(address)
    assert summaries.totals(second)["reports"] == 1
    second.close()


def test_migrations_make_the_tables_as_they_are_declared(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from riwaya.store.engine import HEAD
    from riwaya.store.migrate import configuration
    from riwaya.store.tables import metadata

    with store.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    own = [each for each in found if "search" not in str(each)]
    assert own == []
    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD
