"""The engine's inner loops, compiled by numba: each gives the bits that numpy gives.

Random numbers are drawn from the state of numpy's SFC64 by numpy's own method for normals, the
ziggurat of 256 layers, so the stream is the same. Sums and products are taken in numpy's order.
Import it inside functions: numba is optional, and slow to start. What is compiled is kept beside
this file, or in the user's cache where that cannot be. No loop calls itself: numba 0.68 crashes on
such a one when it comes from the cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numba.np.random._constants import (
    fi_double,
    ki_double,
    wi_double,
    ziggurat_nor_inv_r,
    ziggurat_nor_r,
)
from numpy.typing import NDArray

from burdenshare.whatif.paths import Sixteen
from burdenshare.whatif.plan import Floats, Whole
from burdenshare.whatif.rows import IN, Flags
from burdenshare.whatif.tally import BINS, WHOLE

F = TypeVar("F", bound=Callable[..., Any])
Words = NDArray[np.uint64]

U3, U8, U9, U11, U24, U40, ONE = (np.uint64(n) for n in (3, 8, 9, 11, 24, 40, 1))
LAYER, SIGNED_LAYER, MANTISSA = (np.uint64(n) for n in (0xFF, 0x1FF, 0x000FFFFFFFFFFFFF))
# The widths of layers, and below which numbers a point is inside: for plus, then for minus.
WIDTHS, INSIDE = np.concatenate([wi_double, -wi_double]), np.concatenate([ki_double, ki_double])
TO_UNIT = 1.0 / 9007199254740992.0


def compiled(function: F) -> F:
    """Compile a function at its first call, kept on disk where a place can be written."""
    try:
        return cast("F", njit(cache=True, error_model="numpy")(function))
    except RuntimeError:
        return cast("F", njit(error_model="numpy")(function))


@compiled
def words(state: Words, out: Words) -> None:
    """Fill `out` with words of 64 bits."""
    a, b, c, n = state
    for i in range(out.size):
        word = a + b + n
        n += ONE
        a = b ^ (b >> U11)
        b = c + (c << U3)
        c = ((c << U24) | (c >> U40)) + word
        out[i] = word
    state[0], state[1], state[2], state[3] = a, b, c, n


@compiled
def _word(state: Words) -> np.uint64:
    a, b, c, n = state
    word = a + b + n
    state[0] = b ^ (b >> U11)
    state[1] = c + (c << U3)
    state[2] = ((c << U24) | (c >> U40)) + word
    state[3] = n + ONE
    return word  # type: ignore[no-any-return]


@compiled
def _edge(state: Words, layer: np.uint64, bits: np.uint64, x: float) -> float:
    """Return a normal from the edge of a layer or the tail, or NaN to draw again."""
    if layer:
        unit = np.int64(_word(state) >> U11) * TO_UNIT
        height = (fi_double[layer - ONE] - fi_double[layer]) * unit + fi_double[layer]
        return x if height < math.exp(-0.5 * x * x) else np.nan
    while True:
        far = -ziggurat_nor_inv_r * math.log1p(-(np.int64(_word(state) >> U11) * TO_UNIT))
        high = -math.log1p(-(np.int64(_word(state) >> U11) * TO_UNIT))
        if high + high > far * far:
            beyond: float = ziggurat_nor_r + far
            return -beyond if (bits >> U8) & ONE else beyond


@compiled
def normals(state: Words, out: Floats) -> None:
    """Fill `out`, one row, with standard normals."""
    a, b, c, n = state
    for i in range(out.size):
        while True:
            word = a + b + n
            n += ONE
            a = b ^ (b >> U11)
            b = c + (c << U3)
            c = ((c << U24) | (c >> U40)) + word
            layer = word & SIGNED_LAYER
            bits = (word >> U9) & MANTISSA
            x = np.int64(bits) * WIDTHS[layer]
            if bits < INSIDE[layer]:
                break
            state[0], state[1], state[2], state[3] = a, b, c, n
            x = _edge(state, layer & LAYER, bits, x)
            a, b, c, n = state
            if not math.isnan(x):
                break
        out[i] = x
    state[0], state[1], state[2], state[3] = a, b, c, n


@compiled
def grow(state: Words, grown: Floats, smooth: float, path: Whole, point: Floats) -> None:
    """Let GDP grow a year, C x draws; `grown` is C x L."""
    normal = np.empty(point.shape[1])
    for i in range(len(point)):
        normals(state, normal)
        row, steps = point[i], grown[i]
        for j in range(normal.size):
            row[j] = row[j] * (normal[j] * smooth + steps[path[j]])


@compiled
def move(  # noqa: PLR0913, PLR0917 - a loop over plain arrays
    state: Words,
    whole: Sixteen,
    stretch: Floats,
    factor: Floats,
    pulls: Floats,
    steps: tuple[float, float],
    share: Floats,
) -> None:
    """Move shares a year, C x draws.

    `stretch` is 2 x draws, where each draw's residuals start and how many there are over 65536;
    `pulls` is 2 x C, what is kept of the share and what is added; `steps` are one over the width of
    the small step, 0 for none, and the least share there can be.
    """
    over, least = steps
    first, each = stretch
    normal = np.empty(share.shape[1])
    for i in range(len(share)):
        normals(state, normal)
        row, numbers = share[i], whole[i]
        keep, lift = pulls[:, i]
        for j in range(row.size):
            row[j] = max(row[j], row[j] * keep + lift)
        for j in range(row.size):
            residual = factor[np.int64(numbers[j] * each[j] + first[j])]
            step = residual * (normal[j] + over) if over else residual
            row[j] = max(row[j] * step, least)


@cache
def halves(size: int) -> Whole:
    """Return how numpy adds up a row: by halves of halves, until no more than 128 are left.

    It is 2 x P: the sizes of the parts, and how many sums of two follow when each is added.

    >>> halves(1000).tolist()
    [[120, 128, 120, 128, 120, 128, 128, 128], [0, 1, 0, 2, 0, 1, 0, 3]]
    """
    if size <= 128:
        return np.array([[size], [0]])
    half = size // 2 - size // 2 % 8
    found = np.hstack([halves(half), halves(size - half)])
    found[1, -1] += 1
    return found


@compiled
def pairwise(values: Floats, parts: Whole) -> float:
    """Add up a row in the order in which numpy does; see `halves`."""
    waiting, top, start = np.empty(64), 0, 0
    for place in range(parts.shape[1]):
        size, total = parts[0, place], 0.0
        whole = size - size % 8
        if whole:
            v = values[start : start + 8]
            a, b, c, d, e, f, g, h = v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]
            for i in range(start + 8, start + whole, 8):
                v = values[i : i + 8]
                a, b, c, d = a + v[0], b + v[1], c + v[2], d + v[3]
                e, f, g, h = e + v[4], f + v[5], g + v[6], h + v[7]
            total = ((a + b) + (c + d)) + ((e + f) + (g + h))
        for i in range(start + whole, start + size):
            total += values[i]
        start += size
        for _ in range(parts[1, place]):
            top -= 1
            total = waiting[top] + total
        waiting[top] = total
        top += 1
    return waiting[0]  # type: ignore[no-any-return]


@compiled
def tally_row(
    values: Floats, scale: Floats, counts: Whole, bins: NDArray[np.int32], parts: Whole
) -> float:
    """Count a row in its bins, which are put down in `bins` first, and return its sum."""
    start, factor = scale
    for j in range(bins.size):
        place = (values[j] - start) * factor
        place = place if place > 0.0 else 0.0
        place = place if place < BINS - 1.0 else BINS - 1.0
        bins[j] = np.int32(place + WHOLE - WHOLE)
    for each in bins:
        counts[np.uint32(each)] += 1
    return pairwise(values, parts)


@compiled
def tally_rows(parts: Whole, values: Floats, scale: Floats, counts: Whole, sums: Floats) -> None:
    """Count the first draws of rows, as many as the parts hold; `scale` is R x 2."""
    bins = np.empty(parts[0].sum(), dtype=np.int32)
    for r in range(len(values)):
        sums[r] = tally_row(values[r], scale[r], counts[r], bins, parts)


@compiled
def spend(share: Floats, point: Floats, spent: Floats, part: Floats) -> None:
    """Work out what a country spends, and add it and its GDP to its lot, 2 x draws."""
    for j in range(spent.size):
        spent[j] = share[j] * point[j]
        part[0, j] += spent[j]
        part[1, j] += point[j]


@compiled
def add_costs(reach: Floats, share: Floats, point: Floats, costs: Floats) -> None:
    """Add what it costs a country to reach each share, M x draws."""
    for m in range(len(reach)):
        for j in range(share.size):
            gap = reach[m] - share[j]
            costs[m, j] += (gap if gap > 0.0 else 0.0) * point[j]


@compiled
def look_up(errors: Floats, path: Whole, found: Floats) -> None:
    """Look up the errors of the path that each draw follows."""
    for j in range(path.size):
        found[j] = errors[path[j]]


@compiled
def convert(spent: Floats, rate: float, errors: Floats, row: Floats, part: Floats) -> None:
    """Turn a row into other money, and add it to its lot."""
    for j in range(spent.size):
        row[j] = spent[j] * rate * errors[j]
        part[j] += row[j]


@compiled
def add_lot(flags: Flags, part: Floats, totals: tuple[Floats, Floats, Floats, Floats]) -> None:
    """Add the sums of a lot to the groups that it is in."""
    spent, whole, usd, eur = totals
    for g in range(len(flags)):
        if flags[g]:
            spent[g] += part[0]
            whole[g] += part[1]
            if len(usd):
                usd[g] += part[2]
            if len(eur):
                eur[g] += part[3]


@compiled
def tally_cells(  # noqa: PLR0913, PLR0917 - a loop over plain arrays
    parts: Whole,
    lots: tuple[Whole, Whole, Flags],
    paths: tuple[Floats, Floats, Whole],
    money: tuple[Floats, Floats, Floats, Floats],
    places: Whole,
    reach: Floats,
    totals: tuple[Floats, Floats, Floats, Floats],
    costs: Floats,
    tally: tuple[Floats, Whole, Floats],
) -> None:
    """Count the rows of countries, and add up those of groups, and costs, M x draws.

    `lots` are C places in order of lots, where each lot starts, and A x G, whether it is in a
    group; `money` is 3 x C rates and the errors of each money by path, L, L and C x L; `places` is
    the first row of each of VARIABLES, -1 for none; `totals`, G x draws, are constant dollars, 1 %
    of GDP, current dollars and euros; `tally` is where to count: R x 2 scales, counts, sums.
    """
    order, starts, flags = lots
    shown, point, path = paths
    rates, usd_error, eur_error, ncu_error = money
    scale, counts, sums = tally
    size = shown.shape[1]
    spent, row, errors = np.empty(size), np.empty(size), np.empty((3, size))
    bins, lot_sums = np.empty(parts[0].sum(), dtype=np.int32), np.empty((5, size))
    lot_costs = np.empty(costs.shape)
    look_up(usd_error, path, errors[0])
    look_up(eur_error, path, errors[1])
    for lot in range(len(flags)):
        lot_sums[:] = 0.0
        lot_costs[:] = 0.0
        for i in order[starts[lot] : starts[lot + 1]]:
            spend(shown[i], point[i], spent, lot_sums)
            add_costs(reach, shown[i], point[i], lot_costs)
            look_up(ncu_error[i], path, errors[2])
            for kind in range(5):
                r = places[kind] + i
                if places[kind] < 0:
                    continue
                if kind >= 2:
                    convert(spent, rates[kind - 2, i], errors[kind - 2], row, lot_sums[kind])
                values = shown[i] if kind == 0 else spent if kind == 1 else row
                sums[r] = tally_row(values, scale[r], counts[r], bins, parts)
        add_lot(flags[lot], lot_sums, totals)
        if flags[lot, IN]:
            costs += lot_costs


@compiled
def pledge(
    parts: Whole,
    asked: Floats,
    asks: Flags,
    paths: tuple[Floats, Floats],
    counts: tuple[Whole, Whole],
    sums: Floats,
) -> None:
    """Hold the first draws against a threshold, C numbers; `asks` says who counts."""
    shown, point = paths
    reached, numbers = counts
    draws = parts[0].sum()
    missing, number = np.empty(draws), np.zeros(draws, dtype=np.int64)
    for i in range(len(asked)):
        share, percent = shown[i], point[i]
        for j in range(draws):
            gap = asked[i] - share[j]
            hit = np.int64(gap <= 0.0)
            reached[i] += hit
            number[j] += hit * asks[i]
            missing[j] = (gap if gap > 0.0 else 0.0) * percent[j]
        sums[i] = pairwise(missing, parts)
    for each in number:
        numbers[each] += 1
