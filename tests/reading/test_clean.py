"""What is taken out of scraped text, and what stays."""

from itertools import pairwise

import pytest
from hypothesis import given

from burdenshare.reading.clean import clean
from strategies import articles

BODY = (
    "The members of the club met on Tuesday to talk about who pays for what, and for how long.\n"
    "Nobody wanted to pay more than the year before, but all of them said that others should.\n"
)


def removed(text: str) -> list[tuple[str, str]]:
    return [(each.of(text), each.reason) for each in clean(text)]


def test_breadcrumbs_with_the_site_name_above_and_the_headline_kept_once() -> None:
    text = (
        "The Village Post\n  • Home/\n  • World/\n  • Club Members Quarrel Over Dues\n\n"
        "Club Members Quarrel Over Dues\n\nAdvertisement · Scroll to continue\n"
        "Club Members Quarrel Over Dues\n\n" + BODY
    )
    assert removed(text) == [
        ("The Village Post", "breadcrumb"),
        ("• Home/", "breadcrumb"),
        ("• World/", "breadcrumb"),
        ("• Club Members Quarrel Over Dues", "breadcrumb"),
        ("Advertisement · Scroll to continue", "advertisement"),
        ("Club Members Quarrel Over Dues", "repeat"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Home > World > Europe", "breadcrumb"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below this ad", "advertisement"),
        ("Read more: Who pays for the roof", "advertisement"),
        ("Sign up for our morning letter", "advertisement"),
        ("Follow us on Instagram", "advertisement"),
        ("Follow Jo Doe on X for more", "advertisement"),
        ("Related articles", "advertisement"),
        ("This article was originally published by The Other Post.", "syndication"),
        ("© 2025 The Village Post. All rights reserved.", "syndication"),
        (
            "This story is republished from The Debate under a Creative Commons licence.",
            "syndication",
        ),
        ("(Reporting by A. Doe in Rome; Editing by B. Roe)", "syndication"),
        ("Pictured: the treasurer on her way to the hall", "caption"),
        ("The treasurer (left) and the chair (right) at the hall on Monday.", "caption"),
        ("The hall on Monday. Photograph: A. Doe/Getty Images", "caption"),
        ("Image caption, The hall", "caption"),
        ("FILE - The hall in winter", "caption"),
    ],
)
def test_lines_that_give_themselves_away(line: str, reason: str) -> None:
    assert removed(f"{line}\n{BODY}") == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "What Happens Next In The Long Quarrel Between The Members And Their Own Treasurer",
        "A short subheading",
        "“We have always paid our share and more, and we will go on paying it to the end”",
        "- a list item that has rather many words in it but still is no caption at all, is it",
        "The advertisement that the club ran in March cost 400 pounds, the treasurer said.",
        "Read and write: that is what the members want their children to learn at the club.",
        "The chair moved to the left of the hall; the right side stayed as empty as before.",
        "The rules, first published in 1949, say that each member has one vote in the hall.",
        "Thank you.",
    ],
)
def test_the_articles_own_words_stay(line: str) -> None:
    assert (
        removed(f"{BODY}{line}\nThe chair said that it was a pity, and closed the meeting.") == []
    )


def test_a_list_after_a_colon_stays() -> None:
    text = BODY + (
        "Three things were agreed:\nthat the dues go up by two pounds for ten years to come\n"
        "that the roof is mended before the winter, if the weather and the money allow\n"
    )
    assert removed(text) == []


def test_captions_between_paragraphs_end_without_a_stop() -> None:
    caption = "The treasurer has long said that the members will have to pay more than they like"
    assert removed(BODY + caption + "\nThe chair said that this was not so.") == [
        (caption, "caption")
    ]


def test_a_shortened_paragraph_is_a_repeat_but_other_figures_are_news() -> None:
    full = (
        "The treasurer, who joined in 2012, called the dues a relic of the past that must go soon."
    )
    short = "The treasurer, who joined in 2012, called the dues a relic of the past."
    assert removed(f"A heading\n{full}\n{BODY}{short}") == [(short, "repeat")]
    rows = "Jo paid 1.3 pounds of the dues that were set in 2024, the club said in its report.\n"
    assert removed(rows + rows.replace("Jo", "Al").replace("1.3", "1.6")) == []


def test_adverts_and_notices_inside_a_paragraph() -> None:
    text = "They met. ADVERTISEMENT They left. © 2025 The Post. All rights reserved."
    assert removed(text) == [
        ("ADVERTISEMENT", "advertisement"),
        ("© 2025 The Post. All rights reserved.", "syndication"),
    ]


@given(articles)
def test_spans_are_ordered_and_apart(text: str) -> None:
    found = clean(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["Home > ", "Home/\n", "• a\n", "(left) ", "© 2024 ", "a b c d e f\n"]
)
def test_hostile_lines_are_read(piece: str) -> None:
    clean(piece * 30_000)


def test_a_notice_without_a_full_stop_is_no_caption() -> None:
    notice = (
        "This story first appeared in The Village Post and is republished here. © 2025 The Post"
    )
    text = BODY + "\n" + BODY.replace("Tuesday", "Friday").replace("year", "month") + "\n" + notice
    assert removed(text)[-1] == (notice, "syndication")
