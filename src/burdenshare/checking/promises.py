"""Questions about pledges and money: what was promised, and what an amount is worth."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from burdenshare.checking.answers import Answer, Missing, Reading
from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Quantity
from burdenshare.reading.units import NO_CURRENCY
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.pledges import Part, Pledge
from burdenshare.world.rates import Fixing

_WINDOW = timedelta(days=14)
_YEARS = timedelta(days=5 * 365)
_NEAR = 0.02


def part(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask which pledge, known on the day, names a share of GDP."""
    stated, by = claim.stated, claim.slots.get("by")
    if claim.organisation != "nato" or not isinstance(stated, Quantity):
        return []
    year = by.last.year if isinstance(by, DateMention) else None
    words = claim.words if claim.pattern.options.get("words") else None
    for pledge, each in _parts(world, day):
        value = Decimal(repr(each.value))
        due = pledge.target.year if pledge.target else None
        if value != stated.value or (words and not any(word in words for word in each.words)):
            continue
        if year is not None and due is not None and year != due:
            continue
        return [_part(pledge, each, claim)]
    return []


def _parts(world: World, day: Day) -> list[tuple[Pledge, Part]]:
    pledges = [
        p
        for p in world.pledges.values()
        if p.known_from <= day and p.kind in ("pledge", "guideline")
    ]
    pledges.sort(key=lambda p: p.in_force, reverse=True)
    return [(pledge, each) for pledge in pledges for each in pledge.parts]


def _part(pledge: Pledge, each: Part, claim: Candidate) -> Reading:
    due = f" by {pledge.target.year}" if pledge.target else ""
    says = f"{pledge.title} names {each.value:g} %{due} ({pledge.citation})"
    answer = Answer(each.value, "% of GDP", pledge.known_from, pledge.citation, says)

    def ask(as_of: Day) -> Answer | Missing:
        return answer if pledge.known_from <= as_of else Missing(f"{pledge.id} was not known")

    return Reading(
        label=pledge.title,
        query={"ask": "pledge", "pledge": pledge.id, "part": each.id},
        ask=ask,
        agrees=lambda _: True,
        caveat=_caveat(pledge, claim.pattern.options.get("obliged", "")),
    )


def _caveat(pledge: Pledge, obliged: str) -> str:
    """Return what a claim of an obligation leaves out; `obliged` is "law" where it says "must"."""
    if obliged == "law" and not pledge.binding:
        return pledge.caveat or "it is a commitment of governments, which no treaty makes binding"
    return pledge.caveat if obliged else ""


def late(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask by how many years a date misses the year that was pledged."""
    stated, by = claim.stated, claim.slots.get("by")
    due = [p for p, _ in _parts(world, day) if p.target is not None]
    if not due or not isinstance(stated, Quantity) or not isinstance(by, DateMention):
        return []
    pledge = due[0]
    assert pledge.target is not None
    off = by.last.year - pledge.target.year
    says = f"{pledge.title} names {pledge.target.year}: {by.last.year} is {off} years later"
    answer = Answer(off, "years", pledge.known_from, pledge.citation, says)
    query = {"ask": "late", "pledge": pledge.id, "by": by.last.year}
    return [Reading("arithmetic", query, lambda _: answer, lambda a: a.value == int(stated.value))]


def conversion(world: World, claim: Candidate, day: Day) -> list[Reading]:
    """Ask what an amount was worth in another currency around the article's day.

    Which fixing an article used is not known: any implied rate between the lowest and the highest
    of the last two weeks, or of a time that the sentence names, agrees. A rate that the last five
    years saw may be that of an earlier time, and is never called wrong.
    """
    base, stated = claim.slots.get("base"), claim.stated
    if not isinstance(base, Quantity) or not isinstance(stated, Quantity):
        return []
    if base.unit == stated.unit or not base.value or NO_CURRENCY in (base.unit, stated.unit):
        return []
    recent = _rates(world, base.unit, stated.unit, day - _WINDOW, day)
    spoken = [d for d in (*claim.dates, *claim.loose) if d.last < day - _WINDOW]
    low, high = (float((stated.value + sign * stated.step / 2) / base.value) for sign in (-1, 1))
    if stated.comparator == "~":
        low, high = low * 0.99, high * 1.01

    def ask(_: Day) -> Answer | Missing:
        if not recent:
            return Missing(f"no ECB fixing of {base.unit} and {stated.unit} around {day} is held")
        fixing, rate = recent[-1]
        least, most = _range(recent)
        return Answer(
            round(float(base.value) * rate, 2),
            stated.unit,
            fixing.day,
            "European Central Bank, euro reference rates",
            f"the ECB fixing of {fixing.day} is {rate:.4f} {stated.unit} for one {base.unit}; the "
            f"amounts imply {float(stated.value / base.value):.4f}, and the two weeks before saw "
            f"{least:.4f} to {most:.4f}",
        )

    off = _off(recent, low, high)
    named = [
        d
        for d in spoken
        if _off(_rates(world, base.unit, stated.unit, d.first, d.last), low, high) == 0
    ]
    caveat = ""
    if off > 0 and named:
        caveat = f"they agree with the fixings of {named[0].first} to {named[0].last}, named there"
    elif 0 < off <= _NEAR:
        caveat = "the amounts imply a rate slightly off that of these days"

    def test(_: Answer) -> bool | None:
        if off == 0 or caveat:
            return True
        years = _rates(world, base.unit, stated.unit, day - _YEARS, day)
        return None if _off(years, low, high) <= _NEAR else False

    query = {
        "ask": "conversion",
        "from": base.unit,
        "to": stated.unit,
        "amount": float(base.value),
        "day": day.isoformat(),
    }
    return [Reading("conversion", query, ask, test, caveat=caveat)]


def _range(rates: list[tuple[Fixing, float]]) -> tuple[float, float]:
    return min(rate for _, rate in rates), max(rate for _, rate in rates)


def _off(rates: list[tuple[Fixing, float]], low: float, high: float) -> float:
    """Return by what part an implied rate, low to high, lies outside the range of fixings."""
    if not rates:
        return 1.0
    least, most = _range(rates)
    return max(least / high - 1, low / most - 1, 0.0)


def _rates(
    world: World, base: str, other: str, first: Day, last: Day
) -> list[tuple[Fixing, float]]:
    """Return the fixings of a stretch of days with the rate of one unit of base in other."""
    tables: list[dict[Day, Fixing]] = []
    for unit in (base, other):
        if unit == "EUR":
            continue
        if f"EXR.{unit}" not in world.series:
            return []
        fixings = world.fixings(f"EXR.{unit}").between(first, last)
        tables.append({f.day: f for f in fixings})
    days = sorted(set.intersection(*(set(t) for t in tables))) if tables else []
    found = []
    for day in days:
        per_euro = {
            unit: t[day].value
            for unit, t in zip((u for u in (base, other) if u != "EUR"), tables, strict=True)
        }
        found.append((tables[-1][day], per_euro.get(other, 1.0) / per_euro.get(base, 1.0)))
    return found
