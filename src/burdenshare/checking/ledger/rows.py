"""The ledger's rows as plain dicts, in order of time, with what is a copy of what."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from burdenshare.checking.ledger.tables import articles, claims, sightings, statements

Row = dict[str, Any]
Shelf = Mapping[str, Row]

_SPEAKER = ("person", "name", "office")
_WORDS = ("start", "end", "text")


def read_articles(connection: Connection) -> dict[str, Row]:
    """Return the articles by id, each with where it was met and the first of its family."""
    columns = [each for each in articles.c if each.name != "sketch"]
    found: dict[str, Row] = {}
    for row in connection.execute(select(*columns)).mappings():
        found[row["id"]] = {**_plain(dict(row)), "outlets": [], "urls": [], "paths": []}
    met = select(sightings).order_by(sightings.c.first_seen, sightings.c.mark)
    for row in connection.execute(met).mappings():
        for name in ("outlet", "url", "path"):
            held = found[row["article"]][f"{name}s"]
            if row[name] and row[name] not in held:
                held.append(row[name])
    sizes = Counter(_root(each, found) for each in found.values())
    for each in found.values():
        each["family"] = _root(each, found)
        each["alone"] = sizes[each["family"]] == 1
    return found


def _root(article: Row, found: Shelf) -> str:
    """Return the id of the article that this one, through others, is a copy of."""
    passed = set()
    while article["copy_of"] is not None and article["id"] not in passed:
        passed.add(article["id"])
        article = found[article["copy_of"]]
    return str(article["id"])


def read_statements(connection: Connection, shelf: Shelf) -> list[Row]:
    """Return all statements; `copy_of` names the same words of the same speaker met earlier."""
    rows = []
    for row in _ordered(connection, select(statements), shelf):
        row |= {"person": row["speaker_id"], "name": row["speaker"]}
        kept = {key: row[key] for key in (*_SPEAKER, "mode", "proposition", "stance", *_WORDS)}
        links = {key: row[key] for key in ("quotes", "reported_by", "amplifies", "repeats")}
        rows.append({**_head(row, shelf), **kept, **links})
    return _with_copies(rows, shelf, ("person", "name", "proposition", "stance"))


def read_claims(connection: Connection, shelf: Shelf) -> list[Row]:
    """Return all claims; `copy_of` names the same words with the same query met earlier."""
    rows = []
    for row in _ordered(connection, select(claims), shelf):
        kept = {key: row[key] for key in (*_WORDS, "kind", "query", "stated", "verdict")}
        answers = {key: row[key] for key in ("then", "now", "why")}
        rows.append({**_head(row, shelf), **kept, **answers})
    return _with_copies(rows, shelf, ("kind", "query"))


def _plain(row: Mapping[str, Any]) -> Row:
    """Return a row whose days are texts, as in JSON."""
    return {
        key: value.isoformat() if isinstance(value, datetime.date) else value
        for key, value in row.items()
    }


def _ordered(connection: Connection, query: Select[Any], shelf: Shelf) -> list[Row]:
    rows = [_plain(dict(row)) for row in connection.execute(query).mappings()]
    rows.sort(key=lambda row: (*_age(shelf[row["article"]]), row["place"]))
    return rows


def _age(article: Row) -> tuple[str, str, str]:
    return article["date"] or article["first_seen"][:10], article["first_seen"], article["id"]


def _head(row: Row, shelf: Shelf) -> Row:
    """Return what statements and claims have in common: where and when they were met."""
    article = shelf[row["article"]]
    stated = row.get("date")
    return {
        "id": row["id"],
        "article": row["article"],
        "outlets": article["outlets"],
        "date": stated or article["date"],
        "date_basis": "stated" if stated else article["date_basis"],
    }


def _with_copies(rows: Sequence[Row], shelf: Shelf, kind: Sequence[str]) -> list[Row]:
    """Name the first of the same words in a family of articles, and gather on it all outlets."""
    first: dict[str, Row] = {}
    met: Counter[str] = Counter()
    for row in rows:
        article = shelf[row["article"]]
        row["copy_of"] = None
        if article["alone"]:
            continue
        same = repr([" ".join(row["text"].split()), *(row[name] for name in kind)])
        # The same words twice in one article are two statements.
        met[row["article"] + same] += 1
        key = f"{article['family']} {met[row['article'] + same]} {same}"
        original = first.setdefault(key, row)
        if original is not row:
            row["copy_of"] = original["id"]
            more = [each for each in row["outlets"] if each not in original["outlets"]]
            original["outlets"] = [*original["outlets"], *more]
    return list(rows)
