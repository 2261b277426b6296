"""The server under load, by wrk on loopback: its start, requests a second, p99, and its memory.

`python benchmarks/serve.py [SECONDS]`: how long 200 clients ask a mixture: 20, or up to 60.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from timing import EXAMPLE, verdict

START = 1.0  # seconds to the first answer
GROWTH = 1.1  # times the memory before
CLIENTS = 200
FIGURE = "/api/v1/facts/share_gdp?country=USA&year=2024"
RUN = "/api/v1/run/us-leaves-nato?draws=1000"
# wrk's Lua: each request of each thread is another question, so that no kept answer serves it.
COUNT = """
local threads = 0
function setup(thread)
  thread:set("n", threads * 20000)
  threads = threads + 1
end
function request()
  n = n + 1
"""
ASKED = (
    'string.format("?year=%d&asOf=%d-%02d-%02d", 2014 + n % 12, 2016 + math.floor(n / 12) % 10, '
    "math.floor(n / 120) % 12 + 1, math.floor(n / 1440) % 28 + 1)"
)
PLEDGE = f'  return wrk.format("GET", "/api/v1/pledge/nato.wales-2014" .. {ASKED})\nend\n'
SEEDS = f'{COUNT}  return wrk.format("GET", "{RUN}&seed=" .. n)\nend\n'
CHECK = """
local file = io.open("{file}")
local text = file:read("*a")
local kind = {{["Content-Type"] = "text/plain"}}
{count}  return wrk.format("POST", "/api/v1/check?date=2025-03-14", kind, text .. " " .. n)
end
"""
MIXTURE = f'{COUNT}  if n % 2 == 0 then return wrk.format("GET", "{FIGURE}") end\n{PLEDGE}'


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured."""

    rate: float
    p99: str
    errors: int


@contextlib.contextmanager
def server() -> Iterator[tuple[str, int, float]]:
    """Give the address of a server, its process, and the seconds to its first answer."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("burdenshare")), "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "BURDENSHARE_LEDGER": f"{folder}/ledger.sqlite"},
        )
        assert process.stdout is not None
        try:
            found = re.search(r"http://[^ ]+", process.stdout.readline())
            assert found
            fetch(found[0] + FIGURE)
            yield found[0], process.pid, time.perf_counter() - started
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        data: bytes = answer.read()
        return data


def wrk(url: str, clients: int, seconds: int, script: str | None = None) -> Load:
    """Load an address with so many clients."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script or "")
        file.flush()
        own = ["-s", file.name] if script else []
        sizes = [f"-t{min(clients, 2)}", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s"]
        asked = ["wrk", *sizes, "--latency", *own, url]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
    if done.stderr:  # wrk tells of a mistake in a script and goes on without it
        sys.exit(done.stderr)
    told = done.stdout
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    p99 = re.search(r"99%\s+(\S+)", told)
    wrong = re.findall(r"Non-2xx or 3xx responses: (\d+)", told)
    wrong += re.findall(r"(?:connect|read|write|timeout) (\d+)", told)
    assert rate
    assert p99
    return Load(float(rate[1]), p99[1], sum(map(int, wrong)))


def memory(pid: int) -> dict[int, float]:
    """Return the megabytes of a process and of those that it started, by their ids."""
    asked = ["ps", "-o", "pid=,ppid=,rss=", "-e"]
    rows = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    table = [[int(cell) for cell in row.split()] for row in rows]
    return {own: rss / 1024 for own, parent, rss in table if pid in (own, parent) and rss > 10_000}


def mixture(url: str, pid: int, seconds: int) -> None:
    """Load a mixture and tell how the memory of the same processes grows meanwhile.

    Both looks fall into the load: a client that hangs up at its end may end a process, and a new
    one is smaller than one that has worked.
    """
    with ThreadPoolExecutor(1) as beside:
        load = beside.submit(wrk, url, CLIENTS, seconds, MIXTURE)
        time.sleep(seconds / 3)
        before = memory(pid)
        time.sleep(seconds / 2)
        after = memory(pid)
        line(f"figures and pledges for {seconds} s", CLIENTS, load.result())
    if before.keys() != after.keys():
        print(f"memory: not measured, for processes changed: {len(before)}, then {len(after)}")
        return
    was, now = sum(before.values()), sum(after.values())
    told = f"memory of {len(after)} processes: {was:.0f} MB after a third, {now:.0f} MB at the end"
    print(f"{told}   {verdict(now / was, GROWTH)}")


def line(name: str, clients: int, found: Load) -> None:
    text = f"{name:<38}{clients:>8}{found.rate:>10.1f}{found.p99:>10}{found.errors:>8}"
    print(text, flush=True)


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: sudo apt-get install wrk")
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    check = CHECK.format(file=EXAMPLE, count=COUNT)
    with server() as (url, pid, start):
        print(f"start to first answer: {start:.2f} s   {verdict(start, START)}")
        fetch(url + RUN)
        print(f"{'':<38}{'clients':>8}{'req/s':>10}{'p99':>10}{'errors':>8}")
        line("a figure, kept", CLIENTS, wrk(url + FIGURE, CLIENTS, 4))
        line("a run of 1,000 draws, kept (3 MB)", 20, wrk(url + RUN, 20, 4))
        line("a pledge, another day each", CLIENTS, wrk(url, CLIENTS, 4, COUNT + PLEDGE))
        line("a check, another article each", 20, wrk(url, 20, 5, check))
        line("a run of 1,000 draws, another seed", 2, wrk(url, 2, 8, SEEDS))
        mixture(url, pid, seconds)


if __name__ == "__main__":
    main()
