"""What a sentence says of named members: who voted how, who brought in a bill, who is on a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from burdenshare.reading.document import Span
from burdenshare.reading.lexicon import Name

_NAME = r"(?:[A-Z][\w’'-]+\s+){0,3}[A-Z][\w’'-]+(?:\s+\([A-Z]{1,2}-[A-Z][\w.]*\))?"
_NAMES = rf"{_NAME}(?:(?:,\s+|\s+and\s+|,\s+and\s+){_NAME})*"
_NO = r"(?:no\b|nay\b|against\b|in opposition)"
_YES = r"(?:yes\b|yea\b|aye\b|for\b|in favou?r)"
_TITLE = r"(?:(?:Sens?|Reps?|Senators?|Representatives?|Congress(?:wo)?m[ae]n)\.?\s+)?"
_HOW = re.compile(
    rf"{_TITLE}(?P<who>{_NAMES})(?:,)?\s+(?:(?:has|had|also|both|all|each|alone)\s+)*"
    rf"(?:voted\s+|(?=(?:no|yes|against)\b[.,;]?))(?:(?P<no>{_NO})|(?P<yes>{_YES}))"
)
_WITH = re.compile(
    rf"\bwith\s+{_TITLE}(?P<who>{_NAMES})\s+(?P<no>against|opposed|dissenting|opposing)\b"
)
_ONLY = re.compile(
    r"\b(?:the|only|sole|lone|both)\s+(?:(?:two|three|four|only|sole|lone|other|no)\s+)*"
    r"(?:dissenters?|holdouts?|nays?|no\s+votes?|votes?\s+against|opponents?|objectors?|two|three|one)"
    r"(?:\s+to\s+vote\s+(?:no|against)|\s+against(?:\s+it)?|\s+who\s+voted\s+(?:no|against))?"
    rf"(?:\s+(?:was|were|are|is|being|came\s+from)|:|,)\s+(?:the\s+)?(?:[\w-]+\s+){{0,4}}?(?P<who>{_NAMES})"
)
_FIRST = re.compile(
    rf"{_TITLE}(?P<who>{_NAMES})\s+(?:was|were|cast|are|being)\s+the\s+"
    r"(?:only|sole|lone|two|single|three)\b[^.;]{0,40}?\b(?:no|against|nay|oppose|dissent\w*|opposed|voting)\b"
)
_WORDS = re.compile(
    r"\b(?:voted|vote|votes|against|dissent\w*|oppos\w+|holdouts?|the two|no votes?)\b"
)
_STATE = re.compile(
    r"(?:\s+\((?:[A-Z]{1,2}-)?(?P<code>[A-Z]{2})\w*\))|(?:\s+of\s+(?P<state>[A-Z]\w+(?:\s[A-Z]\w+)?))"
)
_LINK = re.compile(r"\s*(?:,|,?\s*(?:and|&|or)|,?\s*as well as)\s*(?:the\s+|in\s+)?")


@dataclass(frozen=True, slots=True)
class Voters(Span):
    """Surnames in lower case with the vote they are said to have cast; `whole`: nobody else did."""

    surnames: tuple[str, ...]
    yea: bool
    whole: bool


def voters(text: str, start: int) -> Iterator[Voters]:
    """Yield who is said to have voted how in a sentence that begins at an offset.

    >>> found = list(voters("Sen. Rand Paul voted no and Sen. Mitch McConnell yes.", 0))
    >>> [(each.surnames, each.yea) for each in found]
    [(('paul',), False), (('mcconnell',), True)]
    """
    if not _WORDS.search(text):
        return
    taken: list[Span] = []
    for form in (_ONLY, _FIRST, _WITH, _HOW):
        for found in form.finditer(text):
            span = Span(start + found.start(), start + found.end())
            names = surnames(found["who"])
            if names and not any(span.meets(each) for each in taken):
                taken.append(span)
                yea = bool(found.groupdict().get("yes"))
                yield Voters(span.start, span.end, names, yea, form in (_ONLY, _FIRST))


def surnames(names: str) -> tuple[str, ...]:
    """Return the last words of names that stand in a list.

    >>> surnames("Rand Paul and Mike Lee (R-UT)")
    ('paul', 'lee')
    """
    parts = re.split(r",\s+and\s+|,\s+|\s+and\s+", re.sub(r"\s+\([^)]*\)", "", names))
    return tuple(part.split()[-1].lower() for part in parts if part.split())


def state_of(text: str, end: int) -> str:
    """Return the state that stands behind a name: its letters, or its name in lower case.

    >>> state_of("Mike Rogers of Michigan", 11), state_of("Mike Lee (R-UT)", 8)
    ('michigan', 'UT')
    """
    found = _STATE.match(text, end)
    return (found["code"] or found["state"].lower()) if found else ""


def runs(names: list[Name], text: str) -> Iterator[list[Name]]:
    """Yield the countries that stand in one list, two or more."""
    run: list[Name] = []
    countries = [name for name in names if name.kind == "country"]
    for one, other in pairwise(countries):
        run = run or [one]
        if _LINK.fullmatch(text, one.end, other.start):
            run.append(other)
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run
