"""Positions: every proposition reads its sentences and skips the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.reading.positions import Example, load_propositions, position, read_propositions

EXAMPLES = load_propositions().examples
READ = [each for each in EXAMPLES if each.stance is not None]
SKIPPED = [each for each in EXAMPLES if each.stance is None]


def named(example: Example) -> str:
    return f"{example.slug}: {example.text}"[:80]


@pytest.mark.parametrize("example", READ, ids=named)
def test_the_position_of_an_example_is_read(example: Example) -> None:
    assert position(example.text, example.context) == (example.slug, example.stance)


@pytest.mark.parametrize("example", SKIPPED, ids=named)
def test_a_sentence_about_something_else_is_skipped(example: Example) -> None:
    assert position(example.text, example.context)[0] != example.slug


def test_every_proposition_has_patterns_and_sentences() -> None:
    known = load_propositions()
    patterned = {pattern.slug for filed in known.patterns.values() for pattern in filed}
    assert patterned == set(known.meanings)
    assert {example.slug for example in READ} == set(known.meanings)
    assert {example.slug for example in SKIPPED} == set(known.meanings)


TURNED = [
    ("He would never leave NATO.", "against"),
    ("He refused to leave NATO.", "against"),
    ("He rejected all calls to leave NATO.", "against"),
    ("It would be a disaster to leave NATO.", "against"),
    ("Leaving NATO makes no sense.", "against"),
    ("“I won’t,” she said, and left NATO. They should leave NATO.", "for"),
    ("They should leave NATO. It will not rain.", "for"),
    ("It will not rain. They should leave NATO.", "for"),
]


@pytest.mark.parametrize(("text", "stance"), TURNED)
def test_denial_turns_a_position_within_its_sentence(text: str, stance: str) -> None:
    assert position(text) == ("us-leaves-nato", stance)


def test_us_the_country_is_not_us_the_pronoun() -> None:
    assert position("It let us out of the NATO building.") == (None, "none")
    assert position("The U.S. will leave the alliance.") == ("us-leaves-nato", "for")


def test_percent_is_read_in_every_spelling() -> None:
    for written in ("2%", "2 %", "2 percent", "2 per cent", "two percent", "two per cent"):
        assert position(f"They will spend {written} on defence.") == ("meet-2-percent", "for")


def test_words_that_say_nothing_take_no_side() -> None:
    for text in ("", "…", "Yes.", "The talks went on for hours.", "NATO met in Brussels."):
        assert position(text) == (None, "none")


HEAD = '[words]\nship = "ship|~sail"\n'
BODY = '[proposition.boats]\nmeaning = "Boats are good."\norganisation = "Navy"\n'
WRONG = [
    (HEAD + '[proposition.boats]\nmeaning = "x"\n', "organisation"),
    (HEAD + BODY + 'for = ["<shp> .. good"]\n', "did you mean 'ship'"),
    (HEAD + BODY + 'for = ["the ship"]\n', "leave out 'the'"),
    (HEAD + BODY + 'for = ["[<ship>]"]\n', "no words of its own"),
    (HEAD + BODY + 'fro = ["<ship>"]\n', "unknown key 'fro'"),
    (HEAD + BODY + "for = [1]\n", "a list of texts"),
]


@pytest.mark.parametrize(("text", "hint"), WRONG)
def test_a_file_that_is_not_understood_says_what_and_where(
    tmp_path: Path, text: str, hint: str
) -> None:
    path = tmp_path / "propositions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_propositions(path)
    assert hint in str(error.value)
    assert "propositions.toml" in str(error.value)
