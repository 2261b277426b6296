from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from burdenshare.showing.run_repeat import cite, command, python_call
from burdenshare.showing.run_words import chance, money, percent
from burdenshare.showing.runs import backtest_text, compare_text, run_text, scenarios_text
from showing.run_fixture import bill, empty, run

HOSTILE = "\x1b[31mred\x1b[0m\n\u202eevil"


def line(text: str, start: str) -> str:
    """Return the one line that starts with some words."""
    [found] = [each for each in text.splitlines() if each.strip().startswith(start)]
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


# The text of a run


def test_the_headline_comes_first_then_what_changes() -> None:
    lines = run_text(run()).splitlines()
    assert lines[0] == "The United States leaves NATO (us-leaves-nato)"
    assert lines[1] == "as known on 2026-10-30 · 2027 to 2028 · 2,000 draws · seed 1949"
    assert lines[3] == "The others would have to spend 17.01 % of their GDP in 2028."
    assert lines[5:9] == [
        "What changes",
        "  2027-07-20  The United States leaves NATO on 20 July 2027.",
        "              North Atlantic Treaty, Art. 13 · nato.exit · seen",
        "  on          Spain keeps its own path (switch spain)",
    ]


def test_groups_have_medians_ranges_and_what_comes_if_nothing_changes() -> None:
    text = run_text(run())
    assert text[text.index("Share of GDP, %") :].splitlines()[:6] == [
        "Share of GDP, %",
        "median                2027          2028",
        "--------------------  ------------  ------------",
        "NATO                  3.22          3.30",
        "· 90 % range          2.90 to 3.54  2.97 to 3.63",
        "· if nothing changes  3.22          3.25",
    ]
    money_rows = text[text.index("Spending, billion USD at prices of 2026") :].splitlines()
    assert money_rows[3].split() == ["NATO", "1,170", "217"]
    assert money_rows[4].split()[-3:] == ["195", "to", "239"]


def test_members_have_what_is_known_what_comes_and_who_meets_what() -> None:
    text = run_text(run())
    assert line(text, "member  known").split() == (
        "member known 2028 5 % 95 % USD billion [1] [2]".split()
    )
    assert line(text, "DEU      2.69").split() == "DEU 2.69 3.02 2.71 3.32 166 6 % >99 %".split()
    assert line(text, "USA      3.17").split() == "USA 3.17 3.27 2.95 3.60 1020 <1 % 100 %".split()
    assert (
        "[1] probability of reaching 3.5 % of GDP: Hague 2025, core. In 2028 1 of 2 meet it (90 % "
        "range 1 to 2). Most is missing in Germany: USD 27 billion."
    ) in flat(text)


def test_a_gap_shows_its_reason() -> None:
    assert "no figure for ISL: no armed forces: no share is published" in run_text(run())
    lost = bill("rerun", 0.0, 0.0, rows=[], reason="no scale is held for that year")
    text = run_text(run(bills=[lost]))
    assert "by the rules run again: no scale is held for that year" in text


def test_needs_targets_and_bills_are_tables() -> None:
    text = run_text(run())
    assert line(text, "Keep the total that NATO spends  ").split()[-3:] == [
        "17.01",
        "15.31",
        "18.70",
    ]
    assert "3.5 % of GDP: USD 26 billion at prices of 2026 (90 % range 18 to 34 billion)" in flat(
        text
    )
    after = text[text.index("NATO common funding, 2026: who pays what") :].splitlines()
    assert after[1] == "million USD"
    assert after[2].split() == ["member", "before", "pro-rata", "rerun"]
    assert after[4].split() == ["DEU", "750.0", "880.0", "860.0"]


def test_a_bill_of_unknown_size_is_in_percent() -> None:
    rows = [
        each | {"before_usd": None, "after_usd": None} for each in bill("rerun", 86.0, 14.0)["rows"]
    ]
    why = "the size of the budget is not known"
    text = run_text(
        run(bills=[bill("rerun", 86.0, 14.0, rows=rows, total_usd=None, total_text=why)])
    )
    assert line(text, "% of common funding")
    assert line(text, "DEU     75").split() == ["DEU", "75.000", "86.000"]
    assert f"by the rules run again: {why}" in text


def test_a_broken_rule_is_said() -> None:
    broken = {"country": "DEU", "limit": 22, "text": "above the ceiling of 22", "share": 25.6}
    text = run_text(run(bills=[bill("rerun", 86.0, 14.0, breaks=[broken])]))
    assert "! by the rules run again breaks a rule: above the ceiling of 22: DEU 25.60 %" in flat(
        text
    )


def test_payments_loans_and_room_are_listed_the_largest_first() -> None:
    text = flat(run_text(run()))
    assert "USD 4.4 billion of 8.5 billion stops (52.31 %)" in text
    assert "the others would have to give 110 % more; the need was USD 17 billion" in text
    assert "SAFE loans: EUR 150 billion POL 44 billion" in text
    assert "Room under the escape clause: EUR 124 billion 2028: DEU 72 billion" in text


def test_who_is_protected_has_probabilities_where_the_draws_differ() -> None:
    text = run_text(run())
    assert line(text, "protected     1").split() == ["protected", "1", "POL", "97"]
    assert line(text, "unprotected   2").split() == ["unprotected", "2", "DEU", "6,", "USA"]
    assert line(text, "open          1").split() == ["open", "1", "ISL"]
    assert "? ISL: no armed forces: open is whether it is excused" in text
    assert "(pay-or-no-protection), 2028" in text
    assert "(pay-or-no-protection), 2027" not in text


def test_uncertainty_is_split_in_three() -> None:
    text = run_text(run())
    assert "How sure: Share of GDP that keeps the total, NATO without USA, 2028, % of GDP" in flat(
        text
    )
    assert line(text, "data revision alone").split()[-3:] == ["17.00", "16.70", "17.30"]
    assert line(text, "forecast error alone").split()[-3:] == ["17.00", "15.40", "18.60"]
    assert line(text, "both together").split()[-3:] == ["17.01", "15.31", "18.70"]
    assert line(text, "assumption: without the exit").split()[-3:] == ["3.30", "–", "–"]


def test_money_that_is_uncertain_is_in_billions() -> None:
    part = {"p5": 18_000.0, "p50": 26_100.0, "p95": 34_000.0}
    found = run()["uncertainty"][0] | {
        "unit": "million USD_2026",
        "data_revision": part,
        "forecast_error": part,
        "both": part,
        "assumptions": [],
    }
    assert line(run_text(run(uncertainty=[found])), "both together").split()[-3:] == [
        "26",
        "18",
        "34",
    ]


def test_each_number_has_a_source_and_the_run_can_be_repeated() -> None:
    text = flat(run_text(run()))
    assert (
        "Defence expenditure of NATO countries: Defence Expenditure of NATO Countries (2014-2026) "
        "(2026-07-06, ab12cd34ef56)"
    ) in text
    assert "SAFE loans: Regulation (EU) 2025/1106" in text
    assert f"again: {command(run())}" in text
    assert text.endswith("burdenshare 0.1.0 · world 3ee644d7eb1c · scenario 0123456789ab")


def test_empty_blocks_are_left_out() -> None:
    text = run_text(empty(gaps=[], switches=[], changes=[], assumptions=[], notes=[]))
    for word in ("Share of GDP", "Members", "spend in", "Who is protected", "How sure", "Assumed"):
        assert word not in text
    assert text.count("\n\n\n") == 0
    assert "What changes" not in text


@pytest.mark.parametrize("width", [20, 60, 80, 120])
def test_prose_keeps_to_the_width(width: int) -> None:
    answer = empty(sources=[], headline="word " * 80, notes=["note " * 40])
    assert max(map(len, run_text(answer, width).splitlines())) <= max(width, 40)


def test_words_cannot_steer_the_terminal() -> None:
    answer = run(headline=HOSTILE, notes=[HOSTILE])
    answer["scenario"]["title"] = HOSTILE
    answer["members"][1]["name"] = HOSTILE
    answer["changes"][0]["text"] = HOSTILE
    text = run_text(answer)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "␛[31mred" in text


# Repeating and citing


def test_the_command_and_the_call_name_all_that_was_set() -> None:
    assert command(run()) == (
        "burdenshare run us-leaves-nato --set years=2027..2028 --set switch.spain=on "
        "--as-of 2026-10-30 --draws 2000 --seed 1949"
    )
    assert python_call(run()).endswith(
        "World().run('us-leaves-nato', as_of='2026-10-30', draws=2000, seed=1949, "
        "set=['years=2027..2028', 'switch.spain=on'])"
    )
    compile(python_call(run()), "call", "exec")


def test_what_a_shell_would_read_is_quoted() -> None:
    answer = run(overrides=["exit.citation=a; rm -rf $HOME"])
    assert "--set 'exit.citation=a; rm -rf $HOME' --as-of" in command(answer)


def test_what_is_told_from_the_run_itself_is_not_repeated() -> None:
    answer = run(overrides=["draws=5", "seed = 6", "years=2030..2031", "switch.spain=on"])
    assert command(answer) == command(run())


def test_the_citation_pins_data_engine_and_draws() -> None:
    assert cite(run()) == (
        "burdenshare 0.1.0, “The United States leaves NATO” (us-leaves-nato, scenario "
        "0123456789abcdef), 2027 to 2028, as known on 2026-10-30, world 3ee644d7eb1cf920, 2,000 "
        "draws, seed 1949."
    )


# Rounding


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
@example(0.005)
@example(0.995)
def test_only_certainty_is_0_or_100(probability: float) -> None:
    assert chance(probability) not in ("0 %", "100 %")


@given(st.floats(0, 5e13))
def test_sums_are_rounded_to_what_they_say(amount: float) -> None:
    number, _, scale = money(amount).partition(" ")
    size = {"billion": 1e9, "million": 1e6, "": 1.0}[scale]
    written = float(number.replace(",", ""))
    assert written * size == pytest.approx(amount, rel=0.06, abs=0.5)
    assert "." not in number or amount < 1e6 or 0.9995e9 <= amount < 9.95e9


@given(st.floats(-1000, 1000))
def test_shares_have_two_decimals(value: float) -> None:
    assert float(percent(value)) == pytest.approx(value, abs=0.0051)
    assert percent(value)[-3] == "."
    assert percent(value) != "-0.00"


# Comparing, listing, testing


def compared(**fields: Any) -> dict[str, Any]:
    share = {
        "region": "NATO",
        "variable": "Defence Expenditure|Share of GDP",
        "unit": "% of GDP",
        "year": 2035,
        "first": 3.3,
        "second": 3.504,
        "difference": 0.204,
        "p5": 0.1,
        "p95": 0.311,
    }
    money_row = share | {
        "variable": "Defence Expenditure|Constant Prices",
        "unit": "million USD_2026",
        "first": 217_000.0,
        "second": 240_000.0,
        "difference": 23_000.0,
        "p5": 20_000.0,
        "p95": None,
    }
    head = {name: run()[name] for name in ("version", "world", "as_of", "settings")}
    scenarios = [
        {"id": "wales-kept", "title": "Wales is kept", "hash": "a"},
        {"id": "hague-kept", "title": "The Hague is kept", "hash": "b"},
    ]
    rows = [share, money_row]
    return head | {"headline": "", "scenarios": scenarios, "rows": rows, "notes": []} | fields


def test_a_comparison_has_both_and_the_difference_over_the_same_draws() -> None:
    text = compare_text(compared(headline="0.20 points more."))
    assert text.startswith("A  Wales is kept (wales-kept)\nB  The Hague is kept (hague-kept)\n")
    assert "the same draws for both" in flat(text)
    assert "0.20 points more." in text
    rows = [each.split() for each in text.splitlines() if each.startswith("NATO")]
    assert rows == [
        "NATO 2035 3.30 3.50 0.20 0.10 0.31".split(),
        "NATO 2035 217.0 240.0 23.0 20.0".split(),
    ]
    assert "Defence Expenditure, Constant Prices, billion USD_2026" in text


def test_of_many_years_of_a_comparison_the_first_the_last_and_some_between_are_shown() -> None:
    first = compared()["rows"][0]
    text = compare_text(compared(rows=[first | {"year": year} for year in range(2026, 2036)]))
    rows = [each.split()[1] for each in text.splitlines() if each.startswith("NATO")]
    assert rows == ["2026", "2029", "2032", "2035"]
    assert "Other years: --format json" in text
    assert "Other years" not in compare_text(compared())


def test_scenarios_without_figures_in_common_are_said_to_have_none() -> None:
    assert "no figure in common" in compare_text(compared(rows=[]))


def test_scenarios_are_listed_with_their_questions() -> None:
    answer = {
        "version": "0.1.0",
        "world": "3ee644d7eb1cf920",
        "rows": [
            {
                "id": "us-leaves-un",
                "title": "The United States leaves the UN",
                "question": "Who pays the bills?",
                "organisations": ["un"],
                "years": "2026..2030",
                "propositions": ["us-exit-un"],
            }
        ],
        "notes": [],
    }
    assert scenarios_text(answer).splitlines()[2:6] == [
        "us-leaves-un",
        "  The United States leaves the UN",
        "  Who pays the bills?",
        "  un · 2026..2030 · answers us-exit-un",
    ]
    assert "None." in scenarios_text(answer | {"rows": []})


def backtest(**fields: Any) -> dict[str, Any]:
    scores = {"measure": "share", "horizon": 1, "n": 180, "origins": 6, "brier": 0.0301}
    inside = {"coverage50": 0.441, "coverage80": 0.7, "coverage95": 0.9}
    unknown = dict.fromkeys(inside)
    test = {
        "measure": "share",
        "horizon": None,
        "against": "last",
        "best_simple": True,
        "difference": -0.0222,
        "percent": -10.4,
        "error": 0.008,
        "p": 0.031,
        "least_p": 0.0156,
        "origins": 6,
        "origins_better": 5,
    }
    return {
        "version": "0.1.0",
        "world": "3ee644d7eb1cf920",
        "settings": {"draws": 1024, "seed": 1949, "horizons": 5},
        "truth": {"same": "2025-08-28", "newest": "2026-10-30", "until": None},
        "measures": [
            {"measure": "share", "title": "share of GDP of each member", "unit": "points of GDP"},
            {"measure": "count", "title": "number of members", "unit": "members"},
        ],
        "methods": [{"method": "last", "title": "last value", "simple": True}],
        "origins": [{"day": "2019-07-01"}] * 6,
        "rows": [
            scores | inside | {"method": "shipped", "crps": 0.1921},
            scores | unknown | {"method": "last", "crps": 0.2143},
        ],
        "tests": [test],
        "pit": [{"measure": "share", "horizon": 1, "bins": [1, 2, 1, 4]}],
        "notes": ["coverage is too low"],
    } | fields


def test_a_backtest_prints_scores_tests_and_where_outcomes_fell() -> None:
    text = backtest_text(backtest())
    assert "6 origins · 1,024 draws · seed 1949" in text
    assert "Share of GDP of each member\nCRPS in points of GDP" in text
    assert line(text, "1      shipped").split() == "1 shipped 0.192 44 70 90 0.030 180 6 *".split()
    assert line(text, "1      last").split() == "1 last 0.214 – – – 0.030 180 6".split()
    assert line(text, "all    last").split() == "all last * -0.022 -10.4 0.008 0.031 5 of 6".split()
    assert line(text, "1      12").split() == ["1", "12", "25", "12", "50"]
    assert "Number of members" not in text
    assert "note: coverage is too low" in text


def test_a_backtest_without_outcomes_has_no_tables() -> None:
    text = backtest_text(backtest(rows=[], tests=[], pit=[]))
    assert "CRPS" not in text
    assert "last: last value" in text
