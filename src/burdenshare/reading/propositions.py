"""The closed list of propositions: word classes and patterns, read from propositions.toml."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.reading.cues import inflect
from burdenshare.reading.document import Stance

DROPPED = frozenset(
    "the a an very really also just actually quite so truly simply then even , ( ) [ ] : ;"
    " – — - --".split()
)
SIDES: tuple[Stance, ...] = ("for", "against", "conditional")
TURNING = ("not", "reject", "mistake", "warn", "doubt")  # classes that turn a pattern round
TURNED_BY: dict[str, tuple[str, ...]] = {
    "=": ("reject", "mistake", "warn"),
    "!": (),
    "?": ("not", "reject", "mistake", "warn", "regret", "bad"),
}
JUDGING = (*TURNING, "regret", "rebuke", "good", "bad")  # classes that are read without any pattern
GAP = 7  # words that ".." may stand for


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
    wide: bool = False  # denied by a word anywhere in the statement


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
    topics: dict[str, list[Pattern]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of a word class; "~leave" stands for all forms of the verb."""
    for each in text.split("|"):
        yield from itertools.product(*(tuple(_written(word)) for word in each.split()))


def _written(text: str) -> Iterator[str]:
    """Yield the words that "~leave" or "us/america" stand for."""
    for word in text.split("/"):
        if word.startswith("~"):
            yield from (word[1:], *inflect(word[1:]))
        else:
            yield word


def _pattern(slug: str, stance: Stance, text: str, classes: set[str], where: str) -> Pattern:
    turned_by = TURNED_BY.get(text[0], TURNING)
    parts: list[Part] = []
    around: list[str] = []
    weight = text.count("+")
    for piece in text.strip("=!?+ ").split("&"):
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
    wide = text[0] == "?"
    weight = 1 if wide else weight
    return Pattern(
        slug,
        stance,
        tuple(parts),
        frozenset(around),
        turned_by,
        weight,
        needs,
        2 * (weight + len(set(around))),
        wide=wide,
    )


def _add_phrase(
    classes: dict[tuple[str, ...], list[str]], phrase: tuple[str, ...], name: str
) -> None:
    """Give a phrase a class, in every way it may be written."""
    bare = phrase
    if not DROPPED.isdisjoint(phrase):
        bare = tuple(word for word in phrase if word not in DROPPED)
    classes.setdefault(bare, []).append(name)
    if any("'" in word for word in bare):
        classes.setdefault(tuple(word.replace("'", "’") for word in bare), []).append(name)
    for at, word in enumerate(bare):
        if word.endswith("%"):
            for sign in (("%",), ("percent",), ("per", "cent"), ("pc",)):
                each = (*bare[:at], word[:-1], *sign, *bare[at + 1 :])
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
        for text in table.texts(f"topic_{stance}"):
            topic = _pattern(slug, stance, text, classes, table.where)
            known.topics.setdefault(slug, []).append(topic)
        for text in table.texts(f"reads_{stance}"):
            known.examples.append(_example(slug, stance, text))
    for text in table.texts("skips"):
        known.examples.append(_example(slug, None, text))
    table.done()
    return patterns


def _classes(words: Table) -> dict[tuple[str, ...], list[str]]:
    """Return the phrases of [words], each with the names of its classes."""
    classes: dict[tuple[str, ...], list[str]] = {}
    for name in words.values:
        for phrase in _phrases(words.text(name)):
            if DROPPED.issuperset(phrase):
                raise UserError(f"{words.where}: {name}: leave out {phrase}: not counted")
            _add_phrase(classes, phrase, name)
    return classes


def read_propositions(path: Path) -> Propositions:
    """Read a file of propositions with their patterns."""
    known = Propositions()
    file = read_toml(path)
    words = file.table("words")
    classes = _classes(words)
    patterns: list[Pattern] = []
    for slug, table in file.named("proposition"):
        patterns += _proposition(known, slug, table, set(words.values))
    file.done()
    topics = [pattern for filed in known.topics.values() for pattern in filed]
    uses = Counter(
        name for pattern in [*patterns, *topics] for name in (*pattern.needs, *pattern.around)
    )
    for name in sorted(uses):
        if name.startswith("="):
            _add_phrase(classes, (name[1:],), name)
    for number, pattern in enumerate(patterns):
        known.topics.setdefault(pattern.slug, []).append(pattern)
        rarest = min(pattern.needs, key=lambda name: (uses[name], name))
        known.patterns.setdefault(rarest, []).append(replace(pattern, number=number))
    for filed in known.patterns.values():
        filed.sort(key=lambda pattern: -pattern.most)
    for phrase, names in classes.items():
        held = tuple(name for name in dict.fromkeys(names) if name in uses or name in JUDGING)
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
