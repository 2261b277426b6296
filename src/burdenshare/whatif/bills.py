"""What each member pays into a budget before and after some leave, in percent and US dollars."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from burdenshare.world.budgets import REALLOCATIONS, Budget, find_budget
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World
from burdenshare.world.shares import Engine, members_of, shares_answer
from burdenshare.world.shares_published import choose_period, read_record

_MILLION = 1e6
_GDP = "NGDPD"


def budgets_of(world: World, organisation: str) -> list[Budget]:
    """Return the budgets of an organisation whose members pay by assessed rates.

    >>> [budget.id for budget in budgets_of(World(), "un")]
    ['un.regular', 'un.peacekeeping']
    """
    found = [each for each in world.budgets.values() if each.organisation == organisation]
    return [each for each in found if each.published]


def budget_bills(
    world: World,
    budget: str,
    leavers: Collection[str],
    ways: Sequence[str] = (),
    as_of: Day | None = None,
    total_usd: float | None = None,
) -> list[dict[str, Any]]:
    """Return one bill for each way of sharing a budget out anew; all ways without `ways`.

    Shares are in percent, money in US dollars, for the newest period begun on the day. `total_usd`
    takes the place of the size on record. What is not known is None, with a `reason`. Raises
    UserError for an unknown budget or way, a leaver that is no member, and where nobody stays.

    >>> [bill] = budget_bills(World(), "un.regular", ["USA"], ["pro-rata"])
    >>> usa, china = (next(r for r in bill["rows"] if r["country"] == c) for c in ("USA", "CHN"))
    >>> usa["before"], usa["after"], china["before"], round(china["after"], 3)
    (22.0, 0.0, 20.004, 25.646)
    """
    day = as_of or world.latest
    names = list(ways) or list(REALLOCATIONS)
    answer = shares_answer(world, budget, without=sorted(leavers), reallocate=names, as_of=day)
    before = _before(world, answer, day)
    total, text = dollars(world, answer["money"], day)
    if total_usd is not None:
        total, text = total_usd, f"USD {total_usd / _MILLION:,.0f} million, as the scenario sets it"
    bills = [bill(answer, each, before, total, text) for each in answer["reallocations"]]
    income = _gdp_shares(world, before, answer["money"]["year"], day)
    for row in (row for each in bills for row in each["rows"]):
        row["gdp_share"] = income.get(row["country"])
    return bills


def bill(
    answer: Mapping[str, Any],
    way: Mapping[str, Any],
    before: Mapping[str, float],
    total: float | None,
    text: str,
) -> dict[str, Any]:
    """Return a bill from the shares with everybody, and those of one way of sharing out anew.

    `answer` and `way` are what `shares_answer` gives; `before` are percent by country, `total` the
    US dollars with everybody, `text` where they come from.
    """
    after = {row["country"]: row["share"] for row in way["rows"]}
    leavers = set(answer["without"])
    size = total
    if way["reallocation"] == "shrink" and total is not None:
        kept = sum(rate for country, rate in before.items() if country not in leavers)
        size = total * kept / sum(before.values()) if before else None
        text += ", less the part of those who leave"
    rows = [
        _row(country, before.get(country), 0.0 if country in leavers else after[country])
        for country in sorted({*before, *after, *leavers})
        if country in leavers or country in after
    ]
    for row in rows:
        row["before_usd"] = _part(total, row["before"])
        row["after_usd"] = _part(size, row["after"])
    return {
        "budget": answer["budget"],
        "title": answer["title"],
        "period": answer["period"],
        "reallocation": way["reallocation"],
        "way": way["title"],
        "status": answer["status"] if answer["before"] == "computed" else answer["before"],
        "unit": answer["unit"],
        "before_total_usd": total,
        "total_usd": size,
        "total_text": text,
        "rows": rows if after else [],
        "breaks": way["breaks"],
        "precedents": way["precedents"],
        "notes": way["notes"],
        "reason": way["reason"],
        "citation": citation(answer),
        "sources": [
            {
                "what": answer["title"],
                "published": each["published"],
                "document": each["document"],
                "source": each["read_from"],
            }
            for each in answer["sources"]
        ],
    }


def dollars(world: World, money: Mapping[str, Any], day: Day) -> tuple[float | None, str]:
    """Return a budget's size in US dollars with where it comes from, or None and why not.

    Euros are turned into dollars at the newest fixing of the European Central Bank known on a day.
    """
    amount, unit = money["amount"], money["unit"]
    if amount is None:
        return None, f"the size of the budget of {money['year']} is not known: {money['reason']}"
    millions = amount if unit.endswith("million") else amount / _MILLION
    text = f"{unit[:3]} {millions:,.0f} million in {money['year']}"
    if source := money.get("source"):
        text += f" ({source})"
    if unit.startswith("USD"):
        return millions * _MILLION, text
    fixing = world.fixings("EXR.USD").on(day) if unit.startswith("EUR") else None
    if fixing is None:
        return None, f"{text}; no rate to the US dollar is known on {day}"
    rate = f"{fixing.value:g} US dollars for one euro (European Central Bank, {fixing.day})"
    return millions * _MILLION * fixing.value, f"{text}, at {rate}"


def citation(answer: Mapping[str, Any]) -> str:
    """Return where the shares with everybody come from."""
    names = [f"{each['document']} ({each['published']})" for each in answer["sources"]]
    if answer["before"] == "computed":
        names += [f"{each['provision']}: {each['citation']}" for each in answer["rules"]]
    return "; ".join(dict.fromkeys(names))


def _before(world: World, answer: Mapping[str, Any], day: Day) -> dict[str, float]:
    """Return the shares with everybody, unrounded, as the reallocations start from them."""
    asked = choose_period(world, find_budget(world, answer["budget"]), answer["period"], day)
    members = members_of(world, asked)
    if answer["before"] == "computed":
        return Engine(world, asked, {}).run(members).rates
    return read_record(world, asked, members).rates


def _gdp_shares(world: World, payers: Collection[str], year: int, day: Day) -> dict[str, float]:
    """Return each payer's part in the GDP of all payers that have one, in percent, in dollars."""
    answers = {code: world.fact(_GDP, code, year, day) for code in payers}
    gdp = {code: fact.value for code, fact in answers.items() if isinstance(fact, Fact)}
    total = sum(gdp.values())
    return {code: 100 * value / total for code, value in gdp.items()}


def _row(country: str, before: float | None, after: float) -> dict[str, Any]:
    return {"country": country, "before": before, "after": after}


def _part(total: float | None, share: float | None) -> float | None:
    return None if total is None or share is None else total * share / 100
