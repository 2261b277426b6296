"""Every case in content/*/cases.toml, worked by hand from the text of a provision."""

from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.files import CONTENT
from burdenshare.world.cases import Case, cases_of, check_case, read_cases
from burdenshare.world.exits import run_case
from burdenshare.world.load import World

WORLD = World()
CASES = cases_of(sorted(path.parent for path in CONTENT.glob("*/cases.toml")))


@pytest.mark.parametrize("case", [case for case in CASES if case.rule != "exit"], ids=str)
def test_the_rule_gives_what_the_text_gives(case: Case) -> None:
    assert check_case(case, WORLD.rules_of(case.organisation)) == ""


@pytest.mark.parametrize("case", [case for case in CASES if case.rule == "exit"], ids=str)
def test_the_clause_gives_the_day_that_the_text_gives(case: Case) -> None:
    """A clause of exit.toml is data, not a function: the engine of the exits runs its cases."""
    assert run_case(WORLD, case) == ""


@pytest.mark.parametrize("name", [name for name, rules in WORLD.rules.items() if rules])
def test_every_rule_has_a_case(name: str) -> None:
    assert set(WORLD.rules[name]) <= {case.rule for case in CASES if case.organisation == name}


@pytest.mark.parametrize("name", [name for name, rules in WORLD.rules.items() if rules])
def test_some_case_proves_that_an_earlier_day_does_not_know_a_later_rule(name: str) -> None:
    assert [case for case in CASES if case.organisation == name and not case.known]


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_case_that_is_wrong_is_found(tmp_path: Path) -> None:
    text = """
    [[case]]
    rule = "treaty"
    name = "wrong"
    inputs = { place = "inside" }
    expect = "unprotected"
    source = "nobody"
    """
    [case] = read_cases(write(tmp_path / "cases.toml", text))
    assert "expected 'unprotected', the rule gives 'protected'" in check_case(
        case, WORLD.rules_of("nato")
    )


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[[case]]\nrule = 'treaty'\nname = 'x'\nexpect = 1", "source is nothing"),
        ("[[case]]\nrule = 'treaty'\nname = 'x'\nsource = 'y'", "expect is nothing"),
        ("[[case]]\nrule = 'treaty'\nname = 'x'\nsource = 'y'\nknown = false", "as_of is nothing"),
        ("[[case]]\nrule = 'a'\nname = 'x'\nsource = 'y'\nexpect = 1\nexpct = 2", "unknown key"),
        ("[[case]]\nrule = 'a'\nname = 'x'\nsource = 'y'\nexpect = 1\n" * 2, "earlier case"),
    ],
)
def test_a_case_that_is_not_understood_is_refused(tmp_path: Path, text: str, error: str) -> None:
    with pytest.raises(UserError, match=error):
        read_cases(write(tmp_path / "cases.toml", text))


def test_a_case_of_an_unknown_rule_says_which_are_known(tmp_path: Path) -> None:
    text = "[[case]]\nrule = 'traety'\nname = 'x'\nsource = 'y'\nexpect = 1"
    [case] = read_cases(write(tmp_path / "cases.toml", text))
    assert "did you mean 'treaty'?" in check_case(case, WORLD.rules_of("nato"))


def test_a_case_that_lacks_an_input_names_it(tmp_path: Path) -> None:
    text = "[[case]]\nrule = 'treaty'\nname = 'x'\nsource = 'y'\nexpect = 1"
    [case] = read_cases(write(tmp_path / "cases.toml", text))
    with pytest.raises(UserError, match="rule treaty needs place"):
        check_case(case, WORLD.rules_of("nato"))
