"""What `burdenshare shares` and `burdenshare rights` print, by what must be in it."""

from pathlib import Path

import pytest

from burdenshare.showing.shares import rights_text, shares_text
from burdenshare.world.load import World
from burdenshare.world.rights import rights_answer
from burdenshare.world.shares import shares_answer

WORLD = World(Path("no-such-folder"))


def test_shares_stand_beside_the_published_ones() -> None:
    text = shares_text(shares_answer(WORLD, "un.regular", "2025-2027"))
    lines = text.splitlines()
    assert lines[0] == "UN regular budget, 2025-2027 (un.regular)"
    assert lines[1].startswith("as known on ")
    usa = next(line for line in lines if line.startswith("USA"))
    assert usa.split() == ["USA", "22.000", "22.000", "0.000"]
    assert "… and 168 more members: --format csv" in lines
    assert "  china-territory: " in text
    assert "inference: chosen because it" in text
    assert "A/RES/79/249, para. 7" in text


def test_leavers_stand_side_by_side_with_the_rule_that_breaks() -> None:
    ways = ["rerun", "pro-rata", "shrink"]
    answer = shares_answer(WORLD, "un.regular", "2025", without=["USA"], reallocate=ways)
    text = shares_text(answer)
    china = next(line for line in text.splitlines() if line.startswith("CHN"))
    assert china.split() == ["CHN", "20.0040", "22.0000", "25.6462", "25.6462"]
    assert "! pro-rata breaks a rule: CHN 25.646: above the ceiling of 22" in text
    assert "UNESCO in 1985" in text
    # 20.004 % and 20.004 / 0.78 % of 3,717.4 million
    money = [line for line in text.splitlines() if line.startswith("CHN")][1]
    assert money.split()[1] == "743.6"
    assert money.split()[3] == "953.4"


def test_steps_show_every_member() -> None:
    text = shares_text(shares_answer(WORLD, "un.regular", steps=True))
    assert "Steps, base period 2020..2022" in text
    assert "Threshold: income per head of all members: 11,9" in text
    assert sum(line.startswith("TUV") for line in text.splitlines()) == 6


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("budget", sorted(WORLD.budgets))
def test_no_line_is_wider_than_the_terminal(budget: str, width: int) -> None:
    text = shares_text(shares_answer(WORLD, budget, steps=True), width)
    words = [line for line in text.splitlines() if len(line) > width]
    assert not [line for line in words if len(line.split()) > 6], words[:3]


def test_what_is_not_computed_says_why() -> None:
    text = shares_text(shares_answer(WORLD, "un.system", "2022"))
    assert "not computed: the sum of assessed and voluntary money" in text
    text = shares_text(shares_answer(WORLD, "un.regular", "2031"))
    assert "193 members: no release published on or before" in text.replace("\n    ", " ")


def test_rights_show_what_is_open() -> None:
    text = rights_text(rights_answer(WORLD, "un", "USA"))
    assert "Art. 19, first sentence, vote lost: open" in text
    assert "? open: whether the arrears reach the dues of two years" in text
    assert "un.regular: arrears USD 2,190.0 million" in text
    assert "26.9493  published" in text
    text = rights_text(rights_answer(WORLD, "un", "USA", arrears=2e9, due=[1e9, 1e9]))
    assert "Art. 19, first sentence, vote lost: yes" in text
    assert "Owed and due" not in text
