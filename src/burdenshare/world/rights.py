"""What a member may still do: votes, suspension and expulsion, and what its unpaid dues cost it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.errors import UserError
from burdenshare.files import Table, read_toml
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.owed import (
    Amount,
    Owed,
    arrears_of,
    due_in,
    rate_of,
    read_owed,
    size_of,
    total,
)
from burdenshare.world.rules import Finding, Rule

_YEARS = 2  # Art. 19: the preceding two full years
_UNKNOWN = ("enforcement_action", "recommended", "persistent_violation")


@dataclass(frozen=True, slots=True)
class Cap:
    """A member's own law that caps what it pays to a budget."""

    country: str
    budget: str
    parameter: str
    paid: str
    unpaid: str
    note: str


@dataclass(frozen=True, slots=True)
class Rights:
    """What an organisation's rules on rights turn on."""

    owed: tuple[Owed, ...]
    caps: tuple[Cap, ...]


def rights_answer(
    world: World,
    organisation: str,
    country: str,
    as_of: Day | None = None,
    arrears: float | None = None,
    due: Sequence[float] = (),
) -> dict[str, Any]:
    """Return what each rule on rights finds for a member: result or open question, and citation.

    `arrears` in USD and `due`, the contributions of the two preceding full years, replace the
    figures held. Raises UserError for an unknown organisation, one without rules on rights, a
    country that is no member, and amounts below zero.

    >>> answer = rights_answer(World(), "un", "USA", arrears=3e9, due=[1e9, 1.5e9])
    >>> found = {each["rule"]: each for each in answer["findings"]}
    >>> found["vote_lost"]["result"], found["assembly_permission"]["open"] != ""
    (True, True)
    """
    day = as_of or world.latest
    found = world.find_organisation(organisation)
    rules = {n: r for n, r in world.rules_of(found.id).items() if r.kind == "right"}
    if not rules:
        raise UserError(f"{found.name} has no rules on rights here: write rules of kind right")
    code = world.countries.find(country)
    members = [each.country for each in found.members(day)]
    if code not in members:
        raise UserError(f"{world.countries.name(code)} is not a member of {found.name} on {day}")
    rights = _read(world, found.id)
    given_due = [_given(each, "due") for each in due]
    if len(given_due) not in (0, _YEARS):
        raise UserError(f"--due has {len(given_due)} amounts: write those of two years, A,B")
    owes = Amount(0, 0, 0) if arrears is None else _given(arrears, "arrears")
    figures: list[dict[str, Any]] = []
    dues = given_due
    if arrears is None or not due:
        figures, held, held_due = _figures(world, rights, code, day)
        owes, dues = held if arrears is None else owes, given_due or held_due
    values: dict[str, Any] = dict.fromkeys(_UNKNOWN)
    values |= {"country": code, "question": "budget", "present_and_voting": len(members)}
    vote = _vote_lost(rules, owes, dues) if "vote_lost" in rules else None
    if vote is not None:
        values["vote_lost"] = vote.result
    findings = [
        _finding(rule, vote if name == "vote_lost" and vote else _run(rule, values))
        for name, rule in rules.items()
        if rule.holds(day, day) and (name == "vote_lost" or set(rule.inputs) <= set(values))
    ]
    return {
        **world.header("rights", day),
        "organisation": found.id,
        "name": found.name,
        "country": code,
        "members": len(members),
        "findings": findings,
        "owed": figures,
        "caps": [_cap(world, found.id, each, day) for each in rights.caps if each.country == code],
        "notes": _notes(owes, bool(arrears is not None or due)),
    }


def _read(world: World, organisation: str) -> Rights:
    path = world.folders[organisation] / "rights.toml"
    if not path.exists():
        return Rights((), ())
    table = read_toml(path)
    table.table("inputs")
    rights = Rights(
        tuple(read_owed(each) for each in table.tables("owed")),
        tuple(_read_cap(each) for each in table.tables("cap")),
    )
    table.done()
    return rights


def _read_cap(table: Table) -> Cap:
    names = ("country", "budget", "parameter", "paid", "unpaid", "note")
    cap = Cap(*(table.text(name) for name in names))
    table.done()
    return cap


def _figures(
    world: World, rights: Rights, country: str, day: Day
) -> tuple[list[dict[str, Any]], Amount, list[Amount]]:
    """Return arrears and dues by budget, the sum of the arrears, and the dues of each year."""
    lines, owes = [], []
    years = (day.year - 2, day.year - 1)
    dues: dict[int, list[Amount]] = {year: [] for year in years}
    for each in rights.owed:
        owes.append(arrears_of(world, each, country, day))
        for year in years:
            dues[year].append(due_in(world, each, country, year, day))
        due = [dues[year][-1].as_dict() for year in years]
        lines.append({"budget": each.budget, "arrears": owes[-1].as_dict(), "due": due})
    if not owes:
        missing = Amount(0, 0, 0, reason="no series of arrears is named")
        return [], missing, [missing]
    return lines, total(owes), [total(each) for each in dues.values()]


def _given(amount: float, what: str) -> Amount:
    if not 0 <= amount < 1e15:
        raise UserError(f"--{what} is {amount:g}: write an amount in US dollars, 0 or more")
    return Amount(amount, amount, amount)


def _vote_lost(rules: Mapping[str, Rule], owes: Amount, dues: Sequence[Amount]) -> Finding:
    """Return whether the vote is lost; open where a figure is missing or rounding decides."""
    rule = rules["vote_lost"]
    reason = owes.reason or next((each.reason for each in dues if each.reason), "")
    if reason:
        question = "whether the arrears reach the dues of two years: a figure is missing"
        return Finding(rule.id, None, reason, rule.citation, rule.confidence, question)
    surely = rule.function(owes.low, [each.high for each in dues])
    perhaps = rule.function(owes.high, [each.low for each in dues])
    sum_due = sum(each.value for each in dues)
    owed, asked = f"{owes.value / 1e6:,.0f}", f"{sum_due / 1e6:,.0f}"
    text = f"arrears of USD {owed} million, dues of two years USD {asked} million"
    inputs = {"arrears": owes.value, "due": [each.value for each in dues]}
    if surely == perhaps:
        return Finding(rule.id, surely, text, rule.citation, rule.confidence, "", inputs)
    question = "whether the arrears reach the dues of two years: they are nearer than the rounding"
    return Finding(rule.id, None, text, rule.citation, rule.confidence, question, inputs)


def _run(rule: Rule, values: Mapping[str, Any]) -> Finding:
    result = rule.run(values)
    if isinstance(result, Finding):
        return result
    doc = (rule.function.__doc__ or "").strip().splitlines()[0]
    inputs = {name: values[name] for name in rule.inputs}
    return Finding(rule.id, result, doc, rule.citation, rule.confidence, "", inputs)


def _finding(rule: Rule, found: Finding) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "provision": rule.provision,
        "result": found.result,
        "open": found.open,
        "reason": found.reason,
        "inputs": dict(found.inputs),
        "citation": found.citation,
        "confidence": found.confidence,
    }


def _cap(world: World, organisation: str, cap: Cap, day: Day) -> dict[str, Any]:
    """Return, for each budget year held, what the cap lets a member pay and leaves unpaid."""
    rules = world.rules_of(organisation)
    limit = world.organisations[organisation].parameter(cap.parameter, day, day)
    years = []
    for year in range(day.year, day.year - 20, -1):
        size = size_of(world, cap.budget, year, day)
        if size.reason or limit is None:
            continue
        rate, basis, reason = rate_of(world, cap.budget, cap.country, year, day)
        line: dict[str, Any] = {"year": year, "rate": rate, "basis": basis, "reason": reason}
        if rate is not None:
            given = {"assessed_rate": rate, "payment_cap": limit.value, "amount": size.value}
            line |= {
                "paid": rules[cap.paid].run(given),
                "unpaid": round(rules[cap.unpaid].run(given), 2),
                "rate": round(rate, 4),
            }
        years.append(line)
    rule = rules[cap.unpaid]
    return {
        "budget": cap.budget,
        "cap": None if limit is None else limit.value,
        "provision": rule.provision,
        "citation": rule.citation,
        "confidence": rule.confidence,
        "years": years,
        "note": cap.note,
    }


def _notes(owes: Amount, given: bool) -> list[str]:
    if given or owes.reason:
        return []
    return [
        "the newest figures held, from reports; Art. 19 counts what is in arrears on the day of the"
        " vote, and a payment of a few millions can change the answer"
    ]
