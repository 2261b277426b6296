"""Budgets as data: who publishes the rates, which rules give them, what is taken for granted.

They stand in `content/<organisation>/budgets.toml`. The engine in `shares.py` runs what it finds
there, so that an organisation is added without touching the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import Table, read_toml
from burdenshare.world.dates import Day, Years
from burdenshare.world.readings import Assumption
from burdenshare.world.rules import CONFIDENCE, Rule

if TYPE_CHECKING:
    from burdenshare.world.load import World

# What a rule is given for an input: every country's row, the row of one country, the countries that
# have a figure in a year, their values of one year, the rates of another budget.
INPUT_KINDS = ("table", "row", "list", "values", "budget")
STATUSES = ("recomputed", "projection", "estimate")


@dataclass(frozen=True, slots=True)
class Input:
    """What a rule asks for by name, and the series or the budget that gives it."""

    id: str
    kind: str
    source: str
    countries: tuple[str, ...]
    then: bool  # as known when the rates were drawn up, not on the day of the question


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that is run, with a plain title and the unit of what it gives."""

    rule: Rule
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Period:
    """Years for which rates are drawn up: from which base years, by what was known on a day."""

    id: str
    first: Day
    last: Day
    bases: tuple[tuple[int, ...], ...]
    known: Day | None
    year: int | None
    status: str
    note: str

    def __contains__(self, year: int) -> bool:
        """Say whether a year belongs to the period."""
        return self.first.year <= year <= self.last.year


@dataclass(frozen=True, slots=True)
class Precedent:
    """What was done once when a member left, as a guide to one way of reallocating."""

    reallocation: str
    text: str
    citation: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget of an organisation, described so that the engine can run it.

    `published` is a series of rates in percent, or `amounts` are series of money whose sum is
    shared. `money` are ways to know the size, each of them series that are added up. `steps` are
    run once for each base period, `combine` makes rates of their last results, `check` names the
    limits that a set of rates breaks.
    """

    id: str
    organisation: str
    members: str
    title: str
    unit: str
    decimals: int
    published: str
    amounts: tuple[str, ...]
    money: tuple[str, ...]
    place: str
    steps: tuple[Step, ...]
    combine: Step | None
    check: Rule | None
    inputs: tuple[Input, ...]
    assumptions: Mapping[str, Assumption]
    periods: tuple[Period, ...]
    precedents: tuple[Precedent, ...]
    without_rule: str
    notes: tuple[str, ...]


def find_budget(world: World, name: str) -> Budget:
    """Return a budget by id, such as un.regular, or an error with a hint."""
    budgets = world.budgets
    key = name.strip().lower()
    if key not in budgets:
        raise UserError(f"budget {name[:40]!r} is unknown: {did_you_mean(key, budgets)}")
    return budgets[key]


def read_budgets(world: World) -> dict[str, Budget]:
    """Return the budgets of all organisations by id.

    >>> from burdenshare.world.load import World
    >>> "un.regular" in read_budgets(World())
    True
    """
    found: dict[str, Budget] = {}
    for organisation, folder in world.folders.items():
        path = folder / "budgets.toml"
        if not path.exists():
            continue
        table = read_toml(path)
        for each in table.tables("budget"):
            budget = _budget(world, organisation, each)
            found[budget.id] = budget
        table.table("given").texts("inputs")
        table.done()
    return found


def _budget(world: World, organisation: str, table: Table) -> Budget:
    rules = {n: r for n, r in world.rules_of(organisation).items() if r.kind == "contribution"}
    steps = tuple(_step(each, rules) for each in table.tables("step"))
    combine = table.table("combine")
    check = table.text("check", "")
    budget = Budget(
        id=f"{organisation}.{table.text('id')}",
        organisation=organisation,
        members=table.choice("members", world.organisations, organisation),
        title=table.text("title"),
        unit=table.text("unit"),
        decimals=table.whole("decimals"),
        published=_series(world, table, table.text("published", "")),
        amounts=tuple(_series(world, table, each) for each in table.texts("amounts")),
        money=tuple(_added(world, table, each) for each in table.texts("money")),
        place=table.choice("place", world.countries.codes, "WLD"),
        steps=steps,
        combine=_step(combine, rules) if combine.values else None,
        check=rules[table.choice("check", rules)] if check else None,
        inputs=tuple(_input(world, n, each) for n, each in table.named("inputs")),
        assumptions={a.id: a for a in map(_assumption, table.tables("assumption"))},
        periods=tuple(_period(each) for each in table.tables("period")),
        precedents=tuple(_precedent(each) for each in table.tables("precedent")),
        without_rule=table.text("without_rule", ""),
        notes=table.texts("notes"),
    )
    table.done()
    if bool(budget.steps) == bool(budget.without_rule):
        raise table.fail("without_rule", "why no rule gives the rates, or write [[budget.step]]")
    if not (budget.published or budget.amounts or budget.steps):
        raise table.fail("published", "a series of rates, or write amounts, series of money")
    return budget


def _series(world: World, table: Table, name: str) -> str:
    if name and name not in world.series:
        raise UserError(f"{table.where}: no series {name!r}: {did_you_mean(name, world.series)}")
    return name


def _added(world: World, table: Table, names: str) -> str:
    """Return series whose figures are added up, written "a + b"."""
    for name in names.split("+"):
        _series(world, table, name.strip())
    return names


def _step(table: Table, rules: Mapping[str, Rule]) -> Step:
    step = Step(rules[table.choice("id", rules)], table.text("title"), table.text("unit", ""))
    table.done()
    return step


def _input(world: World, name: str, table: Table) -> Input:
    kind = table.choice("kind", INPUT_KINDS, "table")
    source = table.text("budget" if kind == "budget" else "series")
    if kind != "budget":
        _series(world, table, source)
    found = Input(
        id=name.replace("-", "_"),
        kind=kind,
        source=source,
        countries=table.texts("countries"),
        then=table.flag("then"),
    )
    table.done()
    if kind == "row" and len(found.countries) != 1:
        raise table.fail("countries", "the one country whose row it is")
    return found


def _assumption(table: Table) -> Assumption:
    found = Assumption(
        id=table.text("id").replace("-", "_"),
        title=table.text("title"),
        options=table.texts("options"),
        lowest=0,
        highest=0,
        why=table.text("why"),
        citation=table.text("citation"),
        confidence=table.choice("confidence", CONFIDENCE),
    )
    table.done()
    if not found.options:
        raise table.fail("options", 'a list of texts, the first of which is taken: ["a", "b"]')
    return found


def _period(table: Table) -> Period:
    period = Period(
        id=table.text("id"),
        first=table.day("first"),
        last=table.day("last"),
        bases=tuple(tuple(Years.parse(b, f"{table.where}: bases")) for b in table.texts("bases")),
        known=table.day("known", None),
        year=table.whole("year", None),
        status=table.choice("status", STATUSES),
        note=table.text("note", ""),
    )
    table.done()
    return period


def _precedent(table: Table) -> Precedent:
    found = Precedent(
        reallocation=table.choice("reallocation", REALLOCATIONS),
        text=table.text("text"),
        citation=table.text("citation"),
        confidence=table.choice("confidence", CONFIDENCE),
    )
    table.done()
    return found


# What can be done with the share of a member that leaves.
REALLOCATIONS = {
    "rerun": "the rule run again without the leavers",
    "pro-rata": "the others take over the share in proportion to theirs",
    "shrink": "nobody takes it over: the budget is smaller, the others pay what they paid",
}
