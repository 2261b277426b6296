"""What adjustment the EU's rules ask of each state: `burdenshare debt` (docs/debt.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.debt import bruegel, commission
from burdenshare.whatif.debt.commission import Outcome
from burdenshare.whatif.debt.draws import YEARS_SHOCKED
from burdenshare.whatif.debt.extra import Extra, with_extra
from burdenshare.whatif.debt.inputs import Floats, Inputs, Whole
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.reading import EUROPE, Sheet, read_sheet
from burdenshare.whatif.debt.search import TOLERANCE, criteria, deterministic
from burdenshare.whatif.debt.stochastic import (
    Draws,
    Question,
    Required,
    draw,
    only,
    required,
    simulate,
)
from burdenshare.world.dates import Day
from burdenshare.world.load import World

PRESETS = ("commission", "bruegel")
PERIODS = (4, 7)
AFTER = 10
LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
_FAN_BLOCKS = 2
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Result:
    """All states' requirements: criteria (C each), what decided, and the draws they rest on."""

    inputs: Inputs
    criteria: Mapping[str, Floats]
    error: Floats  # of the stochastic criterion, NaN without one
    outcome: Outcome
    draws: tuple[Draws, ...]


def debt_answer(  # noqa: PLR0913, PLR0917 - the options of the command
    world: World,
    countries: Sequence[str] | None = None,
    adjust: int = 4,
    preset: str = "commission",
    stochastic: bool = True,
    inputs: str | None = None,
    as_of: Day | None = None,
    extra: Mapping[str, Extra | Mapping[int, float]] | None = None,
) -> dict[str, Any]:
    """Return the structural primary balance that the rules ask for, by state and criterion.

    `adjust` is 4 or 7 years, `preset` "commission" or "bruegel", `inputs` "eu-dsa" (the default) or
    "commission-2024". Balances and debt are in % of GDP, steps in pp a year, growth in %. Raises
    UserError for anything else, and for a state that has no inputs.

    >>> answer = debt_answer(World(), inputs="commission-2024", stochastic=False)
    >>> row = answer["rows"][0]
    >>> row["country"], round(row["required_spb"], 2), row["binding"]
    ('FIN', 5.99, 'debt_safeguard')
    """
    _check(adjust, preset)
    day = as_of or world.latest
    sheet = read_sheet(world, inputs or EUROPE, day)
    chosen = _chosen(world, sheet, countries)
    given = sheet.inputs.take(chosen)
    if extra:
        given = with_extra(given, extra)
    result = solve(given, sheet, adjust, preset, stochastic)
    plain = Projection(given, adjust, ageing_from=0)
    plain.run(np.zeros((adjust, len(chosen))), adjust + AFTER)
    whole = Projection(given, adjust).run(result.outcome.steps, adjust + AFTER)
    fans = fans_of(result, given, result.outcome.steps)
    missing = [code for code in given.countries if code not in sheet.shocks]
    return {
        **world.header("debt", day),
        "adjust": adjust,
        "preset": preset,
        "inputs": inputs or EUROPE,
        "release": sheet.release.document,
        "published": sheet.release.published.isoformat(),
        "rows": [
            _row(result, c, preset)
            | {"paths": _paths(whole, c)}
            | {"no_policy_change": _paths(plain, c)}
            | {"fan": fans.get(c)}
            for c in range(len(chosen))
        ],
        "gaps": [
            {"country": code, "reason": "no shocks are held: no stochastic criterion"}
            for code in missing
            if stochastic
        ],
        "notes": list(sheet.notes),
    }


def solve(inputs: Inputs, sheet: Sheet, end: int, preset: str, stochastic: bool) -> Result:
    """Return what the rules of a preset ask of all states, as arrays."""
    count = len(inputs.countries)
    if preset == "commission":
        reach = end * commission.LARGEST_STEP
        bounds = inputs.spb[0] - reach, inputs.spb[0] + reach
    else:
        bounds = np.full(count, -bruegel.LARGEST), np.full(count, bruegel.LARGEST)
    split = preset == "commission"
    tolerance = TOLERANCE * (end if split else 1)
    found = deterministic(inputs, end, bounds, tolerance, split)
    draws = draw(inputs, sheet.shocks) if stochastic else ()
    asked = required(inputs, draws, Question(end, bounds, ceiling=not split))
    if stochastic:
        found["stochastic"] = asked.spb
    if split:
        outcome = commission.apply(inputs, end, found)
    else:
        outcome = bruegel.apply(inputs, end, found, _again(inputs, draws, bounds))
    return Result(inputs, found, asked.error, outcome, draws)


def _again(
    inputs: Inputs, draws: tuple[Draws, ...], bounds: tuple[Floats, Floats]
) -> bruegel.Again:
    """Return a function that finds the stochastic criterion again with a procedure's steps."""

    def again(edp: Floats, lanes: Whole, before: Floats) -> Floats:
        whole = np.full((len(edp), len(inputs.countries)), np.nan)
        whole[:, lanes] = edp
        none = np.full_like(whole, np.nan)

        def steps(taken: Inputs, places: Whole, target: Floats) -> Floats:
            return bruegel.front_loaded(target, whole[:, places], none[:, places], taken)

        question = Question(len(edp), bounds, ceiling=True, steps=steps)
        found: Required = required(inputs, only(draws, lanes), question)
        return np.where(np.isnan(found.spb[lanes]), before, found.spb[lanes])

    return again


def _check(adjust: int, preset: str) -> None:
    if adjust not in PERIODS:
        raise UserError(f"--adjust is {str(adjust)[:20]}: write 4 or 7 years")
    if preset not in PRESETS:
        raise UserError(f"--preset is {preset[:40]!r}: {did_you_mean(preset, PRESETS)}")


def _chosen(world: World, sheet: Sheet, countries: Sequence[str] | None) -> Whole:
    held = sheet.inputs.countries
    if countries is None:
        return np.arange(len(held))
    if not countries:
        raise UserError(f"no country is named: write some of {', '.join(held)}, or leave it out")
    for code in countries:
        if code not in world.countries.codes:
            raise UserError(
                f"country {code[:40]!r} is unknown: {did_you_mean(code, world.countries.codes)}"
            )
        if code not in held:
            raise UserError(
                f"{code} has no inputs of the EU’s debt model in {sheet.release.document}: "
                f"write one of {', '.join(held)}"
            )
    return np.array([held.index(code) for code in dict.fromkeys(countries)], dtype=np.int64)


def _row(result: Result, c: int, preset: str) -> dict[str, Any]:
    inputs, outcome = result.inputs, result.outcome
    end = len(outcome.steps)
    names = [*criteria(preset == "commission"), "stochastic"]
    found = {name: result.criteria[name][c] for name in names if name in result.criteria}
    found |= {name: spb[c] for name, spb in outcome.found.items() if not np.isnan(spb[c])}
    return {
        "country": inputs.countries[c],
        "adjust": end,
        "preset": preset,
        "guidance": "reference trajectory" if outcome.reference[c] else "technical information",
        "required_spb": _plain(outcome.path.spb[end, c]),
        "binding": outcome.binding[c],
        "criteria": {name: _plain(spb) for name, spb in found.items()},
        "stochastic_error": _plain(result.error[c]),
        "step": _plain(outcome.step[c]),
        "steps": [_plain(each) for each in outcome.steps[:, c]],
        "net_expenditure_growth": [_plain(each) for each in expenditure_growth(result, c)],
    }


def _paths(path: Projection, c: int) -> dict[str, Any]:
    """Return the paths of one state from year 0 to ten years after the adjustment."""
    shown = {
        "debt": path.ratio,
        "balance": path.balance,
        "primary_balance": path.primary,
        "structural_primary_balance": path.structural,
        "structural_balance": path.structural_balance,
        "interest": path.interest,
        "output_gap": path.gap,
    }
    last = path.end + AFTER + 1
    years = [path.inputs.year + t for t in range(last)]
    return {"years": years} | {
        name: [_plain(each) for each in series[:last, c]] for name, series in shown.items()
    }


def expenditure_growth(result: Result, c: int) -> Floats:
    """Return the growth of net expenditure in the years of adjustment, in %, E.

    Potential growth and inflation less the step over the share of primary expenditure in GDP.
    """
    q, steps = result.inputs, result.outcome.steps[:, c]
    years = slice(1, len(steps) + 1)
    found: Floats = (
        q.potential_growth[years, c] + q.inflation[years, c] - steps / q.expenditure[c] * 100
    )
    return found


def fans_of(result: Result, inputs: Inputs, steps: Floats) -> dict[int, dict[str, Any]]:
    """Return, for states with draws, quantiles of debt and the probability that it falls.

    `inputs` are those of the result, or the same states with spending on top; `steps` (T x C) are
    taken in the years from the first on.
    """
    found: dict[int, dict[str, Any]] = {}
    end = len(result.outcome.steps)
    for group in result.draws:
        few = group.block(_FAN_BLOCKS)
        lanes = np.repeat(group.places, _FAN_BLOCKS)
        path = Projection(inputs.take(lanes), end)
        path.run(steps[:, lanes], end + YEARS_SHOCKED)
        debt = simulate(path, few)
        debt = np.sort(debt.reshape(*debt.shape[:2], -1), axis=-1)
        size = debt.shape[-1]
        at = [round(level * (size - 1)) for level in LEVELS]
        for row, c in enumerate(group.places):
            first = debt[0, row, 0]
            found[int(c)] = {
                "years": [inputs.year + end + k for k in range(YEARS_SHOCKED + 1)],
                "levels": list(LEVELS),
                "debt": [[_plain(each) for each in year[at]] for year in debt[:, row]],
                "probability_debt_falls": _plain((debt[-1, row] <= first).mean()),
            }
    return found


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), _DIGITS)
