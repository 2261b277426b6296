"""Questions about figures that were found by their topic: a series, a subject, a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from burdenshare.checking.answers import Reading
from burdenshare.checking.counts import Counting, pledges_of
from burdenshare.checking.dues import due, which_dues
from burdenshare.checking.figures import DEFENCE, figure
from burdenshare.checking.held import SHARE
from burdenshare.checking.payer_ranks import rank_of
from burdenshare.checking.payers import last_body, payers_of
from burdenshare.checking.ranks import by_share
from burdenshare.checking.rates import peacekeeping
from burdenshare.checking.revenue import (
    ALL,
    SYSTEM,
    amount,
    has_accounts,
    out_on,
    part,
    place_of,
    spans_of,
)
from burdenshare.checking.series_ranks import series_rank
from burdenshare.checking.tenses import ahead, past, whole, years_before
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.lexicon import Name
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

_SCALES = {"million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}
_SCALE = "un_regular_rate"
_LOAN = "eu_safe_loan"


def unsure(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings that never call a claim wrong."""
    return [replace(each, sure=lambda _: False) for each in readings]


def topic(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for the newest figure of a topic's series, or that of the year which is named."""
    stated = claim.stated
    if not isinstance(stated, Quantity):
        return []
    codes = _codes(claim)
    readings: list[Reading] = []
    for name in claim.pattern.options["series"].split():
        asked = _in_units(stated, world.series[name].unit)
        known = world.history(name).countries(Day.max)
        if asked is None or not codes or any(code not in known for code in codes):
            continue
        first = not readings
        for i, year in enumerate(_years(world, name, codes[0], claim, day)):
            readings += [
                figure(world, name, code, year, asked, main=first and i == 0) for code in codes
            ]
    return unsure(readings)


def peacekeeping_rate(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask for a member's rate for peacekeeping."""
    stated = claim.stated
    if not isinstance(stated, Quantity):
        return []
    years = [year for year in _named(claim, day) if year <= day.year] or [day.year]
    if claim.pattern.options["period"]:
        years = [day.year - day.year % 3 - 1]
    return unsure(
        [
            peacekeeping(world, code, year, stated, main=i == 0)
            for code in _codes(claim)
            for i, year in enumerate(years[:1])
        ]
    )


def owed_by(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a member owes: of the current year, of earlier ones, or for peacekeeping."""
    stated = claim.stated
    if not isinstance(stated, Quantity) or stated.unit != "USD":
        return []
    names = claim.pattern.options["series"].split()
    piece = _piece(claim)
    meant = which_dues(piece) if len(names) > 1 else names[0]
    return unsure(
        [
            due(world, name, code, day, stated, main=name == meant or not meant)
            for code in _codes(claim)[:1]
            for name in names
            if not meant or name == meant
        ]
    )


def given(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a country gave to the body of the United Nations that is named last before it."""
    stated, body = claim.stated, _body(claim)
    if not isinstance(stated, Quantity) or not has_accounts(world, body):
        return []
    if stated.unit not in ("USD", "%"):
        return []
    asked = amount if stated.unit == "USD" else part
    kinds = ("assessed",) if "assess" in claim.words or " dues" in claim.words else ALL
    readings = [
        asked(world, body, kinds, code, span, stated, main=i == 0)
        for i, span in enumerate(_spans(world, claim, day))
        for code in _codes(claim)
    ]
    return unsure(readings)


def received(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what a body of the United Nations received from all donors together."""
    stated, body = claim.stated, _body(claim)
    if not isinstance(stated, Quantity) or stated.unit != "USD" or body == SYSTEM:
        return []
    if not has_accounts(world, body):
        return []
    spans = _spans(world, claim, day)
    return unsure(
        [amount(world, body, ALL, "WLD", span, stated, main=i == 0) for i, span in enumerate(spans)]
    )


def place(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask which place a country takes in the ranking of a topic."""
    stated, options = claim.stated, claim.pattern.options
    number = int(stated.value) if isinstance(stated, Quantity) else 1
    low = options["period"] == "low"
    ranking = options["places"]
    readings: list[Reading] = []
    for code in _codes(claim)[:1]:
        if ranking == "share":
            years = _years(world, SHARE, code, claim, day)
            readings = by_share(world, claim, code, number, years, low=low)
        elif ranking == "loan":
            readings = [series_rank(world, _LOAN, code, number, low=low)]
        elif not low:
            readings = _payer(world, claim, day, code, number)
    return unsure(readings)


def _payer(world: World, claim: Candidate, day: Day, code: str, number: int) -> list[Reading]:
    """Return the question for a place among donors of a body, or among payers of the UN."""
    ranking = claim.pattern.options["places"]
    if ranking != "donor":
        year = next(iter(_years(world, _SCALE, code, claim, day)), day.year)
        return [rank_of(world, code, year, number, peace=ranking == "peacekeeping")]
    body = _body(claim)
    if not has_accounts(world, body):
        return []
    spans = _spans(world, claim, day)[:1]
    return [place_of(world, body, ALL, code, span, number, main=True) for span in spans]


def again(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask how many members met a level in another year than the count before."""
    date = claim.slots.get("year")
    if not isinstance(date, DateMention) or not whole(date) or date.first.year > day.year:
        return []
    level = float(claim.pattern.options["level"])
    return unsure(
        [
            Counting(world, pledge, criterion, date.first.year, claim).reading(main=i == 0)
            for i, (pledge, criterion) in enumerate(pledges_of(world, day, level, DEFENCE)[:1])
        ]
    )


def _codes(claim: Candidate) -> list[str]:
    """Return whom a figure is about: all that share it, or the code that stands for all."""
    if claim.pattern.options["subject"] != "country":
        return [claim.pattern.options["subject"]]
    named = claim.slots.get("subject")
    codes = payers_of(claim)
    return codes or ([named.id] if isinstance(named, Name) else [])


def _piece(claim: Candidate) -> str:
    piece = claim.slots.get("piece")
    return piece.id if isinstance(piece, Name) else claim.words


def _body(claim: Candidate) -> str:
    """Return the body of the United Nations that is named nearest: beside it, or before."""
    for words in (_piece(claim), claim.words, claim.before):
        body = last_body(words)
        if body:
            return SYSTEM if body == "UN" else body
    return ""


def _spans(world: World, claim: Candidate, day: Day) -> list[tuple[int, ...]]:
    """Return the years of accounts that may be meant, the likeliest first."""
    named = [d.first.year for d in claim.dates if whole(d) and d.first.year <= day.year]
    if named:
        return [(named[0],)]
    newest = [span for span in spans_of(world, claim, day) if out_on(span) <= day]
    carried = [d.first.year for d in claim.loose if whole(d) and d.first.year < day.year]
    spans = [(carried[0],), *newest] if carried and past(_piece(claim), claim.words) else newest
    return list(dict.fromkeys(spans)) or spans_of(world, claim, day)


def _in_units(stated: Quantity, unit: str) -> Quantity | None:
    """Return a figure in the units of a series, or None where it is in another currency."""
    words = unit.split()
    if stated.dimension != "money":
        return stated
    if not words or stated.unit != words[0]:
        return None
    scale = _SCALES.get(words[-1], Decimal(1))
    upper = None if stated.upper is None else stated.upper / scale
    return replace(stated, value=stated.value / scale, step=stated.step / scale, upper=upper)


def _named(claim: Candidate, day: Day) -> list[int]:
    return [d.first.year for d in claim.dates if whole(d)]


def _years(world: World, series: str, code: str, claim: Candidate, day: Day) -> Sequence[int]:
    """Return the years that may be meant, the likeliest first: the one named, else the newest.

    A figure of the time before, "from 9.68", is of the newest year but one, for the UN's scale of
    the period before; one of a coming year that the text names is of that year.
    """
    history = world.history(series)
    held = [year for year in history.years(day) if isinstance(history.on(code, year, day), Fact)]
    named = [year for year in _named(claim, day) if year in held]
    if named:
        return named[:1]
    known = [year for year in held if year <= day.year]
    coming = [year for year in held if year > day.year]
    if claim.pattern.options["period"] == "former":
        return years_before(claim, known, coming, scale=series == _SCALE)
    likely = ahead(claim, coming)
    if likely:
        return [*likely, *known[-1:]]
    loose = [d.first.year for d in claim.loose if whole(d) and d.first.year in known]
    if loose and past(_piece(claim), claim.words) and series != _SCALE:
        return list(dict.fromkeys([loose[0], *known[-1:-3:-1], *loose]))
    return list(dict.fromkeys([*known[-1:-3:-1], *loose, *coming[:1]]))
