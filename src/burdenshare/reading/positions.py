"""Which proposition of the closed list a statement is about, and on which side it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from burdenshare.reading.document import Stance
from burdenshare.reading.propositions import (
    DROPPED,
    GAP,
    Example,
    Part,
    Pattern,
    Propositions,
    load_propositions,
    read_propositions,
)
from burdenshare.reading.words import Tokens, tokens_of

__all__ = ["Example", "Position", "Reader", "load_propositions", "read_propositions"]

STOP = re.compile(r"[.!?;]\s|[.!?][”’\"]|\n")
ABBREVIATED = ("mr.", "rep.", "sen.", "gov.", "gen.", "dr.", "u.s.", "u.n.", "e.u.")
FLIPPED: dict[str, Stance] = {"for": "against", "against": "for"}
CAPITALS = {"who": "world-health", "us": "usa", "u.s": "usa", "u.n": "un", "e.u": "eu"}
JOINTS = (" and ", " but ", " because ", " so ", ";")
BEFORE = 6  # words before a match in which "not" turns it round


@dataclass(slots=True)
class Reading:
    """Where each class of words stands in a stretch of text."""

    text: str
    starts: list[int]
    ends: list[int]
    places: dict[str, list[tuple[int, int]]]

    def parted(self, one: int, two: int) -> bool:
        """Say whether a sentence ends between two words, given by their numbers."""
        first, last = (one, two) if one <= two else (two, one)
        if first == last:
            return False
        start, end = self.ends[first] - 1, self.starts[last]
        for stop in STOP.finditer(self.text, start, end):
            before = self.text[max(0, stop.start() - 4) : stop.start() + 1].lower()
            if not before.endswith(ABBREVIATED):
                return True
        return False

    def is_deed(self, at: int) -> bool:
        """Say whether a word names a deed that one may warn of: "leaving", "withdrawal"."""
        word = self.text[self.starts[at] : self.ends[at]].lower()
        return word.endswith(("ing", "al")) or word in ("exit", "cuts", "departure", "pullout")

    def paused(self, one: int, two: int) -> bool:
        """Say whether a comma stands between two words, the second behind the first."""
        return "," in self.text[self.ends[one] : self.starts[two]]

    def aside(self, at: int, one: int, two: int) -> bool:
        """Say whether a word between two others is set off by commas."""
        return self.paused(one, at) and self.paused(at, min(two + 1, len(self.starts) - 1))

    def joined(self, one: int, two: int) -> bool:
        """Say whether "and", "but" or "because" stands between two words: two things are said."""
        first, last = sorted((one, two))
        between = self.text[self.ends[first] : self.starts[last]].lower()
        return any(word in between for word in JOINTS)

    def closed(self, one: int, two: int) -> bool:
        """Say whether a quote closes between two words, the second behind the first."""
        between = self.text[self.ends[one] : self.starts[two]] if one < two else ""
        return any(mark in between for mark in ("”", ',"', '."'))


class Reader:
    """A text read once: every word that belongs to a class, for slices to be cut from."""

    def __init__(self, text: str, tokens: Tokens, known: Propositions) -> None:
        self.text, self.tokens, self.known = text, tokens, known
        kept = [i for i, word in enumerate(tokens.low) if word not in DROPPED]
        low = [tokens.low[i] for i in kept]
        self.starts = [tokens.starts[i] for i in kept]
        self.ends = [tokens.spans[i][1] for i in kept]
        self.events: list[tuple[int, int, tuple[str, ...]]] = []
        phrases = known.phrases
        for i in [i for i, word in enumerate(low) if word in phrases or word in CAPITALS]:
            found = phrases.get(low[i], [])
            if low[i] in CAPITALS and tokens.raw[kept[i]].isupper():
                found = phrases.get(CAPITALS[low[i]], [])
            second = low[i + 1] if i + 1 < len(low) else ""
            for phrase, names in found:
                size = len(phrase)
                if size == 1 or (phrase[1] == second and tuple(low[i : i + size]) == phrase):
                    self.events.append((i, i + size, names))
        self.at = [event[0] for event in self.events]

    def classes(self, start: int, end: int) -> set[str]:
        """Return the classes of the words in a stretch of the text."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        low, high = bisect_left(self.at, first), bisect_left(self.at, last)
        return set().union(*(names for _, _, names in self.events[low:high]))

    def cut(self, *spans: tuple[int, int]) -> Reading:
        """Return what stands in some stretches of the text."""
        places: dict[str, list[tuple[int, int]]] = {}
        for start, end in spans:
            first = bisect_left(self.starts, start)
            last = bisect_left(self.starts, end)
            low, high = bisect_left(self.at, first), bisect_left(self.at, last)
            for i, stop, names in self.events[low:high]:
                for name in names:
                    if name in places:
                        places[name].append((i, stop))
                    else:
                        places[name] = [(i, stop)]
        return Reading(self.text, self.starts, self.ends, places)


def _match(part: Part, reading: Reading) -> tuple[int, int, list[int]] | None:
    """Return where a part is met last: start, end, and the words between its elements."""
    for start, end in reversed(reading.places.get(part.classes[0], ())):
        found: tuple[int, int, list[int]] | None = (start, end, [])
        for name, gap in zip(part.classes[1:], part.gaps[1:], strict=True):
            found = _step(found, name, gap, reading) if found else None
        if found and not (part.classes[0] == "not" and _cut_off(found, reading)):
            return found
    return None


def _cut_off(found: tuple[int, int, list[int]], reading: Reading) -> bool:
    """Say whether a comma follows the words behind "not": "which has no army, is to pay"."""
    start, _, between = found
    return len(between) > 1 and reading.paused(start, between[1])


def _step(
    found: tuple[int, int, list[int]], name: str, gap: int, reading: Reading
) -> tuple[int, int, list[int]] | None:
    start, end, between = found
    places = reading.places.get(name, [])
    for first, last in places[bisect_left(places, (end, 0)) :]:
        if first > end + gap:
            break
        if not reading.parted(end - 1, first):
            return start, last, [*between, *range(end, first)]
    return None


def _turned(by: tuple[str, ...], start: int, between: list[int], reading: Reading) -> bool:
    """Say whether a match is denied: "would never leave", "rejected calls to leave"."""
    denials: set[int] = set()
    for name in by:
        for first, last in reading.places.get(name, ()):
            if name == "not":
                near = start - BEFORE <= first < start
                near = near and not (reading.paused(first, start) or reading.joined(first, start))
                near = near or (first in between and not reading.aside(first, start, between[-1]))
            elif name == "reject":
                near = start - 2 * GAP <= first < start
            elif name == "doubt":
                near = start - GAP <= first < start
            elif name == "warn":
                near = start - GAP <= first < start and reading.is_deed(start)
            else:
                near = start - GAP <= last <= start or start <= first <= start + 2 * GAP
                near = near and not reading.joined(first, start)
            if near and not reading.parted(first, start) and not reading.closed(first, start):
                denials.add(first)
                if name != "not":
                    break
    return len(denials) % 2 == 1


def _is_turned(pattern: Pattern, match: tuple[int, int, list[int]], reading: Reading) -> bool:
    """Say whether a pattern met is denied, by a word near it, or anywhere if it is a wide one."""
    if pattern.wide:
        return any(name in reading.places for name in pattern.turned_by)
    return _turned(pattern.turned_by, match[0], match[2], reading)


Position = tuple[str | None, Stance]


def weigh(reading: Reading, around: set[str], known: Propositions) -> tuple[int, Position]:
    """Return the position that weighs most in words that are read already, with its weight."""
    best = order = at = 0
    found: Position = (None, "none")
    here = set(reading.places)
    names = here & known.patterns.keys()
    either = here | around if names else here
    for name in names:
        for pattern in known.patterns[name]:
            if pattern.most < best:
                break
            if not (pattern.needs <= here and pattern.around <= either):
                continue
            match = _matched(pattern, reading)
            if match is None:
                continue
            turned = _is_turned(pattern, match, reading)
            weight = 2 * (pattern.weight + len(pattern.around & here))
            same = pattern.slug == found[0]
            later = match[0] > at if same else pattern.number < order
            if weight > best or (weight == best and later):
                stance = FLIPPED.get(pattern.stance, pattern.stance) if turned else pattern.stance
                best, order, at = weight, pattern.number, match[0]
                found = pattern.slug, stance
    return best, found


def on_topic(reading: Reading, slug: str, known: Propositions) -> Position:
    """Return the position of words that go on about a proposition: "reversed the freeze"."""
    best = 0
    found: Position = (None, "none")
    here = set(reading.places)
    for pattern in known.topics.get(slug, ()):
        match = _matched(pattern, reading) if pattern.needs <= here else None
        if match is None or pattern.weight < best:
            continue
        turned = _is_turned(pattern, match, reading)
        stance = FLIPPED.get(pattern.stance, pattern.stance) if turned else pattern.stance
        best, found = pattern.weight, (pattern.slug, stance)
    return found


def _matched(pattern: Pattern, reading: Reading) -> tuple[int, int, list[int]] | None:
    """Return where the first part of a pattern is met, if all its parts are, each elsewhere."""
    first: tuple[int, int, list[int]] | None = None
    starts: list[int] = []
    for part in pattern.parts:
        match = _match(part, reading)
        if match is None or match[0] in starts:
            return None
        starts.append(match[0])
        first = first or match
    return first


def position(text: str, context: str = "") -> Position:
    """Return the proposition that a statement is about and its stance, or None and "none".

    >>> position("It is time for America to leave NATO.")
    ('us-leaves-nato', 'for')
    >>> position("It would be a mistake to leave.", "Some want the US out of NATO.")
    ('us-leaves-nato', 'against')
    >>> position("The weather was fine.")
    (None, 'none')
    """
    reader = read_words(text)
    around = read_words(context).classes(0, len(context)) if context else set()
    return weigh(reader.cut((0, len(text))), around, reader.known)[1]


def read_words(text: str) -> Reader:
    """Return a text read for the propositions that ship with the program."""
    return Reader(text, tokens_of(text), load_propositions())
