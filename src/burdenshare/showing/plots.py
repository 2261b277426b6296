"""What the charts of a run are made of: sizes, colours, scales, and the drawing as SVG.

Every chart is drawn 360 units wide, so that it fits a telephone and stands in two columns on a
desk. It is told apart without colour too: solid, dashed and thin lines, filled and hollow marks,
signs and numbers in cells.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from burdenshare.showing import charts
from burdenshare.showing.charts import INK, LINE, PAPER, STATED
from burdenshare.showing.words import clean, shorten

GHOST = "#7b858e"
WIDE, FONT, SMALL = 360, 13, 12
_LETTERS = "sans-serif"
_LONG = re.compile(r"(\.\d)\d+")  # decimals of a place in a drawing, beyond the first
_GROUP = "{http://www.w3.org/2000/svg}g"
_SHARED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "text-anchor",
    "font-size",
    "font-weight",
)
_LETTER = 0.52  # width of a letter, in font sizes

Rows = Sequence[Mapping[str, Any]]
Layer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title, how to read it, its drawings, and the same as a table.

    `specs` are Vega-Lite specifications: one, or several small ones side by side.
    """

    name: str
    title: str
    note: str
    specs: tuple[dict[str, Any], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def plot(
    title: str, description: str, layer: Sequence[Layer], height: int, /, **more: Any
) -> dict[str, Any]:
    """Return a Vega-Lite specification of layers that is WIDE units wide with all its labels.

    The title and the description are the text alternatives; `more` are further properties, such
    as the encoding that the layers share, or another width.
    """
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"title": clean(title)},
        "description": clean(description),
        "width": WIDE,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 2, "top": 3, "right": 10, "bottom": 3},
        "background": None,
        "layer": list(layer),
        "config": _config(),
    } | more


def drawn(spec: dict[str, Any]) -> str:
    """Return a specification as SVG of its own width, to scale with the page."""
    root = ElementTree.fromstring(charts.svg(spec))
    _lighten(root)
    root.set("viewBox", f"0 0 {spec['width']:g} {root.attrib['viewBox'].split()[3]}")
    root.set("class", "plot")
    root.set("role", "img")
    root.set("font-family", _LETTERS)
    return ElementTree.tostring(root, encoding="unicode")


def _lighten(element: ElementTree.Element) -> None:
    """Take out of a drawing what goes without saying, and the decimals that nobody sees."""
    for name, usual in (("opacity", "1"), ("fill-opacity", "1"), ("font-family", _LETTERS)):
        if element.get(name) == usual:
            del element.attrib[name]
    element.attrib.pop("role", None)
    for name in ("d", "transform"):
        if name in element.attrib:
            element.set(name, _LONG.sub(r"\1", element.attrib[name]))
    for child in element:
        _lighten(child)
    inner = [[*child] if child.tag == _GROUP and not child.attrib else [child] for child in element]
    element[:] = [child for children in inner for child in children]
    if element.tag == _GROUP and len(element) > 1:
        _hoist(element)


def _hoist(group: ElementTree.Element) -> None:
    """Say once of a group what is said of each of its parts."""
    for name in _SHARED:
        values = {child.get(name) for child in group}
        if len(values) == 1 and None not in values and name not in group.attrib:
            group.set(name, str(values.pop()))
            for child in group:
                del child.attrib[name]


def mark(kind: str, rows: Rows, encoding: Mapping[str, Any], **how: Any) -> Layer:
    """Return one layer: rows, a mark and how it looks, and what places it."""
    return {
        "data": {"values": [dict(row) for row in rows]},
        "mark": {"type": kind} | how,
        "encoding": dict(encoding),
    }


def text(rows: Rows, encoding: Mapping[str, Any], **how: Any) -> Layer:
    """Return a layer of words; the field `label` holds them."""
    look = {"fontSize": SMALL, "color": INK, "baseline": "middle"} | how
    return mark("text", rows, {**encoding, "text": {"field": "label"}}, **look)


def years(first: int, last: int, most: int = 6) -> dict[str, Any]:
    """Return the axis of years, labelled at the first, the last, and evenly between them."""
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first, max(last, first + 1)], "nice": False, "zero": False},
        "axis": {
            "values": ticks(first, last, most),
            "format": "d",
            "grid": False,
            "labelFlush": True,
        },
    }


def ticks(first: int, last: int, most: int) -> list[int]:
    """Return at most so many years evenly apart, the last among them, the first where it fits.

    >>> ticks(2026, 2035, 6), ticks(2014, 2035, 6), ticks(2026, 2030, 2), ticks(2026, 2026, 6)
    ([2026, 2029, 2032, 2035], [2014, 2021, 2028, 2035], [2026, 2030], [2026])
    """
    span = last - first
    least = max(-(-span // (most - 1)), 1)
    step = next((step for step in range(least, 2 * least + 1) if span % step == 0), least)
    return sorted(range(last, first - 1, -step))


def amounts(domain: Sequence[float], field: str = "value", **axis: Any) -> dict[str, Any]:
    """Return an axis of numbers, with short words for large sums of money."""
    largest = max(map(abs, domain))
    ticks: dict[str, Any] = {"tickCount": 4}
    for scale, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if largest >= 2 * scale:
            ticks["labelExpr"] = f"format(datum.value / {scale:.0f}, ',~r') + ' {word}'"
            break
    return {
        "field": field,
        "type": "quantitative",
        "title": None,
        "scale": {"domain": list(domain), "nice": False, "zero": False},
        "axis": ticks | axis,
    }


def domain(values: Sequence[float], zero: bool = False) -> list[float]:
    """Return the ends of an axis: the values with some air, from zero where that is asked for.

    >>> domain([1.0, 2.0], zero=True), domain([3.0, 3.0])
    ([0.0, 2.12], [2.85, 3.15])
    """
    low, high = min(values), max(values)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    air = (high - low) * 0.06 or abs(high) * 0.05 or 1.0
    below = low if zero and low == 0 else low - air
    return [max(below, 0.0) if low >= 0 else below, high + air]


def apart(values: Sequence[float], least: float) -> list[float]:
    """Return positions at least so far apart, in the order given and near the values.

    >>> apart([2.0, 3.5, 3.4], 0.5)
    [2.0, 3.7, 3.2]
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    placed: list[list[int]] = []
    for place in order:
        placed.append([place])
        while len(placed) > 1 and _lowest(placed[-1], values, least) - _highest(
            placed[-2], values, least
        ) < least * (1 - 1e-9):
            last = placed.pop()
            placed[-1] += last
    found = [0.0] * len(values)
    for block in placed:
        start = _lowest(block, values, least)
        for step, place in enumerate(block):
            found[place] = round(start + step * least, 9)
    return found


def _lowest(block: Sequence[int], values: Sequence[float], least: float) -> float:
    """Return where a block of labels starts, its middle at the mean of its values."""
    return sum(values[place] for place in block) / len(block) - least * (len(block) - 1) / 2


def _highest(block: Sequence[int], values: Sequence[float], least: float) -> float:
    return _lowest(block, values, least) + least * (len(block) - 1)


def lines(words: str, room: int, size: int = SMALL) -> list[str]:
    """Return words in one or two lines of so many units, cut where they are longer.

    >>> lines("Keep the total", 100), lines("Keep the total that all the others spend", 100)
    (['Keep the total'], ['Keep the total', 'that all the…'])
    """
    most = max(int(room / (size * _LETTER)), 4)
    found = textwrap.wrap(clean(words), most, break_on_hyphens=False) or [""]
    return found if len(found) == 1 else [found[0], shorten(" ".join(found[1:]), most)]


def told_apart(names: Sequence[str]) -> list[str]:
    """Return names of which no two are equal: a repeated one gets signs that are not seen.

    >>> [len(name) for name in told_apart(["Congo", "Congo", "Chad"])]
    [5, 6, 4]
    """
    return [name + "\u200b" * list(names[:place]).count(name) for place, name in enumerate(names)]


def _config() -> dict[str, Any]:
    axis = {
        "labelFontSize": SMALL,
        "labelColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.14,
        "labelLimit": 160,
    }
    return {
        "aria": False,
        "font": _LETTERS,
        "view": {"stroke": None},
        "text": {"fontSize": FONT, "color": INK},
        "axis": axis,
        "title": {"fontSize": FONT, "color": INK, "anchor": "start", "fontWeight": 600},
    }


__all__ = [
    "FONT",
    "GHOST",
    "INK",
    "LINE",
    "PAPER",
    "SMALL",
    "STATED",
    "WIDE",
    "Chart",
    "Layer",
    "Rows",
    "amounts",
    "apart",
    "domain",
    "drawn",
    "lines",
    "mark",
    "plot",
    "text",
    "told_apart",
    "years",
]
