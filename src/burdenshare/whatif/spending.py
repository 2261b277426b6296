"""What changes of the kind `spend` ask for: floors, ceilings and points on top, T x C.

What is published stays, but for years that a change names. A line starts at the share of the base
year, or in the year before `from` if that is later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif.baseline import Baseline
from burdenshare.whatif.changes import Spend
from burdenshare.whatif.plan import Floats


class Bounds(NamedTuple):
    """T x C in % of GDP: a floor (0 for none), a ceiling (infinity for none), points on top."""

    lower: Floats
    upper: Floats
    extra: Floats


def bounds(asked: Iterable[tuple[Spend, Collection[str]]], baseline: Baseline) -> Bounds:
    """Return what changes ask of the countries that each is about, all together.

    Of several floors the highest holds. Raises UserError for two exact paths that differ.
    """
    shape = baseline.share.shape
    found = Bounds(np.zeros(shape), np.full(shape, np.inf), np.zeros(shape))
    for change, who in asked:
        for column, code in enumerate(baseline.countries):
            if code not in who:
                continue
            if change.add is not None:
                found.extra[:, column] += _on_top(change, baseline.years)
            else:
                _bound(found, change, baseline, column)
    np.minimum(found.lower, found.upper, out=found.lower)
    return found


def line(change: Spend, code: str, start: tuple[int, float], years: Sequence[int]) -> Floats:
    """Return the share that a change asks of a country in each year, NaN where it asks for none.

    `start` is the base year and its share.

    >>> pole = Spend.model_validate(
    ...     {"id": "x", "do": "spend", "who": "POL", "share": 3.0, "by": 2028, "citation": "x"})
    >>> line(pole, "POL", (2026, 2.0), (2026, 2027, 2028, 2029)).tolist()
    [nan, 2.5, 3.0, 3.0]
    """
    at = np.array(years)
    if change.path is not None:
        given = sorted(change.path)
        path = np.interp(at, given, [change.path[year] for year in given])
        return np.where(at >= given[0], path, np.nan)
    base_year, base = start
    share = change.exceptions.get(code, change.share or 0.0)
    before = base_year if change.first is None else change.first - 1
    if change.by is not None:
        before = max(before, base_year)
        part = np.clip((at - before) / max(change.by - before, 1), 0.0, 1.0)
    else:
        part = np.ones(len(at))
    holds = (at > before) & (at <= (change.last or at[-1]))
    return np.where(holds, base + (share - base) * part, np.nan)


def _bound(found: Bounds, change: Spend, baseline: Baseline, column: int) -> None:
    code = baseline.countries[column]
    base = int(baseline.base[column])
    start = baseline.years[base], float(baseline.share[base, column])
    asked = line(change, code, start, baseline.years)
    holds = ~np.isnan(asked)
    lower, upper = found.lower[:, column], found.upper[:, column]
    if change.mode == "exactly":
        twice = holds & np.isfinite(upper) & (upper != asked)
        if twice.any():
            year = baseline.years[int(np.flatnonzero(twice)[0])]
            raise UserError(
                f"change {change.id}: {code} has two exact shares in {year}: leave one out"
            )
        upper[holds] = asked[holds]
    elif change.share is not None:
        # Who is above the share already is asked for no more than that.
        asked = np.minimum(asked, change.exceptions.get(code, change.share))
    lower[holds] = np.maximum(lower[holds], asked[holds])


def _on_top(change: Spend, years: Sequence[int]) -> Floats:
    """Return the points that a change adds in each year."""
    at = np.array(years)
    first = at[0] if change.first is None else change.first
    last = at[-1] if change.last is None else change.last
    full = first if change.by is None else change.by
    part = np.clip((at - first + 1) / (full - first + 1), 0.0, 1.0)
    added: Floats = np.where((at >= first) & (at <= last), part * (change.add or 0.0), 0.0)
    return added
