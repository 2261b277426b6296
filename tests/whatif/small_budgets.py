"""A budget of a few countries, shared out by the way the world shares out real ones."""

from collections.abc import Collection, Mapping
from typing import Any

from burdenshare.world.budgets import REALLOCATIONS, Budget, Period
from burdenshare.world.dates import Day
from burdenshare.world.shares_run import Prepared
from burdenshare.world.shares_without import Before, reallocations

PERIOD = Period("2026", Day(2026, 1, 1), Day(2026, 12, 31), (), None, None, "published", "")
BUDGET = Budget(
    id="club.dues",
    organisation="club",
    members="club",
    title="Dues of the club",
    unit="% of the dues",
    decimals=3,
    published="club_rate",
    amounts=(),
    money=(),
    place="WLD",
    steps=(),
    combine=None,
    check=None,
    inputs=(),
    assumptions={},
    periods=(PERIOD,),
    precedents=(),
    without_rule="",
    notes=(),
)


def small_answer(
    rates: Mapping[str, float], leavers: Collection[str], rerun: Mapping[str, float]
) -> dict[str, Any]:
    """Return what `shares_answer` gives of a budget with these rates, in each way of sharing."""
    before = Before(
        rates=dict(rates),
        basis="published",
        whole=True,
        money=None,
        rerun=lambda _: dict(rerun),
        why_no_rerun="" if rerun else "no rule is known",
    )
    prepared = Prepared(BUDGET, PERIOD, {}, {}, ())
    return {
        "budget": BUDGET.id,
        "title": BUDGET.title,
        "period": PERIOD.id,
        "status": "published",
        "unit": BUDGET.unit,
        "sources": [{"document": "Dues of 2026", "published": "2026-01-01", "read_from": "a page"}],
        "rules": [],
        "without": sorted(leavers),
        "before": before.basis,
        "reallocations": reallocations(prepared, before, frozenset(leavers), list(REALLOCATIONS)),
    }
