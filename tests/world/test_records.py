"""The votes of a person on a proposition, and the two files that say which they are."""

import pytest

from burdenshare.files import CONTENT, read_csv
from burdenshare.reading.positions import load_propositions
from burdenshare.reading.register import load_register, surname_of
from burdenshare.world.ballots import Votes
from burdenshare.world.dates import Day
from burdenshare.world.records import Records

TODAY = Day(2026, 6, 15)


@pytest.fixture(scope="module")
def records() -> Records:
    return Records()


def cast(records: Records, person: str, proposition: str, day: Day = TODAY) -> dict[str, str]:
    return {vote["rollcall"]: vote["vote"] for vote in records.of(person, proposition, day)[0]}


def test_votes_as_the_chambers_recorded_them(records: Records) -> None:
    # Senate roll call 190 of 2023, Kaine amendment; House roll call 44 of 2019, NATO Support Act.
    assert cast(records, "tim-kaine", "us-leaves-nato")["s2023_kaine_rubio"] == "Yea"
    assert cast(records, "rand-paul", "us-leaves-nato")["s2023_kaine_rubio"] == "Nay"
    assert cast(records, "thomas-massie", "us-leaves-nato")["h2019_nato_support_act"] == "Nay"
    # Senator Biden voted for Poland, Hungary and the Czech Republic in 1998: not on this matter.
    assert cast(records, "joe-biden", "us-leaves-nato") == {}


def test_a_vote_is_not_known_before_its_day(records: Records) -> None:
    assert "s2023_kaine_rubio" not in cast(records, "mike-lee", "us-leaves-nato", Day(2023, 7, 18))
    assert "s2023_kaine_rubio" in cast(records, "mike-lee", "us-leaves-nato", Day(2023, 7, 19))


@pytest.mark.parametrize(
    ("person", "proposition", "reason"),
    [
        ("mike-lee", "eu-joint-borrowing", "no roll call of the United States Congress on it"),
        (None, "us-leaves-nato", "not in the register of people"),
        ("keir-starmer", "us-leaves-nato", "has cast no ballot in the roll calls held"),
        ("tim-kaine", "us-leaves-un", "was in no roll call on it that is held"),
    ],
)
def test_no_vote_has_its_reason(
    records: Records, person: str | None, proposition: str, reason: str
) -> None:
    votes, said = records.of(person, proposition, TODAY)
    assert votes == []
    assert said is not None
    assert said.startswith(reason)


def test_votes_beside_the_matter_are_marked_and_explained(records: Records) -> None:
    votes, note = records.of("mike-lee", "us-leaves-nato", TODAY)
    roles = {vote["rollcall"]: vote["role"] for vote in votes}
    assert roles["s2023_kaine_rubio"] == "about"
    assert roles["s2023_ndaa24"] == "beside"
    assert note is not None
    assert "a vote against a guard is not a vote to leave" in note


def test_who_sat_in_congress_is_linked_to_a_member_of_that_surname() -> None:
    votes, people = Votes(), load_register().people
    names: dict[str, set[str]] = {}
    for ballot in votes.ballots(list(votes.rollcalls)):
        names.setdefault(ballot.member, set()).add(ballot.name.split(",")[0].lower())
    rows = read_csv(CONTENT / "usa" / "votes" / "people.csv", ("person", "member"))
    assert len({person for person, _ in rows}) == len({member for _, member in rows}) == len(rows)
    for person, member in rows:
        assert surname_of(people[person].name) in names[member], person
    seats = {"us-senator", "us-representative"}
    sat = {name for name, each in people.items() if seats & {term.office.id for term in each.terms}}
    assert sat <= {person for person, _ in rows}


def test_every_proposition_with_roll_calls_is_of_the_closed_list(records: Records) -> None:
    assert set(records.matters) <= set(load_propositions().meanings)
    for name, matter in records.matters.items():
        assert matter.about or matter.beside, name
        assert matter.about or matter.note, name
        assert not set(matter.about) & set(matter.beside), name
