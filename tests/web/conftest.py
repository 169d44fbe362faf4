"""A small store with two accounts of one strike that disagree, one deal, and a hostile report."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette asks for httpx2, which does the same
    from fastapi.testclient import TestClient

from riwaya.reading.reader import Reader
from riwaya.store import Store, open_store
from riwaya.store.linking import link_new
from riwaya.store.redaction import Redaction
from riwaya.store.writer import add_reports
from riwaya.web.app import create_app
from riwaya.web.sessions import Accounts
from riwaya.web.settings import Settings
from riwaya.web.slow import Slow
from tests.web.browsing import browser, desk, page  # noqa: F401 - fixtures

HOST = "http://127.0.0.1"
SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
TEXTS = {
    "first": ("وكالة الشام", "2018-05-21",
        "قال ناشطون إن طائرات حربية روسية قصفت سوقا في مدينة "
        "معرة النعمان أمس الأحد، ما أدى إلى مقتل تسعة مدنيين."
    ),
    "second": ("إذاعة الدولة", "2018-05-21",
        "نفت وزارة الدفاع الروسية أن تكون طائرات حربية "
        "روسية قصفت سوقا في مدينة معرة النعمان أمس الأحد."
    ),
    "third": ("مرصد", "2018-05-22",
        "أعلن الدفاع المدني أن طائرات حربية روسية قصفت سوقا في مدينة "
        "معرة النعمان يوم الأحد الماضي ما أدى إلى مقتل اثني عشر مدنيا."
    ),
    "deal": ("وكالة الشام", "2018-05-20",
        "توصلت الحكومة السورية وجيش الإسلام إلى اتفاق برعاية "
        "روسية في مدينة دوما يقضي بإجلاء المقاتلين إلى جرابلس."
    ),
    "hold": ("وكالة الشام", "2018-05-23",
        "تسيطر قوات النظام السوري على مدينة دوما. "
        "واعتقلت الشرطة أحمد الجربا في مدينة حماة أمس."
    ),
    "bad": (SCRIPT, "2018-05-24", "قصفت طائرات حربية مدينة حلب أمس. " + SCRIPT
        + " وكان الطقس غائما في ذلك اليوم كما قال سكان المدينة الذين كانوا في السوق قرب النهر."
    ),
}


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def filled(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "store.db"
    store = open_store(path)
    reports = []
    for id, (outlet, day, text) in TEXTS.items():
        title, url = (SCRIPT, "javascript:alert(1)") if id == "bad" else (None, None)
        reports.append(reader.read(text, published=day, outlet=outlet, id=id, title=title, url=url))
    add_reports(store, reports)
    link_new(store)
    store.close()
    return path


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Iterator[Store]:
    copy = tmp_path / "store.db"
    copy.write_bytes(filled.read_bytes())
    opened = open_store(copy)
    yield opened
    opened.close()


@pytest.fixture
def client(store: Store, reader: Reader, tmp_path: Path) -> TestClient:
    app = create_app(Settings(store="given", audit=tmp_path / "audit.jsonl"), reader, store)
    app.state.slow = Slow(wait=60)  # however busy the machine is
    return TestClient(app, base_url=HOST, headers={"accept": "text/html"})


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "accounts.json"
    accounts = Accounts(path)
    for role in ("reader", "coder", "admin"):
        accounts.add(role, role, f"{role}-password")
    return path


@pytest.fixture
def shared_desk(store: Store, reader: Reader, people: Path, tmp_path: Path) -> Any:
    """A workbench with accounts and redaction for readers."""
    path = tmp_path / "accounts.json"
    path.write_bytes(people.read_bytes())
    redact = Redaction(persons=True, place_kinds=("arrest",))
    settings = Settings(
        store="given", host="0.0.0.0", accounts=path, audit=tmp_path / "audit.jsonl", redact=redact
    )  # fmt: skip
    app = create_app(settings, reader, store)
    app.state.slow = Slow(wait=60)
    return app


def token(client: TestClient) -> str:
    return client.get("/").text.split('name="csrf" content="')[1].split('"')[0]
