"""What a run says of debt: what a scenario does to it, and whether the money covers the studies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.errors import UserError
from burdenshare.whatif import context
from burdenshare.whatif.changes import Borrow, Spend
from burdenshare.whatif.debt.covers import (
    EU,
    EUROPE_IN_NATO,
    OVERSEAS,
    Asked,
    Gdp,
    Money,
    covers,
    per_year,
    read_gdp,
    split,
)
from burdenshare.whatif.debt.defence import FIRST, LAST, Defence, clauses, from_scenario, safe_loans
from burdenshare.whatif.debt.effects import Rules, effects_of
from burdenshare.whatif.debt.fast import loops
from burdenshare.whatif.leaving import Move
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.studies import Study, find_study

TITLE = "What it does to debt, and whether the money proposed covers what is asked"
SCENARIO = "scenario"
LOANS = 2026, 2030  # the years in which SAFE loans are drawn
SPLITS = {
    EU: "over the members of the European Union, by GDP",
    EUROPE_IN_NATO: "over the European members of NATO and the members of the European Union, "
    "by GDP",
}
ASSUMPTIONS = (
    "A study’s amount is the same in every year, and split by GDP of the year, so that it is the "
    "same share of GDP for all. It is in the prices of the study: rising prices make it more.",
    "In a study’s case, that of the wider split, each state’s part is spent on top and borrowed in "
    "full; what it draws of its SAFE loan in a year pays for it, up to the part of that year.",
    "The room of the escape clause is leave to borrow and no money: who uses it borrows on the "
    "market and pays its rate.",
    "The room is taken to be free in full. It counts from 2021, so that what spending has risen "
    "since then already uses part of it.",
    "A SAFE loan pays for spending inside the room and is not added to it: the money of a year is "
    "the larger of the two.",
    f"SAFE loans are drawn in equal parts from {LOANS[0]} to {LOANS[1]}, whatever else they were "
    "granted for.",
    "Dollars are euros at the rate of the study’s year; GDP is that of the World Economic Outlook "
    "as known on the day, and goes on after its last year as the run has it.",
)
_EU, _NATO = "eu", "nato"
_BILLION = 1e9
_MOST_NAMED = 6
_WHOLE = 100  # billions from which on no decimal is told


def debt_block(
    world: World, scenario: Scenario, day: Day, moves: Sequence[Move] = ()
) -> dict[str, Any] | None:
    """Return the block `debt` of a run, or None where a scenario is not about it.

    It is about debt where it names the European Union, borrows or names studies. `moves` are those
    who leave and join. Amounts are in euros, `asked_points` in % of GDP, `effects` as in
    `debt_effects`. What was not known on the day is left out, with a note.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> debt_block(World(), read_scenario(None, "hague-kept"), Day(2026, 10, 30)) is None
    True
    """
    borrows = any(isinstance(change, Borrow) for change in scenario.active())
    if not (borrows or scenario.studies or _EU in scenario.organisations):
        return None
    return _Block(world, scenario, day, moves).told()


class _Block:
    """What is asked, what is proposed, and the notes and sources that come up on the way."""

    def __init__(self, world: World, scenario: Scenario, day: Day, moves: Sequence[Move]) -> None:
        self.world, self.scenario, self.day = world, scenario, day
        self.notes: list[str] = []
        self.sources: list[Mapping[str, Any]] = []
        self.left = [m for m in moves if not m.joins and m.organisation == _NATO]
        self.union = {each.country for each in world.organisations[_EU].members(day)}
        self.clauses = clauses(world, day)

    def told(self) -> dict[str, Any] | None:
        """Return the block, None where there is nothing in it."""
        asked = self._asked()
        loans = self._loans() if asked else Defence({})
        found = {
            "title": TITLE,
            "cases": self._cases(asked, loans),
            "covers": self._covers(asked, loans),
            "assumptions": [*ASSUMPTIONS, *self._outside(asked)],
            "notes": list(dict.fromkeys(self.notes)),
            "sources": context.sources(self.world, None, self.sources),
        }
        return found if found["cases"] or found["covers"] or self.notes else None

    # --- What is asked, and what is proposed

    def _asked(self) -> list[tuple[Study, dict[str, Asked]]]:
        """Return each study that was known with its amount in both splits."""
        known = []
        for study in map(find_study, self.scenario.studies):
            if study.published > self.day:
                self.notes.append(
                    f"study {study.id} is left out: it was published on {study.published}"
                )
            elif self._years(study):
                known.append(study)
            else:
                self.notes.append(
                    f"study {study.id} is left out: it asks for nothing in those years of the "
                    f"scenario for which debt is worked out, {FIRST} to {LAST}"
                )
        if not known:
            return []
        gdp = read_gdp(self.world, self.day, min(self.scenario.last, LAST))
        self.sources.append(
            _source("GDP in euros", gdp.release.published, gdp.release.document, gdp.publisher)
        )
        return [(study, self._splits(study, gdp)) for study in known]

    def _years(self, study: Study) -> range:
        """Return the years of a study that a run and the debt model have in common."""
        first = min((move.year for move in self.left), default=self.scenario.first)
        last = first + study.cost.years - 1 if study.cost.years > 1 else self.scenario.last
        return range(max(first, FIRST), min(last, self.scenario.last, LAST) + 1)

    def _splits(self, study: Study, gdp: Gdp) -> dict[str, Asked]:
        self.sources.append(_source(study.title, study.published, study.citation, study.publisher))
        members = self.world.organisations[_NATO].members(self.day)
        out = {move.country for move in self.left} | OVERSEAS
        europe = {each.country for each in members if each.forces} - out
        amount, years = per_year(study, gdp), self._years(study)
        return {
            EU: split(amount, sorted(self.union), years, gdp.of),
            EUROPE_IN_NATO: split(amount, sorted(europe | self.union), years, gdp.of),
        }

    def _loans(self) -> Defence:
        """Return the SAFE loans by state and year, none with a note where none was known."""
        try:
            found = safe_loans(self.world, *LOANS, self.day)
        except UserError as error:
            self.notes.append(f"no loans are reckoned with: {error}")
            return Defence({})
        self.notes += found.notes
        self.sources += found.sources
        return found

    # --- Cases

    def _cases(
        self, asked: Sequence[tuple[Study, Mapping[str, Asked]]], loans: Defence
    ) -> list[dict[str, Any]]:
        given = [
            *self._own(),
            *(_case(study, each[EUROPE_IN_NATO], loans) for study, each in asked),
        ]
        if not given:
            return []
        try:
            with loops(fast=False):  # the start of numba would take longer than all of it
                told = effects_of(self.world, [path for _, path in given], Rules(), as_of=self.day)
        except UserError as error:
            self.notes.append(f"no debt paths: {error}")
            return []
        self.sources += [source for each in told for source in each["sources"]]
        return [head | {"effects": each} for (head, _), each in zip(given, told, strict=True)]

    def _own(self) -> Iterator[tuple[dict[str, Any], Defence]]:
        """Yield the scenario's own case where it spends on top or borrows."""
        try:
            own = from_scenario(self.world, self.scenario, self.day)
        except UserError as error:
            self.notes.append(f"the scenario has no debt paths of its own: {error}")
            return
        if own.spending or own.loans:
            changes = [
                change
                for change in self.scenario.active()
                if isinstance(change, Borrow) or (isinstance(change, Spend) and change.add)
            ]
            cited = "; ".join(dict.fromkeys(change.citation for change in changes))
            yield _head(SCENARIO, self.scenario.title, cited), own

    # --- What the money covers

    def _covers(
        self, asked: Sequence[tuple[Study, Mapping[str, Asked]]], loans: Defence
    ) -> list[dict[str, Any]]:
        money = Money(loans.loans, self.clauses, frozenset(self.union))
        found = []
        for study, splits in asked:
            for name, each in splits.items():
                told = covers(each, money)
                found.append(
                    {
                        "study": study.id,
                        "title": study.title,
                        "publisher": study.publisher,
                        "citation": study.citation,
                        "caveat": study.caveat or None,
                        "split": name,
                        "split_title": SPLITS[name],
                        **told,
                        "money": told["money"] | self._proposed(loans),
                        "says": self._says(study, told),
                    }
                )
        return found

    def _proposed(self, loans: Defence) -> dict[str, str]:
        """Return what the money is and where it stands, in words."""
        on = {(each.activated, each.document) for each in self.clauses.values()}
        cited = [(source["published"], source["document"]) for source in loans.sources]
        cited += [(day.isoformat(), text) for day, text in sorted(on)]
        return {
            "title": f"SAFE loans drawn in equal parts from {LOANS[0]} to {LOANS[1]}, and the room "
            "of the escape clause where it is active",
            "citation": "; ".join(f"{text} ({day})" for day, text in cited) or "none on the day",
        }

    def _says(self, study: Study, told: Mapping[str, Any]) -> str:
        rows, covered = told["rows"], told["covered"]
        years = told["last"] - told["first"] + 1
        whole = told["per_year_eur"] * years / _BILLION
        missing = sum(sum(row["missing_eur"].values()) for row in rows) / _BILLION
        names = ", ".join(map(self.world.countries.name, covered))
        which = f" ({names})" if 0 < len(covered) <= _MOST_NAMED else ""
        many = f"{len(covered) or 'none'} of {len(rows)} states{which}"
        amount = told["per_year_eur"] / _BILLION
        return (
            f"Of the EUR {amount:,.{0 if amount >= _WHOLE else 1}f} billion a year from "
            f"{told['first']} to {told['last']} ({study.publisher}) the money proposed covers the "
            f"part of {many} in every year; EUR {missing:,.0f} billion of {whole:,.0f} are missing."
        )

    def _outside(self, asked: Sequence[tuple[Study, Mapping[str, Asked]]]) -> list[str]:
        """Say which states carry part of the wider split and have no part in the money."""
        outside = sorted(set().union(*(each[EUROPE_IN_NATO].gdp for _, each in asked)) - self.union)
        if not outside:
            return []
        names = ", ".join(sorted(map(self.world.countries.spoken, outside)))
        return [
            f"Part of the wider split falls on {names}: outside the European Union there is no "
            "escape clause and no SAFE loan, and the debt path is the plain identity, as far as "
            "the outlook goes."
        ]


def _case(study: Study, asked: Asked, loans: Defence) -> tuple[dict[str, Any], Defence]:
    """Return a study's case: its part by state, and the loans that pay for some of it."""
    parts = {code: asked.of(code) for code in asked.gdp}
    points = {year: asked.points(year) for year in asked.years}
    paid = {
        code: {year: min(loan, parts[code][year]) for year, loan in drawn.items() if year in points}
        for code, drawn in loans.loans.items()
        if code in parts
    }
    found = Defence(dict.fromkeys(parts, points), paid, loans.sources, loans.notes)
    return _head(study.id, f"{study.publisher}: {study.title}", study.citation, study.caveat), found


def _head(name: str, title: str, citation: str, caveat: str = "") -> dict[str, Any]:
    return {"id": name, "title": title, "citation": citation, "caveat": caveat or None}


def _source(what: str, published: Day, document: str, publisher: str) -> dict[str, Any]:
    return {
        "what": what,
        "published": published.isoformat(),
        "document": document,
        "source": publisher,
    }
