"""Each kind of change as a sentence."""

from typing import Any

import pytest

from burdenshare.whatif.scenarios import parse_scenario
from burdenshare.whatif.wording import countries, day_of, described, listed
from burdenshare.world.dates import Day
from burdenshare.world.load import World

ON = Day(2028, 1, 1)
NATO = {"organisation": "nato"}


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"do": "leave", "who": ["USA", "CAN"], **NATO, "decided": Day(2026, 1, 1)},
            "The United States and Canada leave NATO: decided on 2026-01-01, out on 2028-01-01.",
        ),
        (
            {"do": "leave", "who": "members", "but": ["USA"], **NATO, "on": ON},
            "Every member of NATO but the United States leaves NATO on 2028-01-01.",
        ),
        ({"do": "join", "who": ["AUT"], **NATO, "on": ON}, "Austria joins NATO on 2028-01-01."),
        (
            {"do": "set", "what": "pledge:nato.hague-2025.core", "value": 4.0},
            "The pledge “Defence investment commitment, The Hague 2025” asks for 4 % of GDP.",
        ),
        (
            {"do": "set", "what": "pull", "value": 0.5},
            "Of the step to a pledge, members take 50 % a year.",
        ),
        (
            {"do": "set", "what": "budget:un.regular", "value": 3e9},
            "The budget “UN regular budget” is USD 3,000 million.",
        ),
        (
            {
                "do": "spend",
                "who": "members",
                **NATO,
                "share": 3.5,
                "by": 2035,
                "except": {"ESP": 2.1},
            },
            "Every member of NATO spends at least 3.5 % of GDP, Spain 2.1 % by 2035, in even "
            "steps.",
        ),
        (
            {"do": "spend", "who": "DEU", "path": {"2027": 3.0, "2030": 4.0}, "mode": "exactly"},
            "Germany spends 3 % of GDP in 2027 and 4 % of GDP in 2030.",
        ),
        (
            {"do": "spend", "who": ["DEU", "FRA"], "add": 1.5, "from": 2027, "to": 2028},
            "Germany and France spend 1.5 points of GDP more from 2027 on, and not after 2028.",
        ),
        (
            {"do": "condition", **NATO, "reading": "tiers", "threshold": 3.0},
            "The guarantee of NATO is read as “tiers”, at 3 % of GDP.",
        ),
        (
            {"do": "borrow", "programme": "eu-safe", "from": 2026, "to": 2030},
            "SAFE loans for defence, by state: drawn in equal parts from 2026 to 2030.",
        ),
        (
            {"do": "reallocate", "budget": "un.regular", "rules": ["rerun", "shrink"]},
            "UN regular budget is paid by those who stay: "
            "by the rule run again or by a smaller budget.",
        ),
        (
            {"do": "stop", "who": ["USA"], "organisation": "wfp"},
            "The United States stops paying the World Food Programme.",
        ),
    ],
)
def test_each_kind_of_change(world: World, change: dict[str, Any], said: str) -> None:
    scenario = parse_scenario(
        {
            "id": "made-up",
            "title": "Made up",
            "question": "What if?",
            "organisations": ["nato", "un", "wfp"],
            "years": "2026..2035",
            "change": [{"id": "it", "citation": "made up", **change}],
        },
        "made up",
    )
    [found] = scenario.changes
    on = day_of(found, {("it", "USA"): ON, ("other", "USA"): Day(2030, 1, 1)})
    assert described(world, found, on if change["do"] in ("leave", "join") else None) == said


def test_many_countries_are_counted(world: World) -> None:
    assert countries(world, ["DEU", "FRA", "GBR", "ITA", "POL"]) == "5 states"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed([]) == ""
