"""What takes long becomes a job: it tells how it stands, and ends when its client leaves."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from burdenshare.showing.web.settings import Settings
from web.serving import serving

SOON = {"prefer": "respond-async"}
SHORT = "/api/v1/run/us-leaves-nato?draws=600"
LONG = "/api/v1/run/us-leaves-nato?draws=20000&set=years=2026..2060"
SETTINGS = Settings(processes=1, jobs=2, grace=0.0)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serving(SETTINGS) as found, httpx.Client(base_url=found, timeout=60) as client:
        yield client


def wait(client: httpx.Client, path: str, until: Callable[[str], bool]) -> dict[str, Any]:
    """Return how a job stands once it stands as it should."""
    for _ in range(1_200):
        told: dict[str, Any] = client.get(path).json()
        if until(told["state"]):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def processes() -> set[int]:
    """Return the processes that answer questions, of all servers of this test run."""
    asked = ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return {int(row.split()[0]) for row in listed.splitlines() if row.endswith("web.worker")}


def over(state: str) -> bool:
    return state not in ("waiting", "working")


def test_a_long_run_is_answered_with_where_to_look(client: httpx.Client) -> None:
    found = client.get(SHORT, headers=SOON)
    assert found.status_code == 202
    told = found.json()
    assert {"schema", "version", "world", "as_of"} <= told.keys()
    assert found.headers["location"] == told["status"]
    assert found.headers["retry-after"] == "1"
    done = wait(client, told["status"], over)
    assert (done["state"], done["problem"]) == ("done", None)
    result = client.get(done["result"])
    assert result.headers["content-type"] == "application/json"
    assert result.content == client.get(SHORT).content
    assert client.get(SHORT, headers=SOON).status_code == 200


def test_events_tell_how_it_goes_on_until_it_is_done(client: httpx.Client) -> None:
    told = client.get(f"{SHORT}&seed=2", headers=SOON).json()
    with client.stream("GET", told["events"]) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line]
    names = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    data = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    assert names[-1] == "done"
    assert names == [each["state"] for each in data]
    steps = [each["done"] for each in data]
    assert steps == sorted(steps)
    assert data[-1]["done"] == data[-1]["total"] > 0


def test_a_job_is_stopped_when_it_is_asked(client: httpx.Client) -> None:
    told = client.get(LONG, headers=SOON).json()
    early = client.get(told["result"])
    assert (early.status_code, early.headers["retry-after"]) == (409, "1")
    assert client.delete(told["status"]).status_code == 204
    assert wait(client, told["status"], over)["state"] == "cancelled"
    assert client.get(told["result"]).status_code == 404
    assert client.get("/api/v1/votes/nato-exit").status_code == 200


def test_who_stops_listening_stops_the_run(client: httpx.Client) -> None:
    told = client.get(f"{LONG}&seed=3", headers=SOON).json()
    with client.stream("GET", told["events"]) as stream:
        next(stream.iter_lines())
    assert wait(client, told["status"], over)["state"] == "cancelled"


def test_who_hangs_up_stops_the_work(client: httpx.Client) -> None:
    client.get("/api/v1/votes/nato-exit?chamber=house")
    before = processes()
    with pytest.raises(httpx.ReadTimeout):
        client.get(f"{LONG}&seed=4", timeout=0.5)
    # The process that worked on it is ended; a new one answers the next question.
    assert client.get("/api/v1/votes/nato-exit?asOf=2026-01-01").status_code == 200
    assert before - processes()


def test_a_job_that_fails_says_why(client: httpx.Client) -> None:
    with serving(replace(SETTINGS, seconds=0.6)) as found:
        told = httpx.get(f"{found}{LONG}", headers=SOON, timeout=60).json()
        with httpx.Client(base_url=found) as other:
            failed = wait(other, told["status"], over)
            assert failed["state"] == "failed"
            assert failed["problem"]["status"] == 422
            result = other.get(told["result"])
            assert (result.status_code, result.json()["status"]) == (422, 422)
            assert result.json()["detail"] == failed["problem"]["detail"]


def test_no_more_jobs_than_there_may_be(client: httpx.Client) -> None:
    told = [client.get(f"{LONG}&seed={seed}", headers=SOON) for seed in (11, 12, 13)]
    assert [each.status_code for each in told] == [202, 202, 429]
    for each in told[:2]:
        client.delete(each.json()["status"])
        wait(client, each.json()["status"], over)


def test_a_job_that_there_is_not_is_not_found(client: httpx.Client) -> None:
    assert client.get(f"/api/v1/jobs/{'0' * 32}").status_code == 404
    assert client.get("/api/v1/jobs/..%2F..%2Fetc").status_code == 404
    assert client.get("/api/v1/jobs/x").status_code == 422


def test_every_process_of_a_server_tells_of_a_job(tmp_path: Path) -> None:
    settings = replace(SETTINGS, spool=str(tmp_path))
    with serving(settings) as one, serving(settings) as two, httpx.Client(base_url=two) as other:
        told = httpx.get(f"{one}{LONG}", headers=SOON, timeout=60).json()
        assert other.get(told["status"]).json()["id"] == told["id"]
        assert other.delete(told["status"]).status_code == 204
        assert wait(other, told["status"], over)["state"] == "cancelled"


def test_a_server_that_stops_tells_what_was_not_finished(tmp_path: Path) -> None:
    with serving(replace(SETTINGS, spool=str(tmp_path))) as found:
        told = httpx.get(f"{found}{LONG}", headers=SOON, timeout=60).json()
    left = json.loads((tmp_path / f"{told['id']}.json").read_text())
    assert (left["state"], left["problem"]["status"]) == ("failed", 503)
