"""Who may do what: this machine only, accounts, form tokens, limits, redaction by role, the audit log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from riwaya.cli import build_app
from riwaya.model import RiwayaError
from riwaya.store import Store, queries
from riwaya.web.guards import safe_next
from riwaya.web.page import labels
from riwaya.web.sessions import Accounts, Attempts, Person, Sessions
from tests.web.conftest import HOST, TestClient, token

PERSON = "الجربا"


def signed(app: Any, role: str) -> TestClient:
    client = TestClient(app, base_url="http://desk.example", headers={"accept": "text/html"})
    answer = client.post("/login", data={"name": role, "password": f"{role}-password"})
    assert answer.status_code == 200
    return client


def test_only_this_machine_is_answered_without_accounts(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_serve_refuses_others_without_accounts() -> None:
    result = CliRunner().invoke(build_app(), ["serve", "--host", "0.0.0.0"])
    assert result.exit_code != 0
    assert isinstance(result.exception, (RiwayaError, SystemExit))


def test_other_sites_cannot_post(client: TestClient) -> None:
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/read", data={"text": "ن"}, headers=headers).status_code == 403


def test_changes_need_the_token_of_the_session(client: TestClient) -> None:
    client.get("/")
    change = {"event": "e1", "action": "accept"}
    assert client.post("/correct/first", json=change).status_code == 403
    assert client.post("/correct/first", json=change, headers={"x-csrf-token": "0" * 64}).status_code == 403
    assert client.post("/add", data={"text": "نص"}).status_code == 403
    assert client.post("/correct/first", json=change, headers={"x-csrf-token": token(client)}).status_code == 200


@pytest.mark.parametrize("language", ["ar", "en"])
def test_large_bodies_are_refused_in_words(client: TestClient, language: str) -> None:
    client.cookies.set("lang", language)
    for page in ("/read", "/add", "/correct/first"):
        answer = client.post(page, data={"text": "x" * 5_000_001})
        assert answer.status_code == 413
        assert labels(language)["wrong.413"] in answer.text
        assert labels(language)["wrong.413.help"].format(mb=4, most="200,000") in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    for page, accept in (("/read.json", "text/html"), ("/read", "application/json")):
        answer = client.post(page, data={"text": "x" * 5_000_001}, headers={"accept": accept})
        assert (answer.status_code, list(answer.json())) == (413, ["error"])
        assert "5,000,000" in answer.json()["error"]


def test_what_is_refused_before_any_page_is_said_in_both_languages(client: TestClient) -> None:
    refused = ((421, "GET", {"host": "evil.example"}), (403, "POST", {"origin": "http://evil.example"}),
               (411, "POST", {"transfer-encoding": "chunked", "content-length": "x"}))  # fmt: skip
    for status, method, headers in refused:
        for language in ("ar", "en"):
            client.cookies.set("lang", language)
            answer = client.request(method, "/read", headers=headers)
            assert answer.status_code == status
            assert labels(language)[f"wrong.{status}.help"] in answer.text
            assert "lang=\"en\" dir=\"ltr\"" not in answer.text.split("<main")[1]
        assert client.request(method, "/read", headers={**headers, "accept": "*/*"}).json()["error"]


def test_a_fault_of_the_program_is_said_and_tells_nothing_of_itself(client: TestClient, monkeypatch: Any) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("a secret of the store")

    monkeypatch.setattr(queries, "list_reports", broken)
    quiet = TestClient(client.app, base_url=HOST, raise_server_exceptions=False)  # type: ignore[arg-type]
    page = quiet.get("/reports?lang=en", headers={"accept": "text/html"})
    assert page.status_code == 500
    assert labels("en")["wrong.500.help"] in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert quiet.get("/reports.json").json()["error"]
    assert "secret" not in page.text


def test_nobody_reads_a_shared_desk_without_signing_in(shared_desk: Any) -> None:
    client = TestClient(shared_desk, base_url="http://desk.example")
    for page in ("/desk.json", "/report/first.json", "/export", "/openapi.json", "/read"):
        assert client.get(page).status_code == 401
    answer = client.get("/desk", headers={"accept": "text/html"}, follow_redirects=False)
    assert answer.headers["location"] == "/login?next=/desk"


def test_sign_in_waits_after_failures(shared_desk: Any) -> None:
    client = TestClient(shared_desk, base_url="http://desk.example")
    codes = [client.post("/login", data={"name": "admin", "password": "no"}).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    assert client.post("/login", data={"name": "admin", "password": "admin-password"}).status_code == 429


def test_readers_read_and_do_not_write(shared_desk: Any) -> None:
    client = signed(shared_desk, "reader")
    assert client.get("/desk").status_code == 200
    headers = {"x-csrf-token": token(client)}
    answer = client.post("/correct/first", json={"event": "e1", "action": "accept"}, headers=headers)
    assert answer.status_code == 403


def test_an_account_that_is_gone_ends_its_sessions(shared_desk: Any) -> None:
    client = signed(shared_desk, "coder")
    del shared_desk.state.accounts.people["coder"]
    assert client.get("/desk.json").status_code == 401


PAGES = (
    "/report/hold", "/report/hold.json", "/desk", "/desk.json", "/review.json", "/reports", "/reports.json", "/actors",
    "/actors.json", "/places.json", "/sources.json", "/control", "/control.json", "/dossiers.json", "/log", "/log.json",
    "/export?format=csv", "/export?format=json", "/export?format=jsonl", "/export?format=geojson",
    "/export?format=html", "/export?format=ftm", "/export?format=hxl", "/export?format=acled", "/export?format=ucdp",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_names_and_places_are_withheld_from_readers(shared_desk: Any, page: str) -> None:
    answer = signed(shared_desk, "reader").get(page)
    assert answer.status_code == 200
    assert PERSON not in answer.text
    assert "Jarba" not in answer.text


PROBES = (
    {"q": "الجربا"}, {"q": "احمد الجربا"}, {"q": "أحمَد الجـربا"}, {"q": '"أحمد الجربا"'}, {"q": "حماة"}, {"q": "حماه"},
    {"actor": PERSON}, {"actor": "احمد الجربا"}, {"source": PERSON}, {"place": "حماة", "kind": "arrest"},
    {"area": "35.1,36.7,35.2,36.8", "kind": "arrest"},
)  # fmt: skip


@pytest.mark.parametrize("probe", PROBES, ids=str)
def test_no_page_answers_readers_about_what_is_withheld(shared_desk: Any, probe: dict[str, str]) -> None:
    """Searches and filters find nothing by it: neither lists nor counts, facets, maps, queue or exports tell."""
    client = signed(shared_desk, "reader")
    answer = client.get("/desk.json", params=probe).json()
    assert answer["total"] == 0
    assert not any(answer["facets"].values())
    assert not answer["timeline"]["bars"]
    assert "/incident/" not in client.get("/desk", params=probe).text
    assert not client.get("/spots.json", params=probe).json()["spots"]
    assert client.get("/review.json", params=probe).json()["total"] == 0
    assert client.get("/reports.json", params=probe).json()["total"] == 0
    for form in ("csv", "jsonl", "geojson"):
        assert "hold" not in client.get("/export", params={**probe, "format": form}).text


def test_readers_find_by_what_they_can_read(shared_desk: Any) -> None:
    client = signed(shared_desk, "reader")
    assert client.get("/desk.json", params={"q": "واعتقلت"}).json()["total"] > 0
    assert client.get("/reports.json", params={"q": "تسيطر"}).json()["total"] == 1
    coder = signed(shared_desk, "coder")
    assert coder.get("/desk.json", params={"q": "احمد الجربا"}).json()["total"] > 0


def test_incidents_withhold_exact_places(shared_desk: Any, store: Store) -> None:
    rows = queries.list_incidents(store, queries.Filter(kind=("arrest",))).items
    client = signed(shared_desk, "reader")
    for row in rows:
        assert PERSON not in client.get(f"/incident/{row.id}").text
        accounts = client.get(f"/incident/{row.id}.json").json()["accounts"]
        assert all(place["level"] in ("admin1", "country") for each in accounts for place in each["places"])
    assert PERSON in signed(shared_desk, "admin").get("/report/hold").text


def test_the_audit_log_tells_who_saw_and_changed_what(shared_desk: Any, tmp_path: Path) -> None:
    client = signed(shared_desk, "coder")
    client.get("/report/first")
    client.post("/correct/first", json={"event": "e1", "action": "accept"}, headers={"x-csrf-token": token(client)})
    lines = (tmp_path / "audit.jsonl").read_text(encoding="utf-8")
    assert '"who": "coder"' in lines
    assert '"/correct/first"' in lines
    assert "coder-password" not in lines
    assert "/report/first" in signed(shared_desk, "admin").get("/log").text


def test_the_end_of_a_long_audit_log_is_shown(shared_desk: Any, tmp_path: Path) -> None:
    """The latest 200 lines, the newest first, whatever stands before them."""
    line = '{{"at": "2018", "who": "{0}", "method": "GET", "path": "/seen-{0}", "query": "ن", "status": 200}}\n'
    (tmp_path / "audit.jsonl").write_text("".join(line.format(n) for n in range(5000)), encoding="utf-8")
    page = signed(shared_desk, "admin").get("/log").text
    shown = re.findall(r"/seen-(\d+)<", page)
    assert shown[:2] == ["4999", "4998"]
    assert len(shown) + page.count("<td>/login<") + page.count("<td>/<") == 200
    (tmp_path / "audit.jsonl").write_text(line.format(7), encoding="utf-8")
    assert "/seen-7<" in signed(shared_desk, "admin").get("/log").text


def test_accounts_keep_hashes_only(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    Accounts(path).add("x", "coder", "a long password")
    assert "a long password" not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert Accounts(path).check("x", "a long password") == Person("x", "coder")
    assert Accounts(path).check("x", "wrong") is None
    assert Accounts(path).check("y", "wrong") is None
    wrong = (("x", "king", "a long password"), ("x", "coder", "short"), ("", "coder", "a long password"))
    for name, role, password in wrong:
        with pytest.raises(RiwayaError):
            Accounts(path).add(name, role, password)


def test_sessions_cannot_be_forged() -> None:
    sessions = Sessions("secret")
    cookie = sessions.issue(Person("x", "admin"))
    assert sessions.read(cookie) == Person("x", "admin")
    assert sessions.read(cookie[:-2] + "xx") is None
    assert Sessions("other").read(cookie) is None
    assert sessions.fits(cookie, sessions.token(cookie))
    assert not sessions.fits(cookie, "é")
    assert not Attempts().refused("a")


@pytest.mark.parametrize(
    ("target", "kept"),
    [("/desk?q=x", "/desk?q=x"), ("//evil", "/"), ("https://evil", "/"), ("/\\evil", "/"), (None, "/"), ("/", "/")],
)
def test_only_our_own_paths_are_gone_on_to(target: str | None, kept: str) -> None:
    assert safe_next(target) == kept
