"""The command that asks the ledger, and what `check` leaves there."""

from __future__ import annotations

import enum
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from burdenshare.cli.common import app, open_world, read_day, write
from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.checking.ledger.base import Base
    from burdenshare.checking.ledger.place import Place
    from burdenshare.checking.results import Check


class LedgerFormat(enum.StrEnum):
    """How an answer of the ledger is written."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    jsonld = "jsonld"


class SaidStance(enum.StrEnum):
    """On which side of a proposition a statement stands."""

    for_ = "for"
    against = "against"
    conditional = "conditional"
    none = "none"


class SaidVerdict(enum.StrEnum):
    """What the check of a claim came to."""

    supported = "supported"
    contradicted = "contradicted"
    superseded = "superseded"
    depends = "depends"
    unchecked = "unchecked"


@app.command()
def statements(  # noqa: PLR0913, PLR0917 - the options of the command
    person: Annotated[str | None, typer.Option(help="id, name or surname")] = None,
    proposition: Annotated[
        str | None, typer.Option(metavar="SLUG", help="such as us-leaves-nato")
    ] = None,
    stance: Annotated[
        SaidStance | None, typer.Option(help="for, against, conditional or none")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="who published it")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="said on it or later")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="said on it or earlier")] = None,
    verdict: Annotated[
        SaidVerdict | None, typer.Option(help="statements and claims with this verdict")
    ] = None,
    claims: Annotated[bool, typer.Option("--claims", help="claims with their verdicts")] = False,
    amplified: Annotated[
        bool, typer.Option("--amplified", help="who passed on the words of whom")
    ] = False,
    positions: Annotated[
        bool, typer.Option("--positions", help="stances over time, beside recorded votes")
    ] = False,
    article: Annotated[str | None, typer.Option(metavar="ID", help="one article")] = None,
    forget: Annotated[
        str | None, typer.Option(metavar="ID", help="remove an article from the ledger")
    ] = None,
    form: Annotated[
        LedgerFormat | None,
        typer.Option("--format", help="table, json, csv, parquet or jsonld"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="write to FILE, not to the screen")
    ] = None,
) -> None:
    """Print who said what, when and via whom, in the articles checked so far."""
    from burdenshare.checking.ledger.ask import Question, ask
    from burdenshare.checking.ledger.base import Base
    from burdenshare.checking.ledger.place import VARIABLE, ledger_place

    place = ledger_place()
    if place is None:
        raise UserError(f"{VARIABLE} is off, so nothing is kept: unset it, or name a file")
    wanted = {"claims": claims or verdict, "positions": positions, "amplifications": amplified}
    parts = [name for name, each in wanted.items() if each] or ["rows"]
    form = _form(form, output, parts)
    question = Question(
        person=person,
        proposition=proposition,
        stance=stance and stance.value,
        outlet=outlet,
        since=read_day(since, "--since"),
        until=read_day(until, "--until"),
        verdict=verdict and verdict.value,
        article=article,
    )
    with Base(place) as base:
        whole = _take_in(base)
        if forget is not None:
            _forget(base, forget)
        else:
            _write(ask(base, open_world(), question), parts, form, output)
    if not whole:
        raise typer.Exit(1)


def keep(checks: Sequence[Check], outlet: str | None = None, wanted: bool = True) -> None:
    """Keep what was found for the ledger, unless that is off; a server gets it at once.

    Where it cannot be kept, one line on standard error says so and the exit code is 1.
    """
    from burdenshare.checking.ledger.place import ledger_place

    place = ledger_place() if wanted else None
    if place is None:
        return
    from burdenshare.checking.ledger import outbox
    from burdenshare.reading.outlets import page_outlet

    entries = [outbox.entry(each, outlet or page_outlet(each.document.raw)) for each in checks]
    try:
        outbox.put(place.outbox, entries)
    except OSError as error:
        where = f"{place.outbox} cannot be written: {error.strerror or error}"
        _say(f"not kept for `burdenshare statements`: {where} (--no-ledger keeps nothing)")
        raise typer.Exit(1) from None
    if place.server:
        send(place)


def send(place: Place) -> None:
    """Take the outbox in; where the server cannot do so now, it waits on and nothing is lost."""
    from burdenshare.checking.ledger.base import Base

    with Base(place) as base:
        try:
            _take_in(base)
        except UserError as error:
            _say(f"kept in {place.outbox} until the server takes it: {str(error).splitlines()[0]}")


def _take_in(base: Base) -> bool:
    """Take the outbox in; say what could not be, and return whether all was."""
    from burdenshare.checking.ledger.store import take_in

    try:
        taken = take_in(base)
    except OSError as error:
        _say(f"checks wait in {base.place.outbox}: {error.strerror or error}")
        return False
    for path in taken.unreadable:
        _say(f"a check could not be read and was put aside: {path}")
    return not taken.unreadable


def _forget(base: Base, given: str) -> None:
    from burdenshare.checking.ledger.store import forget

    write(f"forgotten: article {forget(base, given)}")


def _form(form: LedgerFormat | None, output: Path | None, parts: Sequence[str]) -> LedgerFormat:
    """Return the form asked for, else the one that the name of the file means, else a table."""
    if form is None and output is not None:
        known = {f".{each.value}": each for each in LedgerFormat}
        form = known.get(output.suffix.lower())
        if form is None:
            raise UserError(f"-o {output}: give --format, or end the name in .csv or .parquet")
    form = form or LedgerFormat.table
    if form is LedgerFormat.parquet and output is None:
        raise UserError("--format parquet needs a file: give -o statements.parquet")
    if form in (LedgerFormat.csv, LedgerFormat.parquet) and len(parts) > 1:
        raise UserError(f"--format {form} holds one table: give one of --claims, --positions …")
    return form


def _write(
    answer: dict[str, Any], parts: Sequence[str], form: LedgerFormat, output: Path | None
) -> None:
    from burdenshare.checking.ledger import export

    if form is LedgerFormat.parquet:
        assert output is not None
        export.write_parquet(answer, parts[0], output)
    elif output is not None:
        export.write_text(_text(answer, parts, form), output)
    else:
        write(_text(answer, parts, form))
    if output is not None:
        _say(f"written: {output}")


def _text(answer: dict[str, Any], parts: Iterable[str], form: LedgerFormat) -> str:
    import json

    if form is LedgerFormat.json:
        return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
    if form is LedgerFormat.jsonld:
        from burdenshare.checking.ledger.linked import json_ld

        return json.dumps(json_ld(answer), ensure_ascii=False, indent=2) + "\n"
    if form is LedgerFormat.csv:
        from burdenshare.checking.ledger.export import flat_rows
        from burdenshare.showing.tables import as_csv

        return as_csv(flat_rows(answer, next(iter(parts))))
    from burdenshare.showing.ledger import ledger_text

    return ledger_text(answer, list(parts)) + "\n"


def _say(text: str) -> None:
    print(f"burdenshare: {text}", file=sys.stderr)
