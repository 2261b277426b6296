"""What four digits mean: a year, or a number of things."""

from __future__ import annotations

import re

# Words before a number that make it a name: "Article 5", "Executive Order 14199", "Agenda 2030".
LABELS = frozenset(
    "article articles section sections chapter chapters annex appendix page pages paragraph "
    "paragraphs clause clauses phase level tier grade class part parts volume episode season step "
    "question item rule route highway interstate formula pier gate terminal room platform zone "
    "category table footnote verse psalm no no. nos. nr. number".split()
)
# Words that are labels with a capital only: "Order 14199", but "order 300 tanks".
CAPITAL_LABELS = frozenset(
    "Order Title Type Model Mark Figure Fig. Bill Goal Measure Case File Proclamation Line "
    "Battalion "
    "Brigade Division Squadron Group Version Amendment Proposition Law Schedule No No. Nos Nr S. "
    "H.R. "
    "H.Res. Chart Box Unit Camp Ward Resolution Directive Regulation Protocol Agenda Project "
    "Vision "
    "Horizon Flight Channel Radio Boeing Airbus Leopard Falcon Apollo Windows District Area".split()
)
COUNTED = (
    "people|troops|soldiers|men|women|children|jobs|staff|tanks|vehicles|missiles|drones|"
    "aircraft|jets|"
    "ships|personnel|workers|employees|civilians|refugees|migrants|dollars|euros|pounds|companies|"
    "flights|homes|houses|hours|days|members|officers|officials|delegates|protesters|km|miles|"
    "tonnes|"
    "tons|metres|meters|kilometres|kilometers|megawatts|feet|shells|rounds|firms|patients|cases"
)
NOT_A_YEAR = re.compile(
    r"[\s-]{0,3}(?:%|per ?cent|percent|pct\b|million|billion|trillion|bn\b|€|"
    rf"(?:[a-z]{{1,12}} )?(?:{COUNTED})\b)"
)
LEAST = re.compile(
    r"\b(?:more than|fewer than|less than|some|nearly|roughly|approximately)\s$", re.I
)
BEFORE_OLD = re.compile(r"\b(?:in|since|until|till|by|circa|c\.|year)\s$", re.I)
LAST_WORD = re.compile(r"((?:[A-Za-z]\.)*[A-Za-z]+\.?)\s{1,3}$")


def label_before(text: str, start: int) -> bool:
    """Say whether the word before makes a number the name of a thing.

    >>> label_before("under Article 5", 14), label_before("to order 300 tanks", 9)
    (True, False)
    """
    found = LAST_WORD.search(text[max(0, start - 20) : start])
    return found is not None and (found[1] in CAPITAL_LABELS or found[1].lower() in LABELS)


def year_at(text: str, start: int, end: int) -> int:
    """Return the year that the digits from start to end mean, or 0.

    >>> year_at("a 2023 law", 2, 6), year_at("2000 troops", 0, 4), year_at("Order 2023", 6, 10)
    (2023, 0, 0)
    """
    digits = text[start:end]
    if (
        end - start != 4
        or not digits.isascii()
        or not digits.isdigit()
        or not is_free(text, start, end)
    ):
        return 0
    year = int(digits)
    if not 1000 <= year < 2200 or NOT_A_YEAR.match(text, end) or label_before(text, start):
        return 0
    before = text[max(0, start - 16) : start]
    if not 1900 <= year <= 2100:
        return year if BEFORE_OLD.search(before) else 0
    if year % 100 == 0 and LEAST.search(before):
        return 0
    return year


def is_free(text: str, start: int, end: int) -> bool:
    """Say whether digits stand alone, not in a larger number, an amount of money or a name."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in ("$", "€", "£", "¥", "#", "@", "_", "=", "&", "."):
        return False
    if before in (",", "'", "/", ":") and text[start - 2 : start - 1].isdigit():
        return before == "/" and text[start - 6 : start - 1].strip().isdigit()
    if before in "-–" and before and text[start - 2 : start - 1].isupper():
        return False
    if after[:1].isalnum() or after[:1] in ("_", "%", "€", "°"):
        return False
    return not (after[:1] in (",", ".", ":") and after[1:].isdigit())
