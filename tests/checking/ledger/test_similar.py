"""How like two texts are: exact where they are short, near where they are long."""

from hypothesis import given
from hypothesis import strategies as st

from burdenshare.checking.ledger.similar import COPY, KEYS, LARGEST, keys, likeness, sketch

WORDS = st.lists(st.sampled_from("a b c d e".split()), min_size=1, max_size=60)


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


@given(WORDS, WORDS)
def test_of_short_texts_the_share_is_exact(one: list[str], other: list[str]) -> None:
    first, second = runs(one), runs(other)
    share = len(first & second) / len(first | second)
    assert likeness(sketch(" ".join(one)), sketch(" ".join(other))) == share


def text(first: int, last: int) -> str:
    return " ".join(f"w{i}" for i in range(first, last))


def test_of_long_texts_it_is_near() -> None:
    # 1,996 runs each, 1,496 of them in both of 2,496: 0.599.
    found = likeness(sketch(text(0, 2000)), sketch(text(500, 2500)))
    assert abs(found - 1496 / 2496) < 0.1


def test_a_copy_that_lost_its_last_tenth_is_a_copy() -> None:
    whole, cut = sketch(text(0, 1000)), sketch(text(0, 900))
    assert len(whole) == LARGEST
    assert likeness(whole, cut) > COPY
    assert len(set(keys(whole)) & set(keys(cut))) >= KEYS // 2


def test_what_has_nothing_in_common_is_not_alike() -> None:
    assert likeness(sketch(text(0, 500)), sketch(text(500, 1000))) == 0.0
    assert likeness([], []) == likeness(sketch(""), sketch("!")) == 0.0


def test_case_marks_and_line_breaks_do_not_count() -> None:
    assert sketch("One two\nthree — four, FIVE six") == sketch("one two three four five six")


def test_a_sketch_is_the_same_on_every_machine() -> None:
    import hashlib

    digest = hashlib.blake2b(b"a b c d e", digest_size=8).digest()
    assert sketch("A b c d e") == [int.from_bytes(digest, "big", signed=True)]
