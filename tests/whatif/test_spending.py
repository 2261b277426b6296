"""What changes of the kind `spend` ask for, each by hand."""

from typing import Any

import numpy as np
import pytest

from burdenshare.errors import UserError
from burdenshare.whatif.changes import Spend
from burdenshare.whatif.spending import Bounds, bounds
from whatif.two_countries import baseline, column, scenario


def asked(*changes: dict[str, Any], poland: float = 2.0) -> Bounds:
    found = [each for each in scenario(*changes).changes if isinstance(each, Spend)]
    return bounds([(each, set(each.who)) for each in found], baseline(poland=poland))


def spend(**more: Any) -> dict[str, Any]:
    return {"do": "spend", "who": ["POL"], **more}


def test_a_share_at_once_holds_after_the_base_year() -> None:
    found = asked(spend(share=5.0))
    assert column(found.lower, "POL") == [0.0, *[5.0] * 9]
    assert np.isinf(found.upper).all()
    assert not found.extra.any()
    assert not any(column(found.lower, "USA"))


def test_a_share_holds_from_a_year_to_a_year_that_are_named() -> None:
    assert column(asked(spend(share=5.0, to=2027)).lower, "POL")[:3] == [0, 5, 0]
    found = asked(spend(share=5.0, **{"from": 2026, "to": 2027}))
    assert column(found.lower, "POL")[:4] == [5, 5, 0, 0]


def test_a_line_leads_from_the_base_share_to_the_year_named() -> None:
    # From 2.0 in 2026 to 3.5 in 2031: 0.3 points a year.
    found = column(asked(spend(share=3.5, by=2031)).lower, "POL")
    assert found == pytest.approx([0, 2.3, 2.6, 2.9, 3.2, 3.5, 3.5, 3.5, 3.5, 3.5])


def test_a_line_may_start_later() -> None:
    # The last year untouched is 2028: 0.5 points a year from 2029 on.
    found = column(asked(spend(share=3.5, by=2031, **{"from": 2029})).lower, "POL")
    assert found == pytest.approx([0, 0, 0, 2.5, 3.0, 3.5, 3.5, 3.5, 3.5, 3.5])


def test_who_spends_more_already_is_asked_for_the_share_and_no_more() -> None:
    found = asked(spend(share=3.0, by=2030), poland=4.0)
    assert column(found.lower, "POL") == [0.0, *[3.0] * 9]


def test_an_exact_line_leads_down_as_well() -> None:
    found = asked(spend(share=3.0, by=2030, mode="exactly"), poland=4.0)
    line = [3.75, 3.5, 3.25, *[3.0] * 6]
    assert column(found.lower, "POL") == pytest.approx([0.0, *line])
    assert column(found.upper, "POL") == pytest.approx([np.inf, *line])


def test_an_exception_takes_the_place_of_the_share() -> None:
    found = asked(spend(share=3.5, by=2036, who=["POL", "USA"], **{"except": {"POL": 3.0}}))
    # Poland by 0.1 points from 2.0 a year, the United States by 0.05 from 3.0.
    assert column(found.lower, "POL")[1:] == pytest.approx(np.arange(2.1, 2.95, 0.1))
    assert column(found.lower, "USA")[-1] == pytest.approx(3.45)


def test_a_path_goes_straight_between_its_years_and_holds_after_the_last() -> None:
    found = asked(spend(path={"2027": 2.5, "2029": 3.5}))
    assert column(found.lower, "POL") == pytest.approx([0, 2.5, 3.0, 3.5, *[3.5] * 6])


def test_points_come_on_top_and_grow_evenly_to_the_year_named() -> None:
    found = asked(spend(add=1.5, by=2028, **{"from": 2027, "to": 2029}), spend(id="b", share=3.0))
    assert column(found.extra, "POL") == pytest.approx([0, 0.75, 1.5, 1.5, *[0.0] * 6])
    assert column(found.lower, "POL")[1] == 3.0
    at_once = asked(spend(add=-1.0, **{"from": 2034}))
    assert column(at_once.extra, "POL") == pytest.approx([*[0.0] * 8, -1.0, -1.0])


def test_of_two_floors_the_higher_holds_and_no_floor_lies_above_an_exact_share() -> None:
    two = asked(spend(share=3.0), spend(id="b", share=2.5))
    assert column(two.lower, "POL")[1] == 3.0
    exact = asked(spend(share=3.0), spend(id="b", share=2.5, mode="exactly"))
    assert column(exact.lower, "POL")[1] == column(exact.upper, "POL")[1] == 2.5


def test_two_exact_shares_that_differ_are_refused() -> None:
    first = spend(share=3.0, mode="exactly", to=2028)
    assert column(asked(first, spend(id="b", share=3.0, mode="exactly")).upper, "POL")[1] == 3.0
    with pytest.raises(UserError, match="change b: POL has two exact shares in 2027"):
        asked(first, spend(id="b", share=2.0, mode="exactly"))
