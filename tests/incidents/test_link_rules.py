"""Rules of linking are knowledge: a user's folder says what differs, and what is wrong in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.incidents.link import link_accounts
from riwaya.incidents.link_rules import LinkRules
from riwaya.knowledge.load import DATA
from riwaya.model import KnowledgeError
from riwaya.store import open_store, queries
from riwaya.store.linking import link_all, link_new
from riwaya.store.writer import add_reports
from tests.incidents.test_link import SAME
from tests.support.coded_reports import shelling

STRICT = 'weights:\n  threshold: "50"\n'


def folder(tmp_path: Path, content: str) -> Path:
    (tmp_path / "incidents").mkdir(exist_ok=True)
    (tmp_path / "incidents" / "link.yaml").write_text(content, encoding="utf-8")
    return tmp_path


def test_a_weight_of_ones_own_replaces_the_packaged_one(tmp_path: Path) -> None:
    packaged, own = LinkRules.load([DATA]), LinkRules.load([DATA, folder(tmp_path, STRICT)])
    assert own.threshold == 50
    assert own.groups == packaged.groups
    assert {**own.weights, "threshold": packaged.threshold} == packaged.weights
    accounts = [account for part in SAME[0][1:] for account in part]
    assert (len(link_accounts(accounts, packaged)), len(link_accounts(accounts, own))) == (1, 2)


def test_kinds_of_ones_own_are_compatible(tmp_path: Path) -> None:
    content = (
        "groups:\n  - name: unrest\n    kinds: [protest, arrest]\n    source: our desk\nnear_kinds:\n  - [aid, siege]\n"
    )
    rules = LinkRules.load([DATA, folder(tmp_path, content)])
    assert rules.fit_of_kinds("protest", "arrest") == "far"
    assert rules.fit_of_kinds("aid", "siege") == "near"
    assert LinkRules.load([DATA]).fit_of_kinds("protest", "arrest") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("weights:\n  treshold: '3'\n", "expected one of .*, found 'treshold'"),
        ("weights:\n  threshold: high\n", "threshold: expected a number, found 'high'"),
        ("groups:\n  - name: x\n    kinds: [riot]\n    source: s\n", "groups: expected a kind of event, found 'riot'"),
        ("near_kinds:\n  - [aid]\n", "near_kinds: expected two kinds"),
        ("colour: red\n", "expected one of the keys groups, near_kinds, weights, found 'colour'"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(KnowledgeError, match=told):
        LinkRules.load([DATA, folder(tmp_path, content)])


def test_a_store_is_linked_by_the_rules_of_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    store = open_store(path, knowledge=[folder(tmp_path, STRICT)])
    add_reports(store, [shelling("a", 7, "activists"), shelling("b", 9, "army")])
    link_new(store)
    assert queries.list_incidents(store).total == 2
    store.close()
    packaged = open_store(path)
    link_all(packaged)
    assert queries.list_incidents(packaged).total == 1
    packaged.close()
