"""Debt in the text, the charts and the page of a run, of an answer made by hand."""

from typing import Any
from xml.etree import ElementTree

import pytest

from burdenshare.showing.bars import Bar, bars_spec
from burdenshare.showing.plots import STATED, WIDE, Chart, drawn
from burdenshare.showing.run_charts import charts_of
from burdenshare.showing.run_reports import run_html
from burdenshare.showing.runs import run_text
from showing.run_debt_fixture import block, case, part, state, study
from showing.run_fixture import empty, layers, run, said
from showing.test_reports import HOSTILE, Page, safe
from showing.test_run_reports import words_of

TEXT = run_text(empty(debt=block()))


def flat(text: str) -> str:
    return " ".join(text.split())


def line(text: str, start: str) -> str:
    return next(each for each in text.splitlines() if each.startswith(start))


def chart(name: str, **fields: Any) -> Chart:
    [part_] = [each for each in charts_of(run(debt=block(**fields))) if each.name == "debt"]
    return next(each for each in part_.charts if each.name == name)


# The text


def test_each_state_has_a_line_with_and_without() -> None:
    assert line(TEXT, "who ").split() == (
        "who debt 2028 2035 2041 interest falls extra met".split()
    )
    assert line(TEXT, "FRA ").split() == (
        "FRA 100.0 105.0 100.0 105.0 100.0 105.0 4.50 4.50 25 25 0.25 1.00 – –".split()
    )
    assert line(TEXT, "ITA ").split()[-6:] == "25 25 0.00 – 3 60".split()


def test_cases_stand_below_each_other_with_what_is_said_of_each() -> None:
    places = [TEXT.index(each) for each in ("Debt: what it", "· Europe rearms", "· Think Tank:")]
    assert places == sorted(places)
    assert "Extra spending of the states asked for, on GDP of 2024: EUR 130 billion" in flat(TEXT)
    first, second = TEXT[places[1] : places[2]], TEXT[places[2] :]
    assert "note: ITA: not active" in first
    assert "note: ITA: over the cap" in second
    assert TEXT.count("with all of it") == TEXT.count("note: FRA: not active") == 1


def test_states_outside_the_union_have_their_last_year() -> None:
    text = run_text(empty(debt=block(cases=block()["cases"][::-1])))
    assert line(text, "United Kingdom ").split()[2:] == "2026 0.00 102.0 103.5 2.75 3.00".split()


def test_the_first_case_alone_shows_its_states() -> None:
    assert TEXT.count("\nwho ") == 1
    second = flat(TEXT[TEXT.index("· Think Tank:") : TEXT.index("Does the money")])
    assert "State by state: in the report (-o DIR)." in second


def test_all_states_fit_into_80_columns() -> None:
    wide = state("FRA", 0.0, 0.25, 1.25, debt=112.3)
    for each in ("without", "with", "kept"):
        wide[each]["probability_debt_falls"] = 1.0
        wide[each]["interest"]["2041"] = 10.25
        wide[each]["reference_values"] = dict.fromkeys(wide[each]["reference_values"], True)
    text = run_text(empty(debt=block(cases=[case("scenario", "Europe rearms", wide)])))
    assert max(map(len, text.splitlines())) <= 80
    assert line(text, "FRA ").split()[-6:] == "100 100 0.25 1.25 3 60".split()


def test_without_draws_the_chance_is_left_open() -> None:
    open_ = state("FRA", 0.0, 0.25, 1.25)
    for each in ("without", "with", "kept"):
        open_[each]["probability_debt_falls"] = None
    text = run_text(empty(debt=block(cases=[case("scenario", "Europe rearms", open_)])))
    assert line(text, "FRA ").split()[9:11] == ["–", "–"]


def test_the_money_covers_some_and_others_only_up_to_a_year() -> None:
    after = flat(TEXT[TEXT.index("Does the money") :])
    assert "Loans and room: loans EUR 10 billion, room EUR 20 billion · What it costs" in after
    assert after.count("Loans and room:") == 2  # once as the money, once with its source
    assert "What it costs (Think Tank), EUR 30 billion a year, 2026 to 2027: over eu-27" in after
    assert "The money covers one of the states of eu-27. covered 1: POL" in after
    assert "not covered 2: from 2026: FRA 40 billion; from 2027: ITA 5.0 billion" in after


def test_gaps_assumptions_and_sources_are_said_once() -> None:
    text = flat(TEXT)
    for each in (
        "note: FRA: no rise is known",
        "note: MLT: no GDP is held",
        "note: a note on money",
        "assumed: room is free in full",
        "from: Clause: Act, Council, 2025-07-08",
        "from: Escape: Decisions, scenario",
        "Europe rearms: the source of scenario",
        "Loans and room: Council on the money",
    ):
        assert text.count(each) == 1


def test_a_study_that_covers_all_or_nobody() -> None:
    poland = part("POL", 4.0, 5.0, 2.0, "its loan is enough")
    text = run_text(empty(debt=block(cases=[], covers=[study("eu-27", poland)])))
    assert "covered 1: POL" in text
    assert "not covered" not in text[text.index("· What it costs") :]
    assert "falls" not in text
    france = part("FRA", 20.0, 0.0, 0.0, "nothing")
    text = run_text(empty(debt=block(cases=[], covers=[study("eu-27", france)])))
    assert "  covered " not in text


@pytest.mark.parametrize("nothing", [{}, {"debt": None}, {"debt": block(cases=[], covers=[])}])
def test_a_run_that_is_not_about_debt_has_no_such_section(nothing: dict[str, Any]) -> None:
    bare = empty() | nothing
    assert "Debt: what" not in run_text(bare)
    assert 'id="debt"' not in run_html(bare)


# The charts


def test_each_state_is_drawn_without_with_and_if_it_goes_on() -> None:
    found = chart("debt-1")
    assert [spec["title"]["text"] for spec in found.specs] == ["France", "Italy"]
    lines = {
        (each["mark"]["color"], "strokeDash" in each["mark"]): each["data"]["values"]
        for each in layers(found, "line")
    }
    ends = [(path[0]["year"], path[-1]["year"], path[-1]["value"]) for path in lines.values()]
    assert ends == [(2024, 2041, 120.0), (2024, 2041, 105.0), (2024, 2041, 100.0)]
    assert lines[STATED, True][-1]["value"] == 120.0
    assert said(found) == (
        "Debt of France in 2041, % of GDP: 100.0 without the spending, 105.0 with it, 120.0 if it "
        "goes on."
    )
    assert "each drawing has its own scale" in found.note
    assert found.rows[0][:5] == ("France", "0.75 to 1.50", "100.0", "105.0", "120.0")


def test_draws_are_bands_around_the_path_with_the_spending() -> None:
    drawn_ = state("FRA", 0.0, 0.25, 1.25)
    ends = [90.0, 95.0, 98.0, 100.0, 102.0, 105.0, 140.0]
    drawn_["with"]["fan"] = {"years": [2028, 2029], "debt": [[100.0] * 7, ends]}
    found = chart("debt-1", cases=[case("scenario", "Europe rearms", drawn_)])
    [spec] = found.specs
    bands = [each for each in spec["layer"] if each["mark"]["type"] == "area"]
    assert [each["data"]["values"][1] for each in bands] == [
        {"year": 2029, "low": low, "high": high}
        for low, high in ((90.0, 140.0), (95.0, 105.0), (98.0, 102.0))
    ]
    assert spec["encoding"]["y"]["scale"]["domain"][1] >= 140
    assert "Bands: half, 80 and 95 in 100 of the draws with it" in found.note
    assert "Bands" not in chart("debt-1").note


def test_the_limit_is_drawn_where_it_is_within_the_axis() -> None:
    dotted = [
        [each for each in spec["layer"] if each["mark"].get("strokeDash") == [1, 3]]
        for spec in chart("debt-1").specs
    ]
    assert [len(each) for each in dotted] == [0, 1]  # France 100 to 120, Italy 50 to 70


def test_a_scale_has_20_points_and_does_not_go_below_0() -> None:
    low = state("DNK", 0.0, 0.0, 0.0, debt=0.0)
    for each in ("with", "kept"):
        low[each]["path"] = [1.0] * 19
    found = chart("debt-1", cases=[case("scenario", "Europe rearms", low)])
    first, last = found.specs[0]["encoding"]["y"]["scale"]["domain"]
    assert first == 0
    assert last >= 20


def test_states_outside_the_union_are_drawn_without_what_goes_on() -> None:
    found = chart("debt-outside-2")
    assert [spec["title"]["text"] for spec in found.specs] == ["United Kingdom"]
    assert said(found) == (
        "Debt of the United Kingdom in 2026, % of GDP: 102.0 without the spending, 103.5 with it."
    )
    assert "goes on" not in found.note
    assert found.note.startswith("Plain debt identity. ")


def test_the_table_has_all_states_and_no_drawing() -> None:
    found = chart("debt-table-1")
    assert found.specs == ()
    assert found.rows[0] == (
        "France",
        *["100.0 → 105.0"] * 3,
        "4.50 → 4.50",
        "25 → 25 %",
        "0.25",
        "1.00",
        "– – → – –",
    )
    assert found.rows[1][-3:] == ("0.00", "–", "3 60 → 3 60")
    assert "debt is within 60 % in 2041 in 1 without the spending" in found.note


def test_what_is_needed_after_2028_has_its_criterion() -> None:
    found = chart("debt-needed-1")
    assert found.rows[0][0] == "Italy"
    assert found.rows[0][1:4] == ("0.00", "0.00", "more than 3")
    assert found.rows[1][4:] == ("debt safeguard",) * 3
    rows = found.specs[0]["layer"][0]["data"]["values"]
    assert [(row["name"], row["high"], row["part"]) for row in rows] == [
        ("Italy", 3.0, 0.0),
        ("France", 1.25, 0.5),
    ]
    assert rows[1]["label"] == "1.25 debt safeguard"


def test_what_is_asked_stands_beside_the_money() -> None:
    found = chart("debt-money")
    # 30 billion in each of two years; missing: 40 of France, 5 of Italy; 18 of Britain
    assert [row[1:] for row in found.rows] == [
        ("60 billion", "45 billion", "10 billion", "20 billion", "1 of 3"),
        ("26 billion", "18 billion", "10 billion", "20 billion", "1 of 2"),
    ]
    asked = layers(found, "bar")[0]["data"]["values"]
    assert [(row["kind"], row["high"]) for row in asked[:3]] == [
        ("asked", 60e9),
        ("loans", 10e9),
        ("room", 20e9),
    ]
    [first, second] = layers(found, "bar")[1]["data"]["values"]
    assert (first["from"], first["high"]) == (15e9, 60e9)
    assert second["from"] == 8e9


def test_each_state_of_a_study_says_what_is_missing_and_why() -> None:
    found = chart("debt-cover-1")
    assert found.rows == (
        (
            "France",
            "40 billion",
            "1.20 to 1.25",
            "0",
            "0",
            "40 billion",
            "2026",
            "no clause and no loan",
        ),
        (
            "Italy",
            "12 billion",
            "1.20 to 1.25",
            "2.0 billion",
            "8.0 billion",
            "5.0 billion",
            "2027",
            "its room ends in 2026",
        ),
        (
            "Poland",
            "8.0 billion",
            "1.20 to 1.25",
            "10 billion",
            "2.0 billion",
            "0",
            "–",
            "its loan is enough",
        ),
    )
    labels = [row["label"] for row in found.specs[0]["layer"][0]["data"]["values"]]
    assert labels == ["40 billion, all missing", "12 billion, 5.0 missing", "8.0 billion"]
    assert found.note.startswith("The money covers one of the states of eu-27. Hollow: missing.")


def test_the_hollow_part_of_a_bar_shares_its_axis() -> None:
    spec = bars_spec("Bars", "two", [Bar("a", 4.0, part=3.0, label="4"), Bar("b", -2.0)])
    bars = [each for each in spec["layer"] if each["mark"]["type"] == "bar"]
    assert len(bars) == 2
    assert [row["name"] for row in bars[1]["data"]["values"]] == ["a"]
    assert bars[1]["encoding"]["x"]["scale"] == bars[0]["encoding"]["x"]["scale"]
    root = ElementTree.fromstring(drawn(spec))
    assert not any("high" in text for text in root.itertext())


def test_labels_of_bars_stay_within_the_drawing() -> None:
    spec = bars_spec("Bars", "one", [Bar("France", 0.75, label="0.75 " + "criterion " * 2)])
    root = ElementTree.fromstring(drawn(spec))
    assert root.attrib["viewBox"].split()[2] == str(WIDE)
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    label = spec["layer"][0]["data"]["values"][0]["label"]
    # of 360 units, 30 are margin and 6.3 a letter
    room = WIDE - 30 - 6.3 * len("France")
    assert low == 0
    assert 0.75 / high * room + 6.3 * len(label) <= room + 1e-9


# The page


def test_the_page_has_a_section_with_drawings_tables_and_sentences() -> None:
    markup = run_html(empty(debt=block()))
    read = safe(Page(markup))
    [part_] = charts_of(empty(debt=block()))
    with_drawing = [each for each in part_.charts if each.specs]
    assert [each["id"] for each in read.all("figure")] == [each.name for each in part_.charts]
    assert len(read.all("details")) == len(with_drawing)
    assert len(part_.charts) - len(with_drawing) == 2
    text = words_of(markup)
    assert text.count("The money covers one of the states of eu-27.") == 2  # above, and at its bars
    for each in (
        "MLT: no GDP is held",
        "Think Tank: What it costs: ITA: over the cap",
        "room is free in full",
        "a note on inputs",
        "Clause: Act, Council, 2025-07-08",
        "What it costs: Think Tank, What it costs",
        "100.0 → 105.0",
    ):
        assert each in text
    assert "None" not in text


def test_the_page_stays_light_with_all_states() -> None:
    codes = (
        "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL "
        "PRT ROU SVK SVN SWE"
    ).split()
    rows = [state(code, 0.25, 0.5, 1.25, debt=40.0 + k) for k, code in enumerate(codes)]
    for row in rows:
        row["kept"]["path"] = [60.123 + k * k / 7 for k in range(19)]
    one = empty(debt=block(cases=[case("scenario", "Europe rearms", *rows)], covers=[]))
    assert len(run_html(one).encode()) < 200_000


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_leave_its_place(text: str) -> None:
    row = part("FRA", 20.0, 0.0, 0.0, text)
    money = {"loans_eur": 1.0, "room_eur": 1.0, "title": text, "citation": text}
    words: dict[str, Any] = dict.fromkeys(
        ("title", "publisher", "citation", "caveat", "split_title", "says"), text
    )
    gaps = [{"country": text, "reason": text}]
    told = case("scenario", text, state("FRA", 0.0, 0.0, 0.5), said=[text], gaps=gaps)
    told |= {"citation": text, "caveat": text}
    told["effects"]["rows"][0]["kept"]["binding_after_2028"] = text
    told["effects"]["room"]["title"] = text
    hostile = block(
        title=text,
        cases=[told],
        covers=[study("eu-27", row, gaps=gaps, money=money, **words)],
        assumptions=[text],
        notes=[text],
        sources=[dict.fromkeys(("what", "published", "document", "source"), text)],
    )
    safe(Page(run_html(empty(debt=hostile))))
    assert "\x1b" not in run_text(empty(debt=hostile))
