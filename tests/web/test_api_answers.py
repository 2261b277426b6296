"""The API gives what the command line prints, in all its forms, and says what is wrong."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import httpx
import pytest

from burdenshare.cli import main
from burdenshare.files import CONTENT

ARTICLE = CONTENT / "examples" / "summit.txt"
SAME = [
    (
        "/facts/share_gdp?country=USA,Poland&year=2023..2024&asOf=2025-03-02",
        "facts share_gdp --country USA,Poland --year 2023..2024 --as-of 2025-03-02",
    ),
    ("/facts/EXR.USD?year=2024", "facts EXR.USD --year 2024"),
    ("/revisions/share_gdp?year=2024&atLeast=2", "revisions share_gdp --year 2024 --at-least 2"),
    ("/pledge/nato.wales-2014?year=2024", "pledge nato.wales-2014 --year 2024"),
    (
        "/shares/un.regular?without=USA&reallocate=pro-rata,shrink",
        "shares un.regular --without USA --reallocate pro-rata,shrink",
    ),
    (
        "/rights/un?country=USA&arrears=3e9&due=7e8,7e8",
        "rights un --country USA --arrears 3e9 --due 7e8,7e8",
    ),
    (
        "/guarantee/nato?reading=pay-or-no-protection&year=2024",
        "guarantee nato --reading pay-or-no-protection --year 2024",
    ),
    (
        "/guarantee/nato?reading=pay-or-no-protection&year=2014..2016&byRelease=true",
        "guarantee nato --reading pay-or-no-protection --year 2014..2016 --by-release",
    ),
    (
        "/exit/nato?country=USA&decided=2026-10-30&gate=senate",
        "exit nato --country USA --decided 2026-10-30 --gate senate",
    ),
    ("/votes/nato-exit?chamber=house", "votes nato-exit --chamber house"),
    ("/scenarios", "scenarios"),
    ("/scenarios/us-stops-wfp", "scenarios us-stops-wfp"),
    ("/run/us-stops-wfp?seed=7", "run us-stops-wfp --seed 7"),
    (
        "/run/us-leaves-nato?draws=64&set=targets=2,3.5&set=years=2026..2028",
        "run us-leaves-nato --draws 64 --set targets=2,3.5 --set years=2026..2028",
    ),
    (
        "/compare/nothing-changes/hague-kept?draws=64",
        "compare nothing-changes hague-kept --draws 64",
    ),
    (
        "/debt?country=FIN,GBR&defence=%2B1.5:2025-2028&noStochastic=true",
        "debt --country FIN,GBR --defence +1.5:2025-2028 --no-stochastic",
    ),
    (
        "/debt?country=FIN&scenario=rearm-europe&noStochastic=true",
        "debt --country FIN --scenario rearm-europe --no-stochastic",
    ),
]

Command = Callable[..., str]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Return what prints as a command does."""

    def run(*argv: str) -> str:
        capsys.readouterr()
        assert main([*argv]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(("path", "line"), SAME)
def test_the_json_is_that_of_the_command(
    path: str, line: str, api: httpx.Client, command: Command
) -> None:
    printed = command(*line.split(), "--format", "json")
    found = api.get(path)
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/json"
    assert found.text == printed


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/facts/share_gdp.csv?year=2024", "facts share_gdp --year 2024"),
        ("/pledge/nato.wales-2014.csv", "pledge nato.wales-2014"),
        ("/run/us-stops-wfp.csv", "run us-stops-wfp"),
        ("/debt.csv?country=FIN&noStochastic=true", "debt --country FIN --no-stochastic"),
    ],
)
def test_the_csv_is_that_of_the_command(
    path: str, line: str, api: httpx.Client, command: Command
) -> None:
    assert api.get(path).text == command(*line.split(), "--format", "csv")


def test_a_scenario_comes_as_the_file_that_it_is(api: httpx.Client) -> None:
    file = CONTENT / "scenarios" / "us-leaves-nato.toml"
    assert api.get("/scenarios/us-leaves-nato.toml").text == file.read_text("utf-8")


def test_parquet_holds_the_rows_of_the_json(api: httpx.Client, tmp_path: Path) -> None:
    path = "/facts/share_gdp?country=USA,POL&year=2022..2024"
    rows = api.get(path).json()["rows"]
    file = tmp_path / "rows.parquet"
    found = api.get(path, headers={"accept": "application/vnd.apache.parquet"})
    file.write_bytes(found.content)
    names = ", ".join(f'"{name}"' for name in rows[0])
    read = duckdb.execute(f"SELECT {names} FROM read_parquet('{file}')").fetchall()
    assert read == [tuple(row.values()) for row in rows]


def test_a_suffix_and_accept_ask_for_the_same(api: httpx.Client) -> None:
    by_suffix = api.get("/pledge/nato.wales-2014.csv")
    by_accept = api.get("/pledge/nato.wales-2014", headers={"accept": "text/csv, */*;q=0.1"})
    assert by_suffix.content == by_accept.content
    assert by_accept.headers["content-type"] == "text/csv; charset=utf-8"
    assert "accept" in by_accept.headers["vary"].lower()


def test_history_is_asked_for_as_sdmx_names_it(api: httpx.Client) -> None:
    every = api.get("/facts/share_gdp?country=POL&year=2024&includeHistory=true")
    assert every.json() == api.get("/facts/share_gdp?country=POL&year=2024&allReleases=1").json()
    assert len(every.json()["rows"]) > 1


def test_what_is_not_changed_is_not_sent_again(api: httpx.Client) -> None:
    first = api.get("/pledge/nato.wales-2014?year=2024")
    tag = first.headers["etag"]
    again = api.get("/pledge/nato.wales-2014?year=2024", headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert api.get("/pledge/nato.wales-2014?year=2023").headers["etag"] != tag
    assert api.get("/pledge/nato.wales-2014.csv?year=2024").headers["etag"] != tag


def test_a_head_is_a_get_without_its_body(api: httpx.Client) -> None:
    found = api.head("/pledge/nato.wales-2014?year=2024")
    assert (found.status_code, found.content) == (200, b"")
    assert found.headers["etag"] == api.get("/pledge/nato.wales-2014?year=2024").headers["etag"]


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/facts/share_gpd", 404, "series 'share_gpd' is unknown: did you mean 'share_gdp'?"),
        ("/pledge/nato.wales", 404, "pledge 'nato.wales' is unknown: "),
        ("/shares/un.regula", 404, "budget 'un.regula' is unknown: did you mean 'un.regular'?"),
        ("/exit/nat?country=USA&decided=2026-10-30", 404, "organisation 'nat' is unknown: "),
        ("/votes/nato", 404, "question 'nato' is unknown: did you mean 'nato-exit'?"),
        ("/run/us-leaves-nat", 404, "scenario 'us-leaves-nat' is unknown: did you mean"),
        ("/compare/nothing-changes/x-y", 404, "scenario 'x-y' is unknown: "),
        ("/facts/share_gdp?cuntry=USA", 400, "parameter 'cuntry' is unknown: did you mean"),
        ("/facts/share_gdp?year=2023&year=2024", 400, "parameter 'year' is given twice"),
        ("/scenarios?x=1", 400, "parameter 'x' is unknown: it has none"),
        ("/facts/share_gdp?asOf=2025-02-30", 422, "asOf is '2025-02-30', which is no day: write"),
        ("/facts/share_gdp?asOf=today", 422, "asOf is 'today': "),
        ("/facts/share_gdp?country=USB", 422, "country 'USB' is unknown: "),
        ("/facts/share_gdp?year=20244", 422, "year is '20244': write 2024 or 2014..2024"),
        ("/revisions/share_gdp", 422, "year is missing: write it"),
        ("/guarantee/nato?byRelease=1", 422, "byRelease shows one reading: give one reading"),
        ("/debt?adjust=5", 422, "adjust is '5': "),
        ("/debt?scenario=rearm-europe&defence=1:2026", 422, "defence and scenario exclude"),
        ("/run/us-leaves-nato?set=draw=1", 422, "set 'draw' is unknown: did you mean 'draws'?"),
        ("/facts/share_gdp.html", 406, "there is no .html of this: write .json, .csv, .parquet"),
        ("/nothing", 404, "Not Found"),
    ],
)
def test_a_mistake_says_what_to_write(
    path: str, status: int, detail: str, api: httpx.Client
) -> None:
    found = api.get(path)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    told = found.json()
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["detail"].startswith(detail)
    assert len(told["detail"].splitlines()) <= 3
    assert "--" not in told["detail"]


def test_a_form_that_there_is_not_is_refused(api: httpx.Client) -> None:
    found = api.get("/scenarios", headers={"accept": "image/png"})
    assert found.status_code == 406
    assert "write application/json, text/csv" in found.json()["detail"]


def test_a_method_that_there_is_not_is_refused(api: httpx.Client) -> None:
    found = api.put("/scenarios", content=b"x")
    assert (found.status_code, found.headers["allow"]) == (405, "GET")


def test_an_article_is_checked_as_the_command_does(
    api: httpx.Client, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = ARTICLE.read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    printed = command("check", "-", "--date", "2025-03-14", "--format", "json", "--no-ledger")
    found = api.post("/check?date=2025-03-14", content=raw, headers={"content-type": "text/plain"})
    assert found.status_code == 200
    assert found.text == printed


def test_a_check_comes_in_the_forms_of_the_command(api: httpx.Client) -> None:
    raw = ARTICLE.read_bytes()

    def check(accept: str) -> httpx.Response:
        headers = {"content-type": "text/plain; charset=utf-8", "accept": accept}
        return api.post("/check?date=2025-03-14", content=raw, headers=headers)

    claims = check("application/json").json()["claims"]
    assert "<!doctype html>" in check("text/html").text.lower()
    assert "contradicted" in check("text/plain").text
    assert "ClaimReview" in check("application/ld+json").text
    rows = list(csv.DictReader(io.StringIO(check("text/csv").text)))
    assert [row["verdict"] for row in rows] == [claim["verdict"] for claim in claims]


def test_a_page_of_html_is_read_as_one(api: httpx.Client) -> None:
    page = "<html><body><p>NATO&rsquo;s 32 members met in Vilnius.</p></body></html>"
    headers = {"content-type": "text/html"}
    [claim] = api.post("/check?date=2025-03-02", content=page, headers=headers).json()["claims"]
    assert page[claim["start"] : claim["end"]] == claim["text"]
    assert claim["verdict"] == "supported"


def test_an_own_scenario_is_run_as_one_of_the_library(api: httpx.Client) -> None:
    text = (CONTENT / "scenarios" / "us-stops-wfp.toml").read_text("utf-8")
    headers = {"content-type": "application/toml"}
    own = api.post("/run", content=text, headers=headers)
    assert own.status_code == 200
    shipped = api.get("/run/us-stops-wfp").json()
    assert own.json()["scenario"]["id"] == "scenario"
    assert own.json()["funding"] == shipped["funding"]
    assert own.json()["headline"] == shipped["headline"]


def test_every_address_is_described_and_the_page_needs_no_other_host(
    address: str, api: httpx.Client
) -> None:
    told = httpx.get(f"{address}/openapi.json").json()
    assert "/api/v1/facts/{series}" in told["paths"]
    assert told["components"]["schemas"].keys() == {"Problem"}
    page = httpx.get(f"{address}/api").text
    for path in told["paths"]:
        assert path in page
    assert "<script" not in page
    assert "//" not in page.replace("<!doctype html>", "")
    assert "as_of" not in json.dumps([p for m in told["paths"].values() for p in m])
