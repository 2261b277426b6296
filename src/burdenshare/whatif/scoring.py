"""How good a forecast was: scores of draws against what came, and whether a difference is real."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from burdenshare.whatif.plan import Floats

MOST_CLUSTERS = 20  # all flips of their signs are tried: 2 to this power


def crps(draws: Floats, truth: ArrayLike) -> Floats:
    """Return the continuous ranked probability score of draws, in the unit of the figure.

    `draws` are B x ..., `truth` is of the shape that follows B. Of one draw it is the absolute
    error; the smaller, the better.

    >>> float(crps(np.array([1.0]), 3.0)), float(crps(np.array([0.0, 2.0]), 1.0))
    (2.0, 0.5)
    """
    found = np.sort(draws, axis=0)
    n = len(found)
    weight = (2 * np.arange(1, n + 1) - n - 1) / n**2
    apart = np.tensordot(weight, found, axes=(0, 0))
    near = np.abs(found - np.asarray(truth)).mean(axis=0)
    score: Floats = near - apart
    return score


def covered(draws: Floats, truth: ArrayLike, level: float) -> NDArray[np.bool_]:
    """Say whether the central interval of a level (0.8 for 80 %) holds the truth, ends included.

    >>> bool(covered(np.arange(101.0), 25, 0.5)), bool(covered(np.arange(101.0), 24, 0.5))
    (True, False)
    """
    edge = round((1 - level) / 2, 12)
    low, high = np.quantile(draws, [edge, 1 - edge], axis=0)
    value = np.asarray(truth)
    inside: NDArray[np.bool_] = (low <= value) & (value <= high)
    return inside


def brier(probability: ArrayLike, happened: ArrayLike) -> Floats:
    """Return the squared distance of a probability from what happened (1 or 0).

    >>> brier([0.25, 1.0], [True, False]).tolist()
    [0.5625, 1.0]
    """
    distance = np.asarray(probability, dtype=float) - np.asarray(happened, dtype=float)
    squared: Floats = distance**2
    return squared


def pit(draws: Floats, truth: ArrayLike) -> Floats:
    """Return the share of the draws below the truth, those equal to it counted half.

    >>> float(pit(np.array([1.0, 2.0, 2.0, 4.0]), 2))
    0.5
    """
    value = np.asarray(truth)
    below: Floats = (draws < value).mean(axis=0) + 0.5 * (draws == value).mean(axis=0)
    return below


def pit_histogram(values: ArrayLike, bins: int = 10) -> list[int]:
    """Return how many PIT values lie in each of equal bins from 0 to 1; flat is well calibrated.

    >>> pit_histogram([0.0, 0.1, 0.55, 1.0], bins=2)
    [2, 2]
    """
    found, _ = np.histogram(np.asarray(values, dtype=float), bins=bins, range=(0.0, 1.0))
    return [int(each) for each in found]


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of a difference of scores and how sure it is, with the clusters as what is random.

    `p` is two-sided, by all flips of the signs of whole clusters; it cannot be below `least_p`.
    `error` is the cluster-robust standard error, None for one cluster; `lower` counts the clusters
    whose own mean is below zero.
    """

    mean: float
    error: float | None
    p: float
    least_p: float
    clusters: int
    lower: int


def clustered_difference(difference: ArrayLike, cluster: ArrayLike) -> Difference:
    """Return the mean of differences and its test by the wild cluster bootstrap, null imposed.

    The differences of one cluster stand and fall together: a replicate flips the signs of whole
    clusters, and its t is compared with the t found. With so few clusters all replicates are
    tried, so that nothing is drawn. Raises ValueError for no differences or too many clusters.

    >>> found = clustered_difference([1, 2, 3], ["a", "b", "c"])
    >>> found.mean, found.p, found.least_p
    (2.0, 0.25, 0.25)
    """
    values = np.asarray(difference, dtype=float)
    _, place = np.unique(np.asarray(cluster), return_inverse=True)
    groups = int(place.max(initial=-1)) + 1
    if not 1 <= groups <= MOST_CLUSTERS:
        raise ValueError(f"{groups} clusters: 1 to {MOST_CLUSTERS} can be tested")
    sums = np.bincount(place, values, groups)
    sizes = np.bincount(place, minlength=groups).astype(float)
    # Half of the flips: the other half are their mirror images, with the same |t|.
    number = np.arange(2 ** (groups - 1))[:, None]
    flips: Floats = np.where((number >> np.arange(groups)) & 1, -1.0, 1.0)
    means, spread = _means(flips * sums, sizes)
    size = np.divide(np.abs(means), spread, out=np.full_like(means, np.inf), where=spread > 0)
    size[means == 0] = 0.0
    scale = np.sqrt(groups / (groups - 1)) if groups > 1 else 0.0
    return Difference(
        mean=float(means[0]),
        error=float(spread[0] * scale) if groups > 1 else None,
        p=float(np.mean(size >= size[0] * (1 - 1e-12))),
        least_p=2.0 ** (1 - groups),
        clusters=groups,
        lower=int(np.count_nonzero(sums < 0)),
    )


def _means(sums: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Return the mean of each replicate and the root of its clustered variance, unscaled."""
    total = sizes.sum()
    means = sums.sum(axis=1) / total
    apart = sums - means[:, None] * sizes
    return means, np.sqrt((apart**2).sum(axis=1)) / total
