"""Mistakes as answers: problem+json for programs, a page for people; both say what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

API = "/api/"
MEDIA = "application/problem+json"
_OPTION = re.compile(r"--([a-z][a-z-]*)")


class ProblemError(HTTPException):
    """What ends a request early: a status and a text of one to three lines."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, dict(headers or {}))


STATUS = {
    "wrong": 422,
    "missing": 404,
    "much": 422,
    "busy": 429,
    "left": 503,
    "unable": 503,
    "broken": 500,
}
_RETRY = {429: "2", 503: "5"}
_BROKEN = "a mistake of this program, which its log tells more of"


def refused(kind: str, text: str) -> ProblemError:
    """Return the problem for a refused question; options have the names of parameters."""
    status = STATUS.get(kind, 500)
    headers = {"Retry-After": _RETRY[status]} if status in _RETRY else {}
    return ProblemError(status, in_parameters(text) or _BROKEN, headers)


def in_parameters(text: str) -> str:
    """Return a text of the command line with its options named as parameters are.

    >>> in_parameters("--as-of is 'x': write YYYY-MM-DD")
    "asOf is 'x': write YYYY-MM-DD"
    """
    return _OPTION.sub(lambda found: camel(found[1]), text)


def camel(name: str) -> str:
    """Return the name of an option as the name of a parameter.

    >>> camel("at-least"), camel("year")
    ('atLeast', 'year')
    """
    head, *rest = re.split("[-_]", name)
    return head + "".join(each.capitalize() for each in rest)


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem as RFC 9457 has it."""
    title = HTTPStatus(status).phrase
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(told, status, {**(headers or {}), "Cache-Control": "no-store"}, MEDIA)


def told(request: Request, status: int, detail: str, headers: Mapping[str, str] | None) -> Response:
    """Return a problem to a program, or a page to a person."""
    if request.url.path.startswith(API):
        return problem(status, detail, headers)
    return page(status, detail, headers)


def page(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a page that says what went wrong; nothing in it is taken as markup."""
    from burdenshare.showing.pages import environment

    found = environment().get_template("web/problem.html.j2")
    text = found.render(title=HTTPStatus(status).phrase, status=status, lines=detail.splitlines())
    return HTMLResponse(text, status, {**(headers or {}), "Cache-Control": "no-store"})
