"""Charts of shares of GDP against the pledge: the groups, and the members side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.showing import fans
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.plots import (
    GHOST,
    INK,
    LINE,
    STATED,
    Chart,
    Layer,
    Rows,
    amounts,
    apart,
    domain,
    mark,
    plot,
    years,
)
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
_BEFORE = "Dashed grey: the median if nothing changes."
_ALIKE = "If nothing changes, the median is the same."
_GHOSTS = "Thin grey: earlier releases."
_PLEDGE = "Dashed orange: the pledge."


@dataclass(frozen=True, slots=True)
class _Path:
    """The share of a group or country: the draws, nothing changes, the releases, the pledges."""

    region: str
    rows: Rows
    before: Rows
    releases: tuple[Rows, ...]  # oldest first
    pledges: tuple[Rows, ...]

    def first(self) -> int:
        known = [int(row["year"]) for release in self.releases for row in release]
        return min([int(self.rows[0]["year"]), *known])

    def last(self) -> int:
        return int(self.rows[-1]["year"])

    def changed(self) -> bool:
        """Say whether the median is another than if nothing changes."""
        alike = [(row["year"], row["p50"]) for row in self.rows]
        return bool(self.before) and alike != [(row["year"], row["p50"]) for row in self.before]

    def values(self) -> list[float]:
        """Return all that the value axis must hold."""
        drawn = [row[name] for row in self.rows for name in ("p5", "p50", "p95")]
        drawn += [row["p50"] for row in self.before]
        for lines in (*self.releases, *self.pledges):
            drawn += [row["value"] for row in lines]
        return [float(value) for value in drawn if value is not None]


def share_charts(answer: Answer) -> list[Chart]:
    """Return the path of each group's share against the pledge, two groups at most."""
    regions = held.distinct_groups(answer, held.SHARE)[:2]
    return [_share_chart(answer, _path(answer, each), i + 1) for i, each in enumerate(regions)]


def _share_chart(answer: Answer, path: _Path, place: int) -> Chart:
    title = f"Share of GDP: {clean(path.region)}"
    high = domain(path.values())
    layer = [*_layers(path), _labels(path, high, 15 / fans.HIGH)]
    encoding = {"x": years(path.first(), path.last()), "y": amounts(high, format=".2~f")}
    shown = {
        fans.READ: True,
        _BEFORE: path.changed(),
        _ALIKE: bool(path.before) and not path.changed(),
        _GHOSTS: len(path.releases) > 1,
        _PLEDGE: bool(path.pledges),
    }
    return Chart(
        name=f"share-{place}",
        title=title,
        note=" ".join(words for words, there in shown.items() if there),
        specs=(plot(title, _said(title, path), layer, fans.HIGH, encoding=encoding),),
        head=("Year", "5 %", "25 %", "Median", "75 %", "95 %", *_extra(path)),
        rows=tuple(_table(path)),
    )


def member_charts(answer: Answer) -> list[Chart]:
    """Return one chart that holds a small drawing for each member, all with the same scale."""
    paths = [_path(answer, each) for each in held.countries(answer, held.SHARE)]
    if not paths:
        return []
    high = domain([value for path in paths for value in path.values()], zero=True)
    first = min(path.first() for path in paths)
    last = max(path.last() for path in paths)
    specs = []
    for path in paths:
        name = say.short_name(answer, path.region)
        encoding = {
            "x": years(first, last, 2),
            "y": amounts(high, tickCount=3),
        }
        layer = [*_layers(path), _labels(path, high, 14 / 80)]
        title = f"Share of GDP: {say.name(answer, path.region)}"
        more = {"encoding": encoding, "title": {"text": name}, "width": fans.SMALL_WIDE}
        specs.append(plot(title, _said(title, path), layer, fans.SMALL_HIGH, **more))
    chosen = held.some((int(row["year"]) for path in paths for row in path.rows), 4)
    return [
        Chart(
            name="members",
            title="Share of GDP, member by member",
            note=f"{fans.READ} {_PLEDGE} In per cent of GDP; all drawings have the same scale.",
            specs=tuple(specs),
            head=("Member", *(f"{year}, median" for year in chosen), f"{last}, {say.RANGE}"),
            rows=tuple(_member_row(answer, path, chosen) for path in paths),
        )
    ]


def _path(answer: Answer, region: str) -> _Path:
    """Return what is known of the share of a region."""
    by_day: dict[str, list[dict[str, Any]]] = {}
    for row in answer.get("history", ()):
        if row["region"] == region and row["value"] is not None:
            by_day.setdefault(str(row["published"]), []).append(dict(row))
    return _Path(
        region,
        held.pick(answer, held.SHARE, region),
        held.baseline(answer, held.SHARE, region),
        tuple(sorted(by_day[day], key=lambda row: int(row["year"])) for day in sorted(by_day)),
        tuple(_levels(answer, region)),
    )


def _levels(answer: Answer, region: str) -> Iterator[list[dict[str, Any]]]:
    """Yield what each pledge asks of a country by year; of a group, what it asks of most."""
    rows = held.own(answer, "meets")
    found: list[list[dict[str, Any]]] = []
    for pledge in dict.fromkeys(row["pledge"] for row in rows):
        mine = [row for row in rows if row["pledge"] == pledge]
        asked: dict[int, list[float]] = {}
        for row in mine:
            if row["target"] is not None and row["country"] == region:
                asked[int(row["year"])] = [row["target"]]
        if not asked and region in held.groups(answer):
            for row in mine:
                if row["target"] is not None:
                    asked.setdefault(int(row["year"]), []).append(row["target"])
        line = [
            {"year": year, "value": max(set(those), key=lambda each: (those.count(each), each))}
            for year, those in sorted(asked.items())
        ]
        if line and line not in found:
            found.append(line)
            yield line


def _layers(path: _Path) -> list[Layer]:
    """Return ghosts, fan, nothing changes, the newest release, and the pledges."""
    layer = []
    line = {"x": {"field": "year"}, "y": {"field": "value"}}
    for release in path.releases[:-1]:
        layer.append(mark("line", release, line, color=GHOST, strokeWidth=1))
    layer += fans.fan(path.rows, LINE)
    if path.changed():
        rows = [{"year": int(row["year"]), "value": row["p50"]} for row in path.before]
        layer.append(mark("line", rows, line, color=INK, strokeWidth=1.5, strokeDash=[5, 3]))
    for release in path.releases[-1:]:
        layer.append(mark("line", release, line, color=LINE, strokeWidth=2.5))
    for level in path.pledges:
        look = {"color": STATED, "strokeWidth": 1.75, "strokeDash": [8, 4]}
        layer.append(mark("line", level, line, interpolate="step-after", **look))
    return layer


def _labels(path: _Path, high: Sequence[float], least: float) -> Layer:
    """Return the last values, at the right, so far apart that none hides another."""
    ends = [(path.rows[-1]["p50"], say.percent(path.rows[-1]["p50"]), LINE)]
    ends += [(each[-1]["value"], say.level(each[-1]["value"]), STATED) for each in path.pledges]
    places = apart([value for value, _, _ in ends], least * (high[1] - high[0]))
    return fans.right(
        [
            {"year": path.last(), "value": place, "label": label, "colour": colour}
            for (_, label, colour), place in zip(ends, places, strict=True)
        ]
    )


def _said(title: str, path: _Path) -> str:
    """Return in words what the chart shows, for readers who do not see it."""
    first, last = path.rows[0], path.rows[-1]
    said = f"{title}: {say.percent(first['p50'])} % of GDP in {first['year']}"
    if len(path.rows) > 1:
        said += f", {say.percent(last['p50'])} % in {last['year']}"
    said += f" (medians; {say.RANGE} {say.between(last)})."
    if path.before:
        said += f" If nothing changes: {say.percent(path.before[-1]['p50'])} %."
    if path.releases:
        newest = path.releases[-1]
        said += f" Last known: {say.percent(newest[-1]['value'])} % in {newest[-1]['year']}."
    if path.pledges:
        asked = [f"{say.level(each[-1]['value'])} %" for each in path.pledges]
        said += f" Pledged: {say.joined(asked)}."
    return said


def _extra(path: _Path) -> tuple[str, ...]:
    return ("If nothing changes", *("Pledge" for _ in path.pledges))[not path.before :]


def _table(path: _Path) -> Iterator[tuple[str, ...]]:
    before = {int(row["year"]): row["p50"] for row in path.before}
    asked = [{row["year"]: row["value"] for row in each} for each in path.pledges]
    for row in path.rows:
        year = int(row["year"])
        extra = [say.percent(before.get(year))] if before else []
        extra += [say.level(each[year]) if year in each else "–" for each in asked]
        yield (str(year), *(say.percent(row[name]) for name in held.LEVELS), *extra)


def _member_row(answer: Answer, path: _Path, chosen: Sequence[int]) -> tuple[str, ...]:
    medians = {int(row["year"]): row["p50"] for row in path.rows}
    cells = (say.percent(medians.get(year)) for year in chosen)
    return (say.name(answer, path.region), *cells, say.between(path.rows[-1]))
