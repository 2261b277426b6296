"""Debt paths of states outside the European Union: the plain debt identity on the IMF's outlook.

This is not the EU's rule: no criterion, no multiplier, no draws; growth and rates stay as forecast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.debt.editions import Editions
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World

METHOD = "plain debt identity on the IMF’s outlook, not the EU’s rule"
ASSUMPTIONS = (
    "Extra debt pays the state’s implicit rate: net interest over the debt of the year before, "
    "at least 0 %.",
    "Growth, prices and the rest of the budget stay as the IMF forecasts them: no multiplier.",
)
_DEBT, _BALANCE, _PRIMARY, _GDP = "GGXWDG_NGDP", "GGXCNL_NGDP", "GGXONLB_NGDP", "NGDP"
_DIGITS = 4


class Year(NamedTuple):
    """One year: % of GDP, but for `gdp` in national currency, and the rates in %."""

    debt: float
    interest: float
    stock_flow: float
    rate: float
    growth: float


def year_of(debts: tuple[float, float], gdps: tuple[float, float], b: float, p: float) -> Year:
    """Return one year from debt and GDP of the year before and of the year, and its balances.

    `b` is the balance and `p` the primary balance, in % of GDP. What the identity leaves over is
    the stock-flow adjustment: debt = debt before / (1 + growth) - balance + stock-flow.

    >>> year_of((100.0, 101.0), (100.0, 104.0), -3.0, -1.0)._asdict()["rate"]
    2.08
    """
    before = debts[0] * gdps[0] / gdps[1]
    interest = p - b
    return Year(
        debts[1],
        interest,
        debts[1] - before + b,
        100 * interest / before,
        100 * (gdps[1] / gdps[0] - 1),
    )


def extra_debt(points: Mapping[int, float], years: Mapping[int, Year]) -> dict[int, float]:
    """Return the debt that extra spending leaves behind by year, in % of GDP.

    Each year's extra debt grows with the implicit rate (at least 0), shrinks with nominal growth,
    and takes on the points spent.

    >>> plain = Year(debt=100.0, interest=2.0, stock_flow=0.0, rate=5.0, growth=5.0)
    >>> extra_debt({2027: 1.0}, {2026: plain, 2027: plain, 2028: plain})
    {2026: 0.0, 2027: 1.0, 2028: 1.0}
    """
    found: dict[int, float] = {}
    owed = 0.0
    for year in sorted(years):
        each = years[year]
        factor = (1 + max(each.rate, 0.0) / 100) / (1 + each.growth / 100)
        owed = owed * factor + points.get(year, 0.0)
        found[year] = owed
    return found


def debt_identity(
    world: World,
    extra: Mapping[str, Mapping[int, float]],
    countries: Sequence[str] | None = None,
    as_of: Day | None = None,
    editions: Editions | None = None,
) -> dict[str, Any]:
    """Return debt with and without extra spending (% of GDP by year) by the plain identity.

    `countries` are those of `extra` where none are named; each has the figures of one edition of
    the outlook. Years run from the first with extra spending to the last that it gives. A state or
    a year without figures is a gap. Raises UserError for an unknown country.

    >>> row = debt_identity(World(), {"GBR": {2026: 1.0}})["rows"][0]
    >>> row["method"], row["with"]["debt"][0] - row["without"]["debt"][0]
    ('plain debt identity on the IMF’s outlook, not the EU’s rule', 1.0)
    """
    day = as_of or world.latest
    editions = editions or Editions(world, day)
    rows: list[dict[str, Any]] = []
    gaps: list[dict[str, str]] = []
    documents: dict[Day, str] = {}
    for code in countries if countries is not None else extra:
        if code not in world.countries.codes:
            hint = did_you_mean(code, world.countries.codes)
            raise UserError(f"country {code[:40]!r} is unknown: {hint}")
        points = {year: value for year, value in extra.get(code, {}).items() if value}
        years, why, used = _years(editions, code, min(points, default=day.year))
        documents |= used
        late = [str(year) for year in sorted(points) if year not in years]
        if not years or late:
            what = f"extra spending of {', '.join(late)} left out: " if late else ""
            gaps.append({"country": code, "reason": what + why})
        if years:
            rows.append(_row(code, points, years))
    return {
        "method": METHOD,
        "rows": rows,
        "gaps": gaps,
        "assumptions": list(ASSUMPTIONS),
        "sources": [
            {
                "what": "debt, balances and GDP of states outside the European Union",
                "published": on.isoformat(),
                "document": text,
                "source": world.datasets["imf-weo"].publisher,
            }
            for on, text in sorted(documents.items())
        ],
    }


def _years(
    editions: Editions, code: str, first: int
) -> tuple[dict[int, Year], str, dict[Day, str]]:
    """Return the years from the first one on, why they end, and the releases that give them."""
    found: dict[int, Year] = {}
    documents: dict[Day, str] = {}
    edition = editions.giving(_DEBT, code, first)
    year = first
    while True:
        answers: list[Fact | Gap] = [
            edition.fact(series, code, at)
            for series, at in (
                (_DEBT, year - 1),
                (_GDP, year - 1),
                (_DEBT, year),
                (_GDP, year),
                (_BALANCE, year),
                (_PRIMARY, year),
            )
        ]
        facts = [each for each in answers if isinstance(each, Fact)]
        if len(facts) < len(answers):
            gap = next(each for each in answers if isinstance(each, Gap))
            return found, f"{gap.series} of {gap.year}: {gap.reason}", documents
        documents |= {fact.release.published: fact.release.document for fact in facts}
        debt_before, gdp_before, debt, gdp, balance, primary = (fact.value for fact in facts)
        found[year] = year_of((debt_before, debt), (gdp_before, gdp), balance, primary)
        year += 1


def _row(code: str, points: Mapping[int, float], years: Mapping[int, Year]) -> dict[str, Any]:
    more = extra_debt(points, years)
    before = {year: more.get(year - 1, 0.0) for year in years}
    interest = {
        year: each.interest + max(each.rate, 0.0) / 100 * before[year] / (1 + each.growth / 100)
        for year, each in years.items()
    }
    return {
        "country": code,
        "method": METHOD,
        "years": list(years),
        "points": [points.get(year, 0.0) for year in years],
        "implicit_rate": [round(each.rate, _DIGITS) for each in years.values()],
        "stock_flow": [round(each.stock_flow, _DIGITS) for each in years.values()],
        "without": {
            "debt": [round(each.debt, _DIGITS) for each in years.values()],
            "interest": [round(each.interest, _DIGITS) for each in years.values()],
        },
        "with": {
            "debt": [round(each.debt + more[year], _DIGITS) for year, each in years.items()],
            "interest": [round(interest[year], _DIGITS) for year in years],
        },
    }
