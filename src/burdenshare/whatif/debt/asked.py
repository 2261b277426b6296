"""All that may be asked of debt at once: the fiscal rules, and what is spent on top of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from burdenshare.errors import UserError
from burdenshare.whatif.contradictions import check_scenario
from burdenshare.whatif.debt.answer import debt_answer
from burdenshare.whatif.debt.defence import Defence, from_scenario, parse_defence
from burdenshare.whatif.debt.effects import debt_effects
from burdenshare.whatif.scenarios import Scenario, read_scenario
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_EU, _EUROPE = "eu", "eu-dsa"
_WEO_DEBT = "GGXWDG_NGDP"
_PATH = "+1.5:2025-2028"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: which states, by which rules, and what is spent on top.

    `countries` are codes or names, None for all. `scenario` is a name or the scenario itself,
    `defence` a path such as "+1.5:2025-2028"; at most one of the two.
    """

    countries: tuple[str, ...] | None = None
    adjust: int = 4
    preset: str = "commission"
    defence: str | None = None
    scenario: str | Scenario | None = None
    stochastic: bool = True
    inputs: str | None = None
    as_of: Day | None = None


@dataclass(frozen=True, slots=True)
class _Top:
    """What is spent and borrowed on top, how the answer names it, and the day of a scenario."""

    extra: str | Defence
    told: dict[str, Any]
    day: Day | None
    notes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


def debt_asked(world: World, asked: Asked) -> dict[str, Any]:
    """Return what the rules ask, and what is on top does to debt, inside and outside the EU.

    Raises UserError for options that exclude each other, states that are unknown or have no such
    rules, and a scenario that spends nothing on top.

    >>> found = debt_asked(World(), Asked(("FIN",), stochastic=False))
    >>> [row["country"] for row in found["rows"]]
    ['FIN']
    """
    _check_top(asked)
    top = _top(world, asked)
    day = top.day if top else asked.as_of
    inside, others = _codes(world, asked.countries, top, day)
    if inside is None or inside:
        found = debt_answer(
            world, inside, asked.adjust, asked.preset, asked.stochastic, asked.inputs, day
        )
    else:
        found = _nothing_asked(world.header("debt", day or world.latest), asked)
    if top is None:
        return found
    who = [*(row["country"] for row in found["rows"]), *others]
    more = debt_effects(world, who, top.extra, asked.adjust, asked.preset, day, asked.stochastic)
    notes = {"notes": [*found["notes"], *top.notes]}
    return found | notes | top.told | {"effects": more}


def _check_top(asked: Asked) -> None:
    """Refuse options that exclude each other."""
    if asked.defence is not None and asked.scenario is not None:
        raise UserError("--defence and --scenario exclude each other: leave one out")
    given = "--defence" if asked.scenario is None else "--scenario"
    on_top = asked.defence is not None or asked.scenario is not None
    if on_top and asked.inputs not in (None, _EUROPE):
        raise UserError(f"{given} goes with the inputs {_EUROPE}: leave out --inputs")


def _top(world: World, asked: Asked) -> _Top | None:
    """Return what is on top by a path or a scenario, None without either."""
    if asked.defence is not None:
        path = {str(year): points for year, points in parse_defence(asked.defence).items()}
        return _Top(asked.defence, {"defence": path}, asked.as_of)
    return None if asked.scenario is None else _of_scenario(world, asked.scenario, asked.as_of)


def _of_scenario(world: World, given: str | Scenario, day: Day | None) -> _Top:
    asked = read_scenario(world.own, given) if isinstance(given, str) else given
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
    named = given if isinstance(given, str) else given.id
    told = {"id": asked.id, "title": asked.title, "named": named}
    states = tuple(sorted({*found.spending, *found.loans}))
    return _Top(found, {"scenario": told}, when, found.notes, states)


def _nothing_asked(header: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """Return the answer where every state asked for is outside the EU."""
    blank = {"inputs": None, "release": None, "published": None}
    rows: dict[str, Any] = {"rows": [], "gaps": [], "notes": []}
    return header | {"adjust": asked.adjust, "preset": asked.preset} | blank | rows


def _codes(
    world: World, given: tuple[str, ...] | None, top: _Top | None, day: Day | None
) -> tuple[list[str] | None, list[str]]:
    """Return the members of the EU asked for, None for all, and the other states.

    Where none is named, those others that a scenario is about. Others are refused with nothing on
    top, for then there is nothing to say of them.
    """
    when = day or world.latest
    members = {each.country for each in world.organisations[_EU].members(when)}
    if given is None:
        return None, [code for code in (top.states if top else ()) if code not in members]
    codes = [world.countries.find(each) for each in given]
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
