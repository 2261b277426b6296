"""What `burdenshare debt` prints and draws, of answers made by hand."""

from pathlib import Path
from typing import Any

import pytest

from burdenshare.errors import UserError
from burdenshare.showing.debt import debt_rows, debt_text
from burdenshare.showing.debt_charts import debt_charts
from burdenshare.showing.debt_report import command, debt_html, write_debt_report
from burdenshare.showing.debt_words import CRITERIA, on_top
from burdenshare.showing.grids import as_csv
from showing.debt_fixture import BRITAIN, answer, effect, more, row
from showing.test_reports import HOSTILE, Page, safe

FRANCE = answer() | more(effect("FRA", 0.0, 0.25, 1.25))
TWO = (row(), row("ITA", -0.5, binding="floor", fan=None))
SEVERAL = answer(*TWO) | more(effect("FRA", 0.0, 0.25, None), effect("ITA", 0.0, 0.0, 0.5, debt=50))


def flat(text: str) -> str:
    return " ".join(text.split())


def line(text: str, start: str) -> list[str]:
    [found] = [each for each in text.splitlines() if each.startswith(start)]
    return found.removeprefix(start).split()


def test_one_state_starts_with_the_sentence() -> None:
    text = debt_text(answer())
    assert (
        "France’s structural primary balance would have to go from −4.00 % of GDP in 2024 to "
        "2.00 % in 2028, by +1.50 points each year; debt then falls from 106.0 % in 2028 to "
        "96.0 % in 2038. What decides: debt falls, adverse rates."
    ) in flat(text)
    assert max(map(len, text.splitlines())) <= 80


def test_one_state_has_every_criterion_the_path_and_the_error() -> None:
    text = debt_text(answer())
    assert line(text, "debt falls, adverse rates") == ["1.99", "decides"]
    assert line(text, "deficit within 3 %") == ["1.25"]
    assert line(text, "debt falls in 70 % of draws ") == ["–"]
    places = [text.index(each) for each in ("6.50", "1.99  decides", "1.25")]
    assert places == sorted(places)
    assert line(text, "2025 ") == ["109.0", "-3.50", "-3.50", "-3.50", "1.50", "0.27", "114.0"]
    assert line(text, "2038 ") == ["96.0", "3.00", "3.00", "3.00", "–", "–", "166.0"]
    assert "Monte Carlo error of what the draws ask for: ± 0.0012" in text
    assert (
        "Debt in 2033 over the draws: median 101.0 %; half of them 96.0 to 106.0 %; 80 in 100 91.0 "
        "to 111.0 %; 95 in 100 86.0 to 116.0 %. Debt falls in 78 % of the draws."
    ) in flat(text)


def test_what_decides_is_shown_where_it_is_no_criterion() -> None:
    text = debt_text(answer(row(binding="floor")))
    assert line(text, "the least step allowed") == ["2.00", "decides"]


def test_without_draws_nothing_is_said_of_them() -> None:
    text = debt_text(answer(row(fan=None, stochastic_error=None)))
    assert "over the draws" not in text
    assert "Monte Carlo" not in text


def test_several_states_are_a_table_with_the_largest_step_first() -> None:
    text = debt_text(answer(*reversed(TWO)))
    assert "1 of 2 states would have to raise" in flat(text)
    assert "France most: +1.50 points of GDP a year" in flat(text)
    assert line(text, "FRA ")[:6] == ["2.00", "1.50", "1.50", "110.0", "106.0", "96.0"]
    assert "the least step allowed" in text
    assert text.index("\nFRA ") < text.index("\nITA ")


def test_nobody_has_to_raise_anything() -> None:
    text = flat(debt_text(answer(row(step=-0.5), row("ITA", -0.1))))
    assert "None of 2 states would have to raise" in text


def test_notes_on_other_states_are_left_out() -> None:
    assert "Romania" not in debt_text(answer())
    assert "note: Something of all states." in debt_text(answer())
    assert "note: Romania: no rate; Poland: none" in debt_text(answer(row("POL")))


def test_states_with_one_gap_stand_together() -> None:
    gaps = [{"country": code, "reason": "no shocks"} for code in ("FRA", "ITA")]
    assert "gap: FRA, ITA: no shocks" in debt_text(answer(gaps=gaps))


def test_with_and_without_of_one_state() -> None:
    text = debt_text(FRANCE)
    assert (
        "With 1.5 % of GDP in 2025 to 2028 on top and the same steps, debt would be 105.0 % "
        "instead of 100.0 % in 2041 (120.0 % if the spending goes on); needed on top from 2029 to "
        "2032: 0.25 points a year (1.25 if it goes on), without it 0.00."
    ) in flat(text)
    assert line(text, "debt in 2035") == ["100.0", "105.0", "120.0"]
    assert line(text, "needed, 2029 to 2032") == ["0.00", "0.25", "1.25"]
    assert line(text, "debt falls, 2028 to 2033") == ["25", "%", "25", "%", "25", "%"]
    assert line(text, "debt ≤ 60 % in 2041") == ["no", "no", "no"]
    assert "escape clause active since 2025-07-08: Council: clause" in flat(text)
    assert "EUR 130 billion; under the escape clause EUR 65 billion" in flat(text)
    assert "20 % of EUR 650 billion: the figure that was announced" in text
    assert "note: FRA, ITA: not active" in text
    assert "gap: FRA: no rise is known" in text


def test_with_and_without_of_several_states() -> None:
    text = debt_text(SEVERAL)
    assert (
        "1 of 2 states would need a larger adjustment from 2029 to 2032, and 2 if the spending "
        "goes on; all of it comes to EUR 130 billion, of which EUR 65 billion falls under"
    ) in flat(text)
    rows = [each.split() for each in text.splitlines() if each.startswith("FRA ")]
    assert rows[1][1:] == [
        "100.0",
        "105.0",
        "100.0",
        "105.0",
        "100.0",
        "105.0",
        "0.00",
        "0.25",
        "–",
    ]
    assert (
        "debt is within 60 % in 2041 in 1 without the spending, 1 with it and 0 if it goes on"
    ) in flat(text)
    assert max(map(len, text.splitlines())) <= 80


def test_a_state_outside_the_union_has_the_plain_identity() -> None:
    blank: dict[str, Any] = {"rows": [], "release": None, "published": None, "inputs": None}
    text = debt_text(answer() | blank | more(outside_eu=BRITAIN))
    assert "Outside the EU: plain debt identity; debt, % of GDP" in text
    assert line(text, "United Kingdom  2026")[:3] == ["0.00", "102.0", "103.5"]
    assert "under the escape clause" not in text
    page = debt_html(answer() | blank | more(outside_eu=BRITAIN))
    assert "United Kingdom" in Page(page).text
    assert "burdenshare debt --country GBR --adjust 4 --preset commission --as-of" in page
    assert "None" not in page


def test_rows_are_flat() -> None:
    [found] = debt_rows(FRANCE)
    assert found["spb_deficit_reduction"] == 1.25
    assert found["step_2028"] == 1.5
    assert found["net_expenditure_growth_2026"] == -0.02
    assert (found["debt_2038"], found["debt_no_policy_change_2038"]) == (96.0, 166.0)
    assert found["probability_debt_falls"] == 0.7829
    assert (found["kept_debt_2041"], found["kept_needed_after_2028"]) == (120.0, 1.25)
    assert found["with_debt_2041_met"] is False
    assert as_csv(debt_rows(FRANCE)).count("\n") == 2
    assert "kept_debt_2041" not in debt_rows(answer())[0]


def test_years_with_the_same_points_are_said_together() -> None:
    assert on_top({"defence": {"2025": 0.5, "2027": 0.5}}) == "0.5 % of GDP in 2025, 0.5 % in 2027"


def test_the_fan_has_three_bands_and_a_table() -> None:
    fan, criteria = debt_charts(answer())
    areas = [each for each in fan.specs[0]["layer"] if each["mark"]["type"] == "area"]
    last = [each["data"]["values"][-1] for each in areas]
    assert [(each["low"], each["high"]) for each in last] == [(86, 116), (91, 111), (96, 106)]
    assert "80 91.0 to 111.0 %" in fan.specs[0]["description"]
    table = {line[0]: line[1:] for line in fan.rows}
    assert table["2033"][:3] == ("101.0", "146.0", "86.0")
    assert table["2024"][2] == "–"
    decided = [bar for bar in criteria.rows if bar[2] == "decides"]
    assert decided == [("debt falls, adverse rates", "1.99", "decides")]


def test_the_fan_shows_spending_on_top() -> None:
    fan = debt_charts(FRANCE)[0]
    assert fan.head[:5] == ("Year", "Rules met", "No change", "With", "It goes on")
    assert fan.rows[-1][3:5] == ("105.0", "120.0")
    assert "Orange: the same steps with the spending on top" in fan.note


def test_several_states_have_a_drawing_each_on_one_scale() -> None:
    fans, steps = debt_charts(SEVERAL)
    assert [spec["title"]["text"] for spec in fans.specs] == ["France", "Italy"]
    scales = {str(spec["encoding"]["y"]["scale"]["domain"]) for spec in fans.specs}
    assert len(scales) == 1
    assert fans.rows[1][-1] == "–"
    assert steps.rows[0][:2] == ("France", "+1.50")


@pytest.mark.parametrize("found", [answer(), FRANCE, SEVERAL])
def test_the_page_needs_nothing_else(found: dict[str, Any]) -> None:
    markup = debt_html(found)
    assert "<script" not in markup
    assert "url(" not in markup
    read = safe(Page(markup))
    drawings = sum(len(chart.specs) for chart in debt_charts(found))
    assert len(read.all("svg")) == len(read.all("desc")) == drawings
    assert all(each["role"] == "img" and each["aria-label"] for each in read.all("svg"))
    assert len(read.all("details")) == len(debt_charts(found))
    assert "Required balance" in read.text


def test_the_page_says_what_is_used_and_assumed() -> None:
    text = flat(Page(debt_html(FRANCE)).text)
    assert "debt would be 105.0 % instead of 100.0 % in 2041" in text
    assert "20 % of EUR 650 billion: the figure that was announced" in text
    assert "the steps stay" in text
    assert "clause: Act, Council, 8 July 2025" in text
    assert "FRA, ITA: not active" in text
    assert "1.5 % of GDP in 2025 to 2028" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_leave_its_place(text: str) -> None:
    hostile = answer(row(), notes=[text], release=text, gaps=[{"country": text, "reason": text}])
    hostile["rows"][0] |= {"guidance": text, "binding": text}
    found = effect("FRA", 0.0, 0.25, 1.25)
    found["clause"]["document"] = found["with"]["binding_after_2028"] = text
    told: dict[str, Any] = {"said": [text], "assumptions": [text], "gaps": hostile["gaps"]}
    hostile |= more(found, **told)
    safe(Page(debt_html(hostile)))
    assert "\x1b" not in debt_text(hostile)


def test_the_command_repeats_the_answer() -> None:
    assert command(SEVERAL) == (
        "burdenshare debt --country FRA,ITA --adjust 4 --preset commission --inputs eu-dsa "
        "--as-of 2026-10-30 --defence +1.5:2025,+1.5:2026,+1.5:2027,+1.5:2028"
    )
    plain = answer(row(criteria={"deficit_reduction": 1.0}))
    assert command(plain).endswith("--as-of 2026-10-30 --no-stochastic")


def test_names_of_criteria_fit_beside_a_bar() -> None:
    assert max(map(len, CRITERIA.values())) <= 27


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_debt_report(answer(), tmp_path / "debt.html")
    assert (tmp_path / "debt.html").read_text("utf-8") == debt_html(answer())
    with pytest.raises(UserError, match="is not a folder"):
        write_debt_report(answer(), tmp_path / "none" / "debt.html")
    with pytest.raises(UserError, match="is not a file"):
        write_debt_report(answer(), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["debt.html"]
