"""Questions about states of the European Union: their loans for defence, their escape clause."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.checking.europe import PART, level, named, on_loans, parameter
from burdenshare.checking.figures import figure
from burdenshare.checking.matching import agrees
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.datasets import Release
from burdenshare.world.dates import Day
from burdenshare.world.load import World

LOAN, ACTIVE, ASKED = "eu_safe_loan", "eu_escape_clause_cap", "eu_escape_clause_asked"
_YEAR = 2025  # of the Regulation, under which the loans stand
_ADVANCE = re.compile(r"\b(?:pre-?financ|pre-?pay|advance|first payment|up ?front)")
_ASKS = re.compile(
    r"\b(?:request|ask(?:ed|s|ing)?\b|appl(?:y|ied|ies)|sought|seek|want|hop(?:e|ed|ing)\b|interest"
    r"|spend|spent|contract|order|buy|bought|pledg|ukrain)"
)
_COUNCIL = re.compile(r"\b(?:council|ministers|ecofin)\b")
_ALL_SO_FAR = re.compile(
    r"\b(?:may use|can use|now ha(?:ve|s)|ha(?:ve|s) now|in all|altogether|bring(?:s|ing)|so far|"
    r"in total)\b"
)
_HAS = re.compile(
    r"\b(?:has|have|had|using|enjoys?|enjoyed) (?:had |been using |used )?(?:it|one|the|its)\b"
)
_CLAUSE = re.compile(r"(?<!general )\bescape clause\b")


def loan(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask for a state's loan of the programme: allocated, then decided at most."""
    subject, stated = claim.slots.get("subject"), claim.stated
    if not isinstance(subject, Name) or not isinstance(stated, Quantity) or stated.unit != "EUR":
        return []
    words = claim.words
    if not on_loans(claim) or _ASKS.search(words):
        return []
    series = "eu_safe_prefinancing" if _ADVANCE.search(words) else LOAN
    plain = figure(world, series, subject.id, _YEAR, level(stated), main=True)
    alone = set(claim.countries) == {subject.id} and not claim.pattern.options.get("list")
    firm = named(claim) and alone and not PART.search(words)

    def sure(answer: Answer) -> bool:
        whole = float(stated.value) > float(answer.value) / 2  # less may be a part
        return firm and whole and plain.sure(answer)

    return [dataclasses.replace(plain, sure=sure)]


def borrowers(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask to how many states the loans were allocated; others may count those that asked."""
    stated = claim.stated
    if not isinstance(stated, Quantity) or stated.unit or not on_loans(claim):
        return []
    history = world.history(LOAN)
    first = history.releases[0]
    count = len(history.reported[0])
    says = f"{first.document} of {first.published}: {count} states"
    answer = Answer(count, "states", first.published, first.document, says)

    def ask(as_of: Day) -> Answer | Missing:
        if first.published > as_of:
            return Missing(f"no allocation of the loans to states is known on {as_of}")
        return answer

    query = {"ask": "states", "series": LOAN}
    return [_count("allocated", query, ask, stated)]


def clause_count(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask for how many states the clause was activated, or how many asked for it.

    Decisions are counted on the days that the sentence names, else up to the article's day;
    requests up to a day. The other counts are asked where the first does not agree.
    """
    stated = claim.stated
    if not isinstance(stated, Quantity) or stated.unit or not _speaks(claim):
        return []
    date = next((d for d in claim.dates if d.first.year >= _YEAR), None)
    if claim.pattern.options["side"] == "asked":
        return [_states(world, ASKED, date, stated)]
    council = _COUNCIL.search(claim.words) and not claim.countries
    firm = bool(council) and not PART.search(claim.words)
    spans = [date, None] if date and not _ALL_SO_FAR.search(claim.words) else [None]
    readings = [_states(world, ACTIVE, span, stated) for span in spans]
    readings.append(_states(world, ASKED, None, stated))
    return [
        dataclasses.replace(each, main=i == 0, sure=lambda _: firm)
        for i, each in enumerate(readings)
    ]


def _states(world: World, series: str, date: DateMention | None, stated: Quantity) -> Reading:
    """Return the question how many states stand in the releases of some days, or of all."""
    history = world.history(series)

    def ask(as_of: Day) -> Answer | Missing:
        until = min(as_of, date.last) if date else as_of
        known = [i for i, r in enumerate(history.releases) if r.published <= until]
        inside = [i for i in known if date and history.releases[i].published >= date.first]
        chosen = inside if inside and series == ACTIVE else known
        if not chosen:
            return Missing(f"no state is on record for the escape clause by {until}")
        codes: set[str] = set().union(*(history.reported[i] for i in chosen))
        last = history.releases[chosen[-1]]
        when = "on" if chosen == inside[-1:] else "by"
        names = ", ".join(sorted(map(world.countries.name, codes)))
        verb = "activated for" if series == ACTIVE else "asked for, as far as is on record, by"
        says = f"the escape clause was {verb} {len(codes)} states {when} {last.published} ({names})"
        return Answer(len(codes), "states", last.published, last.document, says)

    def earlier(as_of: Day) -> str:
        days = [r.published for r in history.releases if r.published < as_of and not date]
        for answer in map(ask, days):
            if isinstance(answer, Answer) and agrees(stated, float(answer.value)):
                return answer.says
        return ""

    query = {"ask": "states", "series": series}
    if date:
        query |= {"from": date.first.isoformat(), "to": date.last.isoformat()}
    return dataclasses.replace(_count(series, query, ask, stated), earlier=earlier)


def _count(
    label: str, query: dict[str, str], ask: Callable[[Day], Answer | Missing], stated: Quantity
) -> Reading:
    """Return the question for a count of states, never called wrong as it stands."""
    return Reading(
        label=label,
        query=dict(query),
        ask=ask,
        agrees=lambda answer: agrees(stated, float(answer.value)),
        sure=lambda _: False,
    )


def active(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask on which day the Council activated the clause for a state."""
    subject, stated = claim.slots.get("subject"), claim.stated
    if not _on_state(claim) or not isinstance(subject, Name):
        return []
    assert isinstance(stated, DateMention)
    release = _first(world, ACTIVE, subject.id)
    who = world.countries.spoken(subject.id)

    def ask(as_of: Day) -> Answer | Missing:
        if release is None or release.published > as_of:
            return _not_among(world, subject.id, as_of, claim)
        value = release.published.isoformat()
        says = f"the Council activated the escape clause for {who} on {value}"
        return Answer(value, "date", release.published, release.document, says)

    def test(answer: Answer) -> bool:
        return answer.unit == "date" and stated.first <= answer.published <= stated.last

    def sure(answer: Answer) -> bool:
        return firm or answer.unit != "date"

    firm = bool(_COUNCIL.search(claim.words)) and stated.explicit and not PART.search(claim.words)
    query = {"ask": "escape clause", "side": "activated", "country": subject.id}
    return [Reading("activated", query, ask, test, sure=sure)]


def _not_among(world: World, country: str, as_of: Day, claim: Candidate) -> Answer | Missing:
    """Return that a state is not among those decided on, where words say that it has the clause."""
    who = world.countries.spoken(country)
    history = world.history(ACTIVE)
    known = [i for i, each in enumerate(history.releases) if each.published <= as_of]
    if not known or not _HAS.search(claim.words) or PART.search(claim.words):
        return Missing(f"no decision of the Council on the clause for {who} is held by {as_of}")
    codes: set[str] = set().union(*(history.reported[i] for i in known))
    last = history.releases[known[-1]]
    says = f"by {as_of} the clause was activated for {len(codes)} states, {who} not among them"
    return Answer("not activated", "membership", last.published, last.document, says)


def asked(world: World, claim: Candidate, _day: Day) -> list[Reading]:
    """Ask by which day a state had asked for the clause.

    Its request may be older than that day: an earlier day is neither right nor wrong.
    """
    subject, stated = claim.slots.get("subject"), claim.stated
    if not _on_state(claim) or not isinstance(subject, Name):
        return []
    assert isinstance(stated, DateMention)
    release = _first(world, ASKED, subject.id)
    opened = parameter(world, "escape-clause-cap", Day.max)
    who = world.countries.spoken(subject.id)

    def ask(as_of: Day) -> Answer | Missing:
        if release is None or opened is None or release.published > as_of:
            return Missing(f"no request of {who} for the escape clause is on record by {as_of}")
        bound = release.published
        says = f"{who} asked for the escape clause between {opened.known_from} and {bound}"
        whole = stated.first <= opened.known_from and bound <= stated.last
        if not whole and stated.first <= bound and opened.known_from <= stated.last:
            return Missing(f"{says}: the day itself is not on record")
        return Answer(bound.isoformat(), "date", bound, release.document, says)

    def test(answer: Answer) -> bool:
        return stated.first <= answer.published <= stated.last

    firm = stated.explicit and stated.grain in ("day", "month") and not PART.search(claim.words)
    query = {"ask": "escape clause", "side": "asked", "country": subject.id}
    return [Reading("asked", query, ask, test, sure=lambda _: firm)]


def _speaks(claim: Candidate) -> bool:
    """Say whether a sentence, or those just before it, name the clause."""
    return bool(_CLAUSE.search(claim.words) or _CLAUSE.search(claim.before))


def _on_state(claim: Candidate) -> bool:
    return _speaks(claim) and isinstance(claim.stated, DateMention)


def _first(world: World, series: str, country: str) -> Release | None:
    """Return the first release in which a state stands, if any."""
    history = world.history(series)
    given = zip(history.releases, history.reported, strict=True)
    return next((release for release, codes in given if country in codes), None)
