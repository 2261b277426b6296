"""Claims about members by name, read without a figure: votes, bills, lists of countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from burdenshare.checking.cards_pages import Page
from burdenshare.checking.named import runs, state_of, voters
from burdenshare.checking.results import CheckedClaim
from burdenshare.checking.statutes import bills_on, surnames_of
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Span
from burdenshare.reading.lexicon import Name
from burdenshare.reading.patterns import Item

_SPEAKS = re.compile(
    r"\b(?:[Vv]ot(?:e|ed|es)|against|dissent\w*|oppos\w+|sponsor\w*|twin|companion|brought in|"
    r"introduc\w+|filed|bill|escape clause|asked|had it|the two|second|"
    r"third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"
)
_BILL = re.compile(
    r"\b(?:co-?sponsor\w*|sponsor\w*|introduc\w+|brought in|filed|twin|companion|re-?introduc\w+|"
    r"author\w*|unveil\w+|wrote|carr(?:y|ies)|put forward)\b"
)
_OF_BILL = re.compile(r"\b(?:bill|act|legislation|resolution|measure|proposal)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z][\w’'-]+")
_ASKED = re.compile(r"\b(?:asked|requested|applied|sought|ask|request|apply)\b")
_ACTIVE = re.compile(r"\b(?:activated|granted|may use|can use|allowed|has it|have it|got it)\b")
_CLAUSE = re.compile(r"(?<!general )\bescape clause\b")
_BUT_NOT = re.compile(
    r"\b(?:but not|not|except|nor|unlike|without)\s+(?:for\s+|by\s+)?(?:the\s+)?$"
)
_OPENS = re.compile(r"^[^.;!?]{0,40}?(?:[:—–(]|\bnamely\b|\bthey (?:are|were)\b|- )\s*(?:the\s+)?$")
_CHAMBER = re.compile(
    r"\b(House|Senate)(?:['’]s)?,? (?:(?:had |has )?"
    r"(?:vote|voted|passed|approved|adopted|backed|did so|followed|cleared)"
    r"(?: it| the same| its version)?,? )?(?:back )?(?:in|on|last|earlier)? ?$"
)
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_PLACE = re.compile(
    rf"\b({'|'.join(_PLACES)})\b(?![- ](?:largest|biggest|most|year|time|quarter|world|half|term|"
    r"round|day|week|month|committee|straight|highest|lowest|draft|member|ally))"
)
_SCALE = re.compile(r"\b(?:scale (?:of assessments?|for)|regular budget|the scale|assessed)\b")
_UNTIL = re.compile(r" (?:until|till|in|for|since|up to) ")
_NEAR = 40
_REACH = 60  # letters between a count and the list of those counted


def speaks(text: str) -> bool:
    """Say whether a sentence may name members that voted, brought in a bill, or are counted."""
    return _SPEAKS.search(text) is not None


def named_claims(page: Page, read: Sequence[CheckedClaim]) -> Iterator[Candidate]:
    """Yield the claims of a sentence about members by name."""
    text = page.sentence.of(page.document.text)
    for each in voters(text, page.sentence.start):
        options = {"names": " ".join(each.surnames), "side": "yea" if each.yea else "nay"}
        if each.whole:
            options["whole"] = "yes"
        yield _made(page, each, "count", "votes", options)
    yield from _vote_days(page, read)
    yield from _bills(page, text)
    yield from _lists(page, read)
    yield from _clause(page, text)
    yield from _places(page, text)


def _made(page: Page, span: Span, kind: str, ask: str, options: dict[str, str]) -> Candidate:
    stated = Name(span.start, span.end, "names", options["names"])
    return page.made(stated, span, kind, ask, {}, options)


def _vote_days(page: Page, read: Sequence[CheckedClaim]) -> Iterator[Candidate]:
    """Yield the day on which one chamber is said to have voted, beside a tally of the other."""
    tallies = [c for c in read if c.query.get("ask") == "tally" and page.sentence.holds(c)]
    for date in page.figures if tallies else ():
        if isinstance(date, DateMention):
            lead = page.document.text[page.sentence.start : date.start]
            found = _CHAMBER.search(lead)
            chamber = found[1].lower() if found else ""
            if found and any(c.query["chamber"] != chamber for c in tallies):
                span = Span(page.sentence.start + found.start(), date.end)
                slots: dict[str, Item] = {"stated": date}
                yield page.made(date, span, "date", "vote-day", slots, {"chamber": chamber})


def _bills(page: Page, text: str) -> Iterator[Candidate]:
    """Yield who is said to be behind a bill: names together, one with a state by itself."""
    around = f"{page.before} {text}"
    if not _BILL.search(text) and not (_OF_BILL.search(text) and " have " in text):
        return
    if not _OF_BILL.search(around):
        return
    known = {name for row in bills_on(page.organisation()) for name in surnames_of(row)}
    found = [m for m in _CAPITAL.finditer(text) if m.group().lower() in known]
    for place in found:
        start = page.sentence.start
        before = re.search(r"(?:[A-Z][\w’'-]+\s+)$", text[: place.start()])
        first = before.start() if before else place.start()
        state = state_of(text, place.end())
        end = place.end() + (len(state) + 4 if state else 0)
        span = Span(start + first, start + min(end, len(text)))
        options = {"names": place.group().lower()}
        if state:
            options["state"] = state
        yield _made(page, span, "membership", "bill-names", options)


def _lists(page: Page, read: Sequence[CheckedClaim]) -> Iterator[Candidate]:
    """Yield the countries that stand in a list just behind a count of members."""
    text = page.document.text
    counted = [c for c in read if c.query.get("ask") == "count" and page.sentence.holds(c)]
    for run in runs(list(page.sheet.names), text):
        first, last = run[0].start, run[-1].end
        for claim in counted:
            between = text[claim.end : first]
            if 0 <= first - claim.end <= _REACH and _OPENS.match(between):
                options = {
                    "names": " ".join(dict.fromkeys(name.id for name in run)),
                    "pledge": str(claim.query["pledge"]),
                    "year": str(claim.query["year"]),
                    "side": str(claim.query["side"]),
                    "level": str(claim.query["criterion"]).rpartition(" ")[2],
                }
                yield _made(page, Span(first, last), "count", "listed", options)
                break


def _clause(page: Page, text: str) -> Iterator[Candidate]:
    """Yield the states that are said to have asked for the escape clause, or have it, or not."""
    if not _CLAUSE.search(f"{page.before} {text.lower()}"):
        return
    asked = _ASKED.search(text)
    if not asked and not _ACTIVE.search(text):
        return
    countries = [name for name in page.sheet.names if name.kind == "country"]
    out: list[Name] = []
    for place, name in enumerate(countries):
        lead = page.document.text[page.sentence.start : name.start]
        linked = bool(out) and re.fullmatch(
            r"\s*(?:,|or|and|nor|, or)\s*(?:the\s+)?",
            page.document.text[countries[place - 1].end : name.start],
        )
        if _BUT_NOT.search(lead) or (linked and countries[place - 1] in out):
            out.append(name)
    if not out:
        return
    mine = [n for n in countries if n not in out]
    span = Span(min(n.start for n in countries), max(n.end for n in countries))
    options = {
        "names": " ".join(n.id for n in mine),
        "without": " ".join(n.id for n in out),
        "side": "asked" if asked else "active",
    }
    yield _made(page, span, "membership", "clause-states", options)


def _places(page: Page, text: str) -> Iterator[Candidate]:
    """Yield the places of members on the United Nations' scale: "Germany is fourth"."""
    if not _SCALE.search(f"{page.before} {text.lower()}") or not page.about("un"):
        return
    countries = [name for name in page.sheet.names if name.kind == "country"]
    for found in _PLACE.finditer(text):
        at = page.sentence.start + found.start()
        before = [name for name in countries if name.end <= at]
        if before and at - before[-1].end <= _NEAR:
            options = {"names": before[-1].id, "place": str(_PLACES.index(found[1]) + 1)}
            end = at + len(found[1])
            for date in page.figures:
                behind = page.document.text[end : date.start]
                if isinstance(date, DateMention) and _UNTIL.fullmatch(behind):
                    options["year"] = str(date.last.year)
            yield _made(page, Span(before[-1].start, end), "rank", "scale-place", options)
