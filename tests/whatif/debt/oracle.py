"""The method of docs/debt.md read slowly: one state, one number at a time, no arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from burdenshare.whatif.debt.inputs import YEARS, Inputs

FLOOR = 1e-8


@dataclass
class State:
    """One state's inputs: numbers, and lists by years since year 0."""

    year: int
    numbers: dict[str, float]
    paths: dict[str, list[float]]


@dataclass
class Path:
    """What a projection gives, by years since year 0."""

    spb: list[float] = field(default_factory=list)
    output: list[float] = field(default_factory=list)
    gap: list[float] = field(default_factory=list)
    nominal: list[float] = field(default_factory=list)  # growth of GDP at current prices, %
    level: list[float] = field(default_factory=list)  # GDP, year 0 is 1
    structural: list[float] = field(default_factory=list)
    primary: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    rate_long: list[float] = field(default_factory=list)
    short: list[float] = field(default_factory=list)
    long: list[float] = field(default_factory=list)
    new_long: list[float] = field(default_factory=list)
    debt: list[float] = field(default_factory=list)
    loans: list[float] = field(default_factory=list)
    interest: list[float] = field(default_factory=list)
    balance: list[float] = field(default_factory=list)
    structural_balance: list[float] = field(default_factory=list)
    stock_flow: list[float] = field(default_factory=list)
    ratio: list[float] = field(default_factory=list)


def state(inputs: Inputs, c: int) -> State:
    """Return the inputs of one state as plain numbers and lists."""
    numbers, paths = {}, {}
    for name in inputs.__slots__:
        value = getattr(inputs, name)
        if name in ("countries", "year"):
            continue
        if value.ndim == 1:
            numbers[name] = float(value[c])
        else:
            paths[name] = [float(each) for each in value[:, c]]
    return State(inputs.year, numbers, paths)


def path_of_balance(s: State, steps: Sequence[float], end: int, scenario: str) -> list[float]:
    """Return the structural primary balance before ageing, year by year."""
    found = [s.paths["spb"][0]]
    for t in range(1, YEARS):
        found.append(found[-1] + (steps[t - 1] if t <= end else 0.0))
    if scenario == "lower_spb":
        years = end // 2
        for t in range(end + 1, YEARS):
            found[t] -= 0.5 * min(t - end, years) / years
    return found


def output(s: State, path: Path) -> None:
    """Work out GDP: a step lowers it in its year; the gap it leaves closes over three years."""
    potential, base_gap = s.paths["potential"], s.paths["gap"]
    path.gap, path.output = [base_gap[0]], [potential[0] * (1 + base_gap[0] / 100)]
    last_active, quiet = None, 99
    for t in range(1, YEARS):
        step = path.spb[t] - path.spb[t - 1]
        step -= s.paths["spending"][t] - s.paths["spending"][t - 1]
        beyond = step - (s.paths["spb"][t] - s.paths["spb"][t - 1])
        effect = s.numbers["multiplier"] * beyond
        active = abs(beyond) > 1e-4 and abs(step) > 1e-4
        before = quiet  # years since the last active one, as last year closed
        quiet = 0 if active else quiet + 1
        if before <= 2 and quiet <= 2:
            assert last_active is not None
            weight = (2, 1, 0)[before] / 3
            if s.paths["forecast"][t]:
                gap = base_gap[t] + weight * (path.gap[last_active] - base_gap[last_active])
            else:
                gap = weight * path.gap[last_active]
            path.output.append(potential[t] * (1 + (gap - effect) / 100))
        elif quiet == 3:
            path.output.append(potential[t])
        else:
            path.output.append(path.output[-1] * (1 + (s.paths["growth"][t] - effect) / 100))
        path.gap.append((path.output[t] / potential[t] - 1) * 100)
        if active:
            last_active = t


def project(
    s: State,
    steps: Sequence[float],
    end: int,
    scenario: str = "main_adjustment",
    ageing_from: int | None = None,
) -> Path:
    """Return the projection of one state for the steps of its adjustment."""
    path = Path(spb=path_of_balance(s, steps, end, scenario))
    output(s, path)
    _start(s, path)
    for t in range(1, YEARS):
        growth = (path.output[t] / path.output[t - 1] - 1) * 100
        if scenario == "adverse_r_g" and t > end:
            growth -= 0.5
        path.nominal.append(((1 + growth / 100) * (1 + s.paths["inflation"][t] / 100) - 1) * 100)
        path.level.append(path.level[-1] * (1 + path.nominal[t] / 100))
        _balances(s, path, t, (end, ageing_from))
        _rates(s, path, t, end, scenario)
        _stocks(s, path, t)
    return path


def _start(s: State, path: Path) -> None:
    n = s.numbers
    path.nominal, path.level = [math.nan], [1.0]
    path.structural = [path.spb[0] - s.paths["spending"][0]]
    path.primary, path.balance = [n["primary"]], [n["balance"]]
    path.interest = [n["primary"] - n["balance"]]
    path.structural_balance = [path.spb[0] - path.interest[0]]
    path.rate = [s.paths["implicit"][0]]
    path.rate_long = [path.rate[0] * (1 - n["short_share"])]
    path.debt, path.ratio, path.loans = [n["debt"]], [n["ratio"]], [0.0]
    path.short = [n["short_owed"] * n["debt"]]
    path.long, path.new_long = [n["debt"] - path.short[0]], [0.0]
    path.stock_flow = [math.nan]


def _balances(s: State, path: Path, t: int, ageing: tuple[int, int | None]) -> None:
    end, given = ageing
    start = end if given is None else given
    until = t if given is not None else min(t, end + 10)
    value = path.spb[t] - s.paths["spending"][t]
    if t > start:
        value -= s.paths["ageing"][until] - s.paths["ageing"][start]
        value += s.paths["revenue"][until] - s.paths["revenue"][start]
    path.structural.append(value)
    path.primary.append(value + s.numbers["elasticity"] * path.gap[t] + s.paths["one_off"][t])
    flow = s.paths["stock_flow"][t]
    if math.isnan(flow):
        flow = s.paths["stock_flow_level"][t] / path.level[t]
    path.stock_flow.append(flow)


def _rates(s: State, path: Path, t: int, end: int, scenario: str) -> None:
    more = 0.0
    if scenario == "adverse_r_g" and t > end:
        more = 0.5
    if scenario == "financial_stress" and t == end + 1:
        more = 1 + max(path.ratio[end] - 90, 0) * 0.06
    short, long = s.paths["rate_short"][t] + more, s.paths["rate_long"][t] + more
    market = path.debt[t - 1] - path.loans[t - 1]
    alpha = path.short[t - 1] / market
    beta = path.new_long[t - 1] / path.long[t - 1]
    given = s.paths["implicit"][t]
    if math.isnan(given):
        on_long = beta * long + (1 - beta) * path.rate_long[t - 1]
        rate = alpha * short + (1 - alpha) * on_long
    else:
        on_long = (given - alpha * short) / (1 - alpha)
        own = s.numbers["long_implicit"]
        is_last = s.paths["forecast"][t] and not (t + 1 < YEARS and s.paths["forecast"][t + 1])
        if not math.isnan(own) and is_last:
            on_long = own
        rate = given
    rate = (rate * market + s.numbers["loan_rate"] * path.loans[t - 1]) / path.debt[t - 1]
    path.rate_long.append(on_long if 0 <= on_long <= 10 else path.rate_long[t - 1])
    path.rate.append(rate if 0 <= rate <= 10 else path.rate[t - 1])


def _stocks(s: State, path: Path, t: int) -> None:
    share = s.numbers["short_share"]
    paid = path.rate[t] / 100 * path.debt[t - 1]
    matured = s.paths["maturing"][t] * max(path.long[t - 1] - s.paths["esm_stock"][t - 1], 0)
    matured += s.paths["esm_repayment"][t]
    earned = path.primary[t] * path.level[t]
    flow = path.stock_flow[t] * path.level[t]
    drawn = s.paths["loan_in"][t] - s.paths["loan_out"][t]
    needs = paid + matured + path.short[t - 1] - earned + flow - drawn
    path.loans.append(path.loans[-1] + drawn)
    path.debt.append(max(path.debt[-1] + paid - earned + flow, FLOOR))
    market = max(path.debt[t] - path.loans[t], FLOOR)
    wish_short = share * market
    wish_long = max((1 - share) * market - (path.long[t - 1] - matured), FLOOR)
    part = wish_short / (wish_short + wish_long)
    to_short, to_long = part * needs, (1 - part) * needs
    if s.numbers["rolled"]:
        new = needs - matured - path.short[t - 1]
        to_short, to_long = path.short[t - 1] + share * new, matured + (1 - share) * new
    path.short.append(max(to_short, FLOOR))
    path.new_long.append(max(to_long, FLOOR))
    path.long.append(max(path.long[t - 1] - matured + path.new_long[t], FLOOR))
    path.interest.append(paid / path.level[t])
    path.balance.append(path.primary[t] - path.interest[t])
    path.structural_balance.append(path.structural[t] - path.interest[t])
    exchange = s.numbers["domestic"]
    for name in ("euro", "dollar"):
        rates = s.paths[f"exr_{name}"]
        exchange += s.numbers[name] * rates[t] / rates[t - 1]
    factor = (1 + path.rate[t] / 100) / (1 + path.nominal[t] / 100) * exchange
    path.ratio.append(max(path.ratio[-1] * factor - path.primary[t] + path.stock_flow[t], FLOOR))


def least_steps(s: State, step: float, end: int) -> list[float]:
    """Return the Commission's steps: each year's least step from a projection of its own."""
    steps = [step] * end
    under = [s.numbers["edp"] == 1]
    if math.isnan(s.numbers["edp"]):
        under = [s.numbers["balance"] <= -3.05]
    for t in range(1, end + 1):
        path = project(s, steps, end)
        if under[t - 1] and path.balance[t - 1] <= -3.05:
            least = 0.5
            if s.year + t > 2027:
                least += path.interest[t] - path.interest[t - 1]
            steps[t - 1] = max(steps[t - 1], least)
        if path.structural_balance[t - 1] <= -1.55:
            steps[t - 1] = max(steps[t - 1], 0.4 if end <= 4 else 0.25)
        before = s.numbers["balance_before"] if t == 1 else path.balance[t - 2]
        within = before > -3.05 and path.balance[t - 1] > -3.05
        under.append(under[t - 1] and not within)
    return steps


def drawn_debt(s: State, path: Path, end: int, shocks: Sequence[Sequence[float]]) -> list[float]:
    """Return debt from the end of the adjustment for one draw: eur, usd, rate, growth, balance."""
    found = [path.ratio[end]]
    for k, (eur, usd, rate, growth, balance) in enumerate(shocks):
        t = end + 1 + k
        eur_before, usd_before = shocks[k - 1][:2] if k else (0.0, 0.0)
        exchange = s.numbers["domestic"]
        for name, now, last in (("euro", eur, eur_before), ("dollar", usd, usd_before)):
            rates = s.paths[f"exr_{name}"]
            exchange += s.numbers[name] * (rates[t] + now) / (rates[t - 1] + last)
        factor = (100 + path.rate[t] + rate) / (100 + path.nominal[t] + growth) * exchange
        debt = found[-1] * factor - (path.primary[t] + balance) + path.stock_flow[t]
        found.append(max(debt, 0.0))
    return found
