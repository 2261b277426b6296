"""The inputs of the debt model, read from the releases known on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, parse_csv, read_bytes, read_toml, shown
from burdenshare.whatif.debt.inputs import HORIZON, YEARS, Floats, Inputs, hold, join
from burdenshare.world.datasets import Release
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from burdenshare.world.shelf import check_hash

EUROPE, COMMISSION, SHEET = "eu-dsa", "commission-2024", "commission-2024-sheet"
SETS = {
    EUROPE: ("eu-dsa", "dsa_"),
    COMMISSION: ("eu-dsa-commission", "dsa_com_"),
    SHEET: ("eu-dsa-commission", "dsa_com_"),
}
SHOCKS = ("eur", "usd", "short", "long", "growth", "balance")
MULTIPLIER = 0.75  # of the guidance of 2024
_QUARTERLY = CONTENT / "eu" / "dsa" / "fin_shocks_quarterly.toml"
_QUERY = "SELECT series, country, year, value FROM read_parquet(?) WHERE value IS NOT NULL"
_LONGEST = 30  # years: no state is taken to borrow for longer
_POOL = 14  # years in which Luxembourg's pension flow fades out
# What the Commission assumes thirty years on: inflation, long-term rate (the short one is half).
_LATER = {"POL": (2.5, 4.5), "ROU": (2.5, 4.5), "HUN": (3.0, 5.0)}
_ELSEWHERE = (2.0, 4.0)
_OWN_TARGET = ("POL", "ROU")  # half of their gap to the euro area's deflator is taken to last

Cells = Mapping[tuple[str, str], Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Shocks:
    """Past shocks of one state: rows of n x 6 in the order of SHOCKS, `per_year` of them a year."""

    values: Floats
    per_year: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The inputs of some states with the release they come from, and their past shocks."""

    inputs: Inputs
    shocks: Mapping[str, Shocks]
    release: Release
    notes: tuple[str, ...] = ()


def read_sheet(world: World, name: str = EUROPE, as_of: Day | None = None) -> Sheet:
    """Return the inputs known on a day, of all states that have them.

    `name` is "eu-dsa" (27 states), "commission-2024" (Finland, the Commission's own) or
    "commission-2024-sheet": the same, with the structure of debt that its sheet draws. Raises
    UserError for another name, and where no release was known on the day.

    >>> sheet = read_sheet(World())
    >>> len(sheet.inputs.countries), sheet.inputs.year
    (27, 2024)
    """
    if name not in SETS:
        raise UserError(f"inputs {name[:40]!r} are unknown: {did_you_mean(name, SETS)}")
    dataset, prefix = SETS[name]
    release = _known(world, dataset, as_of or world.latest)
    cells = _cells(world, release, prefix)
    if name != EUROPE:
        inputs = _inputs(cells, ("FIN",))
        return Sheet(_as_sheet(cells, inputs) if name == SHEET else inputs, _shocks(), release)
    countries = tuple(sorted({code for series, code in cells if series == "debt_ratio"}))
    shocks = {code: found for code in countries if (found := _annual(cells, code)) is not None}
    notes = tuple(note for note in release.notes if note.split(":")[0] in _NAMED)
    return Sheet(_inputs(cells, countries), shocks, release, notes)


_NAMED = ("Estonia, Sweden", "Romania", "Greece")


def _known(world: World, dataset: str, day: Day) -> Release:
    releases = world.datasets[dataset].releases
    known = [release for release in releases if release.published <= day]
    if not known:
        raise UserError(
            f"no inputs of the debt model ({dataset}) were known on {day}: "
            f"the first ones held are of {releases[0].published}"
        )
    return known[-1]


def _cells(world: World, release: Release, prefix: str) -> dict[tuple[str, str], dict[int, float]]:
    """Return the figures of a release by series, without its prefix, and country."""
    cells: dict[tuple[str, str], dict[int, float]] = {}
    for series, country, year, value in _rows(world, release):
        cells.setdefault((series.removeprefix(prefix), country), {})[year] = value
    return cells


def _rows(world: World, release: Release) -> list[tuple[str, str, int, float]]:
    if release.path.suffix == ".parquet":
        import duckdb

        check_hash(release)
        with duckdb.connect() as connection:
            rows: list[tuple[str, str, int, float]] = connection.execute(
                _QUERY, [str(release.path)]
            ).fetchall()
        return rows
    shelf = world.shelf(release.dataset)
    return [
        (series, row[1], int(row[2]), figure.value)
        for series in world.datasets[release.dataset].series
        for row, figure in shelf.rows(release, series)
        if figure.value is not None
    ]


class _Reader:
    """Turns cells into arrays: paths of Y x C from the year 0, numbers of C."""

    def __init__(self, cells: Cells, countries: Sequence[str]) -> None:
        self.cells, self.countries = cells, countries
        self.year = int(min(cells["short_share", countries[0]]))

    def path(self, series: str, years: int = YEARS, blank: float = np.nan) -> Floats:
        found = np.full((years, len(self.countries)), blank)
        for c, code in enumerate(self.countries):
            for year, value in self.cells.get((series, code), {}).items():
                if 0 <= year - self.year < years:
                    found[year - self.year, c] = value
        return found

    def number(self, series: str, blank: float | Floats = np.nan) -> Floats:
        first = self.path(series, 1)[0]
        return np.where(np.isnan(first), blank, first)

    def before(self, series: str) -> Floats:
        year = self.year - 1
        return np.array([self.cells.get((series, c), {}).get(year, np.nan) for c in self.countries])


def _inputs(cells: Cells, countries: tuple[str, ...]) -> Inputs:
    read = _Reader(cells, countries)
    gdp = read.number("gdp")
    later = np.array([_LATER.get(code, _ELSEWHERE) for code in countries]).T
    long_30 = read.number("long_30", later[1])
    potential_growth = read.path("potential_growth")
    potential = _grown(read.path("potential_gdp"), potential_growth)
    real = read.path("real_gdp")
    deflator = read.path("deflator")
    inflation_10 = read.number("inflation_10") + _own_target(read, deflator)
    mean = read.number("maturing_mean")
    maturing = read.path("maturing_path")
    maturing[0] = np.where(np.isnan(maturing[0]), read.number("maturing"), maturing[0])
    esm = read.path("esm_repayment", blank=0.0)
    owed = read.path("esm_repayment", HORIZON + 60, blank=0.0)
    later_esm = read.number("esm_later", 0.0)
    stock = owed[::-1].cumsum(axis=0)[::-1][1 : YEARS + 1] + later_esm
    domestic, euro = _currencies(read)
    last = read.number("last_forecast", read.year + 2.0)
    return Inputs(
        countries=countries,
        year=read.year,
        elasticity=read.number("elasticity"),
        multiplier=read.number("multiplier", MULTIPLIER),
        short_share=read.number("short_share"),
        short_owed=read.number("short_share"),
        rolled=np.zeros(len(countries), dtype=bool),
        maturity=np.minimum(np.round(1 / mean), _LONGEST),
        expenditure=read.number("expenditure"),
        debt=read.number("debt_total") / gdp * 100,
        ratio=read.number("debt_ratio"),
        balance=read.number("balance"),
        primary=read.number("primary_balance"),
        balance_before=read.before("balance"),
        edp=read.number("edp"),
        long_implicit=np.full(len(countries), np.nan),
        domestic=domestic,
        euro=euro,
        dollar=np.round(1 - domestic - euro, 4),
        loan_rate=np.zeros(len(countries)),
        growth=np.where(np.isnan(real), potential_growth, read.path("real_growth")),
        potential=potential,
        potential_growth=potential_growth,
        gap=np.where(np.isnan(real), 0.0, (real / potential - 1) * 100),
        forecast=np.arange(YEARS)[:, None] + read.year <= last,
        inflation=join(deflator, {10: inflation_10, 30: read.number("inflation_30", later[0])}),
        spb=hold(read.path("spb")),
        implicit=read.path("implicit_rate"),
        rate_short=join(
            read.path("rate_short"),
            {10: read.number("short_10"), 30: read.number("short_30", long_30 / 2)},
        ),
        rate_long=join(read.path("rate_long"), {10: read.number("long_10"), 30: long_30}),
        stock_flow=_stock_flow(read),
        stock_flow_level=read.path("stock_flow", blank=0.0) / gdp * 100,
        one_off=read.path("one_off", blank=0.0),
        ageing=read.path("ageing"),
        revenue=read.path("revenue", blank=0.0),
        maturing=join(maturing, {10: mean}),
        esm_repayment=esm / gdp * 100,
        esm_stock=stock / gdp * 100,
        exr_euro=hold(read.path("exr_eur")),
        exr_dollar=hold(read.path("exr_usd")),
        spending=np.zeros((YEARS, len(countries))),
        loan_in=np.zeros((YEARS, len(countries))),
        loan_out=np.zeros((YEARS, len(countries))),
    )


def _as_sheet(cells: Cells, inputs: Inputs) -> Inputs:
    """Return inputs with the debt that the sheet rolls over and its long-term implicit rate."""
    rate, owed = (
        np.array([next(iter(cells[series, code].values())) for code in inputs.countries])
        for series in ("long_implicit", "short_owed")
    )
    return replace(inputs, long_implicit=rate, short_owed=owed, rolled=np.ones(len(rate), bool))


def _grown(levels: Floats, growth: Floats) -> Floats:
    """Return levels of Y x C, gone on with by growth in % where they end."""
    found = levels.copy()
    for t in range(1, len(found)):
        on = found[t - 1] * (1 + growth[t] / 100)
        found[t] = np.where(np.isnan(found[t]), on, found[t])
    return found


def _own_target(read: _Reader, deflator: Floats) -> Floats:
    """Return what is added to inflation ten years on: for states with a target of their own.

    The deflator of the euro area is that of its states, weighted by their GDP.
    """
    own = np.isin(read.countries, _OWN_TARGET)
    if not own.any():
        return np.zeros(len(own))
    area = read.number("exr_eur") == 1
    weight = read.path("gdp")[2, area]
    mean = (deflator[2, area] * weight).sum() / weight.sum()
    return np.where(own, (deflator[2] - mean) / 2, 0.0)


def _currencies(read: _Reader) -> tuple[Floats, Floats]:
    """Return the shares of debt in national currency and in euro, C each."""
    domestic = np.round(read.number("domestic_share"), 4)
    euro = np.round(read.number("euro_share"), 4)
    area = read.number("exr_eur") == 1
    pegged = np.array(read.countries) == "BGR"
    domestic = np.where(area, 1.0, np.where(pegged, domestic + euro, domestic))
    return domestic, np.where(area | pegged, 0.0, euro)


def _stock_flow(read: _Reader) -> Floats:
    """Return stock-flow adjustments that are given as ratios, Y x C; NaN elsewhere."""
    found = read.path("stock_flow_ratio")
    given = ~np.isnan(found[1])
    found[:, given] = np.nan_to_num(found[:, given])
    pension = read.path("pension_balance")
    for c, code in enumerate(read.countries):
        if code == "LUX":
            found[3:11, c] = pension[3:11, c]
            fade = 1 - np.arange(1, YEARS - 10) / _POOL
            found[11:, c] = pension[10, c] * fade
    return found


def _annual(cells: Cells, code: str) -> Shocks | None:
    columns = [cells.get((f"shock_{name}", code), {}) for name in SHOCKS]
    years = sorted(set(columns[0]).intersection(*columns[1:]))
    if not years:
        return None
    return Shocks(np.array([[column[year] for column in columns] for year in years]), 1)


def _shocks() -> dict[str, Shocks]:
    """Return the Commission's quarterly shocks, by the state that they belong to."""
    table = read_toml(_QUARTERLY)
    path = _QUARTERLY.with_name(table.text("file"))
    data = read_bytes(path)
    if hashlib.sha256(data).hexdigest() != table.text("sha256"):
        raise UserError(
            f"{shown(path)}: its sha256 is not the one in {_QUARTERLY.name}: restore it"
        )
    rows = parse_csv(data.decode(), ("quarter", *SHOCKS), shown(path))
    values = np.array([[float(cell) for cell in row[1:]] for row in rows if row[0] >= "2000"])
    return {table.text("country"): Shocks(values, 4)}
