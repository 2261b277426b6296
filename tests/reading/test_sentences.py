"""Paragraphs and sentences."""

from itertools import pairwise

import pytest
from hypothesis import given

from burdenshare.reading.sentences import paragraphs, sentences
from strategies import articles


def split(text: str) -> list[str]:
    return [each.of(text) for each in sentences(text, paragraphs(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith met Gen. Jones.|He left.",
        "Rep. Ann Lee, D-Ore., and Sens. Bo Li, R-Ky., spoke.|All voted.",
        "The U.S. Senate met.|It did so in the U.S.|The vote failed.",
        "It began at 9 a.m. on Jan. 6 and ended at 5 p.m.|They went home.",
        "Spending rose by 2.5 per cent.|No. 3 on the list is Spain.",
        "George W. Bush said so.|J. D. Roe agreed.",
        "She posted it on X.|Sen. Poe reposted it.",
        "“Why now?” he asked.|“We must go!” Mr Poe said.",
        "“We will pay.”|“Then stay.”",
        "He called it ‘a start.’|She did not.",
        "They wrote: ‘… any one of them… is to be held…’ and signed.",
        "See www.example.org for more.|It is long.",
        "First line without a stop\nSecond line.",
        "Really?!|Yes…|They left.",
        "1. Spain pays.\n2. Italy pays.",
        "It was published by www.example.org .|Read it here. .",
        "He said no.)|Then yes.",
        "Washington D.C. was cold.|It snowed.",
        "Thu. May 1st was sunny.",
    ],
)
def test_sentences(text: str) -> None:
    assert split(text.replace("|", " ")) == text.replace("\n", "|").split("|")


def test_each_line_is_a_paragraph() -> None:
    text = "A heading\nA paragraph that says a lot.\n\n  Another one. \n"
    assert [each.of(text) for each in paragraphs(text)] == [
        "A heading",
        "A paragraph that says a lot.",
        "Another one.",
    ]


def test_lines_broken_to_a_width_are_joined() -> None:
    first = (
        "The members of the alliance have agreed to spend more on their\n"
        "own defence over the next decade, officials said after a long\n"
        "meeting in Brussels. Nobody was against it, at least not in the\n"
        "room itself."
    )
    text = (
        first + "\n\nA new paragraph, which is so long that it has to go on in the\nline below it."
    )
    assert [each.of(text) for each in paragraphs(text)] == [first, text[len(first) + 2 :]]


@given(articles)
def test_spans_are_ordered_and_trimmed_and_hold_every_word(text: str) -> None:
    parts = paragraphs(text)
    found = sentences(text, parts)
    for spans in (parts, found):
        assert all(0 <= each.start < each.end <= len(text) for each in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(each.of(text) == each.of(text).strip() for each in spans)
        assert "".join("".join(each.of(text).split()) for each in spans) == "".join(text.split())
    assert all(any(part.holds(each) for part in parts) for each in found)
