"""What `burdenshare statements` prints: statements, positions beside votes, passed-on words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing.grids import wrapped
from burdenshare.showing.words import MODES, VERDICTS, clean, counted, shorten

Answer = Mapping[str, Any]
PARTS = ("rows", "claims", "positions", "amplifications")
_SHORT = 10  # characters of an id: enough to name an article
_IN = "    "


def ledger_text(answer: Answer, parts: Sequence[str] = ("rows",), width: int = 80) -> str:
    """Return `burdenshare/statements/1` as text: the parts asked for, each below its head."""
    width = max(width, 40)
    lines = [*_head(answer, width)]
    sections = {
        "rows": ("Statements", _statements),
        "claims": ("Claims", _claims),
        "positions": ("Positions", _positions),
        "amplifications": ("Who passed on whom", _amplifications),
    }
    for part in parts if answer["held"]["articles"] else ():
        title, section = sections[part]
        found = [*section(answer, width)]
        lines += ["", title, *(found or ["  none"])]
    if answer["copies"]:
        lines += ["", "Copies", *_copies(answer, width)]
    notes = [wrapped(f"note: {note}", width, "", "  ") for note in answer["notes"]]
    return "\n".join([*lines, "", *notes, _made(answer)])


def _made(answer: Answer) -> str:
    return f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"


def _head(answer: Answer, width: int) -> Iterator[str]:
    held = answer["held"]
    once = [row for row in answer["rows"] if row["copy_of"] is None]
    texts = (
        f"The ledger holds {counted(held['statements'], 'statement')} and "
        f"{counted(held['claims'], 'claim')} of {counted(held['articles'], 'article')}"
    )
    yield wrapped(texts, width, "", "  ")
    if answer["question"]:
        asked = ", ".join(f"{name} {value}" for name, value in answer["question"].items())
        yield wrapped(f"asked: {asked}", width, "", "  ")
        copies = len(answer["rows"]) - len(once)
        also = f", and {counted(copies, 'copy', 'copies')}" if copies else ""
        yield f"found: {counted(len(once), 'statement')}{also}, {_verdicts(answer['claims'])}"


def _verdicts(claims: Iterable[Answer]) -> str:
    tally = Counter(str(row["verdict"]) for row in claims)
    counts = [f"{tally[name]} {name}" for name in VERDICTS if tally[name]]
    return counted(tally.total(), "claim") + (f" ({', '.join(counts)})" if counts else "")


def _first_ones(rows: Sequence[Answer]) -> list[Answer]:
    """Return the rows without copies of a row that is there."""
    there = {row["id"] for row in rows}
    return [row for row in rows if row["copy_of"] not in there]


def _statements(answer: Answer, width: int) -> Iterator[str]:
    for row in _first_ones(answer["rows"]):
        side = "" if row["stance"] == "none" else f"{row['stance']}: "
        facts = [_who(row), MODES.get(row["mode"], row["mode"])]
        facts.append(f"{side}{row['proposition']}" if row["proposition"] else "")
        through = ", ".join(clean(each) for each in row["reported_by"])
        facts.append(f"via {through}" if through else "")
        yield wrapped(" — ".join(fact for fact in facts if fact), width, _day(row), _IN)
        yield f"{_IN}“{shorten(row['text'], width - 6)}”"
        yield wrapped(_where(row), width, _IN, _IN)


def _who(row: Answer) -> str:
    name = clean(row["name"]) if row["name"] else "speaker not named"
    return f"{name} ({clean(row['office'])})" if row.get("office") else name


def _day(row: Answer, before: str = "  ") -> str:
    """Return the day as the indent of a first line."""
    return f"{before}{row['date'] or 'no day    '}  "


def _where(row: Answer) -> str:
    """Return the outlets and the short id of the article."""
    outlets = ", ".join(clean(each) for each in row["outlets"]) or "outlet not known"
    return f"{outlets} · article {row['article'][:_SHORT]}"


def _claims(answer: Answer, width: int) -> Iterator[str]:
    for row in _first_ones(answer["claims"]):
        sign = VERDICTS[row["verdict"]].sign
        who = f" — {clean(row['name'])}" if row["name"] else ""
        yield wrapped(f"{sign} {row['verdict']}{who}", width, _day(row), _IN)
        yield f"{_IN}“{shorten(row['text'], width - 6)}”"
        yield wrapped(f"{row['why']}", width, _IN, _IN)
        yield wrapped(_where(row), width, _IN, _IN)


def _positions(answer: Answer, width: int) -> Iterator[str]:
    for row in answer["positions"]:
        turned = " (changed)" if row["changed"] else ""
        yield wrapped(f"{clean(row['name'])}: {row['proposition']}{turned}", width, "  ", _IN)
        for stance in row["stances"]:
            outlets = ", ".join(clean(each) for each in stance["outlets"])
            how_many = counted(len(stance["statements"]), "statement")
            text = f"{stance['stance']}: {how_many}" + (f" · {outlets}" if outlets else "")
            yield wrapped(text, width, _day(stance, _IN), _IN * 2)
        for vote in row["votes"]:
            beside = "" if vote["role"] == "about" else ", beside it"
            text = f"voted {vote['vote']}: {vote['measure']} ({vote['chamber']}{beside})"
            yield wrapped(text, width, _day(vote, _IN), _IN * 2)
        if row["votes_note"]:
            word = "votes" if row["votes"] else "no votes"
            yield wrapped(f"{word}: {row['votes_note']}", width, _IN, _IN * 2)


def _amplifications(answer: Answer, width: int) -> Iterator[str]:
    for row in answer["amplifications"]:
        times = counted(len(row["statements"]), "statement")
        text = f"{clean(row['by'])} {row['how']} {clean(row['of'])} ({times})"
        yield wrapped(text, width, "  ", _IN)


def _copies(answer: Answer, width: int) -> Iterator[str]:
    for row in answer["copies"]:
        outlets = ", ".join(clean(each) for each in row["outlets"])
        text = f"article {row['article'][:_SHORT]} is a copy of {row['of'][:_SHORT]} "
        text += f"({100 * row['similarity']:.0f} % of its runs of words)"
        yield wrapped(text + (f" · {outlets}" if outlets else ""), width, "  ", _IN)
