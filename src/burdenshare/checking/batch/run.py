"""Checking many articles into one file: whole at the end, and never lost on the way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from burdenshare import __version__
from burdenshare.checking.batch import rows as table
from burdenshare.checking.batch.parts import Parts, Tally, check_output
from burdenshare.checking.batch.sources import items, sources, survey
from burdenshare.checking.batch.spreading import Spread, alone
from burdenshare.checking.batch.work import Options, Outcome, Part, parts, remember
from burdenshare.errors import UserError
from burdenshare.reading.extraction import HtmlReader, html_reader
from burdenshare.world.dates import Day
from burdenshare.world.load import World


@dataclass(frozen=True, slots=True)
class Asked:
    """Which articles are to be checked, and where the answers go.

    `names` are folders, .jsonl and .parquet files, and files of one article; `out` ends in
    .parquet, .csv or .jsonl. `date` and `outlet` are for articles that give none of their own.
    `again` makes anew what is there.
    """

    names: tuple[str, ...]
    out: Path
    date: Day | None = None
    encoding: str = "utf-8"
    reader: HtmlReader | None = None
    outlet: str | None = None
    again: bool = False


def _nothing(*_: object) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What is called on the way: how far it is, a remark, and what the ledger is to keep."""

    progress: Callable[[int, int], object] = _nothing
    note: Callable[[str], object] = _nothing
    keep: Callable[[Sequence[dict[str, Any]]], object] | None = None


def check_many(
    world: World, asked: Asked, spread: Spread = alone, hooks: Hooks | None = None
) -> Tally:
    """Check all articles and write one file; return how much was read.

    What is done stands in a folder OUT.parts until the end, so that the same call goes on where
    another was stopped. The file is the same, to the byte, however the work was spread and
    wherever it stopped. Raises UserError for inputs that cannot be opened, an output that is
    there, and a stopped run of something else; OSError where the disk or the workers fail.
    """
    hooks = hooks or Hooks()
    check_output(asked.out, asked.again)
    found = sources(asked.names, asked.encoding)
    digest, count = survey(found)
    if not count:
        raise UserError(f"{', '.join(asked.names)[:200]}: no article is there to check")
    reader = html_reader(asked.reader)
    options = Options(world.hash, str(world.own), reader, asked.date, hooks.keep is not None)
    if spread is alone:
        remember(options, world)
    made = Parts(asked.out, _header(digest, asked, options))
    with made.held(asked.again):
        done = sum(tally.items for tally in made.done.values())
        if done:
            hooks.note(f"going on after {done} of {count} articles")
        hooks.progress(done, count)
        named = (replace(each, outlet=each.outlet or asked.outlet) for each in items(found))
        left = (part for part in parts(named) if part.number not in made.done)
        with contextlib.closing(spread(options, left)) as results:
            for part, outcomes in results:
                _write(made, part, outcomes, options, hooks)
                done += len(part.items)
                hooks.progress(done, count)
        return made.join()


def _header(digest: str, asked: Asked, options: Options) -> dict[str, Any]:
    """Return what must be the same for a run to go on, by the words in which it is told."""
    return {
        "input": digest,
        "world": options.world,
        "version": __version__,
        "date": options.date and options.date.isoformat(),
        "encoding": asked.encoding,
        "outlet": asked.outlet,
        "html reader": options.reader,
    }


def _write(
    made: Parts, part: Part, outcomes: list[Outcome], options: Options, hooks: Hooks
) -> None:
    tally = Tally()
    data: list[table.Row] = []
    lines = made.out.suffix == ".jsonl"
    for item, outcome in zip(part.items, outcomes, strict=True):
        tally.take(item.path, outcome.found, outcome.problem)
        if lines:
            data.append(table.as_found(item, outcome.found, outcome.problem, options.world))
        else:
            data += table.rows(item, outcome.found, outcome.problem, options.world)
    if hooks.keep is not None:
        # Before the part counts as done: an interruption makes it keep twice what counts once.
        hooks.keep([each.entry for each in outcomes if each.entry is not None])
    made.write(part.number, data, tally)
