"""What bodies do: votes with their counts, notices, amendments; and names at sentence ends."""

from __future__ import annotations

import datetime

import pytest

from burdenshare.reading.document import Statement
from burdenshare.reading.read import read_document
from burdenshare.reading.statements import statements

DAY = datetime.date(2025, 7, 22)


def read(text: str) -> tuple[Statement, ...]:
    return statements(read_document(text, DAY))


ACTS = [
    ("By 357 to 22 the House voted to bar the use of federal money for leaving NATO.",
     "US House of Representatives", "congress-approval-nato-exit", "for"),
    ("The Senate voted 65 to 28 to forbid a president from leaving NATO without Congress.",
     "US Senate", "congress-approval-nato-exit", "for"),
    ("The administration gave notice that the United States will leave the World Health"
     " Organization.", "administration", "us-leaves-international-bodies", "for"),
    ("Rand Paul brought an amendment to cut all money for the United Nations.",
     "Rand Paul", "stop-un-funding", "for"),
    ("Thomas Massie and Mike Lee were alone in voting against the bill to leave NATO.",
     "Thomas Massie and Mike Lee", "us-leaves-nato", "against"),
    ("Donald Trump ordered the exit from UNESCO in July.",
     "Donald Trump", "us-leaves-unesco", "for"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "slug", "stance"), ACTS)
def test_a_body_acts(text: str, speaker: str, slug: str, stance: str) -> None:
    (said,) = read(text)
    assert said.mode == "act"
    assert said.speaker is not None
    assert (said.speaker.name, said.proposition, said.stance) == (speaker, slug, stance)


def test_support_that_is_denied_is_no_support() -> None:
    (said,) = read("Emmanuel Macron did not endorse leaving NATO.")
    assert (said.proposition, said.stance) == ("us-leaves-nato", "against")


def test_a_name_ends_with_its_sentence() -> None:
    first, second = read("“NATO must go on,” said Lee. Blackburn said: “We must stay in NATO.”")
    assert first.speaker is not None
    assert second.speaker is not None
    assert [first.speaker.name, second.speaker.name] == ["Lee", "Blackburn"]
