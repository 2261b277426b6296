"""Numbers with their units, as written; years and days are dates, "Article 5" is a name."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from burdenshare.reading import portions
from burdenshare.reading.days import dates
from burdenshare.reading.document import Dimension, Quantity, Span
from burdenshare.reading.numerals import SCALES, TENS, UNITS, Numeral, in_digits, in_words, scaled
from burdenshare.reading.places import Places
from burdenshare.reading.portions import Portion
from burdenshare.reading.units import base_after, comparator, currency_before, unit_after
from burdenshare.reading.years import label_before

ANY_DAY = datetime.date(2000, 6, 15)  # where dates only matter as places that hold no quantity
MOST = 100_000  # quantities in one text; what has more is a table and no article
TIMES = frozenset({"year", "month", "week", "day", "hour", "minute"})
WORDS = frozenset({*UNITS, *TENS, *SCALES, "decade", *portions.WORDS})

DIGITS = re.compile(r"[0-9]++")
RUN = re.compile(r"\w++(?:[.:/,'’–-]\w++)*+")
ODD_RUN = re.compile(r"[0-9]++(?:[-–][0-9]++){2,}|[0-9]++[:/][0-9]|[0-9]++(?:\.[0-9]++){2,}")
CLOCK = re.compile(r"(?:[.:][0-9]{2})?\s?(?:[ap]\.?m\b|o['’]clock|GMT\b|CET\b|hrs\b)", re.I)
TIED = re.compile(r"(?:km|kg|kw|mw|gw|mm|cm|mph|kph|ft|h|ha)\b", re.I)
ITEM = re.compile(r"[.)]\s")
JOIN = re.compile(r"([-–—])(?=[0-9$€£])|\s{1,8}(to|and|or)\s{1,8}|-(to|or)-")
SIGN = re.compile(r"(?:US|[CA])?[$€£]\s?(?=[0-9])")
LETTERS = re.compile(r"[a-z]+")
BETWEEN = re.compile(r"\bbetween\s{1,8}(?:[^\w\s]{1,3}|\w+\s{1,8})?$", re.I)
FROM = re.compile(
    r"(\b(?:anywhere|ranging|ranges?|ranged|varies|vary|varying)\s{1,8})?\b(?:from|by)\s{1,8}"
    r"(?:(?:about|around|roughly|just)\s)?$",
    re.I,
)
VOTES = re.compile(
    r"\b(?:vot\w+|ballot\w*|passed|approved|rejected|defeated|tally|margin|split|ruled|ruling)\b",
    re.I,
)
JOINED_BEFORE = re.compile(r"([0-9]{1,5})(?:\s?[-–]\s?|\s(?:and|or|to)\s|,\s)$")
THINGS = re.compile(
    r"-(?:member|nation|country|state|judge|seat|person|page|strong|vote|ship|aircraft|plane|man|"
    r"foot|mile|ton|tonne|point|power|percent|per)\b",
    re.I,
)
SENTENCE = re.compile(r"[.!?]\s|\n")
DASHES = ("-", "–")
NEEDS_UNIT = frozenset({"zero", "one"})
NEEDS_ARTICLE = frozenset({*SCALES, "decade"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, before the words around it are read."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str = ""
    dimension: Dimension = "number"
    scaled: int = 1


class Finder:
    """Finds the quantities of one text, from left to right."""

    def __init__(self, text: str, taken: Sequence[Span], places: Places) -> None:
        self.text = text
        self.places = places
        self.small = places.small
        self.starts = [span.start for span in taken]
        self.ends = [span.end for span in taken]

    def in_date(self, at: int) -> bool:
        """Say whether a place lies in a date."""
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and at < self.ends[i]

    def run(self) -> Iterator[Quantity]:
        """Yield the quantities in order."""
        digits = [(match.start(), "") for match in DIGITS.finditer(self.text)]
        done = 0
        for at, word in sorted(digits + self.places.of(WORDS)):
            if at < done or self.in_date(at):
                continue
            portion = portions.portion_at(self.text, self.small, at, word) if word else None
            if portion is not None:
                done = portion.end
                yield from self.of_portion(portion)
                continue
            amount = self.of_words(at, word) if word else self.of_digits(at)
            if amount is None:
                run = None if word else RUN.match(self.text, at)
                done = run.end() if run else at + len(word)
                continue
            for quantity in self.with_partner(amount):
                done = quantity.end
                yield quantity

    def of_portion(self, portion: Portion) -> Iterator[Quantity]:
        """Yield a fraction, multiple or rank; an idiom gives none."""
        if portion.value is not None:
            yield self.quantity(
                Amount(
                    portion.start,
                    portion.end,
                    portion.value,
                    portion.step,
                    portion.unit,
                    portion.dimension,
                )
            )

    def quantity(self, amount: Amount, upper: Decimal | None = None) -> Quantity:
        """Return an amount with what the words around it say."""
        start, end, unit = amount.start, amount.end, amount.unit
        ranked = amount.dimension == "ordinal" or upper is not None
        return Quantity(
            start,
            end,
            amount.value,
            amount.step,
            unit,
            amount.dimension,
            "=" if ranked else comparator(self.text, start, end, unit in TIMES),
            upper,
            base_after(self.text, end, amount.dimension == "fraction") if unit == "%" else "",
        )

    def of_digits(self, at: int, joined: bool = False) -> Amount | None:
        """Return the amount whose digits begin at a place; `joined` to one before it."""
        sign, start = currency_before(self.text, at)
        number = in_digits(self.text, at)
        if number is None or (not sign and not joined and self.tied_before(at)):
            return None
        ranked = portions.numbered_rank(self.text, at, number.end, number.value)
        if ranked is not None:
            return self.ranked(ranked)
        amount = self.with_unit(scaled(self.text, number, bool(sign)), sign)
        if not amount.unit and amount.scaled == 1 and self.is_name(number):
            return None
        if sign:
            amount = replace(amount, start=start)
        return amount if joined else self.signed(amount)

    def ranked(self, portion: Portion) -> Amount | None:
        """Return a rank in digits, or None where it is part of a name."""
        if portion.value is None:
            return None
        return Amount(portion.start, portion.end, portion.value, portion.step, "", "ordinal")

    def signed(self, amount: Amount) -> Amount:
        """Return the amount, negative where a minus stands before it."""
        before = self.text[max(0, amount.start - 2) : amount.start]
        minus = self.small[max(0, amount.start - 14) : amount.start]
        if minus.endswith("minus ") and minus != "plus or minus ":
            return replace(amount, start=amount.start - 6, value=-amount.value)
        if before.endswith("−") or before in ("-", " -", "(-"):
            return replace(amount, start=amount.start - 1, value=-amount.value)
        return amount

    def with_unit(self, number: Numeral, sign: str = "") -> Amount:
        """Return a number with the unit behind it, or the currency before it."""
        amount = Amount(number.start, number.end, number.value, number.step, scaled=number.scaled)
        if sign:
            return replace(amount, unit=sign, dimension="money")
        unit = unit_after(self.text, number.end)
        if unit is None:
            aged = self.small[max(0, number.start - 5) : number.start].endswith(("aged ", " age "))
            return replace(amount, unit="year") if aged else amount
        value, step = number.value * unit.factor, number.step * unit.factor
        return replace(
            amount, end=unit.end, value=value, step=step, unit=unit.unit, dimension=unit.dimension
        )

    def tied_before(self, at: int) -> bool:
        """Say whether letters or signs before digits make them part of a name or larger number."""
        before, earlier = self.text[max(0, at - 1) : at], self.text[max(0, at - 2) : max(0, at - 1)]
        if before.isalnum() or before in ("#", "@", "_", "/", "=", "&", "\\"):
            return True
        if before in ("-", "–"):
            return earlier.isalnum() and self.small[max(0, at - 4) : at - 1] != "sub"
        return before in (".", ":", ",", "'", "’") and earlier.isdigit()

    def is_name(self, number: Numeral) -> bool:
        """Say whether a number without a unit is a name, a clock time or the number of an item."""
        start, end = number.start, number.end
        after = self.text[end : end + 1]
        if after.isalpha():
            return TIED.match(self.text, end) is None
        before = self.text[start - 1] if start else "\n"
        if before in "\n\r" and ITEM.match(self.text, end):
            return True
        return (
            (before == "[" and after == "]")
            or ODD_RUN.match(self.text, start) is not None
            or CLOCK.match(self.text, end) is not None
            or self.labelled(start)
        )

    def labelled(self, start: int) -> bool:
        """Say whether a label stands before a number, or before the one it is joined to."""
        if label_before(self.text, start):
            return True
        joined = JOINED_BEFORE.search(self.text[max(0, start - 12) : start])
        return joined is not None and label_before(self.text, start - len(joined[0]))

    def of_words(self, at: int, word: str) -> Amount | None:
        """Return the amount whose number words begin at a place."""
        start = portions.article_start(self.small, at) if word in NEEDS_ARTICLE else at
        if (word in NEEDS_ARTICLE and start == at) or self.text[
            max(0, start - 1) : start
        ] in DASHES:
            return None
        if word == "decade":
            return Amount(start, at + 6, Decimal(10), Decimal(10), "year")
        number = in_words(self.small, start)
        amount = self.with_unit(number) if number else None
        return None if amount is None or self.idle(amount, word) else amount

    def idle(self, amount: Amount, word: str) -> bool:
        """Say whether a number word counts nothing: "Article Five", "two-tier", "one of them"."""
        plain = not amount.unit and amount.scaled == 1
        if plain and (self.named(amount.start) or self.hyphened(amount.end)):
            return True
        return word in NEEDS_UNIT and amount.value <= 1 and (plain or amount.unit == "day")

    def hyphened(self, end: int) -> bool:
        """Say whether a number word is part of a compound that counts nothing: "two-tier"."""
        return self.text[end : end + 1] == "-" and THINGS.match(self.text, end) is None

    def named(self, at: int) -> bool:
        """Say whether a number word is part of a name: "Article Five", "the Big Three"."""
        if label_before(self.text, at):
            return True
        if not self.text[at].isupper():
            return False
        before = self.text[max(0, at - 6) : at].rstrip(" \t“‘\"'([–—-•")
        return bool(before) and not before.endswith(
            (".", "!", "?", ":", ";", "…", "\n", "\r", "”", "’")
        )

    def partner(self, first: Amount) -> tuple[Amount, str] | None:
        """Return the amount joined to another one by a dash, "to", "and" or "or"."""
        join = JOIN.match(self.text, first.end)
        if join is None or first.dimension == "ordinal" or self.in_date(join.end()):
            return None
        pos = join.end()
        sign = SIGN.match(self.text, pos)
        pos = sign.end() if sign else pos
        if self.text[pos : pos + 1].isdigit():
            second = self.of_digits(pos, joined=True)
        else:
            word = LETTERS.match(self.small, pos)
            known = word is not None and (word[0] in UNITS or word[0] in TENS)
            second = self.of_words(pos, word[0]) if word and known else None
        if second is None or second.dimension == "ordinal":
            return None
        return second, "-" if join[1] else join[2] or join[3]

    def with_partner(self, first: Amount) -> Iterator[Quantity]:
        """Yield an amount, or the range or pair that it begins."""
        found = self.partner(first)
        if found is None:
            yield self.quantity(first)
            return
        second, join = found
        before = SENTENCE.split(self.text[max(0, first.start - 40) : first.start])[-1]
        start = FROM.search(before)
        whole = join != "and" or BETWEEN.search(before) is not None
        if join == "to" and start and not start[1]:
            whole = False
        first, second = alike(first, second, join)
        same = first.unit == second.unit and first.dimension == second.dimension
        if join == "-" and not same:
            whole = False
        if not first.unit and VOTES.search(before + self.text[second.end : second.end + 12]):
            whole = False
        if whole and same and first.value < second.value and close(first, second, join):
            joined = replace(second, start=first.start, value=first.value)
            yield self.quantity(replace(joined, step=max(first.step, second.step)), second.value)
        else:
            yield self.quantity(first)
            if join == "-":
                yield self.quantity(second)


def close(first: Amount, second: Amount, join: str) -> bool:
    """Say whether two amounts joined by "or" are one guess: "two or three", not "5 or 100"."""
    return join != "or" or second.value - first.value <= max(Decimal(1), first.value)


def alike(first: Amount, second: Amount, join: str) -> tuple[Amount, Amount]:
    """Return two joined amounts, each with the unit and scale that the other one lends it.

    >>> one, two = Decimal(1), Decimal(2)
    >>> alike(Amount(0, 1, one, one), Amount(2, 4, two, one, "%", "percent"), "-")[0].unit
    '%'
    """
    unmarked = second.dimension == "number" and not second.unit
    if unmarked and first.dimension == "money" and (join == "-" or second.scaled > 1):
        second = replace(second, unit=first.unit, dimension="money")
    bare = not first.unit and (join != "and" or second.unit in ("%", "pp"))
    small = first.value * second.scaled <= second.value
    if second.scaled > first.scaled == 1 and small and (bare or first.unit == second.unit):
        value, step = first.value * second.scaled, first.step * second.scaled
        first = replace(first, value=value, step=step, scaled=second.scaled)
    if bare:
        first = replace(first, unit=second.unit, dimension=second.dimension)
    return first, second


def lends(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Say whether a quantity in brackets gives its unit to the bare one in the next brackets."""
    if (
        quantity.unit
        or quantity.dimension != "number"
        or text[quantity.end : quantity.end + 1] != ")"
    ):
        return False
    between = text[last.end : quantity.start]
    return len(between) < 80 and ". " not in between and "\n" not in between


def shared(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Yield the quantities; bare ones in brackets take the unit of the brackets before them.

    So "Malta (1.5 percent), Cyprus (1.8)" gives two shares.
    """
    last: Quantity | None = None
    for each in found:
        quantity = each
        if text[max(0, each.start - 1) : each.start] == "(":
            if last is not None and lends(text, last, each):
                quantity = replace(each, unit=last.unit, dimension=last.dimension, base=last.base)
            last = quantity if quantity.unit == "%" else None
        yield quantity


def quantities(
    text: str, dates_in: Sequence[Span] | None = None, places: Places | None = None
) -> list[Quantity]:
    """Return the quantities in order; numbers in dates are none (`dates_in`, where known).

    >>> text = "In 2024 over a quarter of members spent under 2% of GDP, some $6billion."
    >>> [(each.comparator, str(each.value), each.unit, each.base) for each in quantities(text)]
    [('>', '25', '%', 'members'), ('<', '2', '%', 'GDP'), ('~', '6000000000', 'USD', '')]
    """
    places = places or Places(text)
    taken = dates(text, ANY_DAY, places) if dates_in is None else dates_in
    found = list(islice(Finder(text, taken, places).run(), MOST))
    return list(shared(text, found))
