"""Which shipped scenario an article's proposal corresponds to, and what proposes nothing."""

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import Check
from burdenshare.world.dates import Day
from burdenshare.world.load import World

MARCH = Day(2025, 3, 14)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(World(), charts=False)


def ids(check: Check) -> list[str]:
    return [each.id for each in check.scenarios]


PROPOSE = [
    ("“We should quit NATO,” Senator Halloran wrote.", ["us-leaves-nato"]),
    ("It is high time America walked out of NATO, Ms Brandt argued.", ["us-leaves-nato"]),
    ("The senator filed a bill to pull the United States out of NATO.", ["us-leaves-nato"]),
    ("“It would end our membership of NATO,” Massie said of his bill.", ["us-leaves-nato"]),
    ("Lee wants to withdraw the U.S. from NATO. He said so in Utah.", ["us-leaves-nato"]),
    ("“Exit NATO now!” a user demanded.", ["us-leaves-nato"]),
    (
        "NATO's treasurer spoke. Only those who pay would be protected, Trump suggested.",
        ["pay-or-no-protection"],
    ),
    (
        "Trump on the alliance: “If they don't pay, I'm not going to defend them.”",
        ["pay-or-no-protection"],
    ),
    ("The Commission offers €150 billion in loans for defence.", ["rearm-europe"]),
    ("The plan would lend states up to €150bn for tanks and shells.", ["rearm-europe"]),
    (
        "Brussels wants to borrow 150 billion euros and lend it for arms, an official said.",
        ["rearm-europe"],
    ),
    (
        "The escape clause would let EU states put €650 billion into defence over four years.",
        ["rearm-europe"],
    ),
    ("Von der Leyen said Europe must rearm and mobilise 800 billion euros.", ["rearm-europe"]),
    ("Trump demanded that NATO allies spend 5 per cent of GDP.", ["five-percent-now"]),
    ("Stoltenberg said all allies should meet the 2% guideline.", ["wales-kept"]),
    (
        "She introduced a bill to withdraw the United States from the United Nations.",
        ["us-leaves-un"],
    ),
    (
        "“It's time to leave NATO and the UN,” the congressman wrote.",
        ["us-leaves-nato", "us-leaves-nato-and-un", "us-leaves-un"],
    ),
    (
        "The senator said Washington should stop funding the World Food Programme.",
        ["us-leaves-un", "us-stops-wfp"],
    ),
]


@pytest.mark.parametrize(("text", "found"), PROPOSE, ids=[text[:40] for text, _ in PROPOSE])
def test_a_proposal_leads_to_its_scenario(checker: Checker, text: str, found: list[str]) -> None:
    assert ids(checker.check(text, MARCH)) == found


NOTHING = [
    "NATO was founded to keep the Americans in, Lord Ismay said.",
    "The US left the Paris agreement, he said.",
    "The president left the NATO summit early, she said.",
    "Leaving NATO would be a gift to Putin, Bolton said.",
    "“America will stay in NATO,” Rubio promised.",
    "France left NATO's military command in 1966, the historian said.",
    # A proposal, but about another country than the scenario's.
    "Turkey should leave NATO, Senator Halloran said.",
    "“We must leave NATO,” said Viktor Orbán, prime minister of Hungary.",
    "The minister spoke of Hungary's exit from NATO, which he wants.",
    "Musk said Europe should leave NATO.",
    "Ireland should leave the UN, Senator Halloran said.",
    # The words or the sum of a proposal, but about another matter.
    "The bank announced 150 billion euros in loans to farmers, its head said.",
    "“We should spend 5 per cent of profits on research,” the chairman said.",
    "“We will reach 2 per cent,” the central banker said of inflation.",
    "The Commission paid €149 billion in loans for defence, an auditor said, and no more.",
    "The UN staff left the building, he said.",
    "UN troops should leave Cyprus, the president said.",
    "The ambassador to the UN will leave her post, an official said.",
    "NATO's civil budget rose by 5 per cent, Rutte said.",
    "The World Bank gave 150 billion dollars in loans for security reforms, Banga said.",
    "Lawyers only defend clients who pay, he said.",
    # A question demands nothing.
    "Should America leave NATO?",
    # For what is, and so for no change.
    "Trump confirmed that he was still committed to Article 5, the prime minister said.",
    "America must go on paying for the defence of Europe, Biden said.",
    "The Netherlands rejected €150 billion in joint loans for defence.",
]


@pytest.mark.parametrize("text", NOTHING, ids=[text[:40] for text in NOTHING])
def test_what_proposes_no_scenario(checker: Checker, text: str) -> None:
    assert ids(checker.check(text, MARCH)) == []


def test_the_matter_may_be_named_before(checker: Checker) -> None:
    said = "“We will reach 2 per cent,” he said."
    assert ids(checker.check(f"Prices rose.\n\n{said}", MARCH)) == []
    assert ids(checker.check(f"The ministers talked of defence.\n\n{said}", MARCH)) == [
        "wales-kept"
    ]


def test_a_pledge_can_be_kept_once_it_was_given(checker: Checker) -> None:
    # The commitment of The Hague is of 25 June 2025.
    text = "Allies should lift the NATO target to 3.5% of GDP, Rutte said."
    assert ids(checker.check(text, Day(2025, 6, 24))) == []
    assert ids(checker.check(text, Day(2025, 6, 25))) == ["hague-kept"]
    assert ids(checker.check(text)) == ["hague-kept"]


def test_who_proposes_it_and_the_command(checker: Checker) -> None:
    text = (
        "“We should quit NATO,” Senator Halloran wrote. "
        "The plan would lend states up to €150bn for tanks.\n\n"
        "“It's time to leave NATO and the UN,” Ms Brandt said. "
        "Leaving NATO would be a mistake, Bolton said."
    )
    check = checker.check(text, MARCH)
    assert [said.proposition for said in check.statements] == ["us-leaves-nato"] * 3
    found = {each.id: each for each in check.scenarios}
    assert list(found) == [
        "us-leaves-nato",
        "rearm-europe",
        "us-leaves-nato-and-un",
        "us-leaves-un",
    ]
    assert found["us-leaves-nato"].statements == (0, 1)
    assert found["us-leaves-nato"].command == "burdenshare run us-leaves-nato --as-of 2025-03-14"
    assert found["us-leaves-nato"].headline is None
    assert found["us-leaves-nato-and-un"].statements == (1,)
    assert found["rearm-europe"].statements == ()
    [passage] = found["rearm-europe"].passages
    assert passage.of(text) == "The plan would lend states up to €150bn for tanks."
    [first, second, *_] = check.as_dict()["scenarios"]
    assert first == {
        "id": "us-leaves-nato",
        "title": "The United States leaves NATO",
        "question": "Who pays what if the United States leaves NATO?",
        "statements": ["s1", "s2"],
        "passages": [],
        "command": "burdenshare run us-leaves-nato --as-of 2025-03-14",
        "headline": None,
    }
    assert second["passages"] == [
        {"start": passage.start, "end": passage.end, "text": passage.of(text)}
    ]


def test_two_parts_of_a_scenario_said_apart(checker: Checker) -> None:
    text = "“We should quit NATO,” Senator Halloran wrote. “America must leave the UN,” he said."
    found = {each.id: each.statements for each in checker.check(text, MARCH).scenarios}
    assert found == {
        "us-leaves-nato": (0,),
        "us-leaves-un": (1,),
        "us-leaves-nato-and-un": (0, 1),
    }


def test_a_scenario_with_a_day_of_its_own_is_run_as_of_that(checker: Checker) -> None:
    [found] = checker.check("Stoltenberg said all allies should meet 2%.", MARCH).scenarios
    assert (found.id, found.command) == ("wales-kept", "burdenshare run wales-kept")


def test_an_article_without_a_date_is_run_as_of_the_newest(checker: Checker) -> None:
    [found] = checker.check("“We should quit NATO,” Senator Halloran wrote.").scenarios
    assert found.command == "burdenshare run us-leaves-nato"
