"""What extra defence spending does to each state's debt, with and without (docs/debt.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif.debt import defence as given
from burdenshare.whatif.debt.answer import PERIODS, PRESETS, Result, solve
from burdenshare.whatif.debt.beside import Case, beside
from burdenshare.whatif.debt.defence import Clause, Covered, Defence, Risen
from burdenshare.whatif.debt.draws import YEARS_SHOCKED
from burdenshare.whatif.debt.editions import Editions
from burdenshare.whatif.debt.grounds import Ground, Spending
from burdenshare.whatif.debt.identity import debt_identity
from burdenshare.whatif.debt.inputs import Floats
from burdenshare.whatif.debt.next_plan import END, START
from burdenshare.whatif.debt.reading import EUROPE, read_sheet
from burdenshare.whatif.debt.room import room_used
from burdenshare.whatif.debt.search import REFERENCE_DEBT, REFERENCE_DEFICIT
from burdenshare.world.dates import Day
from burdenshare.world.load import World

SHOWN = (2028, 2035, 2041)
WITHOUT, AS_GIVEN, KEPT = "without", "with", "kept"
ASSUMPTIONS = (
    "The steps of the plan are those that the rules ask for without the extra spending; they are "
    "taken in both paths.",
    "Extra spending lowers the structural primary balance in its year, with the multiplier of any "
    "step; `kept` goes on after 2028 at the points of 2028, when the clause is over.",
    "A SAFE loan pays for spending inside the points and is not added to them; where the loan of a "
    "year is larger, the loan is what is spent. Drawn in equal parts, paid back in equal parts "
    "after the grace, at the exchange rate of the last year before the plan.",
    "Points count as a rise over defence spending (COFOG) of 2021, as the clause has it. No "
    "figures of 2021 by state are held: what was risen before 2025 is not taken off the cap.",
    "Needed after 2028: the smallest equal step of 2029 to 2032, at least 0, on top of the plan’s, "
    "with which the criteria and the debt safeguard are met; the least steps of a deficit "
    "procedure and of the resilience safeguard are not put on top. To 0.01 pp where the safeguard "
    "decides.",
)
NO_SHOCKS = "no shocks are held: no probability that debt falls, no stochastic criterion"
NO_STEP = 1e-4  # pp of GDP: below it the model’s output gap does not move
_DIGITS = 4

Given = Defence | Mapping[str, Mapping[int, float]] | str


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rules effects are asked for: see `debt_effects`."""

    adjust: int = 4
    preset: str = PRESETS[0]
    stochastic: bool = True
    rate: float | None = None

    def __post_init__(self) -> None:
        """Refuse other periods and presets."""
        if self.adjust not in PERIODS or self.preset not in PRESETS:
            raise UserError(
                f"adjust {str(self.adjust)[:20]}, preset {self.preset[:40]!r}: write 4 or 7 years, "
                f"and one of {' and '.join(PRESETS)}"
            )


def debt_effects(  # noqa: PLR0913, PLR0917 - the options of the command
    world: World,
    countries: Sequence[str] | None = None,
    extra: Given = "+1.5:2025-2028",
    adjust: int = 4,
    preset: str = PRESETS[0],
    as_of: Day | None = None,
    stochastic: bool = True,
    rate: float | None = None,
) -> dict[str, Any]:
    """Return debt, interest and the adjustment needed with and without extra defence spending.

    `extra` is in % of GDP by state and year, a text such as "+1.5:2025-2028" for all states asked
    for, or a Defence with loans in euros; `rate` is that of the loans, % a year (the one assumed
    for SAFE without). Debt, balances and interest are in % of GDP, steps in pp a year. States
    outside the EU get the plain debt identity. Raises UserError for unknown states, negative points
    and years outside the model.

    >>> answer = debt_effects(World(), ["POL"], "+1.5:2025-2028", stochastic=False)
    >>> row = answer["rows"][0]
    >>> row["with"]["debt"]["2028"] > row["without"]["debt"]["2028"] + 4
    True
    """
    rules = Rules(adjust, preset, stochastic, rate)
    return effects_of(world, [extra], rules, countries, as_of)[0]


def effects_of(
    world: World,
    extras: Sequence[Given],
    rules: Rules,
    countries: Sequence[str] | None = None,
    as_of: Day | None = None,
) -> list[dict[str, Any]]:
    """Return what `debt_effects` does for several cases of extra spending, in one calculation.

    All have the plan that the rules ask for without, and the path without, in common.
    """
    day = as_of or world.latest
    sheet = read_sheet(world, EUROPE, day)
    asked = tuple(given.known_state(world, code) for code in dict.fromkeys(countries or ()))
    held = sheet.inputs.countries
    inside = tuple(code for code in asked or held if code in held)
    rate = given.safe_rate(world, day) if rules.rate is None else (rules.rate, "as asked for")
    ground = Ground(world, sheet, inside, rate[0], day)
    spending = [Spending(ground, _defence(world, extra, asked or held)) for extra in extras]
    told = _told_rows(ground, spending, rules)
    editions = Editions(world, day)
    found = []
    for own, (rows, gaps) in zip(spending, told, strict=True):
        spent = own.defence.spending
        others = [code for code in asked or sorted(spent) if code not in held]
        plain = debt_identity(world, spent, others, day, editions) if others else None
        found.append(
            {
                **world.header("debt-effects", day),
                "adjust": rules.adjust,
                "preset": rules.preset,
                "loan_terms": {
                    "years": ground.terms.longest,
                    "grace": ground.terms.grace,
                    "rate": ground.terms.rate,
                    "citation": rate[1],
                },
                "rows": rows,
                "outside_eu": plain,
                "room": room_used(world, day, own.points, own.covered, sheet.inputs.year),
                "said": _said(own, rows),
                "gaps": gaps + ground.gaps() + (plain["gaps"] if plain else []),
                "assumptions": list(ASSUMPTIONS) + (plain["assumptions"] if plain else []),
                "notes": [*own.defence.notes, *sheet.notes],
                "sources": [
                    {
                        "what": "inputs of the debt model",
                        "published": sheet.release.published.isoformat(),
                        "document": sheet.release.document,
                        "source": world.datasets[EUROPE].publisher,
                    },
                    *ground.clause_sources(),
                    *own.defence.sources,
                    *(plain["sources"] if plain else []),
                ],
            }
        )
    return found


def _defence(world: World, extra: Given, states: Sequence[str]) -> Defence:
    if isinstance(extra, str):
        return given.on_top(extra, states)
    defence = given.checked(extra if isinstance(extra, Defence) else Defence(extra))
    for code in {*defence.spending, *defence.loans}:
        given.known_state(world, code)
    return defence


def _said(own: Spending, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    said = [text for covered in own.covered.values() for text in covered.said]
    return said + own.near_the_cap() + [row["caution"] for row in rows if row["caution"]]


def _told_rows(
    ground: Ground, spending: Sequence[Spending], rules: Rules
) -> list[tuple[list[dict[str, Any]], list[dict[str, str]]]]:
    """Return by case a row for each state, and gaps with their reasons."""
    if not ground.codes:
        return [([], []) for _ in spending]
    result = solve(ground.inputs, ground.sheet, rules.adjust, rules.preset, rules.stochastic)
    inputs, inside = [ground.inputs], [np.zeros(len(ground.codes))]
    for own in spending:
        inputs += [own.inputs(kept=False), own.inputs(kept=True)]
        inside += [own.inside(START)] * 2
    without, *more = beside(inputs, inside, result, rules.preset)
    found = []
    for own, as_given, kept in zip(spending, more[::2], more[1::2], strict=True):
        cases = {WITHOUT: without, AS_GIVEN: as_given, KEPT: kept}
        rows = [_row(own, c, cases, result) for c in range(len(ground.codes))]
        found.append((rows, list(_gaps(ground, cases, rules.stochastic))))
    return found


def _gaps(ground: Ground, cases: Mapping[str, Case], stochastic: bool) -> Iterator[dict[str, str]]:
    for c, code in enumerate(ground.codes):
        if stochastic and code not in ground.sheet.shocks:
            yield {"country": code, "reason": NO_SHOCKS}
        for name, case in cases.items():
            if np.isnan(case.needed[c]):
                why = "no step up to 3 pp a year meets the rules by 2032"
                yield {"country": code, "reason": f"{name}: {why}"}


def _row(own: Spending, c: int, cases: Mapping[str, Case], result: Result) -> dict[str, Any]:
    ground = own.ground
    code, year = ground.codes[c], ground.inputs.year
    first = year + len(result.outcome.steps)
    none, as_given, kept = (cases[name].needed[c] for name in (WITHOUT, AS_GIVEN, KEPT))
    counted = {WITHOUT: 0.0, AS_GIVEN: own.inside(START)[c], KEPT: own.inside(START)[c]}
    return {
        "country": code,
        "clause": _clause(ground.clauses.get(code)),
        "points": {str(each): _plain(value) for each, value in own.points[code].items()},
        "covered": _covered(own.covered[code]),
        "risen_since_2021": _risen(ground.risen[code], own.above_the_cap(code)),
        "caution": _caution(own, code, result.outcome.steps[:, c]),
        "loan_eur": sum(own.defence.loans.get(code, {}).values()),
        "probability_years": [first, first + YEARS_SHOCKED],
        **{name: _told(case, c, year, counted[name]) for name, case in cases.items()},
        "extra_adjustment": {
            "years": [year + START + 1, year + END],
            AS_GIVEN: _plain(as_given - none),
            KEPT: _plain(kept - none),
        },
    }


def _caution(own: Spending, code: str, steps: Floats) -> str | None:
    """Say so where the plan has no step: output then keeps a gap that any spending closes."""
    if np.abs(steps).max() > NO_STEP or not any(own.points[code].values()):
        return None
    return (
        f"{code}: the plan has no step, and without one the model’s output "
        "gap never closes: part of the difference is that gap and not the spending"
    )


def _told(case: Case, c: int, year: int, inside: float) -> dict[str, Any]:
    """Return what is told of one state's path; the clause leaves `inside` out of the limits."""
    at = {str(each): each - year for each in SHOWN}
    balance = float(case.balance[START, c])
    fan = case.fans.get(c)
    last = case.ratio[SHOWN[-1] - year, c]
    return {
        "debt": {each: _plain(case.ratio[t, c]) for each, t in at.items()},
        "interest": {each: _plain(case.interest[t, c]) for each, t in at.items()},
        "path": [_plain(each) for each in case.ratio[:, c]],
        "balance_2028": _plain(balance),
        "balance_2028_as_counted": _plain(balance + inside),
        "reference_values": {
            **{f"debt_{each}": bool(case.ratio[t, c] <= REFERENCE_DEBT) for each, t in at.items()},
            "deficit_2028": balance >= REFERENCE_DEFICIT,
            "deficit_2028_as_counted": bool(balance + inside >= REFERENCE_DEFICIT),
        },
        "above_60_in_2041": _plain(max(last - REFERENCE_DEBT, 0.0)),
        "probability_debt_falls": fan["probability_debt_falls"] if fan else None,
        "fan": fan,
        "needed_after_2028": _plain(case.needed[c]),
        "binding_after_2028": case.binding[c],
    }


def _clause(clause: Clause | None) -> dict[str, Any] | None:
    if clause is None:
        return None
    caps = {str(year): cap for year, cap in clause.caps.items()}
    return {
        "activated": clause.activated.isoformat(),
        "document": clause.document,
        "caps": caps,
    }


def _risen(rise: Risen | str, above: Mapping[str, float]) -> dict[str, Any] | None:
    if isinstance(rise, str):
        return None
    told = {"years": [rise.first, rise.last], "points": rise.points, "citation": rise.citation}
    return told | {"above_the_cap": dict(above)}


def _covered(covered: Covered) -> dict[str, dict[str, float | None]]:
    return {
        name: {str(year): _plain(each) for year, each in part.items()}
        for name, part in (("inside", covered.inside), ("outside", covered.outside))
    }


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), _DIGITS)
