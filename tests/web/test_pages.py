"""Every page answers in both languages; labels are complete; hostile reports stay text; filters narrow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from riwaya.export.registry import export_formats
from riwaya.reading.reader import Reader
from riwaya.store import Store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.writer import Decision, add_reports, correct
from riwaya.web.page import labels
from tests.web.conftest import SCRIPT, TEXTS, TestClient, token

PAGES = (
    "/", "/desk", "/review", "/review/compare", "/reports", "/dossiers", "/control", "/sources", "/actors", "/places",
    "/log", "/api", "/report/first", "/report/bad", "/sources?name=activists", "/places?name=Aleppo",
    "/desk?kind=air_strike&disputed=yes&since=2018-01-01&until=2018-12-31&reviewed=no&status=occurred",
    "/desk?place=Aleppo", "/desk?stance=denies", "/control?place=SY&day=2018-05-24",
)  # fmt: skip
DATA = (
    "/desk.json", "/review.json", "/reports.json", "/dossiers.json", "/control.json", "/sources.json", "/actors.json",
    "/places.json", "/log.json", "/report/first.json", "/outlines.json", "/openapi.json",
)  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers(client: TestClient, page: str, language: str) -> None:
    client.cookies.set("lang", language)
    answer = client.get(page)
    assert answer.status_code == 200, answer.text[-500:]
    assert f'lang="{language}"' in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("page", DATA)
def test_every_page_has_its_data(client: TestClient, page: str) -> None:
    assert client.get(page).json()


def test_labels_are_the_same_in_both_languages() -> None:
    assert labels("ar").keys() == labels("en").keys()


def test_search_marks_hits_in_the_original_text(client: TestClient) -> None:
    page = client.get("/desk", params={"q": "السوق"}).text
    assert "<mark>سوقا</mark>" in page


def test_incident_sets_accounts_side_by_side(client: TestClient, store: Store) -> None:
    rows = queries.list_incidents(store, Filter(kind=("air_strike",))).items
    row = max(rows, key=lambda each: each.accounts)
    assert row.accounts >= 2
    page = client.get(f"/incident/{row.id}").text
    assert "#char=" in page
    assert client.get(f"/incident/{row.id}.json").json()["accounts"]


def test_unknown_things_are_explained(client: TestClient) -> None:
    for page in ("/incident/none", "/report/none", "/nowhere"):
        assert client.get(page).status_code == 404
    assert client.get("/desk", params={"since": "yesterday"}).status_code == 422


@pytest.mark.parametrize("page", ["/report/bad", "/reports", "/desk", "/sources", "/review.json", "/desk?q=<script>"])
def test_a_hostile_report_stays_text(client: TestClient, page: str) -> None:
    answer = client.get(page)
    if answer.headers["content-type"].startswith("text/html"):
        assert SCRIPT not in answer.text
        assert 'onerror="document' not in answer.text
        assert 'href="javascript:' not in answer.text


def test_paste_reads_and_refuses_with_reasons(client: TestClient) -> None:
    outlet, day, text = TEXTS["first"]
    assert "L-event" in client.post("/read", data={"text": text, "published": day, "outlet": outlet}).text
    assert client.post("/read.json", data={"text": text, "published": day}).json()["events"]
    application: Any = client.app
    application.state.settings = replace(application.state.settings, paste_limit=1000)
    wrong = ({"text": " "}, {"text": "نص", "published": "x"}, {"text": "ن" * 1001}, {"text": "ن", "title": "t" * 301})
    for form in wrong:
        answer = client.post("/read", data=form)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert 'L-event' in client.post("/read", files={"upload": ("a.txt", text.encode("cp1256"))}).text


def test_hostile_paste_stays_text(client: TestClient) -> None:
    answer = client.post("/read", data={"text": TEXTS["bad"][2], "title": SCRIPT, "outlet": SCRIPT})
    assert answer.status_code == 200
    assert SCRIPT not in answer.text


def test_pasted_report_is_kept(client: TestClient, store: Store) -> None:
    form = {"text": "قصفت طائرات حربية مدينة إدلب اليوم.", "published": "2019-01-02", "csrf": token(client)}
    answer = client.post("/add", data=form)
    assert answer.status_code == 200
    assert queries.list_reports(store).total == len(TEXTS) + 1


@pytest.mark.parametrize("name", [each.name for each in export_formats()])
def test_export_in_every_format(client: TestClient, name: str) -> None:
    answer = client.get("/export", params={"format": name, "kind": "air_strike"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content


def test_facets_count_within_every_filter(store: Store) -> None:
    whole = summaries.facets(store)
    for facet, asked in (
        ("place", Filter(place=whole["place"][0][0])),
        ("actor", Filter(actor=whole["actor"][0][0])),
        ("source", Filter(source=whole["source"][0][0])),
        ("stance", Filter(stance=("asserts",))),
    ):
        within = summaries.facets(store, asked)
        assert within["kind"], facet
        assert sum(count for _, count in within["kind"]) <= sum(count for _, count in whole["kind"])


def test_second_coder_decides_without_seeing_the_first(client: TestClient, store: Store) -> None:
    correct(store, "salma", Decision("first", "e1", "change", "kind", "shelling"))
    first = client.get("/review.json").json()
    assert ("first", "e1") not in {(item["report"], item["event"]) for item in first["items"]}
    again = client.get("/review.json", params={"again": "yes"}).json()
    assert [(item["report"], item["event"], item["kind"]) for item in again["items"]] == [("first", "e1", "air_strike")]
    assert "again=yes" in client.get("/review").text
    correct(store, "desk", Decision("first", "e1", "accept"))
    assert client.get("/review.json", params={"again": "yes"}).json()["total"] == 0
    assert "salma" in client.get("/review/compare").text


def test_a_reprint_stands_in_the_queue_once(client: TestClient, store: Store, reader: Reader) -> None:
    story = " ".join(text for _, _, text in TEXTS.values() if SCRIPT not in text)
    before = client.get("/review.json").json()["total"]
    first = reader.read(story, published="2018-05-25", outlet="وكالة", id="wire")
    assert not add_reports(store, [first]).copies
    once = client.get("/review.json").json()["total"]
    again = add_reports(store, [reader.read(story + " انتهى.", published="2018-05-26", outlet="إذاعة", id="again")])
    assert again.copies == ["again"]
    assert client.get("/review.json").json()["total"] == once == before + len(first.events)


def test_sources_say_how_others_take_their_word(client: TestClient) -> None:
    told = client.get("/sources.json", params={"name": "activists"}).json()
    assert told["taken"]["denies"] >= 1
    assert "Russian Ministry of Defence" in told["against"]


def test_control_shows_those_who_hold_a_place_on_a_day(client: TestClient) -> None:
    assert "data-holder" in client.get("/control").text
    assert client.get("/control.json", params={"day": "2018-05-23"}).json()["places"]
    assert not client.get("/control.json", params={"day": "1990-01-01"}).json()["places"]


def test_an_address_may_hold_words_that_no_page_knows(client: TestClient) -> None:
    known = ["/desk", "/reports", "/control", "/sources", "/actors", "/places", "/dossiers", "/review"]
    answers = {page: client.get(page, params={"from": "2018-05-01", "utm_source": "x"}).status_code for page in known}
    assert set(answers.values()) == {200}, answers
    assert client.get("/desk", params={"from": "x", "kind": "clash"}).text.count('class="pill"') == 1
