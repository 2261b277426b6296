"""What a scenario's changes are in plain words, one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from burdenshare.whatif.changes import (
    MEMBERS,
    Borrow,
    Change,
    Condition,
    Join,
    Leave,
    Reallocate,
    Set,
    Spend,
    Stop,
)
from burdenshare.world.budgets import find_budget
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_MOST = 4  # names in a sentence; of more only the number is told
_WAYS = {
    "rerun": "by the rule run again",
    "pro-rata": "in proportion to what the others pay",
    "shrink": "by a smaller budget",
}


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as they stand in a sentence.

    >>> listed(["Germany", "France", "Spain"])
    'Germany, France and Spain'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def countries(world: World, codes: Sequence[str]) -> str:
    """Return countries by name, or how many there are.

    >>> countries(World(), ["USA"])
    'the United States'
    """
    if len(codes) > _MOST:
        return f"{len(codes)} states"
    return listed([world.countries.spoken(code) for code in codes])


def day_of(change: Change, effects: Mapping[tuple[str, str], Day]) -> Day | None:
    """Return the day on which a change takes effect, where it has one."""
    on = getattr(change, "on", None)
    if on is None:
        on = max((day for (name, _), day in effects.items() if name == change.id), default=None)
    return on


def described(world: World, change: Change, on: Day | None) -> str:
    """Return a change as a sentence; `on` is the day on which it takes effect, if any.

    >>> change = Stop.model_validate({"id": "s", "do": "stop", "who": ["USA"],
    ...     "organisation": "wfp", "on": Day(2027, 1, 1), "citation": "x"})
    >>> described(World(), change, change.on)
    'The United States stops paying the World Food Programme on 2027-01-01.'
    """
    write = cast("Callable[[World, Any, Day | None], str]", _SENTENCES[type(change)])
    text = write(world, change, on)
    return f"{text[0].upper()}{text[1:]}."


def _who(world: World, change: Change) -> str:
    codes = list(getattr(change, "who", ()))
    but = countries(world, list(getattr(change, "but", ())))
    if MEMBERS in codes:
        name = getattr(change, "organisation", None)
        others = [countries(world, [code]) for code in codes if code != MEMBERS]
        every = f"every member of {_name(world, name)}" if name else "every member"
        text = listed([every, *others])
    else:
        text = countries(world, codes)
    return f"{text} but {but}" if but else text


def _many(change: Change) -> bool:
    who = getattr(change, "who", ())
    return len(who) > 1


def _name(world: World, organisation: str) -> str:
    name = world.find_organisation(organisation).name
    return f"the {name}" if " " in name else name


def _leave(world: World, change: Leave, on: Day | None) -> str:
    verb = "leave" if _many(change) else "leaves"
    text = f"{_who(world, change)} {verb} {_name(world, change.organisation)}"
    if change.decided:
        text += f": decided on {change.decided}, out on {on}" if on else f" ({change.decided})"
    elif on:
        text += f" on {on}"
    return text


def _join(world: World, change: Join, on: Day | None) -> str:
    verb = "join" if _many(change) else "joins"
    return f"{_who(world, change)} {verb} {_name(world, change.organisation)} on {on}"


def _set(world: World, change: Set, _: Day | None) -> str:
    kind, name = change.what.partition(":")[::2]
    if kind == "pledge":
        pledge = world.find_pledge(name.rpartition(".")[0])
        return f"the pledge “{pledge.title}” asks for {change.value:g} % of GDP"
    if kind == "budget":
        title = find_budget(world, name).title
        return f"the budget “{title}” is USD {change.value / 1e6:,.0f} million"
    return f"of the step to a pledge, members take {100 * change.value:g} % a year"


def _spend(world: World, change: Spend, _: Day | None) -> str:
    verb = "spend" if _many(change) else "spends"
    least = "" if change.mode == "exactly" else "at least "
    if change.path is not None:
        points = [f"{share:g} % of GDP in {year}" for year, share in sorted(change.path.items())]
        return f"{_who(world, change)} {verb} {least}{listed(points)}"
    if change.add is not None:
        text = f"{verb} {change.add:g} points of GDP more"
    else:
        text = f"{verb} {least}{change.share:g} % of GDP"
    for code, share in sorted(change.exceptions.items()):
        text += f", {countries(world, [code])} {share:g} %"
    return f"{_who(world, change)} {text}{_when(change)}"


def _when(change: Spend) -> str:
    """Return the years of a change, as they end its sentence."""
    if change.by is not None:
        text = f" by {change.by}, in even steps"
        text += f" from {change.first}" if change.first is not None else ""
    else:
        text = f" from {change.first} on" if change.first is not None else ""
    return text + (f", and not after {change.last}" if change.last is not None else "")


def _condition(world: World, change: Condition, _: Day | None) -> str:
    text = f"the guarantee of {_name(world, change.organisation)} is read as “{change.reading}”"
    return text + (f", at {change.threshold:g} % of GDP" if change.threshold is not None else "")


def _borrow(world: World, change: Borrow, _: Day | None) -> str:
    title = world.datasets[change.programme].title
    return f"{title}: drawn in equal parts from {change.first} to {change.last}"


def _reallocate(world: World, change: Reallocate, _: Day | None) -> str:
    ways = listed([_WAYS[way] for way in change.rules], "or")
    return f"{find_budget(world, change.budget).title} is paid by those who stay: {ways}"


def _stop(world: World, change: Stop, on: Day | None) -> str:
    verb = "stop" if _many(change) else "stops"
    text = f"{_who(world, change)} {verb} paying {_name(world, change.organisation)}"
    return text + (f" on {on}" if on else "")


_SENTENCES: dict[type, Callable[..., str]] = {
    Leave: _leave,
    Join: _join,
    Set: _set,
    Spend: _spend,
    Condition: _condition,
    Borrow: _borrow,
    Reallocate: _reallocate,
    Stop: _stop,
}
