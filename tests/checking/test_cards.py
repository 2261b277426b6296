"""Single facts found by the words around a figure, in sentences that no pattern was made for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.cards import group
from burdenshare.checking.cards_ask import deck
from burdenshare.checking.cards_index import Sheet
from burdenshare.reading.document import Span
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_SENTENCES = Path(__file__).with_name("cards.txt")


def _lines(verdict: str) -> Iterator[tuple[str, str, str]]:
    """Yield the day, the figure and the words of the sentences with a verdict."""
    for line in _SENTENCES.read_text(encoding="utf-8").splitlines():
        head, _, words = line.partition(" | ")
        if head.startswith(f"{verdict} "):
            day, _, figure = head[2:].partition(" ")
            yield day, figure, words


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def checker(world: World) -> Checker:
    return Checker(world, charts=False)


def _verdicts(checker: Checker, day: str, words: str, figure: str = "") -> set[str]:
    check = checker.check(words, Day.fromisoformat(day), html=False)
    return {claim.verdict for claim in check.claims if figure in claim.text}


@pytest.mark.parametrize(("day", "figure", "words"), list(_lines("S")))
def test_the_card_that_the_words_name_supports_a_figure(
    checker: Checker, day: str, figure: str, words: str
) -> None:
    verdicts = _verdicts(checker, day, words, figure)
    assert verdicts & {"supported", "superseded"}
    assert "contradicted" not in verdicts


@pytest.mark.parametrize(("day", "figure", "words"), list(_lines("C")))
def test_another_figure_in_all_the_words_of_a_card_is_wrong(
    checker: Checker, day: str, figure: str, words: str
) -> None:
    assert "contradicted" in _verdicts(checker, day, words, figure)


@pytest.mark.parametrize(("day", "_figure", "words"), list(_lines("-")))
def test_other_figures_are_left_alone(checker: Checker, day: str, _figure: str, words: str) -> None:
    assert _verdicts(checker, day, words).isdisjoint(("supported", "contradicted", "superseded"))


def test_a_fact_is_not_told_before_it_is_known(checker: Checker) -> None:
    words = "SAFE loans can run for up to 45 years."
    assert _verdicts(checker, "2025-04-01", words, "45") <= {"unchecked"}


def test_what_is_aimed_at_is_not_owed(checker: Checker) -> None:
    words = "All NATO members must meet the target of 2 per cent by 2024."
    assert _verdicts(checker, "2019-06-26", words, "2024") == {"depends"}


def test_a_later_card_of_a_series_takes_its_place(checker: Checker) -> None:
    words = "The UN scale of assessments for 2022-2024 puts the United States at the ceiling."
    assert _verdicts(checker, "2023-06-26", words, "2022-2024") == {"superseded"}


def test_beginnings_are_long_enough_to_be_looked_up(world: World) -> None:
    short = [
        (card.id, word)
        for card in deck(world).cards.values()
        for word in card.about[0].starts
        if len(word) < 4
    ]
    assert short == []


def test_a_semicolon_parts_words() -> None:
    text = "the floor is low; it pays 22"
    sheet = Sheet(text, 0, ())
    near = sheet.nearest(Span(26, 28), group("floor"))
    assert near is not None
    assert near[0] == 14  # is, low, the mark for ten, it, pays
