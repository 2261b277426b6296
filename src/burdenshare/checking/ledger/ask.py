"""Asking the ledger: who said what, positions over time, who passed on whom, copies, claims."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.positions import amplifications, positions
from burdenshare.checking.ledger.rows import Row, Shelf, read_articles, read_claims, read_statements
from burdenshare.checking.ledger.speakers import Person, find_person
from burdenshare.checking.ledger.store import find_article
from burdenshare.checking.ledger.tables import sightings, statements
from burdenshare.errors import UserError, did_you_mean
from burdenshare.reading.positions import load_propositions
from burdenshare.world.load import World


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; what is None does not matter. Days are those of the statement."""

    person: str | None = None
    proposition: str | None = None
    stance: str | None = None
    outlet: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    verdict: str | None = None
    article: str | None = None

    @property
    def of_statements(self) -> bool:
        """Whether it asks for statements of a kind, so that only claims inside them are meant."""
        return any(each is not None for each in (self.person, self.proposition, self.stance))


def ask(base: Base, world: World, question: Question) -> dict[str, Any]:
    """Return `burdenshare/statements/1`: all that the ledger holds on a question.

    `rows` has a row for each statement of each article; `copy_of` names the statement that it is
    a copy of, in a syndicated article. Everything else counts a copied statement once. Raises
    UserError for a person, proposition, outlet or article that is not known.
    """
    with base.reading() as connection:
        question, person = _understood(connection, question)
        shelf = read_articles(connection)
        said = read_statements(connection, shelf)
        claimed = read_claims(connection, shelf)
    _place(claimed, said)
    by_id = {row["id"]: row for row in said}
    rows = [row for row in said if _is_asked(row, question, person)]
    claims = _claims(claimed, question, {row["id"] for row in rows})
    if question.verdict is not None:
        holding = {claim["statement"] for claim in claims}
        rows = [row for row in rows if row["id"] in holding]
    passed_on = [row for row in said if _passes_on(row, by_id, question, person)]
    names = sorted({row["article"] for row in (*rows, *claims)})
    return {
        **world.header("statements", world.latest),
        "ledger": base.place.shown,
        "held": {"articles": len(shelf), "statements": len(said), "claims": len(claimed)},
        "question": _shown(question, person),
        "rows": rows,
        "positions": positions(rows, world.latest),
        "amplifications": amplifications(passed_on, by_id),
        "copies": [_copy(shelf[name]) for name in names if shelf[name]["copy_of"]],
        "claims": claims,
        "articles": [_article(shelf[name]) for name in names],
        "notes": list(_notes(question, person, said, shelf)),
    }


def _understood(connection: Connection, asked: Question) -> tuple[Question, Person | None]:
    """Return a question whose names are known ones, and the person it asks about."""
    person = None
    if asked.person is not None:
        met = select(statements.c.speaker, statements.c.speaker_id).distinct()
        people = [Person(*row) for row in connection.execute(met) if row.speaker is not None]
        person = find_person(asked.person, people)
    if asked.proposition is not None:
        known = load_propositions().meanings
        if asked.proposition not in known:
            hint = did_you_mean(asked.proposition, known)
            raise UserError(f"--proposition {asked.proposition[:40]!r} is unknown: {hint}")
    if asked.since and asked.until and asked.until < asked.since:
        raise UserError(f"--until {asked.until} is before --since {asked.since}: turn them round")
    outlet = asked.outlet and _outlet(connection, asked.outlet)
    article = asked.article and find_article(connection, asked.article)
    return replace(asked, outlet=outlet, article=article), person


def _outlet(connection: Connection, given: str) -> str:
    met = connection.execute(select(sightings.c.outlet).distinct()).scalars()
    outlets = [each for each in met if each]
    for each in outlets:
        if each.casefold() == given.strip().casefold():
            return str(each)
    hint = did_you_mean(given, outlets) if outlets else "no article there names its outlet"
    raise UserError(f"--outlet {given[:40]!r} is not in the ledger: {hint}")


def _is_asked(row: Row, question: Question, person: Person | None) -> bool:
    """Say whether a statement is asked for, whatever the claims in it came to."""
    return (
        (person is None or (row["name"] is not None and _who(row) == person.key))
        and question.proposition in (None, row["proposition"])
        and question.stance in (None, row["stance"])
        and _is_there(row, question)
    )


def _who(row: Row) -> str:
    return Person(row["name"], row["person"]).key


def _is_there(row: Row, question: Question) -> bool:
    """Say whether a statement or claim is of the articles and days asked for."""
    day = row["date"]
    return (
        question.article in (None, row["article"])
        and (question.outlet is None or question.outlet in row["outlets"])
        and (question.since is None or (day or "") >= question.since.isoformat())
        and (question.until is None or (day or "9999") <= question.until.isoformat())
    )


def _passes_on(
    row: Row, by_id: Mapping[str, Row], question: Question, person: Person | None
) -> bool:
    """Say whether a statement passes on words, by or of the person asked for."""
    if not row["reported_by"] and row["amplifies"] not in by_id:
        return False
    if not _is_asked(row, question, None):
        return False
    if person is None:
        return True
    other = by_id.get(row["amplifies"])
    named = [Person(each["name"], each["person"]) for each in (row, other) if each and each["name"]]
    named += [Person(each) for each in row["reported_by"]]
    return any(person.key == each.key or person.name == each.name for each in named)


def _place(claims: Sequence[Row], said: Sequence[Row]) -> None:
    """Name for each claim the shortest statement that holds it, and who said that."""
    by_article: dict[str, list[Row]] = {}
    for row in sorted(said, key=lambda row: row["end"] - row["start"]):
        by_article.setdefault(row["article"], []).append(row)
    for claim in claims:
        start, end = claim["start"], claim["end"]
        held = by_article.get(claim["article"], [])
        holder = next((row for row in held if row["start"] <= start and end <= row["end"]), None)
        claim["statement"] = holder and holder["id"]
        claim["person"] = holder and holder["person"]
        claim["name"] = holder and holder["name"]


def _claims(claimed: Sequence[Row], question: Question, said: set[str]) -> list[Row]:
    return [
        claim
        for claim in claimed
        if question.verdict in (None, claim["verdict"])
        and (claim["statement"] in said if question.of_statements else _is_there(claim, question))
    ]


def _copy(article: Row) -> Row:
    return {
        "article": article["id"],
        "of": article["copy_of"],
        "similarity": article["similarity"],
        "outlets": article["outlets"],
    }


_ARTICLE = tuple(
    "id outlets urls paths date date_basis as_of version world first_seen read_at copy_of "
    "raw_sha256".split()
)


def _article(article: Row) -> Row:
    return {name: article[name] for name in _ARTICLE}


def _shown(question: Question, person: Person | None) -> Row:
    """Return what was asked, without what was left out."""
    asked = {
        "person": person and (person.id or person.name),
        "proposition": question.proposition,
        "stance": question.stance,
        "outlet": question.outlet,
        "since": question.since and question.since.isoformat(),
        "until": question.until and question.until.isoformat(),
        "verdict": question.verdict,
        "article": question.article,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _notes(
    question: Question, person: Person | None, said: Sequence[Row], shelf: Shelf
) -> Iterator[str]:
    if not shelf:
        yield "the ledger is empty: `burdenshare check ARTICLE` keeps what it finds there"
        return
    if person is not None and not any(row["name"] and _who(row) == person.key for row in said):
        yield f"no article checked so far quotes or reports {person.name}"
    undated = sum(row["date"] is None for row in said)
    if undated and (question.since or question.until):
        yield (
            f"{undated} of the statements have no day, because their articles have none: "
            "--since and --until leave them out (check the articles again with --date)"
        )
