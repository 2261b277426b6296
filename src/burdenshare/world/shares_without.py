"""What becomes of a member's share when it leaves: run again, spread pro rata, or cut from the sum.

No text says which: each is a way that members could decide on, shown beside the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.world.budgets import REALLOCATIONS, Budget
from burdenshare.world.shares_run import Prepared, Rates


@dataclass(frozen=True, slots=True)
class Before:
    """The shares with every member, how they are known, and the size of the budget."""

    rates: Rates
    basis: str
    whole: bool
    money: float | None
    rerun: Callable[[frozenset[str]], Rates]
    why_no_rerun: str


def check_reallocations(names: Sequence[str]) -> list[str]:
    """Return the ways of reallocating asked for, or an error with a hint."""
    found = list(dict.fromkeys(name.strip().lower().replace("_", "-") for name in names))
    for name in found:
        if name not in REALLOCATIONS:
            hint = did_you_mean(name, REALLOCATIONS)
            raise UserError(f"--reallocate {name[:40]!r} is unknown: {hint}")
    return found or ["rerun"]


def reallocations(
    prepared: Prepared, before: Before, leavers: frozenset[str], names: Sequence[str]
) -> list[dict[str, Any]]:
    """Return, for each way, the shares and the money of those who stay, and the rules it breaks."""
    return [_one(prepared, before, leavers, name) for name in names]


def _one(prepared: Prepared, before: Before, leavers: frozenset[str], name: str) -> dict[str, Any]:
    budget = prepared.budget
    stay = {country: rate for country, rate in before.rates.items() if country not in leavers}
    part = sum(stay.values()) / sum(before.rates.values()) if before.rates else 0.0
    reason, notes = "", list[str]()
    size = before.money
    rates: Rates = {}
    if name == "rerun":
        reason = before.why_no_rerun
        rates = {} if reason else before.rerun(leavers)
        if not rates and not reason:
            reason = "the rule gives no shares without these members"
    elif not before.whole or part <= 0:
        reason = "the shares of those who stay are not known"
    else:
        total = sum(stay.values())
        rates = {country: 100 * rate / total for country, rate in stay.items()}
    if name == "shrink" and rates:
        size = None if size is None else size * part
        notes.append(
            "the rates stay as they are; shares are of the smaller budget, so nobody pays more"
        )
    checked = stay if name == "shrink" else rates
    return {
        "reallocation": name,
        "title": REALLOCATIONS[name],
        "reason": reason,
        "money": size,
        "rows": _rows(before, rates, size),
        "breaks": _breaks(prepared, checked) if rates else [],
        "precedents": _precedents(budget, name),
        "notes": notes,
    }


def _rows(before: Before, rates: Rates, size: float | None) -> list[dict[str, Any]]:
    rows = []
    for country, share in sorted(rates.items(), key=lambda each: (-each[1], each[0])):
        old = before.rates.get(country)
        row: dict[str, Any] = {
            "country": country,
            "before": old,
            "share": round(share, 9),
            "change": None if old is None else round(share - old, 9),
        }
        if size is not None and before.money is not None:
            row["money_before"] = None if old is None else round(before.money * old / 100, 2)
            row["money"] = round(size * share / 100, 2)
        rows.append(row)
    return rows


def _breaks(prepared: Prepared, rates: Rates) -> list[dict[str, Any]]:
    """Return the limits that a set of rates breaks, by the budget's own rule."""
    check = prepared.budget.check
    if check is None or any(name not in {*prepared.values, "shares"} for name in check.inputs):
        return []
    found: list[Mapping[str, Any]] = check.run({**prepared.values, "shares": rates})
    return [
        {
            **each,
            "share": round(rates[each["country"]], 9),
            "rule": check.id,
            "provision": check.provision,
            "citation": check.citation,
            "confidence": check.confidence,
        }
        for each in found
    ]


def _precedents(budget: Budget, name: str) -> list[dict[str, str]]:
    return [
        {"text": each.text, "citation": each.citation, "confidence": each.confidence}
        for each in budget.precedents
        if each.reallocation == name
    ]


def check_leavers(
    codes: Collection[str], members: Collection[str], names: Mapping[str, str], where: str
) -> frozenset[str]:
    """Return the leavers, or an error for one that is no member, or where nobody would stay."""
    for code in codes:
        if code not in members:
            raise UserError(f"{names.get(code, code)} is not a member of {where}: it cannot leave")
    leavers = frozenset(codes)
    if leavers and leavers >= set(members):
        raise UserError(f"all {len(leavers)} members of {where} leave: nobody is left to pay")
    return leavers
