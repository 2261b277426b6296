"""Which assumption moves an answer most: the method of Morris, or of Sobol, over all of them.

Every case is drawn with the same random numbers, so that what differs is the assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from burdenshare.errors import UserError
from burdenshare.whatif.cases import BILL, Figure, bill_figure, spending_figure
from burdenshare.whatif.contradictions import check_scenario
from burdenshare.whatif.goals import pledging
from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import Scenario, read_scenario
from burdenshare.whatif.screening import Progress, screen
from burdenshare.whatif.varying import Case, Range, Varied
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_ORDER = {"morris": "mu_star", "sobol": "st"}


def sensitivity_answer(  # noqa: PLR0913, PLR0917 - what a user may ask
    world: World,
    scenario: Scenario | str,
    output: str = "",
    method: str = "morris",
    ranges: Sequence[str] = (),
    overrides: Sequence[str] = (),
    size: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return the assumptions of a scenario, that which moves a figure most first.

    `output` names the figure: `spending`, `share`, `meets`, `needed` or `cost`, each with :WHICH
    and @YEAR where wanted, or bill:BUDGET:COUNTRY; without it, the one that the scenario is about.
    `ranges` are KEY=LOW..HIGH for numbers of the scenario, such as core.share=3..4; others are
    varied by 20 % to both sides. `overrides` are KEY=VALUE as for --set, `size` is the number of
    trajectories of Morris, or of points of Sobol. The same seed gives the same numbers.

    By Morris, `mu_star` is by how much the figure moves on average, in its own unit, when the
    assumption goes from low to high. Raises UserError for unknown names, and a scenario of which no
    figure rests on an assumption.

    >>> answer = sensitivity_answer(World(), "us-leaves-un", size=4)
    >>> answer["output"]["id"], [row["key"] for row in answer["rows"]]
    ('bill:un.regular:CHN', ['budget', 'reallocation'])
    """
    asked = read_scenario(world.own, scenario) if isinstance(scenario, str) else scenario
    if overrides:
        asked = override(asked, overrides)
    day = asked.day(world)
    check_scenario(world, asked, day)
    figure = _figure(world, asked, day, output, read_ranges(ranges))
    start = Case(day)
    value = figure.of(start)
    varied, notes = _possible(figure, start)

    def function(values: tuple[float, ...]) -> float:
        return figure.of(_case(start, zip(varied, values, strict=True)))

    factors = [each.factor for each in varied]
    found = screen(factors, function, method, asked.seed, size, progress)
    rows: list[dict[str, Any]] = [
        {
            "key": each.key,
            "assumption": each.text,
            "unit": each.unit,
            "low": each.low,
            "high": each.high,
            **told,
        }
        for each, told in zip(varied, found, strict=True)
    ]
    order = _ORDER[method]
    rows.sort(key=lambda row: (-row[order], row["key"]))
    return {
        **world.header("sensitivity", day),
        "scenario": {"id": asked.id, "title": asked.title, "hash": asked.hash},
        "output": {
            "id": figure.id,
            "text": figure.text,
            "unit": figure.unit,
            "when": figure.when,
            "value": value,
        },
        "method": method,
        "seed": asked.seed,
        "headline": _headline(figure, rows, order),
        "rows": rows,
        "notes": notes,
    }


def read_ranges(pairs: Iterable[str]) -> dict[str, Range]:
    """Return ranges by key from KEY=LOW..HIGH, or an error that says what to write.

    >>> read_ranges(["core.share=3..4.5", "core.by=2030..2035"])
    {'core.share': (3.0, 4.5), 'core.by': (2030.0, 2035.0)}
    """
    found: dict[str, Range] = {}
    for pair in pairs:
        key, _, text = pair.partition("=")
        low, _, high = text.partition("..")
        try:
            ends = float(low), float(high)
        except ValueError:
            ends = 0.0, 0.0
        if not -1e15 < ends[0] < ends[1] < 1e15:
            raise UserError(f"range {pair[:60]!r}: write KEY=LOW..HIGH, such as core.share=3..4")
        found[key.strip()] = ends
    return found


def _figure(
    world: World, scenario: Scenario, day: Day, name: str, ranges: dict[str, Range]
) -> Figure:
    """Return the figure of a name; without one, of spending where the scenario moves any."""
    spends = bool(pledging(world, scenario.organisations))
    if name.partition(":")[0] == BILL or not (name or spends):
        return bill_figure(world, scenario, day, name, ranges)
    if not spends:
        raise UserError(
            f"scenario {scenario.id} moves no spending: write bill:BUDGET:COUNTRY, "
            "such as bill:un.regular:DEU"
        )
    return spending_figure(world, scenario, day, name, ranges)


def _possible(figure: Figure, start: Case) -> tuple[list[Varied], list[str]]:
    """Return the assumptions that can be made otherwise, and why others cannot.

    On an earlier day the scenario may name what nobody knew.
    """
    found, notes = [], []
    for each in figure.assumptions:
        if each.factor.options:
            try:
                figure.of(each.apply(start, 0.0))
            except UserError as error:
                notes.append(f"{each.key} is not varied: {error}")
                continue
        found.append(each)
    return found, notes


def _case(start: Case, values: Iterable[tuple[Varied, float]]) -> Case:
    return reduce(lambda case, pair: pair[0].apply(case, pair[1]), values, start)


def _headline(figure: Figure, rows: Sequence[dict[str, Any]], order: str) -> str:
    """Say in one sentence what moves the figure most."""
    subject = f"{figure.text[0].upper()}{figure.text[1:]} ({figure.when})"
    if not rows or rows[0][order] == 0:
        return f"{subject}: nothing that was varied moves it."
    first = rows[0]
    if order == "st":
        return f"{subject} is moved most by: {first['assumption']} ({first['st']:.0%} of variance)."
    by = f"{first['mu_star']:,.3g}" if first["mu_star"] < 1000 else f"{first['mu_star']:,.0f}"
    return f"{subject} is moved most by: {first['assumption']} (by {by} {figure.unit})."
