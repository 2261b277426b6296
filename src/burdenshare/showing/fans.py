"""Fans: two bands of the draws and their median, with labels at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from burdenshare.showing import run_rows as held
from burdenshare.showing.plots import Layer, Rows, mark, text

READ = "Line: the median of the draws; dark band: half of them; light band: 90 in 100."
HIGH = 230
SMALL_WIDE, SMALL_HIGH = 176, 126  # of one of many drawings side by side


def fan(
    rows: Rows, colour: str, scale: float = 1, dash: Sequence[int] | None = None
) -> list[Layer]:
    """Return two bands and the median."""
    figures = [
        {"year": int(row["year"])} | {name: row[name] * scale for name in held.LEVELS}
        for row in rows
    ]
    x = {"field": "year"}
    layer = [
        mark(
            "area",
            figures,
            {"x": x, "y": {"field": low}, "y2": {"field": high}},
            color=colour,
            opacity=1,
            fillOpacity=shade,
        )
        for low, high, shade in (("p5", "p95", 0.16), ("p25", "p75", 0.28))
    ]
    look: dict[str, Any] = {"color": colour, "strokeWidth": 2.5}
    if dash:
        look |= {"strokeDash": list(dash), "strokeWidth": 2}
    if len(rows) == 1:
        look["point"] = {"color": colour, "size": 60}
    return [*layer, mark("line", figures, {"x": x, "y": {"field": "p50"}}, **look)]


def right(labels: Rows) -> Layer:
    """Return labels at the right of the last year."""
    encoding = {
        "x": {"field": "year"},
        "y": {"field": "value"},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    return text(labels, encoding, align="left", dx=6, fontWeight=600, lineBreak="\n")
