"""Which proposition of the closed list a statement is about, and on which side it stands."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.reading.cues import inflect
from burdenshare.reading.document import Stance
from burdenshare.reading.words import Tokens, tokens_of

STOP = re.compile(r"[.!?;]\s|[.!?][”’\"]|\n")
ABBREVIATED = ("mr.", "rep.", "sen.", "gov.", "gen.", "dr.", "u.s.", "u.n.", "e.u.")
DROPPED = frozenset(
    "the a an very really also just actually quite so truly simply then even , ( ) [ ] : ;"
    " – — - --".split()
)
FLIPPED: dict[str, Stance] = {"for": "against", "against": "for"}
CAPITALS = {"us": "usa", "u.s": "usa", "u.n": "un", "e.u": "eu"}
SIDES: tuple[Stance, ...] = ("for", "against", "conditional")
DENYING = ("not", "reject", "mistake", "warn", "regret")
TURNED_BY: dict[str, tuple[str, ...]] = {"=": ("reject", "mistake", "warn"), "!": ()}
GAP = 7  # words that ".." may stand for
BEFORE = 5  # words before a match in which "not" turns it round


@dataclass(frozen=True, slots=True)
class Part:
    """Words that follow one another: classes, and how many words may stand before each."""

    classes: tuple[str, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that must all be met, some of them (`around`) perhaps only in the context."""

    slug: str
    stance: Stance
    parts: tuple[Part, ...]
    around: frozenset[str]
    turned_by: tuple[str, ...]
    weight: int
    needs: frozenset[str]
    most: int = 0  # what it weighs with all its words around it
    number: int = 0  # its place in the file: of two that weigh the same the earlier wins


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of propositions.toml, with what must be read in it."""

    slug: str
    stance: Stance | None
    text: str
    context: str


@dataclass(slots=True)
class Propositions:
    """The closed list: meanings, word classes, patterns and the sentences that test them."""

    meanings: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)
    patterns: dict[str, list[Pattern]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)


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

    def closed(self, one: int, two: int) -> bool:
        """Say whether a quote closes between two words, the second behind the first."""
        between = self.text[self.ends[one] : self.starts[two]] if one < two else ""
        return any(mark in between for mark in ("”", ',"', '."'))


class Reader:
    """A text read once: every word that belongs to a class, for slices to be cut from."""

    def __init__(self, text: str, tokens: Tokens, known: Propositions) -> None:
        self.text, self.known = text, known
        kept = [i for i, word in enumerate(tokens.low) if word not in DROPPED]
        low = [tokens.low[i] for i in kept]
        spans = [tokens.spans[i] for i in kept]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.events: list[tuple[int, int, tuple[str, ...]]] = []
        phrases = known.phrases
        for i, word in enumerate(low):
            if word not in phrases:
                continue
            found = phrases[word]
            if word in CAPITALS and tokens.raw[kept[i]].isupper():
                found = phrases.get(CAPITALS[word], [])
            for phrase, names in found:
                size = len(phrase)
                if size == 1 or tuple(low[i : i + size]) == phrase:
                    self.events.append((i, i + size, names))
        self.at = [event[0] for event in self.events]

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
        if found:
            return found
    return None


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
                near = start - BEFORE <= first < start or first in between
            elif name == "reject":
                near = start - 2 * GAP <= first < start
            elif name == "warn":
                near = start - GAP <= first < start and reading.is_deed(start)
            else:
                near = start - GAP <= last <= start or start <= first <= start + 2 * GAP
            if near and not reading.parted(first, start) and not reading.closed(first, start):
                denials.add(first)
                if name != "not":
                    break
    return len(denials) % 2 == 1


Position = tuple[str | None, Stance]


def weigh(reading: Reading, around: set[str], known: Propositions) -> tuple[int, Position]:
    """Return the position that weighs most in words that are read already, with its weight."""
    best = order = at = 0
    found: Position = (None, "none")
    here = set(reading.places)
    either = here | around
    for name in here & known.patterns.keys():
        for pattern in known.patterns[name]:
            if pattern.most < best:
                break
            if not (pattern.needs <= here and pattern.around <= either):
                continue
            match = _matched(pattern, reading)
            if match is None:
                continue
            turned = _turned(pattern.turned_by, match[0], match[2], reading)
            weight = 2 * (pattern.weight + len(pattern.around & here))
            same = pattern.slug == found[0]
            later = match[0] > at if same else pattern.number < order
            if weight > best or (weight == best and later):
                stance = FLIPPED.get(pattern.stance, pattern.stance) if turned else pattern.stance
                best, order, at = weight, pattern.number, match[0]
                found = pattern.slug, stance
    return best, found


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
    known = load_propositions()
    reading = Reader(text, tokens_of(text), known).cut((0, len(text)))
    around = Reader(context, tokens_of(context), known).cut((0, len(context)))
    return weigh(reading, set(around.places), known)[1]


# --- loading ----------------------------------------------------------------------------------


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of a word class; "~leave" stands for all forms of the verb."""
    for each in text.split("|"):
        first, *rest = each.split()
        if first.startswith("~"):
            for form in (first[1:], *inflect(first[1:])):
                yield (form, *rest)
        else:
            yield (first, *rest)


def _pattern(slug: str, stance: Stance, text: str, classes: set[str], where: str) -> Pattern:
    turned_by = TURNED_BY.get(text[0], DENYING[:4])
    parts: list[Part] = []
    around: list[str] = []
    weight = text.count("+")
    for piece in text.strip("=!+ ").split("&"):
        names: list[str] = []
        gaps: list[int] = []
        gap = 0
        for element in piece.split():
            if element == "..":
                gap = GAP
                continue
            name = element.strip("[]<>")
            if "<" in element and name not in classes:
                raise UserError(f"{where}: unknown class <{name}>: {did_you_mean(name, classes)}")
            if "<" not in element:
                if name in DROPPED:
                    raise UserError(f"{where}: pattern {text!r}: leave out {name!r}: not counted")
                name = "=" + name
            if element.startswith("["):
                around.append(name)
                continue
            names.append(name)
            gaps.append(gap)
            gap = 0
        if names:
            parts.append(Part(tuple(names), tuple(gaps)))
            weight += 2 * len(names)
    if not parts:
        raise UserError(f"{where}: pattern {text!r} has no words of its own")
    needs = frozenset(each for part in parts for each in part.classes)
    return Pattern(
        slug,
        stance,
        tuple(parts),
        frozenset(around),
        turned_by,
        weight,
        needs,
        2 * (weight + len(set(around))),
    )


def _add_phrase(
    classes: dict[tuple[str, ...], list[str]], phrase: tuple[str, ...], name: str
) -> None:
    """Give a phrase a class, in every way it may be written."""
    bare = tuple(word for word in phrase if word not in DROPPED)
    written = {bare, tuple(word.replace("'", "’") for word in bare)}
    for at, word in enumerate(bare):
        if word.endswith("%"):
            for sign in (("%",), ("percent",), ("per", "cent"), ("pc",)):
                written.add((*bare[:at], word[:-1], *sign, *bare[at + 1 :]))
    for each in written:
        classes.setdefault(each, []).append(name)


def _example(slug: str, stance: Stance | None, text: str) -> Example:
    context, _, sentence = text.rpartition(" >> ")
    return Example(slug, stance, sentence, context)


def _proposition(known: Propositions, slug: str, table: Table, classes: set[str]) -> list[Pattern]:
    """Read one proposition: its meaning and examples are filed, its patterns returned."""
    patterns: list[Pattern] = []
    known.meanings[slug] = table.text("meaning")
    known.organisations[slug] = table.text("organisation")
    for stance in SIDES:
        for text in table.texts(stance):
            patterns.append(_pattern(slug, stance, text, classes, table.where))
        for text in table.texts(f"reads_{stance}"):
            known.examples.append(_example(slug, stance, text))
    for text in table.texts("skips"):
        known.examples.append(_example(slug, None, text))
    table.done()
    return patterns


def read_propositions(path: Path) -> Propositions:
    """Read a file of propositions with their patterns."""
    known = Propositions()
    file = read_toml(path)
    words = file.table("words")
    classes: dict[tuple[str, ...], list[str]] = {}
    for name in words.values:
        for phrase in _phrases(words.text(name)):
            _add_phrase(classes, phrase, name)
    patterns: list[Pattern] = []
    for slug, table in file.named("proposition"):
        patterns += _proposition(known, slug, table, set(words.values))
    file.done()
    uses = Counter(name for pattern in patterns for name in (*pattern.needs, *pattern.around))
    for name in sorted(uses):
        if name.startswith("="):
            _add_phrase(classes, (name[1:],), name)
    for number, pattern in enumerate(patterns):
        rarest = min(pattern.needs, key=lambda name: (uses[name], name))
        known.patterns.setdefault(rarest, []).append(replace(pattern, number=number))
    for filed in known.patterns.values():
        filed.sort(key=lambda pattern: -pattern.most)
    for phrase, names in classes.items():
        held = tuple(name for name in dict.fromkeys(names) if name in uses or name in DENYING)
        if held:
            known.phrases.setdefault(phrase[0], []).append((phrase, held))
    return known


@functools.cache
def load_propositions() -> Propositions:
    """Return the propositions that ship with the program, read once.

    >>> load_propositions().organisations["pay-un-dues"]
    'UN'
    """
    return read_propositions(CONTENT / "propositions.toml")
