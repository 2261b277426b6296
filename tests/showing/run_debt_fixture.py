"""The block of a run on debt, made by hand: two cases and two studies."""

from typing import Any

from showing.debt_fixture import BRITAIN, effect, more


def state(country: str, *needed: float | None, **fields: Any) -> dict[str, Any]:
    """Return the effects on a state: debt 5 points higher with the spending, 20 if it goes on."""
    found = effect(country, *needed, **fields)
    without, *others = needed
    steps = [None if None in (each, without) else (each or 0) - (without or 0) for each in others]
    found["extra_adjustment"] |= dict(zip(("with", "kept"), steps, strict=True))
    found["points"] = {"2027": 0.75, "2028": 1.5, "2029": 0.0}
    return found


def case(name: str, title: str, *rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a case with the effects on these states."""
    effects = more(*rows, notes=["a note on inputs"], **fields)["effects"]
    cited = f"the source of {name}"
    return {"id": name, "title": title, "citation": cited, "caveat": None, "effects": effects}


def part(country: str, asked: float, loan: float, room: float, why: str) -> dict[str, Any]:
    """Return a state’s part of a study in 2026 and 2027, in billions a year; room ends in 2026."""
    money = {"asked": (asked, asked), "loans": (loan, loan), "room": (room, 0.0)}
    missing = [max(asked - max(loan, each), 0.0) for each in money["room"]]
    years = [year for year, each in zip((2026, 2027), missing, strict=True) if each]
    sums = {
        f"{name}_eur": {"2026": first * 1e9, "2027": last * 1e9}
        for name, (first, last) in (money | {"missing": (missing[0], missing[1])}).items()
    }
    return {
        "country": country,
        "asked_points": {"2026": 1.25, "2027": 1.2},
        **sums,
        "covered": not years,
        "first_missing": years[0] if years else None,
        "reason": why,
    }


def study(split: str, *rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a study of EUR 30 billion a year, split over these states."""
    return {
        "study": "think-tank",
        "title": "what it costs",
        "publisher": "Think Tank",
        "citation": "Think Tank, What it costs",
        "caveat": "a first estimate",
        "split": split,
        "split_title": f"over {split}, by GDP",
        "first": 2026,
        "last": 2027,
        "per_year_eur": 30e9,
        "money": {
            "loans_eur": 10e9,
            "room_eur": 20e9,
            "title": "loans and room",
            "citation": "Council on the money",
        },
        "rows": list(rows),
        "covered": [row["country"] for row in rows if row["covered"]],
        "not_covered": [row["country"] for row in rows if not row["covered"]],
        "gaps": [{"country": "MLT", "reason": "no GDP is held"}],
        "says": f"The money covers one of the states of {split}.",
        **fields,
    }


def block(**fields: Any) -> dict[str, Any]:
    """Return what a run holds on debt, with some of it replaced."""
    france = part("FRA", 20.0, 0.0, 0.0, "no clause and no loan")
    poland = part("POL", 4.0, 5.0, 2.0, "its loan is enough")
    italy = part("ITA", 6.0, 1.0, 8.0, "its room ends in 2026")
    return {
        "title": "what it does to states",
        "cases": [
            case(
                "scenario",
                "Europe rearms",
                state("FRA", 0.25, 0.5, 1.25),
                state("ITA", 0.0, 0.0, None, debt=50),
            ),
            case(
                "think-tank",
                "Think Tank: What it costs",
                state("FRA", 0.0, 0.0, 0.0),
                outside_eu=BRITAIN,
                said=["FRA: not active", "with all of it", "ITA: over the cap"],
            ),
        ],
        "covers": [
            study("eu-27", poland, france, italy),
            study("europe-in-nato", poland, part("GBR", 9.0, 0.0, 0.0, "no member")),
        ],
        "assumptions": ["room is free in full", "the steps stay"],
        "notes": ["a note on money"],
        "sources": [
            {"what": "clause", "published": "2025-07-08", "document": "Act", "source": "Council"},
            {"what": "escape", "published": None, "document": "Decisions", "source": "scenario"},
        ],
        **fields,
    }
