"""An answer as rows of one form, for tables, Parquet and the IAMC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from burdenshare.whatif.scenarios import BASELINE

QUANTILES = ("p5", "p25", "p50", "p75", "p95")
COLUMNS = ("scenario", "region", "variable", "unit", "year", "mean", *QUANTILES)

_MILLION = 1e6

Row = dict[str, Any]


def flat_rows(answer: Mapping[str, Any]) -> list[Row]:
    """Return the numbers of an answer that belong to a region and a year, as rows of COLUMNS.

    Money is in millions, shares in %, probabilities from 0 to 1. A bill stands in the first year
    of its period; before anybody leaves it is one of "nothing-changes". What is not known is None.

    >>> meets = {"scenario": "five", "country": "POL", "year": 2030, "pledge": "nato.x",
    ...          "probability": 0.9}
    >>> [row] = flat_rows({"rows": [], "meets": [meets]})
    >>> row["region"], row["variable"], row["mean"], row["p5"]
    ('POL', 'Probability of Meeting|nato.x', 0.9, None)
    """
    found = [*answer["rows"], *_of_countries(answer), *_of_those_who_are_in(answer)]
    found += [*_bills(answer), *_payments(answer), *_loans(answer)]
    return [{name: each.get(name) for name in COLUMNS} for each in found]


def _of_countries(answer: Mapping[str, Any]) -> Iterator[Row]:
    for each in answer.get("meets", ()):
        name = f"Probability of Meeting|{each['pledge']}"
        yield _row(each, each["country"], name, "1") | {"mean": each["probability"]}
    for each in answer.get("shortfalls", ()):
        name, country = f"Shortfall|{each['pledge']}", each["country"]
        yield (_row(each, country, f"{name}|Share of GDP", "% of GDP") | {"p50": each["points"]})
        yield (
            _row(each, country, f"{name}|Constant Prices", answer["measure"]["unit"])
            | {"mean": each["usd_million"]}
        )


def _of_those_who_are_in(answer: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of all members together, by the name under which the answer sums them up."""
    region = next((each["region"] for each in answer.get("uncertainty", ())), "")
    for each in answer.get("counts", ()):
        yield each | _row(each, region, f"Members Meeting|{each['pledge']}", "members")
    scenario = {"scenario": answer["scenario"]["id"]} if "scenario" in answer else {}
    for each in answer.get("needed", ()):
        name = f"Needed Share of GDP|{each['id']}"
        yield each | _row(scenario | each, region, name, each["unit"])
    for each in answer.get("reach", ()):
        name = f"Cost of Reaching|{each['target']:g} % of GDP"
        yield each | _row(scenario | each, region, name, each["unit"])


def _bills(answer: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the bills of each budget: before anybody leaves once, after by each way."""
    told: set[str] = set()
    for bill in answer.get("bills", ()):
        name = bill["budget"]
        columns = {"after": (answer["scenario"]["id"], f"|{bill['reallocation']}")}
        if name not in told:
            columns = {"before": (BASELINE, ""), **columns}
        told.add(name)
        for column, (scenario, way) in columns.items():
            of = {"scenario": scenario, "year": int(bill["period"][:4])}
            for row in bill["rows"]:
                region, usd = row["country"], row[f"{column}_usd"]
                yield (
                    _row(of, region, f"Budget Share|{name}{way}", bill["unit"])
                    | {"mean": row[column]}
                )
                yield (
                    _row(of, region, f"Budget Contribution|{name}{way}", "million USD")
                    | {"mean": _millions(usd)}
                )


def _payments(answer: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what each country paid of its own will, and what of that goes on."""
    for each in answer.get("funding", ()):
        name = f"Voluntary Contribution|{each['organisation']}"
        for scenario in (BASELINE, answer["scenario"]["id"]):
            of = {"scenario": scenario, "year": each["year"]}
            for row in each["rows"]:
                stops = row["stops"] and scenario != BASELINE
                yield (
                    _row(of, row["country"], name, "million USD")
                    | {"mean": 0.0 if stops else _millions(row["usd"])}
                )


def _loans(answer: Mapping[str, Any]) -> Iterator[Row]:
    for each in answer.get("borrowing", ()):
        for row in each["rows"]:
            for year in range(row["first"], row["last"] + 1):
                of = {"scenario": answer["scenario"]["id"], "year": year}
                yield (
                    _row(of, row["country"], f"Loans|{each['programme']}", "million EUR")
                    | {"mean": _millions(row["per_year_eur"])}
                )


def _millions(value: float | None) -> float | None:
    return None if value is None else value / _MILLION


def _row(each: Mapping[str, Any], region: str, variable: str, unit: str) -> Row:
    return {
        "scenario": each["scenario"],
        "region": region,
        "variable": variable,
        "unit": unit,
        "year": each["year"],
    }
