"""What the world refuses of a scenario: unknown names, moves that cannot be, two paths, years."""

import datetime
from typing import Any

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.contradictions import check_scenario, programmes
from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import Scenario, read_scenario, shipped
from burdenshare.world.load import World
from whatif.scenario_parts import changed, small

# The shipped world's newest release on defence is of July 2026 and gives 2026.
DAY = datetime.date(2026, 10, 30)
NATO = {"organisation": "nato"}
LEAVE = {"do": "leave", **NATO, "who": ["POL"], "decided": datetime.date(2026, 11, 2)}
JOIN = {"do": "join", **NATO, "who": ["AUT"], "on": datetime.date(2027, 1, 1)}
SPEND = {"do": "spend", "who": ["POL"], "share": 5.0}
EXACT = {**SPEND, "mode": "exactly"}
PLEDGE = {"do": "set", "what": "pledge:nato.hague-2025.core", "value": 3.0}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("no-releases"))


def on(year: int, month: int = 1) -> datetime.date:
    return datetime.date(year, month, 1)


def refused(world: World, scenario: Scenario, day: datetime.date = DAY) -> str:
    """Return the words in which a scenario is refused."""
    with pytest.raises(UserError) as caught:
        check_scenario(world, scenario, day)
    text = str(caught.value)
    assert text.count("\n") < 3
    return text


@pytest.mark.parametrize("name", sorted(shipped()))
def test_what_ships_is_taken_with_every_switch_either_way(name: str, world: World) -> None:
    scenario = read_scenario(None, name)
    check_scenario(world, scenario, scenario.day(world))
    for switch, state in scenario.switches.items():
        turned = override(scenario, [f"switch.{switch}={'off' if state.on else 'on'}"])
        check_scenario(world, turned, turned.day(world))


def test_a_proposal_of_2025_as_of_its_own_day(world: World) -> None:
    pairs = ["as_of=2025-03-06", "exit.decided=2025-03-06"]
    scenario = override(read_scenario(None, "us-leaves-nato"), pairs)
    check_scenario(world, scenario, scenario.day(world))


NAMES: list[tuple[dict[str, Any], str]] = [
    ({**SPEND, "who": ["POK"]}, "change 'c0': POK is no country's code"),
    ({**SPEND, "who": "members", "but": ["QQQ"]}, "QQQ is no country's code"),
    ({**SPEND, "except": {"QQQ": 1.0}}, "QQQ is no country's code"),
    ({**SPEND, "who": ["AUT"]}, "AUT is no member of NATO on 2026-10-30: leave it out"),
    ({**LEAVE, "organisation": "un"}, "'un' is none of the scenario's organisations: "),
    ({**SPEND, "proposal": "nato.hague"}, "did you mean 'nato.hague-2025'?"),
    ({"do": "reallocate", "budget": "nato.comon"}, "budget 'nato.comon' is unknown: did you mean"),
    ({"do": "borrow", "programme": "eu-save", "from": 2026, "to": 2030}, "did you mean 'eu-safe'?"),
    ({"do": "borrow", "programme": "imf-weo", "from": 2026, "to": 2030}, "known: eu-safe"),
    ({"do": "condition", **NATO, "reading": "tier"}, "did you mean 'tiers'?"),
    ({**PLEDGE, "what": "pledge:nato.hague-2025.cor"}, "did you mean 'nato.hague-2025.core'?"),
    ({**PLEDGE, "what": "budget:un.reg"}, "budget 'un.reg' is unknown: did you mean"),
]


@pytest.mark.parametrize(("change", "message"), NAMES, ids=[text for _, text in NAMES])
def test_names_that_the_world_does_not_hold(
    change: dict[str, Any], message: str, world: World
) -> None:
    assert message in refused(world, changed(change))


def test_names_of_a_change_that_is_off_are_checked_too(world: World) -> None:
    off = {"s": {"title": "S", "on": False}}
    assert "QQQ" in refused(world, changed({**SPEND, "who": ["QQQ"], "when": "s"}, switch=off))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"organisations": ["nata"]}, "organisation 'nata' is unknown: did you mean 'nato'?"),
        ({"studies": ["iis-2025"]}, "study 'iis-2025' is unknown: did you mean 'iiss-2025'?"),
        ({"propositions": ["us-leave-nato"]}, "did you mean 'us-leaves-nato'?"),
    ],
)
def test_names_in_the_head_of_a_scenario(
    values: dict[str, Any], message: str, world: World
) -> None:
    assert message in refused(world, small(**values))


MOVES: list[tuple[list[dict[str, Any]], str]] = [
    ([{**LEAVE, "who": ["AUT"]}], "change 'c0': AUT is no member of NATO on 2026-10-30: it cannot"),
    ([{**JOIN, "who": ["POL"]}], "POL is a member of NATO on 2026-10-30 already: it cannot join"),
    ([LEAVE, LEAVE], "change 'c1': POL leaves twice: write it once"),
    ([LEAVE, {**LEAVE, "who": "members"}], "POL leaves twice"),
    ([JOIN, JOIN], "AUT joins twice: write it once"),
    ([{**LEAVE, "who": "members", "but": ["QQQ"]}], "QQQ"),
    ([{**LEAVE, "but": ["POL"]}], "nobody is left of who: leave somebody out of but"),
    (
        [{**JOIN, "on": DAY}],
        "on is 2026-10-30: write a day after 2026-10-30, the day of the figures",
    ),
    ([{**LEAVE, "decided": on(2020), "on": on(2026)}], "on is 2026-01-01: write a day after"),
    (
        [{**LEAVE, "on": on(2028)}, {**JOIN, "who": ["POL"], "on": on(2028)}],
        "POL leaves and joins again, on 2028-01-01 and 2028-01-01: write the later day second",
    ),
    (
        [{**LEAVE, "on": on(2029)}, {**JOIN, "who": ["POL"], "on": on(2028)}],
        "POL leaves and joins again, on 2029-01-01 and 2028-01-01",
    ),
    (
        [{**LEAVE, "who": ["AUT"], "on": on(2027)}, JOIN],
        "AUT joins and leaves, on 2027-01-01 and 2027-01-01",
    ),
]


@pytest.mark.parametrize(("changes", "message"), MOVES, ids=[text for _, text in MOVES])
def test_moves_that_cannot_be(changes: list[dict[str, Any]], message: str, world: World) -> None:
    assert message in refused(world, changed(*changes))


def test_moves_that_can_be(world: World) -> None:
    back = {**JOIN, "who": ["POL"], "on": on(2029)}
    check_scenario(world, changed({**LEAVE, "on": on(2028)}, back), DAY)
    check_scenario(world, changed(JOIN, {**LEAVE, "who": ["AUT"], "on": on(2029)}), DAY)
    check_scenario(world, changed(JOIN, {**SPEND, "who": ["AUT"]}), DAY)


def test_who_is_a_member_depends_on_the_day(world: World) -> None:
    leave = changed({**LEAVE, "who": ["SWE"]}, years="2024..2030")
    check_scenario(world, leave, datetime.date(2024, 7, 1))
    assert "SWE is no member of NATO on 2024-03-06" in refused(
        world, leave, datetime.date(2024, 3, 6)
    )


def test_two_moves_under_the_two_sides_of_a_switch(world: World) -> None:
    switch = {"s": {"title": "S", "on": True}}
    two = [{**LEAVE, "when": "s"}, {**LEAVE, "when": "not s"}]
    check_scenario(world, changed(*two, switch=switch), DAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (EXACT, EXACT),
        (EXACT, SPEND),
        ({**EXACT, "who": "members"}, SPEND),
        (EXACT, {"do": "spend", "who": ["POL"], "path": {"2029": 4.0}}),
        ({**EXACT, "to": 2028}, {**EXACT, "from": 2028}),
    ],
)
def test_two_paths_for_one_member_and_year(
    one: dict[str, Any], other: dict[str, Any], world: World
) -> None:
    assert "change 'c1': 'c0' gives a path to POL in 20" in refused(world, changed(one, other))


def test_paths_that_agree(world: World) -> None:
    add = {"do": "spend", "who": ["POL"], "add": 1.0, "from": 2027}
    for other in (add, {**EXACT, "who": ["DEU"]}):
        check_scenario(world, changed(EXACT, other), DAY)
    check_scenario(world, changed(SPEND, {**SPEND, "share": 4.0}), DAY)
    check_scenario(world, changed({**EXACT, "to": 2027}, {**EXACT, "from": 2028}), DAY)


@pytest.mark.parametrize(
    "change",
    [
        PLEDGE,
        {"do": "condition", **NATO, "reading": "tiers"},
        {"do": "borrow", "programme": "eu-safe", "from": 2026, "to": 2030},
        {"do": "reallocate", "budget": "nato.common"},
    ],
    ids=lambda change: str(change["do"]),
)
def test_two_changes_of_one_thing(change: dict[str, Any], world: World) -> None:
    text = refused(world, changed(change, change))
    assert "change 'c1': 'c0' changes " in text
    assert text.endswith("too: leave one of them out")


def test_years_before_the_newest_figures(world: World) -> None:
    text = refused(world, small(years="2020..2030"))
    assert "years is '2020..2030', but figures up to 2026 are known on 2026-10-30" in text
    assert "write 2026 or a later first year, or an earlier as_of" in text
    check_scenario(world, small(years="2019..2024"), datetime.date(2019, 6, 25))


def test_a_day_before_all_figures(world: World) -> None:
    day = datetime.date(2008, 1, 1)
    check_scenario(world, small(years="2010..2012"), day)
    text = refused(world, changed(SPEND, years="2010..2012"), day)
    assert text.endswith("no share of GDP is known on 2008-01-01: write a later as_of")


def test_the_programmes_of_loans(world: World) -> None:
    assert programmes(world) == ["eu-safe"]
