"""Which shipped scenario answers which proposition, and at what price it is found out."""

import subprocess
import sys

import pytest

from burdenshare.files import CONTENT, read_toml
from burdenshare.world.proposals import proposals, scenarios_for


@pytest.mark.parametrize(
    ("proposition", "expected"),
    [
        ("us-leaves-nato", ["us-leaves-nato", "us-leaves-nato-and-un"]),
        ("us-leaves-un", ["us-leaves-un", "us-leaves-nato-and-un"]),
        ("protect-only-payers", ["pay-or-no-protection"]),
        ("raise-target-5-percent", ["five-percent-now", "hague-kept"]),
        ("eu-joint-borrowing", ["rearm-europe"]),
        ("eu-fiscal-room-for-defence", ["rearm-europe"]),
        ("stop-un-funding", ["us-stops-wfp", "us-leaves-un"]),
        ("us-tariffs-on-allies", []),
    ],
)
def test_the_scenarios_that_answer_a_proposition(proposition: str, expected: list[str]) -> None:
    assert [each.id for each in scenarios_for(proposition)] == expected


def test_every_proposition_named_is_one_of_the_closed_list() -> None:
    known = set(read_toml(CONTENT / "propositions.toml").values["proposition"])
    assert {slug for each in proposals() for slug in each.propositions} <= known


def test_a_proposal_says_what_it_answers() -> None:
    [found] = scenarios_for("protect-only-payers")
    assert found.title == "Only those who pay are protected"
    assert found.question == "Which allies would be protected if only those who pay were?"


def test_finding_them_brings_nothing_heavy() -> None:
    code = (
        "import sys; from burdenshare.world.proposals import scenarios_for; "
        "scenarios_for('us-leaves-un'); print(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pydantic", "numpy", "duckdb"} & set(done.stdout.split())
