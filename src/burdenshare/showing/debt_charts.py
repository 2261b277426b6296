"""Charts of the debt model: fans of debt, and what the rules ask of each state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing import debt_words as say
from burdenshare.showing import fans
from burdenshare.showing.bars import Bar, bars_spec, listed
from burdenshare.showing.plots import (
    GHOST,
    INK,
    LINE,
    STATED,
    Chart,
    Layer,
    amounts,
    apart,
    domain,
    mark,
    plot,
    years,
)

Answer = Mapping[str, Any]
# Places in the levels of a fan: the lower and upper end of 95, 80 and 50 in 100 draws.
_BANDS = ((0, 6, 0.14), (1, 5, 0.2), (2, 4, 0.28))
_MEDIAN = 3
_LIMIT = 60.0
_READ = "Line: debt if the rules are met, % of GDP"
_DRAWN = "; bands: half, 80 and 95 in 100 of the draws after the adjustment, thin line their median"
_OTHERS = ". Dashed grey: without a change of policy."
_DOTTED = " Dotted: 60 %."
_MORE = " Orange: the same steps with the spending on top, dashed if it goes on after 2028."
_HEAD = ("95 low", "80 low", "50 low", "Median", "50 high", "80 high", "95 high")


def debt_charts(answer: Answer) -> list[Chart]:
    """Return the fans of all states, and bars of what is asked of them, or by each criterion."""
    rows = answer["rows"]
    if not rows:
        return []
    if len(rows) == 1:
        return [fan_chart(answer), criteria_chart(rows[0])]
    return [fans_chart(answer), steps_chart(rows)]


def fan_chart(answer: Answer) -> Chart:
    """Return the debt of one state: its path, the draws, and what no change would bring."""
    row = answer["rows"][0]
    more = _more(answer).get(row["country"])
    title = f"Debt of {say.spoken(row['country'])}, % of GDP"
    high = domain([*_values(row), *_more_values(more)])
    first, _, last = say.milestones(row)
    encoding = {"x": years(first, last), "y": amounts(high, format="d")}
    layer = [*_layers(row, more, high), _labels(row, more, high)]
    spec = plot(title, _said(title, row, more), layer, fans.HIGH, encoding=encoding)
    head = ("Year", "Rules met", "No change", *(("With", "It goes on") if more else ()))
    fan = bool(row["fan"])
    return Chart(
        "debt-fan",
        title,
        _note(fan, bool(more), high),
        (spec,),
        (*head, *(_HEAD if fan else ())),
        tuple(_table(row, more)),
    )


def fans_chart(answer: Answer) -> Chart:
    """Return one small drawing for each state, all with the same scale."""
    rows, others = answer["rows"], _more(answer)
    pairs = [(row, others.get(row["country"])) for row in rows]
    values = [value for row, more in pairs for value in (*_values(row), *_more_values(more))]
    high = domain(values, zero=True)
    first, end, last = say.milestones(rows[0])
    specs = []
    for row, more in pairs:
        name = say.named(row["country"])
        encoding = {"x": years(first, last, 2), "y": amounts(high, tickCount=3)}
        shape = {"encoding": encoding, "title": {"text": name}, "width": fans.SMALL_WIDE}
        title = f"Debt of {say.spoken(row['country'])}, % of GDP"
        specs.append(
            plot(title, _said(title, row, more), _layers(row, more, high), fans.SMALL_HIGH, **shape)
        )
    fan = any(row["fan"] for row in rows)
    return Chart(
        "debt-fans",
        "Debt, state by state",
        f"{_note(fan, bool(others), high)} All drawings have the same scale.",
        tuple(specs),
        (
            "State",
            *(f"{y}" for y in (first, end, last)),
            f"{last}, no change",
            *_FAN_HEAD[: 4 * fan],
        ),
        tuple(_small_row(row, (first, end, last), fan) for row in rows),
    )


_FAN_HEAD = ("Median of the draws", "80 in 100", "95 in 100", "Debt falls")


def steps_chart(rows: Sequence[Answer]) -> Chart:
    """Return what is asked of each state a year, the most first."""
    years_ = rows[0]["adjust"]
    title = f"Asked for in each of {years_} years, points of GDP"
    ordered = sorted(rows, key=lambda row: (-say.mean_step(row), row["country"]))
    bars = [
        Bar(
            say.named(row["country"]),
            size := say.mean_step(row),
            colour=LINE if size > 0 else GHOST,
            label=say.signed(size),
        )
        for row in ordered
    ]
    table = tuple(
        (
            say.named(row["country"]),
            say.signed(say.mean_step(row)),
            say.balance(row["required_spb"]),
            say.criterion(row["binding"], row["preset"]),
        )
        for row in ordered
    )
    note = (
        "Mean change of the structural primary balance, with the least steps of procedure and "
        "resilience; grey: the balance may fall."
    )
    spec = bars_spec(title, f"{title}: {listed(bars)}.", bars)
    head = ("State", "Points a year", "Required balance, %", "Decided by")
    return Chart("debt-steps", title, note, (spec,), head, table)


def criteria_chart(row: Answer) -> Chart:
    """Return the balance that each criterion asks for, that which decides in another colour."""
    title = f"What each criterion asks for in {say.milestones(row)[1]}, % of GDP"
    known = [(name, spb) for name, spb in say.criteria_of(row) if spb is not None]
    bars = [
        Bar(
            say.criterion(name, row["preset"]),
            spb,
            colour=STATED if name == row["binding"] else LINE,
            label=f"{say.balance(spb)}{' decides' if name == row['binding'] else ''}",
        )
        for name, spb in known
    ]
    table = tuple(
        (
            say.criterion(name, row["preset"]),
            say.balance(spb),
            "decides" if name == row["binding"] else "–",
        )
        for name, spb in say.criteria_of(row)
    )
    note = f"Structural primary balance. {say.rule(row)}"
    spec = bars_spec(title, f"{title}: {listed(bars)}.", bars)
    return Chart("debt-criteria", title, note, (spec,), ("Criterion", "Balance", ""), table)


def _more(answer: Answer) -> dict[str, Answer]:
    """Return debt with spending on top by state: the spending as given, and if it goes on."""
    effects = answer.get("effects")
    if not effects:
        return {}
    years = {row["country"]: row["paths"]["years"] for row in answer["rows"]}
    return {
        row["country"]: {
            "years": years[row["country"]],
            **{case: row[case]["path"][: len(years[row["country"]])] for case in ("with", "kept")},
        }
        for row in effects["rows"]
    }


def _note(fan: bool, more: bool, high: Sequence[float]) -> str:
    dotted = _DOTTED if high[0] <= _LIMIT <= high[1] else ""
    return f"{_READ}{_DRAWN if fan else ''}{_OTHERS}{_MORE if more else ''}{dotted}"


def _more_values(more: Answer | None) -> list[float]:
    return [] if more is None else [*more["with"], *more["kept"]]


def _values(row: Answer) -> list[float]:
    found = [*row["paths"]["debt"], *row["no_policy_change"]["debt"]]
    for year in row["fan"]["debt"] if row["fan"] else ():
        found += year
    return [value for value in found if value is not None]


def _layers(row: Answer, more: Answer | None, high: Sequence[float]) -> list[Layer]:
    layer = [*bands(row["fan"])]
    line = {"x": {"field": "year"}, "y": {"field": "value"}}
    first, _, last = say.milestones(row)
    if high[0] <= _LIMIT <= high[1]:
        limit = [{"year": year, "value": _LIMIT} for year in (first, last)]
        layer.append(mark("line", limit, line, color=INK, strokeWidth=1, strokeDash=[1, 3]))
    dashed = {"strokeWidth": 1.5, "strokeDash": [5, 3]}
    unchanged = _line(row["no_policy_change"], "debt")
    layer.append(mark("line", unchanged, line, color=GHOST, **dashed))
    if more:
        layer.append(mark("line", _line(more, "kept"), line, color=STATED, **dashed))
        layer.append(mark("line", _line(more, "with"), line, color=STATED, strokeWidth=2))
    layer.append(mark("line", _line(row["paths"], "debt"), line, color=LINE, strokeWidth=2.5))
    return layer


def _line(found: Answer, name: str) -> list[dict[str, Any]]:
    return [
        {"year": year, "value": value}
        for year, value in zip(found["years"], found[name], strict=True)
    ]


def bands(fan: Answer | None, colour: str = LINE) -> Iterator[Layer]:
    """Yield three bands of the draws and their median, or nothing without draws."""
    if not fan:
        return
    x = {"field": "year"}
    pairs = list(zip(fan["years"], fan["debt"], strict=True))
    for low, high, shade in _BANDS:
        rows = [{"year": year, "low": each[low], "high": each[high]} for year, each in pairs]
        place = {"x": x, "y": {"field": "low"}, "y2": {"field": "high"}}
        yield mark("area", rows, place, color=colour, opacity=1, fillOpacity=shade)
    rows = [{"year": year, "value": each[_MEDIAN]} for year, each in pairs]
    yield mark("line", rows, {"x": x, "y": {"field": "value"}}, color=colour, strokeWidth=1)


def _labels(row: Answer, more: Answer | None, high: Sequence[float]) -> Layer:
    last = say.milestones(row)[2]
    ends = [(say.at(row, last), LINE), (say.at(row, last, paths="no_policy_change"), GHOST)]
    if more:
        ends += [(more[case][-1], STATED) for case in ("with", "kept")]
    known = [(value, colour) for value, colour in ends if value is not None]
    places = apart([value for value, _ in known], 15 / fans.HIGH * (high[1] - high[0]))
    return fans.right(
        [
            {"year": last, "value": place, "label": say.ratio(value), "colour": colour}
            for (value, colour), place in zip(known, places, strict=True)
        ]
    )


def _said(title: str, row: Answer, more: Answer | None) -> str:
    """Return in words what the chart shows, for readers who do not see it."""
    first, end, last = say.milestones(row)
    shown = [f"{say.ratio(say.at(row, year))} in {year}" for year in (first, end, last)]
    said = f"{title}, if the rules are met: {', '.join(shown)}."
    found = say.ratio(say.at(row, last, paths="no_policy_change"))
    said += f" Without a change of policy {found} in {last}"
    if more:
        found = f"{say.ratio(more['with'][-1])}, and {say.ratio(more['kept'][-1])} if it goes on"
        said += f", the same steps with the spending on top {found}"
    said += "."
    if row["fan"]:
        ends = row["fan"]["debt"][-1]
        said += (
            f" Over the draws in {row['fan']['years'][-1]}: median {say.ratio(ends[_MEDIAN])}; "
            f"50 in 100 {say.between(ends[2], ends[4])}; 80 {say.between(ends[1], ends[5])}; "
            f"95 {say.between(ends[0], ends[6])}."
        )
    return said


def _table(row: Answer, more: Answer | None) -> Iterator[tuple[str, ...]]:
    fan = row["fan"]
    drawn = dict(zip(fan["years"], fan["debt"], strict=True)) if fan else {}
    for place, year in enumerate(row["paths"]["years"]):
        cells = [say.at(row, year), say.at(row, year, paths="no_policy_change")]
        if more:
            cells += [more["with"][place], more["kept"][place]]
        if fan:
            cells += drawn.get(year, [None] * len(_HEAD))
        yield (str(year), *map(say.ratio, cells))


def _small_row(row: Answer, chosen: Sequence[int], fan: bool) -> tuple[str, ...]:
    cells = [say.ratio(say.at(row, year)) for year in chosen]
    cells.append(say.ratio(say.at(row, chosen[-1], paths="no_policy_change")))
    if fan and row["fan"]:
        ends = row["fan"]["debt"][-1]
        cells.append(f"{say.ratio(ends[_MEDIAN])} in {row['fan']['years'][-1]}")
        cells += [say.between(ends[1], ends[5]), say.between(ends[0], ends[6])]
        cells.append(say.chance(row["fan"]["probability_debt_falls"]))
    elif fan:
        cells += ["–"] * len(_FAN_HEAD)
    return (say.named(row["country"]), *cells)
