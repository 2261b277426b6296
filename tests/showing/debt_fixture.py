"""Answers of the debt model made by hand, for the tests of what is shown."""

from typing import Any

YEARS = list(range(2024, 2039))
LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
TOP = {"2025": 1.5, "2026": 1.5, "2027": 1.5, "2028": 1.5}


def row(country: str = "FRA", step: float = 1.5, **fields: Any) -> dict[str, Any]:
    """Return the row of a state whose debt is 110 % and falls by one point a year."""
    debt = [110.0 - k for k in range(15)]
    paths = {"years": YEARS, "debt": debt}
    for name in ("balance", "structural_primary_balance", "interest"):
        paths[name] = [-4.0 + 0.5 * k for k in range(15)]
    return {
        "country": country,
        "adjust": 4,
        "preset": "commission",
        "guidance": "reference trajectory",
        "required_spb": 2.0,
        "binding": "debt_declines_adverse_r_g",
        "criteria": {
            "deficit_reduction": 1.25,
            "debt_declines_adverse_r_g": 1.987,
            "debt_below_60_main_adjustment": 6.5,
            "stochastic": None,
        },
        "stochastic_error": 0.0012,
        "step": step,
        "steps": [step] * 4,
        "net_expenditure_growth": [0.27, -0.02, 1.0, 1.5],
        "paths": paths,
        "no_policy_change": {"years": YEARS, "debt": [110.0 + 4 * k for k in range(15)]},
        "fan": {
            "years": list(range(2028, 2034)),
            "levels": LEVELS,
            "debt": [[106.0 - k + k * side for side in range(-3, 4)] for k in range(6)],
            "probability_debt_falls": 0.7829,
        },
        **fields,
    }


def answer(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return `burdenshare/debt/1` with these rows, of France alone where there are none."""
    return {
        "schema": "burdenshare/debt/1",
        "version": "0.1.0",
        "world": "9f2c41d0a7be3344",
        "as_of": "2026-10-30",
        "adjust": 4,
        "preset": "commission",
        "inputs": "eu-dsa",
        "release": "inputs.csv",
        "published": "2025-11-17",
        "rows": list(rows or [row()]),
        "gaps": [],
        "notes": ["Romania: no rate; Poland: none either.", "Something of all states."],
        **fields,
    }


def told(debt: float, needed: float | None) -> dict[str, Any]:
    """Return what is told of one path: debt that stays, and the step needed after 2028."""
    names = ("debt_2028", "debt_2035", "debt_2041", "deficit_2028", "deficit_2028_as_counted")
    return {
        "debt": dict.fromkeys(("2028", "2035", "2041"), debt),
        "interest": {"2028": 3.25, "2035": 4.0, "2041": 4.5},
        "path": [debt] * 19,
        "balance_2028": -4.5,
        "balance_2028_as_counted": -3.0,
        "reference_values": dict.fromkeys(names, debt <= 60),
        "probability_debt_falls": 0.25,
        "needed_after_2028": needed,
        "binding_after_2028": "debt_safeguard" if needed != 0 else "nothing",
    }


def effect(country: str, *needed: float | None, debt: float = 100.0) -> dict[str, Any]:
    """Return the effects of a state: debt 5 points higher with the spending, 20 if it goes on."""
    cases = zip(("without", "with", "kept"), (0.0, 5.0, 20.0), needed, strict=True)
    return {
        "country": country,
        "clause": {"activated": "2025-07-08", "document": "Council: clause", "caps": TOP},
        "probability_years": [2028, 2033],
        **{case: told(debt + more, step) for case, more, step in cases},
        "extra_adjustment": {"years": [2029, 2032]},
    }


def more(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the part of an answer that spending on top gives."""
    room = {
        "title": "extra spending of the states asked for, on GDP of 2024",
        "spent_eur": 130e9,
        "covered_eur": 65e9,
        "compared": [
            {
                "title": "the figure that was announced",
                "total_eur": 650e9,
                "spent_percent": 20.0,
                "citation": "a speech",
            }
        ],
    }
    effects = {
        "rows": list(rows),
        "outside_eu": None,
        "room": room,
        "said": ["FRA: not active", "ITA: not active", "with all of it"],
        "gaps": [{"country": "FRA", "reason": "no rise is known"}],
        "assumptions": ["the steps stay"],
        "sources": [
            {"what": "clause", "published": "2025-07-08", "document": "Act", "source": "Council"}
        ],
        **fields,
    }
    return {"defence": TOP, "effects": effects}


BRITAIN = {
    "method": "plain debt identity",
    "rows": [
        {
            "country": "GBR",
            "years": [2025, 2026],
            "points": [1.5, 0.0],
            "without": {"debt": [101.0, 102.0], "interest": [2.5, 2.75]},
            "with": {"debt": [102.5, 103.5], "interest": [2.5, 3.0]},
        }
    ],
}
