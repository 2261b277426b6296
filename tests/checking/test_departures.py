"""Exits, members, pledges and roll calls: verdicts on sentences of our own.

Days of exits and of accessions from content/*/exit.toml and members.csv: UNESCO left on 31 December
1984 and 2018, back on 1 October 2003 and 10 July 2023; Finland the 31st, Sweden the 32nd member.
Tallies as the Clerk and the Senate give them: 65-28, 87-13, 310-118, 95-1, 91-2, 357-22.
"""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import CheckedClaim
from burdenshare.world.load import World

HERE = Path(__file__).parent
# Each line: the article's day, a sentence, and the verdicts that it must get.
SENTENCES = [
    tuple(line.split("|"))
    for line in (HERE / "departures.txt").read_text(encoding="utf-8").splitlines()
    if line[0] != "#"
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return one checker for all sentences."""
    return Checker(World(), charts=False)


def claims(checker: Checker, day: str, text: str) -> list[CheckedClaim]:
    """Return the claims of a text as checked on a day."""
    return list(checker.check(text, datetime.date.fromisoformat(day)).claims)


@pytest.mark.parametrize(("day", "text", "verdicts"), SENTENCES)
def test_verdicts(checker: Checker, day: str, text: str, verdicts: str) -> None:
    wanted = Counter(verdicts.split(","))
    found = Counter(str(claim.verdict) for claim in claims(checker, day, text))
    assert not wanted - found
    assert "contradicted" in wanted or "contradicted" not in found


@pytest.mark.parametrize("text", (HERE / "silent.txt").read_text(encoding="utf-8").splitlines())
def test_silent(checker: Checker, text: str) -> None:
    assert {claim.verdict for claim in claims(checker, "2025-03-02", text)} <= {"unchecked"}


def test_a_wrong_exit_is_told_notice_and_effect(checker: Checker) -> None:
    text = "The United States quit UNESCO in 1984 and was pulled out again in 2016."
    found = claims(checker, "2025-07-22", text)
    (wrong,) = [claim for claim in found if claim.verdict == "contradicted"]
    assert "2017-10-12" in wrong.why
    assert "2018-12-31" in wrong.why


def test_the_members_after_an_accession_are_counted(checker: Checker) -> None:
    (wrong,) = claims(checker, "2025-03-02", "After Finland's accession NATO had 30 members.")
    assert wrong.then
    assert wrong.then.value == 31


def test_a_revoked_exit_never_took_effect(checker: Checker) -> None:
    text = "The United States left the World Health Organization on 6 July 2021."
    (claim,) = claims(checker, "2025-03-02", text)
    assert claim.verdict == "contradicted"
