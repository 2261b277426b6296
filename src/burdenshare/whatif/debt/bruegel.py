"""The rules as Bruegel reads the law: early steps that later ones make good for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from burdenshare.whatif.debt.commission import SPB_TERMS_TO, Outcome, resilience_step
from burdenshare.whatif.debt.inputs import EDP_LINE, Flags, Floats, Inputs, Whole
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.search import (
    REFERENCE_DEBT,
    TOLERANCE,
    bisect,
    check_of,
    criteria,
    scenario_of,
)

LARGEST = 10.0
_EDP_STEP, _STRUCTURAL = 0.5, -1.5
_FINE, _FINEST = 0.001, 0.0001
_MOST = 4096  # tries of a step raised by _FINE
_NEAR = 1e-8
_SCAN = 0.01  # of the yearly step, in looking for the first balance that meets the safeguard
_SCANNED = 32

Again = Callable[[Floats, Whole, Floats], Floats]


def front_loaded(target: Floats, edp: Floats, resilience: Floats, inputs: Inputs) -> Floats:
    """Return steps of E x L to a target with least steps (NaN: none), later ones made smaller."""
    end = len(edp)
    even = np.broadcast_to((target - inputs.spb[0]) / end, edp.shape)
    steps = _offset(even, edp, ~np.isnan(edp))
    return _offset(steps, resilience, ~np.isnan(edp) | ~np.isnan(resilience))


def _offset(steps: Floats, least: Floats, kept: Flags) -> Floats:
    """Return steps raised to the least ones; those after the last kept year make good for it."""
    raised = np.where(np.isnan(least), steps, np.maximum(steps, np.nan_to_num(least, nan=-np.inf)))
    end = len(steps)
    last = np.where(kept.any(axis=0), end - 1 - kept[::-1].argmax(axis=0), 0)
    after = np.arange(end)[:, None] > last
    count = end - 1 - last
    back = (steps - raised).sum(axis=0) / np.maximum(count, 1)
    return raised + np.where(after, back, 0.0)


class _Plan:
    """Targets and least steps of L states, and the path that they make."""

    def __init__(self, inputs: Inputs, end: int, target: Floats) -> None:
        self.inputs, self.end, self.target = inputs, end, target
        shape = (end, len(target))
        self.edp, self.resilience = np.full(shape, np.nan), np.full(shape, np.nan)
        self.period = np.zeros(len(target), dtype=np.int64)
        self.project()

    def project(self) -> None:
        self.steps = front_loaded(self.target, self.edp, self.resilience, self.inputs)
        self.path = Projection(self.inputs, self.end).run(self.steps, self.end)

    def lanes(self, lanes: Whole) -> _Plan:
        """Return a copy for some states, each as often as asked for."""
        part = object.__new__(_Plan)
        part.inputs, part.end, part.target = self.inputs.take(lanes), self.end, self.target[lanes]
        part.edp, part.resilience = self.edp[:, lanes].copy(), self.resilience[:, lanes].copy()
        return part


def apply(
    inputs: Inputs, end: int, found: Mapping[str, Floats], stochastic: Again | None
) -> Outcome:
    """Return what Bruegel's reading asks for, given what each criterion asks for.

    The procedure comes first, then the debt safeguard, then the resilience of the deficit.
    `stochastic` works out the stochastic criterion again for steps under the procedure.
    """
    names = [name for name in (*criteria(False), "stochastic") if name in found]
    order = [*names[1:5], names[0], *names[5:]]
    table = np.array([np.nan_to_num(found[name], nan=-np.inf) for name in order])
    binding = [order[row] for row in table.argmax(axis=0)]
    plan = _Plan(inputs, end, table.max(axis=0))
    more = {"edp": _edp(plan, binding, stochastic)}
    more["debt_safeguard"] = _safeguard(plan)
    binding = [
        "debt_safeguard" if not np.isnan(spb) else name
        for spb, name in zip(more["debt_safeguard"], binding, strict=True)
    ]
    more["deficit_resilience"] = _resilience(plan)
    path = Projection(inputs, end).run(plan.steps, end)
    step = (path.spb[end] - inputs.spb[0]) / end
    every = np.ones(len(step), dtype=bool)
    return Outcome(plan.steps, path, step, tuple(binding), more, every)


def _first(passes: Callable[[Whole], Flags], count: int, most: int) -> Whole:
    """Return for each lane the smallest whole number from 1 to `most` that passes."""
    low, high = np.zeros(count, dtype=np.int64), np.full(count, most)
    while (high - low).max(initial=0) > 1:
        middle = (low + high) // 2
        good = passes(middle)
        low, high = np.where(good, low, middle), np.where(good, middle, high)
    return high


def _edp(plan: _Plan, binding: Sequence[str], stochastic: Again | None) -> Floats:
    """Apply the procedure's steps; return the balance it leads to where it binds, NaN elsewhere."""
    under = plan.inputs.under_edp & (plan.path.balance[1] < EDP_LINE)
    found = np.full(len(under), np.nan)
    if not under.any():
        return found
    turn = max(0, min(plan.end, SPB_TERMS_TO - plan.inputs.year))
    _primary_terms(plan, under, turn)
    _structural_terms(plan, under, turn)
    _to_the_end(plan, under)
    binds = (plan.edp >= plan.steps - _NEAR).any(axis=0)
    for name in sorted(set(binding)):
        lanes = np.flatnonzero(binds & (np.array(binding) == name))
        if len(lanes):
            part = plan.lanes(lanes)
            target = _again(part, name, lanes, stochastic)
            plan.target[lanes] = target
            made = front_loaded(target, part.edp, part.resilience, part.inputs)
            found[lanes] = part.inputs.spb[0] + made.sum(axis=0)
            plan.target[lanes] = found[lanes]
    plan.project()
    return found


def _again(part: _Plan, name: str, lanes: Whole, stochastic: Again | None) -> Floats:
    if name == "stochastic":
        assert stochastic is not None
        return stochastic(part.edp, lanes, part.target)
    test, scenario = check_of(name), scenario_of(name)

    def passes(target: Floats) -> Flags:
        steps = front_loaded(target, part.edp, part.resilience, part.inputs)
        return test(Projection(part.inputs, part.end, scenario).run(steps, part.end + 10))

    low, high = (np.full(len(lanes), each) for each in (-LARGEST, LARGEST))
    return bisect(passes, low, high, TOLERANCE)


def _primary_terms(plan: _Plan, under: Flags, turn: int) -> None:
    going = under
    for k in range(turn):
        going = going & (plan.path.balance[k + 1] <= EDP_LINE)
        plan.edp[k, going] = _EDP_STEP
        plan.period[going] = k + 1
        plan.project()


def _structural_terms(plan: _Plan, under: Flags, turn: int) -> None:
    going = under
    for k in range(turn, plan.end):
        going = going & (plan.path.balance[k + 1] <= EDP_LINE)
        lanes = np.flatnonzero(going & ~_structural_step(plan.path, k))
        if len(lanes):
            part = plan.lanes(lanes)
            even = (part.target - part.inputs.spb[0]) / plan.end
            start = np.maximum(plan.steps[k, lanes] + _FINE, even)

            def passes(
                tries: Whole, part: _Plan = part, start: Floats = start, k: int = k
            ) -> Flags:
                part.edp[k] = start + (tries - 1) * _FINE
                part.project()
                return _structural_step(part.path, k)

            tries = _first(passes, len(lanes), _MOST)
            plan.edp[k, lanes] = start + (tries - 1) * _FINE
            plan.project()
        plan.edp[k, going] = plan.steps[k, going]
        plan.period[going] = k + 1


def _structural_step(path: Projection, k: int) -> Flags:
    moved = path.structural_balance[k + 1] - path.structural_balance[k]
    enough: Flags = moved >= _EDP_STEP
    return enough


def _to_the_end(plan: _Plan, under: Flags) -> None:
    """Raise the smallest steps where a deficit above 3 % lasts to the end of the adjustment."""
    late = under & (plan.period == plan.end) & (plan.path.balance[plan.end] < EDP_LINE)
    lanes = np.flatnonzero(late)
    if not len(lanes):
        return
    part = plan.lanes(lanes)
    start = part.edp.copy()
    floor = np.nanmin(start, axis=0)

    def passes(tries: Whole) -> Flags:
        part.edp = np.where(np.isnan(start), np.nan, np.maximum(start, floor + tries * _FINEST))
        part.project()
        kept: Flags = part.path.balance[plan.end] >= EDP_LINE
        return kept

    tries = _first(passes, len(lanes), 16 * _MOST)
    passes(tries)
    plan.edp[:, lanes] = part.edp
    plan.project()


def safeguard_met(path: Projection) -> Flags:
    """Say who meets the safeguard, L: debt falls by 1 pp a year above 90 %, else by 0.5 pp.

    From the end of the procedure (year 0 without one) to the end of the adjustment.
    """
    q, end = path.inputs, path.end
    balances = np.vstack([q.balance_before, path.balance[: end + 1]])
    within = (balances[1:] >= EDP_LINE) & (balances[:-1] >= EDP_LINE)
    over = np.where(within.any(axis=0), within.argmax(axis=0), end + 1)
    start = np.where(q.under_edp, over, 0)
    debt = np.take_along_axis(path.ratio, np.minimum(start, end)[None], axis=0)[0]
    least = np.where(path.ratio[0] > 90, 1.0, 0.5) * (end - start)
    met: Flags = (start >= end) | (debt - path.ratio[end] >= least)
    return met


def _safeguard(plan: _Plan) -> Floats:
    """Raise the target to what the debt safeguard asks for; return it where it binds."""
    for c, period in enumerate(plan.period):
        plan.edp[:period, c] = plan.steps[:period, c]
    found = np.full(len(plan.target), np.nan)
    lanes = np.flatnonzero((plan.path.ratio[0] >= REFERENCE_DEBT) & ~safeguard_met(plan.path))
    if len(lanes):
        part = plan.lanes(lanes)
        low, high = _bracket(part)

        def passes(target: Floats) -> Flags:
            part.target = target
            part.project()
            return safeguard_met(part.path)

        target = bisect(passes, low, high, TOLERANCE)
        part.target = target
        part.project()
        reached = part.path.spb[plan.end]
        more = reached > plan.target[lanes] + 1e-3 + _NEAR
        found[lanes[more]] = reached[more]
        plan.target[lanes[more]] = reached[more]
    plan.project()
    return found


def _bracket(part: _Plan) -> tuple[Floats, Floats]:
    """Return the last target that fails and the first that passes, by trying all of a grid."""
    size = _SCAN * part.end
    low = part.target.copy()
    high = np.full_like(low, LARGEST)
    open_ = np.arange(len(low))
    while len(open_):
        tried = low[open_, None] + size * np.arange(1, _SCANNED + 1)
        several = part.lanes(np.repeat(open_, _SCANNED))
        several.target = np.minimum(tried.ravel(), LARGEST)
        several.project()
        met = safeguard_met(several.path).reshape(tried.shape) | (tried >= LARGEST)
        done, first = met.any(axis=1), met.argmax(axis=1)
        at = np.minimum(tried[np.arange(len(tried)), first], LARGEST)
        high[open_[done]] = at[done]
        low[open_] = np.where(done, at - size, tried[:, -1])
        open_ = open_[~done]
    return low, high


def _resilience(plan: _Plan) -> Floats:
    """Raise steps until the structural deficit is below 1.5 %; return the balance if it binds."""
    end, cap = plan.end, resilience_step(plan.end)
    asked = (plan.path.ratio[: end + 1] > REFERENCE_DEBT).any(axis=0)
    asked |= plan.inputs.balance < EDP_LINE
    for t in range(1, end + 1):
        path = plan.path
        weak = (path.ratio[t] > REFERENCE_DEBT) | (path.balance[t] < EDP_LINE)
        weak &= (path.structural_balance[t] <= _STRUCTURAL) & (plan.steps[t - 1] < cap - _NEAR)
        lanes = np.flatnonzero(asked & weak)
        if not len(lanes):
            continue
        part = plan.lanes(lanes)
        start = plan.steps[t - 1, lanes]

        def passes(tries: Whole, part: _Plan = part, start: Floats = start, t: int = t) -> Flags:
            part.resilience[t - 1] = start + tries * _FINE
            part.project()
            good: Flags = part.path.structural_balance[t] > _STRUCTURAL
            good |= part.resilience[t - 1] >= cap - _NEAR
            return good

        tries = _first(passes, len(lanes), _MOST)
        plan.resilience[t - 1, lanes] = start + tries * _FINE
        plan.project()
    bound = ~np.isnan(plan.resilience).all(axis=0)
    return np.where(bound, plan.path.spb[end], np.nan)
