"""The model's answer as data: proposals with the fields they may have, and nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from burdenshare.checking.proposals.ask import NoAnswer

MOST = 60  # proposals of each kind
LONGEST = 1500  # characters of a field
_FENCE = re.compile(r"\A```(?:json)?\s*\n(.*)\n\s*```\Z", re.DOTALL)
_FORM = "not of the agreed form"
_MORE = "says more than a proposal may"
_MANY = f"more than {MOST} of a kind"


@dataclass(frozen=True, slots=True)
class ClaimProposal:
    """A claim as proposed: words of the article throughout, `ask` excepted."""

    words: str
    ask: str
    stated: str
    subject: str
    near: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class StatementProposal:
    """A statement as proposed."""

    words: str
    speaker: str
    near: str = ""
    quotes: tuple[str, ...] = ()
    proposition: str = ""
    stance: str = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """All proposals of an answer that have the right form, and why others were left out."""

    claims: tuple[ClaimProposal, ...]
    statements: tuple[StatementProposal, ...]
    refused: Counter[str]


_T = TypeVar("_T")


class _Refused(Exception):  # noqa: N818 - a reason, not a mistake
    """Why one proposal is left out."""


def read_answer(text: str) -> Answer:
    """Return the proposals in the words of an answer; raises NoAnswer where they are no JSON.

    >>> found = read_answer('{"claims": [], "statements": [{"words": "so", "verdict": "wrong"}]}')
    >>> found.statements, dict(found.refused)
    ((), {'says more than a proposal may': 1})
    """
    bare = text.strip()
    fenced = _FENCE.match(bare)
    try:
        data = json.loads(fenced[1] if fenced else bare)
    except (ValueError, RecursionError):
        raise NoAnswer("the model's answer is no JSON") from None
    if not isinstance(data, dict):
        raise NoAnswer("the model's answer is not of the agreed form")
    refused: Counter[str] = Counter()
    refused[_MORE] += len(data.keys() - {"claims", "statements"})
    return Answer(
        _items(data.get("claims"), _claim, refused),
        _items(data.get("statements"), _statement, refused),
        +refused,
    )


def _items(data: Any, read: Callable[[Any], _T], refused: Counter[str]) -> tuple[_T, ...]:
    """Return what can be read of a list, up to the most of a kind."""
    if data is None:
        return ()
    if not isinstance(data, list):
        refused[_FORM] += 1
        return ()
    refused[_MANY] += max(0, len(data) - MOST)
    found = []
    for each in data[:MOST]:
        try:
            found.append(read(each))
        except _Refused as reason:
            refused[str(reason)] += 1
    return tuple(found)


def _claim(data: Any) -> ClaimProposal:
    fields = _fields(data, {"words", "ask", "stated", "subject", "near", "year"})
    return ClaimProposal(
        _text(fields, "words"),
        _text(fields, "ask"),
        _text(fields, "stated"),
        _text(fields, "subject"),
        _text(fields, "near", ""),
        _text(fields, "year", ""),
    )


def _statement(data: Any) -> StatementProposal:
    known = {"words", "speaker", "near", "quotes", "proposition", "stance"}
    fields = _fields(data, known)
    quotes = fields.get("quotes") or []
    if not isinstance(quotes, list) or len(quotes) > MOST:
        raise _Refused(_FORM)
    return StatementProposal(
        _text(fields, "words"),
        _text(fields, "speaker"),
        _text(fields, "near", ""),
        tuple(_text({"quote": quote}, "quote") for quote in quotes),
        _text(fields, "proposition", ""),
        _text(fields, "stance", "none"),
    )


def _fields(data: Any, known: set[str]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _Refused(_FORM)
    if data.keys() - known:
        raise _Refused(_MORE)
    return data


def _text(fields: dict[str, Any], name: str, otherwise: str | None = None) -> str:
    """Return a text with single blanks; a year may be a number."""
    value = fields.get(name)
    if value is None and otherwise is not None:
        return otherwise
    if name == "year" and type(value) is int and 0 < value < 10_000:
        value = str(value)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise _Refused(_FORM)
    plain = " ".join(value.split())
    if not plain and otherwise is None:
        raise _Refused(_FORM)
    return plain or otherwise or ""
