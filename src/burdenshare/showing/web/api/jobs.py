"""Addresses of long runs: how they stand, as it goes on, what came of them, and how to stop one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from burdenshare.showing.web.api import parameters as p
from burdenshare.showing.web.api.asking import desk_of
from burdenshare.showing.web.api.schema import JOB, job_responses
from burdenshare.showing.web.problems import ProblemError
from burdenshare.showing.web.spool import Spool

router = APIRouter(tags=["long runs"])

_STEP = 0.25  # seconds between two events
_OPEN = ("waiting", "working")
_PLAIN = {"Cache-Control": "no-store"}


@router.get("/jobs/{job}", responses=job_responses(JOB))
async def status(request: Request, job: p.JobId) -> Response:
    """How a long run stands: waiting, working, done, failed or cancelled."""
    return JSONResponse(_known(request, job)[1], headers=_PLAIN)


@router.get("/jobs/{job}/events", responses=job_responses("text/event-stream"))
async def events(request: Request, job: p.JobId) -> Response:
    """How a long run goes on, as server-sent events; who stops listening, stops the run."""
    spool, _ = _known(request, job)
    return StreamingResponse(_told(spool, job), media_type="text/event-stream", headers=_PLAIN)


@router.get("/jobs/{job}/result", responses=job_responses("*/*"))
async def result(request: Request, job: p.JobId) -> Response:
    """Hand out what came of a long run."""
    spool, told = _known(request, job)
    if told["state"] in _OPEN:
        raise ProblemError(409, "it is not done yet: ask for its status", {"Retry-After": "1"})
    data = spool.result(job)
    if told["state"] != "done" or data is None:
        why = told["problem"] or {"status": 404, "detail": "it was given up, and has no result"}
        raise ProblemError(why["status"], why["detail"])
    return Response(data, media_type=told["media"], headers=_PLAIN)


@router.delete("/jobs/{job}", status_code=204, responses=job_responses(None))
async def stop(request: Request, job: p.JobId) -> Response:
    """Stop a long run."""
    spool, _ = _known(request, job)
    spool.stop(job)
    return Response(status_code=204)


def _known(request: Request, job: str) -> tuple[Spool, dict[str, Any]]:
    """Return how a job stands, and note that somebody asked."""
    spool = desk_of(request).spool
    told = spool.told(job)
    if told is None:
        raise ProblemError(404, "there is no such job, or no more: ask the question again")
    spool.see(job)
    return spool, told


async def _told(spool: Spool, job: str) -> AsyncIterator[str]:
    last: dict[str, Any] = {}
    over = False
    try:
        while not over:
            told = spool.told(job)
            if told is None:
                return
            spool.see(job)
            over = told["state"] not in _OPEN
            if told != last:
                last = told
                yield f"event: {told['state']}\ndata: {json.dumps(told)}\n\n"
            if not over:
                await asyncio.sleep(_STEP)
    finally:
        if not over:
            spool.stop(job)
