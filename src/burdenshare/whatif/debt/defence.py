"""Extra defence spending and SAFE loans by state and year, and the escape clause they fall under.

Spending is in points of GDP on top of the path that the debt model has; loans are in euros.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.borrowing import CAP, borrowed
from burdenshare.whatif.changes import Borrow, Spend
from burdenshare.whatif.scenarios import Scenario
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World
from burdenshare.world.organisations import Dated

FIRST, LAST = 2025, 2042  # the years that the debt model projects
BASE = 2021  # the year with whose spending the clause compares
MOST = 20.0  # points of GDP a year
_UNION = "eu"
_SHARE = "share_gdp"
_PIECE = re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{1,6})?):([0-9]{4})(?:-([0-9]{4}))?").fullmatch
_WRITE = "write points of GDP and years, such as +1.5:2025-2028 or +0.5:2025,+1:2026-2028"

Years = Mapping[int, float]
ByState = Mapping[str, Years]


@dataclass(frozen=True, slots=True)
class Defence:
    """What is spent on top (% of GDP of the year) and drawn as loans (EUR), by state and year."""

    spending: ByState
    loans: ByState = field(default_factory=dict)
    sources: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[str, ...] = ()


def parse_defence(text: str) -> dict[int, float]:
    """Return points of GDP by year from a text such as `+1.5:2025-2028`.

    Pieces are separated by commas, and no year may stand in two. Raises UserError for anything
    else: a negative figure, a year outside the debt model, years in the wrong order.

    >>> parse_defence("+0.5:2025,+1:2027-2028")
    {2025: 0.5, 2027: 1.0, 2028: 1.0}
    """
    found: dict[int, float] = {}
    for piece in text.replace(" ", "").split(","):
        match = _PIECE(piece)
        if match is None:
            raise UserError(f"--defence is {text[:40]!r}: {_WRITE}")
        sign, points, first, last = match.groups()
        for year in _span(int(first), int(last or first), text):
            if year in found:
                raise UserError(f"--defence is {text[:40]!r}: {year} stands in it twice: {_WRITE}")
            found[year] = float(sign + points)
    _check(found, f"--defence is {text[:40]!r}")
    return dict(sorted(found.items()))


def _span(first: int, last: int, text: str) -> range:
    if first > last:
        raise UserError(f"--defence is {text[:40]!r}: write the earlier year first")
    return range(first, last + 1)


def _check(path: Years, where: str) -> None:
    """Refuse points and years that the model has no place for."""
    for year, points in path.items():
        if not FIRST <= year <= LAST:
            raise UserError(
                f"{where}: {year} is no year of the debt model: write years from {FIRST} to {LAST}"
            )
        if not 0 <= points <= MOST:
            raise UserError(
                f"{where}: {points:g} points of GDP on top in {year}: write 0 to {MOST:g}; "
                "what is taken away is no extra spending"
            )


def on_top(text: str, countries: Sequence[str]) -> Defence:
    """Return the same extra spending for several states, from a text as in `parse_defence`.

    >>> on_top("+1.5:2028", ["POL"]).spending
    {'POL': {2028: 1.5}}
    """
    path = parse_defence(text)
    return Defence({code: dict(path) for code in countries})


def checked(defence: Defence) -> Defence:
    """Return a defence path, refusing negative points or loans and years outside the model."""
    for code, path in defence.spending.items():
        _check(path, f"defence of {code}")
    for code, loan in defence.loans.items():
        for year, euros in loan.items():
            if not FIRST <= year <= LAST or not euros >= 0:
                raise UserError(
                    f"loan of {code} in {year} is EUR {euros:g}: "
                    f"write 0 or more, in years from {FIRST} to {LAST}"
                )
    return defence


def safe_loans(world: World, first: int, last: int, as_of: Day | None = None) -> Defence:
    """Return the SAFE loans decided, or else meant for a state, drawn evenly in years first..last.

    >>> loans = safe_loans(World(), 2026, 2030).loans
    >>> loans["FIN"][2026], len(loans["FIN"])
    (200000000.0, 5)
    """
    if first > last:
        raise UserError(f"loans from {first} to {last}: write the earlier year first")
    return _loans(world, "eu-safe", range(first, last + 1), as_of or world.latest)


def _loans(world: World, programme: str, years: range, day: Day) -> Defence:
    found = borrowed(world, programme, years[0], years[-1], day)
    loans = {row["country"]: dict.fromkeys(years, row["per_year_eur"]) for row in found["rows"]}
    notes = []
    tentative = [row["country"] for row in found["rows"] if row["status"] != "decided"]
    if tentative:
        notes.append(
            f"{found['title']}: the amount for {', '.join(sorted(tentative))} is tentative"
        )
    until = _known(world, "safe-available-until", day).value
    if isinstance(until, Day) and years[-1] > until.year:
        notes.append(
            f"{found['title']}: drawn up to {years[-1]}, but paid out to {until} at the latest"
        )
    return checked(Defence({}, loans, tuple(found["sources"]), tuple(notes)))


def from_scenario(world: World, scenario: Scenario, as_of: Day | None = None) -> Defence:
    """Return what a scenario spends on top (`spend` with `add`) and borrows (`borrow`).

    What is spent by a share or a path is not on top of anything: it is named in the notes. Raises
    UserError for points that are taken away and years outside the debt model.
    """
    day = as_of or scenario.day(world)
    spending: dict[str, dict[int, float]] = {}
    loans: dict[str, dict[int, float]] = {}
    sources: list[Mapping[str, Any]] = []
    notes: list[str] = []
    for change in scenario.active():
        if isinstance(change, Borrow):
            drawn = _loans(world, change.programme, range(change.first, change.last + 1), day)
            _add(loans, drawn.loans)
            sources += drawn.sources
            notes += drawn.notes
        elif isinstance(change, Spend) and change.add is None:
            notes.append(f"{change.id}: a share of GDP, not points on top: not in the debt paths")
        elif isinstance(change, Spend):
            who = scenario.countries(change, world, day)
            _add(spending, dict.fromkeys(who, _points(change, scenario.last)))
            source = {"what": change.id, "published": None, "document": change.citation}
            sources.append(source | {"source": "scenario " + scenario.id})
    return checked(Defence(spending, loans, tuple(sources), tuple(notes)))


def _points(change: Spend, end: int) -> dict[int, float]:
    """Return the points of a change by year: the whole, or an even rise to the year `by`."""
    assert change.first is not None
    assert change.add is not None
    rise = 1 if change.by is None else change.by - change.first + 1
    years = range(change.first, (change.last or end) + 1)
    return {year: change.add * min((year - years[0] + 1) / rise, 1.0) for year in years}


def _add(found: dict[str, dict[int, float]], more: ByState) -> None:
    for code, path in more.items():
        own = found.setdefault(code, {})
        for year, value in path.items():
            own[year] = own.get(year, 0.0) + value


def _known(world: World, name: str, day: Day) -> Dated:
    found = world.organisations[_UNION].parameter(name, Day.max, day)
    if found is None:
        raise UserError(f"{name} of the European Union was not known on {day}: ask for a later day")
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a loan: years in all, years without repayment, % a year."""

    longest: int
    grace: int
    rate: float


def safe_rate(world: World, as_of: Day | None = None) -> tuple[float, str]:
    """Return the rate that is assumed for SAFE loans, % a year, and where it is from.

    >>> safe_rate(World())[0]
    3.413
    """
    found = _known(world, "safe-rate", as_of or world.latest)
    assert not isinstance(found.value, Day)
    return found.value, found.citation


def terms(world: World, as_of: Day | None = None, rate: float | None = None) -> Terms:
    """Return the terms of SAFE loans known on a day, at a rate in % a year if one is given.

    >>> terms(World())
    Terms(longest=45, grace=10, rate=3.413)
    """
    day = as_of or world.latest
    if rate is None:
        rate, _ = safe_rate(world, day)
    if not 0 <= rate <= 20:
        raise UserError(f"rate of the loans is {rate:g}: write % a year from 0 to 20")
    longest, grace = (_known(world, name, day).value for name in ("safe-longest", "safe-grace"))
    assert not isinstance(longest, Day)
    assert not isinstance(grace, Day)
    return Terms(int(longest), int(grace), rate)


def repayments(drawn: Years, terms: Terms, last: int = LAST) -> dict[int, float]:
    """Return the principal paid back by year up to `last`, in the unit of what was drawn.

    Nothing in the years of grace after the year of drawing, then equal parts to the end.

    >>> repayments({2026: 35.0, 2027: 70.0}, Terms(45, 10, 3.0), 2038)
    {2037: 1.0, 2038: 3.0}
    """
    found: dict[int, float] = {}
    for year, amount in drawn.items():
        part = amount / (terms.longest - terms.grace)
        for due in range(year + terms.grace + 1, min(year + terms.longest, last) + 1):
            found[due] = found.get(due, 0.0) + part
    return dict(sorted(found.items()))


def spent(points: Years, drawn: Years, gdp: Years) -> dict[int, float]:
    """Return what is spent on top by year, in % of GDP: the points, or the loan where it is larger.

    `drawn` and `gdp` are in one currency. A loan pays for spending inside the points and is not
    added to them.

    >>> spent({2026: 1.5}, {2026: 5.0, 2027: 5.0}, {2026: 1000.0, 2027: 1000.0})
    {2026: 1.5, 2027: 0.5}
    """
    years = sorted({*points, *drawn})
    return {
        year: max(points.get(year, 0.0), 100 * drawn[year] / gdp[year] if drawn.get(year) else 0.0)
        for year in years
    }


@dataclass(frozen=True, slots=True)
class Clause:
    """The escape clause of one state: since when, by which decision, points of GDP by year."""

    activated: Day
    document: str
    caps: Years


def clauses(world: World, as_of: Day | None = None) -> dict[str, Clause]:
    """Return the states for which the clause was active on a day.

    >>> [code in clauses(World(), Day(2025, 10, 9)) for code in ("POL", "DEU")]
    [True, False]
    >>> clauses(World())["AUT"].caps
    {2026: 1.5, 2027: 1.5, 2028: 1.5}
    """
    day = as_of or world.latest
    history = world.history(CAP)
    found: dict[str, Clause] = {}
    for code in history.countries(day):
        facts = [history.on(code, year, day) for year in history.years(day)]
        known = [fact for fact in facts if isinstance(fact, Fact)]
        release = known[0].release
        caps = {fact.year: fact.value for fact in known}
        found[code] = Clause(release.published, release.document, caps)
    return found


@dataclass(frozen=True, slots=True)
class Covered:
    """Extra spending by year in % of GDP: left out of the limits, and what is not."""

    inside: Years
    outside: Years
    said: tuple[str, ...]


def under_clause(code: str, points: Years, clause: Clause | None) -> Covered:
    """Return how much of extra spending the escape clause of a state covers, and say what not.

    >>> clause = Clause(Day(2025, 7, 8), "Council", {2025: 1.5})
    >>> under_clause("POL", {2025: 2.0}, clause).said
    ('POL: 2 points in 2025 are 0.5 above the cap of 1.5: the rest counts in full',)
    """
    caps: Years = clause.caps if clause else {}
    used = {year: value for year, value in points.items() if value > 0}
    inside = {year: min(value, caps.get(year, 0.0)) for year, value in used.items()}
    outside = {year: used[year] - inside[year] for year in used}
    said = []
    if used and clause is None:
        said.append(f"{code}: the escape clause is not active: all of it counts in full")
    elif clause:
        said += [
            f"{code}: {used[year]:.3g} points in {year} are {over:.3g} above the cap of "
            f"{caps[year]:g}: the rest counts in full"
            for year, over in outside.items()
            if over > 1e-9 and year in caps
        ]
        bare = [str(year) for year in used if year not in caps]
        if bare:
            said.append(
                f"{code}: the escape clause does not hold in {', '.join(bare)}: "
                "what is spent then counts in full"
            )
    return Covered(inside, outside, tuple(said))


@dataclass(frozen=True, slots=True)
class Risen:
    """By how many points of GDP a state's defence spending rose, and where that stands."""

    first: int
    last: int
    points: float
    citation: str


def risen(world: World, code: str, as_of: Day | None = None) -> Risen | str:
    """Return the rise from 2021 to 2024 by NATO's definition, or the reason why there is none.

    NATO's figures are not those of the clause (COFOG): they show how near the cap is, no more.

    >>> round(risen(World(), "POL", Day(2026, 8, 1)).points, 2)
    1.56
    """
    day = as_of or world.latest
    first, last = (world.fact(_SHARE, code, year, day) for year in (BASE, FIRST - 1))
    if isinstance(first, Gap) or isinstance(last, Gap):
        return f"rise since {BASE}: " + next(g.reason for g in (first, last) if isinstance(g, Gap))
    if first.release != last.release:
        return f"rise since {BASE}: no one release gives both {BASE} and {FIRST - 1}"
    cited = f"{last.release.document} ({last.release.published}), {last.definition}"
    return Risen(BASE, FIRST - 1, round(last.value - first.value, 6), cited)


def known_state(world: World, code: str) -> str:
    """Return a code that the world knows, or an error with a hint."""
    if code not in world.countries.codes:
        raise UserError(
            f"country {code[:40]!r} is unknown: {did_you_mean(code, world.countries.codes)}"
        )
    return code
