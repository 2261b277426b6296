"""The block `debt` of a run: its cases, what the money covers, and what is left out and why."""

import json
from typing import Any

import pytest

from burdenshare.whatif.answer import run_answer
from burdenshare.whatif.debt.defence import Defence, from_scenario
from burdenshare.whatif.debt.effects import Rules, debt_effects, effects_of
from burdenshare.whatif.debt.in_run import debt_block
from burdenshare.whatif.leaving import Move
from burdenshare.whatif.scenarios import Scenario, parse_scenario, read_scenario
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

DAY = Day(2026, 10, 30)
OUT = Move("exit", "nato", "USA", Day(2028, 4, 28), joins=False)
BRUEGEL, IISS = "bruegel-kiel-2025", "iiss-2025"
WON = {"title": "T", "question": "Q?", "years": "2026..2030"}


def block(world: World, scenario: Scenario, day: Day = DAY, *moves: Move) -> dict[str, Any]:
    found = debt_block(world, scenario, day, moves)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rearming(world: World) -> dict[str, Any]:
    return block(world, read_scenario(None, "rearm-europe"))


@pytest.fixture(scope="module")
def leaving(world: World) -> dict[str, Any]:
    return block(world, read_scenario(None, "us-leaves-nato"), DAY, OUT)


def cover(found: dict[str, Any], study: str, split: str) -> dict[str, Any]:
    [one] = [e for e in found["covers"] if (e["study"], e["split"]) == (study, split)]
    return dict(one)


def row_of(rows: list[dict[str, Any]], country: str) -> dict[str, Any]:
    return next(row for row in rows if row["country"] == country)


def euros(world: World, country: str, year: int) -> float:
    """Return GDP as the outlook gives it: dollars, at what Germany's are worth in euros."""
    names = (("NGDPD", country), ("NGDP", "DEU"), ("NGDPD", "DEU"))
    facts = [world.fact(series, code, year, DAY) for series, code in names]
    dollars, own, same = (each.value for each in facts if isinstance(each, Fact))
    return dollars * own / same * 1e9


def test_each_study_stands_beside_the_scenario(rearming: dict[str, Any]) -> None:
    assert [case["id"] for case in rearming["cases"]] == ["scenario", BRUEGEL, IISS]
    assert [(each["study"], each["split"]) for each in rearming["covers"]] == [
        (BRUEGEL, "eu-27"),
        (BRUEGEL, "europe-in-nato"),
        (IISS, "eu-27"),
        (IISS, "europe-in-nato"),
    ]
    own, study = rearming["cases"][:2]
    assert "Council, 8 July 2025 (15 states)" in own["citation"]
    assert study["caveat"].startswith("a sum for Europe as a whole")
    assert json.loads(json.dumps(rearming, allow_nan=False)) == rearming
    assert all(source["document"] for source in rearming["sources"])


def test_a_state_is_asked_its_part_of_gdp(world: World, rearming: dict[str, Any]) -> None:
    found = cover(rearming, BRUEGEL, "eu-27")
    union = [each.country for each in world.organisations["eu"].members(DAY)]
    assert [row["country"] for row in found["rows"]] == sorted(union)
    whole = sum(euros(world, code, 2027) for code in union)
    germany = row_of(found["rows"], "DEU")
    assert germany["asked_eur"]["2027"] == pytest.approx(250e9 * euros(world, "DEU", 2027) / whole)
    assert germany["asked_points"]["2027"] == pytest.approx(100 * 250e9 / whole)
    for year in map(str, range(2026, 2031)):
        assert sum(row["asked_eur"][year] for row in found["rows"]) == pytest.approx(250e9)


def test_loans_and_room_are_those_decided(world: World, rearming: dict[str, Any]) -> None:
    found = cover(rearming, BRUEGEL, "eu-27")
    poland, france = (row_of(found["rows"], code) for code in ("POL", "FRA"))
    # Poland: EUR 43,734,100,805 in five equal parts; 1.5 % of GDP up to 2028, then nothing.
    assert poland["loans_eur"] == dict.fromkeys(map(str, range(2026, 2031)), 8_746_820_161.0)
    room = 0.015 * euros(world, "POL", 2028)
    assert poland["room_eur"]["2028"] == pytest.approx(room)
    assert poland["room_eur"]["2029"] == 0
    assert poland["missing_eur"]["2028"] == 0
    assert poland["missing_eur"]["2029"] == pytest.approx(
        poland["asked_eur"]["2029"] - 8_746_820_161
    )
    assert set(france["room_eur"].values()) == {0}
    assert france["reason"].startswith("the escape clause is not active; its loan is less")
    # All loans are drawn from 2026 to 2030: what the table of the Council adds up to.
    assert found["money"]["loans_eur"] == pytest.approx(149_682_964_829)
    # In 2030 each is asked 250 of 22,228, 1.1247 % of GDP, in billions: Hungary 3.211 (loan 3.243),
    # Lithuania 1.221 (1.275), Latvia 0.617 (1.136); the next are Estonia, 0.594 (0.469), Romania,
    # 4.987 (3.336), and Poland, 13.443 (8.747).
    assert found["covered"] == ["HUN", "LTU", "LVA"]
    assert "covers the part of 3 of 27 states (Hungary, Lithuania, Latvia) in" in found["says"]


def test_states_outside_the_union_carry_part_and_have_no_money(rearming: dict[str, Any]) -> None:
    found = cover(rearming, IISS, "europe-in-nato")
    outside = {"ALB", "GBR", "MKD", "MNE", "NOR", "TUR"}
    assert {row["country"] for row in found["rows"]} >= outside | {"AUT", "IRL"}
    assert not {"USA", "CAN", "ISL"} & {row["country"] for row in found["rows"]}
    assert outside <= set(found["not_covered"])
    assert row_of(found["rows"], "GBR")["reason"].startswith("no member of the European Union")
    [said] = [text for text in rearming["assumptions"] if "wider split falls on" in text]
    assert "Norway" in said
    assert "the United Kingdom" in said
    narrow = row_of(cover(rearming, IISS, "eu-27")["rows"], "POL")
    wide = row_of(found["rows"], "POL")
    assert wide["asked_eur"]["2026"] < narrow["asked_eur"]["2026"]


def test_the_case_of_a_study_is_the_wider_split(leaving: dict[str, Any]) -> None:
    assert [case["id"] for case in leaving["cases"]] == [BRUEGEL, IISS]
    found = cover(leaving, BRUEGEL, "europe-in-nato")
    # Out in 2028, to the scenario's last year.
    assert (found["first"], found["last"]) == (2028, 2035)
    effects = leaving["cases"][0]["effects"]
    germany, asked = row_of(effects["rows"], "DEU"), row_of(found["rows"], "DEU")
    assert germany["points"] == pytest.approx(asked["asked_points"], abs=1e-4)
    assert germany["loan_eur"] == 0
    # Poland draws 8.75 in 2028, 2029 and 2030: less than its part, so that all of it pays.
    assert row_of(effects["rows"], "POL")["loan_eur"] == pytest.approx(3 * 8_746_820_161)
    # Of the smaller study its part is less than the loan: no more than the part is drawn for it.
    small = row_of(cover(leaving, IISS, "europe-in-nato")["rows"], "POL")
    part = sum(small["asked_eur"][str(year)] for year in (2028, 2029, 2030))
    assert row_of(leaving["cases"][1]["effects"]["rows"], "POL")["loan_eur"] == pytest.approx(part)
    britain = row_of(effects["outside_eu"]["rows"], "GBR")
    assert britain["years"] == [2028, 2029, 2030]
    assert any(gap["country"] == "GBR" and "2031" in gap["reason"] for gap in effects["gaps"])


def test_money_of_five_years_covers_nobody_for_eight(leaving: dict[str, Any]) -> None:
    for found in leaving["covers"]:
        assert found["covered"] == []
        assert len(found["not_covered"]) == len(found["rows"])
        assert f"covers the part of none of {len(found['rows'])} states" in found["says"]


def test_what_was_not_known_on_the_day_is_left_out_with_a_note(world: World) -> None:
    leaves = read_scenario(None, "us-leaves-nato")
    # Bruegel of 21 February 2025 was known, IISS of 15 May not; no loans, no clause, no inputs.
    found = block(world, leaves, Day(2025, 3, 6), OUT)
    assert {each["study"] for each in found["covers"]} == {BRUEGEL}
    assert found["cases"] == []
    notes = "\n".join(found["notes"])
    assert "study iiss-2025 is left out: it was published on 2025-05-15" in notes
    assert "no loans are reckoned with: no loan of eu-safe was known on 2025-03-06" in notes
    assert "no debt paths: no inputs of the debt model (eu-dsa) were known on 2025-03-06" in notes
    assert found["covers"][0]["money"]["loans_eur"] == found["covers"][0]["money"]["room_eur"] == 0
    none = block(world, leaves, Day(2025, 2, 20), OUT)
    assert none["covers"] == []
    assert len(none["notes"]) == 2
    late = leaves.model_copy(update={"years": "2044..2050"})
    assert "for which debt is worked out, 2025 to 2042" in block(world, late)["notes"][0]


def test_a_scenario_that_takes_points_away_has_no_case(world: World) -> None:
    change = {"id": "x", "do": "spend", "who": ["POL"], "citation": "c", "from": 2026}
    values = {"id": "s", **WON, "organisations": ["eu"]}
    less = parse_scenario({**values, "change": [change | {"add": -1.0}]}, "s.toml")
    found = block(world, less)
    assert (found["cases"], found["covers"]) == ([], [])
    assert found["notes"][0].startswith("the scenario has no debt paths of its own: defence of POL")
    more = parse_scenario({**values, "change": [change | {"add": 1.0}]}, "s.toml")
    [case] = block(world, more)["cases"]
    # Five years at 1 point.
    assert row_of(case["effects"]["rows"], "POL")["points"] == dict.fromkeys(
        map(str, range(2026, 2031)), 1.0
    )
    nato = parse_scenario(
        {**values, "organisations": ["nato"], "change": [change | {"add": 1.0}]}, "s.toml"
    )
    assert debt_block(world, nato, DAY) is None
    assert debt_block(world, parse_scenario(values, "s.toml"), DAY) is None


def test_who_leaves_nato_is_not_asked_unless_in_the_union(world: World) -> None:
    gone = [Move("exit", "nato", code, Day(2028, 4, 28), joins=False) for code in ("TUR", "POL")]
    asked = read_scenario(None, "us-leaves-nato").model_copy(update={"studies": (IISS,)})
    rows = cover(block(world, asked, DAY, *gone), IISS, "europe-in-nato")["rows"]
    assert {"TUR", "POL"} & {row["country"] for row in rows} == {"POL"}


def test_cases_together_are_what_each_is_alone(world: World) -> None:
    own = from_scenario(world, read_scenario(None, "rearm-europe"), DAY)
    other = Defence({"POL": {2027: 2.0}, "NOR": {2027: 1.0}})
    rules = Rules(stochastic=False)
    together = effects_of(world, [own, other], rules, as_of=DAY)
    for given, found in zip((own, other), together, strict=True):
        assert found == debt_effects(world, None, given, as_of=DAY, stochastic=False)
    assert together[1]["outside_eu"]["rows"][0]["country"] == "NOR"
    without = [[row["without"] for row in each["rows"]] for each in together]
    assert without[0] == without[1]


def test_a_run_tells_the_block_and_nothing_else_changes(world: World) -> None:
    found = run_answer(world, "rearm-europe", draws=50, as_of=DAY).json
    assert [case["id"] for case in found["debt"]["cases"]] == ["scenario", BRUEGEL, IISS]
    assert found["needed"] == []  # nobody leaves: there is nobody to replace
    # The room is that of the block `room`: states for which the clause is active, 1.5 % a year.
    rows = {row["country"]: row["eur_by_year"] for row in found["room"][0]["rows"]}
    for row in cover(found["debt"], BRUEGEL, "eu-27")["rows"]:
        for year in ("2026", "2027", "2028"):
            assert row["room_eur"][year] == pytest.approx(rows[row["country"]][year])
    assert run_answer(world, "hague-kept", draws=50, as_of=DAY).json["debt"] is None
