import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.checking.results import Check
from burdenshare.showing.grids import Figure
from burdenshare.showing.tables import (
    as_csv,
    check_text,
    facts_text,
    grid,
    pledge_text,
    revisions_text,
    verify_text,
)
from burdenshare.showing.words import clean, measure, number, shorten, stated_words, visible
from showing.specimen import DAY, THEN, article, claim, made

COLOUR = re.compile("\x1b\\[[0-9;]*m")
BASE = {"version": "0.1.0", "world": "9f2c41d0a7be3344", "as_of": "2025-03-02", "notes": []}
ANYTHING = st.text(st.characters(codec=None), max_size=60)


def figure(**fields: Any) -> dict[str, Any]:
    return {
        "country": "USA",
        "year": 2024,
        "value": 3.38,
        "unit": "% of GDP",
        "status": "estimate",
        "published": "2024-06-17",
        "dataset": "nato-defence-expenditure",
        "source": "Defence Expenditure of NATO Countries (2014-2024)",
        "definition": "2015 prices",
        "note": "",
        **fields,
    }


def facts(*rows: dict[str, Any], **fields: Any) -> str:
    answer = {"series": "share_gdp", "title": "Share of GDP", "unit": "% of GDP", "gaps": []}
    return facts_text(BASE | answer | {"rows": list(rows)} | fields)


# The checked article


def test_an_article_fits_eighty_columns() -> None:
    lines = check_text(article(), 80).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "drafts/halloran.txt"
    assert "as known on 2025-03-02 · “now” is 2026-08-01" in lines[1]


def test_the_verdicts_are_counted_once_above_the_claims() -> None:
    text = check_text(article(), 80)
    counts = "✓ 3 supported  ✗ 2 contradicted  ↻ 2 superseded  ≈ 1 depends  – 2 unchecked"
    assert f"\n10 claims\n{counts}\n" in text


def test_a_claim_shows_words_answers_and_why() -> None:
    text = check_text(article(), 100)
    assert (
        " 4 ↻ superseded    “3.38 per cent of its GDP on defence in 2024”\n"
        "    then  3.38 % of GDP · 2024-06-17 · Defence Expenditure of NATO Countries (2014-2024)\n"
        "    now   3.3 % of GDP · 2026-07-10 · Defence Expenditure of NATO Countries (2014-2024)\n"
        "    why   The release of 17 June 2024 gives 3.38 %; the newest gives 3.3 %.\n"
    ) in text


def test_statements_say_who_through_whom_how_and_for_what() -> None:
    text = check_text(article(), 120)
    assert (
        "  s2  Rufus Halloran (via Plains Courier) — quoted — for: nato-bad-deal-for-us"
        " — repeats s1 — 2025-03-01\n"
        "      “We pay 5 per cent of our income and they pay nothing”\n"
    ) in text
    assert "  s4  Ada Brandt — quoted\n" in text


def test_the_end_counts_what_was_left_out_and_unread() -> None:
    text = check_text(article(), 100)
    assert "Left out: 1 breadcrumb, 1 advertisement, 1 caption, 1 syndication notice\n" in text
    assert "Unread: 1 passage" in text
    assert text.endswith("burdenshare 0.1.0 · world 9f2c41d0a7be")


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = (check_text(article(), 80, colour) for colour in (False, True))
    assert "\x1b[1;31m" in coloured
    assert COLOUR.sub("", coloured) == plain


def test_an_article_without_claims_or_date_says_so() -> None:
    text = check_text(made("Nothing to see.", date=None), 80)
    assert "article without a date · as known on 2026-08-01\n" in text
    assert "No claim" in text
    assert "Left out: nothing" in text


@given(ANYTHING, st.integers(1, 90), st.booleans())
def test_no_article_can_steer_the_terminal(words: str, width: int, colour: bool) -> None:
    raw = f"x{words}x"
    text = check_text(made(raw, [claim(raw, "depends", raw, why=words)], path=words), width, colour)
    assert not set(COLOUR.sub("", text)) & {*map(chr, (*range(10), *range(11, 32), 127, 0x9B))}
    text.encode("utf-8")


def test_control_characters_are_seen_and_directions_dropped() -> None:
    assert clean("a\x1b[2Jb\u202ec\r\nd\x9b\ud800") == "a␛[2Jbc d\ufffd\ufffd"
    assert visible("\t\n\r\x7f") == "\t\n\r␡"


def test_words_of_a_page_are_shown_without_tags() -> None:
    raw, text = "a <b>deal</b> &amp; more", "a    deal     &     more"
    check = made(raw, [claim(raw, "unchecked", raw)], text=text)
    assert "“a deal & more”" in check_text(check, 80)


# Words and numbers


@given(ANYTHING, st.integers(1, 60))
def test_shortened_words_fit(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.379021, "3.379"),
        (-0.17, "-0.17"),
        (0.0004, "0.0004"),
        (0, "0"),
        (1949, "1949"),
        (13456.1, "13,456.1"),
        (999_999, "999,999"),
        (6_000_000_000, "6 billion"),
        (-2.5e12, "-2.5 trillion"),
        ("1949-04-04", "1949-04-04"),
        (None, "–"),
    ],
)
def test_numbers_are_written_as_people_write_them(
    value: float | int | str | None, shown: str
) -> None:
    assert number(value) == shown


def test_a_year_has_no_unit_and_a_missing_value_none() -> None:
    assert measure(1949, "year") == "1949"
    assert measure(None, "% of GDP") == "–"


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ({"comparator": "=", "value": 5, "unit": "%"}, "5 %"),
        ({"comparator": "~", "value": 2.0, "unit": "×"}, "about 2 ×"),
        ({"comparator": ">=", "value": 70, "upper": 90, "unit": "%"}, "at least 70 to 90 %"),
        ({"comparator": "=", "value": [1, 2]}, "[1, 2]"),
        ({"comparator": "=", "value": None, "unit": ""}, ""),
        ({}, ""),
    ],
)
def test_what_is_stated_is_said_in_short(stated: dict[str, Any], shown: str) -> None:
    assert stated_words(stated) == shown


# Grids and CSV


@given(
    st.lists(
        st.lists(st.one_of(ANYTHING, st.floats(-1e5, 1e5), st.none()), min_size=4, max_size=4),
        max_size=5,
    )
)
def test_a_grid_fits_its_width(rows: list[list[object]]) -> None:
    lines = grid(["country", "value", "source", "note"], rows, 60).splitlines()
    assert max(map(len, lines)) <= 60


def test_a_grid_wraps_the_widest_column() -> None:
    assert grid(["a", "text"], [[1, "one two three four"]], 14) == (
        "a  text\n-  -----------\n1  one two\n   three four"
    )


def test_numbers_stand_with_their_points_below_each_other() -> None:
    rows: list[list[object]] = [[2024, 3.38, 11940], [1949, 2.0, 431], [2025, None, None]]
    assert grid(["year", "value", "sum"], [*rows, [2026, Figure(1.5, 2), 1e-9]]).splitlines() == [
        "year  value     sum",
        "----  -----  ------",
        "2024   3.38  11,940",
        "1949   2        431",
        "2025   –          –",
        "2026   1.50   1e-09",
    ]


def test_lists_flags_and_numbers_stand_among_words() -> None:
    rows: list[list[object]] = [["a", 1.5], [["b", 2], True], [Figure(2, 2), None], [[], "x"]]
    assert grid(["one", "two"], rows).splitlines()[2:] == [
        "a     1.5",
        "b 2   True",
        "2.00",
        "–     x",
    ]


def test_csv_keeps_every_value() -> None:
    rows: list[dict[str, Any]] = [
        {"country": "USA", "note": 'a "b", c\nd', "met": ["ALB", "BGR"]},
        {"country": "ISL", "note": None, "missed": {"pp": 0.2}},
    ]
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert read[0] == {"country": "USA", "note": 'a "b", c\nd', "met": "ALB BGR", "missed": ""}
    assert read[1] == {"country": "ISL", "note": "", "met": "", "missed": "pp=0.2"}
    assert as_csv([]) == ""


# Answers of the other commands


def test_what_all_figures_share_is_said_once() -> None:
    text = facts(figure(), figure(country="NLD", value=2.05))
    assert text.count("2024-06-17") == 1
    assert text.count("% of GDP") == 1
    assert "USA      2024   3.38\nNLD      2024   2.05\n" in text


def test_figures_that_differ_have_columns_and_notes() -> None:
    text = facts(figure(), figure(value=3.19, published="2025-04-24", source="Annual report 2024"))
    assert "USA      2024   3.19  2025-04-24  [2]\n" in text
    assert "[2] Annual report 2024 · 2015 prices\n" in text


def test_a_gap_has_its_reason() -> None:
    text = facts(gaps=[{"country": "NLD", "year": 2024, "reason": "no release by then"}])
    assert "No figure for\n  NLD 2024  no release by then\n" in text
    assert "No figures." not in text
    assert "No figures." in facts()


def test_figures_have_the_decimals_of_their_release() -> None:
    text = facts(figure(value=3.3, step=0.1), figure(value=2.0, step=0.01), figure(step=None))
    assert "3.3\nUSA      2024   2.00\nUSA      2024   3.38\n" in text


def test_daily_figures_show_their_day() -> None:
    assert "country  day         value\n" in facts(figure(day="2025-03-10"))


def test_a_gap_may_be_of_every_country() -> None:
    assert "  any country 1900  too early\n" in facts(
        gaps=[{"country": None, "year": 1900, "reason": "too early"}]
    )


def test_revisions_show_counts_flips_and_partial_releases() -> None:
    full = {
        "published": "2025-08-28",
        "document": "Defence Expenditure (2014-2025)",
        "coverage": "full",
        "definition": "2021 prices",
        "count": 18,
        "of": 31,
        "up": [],
        "down": ["ALB", "BGR", "MKD", "SVK"],
        "largest": [{"country": "USA", "before": 3.38, "after": 3.21, "change": -0.17}],
    }
    partial = full | {"coverage": "partial", "count": None, "down": [], "largest": []}
    answer = {"series": "share_gdp", "year": 2024, "at_least": 2.0, "releases": [full, partial]}
    text = revisions_text(BASE | answer)
    assert "share_gdp, 2024: countries at or above 2\n" in text
    assert "2025-08-28  full      18 of 31     –   ALB BGR MKD SVK\n" in text
    assert "2025-08-28  partial   not counted  –   –\n" in text
    assert "2025-08-28  USA        3.38   3.21  -0.17\n" in text
    assert "2025-08-28  Defence Expenditure (2014-2025) · 2021 prices\n" in text
    assert "No releases." in revisions_text(BASE | answer | {"releases": [], "at_least": None})


@pytest.mark.parametrize("members", [32, ["USA"] * 32])
def test_a_pledge_says_who_misses_by_how_much(members: int | list[str]) -> None:
    answer = {
        "pledge": "nato.wales-2014",
        "title": "Wales pledge",
        "criterion": "share_gdp >= 2.00",
        "year": 2024,
        "release": {"published": "2024-06-17", "document": "Defence Expenditure", "url": ""},
        "members": members,
        "count_met": 23,
        "met": ["POL", {"country": "USA", "value": 3.38}, {"country": "GRC"}],
        "missed": [
            {"country": "HRV", "value": 1.81, "short_pp": 0.19, "short_usd_million": 160.2},
            {"country": "SVN", "value": 1.29, "short_pp": 0.71, "short_usd_million": None},
        ],
        "not_assessed": [{"country": "ISL", "reason": "no armed forces"}],
        "rounding": "two decimals",
        "citation": "Wales Summit Declaration, para. 14",
    }
    text = pledge_text(BASE | answer)
    assert "23 of 32 members meet it in 2024\n  POL, USA 3.38, GRC\n" in text
    assert "release: 2024-06-17 · Defence Expenditure\n" in text
    assert "HRV       1.81          0.19                  160.2\n" in text
    assert "SVN       1.29          0.71                    –\n" in text
    assert "Not assessed\n  ISL  no armed forces\n" in text
    with_note = answer["missed"][0] | {"note": "current prices"}  # type: ignore[index]
    with_note |= {"gdp_source": "gdp_usd_current, 2024-06-17"}
    noted = pledge_text(BASE | answer | {"missed": [with_note], "release": None})
    assert "\nHRV: current prices\nGDP from: gdp_usd_current, 2024-06-17\n" in noted
    assert "release" not in noted
    nobody: dict[str, Any] = {"met": [], "missed": [], "not_assessed": [], "citation": ""}
    assert "Missed" not in pledge_text(BASE | answer | nobody)


def test_verify_lists_datasets_revisions_and_checks() -> None:
    revised = {"published": "2024-06-17", "coverage": "full", "rows": 12, "revised": 4}
    revised |= {"new": 1, "withdrawn": 0}
    answer = {
        "datasets": [
            {"dataset": "nato", "releases": 23, "rows": 11345, "revised": [revised]},
            {"dataset": "imf-weo", "releases": 15, "rows": 9, "revised": []},
        ],
        "checks": [{"check": "every figure has a source", "passed": 11354}],
        "notes": ["two releases are partial"],
    }
    text = verify_text(BASE | answer)
    assert "nato           23  11,345\n" in text
    assert "2024-06-17  full        12        4    1          0\n" in text
    assert "every figure has a source  11,354\n" in text
    assert "note: two releases are partial\n" in text
    assert "checks" not in verify_text(BASE | answer | {"checks": []}).replace("the checks", "")


def test_the_specimen_is_a_check_as_interfaces_have_it() -> None:
    check: Check = article()
    assert check.document.date == THEN == DAY("2025-03-02")
    assert all(each["text"] == each["text"].strip() for each in check.as_dict()["claims"])
