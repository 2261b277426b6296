"""The questions that a proposed claim may put: those of our own patterns, with what they need."""

from __future__ import annotations

import re
from dataclasses import dataclass

from burdenshare.reading.patterns import Pattern, Patterns


@dataclass(frozen=True, slots=True)
class Form:
    """A question: what it is about, which figures and subjects it takes, words it cannot lack."""

    about: str
    stated: tuple[str, ...]
    subjects: tuple[str, ...]
    needs: tuple[re.Pattern[str], ...]


_ARMS = re.compile(
    r"\b(?:defen[cs]e|militar\w*|armed forces|arm(?:y|ies|s)|troops|soldiers|weapon)"
)
_OUTPUT = re.compile(r"\b(?:gdp|output|econom\w+|domestic product)\b")
_PAYS = re.compile(r"\b(?:pa(?:y|ys|id|ying)|fund|financ|contribut|cover|budget|cost|dues|bill)")

FORMS = {
    "share": Form(
        "what a country, a group or NATO spends on defence, in per cent of GDP",
        ("percent",),
        ("country", "group", "organisation"),
        (_ARMS, _OUTPUT),
    ),
    "value": Form(
        "what a country, a group or NATO spends on defence, as a sum of money",
        ("money",),
        ("country", "group", "organisation"),
        (_ARMS,),
    ),
    "cost-share": Form(
        "which share of an international body's budget a country pays",
        ("percent", "fraction"),
        ("country",),
        (_PAYS,),
    ),
    "eu-debt": Form(
        "the public debt of a country, in per cent of GDP",
        ("percent",),
        ("country",),
        (re.compile(r"\bdebt"),),
    ),
    "eu-balance": Form(
        "the public deficit of a country, in per cent of GDP",
        ("percent",),
        ("country",),
        (re.compile(r"\bdeficit"),),
    ),
}


def carrier(patterns: Patterns, ask: str) -> Pattern:
    """Return a shipped pattern that puts a question and leaves nothing of it to options."""
    return next(p for p in patterns.patterns if p.ask == ask and not p.options and not p.weak)
