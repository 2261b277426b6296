"""Claims about the money of the United Nations and NATO, and about US forces: own sentences.

Figures by hand from the files: scales A/RES/70/245, 73/271, 76/238, 79/249 (United States 22, China
7.921, 12.005, 15.254, 20.004, Japan 9.680, 8.564, 8.033, 6.930); peacekeeping 2022-2024: United
States 26.9493, China 18.6856; the accounts of the UN system: US to UNRWA in 2023 422,004,945
dollars, to WFP 7.21 billion in 2022 and 3.11 in 2023.
"""

from __future__ import annotations

import datetime

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import CheckedClaim
from burdenshare.world.load import World

S, C, D, U = "supported", "contradicted", "depends", "unchecked"


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return one checker for all sentences."""
    return Checker(World(), charts=False)


def claims(checker: Checker, text: str, day: str) -> list[CheckedClaim]:
    """Return the claims of a text as checked on a day."""
    return list(checker.check(text, datetime.date.fromisoformat(day)).claims)


SHARES = [
    ("2025-03-02", "The US pays 22 percent of the UN's regular budget.", [S]),
    ("2025-03-02", "American taxpayers pay 22 percent of the UN’s budget.", [S]),
    ("2025-03-05", "The UN relies on the United States for 22 percent of its regular budget.", [S]),
    ("2025-03-05", "About 22 percent of the UN regular budget is funded by Washington.", [S]),
    ("2023-09-20", "China, which pays 15 percent of the UN budget, objected.", [S]),
    (
        "2025-09-20",
        "Beijing's assessment for the UN's regular budget has climbed to 20 per cent.",
        [S],
    ),
    (
        "2022-01-10",
        "China's share of the UN's regular budget rose from 12 to 15.25 per cent.",
        [S, S],
    ),
    (
        "2025-03-28",
        "China pays 20 percent of the UN's regular budget, up from 15.25 percent in 2024.",
        [S, S],
    ),
    ("2024-02-20", "Japan paid 8 per cent of the UN regular budget in 2022.", [S]),
    ("2025-02-10", "China pays 30 percent of the UN's regular budget.", [C]),
    # the rate of the period before
    ("2025-02-10", "China now pays 15 percent of the UN's regular budget.", [D]),
    # peacekeeping against regular
    ("2025-03-02", "The US pays 26 percent of the UN's regular budget.", [C]),
    ("2025-03-02", "The US pays more than a quarter of the UN budget.", [D]),
    ("2023-05-02", "The United States covers about 27 percent of UN peacekeeping costs.", [S]),
    ("2019-10-02", "The US funds 28 percent of UN peacekeeping.", [S]),
    ("2023-05-02", "The US pays 22 percent of the UN's peacekeeping budget.", [C]),
    (
        "2023-05-02",
        "Washington pays 27 per cent of the UN's peacekeeping bill and 22 per cent of its regular "
        "budget.",
        [S, S],
    ),
    (
        "2022-03-28",
        "China pays 15.25 percent of the UN budget and 18.7 percent of its peacekeeping costs.",
        [S, S],
    ),
    # voluntary money may be meant, of which no accounts were out
    ("2023-03-05", "Germany contributes 10 percent of UN funding.", [U]),
    (
        "2025-02-10",
        "The UN's top contributors are the United States (22 percent), China (20 percent) and "
        "Japan (6.9 percent).",
        [S, S, S],
    ),
    (
        "2025-02-10",
        "The five largest contributors pay more than half of the UN's regular budget.",
        [S],
    ),
    ("2025-02-10", "The top ten contributors pay 95 percent of the UN's regular budget.", [C]),
    (
        "2025-02-10",
        "Together the US and China account for 42 percent of the UN's regular budget.",
        [S],
    ),
    # 22.14 of common funding in 2018; about 69 % of all that allies spend
    ("2018-07-28", "The US pays 22 percent of NATO's common funding.", [S]),
    ("2018-07-28", "The US pays 90 percent of NATO's budget.", [C]),
    ("2024-08-09", "Washington pays about two-thirds of NATO's budget.", [D]),
    ("2019-12-04", "From 2021, the US will pay 16.35 percent of NATO's budget.", [S]),
    # the last share held of Britain is that of 2017
    ("2024-08-09", "The UK pays 11 percent of NATO's common budget.", [U]),
]
RANKS = [
    ("2025-02-10", "China is now the second-largest contributor to the UN's regular budget.", [S]),
    ("2017-02-10", "Japan is the second-largest contributor to the UN's regular budget.", [S]),
    ("2025-02-10", "Japan is the second-largest contributor to the UN's regular budget.", [C]),
    ("2025-02-10", "The United States is the largest contributor to the UN.", [S]),
    ("2025-02-10", "China is the largest contributor to the UN peacekeeping budget.", [C]),
    (
        "2025-03-28",
        "China overtook Japan as the second-largest contributor to the UN regular budget in 2019.",
        [S],
    ),
    # by dues it is the fourth, by all money the second
    ("2026-03-05", "Germany is the second-largest donor to the UN.", [D]),
    ("2023-03-05", "Germany is the second-largest donor to the UN.", [D]),
    # of troops, perhaps
    ("2025-03-05", "Nepal is the largest contributor to UN peacekeeping.", [U]),
    ("2026-02-10", "In 2022 Germany was the second-largest donor to UNRWA.", [S]),
    # 97,686 million dollars on defence in 2024, after the United States
    ("2025-03-20", "Germany is NATO's second-largest contributor.", [S]),
    ("2026-03-22", "Germany was the WFP's second-largest donor in 2024.", [S]),
]
LIMITS = [
    ("2025-03-02", "No country pays more than a ceiling of 22 percent of the UN budget.", [S]),
    ("2025-03-05", "The minimum rate of the UN scale is 0.001 percent.", [S]),
    (
        "2025-02-10",
        "Since 1994, US law has capped America's peacekeeping payments to the UN at 25 percent.",
        [S, S],
    ),
]
BUDGETS = [
    ("2025-03-02", "The General Assembly approved a $3.72 billion regular budget for 2025.", [S]),
    ("2019-12-28", "The UN adopted a budget of $3.07 billion for next year.", [S]),
    ("2025-03-02", "The UN's regular budget for 2025 is $5.4 billion.", [C]),
    ("2025-10-02", "The UN proposes a regular budget of $3.2 billion for 2026.", [U]),
    ("2025-03-02", "The UN's peacekeeping budget stands at $5.6 billion.", [S]),
    ("2022-06-30", "The UN General Assembly approved $6.45 billion for peacekeeping.", [S]),
    ("2025-07-02", "The UN cut its peacekeeping budget to $5.4 billion for 2025-26.", [S]),
    ("2025-12-31", "The UN's regular budget for 2026 was cut by 7 per cent.", [S]),
    ("2025-12-31", "The UN budget for 2026 is 15 per cent lower than that of 2025.", [U]),
    (
        "2024-01-05",
        "NATO agreed a civil budget of €438.1 million and a military budget of €2.03 billion for "
        "2024.",
        [S, S],
    ),
    # in euros, not in dollars
    ("2024-01-05", "NATO agreed a civil budget of $438.1 million for 2024.", [D]),
    # 438.1 million euros at 1.0787 dollars on 13 December 2023
    ("2024-01-05", "NATO agreed a civil budget of $473 million for 2024.", [S]),
    ("2024-02-05", "NATO's common budget is about €3.8 billion a year.", [S]),
    ("2025-03-02", "The US is assessed about $820 million for the UN's regular budget.", [S]),
    ("2014-12-02", "ASEAN's members each pay $1.7 million to the secretariat.", [S]),
]
DUES = [
    ("2026-02-10", "The US owes $2.19 billion to the UN's regular budget.", [S]),
    ("2026-02-10", "Washington owes the UN $2.4 billion for peacekeeping.", [S]),
    ("2026-02-10", "Washington owes the UN nearly $4.6 billion.", [S]),
    ("2025-10-03", "The United States owes $1.5 billion of this year's dues to the UN.", [S]),
    ("2019-10-12", "The US owes the UN $1.055 billion for the regular budget.", [S]),
    ("2023-03-09", "The US owes the UN $9 billion.", [U]),
    ("2019-10-09", "By then 129 of the UN's 193 members had paid.", [S]),
    # two reports of what was owed
    ("2026-01-25", "The US left the WHO without paying $260 million in dues.", [D]),
]
DONORS = [
    ("2026-02-10", "US funding of UNRWA came to $422 million in 2023.", [S]),
    # the accounts of 2023 were audited and out by July 2024, those of 2024 were not
    ("2025-02-10", "US funding of UNRWA came to $422 million in 2023.", [S]),
    ("2025-02-10", "US funding of UNRWA came to $70.6 million in 2024.", [U]),
    ("2026-02-10", "US funding of UNRWA came to $1.4 billion in 2023.", [C]),
    ("2026-02-10", "The United States gave $7.2 billion to the World Food Programme in 2022.", [S]),
    ("2026-05-05", "The United States gave UNICEF $1.15 billion in 2024.", [S]),
    ("2026-02-10", "UNHCR received $1.9 billion from the United States in 2023.", [S]),
    ("2026-03-22", "US contributions to the UN totalled $18 billion in 2022.", [S]),
    ("2026-05-05", "Washington gave the World Health Organization $1.3 billion in 2022-2023.", [S]),
    # one grant of many, perhaps
    ("2026-03-22", "Japan gave $2 million to UNRWA in 2023.", [U]),
    (
        "2026-05-05",
        "US contributions to the WFP fell from $7.2 billion in 2022 to $3.1 billion in 2023.",
        [S, S],
    ),
    ("2026-05-05", "US funding of UNRWA was cut by 83 percent in 2024.", [S]),
    # 8.7 % of all its revenue, 21.7 % of its dues
    ("2026-05-05", "UNESCO gets 22 percent of its budget from the United States.", [D]),
    ("2025-05-02", "WFP needs $16.9 billion in 2025.", [S]),
    ("2025-11-22", "WFP's funding fell to $6.4 billion this year.", [S]),
    ("2021-11-10", "WFP said $6.6 billion would save 42 million people from starvation.", [S]),
]
FORCES = [
    ("2025-03-02", "Some 35,000 US troops are stationed in Germany.", [S]),
    ("2025-03-02", "Italy hosts more than 12,000 American soldiers.", [S]),
    ("2024-08-09", "There are some 12,000 US troops in Italy and 10,000 in Britain.", [S, S]),
    ("2025-10-20", "Turkey hosts 1,700 U.S. service members.", [S]),
    ("2025-08-09", "The US has 65,000 active-duty troops permanently stationed in Europe.", [S]),
    # with the reserve there are 36,133
    ("2025-02-20", "More than 35,000 U.S. soldiers serve in Germany.", [D]),
    # forces that rotate may explain it
    # with those that rotate, as the European Command counts them
    ("2025-03-02", "The United States has about 84,000 troops in Europe.", [S]),
    ("2025-08-09", "Poland hosts 10,000 US troops.", [U]),
    # they cannot explain fewer, nor four times as many
    ("2025-03-02", "The US has 5,000 soldiers in Germany.", [C]),
    ("2025-03-02", "The US has 150,000 soldiers in Germany.", [C]),
]


@pytest.mark.parametrize(
    ("day", "text", "verdicts"), [*SHARES, *RANKS, *LIMITS, *BUDGETS, *DUES, *DONORS, *FORCES]
)
def test_verdicts(checker: Checker, day: str, text: str, verdicts: list[str]) -> None:
    money = [claim for claim in claims(checker, text, day) if claim.kind != "membership"]
    assert [claim.verdict for claim in money] == verdicts


SILENT = [
    "The US should pay no more than 20 percent of the UN budget, he said.",
    "A poll found that 22 percent of Americans like the UN's budget.",
    "Elon Musk gave 22 percent of his income to the UN.",
    "Trump wants to cut US funding of the UN by 87 percent.",
    "The US pays 22 percent of its budget in interest, the UN found.",
    "Germany pays 25 per cent of the EU budget.",
    "The NATO country approved a defence budget of $12 billion.",
    "The UN's $50 billion appeal was funded to 43 percent.",
    "The Congo mission costs the UN $1.1 billion a year.",
    "China is the second-largest economy in the UN.",
    "Italy is the second-largest contributor to NATO's common budget.",
    "The US Congress approved $1.2 billion for peacekeeping operations in 2024.",
    "MONUSCO's $1.1 billion peacekeeping budget was cut.",
    "Twenty years ago China paid 9 percent of the UN budget.",
    "The United States left, with 12,000 US troops fewer in Germany.",
    "Bangladesh is the third-largest contributor of troops to UN peacekeeping.",
    "The Bill and Melinda Gates Foundation is the second-largest donor to the WHO.",
    "The United States should give $7 billion to the World Food Programme.",
    "Japan gave $20 million to the WFP for Sudan.",
    "Greece owes the IMF $2 billion.",
    "At the peak of the Cold War, 300,000 US troops were stationed in Germany.",
    "Up to 20,000 of the 100,000 US troops in Europe could be withdrawn.",
    "The US sent 3,000 troops to Poland in 2022.",
    "Russia has 600,000 troops in Ukraine, a NATO official said.",
    "Some 5,000 German soldiers will be stationed in Lithuania.",
    "Nikki Haley said the US will not pay more than 25 percent of the UN peacekeeping budget.",
    "The government capped rail fares at 3 per cent, the UN said.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(checker: Checker, text: str) -> None:
    verdicts = {claim.verdict for claim in claims(checker, text, "2026-03-02")}
    assert not verdicts & {"supported", "contradicted", "superseded"}


WHYS = [
    ("2025-03-02", "The US pays 26 percent of the UN's regular budget.", "peacekeeping"),
    ("2024-01-05", "NATO agreed a civil budget of $438.1 million for 2024.", "in euros"),
    ("2025-03-02", "The United States has about 84,000 troops in Europe.", "rotate"),
    ("2024-02-10", "US funding of UNRWA came to $422 million in 2023.", "published on 2025-12-31"),
    ("2025-02-10", "US funding of UNRWA came to $422 million in 2023.", "edition of 2025-12-31"),
    ("2018-07-28", "The US pays 69 percent of NATO's budget.", "all that allies spend"),
]


@pytest.mark.parametrize(("day", "text", "cause"), WHYS)
def test_the_reason_names_the_cause(checker: Checker, day: str, text: str, cause: str) -> None:
    (claim,) = claims(checker, text, day)
    assert cause in claim.why
