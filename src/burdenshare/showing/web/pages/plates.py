"""A chart on a page: drawn, as a table, with what embeds it and what makes it interactive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from burdenshare.errors import UserError, did_you_mean
from burdenshare.showing.pages import Shown, kind, shown
from burdenshare.showing.plots import Chart
from burdenshare.showing.web.pages.shared import show

FEW = 6  # drawings of one chart above which they are drawn on a page of their own


@dataclass(frozen=True, slots=True)
class Plate:
    """A chart on a page; `many` are its drawings, of which too many are drawn elsewhere.

    `embed` and `spec` are the addresses of the chart alone and of its specification, empty where
    there are none.
    """

    chart: Shown
    many: int
    embed: str = ""
    spec: str = ""


def plate_of(chart: Chart, base: str = "", every: bool = False) -> Plate:
    """Return a chart for a page; `base` is the address of its charts alone, with what is asked.

    Too many drawings are left out unless `every` one is wanted.
    """
    many = len(chart.specs)
    few = every or many <= FEW
    specs = chart.specs if few else ()
    bare = Chart(chart.name, chart.title, chart.note, specs, chart.head, chart.rows)
    if not base:
        return Plate(shown(bare), many)
    alone = f"{base}{'&' if '?' in base else '?'}chart={chart.name}"
    return Plate(shown(bare), many, alone, f"{alone}&form=spec")


def alone(request: Request, charts: Iterable[Chart | None], told: Mapping[str, Any]) -> Response:
    """Return the chart that an address names, for a page elsewhere, or its specification.

    `told` are the sentence above it, how it was made, and the way back. Without a name it is the
    first. Raises UserError where there is none of that name.
    """
    known = {chart.name: chart for chart in charts if chart is not None}
    wanted = request.query_params.get("chart") or next(iter(known), "")
    if wanted not in known:
        hint = did_you_mean(wanted, known) if known else "nothing is drawn of what is asked"
        raise UserError(f"chart {wanted[:40]!r} is unknown: {hint}")
    chart = known[wanted]
    if request.query_params.get("form") == "spec":
        return JSONResponse(list(chart.specs))
    return show(request, "embed", chart=shown(chart), kind=kind, **told)
