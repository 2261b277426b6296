"""Positions over time beside recorded votes, and who passed on the words of whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from burdenshare.checking.ledger.speakers import Person
from burdenshare.world.dates import Day
from burdenshare.world.records import Records

Row = dict[str, Any]
_UNNAMED = "speaker not named"


def positions(rows: Iterable[Row], day: Day) -> list[Row]:
    """Return each person's stances on each proposition in order of time, and the votes on it.

    A statement that several outlets carry counts once. `changed` says whether the stance did;
    `votes_note` says why no vote stands there, or what the votes were not on.
    """
    found: dict[tuple[str, str], list[Row]] = {}
    for row in counted_once(rows):
        if row["proposition"] is not None and row["name"] is not None:
            key = Person(row["name"], row["person"]).key
            found.setdefault((key, row["proposition"]), []).append(row)
    records = Records()
    return [_position(said, records, day) for _, said in sorted(found.items())]


def counted_once(rows: Iterable[Row]) -> list[Row]:
    """Return statements without those that are copies of one that is there already."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row["copy_of"] or row["id"], row)
    return list(found.values())


def _position(said: Sequence[Row], records: Records, day: Day) -> Row:
    first = said[0]
    votes, note = records.of(first["person"], first["proposition"], day)
    dated = sorted(said, key=lambda row: (row["date"] is None, row["date"] or ""))
    taken: dict[tuple[str | None, str], Row] = {}
    for row in dated:
        stance = taken.setdefault(
            (row["date"], row["stance"]),
            {"date": row["date"], "stance": row["stance"], "statements": [], "outlets": []},
        )
        stance["statements"].append(row["id"])
        stance["outlets"] += [each for each in row["outlets"] if each not in stance["outlets"]]
    sides = {row["stance"] for row in said} - {"none"}
    return {
        "person": first["person"],
        "name": first["name"],
        "proposition": first["proposition"],
        "stances": list(taken.values()),
        "changed": len(sides) > 1,
        "statements": [row["id"] for row in dated],
        "votes": votes,
        "votes_note": note,
    }


def amplifications(rows: Iterable[Row], by_id: Mapping[str, Row]) -> list[Row]:
    """Return who passed on or reported the words of whom, and in which statements.

    `how` is "endorsed" where somebody takes up another's statement, "reported" where the words
    came through somebody.
    """
    found: dict[tuple[str, str, str], Row] = {}
    for row in counted_once(rows):
        who = row["name"] or _UNNAMED
        if row["amplifies"] in by_id:
            other = by_id[row["amplifies"]]["name"] or _UNNAMED
            _note(found, (who, other, "endorsed"), row)
        for through in row["reported_by"]:
            _note(found, (through, who, "reported"), row)
    return [found[key] for key in sorted(found)]


def _note(found: dict[tuple[str, str, str], Row], key: tuple[str, str, str], row: Row) -> None:
    by, of, how = key
    new: Row = {"by": by, "of": of, "how": how, "statements": []}
    found.setdefault(key, new)["statements"].append(row["id"])
