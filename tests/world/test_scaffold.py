"""`new organisation` writes files that load as they are, and whose examples load too."""

import re
from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.world.cases import check_case, read_cases
from burdenshare.world.load import World
from burdenshare.world.scaffold import new_organisation

NAMES = "organisation.toml members.csv parameters.toml pledges.toml rules.py cases.toml".split()


def test_the_files_load_as_they_are(home: Path) -> None:
    paths = new_organisation("river-league", home / "organisations")
    assert [path.name for path in paths] == NAMES
    assert all(path.is_file() for path in paths)
    world = World(home)
    assert world.organisations["river-league"].name == "River League"
    assert world.rules_of("river-league") == {}
    assert world.organisations["river-league"].memberships == ()


def test_the_examples_load_once_their_marks_are_taken_away(home: Path) -> None:
    paths = new_organisation("river-league", home / "organisations")
    for path in paths:
        text = path.read_text("utf-8")
        assert path.suffix == ".csv" or "#: " in text, path.name
        path.write_text(re.sub("(?m)^#: ?", "", text), "utf-8")
    world = World(home)
    league = world.organisations["river-league"]
    assert [each.id for each in league.facts] == ["treaty_in_force"]
    assert [each.id for each in league.parameters] == ["fee"]
    assert list(league.pledges) == ["river-league.three-percent"]
    assert list(world.rules_of("river-league")) == ["dues"]
    cases = read_cases(paths[-1])
    assert len(cases) == 2
    assert [check_case(case, world.rules_of("river-league")) for case in cases] == ["", ""]


def test_the_new_organisation_changes_the_hash_of_the_world(home: Path) -> None:
    before = World(home).hash
    new_organisation("river-league", home / "organisations")
    assert World(home).hash != before


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("River League", "such as river-league"),
        ("../elsewhere", "such as elsewhere"),
        ("", "such as my-organisation"),
        ("7up", "such as my-organisation"),
        ("a--b", "such as a-b"),
        ("x" * 41, "such as xxx"),
        ("nato", "ships with burdenshare"),
        ("facts", "ships with burdenshare"),
    ],
)
def test_a_bad_name_is_refused_and_nothing_is_written(home: Path, name: str, error: str) -> None:
    with pytest.raises(UserError, match=error):
        new_organisation(name, home / "organisations")
    assert not (home / "organisations").exists()


def test_a_folder_that_exists_is_left_alone(home: Path) -> None:
    paths = new_organisation("river-league", home / "organisations")
    paths[0].write_text("mine", "utf-8")
    with pytest.raises(UserError, match="exists: take another name, or edit its files"):
        new_organisation("river-league", home / "organisations")
    assert paths[0].read_text("utf-8") == "mine"


def test_nothing_half_written_is_left(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def stop(path: Path, text: str, encoding: str) -> int:
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return path.write_bytes(text.encode(encoding))

    monkeypatch.setattr(Path, "write_text", stop)
    with pytest.raises(OSError, match="No space left"):
        new_organisation("river-league", home / "organisations")
    assert list((home / "organisations").iterdir()) == []


def test_a_folder_of_ones_own_without_its_file_is_refused(home: Path) -> None:
    (home / "organisations" / "empty").mkdir(parents=True)
    with pytest.raises(UserError, match=r"organisation.toml cannot be read"):
        assert World(home).organisations


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("def f(:", "rules.py cannot be loaded"),
        ("1 / 0", "rules.py cannot be loaded: division by zero"),
        ("from burdenshare.world.rules import rule\nrule(kind='duty')", "cannot be loaded"),
    ],
)
def test_rules_that_cannot_be_loaded_name_their_file(home: Path, text: str, error: str) -> None:
    paths = new_organisation("river-league", home / "organisations")
    paths[4].write_text(text, "utf-8")
    with pytest.raises(UserError, match=error):
        World(home).rules_of("river-league")
