"""Commands that answer from the figures: facts, revisions, pledge, sql, verify."""

from __future__ import annotations

from typing import Annotated, Any

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


@app.command()
def facts(
    series: Annotated[str, typer.Argument(help="such as share_gdp, NGDPD or EXR.USD")],
    country: Annotated[str | None, typer.Option(help="codes or names, split by commas")] = None,
    year: Annotated[str | None, typer.Option(help="2024 or 2014..2024")] = None,
    as_of: AsOfOption = None,
    all_releases: Annotated[bool, typer.Option("--all-releases", help="every release")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Print figures as they were known on a day, and the gaps with their reasons."""
    from burdenshare.showing.tables import facts_text
    from burdenshare.world.answers import facts as answer

    found = answer(open_world(), series, listed(country), year, read_day(as_of), all_releases)
    print_answer(found, form, facts_text, [*found["rows"], *found["gaps"]])


@app.command()
def revisions(
    series: Annotated[str, typer.Argument(help="such as share_gdp")],
    year: Annotated[int, typer.Option(help="the year whose figures are compared")],
    at_least: Annotated[float | None, typer.Option(help="count the countries at or above")] = None,
    as_of: AsOfOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Print one year in every release: the count at or above a value, and who flipped."""
    from burdenshare.showing.tables import revisions_text
    from burdenshare.world.answers import revisions as answer

    found = answer(open_world(), series, year, at_least, read_day(as_of))
    print_answer(found, form, revisions_text, found["releases"])


@app.command()
def pledge(
    name: Annotated[str, typer.Argument(metavar="ID", help="such as nato.wales-2014")],
    year: Annotated[int | None, typer.Option(help="the year; the newest known if left out")] = None,
    as_of: AsOfOption = None,
    criterion: Annotated[str | None, typer.Option(help="such as equipment")] = None,
    form: FormatOption = Format.table,
) -> None:
    """Print who meets a pledge, who misses it and by how much, and who cannot be assessed."""
    from burdenshare.showing.tables import pledge_text
    from burdenshare.world.assess import pledge_answer, pledge_rows

    found = pledge_answer(open_world(), name, year, read_day(as_of), criterion)
    print_answer(found, form, pledge_text, pledge_rows(found))


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="over facts, releases, publications, series …")],
    form: FormatOption = Format.table,
) -> None:
    """Answer a SQL query over the figures (DuckDB)."""
    from burdenshare.showing.tables import grid
    from burdenshare.world.sql import query as answer

    world = open_world()
    names, rows = answer(world, query)
    records = [dict(zip(names, row, strict=True)) for row in rows]
    found = {**world.header("sql", world.latest), "columns": names, "rows": records}
    print_answer(
        found, form, lambda _: grid(names, [[_cell(c) for c in row] for row in rows]), records
    )


@app.command()
def verify(form: FormatOption = Format.table) -> None:
    """Check the world itself: every row, every file, and what each release revised."""
    from burdenshare.showing.tables import verify_text
    from burdenshare.world.verify import verify as answer

    found = answer(open_world())
    rows = [{"dataset": d["dataset"], **r} for d in found["datasets"] for r in d["revised"]]
    print_answer(found, form, verify_text, rows)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
