"""Roll calls of Congress and the members who cast them, read from `content/usa/votes/`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from burdenshare.errors import UserError
from burdenshare.files import CONTENT, Table, read_bytes, read_csv, read_toml, shown
from burdenshare.world.dates import Day

FOLDER = CONTENT / "usa" / "votes"
CHAMBERS = ("senate", "house")
_ROLLCALL = tuple(
    "id chamber congress session roll day title topic yea_sign measure purpose question requires "
    "result yea nay present not_voting yea_r nay_r yea_d nay_d yea_i nay_i url stored basis "
    "confidence".split()
)
_SITTING = ("chamber", "member", "name", "party", "caucus", "state", "district", "from", "to")
_COMPOSITION = tuple("chamber congress day r d i vacant seats event source confidence".split())
_BILLS = tuple(
    "question bill congress introduced chamber sponsor title aim cosponsors names status "
    "status_day source check confidence".split()
)
_MEASURES = tuple("chamber member name question bill role day source confidence".split())
_DELEGATES = "XX"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One member's vote in a roll call: Yea, Nay, Present, Not Voting, or as announced."""

    rollcall: str
    member: str
    name: str
    party: str
    state: str
    vote: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member of a chamber on a day."""

    member: str
    name: str
    party: str
    state: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who sat in a chamber on a day, and where that was read."""

    day: Day
    source: str
    members: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A question before one chamber: what is counted, what stands beside it, what is needed."""

    about: str
    counted: tuple[str, ...]
    yea: str
    elsewhere: tuple[str, ...]
    beside: tuple[str, ...]
    needed: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that Congress has voted on, by chamber."""

    title: str
    organisation: str
    chambers: dict[str, Side]


class Votes:
    """All that is held of Congress's votes on leaving; ballots are read when they are asked for.

    >>> votes = Votes()
    >>> votes.rollcalls["s2023_kaine_rubio"]["yea"], len(votes.ballots(["s2023_kaine_rubio"]))
    ('65', 100)
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        table = read_toml(folder / "votes.toml")
        self._file = table.text("ballots")
        self._sha256 = table.text("sha256")
        self.notes = table.texts("notes")
        counts = table.table("count")
        self.counts = {name: counts.text(name) for name in counts.values}
        self.rollcalls = {row["id"]: row for row in _rows(folder / "rollcalls.csv", _ROLLCALL)}
        self.composition = _rows(folder / "composition.csv", _COMPOSITION)
        self.bills = _rows(folder / "bills.csv", _BILLS)
        self.measures = _rows(folder / "measures.csv", _MEASURES)
        self.questions = {
            name: _question(each, self.rollcalls, self.counts)
            for name, each in table.named("question")
        }
        self._lists = [_list(each) for each in table.tables("sitting")]
        table.done()

    def ballots(self, rollcalls: Collection[str]) -> list[Ballot]:
        """Return the ballots of roll calls; a file that was changed is refused."""
        if not rollcalls:
            return []
        import duckdb

        path = self.folder / self._file
        if hashlib.sha256(read_bytes(path)).hexdigest() != self._sha256:
            raise UserError(f"{shown(path)} differs from the hash in votes.toml: restore it")
        query = (
            "SELECT rollcall, member, name, party, state, vote FROM read_parquet(?) "
            "WHERE list_contains(?, rollcall) ORDER BY rollcall, state, member"
        )
        with duckdb.connect() as connection:
            rows = connection.execute(query, [str(path), list(rollcalls)]).fetchall()
        return [Ballot(*row) for row in rows]

    def roster(self, chamber: str, day: Day) -> Roster | None:
        """Return who sat in a chamber nearest to a day, in the Congress of that day, or None."""
        choices: list[tuple[int, int, Day, str | _List]] = [
            (abs((one.day - day).days), 0, one.day, one) for one in self._lists
        ]
        for name, row in self.rollcalls.items():
            if row["chamber"] == chamber:
                held = Day.fromisoformat(row["day"])
                choices.append((abs((held - day).days), 1, held, name))
        same = [each for each in choices if congress(each[2]) == congress(day)]
        if not same:
            return None
        _, _, held, found = min(same, key=lambda each: each[:2])
        members = self._listed(found, chamber) if isinstance(found, _List) else self._cast(found)
        entered = {m: first for one in self._lists for m, first in self._first(one, chamber, day)}
        there = tuple(each for each in members if entered.get(each.member, day) <= day)
        source = found.source if isinstance(found, _List) else f"roll call {found}"
        return Roster(held, source, there)

    def _cast(self, rollcall: str) -> list[Sitting]:
        return [
            Sitting(each.member, each.name, each.party, each.state)
            for each in self.ballots([rollcall])
            if each.state != _DELEGATES
        ]

    def _listed(self, found: _List, chamber: str) -> list[Sitting]:
        rows = _rows(self.folder / found.file, _SITTING)
        return [
            Sitting(row["member"], row["name"], row["party"], row["state"])
            for row in rows
            if row["chamber"] == chamber and row["state"] not in found.delegates
        ]

    def _first(self, found: _List, chamber: str, day: Day) -> list[tuple[str, Day]]:
        """Return the first days of the members of a list, where it is of the same Congress."""
        if congress(found.day) != congress(day):
            return []
        rows = _rows(self.folder / found.file, _SITTING)
        return [
            (row["member"], Day.fromisoformat(row["from"]))
            for row in rows
            if row["chamber"] == chamber
        ]


@dataclass(frozen=True, slots=True)
class _List:
    day: Day
    file: str
    source: str
    delegates: tuple[str, ...]


def congress(day: Day) -> int:
    """Return the number of the Congress on a day; since 1935 each begins on 3 January.

    >>> congress(Day(2025, 1, 2)), congress(Day(2025, 1, 3)), congress(Day(2026, 6, 15))
    (118, 119, 119)
    """
    year = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (year - 1789) // 2 + 1


def _rows(path: Path, columns: tuple[str, ...]) -> Sequence[Row]:
    return [dict(zip(columns, row, strict=True)) for row in read_csv(path, columns)]


def _list(table: Table) -> _List:
    found = _List(
        table.day("day"), table.text("file"), table.text("source"), table.texts("delegates")
    )
    table.done()
    return found


def _question(table: Table, rollcalls: Collection[str], counts: Collection[str]) -> Question:
    title, organisation = table.text("title"), table.text("organisation")
    chambers = {
        name: _side(table.table(name), rollcalls, counts)
        for name in CHAMBERS
        if name in table.values
    }
    table.done()
    return Question(title, organisation, chambers)


def _side(table: Table, rollcalls: Collection[str], counts: Collection[str]) -> Side:
    found = Side(
        about=table.text("about"),
        counted=table.texts("counted"),
        yea=table.choice("yea", ["guard", "leave"]),
        elsewhere=table.texts("elsewhere"),
        beside=table.texts("beside"),
        needed=table.texts("needed"),
        caveats=table.texts("caveats"),
    )
    table.done()
    for name in (*found.counted, *found.elsewhere, *found.beside):
        if name not in rollcalls:
            raise UserError(f"{table.where}: no roll call {name[:40]!r} in rollcalls.csv")
    for name in found.needed:
        if name not in counts:
            raise UserError(f"{table.where}: needed names {name[:40]!r}: write it in [count]")
    return found
