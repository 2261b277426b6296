"""Commands that answer from the rules: shares, rights, guarantee, exit, votes, new."""

from __future__ import annotations

from typing import Annotated

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
    write,
)
from burdenshare.errors import UserError

new = typer.Typer(rich_markup_mode=None, help="Make the commented files of something new.")
app.add_typer(new, name="new")

AssumeOption = Annotated[
    list[str] | None, typer.Option("--assume", metavar="K=V", help="an assumption, set anew")
]


@app.command()
def shares(  # noqa: PLR0913, PLR0917 - the options of the command
    budget: Annotated[str, typer.Argument(help="such as un.regular or nato.common")],
    period: Annotated[str | None, typer.Option(help="such as 2025-2027, or a year")] = None,
    steps: Annotated[bool, typer.Option("--steps", help="every member after every step")] = False,
    without: Annotated[str | None, typer.Option(help="leavers, split by commas")] = None,
    reallocate: Annotated[str, typer.Option(help="rerun, pro-rata, shrink")] = "rerun",
    assume: AssumeOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print who pays a budget: published shares beside computed ones, with or without leavers."""
    from burdenshare.showing.shares import shares_text
    from burdenshare.world.shares import shares_answer, shares_rows

    found = shares_answer(
        open_world(),
        budget,
        period,
        steps,
        listed(without),
        listed(reallocate),
        _pairs(assume),
        read_day(as_of),
    )
    print_answer(found, form, shares_text, shares_rows(found))


@app.command()
def rights(
    organisation: Annotated[str, typer.Argument(help="such as un")],
    country: Annotated[str, typer.Option(help="code or name")],
    arrears: Annotated[float | None, typer.Option(help="arrears in US dollars")] = None,
    due: Annotated[
        str | None, typer.Option(help="dues of the two years before, in US dollars: A,B")
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print what an organisation's rules on rights find for a member in arrears."""
    from burdenshare.showing.shares import rights_text
    from burdenshare.world.rights import rights_answer

    owed = [_number(each, "--due") for each in listed(due)]
    found = rights_answer(open_world(), organisation, country, read_day(as_of), arrears, owed)
    print_answer(found, form, rights_text, found["findings"])


@app.command()
def guarantee(  # noqa: PLR0913, PLR0917 - the options of the command
    organisation: Annotated[str, typer.Argument(help="such as nato")],
    reading: Annotated[list[str] | None, typer.Option(help="such as pay-or-no-protection")] = None,
    threshold: Annotated[str | None, typer.Option(help="in the unit of the measure")] = None,
    year: Annotated[str | None, typer.Option(help="2024, or 2014..2024 with --by-release")] = None,
    by_release: Annotated[
        bool, typer.Option("--by-release", help="one reading in every release")
    ] = False,
    assume: AssumeOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print who is protected, who is not and what is open, by each reading of the guarantee."""
    from burdenshare.showing.guarantee import guarantee_rows, guarantee_text
    from burdenshare.world.guarantee import guarantee_answer

    if by_release:
        _by_release(organisation, reading or [], threshold, year, _pairs(assume), as_of, form)
        return
    found = guarantee_answer(
        open_world(),
        organisation,
        reading or (),
        threshold,
        _year(year),
        read_day(as_of),
        _pairs(assume),
    )
    print_answer(found, form, guarantee_text, guarantee_rows(found))


@app.command(name="exit")
def exit_(
    organisation: Annotated[str, typer.Argument(help="such as nato, un or unesco")],
    country: Annotated[str, typer.Option(help="code or name")],
    decided: Annotated[str, typer.Option(metavar="DAY", help="the day of the decision")],
    gate: Annotated[str, typer.Option(help="domestic consent: senate, act")] = "senate,act",
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print how a country may leave: steps, earliest days, what is open, what survives."""
    from burdenshare.showing.exits import exit_rows, exit_text
    from burdenshare.world.exits import exit_answer

    day = read_day(decided, "--decided")
    assert day is not None
    found = exit_answer(open_world(), organisation, country, day, listed(gate), read_day(as_of))
    print_answer(found, form, exit_text, exit_rows(found))


@app.command()
def votes(
    question: Annotated[str, typer.Argument(help="such as nato-exit")],
    chamber: Annotated[str, typer.Option(help="senate or house")] = "senate",
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print what a vote needs, and who of those sitting is on record for or against."""
    from burdenshare.showing.exits import votes_rows, votes_text
    from burdenshare.world.votes import votes_answer

    found = votes_answer(open_world(), question, chamber, read_day(as_of))
    print_answer(found, form, votes_text, votes_rows(found))


@new.command()
def organisation(
    name: Annotated[str, typer.Argument(help="a short name, such as baltic-council")],
) -> None:
    """Make the commented files of a new organisation in your own folder."""
    from burdenshare.world.load import home
    from burdenshare.world.scaffold import new_organisation

    for path in new_organisation(name, home() / "organisations"):
        write(str(path))


def _by_release(  # noqa: PLR0913, PLR0917 - the options of the command
    organisation: str,
    readings: list[str],
    threshold: str | None,
    year: str | None,
    assume: dict[str, str],
    as_of: str | None,
    form: Format,
) -> None:
    from burdenshare.showing.guarantee import matrix_rows, matrix_text, sweep_text
    from burdenshare.world.coverage import guarantee_matrix, guarantee_sweep

    if len(readings) != 1:
        raise UserError("--by-release shows one reading: give one --reading")
    world, day = open_world(), read_day(as_of)
    if year and ".." in year:
        found = guarantee_sweep(world, organisation, readings[0], threshold, year, day, assume)
        print_answer(found, form, sweep_text, found["years"])
    else:
        found = guarantee_matrix(
            world, organisation, readings[0], threshold, _year(year), day, assume
        )
        print_answer(found, form, matrix_text, matrix_rows(found))


def _pairs(texts: list[str] | None) -> dict[str, str]:
    pairs = {}
    for text in texts or []:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UserError(f"--assume is {text[:40]!r}: write NAME=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    if not (len(text) == 4 and text.isdigit()):
        raise UserError(f"--year is {text[:40]!r}: write four digits, such as 2024")
    return int(text)


def _number(text: str, what: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UserError(f"{what} is {text[:40]!r}: write a number, such as 1.5e9") from None
