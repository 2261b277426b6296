"""What the ledger keeps, in both databases: once each, whole, linked, and forgotten on demand."""

import json
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import func, select, text

from burdenshare.checking.ledger import outbox
from burdenshare.checking.ledger.ask import Question, ask
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.store import forget, take_in
from burdenshare.checking.ledger.tables import articles, claims, sketch_keys, statements
from burdenshare.errors import UserError
from burdenshare.world.load import World
from checking.ledger.entries import STORY, claimed, entry, keep, said

OTHER = "Iceland keeps no army at all, and its harbour is full of cod and of quiet."
COPY = STORY.replace("gulls", "two gulls").replace("warmer coats", "thicker coats")
REWRITE = "Ministers talked. " + STORY[: len(STORY) // 4] + OTHER * 3


def counts(base: Base) -> dict[str, int]:
    with base.reading() as connection:
        tables = (articles, statements, claims)
        found = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in tables}
    return {name: int(number or 0) for name, number in found.items()}


def linked(base: Base) -> dict[str, str | None]:
    with base.reading() as connection:
        rows = connection.execute(select(articles.c.id, articles.c.copy_of))
        return {row.id: row.copy_of for row in rows}


def test_an_article_read_twice_is_one_entry(base: Base) -> None:
    first = entry(statements=[said()], claims=[claimed()])
    again = entry(statements=[said()], claims=[claimed()], at="2025-03-03T08:00")
    keep(base, first, first, again)
    assert counts(base) == {"articles": 1, "statements": 1, "claims": 1}
    assert outbox.waiting(base.place.outbox) == []


def test_white_space_makes_no_other_article(base: Base) -> None:
    keep(base, entry("one  two\nthree"), entry(" one two three "))
    assert counts(base)["articles"] == 1


def test_what_was_read_last_stands_and_the_first_day_stays(base: Base, world: World) -> None:
    early = entry(statements=[said("old")], at="2025-03-02T08:00", world="a" * 16)
    late = entry(statements=[said("new", start=5)], at="2025-03-09T08:00", world="b" * 16)
    for order in permutations([early, late]):
        keep(base, *order)
        found = ask(base, world, Question())
        assert [row["text"] for row in found["rows"]] == ["new"]
        (article,) = found["articles"]
        assert article["world"] == "b" * 16
        assert article["first_seen"][:10] == "2025-03-02"
        assert article["read_at"][:10] == "2025-03-09"
        forget(base, article["id"])


def test_the_id_of_a_statement_is_that_of_its_article_span_and_speaker(base: Base) -> None:
    two = [said(), said(name="Joe Biden", person="joe-biden"), said(stance="against")]
    ids = []
    for at in ("2025-03-02T08:00", "2025-03-03T08:00"):
        keep(base, entry(statements=two, at=at))
        with base.reading() as connection:
            query = select(statements.c.id).order_by(statements.c.place)
            ids.append(list(connection.scalars(query)))
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_links_within_an_article_are_kept(base: Base, world: World) -> None:
    second = said("I agree.", name="Anna Paulina Luna", person="anna-paulina-luna", start=20)
    keep(base, entry(statements=[said(), {**second, "amplifies": "s1", "repeats": "s1"}]))
    first, last = ask(base, world, Question())["rows"]
    assert last["amplifies"] == last["repeats"] == first["id"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_copy_is_linked_to_the_earliest_in_whatever_order(base: Base, order: Any) -> None:
    three = [
        entry(STORY, date="2025-03-02"),
        entry(COPY, date="2025-03-03"),
        entry(COPY + " Read more.", date="2025-03-04"),
    ]
    keep(base, entry(OTHER, date="2025-01-01"), *(three[i] for i in order))
    first, second, third = (each["article"] for each in three)
    other = outbox.article_id(OTHER)
    assert linked(base) == {other: None, first: None, second: first, third: first}


def test_a_text_that_shares_a_passage_is_no_copy(base: Base) -> None:
    keep(base, entry(STORY), entry(REWRITE))
    assert set(linked(base).values()) == {None}


def test_a_new_day_turns_the_link_round(base: Base) -> None:
    keep(base, entry(STORY, date="2025-03-02"), entry(COPY, date="2025-03-03"))
    keep(base, entry(COPY, date="2025-02-01", at="2025-03-05T08:00"))
    one, two = outbox.article_id(STORY), outbox.article_id(COPY)
    assert linked(base) == {one: two, two: None}


def test_what_is_forgotten_is_gone_and_its_copies_stand_alone(base: Base) -> None:
    keep(base, entry(STORY, [said()], [claimed()]), entry(COPY, date="2025-03-09"))
    outbox.put(base.place.outbox, [entry(STORY, [said()])])
    assert forget(base, outbox.article_id(STORY)[:6]) == outbox.article_id(STORY)
    assert counts(base) == {"articles": 1, "statements": 0, "claims": 0}
    assert linked(base) == {outbox.article_id(COPY): None}
    with base.reading() as connection:
        assert set(connection.scalars(select(sketch_keys.c.article))) == {outbox.article_id(COPY)}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("abc", "is no id: write six characters"),
        ("xyzxyz", "is no id"),
        ("%%%%%%", "is no id"),
        ("ffffff", "is not in the ledger"),
    ],
)
def test_an_article_that_is_not_there_is_an_error(base: Base, given: str, problem: str) -> None:
    keep(base, entry("one two three"))
    with pytest.raises(UserError, match=problem):
        forget(base, given)


HOSTILE = [
    "'; DROP TABLE statements; --",
    '"quoted" \\ back\\slash %s :name ? {}',
    "zero\x00byte and \x1b[31mescape",
    "half a pair \ud83d and \udfff",
    "the mark \ufdd00000 itself \ufdd0",
    "\u202eright to left\u202c العربية עברית",
    "𝔸 \U0010ffff 👩‍👩‍👧",
    " \t\r\n leading and trailing \u2028 ",
    "long " * 40_000,
    "",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_comes_back_as_it_went_in(base: Base, world: World, words: str) -> None:
    statement = said(words, name=words, person=None, office=words, reported_by=[words])
    claim = claimed(words, why=words, query={"text": words}, stated={"value": words})
    keep(base, entry("some words", [statement], [claim], outlet=words))
    found = ask(base, world, Question())
    (row,), (kept,), (article,) = found["rows"], found["claims"], found["articles"]
    assert (row["text"], row["name"], row["office"]) == (words, words, words)
    assert row["reported_by"] == [words]
    assert row["quotes"] == statement["quotes"]
    assert (kept["text"], kept["why"]) == (words, words)
    assert kept["query"] == {"text": words}
    assert article["outlets"] == ([words] if words else [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"schema": "burdenshare/ledger-entries/9", "entries": []}',
        b'{"schema": "burdenshare/ledger-entries/1", "entries": [{}]}',
        json.dumps({"schema": outbox.SCHEMA, "entries": [entry() | {"sketch": [2**70]}]}).encode(),
        json.dumps(
            {"schema": outbox.SCHEMA, "entries": [entry(), entry("b") | {"check": 3}]}
        ).encode(),
    ],
    ids=range(8),
)
def test_a_file_that_is_none_of_ours_bars_nothing(base: Base, content: bytes) -> None:
    base.place.outbox.mkdir(parents=True)
    strange = base.place.outbox / "00000000000000000001-strange.json"
    strange.write_bytes(content)
    taken = keep(base, entry(OTHER))
    assert taken.entries == 1
    assert [path.read_bytes() for path in taken.unreadable] == [content]
    assert list(linked(base)) == [outbox.article_id(OTHER)]
    assert outbox.waiting(base.place.outbox) == []


def test_a_newer_shape_is_refused(base: Base) -> None:
    keep(base, entry())
    with base.writing() as connection:
        connection.execute(text("UPDATE ledger SET version = 2"))
    outbox.put(base.place.outbox, [entry(OTHER)])
    with Base(base.place) as later, pytest.raises(UserError, match="newer burdenshare"):
        take_in(later)
    assert len(outbox.waiting(base.place.outbox)) == 1
