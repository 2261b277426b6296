"""Points spread evenly over the unit cube, normal numbers, and yearly shocks made of them."""

from __future__ import annotations

from functools import cache

import numpy as np

from burdenshare.whatif.debt.inputs import Floats
from burdenshare.whatif.debt.reading import Shocks

POINTS = 509  # of one lattice; a prime
BLOCKS = 8  # lattices, each shifted at random on its own
YEARS_SHOCKED = 5
EUR, USD, RATE, GROWTH, BALANCE = range(5)
_SEED = 1949
# Of the lattice rule with POINTS points, found component by component for the smallest worst-case
# error (order 2, product weights 1/j**2).
VECTOR = (
    *(1, 209, 133, 228, 31, 48, 82, 40, 142, 153, 192, 98, 233),
    *(220, 186, 236, 112, 87, 108, 222, 194, 172, 58, 124, 197),
)
# Wichura, AS 241 (1988): coefficients of the inverse normal distribution, from the highest power.
_CENTRE = (
    (
        *(
            2509.0809287301226727,
            33430.575583588128105,
            67265.770927008700853,
            45921.953931549871457,
        ),
        *(),
        *(
            13731.693765509461125,
            1971.5909503065514427,
            133.14166789178437745,
            3.387132872796366608,
        ),
        *(),
    ),
    (
        *(5226.495278852854561, 28729.085735721942674),
        *(39307.89580009271061, 21213.794301586595867),
        *(5394.1960214247511077, 687.1870074920579083),
        *(42.313330701600911252, 1.0),
    ),
)
_MIDDLE = (
    (
        *(
            7.7454501427834140764e-4,
            0.0227238449892691845833,
            0.24178072517745061177,
            1.27045825245236838258,
        ),
        *(),
        *(
            3.64784832476320460504,
            5.7694972214606914055,
            4.6303378461565452959,
            1.42343711074968357734,
        ),
        *(),
    ),
    (
        *(
            1.05075007164441684324e-9,
            5.475938084995344946e-4,
            0.0151986665636164571966,
            0.14810397642748007459,
        ),
        *(),
        *(0.68976733498510000455, 1.6763848301838038494),
        *(2.05319162663775882187, 1.0),
    ),
)
_FAR = (
    (
        *(
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            0.00124266094738807843860,
            0.026532189526576123093,
        ),
        *(),
        *(
            0.29656057182850489123,
            1.7848265399172913358,
            5.4637849111641143699,
            6.6579046435011037772,
        ),
        *(),
    ),
    (
        *(
            2.04426310338993978564e-15,
            1.4215117583164458887e-7,
            1.8463183175100546818e-5,
            7.868691311456132591e-4,
        ),
        *(),
        *(0.0148753612908506148525, 0.13692988092273580531),
        *(0.59983220655588793769, 1.0),
    ),
)
_CHANCE = (1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530)


def normal(chances: Floats) -> Floats:
    """Return the standard normal numbers that others lie below with given chances, by AS 241.

    >>> normal(np.array([0.025, 0.5, 0.975])).round(6).tolist()
    [-1.959964, 0.0, 1.959964]
    """
    centred = chances - 0.5
    r = 0.180625 - centred * centred
    found: Floats = centred * np.polyval(_CENTRE[0], r) / np.polyval(_CENTRE[1], r)
    tail = np.abs(centred) > 0.425
    r = np.sqrt(-np.log(np.minimum(chances, 1 - chances)[tail]))
    middle = np.polyval(_MIDDLE[0], r - 1.6) / np.polyval(_MIDDLE[1], r - 1.6)
    far = np.polyval(_FAR[0], r - 5.0) / np.polyval(_FAR[1], r - 5.0)
    found[tail] = np.sign(centred[tail]) * np.where(r <= 5.0, middle, far)
    return found


def chance(number: Floats, dense: Floats | None = None) -> Floats:
    """Return the chance that a standard normal number lies below, to 1e-7.

    Zelen and Severo (1964), formula 26.2.17. `dense` is the density, where it is known already.

    >>> chance(np.array([-1.959964, 0.0, 0.524401])).round(6).tolist()
    [0.025, 0.5, 0.7]
    """
    size = np.abs(number)
    t = 1 / (1 + 0.2316419 * size)
    upper: Floats = (density(number) if dense is None else dense) * t * np.polyval(_CHANCE, t)
    found: Floats = np.where(number > 0, 1 - upper, upper)
    return found


def density(number: Floats) -> Floats:
    """Return the density of the standard normal distribution."""
    found: Floats = np.exp(-number * number / 2) / np.sqrt(2 * np.pi)
    return found


@cache
def normals(dimensions: int, blocks: int = BLOCKS, seed: int = _SEED) -> Floats:
    """Return normal numbers of shape dimensions x blocks x POINTS: shifted rank-1 lattices."""
    shift = np.random.default_rng(seed).random((dimensions, blocks, 1))
    lattice = np.outer(VECTOR[:dimensions], np.arange(POINTS)) % POINTS / POINTS
    spread = (lattice[:, None, :] + shift) % 1.0
    return normal(np.clip(spread, 1e-12, 1 - 1e-12))


def covariance(shocks: Shocks) -> Floats:
    """Return the covariance of one period's shocks, 6 x 6, each cut at its 5 and 95 % points."""
    low, high = np.percentile(shocks.values, (5, 95), axis=0)
    found: Floats = np.cov(np.clip(shocks.values, low, high).T)
    return found


def yearly(shocks: Shocks, short_share: float, maturity: float) -> Floats:
    """Return the covariance of the yearly sums over five years, 25 x 25, exactly.

    In each year stand EUR, USD, RATE, GROWTH and BALANCE. The rate is the short one, weighted by
    the share of short-term debt, and the long one: min(k, M)/M times the sum over the last M years
    up to year k.

    >>> one = Shocks(np.array([[0, 0, 1.0, 0, 0, 0], [0, 0, -1.0, 0, 0, 0]]), 4)
    >>> yearly(one, 0.5, 10.0)[RATE, RATE].round(3)  # 0.5**2 times four quarters of 1.62
    np.float64(1.62)
    """
    per = shocks.per_year
    weights = np.zeros((YEARS_SHOCKED, 5, YEARS_SHOCKED * per, 6))
    for k in range(YEARS_SHOCKED):
        year = slice(k * per, (k + 1) * per)
        for into, of in ((EUR, 0), (USD, 1), (RATE, 2), (GROWTH, 4), (BALANCE, 5)):
            weights[k, into, year, of] = 1.0
        weights[k, RATE, year, 2] = short_share
        first = max(0, (k + 1) * per - round(maturity * per))
        weight = min(k + 1, maturity) / maturity
        weights[k, RATE, first : (k + 1) * per, 3] = (1 - short_share) * weight
    flat = weights.reshape(YEARS_SHOCKED * 5, -1, 6)
    turned = flat @ covariance(shocks)
    found: Floats = turned.reshape(len(flat), -1) @ flat.reshape(len(flat), -1).T
    return found


def roots(covariances: Floats, weights: Floats) -> Floats:
    """Return matrices A with A A' the covariances (C x K x K), turned towards what matters.

    The first column of a turned matrix carries all of the spread of the sum that `weights` (C x K)
    gives, so that the best coordinate of the lattice decides most of the result.
    """
    values, vectors = np.linalg.eigh(covariances)
    plain = vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]
    along = np.einsum("ckj,ck->cj", plain, weights)
    size = np.linalg.norm(along, axis=1, keepdims=True)
    mirror = along / np.where(size > 0, size, 1.0)
    mirror[:, 0] -= 1.0
    square = (mirror * mirror).sum(axis=1)[:, None, None]
    turn = np.einsum("ckj,cj->ck", plain, mirror)[:, :, None] * mirror[:, None, :]
    turned: Floats = plain - 2 * turn / np.where(square > 1e-14, square, 1.0)
    return turned
