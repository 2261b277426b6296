"""Plans for tests: at random, and small enough to work out by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from burdenshare.whatif.plan import Floats, Plan, Result

FLOATS = (
    "share revision pull target residual chances growth real growth_error smooth_growth usd eur "
    "ncu usd_error eur_error ncu_error lower upper inside threshold amount trend extra"
).split()


def plan_of(countries: int = 2, years: int = 3, **changed: Any) -> Plan:
    """Return a plan in which nothing is uncertain, with fields changed; lists become arrays.

    Every country has a GDP of 1,000 million dollars and spends 2 % of it, for ever. All are in.
    Without changes there is one group that all belong to, twice, and nothing else is asked.
    """
    table, paths = (years, countries), len(changed.get("growth_error", [0]))
    groups = changed.get("groups", ("everybody", "those who are in"))
    thresholds, needs = changed.get("thresholds", ()), changed.get("needs", ())
    fields: dict[str, Any] = {
        "countries": tuple(f"C{number:02}" for number in range(countries)),
        "years": tuple(range(2025, 2025 + years)),
        "base": np.zeros(countries, dtype=np.int64),
        "share": np.where(np.arange(years)[:, None] > 0, np.nan, np.full(table, 2.0)),
        "revision": np.ones(1),
        "pull": np.zeros(table),
        "target": np.zeros(table),
        "residual": np.ones(1),
        "starts": np.array([0, 1]),
        "chances": np.ones(1),
        "smooth_share": 0.0,
        "growth": np.zeros(table),
        "real": np.full(countries, 1000.0),
        "growth_error": np.zeros((paths, *table)),
        "smooth_growth": np.zeros(years),
        "usd": np.ones(table),
        "eur": np.ones(table),
        "ncu": np.ones(table),
        "usd_error": np.ones((paths, years)),
        "eur_error": np.ones((paths, years)),
        "ncu_error": np.ones((paths, *table)),
        "lower": np.zeros(table),
        "upper": np.full(table, np.inf),
        "groups": groups,
        "inside": np.ones((len(groups), *table)),
        "thresholds": thresholds,
        "threshold": np.full((len(thresholds), *table), 2.0),
        "needs": needs,
        "amount": np.zeros((len(needs), years)),
        "reach": (),
        "price_year": 2025,
        "trend": np.ones(1),
        "extra": np.zeros((1, 1)),
    }
    unknown = changed.keys() - fields.keys()
    if unknown:
        raise TypeError(f"a plan has no {', '.join(sorted(unknown))}")
    for name, value in changed.items():
        fields[name] = np.array(value, dtype=np.float64) if name in FLOATS else value
    return Plan(**fields)


def leaving(plan: Plan, country: int, year: int) -> Plan:
    """Return a plan in which a country is out of the second group from the year of an index on.

    The third group is those who leave, so that all = in + leaver.
    """
    inside = np.ones((3, *plan.usd.shape))
    inside[1, year:, country] = 0.0
    inside[2] = inside[0] - inside[1]
    return replace(plan, groups=("everybody", "those who are in", "leavers"), inside=inside)


def random_plan(seed: int, countries: int = 4, years: int = 5, paths: int = 7) -> Plan:
    """Return a plan with everything in it, its numbers drawn at random but of a sensible size.

    Two thresholds (not asked of everybody), a leaver, an amount given and one that is what left,
    bounds, years before the first share known, and base years of different ages.
    """
    dice = np.random.default_rng(seed)
    table = (years, countries)
    base = dice.integers(0, min(2, years), countries)
    base[0] = 0
    share = np.where(
        np.arange(years)[:, None] <= base, dice.uniform(0.5, 4, table), np.full(table, np.nan)
    )
    share[0] = np.where((base > 0) & (dice.random(countries) < 0.5), np.nan, share[0])
    starts = np.concatenate([[0], np.cumsum(dice.integers(1, 6, 3))])
    chances = dice.random(3) + 0.1
    inside = (dice.random((4, *table)) < 0.7).astype(np.float64)
    inside[0] = 1.0
    inside[1, :, 0] = 1.0
    threshold = np.where(dice.random((2, *table)) < 0.2, np.nan, dice.uniform(1.5, 3, (2, *table)))
    amount = dice.uniform(0, 1000, (2, years))
    amount[1] = np.nan
    lower = np.where(dice.random(table) < 0.2, dice.uniform(1, 3, table), 0.0)
    return plan_of(
        countries,
        years,
        base=base,
        share=share,
        revision=dice.normal(1, 0.03, 9),
        pull=np.where(dice.random(table) < 0.5, dice.random(table), 0.0),
        target=dice.uniform(1, 4, table),
        residual=dice.normal(1.02, 0.08, int(starts[-1])),
        starts=starts,
        chances=chances / chances.sum(),
        smooth_share=float(dice.choice([0.0, 0.03, 0.6])),
        trend=dice.choice([1.0, 0.9], years),
        growth=dice.normal(0.02, 0.01, table),
        real=dice.uniform(100, 1e7, countries),
        growth_error=_from_second_year(dice.normal(0, 0.03, (paths, *table))),
        smooth_growth=np.arange(years) * 0.002,
        usd=dice.uniform(0.5, 2, table),
        eur=dice.uniform(0.5, 2, table),
        ncu=np.where(dice.random(table) < 0.1, np.nan, dice.uniform(0.1, 200, table)),
        usd_error=dice.normal(1, 0.05, (paths, years)),
        eur_error=dice.normal(1, 0.05, (paths, years)),
        ncu_error=dice.normal(1, 0.1, (paths, *table)),
        lower=lower,
        upper=np.where(dice.random(table) < 0.1, lower + 0.5, np.inf),
        groups=("everybody", "those who are in", "some", "others"),
        inside=inside,
        thresholds=("wales", "hague"),
        threshold=threshold,
        needs=("given", "what left"),
        amount=amount,
        reach=(2.0, 3.5),
        extra=np.where(dice.random(table) < 0.2, dice.uniform(-1, 2, table), 0.0),
    )


def _from_second_year(errors: Floats) -> Floats:
    errors[:, 0] = 0.0
    return errors


def small_plans() -> st.SearchStrategy[Plan]:
    """Return random plans of one to four countries and years."""
    return st.builds(
        random_plan,
        seed=st.integers(0, 2**32 - 1),
        countries=st.integers(1, 4),
        years=st.integers(1, 4),
        paths=st.sampled_from([1, 3, 64]),
    )


def bytes_of(found: Result) -> dict[str, bytes]:
    """Return the arrays of a result as bytes, by name."""
    arrays = {field.name: getattr(found, field.name) for field in fields(found)}
    return {name: each.tobytes() for name, each in arrays.items() if isinstance(each, np.ndarray)}


def table_of(values: ArrayLike, years: int) -> Floats:
    """Repeat a row of countries for all years."""
    return np.tile(np.asarray(values, dtype=np.float64), (years, 1))
