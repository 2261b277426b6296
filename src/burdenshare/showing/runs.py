"""What `burdenshare run` prints: the answer in a sentence, tables, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from burdenshare.showing import run_blocks as blocks
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.grids import Figure, grid, wrapped
from burdenshare.showing.run_debt import debt
from burdenshare.showing.run_lists import backtest_text, compare_text, scenarios_text
from burdenshare.showing.run_repeat import command
from burdenshare.showing.run_tables import citations
from burdenshare.showing.strips import count_words, reaching
from burdenshare.showing.words import clean

__all__ = ["backtest_text", "compare_text", "run_text", "scenarios_text"]
Answer = Mapping[str, Any]


def run_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/run/1` as text: headline, tables, uncertainty, sources.

    Blocks of the answer that are empty are left out.
    """
    width = max(width, 40)
    parts = [*_head(answer, width)]
    for block in (
        _changes,
        _groups,
        _members,
        blocks.needed,
        blocks.bills,
        blocks.money,
        debt,
        blocks.protection,
        blocks.uncertainty,
        _assumed,
        _sources,
    ):
        lines = [*block(answer, width)]
        parts += ["", *lines] if lines else []
    return "\n".join([*parts, "", *_foot(answer, width)])


def _head(answer: Answer, width: int) -> Iterator[str]:
    scenario, used = answer["scenario"], answer["settings"]
    yield wrapped(f"{scenario['title']} ({scenario['id']})", width, "", "  ")
    yield wrapped(
        f"as known on {answer['as_of']} · {used['first']} to {used['last']} · "
        f"{used['draws']:,} draws · seed {used['seed']}",
        width,
    )
    yield ""
    yield wrapped(answer["headline"], width)


def _changes(answer: Answer, width: int) -> Iterator[str]:
    """Yield what the scenario changes, with the day and the source of each change."""
    if answer["changes"] or answer["switches"]:
        yield "What changes"
    for each in answer["changes"]:
        day = clean(each["on"] or "")
        yield wrapped(each["text"], width, f"  {day:<10}  ", " " * 14)
        source = " · ".join(
            clean(each[name]) for name in ("citation", "proposal", "confidence") if each[name]
        )
        yield wrapped(source, width, " " * 14)
    for each in answer["switches"]:
        state = "on" if each["on"] else "off"
        yield wrapped(f"{each['title']} (switch {each['id']})", width, f"  {state:<10}  ", " " * 14)


def _groups(answer: Answer, width: int) -> Iterator[str]:
    """Yield the paths of the groups: shares of GDP and sums, medians with their ranges."""
    between = ""
    for variable in (held.SHARE, held.CONSTANT):
        regions = held.distinct_groups(answer, variable)
        if not regions:
            continue
        known = [row for each in regions for row in held.pick(answer, variable, each)]
        chosen = held.some((int(row["year"]) for row in known), 4)
        lines = [line for each in regions for line in _group(answer, variable, each, chosen)]
        yield f"{between}{_title(variable, known[0]['unit'])}"
        yield grid(["median", *map(str, chosen)], lines, width)
        between = "\n"


def _title(variable: str, unit: str) -> str:
    if variable == held.SHARE:
        return "Share of GDP, %"
    currency, prices = say.currency_of(unit)
    return f"Spending, billion {currency}{f' at prices of {prices}' if prices else ''}"


def _group(answer: Answer, variable: str, region: str, years: Sequence[int]) -> Iterator[list[str]]:
    """Yield a line of medians, one of ranges, and one of the medians if nothing changes."""
    rows = held.pick(answer, variable, region)
    lines = [("median", rows, ("p50",)), (say.RANGE, rows, ("p5", "p95"))]
    if before := held.baseline(answer, variable, region):
        lines.append(("if nothing changes", before, ("p50",)))
    for place, (name, figures, levels) in enumerate(lines):
        cells = {
            int(row["year"]): " to ".join(_short(row[each], variable) for each in levels)
            for row in figures
        }
        head = f"· {name}" if place else clean(region)
        yield [head, *(cells.get(year, "–") for year in years)]


def _short(value: float, variable: str) -> str:
    return say.percent(value) if variable == held.SHARE else f"{value / 1e3:,.0f}"


def _members(answer: Answer, width: int) -> Iterator[str]:
    """Yield what each member spends in the last year, and whether it meets what is asked."""
    members = held.countries(answer, held.SHARE)
    if members:
        last = max(int(held.pick(answer, held.SHARE, each)[-1]["year"]) for each in members)
        asked = held.pledges(answer)
        head = ["member", "known", str(last), "5 %", "95 %", "USD billion"]
        head += [f"[{place + 1}]" for place in range(len(asked))]
        yield f"Members: share of GDP known last, and in {last} (median, {say.RANGE})"
        yield grid(head, [_member(answer, each, last, asked) for each in members], width)
        for place, pledge in enumerate(asked):
            yield wrapped(_asked(answer, pledge), width, f"[{place + 1}] ", "    ")
    for each in answer["gaps"]:
        yield wrapped(each["reason"], width, f"no figure for {each['country'] or 'any'}: ", "  ")


def _member(answer: Answer, country: str, last: int, asked: Sequence[str]) -> list[object]:
    known = next(
        (each["base_share"] for each in answer["members"] if each["country"] == country), None
    )
    share = held.pick(answer, held.SHARE, country)[-1]
    sums = [
        row for row in held.pick(answer, held.CONSTANT, country) if row["year"] == share["year"]
    ]
    cells: list[object] = [country, _two(known), *(_two(share[n]) for n in ("p50", "p5", "p95"))]
    cells.append(Figure(sums[0]["p50"] / 1e3, 0 if sums[0]["p50"] >= 1e4 else 1) if sums else None)
    for pledge in asked:
        found = [
            row["probability"]
            for row in held.own(answer, "meets")
            if (row["pledge"], row["country"], row["year"]) == (pledge, country, last)
        ]
        cells.append(say.chance(found[0] if found else None))
    return cells


def _two(value: float | None) -> Figure | None:
    return None if value is None else Figure(value, 2)


def _asked(answer: Answer, pledge: str) -> str:
    """Return what a pledge is, how many meet it, and what the others are short by in all."""
    said = f"probability of reaching {reaching(answer, pledge)}."
    short = [row for row in held.own(answer, "shortfalls") if row["pledge"] == pledge]
    year = max((row["year"] for row in short), default=0)
    worst = max(
        (row for row in short if row["year"] == year and row["usd_million"] is not None),
        key=lambda row: row["usd_million"],
        default=None,
    )
    said = f"{said} {count_words(answer, pledge)}".strip()
    if worst is not None and worst["usd_million"] >= 0.5:
        amount = say.millions(worst["usd_million"])
        said += f" Most is missing in {say.name(answer, worst['country'])}: USD {amount}."
    return said


def _assumed(answer: Answer, width: int) -> Iterator[str]:
    if answer["assumptions"]:
        yield "Assumed"
    for each in answer["assumptions"]:
        text = f"{clean(each['text'])} ({clean(each['citation'])} · {clean(each['confidence'])})"
        yield wrapped(text, width, "  ", "    ")


def _sources(answer: Answer, width: int) -> Iterator[str]:
    """Yield where each number comes from; the page has the sources and hashes in full."""
    if answer["measure"]["definition"]:
        yield wrapped(answer["measure"]["definition"], width, "Measured: ", "  ")
    yield "Where each number comes from"
    documents: dict[str, list[str]] = {}
    for each in answer["sources"]:
        text = f"{clean(each['document'])} ({each['published']}, {clean(each['hash'])[:12]})"
        documents.setdefault(clean(each["what"]), []).append(text)
    for what, texts in documents.items():
        yield wrapped(f"{what}: {'; '.join(texts)}", width, "  ", "    ")
    titles: dict[str, list[str]] = {}
    for title, citation in citations(answer):
        titles.setdefault(citation, []).append(title)
    for citation, named in titles.items():
        yield wrapped(f"{'; '.join(named)}: {citation}", width, "  ", "    ")


def _foot(answer: Answer, width: int) -> Iterator[str]:
    for note in answer["notes"]:
        yield wrapped(f"note: {clean(note)}", width, "", "  ")
    yield wrapped(command(answer), width, "again: ", "  ")
    made = f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"
    yield wrapped(f"{made} · scenario {clean(answer['scenario']['hash'])[:12]}", width)
