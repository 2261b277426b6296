"""The recorded votes of one person on a proposition, by the register of people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from burdenshare.errors import UserError
from burdenshare.files import read_csv, read_toml, shown
from burdenshare.world.ballots import Ballot, Votes
from burdenshare.world.dates import Day

_NOBODY = "not in the register of people, so no roll call can be told to be theirs"
_NO_SEAT = "has cast no ballot in the roll calls held"


@dataclass(frozen=True, slots=True)
class Matter:
    """The roll calls that belong to a proposition: on the matter itself, and beside it."""

    about: tuple[str, ...]
    beside: tuple[str, ...]
    note: str


class Records:
    """Who voted how on what: the ballots of Congress by person of the register and proposition.

    >>> votes, reason = Records().of("mike-lee", "us-leaves-nato", Day(2025, 1, 1))
    >>> [(vote["rollcall"], vote["vote"]) for vote in votes if vote["role"] == "about"]
    [('s2023_kaine_rubio', 'Nay')]
    """

    def __init__(self, votes: Votes | None = None) -> None:
        self.votes = votes or Votes()
        path = self.votes.folder / "people.csv"
        self.members = {row[0]: row[1] for row in read_csv(path, ("person", "member"))}
        self.matters = _matters(self.votes)
        self._ballots: dict[tuple[str, str], Ballot] | None = None

    def of(self, person: str | None, proposition: str, day: Day) -> tuple[list[Row], str | None]:
        """Return a person's votes on a proposition known on a day, oldest first.

        The second value says why there is none, or what the votes were not on; None if nothing
        is to be said. `person` is an id of the register, or None for somebody outside it.
        """
        matter = self.matters.get(proposition)
        if matter is None:
            return [], "no roll call of the United States Congress on it is held"
        if person is None:
            return [], _NOBODY
        member = self.members.get(person)
        if member is None:
            return [], _NO_SEAT
        held = dict.fromkeys(matter.about, "about")
        held |= dict.fromkeys(matter.beside, "beside")
        found = [
            _vote(self.votes.rollcalls[name], ballot.vote, role)
            for name, role in held.items()
            if (ballot := self._cast.get((member, name))) is not None
            and self.votes.rollcalls[name]["day"] <= day.isoformat()
        ]
        found.sort(key=lambda row: (row["date"], row["rollcall"]))
        if not found:
            return [], "was in no roll call on it that is held"
        return found, matter.note or None

    @property
    def _cast(self) -> Mapping[tuple[str, str], Ballot]:
        if self._ballots is None:
            known = set(self.members.values())
            names = {name for each in self.matters.values() for name in (*each.about, *each.beside)}
            self._ballots = {
                (each.member, each.rollcall): each
                for each in self.votes.ballots(sorted(names))
                if each.member in known
            }
        return self._ballots


Row = dict[str, Any]


def _vote(rollcall: Mapping[str, str], vote: str, role: str) -> Row:
    return {
        "rollcall": rollcall["id"],
        "date": rollcall["day"],
        "chamber": rollcall["chamber"],
        "measure": rollcall["title"],
        "vote": vote,
        "role": role,
        "url": rollcall["url"],
    }


def _matters(votes: Votes) -> dict[str, Matter]:
    path = votes.folder / "propositions.toml"
    file = read_toml(path)
    found = {}
    for name, table in file.named("proposition"):
        matter = Matter(table.texts("about"), table.texts("beside"), table.text("note", ""))
        table.done()
        _check(shown(path), name, matter, votes.rollcalls)
        found[name] = matter
    file.done()
    return found


def _check(where: str, name: str, matter: Matter, rollcalls: Collection[str]) -> None:
    for rollcall in (*matter.about, *matter.beside):
        if rollcall not in rollcalls:
            raise UserError(f"{where} [{name}]: no roll call {rollcall[:40]!r} in rollcalls.csv")
