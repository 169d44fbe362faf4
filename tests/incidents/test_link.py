"""Which accounts are one happening: rows of small stories of our own, and what must hold whatever is linked."""

from __future__ import annotations

import cProfile
import random
from dataclasses import replace
from typing import Any

import pytest

from riwaya.incidents.account import Account, accounts_of
from riwaya.incidents.compare import profile_of, score_of
from riwaya.incidents.disputes import disputes_of, fields_of
from riwaya.incidents.link import Judgement, find_pairs, link_accounts
from riwaya.incidents.link_rules import LinkRules
from riwaya.knowledge.load import DATA

RULES = LinkRules.load([DATA])
SPOTS = {
    "Sabha": ("LY", "city", 27.04, 14.43), "Brak": ("LY", "town", 27.55, 14.27), "Fezzan": ("LY", "region", 26.5, 14.0),
    "Shifa Hospital": ("PS", "facility", 31.52, 34.44), "Hodeidah": ("YE", "city", 14.8, 42.95),
    "Hays": ("YE", "town", 13.93, 43.48), "Libya": ("LY", "country", 27.0, 17.0),
}  # fmt: skip


def place(name: str, role: str = "at") -> dict[str, Any]:
    country, level, lat, lon = SPOTS[name]
    return {"name": name, "country": country, "level": level, "lat": lat, "lon": lon, "role": role}


def told(id: str, kind: str, **more: Any) -> dict[str, Any]:
    """An event: day, by, on, at, killed, said (source -> stance), ordinal, status, buses."""
    day = more.get("day")
    counts = [
        {"what": what, "who": None, "min": more[key], "max": more[key]}
        for key, what in (("killed", "killed"), ("buses", "vehicles"))
        if key in more
    ]
    claims = [
        {"source": s, "source_kind": "official", "stance": st} for s, st in more.get("said", {"X": "asserts"}).items()
    ]
    return {
        "id": id, "kind": kind, "trigger": "t", "status": more.get("status", "occurred"), "background": False,
        "agents": more.get("by", []), "targets": more.get("on", []), "mediators": [],
        "places": [place(name) for name in more.get("at", [])] + [place(n, "to") for n in more.get("to", [])],
        "from": day, "to": day, "ordinal": more.get("ordinal"), "counts": counts, "claims": claims,
    }  # fmt: skip


def story(id: str, published: str, *events: dict[str, Any], about: tuple[str, ...] = ()) -> list[Account]:
    record = {"id": id, "outlet": f"outlet of {id}", "published": published, "places": [place(n) for n in about]}
    return list(accounts_of({**record, "events": list(events)}))


def together(*accounts: list[Account]) -> list[list[str]]:
    flat = [each for part in accounts for each in part]
    return sorted(sorted("/".join(a.key) for a in incident.accounts) for incident in link_accounts(flat, RULES))


SAME = [
    ("same day and town, figures differ",
     story("a", "2019-02-05", told("e1", "air_strike", day="2019-02-04", at=["Sabha"], killed=4)),
     story("b", "2019-02-06", told("e1", "air_strike", day="2019-02-04", at=["Sabha"], killed=6))),
    ("means differ at one hospital: versions of one deed",
     story("a", "2019-02-05", told("e1", "air_strike", day="2019-02-04", at=["Shifa Hospital"], by=["A"])),
     story("b", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Shifa Hospital"], by=["B"]))),
    ("a happening without a place in a report about the place",
     story("a", "2019-02-05", told("e1", "agreement", by=["A", "B"]), about=("Sabha", "Brak")),
     story("b", "2019-02-05", told("e1", "agreement", at=["Sabha"], by=["A", "B"]), about=("Sabha", "Brak"))),
    ("the second batch by its number",
     story("a", "2019-02-05", told("e1", "evacuation", day="2019-02-05", at=["Hays"], ordinal=2)),
     story("b", "2019-02-06", told("e1", "evacuation", day="2019-02-06", at=["Hays"], ordinal=2))),
]  # fmt: skip
NEXT_DAY = story("a", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"], by=["A"]))
APART = [
    ("shelled again the next day",
     NEXT_DAY, story("b", "2019-02-06", told("e1", "shelling", day="2019-02-05", at=["Hays"], by=["A"]))),
    ("other town",
     story("a", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"])),
     story("b", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hodeidah"]))),
    ("other week",
     story("a", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"])),
     story("b", "2019-02-15", told("e1", "shelling", day="2019-02-14", at=["Hays"]))),
    ("first and second batch on one day",
     story("a", "2019-02-05", told("e1", "evacuation", day="2019-02-05", at=["Hays"], ordinal=1)),
     story("b", "2019-02-05", told("e1", "evacuation", day="2019-02-05", at=["Hays"], ordinal=2))),
    ("three buses and six",
     story("a", "2019-02-05", told("e1", "evacuation", day="2019-02-05", at=["Hays"], buses=3)),
     story("b", "2019-02-05", told("e1", "evacuation", day="2019-02-05", at=["Hays"], buses=6))),
    ("told before it happened",
     story("a", "2019-02-03", told("e1", "shelling", at=["Hays"], by=["A"])),
     story("b", "2019-02-05", told("e1", "shelling", day="2019-02-05", at=["Hays"], by=["A"]))),
    ("two speakers accuse on one day",
     story("a", "2019-02-05", told("e1", "accusation", day="2019-02-05", by=["A"], on=["C"])),
     story("b", "2019-02-05", told("e1", "accusation", day="2019-02-05", by=["B"], on=["C"]))),
    ("a plan and a departure that day",
     story("a", "2019-02-05", told("e1", "withdrawal", by=["A"], status="planned"), about=("Hays",)),
     story("b", "2019-02-05", told("e1", "withdrawal", day="2019-02-05", at=["Hays"], by=["A"]))),
    ("kinds that have nothing in common",
     story("a", "2019-02-05", told("e1", "aid", day="2019-02-04", at=["Hays"])),
     story("b", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"]))),
]  # fmt: skip


@pytest.mark.parametrize(("what", "a", "b"), SAME, ids=lambda v: v if isinstance(v, str) else "")
def test_told_of_one_happening(what: str, a: list[Account], b: list[Account]) -> None:
    assert len(together(a, b)) == 1


@pytest.mark.parametrize(("what", "a", "b"), APART, ids=lambda v: v if isinstance(v, str) else "")
def test_told_of_two_happenings(what: str, a: list[Account], b: list[Account]) -> None:
    assert len(together(a, b)) == 2


def test_two_happenings_of_one_report_stay_two() -> None:
    one = story("a", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"]),
                told("e2", "shelling", day="2019-02-04", at=["Hays"]))  # fmt: skip
    other = story("b", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"]))
    assert sorted(len(each) for each in together(one, other)) == [1, 2]


def quoted(account: Account, words: str, **more: Any) -> list[Account]:
    claims = tuple(replace(claim, sentence=words) for claim in account.claims)
    return [replace(account, claims=claims, **more)]


def test_a_shared_sentence_brings_accounts_together() -> None:
    (a,) = story("a", "2019-02-05", told("e1", "shelling", at=["Fezzan"], said={"Y": "asserts"}))
    (b,) = story("b", "2019-02-06", told("e1", "air_strike", day="2019-02-05", at=["Fezzan"]))
    other = "nobody was hurt as rounds hit an empty field behind old sheds"
    same = "seven people died when a shell fell on the market near the mosque at noon"
    assert len(together(quoted(a, same), quoted(b, other))) == 2
    assert len(together(quoted(a, same), quoted(b, same))) == 1


def test_an_undated_deal_in_a_sentence_about_last_year_is_not_the_deal_of_today() -> None:
    (a,) = story("a", "2019-02-05", told("e1", "agreement", at=["Hays"], by=["A", "B"]))
    (b,) = story("b", "2019-02-06", told("e1", "agreement", at=["Hays"], by=["A", "B"]))
    assert len(together([a], [b])) == 1
    assert len(together([a], [replace(b, told_with=("2018-08-01", "2018-08-31"))])) == 2


def test_an_undated_event_takes_note_of_the_days_in_its_sentence() -> None:
    quotation = {"start": 0, "end": 90, "text": "a sentence"}
    events = [
        {**told("e1", "agreement"), "trigger": {"start": 5, "end": 9, "text": "deal"}},
        {**told("e2", "evacuation", day="2018-08-01"), "trigger": {"start": 30, "end": 34, "text": "left"}},
        {**told("e3", "shelling"), "trigger": {"start": 130, "end": 134, "text": "fire"}},
    ]
    for event in events[:2]:
        event["claims"] = [{**event["claims"][0], "quotation": quotation}]
    assert [account.told_with for account in story("a", "2019-02-05", *events)] == [
        ("2018-08-01", "2018-08-01"),
        None,
        None,
    ]
    events[1]["background"] = True
    assert story("a", "2019-02-05", *events)[0].told_with is None


def test_a_batch_told_and_then_quoted_is_one() -> None:
    events = [told(f"e{n}", "evacuation", day="2019-02-05", at=["Hays"], by=["A"], ordinal=2) for n in (1, 2)]
    assert len(together(story("a", "2019-02-05", *events))) == 1
    assert len(together(story("a", "2019-02-05", events[0], {**events[1], "ordinal": 1}))) == 2


def test_who_tells_of_a_deed_is_not_its_doer_where_another_is_named() -> None:
    a = story("a", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"], by=["army", "militia"],
                                      said={"army": "asserts"}))  # fmt: skip
    assert profile_of(a[0]).agents == {"militia"}


def test_what_cannot_reach_the_threshold_is_known_before_all_is_compared() -> None:
    profiles = [profile_of(account) for account in a_year(60)]
    for number, a in enumerate(profiles):
        for b in profiles[:number]:
            whole, quick = score_of(a, b, RULES), score_of(a, b, RULES, RULES.threshold)
            assert quick == whole or max(quick, whole) < RULES.threshold


def a_year(reports: int, seed: int = 7) -> list[Account]:
    chance = random.Random(seed)
    kinds = ("shelling", "air_strike", "clash", "arrest", "evacuation", "protest", "agreement", "killing")
    found: list[Account] = []
    for number in range(reports):
        day = f"2019-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        events = []
        for n in range(5):
            spot = {"name": f"P{chance.randint(1, 900)}", "country": "SY", "level": "town", "role": "at",
                    "lat": 33 + chance.random() * 4, "lon": 36 + chance.random() * 5}  # fmt: skip
            event = told(f"e{n}", chance.choice(kinds), day=day if chance.random() < 0.7 else None, killed=number % 20,
                         by=[f"A{chance.randint(1, 40)}"])  # fmt: skip
            events.append({**event, "places": [spot] if chance.random() < 0.8 else []})
        found += story(f"r{number}", day, *events)
    return found


def clusters(accounts: list[Account]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(each.id, [account.key for account in each.accounts]) for each in link_accounts(accounts, RULES)]


def test_the_order_in_which_reports_come_makes_no_difference() -> None:
    accounts = a_year(150)
    shuffled = accounts[:]
    random.Random(3).shuffle(shuffled)
    assert clusters(accounts) == clusters(shuffled)


def test_pairs_found_in_parts_are_those_found_at_once() -> None:
    accounts = a_year(150)
    half = len(accounts) // 2
    parts = find_pairs(accounts[:half], accounts[:half], RULES) + find_pairs(accounts[half:], accounts, RULES)
    assert sorted(parts, key=lambda p: (p.a, p.b)) == sorted(
        find_pairs(accounts, accounts, RULES), key=lambda p: (p.a, p.b)
    )


def test_the_work_grows_with_the_accounts() -> None:
    calls = []
    for size in (400, 1600):
        profile = cProfile.Profile()
        profile.runcall(link_accounts, a_year(size), RULES)
        calls.append(sum(entry.callcount for entry in profile.getstats()))
    assert calls[1] < 8 * calls[0]  # sixteen times as many if each were compared with each


def test_judgements_go_before_scores() -> None:
    a, b = SAME[0][1], SAME[0][2]
    apart = link_accounts([*a, *b], RULES, [Judgement(a[0].key, b[0].key, "negative")])
    assert len(apart) == 2
    c, d = APART[0][1], APART[0][2]
    assert len(link_accounts([*c, *d], RULES, [Judgement(c[0].key, d[0].key, "positive")])) == 1


def test_a_persons_word_holds_in_a_large_incident_too() -> None:
    many = [
        each for n in range(30)
        for each in story(f"r{n:02}", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"], by=["A"]))
    ]  # fmt: skip
    assert len(link_accounts(many, RULES)) == 1
    apart = link_accounts(many, RULES, [Judgement(many[20].key, many[29].key, "negative")])
    where = {account.key: incident.id for incident in apart for account in incident.accounts}
    assert where[many[20].key] != where[many[29].key]


def state(name: str, *accounts: list[Account]) -> str | None:
    flat = tuple(each for part in accounts for each in part)
    return next((field.state for field in fields_of(flat) if field.name == name), None)


def test_two_figures_of_two_sources_are_a_dispute_and_a_rising_toll_is_none() -> None:
    low = story("a", "2019-02-05", told("e1", "shelling", killed=4, said={"medics": "asserts"}))
    high = story("b", "2019-02-05", told("e1", "shelling", killed=9, said={"army": "asserts"}))
    later = story("c", "2019-02-06", told("e1", "shelling", killed=9, said={"medics": "asserts"}))
    assert state("killed", low, high) == "differing"
    assert state("killed", low, later) == "sequence"


def test_who_denies_the_doer_does_not_deny_the_deed() -> None:
    a = story("a", "2019-02-05", told("e1", "shelling", by=["A"], said={"B": "asserts", "A": "denies"}))
    b = story("b", "2019-02-05", told("e1", "shelling", by=["B"], said={"A": "asserts"}))
    assert state("occurrence", a, b) == "agreed"
    assert state("agent", a, b) == "differing"
    assert state("occurrence", a) == "denied"


def test_parties_of_a_deal_are_no_rivals() -> None:
    a = story("a", "2019-02-05", told("e1", "agreement", by=["A", "B"], said={"press": "asserts"}))
    b = story("b", "2019-02-05", told("e1", "agreement", by=["C"], said={"army": "denies"}))
    assert [field.name for field in disputes_of((*a, *b))] == ["agreement"]


def test_to_whom_it_was_done_is_a_field_and_disputed_where_no_two_accounts_share_a_target() -> None:
    a = story("a", "2019-02-05", told("e1", "shelling", on=["C", "D"], said={"press": "asserts"}))
    b = story("b", "2019-02-05", told("e1", "shelling", on=["D"], said={"army": "asserts"}))
    c = story("c", "2019-02-05", told("e1", "shelling", on=["E"], said={"army": "asserts"}))
    assert state("target", a, b) == "agreed"
    assert state("target", b, c) == "differing"
    assert state("target", a, b, c) == "agreed"


MARKET = "قتل سبعة أشخاص حين سقطت قذيفة على سوق الخضار قرب الجامع العتيق"
MARKET_AGAIN = "وسقطت القذيفة على سوق الخضار المجاور للجامع العتيق ظهرا"
SCHOOL = "عطلت المدارس بعد أن أصابت شظايا قافلة تلاميذ عائدين إلى بيوتهم"


@pytest.mark.parametrize(("words", "wanted"), [(MARKET_AGAIN, 1), (SCHOOL, 2)])
def test_rare_words_bring_accounts_together_and_other_words_keep_them_apart(words: str, wanted: int) -> None:
    (a,) = story("a", "2019-02-05", told("e1", "shelling", said={"Y": "asserts"}), about=("Sabha", "Brak"))
    (b,) = story("b", "2019-02-05", told("e1", "shelling", by=["A"]), about=("Sabha", "Brak"))
    assert len(together(quoted(a, MARKET), quoted(b, words))) == wanted


def test_two_persons_of_one_ministry_do_not_speak_as_one() -> None:
    body = {"name": "Foreign Ministry", "kind": "state", "country": ["YE"]}

    def speech(id: str, speaker: str, kind: str) -> list[Account]:
        party = {"name": speaker, "kind": kind, "country": ["YE"], "organisation": body}
        return story(id, "2019-02-05", {**told("e1", "threat", on=["C"]), "agents": [party]}, about=("Hays",))

    assert len(together(speech("a", "Salma", "person"), speech("b", "Omar", "person"))) == 2
    assert len(together(speech("a", "Salma", "person"), speech("b", "Salma", "person"))) == 1
    assert len(together(speech("a", "Salma", "person"), speech("b", "Foreign Ministry", "state"))) == 1


def test_undated_news_of_reports_that_tell_of_one_day() -> None:
    dated = told("e2", "arrest", day="2019-02-04")
    (a, *_) = story("a", "2019-02-05", told("e1", "shelling"), dated, about=("Hays",))
    (b,) = story("b", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"]))
    assert a.news_day == "2019-02-04"
    assert len(together([a], [b])) == 1
    assert len(together([replace(a, news_day=None)], [b])) == 2
    (past, *_) = story("a", "2019-02-05", {**told("e1", "shelling"), "background": True}, dated)
    assert past.news_day is None


def test_a_report_that_names_the_quarter_beside_tells_of_the_same_place() -> None:
    near = {"name": "Old Gate", "country": "YE", "level": "neighbourhood", "lat": 13.935, "lon": 43.485}
    (a,) = story("a", "2019-02-05", told("e1", "shelling", day="2019-02-04"))
    (b,) = story("b", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Hays"]))
    context = next(accounts_of({"id": "x", "places": [near], "events": [told("e1", "aid")]})).context
    assert len(together([a], [b])) == 2
    assert len(together([replace(a, context=context)], [b])) == 1


def test_a_deed_and_its_denial_in_one_report_are_one_only_where_other_reports_tell_both() -> None:
    both = story(
        "a", "2019-02-05",
        told("e1", "shelling", day="2019-02-04", at=["Shifa Hospital"], said={"press": "asserts"}),
        told("e2", "shelling", by=["A"], said={"A": "denies"}), about=("Shifa Hospital",),
    )  # fmt: skip
    other = story("b", "2019-02-05", told("e1", "shelling", day="2019-02-04", at=["Shifa Hospital"], by=["A"]))
    assert len(together(both)) == 2
    assert len(together(both, other)) == 1
