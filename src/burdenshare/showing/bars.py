"""Bars below each other, each with its name at the left and its size at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.showing import run_words as say
from burdenshare.showing.plots import (
    LINE,
    PAPER,
    STATED,
    WIDE,
    amounts,
    domain,
    mark,
    plot,
    text,
    told_apart,
)

Answer = Mapping[str, Any]
ROW = 23
_LETTER, _MARGIN = 6.3, 30.0  # units: of a letter, and of what stands between and beside names
MOST = 14  # bars of single members; the table has them all
LARGEST = " The largest are drawn; the table has all."


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its size, where it starts, and how much of its end is hollow."""

    name: str
    size: float
    start: float = 0.0
    colour: str = LINE
    label: str = ""
    part: float = 0.0


def largest(answer: Answer, more: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the largest changes by name, the rest as one."""
    order = sorted(more, key=lambda code: (-abs(more[code]), code))
    if len(order) <= MOST + 1:
        return [(say.short_name(answer, code), more[code]) for code in order]
    found = [(say.short_name(answer, code), more[code]) for code in order[:MOST]]
    rest = order[MOST:]
    return [*found, (f"{len(rest)} others", sum(more[code] for code in rest))]


def steps_of(first: Sequence[Bar], changes: Sequence[tuple[str, float]]) -> list[Bar]:
    """Return bars that each start where the one before ended, from zero."""
    found = [
        Bar(each.name, each.size, each.start, each.colour, say.money(each.size)) for each in first
    ]
    start = 0.0
    for name, size in changes:
        found.append(Bar(name, size, start, LINE, signed(size)))
        start += size
    return found


def signed(amount: float) -> str:
    """Return a change in money with its sign."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{say.money(abs(amount))}"


def listed(bars: Sequence[Bar]) -> str:
    """Return the largest bars in words."""
    said = ", ".join(f"{bar.name} {bar.label}" for bar in bars[:6])
    return f"{said}, and {len(bars) - 6} more" if len(bars) > 6 else said or "nobody"


def bars_spec(title: str, said: str, bars: Sequence[Bar]) -> dict[str, Any]:
    """Return bars below each other, each with its name at the left and its size at its end."""
    rows = [
        {
            "name": name,
            "low": min(bar.start, bar.start + bar.size),
            "high": max(bar.start, bar.start + bar.size),
            "part": bar.start + bar.size - bar.part,
            "apart": bar.part > 0,
            "label": bar.label,
            "colour": bar.colour,
        }
        for name, bar in zip(told_apart([bar.name for bar in bars]), bars, strict=True)
    ]
    ends = [0.0, 1.0]
    for bar in bars:
        ends += [bar.start, bar.start + bar.size]
    y: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "title": None}
    y |= {"axis": {"ticks": False, "domain": False, "labelPadding": 4}}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    x = amounts(_domain(bars, domain(ends, zero=True)), "low", tickCount=3)
    layer = [
        mark(
            "bar",
            rows,
            {"x": x, "x2": {"field": "high"}, "y": y, "color": colour},
            height={"band": 0.72},
        ),
        text(rows, {"x": {"field": "high", "type": "quantitative"}, "y": y}, align="left", dx=4),
    ]
    if apart := [row for row in rows if row["apart"]]:
        part = {"x": x | {"field": "part"}, "x2": {"field": "high"}, "y": y}
        look = {"fill": PAPER, "stroke": STATED, "strokeWidth": 1.5}
        layer.insert(1, mark("bar", apart, part, height={"band": 0.72}, **look))
    return plot(title, said, layer, ROW * max(len(rows), 1) + 28)


def _domain(bars: Sequence[Bar], ends: Sequence[float]) -> list[float]:
    """Return the ends of the axis, so far apart that the label of each bar has room at its end."""
    low, high = ends
    wide = WIDE - _MARGIN - _LETTER * max((len(bar.name) for bar in bars), default=0)
    for bar in bars:
        end = max(bar.start, bar.start + bar.size)
        room = max(wide - _LETTER * len(bar.label), wide / 4)
        high = max(high, low + (end - low) * wide / room)
    return [low, high]
