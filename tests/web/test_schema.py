"""Every address of the OpenAPI schema with generated arguments: refused in words where they do not fit, no crash."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from riwaya.store import Store, queries
from tests.web.conftest import TestClient, token

FEW = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
ALLOWED = (501, 503)  # a package or a result that is not there, said in words


def described(client: TestClient) -> Any:
    """The schema as schemathesis reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own dependencies
        import schemathesis

        return schemathesis.openapi.from_dict(client.get("/openapi.json").json())


def ask(client: TestClient, case: Any, headers: dict[str, str]) -> Any:
    """The answer to a generated case."""
    sent = case.as_transport_kwargs(base_url=str(client.base_url))
    names = ("method", "url", "params", "json", "data", "files", "content")
    kept = {name: sent[name] for name in names if sent.get(name)}
    return client.request(**kept, headers=headers, follow_redirects=False)


@pytest.mark.filterwarnings("ignore")
def test_no_address_breaks(client: TestClient, store: Store) -> None:
    headers = {"x-csrf-token": token(client)}
    broken: list[str] = []
    asked: set[str] = set()
    for found in described(client).get_all_operations():
        operation = found.ok()

        @FEW
        @given(case=operation.as_strategy())
        def try_it(case: Any) -> None:
            answer = ask(client, case, headers)
            asked.add(f"{case.method} {case.path}")
            if answer.status_code >= 500 and answer.status_code not in ALLOWED:
                broken.append(f"{case.method} {case.path}: {answer.status_code} {answer.text[:200]}")
            if answer.headers.get("content-type", "").startswith("application/json"):
                json.loads(answer.content)

        try_it()
    assert broken == []
    assert len(asked) > 40
    assert queries.list_reports(store).total >= 1


def test_schema_is_offline_and_whole(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    routes = {route.path for route in client.app.routes if getattr(route, "include_in_schema", False)}  # type: ignore[attr-defined]
    assert routes <= {path.replace("{id}", "{id:path}") for path in schema["paths"]} | set(schema["paths"])
    assert all(call["description"] for methods in schema["paths"].values() for call in methods.values())
    page = client.get("/api").text
    assert "/desk.json" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
