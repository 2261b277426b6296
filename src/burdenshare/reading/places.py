"""Where words stand in a text, found faster than by looking at every word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[a-z]++")
PART = 1_000_000  # characters that are cut into words at a time


def lowered(text: str) -> str:
    """Return the text in small letters, of equal length.

    >>> lowered("NATO in İzmir")
    'nato in İzmir'
    """
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := each.lower()) == 1 else each for each in text)


def every(small: str, piece: str) -> Iterator[int]:
    """Yield where a piece stands in a text.

    >>> list(every("a, b, a", "a"))
    [0, 6]
    """
    at = small.find(piece)
    while at >= 0:
        yield at
        at = small.find(piece, at + len(piece))


def whole(small: str, start: int, end: int) -> bool:
    """Say whether no letter or digit touches a piece of the text.

    >>> whole("often ten", 2, 5), whole("often ten", 6, 9)
    (False, True)
    """
    return not (start and small[start - 1].isalnum()) and not small[end : end + 1].isalnum()


class Places:
    """A text in small letters, and where its words stand.

    >>> Places("Two of ten, often two").of(frozenset({"ten", "two"}))
    [(0, 'two'), (7, 'ten'), (18, 'two')]
    """

    def __init__(self, text: str) -> None:
        self.small = lowered(text)
        self.words: set[str] = set()
        for start in range(0, len(text), PART):
            self.words.update(WORD.findall(self.small, max(0, start - 30), start + PART))

    def of(self, words: Iterable[str]) -> list[tuple[int, str]]:
        """Return where each word stands as a whole word, in the order of the text."""
        small = self.small
        return sorted(
            (at, word)
            for word in self.words.intersection(words)
            for at in every(small, word)
            if whole(small, at, at + len(word))
        )
