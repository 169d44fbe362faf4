"""A deal of our own, from its first rumour to its end, as known day by day; and who is said to hold a town."""

from __future__ import annotations

from dataclasses import replace

from riwaya.incidents.account import Account
from riwaya.incidents.control import claims_of_account, contested, holdings_of
from riwaya.incidents.dossier import Dossier, build_dossier
from riwaya.incidents.link import link_accounts
from tests.incidents.test_link import RULES, story, told

BOTH = {"monitor": "asserts", "B": "denies"}
LEFT = {"at": ["Hays"], "to": ["Hodeidah"], "by": ["A"]}
DEAL = [
    story("r1", "2019-02-05", told("e1", "agreement", at=["Hays"], by=["A", "B"], said=BOTH),
          told("e2", "agreement", day="2018-08-01", by=["A", "B"])),
    story("r2", "2019-02-06", told("e1", "evacuation", day="2019-02-06", **LEFT, ordinal=1, buses=6)),
    story("r3", "2019-02-08", told("e1", "evacuation", day="2019-02-08", **LEFT, ordinal=2, said=BOTH),
          told("e2", "ceasefire_violation", day="2019-02-08", at=["Hays"], by=["B"])),
    story("r4", "2019-02-12", told("e1", "capture", day="2019-02-11", at=["Hays"], by=["B"], on=["A"])),
]  # fmt: skip


def built(as_of: str | None = None) -> Dossier | None:
    accounts: list[Account] = [account for part in DEAL for account in part]
    incidents = link_accounts(accounts, RULES)
    anchor = next(each for each in incidents if ("r1", "e1") in [account.key for account in each.accounts])
    return build_dossier(anchor, [each for each in incidents if each is not anchor], as_of)


def test_a_deal_with_all_that_followed() -> None:
    found = built()
    assert found is not None
    assert found.parties == ("A", "B")
    assert [(voice.source.name, voice.stance) for voice in found.voices] == [("B", "denies"), ("monitor", "asserts")]
    assert [(step.ordinal, step.day, step.to) for step in found.batches] == [
        (1, "2019-02-06", ("Hodeidah",)),
        (2, "2019-02-08", ("Hodeidah",)),
    ]
    assert found.batches[0].moved == (("vehicles", "6", ("X",)),)
    assert [step.day for step in found.violations] == ["2019-02-08"]
    assert [step.kind for step in found.ends] == ["capture"]
    assert [step.day for step in found.precedents] == ["2018-08-01"]


def dossier_of(*stories: list[Account]) -> Dossier:
    incidents = link_accounts([account for part in stories for account in part], RULES)
    anchor = next(each for each in incidents if ("r1", "e1") in [account.key for account in each.accounts])
    found = build_dossier(anchor, [each for each in incidents if each is not anchor])
    assert found is not None
    return found


def test_a_batch_that_two_reports_number_alike_is_one_step() -> None:
    apart = {"at": ["Hays"], "by": ["A"], "ordinal": 2}
    found = dossier_of(
        DEAL[0],
        story("r2", "2019-02-07", told("e1", "evacuation", day="2019-02-06", **apart)),
        story("r3", "2019-02-08", told("e1", "withdrawal", day="2019-02-07", **apart, buses=3, to=["Hodeidah"])),
    )
    assert [(step.ordinal, step.day, step.last, step.to) for step in found.batches] == [
        (2, "2019-02-06", "2019-02-07", ("Hodeidah",))
    ]


def test_an_undated_deal_told_with_last_years_departure_is_a_precedent_and_no_part_of_the_deal() -> None:
    (old,) = story("r2", "2019-02-06", told("e9", "agreement", by=["A", "C"]))
    deal = [replace(DEAL[0][0]), replace(old, report="r1", event="e7", told_with=("2018-08-01", "2018-08-31"))]
    found = dossier_of(deal)
    assert found.parties == ("A", "B")
    assert [(step.kind, step.day, step.last, step.who) for step in found.precedents] == [
        ("agreement", "2018-08-01", "2018-08-31", ("A", "C"))
    ]


def test_what_was_taken_before_the_deal_is_not_its_end() -> None:
    taken = [told(f"e{n}", "capture", day=f"2019-02-{day}", at=["Hays"], by=["B"]) for n, day in ((1, "02"), (2, "09"))]
    found = dossier_of(DEAL[0], story("r2", "2019-02-10", *taken))
    assert [step.day for step in found.ends] == ["2019-02-09"]


def test_a_sponsor_is_no_party_and_a_denial_of_the_truce_is_a_word_on_the_deal() -> None:
    deal = story("r1", "2019-02-05", {**told("e1", "agreement", at=["Hays"], by=["A", "B"]), "mediators": ["S"]},
                 told("e2", "agreement", at=["Hays"], by=["S"]),
                 told("e3", "ceasefire", at=["Hays"], by=["A", "B"], said={"army": "denies"}))  # fmt: skip
    found = dossier_of(deal)
    assert (found.parties, found.sponsors) == (("A", "B"), ("S",))
    assert ("army", "denies") in [(voice.source.name, voice.stance) for voice in found.voices]


def test_a_deal_as_known_on_a_day() -> None:
    found = built("2019-02-06")
    assert found is not None
    assert [step.ordinal for step in found.batches] == [1]
    assert not found.violations
    assert built("2019-02-04") is None


def test_who_is_said_to_hold_a_town() -> None:
    claims = [claim for part in DEAL for account in part for claim in claims_of_account(account)]
    times = [(each.holder, each.since, each.until) for each in holdings_of(claims)]
    assert ("B", "2019-02-11", None) in times
    assert [each.holder for each in holdings_of(claims, on="2019-02-12")] == ["B"]
    assert holdings_of(claims, on="2019-02-12", known="2019-02-09") == ()


def test_what_is_told_as_taken_with_the_deal_itself_is_not_its_end() -> None:
    deal = story("r1", "2019-02-05", told("e1", "agreement", at=["Hays"], by=["A", "B"]),
                 told("e2", "capture", at=["Hays"], by=["B"]))  # fmt: skip
    assert dossier_of(deal).ends == ()


def test_the_steps_of_a_deal_of_last_year_are_those_of_last_year() -> None:
    deal = story("r1", "2019-02-05", told("e1", "agreement", day="2018-08-01", at=["Hays"], by=["A", "B"]))
    steps = [told("e1", "evacuation", day="2018-08-03", **LEFT), told("e2", "evacuation", day="2019-02-05", **LEFT)]
    assert [step.day for step in dossier_of(deal, story("r2", "2019-02-06", *steps)).batches] == ["2018-08-03"]


def test_civilians_who_leave_by_the_words_of_the_same_report_are_a_step() -> None:
    left = told("e2", "evacuation", day="2019-02-06", at=["Hays"], by=["civilians"])
    deal = told("e1", "agreement", at=["Hays"], by=["A", "B"])
    assert [step.who for step in dossier_of(story("r1", "2019-02-06", deal, left)).batches] == [("civilians",)]
    (other,) = story("r2", "2019-02-06", {**left, "id": "e1"})
    assert dossier_of(story("r1", "2019-02-06", deal), [other]).batches == ()


def test_a_year_is_no_day_and_an_undated_capture_is_known_by_its_telling() -> None:
    year = {**told("e1", "capture", at=["Hays"], by=["A"]), "from": "2018-01-01", "to": "2018-12-31"}
    stories = [story("r1", "2019-02-05", year), story("r2", "2019-02-06", told("e1", "capture", at=["Hays"], by=["B"]))]
    claims = [claim for part in stories for account in part for claim in claims_of_account(account)]
    assert [(each.holder, each.began, each.ended) for each in holdings_of(claims)] == [
        ("A", "2018-01-01…2018-12-31", None),
        ("B", "by 2019-02-06", None),
    ]


def test_two_who_took_a_town_together_do_not_dispute_it() -> None:
    together = story("r1", "2019-02-05", told("e1", "capture", day="2019-02-05", at=["Hays"], by=["A", "B"]))
    apart = story("r2", "2019-02-05", told("e1", "capture", day="2019-02-05", at=["Hays"], by=["C"]))
    held = holdings_of([claim for account in together for claim in claims_of_account(account)])
    assert [each.holder for each in held] == ["A", "B"]
    assert not contested(held)
    assert contested(holdings_of([claim for account in (*together, *apart) for claim in claims_of_account(account)]))
