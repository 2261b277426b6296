"""Past forecasts made again: two members on paper, and nothing from later in the real ones."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from burdenshare.whatif import simple
from burdenshare.whatif.backtest import DRAWS, SEED, backtest_answer, score
from burdenshare.whatif.origins import Origin, Outcome, find_origins, known_on, what_came
from burdenshare.whatif.plan import Floats
from burdenshare.whatif.share_errors import fit_share_errors
from burdenshare.whatif.shipped import KEPT, MODELS, SHIPPED, WITHOUT, Models, errors_with
from burdenshare.whatif.simple import SIMPLE, Forecast
from burdenshare.world.load import World
from whatif.small_outlook import cut_off

# Two members known from 2017 to 2020, Poland only to 2019; real GDP grows in Poland alone.
ORIGIN = Origin(
    day=date(2020, 7, 1),
    year=2020,
    countries=("POL", "USA"),
    base=np.array([2019, 2020]),
    first=2017,
    share=np.array([[1.8, 4.0], [1.9, 3.0], [2.0, 3.0], [np.nan, 3.0]]),
    spending=np.array([[1.8, 4.0], [2.0, 3.0], [2.2, 3.0], [np.nan, 3.0]]),
    ahead=np.array([[1.1, 1.0], [1.2, 1.0]]),
    money=np.array([100.0, 300.0]),
    left_out={},
)


@pytest.fixture
def all_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one past change be enough for a pool."""
    monkeypatch.setattr(simple, "FEWEST", 1)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("no-releases"))


@pytest.fixture(scope="module")
def answer(world: World) -> dict[str, Any]:
    return backtest_answer(world)


def generator() -> Generator:
    return np.random.Generator(np.random.SFC64(1))


def rows(answer: dict[str, Any], **wanted: object) -> list[dict[str, Any]]:
    return [row for row in answer["rows"] if all(row[k] == v for k, v in wanted.items())]


def pairs(draws: Floats) -> set[tuple[float, ...]]:
    """Return what members had in the same draw, each combination once."""
    return {tuple(row) for row in np.round(draws, 6).tolist()}


def test_the_last_value_stays() -> None:
    found = simple.last_value(ORIGIN, 7, generator())
    assert found.share.tolist() == [[[2.0, 3.0], [2.0, 3.0]]]
    assert found.index.tolist() == [[[1.0, 1.0], [1.0, 1.0]]]


def test_drift_goes_on_from_the_base_year() -> None:
    found = simple.drift(ORIGIN, 20_000, generator())
    # Poland's shares lie on a line: 0.1 a year from 2019, so 2.2 in 2021, without spread.
    assert found.share[:, 0, 0] == pytest.approx(2.2)
    assert found.index[:, 1, 0] == pytest.approx((2.2 + 3 * 0.2) / 2.2)
    # American changes -1, 0, 0: mean -1/3, deviation root(1/3); after a year root(1/3 + 1/9).
    assert found.share[:, 0, 1].mean() == pytest.approx(3 - 1 / 3, abs=0.02)
    assert found.share[:, 0, 1].std() == pytest.approx((4 / 9) ** 0.5, rel=0.02)


@pytest.mark.usefixtures("all_count")
def test_pooled_changes_span_as_many_years_as_the_forecast() -> None:
    found = simple.pooled_absolute(ORIGIN, 500, generator())
    # Poland, known to 2019, moves by changes over two years: 0.2 or -1 from 2017, 0 from 2018.
    assert set(np.round(found.share[:, 0, 0], 6)) == {2.2, 1.0, 2.0}
    # The United States by changes of one: 0.1, -1, 0.1, 0, 0.
    assert set(np.round(found.share[:, 0, 1], 6)) == {3.1, 2.0, 3.0}
    assert found.index == pytest.approx(found.share / ORIGIN.last * ORIGIN.ahead)


@pytest.mark.usefixtures("all_count")
def test_members_share_the_past_year_of_a_draw() -> None:
    found = simple.pooled_relative(ORIGIN, 500, generator())
    # Two years on, Poland takes three-year factors, all from 2017: 3/4 of the United States.
    assert set(np.round(found.share[:, 1, 0], 6)) == {1.5}
    # One year on: Poland over two years from 2017 (2.0/1.8, 3/4) or 2018 (1), the United States
    # over one from 2017 (1.9/1.8, 3/4), 2018 (2/1.9, 1) or 2019 (1).
    up, down = round(2 * 2 / 1.8, 6), 1.5
    one, other, third = round(3 * 1.9 / 1.8, 6), 2.25, round(3 * 2 / 1.9, 6)
    together = pairs(found.share[:, 0])
    assert {p for p, _ in together} == {up, down, 2.0}
    assert {(p, u) for p, u in together if u in (one, other)} <= {
        (p, u) for p in (up, down) for u in (one, other)
    }
    assert {p for p, u in together if u == third} <= {up, down, 2.0}
    # Spending has factors of its own: 2.2/1.8 over two years from 2017, not 2.0/1.8.
    assert round(2.2 / 1.8, 6) in set(np.round(found.index[:, 0, 0], 6))


def test_where_too_few_changes_are_known_shorter_ones_are_taken() -> None:
    found = simple.pooled_absolute(ORIGIN, 500, generator())
    # Fewer than 30 over two years and over three: those over one year.
    assert set(np.round(found.share[:, 1, 0], 6)) == {2.1, 1.0, 2.0}


def test_the_scores_of_two_members_by_hand() -> None:
    share = np.array([[[2.0, 3.0]], [[1.0, 3.0]]])  # two draws, one year ahead
    index = np.array([[[1.0, 1.2]], [[2.0, 1.2]]])
    came = Outcome(np.array([[1.995, 3.5], [np.nan, np.nan]]), np.array([[1.5, 1.0], [1.0, 1.0]]))
    flat = Forecast(np.repeat(share, 2, axis=1), np.repeat(index, 2, axis=1))
    found = {(measure, h): each for measure, h, each in score(ORIGIN, came, flat)}
    # Poland: (0.005 + 0.995) / 2 - 1 / 4; the United States: 0.5.
    assert found["share", 1].crps == pytest.approx([0.25, 0.5])
    # 1.995 is printed as 2.00 and counts; half of the draws have it.
    assert found["share", 1].brier == pytest.approx([0.25, 0.0])
    # Index 150 among 100 and 200: 50 - 25; 100 of two at 120.
    assert found["spending", 1].crps == pytest.approx([25.0, 20.0])
    # Both came; the draws have two and one: (0 + 1) / 2 - 1 / 4.
    assert found["count", 1].crps == pytest.approx([0.25])
    # A quarter of the money is Polish: 115 and 140, what came is 112.5: (2.5 + 27.5) / 2 - 25 / 4.
    assert found["total", 1].crps == pytest.approx([15 - 6.25])
    # Of the second year no share is known, but spending is.
    assert {measure for measure, h in found if h == 2} == {"spending", "total"}


def test_the_origins_are_the_days_that_first_told_their_year(world: World) -> None:
    days = ["2019-06-25", "2020-10-21", "2021-06-11", "2022-06-27", "2023-07-07", "2024-06-17"]
    assert [day.isoformat() for day in find_origins(world)] == [*days, "2025-08-28"]


def test_a_member_whose_share_is_old_is_left_out(world: World) -> None:
    origin = known_on(world, date(2021, 6, 11))
    assert set(origin.left_out) == {"CZE", "NLD"}
    assert "2019" in origin.left_out["CZE"]
    assert "ISL" not in origin.countries  # no forces
    base = dict(zip(origin.countries, origin.base.tolist(), strict=True))
    assert (base["USA"], base["ITA"]) == (2021, 2020)


@pytest.mark.parametrize("day", [date(2019, 6, 25), date(2021, 6, 11), date(2024, 6, 17)])
def test_no_figure_published_later_enters_a_forecast(
    world: World, day: date, tmp_path: Path
) -> None:
    past = cut_off(tmp_path, day)
    now, then = known_on(world, day), known_on(past, day)
    assert now.countries == then.countries
    assert now.left_out == then.left_out
    for name in ("base", "share", "spending", "ahead", "money"):
        assert np.array_equal(getattr(now, name), getattr(then, name), equal_nan=True), name
    assert now.first + len(now.share) - 1 == day.year
    theirs = Models(past).methods()
    for name, (_, method) in Models(world).methods().items():
        one = method(now, 512, generator())
        other = theirs[name][1](then, 512, generator())
        assert np.array_equal(one.share, other.share), name
        assert np.array_equal(one.index, other.index), name


def test_what_came_is_told_in_one_way_as_long_as_it_can_be(world: World) -> None:
    same, newest = date(2025, 8, 28), date(2026, 7, 10)
    origin = known_on(world, date(2023, 7, 7))
    came = what_came(world, origin, same, newest)
    albania = origin.countries.index("ALB")
    # 2024 by the release of 2025; 2025, which it also gives, by that of 2026: 2.01 fell to 1.48.
    assert round(came.share[0, albania], 2) == value(world, "share_gdp", 2024, same)
    assert round(came.share[1, albania], 2) == 1.48
    assert value(world, "share_gdp", 2025, same) == 2.01
    spending = "defence_expenditure_usd_constant"
    grown = [value(world, spending, year, newest) for year in (2025, 2023)]
    assert came.index[1, albania] == pytest.approx(grown[0] / grown[1], rel=0.01)
    assert np.isnan(came.share[3:]).all()


def value(world: World, series: str, year: int, day: date) -> float:
    fact = world.fact(series, "ALB", year, day)
    assert hasattr(fact, "printed")
    return float(fact.printed)


def test_another_truth_changes_the_scores_and_not_the_forecasts(world: World) -> None:
    seen: list[Floats] = []

    def spy(origin: Origin, draws: int, generator: Generator) -> Forecast:
        found = simple.pooled_relative(origin, draws, generator)
        seen.append(found.share)
        return found

    one, other = (
        backtest_answer(world, {"spy": ("", spy)}, truth=(day, date(2026, 7, 10)), draws=512)
        for day in (date(2025, 8, 28), date(2024, 6, 17))
    )
    half = len(seen) // 2
    assert all(np.array_equal(a, b) for a, b in zip(seen[:half], seen[half:], strict=True))
    assert rows(one, method="spy") != rows(other, method="spy")


def test_the_pledge_left_out_leaves_all_of_a_move_to_chance(world: World) -> None:
    day = date(2019, 6, 25)
    earned, none, full = (
        fit_share_errors(world, ["nato"], day),
        errors_with(world, day, 0.0),
        errors_with(world, day, 1.0),
    )
    assert 0 < earned.weight < 1
    # Where the pledge asks for something, its whole step leaves less of a rise to chance.
    assert len(none.residual) == len(earned.residual) == len(full.residual)
    assert (none.residual >= earned.residual).all()
    assert (earned.residual >= full.residual).all()
    # Greece, 2018 to 2019: above 2 %, so that nothing is asked.
    assert np.isclose(none.residual, full.residual).any()


def test_every_method_is_scored_on_the_same_forecasts(answer: dict[str, Any]) -> None:
    assert [each["method"] for each in answer["methods"]] == [*SIMPLE, *MODELS]
    assert len(answer["rows"]) == 4 * 5 * (len(SIMPLE) + len(MODELS))
    for measure in answer["measures"]:
        for horizon, origins in zip(range(1, 6), (7, 6, 5, 4, 3), strict=True):
            found = rows(answer, measure=measure["measure"], horizon=horizon)
            assert {row["origins"] for row in found} == {origins}
            assert len({row["n"] for row in found}) == 1
    assert (answer["settings"]["draws"], answer["settings"]["seed"]) == (DRAWS, SEED)


def test_a_point_has_no_interval_and_only_shares_meet_a_pledge(answer: dict[str, Any]) -> None:
    for row in answer["rows"]:
        assert (row["coverage50"] is None) == (row["method"] == "last")
        assert (row["brier"] is None) == (row["measure"] != "share")
        if row["coverage50"] is not None:
            assert 0 <= row["coverage50"] <= row["coverage80"] <= row["coverage95"] <= 1


def test_the_shipped_model_is_the_best_for_shares(answer: dict[str, Any]) -> None:
    for horizon in range(1, 6):
        found = {
            row["method"]: row["crps"] for row in rows(answer, measure="share", horizon=horizon)
        }
        assert min(found, key=found.__getitem__) == SHIPPED
    [best] = [
        test
        for test in answer["tests"]
        if (test["measure"], test["horizon"]) == ("share", 3) and test["best_simple"]
    ]
    assert best["percent"] < -10


def test_the_weight_of_the_pledge_is_earned(answer: dict[str, Any]) -> None:
    found = {
        test["against"]: test
        for test in answer["tests"]
        if (test["measure"], test["horizon"]) == ("share", None)
    }
    for other in (WITHOUT, KEPT):
        assert found[other]["difference"] < 0
        assert found[other]["p"] < 0.1


def test_no_p_is_smaller_than_so_few_origins_can_give(answer: dict[str, Any]) -> None:
    for test in answer["tests"]:
        assert test["least_p"] == 2.0 ** (1 - test["origins"])
        assert test["least_p"] <= test["p"] <= 1


def test_the_histogram_holds_every_forecast(answer: dict[str, Any]) -> None:
    for each in answer["pit"]:
        [row] = rows(answer, measure=each["measure"], horizon=each["horizon"], method=SHIPPED)
        assert sum(each["bins"]) == row["n"]


def test_only_years_that_count_in_one_way(world: World) -> None:
    found = backtest_answer(world, until=2024, draws=512)
    assert {row["horizon"]: row["origins"] for row in found["rows"]} == dict(
        zip(range(1, 6), (5, 4, 3, 2, 1), strict=True)
    )
    assert backtest_answer(world, until=2019, draws=512)["rows"] == []


def test_the_document_holds_what_comes_out(answer: dict[str, Any], root: Path) -> None:
    text = (root / "docs" / "backtest.md").read_text("utf-8")
    table = text.split("**CRPS: share of GDP", 1)[1].split("\n\n")[1]
    printed = {
        cells[0].strip("*"): [float(cell.strip("*")) for cell in cells[1:]]
        for line in table.splitlines()[2:-1]
        if (cells := re.findall(r"[^| ]+", line))
    }
    for name in (*SIMPLE, *MODELS):
        now = [row["crps"] for row in rows(answer, measure="share", method=name)]
        assert printed[name] == pytest.approx(now, abs=0.002), "run `make peers`, and paste"
