"""From a request to a question: its form, and who answers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from burdenshare.showing.web.desk import Desk
from burdenshare.showing.web.forms import TABLE, choose, media
from burdenshare.showing.web.pool import Question
from burdenshare.showing.web.problems import ProblemError


def form_of(request: Request, forms: Sequence[str] = TABLE) -> str:
    """Return the form that a client asks for, by the address's suffix or by Accept."""
    suffix: str | None = request.scope.get("state", {}).get("form")
    if suffix is not None:
        if suffix not in forms:
            can = ", ".join(f".{each}" for each in forms)
            raise ProblemError(406, f"there is no .{suffix} of this: write {can}")
        return suffix
    found = choose(request.headers.get("accept", ""), forms)
    if found is None:
        can = ", ".join(media(each) for each in forms)
        raise ProblemError(406, f"Accept names no form of this: write {can}")
    return found


def desk_of(request: Request) -> Desk:
    """Return who answers."""
    found: Desk = request.app.state.desk
    return found


async def answered(
    request: Request, name: str, given: dict[str, Any], forms: Sequence[str] = TABLE
) -> Response:
    """Answer a question in the form that the client asks for."""
    question = Question(name, given, form_of(request, forms))
    return await desk_of(request).answer(request, question)
