"""An answer of `run` made by hand: three members with forces, one without, two years."""

from __future__ import annotations

from typing import Any

from burdenshare.showing.plots import Chart

SCENARIO = "us-leaves-nato"
HAGUE, VILNIUS = "nato.hague-2025.core", "nato.vilnius-2023.share"
YEARS = (2027, 2028)
BLOCKS = (
    "rows meets counts shortfalls needed reach bills funding borrowing room protection uncertainty"
).split()
NAMES = {"USA": "United States", "DEU": "Germany", "POL": "Poland", "ISL": "Iceland"}

# Medians of the share of GDP in each of YEARS, and of spending in million US dollars.
SHARES = {"USA": (3.24, 3.274), "DEU": (2.92, 3.016), "POL": (4.6, 4.58)}
SUMS = {
    "USA": (1_000_400.0, 1_020_000.0),
    "DEU": (160_000.0, 166_000.0),
    "POL": (9_400.0, 51_000.0),
}
GROUPS = {
    "NATO": ((3.22, 3.3), (1_169_800.0, 217_000.0)),
    "NATO without USA": ((3.1, 3.3), (169_400.0, 217_000.0)),
}
BEFORE = {"NATO": ((3.22, 3.25), (1_169_800.0, 1_237_000.0))}


def run(**blocks: Any) -> dict[str, Any]:
    """Return the answer, with some of its blocks replaced."""
    return _head() | _paths() | _money() | _protection() | _rest() | blocks


def empty(**blocks: Any) -> dict[str, Any]:
    """Return the answer with all its blocks empty but those given."""
    bare: dict[str, Any] = {name: [] for name in BLOCKS}
    return run(**bare) | blocks


def row(scenario: str, region: str, name: str, year: int, middle: float) -> dict[str, Any]:
    """Return one row whose range is 10 % of the median to each side, half of it 5 %."""
    unit = "% of GDP" if name == "Share of GDP" else "million USD_2026"
    levels = {"p5": 0.9, "p25": 0.95, "p50": 1.0, "p75": 1.05, "p95": 1.1}
    return {
        "scenario": scenario,
        "region": region,
        "variable": f"Defence Expenditure|{name}",
        "unit": unit,
        "year": year,
        "mean": middle,
        **{level: middle * times for level, times in levels.items()},
    }


def _head() -> dict[str, Any]:
    return {
        "schema": "burdenshare/run/1",
        "version": "0.1.0",
        "world": "3ee644d7eb1cf920",
        "as_of": "2026-10-30",
        "scenario": {
            "id": SCENARIO,
            "title": "The United States leaves NATO",
            "question": "Who pays what if the United States leaves NATO?",
            "hash": "0123456789abcdef",
        },
        "settings": {"first": 2027, "last": 2028, "draws": 2000, "seed": 1949, "block": 512},
        "switches": [{"id": "spain", "title": "Spain keeps its own path", "on": True}],
        "changes": [
            {
                "id": "exit",
                "do": "leave",
                "on": "2027-07-20",
                "text": "The United States leaves NATO on 20 July 2027.",
                "proposal": "nato.exit",
                "citation": "North Atlantic Treaty, Art. 13",
                "confidence": "seen",
            }
        ],
        "headline": "The others would have to spend 17.01 % of their GDP in 2028.",
        "measure": {
            "price_year": 2026,
            "unit": "million USD_2026",
            "definition": "core defence, as NATO counts",
        },
        "members": [
            {
                "country": code,
                "name": name,
                "leaves": "2027-07-20" if code == "USA" else None,
                "joins": None,
                "base_year": None if code == "ISL" else 2026,
                "base_share": {"USA": 3.17, "DEU": 2.69, "POL": 4.6}.get(code),
                "release": None if code == "ISL" else "2026-07-06",
            }
            for code, name in NAMES.items()
        ],
    }


def _paths() -> dict[str, Any]:
    rows = []
    for scenario, changed in ((SCENARIO, GROUPS), ("nothing-changes", GROUPS | BEFORE)):
        for place, year in enumerate(YEARS):
            for code in SHARES:
                rows.append(row(scenario, code, "Share of GDP", year, SHARES[code][place]))
                rows.append(row(scenario, code, "Constant Prices", year, SUMS[code][place]))
            for name, (shares, sums) in changed.items():
                rows.append(row(scenario, name, "Share of GDP", year, shares[place]))
                rows.append(row(scenario, name, "Constant Prices", year, sums[place]))
    chances = {
        HAGUE: {"USA": (0.0, 0.002), "DEU": (0.02, 0.06), "POL": (1.0, 0.97)},
        VILNIUS: {"USA": (1.0, 1.0), "DEU": (1.0, 0.999), "POL": (1.0, 1.0)},
    }
    meets = [
        {
            "scenario": SCENARIO,
            "country": code,
            "year": year,
            "pledge": pledge,
            "target": 3.5 if pledge == HAGUE else 2.0,
            "probability": pair[place],
        }
        for pledge, by_country in chances.items()
        for code, pair in by_country.items()
        for place, year in enumerate(YEARS)
    ]
    counts = [
        {
            "scenario": SCENARIO,
            "year": year,
            "pledge": HAGUE,
            "members": 2,
            "mean": 1.03,
            "p5": 1,
            "p50": 1,
            "p95": 2,
        }
        for year in YEARS
    ]
    shortfalls = [
        {
            "scenario": SCENARIO,
            "country": "DEU",
            "year": 2028,
            "pledge": HAGUE,
            "points": 0.484,
            "usd_million": 26_620.0,
        }
    ]
    history = [
        {"region": "NATO", "year": year, "value": value, "published": day, "document": "tables"}
        for day, values in {
            "2025-08-28": {2024: 2.61, 2025: 2.76},
            "2026-07-06": {2024: 2.66, 2025: 2.8, 2026: 3.05},
        }.items()
        for year, value in values.items()
    ]
    return {
        "rows": rows,
        "meets": meets,
        "counts": counts,
        "shortfalls": shortfalls,
        "history": history,
    }


def bill(way: str, germany: float, poland: float, **fields: Any) -> dict[str, Any]:
    """Return a bill of 1,000 million US dollars of which the United States paid 15 %."""
    shares = {"USA": (15.0, 0.0, 53.1), "DEU": (75.0, germany, 36.2), "POL": (10.0, poland, 10.7)}
    return {
        "budget": "nato.common",
        "title": "NATO common funding",
        "period": "2026",
        "reallocation": way,
        "unit": "% of common funding",
        "total_usd": 1e9,
        "total_text": "EUR 858 million in 2026",
        "rows": [
            {
                "country": code,
                "before": before,
                "after": after,
                "before_usd": before * 1e7,
                "after_usd": after * 1e7,
                "gdp_share": gdp,
            }
            for code, (before, after, gdp) in shares.items()
        ],
        "breaks": [],
        "citation": "Cost shares of 2026",
    } | fields


def _money() -> dict[str, Any]:
    return {
        "needed": [
            {
                "id": "keep-total",
                "title": "Keep the total that NATO spends",
                "year": year,
                "unit": "% of GDP",
                "mean": 17.05,
                "p5": 15.314,
                "p50": 17.012,
                "p95": 18.7,
                "amount_usd_million": 1_020_000.0,
                "citation": "what the leavers spend in the same draw",
            }
            for year in YEARS
        ],
        "reach": [
            {
                "target": 3.5,
                "year": 2028,
                "mean": 26_000.0,
                "p5": 18_000.0,
                "p50": 26_100.0,
                "p95": 34_000.0,
                "unit": "million USD_2026",
            }
        ],
        "bills": [bill("pro-rata", 88.0, 12.0), bill("rerun", 86.0, 14.0)],
        "funding": [
            {
                "organisation": "wfp",
                "year": 2024,
                "title": "World Food Programme: contributions",
                "total_usd": 8_480_047_678.0,
                "lost_usd": 4_435_961_787.0,
                "lost_share": 52.311,
                "need_usd": 16_900_000_000.0,
                "others_raise_percent": 109.69,
                "rows": [
                    {"country": "USA", "usd": 4_435_961_787.0},
                    {"country": "DEU", "usd": 1_039_385_168.0},
                ],
                "citation": "UN system financial statistics",
            }
        ],
        "borrowing": [
            {
                "programme": "eu-safe",
                "title": "SAFE loans",
                "total_eur": 150e9,
                "rows": [
                    {
                        "country": "POL",
                        "amount_eur": 43_734_100_805.0,
                        "first": 2026,
                        "last": 2030,
                        "per_year_eur": 8_746_820_161.0,
                    }
                ],
                "citation": "Regulation (EU) 2025/1106",
            }
        ],
        "room": [
            {
                "title": "Room under the escape clause",
                "rows": [
                    {
                        "country": "DEU",
                        "activated": "2025-10-10",
                        "points": 1.5,
                        "eur_by_year": {"2027": 52.5e9, "2028": 71.9e9},
                    },
                    {
                        "country": "FRA",
                        "activated": None,
                        "points": 0.0,
                        "eur_by_year": {"2027": 0.0, "2028": 0.0},
                    },
                ],
                "total_eur": 124.4e9,
                "citation": "Council, 2025-07-08",
            }
        ],
    }


def _protection() -> dict[str, Any]:
    open_why = "no armed forces: open is whether it is excused"
    groups = {"POL": ("protected", 0.97), "DEU": ("unprotected", 0.06), "USA": ("unprotected", 0.0)}
    rows: list[dict[str, Any]] = [
        {"country": code, "group": group, "probability": chance, "reason": "by the draws"}
        for code, (group, chance) in groups.items()
    ]
    rows.append({"country": "ISL", "group": "open", "probability": None, "reason": open_why})
    return {
        "protection": [
            {
                "reading": "pay-or-no-protection",
                "title": "Only those who pay are protected",
                "year": year,
                "parameters": {"threshold": 3.5},
                "citation": "AFP, 6 March 2025",
                "rows": rows,
            }
            for year in YEARS
        ]
    }


def _rest() -> dict[str, Any]:
    return {
        "uncertainty": [
            {
                "measure": "Share of GDP that keeps the total",
                "unit": "% of GDP",
                "year": 2028,
                "region": "NATO without USA",
                "data_revision": {"p5": 16.7, "p50": 17.0, "p95": 17.3},
                "forecast_error": {"p5": 15.4, "p50": 17.0, "p95": 18.6},
                "both": {"p5": 15.314, "p50": 17.012, "p95": 18.7},
                "assumptions": [{"text": "without the exit", "p50": 3.304}],
            }
        ],
        "assumptions": [
            {
                "text": "Growth stays as it is in the last year of the outlook.",
                "citation": "docs/model.md",
                "confidence": "inference",
            }
        ],
        "sources": [
            {
                "what": "Defence expenditure of NATO countries",
                "published": "2026-07-06",
                "document": "Defence Expenditure of NATO Countries (2014-2026)",
                "source": "https://www.nato.int/tables.pdf",
                "hash": "ab12cd34ef567890",
            }
        ],
        "gaps": [{"country": "ISL", "reason": "no armed forces: no share is published"}],
        "notes": ["a made-up example"],
    }


def said(chart: Chart) -> str:
    """Return what a chart says to those who do not see it."""
    return str(chart.specs[0]["description"])


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    """Return the layers of a chart that have one kind of mark."""
    return [layer for layer in chart.specs[0]["layer"] if layer["mark"]["type"] == kind]
