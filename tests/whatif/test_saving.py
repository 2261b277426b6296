"""What `-o DIR` writes, and that it is there whole or not at all."""

import csv
import errno
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare import __version__
from burdenshare.errors import UserError
from burdenshare.whatif import saving
from burdenshare.whatif.answer import run_answer
from burdenshare.whatif.flat import COLUMNS, flat_rows
from burdenshare.whatif.saving import check_folder, iamc_text, made_elsewhere, save_answer
from burdenshare.whatif.scenarios import read_file, read_scenario
from burdenshare.world.load import World
from whatif.answers import NAMES, answer

TOML = 'title = "Poor and rich"\n'
PAGE = "<!DOCTYPE html>\n<p>né \ud800"


def save(folder: Path) -> list[str]:
    return save_answer(answer(), TOML, PAGE, folder)


def within(folder: Path) -> list[str]:
    """Return the names of all that is in a folder, hidden or not."""
    return sorted(each.name for each in folder.iterdir())


def test_four_files_are_written(tmp_path: Path) -> None:
    assert save(tmp_path / "out") == sorted(NAMES)
    assert within(tmp_path) == ["out"]
    assert within(tmp_path / "out") == sorted(NAMES)
    assert (tmp_path / "out" / "scenario.toml").read_text("utf-8") == TOML
    assert (tmp_path / "out" / "report.html").read_text("utf-8") == "<!DOCTYPE html>\n<p>né ?"


def test_the_parquet_holds_every_row_to_the_bit(tmp_path: Path) -> None:
    save(tmp_path / "it's [out]")
    os.rename(tmp_path / "it's [out]", tmp_path / "out")  # noqa: PTH104 - the name is the point
    found = duckdb.read_parquet(str(tmp_path / "out" / "results.parquet"))
    assert tuple(found.columns) == COLUMNS
    assert [str(each) for each in found.types] == ["VARCHAR"] * 4 + ["INTEGER"] + ["DOUBLE"] * 6
    rows = found.fetchall()
    assert rows == [tuple(each.values()) for each in flat_rows(answer())]
    assert rows[1][5] == 1 / 3
    assert rows[3][2:6] == ("Probability of Meeting|nato.x.core", "1", 2030, 0.25)
    assert rows[4][2:] == (
        *("Shortfall|nato.x.core|Share of GDP", "% of GDP", 2030),
        *(None, None, None, 0.75, None, None),
    )
    assert rows[5][2:6] == (
        *("Shortfall|nato.x.core|Constant Prices", "million USD_2026", 2030),
        100.5,
    )
    spread = (2030, 1.5, 1, None, 1, None, 2)
    assert [each[1:] for each in rows[6:9]] == [
        ("NATO", "Members Meeting|nato.x.core", "members", *spread),
        ("NATO", "Needed Share of GDP|keep", "% of GDP", *spread),
        ("NATO", "Cost of Reaching|3.5 % of GDP", "million USD_2026", *spread),
    ]
    assert {each[0] for each in rows[:9]} == {"poor-and-rich"}


def test_bills_payments_and_loans_have_rows_too() -> None:
    """Before anybody leaves Poland pays a quarter of 4 million dollars, then all or as before."""
    found = [tuple(each.values())[:6] for each in flat_rows(answer())[9:]]
    share, money = "Budget Share|un.regular", "Budget Contribution|un.regular"
    mine, none = "poor-and-rich", "nothing-changes"
    assert found == [
        (none, "POL", share, "% of the budget", 2025, 25.0),
        (none, "POL", money, "million USD", 2025, 1.0),
        (mine, "POL", f"{share}|pro-rata", "% of the budget", 2025, 100.0),
        (mine, "POL", f"{money}|pro-rata", "million USD", 2025, 4.0),
        (mine, "POL", f"{share}|shrink", "% of the budget", 2025, 25.0),
        (mine, "POL", f"{money}|shrink", "million USD", 2025, 1.0),
        (none, "USA", "Voluntary Contribution|wfp", "million USD", 2024, 3.0),
        (none, "POL", "Voluntary Contribution|wfp", "million USD", 2024, 1.0),
        (mine, "USA", "Voluntary Contribution|wfp", "million USD", 2024, 0.0),
        (mine, "POL", "Voluntary Contribution|wfp", "million USD", 2024, 1.0),
        (mine, "POL", "Loans|eu-safe", "million EUR", 2026, 5.0),
        (mine, "POL", "Loans|eu-safe", "million EUR", 2027, 5.0),
    ]


def test_no_two_rows_of_a_shipped_answer_tell_the_same() -> None:
    """A reader of the table would refuse them."""
    for name in ("us-leaves-un", "us-stops-wfp", "rearm-europe"):
        rows = flat_rows(run_answer(World(), name, draws=10).json)
        places = [tuple(each.values())[:5] for each in rows]
        assert rows
        assert len(set(places)) == len(places)


def test_the_iamc_table_has_a_line_for_each_value(tmp_path: Path) -> None:
    save(tmp_path / "out")
    lines = list(csv.reader((tmp_path / "out" / "iamc.csv").read_text("utf-8").splitlines()))
    assert lines[0] == ["model", "scenario", "region", "variable", "unit", "year", "value"]
    assert len(lines) == 1 + 3 * 6 + 3 + 3 * 4 + 12  # rows of six values, of one, of four, of one
    share = "Defence Expenditure|Share of GDP"
    start = ["burdenshare 0.1.0", "poor-and-rich", "POL"]
    assert lines[1] == [*start, share, "% of GDP", "2029", "4.5"]
    assert lines[2] == [*start, f"{share}|5th Percentile", "% of GDP", "2029", "4.0"]
    assert lines[6] == [*start, f"{share}|95th Percentile", "% of GDP", "2029", "5.0"]


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"])),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_the_iamc_table_reads_back_what_was_written(name: str, value: float) -> None:
    row = {"scenario": "s", "region": name, "variable": "v", "unit": "u", "year": 2030}
    text = iamc_text([row | {"mean": value}], "m")
    _, line = csv.reader(io.StringIO(text, newline=""))
    assert line[2] == name
    assert float(line[6]) == value


def test_the_same_answer_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(tmp_path / name)
    for name in NAMES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_an_empty_folder_is_filled_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("out")
    save(tmp_path / "link")
    assert within(folder) == sorted(NAMES)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (tmp_path / "link").is_symlink()


def test_a_scenario_of_another_world_is_told(tmp_path: Path) -> None:
    world = World(tmp_path)
    saved = tmp_path / "scenario.toml"
    scenario = read_scenario(tmp_path, "us-leaves-nato")
    saved.write_text(scenario.saved(world.hash, __version__), "utf-8")
    again = read_file(saved)
    assert again.canonical() == scenario.canonical()
    assert made_elsewhere(again, world) is None
    saved.write_text(scenario.saved("0123456789abcdef", "0.0.9"), "utf-8")
    assert made_elsewhere(read_file(saved), world) == (
        "us-leaves-nato was made with world 0123456789abcdef by version 0.0.9, this is "
        f"world {world.hash}, version {__version__}: figures may differ"
    )


# What is in the way


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match=r"is not empty: name a new folder"):
        save(tmp_path)
    assert within(tmp_path) == ["mine.txt"]
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_folder_that_is_filled_meanwhile_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(saving, "check_folder", lambda _: (folder / "mine.txt").touch())
    with pytest.raises(UserError, match="out cannot be written: Directory not empty"):
        save(folder)
    assert within(tmp_path) == ["out"]
    assert within(folder) == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UserError, match="out is not a folder: name a folder to write"):
        check_folder(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_needs_a_place_to_stand_in(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no is not a folder: make it"):
        check_folder(tmp_path / "no" / "out")


@pytest.mark.parametrize("name", ["x" * 300, "x/" * 3000])
def test_a_name_that_cannot_be_is_a_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"cannot be written|is not a folder"):
        save(tmp_path / name)
    assert within(tmp_path) == []


# What goes wrong on the way

FULL = OSError(errno.ENOSPC, "No space left on device")


def failing(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("step", ["mkdir", "open", "replace"])
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, step, failing(FULL))
        with pytest.raises(UserError, match="out cannot be written: No space left on device"):
            save(tmp_path / "out")
    assert within(tmp_path) == []


def test_ctrl_c_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "_write_parquet", failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "out")
    assert within(tmp_path) == []


def test_a_parquet_that_cannot_be_written_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = '{"exception_message":"Could not write","errno":"28"}'

    class Full:
        write_parquet = failing(duckdb.IOException(f"IO Error: Async write failed: {written}"))

    monkeypatch.setattr(saving, "frame", lambda _: Full())
    with pytest.raises(UserError, match="out cannot be written: No space left on device"):
        save(tmp_path / "out")
    assert within(tmp_path) == []
