"""The projection of debt: all lanes side by side, one year after the other (docs/debt.md, 2)."""

from __future__ import annotations

import numpy as np

from burdenshare.whatif.debt import fast
from burdenshare.whatif.debt.inputs import YEARS, Floats, Inputs, Whole

SCENARIOS = ("main_adjustment", "lower_spb", "financial_stress", "adverse_r_g")
LOWER_SPB, STRESS, ADVERSE = 1, 2, 3
_AGEING_YEARS = 10
ACTIVE = 1e-4  # a step below this does not move the output gap
CLOSING = 4  # a step is felt in its year and closes over the three that follow
FLOOR = 1e-8  # keeps shares of an empty debt defined


class Projection:
    """Paths of L lanes over Y years; `advance` works out one year from the year before it.

    `scenario` is the index in SCENARIOS of each lane, `end` the last year of adjustment (4 or 7).
    `ageing_from` is the year from which ageing costs count: the end of the adjustment, or 0 as in
    the Commission's path without policy change. Every path is Y x L and NaN for years not yet
    worked out.
    """

    def __init__(
        self, inputs: Inputs, end: int, scenario: Whole | int = 0, ageing_from: int | None = None
    ) -> None:
        lanes = len(inputs.ratio)
        self.inputs = inputs
        self.end = end
        self.scenario = np.broadcast_to(np.asarray(scenario), (lanes,))
        self.ageing_from = end if ageing_from is None else ageing_from
        self.ageing_to = YEARS if ageing_from is not None else end + _AGEING_YEARS
        self.adverse = 0.5 * (self.scenario == ADVERSE)
        self.lower = 0.5 / (end // 2) * (self.scenario == LOWER_SPB)
        self.stress = (self.scenario == STRESS).astype(float)
        shape = (YEARS, lanes)
        self.spb, self.structural, self.primary, self.gap, self.output = _unknown(5, shape)
        self.price, self.growth, self.implicit, self.implicit_long = _unknown(4, shape)
        self.ratio, self.debt, self.short, self.long, self.new_long = _unknown(5, shape)
        self.needs, self.repaid, self.interest, self.balance = _unknown(4, shape)
        self.structural_balance, self.stock_flow = _unknown(2, shape)
        self.loans, self.exchange = np.zeros(shape), np.ones(shape)
        self.felt, self.held, self.held_forecast = np.zeros((3, *shape))
        self._start(inputs)

    def _start(self, q: Inputs) -> None:
        self.spb[0] = q.spb[0]
        self.structural[0] = q.spb[0] - q.spending[0]
        self.gap[0] = q.gap[0]
        self.output[0] = q.potential[0] * (1 + q.gap[0] / 100)
        self.price[0] = 1.0
        self.implicit[0] = q.implicit[0]
        self.implicit_long[0] = q.implicit[0] * (1 - q.short_share)
        self.ratio[0], self.debt[0] = q.ratio, q.debt
        self.short[0] = q.short_owed * q.debt
        self.long[0] = q.debt - self.short[0]
        self.new_long[0] = 0.0
        self.balance[0], self.primary[0] = q.balance, q.primary
        self.interest[0] = q.primary - q.balance
        self.structural_balance[0] = q.spb[0] - self.interest[0]

    def run(self, steps: Floats, last: int) -> Projection:
        """Work out the years 1..last with the steps of E x L; after them the balance stays."""
        if fast.compiled(last * steps.shape[1]):
            fast.project(self, (1, last), steps[: self.end])
        else:
            for t in range(1, last + 1):
                self._advance(t, steps[t - 1] if t <= self.end else 0.0)
        return self

    def advance(self, t: int, step: Floats | float) -> None:
        """Work out year t for a change of the structural primary balance, in pp of GDP."""
        lanes = self.spb.shape[1]
        if fast.compiled(lanes):
            fast.project(self, (t, t), np.broadcast_to(step, (1, lanes)))
        else:
            self._advance(t, step)

    def _advance(self, t: int, step: Floats | float) -> None:
        if self.end < t <= self.end + self.end // 2:
            step = step - self.lower
        self.spb[t] = self.spb[t - 1] + step
        self._output(t, step)
        self._balance(t)
        self._rates(t)
        self._debt(t)

    def _output(self, t: int, step: Floats | float) -> None:
        q = self.inputs
        moved = step - (q.spending[t] - q.spending[t - 1])
        beyond = moved - (q.spb[t] - q.spb[t - 1])
        effect = q.multiplier * beyond
        active = (np.abs(beyond) > ACTIVE) & (np.abs(moved) > ACTIVE)
        before = self.felt[t - 1]
        now = np.where(active, CLOSING, np.maximum(before - 1, 0))
        weight = (before - 2) / 3
        off = np.where(q.forecast[t], self.held_forecast[t - 1], 0.0)
        base = np.where(q.forecast[t], q.gap[t], 0.0)
        gap = base + weight * (self.held[t - 1] - off) - effect
        potential = q.potential[t]
        free = self.output[t - 1] * (1 + (q.growth[t] - effect) / 100)
        output = np.where((now > 1) & (before > 1), potential * (1 + gap / 100), free)
        output = np.where(now == 1, potential, output)
        gap = (output / potential - 1) * 100
        self.felt[t], self.output[t], self.gap[t] = now, output, gap
        self.held[t] = np.where(active, gap, self.held[t - 1])
        self.held_forecast[t] = np.where(active, q.gap[t], self.held_forecast[t - 1])
        growth = (output / self.output[t - 1] - 1) * 100
        if t > self.end:
            growth = growth - self.adverse
        self.growth[t] = ((1 + growth / 100) * (1 + q.inflation[t] / 100) - 1) * 100
        self.price[t] = self.price[t - 1] * (1 + self.growth[t] / 100)

    def _balance(self, t: int) -> None:
        q = self.inputs
        structural = self.spb[t] - q.spending[t]
        if t > self.ageing_from:
            to, start = min(t, self.ageing_to), self.ageing_from
            structural += q.revenue[to] - q.revenue[start] - (q.ageing[to] - q.ageing[start])
        self.structural[t] = structural
        self.primary[t] = structural + q.elasticity * self.gap[t] + q.one_off[t]
        given = q.stock_flow[t]
        amount = q.stock_flow_level[t] / self.price[t]
        self.stock_flow[t] = np.where(np.isnan(given), amount, given)

    def _rates(self, t: int) -> None:
        q = self.inputs
        more: Floats | float = 0.0
        if t > self.end:
            more = self.adverse
        if t == self.end + 1:
            more = more + self.stress * (1 + 0.06 * np.maximum(self.ratio[self.end] - 90, 0))
        short, long = q.rate_short[t] + more, q.rate_long[t] + more
        market = self.debt[t - 1] - self.loans[t - 1]
        alpha = self.short[t - 1] / market
        beta = self.new_long[t - 1] / self.long[t - 1]
        given = q.implicit[t]
        known = ~np.isnan(given)
        after = beta * long + (1 - beta) * self.implicit_long[t - 1]
        after = np.where(known, (given - alpha * short) / (1 - alpha), after)
        if t < len(q.forecast) - 1:
            last = q.forecast[t] & ~q.forecast[t + 1] & ~np.isnan(q.long_implicit)
            after = np.where(last, q.long_implicit, after)
        total = np.where(known, given, alpha * short + (1 - alpha) * after)
        owed = self.loans[t - 1]
        total = (total * market + q.loan_rate * owed) / self.debt[t - 1]
        self.implicit_long[t] = _plausible(after, self.implicit_long[t - 1])
        self.implicit[t] = _plausible(total, self.implicit[t - 1])

    def _debt(self, t: int) -> None:
        q = self.inputs
        price, before = self.price[t], self.debt[t - 1]
        interest = self.implicit[t] / 100 * before
        surplus = self.primary[t] * price
        flow = self.stock_flow[t] * price
        matured = q.maturing[t] * np.maximum(self.long[t - 1] - q.esm_stock[t - 1], 0)
        matured = matured + q.esm_repayment[t]
        repaid = matured + self.short[t - 1]
        drawn = q.loan_in[t] - q.loan_out[t]
        needs = interest + repaid - surplus + flow - drawn
        self.loans[t] = self.loans[t - 1] + drawn
        debt = np.maximum(before + interest - surplus + flow, FLOOR)
        market = np.maximum(debt - self.loans[t], FLOOR)
        left = self.long[t - 1] - matured
        to_short = q.short_share * market
        to_long = np.maximum((1 - q.short_share) * market - left, FLOOR)
        theta = to_short / (to_short + to_long)
        kept = self.short[t - 1] + q.short_share * (needs - repaid)
        short = np.where(q.rolled, kept, theta * needs)
        self.short[t] = np.maximum(short, FLOOR)
        self.new_long[t] = np.maximum(needs - short, FLOOR)
        self.long[t] = np.maximum(left + self.new_long[t], FLOOR)
        self.debt[t], self.needs[t], self.repaid[t] = debt, needs, repaid
        self.interest[t] = interest / price
        self.balance[t] = self.primary[t] - self.interest[t]
        self.structural_balance[t] = self.structural[t] - self.interest[t]
        self.exchange[t] = (
            q.domestic
            + q.euro * q.exr_euro[t] / q.exr_euro[t - 1]
            + q.dollar * q.exr_dollar[t] / q.exr_dollar[t - 1]
        )
        factor = (1 + self.implicit[t] / 100) / (1 + self.growth[t] / 100) * self.exchange[t]
        ratio = self.ratio[t - 1] * factor - self.primary[t] + self.stock_flow[t]
        self.ratio[t] = np.maximum(ratio, FLOOR)


def _unknown(count: int, shape: tuple[int, int]) -> tuple[Floats, ...]:
    return tuple(np.full((count, *shape), np.nan))


def _plausible(rate: Floats, before: Floats) -> Floats:
    """Return a rate, or last year's where it lies outside 0..10 % or is not defined."""
    return np.where((rate >= 0) & (rate <= 10), rate, before)
