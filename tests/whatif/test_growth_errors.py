"""Errors of past editions: by hand on two editions, and what a path is put together from."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.growth_errors import GrowthErrors, fit_growth_errors
from burdenshare.whatif.outlook import DEFLATOR, DOLLARS, GROWTH, Outlook
from burdenshare.whatif.plan import Floats
from whatif.small_outlook import Figures, by_year, outlook

SPRING, AUTUMN = date(2023, 4, 11), date(2024, 10, 22)
# USA: 2, 1 and 1.5 % were forecast, 2.2, 2.5 and 2.8 % came; prices rose 5 % instead of 4 %.
THEN: Figures = {
    GROWTH: {
        "DEU": by_year(2022, 1.0, 1.0, 1.0),
        "TUR": by_year(2022, 5.0, 4.0),
        "USA": by_year(2022, 2.0, 1.0, 1.5, 2.0),
    },
    DEFLATOR: {
        "DEU": by_year(2021, 100.0, 102.0, 104.04, 104.04),
        "TUR": by_year(2021, 100.0, 150.0, 225.0, 225.0),
        "USA": by_year(2021, 200.0, 208.0, 208.0, 208.0),
    },
}
NOW: Figures = {
    GROWTH: {
        "DEU": by_year(2022, 1.5, 0.0, 0.0),
        "TUR": by_year(2022, 5.5, 5.0, 3.0),
        "USA": by_year(2022, 2.2, 2.5, 2.8, 2.0),
    },
    DEFLATOR: {
        "DEU": by_year(2021, 50.0, 51.0, 52.02, 54.621),
        "TUR": by_year(2021, 10.0, 16.5, 33.0, 33.0),
        "USA": by_year(2021, 100.0, 105.0, 105.0, 107.1),
    },
    DOLLARS: {"DEU": {2024: 4.0}, "TUR": {2024: 1.0}, "USA": {2024: 30.0}},
}
YEARS = (2022, 2023, 2024, 2025, 2026)


def fitted() -> GrowthErrors:
    return fit_growth_errors(outlook({SPRING: THEN, AUTUMN: NOW}))


def errors_of(vintages: list[int], growth: Floats, year: int = 2025) -> GrowthErrors:
    """Return errors of one economy, V x H x 1, without any of prices."""
    prices = np.where(np.isnan(growth), np.nan, 1.0)
    return GrowthErrors(("USA",), np.array(vintages), growth, prices, year, np.ones(1))


def test_an_error_is_what_the_newest_edition_says_less_the_forecast() -> None:
    usa = fitted().growth[0, :, 2]
    assert usa[:3] == pytest.approx([0.002, 0.015, 0.013])
    assert np.isnan(usa[3:]).all()
    assert np.isnan(fitted().growth[1]).all()


def test_a_spring_edition_does_not_judge_its_own_year() -> None:
    found = fit_growth_errors(outlook({SPRING: THEN, date(2024, 4, 16): NOW}))
    assert np.isnan(found.growth[0, :, 2]).tolist() == [False, False, True, True, True, True, True]


def test_errors_of_prices_are_factors_of_a_years_rise() -> None:
    # 5 over 4 %, 0 over 0 %, 2 over 0 %; Germany 2 over 2, 2 over 2, 5 over 0 %.
    found = fitted().prices[0]
    assert found[:3, 2] == pytest.approx([1.05 / 1.04, 1.0, 1.02])
    assert found[:3, 0] == pytest.approx([1.0, 1.0, 1.05])


def test_a_country_that_an_edition_leaves_out_takes_the_median_of_the_others() -> None:
    # Of 2024 Türkiye has no forecast: the others missed by -1.0 (Germany) and 1.3 (USA) points.
    paths = replace(fitted(), year=2023).paths(("DEU", "TUR", "USA"), YEARS)
    assert paths.growth[0, 2] == pytest.approx([-0.01, 0.0015, 0.013])


def test_a_path_holds_the_errors_by_horizon_and_starts_again_where_none_is_known() -> None:
    paths = replace(fitted(), year=2023).paths(("TUR", "USA"), YEARS)
    assert paths.growth.shape == (1024, 5, 2)
    # 2022 is where the paths start; 2023 to 2026 are horizons 0, 1 and again 1, 1.
    assert paths.growth[:512, :, 1] == pytest.approx(
        np.tile([0, 0.015, 0.013, 0.013, 0.013], (512, 1))
    )


def test_each_path_comes_with_its_opposite() -> None:
    paths = replace(fitted(), year=2023).paths(("TUR", "USA"), YEARS)
    assert (paths.growth[512:] == -paths.growth[:512]).all()
    assert paths.usd[512] == pytest.approx([1, 1, 1 / 1.02, 1.02**-2, 1.02**-3])
    assert paths.ncu[512, 1, 0] == pytest.approx(1.5 / 2)


def test_prices_run_on_and_turks_do_not_touch_the_dollar() -> None:
    paths = replace(fitted(), year=2023).paths(("TUR", "USA"), YEARS)
    assert paths.usd[0] == pytest.approx([1, 1, 1.02, 1.02**2, 1.02**3])
    assert paths.ncu[0, :, 1] == pytest.approx(paths.usd[0])
    # Türkiye 2023: 100 instead of 50 %.
    assert paths.ncu[0, :3, 0] == pytest.approx([1, 2 / 1.5, 2 / 1.5])


def test_who_pays_in_euros_shares_the_prices_of_the_area() -> None:
    found = fit_growth_errors(outlook({SPRING: THEN, AUTUMN: NOW}), euro={"DEU", "TUR"})
    paths = replace(found, year=2023).paths(("DEU", "TUR", "USA"), YEARS, euro={"DEU", "TUR"})
    # GDP of 4 and 1: Germany 1 and Türkiye 2/1.5 in 2023.
    assert paths.eur[0, 1] == pytest.approx(0.8 + 0.2 * 2 / 1.5)
    assert (paths.ncu[0, :, 0] == paths.eur[0]).all()
    assert (paths.ncu[0, :, 1] == paths.eur[0]).all()


def test_an_edition_without_a_deflator_takes_the_prices_of_its_neighbour() -> None:
    rates_only = {GROWTH: {code: by_year(2022, 0.0, 0.0, 0.0) for code in ("DEU", "TUR", "USA")}}
    found = fit_growth_errors(outlook({SPRING: THEN, date(2024, 1, 30): rates_only, AUTUMN: NOW}))
    # The edition of January 2024 speaks of 2024 at horizon 0, that of April 2023 at horizon 1.
    assert found.prices[1, 1] == pytest.approx(found.prices[0, 2])
    assert found.growth[1, 1, 2] == pytest.approx(0.028)


def test_two_editions_of_a_year_do_not_count_double() -> None:
    growth = np.full((3, 7, 1), np.nan)
    growth[:, 2, 0] = [0.1, 0.2, 0.3]
    growth[:, :2, 0] = 0.0
    drawn = errors_of([2019, 2019, 2020], growth).paths(("USA",), (2025, 2026)).growth[:512, 1, 0]
    often = [float(np.mean(drawn == value)) for value in (0.1, 0.2, 0.3)]
    # Of 512 draws at one half the standard deviation is 0.022.
    assert often == pytest.approx([0.25, 0.25, 0.5], abs=0.08)


def test_a_path_follows_an_edition_while_its_errors_are_known() -> None:
    growth = np.full((2, 7, 1), np.nan)
    growth[0, :5, 0] = 0.1
    growth[1, :3, 0] = 0.2
    drawn = errors_of([2019, 2021], growth).paths(("USA",), (2023, 2024, 2025, 2026, 2027))
    kinds = {tuple(path) for path in drawn.growth[:512, 1:, 0].tolist()}
    assert kinds == {(0.1, 0.1, 0.1, 0.1), (0.2, 0.2, 0.2, 0.1)}


def test_all_countries_of_a_path_take_their_errors_from_one_edition() -> None:
    growth = np.full((2, 7, 2), np.nan)
    growth[0, :3], growth[1, :3] = [0.1, 0.3], [0.2, 0.4]
    both = GrowthErrors(
        ("DEU", "USA"), np.array([2019, 2020]), growth, np.ones_like(growth), 2025, np.ones(2)
    )
    drawn = both.paths(("USA", "DEU"), (2025, 2026)).growth[:512, 1]
    assert {tuple(pair) for pair in drawn.tolist()} == {(0.3, 0.1), (0.4, 0.2)}


@pytest.mark.parametrize(
    ("last", "horizons"),
    [
        (5, [None, -1, 0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1]),
        (3, [None, -1, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2]),
        (0, [None, -1, 0, *[None] * 11]),
    ],
)
def test_beyond_the_last_horizon_the_errors_start_again_at_one(
    last: int, horizons: list[int | None]
) -> None:
    growth = np.full((1, 7, 1), np.nan)
    growth[0, : last + 2] = 0.0
    assert errors_of([2019], growth).horizons(range(2023, 2037)) == horizons


def test_the_small_step_is_silvermans_of_errors_less_the_median_of_their_edition() -> None:
    # Editions of 1 to 4 and of 11 to 14 are alike but for their medians: -1.5, -0.5, 0.5, 1.5
    # twice. Quartiles of the eight -0.75 and 0.75; deviation sqrt(10/7) = 1.195; 1.5/1.34 = 1.119.
    growth = np.full((2, 7, 4), np.nan)
    growth[0, :3], growth[1, :3] = [1, 2, 3, 4], [11, 12, 13, 14]
    found = GrowthErrors(
        ("A", "B", "C", "USA"), np.array([19, 20]), growth, np.ones_like(growth), 2025, np.ones(4)
    ).paths(("A", "B", "C", "USA"), (2025, 2026))
    assert found.smooth == pytest.approx([0, 0.9 * 1.5 / 1.34 * 8**-0.2])


def test_a_library_is_the_same_each_time() -> None:
    growth = np.full((2, 7, 1), np.nan)
    growth[0], growth[1] = 0.1, 0.2
    one, other = (
        errors_of([2019, 2020], growth).paths(("USA",), tuple(range(2023, 2040))) for _ in "ab"
    )
    assert (one.growth == other.growth).all()


def test_no_errors_and_none_that_are_known_yet() -> None:
    first_edition = fit_growth_errors(outlook({SPRING: THEN}))
    for errors in (GrowthErrors.none(), first_edition):
        paths = errors.paths(("DEU", "USA"), YEARS)
        assert paths.growth.shape == (1, 5, 2)
        assert not paths.growth.any()
        assert not paths.smooth.any()
        assert (paths.usd == 1).all()
        assert (paths.eur == 1).all()
        assert (paths.ncu == 1).all()


def test_a_country_without_an_outlook_is_refused() -> None:
    with pytest.raises(UserError, match="speaks of TVR: did you mean 'TUR'"):
        fitted().paths(("TVR",), YEARS)


def test_an_outlook_of_rates_alone_leaves_prices_as_forecast() -> None:
    def rates(figures: Figures) -> Figures:
        return {GROWTH: figures[GROWTH]}

    bare: Outlook = outlook({SPRING: rates(THEN), AUTUMN: rates(NOW)})
    paths = replace(fit_growth_errors(bare), year=2023).paths(("USA",), YEARS)
    assert (paths.usd == 1).all()
    assert paths.growth[0, 1, 0] == pytest.approx(0.015)
