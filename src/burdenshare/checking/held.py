"""Figures of members and of groups: as published, else worked out from those of the members."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from burdenshare.checking.answers import Missing
from burdenshare.world.dates import Day
from burdenshare.world.facts import Fact
from burdenshare.world.load import World

SHARE = "share_gdp"
CURRENT = "defence_expenditure_usd_current"
CONSTANT = "defence_expenditure_usd_constant"
NATIONAL = "defence_expenditure_national_currency"
NATO, ABROAD, EUROPE = "NATO_TOTAL", "NATO_EUR_CAN", "NATO_EUR"
UNION, UNION_ALLIES = "EU", "EU_NATO"
_SPOKEN = {
    NATO: "all of NATO",
    ABROAD: "the European allies and Canada",
    EUROPE: "the European allies",
    UNION: "the European Union",
    UNION_ALLIES: "the members of NATO in the European Union",
}
# Series that may be added up over countries.
_ADDED = frozenset(
    {CURRENT, CONSTANT, "military_personnel", "gdp_usd_current", "gdp_usd_constant", "NGDPD", "LP"}
)
_KEPT = 1 << 14


@dataclass(frozen=True, slots=True)
class Held:
    """One figure of a country or group, known on a day; `added` counts the members summed."""

    value: float
    step: float | None
    published: Day
    source: str
    url: str
    status: str
    definition: str
    newer: tuple[str, ...] = ()
    added: int = 0

    @property
    def basis(self) -> str:
        """What the figure is, in brackets: estimate, prices, whether it was added up here."""
        sum_ = f"added up here from {self.added} members" if self.added else ""
        return ", ".join(part for part in (self.status, self.definition, sum_) if part)


def spoken(world: World, code: str) -> str:
    """Return the name of a country or group as it stands in a sentence."""
    if code in _SPOKEN:
        return _SPOKEN[code]
    name = world.countries.spoken(code)
    return f"the {name}" if code in world.countries.groups else name


@lru_cache(maxsize=_KEPT)
def members_of(world: World, code: str, day: Day) -> tuple[str, ...]:
    """Return the members of a group on a day; of a country, none.

    Of NATO's groups, Iceland is left out, which has no armed forces and stands in no table.
    """
    if code in (UNION, UNION_ALLIES, "EMU"):
        union = [m.country for m in world.organisations["eu"].members(day)]
        if code == UNION:
            return tuple(union)
        if code == "EMU":
            return tuple(m.country for m in world.organisations["euro-area"].members(day))
    allies = [m.country for m in world.organisations["nato"].members(day) if m.forces]
    if code == UNION_ALLIES:
        return tuple(each for each in allies if each in union)
    out = {NATO: (), ABROAD: ("USA",), EUROPE: ("USA", "CAN")}
    if code in out:
        return tuple(each for each in allies if each not in out[code])
    group = world.countries.groups.get(code)
    return group.members if group else ()


@lru_cache(maxsize=_KEPT)
def held(world: World, series: str, code: str, year: int, as_of: Day) -> Held | Missing:
    """Return the figure of a country or group known on a day, or why there is none."""
    history = world.history(series)
    answer = history.on(code, year, as_of)
    if isinstance(answer, Fact):
        release = answer.release
        return Held(
            answer.printed,
            answer.step,
            release.published,
            f"{history.dataset.publisher}, {release.document}",
            history.dataset.url,
            answer.status,
            answer.definition,
            tuple(p.document for p in answer.newer),
        )
    members = members_of(world, code, min(as_of, Day(year, 12, 31)))
    if not members:
        name = world.countries.name(code)
        return Missing(f"{history.series.title}, {name}, {year}: {answer.reason}")
    if series == SHARE:
        return _shared(world, members, year, as_of)
    if series not in _ADDED:
        return Missing(f"{history.series.title}: no figure of {spoken(world, code)} is held")
    return _added(world, series, members, year, as_of)


def _all(
    world: World, series: str, members: tuple[str, ...], year: int, as_of: Day
) -> list[Held] | Missing:
    found = [held(world, series, member, year, as_of) for member in members]
    missing = next((each for each in found if isinstance(each, Missing)), None)
    return missing or [each for each in found if isinstance(each, Held)]


def _added(
    world: World, series: str, members: tuple[str, ...], year: int, as_of: Day
) -> Held | Missing:
    parts = _all(world, series, members, year, as_of)
    return parts if isinstance(parts, Missing) else _joined(parts, sum(p.value for p in parts))


def _shared(world: World, members: tuple[str, ...], year: int, as_of: Day) -> Held | Missing:
    """Return the share of a group: that of its members, weighed by their GDP.

    The GDP is what spending and share imply, else that of the IMF.
    """
    parts = _all(world, SHARE, members, year, as_of)
    if isinstance(parts, Missing):
        return parts
    for series in (CURRENT, CONSTANT, "NGDPD"):
        sizes = _all(world, series, members, year, as_of)
        if isinstance(sizes, Missing):
            continue
        pairs = [(s.value, p.value) for s, p in zip(sizes, parts, strict=True) if p.value]
        output = [size if series == "NGDPD" else size / share for size, share in pairs]
        money = sum(each * share for each, (_, share) in zip(output, pairs, strict=True))
        return _joined(parts, money / sum(output))
    return Missing(f"no GDP of {year} known on {as_of} to weigh the members' shares by")


def _joined(parts: list[Held], value: float) -> Held:
    newest = max(parts, key=lambda each: each.published)
    newer = {name: None for each in parts for name in each.newer}
    return Held(
        value,
        None,
        newest.published,
        newest.source,
        newest.url,
        newest.status,
        newest.definition,
        tuple(newer),
        len(parts),
    )


@lru_cache(maxsize=_KEPT)
def years_held(world: World, series: str, code: str, day: Day) -> tuple[int, ...]:
    """Return the years up to a day for which a figure of a country or group is known, newest first.

    Of a group that has to be added up, the years that its first member has.
    """
    history = world.history(series)
    years = [year for year in history.years(day) if year <= day.year][::-1]
    names = (code, *members_of(world, code, day)[:1])
    return tuple(
        year for year in years if any(isinstance(history.on(n, year, day), Fact) for n in names)
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """The members of a group and their figures, the highest first.

    `guessed` are those of whom only an earlier year is known, which stands in.
    """

    rows: tuple[tuple[str, Held], ...]
    guessed: tuple[str, ...]

    def places(self, code: str, *, lowest: bool = False) -> tuple[int, int] | None:
        """Return the best and the worst place of a member, which differ where figures are equal."""
        values = dict(self.rows)
        if code not in values:
            return None
        own, sign = values[code].value, -1 if lowest else 1
        ahead = sum(sign * each.value > sign * own for each in values.values())
        equal = sum(each.value == own for each in values.values())
        return ahead + 1, ahead + equal


@lru_cache(maxsize=_KEPT)
def ranking(world: World, series: str, group: str, year: int, as_of: Day) -> Ranking | Missing:
    """Return the members of a group by their figures, or why they cannot be ranked."""
    members = members_of(world, group, min(as_of, Day(year, 12, 31)))
    found: list[tuple[str, Held]] = []
    guessed: list[str] = []
    for each in members:
        figure = held(world, series, each, year, as_of)
        if isinstance(figure, Missing):
            guessed.append(each)
            figure = held(world, series, each, year - 1, as_of)
        if isinstance(figure, Held):
            found.append((each, figure))
    if not found or len(found) < len(members) or 3 * len(guessed) > len(members):
        return Missing(f"the figures of {year} known on {as_of} are held only in part")
    return Ranking(tuple(sorted(found, key=lambda pair: -pair[1].value)), tuple(guessed))
