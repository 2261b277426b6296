import itertools
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.checking.results import Check, CheckedClaim, Evidence
from burdenshare.reading.document import Removed, Span, Speaker, Statement
from burdenshare.showing.reports import report_html
from burdenshare.showing.words import VERDICTS, visible
from showing.specimen import (
    ARTICLE,
    DAY,
    NOW,
    RELEASE_2024,
    US_SHARE,
    answer,
    article,
    at,
    claim,
    made,
)

VOID = {"meta", "br", "link", "img", "hr", "input"}
HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "</div></section></body></html>",
    "]]><!-- --><![CDATA[",
    "&lt;b&gt; &amp; &#60;",
    "{{ 7 * 7 }} {% include 'x' %} {# #}",
    "\u202eevil\u202c שלום עולם\u200f",
    "a\x00b\x08c\x1b[31md\x7f\x9b\ufffe",
    "a\r\nb\rc\u2028d\x0b\x0c",
    "javascript:alert(1)",
    "lone \ud800 and \udfff",
    "</style><style>*{}</style><svg onload=alert(1)>",
)


class Page(HTMLParser):
    """The page as read: refuses tags that do not balance, and notes what tests ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.words = ""
        self.headings: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        fields = {name: value or "" for name, value in attrs}
        self.tags.append((tag, fields))
        if tag in ("h1", "h2", "h3"):
            self.headings.append((tag, ""))
        if tag == "br":
            self.text += " "
        if tag not in VOID:
            self.open.append((tag, fields))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self.open]
        if "style" not in inside:
            self.text += data
        if any(fields.get("id") == "article-words" for _, fields in self.open):
            self.words += data
        if inside and inside[-1] in ("h1", "h2", "h3"):
            self.headings[-1] = (inside[-1], self.headings[-1][1] + data)

    def all(self, tag: str, kind: str = "") -> list[dict[str, str]]:
        return [
            fields
            for name, fields in self.tags
            if name == tag and (not kind or kind in fields.get("class", "").split())
        ]


def page(check: Check) -> Page:
    html = report_html(check)
    html.encode("utf-8")
    return safe(Page(html))


def safe(read: Page) -> Page:
    """Refuse a page that could act, load or lead anywhere but to https or to itself."""
    ids = [fields["id"] for _, fields in read.tags if "id" in fields]
    assert len(ids) == len(set(ids))
    for tag, fields in read.tags:
        assert tag not in ("script", "iframe", "object", "embed", "link", "base", "form", "image")
        assert not [name for name in fields if name.startswith("on") or name == "style"]
        assert not {"src", "srcset", "xlink:href", "action"} & fields.keys()
        if "href" in fields:
            assert re.match(r"#|https://", fields["href"])
            assert fields["href"][0] != "#" or fields["href"][1:] in ids, fields
    return read


@pytest.fixture(scope="module")
def specimen() -> Page:
    return page(article())


# What the page holds


def test_the_article_is_there_word_for_word(specimen: Page) -> None:
    assert specimen.words == ARTICLE


def test_the_headings_are_in_order(specimen: Page) -> None:
    levels = [int(tag[1]) for tag, _ in specimen.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    titles = [text.strip() for tag, text in specimen.headings if tag != "h3"]
    assert titles == [
        "halloran.txt",
        "Summary",
        "The article",
        "Verdicts",
        "Statements",
        "Not understood",
        "How this was checked",
    ]


def test_the_head_forbids_everything_but_styles(specimen: Page) -> None:
    [policy] = [m["content"] for m in specimen.all("meta") if "http-equiv" in m]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert specimen.all("html") == [{"lang": "en"}]
    assert specimen.all("a")[0] == {"class": "skip", "href": "#main"}


def test_the_style_sheet_loads_nothing() -> None:
    [style] = re.findall(r"<style>(.*?)</style>", report_html(article()), re.S)
    assert "url(" not in style
    assert "@import" not in style
    assert "http" not in style


def test_each_verdict_is_a_word_and_a_sign_not_only_a_colour(specimen: Page) -> None:
    for label in VERDICTS.values():
        assert re.search(rf"{label.sign} {label.word}", specimen.text)


def test_each_claim_is_marked_and_leads_to_its_card_and_back(specimen: Page) -> None:
    numbers = [fields["href"] for fields in specimen.all("a", "number")]
    assert sorted(numbers) == sorted(f"#claim-{number}" for number in range(1, 11))
    cards = [fields["id"] for fields in specimen.all("article", "card")]
    assert cards == [f"claim-{number}" for number in range(1, 11)]
    [third] = [f for f in specimen.all("a", "number") if f["href"] == "#claim-3"]
    assert third["aria-label"] == "Claim 3: depends"
    assert third["data-note"] == "3≈"


def test_statements_have_their_speaker_beside_them(specimen: Page) -> None:
    notes = [fields["data-note"] for fields in specimen.all("a", "who")]
    assert notes == [
        "Rufus Halloran, reported",
        "Rufus Halloran, quoted",
        "Rufus Halloran, quoted",
        "Ada Brandt, quoted",
    ]
    assert "quoted, via Plains Courier, 1 March 2025, repeats s1" in specimen.text


def test_removed_spans_stand_in_place_with_their_reason(specimen: Page) -> None:
    notes = [fields["data-note"] for fields in specimen.all("span", "reason")]
    assert notes == [
        "left out: breadcrumb",
        "left out: advertisement",
        "left out: caption",
        "left out: syndication notice",
    ]


def test_the_answers_name_release_and_source(specimen: Page) -> None:
    words = " ".join(specimen.text.split())
    assert "Known then 3.38 % of GDP released 17 June 2024 Defence Expenditure of" in words
    assert "Known now 3.3 % of GDP released 10 July 2026" in words
    assert "Known now the same" in words
    assert "Stated over 25 %" in words
    assert "days2024-02-01, 2024-02-29" in words
    assert "metno" in words


def test_only_https_addresses_become_links() -> None:
    good = "https://www.nato.int/figures/x.pdf?a=1&b=2#page=3"
    bad = ["http://x.org", "javascript:alert(1)", "https://x.org/a b", 'https://x.org/"x', "https:"]
    for url in [good, *bad]:
        found = Evidence(1, "", DAY("2024-06-17"), "source", url)
        links = page(made("one", [claim("one", "supported", "one", then=found)])).all("a", "source")
        assert {link["href"] for link in links} == ({good} if url == good else set())


def test_the_page_says_how_it_was_checked(specimen: Page) -> None:
    assert "burdenshare 0.1.0" in specimen.text
    assert "9f2c41d0a7be" in specimen.text
    assert "nothing published later is used" in specimen.text
    assert f"{RELEASE_2024}, published 17 June 2024" in specimen.text


def test_a_chart_has_its_text_and_its_table(specimen: Page) -> None:
    charts = specimen.all("svg")
    assert len(charts) == 5
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    assert "24 April 2025" in specimen.text
    assert "partial release" in specimen.text


def test_one_release_makes_no_chart() -> None:
    one = claim("one", "supported", "one", history=US_SHARE[:1], then=answer(3.38, "% of GDP"))
    assert page(made("one", [one])).all("svg") == []


@pytest.mark.parametrize(
    ("unit", "stated", "shown"),
    [
        ("% of GDP", {"value": 5, "unit": "%"}, True),
        ("% of GDP", {"value": 5, "unit": "% of GDP"}, True),
        ("% of GDP", {"value": 5, "unit": ""}, True),
        ("% of GDP", {"value": 5, "unit": "×"}, False),
        ("% of GDP", {"value": "5", "unit": "%"}, False),
        ("members", {"value": 25, "unit": "%"}, False),
        ("×", {"value": 5, "unit": "×"}, False),
    ],
)
def test_the_stated_value_is_drawn_only_on_its_own_measure(
    unit: str, stated: dict[str, Any], shown: bool
) -> None:
    fields = {"history": US_SHARE, "history_unit": "% of GDP", "history_title": "Share"}
    one = claim("one", "depends", "one", stated=stated, then=answer(3.38, unit), **fields)
    assert ("The article states" in page(made("one", [one])).text) == shown


def test_an_article_without_claims_or_date() -> None:
    read = page(made("Nothing.\n", date=None, path="-"))
    assert "No claim was found" in read.text
    assert "date is not known; held against what was known on 1 August 2026." in " ".join(
        read.text.split()
    )
    assert [text.strip() for _, text in read.headings] == [
        "Article",
        "Summary",
        "The article",
        "How this was checked",
    ]


def test_an_empty_article_is_a_page_too() -> None:
    assert page(made("")).words == ""


# Hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_everywhere(text: str) -> None:
    raw = f"Before {text} after.\n{text}\n"
    span = at(text, raw)
    speaker = Speaker(text, text, text, Span(*span))
    hostile = Evidence(text, text, NOW, text, text)
    one = claim(
        text,
        "contradicted",
        raw,
        query={text: {text: [text]}},
        stated={"comparator": text, "value": text, "unit": text},
        why=text,
        then=hostile,
        now=hostile,
        history=US_SHARE,
        history_title=text,
        history_unit=text,
    )
    said = Statement(*span, mode="direct", speaker=speaker, reported_by=(text,), proposition=text)
    read = page(
        made(
            raw,
            [one],
            statements=[said],
            removed=[Removed(len(raw) - len(text) - 1, len(raw) - 1, "caption")],
            unread=[Span(*span)],
            path=text,
        )
    )
    assert read.words == visible(raw)


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20))


@given(
    st.text(st.characters(codec=None), max_size=40)
    | st.text("ab <>&\"'\n\r\t.", max_size=40)
    | st.sampled_from(HOSTILE),
    st.lists(SPANS, max_size=6),
    st.lists(SPANS, max_size=4),
    st.lists(SPANS, max_size=3),
)
def test_overlapping_marks_never_change_or_break_the_text(
    raw: str,
    claimed: list[tuple[int, int]],
    said: list[tuple[int, int]],
    gone: list[tuple[int, int]],
) -> None:
    def spans(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        ends = [(start, min(start + size, len(raw))) for start, size in pairs]
        return [(start, end) for start, end in ends if start < end]

    found: list[CheckedClaim] = [
        claim(raw[start:end], verdict, raw, why="x")
        for (start, end), verdict in zip(spans(claimed), itertools.cycle(VERDICTS), strict=False)
    ]
    read = Page(
        report_html(
            made(
                raw,
                found,
                statements=[Statement(*span, mode="indirect") for span in spans(said)],
                removed=[Removed(*span, reason="repeat") for span in spans(gone)],
            )
        )
    )
    assert read.words == visible(raw)
    assert not read.all("script")


def test_where_claims_overlap_each_piece_leads_to_the_shortest() -> None:
    raw = "The 32 allies, 23 of them, pay 2 per cent."
    outer = claim(raw, "supported", raw)
    inner = claim("23 of them", "contradicted", raw)
    across = claim("them, pay 2", "superseded", raw)
    html = report_html(made(raw, [outer, inner, across]))
    pieces = re.findall(
        r'<mark class="v-(\w+)"><a href="#claim-(\d)" tabindex="-1">(.*?)</a>', html
    )
    assert pieces == [
        ("supported", "1", "The 32 allies, "),
        ("contradicted", "2", "23 of "),
        ("contradicted", "2", "them"),
        ("superseded", "3", ", pay 2"),
        ("supported", "1", " per cent."),
    ]
    assert re.findall(r'id="at-claim-(\d)"', html) == ["2", "3", "1"]


def test_claims_of_one_place_and_of_several_paragraphs() -> None:
    raw = "One two.\n\nThree four.\n"
    whole = claim("One two.\n\nThree four.", "depends", raw)
    read = page(made(raw, [whole, claim("two.", "supported", raw), claim("two.", "depends", raw)]))
    assert read.words == raw
    assert len(read.all("a", "number")) == 3
    _, *marks = read.all("mark")  # the first explains the others
    assert [fields["class"] for fields in marks] == [
        "v-depends",
        "v-supported",
        "v-depends",
    ]


def test_a_page_of_html_is_shown_without_its_markup() -> None:
    advert = "<div class=ad>Buy <b>now</b> &amp; then</div>"
    raw = f"<p>It&amp;s <b>32</b> allies</p>\n{advert}\n<p>End</p>"
    text = f"   It&    s    32     allies    \n{' ' * len(advert)}\n   End    "
    gone = Removed(*at(advert, raw), reason="advertisement")
    check = made(raw, [claim("<b>32</b> allies", "supported", raw)], removed=[gone], text=text)
    read = page(check)
    assert read.words.split() == "It&s 32 allies Buy now & then End".split()
    assert read.all("div", "flowing")
    assert "“32 allies”" in read.text


def test_what_breaks_a_line_on_a_page_does_not_join_words() -> None:
    raw, text = "<p>One<br>two&nbsp;%<i>x</i>y", "\n  One\n   two      %   x    y"
    assert page(made(raw, text=text)).words.split() == ["One", "two", "%xy"]


# Contrast, as WCAG 2.2 counts it
