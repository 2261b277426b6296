"""Positions of stretches of one document, with what stands around them."""

from __future__ import annotations

from burdenshare.reading.positions import Position, Reader, weigh
from burdenshare.reading.words import Words

OWN_WORDS = 3  # what quoted words weigh more than those around them
BEFORE = 4  # units before a statement in which its subject may be named


class Stances:
    """Reads the document's words once, and positions from slices of them."""

    def __init__(self, words: Words, reader: Reader) -> None:
        self.words = words
        self.known = reader.known
        self.reader = reader
        self.met: dict[int, set[str]] = {}  # unit number -> classes of its words
        self.near: dict[tuple[int, int], set[str]] = {}  # first and last unit -> their classes
        self.weighed: dict[tuple[int, ...], tuple[int, Position]] = {}

    def around(self, number: int, *, after: bool = False) -> set[str]:
        """Return the classes of words in a unit and the two before it, or one behind as well."""
        first, last = max(0, number - BEFORE), min(number + after, len(self.words.units) - 1)
        around = self.near.get((first, last))
        if around is None:
            for at in range(first, last + 1):
                if at not in self.met:
                    span = self.words.units[at].span
                    self.met[at] = self.reader.classes(span.start, span.end)
            around = set().union(*(self.met[at] for at in range(first, last + 1)))
            self.near[first, last] = around
        return around

    def weigh(self, number: int, *spans: tuple[int, int]) -> tuple[int, Position]:
        """Return the position of some stretches of a unit, with its weight."""
        return weigh(self.reader.cut(*spans), self.around(number), self.known)

    def _whole(self, number: int, start: int, end: int) -> tuple[int, Position]:
        """Return the position of one stretch, weighed once."""
        asked = (number, start, end)
        if asked not in self.weighed:
            self.weighed[asked] = self.weigh(number, (start, end))
        return self.weighed[asked]

    def position(self, number: int, start: int, end: int) -> Position:
        """Return the position of a stretch; the unit behind counts where all else says nothing."""
        found = self._whole(number, start, end)[1]
        if found[0] is None:
            after = self.around(number, after=True)
            if after != self.around(number):
                found = weigh(self.reader.cut((start, end)), after, self.known)[1]
        return found

    def quoted(self, number: int, start: int, end: int, quotes: list[tuple[int, int]]) -> Position:
        """Return the position of a stretch with quotes: of their words, where they say enough."""
        if sum(self.words.text.count(" ", *quote) for quote in quotes) < 2:
            return self.position(number, start, end)
        whole, found = self._whole(number, start, end)
        weight, inner = self.weigh(number, *quotes)
        if weight and (weight + OWN_WORDS >= whole or weight * 2 >= whole):
            return inner
        return found if whole else self.position(number, start, end)
