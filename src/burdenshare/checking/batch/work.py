"""Checking the articles of one part, in this process or in any other."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from burdenshare.checking.article import Checker
from burdenshare.checking.batch.sources import Item
from burdenshare.errors import UserError
from burdenshare.reading.extraction import HtmlReader
from burdenshare.reading.markup import looks_like_html, meta_date
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_MOST_ITEMS = 32  # in a part: what an interruption loses of each that is under way
_MOST_CHARACTERS = 4_000_000
_MADE = threading.local()  # a checker for each thread, made once


@dataclass(frozen=True, slots=True)
class Options:
    """What any process needs to check an item as all others do.

    `date` is for articles that give none; `own` is the folder of the user's own releases, `world`
    the hash of all that is known. With `keep`, what the ledger keeps is made as well.
    """

    world: str
    own: str
    reader: HtmlReader
    date: Day | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Items that are checked and written together."""

    number: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an item: its check as a dict, or the problem; `entry` is for the ledger."""

    found: dict[str, Any] | None
    problem: str = ""
    entry: dict[str, Any] | None = None


def parts(items: Iterable[Item]) -> Iterator[Part]:
    """Yield items in parts of bounded size, the same for the same items."""
    number, taken, size = 0, list[Item](), 0
    for item in items:
        taken.append(item)
        size += len(item.raw)
        if len(taken) == _MOST_ITEMS or size >= _MOST_CHARACTERS:
            yield Part(number, tuple(taken))
            number, taken, size = number + 1, [], 0
    if taken:
        yield Part(number, tuple(taken))


def check_items(options: Options, items: Sequence[Item]) -> list[Outcome]:
    """Check items with the checker of this thread.

    Raises UserError where another world is known here.
    """
    return [check_item(checker_of(options), options, item) for item in items]


def check_item(checker: Checker, options: Options, item: Item) -> Outcome:
    """Check one item; whatever goes wrong with it is told and does not stop the others."""
    if item.problem:
        return Outcome(None, item.problem)
    try:
        check = checker.check(item.raw, _day(item, options), item.path, item.html)
        found = check.as_dict()
        if not options.keep:
            return Outcome(found)
        from burdenshare.checking.ledger.outbox import entry
        from burdenshare.reading.outlets import page_outlet

        outlet = item.outlet or page_outlet(item.raw)
        return Outcome(found, entry=entry(check, outlet, item.url))
    except UserError as error:
        return Outcome(None, str(error).removeprefix(item.path).lstrip(": "))
    except Exception as error:  # one article in a hundred thousand must not end the run
        kind = type(error).__name__
        return Outcome(None, f"it could not be checked ({kind}): please report it")


def _day(item: Item, options: Options) -> Day | None:
    """Return the day to check an item for; None lets its page tell."""
    if item.date is not None or options.date is None:
        return item.date
    page = looks_like_html(item.raw) if item.html is None else item.html
    return None if page and meta_date(item.raw) else options.date


def remember(options: Options, world: World) -> None:
    """Let this thread check with a world that it has already."""
    key = (options.world, options.own, options.reader)
    made: tuple[object, Checker] | None = getattr(_MADE, "checker", None)
    if made is None or made[0] != key or made[1].world is not world:
        _MADE.checker = (key, Checker(world, charts=False, reader=options.reader))


def checker_of(options: Options) -> Checker:
    """Return the checker of this thread, with the world that all others have."""
    key = (options.world, options.own, options.reader)
    made: tuple[object, Checker] | None = getattr(_MADE, "checker", None)
    if made is None or made[0] != key:
        world = World(Path(options.own))
        if world.hash != options.world:
            raise UserError(
                f"a worker knows world {world.hash}, this is world {options.world}:\n"
                "install the same version and the same releases there"
            )
        remember(options, world)
    found: Checker = _MADE.checker[1]
    return found
