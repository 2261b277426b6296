import errno
import html
import re
from pathlib import Path
from typing import Any

import pytest

from burdenshare.errors import UserError
from burdenshare.showing import plots
from burdenshare.showing.run_charts import charts_of
from burdenshare.showing.run_repeat import cite, command, python_call
from burdenshare.showing.run_reports import run_html, run_section, write_run_report
from showing.run_fixture import bill, empty, row, run
from showing.test_reports import HOSTILE, Page, safe


def page(answer: dict[str, Any]) -> Page:
    markup = run_html(answer)
    markup.encode("utf-8")
    return safe(Page(markup))


def flat(answer: dict[str, Any]) -> str:
    return words_of(run_html(answer))


def words_of(markup: str) -> str:
    """Return the words of a page in one line, those of each cell apart."""
    body = re.sub(r"<style>.*?</style>", " ", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


# What the page holds


def test_the_headline_comes_before_the_charts() -> None:
    read = page(run())
    text = flat(run())
    assert text.index("The others would have to spend 17.01 %") < text.index("What the others")
    assert [title.strip() for tag, title in read.headings if tag == "h2"] == [
        "The answer",
        "Who pays",
        "Who is protected",
        "Shares of GDP and the pledges",
        "How sure this is",
        "What is assumed",
        "Where each number comes from",
        "Repeat and cite",
    ]
    assert [title for tag, title in read.headings if tag == "h1"] == [
        "The United States leaves NATO"
    ]


def test_each_chart_has_a_table_view_and_words_for_those_who_do_not_see_it() -> None:
    read = page(run())
    charts = [chart for part in charts_of(run()) for chart in part.charts]
    assert [each["id"] for each in read.all("figure")] == [chart.name for chart in charts]
    assert len(read.all("details")) == len(charts)
    drawings = sum(len(chart.specs) for chart in charts)
    assert len(read.all("svg")) == len(read.all("desc")) == drawings
    assert all(each["role"] == "img" and each["aria-label"] for each in read.all("svg"))
    regions = [each["aria-label"] for each in read.all("div", "wide")]
    assert regions == [*(f"{chart.title}, as a table" for chart in charts), "Sources"]
    text = flat(run())
    for chart in charts:
        assert chart.rows[0][0] in text
        assert " ".join(chart.specs[0]["description"].split()) in text


def test_the_page_needs_nothing_else() -> None:
    markup = run_html(run())
    assert "<script" not in markup
    [style] = re.findall(r"<style>(.*?)</style>", markup, re.S)
    assert "url(" not in style
    assert "@import" not in style
    assert "http" not in style
    assert set(re.findall(r'https?://[^"\s<]+', markup)) == {
        "http://www.w3.org/2000/svg",
        "https://www.nato.int/tables.pdf",
    }
    [policy] = [each["content"] for each in page(run()).all("meta") if "http-equiv" in each]
    assert policy.startswith("default-src 'none'")


def test_every_colour_of_the_charts_has_one_for_the_dark() -> None:
    markup = run_html(run())
    dark = markup[markup.rindex("prefers-color-scheme: dark") :].partition("@media")[0]
    drawn = set(re.findall(r'(?:fill|stroke)="(#\w+)"', markup))
    assert drawn == {plots.INK, plots.LINE, plots.STATED, plots.PAPER, plots.GHOST}
    for colour in drawn:
        assert f'[fill="{colour}"]' in dark
        assert f'[stroke="{colour}"]' in dark


def test_assumptions_sources_and_how_to_repeat_it_are_there() -> None:
    text = flat(run())
    assert "20 July 2027 The United States leaves NATO on 20 July 2027." in text
    assert "North Atlantic Treaty, Art. 13 · proposal nato.exit · seen" in text
    assert "on Spain keeps its own path" in text
    assert "Growth stays as it is in the last year of the outlook." in text
    assert "Defence expenditure of NATO countries 6 July 2026" in text
    assert "ab12cd34ef567890" in text
    assert "SAFE loans: Regulation (EU) 2025/1106" in text
    assert command(run()) in text
    assert " ".join(python_call(run()).split()) in text
    assert cite(run()) in text
    assert "3ee644d7eb1cf920" in text


def test_a_gap_shows_its_reason() -> None:
    text = flat(run())
    assert "Iceland: no armed forces: no share is published" in text
    lost = bill("rerun", 0.0, 0.0, rows=[], reason="no scale is held for that year")
    text = flat(run(bills=[lost]))
    assert "NATO common funding, rerun: no scale is held for that year" in text
    unsized = bill("rerun", 86.0, 14.0, total_usd=None, total_text="its size is not known")
    assert "NATO common funding, rerun: its size is not known" in flat(run(bills=[unsized]))
    anyone = [{"country": None, "reason": "the outlook ends in 2026"}]
    assert "Any member: the outlook ends in 2026" in flat(run(gaps=anyone))


def test_numbers_are_rounded() -> None:
    assert re.findall(r"\d\.\d{3,}", flat(run())) == []


def test_empty_blocks_leave_only_what_is_known() -> None:
    bare = empty(gaps=[], switches=[], changes=[], assumptions=[], sources=[], notes=[])
    read = page(bare)
    assert [title.strip() for tag, title in read.headings if tag == "h2"] == [
        "The answer",
        "What is assumed",
        "Repeat and cite",
    ]
    assert read.all("svg") == []


def test_a_run_of_nothing_changes_has_no_baseline_beside_it() -> None:
    rows = [
        row("nothing-changes", "NATO", name, 2027, 3.0)
        for name in ("Share of GDP", "Constant Prices")
    ]
    answer = empty(rows=rows, scenario=run()["scenario"] | {"id": "nothing-changes"})
    read = page(answer)
    assert [each["id"] for each in read.all("figure")] == ["totals", "share-1"]
    assert "nothing changes" not in flat(answer)


@pytest.mark.parametrize("words", ["".join(HOSTILE[:6]), "".join(HOSTILE[6:]), HOSTILE[0]])
def test_hostile_words_stay_words(words: str) -> None:
    answer = run(headline=words, notes=[words], overrides=[f"exit.text={words}"])
    answer["scenario"]["title"] = answer["scenario"]["question"] = words
    answer["measure"]["definition"] = words
    for block in ("members", "changes", "switches", "needed", "bills", "funding", "borrowing"):
        for each in answer[block]:
            for name in ("name", "text", "title", "citation", "total_text", "proposal"):
                if name in each:
                    each[name] = words
    for each in answer["protection"]:
        each["title"] = each["citation"] = words
        each["rows"] = [line | {"reason": words} for line in each["rows"]]
    for each in answer["uncertainty"]:
        each["measure"] = each["region"] = words
        each["assumptions"] = [{"text": words, "p50": 3.0}]
    for each in answer["sources"]:
        each.update(dict.fromkeys(("what", "document", "source", "published", "hash"), words))
    answer["gaps"] = [{"country": "ISL", "reason": words}]
    answer["rows"] = [
        line | {"region": words} if line["region"].startswith("NATO") else line
        for line in answer["rows"]
    ]
    page(answer)
    safe(Page(f"<main>{run_section(answer)}</main>"))


def test_a_source_that_is_no_address_is_not_a_link() -> None:
    bad = ("nato.int", "javascript:alert(1)", "http://plain.example", "https://a b")
    sources = [run()["sources"][0] | {"source": text} for text in (*bad, "https://nato.int/a")]
    links = page(empty(sources=sources)).all("a", "source")
    assert [each["href"] for each in links] == ["https://nato.int/a"]


def test_the_page_stays_small_for_all_members() -> None:
    codes = [f"{letter}{other}X" for letter in "ABCDEF" for other in "ABCDEF"][:31]
    years = range(2026, 2036)
    scenario = run()["scenario"]["id"]
    rows = [
        row(name, code, "Share of GDP", year, 2.0 + place / 40 + (year - 2026) / 9)
        for name in (scenario, "nothing-changes")
        for place, code in enumerate(codes)
        for year in years
    ]
    meets = [
        {
            "scenario": scenario,
            "country": code,
            "year": year,
            "pledge": pledge,
            "target": 3.5,
            "probability": ((7 * place + year + step) % 99 + 0.5) / 100,
        }
        for step, pledge in enumerate(("a.b.c", "a.d.e", "a.f.g"))
        for place, code in enumerate(codes)
        for year in years
    ]
    members = [run()["members"][1] | {"country": code, "name": code} for code in codes]
    markup = run_html(run(rows=rows, meets=meets, members=members))
    assert len(markup.encode()) < 1_000_000


# Writing it


def test_the_page_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_run_report(run(), path)
    assert path.read_text(encoding="utf-8") == run_html(run())
    write_run_report(run(headline="Another."), path)
    assert "Another." in path.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_where_it_cannot_be_written_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a file"):
        write_run_report(run(), tmp_path)
    with pytest.raises(UserError, match="is not a folder"):
        write_run_report(run(), tmp_path / "missing" / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_the_report_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    write_run_report(empty(), path)
    before = path.read_bytes()

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="cannot be written: No space left on device"):
        write_run_report(empty(headline="Another."), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


# In the report on an article


def test_the_section_has_the_headline_and_a_main_figures() -> None:
    read = safe(Page(f"<main>{run_section(run())}</main>"))
    assert [tag for tag, _ in read.headings] == ["h3"]
    text = words_of(run_section(run()))
    assert "The others would have to spend 17.01 % of their GDP in 2028." in text
    assert "Keep the total that NATO spends, 2028 17.01 % of GDP 90 % range 15.31 to 18.70" in text
    assert "Share of GDP, NATO, 2028 3.30 % 90 % range 2.97 to 3.63" in text
    assert (
        "Spending, NATO, 2028 USD 217 billion at prices of 2026 90 % range 195 to 239 billion"
        in text
    )
    assert "Members that meet in 2028: Hague 2025, core 1 of 2 90 % range 1 to 2" in text
    assert (
        "NATO common funding (in proportion): Germany USD 880 million USD 750 million before"
        in text
    )
    assert "SAFE loans EUR 150 billion" in text
    assert command(run()) in text
    assert len(read.all("dt")) == len(read.all("dd")) < 14


def test_a_section_without_figures_has_no_list() -> None:
    read = safe(Page(f"<main>{run_section(empty())}</main>"))
    assert read.all("dl") == []
