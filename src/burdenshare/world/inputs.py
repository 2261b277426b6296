"""The names that a rule may ask for: what the library computes, and what the organisation declares.

A rule names its inputs as arguments. `GIVEN` lists what the library's own engines hand to a rule
of each kind. An organisation adds names of its own without touching the library: what its TOML
files declare, and what its other rules give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from burdenshare.files import read_toml

# One line an input: the engine that computes it says what it means.
GIVEN: dict[str, tuple[str, ...]] = {
    # world/guarantee.py: one member at a time
    "guarantee": (
        "country",
        "member_since",  # the first day of the present membership
        "forces",  # False for a member without armed forces
        "year",  # whose figures are measured
        "share",  # the member's figure of that year, as the organisation rounds it, or None
        "earlier",  # the figures of up to twenty years of membership before, newest first
        "threshold",  # the figure that must be reached
    ),
    # world/shares.py: the whole membership at once
    "contribution": (
        "members",  # the codes of the members that pay
        "years",  # the years of one base period
        "scales",  # the last result of the steps, one for each base period
        "shares",  # the rates that are held against the limits
    ),
    # world/rights.py: one member at a time
    "right": ("country",),
    # world/exits.py: one leaver at a time
    "exit": (
        "country",
        "decided",  # the day of the decision to leave
        "sworn",  # the members of the chamber in office
        "present",  # those of them who are there
        "voting",  # those who vote yes or no
    ),
}

_DECLARED = ("parameter", "assumption")


def allowed(folder: Path) -> dict[str, frozenset[str]]:
    """Return, for each kind of rule, the names that the rules in a folder may ask for."""
    own = declared(folder)
    return {kind: own.union(names) for kind, names in GIVEN.items()}


def declared(folder: Path) -> frozenset[str]:
    """Return the names that an organisation declares in its TOML files.

    These are the ids of its [[parameter]] and [[assumption]] entries, and whatever a file lists or
    names under `inputs`. A dash in an id is an underscore in the rule: `count-decimals` is asked
    for as `count_decimals`.
    """
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name != "cases.toml"]
    names = {name for path in paths for name in _names(read_toml(path).values)}
    return frozenset(name.replace("-", "_") for name in names)


def _names(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names in the tables of a TOML file, however deep they stand."""
    for key, value in table.items():
        inner = value if isinstance(value, list) else [value]
        if key == "inputs":
            yield from (value if isinstance(value, (dict, list)) else inner)
            continue
        for each in inner:
            if isinstance(each, dict):
                if key in _DECLARED and isinstance(each.get("id"), str):
                    yield each["id"]
                yield from _names(each)
