"""What cases of extra spending have in common, and what states spend and borrow in one of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from burdenshare.whatif.debt import defence as given
from burdenshare.whatif.debt.defence import Defence
from burdenshare.whatif.debt.extra import Extra, with_extra
from burdenshare.whatif.debt.inputs import HORIZON, Floats, Inputs
from burdenshare.whatif.debt.next_plan import START
from burdenshare.whatif.debt.reading import Sheet
from burdenshare.whatif.debt.room import gdp_in_euros
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_DIGITS = 4


class Ground:
    """States of the debt model: inputs, GDP, escape clause and terms of loans known on a day."""

    def __init__(
        self, world: World, sheet: Sheet, codes: tuple[str, ...], rate: float, day: Day
    ) -> None:
        held = sheet.inputs.countries
        self.sheet, self.codes = sheet, codes
        self.inputs = sheet.inputs.take(np.array([held.index(code) for code in codes], dtype=int))
        self.terms = given.terms(world, day, rate)
        self.clauses = given.clauses(world, day)
        self.risen = {code: given.risen(world, code, day) for code in codes}
        self.gdp = {code: gdp_in_euros(world, code, self.inputs.year, day) for code in codes}
        self.forecast = {code: self._forecast(c, code) for c, code in enumerate(codes)}

    def _forecast(self, c: int, code: str) -> dict[int, float]:
        """Return GDP in euros by year, with growth as in the inputs."""
        q = self.inputs
        growth = (1 + q.growth[1:, c] / 100) * (1 + q.inflation[1:, c] / 100)
        levels = self.gdp[code] * np.concatenate([[1.0], growth.cumprod()])
        return {q.year + t: float(level) for t, level in enumerate(levels)}

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
            if code in self.codes
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


class Spending:
    """What the states of a ground spend and borrow on top, and what the clause covers of it."""

    def __init__(self, ground: Ground, defence: Defence) -> None:
        self.ground, self.defence = ground, defence
        self.points = {code: self._points(code) for code in ground.codes}
        self.covered = {
            code: given.under_clause(code, self.points[code], ground.clauses.get(code))
            for code in ground.codes
        }

    def _points(self, code: str) -> dict[int, float]:
        points, loan = self.defence.spending.get(code, {}), self.defence.loans.get(code, {})
        return given.spent(points, loan, self.ground.forecast[code])

    def inputs(self, kept: bool) -> Inputs:
        """Return the inputs with all that comes on top; `kept` goes on at the points of 2028."""
        extra = {code: self._extra(code, kept) for code in self.ground.codes}
        return with_extra(self.ground.inputs, extra)

    def _extra(self, code: str, kept: bool) -> Extra:
        year = self.ground.inputs.year
        loan = self.defence.loans.get(code, {})
        share = {each: 100 * amount / self.ground.gdp[code] for each, amount in loan.items()}
        points = dict(self.points[code])
        end = year + START
        if kept:
            for each in range(end + 1, year + HORIZON + 1):
                points[each] = max(points.get(each, 0.0), points.get(end, 0.0))
        terms = self.ground.terms
        return Extra(points, share, given.repayments(share, terms, year + HORIZON), terms.rate)

    def inside(self, t: int) -> Floats:
        """Return the points that the clause leaves out of the limits in a year, C."""
        year = self.ground.inputs.year + t
        return np.array([self.covered[code].inside.get(year, 0.0) for code in self.ground.codes])

    def above_the_cap(self, code: str) -> dict[str, float]:
        """Return by year how far points and the rise since 2021 (NATO) together pass the cap."""
        rise, clause = self.ground.risen[code], self.ground.clauses.get(code)
        if isinstance(rise, str) or clause is None:
            return {}
        over = {
            str(year): round(rise.points + points - clause.caps[year], _DIGITS)
            for year, points in self.points[code].items()
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
