"""Exits: the clauses, the gates, and the days that come out of them, held against the record."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.errors import UserError
from burdenshare.files import CONTENT
from burdenshare.showing.exits import exit_rows, exit_text
from burdenshare.showing.grids import as_csv
from burdenshare.world.cases import Case, cases_of
from burdenshare.world.clauses import TYPES, Clause
from burdenshare.world.dates import Day
from burdenshare.world.durations import Duration
from burdenshare.world.exit_files import read_exits
from burdenshare.world.exits import exit_answer, exits_of, run_case
from burdenshare.world.gates import read_gates
from burdenshare.world.load import World

WORLD = World()
HELD = sorted(name for name, folder in WORLD.folders.items() if (folder / "exit.toml").exists())
CASES = [
    case
    for case in cases_of(sorted(path.parent for path in CONTENT.glob("*/cases.toml")))
    if case.rule == "exit"
]
CLAUSES: list[tuple[str, Clause]] = [
    (name, clause) for name in HELD for clause in exits_of(WORLD, WORLD.organisations[name]).clauses
]


def leave(org: str, country: str, decided: str, **more: Any) -> dict[str, Any]:
    if "as_of" in more:
        more["as_of"] = Day.fromisoformat(more["as_of"])
    return exit_answer(WORLD, org, country, Day.fromisoformat(decided), **more)


# --- the clauses ---------------------------------------------------------------------------------


def test_all_44_instruments_are_held() -> None:
    ids = {clause.id for _, clause in CLAUSES}
    assert len(ids - {"who_others", "eec_none", "asean_none"}) >= 44
    assert {clause.timing.type for _, clause in CLAUSES} <= set(TYPES)


@pytest.mark.parametrize(("org", "clause"), CLAUSES, ids=lambda x: getattr(x, "id", x))
def test_a_clause_is_dated_and_cited(org: str, clause: Clause) -> None:
    assert clause.citation
    assert clause.checked
    assert clause.known_from <= clause.in_force or clause.countries
    assert clause in exits_of(WORLD, WORLD.organisations[org]).clauses
    if clause.checked.startswith("from knowledge"):
        assert clause.confidence in ("general knowledge", "to verify")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_worked_from_the_text(case: Case) -> None:
    assert run_case(WORLD, case) == ""


def test_every_organisation_with_a_clause_has_a_case() -> None:
    assert set(HELD) <= {case.organisation for case in CASES} | {"asean"}


def test_a_case_that_is_wrong_is_found() -> None:
    [case] = [each for each in CASES if each.name == "Germany gives notice in March 2025: one year"]
    wrong = Case(
        case.organisation, "", "exit", "x", case.inputs, Day(2026, 3, 10), 0, None, True, ""
    )
    assert "the rule gives 2026-03-09" in run_case(WORLD, wrong)


# --- the questions of the issue ------------------------------------------------------------------


def test_the_united_states_leaves_nato() -> None:
    found = leave("nato", "USA", "2025-03-09")
    assert (found["earliest_notice"], found["earliest_effect"]) == ("2025-09-05", "2026-09-05")
    steps = {step["step"]: step for step in found["steps"]}
    assert steps["notice of denunciation"]["earliest"] == "2025-09-05"
    assert steps["leaving takes effect"]["earliest"] == "2026-09-05"
    assert steps["end of the lock-in"]["earliest"] == "1969-08-24"
    [senate] = steps["advice and consent of the Senate"]["needed"]
    assert (senate["needed"], senate["needed_at_quorum"]) == (67, 34)
    act = {need["rule"]: need for need in steps["Act of Congress"]["needed"]}
    assert act["house_passage"]["needed"] == 218
    assert act["senate_cloture"]["needed"] == 60
    for step in found["steps"]:
        assert step["actor"]
        assert step["rule"]
        assert step["citation"]
        assert "open" in step
    days = {each["reading"]: each["earliest_effect"] for each in found["readings"]}
    assert days["statute-binds"] == "2026-09-05"
    assert days["president-alone"] == "2026-03-09"
    cited = {each["reading"]: each["citation"] for each in found["readings"]}
    assert "Zivotofsky v. Clinton" in cited["statute-binds"]
    assert "Goldwater v. Carter" in cited["president-alone"]
    assert "O.L.C." in cited["president-alone"]
    assert found["surviving_obligations"]


def test_before_the_statute_there_is_no_gate() -> None:
    found = leave("nato", "USA", "2022-03-09")
    assert found["earliest_effect"] == "2023-03-09"
    assert not [step for step in found["steps"] if step["rule"].startswith("us_1928f")]
    assert any("22 USC 1928f" in note for note in found["notes"])


def test_a_question_as_of_2022_does_not_know_the_statute() -> None:
    found = leave("nato", "USA", "2025-03-09", as_of="2022-12-31")
    assert found["earliest_effect"] == "2026-03-09"
    assert "1928f" not in str({k: v for k, v in found.items() if k != "world"})


def test_the_statute_is_known_on_its_day() -> None:
    for as_of, effect in (("2023-12-21", "2026-03-09"), ("2023-12-22", "2026-09-05")):
        assert leave("nato", "USA", "2025-03-09", as_of=as_of)["earliest_effect"] == effect


def test_one_gate_alone_may_be_asked_for() -> None:
    found = leave("nato", "USA", "2025-03-09", gates=("act",))
    assert [step["gate"] for step in found["steps"] if "gate" in step] == ["act"]
    assert found["earliest_effect"] == "2026-09-05"


def test_the_bar_of_2020_is_a_step_without_a_day() -> None:
    found = leave("nato", "USA", "2020-03-01")
    [bar] = [step for step in found["steps"] if step["rule"] == "us_fy20_1242"]
    assert bar["earliest"] is None
    assert "2021-01-01" in bar["open"]
    assert bar["confidence"] == "to verify"
    assert not [
        step for step in leave("nato", "USA", "2021-01-01")["steps"] if "fy20" in step["rule"]
    ]


def test_the_floor_for_forces_stands_beside_and_is_not_known_early() -> None:
    later = {row["rule"] for row in leave("nato", "USA", "2025-03-09")["related"]}
    early = {
        row["rule"] for row in leave("nato", "USA", "2025-03-09", as_of="2025-12-17")["related"]
    }
    assert later - early == {"us_fy26_1249"}


def test_the_united_nations_have_no_clause() -> None:
    found = leave("un", "USA", "2025-03-09")
    assert (found["outcome"], found["earliest_effect"]) == ("open", None)
    days = {each["reading"]: each["earliest_effect"] for each in found["readings"]}
    assert days == {
        "no-clause": None,
        "declaration-1945": None,
        "indonesia-1965": None,
        "vclt-56": "2026-03-09",
    }
    early = leave("un", "IDN", "1965-01-20", as_of="1965-06-01")
    assert [each["reading"] for each in early["readings"]] == ["no-clause", "declaration-1945"]


def test_unesco_wfp_and_the_others() -> None:
    assert leave("unesco", "USA", "2025-07-22")["earliest_effect"] == "2026-12-31"
    wfp = leave("wfp", "USA", "2025-07-22")
    assert (wfp["outcome"], wfp["earliest_effect"]) == ("nothing to leave", None)
    assert leave("paris-agreement", "USA", "2025-01-27")["earliest_effect"] == "2026-01-27"
    who = leave("who", "USA", "2025-01-22")
    assert who["earliest_effect"] == "2026-01-22"
    assert {each["reading"] for each in who["readings"]} == {"notice-is-enough", "dues-first"}


def test_the_three_years_of_paris_may_run_anew() -> None:
    found = leave("paris-agreement", "USA", "2022-01-01")
    assert found["earliest_effect"] == "2023-01-01"
    [anew] = found["readings"]
    assert anew["earliest_notice"] == "2024-02-19"  # 2021-02-19 and three years
    assert anew["earliest_effect"] == "2025-02-19"


def test_unknown_domestic_law_is_said_to_be_unknown() -> None:
    step = leave("nato", "DEU", "2025-03-09")["steps"][0]
    assert step["open"] == "Germany's own law on leaving is not held here: unknown"
    assert step["rule"] is None


def test_the_parties_to_open_skies_meet_30_to_60_days_after_the_notice() -> None:
    steps = leave("open-skies", "RUS", "2021-06-18")["steps"]
    days = [step["earliest"] for step in steps if "conference" in step["step"]]
    assert days == ["2021-07-18", "2021-08-17"]


def test_an_outcome_of_a_later_day_is_not_told() -> None:
    [found] = [
        each
        for each in leave("who", "USA", "2020-07-06", as_of="2020-12-31")["precedents"]
        if each["id"] == "us_who_1"
    ]
    assert found["outcome"] == "not settled on 2020-12-31"
    assert found["effect"] is None


def test_a_notice_that_runs_is_told() -> None:
    [note] = leave("unesco", "USA", "2026-03-01")["notes"]
    assert note == "a notice of 2025-07-22 was already running, with effect on 2026-12-31"


# --- what is not understood ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("org", "country", "decided", "error"),
    [
        ("natoo", "USA", "2025-03-09", "did you mean 'nato'"),
        ("euro-area", "DEU", "2025-03-09", "no rule on leaving Euro area is held"),
        ("nato", "CHE", "2025-03-09", "Switzerland was never a member of NATO"),
        ("nato", "Atlantis", "2025-03-09", "country 'Atlantis' is unknown"),
        ("nato", "NATO_TOTAL", "2025-03-09", "is a group: write one country"),
        ("nato", "USA", "1949-04-05", "came into force on 1949-08-24"),
        ("nato", "FIN", "2020-01-01", "became a party to NATO on 2023-04-04"),
        ("nato", "USA", "9999-12-31", "lies outside the calendar"),
        ("unesco", "GBR", "9999-12-31", "lies outside the calendar"),
        ("eu", "GBR", "2021-01-01", "left European Union on 2020-01-31"),
        ("who", "USA", "2026-06-01", "left World Health Organization on 2026-01-22"),
        ("unesco", "USA", "1990-01-01", "it came back on 2003-10-01"),
        ("inf-treaty", "USA", "2020-01-01", "INF Treaty ended on 2019-08-02"),
        ("rome-statute", "USA", "2025-01-01", "was never a party to Rome Statute"),
    ],
)
def test_a_question_without_an_answer(org: str, country: str, decided: str, error: str) -> None:
    with pytest.raises(UserError, match=error) as found:
        leave(org, country, decided)
    assert len(str(found.value).splitlines()) <= 3


def test_a_gate_that_nobody_knows() -> None:
    with pytest.raises(UserError, match="did you mean 'senate'"):
        leave("nato", "USA", "2025-03-09", gates=("sennate",))


def test_a_rule_that_was_not_known() -> None:
    with pytest.raises(UserError, match="no rule on leaving was known on 1949-04-03"):
        leave("nato", "USA", "1950-01-01", as_of="1949-04-03")


def test_names_are_found_as_people_write_them() -> None:
    found = leave("Paris climate accord", "United States", "2025-01-27")
    assert (found["organisation"], found["country"]) == ("paris-agreement", "USA")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('type = "notice-plus"', 'type = "notice"', "type is 'notice'"),
        ('notice = "P1Y"', 'notice = "one year"', "write P1Y, P6M or P150D"),
        ('notice = "P1Y"', "", "notice is nothing"),
        ('lockin_from = "treaty"', "", "lockin_from is nothing"),
        ('citation = "34', 'cite = "34', "citation is nothing"),
        ('countries = ["FRA"]', 'countries = ["FRX"]', "country is 'FRX'"),
        ('confidence = "seen"', 'confidence = "sure"', "confidence is 'sure'"),
        ("survives = [", "survive = [", "unknown key 'survive'"),
    ],
)
def test_a_file_that_is_not_understood_is_refused(
    tmp_path: Any, old: str, new: str, error: str
) -> None:
    text = (CONTENT / "nato" / "exit.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "exit.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(UserError, match=error):
        read_exits(path, WORLD.countries.codes)


def test_the_laws_of_the_united_states_are_all_held() -> None:
    gates = read_gates("USA")
    assert gates is not None
    assert len(gates.laws) == 34  # the 32 of the list, FY2020 s.1234 on Open Skies, and EO 14162
    for law in gates.laws:
        if "general knowledge" in law.checked:
            assert law.confidence in ("general knowledge", "to verify")
        if law.rule:
            rule = gates.rules[law.rule]
            assert (rule.in_force, rule.known_from) == (law.in_force, law.known_from)


# --- what always holds ---------------------------------------------------------------------------

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
orgs = st.sampled_from(HELD)
countries = st.sampled_from(["USA", "GBR", "FRA", "DEU", "RUS", "JPN", "ARM"])


@given(orgs, countries, days, days)
def test_no_effect_before_the_notice(org: str, country: str, decided: date, as_of: date) -> None:
    try:
        found = exit_answer(WORLD, org, country, decided, as_of=as_of)
    except UserError:
        return
    if found["earliest_notice"]:
        assert found["earliest_notice"] >= decided.isoformat()
    for each in [found, *found["readings"]]:
        if each["earliest_effect"]:
            assert each["earliest_effect"] >= each["earliest_notice"]
    assert exit_text(found, 80)
    assert as_csv(exit_rows(found)).count("\n") >= 2


@given(days, days, days)
def test_an_earlier_day_knows_no_later_gate(decided: date, one: date, other: date) -> None:
    before, after = sorted((one, other))
    gates = read_gates("USA")
    assert gates is not None
    known = {law.id: law.known_from for law in gates.laws}
    early = exit_answer(WORLD, "nato", "USA", decided, as_of=before)
    late = exit_answer(WORLD, "nato", "USA", decided, as_of=after)
    used = {step["rule"] for step in early["steps"]} & known.keys()
    assert all(known[rule] <= before for rule in used)
    assert used <= {step["rule"] for step in late["steps"]}
    assert early["earliest_effect"] <= late["earliest_effect"]


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 40), st.integers(0, 30))
def test_a_period_goes_forward(day: date, years: int, months: int) -> None:
    there = Duration(years, months, 0).after(day)
    assert there >= day
    assert there.day <= day.day
    assert Duration(0, 0, years).after(day) == day + timedelta(days=years)


def test_the_text_says_what_is_asked() -> None:
    text = exit_text(leave("nato", "USA", "2025-03-09"), 80)
    for words in ("2025-09-05", "2026-09-05", "67 of 100", "Goldwater", "open:", "What survives"):
        assert words in text
    assert "Nothing to leave" in exit_text(leave("wfp", "USA", "2025-07-22"), 80)
    assert max(map(len, text.splitlines())) <= 80
