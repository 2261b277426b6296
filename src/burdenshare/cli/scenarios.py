"""Commands that ask what follows: run, compare, scenarios, backtest."""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from burdenshare.cli.common import (
    AsOfOption,
    Format,
    FormatOption,
    app,
    open_world,
    print_answer,
    print_json,
    read_day,
    write,
)
from burdenshare.cli.progress import Progress, progress
from burdenshare.errors import UserError

if TYPE_CHECKING:
    import click

    from burdenshare.whatif.answer import Draw
    from burdenshare.whatif.plan import Plan, Result
    from burdenshare.whatif.scenarios import Scenario
    from burdenshare.world.load import World

DrawsOption = Annotated[int | None, typer.Option(metavar="N", help="how many futures are drawn")]
SeedOption = Annotated[int | None, typer.Option(metavar="S", help="the seed of all draws")]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="another value of the scenario"),
]
FolderOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="DIR", help="also write page and data to a new folder"),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="share the draws out: local, or a dask scheduler"),
]

SensitivityOption = Annotated[
    str | None,
    typer.Option(
        metavar="[OUTPUT]", help="which assumption moves the answer, or one figure of it, most"
    ),
]
VaryOption = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY=LOW..HIGH", help="with --sensitivity: how far a value may go"),
]


class Method(enum.StrEnum):
    """How it is found which assumption matters most."""

    morris = "morris"
    sobol = "sobol"


class _Run(TyperCommand):
    """The command `run`, whose --sensitivity may stand without a value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        return super().parse_args(ctx, _with_value(args, "--sensitivity"))


_MOST_SCORED = 100_000  # draws of a backtest, which holds all of a forecast at once


@app.command(cls=_Run)
def run(  # noqa: PLR0913, PLR0917 - the options of the command
    scenario: Annotated[str, typer.Argument(help="a name, such as us-leaves-nato, or a file")],
    draws: DrawsOption = None,
    seed: SeedOption = None,
    as_of: AsOfOption = None,
    settings: SetOption = None,
    output: FolderOption = None,
    form: FormatOption = Format.table,
    cluster: ClusterOption = None,
    sensitivity: SensitivityOption = None,
    method: Annotated[
        Method, typer.Option(help="with --sensitivity: morris or sobol")
    ] = Method.morris,
    vary: VaryOption = None,
) -> None:
    """Print what follows from a scenario: who pays what, who is protected, and how sure it is."""
    from burdenshare.showing.runs import run_text
    from burdenshare.whatif.answer import run_answer
    from burdenshare.whatif.flat import flat_rows
    from burdenshare.whatif.given import to_repeat, with_given
    from burdenshare.whatif.saving import check_folder, made_elsewhere
    from burdenshare.whatif.scenarios import MOST_DRAWS, read_scenario

    _check_numbers(draws, seed, MOST_DRAWS)
    if output is not None:
        check_folder(output)
    world = open_world()
    asked = read_scenario(world.own, scenario)
    if note := made_elsewhere(asked, world):
        print(f"burdenshare: {note}", file=sys.stderr)
    fixed = with_given(world, asked, (draws, seed, read_day(as_of)), settings or ())
    if sensitivity is not None:
        if output is not None or cluster is not None:
            raise UserError("--sensitivity prints a table: leave out -o and --cluster")
        _print_sensitivity(world, fixed, (sensitivity, method, vary or []), form)
        return
    others = to_repeat(asked, settings or ())
    with _drawing(cluster, runs=2) as draw:
        answer = run_answer(world, fixed, overrides=others, draw=draw)
    if output is not None:
        _save(answer.json, fixed, output)
    print_answer(answer.json, form, run_text, flat_rows(answer.json))
    if output is not None:
        where = sys.stdout if form is Format.table else sys.stderr
        print(f"report: {output / 'report.html'}", file=where)


@app.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="a scenario, by name or file")],
    second: Annotated[str, typer.Argument(metavar="B", help="another one")],
    draws: DrawsOption = None,
    seed: SeedOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print two scenarios side by side, over the same random numbers, and how they differ."""
    from burdenshare.showing.runs import compare_text
    from burdenshare.whatif.comparing import MOST_DRAWS, compare_answers

    _check_numbers(draws, seed, MOST_DRAWS)
    day = read_day(as_of)
    with progress("drawing") as report:
        found = compare_answers(open_world(), first, second, draws, seed, day, progress=report)
    print_answer(found, form, compare_text, found["rows"])


@app.command()
def scenarios(
    name: Annotated[str | None, typer.Argument(help="print the file of this one")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="print the JSON Schema")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Print the library of sourced proposals, or one of them as the file that it is."""
    from burdenshare.whatif.catalogue import scenario_answer
    from burdenshare.whatif.scenarios import read_scenario, schema_json

    if schema:
        write(schema_json())
    elif name is None:
        _list_scenarios(open_world(), form)
    elif form is Format.table:
        _print_file(open_world(), name)
    else:
        world = open_world()
        if form is Format.csv:
            raise UserError("one scenario is no table: write --format json, or leave out NAME")
        print_json(scenario_answer(world, read_scenario(world.own, name)))


@app.command()
def backtest(
    draws: DrawsOption = None,
    seed: SeedOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print how well past forecasts would have done, with what was known then."""
    from burdenshare.showing.runs import backtest_text
    from burdenshare.whatif import backtest as scored

    _check_numbers(draws, seed, _MOST_SCORED)
    with progress("forecasting again") as report:
        found = scored.backtest_answer(
            open_world(),
            draws=scored.DRAWS if draws is None else draws,
            seed=scored.SEED if seed is None else seed,
            progress=report,
        )
    print_answer(found, form, backtest_text, found["rows"])


def _with_value(args: Sequence[str], option: str) -> list[str]:
    """Return arguments in which an option that stands alone has an empty value.

    >>> _with_value(["us-leaves-nato", "--sensitivity", "--draws", "500"], "--sensitivity")
    ['us-leaves-nato', '--sensitivity', '', '--draws', '500']
    """
    found = []
    for place, each in enumerate(args, start=1):
        found.append(each)
        if each == option and (place == len(args) or args[place].startswith("-")):
            found.append("")
    return found


def _print_sensitivity(
    world: World, scenario: Scenario, asked: tuple[str, Method, Sequence[str]], form: Format
) -> None:
    from burdenshare.showing.sensitivity import sensitivity_text
    from burdenshare.whatif.sensitivity import sensitivity_answer

    output, method, ranges = asked
    with progress("varying assumptions") as report:
        found = sensitivity_answer(world, scenario, output, method, ranges, progress=report)
    print_answer(found, form, sensitivity_text, found["rows"])


def _check_numbers(draws: int | None, seed: int | None, most: int) -> None:
    """Refuse numbers that no run takes, under the names of the options."""
    for name, value, least, highest in (
        ("--draws", draws, 1, most),
        ("--seed", seed, 0, 2**63 - 1),
    ):
        if value is not None and not least <= value <= highest:
            raise UserError(f"{name} is {value}: write a whole number from {least} to {highest}")


@contextmanager
def _drawing(cluster: str | None, runs: int) -> Iterator[Draw]:
    """Give what draws a plan, here or on a cluster, with one bar for all its runs."""
    from burdenshare.whatif import engine

    def here(plan: Plan, draws: int, seed: int, report: Progress) -> Result:
        return engine.run(plan, draws, seed, report)

    with progress("drawing") as report:
        if cluster is None:
            yield _in_turn(here, runs, report)
            return
        from burdenshare.whatif.cluster import connected, run_plans

        with connected(cluster) as client:

            def there(plan: Plan, draws: int, seed: int, report: Progress) -> Result:
                [found] = run_plans(client, [plan], draws, seed, report)
                return found

            yield _in_turn(there, runs, report)


def _in_turn(
    work: Callable[[Plan, int, int, Progress], Result], runs: int, report: Progress
) -> Draw:
    """Return what draws one plan after the other and reports on all of them together."""
    done: list[int] = []

    def draw(plan: Plan, draws: int, seed: int) -> Result:
        before = len(done)
        done.append(draws)
        found = work(
            plan, draws, seed, lambda part, all_: report(before * all_ + part, runs * all_)
        )
        return found

    return draw


def _save(answer: dict[str, Any], scenario: Scenario, folder: Path) -> None:
    from burdenshare.showing.run_reports import run_html
    from burdenshare.whatif.saving import save_answer

    text = scenario.saved(answer["world"], answer["version"], answer["overrides"])
    save_answer(answer, text, run_html(answer), folder)


def _list_scenarios(world: World, form: Format) -> None:
    from burdenshare.showing.runs import scenarios_text
    from burdenshare.whatif.catalogue import scenarios_answer

    answer = scenarios_answer(world)
    print_answer(answer, form, scenarios_text, answer["rows"])


def _print_file(world: World, name: str) -> None:
    from burdenshare.files import read_text
    from burdenshare.whatif.scenarios import read_scenario, scenario_files

    read_scenario(world.own, name)  # a file that says nothing sound is an error here as well
    write(read_text(scenario_files(world.own).get(name, Path(name))))
