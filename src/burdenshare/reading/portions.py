"""Fractions, multiples and ranks in words: "a quarter of", "one in five", "doubled", "third"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from burdenshare.reading.document import Dimension
from burdenshare.reading.numerals import SCALES, TENS, UNITS
from burdenshare.reading.units import unit_after

TEENS = "fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
HIGHER = {word: number for number, word in enumerate(TEENS.split(), start=5)}
ORDINALS = (
    {"second": 2, "third": 3, "fourth": 4, "hundredth": 100}
    | HIGHER
    | {word[:-1] + "ieth": number for word, number in TENS.items()}
)
DENOMINATORS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "twentieth": 20, "hundredth": 100,
    **{word: number for word, number in HIGHER.items() if number <= 10},
}  # fmt: skip
MULTIPLES = {
    "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "triple": 3, "triples": 3, "tripled": 3,
    "tripling": 3, "treble": 3, "trebles": 3, "trebled": 3, "trebling": 3, "quadruple": 4,
    "quadruples": 4, "quadrupled": 4, "quadrupling": 4, "quintuple": 5, "quintupled": 5,
    "twice": 2, "thrice": 3, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10, "hundredfold": 100,
    "halve": 0, "halved": 0, "halving": 0,
}  # fmt: skip
WORDS = ["half", "quarter", *ORDINALS, *MULTIPLES]

COUNTED = re.compile(rf"[\s-]{{1,3}}({'|'.join(DENOMINATORS)})(s?)\b(?!-\w+est\b)")
OUT_OF = re.compile(
    r"\s{1,3}(?:in|out of)\s{1,3}(?:every\s{1,3})?"
    r"(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|100|hundred|1,000|10|20|"
    r"50)\b"
    r"(?!\s(?:year|month|week|day|hour)s?\b)"
)
HALF_A = re.compile(
    rf"half(?:[\s-]an?)?[\s-]({'|'.join(SCALES)}|century|decade|hour|year|month|day|week|mile)\b"
)
HALF_WORD = re.compile(r"half(?:-|\s(?:time|way|term|moon|marathon|mast|past|sister|brother)\b)")
CENTURY = re.compile(r"quarter(?:-|\sof\sa\s|\s)century\b")
OF = re.compile(r"\s{1,8}of\b")
NO_SHARE = re.compile(
    r"\s(?:term|time|party|country|countries|person|world|year|way|child|option|runway|day|week|"
    r"round|"
    r"final|generation|nation|state|man|woman|summit|quarter|pounder|mile|hour)\b"
)
BEST = re.compile(
    r"[\s-](?:largest|biggest|highest|lowest|smallest|most|least|richest|poorest|best|worst|"
    r"longest|"
    r"greatest|oldest|busiest|strongest|weakest|lowest-\w+|highest-\w+)\b"
)
RANKED = re.compile(
    r"[\s-](?!(?:to|was|is|were|are|of|and|or|in|on|at|that|which|half|quarter|place|party|person|"
    r"would|will|had|has|have|guess|guessing|hand|thought|thoughts|world)\b)[a-z]"
)
OWNER = re.compile(r"(?:\b(?:the|a|an|his|her|its|their|our|my|your|every|each|for)|[’']s?)\s$")
SHARE_CUES = frozenset(
    "by than nearly almost roughly about around over under least only just some up to a fell "
    "rose".split()
)
NO_HALF = frozenset(
    "first second other latter better final last top bottom early each either".split()
)
IDIOM = re.compile(
    r"[\s-](?:standards?|digits?|down|agents?|checks?|checked|act|bill|bind|edged|take|talk|murder|"
    r"decker|whammy|jeopardy|blow|vision|crossing|glazing|negative|dip|helix|bed|bass|room)\b"
)
AFTER_TWICE = re.compile(r"\s(?:as|the|its|their|his|her|our|what|that|more|larger|than)\b")
OFFICE = re.compile(
    r"(?:\s(?:and|to)\s[0-9]{1,3}(?:st|nd|rd|th))?(?:\s[\w.]{1,20}){0,2}\s"
    r"(?:president|prime minister|secretary|pope|king|queen|chancellor|commissioner|governor|mayor|"
    r"speaker|director|chief|emperor)\b",
    re.I,
)
ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b", re.I)
NAME_AFTER = re.compile(r"\s[A-Z][a-z]|[\s-][Cc]entur")


class Portion(NamedTuple):
    """A fraction, multiple or rank at a place; without a value it is an idiom to pass over."""

    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    dimension: Dimension = "number"
    step: Decimal = Decimal(0)


def fraction(start: int, end: int, count: int, parts: int) -> Portion:
    """Return a share in percent.

    >>> fraction(0, 9, 3, 4).value
    Decimal('75')
    """
    return Portion(start, end, Decimal(100 * count) / parts, "%", "fraction")


def word_before(small: str, at: int) -> str:
    """Return the word before a place, or "" where a mark stands between."""
    words = small[max(0, at - 16) : at].split()
    return words[-1] if words else ""


def article_start(small: str, at: int) -> int:
    """Return where "a" before a word begins, or where the word does."""
    alone = small[max(0, at - 3) : at].lstrip("(“‘\"'–—-")
    return at - 2 if alone.strip() == "a" and alone.endswith("a ") else at


def counted(small: str, at: int, word: str) -> Portion | None:
    """Return the share that begins with a number: "two-thirds", "one in five"."""
    count, end = UNITS[word], at + len(word)
    parts = COUNTED.match(small, end)
    if parts and (parts[2] or count == 1):
        number = DENOMINATORS[parts[1]]
        quarters_of_a_year = number == 4 and not OF.match(small, parts.end()) and count == 1
        if count < number and not quarters_of_a_year:
            return fraction(at, parts.end(), count, number)
    among = OUT_OF.match(small, end)
    if among:
        word = among[1].replace(",", "")
        number = int(word) if word.isdigit() else UNITS.get(word) or TENS.get(word) or SCALES[word]
        if 0 < count < number:
            return fraction(at, among.end(), count, number)
    return None


def half(text: str, small: str, at: int) -> Portion | None:
    """Return what "half" means at a place: a share, a part of a million, or a part of a game."""
    before = word_before(small, at)
    amount = HALF_A.match(small, at)
    start = article_start(small, at)
    if amount:
        scale = {**SCALES, "century": 100, "decade": 10}.get(amount[1])
        if scale is None:
            return Portion(start, amount.end())
        value = Decimal(scale) / 2
        if amount[1] in ("century", "decade"):
            return Portion(start, amount.end(), value, "year", "number", value)
        unit = unit_after(text, amount.end())
        if unit is None:
            return Portion(start, amount.end(), value, "", "number", value)
        return Portion(start, unit.end, value, unit.unit, unit.dimension, value)
    if before in NO_HALF or HALF_WORD.match(small, at):
        return Portion(at, at + 4)
    return fraction(start, at + 4, 1, 2)


def share(small: str, at: int, word: str) -> Portion | None:
    """Return "a third of", "by a quarter", or None where the word is a rank or part of a year."""
    start, end = article_start(small, at), at + len(word)
    if start == at or word not in DENOMINATORS:
        return None
    century = CENTURY.match(small, at)
    if century:
        return Portion(start, century.end(), Decimal(25), "year", "number", Decimal(25))
    if OF.match(small, end):
        return fraction(start, end, 1, DENOMINATORS[word])
    cue = word_before(small, start) in SHARE_CUES
    if cue and small[end : end + 1] != "-" and not NO_SHARE.match(small, end):
        return fraction(start, end, 1, DENOMINATORS[word])
    return None


def rank(text: str, small: str, at: int, word: str) -> Portion | None:
    """Return "third-largest" or "the fourth time"; names such as "Second World War" are none."""
    end = at + len(word)
    if word not in ORDINALS or text[at].isupper():
        return None
    owned = OWNER.search(small[max(0, at - 8) : at])
    if BEST.match(small, end) or (owned and RANKED.match(text, end)):
        return Portion(at, end, Decimal(ORDINALS[word]), "", "ordinal", Decimal(1))
    return None


def multiple(small: str, at: int, word: str) -> Portion | None:
    """Return what "doubled" or "twice as" says."""
    end = at + len(word)
    if IDIOM.match(small, end) or (
        word in ("twice", "thrice") and not AFTER_TWICE.match(small, end)
    ):
        return Portion(at, end)
    value = Decimal(MULTIPLES[word]) or Decimal("0.5")
    return Portion(at, end, value, "×", "multiple")


def portion_at(text: str, small: str, at: int, word: str) -> Portion | None:
    """Return the fraction, multiple or rank that a word begins or stands in.

    >>> text = "more than a quarter of them"
    >>> portion_at(text, text, 12, "quarter")
    Portion(start=10, end=19, value=Decimal('25'), unit='%', dimension='fraction', ...)
    """
    if word in UNITS:
        return counted(small, at, word)
    if word in MULTIPLES:
        return multiple(small, at, word)
    if word == "half":
        return half(text, small, at)
    return share(small, at, word) or rank(text, small, at, word)


def numbered_rank(text: str, start: int, end: int, value: Decimal) -> Portion | None:
    """Return "76th" behind its digits; an empty one for names ("5th Fleet", "the 45th president").

    >>> numbered_rank("its 76th anniversary", 4, 6, Decimal(76)).dimension
    'ordinal'
    """
    ending = ORDINAL_END.match(text, end)
    if ending is None:
        return None
    if NAME_AFTER.match(text, ending.end()) or OFFICE.match(text, ending.end()):
        return Portion(start, ending.end())
    return Portion(start, ending.end(), value, "", "ordinal", Decimal(1))
