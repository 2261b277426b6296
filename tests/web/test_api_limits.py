"""What is too much, hostile or not allowed is refused, and does nothing."""

import gzip
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from burdenshare.files import CONTENT
from burdenshare.showing.web.settings import Settings
from web.serving import serving

TEXT = {"content-type": "text/plain"}
TOML = {"content-type": "application/toml"}
TOKEN = {"authorization": "Bearer 0123456789abcdef"}
ARTICLE = "NATO's 32 members met in Vilnius."
SCENARIO = (CONTENT / "scenarios" / "us-leaves-nato.toml").read_text("utf-8")
LONG = "/run/us-leaves-nato?draws=20000&set=years=2026..2060"


@pytest.mark.parametrize("path", ["/check", "/run"])
def test_a_body_that_is_too_large_is_refused(path: str, api: httpx.Client) -> None:
    found = api.post(path, content=b"x" * 9_000_000, headers=TEXT)
    assert found.status_code == 413
    assert "larger than 2,000,000 bytes" in found.json()["detail"]


def test_a_body_without_a_length_is_counted(api: httpx.Client) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(90):
            yield b"x" * 100_000

    assert api.post("/check", content=parts(), headers=TEXT).status_code == 413


@pytest.mark.parametrize(
    ("body", "headers", "status", "detail"),
    [
        (b"", TEXT, 422, "the body is empty"),
        (b"NATO\0", TEXT, 422, "the body looks binary"),
        (b"\xff\xfeN", TEXT, 422, "the body is not UTF-8 (byte 0)"),
        (b"x", {}, 415, "Content-Type is ''"),
        (b"{}", {"content-type": "application/json"}, 415, "Content-Type is 'application/json'"),
        (b"x", {"content-type": "text/plain; charset=utf-7"}, 415, "charset is 'utf-7'"),
        (gzip.compress(b"0" * 10**8), TEXT | {"content-encoding": "gzip"}, 415, "Content-Encoding"),
    ],
)
def test_a_body_that_is_no_text_is_refused(
    body: bytes, headers: dict[str, str], status: int, detail: str, api: httpx.Client
) -> None:
    found = api.post("/check", content=body, headers=headers)
    assert (found.status_code, found.json()["detail"][: len(detail)]) == (status, detail)


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/run/us-leaves-nato?draws=20001", "draws is 20001: this server draws at most 20000"),
        ("/run/us-leaves-nato?set=draws=20001", "draws is 20001: this server draws at most"),
        ("/run/us-leaves-nato?set=years=2026..2080", "years is 2026..2080: this server runs"),
        ("/compare/nothing-changes/hague-kept?draws=20001", "draws is 20001: this server draws"),
        ("/backtest?draws=1000000", "draws is '1000000': "),
        ("/run/us-leaves-nato?" + "&".join(["set=a=1"] * 101), "set is "),
        ("/facts/share_gdp?country=" + "A" * 401, "country is "),
    ],
)
def test_more_than_the_server_gives_is_refused(path: str, detail: str, api: httpx.Client) -> None:
    found = api.get(path)
    assert (found.status_code, found.json()["detail"][: len(detail)]) == (422, detail)


def test_an_address_that_is_too_long_is_refused(api: httpx.Client) -> None:
    assert api.get("/facts/share_gdp?country=" + "A" * 17_000).status_code == 414


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "..%2F..%2Fmine.toml",
        "%5C%5Chost%5Cshare.toml",
        "mine.toml.toml",
        "http:%2F%2F127.0.0.1%2Fx.toml",
    ],
)
def test_no_client_names_a_file(name: str, api: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SCENARIO)
    for path in (f"/run/{name}", f"/compare/nothing-changes/{name}", f"/scenarios/{name}"):
        assert api.get(path).status_code in (404, 406)
    assert api.get(f"/debt?scenario={tmp_path}/mine.toml").json()["detail"].startswith("scenario")
    found = api.get(f"/debt?noStochastic=1&country=FIN&scenario={name}")
    assert (found.status_code, "is unknown" in found.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 50_000,
        "a." * 20_000 + "b = 1",
        'title = "x"\n' + '[[change]]\nid = "a"\n' * 2_000,
        SCENARIO + "\n[[change]]\nid = 'z'\ndo = 'exec'\nwho = ['USA']\n",
        SCENARIO.replace("nato", "../../etc"),
        SCENARIO.replace("title", "tilte"),
        "x = 0x" + "f" * 100_000,
    ],
    ids=["nested", "dotted", "many", "unknown-change", "path", "misspelt", "huge-number"],
)
def test_a_hostile_scenario_is_refused(text: str, api: httpx.Client) -> None:
    found = api.post("/run", content=text, headers=TOML)
    assert found.status_code == 422
    assert len(found.json()["detail"]) < 1_000


def test_a_script_in_an_article_stays_text(api: httpx.Client) -> None:
    script = "<script>alert(1)</script>"
    text = f"{script} said {script}: “NATO has 32 members {script}.” <img src=x onerror=alert(1)>"
    headers = TEXT | {"accept": "text/html"}
    found = api.post(f"/check?outlet={script}", content=text, headers=headers)
    assert found.status_code == 200
    assert "<script" not in found.text
    assert "<img" not in found.text
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_that_is_not_there_repeats_nothing_of_the_address(address: str) -> None:
    found = httpx.get(f"{address}/x<script>alert(1)</script>?q=<script>")
    assert found.status_code == 404
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script>" not in found.text


@pytest.mark.parametrize("path", ["/api/v1/scenarios", "/api/v1/x", "/api", "/x", "/openapi.json"])
def test_every_answer_has_the_headers_that_browsers_obey(path: str, address: str) -> None:
    headers = httpx.get(address + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_other_sites_may_read_figures_but_not_the_ledger(api: httpx.Client) -> None:
    other = {"origin": "https://example.org"}
    assert api.get("/scenarios", headers=other).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in api.get("/statements", headers=other).headers
    asked = api.options("/check", headers=other | {"access-control-request-method": "POST"})
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD"
    assert api.options("/statements", headers=other).status_code == 405


def test_another_name_is_not_answered_to(api: httpx.Client) -> None:
    for name in ("evil.example", "127.0.0.1.evil.example:80", ""):
        assert api.get("/scenarios", headers={"host": name}).status_code == 421
    assert api.get("/scenarios", headers={"host": "localhost:9"}).status_code == 200


def test_a_name_of_a_proxy_is_answered_to() -> None:
    with serving(Settings(names=("Burden.Example",))) as found:
        for name, status in (("burden.example", 200), ("other.example", 421)):
            told = httpx.get(f"{found}/api/v1/scenarios", headers={"host": name})
            assert told.status_code == status


def test_what_takes_too_long_is_stopped_and_others_are_answered() -> None:
    with serving(Settings(seconds=0.3, processes=1)) as found:
        slow = httpx.get(f"{found}/api/v1{LONG}", timeout=60)
        assert slow.status_code == 422
        assert slow.json()["detail"].startswith("this takes longer than the 0.3 seconds")
        again = httpx.get(f"{found}/api/v1/facts/share_gdp?country=USA&year=2024", timeout=60)
        assert again.status_code == 200


def test_more_questions_than_may_wait_are_refused() -> None:
    with (
        serving(Settings(processes=1, waiting=1, seconds=3)) as found,
        ThreadPoolExecutor(4) as several,
    ):
        asked = [f"{found}/api/v1{LONG}&seed={seed}" for seed in range(4)]
        told = list(several.map(lambda each: httpx.get(each, timeout=60), asked))
        busy = [each for each in told if each.status_code == 429]
        assert len(busy) == 3
        assert busy[0].headers["retry-after"] == "2"
        assert "ask again" in busy[0].json()["detail"]


def test_more_requests_than_may_be_inside_are_refused() -> None:
    with serving(Settings(clients=0)) as found:
        assert httpx.get(f"{found}/api/v1/scenarios").status_code == 429


def test_a_process_that_dies_takes_no_other_answer_with_it() -> None:
    with serving(Settings(processes=1)) as found:
        first = httpx.get(f"{found}/api/v1/scenarios", timeout=60)
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
            capture_output=True,
            text=True,
            check=True,
        )
        newest = [row for row in listed.stdout.splitlines() if row.endswith("web.worker")][-1]
        os.kill(int(newest.split()[0]), signal.SIGKILL)
        time.sleep(0.1)
        assert httpx.get(f"{found}/api/v1/scenarios").content == first.content
        assert httpx.get(f"{found}/api/v1/votes/nato-exit", timeout=60).status_code == 200


def test_without_a_token_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BURDENSHARE_LEDGER", str(tmp_path / "ledger.sqlite"))
    with (
        serving(Settings()) as found,
        httpx.Client(base_url=f"{found}/api/v1", timeout=60) as client,
    ):
        assert client.post("/check", content=ARTICLE, headers=TEXT).status_code == 200
        assert client.post("/check", content=ARTICLE, headers=TEXT | TOKEN).status_code == 403
        assert client.delete("/statements/abc").status_code == 401
        assert client.get("/statements").json()["held"]["articles"] == 0
        assert client.get("/statements").status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_with_its_token_a_client_keeps_and_forgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BURDENSHARE_LEDGER", str(tmp_path / "ledger.sqlite"))
    settings = Settings(token=TOKEN["authorization"].removeprefix("Bearer "))
    with (
        serving(settings) as found,
        httpx.Client(base_url=f"{found}/api/v1", timeout=60) as client,
    ):
        assert client.post("/check", content=ARTICLE, headers=TEXT).status_code == 200
        wrong = TEXT | {"authorization": "Bearer 0123456789abcdeF"}
        refused = client.post("/check", content=ARTICLE, headers=wrong)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert client.get("/statements").json()["held"]["articles"] == 0
        kept = client.post("/check?outlet=Gazette", content=ARTICLE, headers=TEXT | TOKEN)
        assert kept.status_code == 200
        held = client.get("/statements?claims=true").json()
        assert held["held"] == {"articles": 1, "statements": 0, "claims": 1}
        [article] = held["articles"]
        assert article["outlets"] == ["Gazette"]
        assert ARTICLE.removesuffix(".") not in client.get("/statements.csv?claims=1").text
        gone = client.delete(f"/statements/{article['id']}", headers=TOKEN)
        assert gone.json()["article"] == article["id"]
        assert client.get("/statements").json()["held"]["articles"] == 0
        assert client.delete("/statements/abc", headers=TOKEN).status_code in (404, 422)
