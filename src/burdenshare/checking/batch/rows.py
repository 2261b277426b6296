"""A checked article as rows of one table: statements, claims, and what stayed unread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from burdenshare import __version__
from burdenshare.checking.batch.sources import Item

_WHOLE = ("start", "end")
_DAYS = ("date", "then_published", "now_published")
COLUMNS = tuple(
    "article path url outlet date date_basis item id start end text mode speaker speaker_id "
    "proposition stance kind query stated verdict then_value then_published now_value "
    "now_published source why world version".split()
)
KINDS = {
    name: "BIGINT" if name in _WHOLE else "DATE" if name in _DAYS else "VARCHAR" for name in COLUMNS
}

Row = dict[str, Any]


def rows(item: Item, found: Mapping[str, Any] | None, problem: str, world: str) -> list[Row]:
    """Return the rows of one item: those of its check, or the one that says why there is none.

    `found` has the shape `burdenshare/check/1`; each row has only the columns that it fills.

    >>> [row] = rows(Item(0, "a.txt", "in/a.txt"), None, "it has no text", "7709b7c0973f")
    >>> row["article"], row["item"], row["why"]
    ('a.txt', 'error', 'it has no text')
    """
    told = {"article": item.id, "path": item.path, "url": item.url, "outlet": item.outlet}
    made = {"world": world, "version": __version__}
    if found is None:
        return [{**told, "item": "error", "text": item.title, "why": problem, **made}]
    article = found["article"]
    told |= {"date": article["date"], "date_basis": article["date_basis"]}
    return [{**told, **row, **made} for row in _rows(item, found)]


def as_found(item: Item, found: Mapping[str, Any] | None, problem: str, world: str) -> Row:
    """Return one item as a line of JSON Lines: its check, or what says why there is none."""
    told = {"id": item.id, "url": item.url, "outlet": item.outlet, "title": item.title}
    if found is not None:
        return {**found, "article": {**found["article"], **told}}
    return {
        "schema": "burdenshare/check-error/1",
        "version": __version__,
        "world": world,
        "article": {"path": item.path, **told},
        "error": problem,
    }


def _rows(item: Item, found: Mapping[str, Any]) -> Iterator[Row]:
    yield {"item": "article", "text": item.title}
    for said in found["statements"]:
        speaker = said["speaker"] or {}
        yield {
            "item": "statement",
            **_span(said),
            "speaker": speaker.get("name"),
            "speaker_id": speaker.get("id"),
            **{name: said[name] for name in ("id", "mode", "proposition", "stance")},
        }
    for claim in found["claims"]:
        then, now = claim["then"], claim["now"]
        yield {
            "item": "claim",
            **_span(claim),
            **{name: claim[name] for name in ("id", "kind", "verdict", "why")},
            "query": json.dumps(claim["query"], ensure_ascii=False, default=str),
            "stated": json.dumps(claim["stated"], ensure_ascii=False, default=str),
            **_evidence("then", then),
            **_evidence("now", now),
            "source": (then or now or {}).get("source"),
        }
    for span in found["unread"]:
        yield {"item": "unread", **_span(span)}


def _span(found: Mapping[str, Any]) -> Row:
    return {name: found[name] for name in ("start", "end", "text")}


def _evidence(when: str, found: Mapping[str, Any] | None) -> Row:
    """Return an answer's value as text, since it may be a number or words, and its day."""
    if found is None:
        return {}
    return {f"{when}_value": str(found["value"]), f"{when}_published": found["published"]}
