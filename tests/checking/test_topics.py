"""Figures, places and counts that leave out the measure, the body, the year or who is meant.

Figures by hand from the files: scales A/RES/70/245, 73/271, 76/238, 79/249 (China 7.921, 12.005,
15.254, 20.004, Japan 9.680, 8.564, 8.033, 6.930, Germany 6.389, 6.090, 6.111, 5.692, Singapore
0.479 from 2025); accounts of the UN system (UNRWA 2023: all 1,533.4 million dollars, United States
422.0, Germany 232.3, Sweden 48.6; WFP 2024: United States 4,436.0, Germany 1,039.4; WHO 2023:
United States 486.9 of 3,341.4, Germany 259.5, China 79.6; UNHCR 2024: United States 2,041.1);
WFP's funding 9.75 billion in 2024, 6.4 billion expected in 2025; loans of 9 September 2025; NATO's
budgets for 2017 and 2026; NATO's tables of 17 June 2024 (23 allies at 2 %, 10 in 2023, 3 in 2014).
"""

from __future__ import annotations

import datetime

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import CheckedClaim
from burdenshare.world.load import World

RIGHT = {"supported", "superseded"}

# the day, the passage, and words of the claims that must be found right
PASSAGES = [
    (
        "2025-01-20",
        "The UN scale of assessments for the next three years took effect. China's share climbs to "
        "20.004 percent, just behind the United States, which stays at 22. Japan's slips to 6.93 "
        "percent from 8.033 percent, and Germany is fourth with 5.692. Singapore's is 0.479.",
        ["20.004 percent", "22", "6.93 percent", "8.033 percent", "fourth", "5.692", "0.479"],
    ),
    (
        "2018-12-27",
        "The General Assembly shared out the regular budget for 2019-2021. Beijing's part jumps to "
        "12.005 percent, which makes it the second-largest payer; Japan drops to 8.564. Washington "
        "keeps paying 22 percent, the most of any member. Tokyo had held 9.68 percent until now.",
        ["12.005 percent", "second", "8.564", "22 percent", "9.68 percent"],
    ),
    (
        "2025-10-20",
        "The World Food Programme expects $6.4 billion this year, after some $9.75 billion in "
        "2024. The United States was its largest donor with nearly $4.5 billion last year, "
        "Germany gave $1.04 billion.",
        ["$6.4 billion", "$9.75 billion", "$4.5 billion", "$1.04 billion"],
    ),
    (
        "2024-10-08",
        "UNRWA had taken in $1.53 billion in 2023. America, its biggest backer, gave $422 million; "
        "Germany followed with $232 million; Sweden provided $48.6 million.",
        ["$1.53 billion", "biggest backer", "$422 million", "$232 million", "$48.6 million"],
    ),
    (
        "2025-02-05",
        "Trump has ordered the country out of the World Health Organization. In 2023 the United "
        "States contributed $487 million to it, about 15 percent of its revenue. Germany was "
        "second among states with $260 million.",
        ["$487 million", "15 percent", "second", "$260 million"],
    ),
    (
        "2025-09-10",
        "The Commission has shared out its SAFE loans. Poland gets €43.7 billion, far ahead of "
        "Romania with 16.7 billion. France and Hungary are to have €16.2 billion each. Spain and "
        "Finland receive €1 billion apiece.",
        ["€43.7 billion", "16.7 billion", "€16.2 billion", "€1 billion"],
    ),
    (
        "2025-12-20",
        "NATO agreed its common budgets for 2026 on Tuesday: €528.2 million for its civil budget "
        "and €2.42 billion for its military budget.",
        ["€528.2 million", "€2.42 billion"],
    ),
    (
        "2017-05-26",
        "Trump scolded NATO. The civil budget for 2017 is €234.4 million, the military one €1.29 "
        "billion. Washington covers 22.1 percent of them.",
        ["€234.4 million", "€1.29 billion", "22.1 percent"],
    ),
    (
        "2024-06-20",
        "Stoltenberg told Biden that 23 allies will reach 2% of GDP this year, up from 10 last "
        "year. Just three did in 2014. Poland gives the most, 4.12%, ahead of Estonia with 3.43%. "
        "The United States itself spends 3.38 percent.",
        ["23 allies", "10", "three", "4.12%", "3.43%", "3.38 percent"],
    ),
    (
        "2026-02-03",
        "The UN could run out of cash. The United States owes $2.19 billion to the regular budget "
        "and another $2.4 billion for peacekeeping. The budget for 2026 is $3.45 billion.",
        ["$2.19 billion", "$2.4 billion", "$3.45 billion"],
    ),
    (
        "2019-10-09",
        "The UN may not be able to pay its staff, as dues come late. The United States owes "
        "$674 million for this year and $381 million for earlier ones. It pays 22 percent, "
        "more than any other member. China is second with 12, Japan third with 8.6.",
        ["$674 million", "$381 million", "22 percent", "second", "third with 8.6"],
    ),
    (
        "2025-09-10",
        "The refugee agency UNHCR will close offices. The United States gave it $2.04 billion last "
        "year.",
        ["$2.04 billion"],
    ),
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return one checker for all passages."""
    return Checker(World(), charts=False)


def claims(checker: Checker, text: str, day: str) -> list[CheckedClaim]:
    """Return the claims of a passage as checked on a day."""
    return list(checker.check(text, datetime.date.fromisoformat(day), html=False).claims)


@pytest.mark.parametrize(("day", "text", "words"), PASSAGES)
def test_what_is_left_out_is_carried(
    checker: Checker, day: str, text: str, words: list[str]
) -> None:
    found = claims(checker, text, day)
    assert not [claim for claim in found if claim.verdict == "contradicted"]
    for each in words:
        start = text.index(each)
        meant = [c for c in found if c.start < start + len(each) and start < c.end]
        assert [c for c in meant if c.verdict in RIGHT], each


# what disagrees is left open where subject, measure or year stand in another sentence
OPEN = [
    ("2018-12-27", "The UN's scale for 2019-2021 is out. Germany will pay 7.5 percent."),
    ("2025-09-20", "The WHO counts its donors of 2023. China gave $300 million."),
    ("2024-06-20", "NATO says 23 allies reach 2% of GDP this year. Just ten did in 2014."),
    ("2025-09-10", "The SAFE loans are shared out. Italy is the largest borrower."),
]


@pytest.mark.parametrize(("day", "text"), OPEN)
def test_what_disagrees_is_left_open(checker: Checker, day: str, text: str) -> None:
    last = text.rindex(". ", 0, -1)
    verdicts = {c.verdict for c in claims(checker, text, day) if c.start > last}
    assert verdicts <= {"unchecked", "depends"}


# growth, polls, wishes, prices and sums for something else, among the same names
SILENT = [
    "The UN's scale is out. Diplomats in Tokyo say that Japan's growth has been below 1 percent.",
    "NATO met. Two thirds of voters, 66 percent, like the alliance, a poll found.",
    "NATO leaders met. Canada has promised to get to 1.76 percent by 2030.",
    "The SAFE loans are shared out. Hungary hopes for 16 billion. Warsaw wants to spend €2.5 "
    "billion on its border.",
    "NATO's Rutte spoke. Germany's exports to America come to 10 percent of the total.",
    "The WFP is in Sudan. China gave $13.9 million in rescue gear to a city in Myanmar.",
    "UN week. Turkey was fourth among exporters of steel, behind Canada.",
    "UN week. Germany's second-largest bank gave $5 million to a fund.",
    "Members of the WHO met. China has promised $500 million over five years.",
    "The UN's budget. India, with 1.4 percent of seats, may pay 3 percent if it wants one.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(checker: Checker, text: str) -> None:
    verdicts = {claim.verdict for claim in claims(checker, text, "2025-09-15")}
    assert verdicts <= {"unchecked", "depends"}


def test_what_one_gives_is_not_what_all_give(checker: Checker) -> None:
    text = "UNICEF got $1.15 billion from it in 2024, the United States said."
    verdicts = {claim.verdict for claim in claims(checker, text, "2026-05-05")}
    assert "contradicted" not in verdicts


def test_the_first_of_two_budgets_is_not_held_against_the_second(checker: Checker) -> None:
    text = "NATO's civil budget for 2017 is €350 million, the military one €1.29 billion."
    found = claims(checker, text, "2017-05-26")
    assert [c.verdict for c in found if c.query["series"] == "nato_civil_budget"] == [
        "contradicted"
    ]
