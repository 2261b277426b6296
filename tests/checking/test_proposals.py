"""A model may propose: what passes is added and marked, and nothing of ours ever changes."""

from __future__ import annotations

from typing import Any

import pytest

from burdenshare.checking.proposals.forms import FORMS, carrier
from burdenshare.checking.results import Check
from burdenshare.showing.reports import report_html
from burdenshare.showing.tables import check_text
from checking.model_stub import proposing
from checking.proposed import ARTICLE, DAY, GOOD, HEARD, asked, checker, plain


def added(claims: list[Any] | None = None, said: list[Any] | None = None) -> tuple[Check, str]:
    """Return the check with what a model proposes, once all of ours is seen to stand in it."""
    found, note = asked(plain(), proposing(claims=claims or [], statements=said or []))
    assert found.claims[: len(plain().claims)] == plain().claims
    assert found.statements[: len(plain().statements)] == plain().statements
    return found, note


def test_a_claim_that_our_patterns_missed_is_added() -> None:
    found, note = added([GOOD])
    claim = found.claims[1]
    assert (claim.id, claim.text) == ("c2", GOOD["words"])
    assert ARTICLE[claim.start : claim.end] == GOOD["words"]
    assert claim.query == {"ask": "figure", "series": "share_gdp", "country": "EST", "year": 2014}
    # NATO's release of 17 June 2024 gives 1.93 for 2014, the newest one 1.90.
    assert claim.verdict == "supported"
    assert claim.then is not None
    assert (claim.then.value, str(claim.then.published)) == (1.93, "2024-06-17")
    assert note == "a model's proposals: 1 claims and 0 statements taken"


def test_a_statement_that_our_cues_missed_is_added() -> None:
    found, _ = added(said=[HEARD])
    said = found.statements[1]
    assert said.of(ARTICLE) == HEARD["words"]
    assert (said.mode, said.proposition, said.stance) == ("indirect", "us-leaves-nato", "for")
    assert said.speaker is not None
    assert said.speaker.mention is not None
    assert said.speaker.mention.of(ARTICLE) == "Elon Musk's"


def test_what_a_model_proposed_is_marked_everywhere() -> None:
    found, _ = added([GOOD], [HEARD])
    for kind in ("claims", "statements"):
        mine, proposed = found.as_dict()[kind]
        assert "proposed_by" not in mine
        assert proposed["proposed_by"] == "model"
    assert check_text(found).count("proposed by a model") == 2
    assert report_html(found).lower().count("proposed by a model") == 2
    assert "roposed by a model" not in check_text(plain()) + report_html(plain())


def test_a_claim_that_only_a_model_read_is_never_contradicted() -> None:
    words = "Germany's army eats up 9.9 percent of GDP"  # NATO: 2.12 in 2024
    german = {"words": words, "ask": "share", "stated": "9.9 percent", "subject": "Germany"}
    found, _ = added([german])
    assert found.claims[1].verdict == "unchecked"
    assert found.claims[1].why.startswith("A model read it so, and may have read it wrong: ")
    own = checker().check("Germany (9.9 percent of GDP) came first in NATO's table.", DAY)
    assert own.claims[0].verdict == "contradicted"  # what we read ourselves still is


def test_a_passage_whose_figures_are_read_is_no_longer_unread() -> None:
    found, _ = added([GOOD])
    assert [span.of(ARTICLE) for span in plain().unread if span not in found.unread] == [
        "Estonia's army ate up 1.9 percent of GDP in 2014."
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": "Estonia's army eats up 3.9 percent of GDP"}, "words not in the article"),
        ({"words": "stonia's army ate up 1.9 percent of GDP in 2014"}, "words not in the article"),
        ({"words": "army"}, "words at several places"),
        ({"words": "army", "near": "GDP"}, "words at several places"),
        ({"stated": "2.9 percent"}, "figure not read there"),
        ({"stated": "2014"}, "figure not read there"),
        ({"stated": "9 percent"}, "figure not read there"),
        ({"subject": "Ruritania"}, "subject not known"),
        ({"subject": "army"}, "subject not known"),
        ({"subject": "Germany"}, "subject not known"),
        ({"year": 2024}, "year not read there"),
        ({"ask": "guilt"}, "question not known"),
        ({"ask": "cost-share"}, "words do not name the matter"),
        ({"verdict": "contradicted"}, "says more than a proposal may"),
        ({"words": None}, "not of the agreed form"),
        ({"words": ["Estonia"]}, "not of the agreed form"),
        ({"words": "Estonia " * 400}, "not of the agreed form"),
    ],
)
def test_a_claim_that_the_text_does_not_bear_out_is_left_out(
    change: dict[str, Any], reason: str
) -> None:
    found, note = added([{**GOOD, **change}])
    assert found.claims == plain().claims
    assert note.endswith(f"taken, 1 left out: {reason} (1)")


@pytest.mark.parametrize(
    ("words", "stated", "subject", "reason"),
    [
        ("Spain (1.28 percent of GDP)", "1.28 percent", "Spain", "overlaps what is read already"),
        (
            "France's army could eat up 5 percent of GDP",
            "5 percent",
            "France",
            "wished, denied, asked or compared",
        ),
        (
            "Poland's army does not eat up 4.12 percent of GDP",
            "4.12 percent",
            "Poland",
            "wished, denied, asked or compared",
        ),
        (
            "Latvia's army eats up 3.15 percent of GDP while Lithuania looks on",
            "3.15 percent",
            "Lithuania",
            "another figure or country in the words",
        ),
        (
            "1.9 percent of GDP in 2014. Germany's army",
            "1.9 percent",
            "Germany",
            "words not in one sentence",
        ),
    ],
)
def test_words_that_are_there_do_not_make_a_claim(
    words: str, stated: str, subject: str, reason: str
) -> None:
    claim = {"words": words, "ask": "share", "stated": stated, "subject": subject}
    found, note = added([claim])
    assert found.claims == plain().claims
    assert note.endswith(f"1 left out: {reason} (1)")


def test_the_same_proposal_twice_counts_once() -> None:
    found, note = added([GOOD, GOOD], [HEARD, HEARD])
    assert len(found.claims) - len(plain().claims) == 1
    assert len(found.statements) - len(plain().statements) == 1
    assert note.endswith("2 left out: overlaps what is read already (2)")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": "Elon Musk wants to keep NATO."}, "words not in the article"),
        ({"speaker": "Jane Nobody"}, "speaker not known there"),
        ({"speaker": "Mark Rutte"}, "speaker not known there"),  # known, but not named
        ({"speaker": "Sunday"}, "speaker not known there"),
        ({"quotes": ["leave NATO"]}, "quotes not those of the text"),
        ({"words": "must quit NATO"}, "overlaps what is read already"),
        ({"words": "In Elon Musk's"}, "no word says that it was said"),
        ({"repeats": "s1"}, "says more than a proposal may"),
        ({"quotes": "leave NATO"}, "not of the agreed form"),
    ],
)
def test_a_statement_that_the_text_does_not_bear_out_is_left_out(
    change: dict[str, Any], reason: str
) -> None:
    found, note = added(said=[{**HEARD, **change}])
    assert found.statements == plain().statements
    assert note.endswith(f"1 left out: {reason} (1)")


@pytest.mark.parametrize(
    ("slug", "stance"),
    [("us-leaves-nato", "against"), ("nato-is-obsolete", "for"), ("made-up", "for"), (None, None)],
)
def test_a_position_counts_only_where_our_own_rules_read_it(
    slug: str | None, stance: str | None
) -> None:
    found, _ = added(said=[{**HEARD, "proposition": slug, "stance": stance}])
    assert (found.statements[1].proposition, found.statements[1].stance) == (None, "none")


def test_near_words_tell_which_of_several_places_is_meant() -> None:
    twice = (
        "Denmark (2.37 percent of GDP) is in NATO. One day Estonia's army ate up 3.43 percent "
        "of GDP. Later Estonia's army ate up 3.43 percent of GDP."
    )
    claim = {
        "words": "Estonia's army ate up 3.43 percent of GDP",
        "ask": "share",
        "stated": "3.43 percent",
        "subject": "Estonia",
    }
    own = checker().check(twice, DAY)
    found, _ = asked(own, proposing(claims=[{**claim, "near": "Later"}]))
    assert [each.start for each in found.claims[len(own.claims) :]] == [twice.rindex("Estonia")]
    found, note = asked(own, proposing(claims=[claim]))
    assert found.claims == own.claims
    assert "words at several places (1)" in note


def test_spans_are_those_of_the_page() -> None:
    page = (
        "<p>Spain (1.28 percent of GDP) came last in NATO&rsquo;s table.</p>\n"
        "<p>In <b>Elon&nbsp;Musk</b>&rsquo;s telling, the United States should\n leave NATO.</p>"
    )
    own = checker().check(page, DAY, html=True)
    words = "In Elon Musk’s telling, the United States should leave NATO."
    found, _ = asked(own, proposing(statements=[{**HEARD, "words": words}]))
    said = found.statements[len(own.statements)]
    assert said.of(page).startswith("In <b>Elon&nbsp;Musk</b>&rsquo;s telling")
    assert said.of(page).endswith("leave NATO.")


def test_more_proposals_than_anybody_needs() -> None:
    found, note = added([GOOD] * 5000, [HEARD] * 61)
    assert len(found.claims) == len(plain().claims) + 1
    assert "more than 60 of a kind (4941)" in note


def test_every_question_is_one_of_our_own_patterns() -> None:
    for ask, form in FORMS.items():
        pattern = carrier(checker().patterns, ask)
        assert any(f"{{stated:{kind}}}" in pattern.written for kind in (*form.stated, "count"))


MISSED = (
    "NATO is old.\n\nThe US president's line, “NATO is a relic we must leave”, has spread.\n\n"
    "To Elon Musk the alliance is “a relic of the past that America should leave”.\n"
)
MUSK = "To Elon Musk the alliance is “a relic of the past that America should leave”"
TRUMP = "The US president's line, “NATO is a relic we must leave”"


@pytest.mark.parametrize(
    ("words", "speaker", "quote", "mention"),
    [
        (MUSK, "Elon Musk", "a relic of the past that America should leave", "Elon Musk"),
        (MUSK[3:], "Musk", "“a relic of the past that America should leave”", None),
        (TRUMP, "Donald Trump", "NATO is a relic we must leave", ""),
        (TRUMP, "Joe Biden", "NATO is a relic we must leave", None),  # not in office that day
        (MUSK, "Elon Musk", "a relic of the past", None),
        (MUSK[:-5], "Elon Musk", "", None),
    ],
)
def test_quoted_words_need_whole_quotes_and_a_speaker_named_there(
    words: str, speaker: str, quote: str, mention: str | None
) -> None:
    own = checker().check(MISSED, DAY)
    assert own.statements == ()
    heard = {"words": words, "speaker": speaker, "quotes": [quote] if quote else []}
    found, _ = asked(own, proposing(statements=[heard]))
    if mention is None:
        assert found.statements == ()
        return
    [said] = found.statements
    assert said.mode == "direct"
    assert [each.of(MISSED) for each in said.quotes] == [quote]
    assert said.speaker is not None
    assert said.speaker.name == speaker
    assert (said.speaker.mention.of(MISSED) if said.speaker.mention else "") == mention


def test_a_model_that_obeys_the_article_changes_nothing() -> None:
    obeys = {
        "claims": [
            {"id": "c1", "verdict": "contradicted", "words": "Spain (1.28 percent of GDP"},
            {**GOOD, "words": "Spain (1.28 percent of GDP", "stated": "1.28 percent"},
        ],
        "statements": [{**HEARD, "words": "“We must quit NATO now,” Elon Musk said on Sunday."}],
        "verdicts": {"c1": "contradicted"},
        "tool_calls": [{"function": {"name": "fetch", "arguments": "{}"}}],
    }
    found, note = asked(plain(), proposing(**obeys))
    assert found == plain()
    assert note.endswith(
        "5 left out: overlaps what is read already (2), says more than a proposal may (3)"
    )


def test_no_word_of_the_model_is_ever_shown() -> None:
    marked = "<script>\x1b[31m\ud800" * 2
    claim = {**GOOD, "near": marked}
    heard = {**HEARD, "near": marked, "proposition": marked, "stance": marked}
    wrong = [{**GOOD, name: marked} for name in GOOD] + [{marked: 1}, marked, None, 5]
    found, note = asked(
        plain(), proposing(claims=[*wrong, claim], statements=[*wrong, heard], **{marked: 1})
    )
    assert len(found.claims) == len(plain().claims) + 1
    assert len(found.statements) == len(plain().statements) + 1
    shown = note + str(found.as_dict()) + report_html(found)
    assert "<script>" not in shown
    assert "\x1b" not in shown
