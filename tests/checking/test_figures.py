"""Defence and economy figures in many forms, in sentences of our own.

Sources of what is expected: NATO, "Defence Expenditure of NATO Countries" of 25 June 2019, 7 July
2023, 17 June 2024, 28 August 2025; IMF, World Economic Outlook, October 2024. Of 2024 (tables of
June 2024): United States 967,707 million dollars, all allies 1,474,399, Europe and Canada 506,692,
Germany 97,686, United Kingdom 82,107, France 64,271, Poland 34,975; shares of GDP: Poland 4.12,
Estonia 3.43, United States 3.38, Spain 1.28, Slovenia and Luxembourg 1.29, Canada 1.37.
"""

from __future__ import annotations

import datetime

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import CheckedClaim
from burdenshare.world.load import World

MARCH = "2025-03-02"
RIGHT = {"supported", "superseded"}  # superseded where the tables of July 2026 say otherwise


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return one checker for all sentences."""
    return Checker(World(), charts=False)


def claims(checker: Checker, text: str, day: str = MARCH) -> list[CheckedClaim]:
    """Return the claims of a text as checked on a day."""
    return list(checker.check(text, datetime.date.fromisoformat(day), html=False).claims)


# text, day, the value that the releases give
AGREE = [
    # ranks
    ("Poland spends more than any other ally as a share of GDP, NATO says.", MARCH, 1),
    ("Germany is now the alliance's second-biggest military spender.", MARCH, 2),
    ("The UK is the third-largest defence spender in NATO.", MARCH, 3),
    ("Slovenia's is the second-lowest defence spending in NATO as a share of GDP.", MARCH, 2),
    ("Spain spends less of its GDP on defence than any other NATO member.", MARCH, 1),
    ("No ally spends more of its GDP on arms than Poland, NATO data show.", MARCH, 1),
    ("POLAND TOPS THE TABLE. Poland tops the table of NATO's defence spending.", MARCH, 1),
    ("Estonia ranks fourth in NATO by its share of GDP.", "2025-09-15", 4),
    # changes: 430,112 over 364,667; 1,022 over 246; 2.37 over 1.15
    ("Defence spending by European allies and Canada jumped 18 per cent in 2024.", MARCH, 17.9),
    ("Latvia's defence spending has more than quadrupled since 2014, NATO says.", MARCH, 4.15),
    ("Denmark has doubled its defence budget as a share of GDP since 2014.", MARCH, 2.06),
    # parts and sums: 967,707 of 1,474,399; 64,271 + 97,686; 64,271 + 82,107
    ("America pays for roughly two-thirds of allied military spending.", MARCH, 65.6),
    ("The share of the US in NATO's defence spending is about 66 per cent.", MARCH, 65.6),
    ("The US makes up about 70 per cent of NATO's defence spending.", "2019-07-01", 70.5),
    ("France and Germany together spent $162 billion on defence in 2024.", MARCH, 161957),
    ("The combined defence spending of France and Britain was $146 billion.", MARCH, 146378),
    ("NATO members together spent $1.47 trillion on defence in 2024.", MARCH, 1474399),
    ("European allies and Canada spent $507 billion on defence last year.", MARCH, 506692),
    # (1,437 + 1,421 + 2,300) over (1,437/3.43 + 1,421/3.15 + 2,300/2.85) = 3.08
    ("The Baltic states spent 3.1 per cent of GDP on defence in 2024.", MARCH, 3.08),
    # comparisons
    ("Poland spends a larger share of its GDP on defence than the United States.", MARCH, 0.74),
    ("Britain spends more on defence than France, NATO's tables show.", MARCH, 17836),
    ("The US spends nearly ten times as much on defence as Germany.", MARCH, 9.91),
    ("American defence spending is more than ten times that of Britain.", MARCH, 11.8),
    # per head, equipment, troops, gaps
    ("The United States spends $2,239 per head on defence.", MARCH, 2239),
    ("Luxembourg spends 44 per cent of its defence budget on equipment.", MARCH, 43.68),
    ("Turkey has armed forces of 481,000 personnel.", MARCH, 481),
    ("Canada falls 0.63 percentage points short of NATO's 2 per cent guideline.", MARCH, 0.63),
    ("Canada is about $14 billion short of the NATO target.", MARCH, 14023),
    # counts
    ("Most NATO members now meet the 2 per cent target.", MARCH, 23),
    ("All but nine of NATO's members meet the 2 per cent target.", MARCH, 8),
    ("Only three NATO allies met the 2 per cent guideline in 2014.", MARCH, 3),
    ("Five NATO allies spend 3 per cent of GDP or more on defence.", MARCH, 5),
    ("Eleven NATO members are expected to meet the 2 per cent target.", "2023-08-01", 11),
    # shares in other forms
    ("Berlin spends 2.1 per cent of GDP on its armed forces, up from 1.6 in 2023.", MARCH, 2.12),
    ("Germany's defence spending rose from 1.2 per cent of GDP in 2014.", MARCH, 1.19),
    ("Poland spent $35 billion, or 4.12 per cent of its GDP, on its army in 2024.", MARCH, 4.12),
    ("Slovenia and Luxembourg spend 1.29 per cent of GDP on defence.", MARCH, 1.29),
    ("Without the United States, NATO's members spent 2.02 per cent of GDP.", MARCH, 2.02),
    ("Non-US allies spend 2.02% of their combined GDP on defence.", MARCH, 2.02),
    ("Poland spends 4.48 per cent of GDP on defence, Latvia 3.7.", "2025-09-15", 4.48),
    ("Germany is armed again. It now spends 2.1 per cent of GDP on defence.", MARCH, 2.12),
    # economies
    ("Germany's economy is worth $4.7 trillion.", MARCH, 4710.03),
    ("Germany's economy shrank by 0.3 percent in 2023.", MARCH, -0.264),
    # arithmetic in the text: 130 / 193
    ("Only 130 of the 193 states, or two-thirds, have paid.", MARCH, 67.4),
    ("It has €650 billion in room and €150 billion in loans, €800 billion in all.", MARCH, 8e11),
]


@pytest.mark.parametrize(("text", "day", "value"), AGREE)
def test_agrees(checker: Checker, text: str, day: str, value: float) -> None:
    found = [c for c in claims(checker, text, day) if c.verdict in RIGHT and c.then]
    values = [c.then.value for c in found if c.then]
    assert pytest.approx(value, rel=0.01) in values


WRONG = [
    "France is NATO's biggest spender.",
    "Trump claims the US pays 90 per cent of NATO's military spending.",
    "Thirty of NATO's 32 members meet the 2% target.",
    "NATO's European members spend 3.5 per cent of their GDP on defence.",
    "In 2024 Poland spent 1.3 per cent of GDP on defence, according to NATO.",
    "NATO says Spain spends a larger share of its GDP on defence than Poland.",
    "NATO says the US spends thirty times as much on defence as Germany.",
    "European allies and Canada cut their defence spending by 18 per cent in 2024, NATO said.",
    "Canada is 1.5 percentage points below NATO's 2 per cent target.",
]


@pytest.mark.parametrize("text", WRONG)
def test_contradicted(checker: Checker, text: str) -> None:
    assert "contradicted" in {claim.verdict for claim in claims(checker, text)}


# Other sources, other years, other money, conditions: nothing here may be called right or wrong.
UNANSWERED = [
    "According to SIPRI, the United States spent $997 billion on its military in 2024.",
    "SIPRI puts Germany's military spending at 1.9 per cent of GDP.",
    "If Germany spent 3.5 per cent of its GDP on defence it would be Europe's largest spender.",
    "In the Cold War, the US spent 9 per cent of GDP on defence.",
    "Trump wants NATO members to spend 5 per cent of GDP on defence.",
    "Poland plans to spend 4.7 per cent of its GDP on defence in 2025.",
    "Spain would have to spend 2 per cent of GDP on defence, NATO says.",
    "Germany's defence budget for 2025 is €53 billion.",
    "Rheinmetall's sales rose 36 per cent to €9.8 billion in Germany.",
    "Two-thirds of Germans want higher defence spending, a poll for NATO found.",
    "Denmark gave 2 per cent of GDP in military aid to Ukraine, NATO said.",
    "Greece spends 3 per cent of its GDP on pensions for its armed forces.",
    "Russia spends 6.3 per cent of GDP on defence, NATO says.",
    "China's defence budget rose 7.2 per cent this year.",
    "Poland bought 250 tanks worth $4.9 billion from the US for its armed forces.",
    "Some 60 per cent of US defence spending goes to companies in five states.",
    "Germany is the second-largest economy in NATO.",
    "The US spends three times as much on health as Canada.",
    "The biggest spender in the transfer window was a club in Spain.",
    "Belgium spent just 85% of its military spending plan last year.",
    "Germany approved a 3 per cent rise in pensions and defence pay.",
    "Germany wants to be NATO's biggest spender.",
]


@pytest.mark.parametrize("text", UNANSWERED)
def test_unanswered(checker: Checker, text: str) -> None:
    assert {claim.verdict for claim in claims(checker, text)} <= {"unchecked"}


DEPENDS = [
    # all spending 65.6 %; common budgets 15.8 %
    ("He said the US paid for 66 per cent of NATO.", "common budgets"),
    # 26,839 over 8,557 in constant prices; 34,975 over 11,563 or more in current ones
    ("Hungary has tripled its defence spending since 2014 according to NATO.", "current prices"),
]


@pytest.mark.parametrize(("text", "words"), DEPENDS)
def test_depends_and_says_on_what(checker: Checker, text: str, words: str) -> None:
    (claim,) = claims(checker, text)
    assert claim.verdict == "depends"
    assert words in claim.why


def test_two_places_of_equal_figures(checker: Checker) -> None:
    # Slovenia and Luxembourg share the second and third place from the bottom
    for place in ("second", "third"):
        text = f"Luxembourg has the {place}-lowest defence spending in NATO as a share of GDP."
        (claim,) = claims(checker, text)
        assert claim.verdict in RIGHT


def test_a_sum_says_that_it_was_added_up(checker: Checker) -> None:
    (claim,) = claims(checker, "The Baltic states spent $5.2 billion on defence in 2024.")
    # 1,437 + 1,421 + 2,300
    assert claim.then
    assert claim.then.value == 5158
    assert "added up here from 3 members" in claim.why


def test_a_figure_that_no_pattern_reads_is_never_called_wrong(checker: Checker) -> None:
    text = "Defence budgets differ, NATO says: 6.5 per cent of GDP in the Polish case."
    assert [claim.verdict for claim in claims(checker, text)] == ["unchecked"]


def test_figures_in_turn(checker: Checker) -> None:
    text = "Estonia, Latvia and Lithuania spend 3.43, 3.15 and 2.85 per cent of GDP on defence, "
    found = claims(checker, text + "respectively, NATO says.")
    assert [(c.query["country"], c.then and c.then.value) for c in found] == [
        ("EST", 3.43),
        ("LVA", 3.15),
        ("LTU", 2.85),
    ]


def test_what_is_read_at_a_second_look_is_not_unread(checker: Checker) -> None:
    text = "Germany is armed again. It now spends 2.1 per cent of GDP on defence."
    assert checker.check(text, datetime.date(2025, 3, 2), html=False).unread == ()


# True by one reading alone, or said of a past year that is not named: not to be called wrong.
NOT_WRONG = [
    "Greece spends twice as much as Turkey on defence, NATO says.",
    "The US spends twice as much on defence as France and Germany combined, NATO says.",
    "Only five NATO members have met the 2 per cent target since 2014.",
    "European allies and Canada increased their defence spending by $130 billion since 2016.",
    "The United States spent $45 billion on military aid to Ukraine, NATO said.",
    "Merkel's Germany spent just 1.2 per cent of GDP on defence, NATO recalled.",
    "Canada spends 2 per cent of GDP on defence, its minister told NATO.",
    "Germany's defence budget was €51.8 billion in 2024.",
    "Germany is the second-largest military spender in Europe.",
    "US allies spend 2.02 per cent of GDP on defence, NATO says.",
    "Poland has 300,000 soldiers in its armed forces, its minister told NATO.",
    "US defence spending is 13 per cent of the federal budget, NATO's chief noted.",
]


@pytest.mark.parametrize("text", NOT_WRONG)
def test_not_called_wrong(checker: Checker, text: str) -> None:
    assert "contradicted" not in {claim.verdict for claim in claims(checker, text)}


def test_the_figure_does_not_choose_the_question(checker: Checker) -> None:
    queries = [
        claims(checker, f"The US accounts for {n} per cent of NATO's defence spending.")[0].query
        for n in (15, 66, 99)
    ]
    assert queries[0] == queries[1] == queries[2]
