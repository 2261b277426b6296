"""The whole reading of an article."""

from datetime import date

import pytest
from hypothesis import given

from burdenshare.errors import UserError
from burdenshare.reading.read import read_document
from strategies import articles, pages

DAY = date(2025, 3, 9)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", "the article is empty"),
        (" \n\t", "the article is empty"),
        ("abc\0def", "offset 3"),
        ("abcd\ud800ef", "offset 4"),
    ],
)
def test_what_is_no_article_is_refused(raw: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_document(raw, DAY)


def test_what_is_removed_is_blank_and_gives_nothing() -> None:
    raw = "They paid 2% in May 2024.\nAdvertisement: save 50% “now” in June 2024!\nThey left."
    read = read_document(raw, DAY)
    assert len(read.text) == len(raw)
    assert [each.of(raw) for each in read.paragraphs] == ["They paid 2% in May 2024.", "They left."]
    assert [raw[each.start : each.end] for each in read.quantities] == ["2%"]
    assert [each.of(raw) for each in read.dates] == ["May 2024"]
    assert read.quotes == ()


def test_a_page_keeps_the_offsets_of_its_file() -> None:
    raw = "<html><body><nav>Home</nav><p>They paid&nbsp;2&nbsp;%, &#8220;at last&#8221;.</p></body>"
    read = read_document(raw, None, html=True)
    assert [each.of(raw) for each in read.quotes] == ["at last"]
    assert raw[read.quantities[0].start : read.quantities[0].end] == "2&nbsp;%"


def test_captions_of_figures_are_listed() -> None:
    raw = "<p>They paid.</p><figcaption>A tank in 2019</figcaption>"
    read = read_document(raw, DAY, html=True)
    assert [(each.of(raw), each.reason) for each in read.removed] == [("A tank in 2019", "caption")]
    assert read.dates == ()


@given(articles | pages)
def test_everything_lies_in_the_text_and_outside_what_was_removed(raw: str) -> None:
    for html in (False, True):
        try:
            read = read_document(raw, DAY, html=html)
        except UserError:
            continue
        assert len(read.text) == len(raw)
        for spans in (read.paragraphs, read.sentences, read.quotes, read.quantities, read.dates):
            for each in spans:
                assert 0 <= each.start < each.end <= len(raw)
                assert read.text[each.start : each.end].strip()
