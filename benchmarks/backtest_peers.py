"""The backtest with AutoETS and AutoARIMA of statsforecast beside our own methods, as Markdown.

Runs in an environment of its own: `make peers`. Each member's series, as known on the day of the
origin, is fitted alone; gaps within it are filled on straight lines. Errors are normal, as the
library gives them, and independent between members. With `--paste` the tables go into
docs/backtest.md.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from statsforecast.models import AutoARIMA, AutoETS
from timing import ROOT

from burdenshare import World
from burdenshare.whatif.backtest import backtest_answer
from burdenshare.whatif.origins import Origin
from burdenshare.whatif.plan import Floats
from burdenshare.whatif.shipped import KEPT, SHIPPED, WITHOUT
from burdenshare.whatif.simple import Forecast, Method, steps

DOCUMENT = ROOT / "docs" / "backtest.md"
START, END = "<!-- tables -->", "<!-- /tables -->"
FEWEST = 4  # years, below which a series stays as it is, with the others' spread
NORMAL95 = 1.959964
Row = Mapping[str, Any]


def peer(make: Callable[[], Any]) -> Method:
    """Return a forecast in which each member's series goes on as a fitted model says."""

    def method(origin: Origin, draws: int, generator: np.random.Generator) -> Forecast:
        normal = generator.standard_normal((2, draws, 1, len(origin.countries)))
        places = np.arange(len(origin.countries))
        level = origin.spending[origin.base - origin.first, places]
        share = _paths(make, origin, origin.share, normal[0])
        return Forecast(share, _paths(make, origin, origin.spending / level, normal[1]))

    return method


def _paths(make: Callable[[], Any], origin: Origin, past: Floats, normal: Floats) -> Floats:
    step = steps(origin)
    farthest = int(step.max())
    fits = [_fit(make, column, farthest) for column in past.T]
    last = past[origin.base - origin.first, np.arange(past.shape[1])]
    usual = np.nanmedian([spread / last[i] for i, (_, spread) in enumerate(fits)], axis=0)
    paths = np.empty((len(normal), *step.shape))
    for i, (mean, spread) in enumerate(fits):
        width = np.where(np.isnan(spread), usual * last[i], spread)
        at = step[:, i] - 1
        paths[:, :, i] = mean[at] + width[at] * normal[:, :, i]
    return np.maximum(paths, 0)


def _fit(make: Callable[[], Any], series: Floats, farthest: int) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the years that follow a series' last known one."""
    known = np.flatnonzero(np.isfinite(series))
    if len(known) < FEWEST:
        return np.full(farthest, series[known[-1]]), np.full(farthest, np.nan)
    years = np.arange(known[0], known[-1] + 1)
    filled = np.interp(years, known, series[known])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = make().forecast(y=filled, h=farthest, level=[95])
    spread = (found["hi-95"] - found["lo-95"]) / (2 * NORMAL95)
    return np.asarray(found["mean"], dtype=float), np.asarray(spread, dtype=float)


PEERS: dict[str, tuple[str, Method]] = {
    "auto-ets": ("AutoETS of statsforecast", peer(lambda: AutoETS(season_length=1))),
    "auto-arima": ("AutoARIMA of statsforecast", peer(lambda: AutoARIMA(season_length=1))),
}


def tables(answer: Row, same: Row) -> Iterator[str]:
    """Yield the document's tables; `same` is the answer for years counted in one way only."""
    yield from _origins(answer)
    for each in answer["measures"]:
        yield f"**CRPS: {each['title']}**, in {each['unit']}"
        yield _crps([row for row in answer["rows"] if row["measure"] == each["measure"]])
    for each in answer["measures"]:
        yield f"**Coverage of the 50, 80 and 95 % intervals, in %: {each['title']}**"
        rows = [row for row in answer["rows"] if row["measure"] == each["measure"]]
        yield _by_method(rows, _coverage)
    yield f"**Brier score of reaching {answer['pledge']:g} % of GDP**"
    yield _by_method([r for r in answer["rows"] if r["brier"] is not None], _brier)
    yield "**PIT of the shipped model**: how many outcomes lie in each tenth of the draws"
    yield _pit([row for row in answer["pit"] if row["measure"] in ("share", "spending")])
    yield "**The shipped model against the best simple method of each line**"
    yield _tests([test for test in answer["tests"] if test["best_simple"]])
    yield "**The shipped model against all others, all horizons together**"
    yield _tests([test for test in answer["tests"] if test["horizon"] is None])
    yield "**The weight of the pledge, by horizon: shares**"
    weights = [test for test in answer["tests"] if test["against"] in (WITHOUT, KEPT)]
    yield _tests([test for test in weights if test["measure"] == "share"])
    yield f"**CRPS of shares, years up to {same['truth']['until']} only**, counted in one way"
    yield _crps([row for row in same["rows"] if row["measure"] == "share"])


def _origins(answer: Row) -> Iterator[str]:
    rows = [
        (
            each["day"],
            str(each["members"]),
            ", ".join(out["country"] for out in each["left_out"]) or "–",
        )
        for each in answer["origins"]
    ]
    yield _markdown(("origin", "members", "left out: newest share too old"), rows)
    used, truth = answer["settings"], answer["truth"]
    yield (
        f"{used['draws']:,} draws, seed {used['seed']}; what came: the release of {truth['same']} "
        f"for years before its own, that of {truth['newest']} for later ones."
    )


def _crps(rows: Sequence[Row]) -> str:
    least = {
        h: min(row["crps"] for row in rows if row["horizon"] == h)
        for h in {row["horizon"] for row in rows}
    }

    def cell(row: Row) -> str:
        text = f"{row['crps']:.{3 if row['crps'] < 1 else 2}f}"
        return f"**{text}**" if row["crps"] == least[row["horizon"]] else text

    return _by_method(rows, cell) + "\n" + _sizes(rows)


def _sizes(rows: Sequence[Row]) -> str:
    sizes = {row["horizon"]: f"{row['n']} / {row['origins']}" for row in rows}
    return f"| forecasts / origins | {' | '.join(sizes[h] for h in sorted(sizes))} |"


def _coverage(row: Row) -> str:
    if row["coverage50"] is None:
        return "–"
    return " / ".join(f"{100 * row[key]:.0f}" for key in ("coverage50", "coverage80", "coverage95"))


def _brier(row: Row) -> str:
    return f"{row['brier']:.3f}"


def _by_method(rows: Sequence[Row], cell: Callable[[Row], str]) -> str:
    horizons = sorted({row["horizon"] for row in rows})
    found = {(row["method"], row["horizon"]): cell(row) for row in rows}
    lines = [
        (f"*{name}*" if name == SHIPPED else name, *(found.get((name, h), "–") for h in horizons))
        for name in dict.fromkeys(row["method"] for row in rows)
    ]
    return _markdown(("method", *(f"h = {h}" for h in horizons)), lines)


def _pit(rows: Sequence[Row]) -> str:
    bins = len(rows[0]["bins"])
    head = ("measure", "h", *(f"{place / bins:.1f}–" for place in range(bins)))
    lines = [(row["measure"], str(row["horizon"]), *map(str, row["bins"])) for row in rows]
    return _markdown(head, lines)


def _tests(tests: Sequence[Row]) -> str:
    head = ("measure", "h", "against", "CRPS", "difference", "error", "p", "least p", "better")
    lines = [
        (
            test["measure"],
            "all" if test["horizon"] is None else str(test["horizon"]),
            test["against"],
            f"{test['percent']:+.1f} %",
            f"{test['difference']:+.3f}",
            "–" if test["error"] is None else f"{test['error']:.3f}",
            f"{test['p']:.3f}",
            f"{test['least_p']:.3f}",
            f"{test['origins_better']} of {test['origins']}",
        )
        for test in tests
    ]
    return _markdown(head, lines)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def paste(text: str) -> None:
    before, start, rest = DOCUMENT.read_text("utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise SystemExit(f"{DOCUMENT.name}: {START} or {END} is missing")
    DOCUMENT.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", "utf-8")


def main() -> None:
    world = World()
    answer = backtest_answer(world, PEERS)
    same = backtest_answer(world, PEERS, until=int(answer["truth"]["same"][:4]) - 1)
    text = "\n\n".join(tables(answer, same))
    print(text)
    if "--paste" in sys.argv[1:]:
        paste(text)


if __name__ == "__main__":
    main()
