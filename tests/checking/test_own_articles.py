"""The project's own labelled passages: what must never happen, and what must not get worse."""

import pytest

from burdenshare import World
from burdenshare.checking.article import Checker
from scores import Scores, passages, scored


@pytest.fixture(scope="module")
def scores() -> Scores:
    return scored(Checker(World(), charts=False))


def test_the_labels_point_at_their_words() -> None:
    silent = 0
    for name, _, text, labels in passages():
        for each in labels:
            assert text[each["start"] : each["end"]] == each["text"], name
            silent += each["type"] == "claim" and each["abstain"]
    assert silent >= 40


def test_what_must_not_be_answered_is_not(scores: Scores) -> None:
    assert scores.right["kept silent"] == scores.of["kept silent"], scores.wrong


def test_no_true_claim_is_called_wrong(scores: Scores) -> None:
    name = "true claims not called wrong"
    assert scores.right[name] == scores.of[name], scores.wrong


# A little below what was measured (docs/reading.md): what is read must not get less.
FLOORS = {"quotes found": 0.94, "statements found": 0.94, "speakers": 0.92, "positions": 0.95}


@pytest.mark.parametrize("name", FLOORS)
def test_as_much_is_read_as_before(scores: Scores, name: str) -> None:
    assert scores.rate(name) >= FLOORS[name], scores.wrong


def test_as_many_claims_are_answered_as_before(scores: Scores) -> None:
    assert scores.rate("answered") >= 0.58
    assert scores.rate("verdicts") >= 0.97
