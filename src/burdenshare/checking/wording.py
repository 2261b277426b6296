"""What the words of a claim say beside its figure: who is meant, which years, whose source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from burdenshare.checking.held import ABROAD, EUROPE, NATO, UNION, members_of, years_held
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention
from burdenshare.reading.lexicon import Name
from burdenshare.reading.patterns import TYPES
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_DATES = re.compile(f"[{chr(TYPES['date'])}-{chr(TYPES['date'] + 0xFF)}]")
_BODIES = re.compile(f"[{chr(TYPES['organisation'])}-{chr(TYPES['organisation'] + 0xFF)}]")
_ALLIANCE = re.compile(r"\b(?:alliance|allies|allied)\b")
_ELSEWHERE = re.compile(
    r"\b(?:sipri|stockholm international|iiss|international institute for strategic|"
    r"military balance|eurostat|european defen[cs]e agency|\beda\b|\bcia\b|bruegel|kiel institute|"
    r"ifo\b|rand corporation|pentagon|treasury|think[- ]?tank|campaigners?|analysts?|economists?|"
    r"by its own (?:count|reckoning|calculation)|own (?:figures|data|calculations?)|"
    r"government figures|official figures from|budget bill|appropriat\w+|authori[sz]ation)\b"
)
_COMING = re.compile(
    r"\b(?:would|could|might|should|must|if|unless|won't|whether|imagine|suppose|to become|set to|"
    r"going to|on course to|on track to|forecast to|projected to|aims? to|hopes? to)\b"
)
_LONG_AGO = re.compile(
    r"\b(?:cold war|decades? (?:ago|earlier)|in the [a-z]+ies\b|(?:eighties|nineties|seventies)|"
    r"reagan|thatcher|used to|historically|at (?:its|the) (?:peak|height)|once spent|world war|"
    r"berlin wall|soviet|by the end of the|a generation)"
)
_NAMED = f"[{chr(TYPES['country'])}-{chr(TYPES['group'] + 0xFF)}]"
_LEFT_OUT = re.compile(
    r"\b(?:without|excluding|except(?: for)?|apart from|minus|leaving out|not counting|"
    rf"aside from|other than|bar|bereft of) (?:the )?{_NAMED}"
)
_OWNED = re.compile(
    rf"{_NAMED}(?:'s)? (?:[a-z]+ )?(?:allies|partners|neighbou?rs|rivals|friends|adversaries)\b"
)
_SPANS = frozenset("since until till after before between".split())
_COMBINED = re.compile(r"\b(?:combined|together|put together|in total|between them)\b")
_EUROPEANS = re.compile(
    r"\beuropean (?:nato )?(?:allies|members?|member states|member countries|partners|countries|"
    r"states|nations|governments|capitals|side|pillar)\b|\beurope\b|\beuropeans\b"
)
_CANADA = re.compile(r"\band canada\b")
_OTHERS = re.compile(
    r"\b(?:(?:the )?rest of (?:the alliance|{o})|(?:all )?(?:the )?other (?:allies|members|"
    r"{o} (?:allies|members))|remaining (?:allies|members)|everyone else)\b".replace(
        "{o}", f"[{chr(TYPES['organisation'])}-{chr(TYPES['organisation'] + 0xFF)}]"
    )
)
# "According to NATO's August figures the country spent": NATO counts, and is not who spends.
_COUNTS = re.compile(
    rf"(?:\bnato|{_BODIES.pattern}|{_NAMED})(?:['’]s?)? (?:[a-z0-9]+ ){{0,3}}?(?:figures?|"
    r"estimates?|data|numbers|statistics|reports?|tables?|release|count)\b"
    r"|\b(?:the country|the nation|the republic|the kingdom|its government|it|he|she) "
    r"(?:now |still |already )?(?:spen|devot|gave|give|put|alloc)"
)
_ALL = re.compile(r"\b(?:alliance|allies|allied|nato|members)\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the claim's sentence, and the word before it."""

    date: DateMention
    before: str


def body(claim: Candidate) -> bool:
    """Say whether the sentence itself speaks of NATO."""
    who = claim.slots.get("subject") or claim.slots.get("who")
    if isinstance(who, Name) and who.id in (NATO, ABROAD):
        return True
    named = _BODIES.search(claim.words) or _ALLIANCE.search(claim.words)
    return claim.organisation == "nato" and named is not None


def elsewhere(claim: Candidate) -> bool:
    """Say whether the sentence names a source other than those held here."""
    return _ELSEWHERE.search(claim.words) is not None


def coming(claim: Candidate) -> bool:
    """Say whether the sentence speaks of what is wished, planned or denied."""
    return _COMING.search(claim.words) is not None


def doubtful(claim: Candidate) -> bool:
    """Say whether a disagreement may lie in the words: a condition, a source, a span of years."""
    if elsewhere(claim) or coming(claim) or _LONG_AGO.search(claim.words):
        return True
    return any(each.before in _SPANS for each in dated(claim))


def combined(claim: Candidate) -> bool:
    """Say whether the sentence adds up what it compares: "than France and Germany combined"."""
    return _COMBINED.search(claim.words) is not None


def dated(claim: Candidate) -> list[Dated]:
    """Return the dates of the claim's own sentence in order, each with the word before it."""
    inside = [d for d in (*claim.dates, *claim.loose) if claim.sentence.holds(d)]
    inside += [each for each in claim.slots.values() if isinstance(each, DateMention)]
    dates = sorted(inside, key=lambda d: d.start)
    words = []
    for place in _DATES.finditer(claim.words):
        found = re.findall(r"[a-z]+", claim.words[max(0, place.start() - 24) : place.start()])
        words.append(found[-1] if found else "")
    return [Dated(d, w) for d, w in zip(dates, words, strict=False)]


def one_year(date: DateMention) -> int | None:
    """Return the calendar year that a date names, or None for a month, a day or several years."""
    same = date.first.year == date.last.year
    return date.first.year if same and date.grain in ("year", "period") else None


def europeans(claim: Candidate) -> str:
    """Return Europe's allies, with or without Canada, where the words name them."""
    if _EUROPEANS.search(claim.words):
        return ABROAD if _CANADA.search(claim.words) else EUROPE
    return ABROAD if _OTHERS.search(claim.words) else ""


def subject_of(world: World, claim: Candidate, day: Day) -> str:
    """Return the country or group that a claim is about, or "".

    A member or group in the slot `subject` or `who`, an organisation in `body`, or Europe's allies
    in words.
    """
    subject = claim.slots.get("subject") or claim.slots.get("who")
    left_out = _LEFT_OUT.search(claim.words) is not None
    if left_out and (not isinstance(subject, Name) or subject.id == "USA"):
        return ABROAD if "USA" in claim.countries and claim.organisation == "nato" else ""
    counting = _COUNTS.search(claim.words) is not None
    if counting and not (isinstance(subject, Name) and subject.kind == "country"):
        return ""
    if isinstance(subject, Name):
        owned = subject.id in claim.countries and _OWNED.search(claim.words)
        return "" if owned else subject.id
    named = claim.slots.get("body")
    words = claim.words
    if isinstance(named, Name):
        return {"nato": EUROPE if _EUROPEANS.search(words) else NATO, "eu": UNION}.get(named.id, "")
    if named_so := europeans(claim):
        return named_so
    return NATO if claim.organisation == "nato" and _ALL.search(words) else ""


def ally(world: World, code: str, day: Day) -> bool:
    """Say whether a country is a member of NATO with armed forces, or a group of such members."""
    if code in (NATO, ABROAD, EUROPE):
        return True
    members = members_of(world, code, day) or (code,)
    return set(members) <= set(members_of(world, NATO, day))


def years_asked(world: World, series: str, code: str, claim: Candidate, day: Day) -> list[int]:
    """Return the years that a figure may be of, the likeliest first.

    The year that stands nearest; else the two newest known, then those that the words around name.
    """
    slot = claim.slots.get("year")
    if isinstance(slot, DateMention) and (year := one_year(slot)):
        return [year]
    whole = [d for d in claim.dates if one_year(d) is not None and d.first.year <= day.year]
    if whole:
        nearest = min(whole, key=lambda d: max(d.start - claim.end, claim.start - d.end))
        return [nearest.first.year]
    known = list(years_held(world, series, code, day)[:2])
    loose = [y for d in claim.loose if (y := one_year(d)) is not None and y <= day.year]
    return list(dict.fromkeys([*known, *loose]))
