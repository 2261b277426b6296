"""Studies of what replacing the United States in Europe would take, as the press gave them."""

import datetime
from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.world import studies
from burdenshare.world.studies import find_study, read_studies


def test_the_sums_by_year() -> None:
    bruegel, iiss = find_study("bruegel-kiel-2025"), find_study("iiss-2025")
    assert (bruegel.per_year, bruegel.currency) == (250.0, "EUR")
    # USD 1,000 billion over 25 years.
    assert (iiss.per_year, iiss.currency) == (40.0, "USD")
    assert bruegel.published == datetime.date(2025, 2, 21)
    assert iiss.published == datetime.date(2025, 5, 15)


def test_every_item_of_the_summaries_stands_here() -> None:
    found = {name: [item.id for item in study.items] for name, study in read_studies().items()}
    assert {name: len(items) for name, items in found.items()} == {
        "bruegel-kiel-2025": 9,
        "iiss-2025": 10,
    }
    for items in found.values():
        assert len(items) == len(set(items))


def test_a_range_has_two_ends_and_no_quantity() -> None:
    [purchase] = [each for each in find_study("iiss-2025").items if each.id == "procurement"]
    assert (purchase.quantity, purchase.low, purchase.high) == (None, 226, 344)


def test_an_unknown_study_gets_a_hint() -> None:
    with pytest.raises(UserError, match="study 'iiss' is unknown: did you mean 'iiss-2025'"):
        find_study("iiss")


STUDY = """\
[study.x]
title = "X"
publisher = "X"
published = 2025-01-01
citation = "X"
confidence = "seen"
"""
ITEM = '\n[[study.x.item]]\nid = "a"\ntitle = "A"\nunit = "EUR billion"\nsource = "X"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (STUDY, "item is nothing: write one item with cost = true"),
        (STUDY + ITEM, "quantity is nothing: write either quantity, or low and high"),
        (STUDY + ITEM + "quantity = 1\nlow = 1\nhigh = 2\n", "write either quantity, or low"),
        (STUDY + ITEM + "quantity = 1\ncost = true\n", "write it beside a quantity in EUR or USD"),
        (STUDY + ITEM + "quantity = 1\nyaers = 2\n", "unknown key 'yaers': did you mean 'years'"),
    ],
)
def test_a_file_that_is_not_understood(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.toml").write_text(text, "utf-8")
    monkeypatch.setattr(studies, "FOLDER", tmp_path)
    with pytest.raises(UserError, match=message):
        read_studies.__wrapped__()
