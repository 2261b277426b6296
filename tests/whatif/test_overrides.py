"""What `--set` changes, and what it refuses."""

import datetime

import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.changes import Leave, Spend
from burdenshare.whatif.overrides import override
from burdenshare.whatif.scenarios import Scenario, read_scenario
from whatif.scenario_parts import EXIT, changed

HAGUE = read_scenario(None, "hague-kept")
EXITS = changed(
    {**EXIT, "decided": datetime.date(2026, 10, 30), "when": "s"},
    {"id": "path", "do": "spend", "who": ["POL"], "path": {"2026": 4.5, "2030": 5.0}},
    switch={"s": {"title": "S", "on": True}},
)


def leave(*pairs: str) -> Leave:
    found = override(EXITS, pairs).changes[0]
    assert isinstance(found, Leave)
    return found


def spend(scenario: Scenario, at: int) -> Spend:
    found = scenario.changes[at]
    assert isinstance(found, Spend)
    return found


def test_nothing_set_is_the_same_scenario() -> None:
    assert override(HAGUE, []) == HAGUE
    assert override(EXITS, []).hash == EXITS.hash


def test_keys_of_the_scenario() -> None:
    pairs = ["draws=20_000", "seed = 7", "years=2027..2028", "as_of=2026-07-10", "targets=2,3.5"]
    found = override(HAGUE, [*pairs, "studies=iiss-2025", "title=2 % or more"])
    assert (found.draws, found.seed, found.first, found.last) == (20000, 7, 2027, 2028)
    assert found.as_of == datetime.date(2026, 7, 10)
    assert (found.targets, found.studies, found.title) == (
        (2.0, 3.5),
        ("iiss-2025",),
        "2 % or more",
    )
    assert override(found, ["as_of=latest", "targets=[5.0]"]).as_of == "latest"


@pytest.mark.parametrize(("text", "on"), [("on", True), ("off", False), ("false", False)])
def test_a_switch(text: str, on: bool) -> None:
    assert override(HAGUE, [f"switch.spain-exception={text}"]).switches["spain-exception"].on is on


def test_fields_of_a_change() -> None:
    assert leave("exit.decided=2025-03-14").decided == datetime.date(2025, 3, 14)
    found = leave("exit.on=2027-01-01", "exit.decided=none")
    assert (found.on, found.decided) == (datetime.date(2027, 1, 1), None)
    assert leave("exit.who=USA, GBR").who == ("USA", "GBR")
    assert leave("exit.who=members", "exit.but=CAN").but == ("CAN",)
    assert leave("exit.when=not s").when == "not s"


def test_entries_of_a_table_in_a_change() -> None:
    found = override(HAGUE, ["core.except.BEL=2.5", "core.by=2030"])
    assert spend(found, 0).exceptions == {"BEL": 2.5}
    assert spend(found, 0).by == 2030
    found = override(EXITS, ["path.path.2026=none", "path.path.2028=4.8"])
    assert spend(found, 1).path == {2028: 4.8, 2030: 5.0}


def test_another_hash_for_another_value() -> None:
    assert override(HAGUE, ["seed=1950"]).hash != HAGUE.hash
    assert override(HAGUE, ["seed=1949"]).hash == HAGUE.hash


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ("draw=5", "--set 'draw' is unknown: did you mean 'draws'?"),
        ("spain-exception=off", "did you mean 'switch.spain-exception'?"),
        ("switch.spain-exceptoin=off", "did you mean 'switch.spain-exception'?"),
        ("switch.spain-exception=maybe", "is 'maybe': write on or off"),
        ("cor.share=2.0", "did you mean 'core.share'?"),
        ("core.shar=2.0", "--set [[change]] 1 (core): unknown key 'shar': did you mean 'share'?"),
        ("core.do=leaf", "do is 'leaf': did you mean 'leave'?"),
        ("core.share.x=2.0", "--set 'core.share.x' is unknown: did you mean 'core.share'?"),
        ("draws", "--set 'draws': write KEY=VALUE, such as draws=20000"),
        ("draws=", "--set 'draws=': write KEY=VALUE"),
        ("=5", "--set '=5': write KEY=VALUE"),
        ("draws=0", "--set: draws is 0: write a whole number from 1 to 2000000"),
        ("draws=1e3", "--set: draws is 1000.0: write a whole number"),
        ("draws=many", "--set: draws is 'many': write a whole number"),
        ("seed=-1", "--set: seed is -1: write a whole number from 0"),
        ("targets=2,nan", "--set: targets is nan: write a list"),
        ("years=2035..2026", "--set: years is '2035..2026': write the earlier year first"),
        ("as_of=2025-02-30", "--set: as_of is '2025-02-30': write a day"),
        ("title=none", "--set: title is nothing: write a text"),
        ("draws=1\nseed = 2", "--set: draws is '1\\nseed = 2': write a whole number"),
        ("core.share=nan", "--set [[change]] 1 (core): share is nan: write a share of GDP"),
        ("core.except.bel=2.0", "except.bel is 'bel': write a share of GDP by code"),
        ("made=1", "--set 'made' is unknown"),
    ],
)
def test_a_mistake(pair: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        override(HAGUE, [pair])
    assert message in str(caught.value)
    assert str(caught.value).count("\n") < 3


def test_a_key_given_twice() -> None:
    with pytest.raises(UserError, match="draws is given twice: write it once"):
        override(HAGUE, ["draws=1", "draws=2"])
