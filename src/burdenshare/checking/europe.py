"""Questions about the European Union's defence plans: the sums that were announced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.matching import agrees
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.reading.patterns import TYPES
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.organisations import Dated

BILLION = 1_000_000_000
_YEAR = f"[{chr(TYPES['date'])}-{chr(TYPES['date'] + 0xFF)}]"  # as a sentence is rendered
_UNION = f"[{chr(TYPES['organisation'])}-{chr(TYPES['organisation'] + 0xFF)}]"
_NAMED = re.compile(
    rf"\bre-?arm europe\b|\breadiness {_YEAR}|\bsecurity action for europe\b|\(safe\)"
    rf"|{_UNION}(?:['’]s)? safe\b"
    r"|\bsafe (?:defen[cs]e |loans? |lending |funding |procurement |arms |military )*(?:program|"
    r"instrument|scheme|mechanism|facility|regulation|initiative)"
)
# What may mean something else where neither the Union nor arms are spoken of: “safe loans”.
_MAYBE = re.compile(
    r"\bsafe (?:defen[cs]e |arms )?(?:fund|loans?\b|money|cash|funding|envelope|pot\b|plan\b|tool|"
    r"borrowing|lending|allocation)|\b(?:called|dubbed|known as|under|via|through) safe\b"
)
BRUSSELS = re.compile(r"\b(?:commission|brussels|von der leyen|leyen)\b")
EUROPE = re.compile(r"\beurop\w*|\bbloc\b")
_ARMS = re.compile(
    r"\b(?:defen[cs]e|militar|weapon|arms\b|armament|re-?arm|securit|troop|"
    r"tanks?\b|guns?\b|missile|ammunition|munition|soldier|army|armies)"
)
_LOANS = re.compile(r"\b(?:loan|lend|lent|borrow|credit)")
# Other money of the same places: aid, recovery, the bank, the budget of seven years.
OTHER = re.compile(
    r"\b(?:reparation|frozen|immobili[sz]ed|covid|pandemic|next ?generation|recovery|climate|"
    r"investment bank|eib\b|imf\b|monetary fund|bailout|rescue|stability mechanism|horizon|"
    r"multiannual|seven-year budget|defen[cs]e fund|defen[cs]e industry program|edip\b|edf\b|"
    r"cohesion|infrastructure fund|general escape|macro-financial)"
)
_ASKED = re.compile(
    r"\b(?:request|ask(?:ed|s|ing)? for|appl(?:y|ied|ies|ication)|oversubscri|interest in|seek|"
    r"sought|bids?\b|projects?\b|submi)"
)
_SPENT = re.compile(r"\bspending\b|\bspent\b|\bgap\b|\bgdp\b")
_LAUNCH = re.compile(
    r"\b(?:re-?arm|plan|package|boost|mobili[sz]|unlock|unleash|free\w* up|push|drive|war chest)"
)
_YEARLY = re.compile(r"\b(?:a year\b|per year\b|annual|(?:each|every) year\b|year[- ]on[- ]year)")
# Words of a part, of a demand or of somebody's own estimate.
PART = re.compile(
    r"\b(?:tranche|disburse|pre-?financ|demand|urg(?:e|ing)|estimat|economist|analyst|"
    r"think[- ]tank|bruegel|calculat|reckon|firm|compan|industr|maker|bank|investor|includ|other|"
    r"doubl|expand|exten[ds]|enlarg|increas|grow|top|successor|next|instead|rather|"
    r"(?:first|second|third|another|additional|further|remaining|left|so far|already|out of|"
    r"of which|should|could|might|call(?:s|ed|ing) for|wants?|needs?|short of|not|only)\b)|n't\b"
)
_SUMS = {"loans": "safe-size", "room": "rearm-fiscal-room", "total": "rearm-total"}
_WINDOW = timedelta(days=14)
# From the announcement on, for so long, Brussels offered no other loans for defence.
_ONE_PLAN = timedelta(days=180)
_CONVERTED = 0.02


def named(claim: Candidate) -> bool:
    """Say whether the sentence names the programme: SAFE, ReArm Europe, Readiness 2030."""
    words = claim.words
    if _NAMED.search(words):
        return True
    spoken = claim.organisation == "eu" or BRUSSELS.search(words) or _ARMS.search(words)
    return bool(spoken and _MAYBE.search(words))


def tied(claim: Candidate) -> bool:
    """Say whether the sentence is about the European Union's plans for defence."""
    words = claim.words
    if OTHER.search(words) or "UKR" in claim.countries:
        return named(claim) and not OTHER.search(words)
    europe = claim.organisation == "eu" or BRUSSELS.search(words) or EUROPE.search(words)
    return named(claim) or bool(europe and _ARMS.search(words))


def on_loans(claim: Candidate) -> bool:
    """Say whether the sentence is about the loans for defence of that programme."""
    return tied(claim) and (named(claim) or bool(_LOANS.search(claim.words)))


def parameter(world: World, name: str, as_of: Day) -> Dated | None:
    """Return a number of the European Union as known on a day, in force by then or not."""
    return world.organisations["eu"].parameter(name, Day.max, as_of)


def level(stated: Quantity) -> Quantity:
    """Return a figure without a bound: "up to 800 billion" is said of a plan of 800 billion."""
    return replace(stated, comparator="=") if stated.comparator in ("<=", ">=") else stated


def plan(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the sum of the loans, the fiscal room or the whole plan, as announced in 2025.

    The words say which of the three; the other two are asked where it does not agree.
    """
    stated, owner = claim.stated, claim.slots.get("owner")
    if not isinstance(stated, Quantity) or not tied(claim) or _YEARLY.search(claim.words):
        return []
    if not named(claim) and (isinstance(owner, Name) or _ASKED.search(claim.words)):
        return []
    what = claim.pattern.options["what"]
    if what == "total" and not named(claim) and not _LAUNCH.search(claim.words):
        return []
    names = [_SUMS[what], *(name for name in _SUMS.values() if name != _SUMS[what])]
    return [_sum(world, claim, name, day, main=i == 0) for i, name in enumerate(names)]


def _sum(world: World, claim: Candidate, name: str, day: Day, *, main: bool) -> Reading:
    stated, years = claim.stated, claim.slots.get("years")
    assert isinstance(stated, Quantity)
    rates = _rates(world, stated.unit, day)
    converted = "" if stated.unit == "EUR" else f", in {stated.unit} by the ECB’s last fixing"

    def ask(as_of: Day) -> Answer | Missing:
        dated = parameter(world, name, as_of)
        if dated is None:
            return unknown(world, name, as_of)
        if not rates:
            return Missing(f"no ECB fixing of {stated.unit} around {day} is held")
        assert not isinstance(dated.value, Day)
        says = f"{dated.title}: EUR {dated.value:g} billion, announced on {dated.known_from}"
        return Answer(
            round(dated.value * rates[-1] * BILLION, 2),
            stated.unit,
            dated.known_from,
            dated.citation,
            says + converted + f" ({dated.citation}" + _how(world, name, as_of) + ")",
        )

    def test(answer: Answer) -> bool | None:
        value = float(answer.value)
        if stated.unit == "EUR":
            return _same(stated, value)
        low, high = (value / rates[-1] * rate for rate in (min(rates), max(rates)))
        near = [_same(stated, each) for each in (low, value, high)]
        if True in near or low <= stated.value <= high:
            return True
        return None if abs(float(stated.value) / value - 1) <= _CONVERTED else False

    return Reading(
        label=name,
        query={"ask": "plan", "organisation": "eu", "parameter": name},
        ask=ask,
        agrees=test,
        main=main,
        sure=lambda answer: not main or _sure(claim, stated, answer, day),
        caveat=_years_differ(world, years),
    )


def _how(world: World, name: str, as_of: Day) -> str:
    """Return how a sum may have been worked out, where the world has a note on it."""
    note = parameter(world, f"{name}-start", as_of)
    return f"; {note.citation}" if note else ""


def _same(stated: Quantity, value: float) -> bool | None:
    """Say whether a sum agrees; a bound agrees only close to the sum: "over 700" is not 800."""
    if stated.comparator in ("<", ">"):
        close = abs(float(stated.value) / value - 1) <= 0.05
        return True if close and agrees(stated, value) else None
    return agrees(level(stated), value)


def _sure(claim: Candidate, stated: Quantity, answer: Answer, day: Day) -> bool:
    """Say whether another sum can only be wrong: the programme, or Brussels' loans, all of them.

    A sum of less than half may be a part; one of a country's sentence may be its own.
    """
    words = claim.words
    if stated.unit != "EUR" or claim.countries or PART.search(words):
        return False
    if _ASKED.search(words) or _SPENT.search(words):
        return False
    if float(stated.value) < float(answer.value) / 2:
        return False
    if named(claim):
        return True
    soon = day - answer.published <= _ONE_PLAN
    loans = claim.pattern.options["what"] == "loans" and _LOANS.search(words)
    return bool(soon and loans and BRUSSELS.search(words) and _ARMS.search(words))


def _years_differ(world: World, years: object) -> str:
    dated = parameter(world, "rearm-years", Day.max)
    if not isinstance(years, Quantity) or years.unit != "year" or dated is None:
        return ""
    same = Decimal(str(dated.value)) == years.value
    return "" if same else f"the plan speaks of {dated.value:g} years"


def _rates(world: World, unit: str, day: Day) -> Sequence[float]:
    """Return what a euro was worth in the two weeks before a day; 1 for euros."""
    if unit == "EUR":
        return (1.0,)
    if f"EXR.{unit}" not in world.series:
        return ()
    return [fixing.value for fixing in world.fixings(f"EXR.{unit}").between(day - _WINDOW, day)]


def unknown(world: World, name: str, as_of: Day) -> Missing:
    """Return that a number of the Union was not known on a day, and since when it is."""
    dated = parameter(world, name, Day.max)
    if dated is None:
        return Missing(f"no {name} is on record")
    return Missing(f"{dated.title}: announced on {dated.known_from}, not known on {as_of}")
