"""HTML becomes text of equal length."""

from datetime import date

import pytest
from hypothesis import given

from burdenshare.reading.markup import blank_markup, looks_like_html, meta_date, read_markup
from strategies import articles, pages

PAGE = """<!DOCTYPE html><html><head><title>Not this</title><script>var a = "<p>no</p>";</script>
</head><body><header>Site name</header><nav><a href="/">Home</a></nav><article>
<header><h1>Allies&#8217; plan</h1></header><p>They pay <b>2&nbsp;%</b>
of GDP &mdash; no more.</p><figure><img src="a>b" alt='x > y'>
<figcaption>A tank</figcaption></figure>
<p>5 < 6</p></article><aside>Most read</aside><footer>Imprint</footer><!-- <p>gone</p> --></body>"""


def test_what_a_reader_sees_stays_and_the_rest_is_blank() -> None:
    assert blank_markup(PAGE).split() == (
        "Allies’ plan They pay 2 % of GDP — no more. A tank 5 < 6".split()
    )


def test_words_keep_their_place() -> None:
    text = blank_markup(PAGE)
    for words in ("They pay", "of GDP", "no more.", "5 < 6"):
        assert text.index(words) == PAGE.index(words)


def test_a_line_break_in_the_source_is_a_space_and_a_block_begins_a_line() -> None:
    assert blank_markup("<p>one\ntwo</p><p>three").split("\n")[1:] == [
        "  one two",
        "   ",
        "  three",
    ]


def test_an_apostrophe_inside_a_word_is_no_closing_mark() -> None:
    assert "’" not in blank_markup("<p>it&#8217;s</p>")
    assert "’" in blank_markup("<p>&#8216;yes&#8217; he said</p>")


def test_captions_are_known() -> None:
    text, captions = read_markup(PAGE)
    assert [each.of(text) for each in captions] == ["A tank"]


@pytest.mark.parametrize(
    "raw",
    [
        "<p>text",
        "text</p></div></nav>",
        "<nav>text",
        "<a href='text",
        "<!doctype text",
        '<p title="a>text</p>',
        "1 < 2 text",
        "<>text",
    ],
)
def test_bad_markup_loses_no_words(raw: str) -> None:
    assert "text" in blank_markup(raw)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ('<meta property="article:published_time" content="2025-03-02T08:00Z">', date(2025, 3, 2)),
        ("<meta content='2024-02-29' name='Date'>", date(2024, 2, 29)),
        ('{"@type": "NewsArticle", "datePublished" : "2023-08-01T00:00"}', date(2023, 8, 1)),
        (
            '<time datetime="2025-02-30"></time><time class=x datetime="2025-03-01">',
            date(2025, 3, 1),
        ),
        (
            '<time datetime="2020-01-01"><meta name="pubdate" content="2021-01-01">',
            date(2021, 1, 1),
        ),
        ("<p>2025-03-02</p>", None),
    ],
)
def test_the_day_of_a_page(raw: str, day: date | None) -> None:
    assert meta_date(raw) == day


def test_what_looks_like_a_page() -> None:
    assert looks_like_html(PAGE)
    assert looks_like_html("<p>a</p><p>b</p>")
    assert not looks_like_html("Spending was < 2 % and > 1 %, see <www.example.org>.")


@given(pages | articles)
def test_length_stays_and_nothing_is_raised(raw: str) -> None:
    text, captions = read_markup(raw)
    assert len(text) == len(raw)
    assert all(0 <= each.start < each.end <= len(raw) for each in captions)
    looks_like_html(raw)
    meta_date(raw)


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", '<a ="', "<a b='<a' ", "<!--", "<script>", "<nav>", "&", "&#", "<a = ", "<meta "],
)
def test_hostile_markup_is_read(piece: str) -> None:
    raw = piece * 50_000 + ">"
    assert len(blank_markup(raw)) == len(raw)
    assert meta_date(raw) is None
