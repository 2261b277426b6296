"""Which of several years a figure is of, told by the words beside it and the dates before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention
from burdenshare.reading.lexicon import Name

_PRESENT = re.compile(
    r"\b(?:pays|spends|gives|is|are|has|stays|covers|finances|contributes|provides|accounts|stands|"
    r"devotes|leads|comes|puts|now|currently)\b"
)
_PAST = re.compile(
    r"\b(?:paid|spent|gave|was|were|had|stayed|covered|financed|contributed|provided|stood|"
    r"devoted|led|came|put|did|received|donated|followed|sent|got|took)\b"
)
_COMING = re.compile(r"\b(?:will|is to|are to|goes|climbs|rises|falls|drops|slips|jumps|stays)\b")
_PERIOD = 3  # years of the UN's scale


def whole(date: DateMention) -> bool:
    """Say whether a date names a year, or a period of up to three."""
    return date.grain in ("year", "period") and date.last.year - date.first.year <= 2


def present(words: str) -> bool:
    """Say whether words speak of what is.

    >>> present("germany pays 6 percent"), present("germany gave $1 billion")
    (True, False)
    """
    return _PRESENT.search(words) is not None


def past(words: str, around: str) -> bool:
    """Say whether words speak of what was, or where they have no verb, those around them.

    >>> past("china $60 million", "japan gave $58 million, china $60 million")
    True
    """
    if _PAST.search(words) or present(words):
        return not present(words)
    return _PAST.search(around) is not None and not present(around)


def ahead(claim: Candidate, coming: Sequence[int]) -> list[int]:
    """Return the coming year that the text before a claim names, or that its words speak of."""
    named = [d.first.year for d in claim.loose if whole(d) and d.first.year in coming]
    if named:
        return named[:1]
    piece = claim.slots.get("piece")
    words = piece.id if isinstance(piece, Name) else claim.words
    return list(coming[:1]) if _COMING.search(words) else []


def years_before(
    claim: Candidate, past: Sequence[int], coming: Sequence[int], *, scale: bool
) -> list[int]:
    """Return the years before the one that is meant: for a scale the last of the period before."""
    now = (ahead(claim, coming) or list(past[-1:]))[:1]
    if not now:
        return []
    if scale:
        first = now[0] - now[0] % _PERIOD
        return [year for year in (first - 1,) if year in past]
    return [year for year in past if year < now[0]][-1:-3:-1]
