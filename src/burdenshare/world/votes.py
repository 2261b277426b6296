"""What a vote on leaving needs, and what the members of a chamber have on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.ballots import (
    CHAMBERS,
    Ballot,
    Question,
    Roster,
    Row,
    Side,
    Votes,
    congress,
)
from burdenshare.world.dates import Day
from burdenshare.world.gates import Gates, read_gates
from burdenshare.world.load import World

_PARTIES = ("R", "D", "I")
_LABELS = {
    "guard": ("for the guard", "against the guard", "no recorded vote on the guard"),
    "leave": ("for leaving", "against leaving", "no recorded vote on leaving"),
}


def votes_answer(
    world: World, question: str = "nato-exit", chamber: str = "senate", as_of: Day | None = None
) -> dict[str, Any]:
    """Return what a vote needs, and who of those sitting is on record, with each roll call.

    Raises UserError for an unknown question or chamber.

    >>> from burdenshare.world.load import World
    >>> found = votes_answer(World())
    >>> {side: each["count"] for side, each in found["on_record"].items()}
    {'for': 53, 'against': 25, 'none': 22}
    """
    votes = Votes()
    asked, side = _asked(votes, question, chamber)
    day = as_of or world.latest
    gates = read_gates("USA")
    assert gates is not None
    roster = votes.roster(chamber, day)
    known = [name for name in side.counted if _day(votes.rollcalls[name]) <= day]
    elsewhere = [name for name in side.elsewhere if _day(votes.rollcalls[name]) <= day]
    ballots = votes.ballots([*known, *elsewhere])
    record = _record(roster, _newest(ballots, known, votes), _newest(ballots, elsewhere, votes))
    labels = _LABELS[side.yea]
    on_record = {
        name: {"label": label, "count": len(record[name]), **_parties(record[name])}
        for name, label in zip(("for", "against", "none"), labels, strict=True)
    }
    needed = list(_needed(votes, gates, side, chamber, roster, day))
    shown = {**dict.fromkeys(known, "counted"), **dict.fromkeys(elsewhere, "in the other chamber")}
    for name in side.beside:
        if _day(votes.rollcalls[name]) <= day:
            shown.setdefault(name, "beside")
    return {
        **world.header("votes", day),
        "question": question,
        "title": asked.title,
        "chamber": chamber,
        "about": side.about,
        "roster": _roster(roster),
        "composition": _composition(votes, chamber, day),
        "needed": needed,
        "on_record": on_record,
        "members": [{**row, "side": name} for name, rows in record.items() for row in rows],
        "rollcalls": sorted(
            (_rollcall(votes.rollcalls[name], role) for name, role in shown.items()),
            key=lambda row: (row["role"] == "counted", row["day"]),
            reverse=True,
        ),
        "measures": _measures(votes, question, chamber, day),
        "bills": _bills(votes, question, chamber, day),
        "caveats": list(side.caveats),
        "notes": [
            *_notes(asked, gates, roster, chamber, day),
            *_change(side, record, needed),
        ],
    }


def _asked(votes: Votes, question: str, chamber: str) -> tuple[Question, Side]:
    if question not in votes.questions:
        hint = did_you_mean(question, votes.questions)
        raise UserError(f"question {question[:40]!r} is unknown: {hint}")
    if chamber not in CHAMBERS:
        raise UserError(f"chamber {chamber[:40]!r} is unknown: write senate or house")
    asked = votes.questions[question]
    if chamber not in asked.chambers:
        raise UserError(f"{question} is not held for the {chamber}: write another chamber")
    return asked, asked.chambers[chamber]


def _day(row: Row) -> Day:
    return Day.fromisoformat(row["day"])


def _newest(ballots: Iterable[Ballot], rollcalls: Sequence[str], votes: Votes) -> dict[str, Ballot]:
    """Return, for each member, the newest ballot of some roll calls; a Yea or Nay comes first."""
    order = {name: _day(votes.rollcalls[name]) for name in rollcalls}
    mine = [each for each in ballots if each.rollcall in order]
    mine.sort(key=lambda each: (each.vote in ("Yea", "Nay"), order[each.rollcall]))
    return {each.member: each for each in mine}


def _record(
    roster: Roster | None, counted: Mapping[str, Ballot], elsewhere: Mapping[str, Ballot]
) -> dict[str, list[dict[str, Any]]]:
    record: dict[str, list[dict[str, Any]]] = {"for": [], "against": [], "none": []}
    for each in roster.members if roster else ():
        ballot = counted.get(each.member)
        vote = ballot.vote if ballot else "not then a member of the chamber"
        other = elsewhere.get(each.member)
        side = {"Yea": "for", "Nay": "against"}.get(vote, "none")
        record[side].append(
            {
                "member": each.member,
                "name": each.name,
                "party": each.party,
                "state": each.state,
                "vote": vote,
                "rollcall": ballot.rollcall if ballot else None,
                "elsewhere": f"{other.vote} in {other.rollcall}" if other else None,
            }
        )
    for rows in record.values():
        rows.sort(key=lambda row: (row["state"], row["name"]))
    return record


def _parties(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    counts = Counter(row["party"] for row in rows)
    return {party: counts[party] for party in _PARTIES}


def _needed(
    votes: Votes, gates: Gates, side: Side, chamber: str, roster: Roster | None, day: Day
) -> Iterator[dict[str, Any]]:
    """Yield the counts by the rules known on the day: of all seats, and of those sworn."""
    sworn = _sworn(votes, chamber, day) or (len(roster.members) if roster else None)
    for name in side.needed:
        if gates.rules[name].holds(day, day):
            now = gates.count(name, sworn) if sworn else None
            yield {
                **gates.count(name),
                "title": votes.counts[name],
                "sworn": sworn,
                "needed_of_sworn": now["needed"] if now else None,
            }


def _sworn(votes: Votes, chamber: str, day: Day) -> int | None:
    row = _newest_row(votes, chamber, day)
    return int(row["seats"]) - int(row["vacant"]) if row else None


def _newest_row(votes: Votes, chamber: str, day: Day) -> Row | None:
    """Return the newest composition known of the same Congress, or None."""
    rows = [
        row
        for row in votes.composition
        if row["chamber"] == chamber and _day(row) <= day and congress(_day(row)) == congress(day)
    ]
    return max(rows, key=_day, default=None)


def _composition(votes: Votes, chamber: str, day: Day) -> dict[str, Any] | None:
    row = _newest_row(votes, chamber, day)
    if row is None:
        return None
    numbers = {name: int(row[name]) for name in ("r", "d", "i", "vacant", "seats")}
    texts = {name: row[name] for name in ("day", "event", "source", "confidence")}
    return {**texts, **numbers}


def _roster(roster: Roster | None) -> dict[str, Any] | None:
    if roster is None:
        return None
    parties = _parties([{"party": each.party} for each in roster.members])
    return {
        "day": roster.day.isoformat(),
        "source": roster.source,
        "members": len(roster.members),
        **parties,
    }


def _rollcall(row: Row, role: str) -> dict[str, Any]:
    numbers = ("yea", "nay", "present", "not_voting", "yea_sign")
    parties = ("yea_r", "nay_r", "yea_d", "nay_d", "yea_i", "nay_i")
    texts = ("chamber", "title", "result", "requires", "url", "stored", "basis", "confidence")
    return {
        "rollcall": row["id"],
        "day": row["day"],
        "role": role,
        **{name: int(row[name]) for name in (*numbers, *parties)},
        **{name: row[name] for name in texts},
    }


def _measures(votes: Votes, question: str, chamber: str, day: Day) -> list[dict[str, Any]]:
    return [
        dict(row)
        for row in votes.measures
        if row["question"] == question and row["chamber"] == chamber and _day(row) <= day
    ]


def _bills(votes: Votes, question: str, chamber: str, day: Day) -> list[dict[str, Any]]:
    """Return the bills known on the day, the newest first; a later status is not told."""
    rows = [
        row
        for row in votes.bills
        if row["question"] == question
        and row["chamber"] == chamber
        and row["introduced"] <= day.isoformat()
    ]
    rows.sort(key=lambda row: row["introduced"], reverse=True)
    later = {"status": "introduced", "cosponsors": "", "names": ""}
    return [dict(row) if row["status_day"] <= day.isoformat() else {**row, **later} for row in rows]


def _notes(
    asked: Question, gates: Gates, roster: Roster | None, chamber: str, day: Day
) -> Iterator[str]:
    if roster is None:
        yield f"no list of the {chamber} of Congress {congress(day)} is held"
    elif roster.day != day:
        yield (
            f"the members are those of {roster.day} ({roster.source}); who came or left between "
            f"that day and {day} is known only as far as that list gives the days of entry"
        )
    if not any(law.kind == "consent" for law in gates.on(asked.organisation, day, day)):
        yield f"no law known on {day} makes leaving depend on a vote of Congress"


def _change(
    side: Side, record: Mapping[str, Sequence[Any]], needed: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield what the record means for the count that consent needs."""
    if not record["for"] and not record["against"]:
        yield "no vote on the question is on record for those sitting"
    rest = len(record["against"]) + len(record["none"])
    for row in needed:
        change = row["needed"] - rest
        if row["rule"] == "senate_consent" and side.yea == "guard" and change > 0:
            yield (
                f"if all {rest} who are not on record for the guard voted to leave, {change} of "
                f"the {len(record['for'])} on record for it would have to join them to reach "
                f"{row['needed']}"
            )
