"""Europe's loans, fiscal room, deficits, debts and escape clause, in sentences of our own.

Sources of what is expected: statement of 4 March 2025 (150, 650, 800 billion euro); the list of
SAFE loans of 9 September 2025; Council decisions of 8 July, 10 October 2025, 17 February 2026;
IMF, World Economic Outlook, October 2024, April and October 2025; Commission, Autumn 2025 forecast
(17 November 2025); Protocol No 12 to the Treaties; ECB: 1.0796 dollars on 6 March 2025.
"""

from __future__ import annotations

import datetime

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import CheckedClaim
from burdenshare.world.load import World

SPRING, AUTUMN = "2025-03-06", "2025-12-09"


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return one checker for all sentences."""
    return Checker(World(), charts=False)


def claims(checker: Checker, text: str, day: str) -> list[CheckedClaim]:
    """Return the claims of a text as checked on a day."""
    return list(checker.check(text, datetime.date.fromisoformat(day)).claims)


def verdicts(checker: Checker, text: str, day: str) -> list[str]:
    """Return the verdicts on a text, in its order."""
    return [claim.verdict for claim in claims(checker, text, day)]


SUPPORTED = [
    # the three sums
    ("Brussels puts up €150 billion in loans so that member states can buy arms.", SPRING, 150e9),
    (
        "EU states may add €650 billion over four years to national budgets for defence.",
        SPRING,
        650e9,
    ),
    (
        "EUROCRATS unveiled an £800-a-head plan; the EU's €800bn defence package is it.",
        SPRING,
        8e11,
    ),
    ("ReArm Europe could unlock nearly 800 billion euros, the German agency wrote.", SPRING, 800e9),
    (
        "Von der Leyen wants to mobilise as much as €800 billion for the defence of Europe.",
        SPRING,
        8e11,
    ),
    ("The Commission would borrow €150bn and lend it on for defence.", SPRING, 150e9),
    # terms of the loans, known since 27 May 2025
    ("Loans from the EU's SAFE instrument run for up to 45 years.", AUTUMN, 45),
    ("The EU's defence loans come with a ten-year grace period.", AUTUMN, 10),
    ("The national escape clause lets states exceed the path by 1.5 per cent of GDP.", AUTUMN, 1.5),
    # 43,734,100,805 and 16,680,055,394
    ("Poland is to get €43.7 billion from the EU's SAFE programme.", AUTUMN, 43734100805),
    ("From the EU's SAFE fund €16.68 billion goes to Romania.", AUTUMN, 16680055394),
    ("Nineteen member states asked for loans under the SAFE scheme.", AUTUMN, 19),
    # rules of the Treaty
    ("Paris is far above the EU's 3 per cent deficit limit.", AUTUMN, 3),
    ("The Maastricht treaty caps public debt at 60 per cent of GDP.", AUTUMN, 60),
    # deficits and debts: Commission 5.80, 135.33, 9.30, 112.98; IMF 5.77, 135.33, 8.68, 113.15
    ("France's deficit was 5.8 per cent of GDP in 2024.", AUTUMN, 5.796),
    ("Italy's debt stands at 135 per cent of GDP.", AUTUMN, 135.3262),
    ("Eurostat put the budget deficit of Romania at 9.3% of GDP in 2024.", AUTUMN, 9.3033),
    ("With a public debt of 113 % of GDP in 2024, France is no model.", AUTUMN, 112.9765),
    ("France ran a deficit of €169 billion, or 5.8 per cent of GDP, in 2024.", AUTUMN, 5.796),
    # IMF, April 2025: 5.786
    ("The French budget deficit reached 5.8 percent of GDP in 2024.", "2025-05-20", 5.786),
    # the clause
    ("The Council activated the escape clause for 15 states on 8 July 2025.", AUTUMN, 15),
    ("On 10 October 2025 ministers activated the escape clause for Germany.", AUTUMN, "2025-10-10"),
]


@pytest.mark.parametrize(("text", "day", "value"), SUPPORTED)
def test_supported(checker: Checker, text: str, day: str, value: float | str) -> None:
    found = [c for c in claims(checker, text, day) if c.verdict == "supported" and c.then]
    values = [c.then.value for c in found if c.then]
    if isinstance(value, str):
        assert value in values
    else:
        assert pytest.approx(value, rel=1e-4) in values


CONTRADICTED = [
    ("The €250 billion in loans for defence from Brussels must be paid back.", SPRING),
    ("The EU's SAFE instrument is worth €220 billion in loans.", AUTUMN),
    ("The EU's 4 per cent deficit limit binds all.", AUTUMN),
    ("Italy's share of the EU's SAFE loans is €20 billion.", AUTUMN),  # 14.9
    # 5.4 to 5.8 from 2023 to 2025, in both sources
    ("France's budget deficit was 2.1 per cent of GDP in 2024.", AUTUMN),
    ("Germany's public debt was 95 per cent of GDP in 2024.", AUTUMN),  # 62.5 and 63.5
    ("The Council activated the escape clause for 14 states on 8 July 2025.", AUTUMN),
    ("The Council activated the escape clause for Germany on 8 July 2025.", AUTUMN),
    # on record on 29 April
    ("Germany asked for the national escape clause in July 2025.", AUTUMN),
]


@pytest.mark.parametrize(("text", "day"), CONTRADICTED)
def test_contradicted(checker: Checker, text: str, day: str) -> None:
    assert verdicts(checker, text, day) == ["contradicted"]


OTHER = [
    # before it was announced
    ("The Commission will offer €150 billion in loans for defence.", "2025-03-02", "unchecked"),
    # outcome 5.8, but the IMF's estimate of that day 5.96
    ("France's deficit was 5.8 per cent of GDP in 2024.", "2025-03-09", "unchecked"),
    # the Commission says 9.30, the IMF 8.68
    ("Romania's 9.3% deficit in 2024 was a record.", AUTUMN, "depends"),
    # 6.0 by the estimate of October 2024, 5.8 later
    ("France's deficit was 6 per cent of GDP in 2023.", "2025-03-09", "unchecked"),
    # 15 by July, 16 by October
    ("The Council has activated the escape clause for 15 states.", AUTUMN, "depends"),
    # sixteen on record in July, Austria since
    ("Sixteen countries have applied for the EU's national escape clause.", AUTUMN, "superseded"),
    # the day itself is not on record
    ("Germany asked on 24 April 2025 to use the EU's national escape clause.", AUTUMN, "unchecked"),
    # the sum of the whole plan, said of its loans
    ("Under ReArm Europe member states get €800 billion in loans.", SPRING, "depends"),
    ("The EU rules leave €650 billion over ten years for defence.", SPRING, "depends"),
    # allocated 2,660,932,171, then decided 2,343,897,000
    ("Estonia's loan from the EU's SAFE fund is €2.66 billion.", "2026-02-20", "depends"),
    # China's own count leaves out much of what the IMF counts
    ("China's deficit was 3 per cent of GDP in 2024.", AUTUMN, "unchecked"),
    # 1.5 is not 2, and may have been rounded
    ("The escape clause lets states spend an additional 2 per cent of GDP.", AUTUMN, "unchecked"),
    # a state may take less, or for less time
    ("Poland gets €5 billion from the EU's SAFE programme for drones.", AUTUMN, "unchecked"),
    # the rules of 2024 look at debt above 90 per cent
    ("The EU's 90 per cent debt threshold brings stricter demands.", AUTUMN, "unchecked"),
    # asked for in April, activated in July
    ("Poland activated the national escape clause in April 2025.", AUTUMN, "unchecked"),
]


@pytest.mark.parametrize(("text", "day", "verdict"), OTHER)
def test_neither_right_nor_wrong(checker: Checker, text: str, day: str, verdict: str) -> None:
    assert verdicts(checker, text, day) == [verdict]


# Other money, other debts, other years: nothing may be said of them but "unchecked".
UNANSWERED = [
    ("Volkswagen took out €150 billion in loans, the European press said.", SPRING),
    ("Rheinmetall raised €1.5 billion in loans for defence plants near Brussels.", SPRING),
    ("Germany's €500 billion infrastructure fund passed the Bundestag.", SPRING),
    ("Germany plans a €500 billion fund for bridges and defence, Brussels noted.", SPRING),
    ("The G7 agreed €45 billion in ERA loans for Ukraine, much of it for its defence.", AUTUMN),
    ("The EU agreed on a €90 billion loan to Ukraine for its defence and budget.", AUTUMN),
    ("Brussels will lend €190 billion for defence and budgets, it was said.", AUTUMN),
    ("The IMF approved $20 billion in loans to Argentina.", AUTUMN),
    ("The European Investment Bank will lend €2 billion to defence firms.", AUTUMN),
    ("Friedrich Merz promised to cut Germany's deficit to 2 per cent of GDP.", AUTUMN),
    ("Household debt in France is 66 per cent of GDP.", AUTUMN),
    ("Italy's private debt stands at 100 per cent of GDP.", AUTUMN),
    ("Finland's net debt was 37 per cent of GDP in 2024.", AUTUMN),
    ("Germany's federal deficit was 0.8 per cent of GDP in 2024.", AUTUMN),
    ("France's deficit will fall to 4.7 per cent of GDP in 2026, the premier said.", AUTUMN),
    ("The Commission forecasts a deficit of 9.5 per cent of GDP in Belgium for 2026.", AUTUMN),
    ("Spain's trade deficit was 4 per cent of GDP in 2024.", AUTUMN),
    ("France's deficit was 0.4 per cent higher than planned in 2024.", AUTUMN),
    ("Italy's 10-year debt yields rose to 3.4 per cent.", AUTUMN),
    ("In the crisis Greece's debt was 180 per cent of GDP.", AUTUMN),
    ("Banks in Europe made safe loans of €250 billion.", AUTUMN),
    ("A think tank says the EU needs €250 billion a year for defence.", AUTUMN),
    ("Macron called for €200 billion in EU loans for defence.", SPRING),
    ("Eighteen states have asked for €127 billion in SAFE loans, the EU said.", "2025-07-30"),
    ("The SAFE programme could be doubled to €300 billion, a Commission official said.", AUTUMN),
    ("The Council activated the general escape clause on 23 March 2020.", AUTUMN),
    ("Spain asked for the escape clause on 30 April 2025.", AUTUMN),
    ("The EU has set Romania a deficit limit of 8.4 per cent for 2025.", AUTUMN),
    ("The EU's €8 billion European Defence Fund is small.", AUTUMN),
    ("Poland asked to use the national escape clause in 2026.", AUTUMN),
]


@pytest.mark.parametrize(("text", "day"), UNANSWERED)
def test_unanswered(checker: Checker, text: str, day: str) -> None:
    assert set(verdicts(checker, text, day)) <= {"unchecked"}


def test_the_reason_names_how_650_billion_may_come_about(checker: Checker) -> None:
    text = "EU rules would leave €650 billion over four years for defence."
    (claim,) = claims(checker, text, SPRING)
    # 4 x 1.5 % of 17,946; (0.375 + 0.75 + 1.125 + 1.5) % of it
    assert "1,077 billion" in claim.why
    assert "673 billion" in claim.why


def test_the_reason_names_source_and_definition(checker: Checker) -> None:
    (claim,) = claims(checker, "Romania's 9.3% deficit in 2024 was a record.", AUTUMN)
    assert "Commission’s forecast of 2025-11-17 gives Romania a deficit of 9.30 %" in claim.why
    assert "World Economic Outlook of 2025-10-14 gives Romania a deficit of 8.68 %" in claim.why
    assert "general government" in claim.why


def test_the_stated_sum_does_not_choose_the_question(checker: Checker) -> None:
    queries = [
        claims(checker, f"The Commission lends €{sum_} billion for defence.", SPRING)[0].query
        for sum_ in (150, 650, 800, 37)
    ]
    assert all(query["parameter"] == "safe-size" for query in queries)


def test_dollars_and_euros_in_one_sentence(checker: Checker) -> None:
    text = "The Commission suggests €150 billion ($162 billion) in loans for defence."
    found = {claim.kind: claim.verdict for claim in claims(checker, text, SPRING)}
    assert found == {"conversion": "supported", "value": "supported"}


def test_dollars_alone(checker: Checker) -> None:
    # 150 at 1.0411 (28 February) to 1.0796 (6 March) are 156.2 to 161.9
    text = "Europe plans ${} billion in joint defense loans, the European Commission said."
    assert verdicts(checker, text.format(158), SPRING) == ["supported"]
    assert verdicts(checker, text.format(250), SPRING) == ["unchecked"]


def test_no_day_no_contradiction(checker: Checker) -> None:
    text = "The Council activated the escape clause for 14 states on 8 July 2025."
    assert [claim.verdict for claim in checker.check(text).claims] == ["unchecked"]
