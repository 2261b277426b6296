"""Entries of the outbox, written by hand: what a check would leave there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from burdenshare.checking.ledger import outbox
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.similar import sketch
from burdenshare.checking.ledger.store import Taken, take_in

Row = dict[str, Any]
# Some eighty words, of which a copy may lose a few.
STORY = """The foreign ministers met on the quay while gulls argued over a crust of bread. Nobody
had slept, and the coffee was of the kind that is drunk for its temperature. A map lay across the
table with four cups holding down its corners. Somebody asked for the minutes of the last meeting,
and somebody else had left them on a train. By noon the fog had gone and with it the last excuse.
They agreed to meet again when the leaves were down, and to bring warmer coats to the harbour."""


def said(words: str = "They must pay.", **other: Any) -> Row:
    """Return a statement as a check gives it; `name` and `id` are the speaker's."""
    name, who = other.pop("name", "Donald Trump"), other.pop("person", "donald-trump")
    start = other.pop("start", 0)
    speaker = {"name": name, "id": who, "office": other.pop("office", None), "mention": None}
    row = {
        "id": "s1",
        "start": start,
        "end": start + len(words),
        "text": words,
        "mode": "direct",
        "quotes": [{"start": start, "end": start + len(words), "text": words}],
        "speaker": None if name is None else speaker,
        "reported_by": [],
        "proposition": "protect-only-payers",
        "stance": "for",
        "date": None,
        "amplifies": None,
        "repeats": None,
    }
    return {**row, **other}


def claimed(words: str = "Spain spends 1.28 %", **other: Any) -> Row:
    """Return a claim as a check gives it."""
    row = {
        "id": "c1",
        "start": 0,
        "end": len(words),
        "text": words,
        "kind": "value",
        "query": {"series": "share_gdp", "country": "ESP", "year": 2024},
        "stated": {"comparator": "=", "value": 1.28, "unit": "%"},
        "verdict": "supported",
        "then": {"value": 1.28, "unit": "% of GDP", "published": "2024-06-17", "source": "NATO"},
        "now": None,
        "why": "The release says so.",
    }
    return {**row, **other}


def entry(  # noqa: PLR0913 - what a check may find
    text: str = STORY,
    statements: Sequence[Row] = (),
    claims: Sequence[Row] = (),
    *,
    outlet: str | None = None,
    date: str | None = "2025-03-02",
    at: str = "2025-03-02T08:00",
    world: str = "0" * 16,
) -> outbox.Entry:
    """Return an entry; statements are numbered as they come."""
    numbered = [{**each, "id": f"s{i}"} for i, each in enumerate(statements, start=1)]
    return {
        "article": outbox.article_id(text),
        "raw_sha256": outbox.article_id(text),
        "outlet": outlet,
        "url": None,
        "kept_at": f"{at}:00.000000+00:00",
        "sketch": sketch(text),
        "check": {
            "version": "0.1.0",
            "world": world,
            "as_of": date or "2026-01-01",
            "article": {"path": "a.txt", "date": date, "date_basis": "given", "removed": []},
            "statements": numbered,
            "claims": list(claims),
        },
    }


def keep(base: Base, *entries: outbox.Entry) -> Taken:
    """Put entries into the outbox, a file each, and take them in."""
    for each in entries:
        outbox.put(base.place.outbox, [each])
    return take_in(base)
