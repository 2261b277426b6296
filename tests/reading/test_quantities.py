"""Numbers with their units, bounds and bases."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given

from burdenshare.reading.document import Quantity
from burdenshare.reading.quantities import quantities
from burdenshare.reading.sentences import paragraphs
from strategies import articles


def shown(text: str) -> list[str]:
    """Return each quantity as 'words | comparator value..upper unit'."""

    def line(each: Quantity) -> str:
        upper = f"..{each.upper:f}" if each.upper is not None else ""
        sign = "" if each.comparator == "=" else each.comparator
        return f"{text[each.start : each.end]} | {sign}{each.value:f}{upper} {each.unit}".strip()

    return [line(each) for each in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # percent
        ("It spent 2.50 per cent.", ["2.50 per cent | 2.50 %"]),
        ("It spent two per cent.", ["two per cent | 2 %"]),
        ("A two-and-a-half-percent rise.", ["two-and-a-half-percent | 2.5 %"]),
        ("two point five percent", ["two point five percent | 2.5 %"]),
        (
            "2pc, 2½ per cent, 2,5 percent",
            ["2pc | 2 %", "2½ per cent | 2.5 %", "2,5 percent | 2.5 %"],
        ),
        ("up 0.2 percentage points", ["0.2 percentage points | 0.2 pp"]),
        ("by 25 basis points", ["25 basis points | 0.25 pp"]),
        ("a fall of -0.3%, or minus 2%", ["-0.3% | -0.3 %", "minus 2% | -2 %"]),
        ("plus or minus 3 percentage points", ["3 percentage points | 3 pp"]),
        # money
        ("$6billion", ["$6billion | 6000000000 USD"]),
        (
            "€150 billion ($160.5 billion)",
            ["€150 billion | 150000000000 EUR", "$160.5 billion | 160500000000 USD"],
        ),
        (
            "US$5.5bn, C$31m, £2, ¥5 trillion",
            [
                "US$5.5bn | 5500000000 USD",
                "C$31m | 31000000 CAD",
                "£2 | 2 GBP",
                "¥5 trillion | 5000000000000 JPY",
            ],
        ),
        ("EUR 250.5 million", ["EUR 250.5 million | 250500000 EUR"]),
        ("an 800-billion-euro plan", ["800-billion-euro | 800000000000 EUR"]),
        ("10 million Swiss francs", ["10 million Swiss francs | 10000000 CHF"]),
        ("half a billion dollars", ["half a billion dollars | 500000000 USD"]),
        ("a trillion dollars", ["a trillion dollars | 1000000000000 USD"]),
        ("500 pounds of paper", ["500 | 500"]),
        ("120 billion kr", ["120 billion | 120000000000"]),
        # plain numbers
        (
            "1,234.5 and 250 000 and 1.3 million",
            ["1,234.5 | 1234.5", "250 000 | 250000", "1.3 million | 1300000"],
        ),
        ("twenty-three of the 32", ["twenty-three | 23", "32 | 32"]),
        ("a dozen ships, two dozen tanks", ["a dozen | 12", "two dozen | 24"]),
        ("three key goals", ["three | 3"]),
        ("fifteen-member council", ["fifteen | 15"]),
        ("2000 troops", ["2000 | 2000"]),
        # time
        ("the 67-year-old club, aged 67", ["67-year | 67 year", "67 | 67 year"]),
        (
            "180 days, two decades, one year's notice",
            ["180 days | 180 day", "two decades | 20 year", "one year | 1 year"],
        ),
        # bounds
        ("over 5%, under 5%, about 5%", ["5% | >5 %", "5% | <5 %", "5% | ~5 %"]),
        ("at least 5, up to 5, no more than 5", ["5 | >=5", "5 | <=5", "5 | <=5"]),
        ("some 5,000, nearly half, just over 2%", ["5,000 | ~5000", "half | ~50 %", "2% | >2 %"]),
        ("5 or more, 5%+, 500 or so, 20-odd", ["5 | >=5", "5% | >=5 %", "500 | ~500", "20 | ~20"]),
        ("over four years, for over 70 years", ["four years | 4 year", "70 years | >70 year"]),
        # ranges and pairs
        ("anywhere from 40 to 60 percent", ["40 to 60 percent | 40..60 %"]),
        ("between 2 and 3 per cent", ["2 and 3 per cent | 2..3 %"]),
        (
            "$5-6 billion, $5 to $6 billion",
            [
                "$5-6 billion | 5000000000..6000000000 USD",
                "$5 to $6 billion | 5000000000..6000000000 USD",
            ],
        ),
        (
            "3-4%, two or three years, 5–6 members",
            ["3-4% | 3..4 %", "two or three years | 2..3 year", "5–6 | 5..6"],
        ),
        ("rose from 1.5% to 2%", ["1.5% | 1.5 %", "2% | 2 %"]),
        (
            "rose by 5 billion euros to 8 billion euros",
            ["5 billion euros | 5000000000 EUR", "8 billion euros | 8000000000 EUR"],
        ),
        ("1.9 and 2.1 percent", ["1.9 | 1.9 %", "2.1 percent | 2.1 %"]),
        (
            "passed 301-115; a 49-49 tie; voted 48 to 52",
            ["301 | 301", "115 | 115", "49 | 49", "49 | 49", "48 | 48", "52 | 52"],
        ),
        # fractions, multiples, ranks
        (
            "over a quarter, two-thirds, one in five",
            [
                "a quarter | >25 %",
                f"two-thirds | {Decimal(200) / 3:f} %",
                "One in five | 20 %".lower(),
            ],
        ),
        (
            "half of it, a fifth of it, by a half",
            ["half | 50 %", "a fifth | 20 %", "a half | 50 %"],
        ),
        (
            "more than double, tripled, twice as much",
            ["double | >2 ×", "tripled | 3 ×", "twice | 2 ×"],
        ),
        (
            "three times as much, 10-fold, tenfold",
            ["three times | 3 ×", "10-fold | 10 ×", "tenfold | 10 ×"],
        ),
        ("its 76th year, the third-largest, a third term", ["76th | 76", "third | 3", "third | 3"]),
        (
            "half a century, a quarter of a century",
            ["half a century | 50 year", "a quarter of a century | 25 year"],
        ),
        # a list in brackets
        (
            "Jo (1.5 percent), Al (1.3) and Bo (12)",
            ["1.5 percent | 1.5 %", "1.3 | 1.3 %", "12 | 12 %"],
        ),
    ],
)
def test_quantities(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "no one, one of the reasons, one day",
        "in 2024, on April 4 1949, on 12 March, in the 1990s, on 2025-03-02, June 24-25",
        "at 10:30, at 9 a.m., 09.30 GMT, 24/7, 9/11, 1:1",
        "Article 5, Articles 4 and 5, Executive Order 14199, Resolution 1325, No. 10, H.R. 7",
        "F-35, COVID-19, COP29, G20, MH17, 5G, Boeing 737, Leopard 2",
        "the 45th and 47th president, the 119th Congress, the 82nd Airborne, the 21st century",
        "Group of Seven, the Big Three, World War Two, Article Five, Second World War",
        "call +1-202-555-0123, see www.x1.example/2024/05 or #12 or v1.2.3",
        "a two-tier system, a four-star general, double standards, doubled down, the first half",
        "1. The first point",
        "hundreds, several thousand, tens of billions, thousands of troops, dozens",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("2% of GDP", "GDP"),
        ("2 per cent of its gross domestic product", "GDP"),
        ("2% of each country's GDP", "GDP"),
        ("the 2%-of-GDP goal", "GDP"),
        ("a 2 percent GDP goal", "GDP"),
        ("2 per cent of the owner’s income could help", "owner’s income"),
        ("a quarter of its members were late", "members"),
        ("half the members", "members"),
        ("2% of national income, he said", "national income"),
        ("2% by 2024", ""),
        ("$2 of GDP", ""),
    ],
)
def test_the_base_of_a_share(text: str, base: str) -> None:
    assert quantities(text)[0].base == base


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("2%", "1"),
        ("2.00%", "0.01"),
        ("$6billion", "1000000000"),
        ("1.3 million", "100000"),
        ("300,000", "1"),
        ("a quarter of it", "0"),
        ("two per cent", "1"),
        ("two million", "1000000"),
    ],
)
def test_the_precision_as_written(text: str, step: str) -> None:
    assert quantities(text)[0].step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("2%", "percent"),
        ("$2", "money"),
        ("2 tanks", "number"),
        ("2 years", "number"),
        ("the 2nd time", "ordinal"),
        ("a half of it", "fraction"),
        ("doubled", "multiple"),
    ],
)
def test_the_dimension(text: str, dimension: str) -> None:
    assert quantities(text)[0].dimension == dimension


@given(articles)
def test_spans_are_ordered_and_hold_a_number(text: str) -> None:
    found = quantities(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(each.step >= 0 for each in found)
    assert all(each.upper is None or each.upper > each.value for each in found)
    assert paragraphs(text) or not found


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1,000,",
        "1 000 ",
        "1-",
        "$",
        "two and ",
        "million ",
        "5 hundred ",
        "one point ",
        "(",
        " ",
    ],
)
def test_hostile_numbers_are_read(piece: str) -> None:
    quantities(piece * 20_000 + "x")
