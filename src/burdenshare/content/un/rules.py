"""Art. 17 (2): the scale of assessments for the regular budget, in the order of its steps.

Tables are {country: value} or, by year, {country: {year: value}}. Money is in US dollars, rates in
percent of the budget. The paragraphs are those of A/RES/79/249. Where it leaves the arithmetic
open, the steps follow the Committee on Contributions from general knowledge, and their confidence
says so. Peacekeeping and rights stand in files of their own beside this one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from math import floor as floored
from typing import Any

from burdenshare.world.rules import rule

Table = Mapping[str, float]
ByYear = Mapping[str, Mapping[Any, float]]

_SCALE = "A/RES/79/249, para. 7"
_STEPS = "steps: Committee on Contributions (A/76/11, A/79/11), from general knowledge"
_FIT = "inference: reproduces the published scales best"


def _step(
    provision: str, citation: str = f"{_SCALE}; {_STEPS}", confidence: str = "general knowledge"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a step of the scale in its present form, which A/RES/55/5 B set for 2001."""
    return rule(
        kind="contribution",
        provision=f"para. 7 {provision}",
        in_force="2001-01-01",
        known_from="2000-12-23",
        citation=citation,
        confidence=confidence,
    )


# Accounts by fiscal year, and the part of the calendar year that stands in the fiscal year before
# (negative) or after (positive) the one that bears its number. General knowledge; the residuals of
# the published scales have the sign and size of it.
_FISCAL = {"AUS": -0.5, "IND": -0.25, "EGY": 0.5, "PAK": 0.5}
_CHANGED = {"all": set(_FISCAL), "india-australia": {"AUS", "IND"}, "none": set()}


@_step("(a): estimates of gross national income", f"{_SCALE}; fiscal years: {_FIT}", "inference")
def calendar_income(gni: ByYear, rates: ByYear, fiscal_years: str) -> ByYear:
    """Para. 7 (a): "estimates of gross national income", fiscal years put on calendar years.

    The amounts are moved in national currency and converted at the rate of the calendar year. A
    year whose neighbour is not held stays as it is.
    """
    found = {country: dict(row) for country, row in gni.items()}
    for country in _CHANGED[fiscal_years] & set(gni):
        part, amounts, rate = _FISCAL[country], _row(gni, country), _row(rates, country)
        for key, own in gni[country].items():
            year = int(key)
            other = year - 1 if part < 0 else year + 1
            if other in amounts:
                moved = amounts[other] * rate[other] / rate[year]
                found[country][key] = (1 - abs(part)) * own + abs(part) * moved
    return found


@_step("(c): conversion rates", f"{_SCALE}; resolution 46/221 B; Iran: {_FIT}", "inference")
def converted_income(
    calendar_income: ByYear,
    rates: ByYear,
    official_rates: ByYear,
    prices: ByYear,
    iran_conversion: str,
) -> ByYear:
    """(c) Market exchange rates, except where they distort: then price-adjusted or other rates.

    The database's own rates are taken. Where they leave Iran's official rate, the price-adjusted
    one is the rate of an earlier year moved by the prices of Iran over those of the United States.
    """
    own, official = _row(rates, "IRN"), _row(official_rates, "IRN")
    apart = [y for y in sorted(own) if y in official and abs(own[y] / official[y] - 1) > _APART]
    if iran_conversion == "database" or not apart or "IRN" not in calendar_income:
        return calendar_income
    row = dict(calendar_income["IRN"])
    for key in row:
        year = int(key)
        if year >= apart[0]:
            rate = official[year]
            if iran_conversion != "official":
                rate = _price_adjusted(own, prices, int(iran_conversion[-4:]), year)
            row[key] *= own[year] / rate
    return {**calendar_income, "IRN": row}


_APART = 0.002  # two rates differ by more than their rounding


def _price_adjusted(rates: Mapping[int, float], prices: ByYear, base: int, year: int) -> float:
    """Return the rate of a base year, moved by prices in Iran over those in the United States."""
    rate, own, other = rates[base], _row(prices, "IRN"), _row(prices, "USA")
    for each in range(base + 1, year + 1):
        rate *= (100 + own[each]) / (100 + other[each])
    return rate


def _row(table: ByYear, country: str) -> dict[int, float]:
    """Return a country's row by year; the years of a TOML file are texts."""
    return {int(year): value for year, value in table.get(country, {}).items()}


_PARTS = ("HKG", "MAC")  # special administrative regions, apart from China in the accounts


@_step(
    "(a): estimates of gross national income", f"what China's figures include: {_FIT}", "inference"
)
def whole_income(converted_income: ByYear, taiwan_gdp: ByYear, china_territory: str) -> ByYear:
    """Para. 7 (a): "estimates of gross national income": what the figure of China includes.

    Hong Kong and Macao are added; Taiwan, of which the accounts have no row, where the assumption
    says so, with its GDP (billions) for want of GNI.
    """
    billions = {year: value * 1e9 for year, value in _row(taiwan_gdp, "TWN").items()}
    return _with_parts(converted_income, billions, china_territory)


@_step(
    "(e): per capita gross national income", f"what China's figures include: {_FIT}", "inference"
)
def whole_population(population: ByYear, taiwan_population: ByYear, china_territory: str) -> ByYear:
    """(e) Average per capita gross national income: the persons whom China's figure includes."""
    millions = _row(taiwan_population, "TWN").items()
    persons = {year: value * 1e6 for year, value in millions}
    return _with_parts(population, persons, china_territory)


def _with_parts(table: ByYear, taiwan: Mapping[int, float], territory: str) -> ByYear:
    """Return a table whose row for China includes its parts, in the years that every part has."""
    if "CHN" not in table or territory == "mainland":
        return table
    parts = [_row(table, part) for part in _PARTS if part in table]
    if territory == "with-taiwan":
        parts.append(dict(taiwan))
    row = {
        year: value + sum(part[int(year)] for part in parts)
        for year, value in table["CHN"].items()
        if all(int(year) in part for part in parts)
    }
    return {**table, "CHN": row}


@_step("(b): average statistical base periods of three and six years")
def income(
    whole_income: ByYear, members: Collection[str], years: Sequence[int]
) -> dict[str, float]:
    """(b) Average statistical base periods: mean income; none where a year is missing."""
    return _means(whole_income, members, years)


@_step("(b): average statistical base periods of three and six years")
def people(
    whole_population: ByYear, members: Collection[str], years: Sequence[int]
) -> dict[str, float]:
    """(b) Average statistical base periods: mean population over the years."""
    return _means(whole_population, members, years)


def _means(table: ByYear, members: Collection[str], years: Sequence[int]) -> dict[str, float]:
    """Return the mean over the years for each member that has them all."""
    rows = {country: _row(table, country) for country in members}
    return {
        country: sum(row[year] for year in years) / len(years)
        for country, row in rows.items()
        if all(year in row for year in years)
    }


@_step("(d): the debt-burden approach", f"{_SCALE}; {_STEPS}; Malaysia: {_FIT}", "inference")
def debt(
    external_debt: ByYear,
    malaysia_debt: ByYear,
    rates: ByYear,
    members: Collection[str],
    years: Sequence[int],
    malaysia: str,
) -> dict[str, float]:
    """(d) The debt-burden approach: mean external debt over the years that have a figure.

    Malaysia is not in the World Bank's table; its own figures, in millions of ringgit, are turned
    into dollars at the rate of the year. A member without any figure has no entry.
    """
    found = {}
    for country in members:
        row = _row(external_debt, country)
        if country == "MYS" and malaysia == "own-figures":
            rate, millions = _row(rates, country), _row(malaysia_debt, country)
            row = {year: v * 1e6 / rate[year] for year, v in millions.items() if year in rate}
        known = [value for year, value in row.items() if year in years]
        if known:
            found[country] = sum(known) / len(known)
    return found


@_step("(e): the average per capita gross national income")
def threshold(income: Table, people: Table) -> float:
    """(e) The threshold is the "average per capita gross national income of all Member States"."""
    return sum(income.values()) / sum(people.values())


@_step("(d): the debt-burden approach", _STEPS)
def high_income_limit(high_income: Mapping[Any, float], years: Sequence[int]) -> float:
    """(d) The debt-burden approach: the World Bank's limit of high income, mean over the years."""
    limits = {int(year): value for year, value in high_income.items()}
    return sum(limits[year] for year in years) / len(years)


@_step("(d): the debt-burden approach")
def debt_adjusted(
    income: Table,
    people: Table,
    debt: Table,
    high_income_limit: float,
    debt_repayment: float,
    china_debt: str,
) -> dict[str, float]:
    """(d) The debt-burden approach: a part of the debt is taken off the income below the limit.

    The part, in percent, is what is repaid each year if the debt is repaid in eight years.
    """
    spared = {"CHN"} if china_debt == "none" else set()
    return {
        country: own - debt_repayment / 100 * debt.get(country, 0)
        if own / people[country] < high_income_limit and country not in spared
        else own
        for country, own in income.items()
    }


@_step("(h): a maximum assessment rate of 22 per cent", _STEPS)
def ceiling_members(debt_adjusted: Table, ceiling: float) -> list[str]:
    """(h) The members whom the ceiling affects: those whose share of all income is above it.

    They take no part of the points that others are let off ("track 1").
    """
    total = sum(debt_adjusted.values())
    return [c for c, own in debt_adjusted.items() if own > ceiling / 100 * total]


@_step("(e): low per capita income adjustment of 80 per cent")
def low_income_adjusted(
    debt_adjusted: Table,
    people: Table,
    threshold: float,
    gradient: float,
    ceiling_members: Collection[str],
) -> dict[str, float]:
    """(e) A low per capita income adjustment of 80 per cent, below the average of all.

    The income of a member below the threshold is lowered by 80 per cent of the part by which its
    per capita income is below it. Members above take over the sum in proportion to their income.
    Rates in percent.
    """
    head = {country: own / people[country] for country, own in debt_adjusted.items()}
    eased = {
        country: own * (1 - gradient / 100 * (1 - head[country] / threshold))
        if head[country] < threshold
        else own
        for country, own in debt_adjusted.items()
    }
    taken_off = sum(debt_adjusted.values()) - sum(eased.values())
    above = {c: own for c, own in debt_adjusted.items() if head[c] >= threshold}
    payers = {c: own for c, own in above.items() if c not in ceiling_members}
    for country, own in payers.items():
        eased[country] += taken_off * own / sum(payers.values())
    total = sum(eased.values())
    return {country: 100 * own / total for country, own in eased.items()}


@_step("(f): a minimum assessment rate of 0.001 per cent")
def with_floor(
    low_income_adjusted: Table, floor: float, ceiling_members: Collection[str]
) -> dict[str, float]:
    """(f) A minimum assessment rate of 0.001 per cent; the points come off all others pro rata."""
    found = dict(low_income_adjusted)
    raised: set[str] = set()
    while below := {c for c, rate in found.items() if rate < floor and c not in raised}:
        need = sum(floor - found[country] for country in below)
        found |= dict.fromkeys(below, floor)
        raised |= below
        _spread(found, -need, raised, ceiling_members)
    return found


@_step("(g): a maximum rate for the least developed countries of 0.01 per cent")
def with_ldc_ceiling(
    with_floor: Table,
    least_developed: Collection[str],
    ldc_ceiling: float,
    floor: float,
    ceiling_members: Collection[str],
) -> dict[str, float]:
    """(g) A maximum of 0.01 per cent for the least developed; others take the excess pro rata."""
    found = dict(with_floor)
    capped = {c for c in least_developed if found.get(c, 0) > ldc_ceiling}
    excess = sum(found[country] - ldc_ceiling for country in capped)
    found |= dict.fromkeys(capped, ldc_ceiling)
    kept = capped | {c for c, rate in found.items() if rate <= floor}
    _spread(found, excess, kept, ceiling_members)
    return found


@_step("(h): a maximum assessment rate of 22 per cent")
def with_ceiling(
    with_ldc_ceiling: Table,
    ceiling: float,
    ldc_ceiling: float,
    least_developed: Collection[str],
    floor: float,
) -> dict[str, float]:
    """(h) A maximum assessment rate of 22 per cent; the excess goes to others pro rata.

    Not to those at the floor or at the ceiling of the least developed. Repeated while anyone is
    above a ceiling. Where too few are left to take the excess, the ceiling does not hold.
    """
    found = dict(with_ldc_ceiling)
    top = {c: ldc_ceiling if c in least_developed else ceiling for c in found}
    kept = {
        c for c, rate in found.items() if rate <= floor or (c in least_developed and rate >= top[c])
    }
    while above := {c for c, rate in found.items() if rate > top[c] + 1e-12 and c not in kept}:
        if sum(top[c] if c in kept | above else 100 for c in found) < 100:
            break
        excess = sum(found[country] - top[country] for country in above)
        found |= {country: top[country] for country in above}
        kept |= above
        _spread(found, excess, kept, ())
    return found


def _spread(
    rates: dict[str, float], points: float, kept: Collection[str], spared: Collection[str]
) -> None:
    """Add points to all rates but those kept, pro rata; to those spared if nobody else is left."""
    takers = [c for c in rates if c not in kept and c not in spared]
    takers = takers or [c for c in rates if c not in kept] or list(rates)
    total = sum(rates[country] for country in takers)
    for country in takers:
        rates[country] += points * rates[country] / total


@_step("(b): average of the two base periods", f"{_STEPS}; rounding residue: {_FIT}", "inference")
def regular_rates(scales: Sequence[Table], residue: str) -> dict[str, float]:
    """(b) Average base periods: the mean of the machine scales, three decimals, adding to 100.000.

    What rounding leaves over goes to the largest remainders, or to the largest rate below the
    highest.
    """
    means = {c: sum(scale[c] for scale in scales) / len(scales) for c in scales[0]}
    if residue == "largest-rate":
        rounded = {country: round(1000 * rate) for country, rate in means.items()}
        ordered = sorted(rounded, key=lambda c: (-rounded[c], c))
        rounded[ordered[min(1, len(ordered) - 1)]] += 100_000 - sum(rounded.values())
        return {country: units / 1000 for country, units in rounded.items()}
    exact = {country: round(1000 * rate, 6) for country, rate in means.items()}
    units = {country: floored(rate) for country, rate in exact.items()}
    left = 100_000 - sum(units.values())
    for country in sorted(exact, key=lambda c: (units[c] - exact[c], c))[: max(left, 0)]:
        units[country] += 1
    return {country: whole / 1000 for country, whole in units.items()}


@_step("(f), (g), (h): floor, ceiling of the least developed, ceiling", _SCALE, "seen")
def limits_broken(
    shares: Table,
    floor: float,
    ldc_ceiling: float,
    ceiling: float,
    least_developed: Collection[str],
) -> list[dict[str, Any]]:
    """(f), (g), (h) A minimum of 0.001, a maximum of 0.01 and 22 per cent: who breaks it."""
    found: list[dict[str, Any]] = []
    for country, rate in sorted(shares.items(), key=lambda each: -each[1]):
        top, name = (ldc_ceiling, "(g)") if country in least_developed else (ceiling, "(h)")
        if rate > top + 1e-6:
            text = f"above the ceiling of {top:g}"
            found.append({"country": country, "limit": top, "text": f"{text}, para. 7 {name}"})
        elif rate < floor - 1e-6:
            text = f"below the floor of {floor:g}, para. 7 (f)"
            found.append({"country": country, "limit": floor, "text": text})
    return found
