"""Checking many articles from the command line: the bar, the counts, and Ctrl-C."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from burdenshare.cli.common import Stopped, open_world, print_json, write
from burdenshare.errors import UserError

if TYPE_CHECKING:
    from burdenshare.checking.batch.parts import Tally
    from burdenshare.checking.batch.run import Asked
    from burdenshare.checking.batch.spreading import Spread
    from burdenshare.checking.ledger.place import Place

_MANY = (".jsonl", ".parquet")


@dataclass(frozen=True, slots=True)
class Means:
    """By how many processes articles are checked, or on which cluster."""

    jobs: int | None
    cluster: str | None


def only_one_each(files: Sequence[str]) -> None:
    """Refuse what holds many articles, where each name should be one of them."""
    for name in files:
        if Path(name).suffix.lower() in _MANY:
            raise UserError(f"{name} holds many articles: give -o OUT.parquet to check them all")


def check_batch(asked: Asked, means: Means, as_json: bool, ledger: bool) -> None:
    """Check many articles into one file and say how much was read.

    The exit code is 1 where none could be read, or where the ledger could not be written.
    """
    from burdenshare.checking.batch.run import Hooks, check_many
    from burdenshare.cli.progress import progress

    kept = _Kept(ledger)
    done: list[tuple[int, int]] = []
    with _told_where_it_stopped(done), _spread(means) as spread:
        world = open_world()
        with progress("checking articles") as report:

            def advance(part: int, whole: int) -> None:
                done[:] = [(part, whole)]
                report(part, whole)

            tally = check_many(world, asked, spread, Hooks(advance, _say, kept.hook()))
    _tell_unread(tally)
    if as_json:
        print_json({**world.header("batch", world.latest), **_summary(tally, asked.out)})
    else:
        write(_summary_text(tally, asked.out))
    kept.take_in()
    if not tally.read or kept.failed:
        raise typer.Exit(1)


class _Kept:
    """What goes to the ledger on the way; where it cannot, that is said once."""

    def __init__(self, wanted: bool) -> None:
        from burdenshare.checking.ledger.place import ledger_place

        self.place: Place | None = ledger_place() if wanted else None
        self.failed = False

    def hook(self) -> Callable[[Sequence[dict[str, Any]]], None] | None:
        """Return what keeps the entries of a part, or None where the ledger is off."""
        return None if self.place is None else self._put

    def _put(self, entries: Sequence[dict[str, Any]]) -> None:
        from burdenshare.checking.ledger import outbox

        assert self.place is not None
        if self.failed or not entries:
            return
        try:
            outbox.put(self.place.outbox, entries)
        except OSError as error:
            self.failed = True
            where = f"{self.place.outbox} cannot be written: {error.strerror or error}"
            _say(f"not kept for `burdenshare statements`: {where} (--no-ledger keeps nothing)")

    def take_in(self) -> None:
        """Take what was kept into the ledger itself."""
        from burdenshare.cli.ledger import send

        if self.place is not None and not self.failed:
            send(self.place)


@contextlib.contextmanager
def _spread(means: Means) -> Iterator[Spread]:
    """Give what spreads the work."""
    from burdenshare.checking.batch.spreading import MOST_JOBS, alone, on_cluster, processes

    if means.cluster is not None:
        if means.jobs is not None:
            raise UserError("--jobs and --cluster exclude each other: leave one out")
        from burdenshare.whatif.cluster import connected

        with connected(means.cluster) as client:
            yield on_cluster(client)
        return
    jobs = 1 if means.jobs is None else means.jobs
    if not 1 <= jobs <= MOST_JOBS:
        raise UserError(f"--jobs is {jobs}: write a whole number from 1 to {MOST_JOBS}")
    yield alone if jobs == 1 else processes(jobs)


@contextlib.contextmanager
def _told_where_it_stopped(done: Sequence[tuple[int, int]]) -> Iterator[None]:
    """Make of Ctrl-C the line that says how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        if not done:
            raise
        [(part, whole)] = done
        raise Stopped(
            f"stopped after {part} of {whole} articles: the same command goes on from there"
        ) from None


def _tell_unread(tally: Tally) -> None:
    from burdenshare.showing.words import clean, shorten

    missed = tally.items - tally.read
    if missed:
        _say(f"{missed} of {tally.items} articles could not be read")
        for path, why in tally.unread:
            print(f"  {shorten(clean(path), 200)}: {shorten(clean(why), 300)}", file=sys.stderr)
        if missed > len(tally.unread):
            print(f"  and {missed - len(tally.unread)} more", file=sys.stderr)


def _summary(tally: Tally, out: Path) -> dict[str, Any]:
    return {
        "output": str(out),
        "articles": tally.items,
        "read": tally.read,
        "statements": tally.statements,
        "claims": tally.verdicts,
        "unread": [{"path": path, "why": why} for path, why in tally.unread],
    }


def _summary_text(tally: Tally, out: Path) -> str:
    from burdenshare.showing.words import VERDICTS, clean

    told = [f"{tally.verdicts[each]} {each}" for each in VERDICTS if tally.verdicts.get(each)]
    claims = f"{sum(tally.verdicts.values())} claims" + (f" ({', '.join(told)})" if told else "")
    read = f"{tally.read} articles read: {tally.statements} statements, {claims}"
    return f"{read}\nwritten: {clean(out)}"


def _say(text: str) -> None:
    print(f"burdenshare: {text}", file=sys.stderr)
