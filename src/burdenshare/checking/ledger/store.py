"""Writing the ledger: taking the outbox in, linking copies, and forgetting an article."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from burdenshare.checking.ledger import outbox, similar
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.tables import (
    articles,
    claims,
    fit,
    sightings,
    sketch_keys,
    statements,
)
from burdenshare.errors import UserError

_LEAST = 6  # characters of an id that name an article


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an outbox: entries taken in, and files put aside as unreadable."""

    entries: int
    unreadable: tuple[Path, ...]


def take_in(base: Base) -> Taken:
    """Take all that waits into the ledger: each file at once or not at all, then removed.

    Raises OSError or UserError where the database cannot be written; what was not taken in waits
    on.
    """
    count, unreadable = 0, []
    for path in outbox.waiting(base.place.outbox):
        try:
            count += _take_file(base, path)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            unreadable.append(outbox.put_aside(path))
    return Taken(count, tuple(unreadable))


def _take_file(base: Base, path: Path) -> int:
    # Read while no other can write: a file that another has taken in, and that was forgotten
    # since, is gone by then and does not come back.
    with base.writing() as connection:
        entries = outbox.read(path)
        for each in entries or ():
            _keep(connection, each)
    outbox.done(path)
    return len(entries or ())


def _keep(connection: Connection, entry: Mapping[str, Any]) -> None:
    """Write an article, or replace one that was read earlier; the first day it was seen stays."""
    name, kept_at = _hex(entry["article"]), str(entry["kept_at"])
    query = select(articles.c.first_seen, articles.c.read_at).where(articles.c.id == name)
    known = connection.execute(query).one_or_none()
    if known is None or known.read_at <= kept_at:
        _write(connection, name, entry, known)
    elif kept_at < known.first_seen:
        connection.execute(update(articles).where(articles.c.id == name).values(first_seen=kept_at))
    _sight(connection, name, entry)


def _write(
    connection: Connection, name: str, entry: Mapping[str, Any], known: Row[Any] | None
) -> None:
    check, kept_at = entry["check"], str(entry["kept_at"])
    hashes = sorted(int(each) for each in entry["sketch"])
    values = {
        "raw_sha256": _hex(entry["raw_sha256"]),
        "date": _day(check["article"]["date"]),
        "date_basis": check["article"]["date_basis"],
        "as_of": _day(check["as_of"]),
        "version": check["version"],
        "world": check["world"],
        "read_at": kept_at,
        "sketch": hashes,
    }
    followers: list[str] = []
    if known is None:
        connection.execute(insert(articles).values(id=name, first_seen=kept_at, **values))
    else:
        values["first_seen"] = min(known.first_seen, kept_at)
        connection.execute(update(articles).where(articles.c.id == name).values(**values))
        for table in (statements, claims, sketch_keys):
            connection.execute(delete(table).where(table.c.article == name))
        followers = _copies(connection, name)
    _insert(connection, statements, list(_statements(name, check["statements"])))
    _insert(connection, claims, list(_claims(name, check["claims"])))
    found = [{"article": name, "hash": each} for each in similar.keys(hashes)]
    _insert(connection, sketch_keys, found)
    alike = _alike(connection, name)
    _link(connection, name, alike)
    for other in sorted({*alike, *followers}):
        _link(connection, other, _alike(connection, other))


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _sight(connection: Connection, name: str, entry: Mapping[str, Any]) -> None:
    """Note where the article was met, once for each place."""
    where = [str(each or "") for each in (entry["outlet"], entry["url"])]
    where.append(str(entry["check"]["article"]["path"]))
    mark = _digest(*where)
    kept_at = str(entry["kept_at"])
    same = (sightings.c.article == name) & (sightings.c.mark == mark)
    seen = connection.execute(select(sightings.c.first_seen).where(same)).scalar()
    if seen is None:
        row = dict(zip(("outlet", "url", "path"), where, strict=True))
        connection.execute(
            insert(sightings).values(article=name, mark=mark, first_seen=kept_at, **row)
        )
    elif kept_at < seen:
        connection.execute(update(sightings).where(same).values(first_seen=kept_at))


def _statements(name: str, found: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield the rows of statements; an id depends on the article, the span and the speaker."""
    found = list(found)
    ids: dict[str, str] = {}
    met: Counter[str] = Counter()
    for each in found:
        who = (each["speaker"] or {}).get("name", "")
        base = _digest(name, str(each["start"]), str(each["end"]), who)
        met[base] += 1
        ids[each["id"]] = base if met[base] == 1 else _digest(base, str(met[base]))
    for place, each in enumerate(found, start=1):
        speaker = each["speaker"] or {}
        yield {
            "id": ids[each["id"]],
            "article": name,
            "place": place,
            **{key: each[key] for key in ("start", "end", "text", "mode", "quotes")},
            "speaker": speaker.get("name"),
            "speaker_id": speaker.get("id"),
            "office": speaker.get("office"),
            **{key: each[key] for key in ("reported_by", "proposition", "stance")},
            "date": _day(each["date"]),
            "amplifies": ids[each["amplifies"]] if each["amplifies"] else None,
            "repeats": ids[each["repeats"]] if each["repeats"] else None,
        }


def _claims(name: str, found: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield the rows of claims; an id depends on the article, the span and the query."""
    met: Counter[str] = Counter()
    for place, each in enumerate(found, start=1):
        asked = repr(sorted(each["query"].items()))
        base = _digest(name, str(each["start"]), str(each["end"]), asked)
        met[base] += 1
        yield {
            "id": base if met[base] == 1 else _digest(base, str(met[base])),
            "article": name,
            "place": place,
            **{key: each[key] for key in ("start", "end", "text", "kind", "query", "stated")},
            **{key: each[key] for key in ("verdict", "then", "now", "why")},
        }


def _digest(*parts: str) -> str:
    joined = "\x1f".join(fit(part).replace("\x1f", "\ufdd0001f") for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def _hex(text: str) -> str:
    if len(bytes.fromhex(text)) != 32:
        raise ValueError("it is no SHA-256")
    return text.lower()


# --- copies


def _alike(connection: Connection, name: str) -> dict[str, float]:
    """Return the articles that are copies of one, or it of them, and how like they are."""
    mine = _sketch(connection, name)
    wanted = similar.keys(mine)
    shared = (
        select(sketch_keys.c.article)
        .where(sketch_keys.c.hash.in_(wanted), sketch_keys.c.article != name)
        .group_by(sketch_keys.c.article)
        .having(func.count() >= similar.least_common(len(wanted)))
    )
    query = select(articles.c.id, articles.c.sketch).where(articles.c.id.in_(shared))
    found = {row.id: similar.likeness(mine, row.sketch) for row in connection.execute(query)}
    return {other: each for other, each in sorted(found.items()) if each >= similar.COPY}


def _sketch(connection: Connection, name: str) -> list[int]:
    query = select(articles.c.sketch).where(articles.c.id == name)
    return list(connection.execute(query).scalar_one())


def _copies(connection: Connection, name: str) -> list[str]:
    """Return the articles that are linked to one as its copies."""
    return list(connection.scalars(select(articles.c.id).where(articles.c.copy_of == name)))


def _link(connection: Connection, name: str, alike: Mapping[str, float]) -> None:
    """Link an article to the earliest that it is like, if that is not itself."""
    of = None
    if alike:
        query = select(articles.c.id, articles.c.date, articles.c.first_seen)
        rows = connection.execute(query.where(articles.c.id.in_([name, *alike])))
        first = min(rows, key=_order).id
        of = None if first == name else first
    connection.execute(
        update(articles)
        .where(articles.c.id == name)
        .values(copy_of=of, similarity=None if of is None else round(alike[of], 4))
    )


def _order(row: Row[Any]) -> tuple[str, str, str]:
    """Say which of two articles is the earlier: by its day, else by when it was first read."""
    day = row.date.isoformat() if row.date else row.first_seen[:10]
    return day, row.first_seen, row.id


# --- forgetting


def forget(base: Base, given: str) -> str:
    """Remove an article with all that it said, and return its id.

    `given` is the id or its first characters, six or more. What waits in the outbox is taken in
    first, so that it does not bring the article back.
    """
    take_in(base)
    with base.writing() as connection:
        name = find_article(connection, given)
        copies = _copies(connection, name)
        # The tables that hang on it are emptied with it.
        connection.execute(delete(articles).where(articles.c.id == name))
        for copy in copies:
            _link(connection, copy, _alike(connection, copy))
    return name


def find_article(connection: Connection, given: str) -> str:
    """Return the id of the article that an id or its first characters name, or an error."""
    wanted = given.strip().lower()
    if len(wanted) < _LEAST or not set(wanted) <= set("0123456789abcdef"):
        raise UserError(
            f"article {given[:40]!r} is no id: write six characters of it or more, as "
            "`burdenshare statements` prints them"
        )
    query = select(articles.c.id).where(articles.c.id.startswith(wanted)).limit(2)
    found = list(connection.execute(query).scalars())
    if not found:
        raise UserError(f"article {given[:40]!r} is not in the ledger: see burdenshare statements")
    if len(found) > 1:
        raise UserError(f"several articles begin with {given[:40]!r}: write more of the id")
    return str(found[0])
