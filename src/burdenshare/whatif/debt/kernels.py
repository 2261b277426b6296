"""The debt model's inner loops, compiled by numba: each gives the bits that numpy gives.

Import it inside functions: numba is optional, and slow to start. Every line has its twin in
`project.py` or `stochastic.py`, with the operations in the same order.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from burdenshare.whatif.debt.inputs import Flags, Floats
from burdenshare.whatif.debt.project import ACTIVE, CLOSING, FLOOR
from burdenshare.whatif.kernels import compiled


class Given(NamedTuple):
    """The inputs that a projection reads: numbers of L lanes and paths of Y x L."""

    elasticity: Floats
    multiplier: Floats
    short_share: Floats
    rolled: Flags
    long_implicit: Floats
    domestic: Floats
    euro: Floats
    dollar: Floats
    loan_rate: Floats
    growth: Floats
    potential: Floats
    gap: Floats
    forecast: Flags
    inflation: Floats
    spb: Floats
    implicit: Floats
    rate_short: Floats
    rate_long: Floats
    stock_flow: Floats
    stock_flow_level: Floats
    one_off: Floats
    ageing: Floats
    revenue: Floats
    maturing: Floats
    esm_repayment: Floats
    esm_stock: Floats
    exr_euro: Floats
    exr_dollar: Floats
    spending: Floats
    loan_in: Floats
    loan_out: Floats


class Made(NamedTuple):
    """What a projection works out, Y x L each, and its scenario, L each."""

    spb: Floats
    structural: Floats
    primary: Floats
    gap: Floats
    output: Floats
    price: Floats
    growth: Floats
    implicit: Floats
    implicit_long: Floats
    ratio: Floats
    debt: Floats
    short: Floats
    long: Floats
    new_long: Floats
    needs: Floats
    repaid: Floats
    interest: Floats
    balance: Floats
    structural_balance: Floats
    stock_flow: Floats
    loans: Floats
    exchange: Floats
    felt: Floats
    held: Floats
    held_forecast: Floats
    adverse: Floats
    lower: Floats
    stress: Floats


class Span(NamedTuple):
    """The end of the adjustment, and the years from and to which ageing counts."""

    end: int
    ageing_from: int
    ageing_to: int


@compiled
def project(span: Span, q: Given, p: Made, years: tuple[int, int], steps: Floats) -> None:
    """Work out the years from `years[0]` to `years[1]`, with a row of `steps` for the first ones.

    After the rows of steps (any x L) the balance stays.
    """
    first, last = years
    for t in range(first, last + 1):
        step = steps[t - first].copy() if t - first < len(steps) else np.zeros(steps.shape[1])
        if span.end < t <= span.end + span.end // 2:
            step -= p.lower
        _output(span, q, p, t, step)
        _balance(span, q, p, t)
        _rates(span, q, p, t)
        _debt(q, p, t)
        _ratio(q, p, t)


@compiled
def _least(value: float, floor: float) -> float:
    """Return a value that is not below the floor; NaN stays, as in numpy."""
    return floor if value < floor else value


@compiled
def _plausible(rate: float, before: float) -> float:
    return rate if 0 <= rate <= 10 else before


@compiled
def _output(span: Span, q: Given, p: Made, t: int, steps: Floats) -> None:
    for j in range(p.spb.shape[1]):
        step = steps[j]
        p.spb[t, j] = p.spb[t - 1, j] + step
        moved = step - (q.spending[t, j] - q.spending[t - 1, j])
        beyond = moved - (q.spb[t, j] - q.spb[t - 1, j])
        effect = q.multiplier[j] * beyond
        active = abs(beyond) > ACTIVE and abs(moved) > ACTIVE
        before, potential = p.felt[t - 1, j], q.potential[t, j]
        now = float(CLOSING) if active else _least(before - 1, 0.0)
        off = p.held_forecast[t - 1, j] if q.forecast[t, j] else 0.0
        base = q.gap[t, j] if q.forecast[t, j] else 0.0
        gap = base + (before - 2) / 3 * (p.held[t - 1, j] - off) - effect
        output = p.output[t - 1, j] * (1 + (q.growth[t, j] - effect) / 100)
        if now > 1 and before > 1:
            output = potential * (1 + gap / 100)
        if now == 1:
            output = potential
        gap = (output / potential - 1) * 100
        p.felt[t, j], p.output[t, j], p.gap[t, j] = now, output, gap
        p.held[t, j] = gap if active else p.held[t - 1, j]
        p.held_forecast[t, j] = q.gap[t, j] if active else p.held_forecast[t - 1, j]
        growth = (output / p.output[t - 1, j] - 1) * 100
        if t > span.end:
            growth -= p.adverse[j]
        p.growth[t, j] = ((1 + growth / 100) * (1 + q.inflation[t, j] / 100) - 1) * 100
        p.price[t, j] = p.price[t - 1, j] * (1 + p.growth[t, j] / 100)


@compiled
def _balance(span: Span, q: Given, p: Made, t: int) -> None:
    for j in range(p.spb.shape[1]):
        structural = p.spb[t, j] - q.spending[t, j]
        start, to = span.ageing_from, min(t, span.ageing_to)
        if t > start:
            aged = q.ageing[to, j] - q.ageing[start, j]
            structural += q.revenue[to, j] - q.revenue[start, j] - aged
        p.structural[t, j] = structural
        p.primary[t, j] = structural + q.elasticity[j] * p.gap[t, j] + q.one_off[t, j]
        given = q.stock_flow[t, j]
        p.stock_flow[t, j] = (
            q.stock_flow_level[t, j] / p.price[t, j] if math.isnan(given) else given
        )


@compiled
def _rates(span: Span, q: Given, p: Made, t: int) -> None:
    for j in range(p.spb.shape[1]):
        more = p.adverse[j] if t > span.end else 0.0
        if t == span.end + 1:
            more += p.stress[j] * (1 + 0.06 * _least(p.ratio[span.end, j] - 90, 0.0))
        short, long = q.rate_short[t, j] + more, q.rate_long[t, j] + more
        owed = p.loans[t - 1, j]
        market = p.debt[t - 1, j] - owed
        alpha = p.short[t - 1, j] / market
        beta = p.new_long[t - 1, j] / p.long[t - 1, j]
        given = q.implicit[t, j]
        known = not math.isnan(given)
        if known:
            after = (given - alpha * short) / (1 - alpha)
        else:
            after = beta * long + (1 - beta) * p.implicit_long[t - 1, j]
        ends = t < len(q.forecast) - 1 and q.forecast[t, j] and not q.forecast[t + 1, j]
        if ends and not math.isnan(q.long_implicit[j]):
            after = q.long_implicit[j]
        total = given if known else alpha * short + (1 - alpha) * after
        total = (total * market + q.loan_rate[j] * owed) / p.debt[t - 1, j]
        p.implicit_long[t, j] = _plausible(after, p.implicit_long[t - 1, j])
        p.implicit[t, j] = _plausible(total, p.implicit[t - 1, j])


@compiled
def _debt(q: Given, p: Made, t: int) -> None:
    for j in range(p.spb.shape[1]):
        price, before = p.price[t, j], p.debt[t - 1, j]
        interest = p.implicit[t, j] / 100 * before
        surplus, flow = p.primary[t, j] * price, p.stock_flow[t, j] * price
        matured = q.maturing[t, j] * _least(p.long[t - 1, j] - q.esm_stock[t - 1, j], 0.0)
        matured += q.esm_repayment[t, j]
        repaid = matured + p.short[t - 1, j]
        drawn = q.loan_in[t, j] - q.loan_out[t, j]
        needs = interest + repaid - surplus + flow - drawn
        p.loans[t, j] = p.loans[t - 1, j] + drawn
        debt = _least(before + interest - surplus + flow, FLOOR)
        market = _least(debt - p.loans[t, j], FLOOR)
        left = p.long[t - 1, j] - matured
        to_short = q.short_share[j] * market
        to_long = _least((1 - q.short_share[j]) * market - left, FLOOR)
        short = to_short / (to_short + to_long) * needs
        if q.rolled[j]:
            short = p.short[t - 1, j] + q.short_share[j] * (needs - repaid)
        p.short[t, j] = _least(short, FLOOR)
        p.new_long[t, j] = _least(needs - short, FLOOR)
        p.long[t, j] = _least(left + p.new_long[t, j], FLOOR)
        p.debt[t, j], p.needs[t, j], p.repaid[t, j] = debt, needs, repaid
        p.interest[t, j] = interest / price


@compiled
def _ratio(q: Given, p: Made, t: int) -> None:
    for j in range(p.spb.shape[1]):
        p.balance[t, j] = p.primary[t, j] - p.interest[t, j]
        p.structural_balance[t, j] = p.structural[t, j] - p.interest[t, j]
        p.exchange[t, j] = (
            q.domestic[j]
            + q.euro[j] * q.exr_euro[t, j] / q.exr_euro[t - 1, j]
            + q.dollar[j] * q.exr_dollar[t, j] / q.exr_dollar[t - 1, j]
        )
        factor = (1 + p.implicit[t, j] / 100) / (1 + p.growth[t, j] / 100) * p.exchange[t, j]
        p.ratio[t, j] = _least(
            p.ratio[t - 1, j] * factor - p.primary[t, j] + p.stock_flow[t, j], FLOOR
        )


class Money(NamedTuple):
    """The parts of debt by money, L each, and rates of exchange of 6 x L."""

    domestic: Floats
    euro: Floats
    dollar: Floats
    exr_euro: Floats
    exr_dollar: Floats


@compiled
def shocked(
    first: Floats, others: Floats, point: Floats, base: Floats, money: Money, debt: Floats
) -> None:
    """Move debt of C x B x N by five years of shocks.

    `base` is 3 x 5 x L: the rate and growth over 100, and what flows into debt; see `Draws` for the
    other shapes. `debt` is 6 x C x B x N, or 1 x C x B x N where only the last year is kept; its
    first row is where debt starts.
    """
    variables, blocks = first.shape[1], point.shape[1]
    foreign = variables == 5
    for lane in range(point.shape[0] * blocks):
        c, b = lane // blocks, lane % blocks
        at, row = point[c, b], debt[0, c, b].copy()
        for k in range(len(first)):
            part, more = first[k, variables - 3 :, c], others[k, variables - 3 :, c, b]
            rate, growth, flow = base[0, k, lane], base[1, k, lane], base[2, k, lane]
            if foreign:
                exchange = _exchange(first[:, :, c], others[:, :, c, b], at, k, money, lane)
            for n in range(row.size):
                up = part[0] * at[n] + more[0, n] + rate
                now = up / (part[1] * at[n] + more[1, n] + growth) * row[n]
                if foreign:
                    now *= exchange[n]
                now = now + flow - (part[2] * at[n] + more[2, n])
                row[n] = _least(now, 0.0)
            debt[min(k + 1, len(debt) - 1), c, b] = row


@compiled
def _exchange(first: Floats, others: Floats, at: Floats, k: int, money: Money, lane: int) -> Floats:
    """Return what rates of exchange do to debt in year k of one lane, N."""
    found = np.full(at.size, money.domestic[lane])
    for which in range(2):
        share = money.dollar[lane] if which else money.euro[lane]
        levels = money.exr_dollar if which else money.exr_euro
        now, before = levels[k + 1, lane], levels[k, lane]
        for n in range(at.size):
            past = first[k - 1, which] * at[n] + others[k - 1, which, n] if k else 0.0
            shock = first[k, which] * at[n] + others[k, which, n]
            found[n] += share * (now + shock) / (before + past)
    return found
