"""Asking the ledger: by person, day, outlet; positions over time; who passed on whom."""

from typing import Any

import pytest

from burdenshare.checking.ledger.ask import Question, ask
from burdenshare.checking.ledger.base import Base
from burdenshare.errors import UserError
from burdenshare.world.dates import Day
from burdenshare.world.load import World
from checking.ledger.entries import STORY, claimed, entry, keep, said
from checking.ledger.test_store import COPY

LEE = {"name": "Mike Lee", "person": "mike-lee", "office": "US Senator"}
KAINE = {"name": "Tim Kaine", "person": "tim-kaine", "office": "US Senator"}
NOBODY = {"name": "Marit Halvorsen", "person": None}
LEAVE = {"proposition": "us-leaves-nato"}


@pytest.fixture
def filled(in_file: Base) -> Base:
    """Return a ledger of four articles: two are copies of one, one has no day."""
    leave = said("Get out.", **LEE, **LEAVE)
    joins = said("So say I.", **KAINE, **LEAVE, stance="against", start=50, reported_by=["The Sun"])
    keep(
        in_file,
        entry(STORY, [leave], [claimed("out", start=4, end=7)], outlet="Gazette"),
        entry(COPY, [leave], [claimed("out", start=4, end=7)], outlet="Herald", date="2025-03-05"),
        entry(
            "The third text is about something else entirely, and short.",
            [{**said("Stay.", **LEE, **LEAVE), "stance": "against"}, {**joins, "amplifies": "s1"}],
            [claimed("33 allies", start=90, end=99, verdict="contradicted")],
            outlet="Gazette",
            date="2026-01-10",
        ),
        entry(
            "The fourth has no day.",
            [said("Spend more.", **NOBODY, proposition=None)],
            date=None,
            at="2025-04-01T08:00",
        ),
    )
    return in_file


def asked(base: Base, world: World, **question: Any) -> dict[str, Any]:
    return ask(base, world, Question(**question))


def texts(found: dict[str, Any]) -> list[str]:
    return [row["text"] for row in found["rows"]]


def test_a_copied_statement_counts_once_with_all_its_outlets(filled: Base, world: World) -> None:
    found = asked(filled, world, person="mike-lee")
    assert texts(found) == ["Get out.", "Get out.", "Stay."]
    first, copy, _ = found["rows"]
    assert copy["copy_of"] == first["id"]
    assert (first["outlets"], copy["outlets"]) == (["Gazette", "Herald"], ["Herald"])
    (position,) = found["positions"]
    assert position["stances"] == [
        {
            "date": "2025-03-02",
            "stance": "for",
            "statements": [first["id"]],
            "outlets": ["Gazette", "Herald"],
        },
        {
            "date": "2026-01-10",
            "stance": "against",
            "statements": [found["rows"][2]["id"]],
            "outlets": ["Gazette"],
        },
    ]
    assert position["changed"]
    (link,) = found["copies"]
    assert (link["article"], link["of"]) == (copy["article"], first["article"])
    assert 0.6 <= link["similarity"] < 1


def test_recorded_votes_stand_beside_a_position(filled: Base, world: World) -> None:
    # Roll call 190 of the Senate of 19 July 2023: Kaine Yea, Lee Nay.
    for person, vote in (("mike-lee", "Nay"), ("tim-kaine", "Yea")):
        (position,) = asked(filled, world, person=person)["positions"]
        (cast,) = [each for each in position["votes"] if each["role"] == "about"]
        assert (cast["rollcall"], cast["date"]) == ("s2023_kaine_rubio", "2023-07-19")
        assert cast["vote"] == vote
        assert position["votes_note"].startswith("no vote was on leaving itself")


def test_the_same_words_twice_in_one_article_are_two_statements(base: Base, world: World) -> None:
    twice = [said("Pay.", start=0), said("Pay.", start=10)]
    keep(base, entry(STORY, twice), entry(COPY, twice, date="2025-03-09"))
    rows = asked(base, world)["rows"]
    assert [row["copy_of"] for row in rows] == [None, None, rows[0]["id"], rows[1]["id"]]


def test_who_passed_on_whom(filled: Base, world: World) -> None:
    everything = asked(filled, world)["amplifications"]
    assert [(row["by"], row["how"], row["of"]) for row in everything] == [
        ("The Sun", "reported", "Tim Kaine"),
        ("Tim Kaine", "endorsed", "Mike Lee"),
    ]
    of_lee = asked(filled, world, person="lee")["amplifications"]
    assert [(row["by"], row["of"]) for row in of_lee] == [
        ("The Sun", "Tim Kaine"),
        ("Tim Kaine", "Mike Lee"),
    ]
    assert asked(filled, world, person="halvorsen")["amplifications"] == []


@pytest.mark.parametrize("given", ["mike-lee", "Mike Lee", "MIKE LEE", "lee", "Lee", " mike  lee "])
def test_a_person_by_id_name_or_surname(filled: Base, world: World, given: str) -> None:
    assert asked(filled, world, person=given)["question"] == {"person": "mike-lee"}


def test_a_person_outside_the_register_has_no_votes(filled: Base, world: World) -> None:
    found = asked(filled, world, person="Halvorsen")
    assert texts(found) == ["Spend more."]
    assert found["question"] == {"person": "Marit Halvorsen"}
    assert found["positions"] == []


def test_a_person_who_said_nothing_yet(filled: Base, world: World) -> None:
    found = asked(filled, world, person="keir starmer")
    assert found["rows"] == []
    assert found["notes"] == ["no article checked so far quotes or reports Keir Starmer"]


def test_a_surname_of_two(filled: Base, world: World) -> None:
    keep(filled, entry("A fifth text.", [said("No.", name="Barbara Lee", person=None)]))
    with pytest.raises(UserError, match=r"may be Barbara Lee \(no id\), Mike Lee \(mike-lee\)"):
        asked(filled, world, person="lee")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({}, ["Get out.", "Get out.", "Spend more.", "Stay.", "So say I."]),
        ({"stance": "against"}, ["Stay.", "So say I."]),
        ({"proposition": "us-leaves-nato", "stance": "for"}, ["Get out.", "Get out."]),
        ({"outlet": "herald"}, ["Get out.", "Get out."]),
        ({"outlet": "Gazette"}, ["Get out.", "Stay.", "So say I."]),
        ({"since": "2025-03-03"}, ["Get out.", "Stay.", "So say I."]),
        ({"until": "2025-03-02"}, ["Get out."]),
        ({"since": "2025-03-02", "until": "2025-03-05"}, ["Get out.", "Get out."]),
        ({"verdict": "supported"}, ["Get out.", "Get out."]),
        ({"verdict": "contradicted"}, []),
        ({"person": "kaine", "verdict": "supported"}, []),
    ],
)
def test_what_is_asked_for(
    filled: Base, world: World, question: dict[str, Any], expected: list[str]
) -> None:
    for name in {"since", "until"} & set(question):
        question = {**question, name: Day.fromisoformat(question[name])}
    assert texts(asked(filled, world, **question)) == expected


def test_a_claim_knows_who_made_it(filled: Base, world: World) -> None:
    first, copy, loose = asked(filled, world)["claims"]
    assert (first["name"], first["copy_of"], copy["copy_of"]) == ("Mike Lee", None, first["id"])
    assert (loose["statement"], loose["name"]) == (None, None)
    assert asked(filled, world, person="kaine")["claims"] == []
    assert [row["id"] for row in asked(filled, world, verdict="contradicted")["claims"]] == [
        loose["id"]
    ]


def test_statements_without_a_day_are_said_to_be_left_out(filled: Base, world: World) -> None:
    found = asked(filled, world, until=Day(2030, 1, 1))
    assert "Spend more." not in texts(found)
    assert found["notes"][0].startswith("1 of the statements have no day")


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ({"person": "lea"}, "'lea' is nobody known here: did you mean 'lee'"),
        ({"person": ""}, "'' is nobody known here"),
        ({"proposition": "us-leaves-nat"}, "did you mean 'us-leaves-nato'"),
        ({"outlet": "Gazete"}, "'Gazete' is not in the ledger: did you mean 'Gazette'"),
        ({"article": "123456"}, "is not in the ledger"),
    ],
)
def test_a_mistake_is_named(
    filled: Base, world: World, question: dict[str, Any], problem: str
) -> None:
    with pytest.raises(UserError, match=problem):
        asked(filled, world, **question)


def test_an_empty_ledger_says_what_to_run(base: Base, world: World) -> None:
    found = asked(base, world)
    assert (found["rows"], found["positions"]) == ([], [])
    assert found["notes"] == [
        "the ledger is empty: `burdenshare check ARTICLE` keeps what it finds there"
    ]
