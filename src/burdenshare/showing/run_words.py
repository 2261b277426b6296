"""The words and roundings that the text, the charts and the page of a run share."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from burdenshare.files import CONTENT
from burdenshare.showing.words import clean, shorten

if TYPE_CHECKING:
    from burdenshare.world.countries import Countries

Answer = Mapping[str, Any]
WAYS = {
    "rerun": "by the rules run again",
    "pro-rata": "in proportion",
    "shrink": "if the budget shrinks",
}
# Of the draws, 90 in 100 lie between the first and the last of LEVELS.
RANGE = "90 % range"


def percent(value: float | None) -> str:
    """Return a share in percent with two decimals.

    >>> percent(3.2371), percent(2), percent(None)
    ('3.24', '2.00', '–')
    """
    return "–" if value is None else f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def level(value: float) -> str:
    """Return the share that a pledge asks for, without zeros at its end.

    >>> level(3.5), level(2.0), level(2.125)
    ('3.5', '2', '2.125')
    """
    return f"{value:.3f}".rstrip("0").rstrip(".")


def money(amount: float | None) -> str:
    """Return a sum in whole billions or millions; below ten billion, billions have a decimal.

    >>> money(1_016_254e6), money(4_436_000_000.0), money(926_250_000.0), money(340_000.0)
    ('1,016 billion', '4.4 billion', '926 million', '0.34 million')
    >>> money(999_600_000.0), money(-9.96e9), money(870.0), money(None)
    ('1.0 billion', '-10 billion', '870', '–')
    """
    if amount is None:
        return "–"
    size = abs(amount)
    if size >= 9.95e9:
        return f"{amount / 1e9:,.0f} billion"
    if size >= 0.9995e9:
        return f"{amount / 1e9:.1f} billion"
    if size >= 0.995e6:
        return f"{amount / 1e6:,.0f} million"
    return f"{amount / 1e6:.2f} million" if size >= 9_950 else f"{amount + 0.0:,.0f}"


def money_between(low: float | None, high: float | None) -> str:
    """Return a range of sums, the scale said once where both have it.

    >>> money_between(195.6e9, 238.4e9), money_between(9.2e8, 1.3e10)
    ('196 to 238 billion', '920 million to 13 billion')
    """
    first, last = money(low), money(high)
    number, _, scale = first.partition(" ")
    return f"{number if last.endswith(f' {scale}') else first} to {last}"


def sum_words(amount: float | None, unit: str) -> str:
    """Return a sum whose unit says millions with its currency and the year of its prices.

    >>> sum_words(992_000.4, "million USD_2026"), sum_words(120.0, "million EUR")
    ('USD 992 billion at prices of 2026', 'EUR 120 million')
    """
    currency, year = currency_of(unit)
    if amount is None:
        return "–"
    return f"{currency} {money(amount * 1e6)}{f' at prices of {year}' if year else ''}"


def currency_of(unit: str) -> tuple[str, str]:
    """Return the currency of a unit, and the year of its prices where it has one.

    >>> currency_of("million USD_2026"), currency_of("million PLN")
    (('USD', '2026'), ('PLN', ''))
    """
    currency, _, year = clean(unit).removeprefix("million ").partition("_")
    return currency, year


def chance(probability: float | None) -> str:
    """Return a probability in percent; only what held in every draw, or in none, is 100 or 0.

    >>> [chance(each) for each in (0.0, 0.005, 0.064, 0.5, 0.9961, 1.0, None)]
    ['0 %', '<1 %', '6 %', '50 %', '>99 %', '100 %', '–']
    """
    short = chance_short(probability)
    return short if probability is None else f"{short} %"


def chance_short(probability: float | None) -> str:
    """Return a probability in percent without the sign, for cells and tiles.

    >>> chance_short(0.97), chance_short(None)
    ('97', '–')
    """
    if probability is None:
        return "–"
    rounded = f"{100 * probability:.0f}"
    if rounded == "0" and probability > 0:
        return "<1"
    if rounded == "100" and probability < 1:
        return ">99"
    return rounded


def between(row: Answer) -> str:
    """Return the range of shares from the 5th to the 95th of a hundred draws.

    >>> between({"p5": 15.31, "p95": 17.8})
    '15.31 to 17.80'
    """
    return f"{percent(row['p5'])} to {percent(row['p95'])}"


def millions_between(row: Answer) -> str:
    """Return the same of sums that are given in millions.

    >>> millions_between({"p5": 195_600.0, "p95": 238_400.0})
    '196 to 238 billion'
    """
    return money_between(_million(row["p5"]), _million(row["p95"]))


def millions(amount: float | None) -> str:
    """Return a sum that is given in millions.

    What is less than a hundredth of a million is nothing.

    >>> millions(195_600.0), millions(0.00002), millions(None)
    ('196 billion', '0', '–')
    """
    return money(_million(amount))


def _million(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2) * 1e6


@functools.cache
def _names() -> Countries:
    from burdenshare.world.countries import Countries

    return Countries(CONTENT)


def name(answer: Answer, code: str) -> str:
    """Return what a country is called: as the answer says, else as the shipped list does.

    >>> name({"members": [{"country": "DEU", "name": "Germany"}]}, "DEU"), name({}, "NZL")
    ('Germany', 'New Zealand')
    """
    for member in answer.get("members", ()):
        if member["country"] == code:
            return clean(member["name"])
    return clean(_names().name(code))


def spoken(answer: Answer, code: str) -> str:
    """Return a name as it stands in a sentence.

    >>> spoken({"members": [{"country": "USA", "name": "United States"}]}, "USA")
    'the United States'
    """
    said = name(answer, code)
    usual = clean(_names().name(code))
    return clean(_names().spoken(code)) if said == usual else said


def short_name(answer: Answer, code: str) -> str:
    """Return a name that a chart has room for."""
    return shorten(name(answer, code), 19)


def pledge_words(answer: Answer, pledge: str) -> str:
    """Return what a pledge is called: its title, else its id in words.

    >>> pledge_words({}, "nato.hague-2025.core")
    'Hague 2025, core'
    >>> pledge_words({"pledges": [{"pledge": "x", "title": "A pledge"}]}, "x")
    'A pledge'
    """
    for each in answer.get("pledges", ()):
        if each["pledge"] == pledge:
            return clean(each["title"])
    parts = clean(pledge).split(".")
    said = ", ".join(part.replace("-", " ") for part in (parts[1:] or parts))
    return said[:1].upper() + said[1:]


def way(bill: Answer) -> str:
    """Return in words how a budget is shared out anew.

    >>> way({"reallocation": "pro-rata"})
    'in proportion'
    """
    return WAYS.get(bill["reallocation"], clean(bill["reallocation"]))


def heading(text: object) -> str:
    """Return words as a heading: a capital first, no full stop at the end.

    >>> heading("all members: 1.5 % of GDP in each year.")
    'All members: 1.5 % of GDP in each year'
    """
    said = clean(text).rstrip(".")
    return said[:1].upper() + said[1:]


def joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> joined(["a", "b", "c"]), joined(["a"])
    ('a, b and c', 'a')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def is_country(code: str) -> bool:
    """Say whether a region is a country of the shipped list.

    >>> is_country("DEU"), is_country("NATO without USA")
    (True, False)
    """
    return code in _names().by_code
