"""The result of checking an article: what programs read as JSON and people read as a report."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Literal

from burdenshare.reading.document import Document, Span, Statement

VerdictWord = Literal["supported", "contradicted", "superseded", "depends", "unchecked"]
Value = float | int | str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One computed answer and where it comes from: `published` is the day it became known."""

    value: Value
    unit: str
    published: datetime.date
    source: str
    url: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the four fields of the interface."""
        return {
            "value": self.value,
            "unit": self.unit,
            "published": self.published.isoformat(),
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Vintage:
    """The same figure in one release: a step of the chart."""

    published: datetime.date
    value: float
    partial: bool = False
    definition: str = ""


@dataclass(frozen=True, slots=True)
class CheckedClaim(Span):
    """A claim with its verdict; `history` is the figure across releases, oldest first.

    `proposed_by` says who pointed at it, where that was not our own reader.
    """

    id: str
    text: str
    kind: str
    query: dict[str, Any]
    stated: dict[str, Any]
    verdict: VerdictWord
    why: str
    then: Evidence | None = None
    now: Evidence | None = None
    history: tuple[Vintage, ...] = ()
    history_title: str = ""
    history_unit: str = ""
    proposed_by: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the claim as interfaces name its fields."""
        return {
            "id": self.id,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "query": self.query,
            "stated": self.stated,
            "verdict": self.verdict,
            "then": self.then.as_dict() if self.then else None,
            "now": self.now.as_dict() if self.now else None,
            "why": self.why,
            **_origin(self.proposed_by),
        }


@dataclass(frozen=True, slots=True)
class Proposed:
    """A shipped scenario that the article proposes, and how to run it.

    `statements` are the indices of those who propose it, `passages` the sentences that do in the
    article's own voice. `as_of` is the day that the command names, if any, and `note` says why it
    names none; `headline` is the sentence that answers the question, where it was run.
    """

    id: str
    title: str
    question: str
    statements: tuple[int, ...]
    passages: tuple[Span, ...]
    command: str
    as_of: datetime.date | None = None
    note: str = ""
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """An article as checked: the document, its statements, its claims, and what stayed unread."""

    path: str
    document: Document
    date_basis: Literal["given", "found", "unknown"]
    version: str
    world: str
    as_of: datetime.date
    now: datetime.date
    statements: tuple[Statement, ...]
    claims: tuple[CheckedClaim, ...]
    unread: tuple[Span, ...] = field(default=())
    scenarios: tuple[Proposed, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the shape `burdenshare/check/1`."""
        raw = self.document.raw
        date = self.document.date
        return {
            "schema": "burdenshare/check/1",
            "version": self.version,
            "world": self.world,
            "as_of": self.as_of.isoformat(),
            "article": {
                "path": self.path,
                "date": date.isoformat() if date else None,
                "date_basis": self.date_basis,
                "removed": [
                    {"start": r.start, "end": r.end, "reason": r.reason}
                    for r in self.document.removed
                ],
            },
            "statements": [self._statement(i, s) for i, s in enumerate(self.statements)],
            "claims": [claim.as_dict() for claim in self.claims],
            "unread": [_words(span, raw) for span in self.unread],
            "scenarios": [self._scenario(scenario) for scenario in self.scenarios],
        }

    def _scenario(self, found: Proposed) -> dict[str, Any]:
        return {
            "id": found.id,
            "title": found.title,
            "question": found.question,
            "statements": [f"s{index + 1}" for index in found.statements],
            "passages": [_words(span, self.document.raw) for span in found.passages],
            "command": found.command,
            "headline": found.headline,
        }

    def _statement(self, index: int, said: Statement) -> dict[str, Any]:
        raw = self.document.raw
        speaker = said.speaker
        return {
            "id": f"s{index + 1}",
            **_words(said, raw),
            "mode": said.mode,
            "quotes": [_words(quote, raw) for quote in said.quotes],
            "speaker": {
                "name": speaker.name,
                "id": speaker.id,
                "office": speaker.office,
                "mention": _words(speaker.mention, raw) if speaker.mention else None,
            }
            if speaker
            else None,
            "reported_by": list(said.reported_by),
            "proposition": said.proposition,
            "stance": said.stance,
            "date": said.date.isoformat() if said.date else None,
            "amplifies": None if said.amplifies is None else f"s{said.amplifies + 1}",
            "repeats": None if said.repeats is None else f"s{said.repeats + 1}",
            **_origin(said.proposed_by),
        }


def _origin(proposed_by: str) -> dict[str, str]:
    """Return the field that only what was proposed has."""
    return {"proposed_by": proposed_by} if proposed_by else {}


def _words(span: Span, raw: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(raw)}
