"""A small answer of two countries, made by hand."""

from typing import Any

NAMES = ("report.html", "results.parquet", "iamc.csv", "scenario.toml")


def row(region: str, year: int, mean: float, unit: str = "% of GDP") -> dict[str, Any]:
    share = unit == "% of GDP"
    return {
        "scenario": "poor-and-rich",
        "region": region,
        "variable": f"Defence Expenditure|{'Share of GDP' if share else 'Constant Prices'}",
        "unit": unit,
        "year": year,
        "mean": mean,
        "p5": mean - 0.5,
        "p25": mean - 0.1,
        "p50": mean,
        "p75": mean + 0.1,
        "p95": mean + 0.5,
    }


def bill(way: str, after: float) -> dict[str, Any]:
    """Return a bill of 4 million dollars, of which Poland pays a quarter before somebody leaves."""
    paid = {"before": 25.0, "after": after, "before_usd": 1e6, "after_usd": 1e4 * after * 4}
    return {
        "budget": "un.regular",
        "period": "2025-2027",
        "reallocation": way,
        "unit": "% of the budget",
        "rows": [{"country": "POL", **paid}],
    }


def answer() -> dict[str, Any]:
    """Return an answer of which the blocks that are saved are filled."""
    of = {"scenario": "poor-and-rich", "country": "POL", "year": 2030, "pledge": "nato.x.core"}
    spread = {"mean": 1.5, "p5": 1, "p50": 1, "p95": 2}
    return {
        "version": "0.1.0",
        "scenario": {"id": "poor-and-rich"},
        "measure": {"price_year": 2026, "unit": "million USD_2026"},
        "rows": [
            row("POL", 2029, 4.5),
            row("POL", 2030, 1 / 3),
            row("Poor, rich", 2030, 1234.5, "million USD_2026"),
        ],
        "meets": [{**of, "probability": 0.25}],
        "shortfalls": [{**of, "points": 0.75, "usd_million": 100.5}],
        "counts": [{**of, **spread, "members": 2}],
        "needed": [{"id": "keep", "title": "x", "year": 2030, "unit": "% of GDP", **spread}],
        "reach": [{"target": 3.5, "year": 2030, "unit": "million USD_2026", **spread}],
        "bills": [bill("pro-rata", 100.0), bill("shrink", 25.0)],
        "funding": [
            {
                "organisation": "wfp",
                "year": 2024,
                "rows": [
                    {"country": "USA", "usd": 3e6, "stops": True},
                    {"country": "POL", "usd": 1e6, "stops": False},
                ],
            }
        ],
        "borrowing": [
            {
                "programme": "eu-safe",
                "rows": [{"country": "POL", "first": 2026, "last": 2027, "per_year_eur": 5e6}],
            }
        ],
        "uncertainty": [{"region": "NATO"}],
    }
