"""Addresses that answer from figures and rules."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from burdenshare.showing.web.api import parameters as p
from burdenshare.showing.web.api.asking import answered
from burdenshare.showing.web.api.schema import tables

router = APIRouter(tags=["figures and rules"])


@router.get("/facts/{series}", responses=tables("facts"))
async def facts(  # noqa: PLR0913, PLR0917 - the options of the command
    request: Request,
    series: p.Series,
    country: p.Countries = None,
    year: p.Years = None,
    as_of: p.AsOf = None,
    all_releases: Annotated[bool, Query(alias="allReleases", description="every release")] = False,
    include_history: Annotated[
        bool, Query(alias="includeHistory", description="the same, as SDMX REST names it")
    ] = False,
) -> Response:
    """Figures as they were known on a day, and the gaps with their reasons."""
    given = {
        "series": series,
        "country": country,
        "year": year,
        "as_of": as_of,
        "all_releases": all_releases or include_history,
    }
    return await answered(request, "facts", given)


@router.get("/revisions/{series}", responses=tables("revisions"))
async def revisions(
    request: Request,
    series: p.Series,
    year: p.Year,
    at_least: Annotated[
        float | None, Query(alias="atLeast", description="count the countries at or above")
    ] = None,
    as_of: p.AsOf = None,
) -> Response:
    """One year in every release: the count at or above a value, and who flipped."""
    given = {"series": series, "year": year, "at_least": at_least, "as_of": as_of}
    return await answered(request, "revisions", given)


@router.get("/pledge/{name}", responses=tables("pledge"))
async def pledge(
    request: Request,
    name: p.PledgeId,
    year: Annotated[
        int | None, Query(ge=1800, le=2100, description="the newest known if left out")
    ] = None,
    as_of: p.AsOf = None,
    criterion: Annotated[str | None, p.text("such as equipment")] = None,
) -> Response:
    """Who meets a pledge, who misses it and by how much, and who cannot be assessed."""
    given = {"name": name, "year": year, "as_of": as_of, "criterion": criterion}
    return await answered(request, "pledge", given)


@router.get("/shares/{budget}", responses=tables("shares"))
async def shares(  # noqa: PLR0913, PLR0917 - the options of the command
    request: Request,
    budget: p.Budget,
    period: Annotated[str | None, p.text("such as 2025-2027, or a year")] = None,
    steps: Annotated[bool, Query(description="every member after every step")] = False,
    without: Annotated[str | None, p.text("leavers, split by commas")] = None,
    reallocate: Annotated[str, p.text("rerun, pro-rata, shrink")] = "rerun",
    assume: p.Assume = [],  # noqa: B006 - FastAPI copies it
    as_of: p.AsOf = None,
) -> Response:
    """Who pays a budget: published shares beside computed ones, with or without leavers."""
    given = {
        "budget": budget,
        "period": period,
        "steps": steps,
        "without": without,
        "reallocate": reallocate,
        "assume": assume,
        "as_of": as_of,
    }
    return await answered(request, "shares", given)


@router.get("/rights/{organisation}", responses=tables("rights"))
async def rights(
    request: Request,
    organisation: p.Organisation,
    country: p.Country,
    arrears: Annotated[float | None, Query(description="arrears in US dollars")] = None,
    due: Annotated[str | None, p.text("dues of the two years before, in US dollars: A,B")] = None,
    as_of: p.AsOf = None,
) -> Response:
    """Tell what an organisation's rules on rights find for a member in arrears."""
    given = {
        "organisation": organisation,
        "country": country,
        "arrears": arrears,
        "due": due,
        "as_of": as_of,
    }
    return await answered(request, "rights", given)


@router.get("/guarantee/{organisation}", responses=tables("guarantee", "guarantee-matrix"))
async def guarantee(  # noqa: PLR0913, PLR0917 - the options of the command
    request: Request,
    organisation: p.Organisation,
    reading: p.Readings = [],  # noqa: B006 - FastAPI copies it
    threshold: Annotated[str | None, p.text("in the unit of the measure")] = None,
    year: Annotated[str | None, p.text("2024, or 2014..2024 with byRelease")] = None,
    by_release: Annotated[
        bool, Query(alias="byRelease", description="one reading in every release")
    ] = False,
    assume: p.Assume = [],  # noqa: B006 - FastAPI copies it
    as_of: p.AsOf = None,
) -> Response:
    """Who is protected, who is not and what is open, by each reading of the guarantee."""
    given = {
        "organisation": organisation,
        "reading": reading,
        "threshold": threshold,
        "year": year,
        "by_release": by_release,
        "assume": assume,
        "as_of": as_of,
    }
    return await answered(request, "guarantee", given)


@router.get("/exit/{organisation}", responses=tables("exit"))
async def exit_(
    request: Request,
    organisation: p.Organisation,
    country: p.Country,
    decided: Annotated[str, p.day("the day of the decision")],
    gate: Annotated[str, p.text("domestic consent: senate, act")] = "senate,act",
    as_of: p.AsOf = None,
) -> Response:
    """How a country may leave: steps, earliest days, what is open, what survives."""
    given = {
        "organisation": organisation,
        "country": country,
        "decided": decided,
        "gate": gate,
        "as_of": as_of,
    }
    return await answered(request, "exit", given)


@router.get("/votes/{question}", responses=tables("votes"))
async def votes(
    request: Request,
    question: p.Topic,
    chamber: Annotated[Literal["senate", "house"], Query(description="which chamber")] = "senate",
    as_of: p.AsOf = None,
) -> Response:
    """Tell what a vote needs, and who of those sitting is on record for or against."""
    given = {"question": question, "chamber": chamber, "as_of": as_of}
    return await answered(request, "votes", given)


@router.get("/scenarios", responses=tables("scenarios"))
async def scenarios(request: Request) -> Response:
    """List the library of sourced proposals."""
    return await answered(request, "scenarios", {})


@router.get("/scenarios/{name}", responses=tables("scenario", forms=("json", "toml")))
async def scenario(request: Request, name: p.ScenarioName) -> Response:
    """One scenario: as data, or as the file that it is (.toml)."""
    return await answered(request, "scenario", {"name": name}, ("json", "toml"))
