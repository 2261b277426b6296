"""The one error a user's mistake may raise, and the words that help to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """A mistake in what a user gave: one to three lines that say what, where, and what to write.

    The command line prints the text and ends with exit code 2.

    >>> raise UserError("year 20244 is not a year: write four digits, such as 2024")
    Traceback (most recent call last):
        ...
    burdenshare.errors.UserError: year 20244 is not a year: write four digits, such as 2024
    """


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the hint that ends an error about an unknown name.

    >>> did_you_mean("share_gpd", ["share_gdp", "gdp_usd_current"])
    "did you mean 'share_gdp'?"
    >>> did_you_mean("x", ["b", "a"])
    'known: a, b'
    """
    names = sorted(set(known))
    lowered = {name.lower(): name for name in reversed(names)}
    close = difflib.get_close_matches(word.lower()[:80], list(lowered), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{lowered[close[0]]}'?"
    shown = ", ".join(names[:12])
    return f"known: {shown}" + (f" and {len(names) - 12} more" if len(names) > 12 else "")
