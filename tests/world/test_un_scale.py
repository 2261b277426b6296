"""The United Nations' scales: what was published, and how near the rules come to it.

Published rates are those of the resolutions (A/RES/76/238, A/RES/79/249) as the Committee's own
spreadsheet gives them. The figures of the method's variants were worked out before this program,
with another script on the same data; the ceiling was then put on one member alone.
"""

from datetime import date
from decimal import Decimal

import pytest

from burdenshare.world.facts import Fact, Gap
from burdenshare.world.load import World
from burdenshare.world.shares import Engine, members_of, shares_answer
from burdenshare.world.shares_published import choose_period

PERIODS = ["2022-2024", "2025-2027"]
# The rule as the resolution is read at first: no assumption that only the fit supports.
AS_WRITTEN = {
    "china-territory": "hong-kong-macao",
    "fiscal-years": "none",
    "iran-conversion": "database",
    "malaysia": "none",
}


def rate(world: World, country: str, year: int, as_of: date | None = None) -> Fact | Gap:
    return world.fact("un_regular_rate", country, year, as_of or world.latest)


@pytest.mark.parametrize(
    ("country", "year", "value"),
    [
        ("USA", 1946, 39.89),
        ("AFG", 1946, 0.05),
        ("SUN", 1975, 12.97),
        ("DDR", 1989, 1.28),
        ("CSK", 1992, 0.55),
        ("YMD", 1965, 0.04),
        ("UAR", 1960, 0.32),
        ("CHN", 1995, 0.72),
        ("DEU", 1996, 9.0425),
        ("AFG", 2004, 0.002),
        ("USA", 2019, 22.0),
        ("CHN", 2022, 15.254),
        ("CHN", 2027, 20.004),
    ],
)
def test_published_rates(shipped: World, country: str, year: int, value: float) -> None:
    answer = rate(shipped, country, year)
    assert isinstance(answer, Fact)
    assert answer.value == value


@pytest.mark.parametrize("year", [2004, 2007, 2010, 2013, 2016, 2019, 2022, 2025])
def test_scales_since_2004_add_to_100(shipped: World, year: int) -> None:
    history = shipped.history("un_regular_rate")
    answers = [history.on(code, year, shipped.latest) for code in history.countries(shipped.latest)]
    assert sum(Decimal(str(a.value)) for a in answers if isinstance(a, Fact)) == 100


def test_a_scale_is_not_known_before_it_is_decided(shipped: World) -> None:
    assert isinstance(rate(shipped, "USA", 2025, date(2024, 12, 23)), Gap)
    assert isinstance(rate(shipped, "USA", 2025, date(2024, 12, 24)), Fact)


@pytest.mark.parametrize("period", PERIODS)
def test_the_default_reproduces_the_published_scale(shipped: World, period: str) -> None:
    answer = shares_answer(shipped, "un.regular", period)
    assert len(answer["rows"]) == answer["summary"]["compared"] == 193
    assert answer["summary"]["mean_abs"] <= 0.006
    for row in answer["rows"]:
        if row["country"] not in ("CHN", "IRN", "VEN"):
            assert abs(row["difference"]) <= 0.07, row
    assert sum(Decimal(str(row["computed"])) for row in answer["rows"]) == 100


@pytest.mark.parametrize("period", PERIODS)
def test_what_was_found_since_makes_it_better(shipped: World, period: str) -> None:
    # No expected values: bounds that hold the reconstruction to the nearness once reached.
    summary = shares_answer(shipped, "un.regular", period)["summary"]
    assert summary["mean_abs"] <= 0.0021
    assert summary["max_abs"] <= 0.06


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(
    "other",
    [
        {"china-territory": "hong-kong-macao"},
        {"china-territory": "hong-kong-macao", "china-debt": "none"},
        {"china-debt": "none"},
        {"fiscal-years": "india-australia"},
        {"fiscal-years": "none"},
        {"iran-conversion": "database"},
        {"iran-conversion": "official"},
        {"malaysia": "none"},
    ],
    ids=lambda each: ",".join(each.values()),
)
def test_no_other_choice_is_nearer(shipped: World, period: str, other: dict[str, str]) -> None:
    best = shares_answer(shipped, "un.regular", period)["summary"]
    found = shares_answer(shipped, "un.regular", period, assume=other)["summary"]
    assert found["mean_abs"] >= best["mean_abs"]


@pytest.mark.parametrize(
    ("period", "base", "threshold"),
    [
        ("2025-2027", "2017..2022", 11486),
        ("2025-2027", "2020..2022", 11893),
        ("2022-2024", "2014..2019", 10740),
        ("2022-2024", "2017..2019", 11074),
    ],
)
def test_thresholds(shipped: World, period: str, base: str, threshold: int) -> None:
    answer = shares_answer(shipped, "un.regular", period, steps=True, assume=AS_WRITTEN)
    [step] = [s for s in answer["steps"] if (s["step"], s["base"]) == ("threshold", base)]
    assert round(step["result"]) == threshold


@pytest.mark.parametrize(
    ("period", "china_debt", "mean", "furthest"),
    [
        ("2025-2027", "adjusted", 0.0237, 2.039),
        ("2022-2024", "adjusted", 0.0091, 0.794),
        ("2022-2024", "none", 0.0051, 0.398),
    ],
)
def test_variants_worked_out_before(
    shipped: World, period: str, china_debt: str, mean: float, furthest: float
) -> None:
    assume = {**AS_WRITTEN, "china-debt": china_debt}
    summary = shares_answer(shipped, "un.regular", period, assume=assume)["summary"]
    assert summary["furthest"] == "CHN"
    assert summary["max_abs"] == pytest.approx(furthest, abs=0.0015)
    assert summary["mean_abs"] == pytest.approx(mean, abs=0.00006)


def test_china_meets_the_ceiling_in_the_three_year_base(shipped: World) -> None:
    # (22 + x) / 2 = 20.004 asks for an x of 18.008; without the ceiling it would be over 22.
    answer = shares_answer(shipped, "un.regular", "2025-2027", steps=True)
    capped = {s["base"]: s["result"]["CHN"] for s in answer["steps"] if s["step"] == "with_ceiling"}
    assert capped["2020..2022"] == 22
    assert capped["2017..2022"] == pytest.approx(18.008, abs=0.15)


def test_every_step_has_every_member(shipped: World) -> None:
    steps = shares_answer(shipped, "un.regular", steps=True)["steps"]
    for name in ("income", "people", "debt_adjusted", "with_floor", "with_ceiling"):
        assert [len(s["result"]) for s in steps if s["step"] == name] == [193, 193]
    [last] = [step for step in steps if step["step"] == "regular_rates"]
    assert len(last["result"]) == 193


def test_assumptions_are_listed_as_inferences(shipped: World) -> None:
    answer = shares_answer(shipped, "un.regular", assume={"residue": "largest-rate"})
    assert {each["confidence"] for each in answer["assumptions"]} == {"inference"}
    assert all("inference" in each["citation"] for each in answer["assumptions"])
    [residue] = [each for each in answer["assumptions"] if each["assumption"] == "residue"]
    assert (residue["value"], residue["default"]) == ("largest-rate", "largest-remainder")


def test_a_day_before_the_inputs_were_known_computes_nothing(shipped: World) -> None:
    answer = shares_answer(shipped, "un.regular", "2025-2027", as_of=date(2025, 6, 30))
    assert answer["rows"][0] == {
        "country": "USA",
        "published": 22.0,
        "computed": None,
        "difference": None,
    }
    assert "no release published on or before 2025-06-30" in answer["not_computed"]
    assert answer["assumptions"] == []


def test_peacekeeping_2022_is_recomputed(shipped: World) -> None:
    answer = shares_answer(shipped, "un.peacekeeping", "2022-2024", steps=True)
    assert answer["steps"][0]["result"] == pytest.approx(1.22497, abs=0.000005)
    computed = {row["country"]: row["computed"] for row in answer["rows"]}
    for country, share in {
        "USA": 26.9493,
        "CHN": 18.6856,
        "GBR": 5.3592,
        "FRA": 5.2894,
        "RUS": 2.2858,
    }.items():
        assert computed[country] == pytest.approx(share, abs=0.00011)
    assert answer["summary"]["compared"] == 193
    assert answer["summary"]["max_abs"] <= 0.0001
    assert answer["summary"]["sum_computed"] == 100


def test_peacekeeping_2025_is_a_projection(shipped: World) -> None:
    answer = shares_answer(shipped, "un.peacekeeping", "2025-2027", steps=True)
    assert answer["status"] == "projection"
    assert answer["steps"][0]["result"] == pytest.approx(1.18985, abs=0.00001)
    assert answer["rows"][0]["country"] == "USA"
    assert answer["rows"][0]["computed"] == pytest.approx(26.1766, abs=0.0002)
    assert answer["rows"][0]["published"] is None


def test_peacekeeping_needs_no_more_than_the_published_rates(shipped: World) -> None:
    # On this day neither debt nor deflators were held, but the regular rates were decided.
    answer = shares_answer(shipped, "un.peacekeeping", "2022-2024", as_of=date(2023, 1, 1))
    assert answer["rows"][0]["computed"] == pytest.approx(26.9493, abs=0.0001)


def test_a_rerun_is_fast_enough_to_sweep(shipped: World) -> None:
    # No test asserts a time; that an engine is prepared once and run often is what makes it fast.
    asked = choose_period(shipped, shipped.budgets["un.regular"], "2025-2027", shipped.latest)
    engine, members = Engine(shipped, asked, {}), members_of(shipped, asked)
    first = engine.run(members).rates
    for country in ("USA", "CHN", "TUV"):
        assert country not in engine.run(members, frozenset({country})).rates
    assert engine.run(members).rates == first
