"""The plain debt identity for states outside the European Union, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.whatif.debt.identity import METHOD, Year, debt_identity, extra_debt, year_of
from burdenshare.world.dates import Day
from burdenshare.world.load import World

PERCENT = st.floats(-10, 20)


def test_year_by_hand() -> None:
    # 80 of 1000 is carried as 80 / 1.25 = 64; a deficit of 4 makes 68, so 2 of 70 is left over.
    # Net interest 4 - 0.8 = 3.2 on 64 is 5 %.
    year = year_of((80.0, 70.0), (1000.0, 1250.0), -4.0, -0.8)
    assert year == pytest.approx(Year(70.0, 3.2, 2.0, 5.0, 25.0))


def test_extra_debt_by_hand() -> None:
    # 1; 1 x 1.05 / 1.25 + 2 = 2.84; 2.84 x 0.84 = 2.3856; a negative rate counts as 0: / 1.25.
    plain = Year(70.0, 3.2, 2.0, 5.0, 25.0)
    years = {2026: plain, 2027: plain, 2028: plain, 2029: plain._replace(rate=-3.0)}
    found = extra_debt({2026: 1.0, 2027: 2.0}, years)
    assert found == pytest.approx({2026: 1.0, 2027: 2.84, 2028: 2.3856, 2029: 1.90848})


@given(st.floats(1, 200), st.floats(1, 200), PERCENT, PERCENT, PERCENT)
def test_year_keeps_the_identity(
    before: float, debt: float, growth: float, balance: float, primary: float
) -> None:
    year = year_of((before, debt), (100.0, 100.0 + growth), balance, primary)
    carried = before * (1 + year.rate / 100) / (1 + year.growth / 100)
    assert carried - primary + year.stock_flow == pytest.approx(debt, abs=1e-9)


def test_britain_by_hand(world: World) -> None:
    # Outlook of October 2025: what is spent in 2026 is on top at once, and grows in 2027 by
    # 1.027145 (implicit rate) over the growth of GDP at current prices.
    answer = debt_identity(world, {"GBR": {2026: 1.0}}, as_of=Day(2026, 1, 1))
    [row] = answer["rows"]
    assert row["method"] == answer["method"] == METHOD
    assert row["years"] == [2026, 2027, 2028, 2029, 2030]
    assert row["without"]["debt"][2] == 105.828
    gdp = [world.fact("NGDP", "GBR", year, Day(2026, 1, 1)).value for year in (2026, 2027)]  # type: ignore[union-attr]
    more = [w - o for w, o in zip(row["with"]["debt"], row["without"]["debt"], strict=True)]
    assert more[:2] == pytest.approx([1.0, 1.027145 * gdp[0] / gdp[1]], abs=2e-4)
    assert row["with"]["interest"][0] == row["without"]["interest"][0] == 2.637
    assert answer["sources"][0]["published"] == "2025-10-14"


def test_gaps_and_mistakes(world: World) -> None:
    answer = debt_identity(world, {"GBR": {2030: 1.0, 2031: 1.0}}, as_of=Day(2026, 1, 1))
    [gap] = answer["gaps"]
    assert gap["country"] == "GBR"
    assert gap["reason"].startswith("extra spending of 2031 left out: GGXWDG_NGDP of 2031")
    assert answer["rows"][0]["points"] == [1.0]
    nothing = debt_identity(world, {"PRK": {2026: 1.0}})
    assert nothing["rows"] == []
    assert nothing["gaps"][0]["country"] == "PRK"
    with pytest.raises(UserError, match="country 'GBX' is unknown"):
        debt_identity(world, {"GBX": {2026: 1.0}})
