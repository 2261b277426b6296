"""Numbers as written, in digits or words, with the scale behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

ONE = Decimal(1)
UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {
    "hundred": 100,
    "dozen": 12,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
SHORT_SCALES = {
    **dict.fromkeys(("k",), 10**3),
    **dict.fromkeys(("m", "mn", "mln", "mio"), 10**6),
    **dict.fromkeys(("b", "bn", "bln", "mrd", "mld"), 10**9),
    **dict.fromkeys(("t", "tn", "trn", "trln"), 10**12),
}
GROUPING = dict.fromkeys(map(ord, ", \u00a0\u202f\u2009"))
PARTS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.33", "⅔": "0.67"}

DIGITS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+(?![0-9,]|\.[0-9])"
    r"|[0-9]++(?:\.[0-9]++)?"
)
DECIMAL_COMMA = re.compile(
    r"[0-9]{1,4},[0-9]{1,2}(?=\s{0,2}(?:%|per ?cent|pct|million|billion|trillion|bn\b|mln\b))"
)
SCALE = re.compile(
    rf"[\s-]{{0,8}}(?:({'|'.join(SCALES)})s?|(mln|bln|trln|mn|bn|tn|trn|mio|mrd|mld))\b"
    r"|([mbkt])(?![\w'’])",
    re.I,
)
WORD = re.compile(r"[a-z]+")
GLUE = re.compile(r"(?:\s{1,4}|-)(and\s{1,4})?")
AND_A = re.compile(r"\s{1,4}and\s{1,4}a\s{1,4}(half|quarter)\b|-and-a-(half|quarter)\b")
POINT = re.compile(
    r"\s{1,4}point((?:\s{1,4}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine))+)\b"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at a place in a text; `step` is one unit of its last digit."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    scaled: int = 1


def in_digits(text: str, start: int) -> Numeral | None:
    """Return the number whose digits begin at a place, without the scale behind it.

    >>> in_digits("1,234.50 tonnes", 0)
    Numeral(start=0, end=8, value=Decimal('1234.50'), step=Decimal('0.01'), scaled=1)
    """
    comma = DECIMAL_COMMA.match(text, start)
    match = comma or DIGITS.match(text, start)
    if match is None or match.end() - start > 30:
        return None
    digits = match[0].replace(",", ".") if comma else match[0].translate(GROUPING)
    value, end = Decimal(digits), match.end()
    part = PARTS.get(text[end : end + 1])
    if part and "." not in digits:
        value, end = value + Decimal(part), end + 1
    _, _, exponent = value.as_tuple()
    return Numeral(start, end, value, ONE.scaleb(int(exponent)))


def whole(value: Decimal) -> Decimal:
    """Return a number without the zeros behind its point: 1300000.0 is 1300000.

    >>> whole(Decimal("1300000.0")), whole(Decimal("2.50"))
    (Decimal('1300000'), Decimal('2.50'))
    """
    return value.quantize(ONE) if value == value.to_integral_value() else value


def scaled(text: str, number: Numeral, money: bool) -> Numeral:
    """Return the number with the scale behind it: "6 billion", "2.5m"; a bare t only for money.

    >>> scaled("6billion", in_digits("6billion", 0), True).value
    Decimal('6000000000')
    """
    found = SCALE.match(text, number.end)
    if found is None or (found[3] in ("t", "T") and not money):
        return number
    word = (found[1] or found[2] or found[3]).lower()
    factor = SCALES.get(word) or SHORT_SCALES[word]
    value, step = whole(number.value * factor), whole(number.step * factor)
    grown = replace(number, end=found.end(), value=value, step=step, scaled=number.scaled * factor)
    twice = word in ("hundred", "thousand") and number.scaled == 1
    return scaled(text, grown, money) if twice else grown


def accepts(state: str, kind: str) -> bool:
    """Say whether a number word may follow another one: "twenty three", never "three twenty"."""
    return (
        kind
        in {
            "start": ("unit", "teen", "ten", "hundred", "scale"),
            "unit": ("hundred", "scale"),
            "teen": ("hundred", "scale"),
            "ten": ("unit", "hundred", "scale"),
            "hundred": ("unit", "teen", "ten", "scale"),
            "scale": ("unit", "teen", "ten"),
        }[state]
    )


def kind_of(word: str) -> tuple[str, int]:
    """Return whether a word is a unit, a teen, a ten, a hundred or a scale, and its number."""
    if word in UNITS:
        return ("unit" if 0 < UNITS[word] < 10 else "teen"), UNITS[word]
    if word in TENS:
        return "ten", TENS[word]
    number = SCALES.get(word, 0)
    return ("scale" if number >= 1000 else "hundred") if number else "", number


def in_words(small: str, start: int) -> Numeral | None:
    """Return the number that begins with a word at a place; `small` is in small letters.

    >>> in_words("two hundred and five tanks", 0).value, in_words("a million", 0).value
    (Decimal('205'), Decimal('1000000'))
    """
    total, current, state, pos, end, unit = 0, 0, "start", start, start, 1
    while match := WORD.match(small, pos):
        kind, number = kind_of(match[0])
        if state == "start" and match[0] in ("a", "an"):
            kind, number, state = "article", 1, "unit"
        elif not kind or not accepts(state, kind):
            break
        if kind == "scale":
            total, current, unit = total + max(1, current) * number, 0, number
        elif kind == "hundred":
            current, unit = max(1, current) * number, 1
        else:
            current, unit = current + number, 1
        if kind != "article":
            state, end = kind, match.end()
        glue = GLUE.match(small, match.end())
        if glue is None or (glue[1] and kind not in ("hundred", "scale")):
            break
        pos = glue.end()
    if end == start:
        return None
    found = Numeral(start, end, Decimal(total + current), Decimal(unit), unit)
    return with_fraction(small, found)


def with_fraction(small: str, number: Numeral) -> Numeral:
    """Return the number with the words behind it: "two and a half", "two point five"."""
    part = AND_A.match(small, number.end)
    if part:
        step = number.step * Decimal("0.5" if "half" in part[0] else "0.25")
        number = replace(number, end=part.end(), value=number.value + step, step=step)
        return scaled(small, number, False)
    point = POINT.match(small, number.end)
    if point:
        digits = "".join(str(UNITS.get(word, 0)) for word in point[1].split())[:20]
        value = number.value + Decimal("0." + digits)
        number = replace(number, end=point.end(), value=value, step=ONE.scaleb(-len(digits)))
        return scaled(small, number, False)
    return number
