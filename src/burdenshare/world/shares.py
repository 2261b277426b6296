"""Who pays which share of a budget: as published, as the rules give it, without some members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from burdenshare.world.budgets import Budget, find_budget
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.shares_published import (
    Asked,
    Record,
    choose_period,
    read_money,
    read_record,
)
from burdenshare.world.shares_run import Prepared, Rates, Run, prepare, run, take_assumptions
from burdenshare.world.shares_without import (
    Before,
    check_leavers,
    check_reallocations,
    reallocations,
)


def shares_answer(  # noqa: PLR0913, PLR0917 - the options of the command
    world: World,
    budget: str,
    period: str | None = None,
    steps: bool = False,
    without: Sequence[str] = (),
    reallocate: Sequence[str] = ("rerun",),
    assume: Mapping[str, str] | None = None,
    as_of: Day | None = None,
) -> dict[str, Any]:
    """Return the shares of a budget in percent, published beside computed, and what is assumed.

    `period` is one of the budget's, or a year; the newest without. With `without`, the shares of
    those who stay by each way of reallocating. Raises UserError for an unknown budget, period,
    assumption or way, a leaver that is no member, and where nobody would be left.

    >>> answer = shares_answer(World(), "un.regular", "2025-2027", without=["USA"],
    ...                        reallocate=["pro-rata"])
    >>> [spread] = answer["reallocations"]
    >>> spread["rows"][0]["country"], round(spread["rows"][0]["share"], 3)
    ('CHN', 25.646)
    >>> spread["breaks"][0]["text"]
    'above the ceiling of 22, para. 7 (h)'
    """
    day = as_of or world.latest
    found = find_budget(world, budget)
    ways = check_reallocations(reallocate)
    asked = choose_period(world, found, period, day)
    members = members_of(world, asked)
    where = f"{world.organisations[found.members].name} on {asked.day}"
    names = {code: world.countries.name(code) for code in world.countries.codes}
    codes = [world.countries.find(each) for each in without]
    record = read_record(world, asked, members)
    leavers = check_leavers(codes, {*members, *record.rates}, names, where)
    money = read_money(world, asked, record)
    engine = Engine(world, asked, assume or {})
    done = engine.run(members)
    rows = _rows(found, record, done.rates, members)
    answer = {
        **world.header("shares", day),
        "budget": found.id,
        "title": found.title,
        "period": asked.period.id,
        "status": asked.period.status if done.rates else "published",
        "unit": found.unit,
        "decimals": found.decimals,
        "members": len(members),
        "rows": rows,
        "gaps": [{"country": code, "reason": why} for code, why in sorted(record.gaps.items())],
        "not_computed": engine.missing(),
        "left_out": done.left_out,
        "summary": _summary(found, record, done.rates, rows),
        "money": money,
        "assumptions": _assumptions(engine.prepared) if done.rates else [],
        "rules": _rules(done),
        "inputs": list(engine.prepared.read) if done.rates else [],
        "sources": record.sources,
        "notes": [n for n in (asked.period.note, *found.notes, *record.notes) if n],
    }
    if steps:
        answer["steps"] = done.steps
    if leavers:
        before = _before(engine, record, done, money)
        answer["without"] = sorted(leavers)
        answer["before"] = before.basis
        answer["reallocations"] = reallocations(engine.prepared, before, leavers, ways)
        answer["notes"] += _of_leavers(engine, record, done)
    return answer


def shares_rows(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of an answer for a table: its own, or with leavers those of each way."""
    if "reallocations" not in answer:
        return list(answer["rows"])
    return [
        {"reallocation": each["reallocation"], **row}
        for each in answer["reallocations"]
        for row in each["rows"]
    ]


def members_of(world: World, asked: Asked) -> list[str]:
    """Return the codes of the members that pay for a budget in a period."""
    found = world.organisations[asked.budget.members].members(asked.day)
    return sorted({each.country for each in found})


class Engine:
    """The rules of a budget for one period, with their inputs looked up once, when they are needed.

    >>> world = World()
    >>> asked = choose_period(world, find_budget(world, "un.regular"), "2025-2027", world.latest)
    >>> engine = Engine(world, asked, {})
    >>> round(sum(engine.run(members_of(world, asked)).rates.values()), 9)
    100.0
    """

    def __init__(self, world: World, asked: Asked, assume: Mapping[str, str]) -> None:
        self.world = world
        self.asked = asked
        self.others: dict[str, Engine] = {}
        named = {name.strip().replace("-", "_"): value for name, value in assume.items()}
        for each in asked.budget.inputs:
            if each.kind == "budget":
                other = find_budget(world, each.source)
                theirs = {n: v for n, v in named.items() if n in other.assumptions}
                named = {n: v for n, v in named.items() if n not in theirs}
                period = choose_period(world, other, asked.period.id, asked.as_of)
                self.others[each.source] = Engine(world, period, theirs)
        self.assumed = take_assumptions(asked.budget, named)

    @cached_property
    def prepared(self) -> Prepared:
        """The inputs of the rules, or why there are none."""
        asked = self.asked
        return prepare(self.world, asked.budget, asked.period, asked.as_of, self.assumed)

    def missing(self, leavers: bool = False) -> str:
        """Return why the rules give no rates, or nothing where they do.

        With every member, the published rates of another budget will do; without some, its rules
        must run too.
        """
        if self.asked.budget.without_rule:
            return self.asked.budget.without_rule
        if self.asked.period not in self.asked.budget.periods:
            return "the inputs of the rules are not held for this period"
        if self.prepared.missing:
            return self.prepared.missing
        others = [o for o in self.others.values() if leavers or not o.published()]
        return next((why for each in others if (why := each.missing(leavers))), "")

    def published(self) -> Rates:
        """Return the published rates of all members, or nothing where one has none."""
        members = members_of(self.world, self.asked)
        rates = read_record(self.world, self.asked, members).rates
        whole = all(country in rates for country in members)
        return {country: rates[country] for country in members} if whole else {}

    def run(self, members: Sequence[str], leavers: frozenset[str] = frozenset()) -> Run:
        """Run the rules for those who stay; no rates where they cannot be run."""
        if self.missing(bool(leavers)):
            return Run({})
        stay = [country for country in members if country not in leavers]
        return run(self.prepared, stay, self._other, leavers)

    def rates(self, leavers: frozenset[str]) -> Rates:
        """Return the rates of those who stay."""
        return self.run(members_of(self.world, self.asked), leavers).rates

    def _other(self, name: str, leavers: frozenset[str]) -> Rates:
        """Return the rates of another budget: published for all, run again without leavers."""
        engine = self.others[name]
        if not leavers and (rates := engine.published()):
            return rates
        return engine.run(members_of(self.world, engine.asked), leavers).rates


def _rows(
    budget: Budget, record: Record, computed: Rates, members: Sequence[str]
) -> list[dict[str, Any]]:
    rows = []
    for country in sorted({*members, *record.rates}):
        published, own = record.rates.get(country), computed.get(country)
        if published is None and own is None:
            continue
        row: dict[str, Any] = {
            "country": country,
            "published": None if published is None else round(published, budget.decimals),
            "computed": None if own is None else round(own, budget.decimals),
            "difference": None,
        }
        if published is not None and own is not None:
            row["difference"] = round(row["computed"] - row["published"], budget.decimals)
        if country in record.amounts:
            row["amount"] = record.amounts[country]
        rows.append(row)
    return sorted(rows, key=_largest_first)


def _largest_first(row: Mapping[str, Any]) -> tuple[float, str]:
    share = row["published"] if row["published"] is not None else row["computed"]
    return -share, row["country"]


def _summary(
    budget: Budget, record: Record, computed: Rates, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return how near the computed shares are to the published ones, in percentage points."""
    apart = {r["country"]: abs(r["difference"]) for r in rows if r["difference"] is not None}
    unit = 10.0**-budget.decimals
    furthest = max(apart, key=lambda country: apart[country], default=None)
    # A share that was published with fewer decimals is as near as they can tell.
    slack = {c: max(unit, record.steps.get(c, 0.0)) / 2 for c in apart}
    return {
        "compared": len(apart),
        "mean_abs": round(sum(apart.values()) / len(apart), 6) if apart else None,
        "max_abs": apart[furthest] if furthest else None,
        "furthest": furthest if furthest and apart[furthest] else None,
        "exact": sum(apart[c] < slack[c] for c in apart) if apart else None,
        "sum_published": _sum(budget, record.rates),
        "sum_computed": _sum(budget, computed),
    }


def _sum(budget: Budget, rates: Rates) -> float | None:
    return round(sum(rates.values()), budget.decimals) if rates else None


def _assumptions(prepared: Prepared) -> list[dict[str, Any]]:
    return [
        {
            "assumption": name.replace("_", "-"),
            "title": each.title,
            "value": prepared.assumed[name],
            "default": each.default,
            "options": list(each.options),
            "why": each.why,
            "citation": each.citation,
            "confidence": each.confidence,
        }
        for name, each in prepared.budget.assumptions.items()
    ]


def _rules(done: Run) -> list[dict[str, str]]:
    keys = ("step", "provision", "citation", "confidence")
    lines = {step["step"]: {key: step[key] for key in keys} for step in done.steps}
    return list(lines.values())


def _before(engine: Engine, record: Record, done: Run, money: Mapping[str, Any]) -> Before:
    """Return the shares with every member: as published if none is missing, else as computed.

    Scales before 2004 add to a little more or less than 100, and former states stand in them.
    """
    members = members_of(engine.world, engine.asked)
    whole = all(country in record.rates for country in members)
    computed = done.rates if not whole else {}
    rates = computed or record.rates
    return Before(
        rates=rates,
        basis="computed" if computed else "published",
        whole=bool(computed) or whole or abs(sum(rates.values()) - 100) < _SLACK,
        money=money["amount"],
        rerun=engine.rates,
        why_no_rerun=engine.missing(leavers=True),
    )


_SLACK = 10.0  # by how many points an old scale may miss 100 and still be a whole scale


def _of_leavers(engine: Engine, record: Record, done: Run) -> list[str]:
    """Return what a reader must know of shares without some members."""
    notes = ["what happens to the share of a member that leaves is a decision, not a rule"]
    both = [c for c in done.rates if c in record.rates]
    if both:
        far = max(both, key=lambda c: abs(done.rates[c] - record.rates[c]))
        error = done.rates[far] - record.rates[far]
        notes.append(
            f"a rerun carries the error of the computed rates: {error:+.3f} at most ({far})"
            " with every member"
        )
    return notes
