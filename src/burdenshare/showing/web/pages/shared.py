"""What all pages share: the world, the templates, and mistakes told as a page."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from jinja2 import Environment

from burdenshare import __version__
from burdenshare.errors import UserError
from burdenshare.showing import run_words as say
from burdenshare.showing import words
from burdenshare.showing.pages import environment
from burdenshare.showing.reports import FILTERS
from burdenshare.whatif.worlds import World

PART = "x-part"  # the header by which the script asks for a part of a page
WHERE = "X-Location"  # the header that tells the script the address of what it got
NAVIGATION = (
    ("/check", "Check"),
    ("/what-if", "What if"),
    ("/figures", "Figures"),
    ("/exit", "Exit"),
    ("/who-said-what", "Who said what"),
    ("/about", "About"),
)
# What an address names with its path.
_MISSING = re.compile("(scenario|series|organisation|dataset|chart) '[^']*' is unknown")
_PATIENCE = 20  # seconds that a page waits for those before it
_alone = threading.Lock()


class Busy(Exception):  # noqa: N818 - nobody made a mistake
    """So many ask at the same time that a page would have to wait too long."""


def world_of(request: Request) -> World:
    """Return the world that the pages share."""
    found: World = request.app.state.rooms.world
    return found


@contextmanager
def alone() -> Iterator[None]:
    """Keep all others waiting: the figures are read from one connection.

    Raises Busy for those who would have to wait too long.
    """
    if not _alone.acquire(timeout=_PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _alone.release()


@contextmanager
def working(request: Request) -> Iterator[World]:
    """Give the world to one page at a time."""
    with alone():
        yield world_of(request)


class Page(APIRoute):
    """A route whose mistakes are told as a page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler."""
        answer = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await answer(request)
            except UserError as error:
                status = 404 if _MISSING.match(str(error)) else 400
                return mistake(request, str(error), status)
            except Busy:
                text = "many ask at this moment: try again in a few seconds"
                return mistake(request, text, 429, {"Retry-After": "5"})

        return told


def pages() -> APIRouter:
    """Return a router for pages."""
    return APIRouter(route_class=Page)


def mistake(
    request: Request, text: str, status: int, headers: dict[str, str] | None = None
) -> Response:
    """Return a page that says what was wrong and what to write instead."""
    first, *more = text.splitlines()
    found = show(request, "mistake", "main", first=first, more=more, status=status)
    found.status_code = status
    found.headers.update(headers or {})
    return found


def show(request: Request, name: str, part: str = "main", /, **values: Any) -> Response:
    """Return a page; where the script asks for a part of it, the block of that name.

    A part not called `main` is one that the page has under the name that the script asks for.
    """
    template = templates().get_template(f"web/{name}.html.j2")
    context = {
        "navigation": NAVIGATION,
        "here": request.url.path,
        "version": __version__,
        "world": world_of(request),
        "base": str(request.base_url).rstrip("/"),
        "parts": "all",
        **values,
    }
    asked = request.headers.get(PART, "")
    if asked in ("lead", "rest"):
        context["parts"] = asked
        block = template.blocks["live" if asked == "lead" and "live" in template.blocks else "main"]
        if asked == "rest" and "rest" in template.blocks:
            block = template.blocks["rest"]
        page = "".join(block(template.new_context(context)))
    else:
        page = template.render(context)
    found = HTMLResponse(page.encode("utf-8", "replace"))
    found.headers["Vary"] = PART
    if "address" in values:
        found.headers[WHERE] = values["address"]
    return found


def settled(request: Request, address: str) -> Response | None:
    """Return the way to the address that says all, where a page was asked for by another.

    The script is told the address with the answer instead.
    """
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if asked == address or PART in request.headers:
        return None
    return RedirectResponse(address, 303)


@functools.cache
def templates() -> Environment:
    """Return the templates of the pages; all that goes into them is escaped."""
    found = environment().overlay()
    found.filters = {**FILTERS, **found.filters} | {
        "with_unit": lambda value, unit="": words.measure(value, unit),
        "chance": say.chance,
        "short": lambda text, width=160: words.shorten(str(text), width),
        "sentence": _sentence,
        "cell": _cell,
    }
    return found


def _sentence(text: object) -> str:
    """Return words that begin with a capital and end with a stop."""
    said = words.clean(text)
    return said[:1].upper() + said[1:] + ("" if said[-1:] in ".!?…”" else ".") if said else ""


def _cell(value: float | None, sort: str, signed: bool = False) -> str:
    """Return a share in per cent, or millions as billions; a difference with its sign."""
    if value is None:
        return "–"
    size, decimals = (value, 2) if sort == "share" else (value / 1000, 1)
    return f"{size:+,.{decimals}f}" if signed else f"{size:,.{decimals}f}"
