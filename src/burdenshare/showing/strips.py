"""Strips: the probability that each member meets a pledge, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.plots import INK, LINE, PAPER, Chart, mark, plot, text, told_apart

Answer = Mapping[str, Any]
_ROW = 22
# From a probability to how dark the cell is; the jump is at one half.
_SHADES = ((0.05, 0.04), (0.25, 0.13), (0.5, 0.26), (0.75, 0.78), (0.95, 0.88))


def strip_charts(answer: Answer) -> list[Chart]:
    """Return for each pledge the probability that each member meets it, year by year."""
    return [_strip(answer, each, place + 1) for place, each in enumerate(held.pledges(answer))]


def _strip(answer: Answer, pledge: str, place: int) -> Chart:
    rows = [row for row in held.own(answer, "meets") if row["pledge"] == pledge]
    years = sorted({int(row["year"]) for row in rows})
    cells = {(row["country"], int(row["year"])): row["probability"] for row in rows}
    members = sorted(
        {row["country"] for row in rows},
        key=lambda code: (-(_or_below(cells.get((code, years[-1])))), code),
    )
    title = f"Who reaches {reaching(answer, pledge)}"
    shown = held.some(years, 10)
    spec = _cells(answer, title, members, shown, cells)
    spec["description"] = f"{title}. {strip_words(answer, pledge)}"
    note = f"In how many of 100 draws a member spends as much. {count_words(answer, pledge)}"
    return Chart(
        f"meets-{place}",
        title,
        note.strip(),
        (spec,),
        ("Member", *map(str, years)),
        tuple(
            (say.name(answer, code), *(say.chance(cells.get((code, year))) for year in years))
            for code in members
        ),
    )


def _or_below(probability: float | None) -> float:
    return -1.0 if probability is None else probability


def reaching(answer: Answer, pledge: str) -> str:
    """Return what a member has to reach in the last year to meet a pledge, with its name."""
    rows = [row for row in held.own(answer, "meets") if row["pledge"] == pledge]
    year = max(int(row["year"]) for row in rows)
    asked = {row["target"] for row in rows if int(row["year"]) == year} - {None}
    said = " or ".join(say.level(each) for each in sorted(asked))
    named = say.pledge_words(answer, pledge)
    return f"{said} % of GDP: {named}" if 0 < len(asked) < 4 else f"what is asked: {named}"


def strip_words(answer: Answer, pledge: str) -> str:
    """Return in words who is likely to meet a pledge in the last year."""
    rows = [row for row in held.own(answer, "meets") if row["pledge"] == pledge]
    year = max(int(row["year"]) for row in rows)
    last = [row for row in rows if int(row["year"]) == year and row["probability"] is not None]
    last.sort(key=lambda row: (-row["probability"], row["country"]))
    likely = [
        f"{say.name(answer, row['country'])} {say.chance(row['probability'])}"
        for row in last
        if row["probability"] >= 0.5
    ]
    said = f"In {year}, more likely than not: {', '.join(likely) or 'nobody'}; "
    said += f"{len(last) - len(likely)} others less likely."
    return f"{said} {count_words(answer, pledge)}".strip()


def count_words(answer: Answer, pledge: str) -> str:
    """Return how many members meet a pledge in the last year, or nothing where that is unknown."""
    last = held.last_count(answer, pledge)
    if last is None:
        return ""
    return (
        f"In {last['year']} {last['p50']:.0f} of {last['members']} meet it "
        f"({say.RANGE} {last['p5']:.0f} to {last['p95']:.0f})."
    )


def _cells(
    answer: Answer,
    title: str,
    members: Sequence[str],
    years: Sequence[int],
    cells: Mapping[tuple[str, int], float | None],
) -> dict[str, Any]:
    """Return a row a member and a cell a year, darker where it is likelier, with its number."""
    rows = []
    names_of = told_apart([say.short_name(answer, code) for code in members])
    for code, name in zip(members, names_of, strict=True):
        for year in years:
            probability = cells.get((code, year))
            dark = shade(probability)
            rows.append(
                {
                    "member": name,
                    "year": str(year),
                    "label": say.chance_short(probability),
                    "dark": dark,
                    "ink": PAPER if dark > 0.5 else INK,
                }
            )
    names = {"ticks": False, "domain": False, "labelPadding": 5}
    encoding = {
        "x": {
            "field": "year",
            "type": "nominal",
            "title": None,
            "axis": {"orient": "top", "labelAngle": 0, "ticks": False, "domain": False}
            | ({"labelExpr": '"’" + slice(datum.label, 2)'} if len(years) > 6 else {}),
        },
        "y": {"field": "member", "type": "nominal", "sort": None, "title": None, "axis": names},
    }
    depth = {"fillOpacity": {"field": "dark", "type": "quantitative", "scale": None}}
    ink = {"color": {"field": "ink", "type": "nominal", "scale": None}}
    layer = [
        mark("rect", rows, depth, fill=LINE, stroke=PAPER, strokeWidth=1.5),
        text(rows, ink, fontSize=11),
    ]
    height = _ROW * max(len(members), 1) + 26
    return plot(title, "", layer, height, encoding=encoding)


def shade(probability: float | None) -> float:
    """Return how dark a cell is, from 0 to 1; above one half the words in it are light.

    >>> [shade(each) for each in (None, 0.0, 0.49, 0.5, 1.0)]
    [0.0, 0.04, 0.26, 0.78, 1.0]
    """
    if probability is None:
        return 0.0
    return next((dark for below, dark in _SHADES if probability < below), 1.0)
