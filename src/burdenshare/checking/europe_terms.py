"""Questions about the terms of Europe's defence plans, and about the limits of the Treaty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.europe import (
    BRUSSELS,
    EUROPE,
    OTHER,
    PART,
    level,
    named,
    on_loans,
    parameter,
    tied,
    unknown,
)
from burdenshare.checking.matching import agrees
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import Quantity
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_CLAUSE = re.compile(r"\bescape clause\b")
_RULES = re.compile(r"\b(?:rules|(?:fiscal|spending) (?:limits|space|room))\b")
_BENCHMARK = re.compile(r"\brule\b|\bbenchmark|\bmark\b")
_LONGEST = re.compile(r"\b(?:up to|at most|within|maximum|longest|as long as|no longer than)\b")
_TREATY = re.compile(r"\bmaastricht\b|\bstability (?:and growth )?pact\b")
_OTHER_LIMITS = re.compile(
    r"\b(?:structural|primary|safeguard|resilience|margin|buffer|net|average)\b"
)
_TERMS = {
    "cap": ("escape-clause-cap", "rearm-fiscal-room-rise"),
    "clause-years": ("rearm-years",),
}


def term(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask for a term of the loans or of the escape clause: years, or a share."""
    stated = claim.stated
    what = claim.pattern.options["what"]
    if not isinstance(stated, Quantity) or not _on_term(claim, what):
        return []
    if stated.unit != ("%" if what in ("cap", "safe-prefinancing") else "year"):
        return []
    names = _TERMS.get(what, (what,))
    firm = named(claim) or (what == "cap" and bool(_CLAUSE.search(claim.words)))
    if what == "safe-longest" and not _LONGEST.search(claim.words):
        firm = False  # a state may take a shorter loan
    return [_dated(world, names, level(stated), firm=firm and _plain(claim))]


def _on_term(claim: Candidate, what: str) -> bool:
    words = claim.words
    if what in ("cap", "clause-years"):
        if claim.organisation == "nato" or OTHER.search(words):
            return False
        return bool(_CLAUSE.search(words) or (tied(claim) and _RULES.search(words))) or (
            what == "cap" and named(claim)
        )
    return on_loans(claim)


def _plain(claim: Candidate) -> bool:
    return not claim.countries and not PART.search(claim.words)


def limit(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask for the Treaty's limit on deficits or debts."""
    stated, words = claim.stated, claim.words
    what = claim.pattern.options["what"]
    union = claim.organisation == "eu" or any(
        form.search(words) for form in (_TREATY, BRUSSELS, EUROPE)
    )
    if not isinstance(stated, Quantity) or stated.unit != "%" or not union:
        return []
    if _OTHER_LIMITS.search(words):
        return []
    # The rules of 2024 know other thresholds of debt, and benchmarks for deficits.
    firm = _plain(claim) and claim.organisation in ("eu", "") and what == "deficit"
    firm = firm and not _BENCHMARK.search(words)
    return [_dated(world, (f"{what}-limit",), replace(stated, comparator="="), firm=firm)]


def _dated(world: World, names: Sequence[str], stated: Quantity, *, firm: bool) -> Reading:
    """Return the question for a number of the Union: the first of the names known on the day."""

    def ask(as_of: Day) -> Answer | Missing:
        known = [dated for name in names if (dated := parameter(world, name, as_of))]
        if not known:
            return unknown(world, names[0], as_of)
        dated = known[0]
        assert not isinstance(dated.value, Day)
        says = f"{dated.title}: {dated.value:g} {dated.unit} ({dated.citation})"
        return Answer(dated.value, dated.unit, dated.known_from, dated.citation, says)

    return Reading(
        label=names[0],
        query={"ask": "parameter", "organisation": "eu", "parameter": names[0]},
        ask=ask,
        agrees=lambda answer: _is(stated, float(answer.value)),
        sure=lambda _: firm,
    )


def _is(stated: Quantity, value: float) -> bool | None:
    """Say whether a number of a rule is the one stated; a rounded one is too close to call.

    >>> from decimal import Decimal
    >>> q = Quantity(0, 4, value=Decimal(2), step=Decimal(1), unit="%", dimension="percent")
    >>> _is(q, 2.0), _is(q, 1.5), _is(q, 3.0)
    (True, None, False)
    """
    if float(stated.value) == value:
        return True
    return None if agrees(stated, value) is not False else False
