"""Past moves and revisions of shares of GDP: on paper, and from nothing that came later."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.whatif import share_errors
from burdenshare.whatif.goals import Goal, goal_of, read_goals
from burdenshare.whatif.share_errors import ShareErrors, fit, fit_share_errors, revisions
from burdenshare.world.facts import History
from burdenshare.world.load import World
from whatif.small_outlook import cut_off
from world.own_releases import dataset, figure, release

# Two countries, four years. POL rises from 1.0; USA is above any goal.
PANEL = {
    "POL": {2018: 1.0, 2019: 1.1, 2020: 1.1, 2021: 1.2},
    "USA": {2018: 4.0, 2019: 4.0, 2020: 3.0, 2021: 3.3},
}


def half_a_point(country: str, share: float, year: int) -> float:
    """Return the step of a goal that lies half a point above POL, in all years."""
    return 0.5 if country == "POL" else 0.0


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let six moves and two revisions be enough."""
    monkeypatch.setattr(share_errors, "FEWEST_MOVES", 6)
    monkeypatch.setattr(share_errors, "FEWEST_REVISIONS", 2)


@pytest.mark.usefixtures("few")
def test_the_weight_by_hand() -> None:
    # Moves of POL 0.1, 0, 1/11; steps 0.5, 5/11, 5/11. The sum of products is
    # 0.05 + 0 + 5/121 = 0.0913223, of squares 0.25 + 50/121 = 0.6632231: 0.1376947.
    assert fit(PANEL, half_a_point).weight == pytest.approx(0.1376947, abs=1e-7)


@pytest.mark.usefixtures("few")
def test_residuals_are_what_the_pledge_does_not_explain() -> None:
    found = fit(PANEL, half_a_point)
    pull = 0.1376947 * 0.5
    polish = [1.1 / (1.0 + pull), 1.1 / (1.1 + pull), 1.2 / (1.1 + pull)]
    american = [4.0 / 4.0, 3.0 / 4.0, 3.3 / 3.0]
    assert found.residual == pytest.approx(np.array([polish, american]).T.ravel(), abs=1e-6)
    assert found.starts.tolist() == [0, 2, 4, 6]
    assert found.years == (2018, 2019, 2020)


def test_a_past_year_counts_half_after_four_years_and_by_its_moves() -> None:
    panel = {
        "POL": {2016: 1.0, 2017: 1.0, 2020: 1.0, 2021: 1.0},
        "USA": {2020: 1.0, 2021: 1.0},
    }
    # 2016 has one move and is four years back, 2020 has two: 0.5 to 2.
    assert fit(panel, half_a_point).chances == pytest.approx([0.2, 0.8])


def test_the_small_step_is_silvermans() -> None:
    panel = {"POL": {2018: 1.0, 2019: 1.0, 2020: 2.0, 2021: 6.0, 2022: 24.0}}
    # Residuals 1, 2, 3, 4: quartiles 1.75 and 3.25, deviation 1.29; 1.5 / 1.34 is less.
    assert fit(panel, half_a_point).smooth == pytest.approx(0.9 * 1.5 / 1.34 * 4**-0.2)


def test_few_moves_earn_the_pledge_no_weight_and_few_revisions_none() -> None:
    found = fit(PANEL, half_a_point, [0.9] * 9)
    assert found.weight == 0
    assert found.residual[0] == pytest.approx(1.1)
    assert found.revision.tolist() == [1.0]
    assert fit(PANEL, half_a_point, [0.9] * 10).revision.tolist() == [0.9] * 10


@pytest.mark.usefixtures("few")
def test_the_weight_stays_between_none_and_the_whole_step() -> None:
    falling = {"POL": dict(zip(range(2012, 2020), np.geomspace(4, 1, 8), strict=True))}
    rising = {"POL": dict(zip(range(2012, 2020), np.geomspace(1, 9, 8), strict=True))}
    assert fit(falling, half_a_point).weight == 0.0
    assert fit(rising, lambda *_: 0.01).weight == 1.0


def test_nothing_known_is_no_error() -> None:
    found = fit({}, half_a_point)
    assert (found.weight, found.smooth) == (0.0, 0.0)
    assert found.residual.tolist() == found.chances.tolist() == found.revision.tolist() == [1.0]
    assert ShareErrors.none(0.5).weight == 0.5
    # Years before 2012, shares of nought and years without the next are no moves.
    early = {"POL": {2010: 1.0, 2011: 2.0, 2013: 0.0, 2014: 1.0, 2016: 1.0}}
    assert fit(early, half_a_point).years == ()


@given(
    st.dictionaries(
        st.sampled_from(["DEU", "POL", "USA"]),
        st.dictionaries(st.integers(2012, 2022), st.floats(0.1, 10.0), max_size=8),
    ),
    st.floats(0.0, 1.0),
)
def test_stretches_and_chances_fit_together(
    panel: dict[str, dict[int, float]], step: float
) -> None:
    found = fit(panel, lambda *_: step)
    assert found.starts[0] == 0
    assert found.starts[-1] == len(found.residual)
    assert (np.diff(found.starts) > 0).all()
    assert len(found.chances) == len(found.starts) - 1
    assert found.chances.sum() == pytest.approx(1.0)


def test_the_goal_of_a_year_is_the_newest_in_force_at_its_end() -> None:
    wales = Goal("nato.wales-2014.share", 2.0, date(2014, 9, 5), 2024)
    hague = Goal("nato.hague-2025.core", 3.5, date(2025, 6, 25), 2035, {"ESP": 2.1})
    both = (hague, wales)
    assert goal_of(both, 2013) is None
    assert goal_of(both, 2014) is wales
    assert goal_of(both, 2024) is wales
    assert goal_of(both, 2025) is hague
    # 3.5 less 2.5 over ten years; Spain's own path asks for 2.1.
    assert hague.step("POL", 2.5, 2025) == pytest.approx(0.1)
    assert hague.step("ESP", 2.0, 2025) == pytest.approx(0.01)
    assert hague.step("ESP", 2.2, 2025) == 0


def test_the_shipped_pledges_are_goals_from_the_day_on_which_they_are_known() -> None:
    world = World()
    assert not read_goals(world, ["nato"], date(2014, 9, 4))
    [wales] = read_goals(world, ["nato"], date(2014, 9, 5))
    assert (wales.value, wales.due) == (2.0, 2024)
    hague = read_goals(world, ["nato"], date(2025, 6, 25))[-1]
    assert (hague.value, hague.due, hague.exceptions) == (3.5, 2035, {"ESP": 2.1})
    # Of 2006 there is a guideline and no pledge; calls of one person are proposals.
    assert len(read_goals(world, ["nato"], date(2026, 10, 30))) == 3


def made_up(home: Path) -> History:
    """Return a series of three releases: two of mid-year, one of March."""
    dataset(home)
    release(home, "2019-06-25", [figure("POL", 2019, 2.0), figure("USA", 2019, 3.0)])
    release(home, "2020-03-19", [figure("POL", 2019, 2.2), figure("POL", 2020, 2.0)])
    release(home, "2021-06-11", [figure("POL", 2020, 2.5), figure("POL", 2021, 2.6)])
    return World(home).history("depth")


def test_revisions_are_newest_over_first_published(tmp_path: Path) -> None:
    history = made_up(tmp_path)
    # POL 2019: 2.2 over 2.0. POL 2020: 2.5 over 2.0 of March. USA was never looked at again, and
    # the release of the day itself has no later one.
    assert revisions(history, ["POL", "USA"], date(2021, 6, 11)) == pytest.approx([1.1, 1.25])
    assert revisions(history, ["POL", "USA"], date(2021, 6, 10)) == pytest.approx([1.1])
    assert revisions(history, ["POL", "USA"], date(2019, 12, 31)) == []


def test_a_release_of_autumn_is_no_origin(tmp_path: Path) -> None:
    dataset(tmp_path)
    release(tmp_path, "2019-10-21", [figure("POL", 2019, 2.0)])
    release(tmp_path, "2020-06-11", [figure("POL", 2019, 2.2)])
    assert revisions(World(tmp_path).history("depth"), ["POL"], date(2020, 12, 31)) == []


@pytest.mark.parametrize("day", [date(2019, 6, 25), date(2022, 6, 27), date(2025, 3, 14)])
def test_nothing_published_later_plays_a_part(tmp_path: Path, day: date) -> None:
    now = fit_share_errors(World(), ["nato"], day)
    then = fit_share_errors(cut_off(tmp_path, day), ["nato"], day)
    assert now.weight == then.weight
    assert now.residual.tolist() == then.residual.tolist()
    assert now.revision.tolist() == then.revision.tolist()
    assert now.years[-1] == day.year - 1 - (day.month < 6)


def test_the_pledge_earns_a_part_of_its_step_and_never_all_of_it() -> None:
    found = fit_share_errors(World(), ["nato"], date(2026, 10, 30))
    assert 0.1 < found.weight < 0.7
    assert found.years == tuple(range(2012, 2026))
    # No more moves a year than there are members with forces.
    assert np.diff(found.starts).max() <= 31
