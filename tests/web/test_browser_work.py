"""A desk at work in a real browser: views narrow each other, review by keys and without a network, from outside."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from riwaya.export.registry import export_formats
from riwaya.reading.reader import Reader
from riwaya.store import Store, queries
from riwaya.store.filters import Filter
from riwaya.store.linking import link_new
from riwaya.store.writer import Decision, add_reports, correct
from riwaya.web import fetching
from tests.web.browsing import CHROMIUM, Desk, serving, until, wait_for_empty_outbox
from tests.web.test_fetching import PAGE, TEXT

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium here")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360f8cfc0000000"
    "0301010018dd8db00000000049454e44ae426082"
)  # fmt: skip
KEYS = "JSON.parse(localStorage.getItem('riwaya.keys'))"


def reviewed(store: Store) -> int:
    return queries.list_events(store, Filter(reviewed=True)).total


def comes_true(page: Any, holds: Callable[[], bool]) -> bool:
    """Whether something holds within five seconds: a decision is put into the outbox a moment after its key."""
    for _ in range(100):
        if holds():
            return True
        page.wait_for_timeout(50)
    return holds()


class Outside(BaseHTTPRequestHandler):
    """A public site and a server of map tiles, as if they were outside."""

    asked: list[str] = []  # noqa: RUF012 - shared by the requests

    def do_GET(self) -> None:
        self.asked.append(self.path)
        tile = self.path.endswith(".png")
        body = PIXEL if tile else PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if tile else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def outside() -> Iterator[int]:
    """The port of such a server on this machine."""
    Outside.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Outside)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join(5)
    server.server_close()


def listed(page: Any) -> int:
    return int(page.inner_text(".tally").split()[0])


def test_list_map_and_timeline_narrow_each_other(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(f"{base}/desk?lang=en")
    whole = listed(page)
    page.wait_for_selector(".leaf[data-ready]")
    for _ in range(2):
        page.click(".leaflet-control-zoom-in")
        page.wait_for_timeout(150)
    page.click("[data-area]")
    until(page, "location.search.includes('area=')")
    until(page, f"parseInt(document.querySelector('.tally').textContent) < {whole}")
    here = listed(page)
    assert page.locator("li.incident").count() == here
    assert page.locator(".pill").count() == 1
    bars = sum(int(label.split(": ")[1]) for label in page.locator(".timeline a").evaluate_all(
        "all => all.map(x => x.getAttribute('aria-label'))"))  # fmt: skip
    page.click(".pill")
    until(page, "!location.search.includes('area=')")
    assert listed(page) == whole
    drawn = page.locator(".timeline a")
    first, last = drawn.first.bounding_box(), drawn.nth(drawn.count() - 2).bounding_box()
    page.mouse.move(first["x"] + 1, first["y"] + 40)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, last["y"] + 40, steps=12)
    page.mouse.up()
    until(page, "location.search.includes('since=') && location.search.includes('until=')")
    until(page, "document.querySelectorAll('.pill').length === 2")
    assert bars > 0
    assert 0 < listed(page) < whole
    page.wait_for_selector(".leaf[data-ready]")
    page.click(".facets li a >> nth=0")
    until(page, "document.querySelectorAll('.pill').length === 3")
    page.go_back()
    until(page, "document.querySelectorAll('.pill').length === 2")


def test_the_desk_is_worked_by_keyboard_alone(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(f"{base}/desk?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.closest('form.find, .facets, .list') || {}).className"))
        if page.evaluate("Boolean(document.activeElement.closest('li.incident'))"):
            break
    assert "find" in reached
    assert "facets" in reached
    page.keyboard.press("Enter")
    page.wait_for_url("**/incident/*")


def test_decisions_outlive_a_lost_network_and_a_closed_tab(page: Any, desk: Desk) -> None:
    base, store = desk
    page.goto(base + "/review")
    page.wait_for_selector("#card .passage")
    before, context = reviewed(store), page.context
    context.set_offline(True)
    for waiting in (1, 2):
        page.keyboard.press("a")
        until(page, f"document.getElementById('unsent').textContent.endsWith('{waiting}')")
    assert reviewed(store) == before
    page.close()
    page.said.clear()  # the browser tells of requests without a network in its console
    context.set_offline(False)
    again = context.new_page()
    again.goto(base + "/review")
    wait_for_empty_outbox(again)
    assert reviewed(store) == before + 2
    again.wait_for_selector("#card .passage")
    again.keyboard.press("Backspace")
    wait_for_empty_outbox(again)
    assert reviewed(store) == before + 1


def test_the_queue_waits_for_the_network_and_goes_on(page: Any, desk: Desk) -> None:
    base, store = desk
    page.goto(base + "/review?lang=en")
    page.wait_for_selector("#card .passage")
    left = queries.list_events(store, Filter(reviewed=False)).total
    page.context.set_offline(True)
    for _ in range(left + 2):
        page.keyboard.press(" ")
        page.wait_for_timeout(60)
    assert "No connection" in page.inner_text("#card")
    page.said.clear()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.keyboard.press("Backspace")
    page.wait_for_selector("#card .passage")


def test_keys_are_shown_chosen_anew_and_work_on_an_arabic_keyboard(page: Any, desk: Desk) -> None:
    base, store = desk
    page.goto(base + "/review?lang=en")
    page.wait_for_selector("#card .passage")
    page.keyboard.press("?")
    page.focus("[data-key=accept]")
    page.keyboard.press("x")
    assert page.locator("#taken").is_visible()
    assert page.evaluate(KEYS) is None
    page.keyboard.press("k")
    assert page.evaluate(KEYS)["accept"] == "k"
    page.keyboard.press("Escape")
    assert page.inner_text("[data-do=accept] kbd") == "k"
    before = reviewed(store)
    page.keyboard.press("a")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ن', code: 'KeyK', bubbles: true}))")
    assert comes_true(page, lambda: reviewed(store) == before + 1)
    wait_for_empty_outbox(page)
    page.keyboard.press("Backspace")
    wait_for_empty_outbox(page)
    page.reload()
    page.wait_for_selector("#card .passage")
    assert page.inner_text("[data-do=accept] kbd") == "k"
    page.keyboard.press("?")
    page.click("#keys-reset")
    assert page.input_value("[data-key=accept]") == "a"


def test_two_coders_stand_side_by_side(page: Any, desk: Desk) -> None:
    base, store = desk
    rows = queries.list_events(store, Filter(reviewed=False)).items
    for row, action in zip(rows[:2], ("reject", "accept"), strict=True):
        correct(store, "salma", Decision(row.report, row.event, action))
    page.goto(base + "/review?again=yes&lang=en")
    page.fill("input[name=name]", "rima")
    page.click("form[action='/coder'] button")
    page.goto(base + "/review?again=yes&lang=en")
    page.wait_for_selector("#card .passage")
    while page.locator("#card .passage").count():
        page.keyboard.press("a")
        page.wait_for_timeout(200)
    wait_for_empty_outbox(page)
    page.goto(base + "/review/compare")
    told = page.inner_text("main")
    assert "salma" in told
    assert "rima" in told
    assert page.locator(".compared.differing").count() >= 1


def test_incidents_are_split_and_put_together_again(page: Any, desk: Desk) -> None:
    base, store = desk
    most = max(queries.list_incidents(store).items, key=lambda row: row.accounts)
    assert most.accounts >= 2
    page.goto(f"{base}/incident/{most.id}?lang=en")
    assert page.locator(".changes .badge.fresh").count() >= 1
    page.click("form[action$='/split'] button >> nth=-1")
    page.wait_for_selector("form[action$='/unjudge']")
    alone = page.url
    assert queries.incident(store, alone.rsplit("/", 1)[1]).id != most.id or most.accounts > 2
    undo = page.locator("form[action$='/unjudge'] button")
    for _ in range(undo.count()):
        page.click("form[action$='/unjudge'] button >> nth=0")
        page.wait_for_load_state()
    now = max(queries.list_incidents(store).items, key=lambda row: row.accounts)
    assert now.accounts == most.accounts


def test_a_suggested_incident_is_merged_and_taken_apart_again(page: Any, desk: Desk, reader: Reader) -> None:
    base, store = desk
    told = "قصف مدفعي على مدينة {} أمس أدى إلى مقتل {} مدنيين، بحسب ناشطين."
    towns = (("حماة", "ثلاثة"), ("حمص", "خمسة"))
    reports = (reader.read(told.format(*each), published="2018-06-11", id=each[0], outlet=each[0]) for each in towns)
    add_reports(store, list(reports))
    link_new(store)
    shelled = queries.list_incidents(store, Filter(kind=("shelling",))).items
    assert [row.accounts for row in shelled] == [1, 1]
    page.goto(f"{base}/incident/{shelled[0].id}?lang=en")
    page.wait_for_selector("#suggested form[action$='/merge']")  # they are asked for once the page is shown
    suggested = page.locator("#suggested li", has=page.locator(f"a[href='/incident/{shelled[1].id}']"))
    assert suggested.count() == 1
    suggested.locator("button").click()
    page.wait_for_selector("form[action$='/unjudge']")
    assert page.locator("ul.accounts form[action$='/split']").count() == 2
    (merged,) = queries.list_incidents(store, Filter(kind=("shelling",))).items
    assert merged.accounts == 2
    assert page.url.endswith(merged.id)
    page.click("form[action$='/unjudge'] button")
    page.wait_for_selector("form[action$='/merge']")
    assert page.locator("form[action$='/unjudge']").count() == 0
    assert {row.id for row in queries.list_incidents(store, Filter(kind=("shelling",))).items} == {
        row.id for row in shelled
    }


def test_what_is_said_of_a_holder_is_shown_when_it_is_opened(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(base + "/control?lang=en")
    assert page.locator(".accounts a.quote").count() == 0
    page.focus(".accounts details summary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".accounts details[open] a.quote")
    page.click(".accounts details[open] a.quote")
    page.wait_for_url("**/report/hold**")


def test_how_a_source_stands_to_others_comes_after_its_page(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(base + "/sources?name=Russian%20Ministry%20of%20Defence&lang=en")
    page.wait_for_selector("#said .taken")
    assert "Contradicted by" in page.inner_text("#said")


def test_the_slider_of_an_agreement_moves_by_keys(page: Any, desk: Desk, reader: Reader) -> None:
    base, store = desk
    text = "توصلت الحكومة السورية وجيش الإسلام إلى اتفاق برعاية روسية في مدينة دوما يقضي بإجلاء المقاتلين إلى جرابلس."
    later = "خرجت دفعة أولى من مقاتلي جيش الإسلام من مدينة دوما إلى جرابلس أمس، في إطار الاتفاق مع الحكومة السورية."
    denied = "نفى جيش الإسلام التوصل إلى اتفاق مع الحكومة السورية في مدينة دوما."
    told = (("again", text, "2018-05-21"), ("denied", denied, "2018-05-22"), ("batch", later, "2018-05-25"))
    add_reports(store, [reader.read(each, published=day, id=id, outlet=id) for id, each, day in told])
    link_new(store)
    deal = max(queries.list_incidents(store, Filter(kind=("agreement",))).items, key=lambda row: row.accounts)
    page.goto(f"{base}/dossier/{deal.id}?lang=en")
    days = page.get_attribute("#slide", "data-days").split()
    assert page.inner_text("#slid") == days[-1] == "2018-05-25"
    whole = page.locator("ol.when li").count()
    assert "Batches" in page.inner_text("main")
    page.focus("#slide")
    with page.expect_navigation():
        page.keyboard.press("Home")
    assert page.inner_text("#slid") == days[0]
    assert f"day={days[0]}" in page.url
    assert page.locator("ol.when li").count() < whole
    assert page.locator("ol.when .day bdi").all_inner_texts() == [days[0]] * page.locator("ol.when .day bdi").count()
    page.focus("#slide")
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    assert page.inner_text("#slid") == days[1]


def test_the_slider_of_days_moves_by_keys(page: Any, desk: Desk, reader: Reader) -> None:
    base, store = desk
    text = "سيطرت قوات النظام السوري على مدينة {} أمس."
    told = [("حماة", "2018-05-20"), ("تدمر", "2018-06-20")]
    add_reports(store, [reader.read(text.format(town), published=day, id=f"held-{day}") for town, day in told])
    link_new(store)
    page.goto(base + "/control?lang=en")
    day = page.inner_text("#slid")
    page.focus("#slide")
    with page.expect_navigation():
        page.keyboard.press("Home")
    assert page.inner_text("#slid") < day
    assert page.inner_text("#slid") in page.url


def test_every_format_is_exported_from_the_filter(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(base + "/desk?kind=air_strike")
    names = page.locator("form.export option").all_inner_texts()
    assert set(names) == {each.name for each in export_formats() if each.name != "table"}
    for name in names:
        page.select_option("form.export select", name)
        with page.expect_download() as download:
            page.click("form.export button")
        assert Path(download.value.path()).stat().st_size > 0, name


def test_tiles_are_drawn_where_they_are_configured(
    page: Any, store: Store, reader: Reader, outside: int
) -> None:  # fmt: skip
    tiles = f"http://127.0.0.1:{outside}/{{z}}/{{x}}/{{y}}.png"
    with serving(store, reader, tiles=tiles, tiles_by="Own tiles") as base:
        page.goto(base + "/desk")
        page.wait_for_selector(".leaf[data-ready] .leaflet-tile-loaded")
        assert "Own tiles" in page.inner_text(".mapbox")
    assert [path for path in Outside.asked if path.endswith(".png")]


def test_without_tiles_no_other_host_is_asked(page: Any, desk: Desk) -> None:
    base, store = desk
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    row = queries.list_incidents(store).items[0]
    for path in ("/", "/desk", f"/incident/{row.id}", "/control", "/api", "/report/first"):
        page.goto(base + path)
        page.wait_for_timeout(200)
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {base.split("/")[2]}


def test_a_page_is_read_by_its_address(
    page: Any, store: Store, reader: Reader, outside: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def local(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "news.example" else ["10.0.0.7"]

    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(fetching, "_PORTS", {"http": outside})
    monkeypatch.setattr(fetching.fetch_page, "__defaults__", (None, None, local))
    with serving(store, reader, fetch=True) as base:
        page.goto(base + "/?lang=en")
        page.fill("input[name=url]", f"http://news.example:{outside}/story")
        page.fill("input[name=published]", "2018-05-21")
        page.click("form.paste .main-action")
        page.wait_for_selector("section.report .voices")
        assert TEXT in page.inner_text("#text")
        page.goto(base + "/?lang=en")
        page.fill("input[name=url]", f"http://inside.example:{outside}/story")
        page.click("form.paste .main-action")
        page.wait_for_selector("#problem:not([hidden])")
        assert "private network" in page.inner_text("#problem")
        page.said.clear()  # the browser tells in its console that the answer was 422


def test_incident_and_desk_are_printed_whole(page: Any, desk: Desk, tmp_path: Path) -> None:
    base, store = desk
    most = max(queries.list_incidents(store).items, key=lambda row: row.accounts)
    for path, shown in (("/desk", "li.incident"), (f"/incident/{most.id}", "table.matrix")):
        page.goto(base + path)
        page.wait_for_timeout(400)
        page.emulate_media(media="print")
        for hidden in (".bar", "form.find", ".export", ".facets", "form[action$='/split']"):
            assert page.locator(f"{hidden} >> visible=true").count() == 0, hidden
        assert page.locator(f"{shown} >> visible=true").count() >= 1
        page.pdf(path=tmp_path / "page.pdf", format="A4", print_background=True)
        assert (tmp_path / "page.pdf").stat().st_size > 5000
        page.emulate_media(media="screen")
