"""Who is meant: names, titles, offices by date, epithets and pronouns."""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.reading.people import Cast
from burdenshare.reading.read import read_document
from burdenshare.reading.register import load_register, read_register
from burdenshare.reading.statements import statements
from burdenshare.reading.words import words_of

DAY = datetime.date(2025, 3, 2)


def speaker(text: str, day: datetime.date = DAY) -> str | None:
    """Return the speaker of the last statement of a text."""
    found = statements(read_document(text, day))
    assert found, f"no statement in {text!r}"
    last = found[-1].speaker
    return last.name if last is not None else None


NAMED = [
    ("Thomas Massie said the bill was “dead on arrival”.", "Thomas Massie"),
    ("Republican congressman Thomas Massie said the bill was “dead”.", "Thomas Massie"),
    ("Utah senator Mike Lee said he had “had enough”.", "Mike Lee"),
    ("British PM Sir Keir Starmer said it was “a good day”.", "Keir Starmer"),
    ("Rep. Anna Paulina Luna of Florida said she was “all in”.", "Anna Paulina Luna"),
    ("Sen. Mike Lee (R-Utah) said he was “all in”.", "Mike Lee"),
    ("“Not now,” said Ursula von der Leyen.", "Ursula von der Leyen"),
    ("“Not now,” von der Leyen said.", "Ursula von der Leyen"),
    ("“Not now,” said TRUMP.", "Donald Trump"),
    ("“Not now,” said Recep Tayyip Erdogan.", "Recep Tayyip Erdoğan"),
    ("“Not now,” said Volodymyr Zelenskyy.", "Volodymyr Zelensky"),
    ("Angry Trump said it was “not fair”.", "Donald Trump"),
    ("Melania Trump said it was “not fair”.", "Melania Trump"),
    ("Germany's foreign minister, Johann Wadephul, said it was “time to act”.", "Johann Wadephul"),
    (
        "Jane Doe, a retired general with two dogs, who lives in Bonn, said it was “late”.",
        "Jane Doe",
    ),
    (
        "Jane Doe of the Harbour Institute said it was “late”. Doe said it was “very late”.",
        "Jane Doe",
    ),
    ("Ann Doe, Jim Roe and Kim Poe said they were “ready”.", "Ann Doe, Jim Roe and Kim Poe"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_name_is_resolved_to_its_fullest_form(text: str, name: str) -> None:
    assert speaker(text) == name


DESCRIBED = [
    ("The US president said it was “a start”.", DAY, "Donald Trump"),
    ("The US president said it was “a start”.", datetime.date(2024, 2, 12), "Joe Biden"),
    ("The 45th and 47th US president said it was “a start”.", DAY, "Donald Trump"),
    ("The president-elect said it was “a start”.", datetime.date(2017, 1, 16), "Donald Trump"),
    ("The SpaceX boss said it was “a start”.", DAY, "Elon Musk"),
    ("The tech billionaire said it was “a start”.", DAY, "Elon Musk"),
    ("NATO chief said it was “a start”.", DAY, "Mark Rutte"),
    ("NATO's chief said it was “a start”.", datetime.date(2019, 5, 1), "Jens Stoltenberg"),
    ("The UN met. The secretary general said it was “a start”.", DAY, "António Guterres"),
    ("NATO met. The secretary general said it was “a start”.", DAY, "Mark Rutte"),
    ("France's president said it was “a start”.", DAY, "Emmanuel Macron"),
    ("Poland's defence minister said it was “a start”.", DAY, "Władysław Kosiniak-Kamysz"),
    ("The head of the World Food Programme said it was “a start”.", DAY, "Cindy McCain"),
    ("Jo Doe, a pilot and blogger, left. The blogger said it was “a start”.", DAY, "Jo Doe"),
    ("Utah senator Mike Lee left. The senator said it was “a start”.", DAY, "Mike Lee"),
    ("Mr Biden left. His predecessor said it was “a start”.", datetime.date(2023, 5, 1),
     "Donald Trump"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "name"), DESCRIBED)
def test_an_office_or_epithet_is_resolved_by_date(text: str, day: datetime.date, name: str) -> None:
    assert speaker(text, day) == name


PRONOUNS = [
    ("Angela Merkel met Donald Trump. She said it had been “frank”.", "Angela Merkel"),
    ("Donald Trump met Angela Merkel. He said it had been “frank”.", "Donald Trump"),
    ("Trump's team met Emmanuel Macron. He said it had been “frank”.", "Emmanuel Macron"),
    ("“Enough,” said Rep. Kim Doe. He said it had been “frank”.", "Kim Doe"),
    ("When Trump met Merz he said it had been “frank”.", "Donald Trump"),
]


@pytest.mark.parametrize(("text", "name"), PRONOUNS)
def test_a_pronoun_means_who_spoke_or_acted_last(text: str, name: str) -> None:
    assert speaker(text) == name


KEPT = [
    ("A senior NATO diplomat said it was “brutal”.", "senior NATO diplomat"),
    ("A spokesman for Donald Trump said it was “brutal”.", "spokesman for Donald Trump"),
    ("Officials in the Trump administration said it was “brutal”.",
     "Officials in the Trump administration"),
    ("The US president's team said it was “brutal”.", "Donald Trump's team"),
    ("Spain was late. Its government said it was “brutal”.", "government"),
    ("A post demanding that America “exit now” went round.", "unnamed author of the post"),
    ("Twenty Republicans on the Armed Services Committee said it was “brutal”.",
     "Twenty Republicans on the Armed Services Committee"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), KEPT)
def test_the_unnamed_keep_the_words_of_the_text(text: str, name: str) -> None:
    found = speaker(text)
    assert found is not None
    assert name in found


def test_the_speaker_has_id_office_and_mention() -> None:
    text = "The British prime minister said it was “a start”."
    (statement,) = statements(read_document(text, DAY))
    assert statement.speaker is not None
    assert statement.speaker.id == "keir-starmer"
    assert statement.speaker.office == "Prime Minister of the United Kingdom"
    assert statement.speaker.mention is not None
    assert statement.speaker.mention.of(text) == "The British prime minister"


def test_two_people_of_one_surname_are_told_apart_by_their_full_names() -> None:
    text = "Rick Scott left. Tim Scott stayed. “No,” Scott said."
    assert speaker(text) == "Tim Scott"


def test_the_month_of_may_is_nobody() -> None:
    words = words_of(read_document("In May the talks went on.", DAY))
    cast = Cast(words, load_register(), DAY)
    assert [mention for mention in cast.mentions if mention.entity is not None] == []


# --- the register ------------------------------------------------------------------------------


def test_every_term_of_office_is_in_order() -> None:
    for person in load_register().people.values():
        firsts = [term.first for term in person.terms]
        assert firsts == sorted(firsts), person.name


def test_no_two_hold_an_office_of_one_on_a_day() -> None:
    several = {"us-senator", "us-representative"}
    held: dict[str, list[tuple[datetime.date, datetime.date, str]]] = {}
    for person in load_register().people.values():
        for term in person.terms:
            if term.office.id not in several:
                last = term.last or datetime.date.max
                held.setdefault(term.office.id, []).append((term.first, last, person.name))
    for office, terms in held.items():
        terms.sort()
        for one, two in pairwise(terms):
            assert one[1] <= two[0], (office, one, two)


DOE = '[person.a]\nname = "Ann Doe"\ngender = "she"\n'
OFFICE = '[office.mayor]\ntitle = "Mayor"\nplace = "X"\ncalled = ["mayor"]\n'
PLACE = 'citation = "made up"\n[place.X]\nwords = ["Exland"]\n'
WRONG = [
    ('[place.X]\nwords = ["Exland"]\n', "citation"),
    (PLACE + '[person.a]\nname = "Ann Doe"\n', "gender"),
    (PLACE + '[person.a]\nname = "Ann Doe"\ngender = "shee"\n', "did you mean 'she'"),
    (PLACE + DOE + 'nick = "A"\n', "unknown key 'nick'"),
    (PLACE + OFFICE.replace('"X"', '"Y"'), "place is 'Y'"),
    (PLACE + OFFICE + DOE + 'offices = ["mayr 2001-01-01.."]\n', "did you mean 'mayor'"),
    (PLACE + OFFICE + DOE + 'offices = ["mayor 2001-13-01.."]\n', "2001-13-01"),
    (PLACE + OFFICE + DOE + 'offices = ["mayor 2002-01-01..2001-01-01"]\n', "2002-01-01..2001"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hint"), WRONG)
def test_a_register_that_is_not_understood_says_what_and_where(
    tmp_path: Path, text: str, hint: str
) -> None:
    path = tmp_path / "people.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_register(path)
    assert hint in str(error.value)
    assert "people.toml" in str(error.value)
