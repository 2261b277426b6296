"""Addresses about articles: check one, and ask what the ledger holds of all."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from burdenshare.showing.web.api import parameters as p
from burdenshare.showing.web.api.asking import desk_of, form_of
from burdenshare.showing.web.api.bodies import may_write, read_text
from burdenshare.showing.web.api.schema import articles, tables
from burdenshare.showing.web.pool import Question
from burdenshare.showing.web.problems import ProblemError

router = APIRouter(tags=["articles"])

_CHECK = ("json", "html", "text", "jsonld", "csv", "parquet")
_LEDGER = ("json", "csv", "parquet", "jsonld")
_KINDS = ("text/plain", "text/html")
_ARTICLE = {
    "content": {kind: {"schema": {"type": "string"}} for kind in _KINDS},
    "required": True,
    "description": "the article, as text or HTML, in UTF-8",
}
_PARTS = {"claims": "claims", "positions": "positions", "amplified": "amplifications"}


@router.post("/check", responses=articles(_CHECK), openapi_extra={"requestBody": _ARTICLE})
async def check(
    request: Request,
    date: Annotated[str | None, p.day("the article's day")] = None,
    outlet: Annotated[str | None, p.text("who published it")] = None,
) -> Response:
    """Check a news article's claims against what was known on its day.

    It is kept in the ledger only where the request gives the token of the server.
    """
    keep = may_write(request)
    form = form_of(request, _CHECK)
    text = await read_text(request, _KINDS)
    html = request.headers["content-type"].lower().startswith("text/html") or None
    given = {
        "text": text,
        "date": date,
        "name": None,
        "html": html,
        "outlet": outlet,
        "keep": keep,
    }
    return await desk_of(request).once(request, Question("check", given, form))


@router.get("/statements", responses=tables("statements", forms=_LEDGER))
async def statements(  # noqa: PLR0913, PLR0917 - the options of the command
    request: Request,
    person: Annotated[str | None, p.text("id, name or surname")] = None,
    proposition: Annotated[str | None, p.text("such as us-leaves-nato")] = None,
    stance: Annotated[
        Literal["for", "against", "conditional", "none"] | None, Query(description="which side")
    ] = None,
    outlet: Annotated[str | None, p.text("who published it")] = None,
    since: Annotated[str | None, p.day("said on it or later")] = None,
    until: Annotated[str | None, p.day("said on it or earlier")] = None,
    verdict: Annotated[
        Literal["supported", "contradicted", "superseded", "depends", "unchecked"] | None,
        Query(description="statements and claims with this verdict"),
    ] = None,
    claims: Annotated[bool, Query(description="in CSV and Parquet: claims")] = False,
    amplified: Annotated[bool, Query(description="in CSV and Parquet: who passed on whom")] = False,
    positions: Annotated[bool, Query(description="in CSV and Parquet: stances")] = False,
    article: Annotated[str | None, p.text("one article, by its id")] = None,
) -> Response:
    """Who said what, when and via whom, in the articles checked so far."""
    wanted = {"claims": claims, "positions": positions, "amplified": amplified}
    parts = [_PARTS[name] for name, each in wanted.items() if each]
    if len(parts) > 1:
        raise ProblemError(400, "give one of claims, positions and amplified: a table has one kind")
    given = {
        "person": person,
        "proposition": proposition,
        "stance": stance,
        "outlet": outlet,
        "since": since,
        "until": until,
        "verdict": verdict,
        "article": article,
        "part": parts[0] if parts else "rows",
    }
    question = Question("statements", given, form_of(request, _LEDGER))
    return await desk_of(request).once(request, question)


@router.delete("/statements/{article}", responses=articles(("json",)))
async def forget(request: Request, article: p.ArticleId) -> Response:
    """Remove an article from the ledger; needs the token of the server."""
    if not may_write(request):
        raise ProblemError(
            401, "this needs the token of the server", {"WWW-Authenticate": "Bearer"}
        )
    return await desk_of(request).once(request, Question("forget", {"article": article}))
