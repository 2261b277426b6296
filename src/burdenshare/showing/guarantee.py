"""What `burdenshare guarantee` prints: the readings side by side, and the matrix by release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing.grids import grid, wrapped
from burdenshare.showing.words import clean, counted

__all__ = ["guarantee_rows", "guarantee_text", "matrix_rows", "matrix_text", "sweep_text"]

Answer = Mapping[str, Any]
GROUPS = ("protected", "unprotected", "open")
SIGNS = {"protected": "✓", "unprotected": "✗", "open": "?", "not held": "·", "not a member": ""}
_KEY = "✓ protected   ✗ unprotected   ? open   · not held in this release   blank: not a member"


def guarantee_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/guarantee/1`: each reading with its members, then what is assumed."""
    parts = [*_head(answer, f"{answer['name']}: who would be protected", width)]
    parts.append(counted(answer["members"], "member"))
    for reading in answer["readings"]:
        parts += ["", *_reading(reading, width)]
    if answer["assumptions"]:
        parts += ["", "Assumed, because the texts do not say"]
    for each in answer["assumptions"]:
        text = f"{each['title']}: {each['value']} (or {_others(each)}). {clean(each['why'])}"
        parts.append(wrapped(text, width, f"  {each['assumption']}: ", "    "))
    return _ended(parts, answer, width)


def _reading(reading: Answer, width: int) -> Iterator[str]:
    """Yield a reading: its name and provision, what it is measured by, who stands where, why."""
    yield wrapped(f"{reading['reading']} ({reading['provision']})", width, "", "  ")
    yield wrapped(reading["text"], width, "  ", "  ")
    if measured := _measured(reading["parameters"]):
        yield wrapped(measured, width, "  ", "  ")
    for name in GROUPS:
        members = reading[name]
        label = f"  {name:<12}{len(members):>3}  "
        between = ", " if any(member.get("value") is not None for member in members) else " "
        shown = between.join(map(_member, members)) or "–"
        yield wrapped(shown, width, label, " " * len(label))
    reasons: dict[str, list[str]] = {}
    for member in reading["open"]:
        reasons.setdefault(member["reason"], []).append(member["country"])
    for reason, countries in reasons.items():
        yield wrapped(f"{' '.join(countries)}: {clean(reason)}", width, "  ? ", "    ")
    for question in reading["left_open"]:
        yield wrapped(f"open: {clean(question)}", width, "  ? ", "    ")
    source = f"{reading['citation']} · {reading['confidence']} · known from {reading['known_from']}"
    yield wrapped(source, width, "  ", "  ")


def _member(member: Answer) -> str:
    value, tier = member.get("value"), member.get("tier")
    shown = member["country"] if value is None else f"{member['country']} {value:g}"
    return f"{shown} {tier}" if tier == "reduced" else shown


def _measured(parameters: Answer) -> str:
    if "measure" not in parameters:
        return ""
    return (
        f"{parameters['measure']} of {parameters['year']} at least "
        f"{parameters['threshold']:g} {clean(parameters['unit'])}"
    )


def _others(assumption: Answer) -> str:
    return ", ".join(str(each) for each in assumption["options"] if each != assumption["value"])


def guarantee_rows(answer: Answer) -> list[dict[str, Any]]:
    """Return an answer as one row a reading and member, for CSV."""
    return [
        {"reading": reading["reading"], "result": name, **member}
        for reading in answer["readings"]
        for name in GROUPS
        for member in reading[name]
    ]


def matrix_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/guarantee-matrix/1`: a column a release, a row a member, and a sum."""
    measured = _measured(answer["parameters"])
    head = f"{answer['name']}, {answer['reading']}: who would have been covered by each release"
    parts = [*_head(answer, head, width), wrapped(measured, width, "", "  ")]
    releases = answer["releases"]
    if releases:
        parts += ["", _KEY, "", *_tables(answer, width), ""]
        parts += [_step(each, width) for each in releases]
        parts += ["", wrapped(_changes(answer["changes"]), width, "", "  ")]
    source = f"{answer['citation']} · {answer['confidence']}"
    return _ended([*parts, wrapped(source, width, "", "  ")], answer, width)


def _tables(answer: Answer, width: int) -> Iterator[str]:
    """Yield the matrix, in as many tables as its releases need for the width."""
    releases = answer["releases"]
    each = max(1, (width - 7) // 12)
    for start in range(0, len(releases), each):
        days = [release["published"] for release in releases[start : start + each]]
        rows: list[list[str]] = []
        for member in answer["members"]:
            cells = zip(member["cells"], member["values"], strict=True)
            rows.append([member["country"], *map(_cell, list(cells)[start : start + each])])
        if start:
            yield ""
        yield grid(["country", *days], rows, width)


def _cell(cell: tuple[str, float | None]) -> str:
    sign, value = SIGNS[cell[0]], cell[1]
    return sign if value is None else f"{sign} {value:.2f}"


def _step(release: Answer, width: int) -> str:
    """Return one release in a line: how many are covered, and who came or went."""
    if not release["counted"]:
        return wrapped(f"{release['published']}  partial, not counted", width, "", " " * 12)
    text = f"{release['protected']} covered, {release['unprotected']} not, {release['open']} open"
    for word in ("gained", "lost", "joined"):
        if release[word]:
            text += f"; {word} {' '.join(release[word])}"
    return wrapped(f"{release['published']}  {text}", width, "", " " * 12)


def _changes(changes: Answer) -> str:
    steps = counted(changes["steps"], "step")
    text = f"The set changed by revised figures alone in {changes['revised']} of {steps}"
    if changes["countries"]:
        text += f": {counted(changes['moves'], 'move')} ({' '.join(changes['countries'])})"
    if changes["across_breaks"]:
        text += f"; {changes['across_breaks']} of them with a new definition or price base"
    return f"{text}."


def sweep_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/guarantee-sweep/1`: for each year, how often the set was revised."""
    parts = [*_head(answer, f"{answer['name']}, {answer['reading']}: revisions of the set", width)]
    columns = ["year", "counted", "steps", "revised", "moves", "countries"]
    rows = [
        [row[name] if name != "year" else str(row[name]) for name in columns]
        for row in answer["years"]
    ]
    total = answer["total"]
    rows.append(["sum", None, *(total[name] for name in columns[2:5]), []])
    parts += ["", grid(["year", "releases", *columns[2:]], rows, width)]
    return _ended(parts, answer, width)


def matrix_rows(answer: Answer) -> list[dict[str, Any]]:
    """Return a matrix as one row a member and release, for CSV."""
    days = [release["published"] for release in answer["releases"]]
    return [
        {"country": member["country"], "published": day, "result": cell, "value": value}
        for member in answer["members"]
        for day, cell, value in zip(days, member["cells"], member["values"], strict=True)
    ]


def _head(answer: Answer, title: str, width: int) -> Iterator[str]:
    yield wrapped(title, width, "", "  ")
    yield f"as known on {answer['as_of']}"


def _ended(parts: Sequence[str], answer: Answer, width: int) -> str:
    notes = [wrapped(f"note: {note}", width, "", "  ") for note in answer.get("notes", ())]
    made = f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"
    return "\n".join([*parts, "", *notes, made])
