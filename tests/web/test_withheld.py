"""What is withheld from readers is in nothing that they get: coarse places in all of a report, each part of a name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from riwaya.export.coded import code_report
from riwaya.reading.reader import Reader
from riwaya.store import Store, dossiers, open_store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.linking import link_new
from riwaya.store.memory import columns_of
from riwaya.store.redaction import Redaction, Viewer, redact_coded
from riwaya.store.writer import Decision, add_reports, correct
from riwaya.web.app import create_app
from riwaya.web.sessions import Accounts
from riwaya.web.settings import Settings
from riwaya.web.slow import Slow
from tests.web.test_safety import signed

REDACTION = Redaction(persons=True, place_kinds=("arrest",), urls=True)
READER = Viewer("reader", REDACTION)
TOWN = "Palmyra"  # of the other report
TITLE = "عائلة الخطيب تطالب بالإفراج عن فادي"
TEXT = (
    "اعتقلت الشرطة فادي الخطيب في مدينة سلمية أمس. وقصفت طائرات حربية مدينة سلمية اليوم ما أدى إلى مقتل ثلاثة مدنيين. "
    "وسيطرت قوات النظام السوري على مدينة سلمية مساء. وتسيطر قوات النظام السوري على سلمية. "
    "وتوصلت الحكومة السورية وجيش الإسلام إلى اتفاق في مدينة سلمية يقضي بإجلاء المقاتلين إلى جرابلس. "
    "وطالبت عائلة خطيب بالإفراج عنه، وقالت إن للخطيب ثلاثة أطفال وإن فادي مريض."
)
OTHER = "قصفت طائرات حربية مدينة تدمر أمس. وسيطرت قوات النظام السوري على مدينة تدمر مساء."
SECRETS = ("Salamiyah", "Salamiya", "سلمية", "سلميه", "خطيب", "Khatib", "فادي", "Fadi", "35.01")


@pytest.fixture
def raided(reader: Reader, tmp_path: Path) -> Store:
    store = open_store(tmp_path / "raided.db")
    told = [
        reader.read(TEXT, published="2018-05-21", id="raid", title=TITLE, outlet="صحيفة"),
        reader.read(OTHER, published="2018-05-21", id="other", outlet="صحيفة"),
    ]
    add_reports(store, told)
    link_new(store)
    return store


@pytest.fixture
def app(raided: Store, reader: Reader, tmp_path: Path) -> Any:
    return app_over(raided, reader, tmp_path)


def app_over(raided: Store, reader: Reader, tmp_path: Path) -> Any:
    accounts = Accounts(tmp_path / "accounts.json")
    for role in ("reader", "admin"):
        accounts.add(role, role, f"{role}-password")
    settings = Settings(store="given", host="0.0.0.0", accounts=tmp_path / "accounts.json", redact=REDACTION)
    made = create_app(settings, reader, raided)
    made.state.slow = Slow(wait=60)
    return made


def pages(store: Store) -> list[str]:
    """Every page and file that tells something of the report."""
    own = [row for row in queries.list_events(store).items if row.report == "raid"]
    incidents = sorted({row.incident for row in own if row.incident})
    deals = [row.incident for row in own if row.kind == "agreement"]
    ends = ("", ".json", "?all=yes", "/suggested", "/suggested.json")
    found = [f"/incident/{id}{end}" for id in incidents for end in ends]
    found += [f"/dossier/{id}{end}" for id in deals for end in ("", ".json")]
    found += [f"/{room}{end}" for room in ("sources", "actors", "places", "desk", "reports", "review", "control",
                                           "dossiers", "log") for end in ("", ".json")]  # fmt: skip
    found += ["/places?name=SY", "/places.json?name=Hama%20Governorate", "/places?name=Hama%20Governorate"]
    found += ["/report/raid", "/report/raid.json", "/report/raid?q=مدينة", "/spots.json", "/desk?q=مدينة"]
    found += ["/review.json?again=yes", "/control?place=SY", "/control?place=Hama%20Governorate", "/reports?q=مدينة"]
    found += [f"/export?format={name}" for name in ("csv", "json", "jsonl", "geojson", "html", "ftm", "hxl", "acled",
                                                    "ucdp", "table")]  # fmt: skip
    return found


def test_no_page_and_no_file_tells_what_is_withheld(app: Any, raided: Store) -> None:
    correct(raided, "rima", Decision("raid", "e1", "flag"))
    reader, admin = signed(app, "reader"), signed(app, "admin")
    seen: set[str] = set()
    for page in pages(raided):
        answer, whole = reader.get(page), admin.get(page)
        assert answer.status_code == whole.status_code == 200, page
        for secret in SECRETS:
            assert secret not in answer.text, (page, secret)
            seen.update({secret} if secret in whole.text else ())
    assert seen >= {"Salamiyah", "سلمية", "خطيب", "Khatib", "فادي", "35.01"}


OTHERWISE = (
    "اختطف مسلحون ثلاثة من عائلة الشيباني في مدينة سلمية أمس. وقال الشيباني إن أهله بخير. "
    "وقصفت طائرات حربية مدينة سلمية اليوم ما أدى إلى مقتل ثلاثة مدنيين."
)


@pytest.fixture
def told_otherwise(reader: Reader, tmp_path: Path) -> Store:
    """The happening told as an abduction, where places of arrests are coarse; a family whose members nobody names."""
    store = open_store(tmp_path / "otherwise.db")
    told = [reader.read(OTHERWISE, published="2018-05-21", id="raid", title="عائلة الشيباني تستغيث", outlet="صحيفة")]
    add_reports(store, [*told, reader.read(OTHER, published="2018-05-21", id="other", outlet="صحيفة")])
    link_new(store)
    return store


def test_what_is_told_as_another_kind_and_families_are_withheld_too(
    told_otherwise: Store, reader: Reader, tmp_path: Path
) -> None:
    app = app_over(told_otherwise, reader, tmp_path)
    client, admin = signed(app, "reader"), signed(app, "admin")
    kinds = {row.kind for row in queries.list_events(told_otherwise).items if row.report == "raid"}
    assert "abduction" in kinds
    assert "arrest" not in kinds
    secrets, seen = ("Salamiyah", "سلمية", "سلميه", "35.01", "شيباني"), set[str]()
    for page in pages(told_otherwise):
        answer, whole = client.get(page), admin.get(page)
        assert answer.status_code == whole.status_code == 200, page
        assert not [secret for secret in secrets if secret in answer.text], page
        seen.update(secret for secret in secrets if secret in whole.text)
    assert seen >= {"Salamiyah", "سلمية", "35.01", "شيباني"}
    for probe in ({"place": "As Salamiyah"}, {"q": "سلمية"}, {"q": "الشيباني"}, {"area": "35.005,37.02,35.02,37.08"}):
        assert client.get("/desk.json", params=probe).json()["total"] == 0
        assert admin.get("/desk.json", params=probe).json()["total"] > 0
    asked = [Filter(place=name) for name in ("As Salamiyah", "Hama Governorate", TOWN)]
    found = [len(summaries.positions(told_otherwise, each, READER)) for each in asked]
    assert found == [queries.list_events(told_otherwise, each, READER).total for each in asked]
    assert found[0] == 0
    assert min(found[1:]) > 0


def test_the_workbook_tells_nothing_withheld(told_otherwise: Store, reader: Reader, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    app = app_over(told_otherwise, reader, tmp_path)
    told = []
    for role in ("reader", "admin"):
        data = signed(app, role).get("/export?format=xlsx").content
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            told.append("".join(book.read(name).decode() for name in book.namelist()))
    secrets = ("Salamiyah", "سلمية", "35.01", "شيباني")
    assert not [secret for secret in secrets if secret in told[0]]
    assert all(secret in told[1] for secret in secrets)


def test_other_names_of_a_body_do_not_tell_who_leads_it(reader: Reader) -> None:
    """A known body keeps its name; what it is called after a person who is withheld goes from its other names."""
    text = "قال خليفة حفتر إن الجيش الوطني الليبي سيطر على مدينة درنة أمس."
    coded = code_report(reader.read(text, published="2018-05-21", id="x"))
    redacted = redact_coded(coded, REDACTION)
    assert "Haftar forces" in str(coded)
    assert "Libyan National Army" in str(redacted)
    assert not [name for name in ("Haftar", "حفتر") if name in str(redacted)]


def test_kinds_that_may_be_told_for_one_another_are_coarse_together() -> None:
    assert REDACTION.coarse_kinds == ("arrest", "abduction")
    assert set(Redaction(place_kinds=("evacuation",)).coarse_kinds) > {"evacuation", "withdrawal"}
    assert Redaction().coarse_kinds == ()


def test_what_is_said_of_a_holder_tells_nothing_withheld(app: Any) -> None:
    client = signed(app, "reader")
    asked = [part.split('"')[0].replace("&amp;", "&") for part in client.get("/control").text.split('hx-get="')[1:]]
    assert len(asked) >= 2
    for page in [*asked, *(each.replace("claims?", "claims.json?") for each in asked)]:
        answer = client.get(page)
        assert answer.status_code == 200
        assert not [secret for secret in SECRETS if secret in answer.text], page
    exact = {"held": "As Salamiyah", "holder": "Syrian Armed Forces", "since": "2018-05-21"}
    assert client.get("/control/claims.json", params=exact).status_code == 404
    assert signed(app, "admin").get("/control/claims.json", params=exact).status_code == 200


PROBES = (
    {"place": "As Salamiyah"}, {"place": "سلمية"}, {"area": "35.005,37.02,35.02,37.08"}, {"q": "سلمية"}, {"q": "سلميه"},
    {"q": "الخطيب"}, {"q": "خطيب"}, {"q": "فادي"}, {"q": '"عائلة خطيب"'}, {"place": "As Salamiyah", "kind": "capture"},
)  # fmt: skip


@pytest.mark.parametrize("probe", PROBES, ids=str)
def test_nothing_is_found_by_what_is_withheld(app: Any, probe: dict[str, str]) -> None:
    reader, admin = signed(app, "reader"), signed(app, "admin")
    answer = reader.get("/desk.json", params=probe).json()
    assert answer["total"] == 0
    assert not any(answer["facets"].values())
    assert reader.get("/reports.json", params=probe).json()["total"] == 0
    assert reader.get("/review.json", params=probe).json()["total"] == 0
    assert not reader.get("/spots.json", params=probe).json()["spots"]
    assert "raid" not in reader.get("/export", params={**probe, "format": "jsonl"}).text
    assert admin.get("/desk.json", params=probe).json()["total"] > 0


def test_the_columns_in_memory_and_the_store_find_the_same(raided: Store) -> None:
    asked = [Filter(place=name) for name in ("As Salamiyah", "Hama Governorate", "SY", TOWN, "Syria")]
    asked += [Filter(area=(34.9, 36.9, 35.1, 37.1)), Filter(area=(34.4, 36.5, 35.4, 37.5)), Filter(kind=("capture",))]
    rows = [queries.list_events(raided, each, READER).items for each in asked]
    from_store = [sorted((row.report, row.event) for row in found) for found in rows]
    columns_of(raided)
    for each, found in zip(asked, from_store, strict=True):
        columns = [columns_of(raided).event(at) for at in summaries.positions(raided, each, READER)]
        ids = {"raid": min(event.report for event in columns_of(raided).rows.events if event)}
        told = sorted(("raid" if event.report == ids["raid"] else "other", event.name) for event in columns)
        assert told == found, each
    assert from_store[0] == []
    assert {report for report, _ in from_store[1]} == {"raid"}
    assert {report for report, _ in from_store[3]} == {"other"}
    places = {place.name for row in queries.list_events(raided, Filter(kind=("capture",)), READER).items
              for place in row.places}  # fmt: skip
    assert places == {"Hama Governorate", TOWN}


def test_a_place_is_coarse_as_soon_as_a_coder_says_so(raided: Store) -> None:
    """A kind that a coder sets makes the place coarse in what is kept in memory too, and in the coding as it was."""
    assert [name for name, _ in summaries.facet(raided, "place", READER)] == [TOWN, "Jarablus"]
    event = queries.list_events(raided, Filter(kind=("air_strike",), place=TOWN)).items[0]
    correct(raided, "rima", Decision("other", event.event, "change", "kind", "arrest"))
    assert [name for name, _ in summaries.facet(raided, "place", READER)] == ["Jarablus"]
    assert not summaries.positions(raided, Filter(place=TOWN), READER)
    assert TOWN not in str(queries.report(raided, "other", READER, raw=True))
    assert TOWN in str(queries.report(raided, "other", raw=True))


def test_control_tells_a_coarse_place_by_its_province(raided: Store) -> None:
    found = dossiers.control(raided, "SY", READER)
    assert set(found) == {"Hama Governorate", TOWN}
    bases = {claim.basis for holding in found["Hama Governorate"] for claim in holding.claims}
    assert bases == {"capture", "statement"}
    assert not dossiers.control(raided, "As Salamiyah", READER)
    assert set(dossiers.control(raided, "As Salamiyah")) == {"As Salamiyah"}
    assert not dossiers.list_dossiers(raided, READER, place="As Salamiyah")
    assert dossiers.list_dossiers(raided, place="As Salamiyah")


def test_the_reasons_of_judgements_are_withheld(raided: Store) -> None:
    from riwaya.store.writer import judge

    rows = [row for row in queries.list_events(raided).items if row.incident]
    judge(raided, "rima", (rows[0].report, rows[0].event), (rows[1].report, rows[1].event), "unsure", "فادي الخطيب")
    view = queries.incident(raided, rows[0].incident, READER)
    assert [each["reason"] for each in view.judgements] == ["withheld"]
