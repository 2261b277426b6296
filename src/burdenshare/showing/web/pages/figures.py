"""Figures: any series by country and year, as known on a day, release by release."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from burdenshare.checking.results import Vintage
from burdenshare.errors import UserError
from burdenshare.showing import charts
from burdenshare.showing.pages import kind
from burdenshare.showing.web import drawings
from burdenshare.showing.web.pages.controls import Control
from burdenshare.showing.web.pages.plates import alone, plate_of
from burdenshare.showing.web.pages.shared import pages, settled, show, working
from burdenshare.showing.web.pages.state import (
    Link,
    Pairs,
    address,
    citation,
    link_of,
    print_of,
    standing,
)
from burdenshare.showing.words import day_words
from burdenshare.world.answers import facts, revisions
from burdenshare.world.dates import Day, parse_day
from burdenshare.world.load import World

router = pages()
FIRST = "share_gdp"
_USUAL = ("USA", "POL", "GBR", "FRA", "DEU")
_SPAN = 12
_MOST = 40  # countries of one page
_LEVELS = {"share_gdp": 2.0}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of figures is asked for."""

    series: str
    countries: tuple[str, ...]
    first: int
    last: int
    look: int
    level: float | None
    day: Day

    @property
    def years(self) -> str:
        """The years, as --year takes them."""
        return f"{self.first}..{self.last}"

    def pairs(self) -> Pairs:
        """Return what an address says of it."""
        return [
            ("country", ",".join(self.countries)),
            ("year", self.years),
            ("asOf", self.day.isoformat()),
            ("look", self.look),
            ("atLeast", "none" if self.level is None else f"{self.level:g}"),
        ]


@router.get("/figures")
def choose(request: Request) -> Response:
    """Lead to the series that is chosen, with the rest of the form."""
    query = [(n, v) for n, v in request.query_params.multi_items() if n != "series"]
    chosen = request.query_params.get("series") or FIRST
    if chosen != request.query_params.get("was", chosen):
        query = [(n, v) for n, v in query if n in ("country", "asOf")]
    query = [(n, v) for n, v in query if n != "was"]
    return RedirectResponse(address(f"/figures/{chosen[:60]}", query), 303)


@router.get("/figures/{series}")
def figures(request: Request, series: str) -> Response:
    """Show a series: by year, release by release, and who flips at a threshold."""
    chosen = request.query_params.get("series")
    if chosen and chosen != series:
        return choose(request)
    with working(request) as world:
        asked = _asked(request, world, series)
        path, link = f"/figures/{series}", link_of(request, world)
        here = address(path, asked.pairs(), link)
        if "result" not in request.query_params and (away := settled(request, here)):
            return away
        found = facts(world, series, asked.countries, asked.years, asked.day)
        names = {code: world.countries.name(code) for code in world.countries.codes}
        names |= {
            row["country"]: names.get(row["country"], row["country"]) for row in found["rows"]
        }
        flips = _flips(world, asked)
        counts = drawings.counts_chart(flips) if flips else None
        lines = drawings.series_chart(found, names, asked.level)
        base = address(f"/embed{path}", asked.pairs(), link)
        sources = _sources(world, found)
        made = Link(world.hash, found["version"], print_of(found))
        url = str(request.base_url).rstrip("/") + address(path, asked.pairs(), made)
        return show(
            request,
            "figures",
            address=here,
            asked=asked,
            answer=found,
            names=names,
            cells=_cells(found, asked),
            said=_said(world, asked, found),
            series_groups=_groups(world),
            controls=_controls(asked, world),
            days=_days(world, asked),
            plate=plate_of(lines, base) if lines else None,
            steps=_steps(world, asked, names),
            flips=flips,
            counts=plate_of(counts, base) if counts else None,
            sources=sources,
            dataset_of=world.find_series(series).dataset,
            standing=standing(link, world, found),
            kind=kind,
            **_again(asked, found, url, path),
        )


@router.get("/embed/figures/{series}")
def embed(request: Request, series: str) -> Response:
    """Show one chart of a series alone; or its specification."""
    with working(request) as world:
        asked = _asked(request, world, series)
        found = facts(world, series, asked.countries, asked.years, asked.day)
        names = {code: world.countries.name(code) for code in world.countries.codes}
        names |= {
            row["country"]: names.get(row["country"], row["country"]) for row in found["rows"]
        }
        flips = _flips(world, asked)
        charts_ = [
            drawings.series_chart(found, names, asked.level),
            drawings.counts_chart(flips) if flips else None,
        ]
        told = {
            "title": _said(world, asked, found),
            "made": f"burdenshare {found['version']}, world {found['world']}, as of {asked.day}.",
            "back": address(f"/figures/{series}", asked.pairs(), link_of(request, world)),
        }
        return alone(request, charts_, told)


def _asked(request: Request, world: World, series: str) -> Asked:
    query = request.query_params
    dataset = world.datasets[world.find_series(series).dataset]
    if dataset.kind == "daily":
        raise UserError(f"{series} is a daily rate: ask burdenshare facts {series}, or the API")
    day = parse_day(query.get("asOf") or world.latest.isoformat(), "as-of day")
    history = world.history(series)
    held = list(history.countries(day))
    codes = [each.strip() for each in query.get("country", "").split(",") if each.strip()]
    if codes:
        chosen = list(dict.fromkeys(world.countries.find(each) for each in codes))[:_MOST]
    else:
        chosen = [each for each in _USUAL if each in held] or held[:5]
    known = [year for year in history.years(day) if year <= day.year] or list(history.years(day))
    newest = known[-1] if known else day.year
    first, last = _span(
        query.get("year"), max(known[0] if known else newest, newest - _SPAN), newest
    )
    look = _year(query.get("look"), min(max(min(newest, day.year - 2), first), last))
    level = _level(query.get("atLeast"), _LEVELS.get(series))
    return Asked(series, tuple(chosen), first, last, look, level, day)


def _span(text: str | None, first: int, last: int) -> tuple[int, int]:
    if not text:
        return first, last
    ends = text.replace(" ", "").split("..")
    if len(ends) > 2:
        raise UserError(f"year is {text[:40]!r}: write 2024, or 2014..2024")
    low, high = _year(ends[0], first), _year(ends[-1], last)
    if low > high or high - low > 100:
        raise UserError(f"year is {text[:40]!r}: write the earlier year first, 100 years at most")
    return low, high


def _year(text: str | None, usual: int) -> int:
    if not text:
        return usual
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise UserError(f"year is {text[:40]!r}: write four digits, such as 2024")
    return int(text)


def _level(text: str | None, usual: float | None) -> float | None:
    if text is None:
        return usual
    if text.strip() in ("", "none"):
        return None
    try:
        value = float(text)
    except ValueError:
        raise UserError(f"threshold is {text[:40]!r}: write a number, such as 2.0") from None
    if not -1e15 < value < 1e15:
        raise UserError(f"threshold is {text[:40]!r}: write a number, such as 2.0")
    return value


def _controls(asked: Asked, world: World) -> list[Control]:
    level = "" if asked.level is None else f"{asked.level:g}"
    codes, look = ",".join(asked.countries), str(asked.look)
    return [
        Control(
            ("country",),
            "Countries",
            "states",
            codes,
            codes,
            (),
            "Codes or names, split by commas.",
        ),
        Control(("year",), "Years", "text", asked.years, asked.years, (), "2024, or 2014..2024."),
        Control(
            ("look",), "Look closely at", "text", look, look, (), "One year, release by release."
        ),
        Control(("atLeast",), "Threshold", "text", level, level, (), "Who is at or above it."),
    ]


def _days(world: World, asked: Asked) -> list[tuple[str, str]]:
    """Return the days on which something was published, newest first, with the one asked for."""
    dataset = world.datasets[world.find_series(asked.series).dataset]
    days = {each.isoformat(): day_words(each) for each in dataset.days}
    days.setdefault(world.latest.isoformat(), f"{day_words(world.latest)} (all that is held)")
    days.setdefault(asked.day.isoformat(), day_words(asked.day))
    return sorted(days.items(), reverse=True)


def _groups(world: World) -> list[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for series in world.series.values():
        dataset = world.datasets[series.dataset]
        if dataset.kind != "daily":
            found.setdefault(dataset.title, []).append(series)
    first = world.datasets[world.find_series(FIRST).dataset].title
    return sorted(found.items(), key=lambda each: (each[0] != first, each[0]))


def _cells(found: Mapping[str, Any], asked: Asked) -> list[tuple[str, list[Any]]]:
    """Return by country the row, or the gap, of each year."""
    known = {(row["country"], row["year"]): row for row in [*found["gaps"], *found["rows"]]}
    codes = list(dict.fromkeys([*asked.countries, *(row["country"] for row in found["rows"])]))
    span = range(asked.first, asked.last + 1)
    return [(code, [known.get((code, year)) for year in span]) for code in codes]


def _steps(world: World, asked: Asked, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return each country's figure of the year looked at, through all releases."""
    found = []
    span = str(asked.look)
    every = facts(world, asked.series, asked.countries[:6], span, asked.day, all_releases=True)
    for code in asked.countries[:6]:
        rows = [
            r
            for r in every["rows"]
            if r["country"] == code and isinstance(r["value"], (int, float))
        ]
        if not rows:
            continue
        points = [Vintage(datetime.date.fromisoformat(r["published"]), r["value"]) for r in rows]
        title = f"{names[code]}, {asked.look}"
        spec = charts.vintages_spec(points, title, every["unit"], None, None, asked.day)
        found.append(
            {
                "title": title,
                "rows": rows,
                "drawing": Markup(charts.svg(spec)) if len(points) > 1 else None,
            }
        )
    return found


def _flips(world: World, asked: Asked) -> dict[str, Any] | None:
    if asked.level is None:
        return None
    found = revisions(world, asked.series, asked.look, asked.level, asked.day)
    return found if found["releases"] else None


def _said(world: World, asked: Asked, found: Mapping[str, Any]) -> str:
    """Return the figure of the first country in the year looked at, in a sentence."""
    from burdenshare.showing.words import measure

    rows = {(row["country"], row["year"]): row for row in found["rows"]}
    code = asked.countries[0] if asked.countries else ""
    row = rows.get((code, asked.look))
    where = world.countries.spoken(code) if code in world.countries.codes else code
    where = where[:1].upper() + where[1:]
    if row is None:
        gap = next(
            (g for g in found["gaps"] if (g["country"], g["year"]) == (code, asked.look)), None
        )
        why = gap["reason"] if gap else "no figure was known on that day"
        return f"{where}, {asked.look}: {why}."
    published = day_words(datetime.date.fromisoformat(row["published"]))
    value = measure(row["value"], row["unit"])
    return f"{where}, {asked.look}: {value}, as published on {published}."


def _sources(world: World, found: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the releases behind the rows: dataset, day, what it is called."""
    rows = {(row["dataset"], row["published"], row["source"]): None for row in found["rows"]}
    return sorted(rows, key=lambda each: each[1], reverse=True)


def _again(asked: Asked, found: Mapping[str, Any], url: str, path: str) -> dict[str, Any]:
    codes = ",".join(asked.countries)
    options = f"--country {codes} " if codes else ""
    command = f"burdenshare facts {asked.series} {options}--year {asked.years} --as-of {asked.day}"
    call = (
        "from burdenshare import World\nfrom burdenshare.world.answers import facts\n"
        "from burdenshare.world.dates import Day\n\n"
        f"facts(World(), {asked.series!r}, {list(asked.countries)}, {asked.years!r}, "
        f"Day({asked.day.year}, {asked.day.month}, {asked.day.day}))"
    )
    told = (
        f"{found['title']} ({asked.series}), {codes or 'all countries'}, {asked.first} to "
        f"{asked.last}, as known on {asked.day}; burdenshare {found['version']}, world "
        f"{found['world']}."
    )
    pairs: Sequence[tuple[str, object]] = [
        ("country", codes),
        ("year", asked.years),
        ("asOf", asked.day),
    ]
    return {
        "command": command,
        "call": call,
        "api": address(f"/api/v1/facts/{asked.series}", pairs),
        "csv": address(f"/api/v1/facts/{asked.series}.csv", pairs),
        "parquet": address(f"/api/v1/facts/{asked.series}.parquet", pairs),
        "cited": citation(str(found["title"]), told, url, found["as_of"], asked.series),
    }
