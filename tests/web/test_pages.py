"""Every page answers in both languages; labels are complete; hostile reports stay text; filters narrow."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from riwaya.export.registry import export_formats
from riwaya.reading.reader import Reader
from riwaya.store import Store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.linking import link_new
from riwaya.store.redaction import Viewer
from riwaya.store.writer import Decision, add_reports, correct
from riwaya.web.intake import MAX_UPLOAD
from riwaya.web.lists import contradictions
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
    wrong = {"/incident/none": 404, "/report/none": 404, "/nowhere": 404, "/dossier/none": 404, "/read": 405,
             "/control/claims?held=x&holder=x&since=2018-01-01": 404, "/desk?since=yesterday": 422,
             "/desk?area=1,2": 422, "/desk?start=-1": 422, "/desk?start=x&kind=y": 422, "/desk?sort=nothing": 422,
             "/export?format=nothing": 422, "/log.json?since=x": 422}  # fmt: skip
    for page, status in wrong.items():
        for language in ("ar", "en"):
            client.cookies.set("lang", language)
            answer = client.get(page)
            if page.startswith("/log.json"):
                assert (answer.status_code, list(answer.json())) == (status, ["error"])
                continue
            assert answer.status_code == status, page
            assert labels(language).get(f"wrong.{status}", labels(language)["wrong.other"]) in answer.text, page
            assert 'lang="en" dir="ltr"' not in answer.text.split("<main")[1], page  # said in the page's language


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
    wrong = {
        "empty": {"text": " "}, "bad_date": {"text": "نص", "published": "x"}, "too_long": {"text": "ن" * 1001},
        "head_too_long": {"text": "ن", "title": "t" * 301}, "not_arabic": {"text": "The army shelled the town."},
    }  # fmt: skip
    client.cookies.set("lang", "en")
    for problem, form in wrong.items():
        answer = client.post("/read", data=form)
        assert answer.status_code == 422
        said = labels("en")[f"problem.{problem}"].format(n="1,001", most="1,000")
        assert said in unescape(answer.text)
        assert form["text"].strip() in answer.text  # nobody's text is lost
        data = client.post("/read.json", data={name: form[name] for name in form if name != "published"})
        assert data.status_code == 422 or problem == "bad_date"


def test_a_file_is_read_and_its_head_kept(client: TestClient) -> None:
    outlet, day, text = TEXTS["first"]
    page = f"<html><head><title>خبر</title></head><body><article><p>{text}</p></article></body></html>"
    story = json.dumps({"id": "x", "text": text, "published": day, "outlet": outlet, "title": "سوق المعرة"})
    for name, data in (("a.txt", text.encode("cp1256")), ("a.html", page.encode()), ("a.json", story.encode())):
        answer = client.post("/read", files={"upload": (name, data)})
        assert "L-event" in answer.text, name
    assert "سوق المعرة" in answer.text
    assert f'name="published" value="{day}"' in answer.text
    client.cookies.set("lang", "en")
    wrong = {"a.png": b"\x89PNG\0\0", "a.pdf": b"%PDF-1.4", "a.json": b"[]", "a.txt": b" "}
    for name, data in wrong.items():
        answer = client.post("/read", files={"upload": (name, data)})
        assert answer.status_code == 422
        assert 'role="alert">' in answer.text
    large = client.post("/read", files={"upload": ("a.txt", b"x" * (MAX_UPLOAD + 1))})
    assert labels("en")["problem.file_large"].format(most=4) in large.text


def test_a_pasted_report_says_who_says_what(client: TestClient) -> None:
    client.cookies.set("lang", "ar")
    words = labels("ar")
    for number in ("1", "2", "3"):
        form = {"text": words[f"try.text.{number}"], "published": words[f"try.day.{number}"]}
        page = client.post("/read", data=form).text
        voices = page.split('id="voices"')[1].split("</ul>")[0]
        assert voices.count("<li>") >= 2, number
        assert ("stance denies" in voices) == (number != "3")
    undated = client.post("/read", data={"text": words["try.text.1"]}).text
    assert words["undated.how"] in undated
    assert "no publication date" not in undated


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
    assert "salma" in client.get("/review/compare.json").json()["coders"]


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


def test_one_thing_is_called_by_the_singular(client: TestClient) -> None:
    form = {"text": "قصفت طائرات حربية مدينة إدلب اليوم.", "published": "2019-01-02", "lang": "en"}
    tally = client.post("/read?lang=en", data=form).text.split('class="tally-row"')[1].split("</ul>")[0]
    assert "<b>1</b> event<" in tally
    assert "<b>0</b> denials or doubts<" in tally
    assert "1 incident " in client.get("/desk", params={"kind": "agreement", "lang": "en"}).text


def test_the_log_says_in_words_what_was_changed_where(client: TestClient, store: Store) -> None:
    correct(store, "rima", Decision("first", "e1", "accept", reason="checked"))
    for language in ("ar", "en"):
        page = client.get("/log", params={"lang": language}).text
        line = page.split("<tbody>")[1].split("</tr>")[0]
        assert labels(language)["logged.correction: accept"] in line
        assert 'href="/report/first"' in line
        assert "rima" in line
        assert "checked" in line


def test_control_shows_those_who_hold_a_place_on_a_day(client: TestClient) -> None:
    page = client.get("/control").text
    assert "data-holder" in page
    assert 'class="quote"' not in page  # what was said is asked for when it is opened
    claims = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert 'href="/report/' in client.get(claims).text
    holding = client.get(claims.replace("/claims?", "/claims.json?")).json()
    assert holding["claims"]
    assert client.get("/control/claims?held=Nowhere&holder=x&since=2018-01-01").status_code == 404
    assert client.get("/control.json", params={"day": "2018-05-23"}).json()["places"]
    assert not client.get("/control.json", params={"day": "1990-01-01"}).json()["places"]


def test_an_address_may_hold_words_that_no_page_knows(client: TestClient) -> None:
    known = ["/desk", "/reports", "/control", "/sources", "/actors", "/places", "/dossiers", "/review"]
    answers = {page: client.get(page, params={"from": "2018-05-01", "utm_source": "x"}).status_code for page in known}
    assert set(answers.values()) == {200}, answers
    assert client.get("/desk", params={"from": "x", "kind": "clash"}).text.count('class="pill"') == 1


def test_what_outlets_say_in_their_own_name_is_compared_with_others(store: Store, reader: Reader) -> None:
    """Incidents name each outlet, the page of those who say it in their own name all of them."""
    text = "قصفت طائرات حربية روسية سوقا في مدينة معرة النعمان أمس الأحد، ما أدى إلى مقتل تسعة مدنيين."
    add_reports(store, [reader.read(text, published="2018-05-21", outlet="صحيفة", id="own")])
    link_new(store)
    found = contradictions(store, "outlet", Viewer())
    assert found["against"]["Russian Ministry of Defence"] > 0
    assert found["along"]["activists"] > 0
    assert "صحيفة" not in {*found["against"], *found["along"]}


def test_no_page_is_without_data(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    pages = {path for path, calls in paths.items() if "text/html" in str(calls.get("get", {}).get("responses"))}
    assert len(pages) > 15
    assert {path for path in pages if f"{path}.json" not in paths} == {"/", "/api", "/login"}
