"""What stands around a number: currency, percent, time, "about" and "at least", "of GDP"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from burdenshare.reading.document import Comparator, Dimension

# ISO 4217 code where no currency is known: "kr" may be Swedish, Norwegian or Danish.
NO_CURRENCY = "XXX"
SIGNS = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₺": "TRY", "₪": "ILS", "zł": "PLN",
    "kr": NO_CURRENCY, "kr.": NO_CURRENCY, "Rs": "INR", "Rs.": "INR",
}  # fmt: skip
CODES = (
    "USD EUR GBP JPY CNY CHF PLN SEK NOK DKK CZK HUF CAD AUD INR RUB UAH TRY RON BGN ISK KRW BRL "
    "ZAR "
    "MXN NZD SGD HKD ILS"
).split()
NAMES = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "zloty": "PLN", "zlotys": "PLN", "kronor": "SEK", "koruna": "CZK", "forint": "HUF",
    "lei": "RON",
    "leva": "BGN", "hryvnia": "UAH", "rouble": "RUB", "ruble": "RUB", "won": "KRW", "rupee": "INR",
    "rand": "ZAR", "shekel": "ILS", "lira": "TRY",
    "franc": NO_CURRENCY, "kroner": NO_CURRENCY, "krone": NO_CURRENCY,
    "krona": NO_CURRENCY, "crown": NO_CURRENCY,
}  # fmt: skip
COUNTRY_NAMES = {
    "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD",
    "australian dollar": "AUD", "new zealand dollar": "NZD", "hong kong dollar": "HKD",
    "singapore dollar": "SGD", "swiss franc": "CHF", "swedish krona": "SEK", "swedish crown": "SEK",
    "swedish kronor": "SEK", "norwegian krone": "NOK", "norwegian kroner": "NOK",
    "norwegian crown": "NOK", "danish krone": "DKK", "danish kroner": "DKK", "danish crown": "DKK",
    "czech crown": "CZK", "czech koruna": "CZK", "polish zloty": "PLN", "turkish lira": "TRY",
    "icelandic krona": "ISK", "british pound": "GBP",
}  # fmt: skip
PEOPLES = "|".join(
    sorted({name.rsplit(" ", 1)[0] for name in COUNTRY_NAMES}, key=len, reverse=True)
)

SIGN_ENDS = frozenset(["", *(sign[-1] for sign in SIGNS), *(code[-1] for code in CODES)])
SIGN_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:US|CA|AU|NZ|HK|C|A|S|R))?[$€£¥₹₽₴₩₺₪][^\S\n]{0,8}$"
    rf"|\b(?:{'|'.join(CODES)}|zł|kr\.?|Rs\.?)[^\S\n]{{0,8}}$"
)
MONEY_AFTER = re.compile(
    rf"[\s-]{{0,8}}(?:({PEOPLES})\s{{1,3}})?({'|'.join(sorted(NAMES, key=len, reverse=True))})s?\b"
    r"(?!\s+of\b)",
    re.I,
)
SIGN_AFTER = re.compile(rf"\s?([€£$]|zł\b|(?:{'|'.join(CODES)})\b)(?![0-9])")
UNIT_AFTER = re.compile(
    r"[\s-]{0,8}(?:(percentage[\s-]points?\b|ppts?\b|pp\b|p\.p\.)|(%|per[\s-]?cent\b|pct\b|pc\b|"
    r"p\.c\.)"
    r"|(basis[\s-]points?\b)|(year|month|day|week|hour|minute|decade|centur)(?:s|y|ies)?\b"
    r"|(times(?=\s(?:as|the|more|higher|larger|greater|bigger|its|their|his|her|what|that|over)\b)"
    r"|x\b|fold\b))",
    re.I,
)
LONG_TIMES = {"decade": ("year", 10), "centur": ("year", 100)}

BEFORE: dict[str, Comparator] = {
    **dict.fromkeys(
        (
            "about", "around", "roughly", "approximately", "approx", "approx.", "nearly", "almost",
            "some", "circa", "c.", "ca.", "estimated", "close to", "in the region of",
            "in the order of",
            "getting on for", "~", "≈",
        ),
        "~",
    ),
    **dict.fromkeys(
        (
            "over", "above", "exceed", "exceeds", "exceeded", "exceeding", "more than",
            "greater than", "higher than", "larger than",
            "in excess of", "upwards of", "upward of", "north of", "beyond", "surpassing",
            "topping",
            ">",
        ),
        ">",
    ),
    **dict.fromkeys(
        (
            "at least", "no less than", "not less than", "no fewer than", "a minimum of",
            "minimum of",
            "minimum", "as few as", "as little as", "≥", "at or above",
        ),
        ">=",
    ),
    **dict.fromkeys(
        (
            "under", "below", "beneath", "fewer than", "less than", "lower than", "smaller than",
            "short of", "not quite", "<",
        ),
        "<",
    ),
    **dict.fromkeys(
        (
            "up to", "at most", "no more than", "not more than", "maximum of", "a maximum of",
            "as many as", "as much as", "no higher than", "≤", "at or below",
        ),
        "<=",
    ),
}  # fmt: skip
LAST_WORDS = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in BEFORE)
# Before a span of time these words mean no bound: "over four years", but not "for over four years".
NO_BOUND = frozenset({"over", "under", "above", "below", "beyond"})
BOUND_AGAIN = frozenset({"for", "just", "well", "slightly", "after", "lasted", "lasting"})
SIGN_COMPARED = re.compile(r"[~≈<>≤≥]\s?$")
AFTER = re.compile(
    r"\s{0,2}(\+)(?!\w)|[\s-]{1,3}(?:((?:or|and) (?:more|above|higher|over|up)\b|"
    r"plus\b(?!\s[\w$€£]))"
    r"|((?:or|and) (?:less|fewer|below|lower|under)\b)|(or so\b|odd\b|ish\b))",
    re.I,
)

OWNERS = (
    r"(?:(?:[\w.-]{1,20}['’]s?|its|their|the|our|his|her|your|each|every|annual|total|own|national)"
    r"\s{1,4}){0,4}"
)
GDP = re.compile(
    rf"{OWNERS}(?:gross domestic product|gdp|economic output|national output)\b", re.IGNORECASE
)
OF = re.compile(
    r"[\s-]{1,8}(?:as an? (?:share|percentage|proportion) )?of[\s-]{1,8}", re.IGNORECASE
)
OF_NONE = re.compile(r"\s{1,8}(?=(?:the|its|their|his|her|our|all|that)\s)", re.IGNORECASE)
BARE_GDP = re.compile(r"[\s-]{1,8}gdp\b", re.IGNORECASE)
BASE_WORD = re.compile(r"\s{0,8}([^\W_][\w.'’&/-]*)")
DETERMINERS = frozenset("the a an its their his her our your my this that these those each".split())
STOP_WORDS = frozenset(
    "is are was were be been could would should will can may might must has have had do does did "
    "to in "
    "on at by for from with as than that which who whom whose when while where and or but if so "
    "because since until said says told of into over under after before during per not spent went "
    "comes came goes meet meets met".split()
)


class Unit(NamedTuple):
    """A unit behind a number: what it is, what the number must be multiplied by, where it ends."""

    unit: str
    dimension: Dimension
    factor: Decimal
    end: int


def currency_before(text: str, start: int) -> tuple[str, int]:
    """Return the currency that stands before a number and where it begins, or "" and the number.

    >>> currency_before("US$5bn", 3), currency_before("EUR 5", 4), currency_before("in 5", 3)
    (('USD', 0), ('EUR', 0), ('', 3))
    """
    offset = max(0, start - 12)
    last = text[offset:start].rstrip()[-1:]
    if last not in SIGN_ENDS:
        return "", start
    found = SIGN_BEFORE.search(text[offset:start])
    if found is None:
        return "", start
    sign = found[0].strip()
    return SIGNS.get(sign, sign), offset + found.start()


def money_after(text: str, end: int) -> Unit | None:
    """Return the currency named behind a number.

    >>> money_after("5 Canadian dollars", 1)
    Unit(unit='CAD', dimension='money', factor=Decimal('1'), end=18)
    """
    sign = SIGN_AFTER.match(text, end)
    if sign:
        return Unit(SIGNS.get(sign[1], sign[1]), "money", Decimal(1), sign.end())
    name = MONEY_AFTER.match(text, end)
    if name is None:
        return None
    word = name[2].lower()
    code = COUNTRY_NAMES.get(f"{name[1].lower()} {word}", "") if name[1] else NAMES[word]
    return Unit(code or NAMES[word], "money", Decimal(1), name.end())


def unit_after(text: str, end: int) -> Unit | None:
    """Return the unit behind a number, or None where there is none.

    >>> unit_after("2 per cent", 1)
    Unit(unit='%', dimension='percent', factor=Decimal('1'), end=10)
    """
    found = UNIT_AFTER.match(text, end)
    if found is None:
        return money_after(text, end)
    points, percent, basis, time, _ = found.groups()
    if points or basis:
        return Unit("pp", "percent", Decimal("0.01") if basis else Decimal(1), found.end())
    if percent:
        return Unit("%", "percent", Decimal(1), found.end())
    if time:
        unit, factor = LONG_TIMES.get(time.lower(), (time.lower(), 1))
        return Unit(unit, "number", Decimal(factor), found.end())
    return Unit("×", "multiple", Decimal(1), found.end())


def comparator(text: str, start: int, end: int, time: bool = False) -> Comparator:
    """Return what the words around a number say: about, over, at least, under, up to.

    >>> comparator("just over 2%", 10, 12), comparator("over 4 years", 5, 12, time=True)
    ('>', '=')
    """
    sign = SIGN_COMPARED.search(text[max(0, start - 2) : start])
    if sign:
        return BEFORE[sign[0].strip()]
    words = text[max(0, start - 36) : start].lower().split()
    if words and words[-1] in ("a", "an", "another"):
        words.pop()
    for count in (4, 3, 2, 1) if words and words[-1] in LAST_WORDS else ():
        phrase = " ".join(words[-count:])
        free = time and phrase in NO_BOUND and not BOUND_AGAIN.intersection(words[-2:-1])
        if phrase in BEFORE and not free:
            return BEFORE[phrase]
    after = AFTER.match(text, end)
    if after is None:
        return "="
    return ">=" if after[1] or after[2] else "<=" if after[3] else "~"


def base_after(text: str, end: int, fraction: bool = False) -> str:
    """Return what a share is a share of: "GDP", or up to five words of the text, or "".

    A fraction in words needs no "of": "half the members".

    >>> base_after("2% of its gross domestic product", 2), base_after("half of the members met", 4)
    ('GDP', 'members')
    """
    of = OF.match(text, end) or (OF_NONE.match(text, end) if fraction else None)
    if of is None:
        return "GDP" if BARE_GDP.match(text, end) else ""
    if GDP.match(text, of.end()):
        return "GDP"
    words: list[str] = []
    pos = of.end()
    while len(words) < 5 and (word := BASE_WORD.match(text, pos)):
        if word[1].lower() in STOP_WORDS:
            break
        if words or word[1].lower() not in DETERMINERS:
            words.append(word[1].rstrip(".'’-/&"))
        pos = word.end()
        if text[pos - 1] == "." and not word[1][:-1].count("."):
            break
    return " ".join(words)
