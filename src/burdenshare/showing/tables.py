"""What the commands print on a terminal: each answer as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.checking.results import Check, CheckedClaim, Evidence, Proposed, VerdictWord
from burdenshare.reading.document import Document, Statement
from burdenshare.showing.grids import Figure, as_csv, grid, wrapped
from burdenshare.showing.readable import shown_words
from burdenshare.showing.words import (
    MODES,
    REASONS,
    VERDICTS,
    clean,
    counted,
    links,
    measure,
    number,
    position,
    shorten,
    tally,
    via,
    who,
)

__all__ = [
    "as_csv",
    "check_text",
    "facts_text",
    "grid",
    "pledge_text",
    "revisions_text",
    "verify_text",
]

Answer = Mapping[str, Any]
_COLOURS: dict[VerdictWord, str] = {
    "supported": "32",
    "contradicted": "1;31",
    "superseded": "33",
    "depends": "35",
    "unchecked": "2",
}
_BOLD = "1"
_INDENT = " " * 4
_LABEL = " " * 10


def check_text(check: Check, width: int = 80, colour: bool = False) -> str:
    """Return a checked article as text: verdicts, statements, proposals, and what was left."""
    width = max(width, 40)
    parts = [*_check_head(check, width, colour)]
    for index, claim in enumerate(check.claims):
        parts += ["", *_claim(index + 1, claim, check.document, width, colour)]
    if check.statements:
        parts += ["", _paint("Statements", _BOLD, colour)]
        for index, said in enumerate(check.statements):
            parts += _statement(index + 1, said, check.document, width)
    if check.scenarios:
        parts += ["", _paint("What if", _BOLD, colour)]
        for scenario in check.scenarios:
            parts += _scenario(scenario, check.document, width)
    parts += ["", *_check_foot(check, width)]
    return "\n".join(parts)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _check_head(check: Check, width: int, colour: bool) -> Iterator[str]:
    """Yield the article, its day, the day of knowledge, and how many claims have each verdict."""
    date = check.document.date
    dated = f"article of {date} ({check.date_basis})" if date else "article without a date"
    yield _paint(shorten(check.path, width), _BOLD, colour)
    now = "" if check.now == check.as_of else f" · “now” is {check.now}"
    yield wrapped(f"{dated} · as known on {check.as_of}{now}", width)
    if not check.claims:
        yield "No claim with a figure, date or membership was found."
        return
    counts = [
        _paint(f"{VERDICTS[verdict].sign} {count} {verdict}", _COLOURS[verdict], colour)
        for verdict, count in tally(check.claims).items()
        if count
    ]
    yield ""
    yield counted(len(check.claims), "claim")
    yield "  ".join(counts)


def _claim(
    place: int, claim: CheckedClaim, document: Document, width: int, colour: bool
) -> Iterator[str]:
    """Yield a claim: verdict and words, the answers then and now with their source, and why."""
    label = VERDICTS[claim.verdict]
    head = f"{place:>2} {label.sign} {label.word:<12}"
    room = width - len(head) - 4
    painted = _paint(head, _COLOURS[claim.verdict], colour)
    yield f"{painted}  “{shorten(shown_words(document, claim), room)}”"
    if claim.then is not None:
        yield _evidence("then", claim.then, width)
    if claim.now is not None and claim.now == claim.then:
        yield f"{_INDENT}now   the same"
    elif claim.now is not None:
        yield _evidence("now", claim.now, width)
    yield wrapped(claim.why, width, f"{_INDENT}why   ", _LABEL)
    if claim.proposed_by:
        yield f"{_INDENT}from  proposed by a {claim.proposed_by}, read and checked here"


def _evidence(name: str, found: Evidence, width: int) -> str:
    text = f"{measure(found.value, found.unit)} · {found.published} · {found.source}"
    return wrapped(text, width, f"{_INDENT}{name:<6}", _LABEL)


def _statement(place: int, said: Statement, document: Document, width: int) -> Iterator[str]:
    """Yield a statement: who, through whom, how, for or against what, and its words."""
    through = f" (via {via(said)})" if said.reported_by else ""
    facts = [f"{who(said)}{through}", MODES[said.mode], position(said), *links(said)]
    if said.date is not None:
        facts.append(str(said.date))
    label = f"s{place}"
    yield wrapped(" — ".join(fact for fact in facts if fact), width, f"{label:>4}  ", " " * 6)
    yield f"{' ' * 6}“{shorten(shown_words(document, said), width - 8)}”"


def _scenario(scenario: Proposed, document: Document, width: int) -> Iterator[str]:
    """Yield a scenario that the article proposes: where, the question, the answer, the command."""
    where = [f"s{index + 1}" for index in scenario.statements]
    where += [f"“{shorten(shown_words(document, each), 40)}”" for each in scenario.passages[:2]]
    yield wrapped(f"This article proposes: {scenario.title} ({', '.join(where)})", width, "", "  ")
    yield wrapped(scenario.question, width, _INDENT, _INDENT)
    if scenario.headline is not None:
        yield wrapped(scenario.headline, width, _INDENT, _INDENT)
    yield f"{_INDENT}{clean(scenario.command)}"
    if scenario.note:
        yield wrapped(f"({scenario.note})", width, _INDENT, _INDENT)


def _check_foot(check: Check, width: int) -> Iterator[str]:
    """Yield what was left out of the reading, what stayed unread, and what was used."""
    reasons = [removed.reason for removed in check.document.removed]
    kinds = [counted(reasons.count(each), REASONS[each]) for each in dict.fromkeys(reasons)]
    yield wrapped(f"Left out: {', '.join(kinds) if kinds else 'nothing'}", width, "", "  ")
    yield f"Unread: {counted(len(check.unread), 'passage')} not understood, so not checked"
    yield _made(check.version, check.world)


def facts_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/facts/1` as a table; what all its rows share is said once above it."""
    rows: list[dict[str, Any]] = [dict(row) for row in answer["rows"]]
    notes = [" · ".join(clean(row[n]) for n in _LONG if row.get(n)) for row in rows]
    known = list(dict.fromkeys(filter(None, notes)))
    if len(known) > 1 or not all(notes):
        for row, note in zip(rows, notes, strict=True):
            row["see"] = f"[{known.index(note) + 1}]" if note else ""
    for row in rows:
        row["value"] = _figure(row.get("value"), row.get("step"))
    columns, shared = _columns(rows)
    parts = [*_head(answer, f"{answer['title']} ({answer['series']})", width)]
    parts += [wrapped(f"{name}: {text}", width, "", "  ") for name, text in shared.items()]
    if len(known) == 1 and all(notes):
        parts.append(wrapped(known[0], width, "", "  "))
    if rows or not answer["gaps"]:
        parts += ["", _rows(columns, rows, width) if rows else "No figures."]
    if any("see" in row for row in rows):
        parts.append("")
        parts += [wrapped(text, width, f"[{i + 1}] ", _INDENT) for i, text in enumerate(known)]
    if answer["gaps"]:
        parts += ["", "No figure for"]
        parts += [
            _because(gap, f"{gap['country'] or 'any country'} {gap['year']}", width)
            for gap in answer["gaps"]
        ]
    return _ended(parts, answer, width)


_LONG = ("source", "definition", "note")


def _figure(value: Any, step: Any) -> Any:
    """Return a value with the decimals that its source gives, where it says which."""
    if not isinstance(value, (int, float)) or not isinstance(step, (int, float)) or step <= 0:
        return value
    return Figure(value, max(0, -math.floor(math.log10(step) + 1e-9)))


def _columns(rows: Sequence[Answer]) -> tuple[list[str], dict[str, str]]:
    """Return the columns of a table of figures, and what all its rows share instead."""
    daily = any("day" in row for row in rows)
    columns, shared = ["country", "day" if daily else "year", "value"], {}
    for name in ("unit", "status", "published", "dataset", "see"):
        values = {str(row.get(name) or "") for row in rows}
        if len(values) > 1:
            columns.append(name)
        elif values - {""}:
            shared[name] = clean(values.pop())
    return columns, shared


def revisions_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/revisions/1`: a line for each release, then what changed most."""
    head = f"{answer['title'] if 'title' in answer else answer['series']}, {answer['year']}"
    if answer.get("at_least") is not None:
        head += f": countries at or above {number(answer['at_least'])}"
    rows = [
        {**each, "count": _share(each["count"], each.get("of"), each["coverage"])}
        for each in answer["releases"]
    ]
    columns = ["published", "coverage", "count", "up", "down"]
    parts = [*_head(answer, head, width), ""]
    parts.append(_rows(columns, rows, width) if rows else "No releases.")
    largest = [
        {"published": each["published"], **row, "change": f"{row['change']:+g}"}
        for each in rows
        for row in each.get("largest", ())
    ]
    if largest:
        parts += ["", "Largest revisions"]
        columns = ["published", "country", "before", "after", "change"]
        parts.append(_rows(columns, largest, width))
    if rows:
        parts += ["", "Documents"]
    for each in rows:
        text = " · ".join(clean(each[n]) for n in ("document", "definition") if each.get(n))
        parts.append(wrapped(text, width, f"{each['published']}  ", " " * 12))
    return _ended(parts, answer, width)


def _share(count: int | None, of: int | None, coverage: str) -> str:
    if count is None:
        return "not counted" if coverage == "partial" else "–"
    return f"{count}" if of is None else f"{count} of {of}"


def pledge_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/pledge/1`: how many meet it, who misses by how much, who is left out."""
    members = answer["members"]
    of = members if isinstance(members, int) else len(members)
    parts = [*_head(answer, f"{answer['title']} ({answer['pledge']})", width)]
    parts.append(wrapped(f"{answer['criterion']}", width, "criterion: ", "  "))
    if answer["release"] is not None:
        parts.append(wrapped(_release(answer["release"]), width, "release: ", "  "))
    parts += ["", f"{answer['count_met']} of {of} members meet it in {answer['year']}"]
    if answer["met"]:
        met = ", ".join(_member(each) for each in answer["met"])
        parts.append(wrapped(met, width, "  "))
    if answer["missed"]:
        columns = ["country", "value", "short_pp", "short_usd_million"]
        parts += ["", "Missed", _rows(columns, answer["missed"], width)]
        parts += [
            wrapped(each["note"], width, f"{each['country']}: ", "  ")
            for each in answer["missed"]
            if each.get("note")
        ]
        gdp = dict.fromkeys(each["gdp_source"] for each in answer["missed"] if "gdp_source" in each)
        if known := ", ".join(clean(each) for each in gdp if each):
            parts.append(wrapped(known, width, "GDP from: ", "  "))
    if answer["not_assessed"]:
        parts += ["", "Not assessed"]
        parts += [_because(each, each["country"], width) for each in answer["not_assessed"]]
    parts.append("")
    for name in ("rounding", "citation"):
        if answer.get(name):
            parts.append(wrapped(f"{name}: {_release(answer[name])}", width, "", "  "))
    return _ended(parts, answer, width)


def _member(member: str | Answer) -> str:
    if isinstance(member, str):
        return member
    value = member.get("value")
    return member["country"] if value is None else f"{member['country']} {number(value)}"


def _release(release: object) -> str:
    """Return a release or a citation, whether it comes as a text or as fields."""
    if isinstance(release, Mapping):
        return " · ".join(clean(each) for each in release.values() if each not in (None, ""))
    return clean(release)


def verify_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/verify/1`: the datasets, what each release revised, the checks passed."""
    parts = [*_head(answer, "What the world holds, and the checks it passed", width), ""]
    parts.append(_rows(["dataset", "releases", "rows"], answer["datasets"], width))
    for dataset in answer["datasets"]:
        if dataset["revised"]:
            columns = ["published", "coverage", "rows", "revised", "new", "withdrawn"]
            parts += ["", clean(dataset["dataset"]), _rows(columns, dataset["revised"], width)]
    if answer["checks"]:
        parts += ["", _rows(["check", "passed"], answer["checks"], width)]
    return _ended(parts, answer, width)


_HEADS = {"short_pp": "short by, pp", "short_usd_million": "short by, million USD"}


def _rows(columns: Sequence[str], rows: Sequence[Answer], width: int) -> str:
    """Return some fields of JSON rows as a grid."""
    head = [_HEADS.get(name, name) for name in columns]
    return grid(head, [[row.get(name) for name in columns] for row in rows], width)


def _head(answer: Answer, title: str, width: int) -> Iterator[str]:
    yield wrapped(title, width, "", "  ")
    if answer.get("as_of"):
        yield f"as known on {answer['as_of']}"


def _because(gap: Answer, what: str, width: int) -> str:
    return wrapped(gap["reason"], width, f"  {what}  ", " " * (len(what) + 4))


def _ended(parts: list[str], answer: Answer, width: int) -> str:
    notes = [wrapped(f"note: {note}", width, "", "  ") for note in answer.get("notes", ())]
    return "\n".join([*parts, "", *notes, _made(answer["version"], answer["world"])])


def _made(version: str, world: str) -> str:
    return f"burdenshare {clean(version)} · world {clean(world)[:12]}"
