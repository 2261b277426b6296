"""Quotations."""

import pytest
from hypothesis import given

from burdenshare.reading.document import Quote
from burdenshare.reading.quotes import quotes
from burdenshare.reading.sentences import paragraphs
from strategies import articles


def read(text: str) -> list[Quote]:
    return quotes(text, paragraphs(text))


def words(text: str) -> list[str]:
    return [each.of(text) for each in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We pay,” she said.", ["We pay,"]),
        ('"We pay," she said. "We stay."', ["We pay,", "We stay."]),
        ("He called it ‘a good deal’ and ‘fair’.", ["a good deal", "fair"]),
        ("The 'special' plan, he said, is 'dead'.", ["special", "dead"]),
        ("« Nous payons », dit-il.", ["Nous payons"]),
        ("„Wir zahlen“, sagte er. »Nein«, sagte sie.", ["Wir zahlen", "Nein"]),
        ("Er sa ”vi betalar” i dag.", ["vi betalar"]),
        ("``We pay,'' he said.", ["We pay,"]),
        # apostrophes
        ("It’s Poe‘s plan, the allies’ plan, and it isn't Ray's.", []),
        ("They said ‘it’s the allies’ money’ again.", ["it’s the allies’ money"]),
        ("He mocked ‘bad ideas’ and the allies’ budgets.", ["bad ideas"]),
        ("Rock 'n' roll of the '90s and the ‘80s, ’tis said.", []),
        ('A 6\' 2" man said "no".', ["no"]),
        # marks left open
        ("The ‘great deal for all of them.", []),
        ("“We go, Poe said. Then “we stay” he said.", ["We go, Poe said.", "we stay"]),
        # interrupted
        ("“We pay,” he said, “and we stay.”", ["We pay,", "and we stay."]),
        ("", []),
        ("“” and ‘ ’", []),
    ],
)
def test_quotes(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_quotes_in_quotes_have_a_depth() -> None:
    text = "She said, “He told me, ‘I call it a “relic”.’” Then she left."
    assert [(each.of(text), each.depth) for each in read(text)] == [
        ("He told me, ‘I call it a “relic”.’", 0),
        ("I call it a “relic”.", 1),
        ("relic", 2),
    ]


@pytest.mark.parametrize(("opening", "closing"), ["“”", "‘’", '""', "''"])
def test_paragraphs_that_open_and_never_close(opening: str, closing: str) -> None:
    text = (
        f"He told them: {opening}It’s our allies’ turn.\n"
        f"{opening}They’ve got to pay.\n{opening}We never get help.{closing} He left."
    )
    assert [(each.of(text), each.closed) for each in read(text)] == [
        ("It’s our allies’ turn.", False),
        ("They’ve got to pay.", False),
        ("We never get help.", True),
    ]


def test_a_quote_that_runs_on_without_opening_anew() -> None:
    text = "He wrote: “First line.\nSecond line.\nThird line.” He left."
    assert [(each.of(text), each.closed) for each in read(text)] == [
        ("First line.", False),
        ("Second line.", False),
        ("Third line.", True),
    ]


def test_the_outer_span_has_the_marks() -> None:
    text = "So “we pay,” he said."
    assert read(text)[0].outer.of(text) == "“we pay,”"


@given(articles)
def test_spans_lie_in_order_inside_their_marks(text: str) -> None:
    parts = paragraphs(text)
    found = quotes(text, parts)
    assert found == sorted(found, key=lambda each: (each.start, -each.end))
    for each in found:
        inner = each.of(text)
        assert inner
        assert inner == inner.strip()
        assert any(part.start <= each.outer.start and each.outer.end <= part.end for part in parts)
        assert each.outer.holds(each)
        around = text[each.outer.start : each.start] + text[each.end : each.outer.end]
        assert len("".join(around.split())) <= 4  # one mark on each side, at most two signs each
        assert not each.closed or each.outer.end > each.end


@pytest.mark.parametrize(
    "piece", ['"', "'", "“", "”", "‘", "’", "“‘", '"a ', "s’ b ", "“\n", "‘a\n"]
)
def test_hostile_marks_are_read(piece: str) -> None:
    assert all(each.end <= 200_000 * len(piece) for each in read(piece * 20_000))
