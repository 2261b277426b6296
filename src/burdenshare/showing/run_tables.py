"""The main figures of a run in short, for the report on an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from burdenshare.showing import run_debt_words
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.words import clean

Answer = Mapping[str, Any]
Line = tuple[str, str, str]
_CITED = (
    ("needed", "title"),
    ("bills", "title"),
    ("funding", "title"),
    ("borrowing", "title"),
    ("room", "title"),
    ("protection", "title"),
)
_NEEDS = 3


def citations(answer: Answer) -> list[tuple[str, str]]:
    """Return what the figures of each block are and what they rest on, each pair once."""
    found = [
        (say.heading(each[title]), clean(each["citation"]))
        for block, title in _CITED
        for each in answer[block]
    ]
    found += run_debt_words.cited(answer)
    return list(dict.fromkeys(pair for pair in found if pair[1]))


def summary_rows(answer: Answer) -> list[Line]:
    """Return the main figures of a run: what each is, the figure, and its range or what it was."""
    return [*_needs(answer), *_groups(answer), *_counts(answer), *_sums(answer)]


def _needs(answer: Answer) -> Iterator[Line]:
    for row in held.last_rows(answer["needed"])[:_NEEDS]:
        title = f"{say.heading(row['title'])}, {row['year']}"
        yield title, f"{say.percent(row['p50'])} % of GDP", _range(say.between(row))


def _range(spread: str) -> str:
    return f"{say.RANGE} {spread}"


def _groups(answer: Answer) -> Iterator[Line]:
    for region in held.distinct_groups(answer, held.SHARE)[:1]:
        row = held.pick(answer, held.SHARE, region)[-1]
        title = f"Share of GDP, {clean(region)}, {row['year']}"
        yield title, f"{say.percent(row['p50'])} %", _range(say.between(row))
    for region in held.distinct_groups(answer, held.CONSTANT)[:1]:
        row = held.pick(answer, held.CONSTANT, region)[-1]
        title = f"Spending, {clean(region)}, {row['year']}"
        yield title, say.sum_words(row["p50"], row["unit"]), _range(say.millions_between(row))


def _counts(answer: Answer) -> Iterator[Line]:
    for pledge in held.pledges(answer):
        row = held.last_count(answer, pledge)
        if row is not None:
            title = f"Members that meet in {row['year']}: {say.pledge_words(answer, pledge)}"
            spread = _range(f"{row['p5']:.0f} to {row['p95']:.0f}")
            yield title, f"{row['p50']:.0f} of {row['members']}", spread


def _sums(answer: Answer) -> Iterator[Line]:
    for each in answer["bills"]:
        row = held.largest_rise(each)
        if row is not None:
            title = f"{clean(each['title'])} ({say.way(each)}): {say.name(answer, row['country'])}"
            before = f"USD {say.money(row['before_usd'])} before"
            yield title, f"USD {say.money(row['after_usd'])}", before
    for each in answer["funding"]:
        title = f"{clean(each['title'])}, {each['year']}: stops"
        of = f"of USD {say.money(each['total_usd'])}"
        yield title, f"USD {say.money(each['lost_usd'])}", of
    for block in ("borrowing", "room"):
        for each in answer[block]:
            yield say.heading(each["title"]), f"EUR {say.money(each['total_eur'])}", ""
