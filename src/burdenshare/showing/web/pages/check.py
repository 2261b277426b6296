"""Check: an article comes back with its claims and statements marked in place, and verdicts."""

from __future__ import annotations

import base64
import binascii
import functools
import json
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from burdenshare.errors import UserError
from burdenshare.showing.reports import report_values
from burdenshare.showing.tables import as_csv
from burdenshare.showing.web.answers import Room
from burdenshare.showing.web.articles import check as answer_check
from burdenshare.showing.web.pages.shared import pages, show, working
from burdenshare.showing.web.pages.state import (
    Link,
    address,
    citation,
    link_of,
    print_of,
    standing,
)
from burdenshare.world.dates import parse_day
from burdenshare.world.load import World

if TYPE_CHECKING:
    from burdenshare.checking.article import Checker

router = pages()
MOST = 60_000  # characters of an article
_DRAWN = 10_000  # characters above which no chart is drawn beside a claim
_PACKED = 10_000  # characters of a link above which an article gets none
_EXAMPLE = (
    "In 2024 the United States spent 3.4 % of its GDP on defence, and 23 of NATO's 32 members met "
    "the target of 2 %. “If they don't pay, I'm not going to defend them,” Donald Trump said. "
    "Germany pays 22 % of the United Nations' regular budget."
)
_FORMS = {
    "json": ("application/json", "check.json"),
    "csv": ("text/csv; charset=utf-8", "claims.csv"),
    "claimreview": ("application/ld+json", "claimreview.json"),
    "html": ("text/html; charset=utf-8", "report.html"),
}


@dataclass(frozen=True, slots=True)
class Article:
    """What somebody gave to be checked."""

    text: str
    date: str
    html: bool | None = None


class Here(Room):
    """What answers questions with the world of the pages."""

    def __init__(self, world: World, charts: bool = True) -> None:
        self.world, self.charts = world, charts

    @cached_property
    def checker(self) -> Checker:
        """What checks articles."""
        return checker_of(self.world, self.charts)


@functools.lru_cache(maxsize=4)
def checker_of(world: World, charts: bool = True) -> Checker:
    """Return what checks articles against a world, made ready once."""
    from burdenshare.checking.article import Checker  # a fifth of a second: not at the start

    return Checker(world, charts=charts)


@router.get("/check")
def form(request: Request) -> Response:
    """Show the form; a link that holds an article shows it as checked."""
    packed = request.query_params.get("a")
    if not packed:
        date = request.query_params.get("date", "")[:10]
        with working(request):
            return show(request, "check", article=None, date=date, example=_EXAMPLE)
    text = unpacked(packed)
    article = Article(text[1:], request.query_params.get("date", ""), _kind(text[:1]))
    return _checked(request, article)


@router.post("/check")
async def given(request: Request) -> Response:
    """Check an article that is sent: lead to the link that holds it, or show a long one."""
    async with request.form(max_files=1, max_fields=8, max_part_size=2_000_000) as fields:
        article = await _article(dict(fields))
        wanted = str(fields.get("form") or "")
    if wanted in _FORMS:
        return await run_in_threadpool(_file, request, article, wanted)
    link = _link(request, article)
    if link is not None:
        return RedirectResponse(link, 303)
    return await run_in_threadpool(_checked, request, article)


async def _article(fields: dict[str, Any]) -> Article:
    text, html = str(fields.get("text") or ""), None
    file = fields.get("file")
    if not text.strip() and isinstance(file, UploadFile) and file.filename:
        data = await file.read()
        html = True if file.filename.lower().endswith((".html", ".htm")) else None
        text = _decoded(data)
    if not text.strip():
        raise UserError("there is no article: paste its text, or choose a file")
    if len(text) > MOST:
        raise UserError(
            f"the article has {len(text):,} characters: give at most {MOST:,} here, or use the "
            "command line"
        )
    kind = fields.get("kind")
    return Article(text, str(fields.get("date") or "").strip(), _kind(str(kind)) if kind else html)


def _kind(letter: str) -> bool | None:
    """Return whether a text is HTML, from the letter that links and forms have for it."""
    return {"h": True, "t": False}.get(letter)


def _letter(html: bool | None) -> str:
    return "?" if html is None else "h" if html else "t"


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise UserError("the file looks binary: give a .txt or .html file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"the file is not UTF-8 (byte {error.start}): save it as UTF-8, or paste its text"
        ) from None


def packed(text: str) -> str:
    """Return a text as a short part of a link.

    >>> unpacked(packed("NATO’s 32 members"))
    'NATO’s 32 members'
    """
    data = zlib.compress(text.encode("utf-8", "surrogatepass"), 9)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unpacked(text: str) -> str:
    """Return what a part of a link holds; nothing larger than an article is unpacked."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        work = zlib.decompressobj()
        found = work.decompress(data, 4 * MOST)
        whole = not work.unconsumed_tail and work.eof
        said = found.decode("utf-8", "surrogatepass")
    except (binascii.Error, zlib.error, ValueError):
        raise UserError("the link holds no article that can be read: paste its text") from None
    if not whole or len(said) > MOST or not said[1:].strip():
        raise UserError("the link holds no article that can be read: paste its text")
    return said


def _link(request: Request, article: Article) -> str | None:
    """Return the link that holds an article, None where it would be too long."""
    text = packed(_letter(article.html) + article.text)
    if len(text) > _PACKED:
        return None
    with working(request) as world:
        return address("/check", [("date", article.date), ("a", text)], Link(*_now(world)))


def _now(world: World) -> tuple[str, str]:
    from burdenshare import __version__

    return world.hash, __version__


def _file(request: Request, article: Article, form: str) -> Response:
    """Return a check as a file."""
    given = {"text": article.text, "date": article.date or None, "name": "article"}
    given |= {"html": article.html, "keep": None, "outlet": None}  # type: ignore[dict-item]
    with working(request) as world:
        found = answer_check(Here(world, len(article.text) <= _DRAWN), given)
        kind, name = _FORMS[form]
        if form == "json":
            data = json.dumps(found.answer, ensure_ascii=False, indent=2, default=str).encode()
        elif form == "csv":
            rows = cast("list[dict[str, Any]]", found.rows())
            data = as_csv(rows).encode("utf-8", "replace")
        else:
            data = found.others["jsonld" if form == "claimreview" else "html"]()
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


def _checked(request: Request, article: Article) -> Response:
    """Show an article as checked."""
    with working(request) as world:
        date = parse_day(article.date, "the article's day") if article.date else None
        checker = checker_of(world, len(article.text) <= _DRAWN)
        found = checker.check(article.text, date, "Article", article.html)
        answer = found.as_dict()
        plain = {name: value for name, value in answer.items() if name != "scenarios"}
        link = link_of(request, world)
        text = packed(_letter(article.html) + article.text)
        pairs = [("date", article.date), ("a", text)]
        url = None
        if len(text) <= _PACKED:
            made = Link(world.hash, answer["version"], print_of(plain))
            url = str(request.base_url).rstrip("/") + address("/check", pairs, made)
        day = found.as_of.isoformat()
        told = (
            f"Check of an article{f' of {article.date}' if article.date else ''}, held against "
            f"what was known on {day}; burdenshare {answer['version']}, world {answer['world']}."
        )
        return show(
            request,
            "check",
            article=article,
            letter=_letter(article.html),
            date=article.date,
            example=_EXAMPLE,
            url=url,
            standing=standing(link, world, plain),
            command="burdenshare check article.txt"
            + (f" --date {article.date}" if article.date else ""),
            call="from datetime import date\nfrom pathlib import Path\n"
            "from burdenshare import check_text\n\n"
            "check_text(Path('article.txt').read_text()"
            + (f", date.fromisoformat({article.date!r})" if article.date else "")
            + ")",
            api="/api/v1/check",
            cited=citation("Check of an article", told, url or "", day, "check"),
            values=report_values(found),
        )
