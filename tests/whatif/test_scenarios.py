"""Scenarios as data: what ships, what a file says, and that its text comes back the same."""

import datetime
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from pydantic import BaseModel

from burdenshare.errors import UserError
from burdenshare.whatif.changes import KINDS, Spend
from burdenshare.whatif.scenarios import (
    BASELINE,
    Scenario,
    parse_scenario,
    read_scenario,
    scenario_files,
    schema_json,
    shipped,
)
from burdenshare.world.load import World
from whatif.scenario_parts import EXIT, changed, scenarios, small

NAMES = (
    "five-percent-now hague-kept nothing-changes pay-or-no-protection rearm-europe us-leaves-nato "
    "us-leaves-nato-and-un us-leaves-un us-stops-wfp wales-kept"
).split()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("no-releases"))


def again(text: str) -> Scenario:
    return parse_scenario(tomllib.loads(text), "again.toml")


@given(scenarios())
def test_the_canonical_text_reads_back_to_the_same_scenario(scenario: Scenario) -> None:
    text = scenario.canonical()
    assert again(text) == scenario
    assert again(text).canonical() == text
    assert again(text).hash == scenario.hash


def test_what_ships() -> None:
    found = shipped()
    assert sorted(found) == NAMES
    for name, scenario in found.items():
        assert scenario.id == name
        assert again(scenario.canonical()) == scenario
    assert not found[BASELINE].changes


def test_the_saved_text_says_what_ran_it_and_keeps_the_hash() -> None:
    scenario = changed({**EXIT, "on": datetime.date(2028, 1, 1)})
    saved = again(scenario.saved("0123456789abcdef", "0.1.0"))
    assert saved.made is not None
    assert (saved.made.world, saved.made.version) == ("0123456789abcdef", "0.1.0")
    assert saved.hash == scenario.hash


def test_the_hash_tells_values_apart_and_not_their_order_in_the_file() -> None:
    assert small(seed=1).hash != small(seed=2).hash
    assert small(seed=1, draws=5).hash == small(draws=5, seed=1).hash


def test_years_and_day(world: World) -> None:
    assert (small().first, small().last) == (2026, 2030)
    assert (small(years="2028").first, small(years="2028").last) == (2028, 2028)
    assert small().day(world) == world.latest
    day = datetime.date(2025, 3, 14)
    assert small(as_of=day).day(world) == day


def test_switches_turn_changes_on_and_off() -> None:
    exit_ = {**EXIT, "on": datetime.date(2028, 1, 1)}
    two = [{**exit_, "id": "a", "when": "s"}, {**exit_, "id": "b", "when": "not s"}]
    for on, expected in ((True, ["a", "c"]), (False, ["b", "c"])):
        scenario = changed(*two, {**exit_, "id": "c"}, switch={"s": {"title": "S", "on": on}})
        assert [change.id for change in scenario.active()] == expected


def test_members_are_those_of_the_day(world: World) -> None:
    scenario = changed({"do": "spend", "who": "members", "but": ["USA"], "share": 2.0})
    before, after = datetime.date(2023, 4, 3), datetime.date(2023, 4, 4)
    found = scenario.countries(scenario.changes[0], world, before)
    assert len(found) == 29
    assert "USA" not in found
    assert set(scenario.countries(scenario.changes[0], world, after)) - set(found) == {"FIN"}


def test_members_of_the_organisation_that_a_change_names(world: World) -> None:
    spend = {"do": "spend", "who": "members", "organisation": "eu", "share": 2.0}
    scenario = changed(spend, organisations=["nato", "eu"])
    found = scenario.countries(scenario.changes[0], world, datetime.date(2026, 1, 1))
    assert len(found) == 27
    assert "IRL" in found


def test_the_keys_that_are_words_of_python() -> None:
    values = {"do": "spend", "who": ["ESP"], "share": 2, "from": 2027, "to": 2029}
    [change] = changed({**values, "except": {"ESP": 2.1}}).changes
    assert isinstance(change, Spend)
    assert (change.first, change.last, change.exceptions) == (2027, 2029, {"ESP": 2.1})


def test_the_years_of_a_path_are_numbers() -> None:
    [change] = changed({"do": "spend", "who": "POL", "path": {"2026": 2, "2030": 3.0}}).changes
    assert isinstance(change, Spend)
    assert change.path == {2026: 2.0, 2030: 3.0}


def test_a_file_is_named_by_its_path_or_by_its_name_in_the_users_folder(tmp_path: Path) -> None:
    text = read_scenario(None, "us-leaves-nato").canonical().replace("us-leaves-nato", "x", 1)
    text = text.removeprefix('id = "x"\n')
    (tmp_path / "scenarios").mkdir()
    path = tmp_path / "scenarios" / "My own.toml"
    path.write_text(text, "utf-8")
    assert read_scenario(tmp_path, str(path)).id == "my-own"
    assert read_scenario(tmp_path, "My own") == read_scenario(None, str(path))
    assert set(scenario_files(tmp_path)) == {*NAMES, "My own"}


def test_an_own_file_may_not_hide_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "hague-kept.toml").write_text("", "utf-8")
    with pytest.raises(UserError, match="ships: give it another name"):
        read_scenario(tmp_path, "hague-kept")


def test_an_unknown_name_gets_a_hint(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="did you mean 'us-leaves-nato'"):
        read_scenario(tmp_path, "us-leave-nato")
    with pytest.raises(UserError, match=r"not-there.toml cannot be read"):
        read_scenario(tmp_path, "./not-there.toml")


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"title = 'x")
    with pytest.raises(UserError, match=r"x.toml is not TOML"):
        read_scenario(None, str(path))
    path.write_bytes(b"title = '\xff'")
    with pytest.raises(UserError, match=r"x.toml is not UTF-8"):
        read_scenario(None, str(path))


def test_the_published_schema_is_up_to_date(root: Path) -> None:
    held = (root / "docs" / "scenario.schema.json").read_text("utf-8")
    assert held == schema_json(), "write it anew: whatif.scenarios.schema_json()"


def test_the_document_names_every_key_and_every_scenario_with_its_question(root: Path) -> None:
    text = (root / "docs" / "scenarios.md").read_text("utf-8")
    models: list[type[BaseModel]] = [Scenario, *KINDS.values()]
    for model in models:
        for name, field in model.model_fields.items():
            key = field.alias or name
            assert f"`{key}`" in text or f"[{key}]" in text or f"[{key}." in text, key
    for name, scenario in shipped().items():
        assert f"| `{name}` | {scenario.question} |" in text


def test_the_example_in_the_document_is_a_scenario(root: Path) -> None:
    text = (root / "docs" / "scenarios.md").read_text("utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    scenario = parse_scenario({"id": "example", **tomllib.loads(example)}, "scenarios.md")
    assert [change.id for change in scenario.active()] == ["three", "three-turkey"]
