"""Maps of tiles: who is protected under each reading, every state a tile of one size."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.files import CONTENT, read_csv
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.guarantee import GROUPS, SIGNS
from burdenshare.showing.plots import INK, LINE, PAPER, STATED, WIDE, Chart, mark, plot, text
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
_TILE = 38
_MAP_NOTE = (
    "✓ filled: protected; ✗ with a thick edge: unprotected; ? dashed: open. A number is the "
    "probability of being protected, in per cent of the draws; without one all draws agree."
)
# From a probability to how dark the cell is; the jump is at one half.


@functools.cache
def places() -> dict[str, tuple[int, int]]:
    """Return where each state stands in the map of tiles: its row and column, from 0.

    >>> places()["ISL"], places()["LUX"]
    ((0, 2), (3, 4))
    """
    rows = read_csv(CONTENT / "tiles.csv", ("iso3", "row", "column"))
    return {code: (int(row), int(column)) for code, row, column in rows}


def placed(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return where each of these states is drawn; those without a place come below the others.

    >>> placed(["ISL", "NZL", "JPN"])
    {'ISL': (0, 2), 'JPN': (2, 0), 'NZL': (2, 1)}
    """
    known = places()
    found = {code: known[code] for code in codes if code in known}
    below = max((row for row, _ in found.values()), default=-2) + 2
    wide = max((column for _, column in known.values())) + 1
    for place, code in enumerate(sorted(set(codes) - set(known))):
        found[code] = (below + place // wide, place % wide)
    return found


def map_charts(answer: Answer) -> list[Chart]:
    """Return for each reading a map of who is protected in the last year."""
    found = []
    for place, reading in enumerate(dict.fromkeys(each["reading"] for each in _readings(answer))):
        mine = [each for each in _readings(answer) if each["reading"] == reading]
        mine.sort(key=lambda each: int(each["year"]))
        found.append(_map(answer, mine, place + 1))
    return found


def _readings(answer: Answer) -> list[Answer]:
    return [each for each in answer["protection"] if each["rows"]]


def _map(answer: Answer, years: Sequence[Answer], place: int) -> Chart:
    last = years[-1]
    title = f"{say.heading(last['title'])}, {last['year']}"
    where = placed([row["country"] for row in last["rows"]])
    tiles = [_tile(row, where[row["country"]]) for row in last["rows"]]
    high = max(row for row, _ in where.values()) + 1
    top = min(row for row, _ in where.values())
    wide = max(max(column for _, column in where.values()) + 1, 9)
    size = min(_TILE, (WIDE - 12) // wide)
    encoding = {
        "x": _axis("column", [0, wide]),
        "y": _axis("row", [top, high], reverse=True),
    }
    layer = _tile_layers(tiles, size)
    spec = plot(title, map_words(answer, last), layer, size * (high - top) + 6, encoding=encoding)
    chosen = held.some((int(each["year"]) for each in years), 4)
    shown = [each for each in years if int(each["year"]) in chosen]
    return Chart(
        f"protected-{place}",
        title,
        _MAP_NOTE,
        (spec,),
        ("State", *(str(each["year"]) for each in shown), f"Why, {last['year']}"),
        tuple(
            (
                say.name(answer, row["country"]),
                *(_group_words(each, row["country"]) for each in shown),
                clean(row["reason"]),
            )
            for row in in_groups(last)
        ),
    )


def in_groups(reading: Answer) -> list[Answer]:
    """Return the rows of a reading: protected, unprotected, open, and by code in each."""
    return sorted(reading["rows"], key=lambda row: (GROUPS.index(row["group"]), row["country"]))


def map_words(answer: Answer, reading: Answer) -> str:
    """Return in words who is protected in a reading."""
    said = []
    for group in GROUPS:
        names = [
            say.name(answer, row["country"])
            + (f" ({say.chance(row['probability'])})" if _unsure(row) else "")
            for row in in_groups(reading)
            if row["group"] == group
        ]
        if names:
            said.append(f"{group} {len(names)}: {', '.join(names)}")
    return f"{say.heading(reading['title'])}, {reading['year']}. {'; '.join(said) or 'nobody'}."


def _unsure(row: Answer) -> bool:
    return row["probability"] is not None and 0 < row["probability"] < 1


def _group_words(reading: Answer, country: str) -> str:
    for row in reading["rows"]:
        if row["country"] == country:
            group = clean(row["group"])
            return f"{group}, {say.chance(row['probability'])}" if _unsure(row) else group
    return "–"


def _tile(row: Answer, where: tuple[int, int]) -> dict[str, Any]:
    group = row["group"]
    probability = say.chance_short(row["probability"]) if _unsure(row) else ""
    return {
        "row": where[0] + 0.5,
        "column": where[1] + 0.5,
        "code": clean(row["country"]),
        "label": f"{SIGNS[group]}{'' if len(probability) > 2 else ' '}{probability}".strip(),
        "group": group,
        "ink": {"protected": PAPER, "unprotected": STATED}.get(group, INK),
    }


def _tile_layers(tiles: Sequence[Answer], size: int) -> list[dict[str, Any]]:
    """Return the squares of each group with their own look, then the words in them."""
    looks: dict[str, dict[str, Any]] = {
        "protected": {"fill": LINE, "stroke": LINE, "strokeWidth": 1},
        "unprotected": {"fill": PAPER, "stroke": STATED, "strokeWidth": 2.5},
        "open": {"fill": PAPER, "stroke": INK, "strokeWidth": 1.5, "strokeDash": [3, 3]},
    }
    where = {"x": {"field": "column"}, "y": {"field": "row"}}
    layer = []
    for group, look in looks.items():
        side = size - 3 - look["strokeWidth"]
        rows = [tile for tile in tiles if tile["group"] == group]
        square = {"shape": "square", "size": side * side, "opacity": 1}
        layer.append(mark("point", rows, where, **square, **look))
    ink = {"color": {"field": "ink", "type": "nominal", "scale": None}}
    names = [dict(tile) | {"label": tile["code"]} for tile in tiles]
    layer.append(text(names, where | ink, dy=-7, fontWeight=600))
    layer.append(text(tiles, where | ink, dy=8))
    return layer


def _axis(field: str, ends: Sequence[int], reverse: bool = False) -> dict[str, Any]:
    scale = {"domain": list(ends), "nice": False, "zero": False, "reverse": reverse}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}
