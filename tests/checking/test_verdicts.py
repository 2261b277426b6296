"""Verdicts on sentences of our own; every expected figure stands in a NATO, ECB or treaty source.

NATO, 17 June 2024: 23 of 32 members at 2 % in 2024, Spain 1.28, the United States 3.38 (table 3).
NATO, 10 July 2026: 17 members at 2 % in 2024, Spain 1.42.
"""

from __future__ import annotations

import datetime

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import CheckedClaim
from burdenshare.world.load import World

MARCH = "2025-03-02"


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return one checker for all sentences."""
    return Checker(World())


def claims(checker: Checker, text: str, day: str) -> list[CheckedClaim]:
    """Return the claims of a text as checked on a day."""
    return list(checker.check(text, datetime.date.fromisoformat(day)).claims)


SUPPORTED = [
    ("NATO set a target which over a quarter of its members were on course to fail to meet.", 9),
    ("NATO wants 5 per cent of GDP, far higher than the US's own defence spending.", 3.38),
    ("The North Atlantic Treaty was signed on April 4 1949.", "1949-04-04"),
    ("The bloc, NATO, would more than double its spending target of two per cent.", 2.0),
    ("NATO prepares to mark its 76th anniversary in April.", "2025-04-04"),
    ("The United States spent 3.4 per cent of its GDP on defence in 2024, NATO says.", 3.38),
    ("Finland joined NATO in April 2023.", "2023-04-04"),
    ("All 32 members of NATO agreed.", 32),
    ("Only eight of the 32 NATO members are still below the 2% line.", 8),
]


@pytest.mark.parametrize(("text", "value"), SUPPORTED)
def test_supported(checker: Checker, text: str, value: object) -> None:
    found = claims(checker, text, MARCH)
    verdicts = {claim.verdict for claim in found if claim.then and claim.then.value == value}
    # superseded: where the newest release says otherwise
    assert verdicts
    assert verdicts <= {"supported", "superseded"}


def test_superseded_names_both_releases(checker: Checker) -> None:
    (claim,) = claims(checker, "Spain (1.28 percent of GDP) is last in NATO's table.", "2024-07-08")
    assert claim.verdict == "superseded"
    assert claim.then
    assert claim.now
    assert (claim.then.value, str(claim.then.published)) == (1.28, "2024-06-17")
    assert (claim.now.value, str(claim.now.published)) == (1.42, "2026-07-10")


def test_contradicted(checker: Checker) -> None:
    text = "The United States spent 4.9 per cent of GDP on defence in 2024, a NATO leaflet says."
    (claim,) = claims(checker, text, MARCH)
    assert claim.verdict == "contradicted"
    assert claim.then
    assert claim.then.value == 3.38


def test_a_newer_release_that_is_not_held_keeps_silent(checker: Checker) -> None:
    # Denmark 2019: 1.35 in the release of 2019-06-25; the release of 2019-11-29 is held in part
    text = "Denmark spent 2.9 per cent of GDP on defence in 2019, NATO said."
    (claim,) = claims(checker, text, "2020-12-01")
    assert claim.verdict == "unchecked"
    assert "not held" in claim.why


def test_the_day_spoken_of_decides(checker: Checker) -> None:
    # Sweden became the 32nd member on 7 March 2024
    text = "In February 2024 he spoke of any of the 32 NATO member states."
    (claim,) = claims(checker, text, MARCH)
    assert claim.verdict == "depends"
    assert "31" in claim.why
    assert "32" in claim.why


def test_conversion(checker: Checker) -> None:
    # ECB: 1.0857 dollars on 7 March 2025, 1.0411 on 28 February; 162.5 / 150 = 1.0833
    (claim,) = claims(checker, "It lends €150 billion ($162.5 billion) to members.", "2025-03-09")
    assert claim.kind == "conversion"
    assert claim.verdict == "supported"
    assert claim.then
    assert str(claim.then.published) == "2025-03-07"
    assert claim.then.value == pytest.approx(162.855e9)


def test_without_a_day_nothing_is_called_wrong(checker: Checker) -> None:
    text = "The United States spent 4.9 per cent of GDP on defence in 2024, a NATO leaflet says."
    (claim,) = checker.check(text).claims
    assert claim.verdict == "unchecked"
    assert "day is unknown" in claim.why


# What must not be called wrong, each for a reason of its own.
NOT_WRONG = [
    # 23 is the count, 32 the members
    "A record 23 of NATO's 32 member nations are hitting the spending target this year.",
    # "less than" turns a verb of meeting into one of missing
    "Nine of NATO's 32 members spent less than 2% of GDP on defence in 2024.",
    # 32 is the membership, not a count of those that fail
    "He would not defend any of the 32 NATO member states who failed to meet the target.",
    # 23 of 32 is 72 %, and "two-thirds" is said roughly
    "Two-thirds of NATO allies now meet the 2% target.",
    # the later year belongs to the promise
    "Britain spends 2.3% of its GDP on defence, and promised NATO 2.5% by 2027.",
    # 11 was NATO's count of 2023 until the tables of June 2024 said 10
    "Just 11 NATO members met the 2% target in 2023.",
    # the euro stood at 1.1422 dollars on 14 January 2022
    "In 2022 Germany set up a €100 billion ($112 billion) fund for NATO's tasks.",
    # a deficit is a negative balance
    "France's budget deficit was 6 percent of GDP, NATO's host said.",
    # one ally looks at the others
    "The other 31 NATO allies balked.",
    # the year of one figure is not that of the other
    "In 2014 Germany spent 1.2% of GDP on defence, and Spain spent 0.9% of GDP, NATO says.",
]


@pytest.mark.parametrize("text", NOT_WRONG)
def test_not_called_wrong(checker: Checker, text: str) -> None:
    assert "contradicted" not in {claim.verdict for claim in claims(checker, text, MARCH)}


SILENT = [
    "He said that just 2 per cent of the entrepreneur's income could feed NATO's neighbours.",
    "Germany should spend 3.5% of GDP on defence, the NATO chief said.",
    "Unemployment in Spain fell to 11 per cent, and NATO was pleased.",
    "Some 58 per cent of Germans trust NATO, a poll found.",
    "Canada would spend 2 per cent of GDP on defence by 2030, NATO heard.",
    "Three of the five NATO envoys left early.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(checker: Checker, text: str) -> None:
    verdicts = {claim.verdict for claim in claims(checker, text, MARCH)}
    assert not verdicts & {"supported", "contradicted", "superseded"}


def test_markup_inside_a_sentence(checker: Checker) -> None:
    page = "<p>NATO&rsquo;s <b>32</b>\n   <i>members</i> met.</p>"
    (claim,) = checker.check(page, datetime.date.fromisoformat(MARCH), html=True).claims
    assert claim.verdict == "supported"
    assert page[claim.start : claim.end] == claim.text


LEGAL = [
    # 22 USC 1928f(a), in force since 2023-12-22
    (
        "Under a 2023 law, leaving NATO needs a two-thirds majority in the Senate or an act of "
        "Congress.",
        MARCH,
        "supported",
    ),
    (
        "A law bars a president from leaving NATO without approval by two-thirds of senators.",
        MARCH,
        "depends",  # the other way, an Act of Congress, is left out
    ),
    (
        "A law bars leaving NATO without approval by three-quarters of senators.",
        MARCH,
        "contradicted",
    ),
    # before that day there is no such law
    (
        "A law bars leaving NATO without approval by two-thirds of senators or an act of Congress.",
        "2022-03-09",
        "unchecked",
    ),
    # A/RES/79/249: 22.000
    ("The US pays 22 percent of the UN budget.", MARCH, "supported"),
    ("The US pays 35 percent of the UN budget.", MARCH, "contradicted"),
    # notice 2017-10-12, effect 2018-12-31
    ("The United States left UNESCO in 2018.", MARCH, "supported"),
    ("The United States left UNESCO in 2009.", MARCH, "contradicted"),
    # notice on 2025-01-22, effect a year later
    ("The US left the WHO in January 2025.", MARCH, "depends"),
    # House roll call 723, 14 December 2023: 310 to 118
    ("The House passed the NATO bill 310-118 on Thursday.", "2023-12-14", "supported"),
]


@pytest.mark.parametrize(("text", "day", "verdict"), LEGAL)
def test_rules_and_records(checker: Checker, text: str, day: str, verdict: str) -> None:
    assert [claim.verdict for claim in claims(checker, text, day)] == [verdict]
