"""Votes on leaving: the counts that are needed, and the roll calls, held against their tallies."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.showing.exits import votes_rows, votes_text
from burdenshare.world.ballots import FOLDER, Votes, congress
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.votes import votes_answer

WORLD = World()
VOTES = Votes()
BALLOTS = VOTES.ballots(list(VOTES.rollcalls))


def ask(question: str = "nato-exit", chamber: str = "senate", as_of: str = "") -> dict[str, Any]:
    day = Day.fromisoformat(as_of) if as_of else None
    return votes_answer(WORLD, question, chamber, day)


def counts(found: dict[str, Any]) -> tuple[int, int, int]:
    record = found["on_record"]
    return record["for"]["count"], record["against"]["count"], record["none"]["count"]


def needed(found: dict[str, Any]) -> dict[str, tuple[int, int, int, int]]:
    return {
        row["rule"]: (row["needed"], row["of"], row["needed_at_quorum"], row["quorum"])
        for row in found["needed"]
    }


# --- the data ------------------------------------------------------------------------------------


def test_all_of_the_data_is_there() -> None:
    assert len(VOTES.rollcalls) == 48
    assert len(BALLOTS) == 12484
    assert len(VOTES.composition) == 11
    assert len(VOTES.bills) == 16
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000


@pytest.mark.parametrize("name", VOTES.rollcalls)
def test_the_ballots_add_up_to_the_tally(name: str) -> None:
    row = VOTES.rollcalls[name]
    mine = [each for each in BALLOTS if each.rollcall == name]
    cast = Counter(each.vote for each in mine)
    assert cast["Yea"] == int(row["yea"])
    assert cast["Nay"] == int(row["nay"])
    assert cast["Present"] == int(row["present"])
    assert len(mine) == sum(int(row[key]) for key in ("yea", "nay", "present", "not_voting"))
    assert len({each.member for each in mine}) == len(mine)


@pytest.mark.parametrize(
    ("name", "tally"),
    [  # as Congress announced them
        ("s2023_kaine_rubio", "65-28"),
        ("s2023_paul_art5", "16-83"),
        ("s2022_finland_sweden", "95-1"),
        ("s2019_north_macedonia", "91-2"),
        ("s2017_montenegro", "97-2"),
        ("h2019_nato_support_act", "357-22"),
        ("h2022_hres831", "362-63"),
        ("h2022_hres1130", "394-18"),
        ("s1949_nat", "82-13"),
        ("s1945_un_charter", "89-2"),
        ("h2000_wto_withdrawal", "56-363"),
        ("h2005_wto_withdrawal", "86-338"),
    ],
)
def test_a_tally_that_is_known(name: str, tally: str) -> None:
    row = VOTES.rollcalls[name]
    assert f"{row['yea']}-{row['nay']}" == tally


def test_a_changed_file_of_ballots_is_refused(tmp_path: Any) -> None:
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "ballots.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(UserError, match=r"differs from the hash in votes\.toml"):
        Votes(tmp_path).ballots(["s1949_nat"])


# --- the questions of the issue ------------------------------------------------------------------


def test_what_consent_needs() -> None:
    assert needed(ask()) == {
        "senate_consent": (67, 100, 34, 51),
        "senate_block": (34, 100, 18, 51),
        "senate_passage": (51, 100, 26, 51),
        "senate_cloture": (60, 100, 60, 51),
        "senate_override": (67, 100, 34, 51),
    }
    assert needed(ask(chamber="house")) == {
        "house_passage": (218, 435, 110, 218),
        "house_override": (290, 435, 146, 218),
    }


def test_who_is_on_record_in_the_senate() -> None:
    found = ask()
    assert counts(found) == (53, 25, 22)
    record = found["on_record"]
    assert {p: record["for"][p] for p in "RDI"} == {"R": 16, "D": 35, "I": 2}
    assert {p: record["against"][p] for p in "RDI"} == {"R": 25, "D": 0, "I": 0}
    assert {p: record["none"][p] for p in "RDI"} == {"R": 12, "D": 10, "I": 0}
    [first, *_] = found["rollcalls"]
    assert (first["rollcall"], first["day"]) == ("s2023_kaine_rubio", "2023-07-19")
    assert (first["yea"], first["nay"], first["role"]) == (65, 28, "counted")
    assert "a vote against a guard is not a vote to leave" in found["caveats"][0]
    assert any("20 of the 53" in note for note in found["notes"])
    assert [row["name"] for row in found["measures"]] == ["Mike Lee"]
    lee = next(row for row in found["members"] if row["name"] == "Mike Lee")
    assert lee["side"] == "against"


def test_who_is_on_record_in_the_house() -> None:
    found = ask(chamber="house")
    assert counts(found) == (193, 17, 221)  # 431 voting members; 16 and Massie against
    assert found["roster"]["members"] == 431
    assert "a vote against a guard is not a vote to leave" in found["caveats"][0]
    assert {row["name"] for row in found["measures"]} == {"Thomas Massie", "Anna Paulina Luna"}


def test_the_members_are_those_of_the_day() -> None:
    assert ask(as_of="2023-07-19")["roster"]["day"] == "2023-07-19"
    assert counts(ask(as_of="2023-07-19")) == (65, 28, 7)
    march = ask(as_of="2025-03-09")
    assert march["roster"] == {
        "day": "2025-04-01",
        "source": "roll call s2025_whitaker",
        "members": 100,
        "R": 53,
        "D": 45,
        "I": 2,
    }
    assert any("2025-04-01" in note for note in march["notes"])
    assert march["composition"]["day"] == "2025-03-09"


def test_the_day_before_the_roll_call_nobody_is_on_record() -> None:
    found = ask(as_of="2023-07-18")
    assert counts(found) == (0, 0, 100)
    assert "s2023_kaine_rubio" not in {row["rollcall"] for row in found["rollcalls"]}
    assert "senate_consent" not in needed(found)
    assert any("no law known on 2023-07-18" in note for note in found["notes"])


def test_a_bill_is_not_told_its_later_fate() -> None:
    [bill] = [row for row in ask(as_of="2023-08-01")["bills"] if row["bill"] == "S.J.Res.37"]
    assert bill["status"] == "introduced"


def test_a_day_without_a_list_is_explained() -> None:
    found = ask(as_of="1900-01-01")
    assert found["roster"] is None
    assert counts(found) == (0, 0, 0)
    assert "no list of the senate of Congress 56 is held" in found["notes"]
    assert votes_text(found)


def test_leaving_the_united_nations_has_no_vote_in_the_senate() -> None:
    found = ask("un-exit")
    assert counts(found) == (0, 0, 100)
    assert "senate_consent" not in needed(found)
    assert {row["name"] for row in found["measures"]} == {
        "Mike Lee",
        "Marsha Blackburn",
        "Rick Scott",
    }


def test_the_text_says_what_is_asked() -> None:
    text = votes_text(ask(), 80)
    for words in ("67 of 100", "34 at a bare quorum of 51", " 53  for the guard", "65-28"):
        assert words in text
    assert "is not a vote to leave" in text
    assert max(map(len, text.splitlines())) <= 80
    assert len(votes_rows(ask())) == 100


@pytest.mark.parametrize(
    ("question", "chamber", "error"),
    [
        ("nato-exits", "senate", "did you mean 'nato-exit'"),
        ("nato-exit", "senat", "write senate or house"),
    ],
)
def test_a_question_that_is_not_understood(question: str, chamber: str, error: str) -> None:
    with pytest.raises(UserError, match=error):
        ask(question, chamber)


@given(
    st.dates(Day(1940, 1, 1), Day(2030, 1, 1)),
    st.sampled_from(sorted(VOTES.questions)),
    st.sampled_from(["senate", "house"]),
)
def test_everyone_who_sits_is_counted_once(day: Day, question: str, chamber: str) -> None:
    found = votes_answer(WORLD, question, chamber, day)
    sitting = found["roster"]["members"] if found["roster"] else 0
    assert sum(counts(found)) == sitting == len({row["member"] for row in found["members"]})
    assert all(row["day"] <= day.isoformat() for row in found["rollcalls"])
    if found["roster"]:
        assert congress(Day.fromisoformat(found["roster"]["day"])) == congress(day)
