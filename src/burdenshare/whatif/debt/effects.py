"""What extra defence spending does to each state's debt, with and without (docs/debt.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.errors import UserError
from burdenshare.whatif.debt import defence as given
from burdenshare.whatif.debt.answer import PERIODS, PRESETS, Result, solve
from burdenshare.whatif.debt.defence import Clause, Covered, Defence, Risen, Terms
from burdenshare.whatif.debt.draws import YEARS_SHOCKED
from burdenshare.whatif.debt.extra import Extra, with_extra
from burdenshare.whatif.debt.identity import debt_identity
from burdenshare.whatif.debt.inputs import HORIZON, Floats, Inputs
from burdenshare.whatif.debt.next_plan import END, START, Needed, needed
from burdenshare.whatif.debt.project import Projection
from burdenshare.whatif.debt.reading import EUROPE, Sheet, read_sheet
from burdenshare.whatif.debt.room import gdp_in_euros, room_used
from burdenshare.whatif.debt.search import REFERENCE_DEBT, REFERENCE_DEFICIT
from burdenshare.whatif.debt.stochastic import simulate
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
_FAN_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class _Case:
    """One of the paths that are compared: inputs, projection, what is needed after it."""

    inputs: Inputs
    path: Projection
    probability: Floats
    needed: Needed


def debt_effects(  # noqa: PLR0913, PLR0917 - the options of the command
    world: World,
    countries: Sequence[str] | None = None,
    extra: Defence | Mapping[str, Mapping[int, float]] | str = "+1.5:2025-2028",
    adjust: int = 4,
    preset: str = "commission",
    as_of: Day | None = None,
    stochastic: bool = True,
    rate: float = given.EU_RATE,
) -> dict[str, Any]:
    """Return debt, interest and the adjustment needed with and without extra defence spending.

    `extra` is in % of GDP by state and year, a text such as "+1.5:2025-2028" for all states asked
    for, or a Defence with loans in euros; `rate` is that of the loans, % a year. Debt, balances and
    interest are in % of GDP, steps in pp a year. States outside the EU get the plain debt identity.
    Raises UserError for unknown states, negative points and years outside the model.

    >>> answer = debt_effects(World(), ["POL"], "+1.5:2025-2028", stochastic=False)
    >>> row = answer["rows"][0]
    >>> row["with"]["debt"]["2028"] > row["without"]["debt"]["2028"] + 4
    True
    """
    if adjust not in PERIODS or preset not in PRESETS:
        raise UserError(
            f"adjust {str(adjust)[:20]}, preset {preset[:40]!r}: write 4 or 7 years, and one of "
            f"{' and '.join(PRESETS)}"
        )
    day = as_of or world.latest
    sheet = read_sheet(world, EUROPE, day)
    asked = [given.known_state(world, code) for code in dict.fromkeys(countries or ())]
    defence = _defence(extra, asked or sheet.inputs.countries)
    for code in {*defence.spending, *defence.loans}:
        given.known_state(world, code)
    who = asked or sorted({*sheet.inputs.countries, *defence.spending})
    inside = [code for code in who if code in sheet.inputs.countries]
    others = [code for code in who if code not in sheet.inputs.countries]
    states = _States(world, sheet, inside, defence, given.terms(world, day, rate), day)
    rows, gaps = states.rows(adjust, preset, stochastic) if inside else ([], [])
    plain = debt_identity(world, defence.spending, others, day) if others else None
    said = [text for code in inside for text in states.covered[code].said]
    said += states.near_the_cap() + [row["caution"] for row in rows if row["caution"]]
    return {
        **world.header("debt-effects", day),
        "adjust": adjust,
        "preset": preset,
        "loan_terms": {
            "years": states.terms.longest,
            "grace": states.terms.grace,
            "rate": rate,
            "citation": given.EU_RATE_CITATION if rate == given.EU_RATE else "as asked for",
        },
        "rows": rows,
        "outside_eu": plain,
        "room": room_used(world, day, states.spent, states.covered, sheet.inputs.year),
        "said": said,
        "gaps": gaps + states.gaps() + (plain["gaps"] if plain else []),
        "assumptions": list(ASSUMPTIONS) + (plain["assumptions"] if plain else []),
        "notes": [*defence.notes, *sheet.notes],
        "sources": [
            {
                "what": "inputs of the debt model",
                "published": sheet.release.published.isoformat(),
                "document": sheet.release.document,
                "source": world.datasets[EUROPE].publisher,
            },
            *states.clause_sources(),
            *defence.sources,
            *(plain["sources"] if plain else []),
        ],
    }


def _defence(
    extra: Defence | Mapping[str, Mapping[int, float]] | str, states: Sequence[str]
) -> Defence:
    if isinstance(extra, str):
        return given.on_top(extra, states)
    return given.checked(extra if isinstance(extra, Defence) else Defence(extra))


class _States:
    """The states of the debt model that are asked for, with what each spends and borrows."""

    def __init__(
        self,
        world: World,
        sheet: Sheet,
        codes: Sequence[str],
        defence: Defence,
        terms: Terms,
        day: Day,
    ) -> None:
        self.sheet, self.terms, self.defence = sheet, terms, defence
        held = sheet.inputs.countries
        self.inputs = sheet.inputs.take(np.array([held.index(code) for code in codes], dtype=int))
        self.clauses = given.clauses(world, day)
        self.risen = {code: given.risen(world, code, day) for code in codes}
        self.gdp = {code: gdp_in_euros(world, code, self.inputs.year, day) for code in codes}
        self.spent = {code: self._spent(c, code) for c, code in enumerate(codes)}
        self.covered = {
            code: given.under_clause(code, self.spent[code], self.clauses.get(code))
            for code in codes
        }

    def _forecast_gdp(self, c: int, code: str) -> dict[int, float]:
        """Return GDP in euros by year, with growth as in the inputs."""
        q = self.inputs
        growth = (1 + q.growth[1:, c] / 100) * (1 + q.inflation[1:, c] / 100)
        levels = self.gdp[code] * np.concatenate([[1.0], growth.cumprod()])
        return {q.year + t: float(level) for t, level in enumerate(levels)}

    def _spent(self, c: int, code: str) -> dict[int, float]:
        points, loan = self.defence.spending.get(code, {}), self.defence.loans.get(code, {})
        return given.spent(points, loan, self._forecast_gdp(c, code))

    def _extra(self, code: str, kept: bool) -> Extra:
        loan = self.defence.loans.get(code, {})
        share = {year: 100 * amount / self.gdp[code] for year, amount in loan.items()}
        points = dict(self.spent[code])
        end = self.inputs.year + START
        if kept:
            for year in range(end + 1, self.inputs.year + HORIZON + 1):
                points[year] = max(points.get(year, 0.0), points.get(end, 0.0))
        back = given.repayments(share, self.terms, self.inputs.year + HORIZON)
        return Extra(points, share, back, self.terms.rate)

    def above_the_cap(self, code: str) -> dict[str, float]:
        """Return by year how far points and the rise since 2021 (NATO) together pass the cap."""
        rise, clause = self.risen[code], self.clauses.get(code)
        if isinstance(rise, str) or clause is None:
            return {}
        over = {
            str(year): round(rise.points + points - clause.caps[year], _DIGITS)
            for year, points in self.spent[code].items()
            if points > 0 and year in clause.caps
        }
        return {year: points for year, points in over.items() if points > 0}

    def near_the_cap(self) -> list[str]:
        """Say which states would pass the cap if what they spend more since 2021 is counted."""
        over = [code for code in self.covered if self.above_the_cap(code)]
        if not over:
            return []
        return [
            f"with the rise from {given.BASE} to {given.FIRST - 1} by NATO’s definition the cap "
            f"would be passed by {', '.join(over)}: not taken off here, for the clause counts "
            "by COFOG"
        ]

    def gaps(self) -> list[dict[str, str]]:
        """Return the states whose rise since 2021 is not known, with the reason."""
        return [
            {"country": code, "reason": rise}
            for code, rise in self.risen.items()
            if isinstance(rise, str)
        ]

    def clause_sources(self) -> list[dict[str, Any]]:
        """Return the decisions on the clause that concern the states asked for."""
        found = {
            each.activated: each.document
            for code, each in self.clauses.items()
            if code in self.covered
        }
        return [
            {
                "what": "escape clause",
                "published": on.isoformat(),
                "document": text,
                "source": "Council of the European Union",
            }
            for on, text in sorted(found.items())
        ]

    def rows(
        self, adjust: int, preset: str, stochastic: bool
    ) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
        """Return a row for each state, and gaps with their reasons."""
        result = solve(self.inputs, self.sheet, adjust, preset, stochastic)
        plan = np.zeros((END, len(self.inputs.countries)))
        plan[:adjust] = result.outcome.steps
        codes = self.inputs.countries
        cases = {
            name: self._case(inputs, result, plan, preset)
            for name, inputs in (
                (WITHOUT, self.inputs),
                (AS_GIVEN, with_extra(self.inputs, {c: self._extra(c, False) for c in codes})),
                (KEPT, with_extra(self.inputs, {c: self._extra(c, True) for c in codes})),
            )
        }
        gaps = []
        for c, code in enumerate(codes):
            if stochastic and code not in self.sheet.shocks:
                gaps.append({"country": code, "reason": NO_SHOCKS})
            gaps += [
                {
                    "country": code,
                    "reason": f"{name}: no step up to 3 pp a year meets the rules by 2032",
                }
                for name, case in cases.items()
                if np.isnan(case.needed.step[c])
            ]
        return [self._row(c, cases, result) for c in range(len(codes))], gaps

    def _case(self, inputs: Inputs, result: Result, plan: Floats, preset: str) -> _Case:
        end = len(result.outcome.steps)
        path = Projection(inputs, end).run(plan, HORIZON)
        counted = path.balance[START] + self._inside(START)
        reference = (path.ratio[START] > REFERENCE_DEBT) | (counted < REFERENCE_DEFICIT)
        split = preset == PRESETS[0]
        return _Case(
            inputs,
            path,
            _probability(inputs, result, plan),
            needed(inputs, plan, reference, result.draws, split),
        )

    def _inside(self, t: int) -> Floats:
        """Return the points that the clause leaves out of the limits in a year, C."""
        year = self.inputs.year + t
        return np.array(
            [self.covered[code].inside.get(year, 0.0) for code in self.inputs.countries]
        )

    def _row(self, c: int, cases: Mapping[str, _Case], result: Result) -> dict[str, Any]:
        code = self.inputs.countries[c]
        first = self.inputs.year + len(result.outcome.steps)
        none, as_given, kept = (cases[name].needed.step[c] for name in (WITHOUT, AS_GIVEN, KEPT))
        return {
            "country": code,
            "clause": _clause(self.clauses.get(code)),
            "points": {str(year): _plain(each) for year, each in self.spent[code].items()},
            "covered": _covered(self.covered[code]),
            "risen_since_2021": _risen(self.risen[code], self.above_the_cap(code)),
            "caution": self._caution(c, result),
            "loan_eur": sum(self.defence.loans.get(code, {}).values()),
            "probability_years": [first, first + YEARS_SHOCKED],
            **{name: self._told(case, c, name) for name, case in cases.items()},
            "extra_adjustment": {
                "years": [self.inputs.year + START + 1, self.inputs.year + END],
                AS_GIVEN: _plain(as_given - none),
                KEPT: _plain(kept - none),
            },
        }

    def _caution(self, c: int, result: Result) -> str | None:
        """Say so where the plan has no step: output then keeps a gap that any spending closes."""
        steps = result.outcome.steps[:, c]
        if np.abs(steps).max() > NO_STEP or not any(self.spent[self.inputs.countries[c]].values()):
            return None
        return (
            f"{self.inputs.countries[c]}: the plan has no step, and without one the model’s output "
            "gap never closes: part of the difference is that gap and not the spending"
        )

    def _told(self, case: _Case, c: int, name: str) -> dict[str, Any]:
        path, year = case.path, self.inputs.year
        at = {str(each): each - year for each in SHOWN}
        inside = 0.0 if name == WITHOUT else float(self._inside(START)[c])
        balance = float(path.balance[START, c])
        last = path.ratio[SHOWN[-1] - year, c]
        return {
            "debt": {each: _plain(path.ratio[t, c]) for each, t in at.items()},
            "interest": {each: _plain(path.interest[t, c]) for each, t in at.items()},
            "path": [_plain(each) for each in path.ratio[:, c]],
            "balance_2028": _plain(balance),
            "balance_2028_as_counted": _plain(balance + inside),
            "reference_values": {
                **{
                    f"debt_{each}": bool(path.ratio[t, c] <= REFERENCE_DEBT)
                    for each, t in at.items()
                },
                "deficit_2028": balance >= REFERENCE_DEFICIT,
                "deficit_2028_as_counted": balance + inside >= REFERENCE_DEFICIT,
            },
            "above_60_in_2041": _plain(max(last - REFERENCE_DEBT, 0.0)),
            "probability_debt_falls": _plain(case.probability[c]),
            "needed_after_2028": _plain(case.needed.step[c]),
            "binding_after_2028": case.needed.binding[c],
        }


def _probability(inputs: Inputs, result: Result, plan: Floats) -> Floats:
    """Return how likely debt is to be lower five years after the plan, C; NaN without shocks."""
    end = len(result.outcome.steps)
    found = np.full(len(inputs.countries), np.nan)
    for group in result.draws:
        few = group.block(_FAN_BLOCKS)
        lanes = np.repeat(group.places, _FAN_BLOCKS)
        path = Projection(inputs.take(lanes), end).run(plan[:, lanes], end + YEARS_SHOCKED)
        debt = simulate(path, few)
        found[group.places] = (debt[-1] <= debt[0]).mean(axis=(1, 2))
    return found


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
