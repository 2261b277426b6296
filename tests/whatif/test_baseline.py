"""What was known on a day: against the figures of the releases, and on an outlook by hand."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.baseline import Baseline, Wanted, read_baseline
from burdenshare.whatif.economy import Money, economy
from burdenshare.whatif.outlook import DOLLARS, GROWTH, NATIONAL, read_outlook
from burdenshare.world.load import World
from whatif.small_outlook import Figures, by_year, cut_off, outlook
from world.own_releases import release_file

LATEST = date(2026, 10, 30)
HEAD = "series,country,year,value,status,precision,source,note\n"


def read(world: World, day: date, first: int, last: int) -> Baseline:
    return read_baseline(world, read_outlook(world, day), Wanted(("nato",), first, last), day)


@pytest.fixture(scope="module")
def latest() -> Baseline:
    return read(World(), LATEST, 2026, 2035)


def column(baseline: Baseline, code: str) -> int:
    return baseline.countries.index(code)


def real(money: Money) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return real GDP in each year, T x C."""
    grown = np.vstack([np.ones_like(money.real), 1 + money.growth[1:]])
    return np.cumprod(grown, axis=0) * money.real


# --- Against the releases ---


def test_the_members_with_forces_whose_share_is_known(latest: Baseline) -> None:
    assert len(latest.countries) == 31
    assert latest.members == {"nato": frozenset(latest.countries)}
    [iceland] = latest.gaps
    assert (iceland.country, iceland.reason) == ("ISL", "Iceland has no armed forces")
    assert {latest.years[at] for at in latest.base} == {2026}
    assert latest.price_year == 2026


def test_gdp_of_2026_is_that_of_the_outlook_of_october_2025(latest: Baseline) -> None:
    # WEO 2025-10, NGDPD 2026: 31,821.293 billion US dollars.
    at = latest.years.index(2026)
    assert real(latest.money)[at, column(latest, "USA")] == pytest.approx(31_821_293)
    assert latest.money.usd[at] == pytest.approx(np.ones(31))


def test_polish_spending_is_its_share_of_gdp(latest: Baseline) -> None:
    # NATO, 10 July 2026: 4.68 % of GDP; WEO 2025-10: GDP of 1,109.962 billion US dollars, and
    # 4,143.917 billion zlotys.
    poland, at = column(latest, "POL"), latest.years.index(2026)
    assert latest.base_share[poland] == 4.68
    spent = latest.base_share[poland] / 100 * real(latest.money)[at, poland]
    assert spent == pytest.approx(51_946, abs=1)
    zlotys = spent * latest.money.ncu[at, poland]
    assert zlotys == pytest.approx(0.0468 * 4_143_917, rel=1e-6)


def test_money_comes_back_to_the_figures_of_the_outlook(latest: Baseline) -> None:
    known = read_outlook(World(), LATEST)
    rows = [known.years.index(year) for year in latest.years if year in known.years]
    columns = [known.countries.index(code) for code in latest.countries]
    own = [code not in latest.euro for code in latest.countries]
    grown = real(latest.money)[: len(rows)]
    dollars = grown * latest.money.usd[: len(rows)]
    national = grown * latest.money.ncu[: len(rows)]
    assert dollars == pytest.approx(known.values[DOLLARS][-1][np.ix_(rows, columns)] * 1000)
    assert national[:, own] == pytest.approx(
        known.values[NATIONAL][-1][np.ix_(rows, columns)][:, own] * 1000
    )


def test_who_pays_in_euros_has_one_amount_in_both(latest: Baseline) -> None:
    assert {"BGR", "DEU", "MNE"} <= latest.euro
    assert "POL" not in latest.euro
    for code in latest.euro:
        at = column(latest, code)
        assert (latest.money.ncu[:, at] == latest.money.eur[:, at]).all()


def test_after_the_outlook_growth_and_real_exchange_rates_stay(latest: Baseline) -> None:
    money, last = latest.money, latest.years.index(2030)
    assert latest.last_forecast == 2030
    assert (money.growth[last:] == money.growth[last]).all()
    dollars = money.usd[last + 1 :] / money.usd[last:-1]
    usa = column(latest, "USA")
    assert dollars == pytest.approx(np.broadcast_to(dollars[:, [usa]], dollars.shape))
    # Prices in the United States in 2030: GDP of 36,814.251 after 35,513.831, growth of 1.753 %.
    assert dollars[0, usa] == pytest.approx(36_814.251 / 35_513.831 / 1.01753, rel=1e-9)


def test_prices_of_past_years_turn_amounts_of_studies(latest: Baseline) -> None:
    assert latest.dollars[2026] == pytest.approx(1.0)
    assert latest.euros[2026] == pytest.approx(0.8568, abs=5e-5)  # WEO 2025-10, Germany
    # 31,821.293 after 30,615.743, growth of 2.102 %.
    assert latest.dollars[2025] == pytest.approx(30_615.743 / 31_821.293 * 1.02102, rel=1e-9)


def test_sources_name_the_releases(latest: Baseline) -> None:
    share, paths, *errors = latest.sources
    assert (share.published, paths.published) == (date(2026, 7, 10), date(2025, 10, 14))
    assert [len(each.hash) for each in latest.sources] == [64] * 16
    assert {each.what for each in errors} == {"errors of past forecasts"}


# --- As of a day ---


@pytest.mark.parametrize("day", [date(2019, 6, 25), date(2022, 6, 27), date(2025, 3, 14)])
def test_nothing_published_later_plays_a_part(tmp_path: Path, day: date) -> None:
    now = read(World(), day, day.year, day.year + 5)
    then = read(cut_off(tmp_path, day), day, day.year, day.year + 5)
    assert now.countries == then.countries
    assert now.sources == then.sources
    assert max(each.published for each in now.sources) <= day
    for name in Money.__slots__:
        one, other = getattr(now.money, name), getattr(then.money, name)
        assert np.array_equal(one, other, equal_nan=True)
    assert np.array_equal(now.share, then.share, equal_nan=True)


def test_base_years_differ_where_a_release_is_held_in_part() -> None:
    found = read(World(), date(2022, 6, 27), 2022, 2030)
    years = dict(zip(found.countries, (found.years[at] for at in found.base), strict=True))
    # The release of 27 June 2022 is held for 17 members, Germany and Poland among them.
    assert sum(year == 2022 for year in years.values()) == 17
    assert found.price_year == 2022
    assert found.years[0] == min(years.values())
    assert "SWE" not in years
    assert "FIN" not in years


def test_the_first_year_lies_before_what_is_uncertain(latest: Baseline) -> None:
    # The outlook of 2025 can still be wrong on 2024: paths start in 2023.
    assert latest.years == tuple(range(2023, 2036))
    assert read(World(), LATEST, 2020, 2030).years[0] == 2020


@pytest.mark.parametrize(
    ("day", "years", "message"),
    [
        (date(2014, 12, 31), (2014, 2020), "no World Economic Outlook was known on 2014-12-31"),
        (date(2015, 4, 14), (2015, 2020), "no member's share of GDP was known on 2015-04-14"),
        (LATEST, (2005, 2030), "years begin in 2005: GDP is known from 2010 on"),
        (LATEST, (2020, 2025), "years end in 2025, but shares of 2026 were known"),
    ],
)
def test_years_without_data_are_refused(day: date, years: tuple[int, int], message: str) -> None:
    with pytest.raises(UserError, match=message):
        read(World(), day, *years)


def test_an_edition_of_ones_own_counts_once_it_is_published(tmp_path: Path) -> None:
    rows = "NGDP_RPCH,USA,2026,3.5,projection,,book,\nNGDP_RPCH,USA,2009,1,actual,,book,\n"
    name = "2026-04-14"
    release_file(tmp_path, name, f"{name}.csv", (HEAD + rows).encode(), name="imf-weo")
    world = World(tmp_path)
    usa, at = "USA", 2026
    after = read(world, LATEST, 2026, 2035)
    before = read(world, date(2026, 4, 13), 2026, 2035)
    assert after.money.growth[after.years.index(at), column(after, usa)] == pytest.approx(0.035)
    assert before.money.growth[before.years.index(at), column(before, usa)] == pytest.approx(
        0.02102
    )


# --- By hand ---

# Real growth of 10 % and prices that double each year; in dollars the money keeps its worth.
EDITION: Figures = {
    GROWTH: {"DEU": by_year(2021, 0.0, 10.0), "USA": by_year(2021, 0.0, 25.0)},
    NATIONAL: {"DEU": by_year(2020, 10.0, 20.0, 44.0), "USA": by_year(2020, 80.0, 100.0, 150.0)},
    DOLLARS: {"DEU": by_year(2020, 40.0, 40.0, 44.0), "USA": by_year(2020, 80.0, 100.0, 150.0)},
}


def test_an_economy_by_hand() -> None:
    found = economy(outlook({date(2021, 4, 6): EDITION}), 2021, 2024)
    germany, usa = found.countries.index("DEU"), found.countries.index("USA")
    assert (found.first, found.last_forecast) == (2020, 2022)
    # GDP of 40 billion dollars in 2021; it stood still before, and grows by 10 % for ever.
    assert found.real[:, germany] == pytest.approx([40_000, 40_000, 44_000, 48_400, 53_240])
    # A constant dollar buys what one of 2021 did: 40 over 40, 44 over 44; then US prices, which
    # rose by 150 / 100 / 1.25 = 1.2 in 2022.
    assert found.usd[:, germany] == pytest.approx([1, 1, 1, 1.2, 1.44])
    assert found.usd[:, usa] == pytest.approx([0.8, 1, 1.2, 1.44, 1.728])
    # Half a euro to the dollar in 2021; German prices double, so that 10, 20, 44 come out.
    assert found.ncu[:, germany] == pytest.approx([0.25, 0.5, 1, 2, 4])
    assert found.eur[:, germany] == pytest.approx(found.ncu[:, germany])
    # Euros for a dollar: 10 / 40, 20 / 40, 44 / 44; then 2 over 1.2 more each year.
    rate = [0.25, 0.5, 1, 1 / 0.6, 1 / 0.36]
    assert found.eur[:, usa] == pytest.approx(np.multiply(rate, [0.8, 1, 1.2, 1.44, 1.728]))


def test_a_reduced_edition_gives_growth_and_an_earlier_one_the_rest() -> None:
    reduced: Figures = {GROWTH: {"DEU": {2022: 50.0}, "USA": {2022: 25.0}}}
    found = economy(outlook({date(2021, 4, 6): EDITION, date(2021, 10, 12): reduced}), 2021, 2022)
    germany = found.countries.index("DEU")
    assert found.real[:, germany] == pytest.approx([40_000, 40_000, 60_000])
    assert found.usd[:, germany] == pytest.approx([1, 1, 1])
    assert found.ncu[:, germany] == pytest.approx([0.25, 0.5, 1])


def test_a_figure_that_is_left_out_does_not_come_back_to_life() -> None:
    blank: Figures = {DOLLARS: {"DEU": {2022: None}}}
    known = outlook({date(2021, 4, 6): EDITION, date(2021, 10, 12): blank})
    row = known.newest(DOLLARS)[known.years.index(2022)]
    assert np.isnan(row[known.countries.index("DEU")])
    assert row[known.countries.index("USA")] == 150.0


def test_a_country_without_figures_is_a_gap_and_no_guess() -> None:
    without: Figures = {
        **EDITION,
        GROWTH: {**EDITION[GROWTH], "POL": by_year(2021, 1.0, 1.0)},
    }
    found = economy(outlook({date(2021, 4, 6): without}), 2021, 2024)
    assert not found.missing("DEU", range(2020, 2025))
    assert found.missing("POL", range(2020, 2025)).endswith("gives no GDP for 2020")
    assert found.missing("ISL", range(2020, 2025)).endswith("does not speak of it")


def test_an_outlook_without_the_price_year_or_the_dollar_is_refused() -> None:
    with pytest.raises(UserError, match="does not give GDP of 2023"):
        economy(outlook({date(2021, 4, 6): EDITION}), 2023, 2024)
    german = {series: {"DEU": rows["DEU"]} for series, rows in EDITION.items()}
    with pytest.raises(UserError, match="does not speak of USA"):
        economy(outlook({date(2021, 4, 6): german}), 2021, 2024)


def test_arrays_of_another_shape_are_refused() -> None:
    two = np.ones((2, 2))
    money = Money(two, np.ones(2), two, two, np.ones((3, 2)))
    with pytest.raises(ValueError, match="years by countries are \\(2, 2\\)"):
        Baseline(LATEST, ("A", "B"), (2025, 2026), two, np.zeros(2, int), money, 2026, {})
