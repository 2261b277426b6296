"""The command that answers what the EU's fiscal rules ask of a state: debt."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from burdenshare.cli.common import (
    AsOfOption,
    Format,
    FormatOption,
    app,
    listed,
    open_world,
    print_answer,
    read_day,
)
from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.whatif.debt.defence import Defence
    from burdenshare.world.dates import Day
    from burdenshare.world.load import World

_EU, _EUROPE = "eu", "eu-dsa"
_WEO_DEBT = "GGXWDG_NGDP"
_PATH = "+1.5:2025-2028"


@dataclass(frozen=True, slots=True)
class _Top:
    """What is spent and borrowed on top, how the answer names it, and the day of a scenario."""

    extra: str | Defence
    told: dict[str, Any]
    day: Day | None
    notes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@app.command()
def debt(  # noqa: PLR0913, PLR0917 - the options of the command
    country: Annotated[str | None, typer.Option(help="codes or names, split by commas")] = None,
    every: Annotated[bool, typer.Option("--all", help="all states: the default")] = False,
    adjust: Annotated[int, typer.Option(metavar="YEARS", help="4 or 7 years")] = 4,
    preset: Annotated[str, typer.Option(help="commission or bruegel")] = "commission",
    defence: Annotated[
        str | None,
        typer.Option(metavar="PATH", help=f"defence on top, % of GDP, such as {_PATH}"),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="what a scenario spends on top and borrows"),
    ] = None,
    no_stochastic: Annotated[
        bool, typer.Option("--no-stochastic", help="leave out the draws")
    ] = False,
    inputs: Annotated[
        str | None, typer.Option(help="eu-dsa, or commission-2024 for Finland")
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
    html: Annotated[Path | None, typer.Option(help="also write a page to this file")] = None,
) -> None:
    """Print what adjustment the EU's fiscal rules ask of a state, and where its debt goes."""
    from burdenshare.showing.debt import debt_rows, debt_text

    if every and country is not None:
        raise UserError("--all and --country exclude each other: leave one out")
    _check_top(defence, scenario, inputs)
    if html is not None:
        from burdenshare.showing.pages import check_page

        check_page(html)
    world, day = open_world(), read_day(as_of)
    top = _top(world, defence, scenario, day)
    day = top.day if top else day
    codes = _codes(world, country, top, day)
    found = _answer(world, codes, top, (adjust, preset, not no_stochastic, inputs), day)
    if html is not None:
        from burdenshare.showing.debt_report import write_debt_report

        write_debt_report(found, html)
    print_answer(found, form, debt_text, debt_rows(found))
    if html is not None:
        print(f"report: {html}", file=sys.stdout if form is Format.table else sys.stderr)


def _check_top(defence: str | None, scenario: str | None, inputs: str | None) -> None:
    """Refuse options that exclude each other."""
    if defence is not None and scenario is not None:
        raise UserError("--defence and --scenario exclude each other: leave one out")
    given = "--defence" if scenario is None else "--scenario"
    if (defence is not None or scenario is not None) and inputs not in (None, _EUROPE):
        raise UserError(f"{given} goes with the inputs {_EUROPE}: leave out --inputs")


def _top(world: World, defence: str | None, scenario: str | None, day: Day | None) -> _Top | None:
    """Return what is on top by a path or a scenario, None without either."""
    if defence is not None:
        from burdenshare.whatif.debt.defence import parse_defence

        path = {str(year): points for year, points in parse_defence(defence).items()}
        return _Top(defence, {"defence": path}, day)
    return None if scenario is None else _of_scenario(world, scenario, day)


def _of_scenario(world: World, name: str, day: Day | None) -> _Top:
    from burdenshare.whatif.contradictions import check_scenario
    from burdenshare.whatif.debt.defence import from_scenario
    from burdenshare.whatif.scenarios import read_scenario

    asked = read_scenario(world.own, name)
    when = day or asked.day(world)
    check_scenario(world, asked, when)
    found = from_scenario(world, asked, when)
    if not (found.spending or found.loans):
        studies = f"; what its studies ask: burdenshare run {asked.id}" if asked.studies else ""
        raise UserError(
            f"scenario {asked.id} neither borrows nor spends points of GDP on top{studies}\n"
            "write one that has a change with do = borrow, or do = spend and add, such as "
            "rearm-europe"
        )
    told = {"id": asked.id, "title": asked.title, "named": name}
    states = tuple(sorted({*found.spending, *found.loans}))
    return _Top(found, {"scenario": told}, when, found.notes, states)


def _answer(
    world: World,
    codes: tuple[list[str] | None, list[str]],
    top: _Top | None,
    rules: tuple[int, str, bool, str | None],
    day: Day | None,
) -> dict[str, Any]:
    """Return what the rules ask, and what is on top does to debt, inside and outside the EU.

    `codes` are members of the EU, None for all, and other states.
    """
    from burdenshare.whatif.debt.answer import debt_answer
    from burdenshare.whatif.debt.effects import debt_effects

    inside, others = codes
    adjust, preset, stochastic, inputs = rules
    if inside is None or inside:
        found = debt_answer(world, inside, adjust, preset, stochastic, inputs, day)
    else:
        found = _nothing_asked(world.header("debt", day or world.latest), adjust, preset)
    if top is None:
        return found
    who = [*(row["country"] for row in found["rows"]), *others]
    more = debt_effects(world, who, top.extra, adjust, preset, day, stochastic)
    notes = {"notes": [*found["notes"], *top.notes]}
    return found | notes | top.told | {"effects": more}


def _nothing_asked(header: dict[str, Any], adjust: int, preset: str) -> dict[str, Any]:
    """Return the answer where every state asked for is outside the EU."""
    blank = {"inputs": None, "release": None, "published": None}
    rows: dict[str, Any] = {"rows": [], "gaps": [], "notes": []}
    return header | {"adjust": adjust, "preset": preset} | blank | rows


def _codes(
    world: World, text: str | None, top: _Top | None, day: Day | None
) -> tuple[list[str] | None, list[str]]:
    """Return the members of the EU asked for, None for all, and the other states.

    Where none is named, those others that a scenario is about. Others are refused with nothing on
    top, for then there is nothing to say of them.
    """
    when = day or world.latest
    members = {each.country for each in world.organisations[_EU].members(when)}
    if text is None:
        return None, [code for code in (top.states if top else ()) if code not in members]
    codes = [world.countries.find(each) for each in listed(text)]
    if not codes:
        raise UserError("--country is empty: write codes or names, such as FRA,DEU")
    inside = [code for code in codes if code in members]
    others = [code for code in codes if code not in members]
    if others and top is None:
        code = others[0]
        raise UserError(
            f"{code} is no member of the EU on {when}: its fiscal rules ask nothing of it\n"
            f"its debt: burdenshare facts {_WEO_DEBT} --country {code}\n"
            f"what more defence does to it: burdenshare debt --country {code} --defence {_PATH}"
        )
    return inside, others
