"""The processes that answer: a bounded number, each stopped when it takes too long."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from burdenshare.showing.web.settings import TOKEN, VARIABLE, Settings
from burdenshare.showing.web.worker import ANSWER, BROKEN, HEAD, HELLO, PROGRESS, REFUSED

_START = 60.0  # seconds in which a process must have loaded the world
_LOOK = 100  # milliseconds between two looks whether work is to be given up


class RefusedError(Exception):
    """A question that gets no answer: `kind` is wrong, missing, much, busy, broken or left."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, in which form; the same question has the same answer."""

    name: str
    given: Mapping[str, Any]
    form: str = "json"

    def line(self) -> bytes:
        """Return the question as a worker takes it, and as it is known by."""
        asked = {"name": self.name, "given": dict(self.given), "form": self.form}
        return json.dumps(asked, sort_keys=True).encode() + b"\n"


class Task:
    """A question that is being answered: how far it is, and what it comes to."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.done, self.total = 0, 0
        self.future: Future[bytes]
        self.working = False
        self.left = False

    def cancel(self) -> None:
        """Give up: at once where it waits, after the grace where it is worked on."""
        self.left = True
        self.future.cancel()

    def heard(self, done: int, total: int) -> None:
        """Take note of how far it is."""
        self.done, self.total = done, total


class Pool:
    """At most so many processes, and at most so many questions that wait for them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._threads = ThreadPoolExecutor(settings.processes, "answering")
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._every: set[_Process] = set()
        self._waiting = 0
        self._closed = False
        self.world: Future[dict[str, str]] = Future()

    def start(self) -> None:
        """Start the first process, which loads the world while nobody waits for it yet."""
        self._threads.submit(self._first)

    def ask(self, question: Question) -> Task:
        """Begin to answer a question; raises RefusedError where too many wait already."""
        task = Task(question)
        with self._lock:
            if self._closed or self._waiting >= self.settings.waiting:
                raise RefusedError("busy", "too many questions wait for an answer: ask again later")
            self._waiting += 1
        task.future = self._threads.submit(self._answer, task)
        task.future.add_done_callback(self._over)
        return task

    def close(self) -> None:
        """Give up all work and end all processes."""
        with self._lock:
            self._closed = True
            every = [*self._every]
        for each in every:
            each.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for each in every:
            each.end()

    def _over(self, _: Future[bytes]) -> None:
        with self._lock:
            self._waiting -= 1

    def _first(self) -> None:
        with contextlib.suppress(RefusedError):
            process = self._take()
            with self._lock:
                self._idle.append(process)

    def _take(self) -> _Process:
        """Return a process that has nothing to do, or a new one."""
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    return process
                self._every.discard(process)
                process.end()
            if self._closed:
                raise RefusedError("left", "the server stops")
            process = _Process(self.settings)
            self._every.add(process)
        try:
            said = process.hello()
        except BaseException:
            self._end(process)
            raise
        with self._lock:
            if self.world.done() and self.world.result() != said:
                self.world = Future()
            if not self.world.done():
                self.world.set_result(said)
        return process

    def _end(self, process: _Process) -> None:
        process.end()
        with self._lock:
            self._every.discard(process)

    def _answer(self, task: Task) -> bytes:
        process = self._take()
        task.working = True
        try:
            found = process.ask(task)
        except RefusedError as refused:
            if refused.kind in ("gone", "slow", "left"):
                self._end(process)
                raise self._why(refused) from None
            self._put(process)
            raise
        except BaseException:
            self._end(process)
            raise
        self._put(process)
        return found

    def _put(self, process: _Process) -> None:
        with self._lock:
            self._idle.append(process)

    def _why(self, refused: RefusedError) -> RefusedError:
        """Return why a process was ended, or ended itself, before it had answered."""
        if refused.kind == "slow":
            return RefusedError(
                "much",
                f"this takes longer than the {self.settings.seconds:g} seconds that this server "
                "gives: ask for less, such as fewer draws, years or countries",
            )
        if self._closed or refused.kind == "left":
            return RefusedError("left", "it was given up before it was done")
        return RefusedError("broken", "")


class _Process:
    """One process that answers one question at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        told = replace(settings, token=None, spool=None).text()
        environment = {k: v for k, v in os.environ.items() if k != TOKEN} | {VARIABLE: told}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "burdenshare.showing.web.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert self._process.stdout is not None
        self._source = self._process.stdout.fileno()
        self._poll = select.poll()
        self._poll.register(self._source, select.POLLIN | select.POLLHUP)
        self._held = bytearray()
        self._dead = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the process is there to be asked."""
        return self._process.poll() is None

    def hello(self) -> dict[str, str]:
        """Wait until the world is loaded and return its hash and latest day."""
        end = time.monotonic() + _START
        kind, data = self._frame(lambda: time.monotonic() > end)
        if kind != HELLO:
            raise RefusedError("broken", "")
        found: dict[str, str] = json.loads(data)
        return found

    def ask(self, task: Task) -> bytes:
        """Return the answer to a question, or raise RefusedError."""
        begun = time.monotonic()

        def over() -> bool:
            worked = time.monotonic() - begun
            if task.left and worked > self._settings.grace:
                raise RefusedError("left", "")
            return worked > self._settings.seconds

        assert self._process.stdin is not None
        try:
            self._process.stdin.write(task.question.line())
            self._process.stdin.flush()
        except (OSError, ValueError):
            raise RefusedError("gone", "") from None
        while True:
            kind, data = self._frame(over)
            if kind == ANSWER:
                return data
            found = json.loads(data)
            if kind == PROGRESS:
                task.heard(*found)
            elif kind == REFUSED:
                raise RefusedError(*found)
            elif kind == BROKEN:
                raise RefusedError("unable" if found else "broken", found)

    def kill(self) -> None:
        """End the process at once."""
        with self._dead:
            self._process.kill()
            if self._process.stdin is not None and not self._process.stdin.closed:
                with contextlib.suppress(OSError):
                    self._process.stdin.close()
            self._process.wait()

    def end(self) -> None:
        """End the process where nobody reads from it any more."""
        self.kill()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _frame(self, over: Callable[[], bool]) -> tuple[bytes, bytes]:
        kind, size = HEAD.unpack(self._bytes(HEAD.size, over))
        return kind, self._bytes(size, over)

    def _bytes(self, size: int, over: Callable[[], bool]) -> bytes:
        while len(self._held) < size:
            if over():
                raise RefusedError("slow", "")
            if not self._poll.poll(_LOOK):
                continue
            part = os.read(self._source, 1 << 20)
            if not part:
                raise RefusedError("gone", "")
            self._held += part
        found = bytes(self._held[:size])
        del self._held[:size]
        return found
