"""Statements without quotation marks: acts, papers, transcripts, and verdicts on what was said."""

from __future__ import annotations

import datetime

import pytest

from burdenshare.reading.document import Statement
from burdenshare.reading.read import read_document
from burdenshare.reading.statements import statements

DAY = datetime.date(2025, 7, 22)


def read(text: str) -> tuple[Statement, ...]:
    return statements(read_document(text, DAY))


def told(text: str) -> list[tuple[str | None, str, str | None, str]]:
    """Return who speaks, in which mode, on what and on which side."""
    return [
        (each.speaker.name if each.speaker else None, each.mode, each.proposition, each.stance)
        for each in read(text)
    ]


ACTS = [
    ("Donald Trump suspended all military aid to Ukraine.", "Donald Trump",
     "pause-ukraine-aid", "for"),
    ("The Senate passed a bill that keeps 76,000 troops in Europe.", "US Senate",
     "cut-us-troops-in-europe", "against"),
    ("Congress has barred any president from leaving NATO on his own.", "US Congress",
     "congress-approval-nato-exit", "for"),
    ("EU ministers triggered the escape clause for defence.", "EU ministers",
     "eu-fiscal-room-for-defence", "for"),
    ("Ann Doe brought in a bill to take the United States out of NATO.", "Ann Doe",
     "us-leaves-nato", "for"),
    ("The Dutch parliament voted against joint debt for defence.", "Dutch parliament",
     "eu-joint-borrowing", "against"),
    ("Washington means to end all its funding of UNRWA.", "Washington",
     "stop-un-funding", "for"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "slug", "stance"), ACTS)
def test_a_deed_takes_a_side(text: str, speaker: str, slug: str, stance: str) -> None:
    ((who, _, *side),) = told(text)
    assert (who, side) == (speaker, [slug, stance])


PAPERS = [
    ("The communiqué commits allies to spend 5% of GDP.", "communiqué",
     "raise-target-5-percent", "for"),
    ("An attack on one is an attack on all, says Article 5 of the treaty.", "Article 5",
     "article-5-commitment", "for"),
    ("Under Article 5 an attack on one ally is an attack on all.", "Article 5",
     "article-5-commitment", "for"),
    ("The order calls for a review of UNESCO.", "order", "us-leaves-unesco", "for"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "paper", "slug", "stance"), PAPERS)
def test_a_paper_speaks(text: str, paper: str, slug: str, stance: str) -> None:
    ((who, mode, *side),) = told(text)
    assert who is not None
    assert paper in who
    assert (mode, side) == ("document", [slug, stance])


SAID = [
    ("Ann Doe wondered aloud whether America should stay in NATO.", "Ann Doe"),
    ("Ann Doe, who kept calling NATO a relic, left.", "Ann Doe"),
    ("Doe (Utah) hoped that the plan would fail.", "Doe"),
    ("Ann Doe and Jim Roe say the plan will fail.", "Ann Doe and Jim Roe"),
    ("By its resolution the Assembly reaffirmed that all must pay.", "Assembly"),
    ("“We must pay,” writes the lead author, Ann Doe.", "Ann Doe"),
    ("The Labour leader says the plan will fail.", "Keir Starmer"),
]


@pytest.mark.parametrize(("text", "speaker"), SAID)
def test_who_speaks_is_found(text: str, speaker: str) -> None:
    ((who, *_),) = told(text)
    assert who == speaker


def test_what_somebody_wants_is_told_by_who_says_so() -> None:
    (statement,) = read("Ann Doe said that Jim Roe had wanted to leave NATO.")
    assert statement.speaker is not None
    assert statement.speaker.name == "Ann Doe"


def test_the_writer_speaks_as_i() -> None:
    text = "By Ann Doe\n\nAmerica is leaving UNESCO, and I say it should stay.\n"
    assert told(text) == [("Ann Doe", "indirect", "us-leaves-unesco", "against")]


TALK = """HOST: Should America quit the United Nations?
SEN. ANN DOE: We should stop paying for it. That is the point.
HOST: Really?
MR. JIM ROE: Leaving the UN would be a colossal mistake.
ANN DOE: I see.
"""


def test_a_transcript_is_cut_by_speaker_and_position() -> None:
    assert told(TALK) == [
        ("Ann Doe", "direct", "stop-un-funding", "for"),
        ("Jim Roe", "direct", "us-leaves-un", "against"),
    ]
    assert not any(each.quotes for each in read(TALK))


def test_agreement_in_a_transcript_takes_up_what_was_said() -> None:
    text = "ROE: Allies must spend 5% of GDP.\nDOE: Absolutely. I see no other way out.\n"
    one, two = read(text)
    assert (two.mode, two.proposition, two.amplifies) == ("endorsement", one.proposition, 0)


VERDICTS = [
    ("Jim Risch applauded it.", "for"),
    ("Human Rights Watch condemned the move.", "against"),
    ("Ann Doe called the move a grave mistake.", "against"),
    ("Ann Doe says it is the only way.", "for"),
    ("“It is a disaster,” said Ann Doe.", "against"),
    ("Ann Doe said that this was not a mistake.", "for"),
    ("Ann Doe hailed the decision as overdue.", "for"),
]


@pytest.mark.parametrize(("text", "stance"), VERDICTS)
def test_a_verdict_takes_up_the_matter_before_it(text: str, stance: str) -> None:
    first = "Donald Trump withdrew the United States from UNESCO. "
    assert told(first + text)[-1][2:] == ("us-leaves-unesco", stance)


def test_a_vote_is_for_or_against_the_bill() -> None:
    text = "The Senate passed a bill to keep all American troops in Europe. Rand Paul voted no."
    assert told(text)[-1] == ("Rand Paul", "act", "cut-us-troops-in-europe", "for")


def test_who_says_somebody_was_right_sides_with_him() -> None:
    text = "Ann Doe said Thomas Massie was right when he called NATO “a Cold War relic.”"
    one, two = read(text)
    assert (one.mode, one.amplifies, one.stance) == ("endorsement", 1, two.stance)


def test_a_matter_that_goes_on_is_read_in_fewer_words() -> None:
    text = "Donald Trump paused all military aid to Ukraine. Ann Doe urged him to undo the freeze."
    assert told(text)[-1][2:] == ("pause-ukraine-aid", "against")


QUIET = [
    "The committee approved the minutes.",
    "The firm withdrew the car from the market.",
    "Under the bridge the river is deep.",
    "The soldiers stood by the road.",
    "I am with child.",
    "The estimates fill two pages.",
    "Finland released a stamp.",
    "Should America quit the United Nations?",
]


@pytest.mark.parametrize("text", QUIET)
def test_plain_deeds_are_no_statements(text: str) -> None:
    assert read(text) == ()
