"""What stands between clients and processes: answers kept, one piece of work for one question."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import logging
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from burdenshare import __version__
from burdenshare.errors import UserError
from burdenshare.showing.web.forms import TYPES
from burdenshare.showing.web.pool import Pool, Question, RefusedError, Task
from burdenshare.showing.web.problems import ProblemError, refused
from burdenshare.showing.web.settings import Settings
from burdenshare.showing.web.spool import Spool

_LOOK = 0.25  # seconds after which a server looks whether a client is still there
_LEFT = 30.0  # seconds after which a client that asks no more has left its job
_KEPT = 600.0  # seconds for which the result of a job is there
_START = 60.0
_log = logging.getLogger("burdenshare.web")
_JOBS = "/api/v1/jobs"
_PASSING = ("check", "statements", "forget")  # questions whose answers are not kept
_INTAKE = 40  # looks between two at the outbox of the ledger


@dataclass(slots=True)
class _Flight:
    """A piece of work, how many wait for it, and whether its answer stays the same."""

    task: Task
    line: bytes
    lasting: bool
    waiters: int = 0


@dataclass(slots=True)
class _Job:
    """A flight that a client comes back for."""

    flight: _Flight
    begun: float
    over: float | None = None


class Kept:
    """Answers that were given, the least used forgotten first; safe among threads."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._held = 0
        self._lock = threading.Lock()
        self._answers: OrderedDict[bytes, bytes] = OrderedDict()

    def get(self, key: bytes) -> bytes | None:
        """Return what was answered to a question."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: bytes, answer: bytes) -> None:
        """Keep an answer, unless it is so large that few others would have room."""
        with self._lock:
            if len(answer) > self.size // 4 or key in self._answers:
                return
            self._answers[key] = answer
            self._held += len(key) + len(answer)
            while self._held > self.size:
                gone, data = self._answers.popitem(last=False)
                self._held -= len(gone) + len(data)

    def clear(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._answers.clear()
            self._held = 0


class Desk:
    """Takes questions, asks the processes, and hands out answers or jobs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pool = Pool(settings)
        self.kept = Kept(settings.cache)
        self._flights: dict[bytes, _Flight] = {}
        self._jobs: dict[str, _Job] = {}
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._world: dict[str, str] = {}
        self._ledger = True
        self.spool: Spool

    async def open(self) -> None:
        """Start the first process and the watch over jobs."""
        folder = self.settings.spool
        if folder is None:
            self._own = tempfile.TemporaryDirectory(prefix="burdenshare-")
            folder = self._own.name
        self.spool = Spool(Path(folder))
        self.pool.start()
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Give up what is under way; what was not finished is told as such."""
        if self._watching is not None:
            self._watching.cancel()
        for job in self._jobs.values():
            job.flight.task.cancel()
        await asyncio.to_thread(self.pool.close)
        for name, job in self._jobs.items():
            if job.over is None:
                self._settle(name, job)
        if self._own is not None:
            self._own.cleanup()

    async def world(self) -> str:
        """Return the hash of the world that is answered from; another one clears what is kept."""
        if not self.pool.world.done():
            try:
                async with asyncio.timeout(_START):
                    await asyncio.shield(asyncio.wrap_future(self.pool.world))
            except TimeoutError:
                raise refused("left", "the figures are still being loaded: ask again") from None
        said = self.pool.world.result()
        if said != self._world:
            self.kept.clear()
            self._world = said
        return said["world"]

    async def tag(self, line: bytes) -> str:
        """Return the ETag of an answer: it depends on the world, the version and the question."""
        found = hashlib.sha256(f"{await self.world()} {__version__} ".encode() + line)
        return f'W/"{found.hexdigest()[:24]}"'

    async def answer(self, request: Request, question: Question) -> Response:
        """Answer a question that has one answer in one world: kept, anew, or as a job."""
        line = question.line()
        tag = await self.tag(line)
        headers = {"ETag": tag, "Cache-Control": "public, max-age=60", "Vary": "Accept"}
        if _matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        data = self.kept.get(line)
        if data is None:
            found = await self._asked(request, question, lasting=True)
            if isinstance(found, Response):
                return found
            data = found
            self.kept.put(line, data)
        return Response(data, media_type=TYPES[question.form], headers=headers)

    async def once(self, request: Request, question: Question) -> Response:
        """Answer a question whose answer may be another next time, or that is sent as a body."""
        data = await self._asked(request, question, lasting=False)
        if isinstance(data, Response):
            return data
        tag = f'W/"{hashlib.sha256(data).hexdigest()[:24]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
        if request.method == "GET" and _matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        return Response(data, media_type=TYPES[question.form], headers=headers)

    def ask_now(self, name: str, given: Mapping[str, Any], form: str = "json") -> Any:
        """Return the answer to a question to a thread that waits for it, JSON as data.

        Raises RefusedError, whose `kind` and `text` say why not.
        """
        question = Question(name, given, form)
        line = question.line()
        data = self.kept.get(line)
        if data is None:
            data = self.pool.ask(question).future.result()
            if name not in _PASSING:
                self.kept.put(line, data)
        return json.loads(data) if form == "json" else data

    async def _asked(
        self, request: Request, question: Question, *, lasting: bool
    ) -> bytes | Response:
        """Return the answer, or the job that it becomes; nobody works for who has left."""
        flight = self._flight(question, lasting)
        flight.waiters += 1
        try:
            end = time.monotonic() + self._patience(request)
            future = asyncio.wrap_future(flight.task.future)
            future.add_done_callback(_seen)
            while not (await asyncio.wait({future}, timeout=_LOOK))[0]:
                if await request.is_disconnected():
                    return Response(status_code=408)
                if time.monotonic() >= end:
                    return self._job(flight)
            return self._came(flight.task)
        finally:
            self._release(flight)

    def _flight(self, question: Question, lasting: bool) -> _Flight:
        """Return the work on a question: one, however many ask it at the same time."""
        line = question.line()
        if line not in self._flights:
            try:
                self._flights[line] = _Flight(self.pool.ask(question), line, lasting)
            except RefusedError as error:
                raise refused(error.kind, error.text) from None
        return self._flights[line]

    def _release(self, flight: _Flight) -> None:
        """Let go of a piece of work; it is given up where nobody else waits for it."""
        flight.waiters -= 1
        if flight.waiters == 0:
            flight.task.cancel()
            del self._flights[flight.line]

    def _patience(self, request: Request) -> float:
        """Return how long a client waits before it is given a job, as it prefers (RFC 7240)."""
        for each in request.headers.get("prefer", "").lower().split(","):
            name, _, value = each.strip().partition("=")
            if name == "respond-async":
                return 0.0
            if name == "wait" and value.isascii() and value.isdigit():
                return min(float(value[:6]), self.settings.seconds)
        return self.settings.patience

    def _came(self, task: Task) -> bytes:
        """Return what came of a task, or raise why nothing did."""
        if task.future.cancelled():
            raise refused("left", "it was given up before it was done")
        error = task.future.exception()
        if isinstance(error, RefusedError):
            raise refused(error.kind, error.text)
        if error is not None:
            raise error
        return task.future.result()

    def _job(self, flight: _Flight) -> Response:
        """Return 202: the work goes on, and the client comes back for it."""
        open_ones = sum(each.over is None for each in self._jobs.values())
        if open_ones >= self.settings.jobs:
            raise refused("busy", "too many long runs are under way: ask again later")
        name = self.spool.new()
        flight.waiters += 1
        job = self._jobs[name] = _Job(flight, time.monotonic())
        self.spool.see(name)
        told = self._tell(name, job)
        where = {"Location": told["status"], "Retry-After": "1", "Cache-Control": "no-store"}
        return JSONResponse(told, 202, where)

    async def _watch(self) -> None:
        """Tell how jobs stand, give up those whose clients have left, and see to the ledger."""
        for look in itertools.count():
            for name, job in [*self._jobs.items()]:
                await self._look_at(name, job)
            if look % _INTAKE == 0 and self._ledger:
                await asyncio.to_thread(self._take_in)
            await asyncio.sleep(_LOOK)

    async def _look_at(self, name: str, job: _Job) -> None:
        if job.over is not None:
            if time.monotonic() - job.over > _KEPT:
                self.spool.forget(name)
                del self._jobs[name]
        elif job.flight.task.future.done():
            await asyncio.to_thread(self._settle, name, job)
            self._release(job.flight)
        elif self.spool.stopped(name) or self.spool.unseen(name) > _LEFT:
            job.over = time.monotonic()
            self._release(job.flight)
            self._tell(name, job, state="cancelled")
        else:
            self._tell(name, job)

    def _take_in(self) -> None:
        """Let the ledger take in what checks on this machine left for it."""
        from burdenshare.checking.ledger.outbox import waiting
        from burdenshare.checking.ledger.place import ledger_place

        try:
            place = ledger_place()
            if place is not None and waiting(place.outbox):
                self.pool.ask(Question("take-in", {})).future.result()
        except (OSError, RefusedError, UserError) as error:
            if isinstance(error, RefusedError) and error.kind in ("left", "busy"):
                return
            self._ledger = False
            _log.warning("the ledger does not take in what checks left for it: %s", error)

    def _settle(self, name: str, job: _Job) -> None:
        """Write down what came of a job."""
        job.over = time.monotonic()
        flight = job.flight
        try:
            data = self._came(flight.task)
        except ProblemError as error:
            told = {"status": error.status_code, "detail": error.detail}
            self._tell(name, job, state="failed", problem=told)
            return
        self.spool.put(name, data)
        if flight.lasting:
            self.kept.put(flight.line, data)
        self._tell(name, job, state="done", media=TYPES[flight.task.question.form])

    def _tell(self, name: str, job: _Job, **more: Any) -> dict[str, Any]:
        task = job.flight.task
        told = {
            "schema": "burdenshare/job/1",
            "version": __version__,
            **self._world,
            "id": name,
            "state": "working" if task.working else "waiting",
            "done": task.done,
            "total": task.total,
            "status": f"{_JOBS}/{name}",
            "events": f"{_JOBS}/{name}/events",
            "result": f"{_JOBS}/{name}/result",
            "problem": None,
            **more,
        }
        self.spool.tell(name, told)
        return told


def _seen(future: asyncio.Future[bytes]) -> None:
    """Look at what came of a future that nobody may wait for any more."""
    if not future.cancelled():
        future.exception()


def _matches(header: str, tag: str) -> bool:
    """Say whether an If-None-Match header names a tag."""
    given = [each.strip() for each in header.split(",")]
    return "*" in given or tag in given or tag.removeprefix("W/") in given
