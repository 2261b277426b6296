"""The command that answers what the EU's fiscal rules ask of a state: debt."""

from __future__ import annotations

import sys
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
    from burdenshare.world.dates import Day
    from burdenshare.world.load import World

_EU, _EUROPE = "eu", "eu-dsa"
_WEO_DEBT = "GGXWDG_NGDP"
_PATH = "+1.5:2025-2028"


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
    if defence is not None and inputs not in (None, _EUROPE):
        raise UserError(f"--defence goes with the inputs {_EUROPE}: leave out --inputs")
    if html is not None:
        from burdenshare.showing.pages import check_page

        check_page(html)
    world, day = open_world(), read_day(as_of)
    codes = _codes(world, country, defence, day)
    found = _answer(world, codes, defence, (adjust, preset, not no_stochastic, inputs), day)
    if html is not None:
        from burdenshare.showing.debt_report import write_debt_report

        write_debt_report(found, html)
    print_answer(found, form, debt_text, debt_rows(found))
    if html is not None:
        print(f"report: {html}", file=sys.stdout if form is Format.table else sys.stderr)


def _answer(
    world: World,
    codes: tuple[list[str] | None, list[str]],
    defence: str | None,
    rules: tuple[int, str, bool, str | None],
    day: Day | None,
) -> dict[str, Any]:
    """Return what the rules ask, and with a path what it does to debt, inside and outside the EU.

    `codes` are members of the EU, None for all, and other states.
    """
    from burdenshare.whatif.debt.answer import debt_answer
    from burdenshare.whatif.debt.defence import parse_defence
    from burdenshare.whatif.debt.effects import debt_effects

    inside, others = codes
    adjust, preset, stochastic, inputs = rules
    path = None if defence is None else parse_defence(defence)
    if inside is None or inside:
        found = debt_answer(world, inside, adjust, preset, stochastic, inputs, day)
    else:
        found = _nothing_asked(world.header("debt", day or world.latest), adjust, preset)
    if defence is None or path is None:
        return found
    who = [*(row["country"] for row in found["rows"]), *others]
    more = debt_effects(world, who, defence, adjust, preset, day, stochastic)
    return found | {
        "defence": {str(year): each for year, each in path.items()},
        "effects": more,
    }


def _nothing_asked(header: dict[str, Any], adjust: int, preset: str) -> dict[str, Any]:
    """Return the answer where every state asked for is outside the EU."""
    blank = {"inputs": None, "release": None, "published": None}
    rows: dict[str, Any] = {"rows": [], "gaps": [], "notes": []}
    return header | {"adjust": adjust, "preset": preset} | blank | rows


def _codes(
    world: World, text: str | None, defence: str | None, day: Day | None
) -> tuple[list[str] | None, list[str]]:
    """Return the members of the EU asked for, None for all, and the other states.

    Others are refused without a path, for then there is nothing to say of them.
    """
    if text is None:
        return None, []
    when = day or world.latest
    members = {each.country for each in world.organisations[_EU].members(when)}
    codes = [world.countries.find(each) for each in listed(text)]
    if not codes:
        raise UserError("--country is empty: write codes or names, such as FRA,DEU")
    inside = [code for code in codes if code in members]
    others = [code for code in codes if code not in members]
    if others and defence is None:
        code = others[0]
        raise UserError(
            f"{code} is no member of the EU on {when}: its fiscal rules ask nothing of it\n"
            f"its debt: burdenshare facts {_WEO_DEBT} --country {code}\n"
            f"what more defence does to it: burdenshare debt --country {code} --defence {_PATH}"
        )
    return inside, others
