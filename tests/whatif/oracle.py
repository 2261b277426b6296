"""The equations of docs/model.md a second time: one draw at a time, plain loops over plain numbers.

Nothing of the engine is used but the arrays it is given. The random numbers come as arrays too, so
that a test may hand in numbers of its own; `numbers` draws those that a seed and a block stand for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burdenshare.whatif.plan import Floats, Plan

BLOCK = 2000
SIXTEEN = 65536


@dataclass(frozen=True)
class Numbers:
    """The random numbers of one block.

    `whole` is (1 + T) x (C + 1) x B, whole numbers below 65536: first those for revisions with the
    error path in the last row, then each year's donors with the past year in the last row.
    `normal` is T x 2 x C x B: each year's numbers for growth, then for the share.
    """

    whole: NDArray[np.uint16]
    normal: Floats


def numbers(seed: int, block: int, countries: int, years: int) -> Numbers:
    """Draw the random numbers of a block in the order that the model states."""
    generator = np.random.Generator(
        np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(block,)))
    )
    whole, normal = [_sixteen(generator, countries + 1)], []
    for _ in range(years):
        whole.append(_sixteen(generator, countries + 1))
        normal.append(generator.standard_normal((2, countries, BLOCK)))
    return Numbers(np.array(whole), np.array(normal).reshape(years, 2, countries, BLOCK))


def _sixteen(generator: np.random.Generator, rows: int) -> NDArray[np.uint16]:
    """Cut words of 64 bits into four numbers each, the lowest bits first."""
    cut = []
    for word in generator.bit_generator.random_raw(rows * BLOCK // 4).tolist():
        for place in range(4):
            cut.append((word >> (16 * place)) % SIXTEEN)
    return np.array(cut, dtype=np.uint16).reshape(rows, BLOCK)


@dataclass
class Draw:
    """What one draw comes to, by index and year; None where nothing can be said."""

    path: int
    share: list[list[float | None]]  # T x C
    real: list[list[float]]  # T x C
    cells: dict[str, list[list[float | None]]]  # by variable, T x C
    totals: dict[str, list[list[float | None]]]  # by variable, G x T
    meets: list[list[list[bool | None]]]  # K x T x C
    counts: list[list[int]]  # K x T
    shortfall: list[list[list[float | None]]]  # K x T x C
    needed: list[list[float | None]]  # N x T
    cost: list[list[float | None]]  # M x T


def draw(plan: Plan, given: Numbers, number: int) -> Draw:
    """Work out one draw of a block."""
    path = int(given.whole[0, -1, number]) * len(plan.growth_error) // SIXTEEN
    share, real = _shares(plan, given, number), _real(plan, given, number, path)
    cells = _cells(plan, share, real, path)
    totals = _totals(plan, cells, real)
    return Draw(
        path,
        share,
        real,
        cells,
        totals,
        *_pledges(plan, share, real),
        needed=_needed(plan, totals["constant_usd"], real),
        cost=_cost(plan, share, real),
    )


def _shares(plan: Plan, given: Numbers, number: int) -> list[list[float | None]]:
    """Return the share shown, T x C: known, revised, then moved year by year and bounded."""
    shown: list[list[float | None]] = []
    state: list[float] = [math.nan] * len(plan.countries)
    for t in range(len(plan.years)):
        first, last = _past_year(plan, int(given.whole[1 + t, -1, number]))
        row: list[float | None] = []
        for i in range(len(plan.countries)):
            if t < plan.base[i]:
                state[i] = float(plan.share[t, i])
            elif t == plan.base[i]:
                which = int(given.whole[0, i, number]) * len(plan.revision) // SIXTEEN
                state[i] = float(plan.share[t, i] * plan.revision[which])
            else:
                missing = max(float(plan.target[t, i]) - state[i], 0.0)
                moved = state[i] + float(plan.pull[t, i]) * missing
                which = first + int(given.whole[1 + t, i, number]) * (last - first) // SIXTEEN
                step = 1 + plan.smooth_share * float(given.normal[t, 1, i, number])
                trend = float(np.broadcast_to(plan.trend, len(plan.years))[t])
                state[i] = max(moved * float(plan.residual[which]) * trend * step, 0.0)
            bounded = min(max(state[i], float(plan.lower[t, i])), float(plan.upper[t, i]))
            bounded = max(bounded + float(np.broadcast_to(plan.extra, plan.share.shape)[t, i]), 0)
            row.append(None if math.isnan(state[i]) else bounded)
        shown.append(row)
    return shown


def _past_year(plan: Plan, number: int) -> tuple[int, int]:
    """Return the stretch of residuals of the past year that a number below 65536 stands for."""
    year, reached = 0, float(plan.chances[0])
    while (number + 0.5) / SIXTEEN >= reached and year < len(plan.chances) - 1:
        year += 1
        reached += float(plan.chances[year])
    return int(plan.starts[year]), int(plan.starts[year + 1])


def _real(plan: Plan, given: Numbers, number: int, path: int) -> list[list[float]]:
    """Return real GDP, T x C, in million dollars of the price year."""
    rows = [[float(value) for value in plan.real]]
    for t in range(1, len(plan.years)):
        row = []
        for i, before in enumerate(rows[-1]):
            step = float(plan.smooth_growth[t]) * float(given.normal[t, 0, i, number])
            rate = float(plan.growth[t, i]) + float(plan.growth_error[path, t, i]) + step
            row.append(before * (1 + rate))
        rows.append(row)
    return rows


def _cells(
    plan: Plan, share: list[list[float | None]], real: list[list[float]], path: int
) -> dict[str, list[list[float | None]]]:
    """Return the five variables, T x C each."""
    cells: dict[str, list[list[float | None]]] = {"share": share}
    for name in ("constant_usd", "current_usd", "current_eur", "current_ncu"):
        rows: list[list[float | None]] = []
        for t, shares in enumerate(share):
            row: list[float | None] = []
            for i, value in enumerate(shares):
                factor = _factor(plan, name, (path, t, i))
                if value is None or math.isnan(factor):
                    row.append(None)
                else:
                    row.append(value / 100 * real[t][i] * factor)
            rows.append(row)
        cells[name] = rows
    return cells


def _factor(plan: Plan, name: str, place: tuple[int, int, int]) -> float:
    """Return what a constant dollar is in the money of a variable."""
    path, t, i = place
    if name == "current_usd":
        return float(plan.usd[t, i] * plan.usd_error[path, t])
    if name == "current_eur":
        return float(plan.eur[t, i] * plan.eur_error[path, t])
    if name == "current_ncu":
        return float(plan.ncu[t, i] * plan.ncu_error[path, t, i])
    return 1.0


def _members(plan: Plan, group: int, t: int) -> list[int]:
    return [i for i in range(len(plan.countries)) if plan.inside[group, t, i] == 1]


def _sum(values: list[float | None]) -> float | None:
    """Add, or say nothing if one of them is unknown."""
    known = [value for value in values if value is not None]
    return math.fsum(known) if len(known) == len(values) else None


def _totals(
    plan: Plan, cells: dict[str, list[list[float | None]]], real: list[list[float]]
) -> dict[str, list[list[float | None]]]:
    """Return the totals of the groups, G x T each; the share is a ratio of sums."""
    totals: dict[str, list[list[float | None]]] = {"share": []}
    for name in ("constant_usd", "current_usd", "current_eur"):
        totals[name] = [
            [_sum([cells[name][t][i] for i in _members(plan, g, t)]) for t in range(len(real))]
            for g in range(len(plan.groups))
        ]
    for g, spent in enumerate(totals["constant_usd"]):
        row: list[float | None] = []
        for t, money in enumerate(spent):
            whole = math.fsum(real[t][i] for i in _members(plan, g, t))
            row.append(None if money is None or not _members(plan, g, t) else 100 * money / whole)
        totals["share"].append(row)
    return totals


def _pledges(
    plan: Plan, share: list[list[float | None]], real: list[list[float]]
) -> tuple[list[list[list[bool | None]]], list[list[int]], list[list[list[float | None]]]]:
    """Return who reaches each threshold, how many who are in do, and the money missing."""
    meets: list[list[list[bool | None]]] = []
    counts: list[list[int]] = []
    missing: list[list[list[float | None]]] = []
    for k in range(len(plan.thresholds)):
        meets.append([])
        counts.append([])
        missing.append([])
        for t, shares in enumerate(share):
            reached: list[bool | None] = []
            short: list[float | None] = []
            for i, value in enumerate(shares):
                asked = float(plan.threshold[k, t, i])
                if value is None or not math.isfinite(asked):
                    reached.append(None)
                    short.append(None)
                    continue
                reached.append(value >= asked)
                short.append(max(asked - value, 0.0) / 100 * real[t][i])
            meets[k].append(reached)
            missing[k].append(short)
            counts[k].append(sum(reached[i] is True for i in _members(plan, 1, t)))
    return meets, counts, missing


def _needed(
    plan: Plan, spent: list[list[float | None]], real: list[list[float]]
) -> list[list[float | None]]:
    """Return the share of GDP, N x T, that gives each amount on top of what those in spend."""
    rows: list[list[float | None]] = []
    for n in range(len(plan.needs)):
        row: list[float | None] = []
        for t in range(len(real)):
            all_spend, in_spend, amount = spent[0][t], spent[1][t], float(plan.amount[n, t])
            whole = math.fsum(real[t][i] for i in _members(plan, 1, t))
            unknown = in_spend is None or whole == 0
            if math.isnan(amount):
                unknown = unknown or all_spend is None
                amount = 0.0 if unknown else (all_spend or 0.0) - (in_spend or 0.0)
            row.append(None if unknown else 100 * ((in_spend or 0.0) + amount) / whole)
        rows.append(row)
    return rows


def _cost(
    plan: Plan, share: list[list[float | None]], real: list[list[float]]
) -> list[list[float | None]]:
    """Return what it costs, M x T, to lift all who are in to each share asked for."""
    rows: list[list[float | None]] = []
    for reach in plan.reach:
        row: list[float | None] = []
        for t, shares in enumerate(share):
            gaps: list[float | None] = []
            for i in _members(plan, 1, t):
                value = shares[i]
                gaps.append(None if value is None else max(reach - value, 0) / 100 * real[t][i])
            row.append(_sum(gaps))
        rows.append(row)
    return rows
