"""Copies of one article in several outlets: sketches of texts, and how like two of them are.

A sketch holds the smallest hashes of a text's runs of five words. Of two texts, the share of
common hashes among the smallest of both estimates the share of common runs (Broder 1997, bottom
k). A text of up to 128 runs is held whole, and the share is exact.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Collection, Iterable

WORDS_IN_A_RUN = 5
LARGEST = 128  # hashes in a sketch
KEYS = 16  # of them that find the texts to compare
COPY = 0.6  # from this likeness on, a text is called a copy
_WORD = re.compile(r"[^\W_]+")


def sketch(text: str) -> list[int]:
    """Return the smallest hashes of a text's runs of words, in order: signed, of 64 bits.

    >>> sketch("NATO has 32 members today.") == sketch("nato has 32 members, today")
    True
    """
    words = _WORD.findall(text.lower())
    last = max(len(words) - WORDS_IN_A_RUN + 1, 1 if words else 0)
    runs = {" ".join(words[start : start + WORDS_IN_A_RUN]) for start in range(last)}
    return heapq.nsmallest(LARGEST, {_hash(run) for run in runs})


def _hash(run: str) -> int:
    data = hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "big", signed=True)


def likeness(one: Collection[int], other: Collection[int]) -> float:
    """Return which share of the runs of two texts is common to both, 0 to 1.

    >>> likeness([1, 2, 3], [1, 2, 4])
    0.5
    """
    first, second = set(one), set(other)
    both = first | second
    if len(first) >= LARGEST or len(second) >= LARGEST:
        both = set(heapq.nsmallest(LARGEST, both))
    return len(first & second & both) / len(both) if both else 0.0


def keys(hashes: Iterable[int]) -> list[int]:
    """Return the hashes by which texts that may be copies are found."""
    return heapq.nsmallest(KEYS, hashes)


def least_common(count: int) -> int:
    """Return how many keys a copy shares at least with a text that has so many.

    With 16 keys a copy at the limit shares 9.6 of them on average; fewer than 4 is one case in a
    thousand.
    """
    return max(1, min(4, int(COPY * count)))
