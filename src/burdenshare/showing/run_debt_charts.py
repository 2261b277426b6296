"""Charts of debt in a run: each state without and with the spending, and what is then asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.showing import debt_effects, fans
from burdenshare.showing import debt_words as words
from burdenshare.showing import run_debt_words as say
from burdenshare.showing.bars import Bar, bars_spec, listed
from burdenshare.showing.debt_charts import bands
from burdenshare.showing.plots import (
    INK,
    LINE,
    STATED,
    Chart,
    Layer,
    amounts,
    domain,
    mark,
    plot,
    years,
)
from burdenshare.showing.run_words import chance_short, heading

Answer = Mapping[str, Any]
_LIMIT = 60.0
_BEFORE = 5  # years that a path has before the first year of the next adjustment
_MOST = 3.0  # points a year, the largest step that is tried
_READ = "Blue: without the spending. Orange: with it, the same steps taken"
_KEPT = ", dashed if it goes on after 2028"
_BANDS = " Bands: half, 80 and 95 in 100 of the draws with it, thin line their median."
_DOTTED = " Dotted: 60 %."
_OWN = " % of GDP; each drawing has its own scale, of 20 points at least."
_LEAST = 20.0
_LOOKS: dict[str, dict[str, Any]] = {
    "kept": {"color": STATED, "strokeWidth": 1.5, "strokeDash": [5, 3]},
    "with": {"color": STATED, "strokeWidth": 2},
    "without": {"color": LINE, "strokeWidth": 2.5},
}


@dataclass(frozen=True, slots=True)
class _Paths:
    """The debt of a state in each case, in % of GDP by year."""

    country: str
    cases: Mapping[str, Mapping[int, float]]
    fan: Answer | None = None  # of the draws after the plan, with the spending

    def values(self) -> list[float]:
        ends = [value for year in self.fan["debt"] for value in year] if self.fan else []
        return [*ends, *(value for path in self.cases.values() for value in path.values())]


def path_charts(answer: Answer) -> list[Chart]:
    """Return for each case a small drawing of each state, and the same in a table."""
    found = []
    for place, case in enumerate(say.block(answer)["cases"]):
        if case["effects"]["rows"]:
            found += [_paths(case, place + 1), _table(case, place + 1)]
        if case["effects"]["outside_eu"]:
            found += _outside(case, place + 1)
    return found


def needed_charts(answer: Answer) -> list[Chart]:
    """Return for each case the step needed after 2028 by state, and what asks for it."""
    cases = enumerate(say.block(answer)["cases"])
    return [_needed(case, place + 1) for place, case in cases if case["effects"]["rows"]]


def _paths(case: Answer, place: int) -> Chart:
    rows = case["effects"]["rows"]
    years_ = list(rows[0]["with"]["debt"])
    head = ("State", "On top", *(f"Debt {year}{more}" for year in years_ for more in _MORE))
    head += tuple(f"Interest {year}{more}" for year in years_ for more in _MORE)
    head += tuple(f"Falls{more}" for more in _MORE)
    table = tuple(
        (
            words.named(row["country"]),
            say.span(row["points"].values()),
            *_cells(row, "debt", words.ratio),
            *_cells(row, "interest", words.balance),
            *(words.chance(row[way]["probability_debt_falls"]) for way in debt_effects.CASES),
        )
        for row in rows
    )
    title = f"Debt, state by state: {heading(case['title'])}"
    return _drawings(f"debt-{place}", title, [_path(row) for row in rows], head, table)


_MORE = ("", ", with", ", goes on")


def _cells(row: Answer, name: str, form: Callable[[float | None], str]) -> Iterator[str]:
    for year in row["with"]["debt"]:
        for case in debt_effects.CASES:
            yield form(row[case][name][year])


def _path(row: Answer) -> _Paths:
    first = row["extra_adjustment"]["years"][0] - _BEFORE
    last = max(map(int, row["with"]["debt"]))
    cases = {
        case: {
            year: value
            for year, value in enumerate(row[case]["path"], first)
            if year <= last and value is not None
        }
        for case in _LOOKS
    }
    return _Paths(row["country"], cases, row["with"].get("fan"))


def _outside(case: Answer, place: int) -> list[Chart]:
    plain = case["effects"]["outside_eu"]
    paths = [
        _Paths(
            row["country"],
            {name: dict(zip(row["years"], row[name]["debt"], strict=True)) for name in _TWO},
        )
        for row in plain["rows"]
    ]
    if not paths:
        return []
    title = f"States outside the EU: {heading(case['title'])}"
    head = ("State", "Year", "On top", "Debt", "With", "Interest", "With")
    rows = tuple(debt_effects.outside_rows(case["effects"]))
    note = f"{heading(plain['method'])}. "
    return [_drawings(f"debt-outside-{place}", title, paths, head, rows, note)]


_TWO = ("without", "with")


def _drawings(
    name: str,
    title: str,
    paths: Sequence[_Paths],
    head: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    note: str = "",
) -> Chart:
    """Return one small drawing for each state."""
    known = [year for each in paths for path in each.cases.values() for year in path]
    first, last = min(known), max(known)
    specs, dotted = [], ""
    for each in paths:
        who = words.named(each.country)
        high = _scale(each.values())
        dotted = _DOTTED if high[0] <= _LIMIT <= high[1] else dotted
        encoding = {"x": years(first, last, 2), "y": amounts(high, tickCount=3)}
        shape = {"encoding": encoding, "title": {"text": who}, "width": fans.SMALL_WIDE}
        said = _said(each)
        layer = _layers(each, (first, last), high)
        specs.append(plot(f"Debt of {who}, % of GDP", said, layer, fans.SMALL_HIGH, **shape))
    drawn = _BANDS if any(each.fan for each in paths) else ""
    read = f"{_READ}{_KEPT if 'kept' in paths[0].cases else ''}.{drawn}"
    return Chart(name, title, f"{note}{read}{dotted}{_OWN}", tuple(specs), head, rows)


def _scale(values: Sequence[float]) -> list[float]:
    """Return the ends of an axis that holds the values, far enough apart and not below 0."""
    low, high = domain(values)
    more = max(_LEAST - (high - low), 0.0) / 2
    low = max(low - more, 0.0)
    return [low, max(high + more, low + _LEAST)]


def _layers(each: _Paths, ends: tuple[int, int], high: Sequence[float]) -> list[Layer]:
    place = {"x": {"field": "year"}, "y": {"field": "value"}}
    layer = list(bands(each.fan, STATED))
    if high[0] <= _LIMIT <= high[1]:
        limit = [{"year": year, "value": _LIMIT} for year in ends]
        layer.append(mark("line", limit, place, color=INK, strokeWidth=1, strokeDash=[1, 3]))
    for case, look in _LOOKS.items():
        line = [{"year": year, "value": value} for year, value in each.cases.get(case, {}).items()]
        if line:
            layer.append(mark("line", line, place, **look))
    return layer


def _said(each: _Paths) -> str:
    """Return in words what a drawing shows, for readers who do not see it."""
    ends = {case: list(path.items())[-1] for case, path in each.cases.items() if path}
    if not ends:
        return f"Debt of {words.spoken(each.country)}: not known, 0 years."
    year = max(year for year, _ in ends.values())
    told = {"without": "without the spending", "with": "with it", "kept": "if it goes on"}
    said = [f"{words.ratio(ends[case][1])} {what}" for case, what in told.items() if case in ends]
    return f"Debt of {words.spoken(each.country)} in {year}, % of GDP: {', '.join(said)}."


def _table(case: Answer, place: int) -> Chart:
    """Return the main figures of all states as a table without a drawing."""
    rows = case["effects"]["rows"]
    shown = list(rows[0]["with"]["debt"])
    last = shown[-1]
    table = tuple(
        (
            words.named(row["country"]),
            *(_pair(row, words.ratio, "debt", year) for year in shown),
            _pair(row, words.balance, "interest", last),
            f"{_pair(row, chance_short, 'probability_debt_falls')} %",
            *(say.extra(row, way) for way in ("with", "kept")),
            _arrow(*(say.met(row[way]) for way in _TWO)),
        )
        for row in rows
    )
    head = ("State", *(f"Debt {year}" for year in shown), f"Interest {last}")
    head += ("Falls", "Extra", "Goes on", "Met")
    note = " ".join(
        (
            *(f"{heading(text)}." for text in (case["caveat"],) if text),
            say.spent(case["effects"]),
            _key(rows[0]),
            debt_effects.limits(rows),
        )
    )
    title = f"Without and with what is on top: {heading(case['title'])}"
    return Chart(f"debt-table-{place}", title, note, (), head, table)


def _pair(row: Answer, form: Callable[[float | None], str], *names: str) -> str:
    """Return a figure without and with the spending."""
    told = []
    for way in _TWO:
        found: Any = row[way]
        for name in names:
            found = found[name]
        told.append(form(found))
    return _arrow(*told)


def _arrow(without: str, given: str) -> str:
    return f"{without} → {given}"


def _key(row: Answer) -> str:
    falls = row["probability_years"]
    first, end = row["extra_adjustment"]["years"]
    return (
        "Arrows: without and with it. Debt and interest: % of GDP. Falls: chance that debt is "
        f"lower in {falls[1]} than in {falls[0]}. Extra: points a year more than without from "
        f"{first} to {end}, with it and if it goes on; –: more than 3 a year in all are needed. "
        "Met: deficit of 2028 within 3 % as the escape clause counts it, debt of 2041 within 60 %."
    )


def _needed(case: Answer, place: int) -> Chart:
    rows = sorted(case["effects"]["rows"], key=_order)
    first, end = rows[0]["extra_adjustment"]["years"]
    title = f"Needed from {first} to {end}, points of GDP a year: {heading(case['title'])}"
    bars = [_bar(row) for row in rows]
    table = tuple(
        (
            words.named(row["country"]),
            *(debt_effects.needed(row, way) for way in debt_effects.CASES),
            *(say.decides(row[way]) for way in debt_effects.CASES),
        )
        for row in rows
    )
    note = (
        "The smallest equal step that meets the rules, on top of the plan’s. Filled: with the "
        "spending; hollow: more if it goes on after 2028; the words say what then decides."
    )
    head = ("State", "Without", "With", "Goes on", "Decides without", "With", "If it goes on")
    spec = bars_spec(title, f"{title}: {listed(bars)}.", bars)
    return Chart(f"debt-needed-{place}", title, note, (spec,), head, table)


def _steps(row: Answer) -> Iterable[float]:
    return (
        _MOST if step is None else step
        for step in (row[way]["needed_after_2028"] for way in ("with", "kept"))
    )


def _order(row: Answer) -> tuple[float, str]:
    return -max(_steps(row)), row["country"]


def _bar(row: Answer) -> Bar:
    given, kept = _steps(row)
    label = debt_effects.needed(row, "kept")
    if kept > 0:
        label += f" {say.decides(row['kept'])}"
    size = max(given, kept)
    return Bar(words.named(row["country"]), size, label=label, part=size - given)
