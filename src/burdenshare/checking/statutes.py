"""Questions about laws on leaving: whose consent they ask for, when they passed, who wrote them."""

from __future__ import annotations

import re
from functools import lru_cache

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.stating import apart, inside, named, reading
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.ballots import Row, Votes
from burdenshare.world.dates import Day
from burdenshare.world.gates import Law, read_gates
from burdenshare.world.load import World

_LEAVE = re.compile(r"\b(?:withdr\w+|leav\w+|exit\w*|quit\w*|pull\w*|denounc\w+|abandon\w*)\b")
_CONGRESS = re.compile(
    r"\b(?:act|approval|vote|consent|law|legislation) (?:of|by|from|in) congress\b|\bcongress"
)
_ACT = re.compile(r"\bacts? of congress\b|\blegislation\b|\bboth (?:houses|chambers)\b")
_SENATE = re.compile(r"\bsenat(?:e|ors?)\b")
_BUDGET = re.compile(
    r"\b(?:ndaa|fiscal|defen[cs]e (?:policy |authori[sz]ation |spending )?(?:act|bill))\b"
)
_GUARD = re.compile(
    r"\b(?:bar\w*|block\w*|prevent\w*|prohibit\w*|ban\w*|stop\w*|without|demand\w*|consent|cannot|can't|forb\w+|unless|limit\w*|requir\w*)\b"
)
_SEATED = 45  # days in which a bill passes both chambers and is signed
# a surname, with its state as in "(R-AL)", "(AL)", or none: "original 8: Crane, Roy (TX)"
_BEHIND = re.compile(r"([A-Z][A-Za-z'-]+)(?: \((?:[A-Z]-)?([A-Z]{2})\)|(?=[,;]|$))")
_SURNAME = re.compile(r"([A-Za-z'-]+) \([A-Z]+-[A-Z]{2}\)")
# Organisations, and the question of content/usa/votes that bills about them answer.
_QUESTIONS = {"nato": "nato-exit", "un": "un-exit"}
_SECTION = re.compile(r"\bs\.\d+[A-Z]?\b")
_SHARE = re.compile("[\ue100-\ue1ff][^.;]{0,40}senat")  # a fraction, as patterns see it
_NUMBER = re.compile(r"\b(?:executive order|eo) (?:no\. ?)?(1\d{4})\b")
_ORDERED = {
    "order-exit": re.compile(r"\bexit\b|No US part", re.IGNORECASE),
    "order-review": re.compile(r"\breview\b"),
}
_LEFT_OUT = {
    "of-senate": "an Act of Congress would do as well, and is left out",
    "act-of-congress": "the consent of two-thirds of the Senators present would do as well",
    "of-both": "the consent of two-thirds of the Senators present would do as well",
}


@lru_cache
def laws() -> tuple[Law, ...]:
    """Return the laws of the United States on leaving, read once."""
    gates = read_gates("USA")
    return gates.laws if gates else ()


@lru_cache
def consent(organisation: str) -> Law | None:
    """Return the US law that asks for consent to leaving an organisation, if one is held.

    >>> law = consent("nato")
    >>> str(law.in_force) if law else ""
    '2023-12-22'
    """
    found = [law for law in laws() if law.kind == "consent" and organisation in law.organisations]
    return found[0] if found else None


@lru_cache
def known_since(law: Law) -> Day:
    """Return since when a law's text is known: a vote on record that names its section may precede.

    >>> law = consent("nato")
    >>> str(known_since(law)) if law else ""
    '2023-12-13'
    """
    section = _SECTION.search(law.citation)
    votes = [
        Day.fromisoformat(row["day"])
        for row in Votes().rollcalls.values()
        if section and f"contains {section[0]}" in row["title"]
    ]
    return min([law.known_from, *votes])


def gate(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what share of the Senate a country's law demands before it leaves an organisation."""
    stated, name = claim.stated, claim.organisation or "nato"
    law = consent(name)
    if law is None or not isinstance(stated, Quantity) or not _LEAVE.search(claim.words):
        return []
    years = [d.first.year for d in claim.dates if d.grain == "year"]
    share = abs(float(stated.value) - 200 / 3) < 1
    dated = all(year in (law.in_force.year, law.known_from.year) for year in years)
    omitted = "" if _CONGRESS.search(claim.words) else _LEFT_OUT["of-senate"]
    return [_of_law(law, name, share and dated, omitted, sure=bool(claim.organisation))]


def by_words(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether leaving needs the consent that a phrase names."""
    stated, name = claim.stated, claim.organisation or "nato"
    law = consent(name)
    if law is None or not isinstance(stated, Name) or not _LEAVE.search(claim.words):
        return []
    if _SHARE.search(claim.words):  # a claim of its own
        return []
    ways = {stated.id} | ({"of-senate"} if _SENATE.search(claim.words) else set())
    ways |= {"act-of-congress"} if _ACT.search(claim.words) else set()
    whole = "of-congress" in ways or {"of-senate", "act-of-congress"} <= ways
    omitted = "" if whole else _LEFT_OUT.get(stated.id, "")
    return [_of_law(law, name, True, omitted)]


def _of_law(
    law: Law, organisation: str, agrees: bool, omitted: str, *, sure: bool = True
) -> Reading:
    """Return the question for a law; before it was known there is none to hold a claim against."""

    def ask(as_of: Day) -> Answer | Missing:
        known = known_since(law)
        if as_of < known or (law.until is not None and law.until < as_of):
            return Missing(f"no law on leaving {organisation.upper()} is known on {as_of}")
        since = f"in force since {law.in_force}"
        if as_of < law.in_force:
            since = f"passed on {known}, not yet signed"
        says = f"{law.provision}, {since}: {law.text}"
        return Answer(law.text, "rule", known, law.citation, says)

    query = {"ask": "gate", "organisation": organisation, "country": "USA", "law": law.id}
    return Reading("law", query, ask, lambda _: agrees, sure=lambda _: sure, caveat=omitted)


def enacted(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask when the law on leaving passed; "the 2024 NDAA" names its fiscal year."""
    stated = claim.stated
    law = consent(claim.organisation)
    words = claim.words
    if law is None or not isinstance(stated, DateMention) or not _LEAVE.search(words):
        return []
    if not _GUARD.search(words) or _SHARE.search(words):
        return []
    off = apart(stated, law.in_force)
    fiscal = stated.grain == "year" and stated.first.year == law.in_force.year + 1
    agrees = inside(stated, law.in_force) or bool(fiscal and _BUDGET.search(claim.words))
    close = not agrees and (off <= _SEATED or (stated.last < law.in_force and off < 200))
    says = f"{law.provision}, enacted on {law.in_force}: {law.text}"
    answer = Answer(law.in_force.isoformat(), "date", law.known_from, law.citation, says)
    query = {"ask": "enacted", "organisation": claim.organisation, "law": law.id}
    return [reading("law", query, answer, None if close else agrees, sure=stated.explicit)]


def order(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask when an executive order about an organisation was signed."""
    stated = claim.stated
    if not isinstance(stated, DateMention):
        return []
    number = _NUMBER.search(claim.words)
    orders = [
        law
        for law in _orders(day)
        if (
            law.provision == f"EO {number[1]}"
            if number
            else claim.organisation in law.organisations
        )
    ]
    if not orders:
        return []
    hits = [law for law in orders if inside(stated, law.in_force)]
    law = hits[0] if hits else min(orders, key=lambda each: apart(stated, each.in_force))
    agrees = True if hits else (None if apart(stated, law.in_force) <= 3 else False)
    says = f"{law.provision}, signed on {law.in_force}: {law.text}"
    answer = Answer(law.in_force.isoformat(), "date", law.known_from, law.citation, says)
    query = {"ask": "order", "organisation": claim.organisation, "law": law.id}
    # without its number another may be meant, which is not held
    return [reading("order", query, answer, agrees, sure=number is not None)]


def ordered(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask whether an executive order says of an organisation what a phrase says."""
    stated = claim.stated
    name = named(claim.slots.get("org"), claim.organisation)
    if not isinstance(stated, Name):
        return []
    wanted = _ORDERED[stated.id]
    for law in _orders(day):
        if name in law.organisations and wanted.search(law.text):
            says = f"{law.provision}, signed on {law.in_force}: {law.text}"
            answer = Answer(law.provision, "rule", law.known_from, law.citation, says)
            query = {"ask": "order", "organisation": name, "law": law.id}
            return [reading("order", query, answer, True)]
    return []


def _orders(day: Day) -> list[Law]:
    """Return the executive orders signed up to a day, the newest first."""
    found = [law for law in laws() if law.kind == "order" and law.known_from <= day]
    return sorted(found, key=lambda law: law.in_force, reverse=True)


def sponsored(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask who brought in a bill on an organisation, and when.

    Only a sponsor whom the words name is asked about: that no such bill is held says nothing of
    others that may exist.
    """
    question = _QUESTIONS.get(claim.organisation)
    bills = [row for row in _bills() if row["question"] == question]
    mine = [row for row in bills if any(name in claim.words for name in _names(row))]
    mine = [row for row in mine if row["introduced"] <= day.isoformat()]
    guard = _GUARD.search(claim.words) is not None
    aimed = [row for row in mine if ("limit" in row["aim"]) == guard]
    if not aimed:
        return []
    stated = claim.stated
    if isinstance(stated, DateMention):
        hits = [row for row in aimed if inside(stated, Day.fromisoformat(row["introduced"]))]
        agrees: bool | None = bool(hits) or None
    else:
        hits, agrees = aimed, True
    row = (hits or aimed)[0]
    introduced = Day.fromisoformat(row["introduced"])
    says = f"{row['bill']} ({row['title']}), introduced on {introduced} by {row['sponsor']}"
    answer = Answer(row["bill"], "bill", introduced, row["source"], says)
    query = {"ask": "bill", "organisation": claim.organisation, "bill": row["bill"]}
    return [reading("bill", query, answer, agrees, sure=False)]


@lru_cache
def bills_on(organisation: str) -> tuple[Row, ...]:
    """Return the bills on leaving an organisation, or on its limits, the newest first."""
    question = _QUESTIONS.get(organisation)
    return tuple(row for row in _bills() if question and row["question"] == question)


def surnames_of(row: Row) -> dict[str, str]:
    """Return the surnames of a bill's sponsor and known cosponsors, with their states' letters.

    >>> surnames_of(bills_on("un")[0])["roy"]
    'TX'
    """
    found = {}
    for name in _BEHIND.finditer(f"{row['sponsor']}; {row['names']}"):
        found[name[1].lower()] = name[2] or ""
    return found


@lru_cache
def _bills() -> tuple[Row, ...]:
    return tuple(sorted(Votes().bills, key=lambda row: row["introduced"], reverse=True))


@lru_cache
def _surnames(text: str) -> tuple[str, ...]:
    return tuple(found.lower() for found in _SURNAME.findall(text))


def _names(row: Row) -> tuple[str, ...]:
    """Return the surnames of a bill's sponsor and of the cosponsors of a resolution of several."""
    first = _surnames(row["sponsor"])
    return (*first, "rubio") if row["bill"] == "S.J.Res.37" else first
