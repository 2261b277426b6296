"""What the answer to a run holds: its rows picked by scenario, region, pledge and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from burdenshare.showing.run_words import is_country

Answer = Mapping[str, Any]
BASELINE = "nothing-changes"
SHARE = "Defence Expenditure|Share of GDP"
CONSTANT = "Defence Expenditure|Constant Prices"
LEVELS = ("p5", "p25", "p50", "p75", "p95")


def pick(
    answer: Answer, variable: str, region: str, scenario: str | None = None
) -> list[dict[str, Any]]:
    """Return the rows of a variable and region in the run's own scenario or another, by year.

    Years without a figure are left out.
    """
    wanted = scenario or answer["scenario"]["id"]
    found = [
        row
        for row in answer["rows"]
        if (row["scenario"], row["region"], row["variable"]) == (wanted, region, variable)
        and row["p50"] is not None
    ]
    return sorted(found, key=lambda row: int(row["year"]))


def baseline(answer: Answer, variable: str, region: str) -> list[dict[str, Any]]:
    """Return the rows of "nothing changes", or none where that is the run's own scenario."""
    if answer["scenario"]["id"] == BASELINE:
        return []
    return pick(answer, variable, region, BASELINE)


def groups(answer: Answer) -> list[str]:
    """Return the regions that are no single country, those first that "nothing changes" has too."""
    codes = {member["country"] for member in answer["members"]}
    regions = dict.fromkeys(row["region"] for row in answer["rows"])
    found = [region for region in regions if region not in codes and not is_country(region)]
    there = {row["region"] for row in answer["rows"] if row["scenario"] == BASELINE}
    return sorted(found, key=lambda region: region not in there)


def distinct_groups(answer: Answer, variable: str) -> list[str]:
    """Return the groups whose figures are not those of an earlier group under another name."""
    seen: list[list[tuple[Any, ...]]] = []
    kept = []
    for region in groups(answer):
        figures = [
            (row["year"], *(row[each] for each in LEVELS)) for row in pick(answer, variable, region)
        ]
        if figures and figures not in seen:
            seen.append(figures)
            kept.append(region)
    return kept


def countries(answer: Answer, variable: str) -> list[str]:
    """Return the countries that have figures, the largest median of the last year first."""
    apart = set(groups(answer))
    regions = dict.fromkeys(row["region"] for row in answer["rows"] if row["variable"] == variable)
    last = {
        region: rows[-1]["p50"]
        for region in regions
        if region not in apart and (rows := pick(answer, variable, region))
    }
    return sorted(last, key=lambda region: (-last[region], region))


def leavers(answer: Answer) -> list[str]:
    """Return the members that leave."""
    return [member["country"] for member in answer["members"] if member.get("leaves")]


def own(answer: Answer, block: str) -> list[dict[str, Any]]:
    """Return the rows of a block that are of the run's own scenario."""
    return [row for row in answer[block] if row["scenario"] == answer["scenario"]["id"]]


def pledges(answer: Answer) -> list[str]:
    """Return the pledges that are asked about, each set of equal figures once."""
    mine: dict[str, list[tuple[Any, ...]]] = {}
    for row in own(answer, "meets"):
        figures = (row["country"], row["year"], row["target"], row["probability"])
        mine.setdefault(row["pledge"], []).append(figures)
    kept: dict[str, list[tuple[Any, ...]]] = {}
    for pledge, figures_of in mine.items():
        if figures_of not in kept.values():
            kept[pledge] = figures_of
    return list(kept)


def unknown(answer: Answer) -> list[tuple[str, str]]:
    """Return what the answer cannot tell, as whom or what it is about and why."""
    found = [(each["country"] or "", each["reason"]) for each in answer["gaps"]]
    for bill in answer["bills"]:
        title = f"{bill['title']}, {bill['reallocation']}"
        if not bill["rows"]:
            found.append((title, bill.get("reason") or bill["total_text"]))
        elif bill["total_usd"] is None:
            found.append((title, bill["total_text"]))
    return found


def last_rows(rows: Sequence[Answer]) -> list[Answer]:
    """Return the rows of the last year that have a figure."""
    known = [row for row in rows if row["p50"] is not None]
    year = max((row["year"] for row in known), default=0)
    return [row for row in known if row["year"] == year]


def last_count(answer: Answer, pledge: str) -> Answer | None:
    """Return how many members meet a pledge in the last year, where that is known."""
    rows = [row for row in own(answer, "counts") if row["pledge"] == pledge]
    found = last_rows(rows)
    return found[0] if found else None


def largest_rise(bill: Answer) -> Answer | None:
    """Return whose bill rises most, or None where nobody's rises by more than a rounding."""
    known = [row for row in bill["rows"] if None not in (row["before_usd"], row["after_usd"])]
    rising = [row for row in known if row["after_usd"] > 1.005 * row["before_usd"]]
    return max(rising, key=lambda row: row["after_usd"] - row["before_usd"], default=None)


def some(years: Iterable[int], most: int) -> list[int]:
    """Return at most so many years, the first and the last among them, evenly apart.

    >>> some(range(2026, 2036), 4), some([2026], 4)
    ([2026, 2029, 2032, 2035], [2026])
    """
    known = sorted(set(years))
    if len(known) <= most:
        return known
    step = (len(known) - 1) / (most - 1)
    return sorted({known[round(place * step)] for place in range(most)})
