"""What an article proposes, in the text and in the report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from burdenshare.checking.results import Check, Proposed
from burdenshare.reading.document import Span
from burdenshare.showing.reports import report_html
from burdenshare.showing.tables import check_text
from showing import run_fixture
from showing.specimen import article, at
from showing.test_reports import HOSTILE, Page, page, safe

QUESTION = "Who pays what if the United States leaves NATO?"
COMMAND = "burdenshare run us-leaves-nato --as-of 2025-03-02"
LOANS = "The Commission’s plan, worth €150 billion ($162.5 billion), “will be forgotten"


def proposing(**fields: object) -> Check:
    """Return the article of the specimen with one scenario that it proposes."""
    given: dict[str, object] = {
        "id": "us-leaves-nato",
        "title": "The United States leaves NATO",
        "question": QUESTION,
        "statements": (0, 1),
        "passages": (),
        "command": COMMAND,
    }
    found = Proposed(**{**given, **fields})  # type: ignore[arg-type]
    return replace(article(), scenarios=(found,))


def test_the_text_names_scenario_question_and_command() -> None:
    text = check_text(proposing(), 80)
    assert (
        "\nWhat if\n"
        "This article proposes: The United States leaves NATO (s1, s2)\n"
        f"    {QUESTION}\n"
        f"    {COMMAND}\n"
    ) in text
    assert "What if" not in check_text(article(), 80)


def test_the_text_gives_the_headline_where_it_was_run() -> None:
    text = check_text(proposing(headline="The others pay."), 80)
    assert f"    {QUESTION}\n    The others pay.\n    {COMMAND}\n" in text


def test_the_text_quotes_a_passage_that_nobody_said() -> None:
    text = check_text(proposing(statements=(), passages=(Span(*at(LOANS)),)), 100)
    assert "leaves NATO (“The Commission’s plan, worth €150…”)\n" in text


def test_the_report_has_a_section() -> None:
    read = page(proposing(passages=(Span(*at(LOANS)),), headline="The others pay."))
    assert ("h2", "What if") in read.headings
    assert ("h3", "The United States leaves NATO") in read.headings
    for words in (QUESTION, COMMAND, "The others pay.", LOANS):
        assert words in read.text
    assert {"href": "#statement-2"} in read.all("a")
    assert ("h2", "What if") not in page(article()).headings


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    check = proposing(id=text, title=text, question=text, command=text, headline=text)
    read = page(check)
    assert not read.all("script")
    assert "alert" not in "".join(fields.get("onload", "") for _, fields in read.tags)
    assert "\x1b" not in check_text(check, 80)


def test_a_run_is_shown_with_its_headline_and_table() -> None:
    answer = run_fixture.run(headline="The others pay.")
    read = safe(Page(report_html(proposing(), {"us-leaves-nato": answer})))
    assert [text for _, text in read.headings].count("What if: " + answer["scenario"]["title"]) == 1
    assert "The others pay." in read.text
    assert QUESTION in read.text
    assert COMMAND not in read.text  # the run names its own, with all its settings
    assert "burdenshare run us-leaves-nato --set" in read.text
