"""Who may leave, how, and when at the earliest: the steps of an exit, each with its rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.cases import Case
from burdenshare.world.clauses import Clause, Exits
from burdenshare.world.dates import Day
from burdenshare.world.exit_days import Leaving
from burdenshare.world.exit_files import read_exits
from burdenshare.world.exit_steps import (
    decision,
    iso,
    laws_beside,
    lost,
    notes,
    precedents,
    readings,
    sides,
    surviving,
    treaty_steps,
)
from burdenshare.world.gates import Gates, read_gates
from burdenshare.world.gates import steps as gate_steps
from burdenshare.world.load import World
from burdenshare.world.organisations import Organisation
from burdenshare.world.standing import find_country, spells_of, standing

GATES = ("senate", "act")


def exit_answer(
    world: World,
    org: str,
    country: str,
    decided: Day,
    gates: Sequence[str] = GATES,
    as_of: Day | None = None,
) -> dict[str, Any]:
    """Return the steps by which a country leaves, with the earliest day of each.

    `gates` are the ways of domestic consent to show; without any, domestic law is left out.
    Raises UserError for an organisation, a country or a day with which there is nothing to answer.

    >>> from burdenshare.world.load import World
    >>> found = exit_answer(World(), "unesco", "USA", Day(2025, 7, 22))
    >>> found["earliest_effect"]
    '2026-12-31'
    """
    day = as_of or world.latest
    case = _case(world, org, country, decided, day)
    law = read_gates(case.country)
    _check_gates(gates, law)
    clause = case.clause
    if clause.timing.type == "no-membership":
        return {**_head(case, gates), **_nothing(case)}
    base = case.path(clause, clause.timing, decided)
    laws = law.on(case.organisation.id, base.notice, day) if law and gates else []
    domestic = list(gate_steps(law, laws, decided, gates)) if law else []
    floor = max([base.notice, *(first for _, first in domestic if first)])
    main = case.path(clause, clause.timing, floor)
    return {
        **_head(case, gates),
        "outcome": "dated" if main.effect else "open",
        "steps": [
            decision(case, law),
            *(step for step, _ in domestic),
            *treaty_steps(case, main, law, laws),
        ],
        "earliest_notice": main.notice.isoformat(),
        "earliest_effect": iso(main.effect),
        "effect_rule": clause.effect,
        "revocable": clause.revocable,
        "readings": [*readings(case, floor), *sides(case, law, laws, floor)],
        "surviving_obligations": surviving(clause),
        "related": laws_beside(case, law, main.effect),
        "precedents": precedents(case),
        "notes": list(notes(case, law, main, gates)),
    }


def exits_of(world: World, organisation: Organisation) -> Exits:
    """Return what is held about leaving an organisation, or an error that names those held."""
    path = world.folders[organisation.id] / "exit.toml"
    if not path.exists():
        held = [name for name, each in world.folders.items() if (each / "exit.toml").exists()]
        hint = did_you_mean(organisation.id, held)
        raise UserError(f"no rule on leaving {organisation.name} is held: {hint}")
    return read_exits(path, world.countries.codes)


def run_case(world: World, case: Case) -> str:
    """Return what is wrong with a case of rule "exit", or an empty text where the answer agrees.

    The inputs are those of `exit_answer` but the organisation; what is expected is the day of
    leaving, or "open" where no rule fixes one.
    """
    given = dict(case.inputs)
    try:
        found = exit_answer(
            world,
            case.organisation,
            given.pop("country"),
            given.pop("decided"),
            given.pop("gates", GATES),
            case.as_of,
        )
    except UserError as error:
        return "" if not case.known else f"{case}: {error}"
    if given:
        return f"{case}: inputs that no exit takes: {', '.join(given)}"
    effect = found["earliest_effect"]
    result = found["outcome"] if effect is None else Day.fromisoformat(effect)
    if case.known and result == case.expect:
        return ""
    return f"{case}: expected {case.expect}, the rule gives {result} ({case.source})"


def _case(world: World, org: str, country: str, decided: Day, as_of: Day) -> Leaving:
    organisation = world.find_organisation(org)
    exits = exits_of(world, organisation)
    code = find_country(world, country)
    clause = _clause_for(exits, organisation.name, code, decided, as_of)
    spells = spells_of(organisation, exits, code, as_of)
    case = Leaving(world, organisation, exits, clause, code, spells, decided, as_of)
    standing(case)
    return case


def _clause_for(exits: Exits, name: str, country: str, decided: Day, as_of: Day) -> Clause:
    main = [each for each in exits.clauses if not each.beside]
    for each in main:
        if each.fits(country, decided, as_of):
            return each
    known = min(each.known_from for each in main)
    if known > as_of:
        raise UserError(
            f"{name}: no rule on leaving was known on {as_of}:\n"
            f"the first one became known on {known}"
        )
    first = min(main, key=lambda each: each.in_force)
    raise UserError(
        f"{name}: decided on {decided}, but {first.instrument} came into force on "
        f"{first.in_force}:\nwrite that day or a later one"
    )


def _check_gates(gates: Sequence[str], law: Gates | None) -> None:
    known = law.routes() if law else list(GATES)
    for each in gates:
        if each not in known:
            raise UserError(f"gate {each[:40]!r} is unknown: {did_you_mean(each, known)}")


def _head(case: Leaving, gates: Sequence[str]) -> dict[str, Any]:
    clause = case.clause
    return {
        **case.world.header("exit", case.as_of),
        "organisation": case.organisation.id,
        "organisation_name": case.organisation.name,
        "country": case.country,
        "country_name": case.world.countries.name(case.country),
        "decided": case.decided.isoformat(),
        "gates": list(gates),
        "rule": clause.id,
        "type": clause.timing.type,
        "instrument": clause.instrument,
        "provision": clause.provision,
        "citation": clause.citation,
        "confidence": clause.confidence,
        "checked": clause.checked,
        "words": clause.words,
    }


def _nothing(case: Leaving) -> dict[str, Any]:
    return {
        "outcome": "nothing to leave",
        "steps": [lost(case)],
        "earliest_notice": None,
        "earliest_effect": None,
        "effect_rule": case.clause.effect,
        "revocable": "",
        "readings": [],
        "surviving_obligations": surviving(case.clause),
        "related": [],
        "precedents": precedents(case),
        "notes": list(notes(case, None, None, GATES)),
    }
