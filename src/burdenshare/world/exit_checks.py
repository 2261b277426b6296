"""The exits on record against the clauses: which come out on the recorded day."""

from __future__ import annotations

from burdenshare.errors import UserError
from burdenshare.world.clauses import Clause, Precedent
from burdenshare.world.exit_days import effect_of
from burdenshare.world.exits import exits_of
from burdenshare.world.load import World


def check_exits(world: World) -> tuple[int, list[str]]:
    """Return how many recorded days the clauses give, and where life went otherwise.

    Raises UserError where a clause gives another day than the one worked out for a notice, or a
    mark does not fit its days.
    """
    compared, otherwise = 0, []
    for name, folder in world.folders.items():
        if not (folder / "exit.toml").exists():
            continue
        exits = exits_of(world, world.organisations[name])
        clauses = {clause.id: clause for clause in exits.clauses}
        for each in exits.precedents:
            _check(name, clauses[each.clause], each)
            compared += each.predicted is not None
            if each.matches in ("no", "about"):
                otherwise.append(
                    f"{name}: {each.id}: the clause gives {each.predicted}, the record "
                    f"{each.effect} ({each.note or each.outcome})"
                )
    return compared, otherwise


def _check(name: str, clause: Clause, found: Precedent) -> None:
    where = f"content/{name}/exit.toml: precedent {found.id}"
    if found.predicted is not None:
        given = effect_of(clause, found.notice)
        if given != found.predicted:
            raise UserError(f"{where}: predicted is {found.predicted}, the clause gives {given}")
    both = found.predicted is not None and found.effect is not None
    fits = {True: ("yes",), False: ("no", "about")}[found.predicted == found.effect]
    if found.matches not in (fits if both else ("not applicable",)):
        raise UserError(f"{where}: matches is {found.matches!r}: the days do not say so")
