"""The parameters of the API: the options of the commands, in camel case."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Request

from burdenshare.errors import did_you_mean
from burdenshare.showing.web.problems import ProblemError

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_LONG = 400
_MANY = 100
_DATE: dict[str, Any] = {"format": "date"}


def _name(what: str, example: str) -> Any:
    return Path(description=what, max_length=_LONG, examples=[example])


def text(what: str, name: str | None = None, **more: Any) -> Any:
    """Return what describes a parameter that is a text."""
    return Query(alias=name, description=what, max_length=_LONG, **more)


def day(what: str, name: str | None = None) -> Any:
    """Return what describes a parameter that is a day."""
    return Query(alias=name, description=what, pattern=_DAY, json_schema_extra=_DATE)


Series = Annotated[str, _name("such as share_gdp, NGDPD or EXR.USD", "share_gdp")]
PledgeId = Annotated[str, _name("such as nato.wales-2014", "nato.wales-2014")]
Budget = Annotated[str, _name("such as un.regular or nato.common", "un.regular")]
Organisation = Annotated[str, _name("such as nato, un or unesco", "nato")]
Topic = Annotated[str, _name("such as nato-exit", "nato-exit")]
ScenarioName = Annotated[str, _name("a name of the library", "us-leaves-nato")]
ArticleId = Annotated[str, _name("the id of an article, or how it begins", "eab5cd8c")]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="the id of a job")]

AsOf = Annotated[str | None, day("what was known on this day", "asOf")]
Countries = Annotated[str | None, text("codes or names, split by commas", examples=["USA,POL"])]
Country = Annotated[str, text("code or name", examples=["USA"])]
Years = Annotated[str | None, text("2024 or 2014..2024", examples=["2024"])]
Year = Annotated[int, Query(ge=1800, le=2100, description="a year", examples=[2024])]
Draws = Annotated[int | None, Query(ge=1, le=2_000_000, description="how many futures are drawn")]
Seed = Annotated[int | None, Query(ge=0, le=2**53, description="the seed of all draws")]
Assume = Annotated[
    list[Annotated[str, Query(max_length=_LONG)]],
    Query(max_length=_MANY, description="an assumption, set anew: NAME=VALUE"),
]
Set = Annotated[
    list[Annotated[str, Query(max_length=_LONG)]],
    Query(max_length=_MANY, description="another value of the scenario: KEY=VALUE"),
]
Readings = Annotated[
    list[Annotated[str, Query(max_length=_LONG)]],
    Query(max_length=20, description="such as pay-or-no-protection"),
]


async def only_known(request: Request) -> None:
    """Refuse a parameter that the address does not have, or that is given twice."""
    route = request.scope["route"]
    known = {each.alias: each for each in route.dependant.query_params}
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) if known else "it has none"
            raise ProblemError(400, f"parameter {name[:40]!r} is unknown: {hint}")
        several = "list" in str(known[name].field_info.annotation)
        if not several and names.count(name) > 1:
            raise ProblemError(400, f"parameter {name!r} is given twice: write it once")
