"""Statements: who said, wrote, filed or endorsed what, where, and through whom."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from burdenshare.reading.document import Document, Span, Statement
from burdenshare.reading.read import read_document
from burdenshare.reading.statements import statements

DAY = datetime.date(2025, 3, 2)


def read(text: str, day: datetime.date | None = DAY) -> tuple[Statement, ...]:
    return statements(read_document(text, day))


def name(statement: Statement) -> str | None:
    return statement.speaker.name if statement.speaker is not None else None


def said(text: str) -> list[tuple[str | None, list[str]]]:
    """Return the speakers of a text, each with the words quoted."""
    return [(name(each), [span.of(text) for span in each.quotes]) for each in read(text)]


DIRECT = [
    ("“We will pay,” Ann Doe said.", "Ann Doe", ["We will pay,"]),
    ("“We will pay,” said Ann Doe.", "Ann Doe", ["We will pay,"]),
    ("“We will pay!” Ann Doe said.", "Ann Doe", ["We will pay!"]),
    ("Ann Doe said: “We will pay.”", "Ann Doe", ["We will pay."]),
    ("Ann Doe: “We will pay.”", "Ann Doe", ["We will pay."]),
    ("‘We will pay’: Ann Doe on a fraught day.", "Ann Doe", ["We will pay"]),
    ("Ann Doe told reporters on Monday they would “pay in full”.", "Ann Doe", ["pay in full"]),
    ("“We will,” said Ann Doe, a judge, “pay it.”", "Ann Doe", ["We will,", "pay it."]),
    ("Ann Doe, who runs the fund, wrote “we will pay” in a letter.", "Ann Doe", ["we will pay"]),
    ("Ann Doe called it “a scandal”, adding that it was “a bad one”.", "Ann Doe",
     ["a scandal", "a bad one"]),
    ("According to Ann Doe, the plan is “a scandal”.", "Ann Doe", ["a scandal"]),
    ("The plan, Ann Doe said, is “a scandal”.", "Ann Doe", ["a scandal"]),
    ("The plan is, in the words of Ann Doe, “a scandal”.", "Ann Doe", ["a scandal"]),
    ("Ann Doe's claim that it was “a scandal” fell flat.", "Ann Doe", ["a scandal"]),
    ("“We will always pay what we owe,” Ann Doe trilled.", "Ann Doe",
     ["We will always pay what we owe,"]),
    ("Ann Doe chimed in that it was “a scandal”.", "Ann Doe", ["a scandal"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "quotes"), DIRECT)
def test_a_quote_goes_to_its_speaker(text: str, speaker: str, quotes: list[str]) -> None:
    assert said(text) == [(speaker, quotes)]


INDIRECT = [
    "Ann Doe said the plan would fail.",
    "Ann Doe warned that the plan would fail.",
    "The plan will fail, Ann Doe conceded.",
    "The plan will fail, warned Ann Doe.",
    "Ann Doe urged the allies to think again.",
    "Ann Doe called for a review of the plan.",
    "Ann Doe vowed to fight the plan.",
    "Ann Doe demanded a review of the plan.",
    "Ann Doe has made clear that the plan would fail.",
    "Ann Doe, speaking in Bonn, told the paper the plan would fail.",
]


@pytest.mark.parametrize("text", INDIRECT)
def test_reported_speech_is_a_statement(text: str) -> None:
    (statement,) = read(text)
    assert name(statement) == "Ann Doe"
    assert statement.mode == "indirect"
    assert "plan" in statement.of(text) or "think again" in statement.of(text)


NARRATION = [
    "The ships left the harbour at dawn.",
    "Spending rose by 18 per cent last year.",
    "Ann Doe did not say whether the plan would fail.",
    "Ann Doe declined to comment.",
    "Ann Doe avoided calling for a review.",
    "Asked whether the plan would fail, Ann Doe smiled.",
    "The company posted a profit and added 300 workers.",
    "The fire claimed 30 lives.",
    "He quoted from “War and Peace”.",
    "The calls went unanswered and the demands grew.",
    "The member states agreed to meet again.",
    "The road went to the sea.",
]


@pytest.mark.parametrize("text", NARRATION)
def test_plain_narration_is_no_statement(text: str) -> None:
    assert read(text) == ()


def test_two_speakers_in_one_sentence_are_kept_apart() -> None:
    text = "“It is late,” Ann Doe said, while Jim Roe insisted there was “still time”."
    assert said(text) == [("Ann Doe", ["It is late,"]), ("Jim Roe", ["still time"])]
    one, two = read(text)
    assert not one.meets(two)


def test_a_quote_that_opens_each_paragraph_runs_on() -> None:
    text = "Ann Doe told reporters: ‘It is late.\n‘It is very late.\n‘We must go.’\nThen she left."
    (statement,) = read(text)
    assert name(statement) == "Ann Doe"
    assert len(statement.quotes) == 3


def test_a_second_quote_without_a_verb_goes_to_the_same_speaker() -> None:
    text = "“It is late,” Ann Doe said. “We must go.”"
    assert said(text) == [("Ann Doe", ["It is late,", "We must go."])]


def test_a_title_is_no_quote() -> None:
    text = "Ann Doe told ABC's “This Week” that it was “late”."
    assert said(text) == [("Ann Doe", ["late"])]


def test_a_line_of_a_transcript_is_a_statement() -> None:
    text = "STARMER: We will spend more on defence.\nDOE: When?\n"
    (one,) = read(text)
    assert (name(one), one.proposition) == ("Keir Starmer", "raise-defence-spending")
    assert (one.of(text), one.quotes) == ("We will spend more on defence.", ())


NESTED = [
    "Keir Starmer told aides that Donald Trump had confirmed he was committed to Article 5.",
    "Donald Trump confirmed he was committed to Article 5, Keir Starmer said.",
]


@pytest.mark.parametrize("text", NESTED)
def test_speech_within_speech_belongs_to_the_inner_speaker(text: str) -> None:
    (statement,) = read(text)
    assert (name(statement), statement.reported_by) == ("Donald Trump", ("Keir Starmer",))
    assert (statement.proposition, statement.stance) == ("article-5-commitment", "for")


REPORTED = [
    ("Ann Doe wants to leave NATO, The New York Times reported.", "The New York Times"),
    ("Ann Doe told Reuters that the plan would fail.", "Reuters"),
    ("According to NBC, Ann Doe said the plan would fail.", "NBC"),
    (
        "Ann Doe said the plan would fail. Her comments, reported by Bloomberg, drew ire.",
        "Bloomberg",
    ),
]


@pytest.mark.parametrize(("text", "source"), REPORTED)
def test_the_source_is_named(text: str, source: str) -> None:
    (statement,) = read(text)
    assert (name(statement), statement.reported_by) == ("Ann Doe", (source,))


def test_a_repost_amplifies_and_takes_over_the_position() -> None:
    text = (
        "Jim Roe, a blogger, wrote “it is time to leave NATO” on Monday. "
        "That message was reposted by Elon Musk, who added “I agree”."
    )
    one, two = read(text)
    assert (name(one), one.proposition, one.stance) == ("Jim Roe", "us-leaves-nato", "for")
    assert (name(two), two.mode, two.amplifies) == ("Elon Musk", "endorsement", 0)
    assert (two.proposition, two.stance) == ("us-leaves-nato", "for")


def test_a_post_by_somebody_else_keeps_its_author() -> None:
    text = "Elon Musk reposted a tweet by Thomas Massie, which called NATO “a relic”."
    one, two = read(text)
    assert (name(one), one.mode, one.amplifies) == ("Elon Musk", "endorsement", 1)
    assert (name(two), two.proposition) == ("Thomas Massie", "nato-is-obsolete")


def test_a_bill_is_an_act_and_its_co_sponsor_backs_it() -> None:
    text = (
        "A bill filed by Rep. Thomas Massie would take the United States out of NATO. "
        "Anna Paulina Luna has signed on as co-sponsor."
    )
    one, two = read(text)
    assert (one.mode, name(one), one.proposition) == ("act", "Thomas Massie", "us-leaves-nato")
    assert (two.mode, name(two), two.amplifies) == ("act", "Anna Paulina Luna", 0)
    assert (two.proposition, two.stance) == ("us-leaves-nato", "for")


def test_a_verdict_on_others_words_takes_the_other_side() -> None:
    text = "Donald Trump wants to leave NATO. Joe Biden called the idea “appalling”."
    one, two = read(text)
    assert (one.proposition, one.stance) == ("us-leaves-nato", "for")
    assert (name(two), two.proposition, two.stance) == ("Joe Biden", "us-leaves-nato", "against")


def test_a_treaty_speaks_as_a_document() -> None:
    text = (
        "The North Atlantic Treaty has an Article 5, which states that “an armed attack” binds all."
    )
    (statement,) = read(text)
    assert (statement.mode, name(statement)) == (
        "document", "Article 5 of the North Atlantic Treaty"
    )  # fmt: skip


def test_the_same_quote_again_is_linked() -> None:
    text = "“NATO is a relic,” Ann Doe said. Later Ann Doe repeated: “NATO is a relic.”"
    one, two = read(text)
    assert (one.repeats, two.repeats) == (None, 0)


def test_the_day_is_that_of_the_reporting_clause() -> None:
    text = "Ann Doe said on February 10 2024 that NATO was signed on April 4 1949."
    (statement,) = read(text)
    assert statement.date == datetime.date(2024, 2, 10)
    assert read("Ann Doe said that NATO was signed on April 4 1949.")[0].date is None


def test_a_long_sentence_is_cut_to_quote_and_verb() -> None:
    text = f"“Too late,” Ann Doe said, {'and the wind blew and the rain fell ' * 12}at sea."
    (statement,) = read(text)
    assert len(statement.of(text)) <= 250
    assert "Too late" in statement.of(text)


PIECES = st.sampled_from(
    ["Trump", "Ann Doe", "said", "that", "who", "which", ",", ".", "“", "”", "‘", "’", "\n", ":",
     "NATO", "leave", "not", "he", "she", "the president", "according to", "a post", "by", "adding",
     "reposted", "told", "Trump's", "(", ")", "–", "5%", "March 1", "I agree", "US", "bill", "\x00"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=200)


def check(text: str, found: tuple[Statement, ...]) -> None:
    for i, statement in enumerate(found):
        assert 0 <= statement.start < statement.end <= len(text)
        assert statement.of(text).strip()
        assert all(0 <= span.start <= span.end <= len(text) for span in statement.quotes)
        for link in (statement.amplifies, statement.repeats):
            assert link is None or (0 <= link < len(found) and link != i)
        assert (statement.proposition is None) <= (statement.stance == "none")


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_with_offsets_inside_it(text: str) -> None:
    assume(text.strip() and "\0" not in text)
    check(text, read(text, None))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_document_of_one_endless_sentence_is_read(text: str) -> None:
    if text:
        whole = (Span(0, len(text)),)
        check(text, statements(Document(text, text, DAY, (), whole, whole, (), (), ())))


def test_nothing_is_said_in_an_empty_document() -> None:
    assert statements(Document("", "", None, (), (), (), (), (), ())) == ()
