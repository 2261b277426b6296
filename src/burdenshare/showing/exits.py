"""What `burdenshare exit` and `burdenshare votes` print: steps with their days, votes on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing.grids import wrapped
from burdenshare.showing.words import clean, counted

__all__ = ["exit_rows", "exit_text", "votes_rows", "votes_text"]

Answer = Mapping[str, Any]
_IN = "      "
_MOST_NAMES = 60  # more names than these are only counted


def exit_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/exit/1`: the days, each step, the readings, and what survives."""
    width = max(width, 40)
    title = f"{answer['country_name']}, leaving {answer['organisation_name']}"
    parts = [*_head(answer, f"{title}: decided on {answer['decided']}", width)]
    clause = f"{answer['instrument']}, {answer['provision']} · {answer['confidence']}"
    parts += [wrapped(clause, width, "", "  "), "", *_outcome(answer, width), "", "Steps"]
    for place, step in enumerate(answer["steps"], start=1):
        parts += _step(place, step, width)
    parts += _section("Readings", answer["readings"], _reading, width)
    parts += _section("What survives", answer["surviving_obligations"], _survives, width)
    related = [{**row, "decided": answer["decided"]} for row in answer["related"]]
    parts += _section("Laws beside it", related, _related, width)
    parts += _section("On record", answer["precedents"], _precedent, width)
    return _ended(parts, answer, width)


def _outcome(answer: Answer, width: int) -> Iterator[str]:
    if answer["outcome"] == "nothing to leave":
        yield wrapped(f"Nothing to leave: {answer['effect_rule']}", width, "", "  ")
        return
    yield f"Earliest notice  {answer['earliest_notice']}"
    yield f"Earliest effect  {answer['earliest_effect'] or 'open'}"
    yield wrapped(answer["effect_rule"], width, " " * 17)


def _step(place: int, step: Answer, width: int) -> Iterator[str]:
    day = step["earliest"] or "–"
    yield wrapped(step["step"], width, f"{place:>3}  {day:<10}  ", " " * 17)
    actor = f"{step['actor']}, to {step['addressee']}" if step.get("addressee") else step["actor"]
    yield wrapped(actor, width, _IN)
    if step["text"]:
        yield wrapped(step["text"], width, _IN)
    for need in step.get("needed", ()):
        yield wrapped(_need(need), width, f"{_IN}- ", f"{_IN}  ")
    yield wrapped(f"{step['citation']} · {step['confidence']}", width, _IN)
    if step["open"]:
        yield wrapped(f"open: {step['open']}", width, f"{_IN}? ", f"{_IN}  ")


def _need(need: Answer) -> str:
    name = clean(need["rule"]).replace("_", " ")
    bare = f"; {need['needed_at_quorum']} at a bare quorum of {need['quorum']}"
    return f"{name}: {need['needed']} of {need['of']}{bare} ({need['provision']})"


def _section(title: str, rows: Sequence[Answer], show: Any, width: int) -> Iterator[str]:
    """Yield a blank line, a title and the rows below it; nothing for no rows."""
    if rows:
        yield ""
        yield title
    for row in rows:
        yield from show(row, width)


def _reading(row: Answer, width: int) -> Iterator[str]:
    days = f"notice {row['earliest_notice']}, effect {row['earliest_effect']}"
    dated = days if row["earliest_effect"] else "no day"
    yield wrapped(f"{row['reading']}: {row['title']} — {dated}", width, "  ", "    ")
    yield wrapped(row["text"], width, _IN)
    yield wrapped(f"{row['citation']} · {row['confidence']}", width, _IN)


def _survives(row: Answer, width: int) -> Iterator[str]:
    source = f"({row['citation']} · {row['confidence']})"
    yield wrapped(f"{row['obligation']} {source}", width, "  - ", "    ")


def _related(row: Answer, width: int) -> Iterator[str]:
    later = f" (from {row['in_force']})" if row["in_force"] > row["decided"] else ""
    yield wrapped(f"{row['provision']}{later}: {row['text']}", width, "  - ", "    ")
    if row["open"]:
        yield wrapped(f"open: {row['open']}", width, "    ? ", "      ")
    yield wrapped(f"{row['citation']} · {row['confidence']}", width, _IN)


def _precedent(row: Answer, width: int) -> Iterator[str]:
    days = f"notice {row['notice']}, effect {row['effect'] or '–'}"
    if row["by_the_rule"] and row["by_the_rule"] != row["effect"]:
        days += f" (by the rule {row['by_the_rule']})"
    note = f"; {row['note']}" if row["note"] else ""
    text = f"{', '.join(row['countries'])}: {days}: {row['outcome']}{note}"
    yield wrapped(f"{text} ({row['confidence']})", width, "  - ", "    ")


def exit_rows(answer: Answer) -> list[dict[str, Any]]:
    """Return an answer as one row a step, for CSV."""
    keys = ("step", "actor", "rule", "earliest", "citation", "confidence", "open")
    return [{key: step[key] for key in keys} for step in answer["steps"]]


def votes_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/votes/1`: what is needed, who is on record, and each roll call."""
    width = max(width, 40)
    parts = [*_head(answer, f"{answer['title']}: {answer['chamber'].capitalize()}", width)]
    parts += ["", "Needed", *_needed(answer["needed"], width)]
    parts += ["", wrapped(f"On record: {answer['about']}", width, "", "  ")]
    for name, side in answer["on_record"].items():
        parts += _side(answer, name, side, width)
    parts += [wrapped(f"! {caveat}", width, "  ", "    ") for caveat in answer["caveats"]]
    parts += _section("Roll calls", answer["rollcalls"], _rollcall, width)
    parts += _section("Introduced", answer["bills"], _bill, width)
    parts += _section("For leaving, by their own acts", answer["measures"], _measure, width)
    parts += ["", *_sitting(answer, width)]
    return _ended(parts, answer, width)


def _needed(rows: Sequence[Answer], width: int) -> Iterator[str]:
    for row in rows:
        yield wrapped(row["title"], width, "  ", "    ")
        count = f"{row['needed']} of {row['of']} at full attendance, "
        count += f"{row['needed_at_quorum']} at a bare quorum of {row['quorum']}"
        if row["sworn"] and row["sworn"] != row["of"]:
            count += f"; {row['needed_of_sworn']} of the {row['sworn']} in office"
        yield wrapped(count, width, _IN)
        yield wrapped(f"{row['provision']}: {row['citation']} · {row['confidence']}", width, _IN)


def _side(answer: Answer, name: str, side: Answer, width: int) -> Iterator[str]:
    parties = ", ".join(f"{side[party]} {party}" for party in ("R", "D", "I") if side[party])
    tail = f" ({parties})" if parties else ""
    yield wrapped(f"{side['label']}{tail}", width, f"  {side['count']:>3}  ", " " * 7)
    members = [row for row in answer["members"] if row["side"] == name]
    if 0 < len(members) <= _MOST_NAMES:
        names = "; ".join(f"{clean(row['name'])} {row['party']}-{row['state']}" for row in members)
        yield wrapped(names, width, " " * 7)
    elif members:
        yield f"{' ' * 7}names: --format csv"


def _rollcall(row: Answer, width: int) -> Iterator[str]:
    count = f"{row['yea']}-{row['nay']}"
    if row["present"]:
        count += f", {row['present']} present"
    role = "" if row["role"] == "beside" else f" [{row['role']}]"
    text = f"{row['day']} · {count}, {row['not_voting']} not voting · {row['title']}{role}"
    yield wrapped(text, width, "  ", "    ")
    if row["confidence"] != "seen":
        yield wrapped(f"{row['confidence']}: {row['basis']}", width, _IN)


def _bill(row: Answer, width: int) -> Iterator[str]:
    text = f"{row['introduced']} · {row['bill']} ({row['sponsor']}): {row['aim']}; {row['status']}"
    yield wrapped(f"{text} · {row['confidence']}", width, "  ", "    ")


def _measure(row: Answer, width: int) -> Iterator[str]:
    bill = f" of {row['bill']}" if row["bill"] else ""
    text = f"{row['day']} · {row['name']}: {row['role']}{bill} · {row['confidence']}"
    yield wrapped(text, width, "  ", "    ")


def _sitting(answer: Answer, width: int) -> Iterator[str]:
    roster, seats = answer["roster"], answer["composition"]
    if roster:
        parties = f"{roster['R']} R, {roster['D']} D, {roster['I']} I"
        members = counted(roster["members"], "member")
        text = f"Sitting: {members} as listed on {roster['day']} ({parties}; {roster['source']})"
        yield wrapped(text, width, "", "  ")
    if seats:
        parties = f"{seats['r']} R, {seats['d']} D, {seats['i']} I, {seats['vacant']} vacant"
        text = f"Seats: {seats['seats']} on {seats['day']} ({parties}; {seats['confidence']})"
        yield wrapped(text, width, "", "  ")


def votes_rows(answer: Answer) -> list[dict[str, Any]]:
    """Return an answer as one row a member, for CSV."""
    return [dict(row) for row in answer["members"]]


def _head(answer: Answer, title: str, width: int) -> Iterator[str]:
    yield wrapped(title, width, "", "  ")
    yield f"as known on {answer['as_of']}"


def _ended(parts: Sequence[str], answer: Answer, width: int) -> str:
    notes = [wrapped(f"note: {note}", width, "", "  ") for note in answer["notes"]]
    made = f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"
    return "\n".join([*parts, "", *notes, made])
