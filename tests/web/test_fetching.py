"""Pages by address: off by default, public hosts only, each redirect and each connection checked anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from riwaya.model import DocumentError
from riwaya.web import fetching
from riwaya.web.fetching import check_url, fetch_page, is_public
from tests.web.conftest import TestClient, token

TEXT = "قصفت طائرات حربية سوقا في مدينة معرة النعمان أمس الأحد وقتل تسعة مدنيين بحسب الدفاع المدني."
PAGE = f"<html><head><title>خبر</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        where = {"/inside": "http://inside.example/", "/file": "file:///etc/passwd", "/loop": "/loop"}.get(self.path)
        if where:
            self.send_response(302)
            self.send_header("Location", where)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = PAGE.encode() if self.path != "/large" else b"x" * (fetching.LIMIT + 1)
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if self.path == "/image" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the reader has had enough

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site that is reached as if it were public: only its own address and port are let through."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(fetching, "_PORTS", {"http": server.server_port})
    yield f"http://news.example:{server.server_port}"
    server.shutdown()
    thread.join(5)
    server.server_close()


def local(host: str, port: int) -> list[str]:
    return {"news.example": ["127.0.0.1"]}.get(host, ["10.0.0.7"])


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False),
     ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
     ("::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False), ("::", False),
     ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("255.255.255.255", False)],
)  # fmt: skip
def test_only_public_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) == public


@pytest.mark.parametrize(
    "url",
    ["ftp://news.example/", "file:///etc/passwd", "http://user:word@news.example/", "https://news.example:8443/",
     "//news.example", "javascript:alert(1)", "http://", "http://[::1", "gopher://x", "http://news.example:99999/"],
)  # fmt: skip
def test_only_plain_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(DocumentError):
        check_url(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/"])
def test_addresses_of_this_machine_are_refused(url: str) -> None:
    with pytest.raises(DocumentError, match=r"private network|no such host"):
        fetch_page(url)


def test_a_name_that_leads_inside_is_refused_and_so_is_one_with_two_answers() -> None:
    for answers in (["192.168.0.5"], ["8.8.8.8", "10.0.0.1"], []):
        with pytest.raises(DocumentError, match="private network"):
            fetch_page("http://rebound.example/", lookup=lambda host, port, found=answers: found)


def test_a_page_is_read(site: str) -> None:
    page = fetch_page(site + "/story", published="2018-05-21", lookup=local)
    assert TEXT in page.text
    assert page.published == "2018-05-21"
    assert page.url == site + "/story"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/inside", "not a web address|port of its own|private network"), ("/file", "not a web address"),
     ("/loop", "redirects"), ("/large", "larger"), ("/image", "not a page")],
)  # fmt: skip
def test_what_is_no_public_page_of_text_is_refused(site: str, path: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        fetch_page(site + path, lookup=local)


def test_the_connection_goes_to_the_address_that_was_checked(site: str) -> None:
    """A name that answers a public address first and a private one later is looked up once a connection only."""
    asked: list[str] = []

    def changing(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.7"]

    assert TEXT in fetch_page(site + "/story", lookup=changing).text
    assert asked == ["news.example"]


def test_workbench_fetches_only_when_told_to(client: TestClient, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form = {"url": site + "/story", "published": "2018-05-21", "csrf": token(client)}
    assert client.post("/read", data=form).status_code == 403
    application: Any = client.app
    application.state.settings = replace(application.state.settings, fetch=True)
    monkeypatch.setattr(fetching.fetch_page, "__defaults__", (None, None, local))
    assert 'name="url"' in client.get("/").text
    assert client.post("/read", data={**form, "csrf": "0"}).status_code == 403
    assert "L-event" in client.post("/read", data=form).text
    refused = client.post("/read", data={**form, "url": "http://inside.example/"})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text


def test_tiles_are_let_in_by_the_policy_only_where_configured(client: TestClient) -> None:
    policy = client.get("/desk").headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "img-src 'self' data:;" in policy
    application: Any = client.app
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    application.state.settings = replace(application.state.settings, tiles=tiles, tiles_by="Tiles")
    page = client.get("/desk")
    assert "img-src 'self' data: https://tiles.example;" in page.headers["content-security-policy"]
    assert "Tiles" in page.text
