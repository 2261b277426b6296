"""A checked article made by hand, and small ones for single questions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from burdenshare.checking.results import Check, CheckedClaim, Evidence, VerdictWord, Vintage
from burdenshare.reading.document import Document, Reason, Removed, Span, Speaker, Statement

DAY = datetime.date.fromisoformat
THEN, NOW = DAY("2025-03-02"), DAY("2026-08-01")
RELEASE_2024 = "Defence Expenditure of NATO Countries (2014-2024)"
URL = "https://www.nato.int/figures/240617-def-exp-2024-en.pdf"

ARTICLE = """\
Home > News > World > Alliance

Carriage maker turned senator says America should walk out of NATO

By Ines Falk, defence correspondent

ADVERTISEMENT – SCROLL TO CONTINUE

Senator Rufus Halloran has called for the United States to leave NATO, an alliance in which, he \
said, over a quarter of the members were on course to miss their own target.

“We pay 5 per cent of our income and they pay nothing,” Mr Halloran told the Plains Courier on \
Saturday. “Any of the 32 NATO member states could have seen this coming in February 2024.”

The United States spent 3.38 per cent of its GDP on defence in 2024, by NATO’s estimate. The \
treaty was signed on April 4 1949, and 23 of the allies meet the pledge of 2 per cent. Poland, \
which borders Ukraine, spends more than double its target.

The Commission’s plan, worth €150 billion ($162.5 billion), “will be forgotten by the summer”, \
said Ada Brandt, an economist. Canada will reach the target in 2032, she expects.

Senator Rufus Halloran at a rally in Topeka. Picture: Plains Courier

This story first appeared in the Plains Courier and is republished with permission.
"""


def history(*steps: tuple[str, float] | tuple[str, float, bool]) -> tuple[Vintage, ...]:
    """Return vintages from days and values; a third field says that the release is partial."""
    return tuple(Vintage(DAY(step[0]), step[1], *step[2:]) for step in steps)


US_SHARE = history(
    ("2024-06-17", 3.38),
    ("2025-04-24", 3.19),
    ("2025-08-28", 3.21),
    ("2026-03-26", 3.3, True),
    ("2026-07-10", 3.3),
)
MEETING = history(("2024-06-17", 23), ("2025-04-24", 22), ("2025-08-28", 18), ("2026-07-10", 17))
POLAND = history(("2024-06-17", 4.12), ("2025-04-24", 4.07), ("2025-08-28", 4.15))


def at(words: str, raw: str = ARTICLE) -> tuple[int, int]:
    """Return where some words stand in a text."""
    start = raw.index(words)
    return start, start + len(words)


def answer(value: Any, unit: str, published: str = "2024-06-17", url: str = URL) -> Evidence:
    """Return one computed answer."""
    return Evidence(value, unit, DAY(published), RELEASE_2024, url)


def claim(words: str, verdict: VerdictWord, raw: str = ARTICLE, **fields: Any) -> CheckedClaim:
    """Return a claim made of some words of a text."""
    start, end = at(words, raw)
    given: dict[str, Any] = {
        "id": "c1",
        "kind": "share",
        "query": {"series": "share_gdp", "country": "USA", "year": 2024},
        "stated": {"comparator": "=", "value": None, "unit": ""},
        "why": "It is so.",
    }
    return CheckedClaim(start, end, text=words, verdict=verdict, **{**given, **fields})


def claims() -> tuple[CheckedClaim, ...]:
    """Return ten claims of the article, with every verdict."""
    share: dict[str, Any] = {"history": US_SHARE, "history_unit": "% of GDP"}
    us_title = "Defence expenditure of the United States in 2024"
    return (
        claim(
            "over a quarter of the members were on course to miss their own target",
            "supported",
            kind="count",
            query={"pledge": "nato.wales-2014", "met": False, "year": 2024},
            stated={"comparator": ">", "value": 25, "unit": "%"},
            then=answer("9 of 32", "members"),
            now=answer("15 of 32", "members", "2026-07-10", ""),
            why="9 of 32 members were below 2 % in the release of 17 June 2024, which is 28 %.",
            history=MEETING,
            history_title="Members at or above 2 % of GDP in 2024",
            history_unit="members",
        ),
        claim(
            "5 per cent of our income",
            "contradicted",
            stated={"comparator": "=", "value": 5, "unit": "%"},
            then=answer(3.38, "% of GDP"),
            now=answer(3.3, "% of GDP", "2026-07-10", ""),
            why="The United States spent 3.38 % of GDP on defence in 2024, not 5 %.",
            history_title=us_title,
            **share,
        ),
        claim(
            "Any of the 32 NATO member states could have seen this coming in February 2024",
            "depends",
            kind="membership",
            query={"organisation": "nato", "days": ["2024-02-01", "2024-02-29"]},
            stated={"comparator": "=", "value": 32, "unit": "members"},
            then=answer(31, "members", "2024-03-07"),
            now=answer(32, "members", "2024-03-07"),
            why="NATO had 31 members in February 2024 and has had 32 since Sweden joined on "
            "7 March 2024; the sentence can mean either day.",
        ),
        claim(
            "3.38 per cent of its GDP on defence in 2024",
            "superseded",
            stated={"comparator": "=", "value": 3.38, "unit": "% of GDP"},
            then=answer(3.38, "% of GDP"),
            now=answer(3.3, "% of GDP", "2026-07-10", ""),
            why="The release of 17 June 2024 gives 3.38 %; the newest gives 3.3 %.",
            history_title=us_title,
            **share,
        ),
        claim(
            "signed on April 4 1949",
            "supported",
            kind="date",
            query={"treaty": "north-atlantic", "event": "signed"},
            stated={"comparator": "=", "value": "1949-04-04", "unit": "date"},
            then=answer("1949-04-04", "date", "1949-04-04"),
            now=answer("1949-04-04", "date", "1949-04-04"),
            why="The North Atlantic Treaty was signed on 4 April 1949.",
        ),
        claim(
            "23 of the allies meet the pledge of 2 per cent",
            "superseded",
            kind="count",
            query={"pledge": "nato.wales-2014", "year": 2024},
            stated={"comparator": "=", "value": 23, "unit": "members"},
            then=answer(23, "members"),
            now=answer(17, "members", "2026-07-10", ""),
            why="23 members met 2 % in the release of 17 June 2024; 17 do in the newest.",
            history=MEETING,
            history_title="Members at or above 2 % of GDP in 2024",
            history_unit="members",
        ),
        claim(
            "Poland, which borders Ukraine, spends more than double its target",
            "supported",
            query={"series": "share_gdp", "country": "POL", "year": 2024, "over": "pledge"},
            stated={"comparator": ">", "value": 2, "unit": "×"},
            then=answer(2.06, "×"),
            now=answer(2.075, "×", "2025-08-28"),
            why="4.12 % of GDP is 2.06 times the 2 % of the Wales pledge.",
            history=POLAND,
            history_title="Defence expenditure of Poland in 2024",
            history_unit="% of GDP",
        ),
        claim(
            "which borders Ukraine",
            "unchecked",
            kind="legal",
            query={},
            why="Borders are outside the world that this program knows.",
        ),
        claim(
            "€150 billion ($162.5 billion)",
            "contradicted",
            kind="conversion",
            query={"amount": 150_000_000_000, "from": "EUR", "to": "USD", "day": "2025-02-28"},
            stated={"comparator": "=", "value": 162_500_000_000, "unit": "USD"},
            then=Evidence(156_135_000_000.0, "USD", DAY("2025-02-28"), "ECB reference rate"),
            now=Evidence(156_135_000_000.0, "USD", DAY("2025-02-28"), "ECB reference rate"),
            why="At the ECB rate of 28 February 2025 (1.0409), €150 billion is $156.1 billion.",
        ),
        claim(
            "Canada will reach the target in 2032",
            "unchecked",
            kind="legal",
            query={},
            why="A forecast: no figure of today decides it.",
        ),
    )


def removed(words: str, reason: Reason) -> Removed:
    """Return a span that was left out."""
    return Removed(*at(words), reason=reason)


def article() -> Check:
    """Return the article as checked: ten claims, four statements, four removed spans."""
    gone = (
        removed("Home > News > World > Alliance", "breadcrumb"),
        removed("ADVERTISEMENT – SCROLL TO CONTINUE", "advertisement"),
        removed("Senator Rufus Halloran at a rally in Topeka. Picture: Plains Courier", "caption"),
        removed(
            "This story first appeared in the Plains Courier and is republished with permission.",
            "syndication",
        ),
    )
    senator = Speaker("Rufus Halloran", "halloran", "senator", Span(*at("Mr Halloran")))
    economist = Speaker("Ada Brandt", None, "economist", Span(*at("Ada Brandt")))
    statements = (
        Statement(
            *at("Senator Rufus Halloran has called for the United States to leave NATO"),
            mode="indirect",
            speaker=senator,
            proposition="us-leaves-nato",
            stance="for",
        ),
        Statement(
            *at("We pay 5 per cent of our income and they pay nothing"),
            mode="direct",
            speaker=senator,
            reported_by=("Plains Courier",),
            proposition="nato-bad-deal-for-us",
            stance="for",
            date=DAY("2025-03-01"),
            repeats=0,
        ),
        Statement(
            *at("Any of the 32 NATO member states could have seen this coming in February 2024."),
            mode="direct",
            speaker=senator,
            reported_by=("Plains Courier",),
        ),
        Statement(*at("will be forgotten by the summer"), mode="direct", speaker=economist),
    )
    return made(
        ARTICLE,
        claims(),
        statements=statements,
        removed=gone,
        unread=(Span(*at("they pay nothing")),),
    )


def made(raw: str, claims: Sequence[CheckedClaim] = (), **fields: Any) -> Check:
    """Return a check of a text whose paragraphs are its lines."""
    given: dict[str, Any] = {"date": THEN, "removed": (), "path": "drafts/halloran.txt"} | fields
    text = raw
    for span in given["removed"]:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    text = given.get("text", text)
    paragraphs = []
    start = 0
    for line in raw.split("\n"):
        if text[start : start + len(line)].strip():
            paragraphs.append(Span(start, start + len(line)))
        start += len(line) + 1
    date: datetime.date | None = given["date"]
    return Check(
        given["path"],
        Document(raw, text, date, tuple(given["removed"]), tuple(paragraphs), (), (), (), ()),
        "given" if date else "unknown",
        "0.1.0",
        "9f2c41d0a7be",
        date or NOW,
        NOW,
        tuple(given.get("statements", ())),
        tuple(claims),
        tuple(given.get("unread", ())),
    )
