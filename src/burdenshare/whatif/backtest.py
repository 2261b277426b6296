"""Past forecasts made again with what was known then, and scored by what came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from burdenshare.whatif.engine import Progress
from burdenshare.whatif.origins import (
    SHARE,
    Origin,
    Outcome,
    find_origins,
    known_on,
    what_came,
)
from burdenshare.whatif.plan import Floats
from burdenshare.whatif.scoring import (
    brier,
    clustered_difference,
    covered,
    crps,
    pit,
    pit_histogram,
)
from burdenshare.whatif.shipped import MODELS, SHIPPED, Models
from burdenshare.whatif.simple import SIMPLE, Forecast, Method
from burdenshare.world.dates import Day
from burdenshare.world.load import World

HORIZONS = 5
PLEDGE = 2.0
DRAWS = 1024
SEED = 1949
SAME = Day(2025, 8, 28)  # the newest release that counts as those before it did
LEVELS = {"coverage50": 0.5, "coverage80": 0.8, "coverage95": 0.95}
MEASURES = {
    "share": ("share of GDP of each member", "points of GDP"),
    "spending": ("real spending of each member, its base year being 100", "% of the base year"),
    "count": ("number of members at or above 2 % of GDP", "members"),
    "total": ("real spending of all together, their base years being 100", "% of the base year"),
}
_NONE = np.empty(0)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one method's forecasts of one measure and horizon, n of them."""

    origin: Floats  # the year from which each was made
    crps: Floats
    inside: NDArray[np.bool_]  # LEVELS x n; of no row for a method without spread
    brier: Floats  # of reaching the pledge; empty for other measures than the share
    pit: Floats

    def joined(self, other: Scores) -> Scores:
        """Return these scores and others of the same method."""
        pairs = (
            (getattr(self, name), getattr(other, name))
            for name in ("origin", "crps", "inside", "brier", "pit")
        )
        return Scores(*(np.concatenate(pair, axis=-1) for pair in pairs))


Table = dict[tuple[str, int], dict[str, Scores]]  # by measure and horizon, then by method


def backtest_answer(  # noqa: PLR0913, PLR0917 - what a backtest is made of
    world: World,
    methods: Mapping[str, tuple[str, Method]] | None = None,
    truth: tuple[Day, Day] | None = None,
    until: int | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return how well each method would have forecast, from every origin 1 to 5 years ahead.

    `methods` are further ones to compare, by id with a title, beside the simple ones and the model.
    `truth` are the days of the two releases that tell what came (`what_came`); with `until`, only
    forecasts of years up to it count. Scores are means over forecasts: `crps` in the measure's
    unit; coverage and `brier` from 0 to 1, null where a method or measure has none. `progress` is
    called with the origins done and in all.
    """
    found = {**SIMPLE, **Models(world).methods(), **(methods or {})}
    same, newest = truth or (SAME, world.history(SHARE).releases[-1].published)
    origins = [known_on(world, day, HORIZONS) for day in find_origins(world, HORIZONS)]
    table: Table = defaultdict(dict)
    for number, origin in enumerate(origins, start=1):
        outcome = what_came(world, origin, same, newest)
        for name, (_, method) in found.items():
            stream = np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(origin.year,)))
            forecast = method(origin, draws, np.random.Generator(stream))
            for measure, horizon, each in score(origin, outcome, forecast):
                if until is None or origin.year + horizon <= until:
                    row = table[measure, horizon]
                    row[name] = row[name].joined(each) if name in row else each
        if progress is not None:
            progress(number, len(origins))
    return {
        **world.header("backtest", world.latest),
        "pledge": PLEDGE,
        "settings": {"draws": draws, "seed": seed, "horizons": HORIZONS},
        "truth": {"same": same.isoformat(), "newest": newest.isoformat(), "until": until},
        "measures": [{"measure": m, "title": t, "unit": u} for m, (t, u) in MEASURES.items()],
        "methods": [
            {"method": name, "title": title, "simple": name not in MODELS}
            for name, (title, _) in found.items()
        ],
        "origins": [_origin(each) for each in origins],
        "rows": _rows(table),
        "tests": _tests(table),
        "pit": _pit(table),
        "notes": _notes(same, newest, until),
    }


def score(
    origin: Origin, outcome: Outcome, forecast: Forecast
) -> Iterator[tuple[str, int, Scores]]:
    """Yield the scores of one forecast by measure and horizon, where anything came.

    The total weighs members by what they spent in their base years, in the dollars of the day.
    """
    line = PLEDGE - 0.005  # counted as printed, to two decimals
    for step in range(len(origin.ahead)):
        told = np.isfinite(outcome.share[step])
        if told.any():
            share, came = forecast.share[:, step, told], outcome.share[step, told]
            met, meets = share >= line, came >= line
            briers = brier(met.mean(axis=0), meets)
            yield "share", step + 1, _scores(origin.year, share, came, briers)
            count = met.sum(axis=1, keepdims=True).astype(np.float64)
            yield "count", step + 1, _scores(origin.year, count, np.array([meets.sum()]), _NONE)
        told = np.isfinite(outcome.index[step])
        if told.any():
            index, came = 100 * forecast.index[:, step, told], 100 * outcome.index[step, told]
            weight = origin.money[told] / origin.money[told].sum()
            yield "spending", step + 1, _scores(origin.year, index, came, _NONE)
            total = (index @ weight)[:, None]
            yield "total", step + 1, _scores(origin.year, total, came @ weight[:, None], _NONE)


def _scores(year: int, draws: Floats, truth: Floats, briers: Floats) -> Scores:
    levels = LEVELS.values() if len(draws) > 1 else ()
    inside = [covered(draws, truth, level) for level in levels]
    return Scores(
        origin=np.full(draws.shape[1], float(year)),
        crps=crps(draws, truth),
        inside=np.array(inside, dtype=bool).reshape(len(inside), draws.shape[1]),
        brier=briers,
        pit=pit(draws, truth),
    )


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "day": origin.day.isoformat(),
        "year": origin.year,
        "members": len(origin.countries),
        "left_out": [{"country": c, "reason": why} for c, why in origin.left_out.items()],
    }


def _rows(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "measure": measure,
            "horizon": horizon,
            "method": name,
            "crps": float(each.crps.mean()),
            **dict.fromkeys(LEVELS),
            **dict(zip(LEVELS, each.inside.mean(axis=1).tolist(), strict=False)),
            "brier": float(each.brier.mean()) if each.brier.size else None,
            "n": len(each.crps),
            "origins": len(np.unique(each.origin)),
        }
        for measure, horizon in _ordered(table)
        for name, each in table[measure, horizon].items()
    ]


def _ordered(table: Table) -> list[tuple[str, int]]:
    return [key for measure in MEASURES for key in sorted(table) if key[0] == measure]


def _tests(table: Table) -> list[dict[str, Any]]:
    """Return the differences of the model's scores to each other method's, all horizons last."""
    found: list[dict[str, Any]] = []
    for measure in MEASURES:
        horizons = [key for key in sorted(table) if key[0] == measure]
        for keys in filter(None, (*([key] for key in horizons), horizons)):
            scores = {name: _joined([table[key][name] for key in keys]) for name in table[keys[0]]}
            if SHIPPED in scores:
                horizon = keys[0][1] if len(keys) == 1 else None
                found += _against(measure, horizon, scores)
    return found


def _joined(found: list[Scores]) -> Scores:
    first, *others = found
    for each in others:
        first = first.joined(each)
    return first


def _against(
    measure: str, horizon: int | None, scores: Mapping[str, Scores]
) -> Iterator[dict[str, Any]]:
    shipped = scores[SHIPPED]
    simple = {name: each.crps.mean() for name, each in scores.items() if name not in MODELS}
    best = min(simple, key=simple.__getitem__, default=None)
    for name, each in scores.items():
        if name == SHIPPED:
            continue
        found = clustered_difference(shipped.crps - each.crps, shipped.origin)
        yield {
            "measure": measure,
            "horizon": horizon,
            "against": name,
            "best_simple": name == best,
            "difference": found.mean,
            "percent": 100 * found.mean / float(each.crps.mean()),
            "error": found.error,
            "p": found.p,
            "least_p": found.least_p,
            "origins": found.clusters,
            "origins_better": found.lower,
        }


def _pit(table: Table) -> list[dict[str, Any]]:
    return [
        {"measure": measure, "horizon": horizon, "bins": pit_histogram(scores[SHIPPED].pit)}
        for measure, horizon in _ordered(table)
        if SHIPPED in (scores := table[measure, horizon])
    ]


def _notes(same: Day, newest: Day, until: int | None) -> list[str]:
    notes = [
        f"what came up to {same.year - 1} is told by the release known on {same}, later years by "
        f"that of {newest}, which may count in another way; growth is a ratio within one release",
        "few origins, close to each other, and most errors come from one shift after 2022: with "
        "so few clusters p cannot fall below least_p",
        "a total weighs members by what they spent in their base years, in dollars of the day",
        "counts and totals are one figure an origin: their coverage says little",
    ]
    if until is not None:
        notes.append(f"only forecasts of years up to {until} are scored")
    return notes
