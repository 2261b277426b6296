"""`serve` says where it listens, answers, and stops when it is told to."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from burdenshare.cli import main


@contextmanager
def served(tmp_path: Path, *options: str, **environment: str) -> Iterator[tuple[str, str, int]]:
    """Give the address of a server, what it printed before, and its process."""
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("burdenshare")), "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "BURDENSHARE_LEDGER": str(tmp_path / "l.sqlite"), **environment},
    )
    assert process.stdout is not None
    before = ""
    try:
        for line in process.stdout:
            before += line
            if found := re.search(r"serves (http://[^ ]+)", line):
                break
        assert found
        yield found[1], before, process.pid
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def children(pid: int) -> list[str]:
    """Return the processes that a process has started."""
    asked = ["ps", "-o", "pid=", "--ppid", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()


def test_it_serves_this_machine_only_and_leaves_no_process(tmp_path: Path) -> None:
    with served(tmp_path) as (address, before, pid):
        assert "to this machine only" in before
        assert httpx.get(f"{address}/api/v1/scenarios", timeout=60).status_code == 200
        mine = children(pid)
        assert mine
    assert not [each for each in mine if Path(f"/proc/{each}").exists()]


def test_several_processes_serve_the_same_answers(tmp_path: Path) -> None:
    with served(tmp_path, "--workers", "2") as (address, _, _):
        tags = {
            httpx.get(f"{address}/api/v1/scenarios", timeout=60).headers["etag"] for _ in "1234"
        }
        assert len(tags) == 1


def test_a_token_is_made_and_lets_write(tmp_path: Path) -> None:
    with served(tmp_path, "--token", BURDENSHARE_TOKEN="") as (address, before, _):
        token = before.splitlines()[0].removeprefix("token: ")
        headers = {"authorization": f"Bearer {token}", "content-type": "text/plain"}
        text = "NATO's 32 members met in Vilnius."
        url = f"{address}/api/v1/check"
        assert httpx.post(url, content=text, headers=headers, timeout=60).status_code == 200
        held = httpx.get(f"{address}/api/v1/statements", timeout=60).json()["held"]
        assert held["articles"] == 1


def test_the_token_of_the_environment_is_not_printed(tmp_path: Path) -> None:
    given = "a-token-of-my-own"
    with served(tmp_path, "--token", BURDENSHARE_TOKEN=given) as (address, before, _):
        assert given not in before
        refused = httpx.delete(f"{address}/api/v1/statements/abc", timeout=60)
        assert refused.status_code == 401


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "70000"], "--port is 70000: write a whole number from 0 to 65535"),
        (["--workers", "0"], "--workers is 0: write a whole number from 1 to 64"),
        (["--host", "no such host"], "no such host:8000 cannot be listened on: "),
    ],
)
def test_a_mistake_is_said(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *options]) == 2
    assert capsys.readouterr().err.startswith(f"burdenshare: {said}")


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port} cannot be listened on: address already in use" in said


def test_a_short_token_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BURDENSHARE_TOKEN", "short")
    assert main(["serve", "--port", "0", "--token"]) == 2
    said = capsys.readouterr().err
    assert "BURDENSHARE_TOKEN is too short" in said
    assert "'short'" not in said
