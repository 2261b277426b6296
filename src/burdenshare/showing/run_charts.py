"""The charts of a run, by what they answer. Blocks of the answer that are empty give none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from burdenshare.showing import run_debt_words
from burdenshare.showing.bill_charts import bill_charts, spending_charts
from burdenshare.showing.fan_charts import member_charts, share_charts
from burdenshare.showing.money_charts import funding_charts, loan_charts
from burdenshare.showing.plots import Chart
from burdenshare.showing.range_charts import needed_charts, reach_charts, uncertainty_charts
from burdenshare.showing.run_cover_charts import cover_charts
from burdenshare.showing.run_debt_charts import needed_charts as debt_needed_charts
from burdenshare.showing.run_debt_charts import path_charts
from burdenshare.showing.strips import strip_charts
from burdenshare.showing.tiles import map_charts
from burdenshare.showing.total_charts import total_charts

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its id, its title, its charts, and what is said above them."""

    name: str
    title: str
    charts: tuple[Chart, ...]
    says: tuple[str, ...] = ()


def charts_of(answer: Answer) -> list[Part]:
    """Return the charts of `burdenshare/run/1` in the order of the page, without empty parts.

    >>> blocks = "rows meets counts needed reach bills funding borrowing room protection"
    >>> empty = {name: [] for name in f"{blocks} members uncertainty".split()}
    >>> charts_of(empty | {"scenario": {"id": "x"}})
    []
    """
    return [part for part in _parts(answer) if part.charts]


def _parts(answer: Answer) -> Iterator[Part]:
    yield Part(
        "pays",
        "Who pays",
        (
            *needed_charts(answer),
            *total_charts(answer),
            *spending_charts(answer),
            *bill_charts(answer),
            *reach_charts(answer),
            *funding_charts(answer),
            *loan_charts(answer),
        ),
    )
    yield _debt(answer)
    yield Part("protected", "Who is protected", tuple(map_charts(answer)))
    yield Part("pledge", "Shares of GDP and the pledges", _pledge(answer))
    yield Part("sure", "How sure this is", tuple(uncertainty_charts(answer)))


def _debt(answer: Answer) -> Part:
    """Return debt: whether the money covers what is asked for, then each state's debt."""
    charts = (*path_charts(answer), *debt_needed_charts(answer), *cover_charts(answer))
    return Part("debt", "Debt", charts, tuple(run_debt_words.answers(answer)))


def _pledge(answer: Answer) -> tuple[Chart, ...]:
    return (*share_charts(answer), *strip_charts(answer), *member_charts(answer))
