"""Addresses that ask what follows: run, compare, backtest, debt; what takes long becomes a job."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from burdenshare.showing.web.api import parameters as p
from burdenshare.showing.web.api.asking import answered, desk_of, form_of
from burdenshare.showing.web.api.bodies import read_text
from burdenshare.showing.web.api.schema import long_tables
from burdenshare.showing.web.pool import Question

router = APIRouter(tags=["what follows"])


@router.get("/run/{scenario}", responses=long_tables("run"))
async def run(
    request: Request,
    scenario: p.ScenarioName,
    draws: p.Draws = None,
    seed: p.Seed = None,
    as_of: p.AsOf = None,
    settings: Annotated[p.Set, Query(alias="set")] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Tell what follows from a scenario: who pays what, who is protected, and how sure it is."""
    given = {
        "scenario": scenario,
        "draws": draws,
        "seed": seed,
        "as_of": as_of,
        "set": settings,
    }
    return await answered(request, "run", given)


_TOML = {"content": {"application/toml": {"schema": {"type": "string"}}}, "required": True}


@router.post("/run", responses=long_tables("run"), openapi_extra={"requestBody": _TOML})
async def run_own(
    request: Request,
    draws: p.Draws = None,
    seed: p.Seed = None,
    as_of: p.AsOf = None,
    settings: Annotated[p.Set, Query(alias="set")] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Tell what follows from a scenario of your own, sent as the text of its TOML file."""
    text = await read_text(request, ("application/toml", "text/plain"))
    given = {"text": text, "draws": draws, "seed": seed, "as_of": as_of, "set": settings}
    return await desk_of(request).once(request, Question("run", given, form_of(request)))


@router.get("/compare/{first}/{second}", responses=long_tables("compare"))
async def compare(
    request: Request,
    first: p.ScenarioName,
    second: p.ScenarioName,
    draws: p.Draws = None,
    seed: p.Seed = None,
    as_of: p.AsOf = None,
) -> Response:
    """Two scenarios side by side, over the same random numbers, and how they differ."""
    given = {"first": first, "second": second, "draws": draws, "seed": seed, "as_of": as_of}
    return await answered(request, "compare", given)


@router.get("/backtest", responses=long_tables("backtest"))
async def backtest(
    request: Request,
    draws: Annotated[
        int | None, Query(ge=1, le=4096, description="how many futures are drawn")
    ] = None,
    seed: p.Seed = None,
) -> Response:
    """How well past forecasts would have done, with what was known then."""
    return await answered(request, "backtest", {"draws": draws, "seed": seed})


@router.get("/debt", responses=long_tables("debt"))
async def debt(  # noqa: PLR0913, PLR0917 - the options of the command
    request: Request,
    country: p.Countries = None,
    adjust: Annotated[Literal["4", "7"], Query(description="4 or 7 years")] = "4",
    preset: Annotated[Literal["commission", "bruegel"], Query(description="whose reading")] = (
        "commission"
    ),
    defence: Annotated[
        str | None, p.text("defence on top, % of GDP, such as +1.5:2025-2028")
    ] = None,
    scenario: Annotated[str | None, p.text("what a scenario spends on top and borrows")] = None,
    no_stochastic: Annotated[
        bool, Query(alias="noStochastic", description="leave out the draws")
    ] = False,
    inputs: Annotated[
        Literal["eu-dsa", "commission-2024"] | None, Query(description="the latter for Finland")
    ] = None,
    as_of: p.AsOf = None,
) -> Response:
    """Tell what adjustment the EU's fiscal rules ask of a state, and where its debt goes."""
    given = {
        "country": country,
        "adjust": int(adjust),
        "preset": preset,
        "defence": defence,
        "scenario": scenario,
        "no_stochastic": no_stochastic,
        "inputs": inputs,
        "as_of": as_of,
    }
    return await answered(request, "debt", given)
