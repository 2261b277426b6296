"""Which of several inputs of a function moves it most: by the method of Morris, or of Sobol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.plan import Floats

METHODS = ("morris", "sobol")
LEVELS = 4  # of Morris: values of each input, evenly spread
_STEP = LEVELS / (2 * (LEVELS - 1))  # of Morris: the part of its range by which an input moves
_RUNS = {"morris": 10, "sobol": 64}  # trajectories, or points of the first matrix
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Factor:
    """An input: a range from `low` to `high`, or a choice among so many `options`.

    A choice is given to the function as the place of the option, from 0 on.
    """

    low: float
    high: float
    options: int = 0

    def value(self, place: float) -> float:
        """Return the value at a place from 0 to 1.

        >>> Factor(2.0, 4.0).value(0.25), Factor(0, 1, options=2).value(0.5)
        (2.5, 1.0)
        """
        if self.options:
            return float(min(int(place * self.options), self.options - 1))
        return self.low + place * (self.high - self.low)


Function = Callable[[tuple[float, ...]], float]
Progress = Callable[[int, int], object]


def screen(
    factors: Sequence[Factor],
    function: Function,
    method: str = "morris",
    seed: int = 1949,
    size: int | None = None,
    progress: Progress | None = None,
) -> list[dict[str, float]]:
    """Return for each factor how much it moves a function of all of them.

    Morris: `mu_star`, by how much the function moves on average when the factor goes from its low
    to its high (or a choice to another), `sigma`, how much that differs from place to place, and
    `conf`, half the 95 % interval of `mu_star`. Sobol: `s1` and `st`, the part of the variance by
    the factor alone and with all others, each with its `conf`. The same seed gives the same
    numbers; `size` is the number of trajectories, or of points. `progress` is called with how many
    points are done and how many there are. Raises UserError for an unknown method or a size
    out of range, and where SALib is not installed.

    >>> [row] = screen([Factor(0, 2)], lambda values: 3 * values[0])
    >>> round(row["mu_star"], 9)
    6.0
    """
    if method not in METHODS:
        raise UserError(f"method {method[:40]!r} is unknown: {did_you_mean(method, METHODS)}")
    size = _RUNS[method] if size is None else size
    if not 2 <= size <= _MOST or (method == "sobol" and size & (size - 1)):
        write = "a power of 2" if method == "sobol" else "a whole number"
        raise UserError(f"size is {size}: write {write} from 2 to {_MOST}")
    if not factors:
        return []
    places = _sample(len(factors), method, seed, size)
    values = [
        tuple(factor.value(place) for factor, place in zip(factors, row, strict=True))
        for row in places.tolist()
    ]
    known: dict[tuple[float, ...], float] = {}
    points = dict.fromkeys(values)
    for point in points:
        known[point] = function(point)
        if progress is not None:
            progress(len(known), len(points))
    found = np.array([known[point] for point in values])
    if method == "morris":
        return _morris(factors, places, found, seed)
    return _sobol(len(factors), found, seed)


def _sample(count: int, method: str, seed: int, size: int) -> Floats:
    """Return the places at which the function is asked, one a row."""
    try:
        from SALib.sample import morris, sobol  # type: ignore[import-untyped]
    except ImportError:
        raise UserError(
            "which assumption matters most is told by SALib, which is not installed:\n"
            "pip install 'burdenshare[sensitivity]'"
        ) from None
    if method == "morris":
        places = morris.sample(_problem(count), size, num_levels=LEVELS, seed=seed)
    else:
        places = sobol.sample(_problem(count), size, calc_second_order=False, seed=seed)
    return np.asarray(places, dtype=float)


def _morris(
    factors: Sequence[Factor], places: Floats, found: Floats, seed: int
) -> list[dict[str, float]]:
    from SALib.analyze import morris  # type: ignore[import-untyped]

    told = morris.analyze(_problem(len(factors)), places, found, num_levels=LEVELS, seed=seed)
    # Morris counts by the step; a choice has been made anew whatever the step.
    scale = [_STEP if factor.options else 1.0 for factor in factors]
    return [
        {
            "mu_star": float(told["mu_star"][i]) * scale[i],
            "sigma": float(told["sigma"][i]) * scale[i],
            "conf": float(told["mu_star_conf"][i]) * scale[i],
        }
        for i in range(len(factors))
    ]


def _sobol(count: int, found: Floats, seed: int) -> list[dict[str, float]]:
    from SALib.analyze import sobol

    if np.ptp(found) == 0:
        return [dict.fromkeys(("s1", "s1_conf", "st", "st_conf"), 0.0) for _ in range(count)]
    told = sobol.analyze(_problem(count), found, calc_second_order=False, seed=seed)
    keys = {"s1": "S1", "s1_conf": "S1_conf", "st": "ST", "st_conf": "ST_conf"}
    return [{key: float(told[name][i]) for key, name in keys.items()} for i in range(count)]


def _problem(count: int) -> dict[str, Any]:
    return {
        "num_vars": count,
        "names": [f"x{i}" for i in range(count)],
        "bounds": [[0.0, 1.0]] * count,
    }
