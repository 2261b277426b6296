"""What pages load besides themselves: the style sheet, the script, and the bundle for charts."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from burdenshare.showing import charts, plots
from burdenshare.showing.web.pages.shared import templates

router = APIRouter()
_STATIC = Path(__file__).parents[2] / "static"
# Strict content security lets no text become code: expressions of charts are interpreted.
_BUNDLE = "window.burdenshareCharts = {embed: vegaEmbed};"


@router.get("/static/app.css")
def style(request: Request) -> Response:
    """Return the style sheet: that of the reports, and what only pages have."""
    return _sent(request, _style(), "text/css; charset=utf-8")


@router.get("/static/app.js")
def script(request: Request) -> Response:
    """Return the script of the pages."""
    return _sent(request, (_STATIC / "app.js").read_bytes(), "text/javascript; charset=utf-8")


@router.get("/static/vega.js")
def bundle(request: Request) -> Response:
    """Return the program that makes charts interactive, made by what draws them."""
    return _sent(request, _bundle(), "text/javascript; charset=utf-8")


@router.get("/favicon.ico")
def icon() -> Response:
    """Return the icon: two parts of a whole."""
    shape = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        '<circle cx="16" cy="16" r="13" fill="#fff" stroke="#0b4f8a" stroke-width="3"/>'
        '<path d="M16 16V3a13 13 0 0 1 9.2 22.2z" fill="#0b4f8a"/></svg>'
    )
    return Response(shape, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})


@functools.cache
def _style() -> bytes:
    template = templates().get_template("web/app.css.j2")
    return template.render(colours=charts, plots=vars(plots)).encode()


@functools.cache
def _bundle() -> bytes:
    import vl_convert

    return vl_convert.javascript_bundle(_BUNDLE).encode()


@functools.lru_cache(maxsize=8)
def _mark(data: bytes) -> str:
    return f'"{hashlib.sha256(data).hexdigest()[:16]}"'


def _sent(request: Request, data: bytes, kind: str) -> Response:
    """Return data, or that the browser has it already."""
    mark = _mark(data)
    headers = {"ETag": mark, "Cache-Control": "no-cache"}
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)
