"""Treaties, laws and quotes: verdicts on sentences of our own, from the texts as they are held.

North Atlantic Treaty of 4 April 1949, in force 24 August; Arts 4, 5, 6, 10 and 13; Art. 19 of the
Charter; 22 USC 1928f, enacted 22 December 2023: two-thirds of the Senators present or an Act of
Congress, 180 days of notice to two committees.
"""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import CheckedClaim
from burdenshare.files import CONTENT, read_toml
from burdenshare.reading.patterns import Patterns
from burdenshare.world.documents import passages, words_of
from burdenshare.world.load import World
from burdenshare.world.provisions import read_provisions

HERE = Path(__file__).parent
# Each line: the article's day, a sentence, and the verdicts that it must get.
SENTENCES = [
    tuple(line.split("|"))
    for line in (HERE / "treaties.txt").read_text(encoding="utf-8").splitlines()
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


def test_an_altered_quote_is_told_the_text(checker: Checker) -> None:
    text = (
        "Article 13 says a party may leave “two years after its notice of denunciation has been "
        "given”, NATO says."
    )
    found = claims(checker, "2025-03-02", text)
    (quote,) = [claim for claim in found if claim.kind == "quotation"]
    assert quote.verdict == "contradicted"
    assert "one year after its notice" in quote.why


def test_a_quote_of_nobody_is_left_alone(checker: Checker) -> None:
    text = "The treaty of love says “no man is an island entire of itself”, NATO's poet wrote."
    assert not claims(checker, "2025-03-02", text)


def test_a_law_is_not_known_before_it_was_passed(checker: Checker) -> None:
    text = "He cannot withdraw from NATO without an act of Congress, under the law."
    (claim,) = claims(checker, "2023-12-12", text)
    assert claim.verdict == "unchecked"
    assert "no law" in claim.why.lower()


def test_what_is_left_out_is_named(checker: Checker) -> None:
    text = "Under a 2023 law he needs two-thirds of the Senate to pull out of NATO."
    found = claims(checker, "2025-03-02", text)
    (claim,) = [each for each in found if each.query["ask"] == "gate"]
    assert "Act of Congress" in claim.why


def test_every_phrase_that_is_asked_for_is_held() -> None:
    held = {name for name, _ in read_toml(CONTENT / "phrases.toml").named("phrase")}
    asked = {
        phrase
        for pattern in Patterns().patterns
        for phrase in pattern.options.get("phrase", "").split()
    }
    answered = {
        phrase
        for folder in CONTENT.iterdir()
        for each in read_provisions(folder)
        if each.value is None
        for phrase in each.asks
    }
    assert asked <= held
    assert answered <= asked


def test_the_words_of_a_cut_stand_in_their_passage() -> None:
    for passage in passages():
        for cut in passage.cuts:
            whole = " ".join(passage.words)
            assert " ".join(words_of(cut.words)) in whole
            assert " ".join(words_of(cut.without)) in whole
