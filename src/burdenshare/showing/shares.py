"""What `burdenshare shares` and `burdenshare rights` print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing.grids import Figure, grid, wrapped
from burdenshare.showing.words import clean, counted, number

__all__ = ["rights_text", "shares_text"]

Answer = Mapping[str, Any]
_MOST = 25  # rows that a table of members shows; with the steps it shows them all
_DECIMALS = 4  # of shares that no publication rounds
_MILLION = ("USD", "persons")


def shares_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/shares/1`: shares, what is assumed, and what becomes of a leaver's."""
    parts = [*_head(answer, f"{answer['title']}, {answer['period']} ({answer['budget']})", width)]
    parts += [wrapped(line, width, "", "  ") for line in _status(answer)]
    if "reallocations" in answer:
        parts += ["", *_leavers(answer, width)]
    elif answer["rows"]:
        parts += ["", *_members(answer, width)]
    if answer["gaps"]:
        parts += ["", *_gaps(answer["gaps"], width)]
    if answer.get("steps"):
        parts += ["", *_steps(answer["steps"], width)]
    if answer["assumptions"]:
        parts += ["", "Assumed, as no document says it (--assume name=value)"]
        parts += [_assumption(each, width) for each in answer["assumptions"]]
    if answer["rules"]:
        parts += ["", "Rules"]
        parts += [wrapped(line, width, "  ", "    ") for line in _rules(answer["rules"])]
    return _ended(parts, answer, width)


def _status(answer: Answer) -> Iterator[str]:
    """Yield what the shares are, how near they come, and how large the budget is."""
    summary, money = answer["summary"], answer["money"]
    yield f"{counted(answer['members'], 'member')} · {answer['unit']} · {answer['status']}"
    if answer["not_computed"]:
        yield f"not computed: {answer['not_computed']}"
    if summary["compared"]:
        far = f" ({summary['furthest']})" if summary["furthest"] else ""
        yield (
            f"computed against published: {summary['compared']} compared, "
            f"{summary['exact']} equal, mean difference {number(summary['mean_abs'])} points, "
            f"largest {number(summary['max_abs'])}{far}"
        )
    if money["amount"] is None:
        yield f"budget of {money['year']}: unknown ({clean(money['reason'])})"
    else:
        yield f"budget of {money['year']}: {_money(money['amount'])} {money['unit']}"


def _members(answer: Answer, width: int) -> Iterator[str]:
    """Yield the largest shares, published beside computed, and those that differ most."""
    rows = answer["rows"]
    columns = ["country"] + [
        name
        for name in ("published", "computed", "difference", "amount")
        if any(row.get(name) is not None for row in rows)
    ]
    shown = rows if answer.get("steps") else rows[:_MOST]
    yield _table(columns, shown, answer["decimals"], width)
    if len(rows) > len(shown):
        yield _more(len(rows) - len(shown))
    apart = [row for row in rows if row.get("difference")]
    apart.sort(key=lambda row: -abs(row["difference"]))
    if apart:
        yield ""
        yield "Furthest from the published"
        yield _table(columns, apart[:8], answer["decimals"], width)


def _table(columns: Sequence[str], rows: Sequence[Answer], decimals: int, width: int) -> str:
    """Return shares as a grid, with the decimals of the budget; amounts as they are."""
    shares = [
        [_figure(row[name], 0 if name == "amount" else decimals) for name in columns[1:]]
        for row in rows
    ]
    lines = [[row["country"], *cells] for row, cells in zip(rows, shares, strict=True)]
    return grid(columns, lines, width)


def _more(how_many: int) -> str:
    return f"… and {counted(how_many, 'more member')}: --format csv"


def _leavers(answer: Answer, width: int) -> Iterator[str]:
    """Yield the ways of reallocating side by side, in shares and in money, and what each breaks."""
    ways = answer["reallocations"]
    yield f"Without {' '.join(answer['without'])} (before: {answer['before']})"
    for each in ways:
        yield wrapped(f"{each['reallocation']}: {each['title']}", width, "  ", "    ")
        if each["reason"]:
            yield wrapped(f"not given: {each['reason']}", width, "    ", "    ")
    given = [each for each in ways if each["rows"]]
    if given:
        yield ""
        yield from _side_by_side(given, "before", "share", _DECIMALS, width)
    if any("money" in row for each in given for row in each["rows"]):
        yield ""
        yield f"in millions of {answer['money']['unit'].replace(' million', '')}"
        yield from _side_by_side(given, "money_before", "money", 1, width)
    for each in given:
        yield from _breaks(each, width)


def _side_by_side(
    ways: Sequence[Answer], before: str, name: str, decimals: int, width: int
) -> Iterator[str]:
    """Yield a table with a column for each way, the members with the largest shares first."""
    scale = 1e6 if name == "money" and _in_units(ways) else 1
    cells: dict[str, list[Figure | None]] = {}
    for place, each in enumerate(ways):
        for row in each["rows"]:
            empty: list[Figure | None] = [_figure(row.get(before), decimals, scale)]
            line = cells.setdefault(row["country"], empty + [None] * len(ways))
            line[place + 1] = _figure(row.get(name), decimals, scale)
    rows = [[country, *line] for country, line in cells.items()]
    head = ["country", "before", *(each["reallocation"] for each in ways)]
    yield grid(head, rows[:_MOST], width)
    if len(rows) > _MOST:
        yield _more(len(rows) - _MOST)


def _in_units(ways: Sequence[Answer]) -> bool:
    """Say whether money stands in single units rather than in millions."""
    return any((each["money"] or 0) > 1e7 for each in ways)


def _figure(value: float | None, decimals: int, scale: float = 1) -> Figure | None:
    return None if value is None else Figure(value / scale, decimals)


def _breaks(way: Answer, width: int) -> Iterator[str]:
    """Yield the rules that a way breaks, the precedents for it, and what must be known of it."""
    by_text: dict[str, list[str]] = {}
    for each in way["breaks"]:
        by_text.setdefault(each["text"], []).append(f"{each['country']} {each['share']:.3f}")
    for text, members in by_text.items():
        line = f"{way['reallocation']} breaks a rule: {', '.join(members)}: {clean(text)}"
        yield wrapped(line, width, "! ", "  ")
    for each in way["precedents"]:
        line = f"precedent: {clean(each['text'])} ({clean(each['citation'])})"
        yield wrapped(f"{way['reallocation']}: {line}", width, "  ", "    ")
    for note in way["notes"]:
        yield wrapped(f"{way['reallocation']}: {clean(note)}", width, "  ", "    ")


def _gaps(gaps: Sequence[Answer], width: int) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for each in gaps:
        by_reason.setdefault(each["reason"], []).append(each["country"])
    yield "No published share"
    for reason, countries in by_reason.items():
        who = " ".join(countries) if len(countries) <= 40 else counted(len(countries), "member")
        yield wrapped(f"{who}: {clean(reason)}", width, "  ", "    ")


def _steps(steps: Sequence[Answer], width: int) -> Iterator[str]:
    """Yield every member after every step: for each base period money and people, then percent."""
    for base in dict.fromkeys(each["base"] for each in steps):
        mine = [each for each in steps if each["base"] == base]
        yield f"Steps{f', base period {base}' if base else ''}"
        for each in mine:
            if isinstance(each["result"], (int, float)):
                text = f"{each['title']}: {each['result']:,.6g} {each['unit']}"
                yield wrapped(text, width, "  ", "    ")
            elif isinstance(each["result"], list):
                text = f"{each['title']}: {' '.join(each['result']) or 'none'}"
                yield wrapped(text, width, "  ", "    ")
        tables = [each for each in mine if _flat(each["result"])]
        for group in (
            [each for each in tables if each["unit"] in _MILLION],
            [each for each in tables if each["unit"] not in _MILLION],
        ):
            if group:
                yield ""
                yield from _step_table(group, width)
        yield ""


def _flat(result: object) -> bool:
    """Say whether a result has one number a member."""
    return isinstance(result, Mapping) and all(
        isinstance(value, (int, float)) for value in result.values()
    )


def _step_table(steps: Sequence[Answer], width: int) -> Iterator[str]:
    millions = steps[0]["unit"] in _MILLION
    for place, each in enumerate(steps):
        unit = f"million {each['unit']}" if millions else each["unit"]
        yield wrapped(f"[{place + 1}] {each['title']} ({unit}); {each['provision']}", width, "  ")
    countries = sorted({country for each in steps for country in each["result"]})
    rows = [
        [
            country,
            *(
                _figure(each["result"].get(country), 1 if millions else 6, 1e6 if millions else 1)
                for each in steps
            ),
        ]
        for country in countries
    ]
    yield grid(["country", *(f"[{place + 1}]" for place in range(len(steps)))], rows, width)


def _assumption(each: Answer, width: int) -> str:
    others = ", ".join(option for option in each["options"] if option != each["value"])
    text = (
        f"{each['title']}: {each['value']} (or {others}). {clean(each['why'])}. "
        f"{clean(each['citation'])}"
    )
    return wrapped(text, width, f"  {each['assumption']}: ", "    ")


def _rules(rules: Sequence[Answer]) -> Iterator[str]:
    """Yield the provisions that are run, those of one citation in one line."""
    by_citation: dict[tuple[str, str], list[str]] = {}
    for each in rules:
        provisions = by_citation.setdefault((each["citation"], each["confidence"]), [])
        if each["provision"] not in provisions:
            provisions.append(each["provision"])
    for (citation, confidence), provisions in by_citation.items():
        yield f"{'; '.join(provisions)} · {clean(citation)} · {confidence}"


def rights_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/rights/1`: what each rule finds for a member, what it owes, caps."""
    title = f"{answer['name']}: rights of {answer['country']}"
    parts = [*_head(answer, title, width), counted(answer["members"], "member")]
    for each in answer["findings"]:
        parts += ["", *_right(each, width)]
    if answer["owed"]:
        parts += ["", "Owed and due"]
        parts += [line for each in answer["owed"] for line in _owed(each, width)]
    for cap in answer["caps"]:
        parts += ["", *_cap(cap, width)]
    return _ended(parts, answer, width)


_RESULTS = {True: "yes", False: "no", None: "open"}


def _right(each: Answer, width: int) -> Iterator[str]:
    result = each["result"]
    said = _RESULTS[result] if result is None or isinstance(result, bool) else result
    name = each["rule"].replace("_", " ")
    yield wrapped(f"{each['provision']}, {name}: {said}", width, "", "  ")
    yield wrapped(each["reason"], width, "  ", "  ")
    if each["open"]:
        yield wrapped(f"open: {clean(each['open'])}", width, "  ? ", "    ")
    yield wrapped(f"{clean(each['citation'])} · {each['confidence']}", width, "  ", "    ")


def _owed(each: Answer, width: int) -> Iterator[str]:
    yield wrapped(f"{each['budget']}: arrears {_amount(each['arrears'])}", width, "  ", "    ")
    for due in each["due"]:
        yield wrapped(f"due {due['year']}: {_amount(due)}", width, "    ", "      ")


def _amount(amount: Answer) -> str:
    if amount["reason"]:
        return f"unknown ({clean(amount['reason'])})"
    basis = f" at {amount['basis']}" if amount["basis"] else ""
    return f"USD {_money(amount['amount'])}{basis} · {clean(amount['source'])}"


def _cap(cap: Answer, width: int) -> Iterator[str]:
    yield wrapped(f"Cap on {cap['budget']}: {cap['provision']}", width, "", "  ")
    columns = ["year", "rate", "basis", "paid", "unpaid"]
    known = [each for each in cap["years"] if each["rate"] is not None]
    if known:
        rows = [
            {**each, "rate": Figure(each["rate"], 4), "unpaid": Figure(each["unpaid"] / 1e6, 1)}
            for each in known
        ]
        yield grid(
            ["from July", "rate %", "basis", "paid %", "unpaid, million"],
            [[row.get(name) for name in columns] for row in rows],
            width,
        )
    for each in cap["years"]:
        if each["rate"] is None:
            yield wrapped(f"{each['year']}: {clean(each['reason'])}", width, "  ", "    ")
    yield wrapped(f"{clean(cap['citation'])} · {cap['confidence']}", width, "  ", "    ")
    yield wrapped(cap["note"], width, "  ", "    ")


def _money(amount: float) -> str:
    return f"{amount / 1e6:,.1f} million" if amount > 1e7 else f"{amount:,.1f}"


def _head(answer: Answer, title: str, width: int) -> Iterator[str]:
    yield wrapped(title, width, "", "  ")
    yield f"as known on {answer['as_of']}"


def _ended(parts: list[str], answer: Answer, width: int) -> str:
    notes = [wrapped(f"note: {note}", width, "", "  ") for note in answer["notes"]]
    made = f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"
    return "\n".join([*parts, "", *notes, made])
