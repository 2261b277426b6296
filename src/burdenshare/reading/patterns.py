"""Claim patterns: written in `content/claims/*.toml`, matched against sentences with typed slots.

A sentence is rendered in lower case with every quantity, date and name replaced by one character
of its type; a pattern is a regular expression over that, in which `{stated:percent}` takes a
percentage and calls it `stated` (`{_:percent}` takes one without a name), `<members>` stands for
a list of words of `words.toml`, and `...` skips up to 80 characters of the same clause that hold
no quantity, country or group. Words such as "about" before a figure and "the" before a name are
taken with the slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.reading.document import DateMention, Quantity, Span
from burdenshare.reading.lexicon import Name
from burdenshare.reading.triggers import Index, Needed, Words, triggers

TYPES = {
    name: 0xE000 + 0x100 * place
    for place, name in enumerate(
        (
            "percent",
            "fraction",
            "money",
            "number",
            "ordinal",
            "multiple",
            "date",
            "country",
            "group",
            "organisation",
            "phrase",
        )
    )
}
# Every pattern needs at least one character of each slot: sentences without are passed over.
_UNIONS = {"count": ("number", "fraction", "percent"), "subject": ("country", "group")}
_SLOT = re.compile(r"\{(\w+):(\w+)\}")
_WORDS = re.compile(r"<(\w+)>")
_MOST = 0x100
_FIGURES = ("percent", "fraction", "money", "number", "multiple", "count")
_NAMES = ("country", "group", "organisation", "subject")
_ABOUT = (
    "(?:(?:just|only|some|about|around|roughly|nearly|almost|over|under|above|below|more than|"
    "less than|fewer than|at least|at most|up to|approximately|close to|an estimated|a mere|"
    "merely|no more than|no fewer than|well over|well under|a total of) ){0,2}"
)
_THE = "(?:the )?"
_CLOSED = ("percent", "fraction", "money", "number", "multiple", "country", "group")
_GAP = (
    "[^.;:!?"
    + "".join(f"{chr(TYPES[k])}-{chr(TYPES[k] + _MOST - 1)}" for k in _CLOSED)
    + "]{0,80}?"
)

Item = Quantity | DateMention | Name


@dataclass(frozen=True)
class Pattern:
    """One pattern: what it reads, what it asks, and the sentences that prove it.

    `needs` are the types of slots of which a sentence must hold one each. What a form comes to is
    worked out for the first sentence that may fit it: there are many, and most articles need few.
    """

    id: str
    kind: str
    ask: str
    written: str
    refused: str
    needs: tuple[frozenset[str], ...]
    weak: bool
    options: dict[str, str]
    reads: tuple[str, ...]
    must_not: tuple[str, ...]
    where: str
    lists: dict[str, str]
    lists_need: dict[str, Needed]

    @cached_property
    def triggers(self) -> Needed:
        """The words and slots that a sentence must hold: of each set one."""
        return triggers(self.written, self.lists_need)

    @cached_property
    def form(self) -> re.Pattern[str]:
        """The form as a regular expression over rendered text."""
        return _compile(self.written, self.lists, self.where)

    @cached_property
    def without(self) -> re.Pattern[str] | None:
        """What the words of a match must not hold."""
        return _compile(self.refused, self.lists, self.where) if self.refused else None


@dataclass(frozen=True, slots=True)
class Match(Span):
    """A pattern that fits: the words it covers and what stands in its slots."""

    pattern: Pattern
    slots: dict[str, Item]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sentence with one character for each typed item, and the way back to the text."""

    text: str
    offsets: list[int]
    items: dict[str, Item]

    def span(self, start: int, end: int) -> Span:
        """Return the span of the raw text for a stretch of the rendered sentence."""
        last = self.items.get(self.text[end - 1])
        return Span(self.offsets[start], last.end if last else self.offsets[end - 1] + 1)


def render(text: str, sentence: Span, items: list[Item]) -> Rendered:
    """Return a sentence with its items, sorted by start, replaced by typed characters."""
    parts: list[str] = []
    offsets: list[int] = []
    table: dict[str, Item] = {}
    counts: dict[str, int] = {}
    here = sentence.start
    for item in items:
        kind = item_type(item)
        number = counts.get(kind, 0)
        if item.start < here or item.end > sentence.end or number >= _MOST:
            continue
        counts[kind] = number + 1
        _add(parts, offsets, text, Span(here, item.start))
        sign = chr(TYPES[kind] + number)
        parts.append(sign)
        offsets.append(item.start)
        table[sign] = item
        here = item.end
    _add(parts, offsets, text, Span(here, sentence.end))
    return Rendered("".join(parts), offsets, table)


def _add(parts: list[str], offsets: list[int], text: str, piece: Span) -> None:
    """Add the words of a piece, each run of blanks (of markup, say) as one."""
    here = piece.start
    for run in _BLANKS.finditer(text, piece.start, piece.end):
        kept = run.start() + 1
        parts.append(_plain(text[here:kept]))
        offsets.extend(range(here, kept))
        here = run.end()
    parts.append(_plain(text[here : piece.end]))
    offsets.extend(range(here, piece.end))


def item_type(item: Item) -> str:
    """Return the type of slot that an item fills."""
    if isinstance(item, Quantity):
        return item.dimension
    return "date" if isinstance(item, DateMention) else item.kind


# Runs of blanks; behind ʼ, an apostrophe of markup, they fill the place of its entity.
_BLANKS = re.compile(r"ʼ\s++|\s{2,}+")
_SMOOTH = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\n": " ", "\u00a0": " ", "–": "-", "—": "-"}
)


def _plain(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_SMOOTH)


class Patterns:
    """All claim patterns, in the order of their files and places."""

    def __init__(self, folder: Path = CONTENT / "claims") -> None:
        self._lists = {
            name: "(?:" + "|".join(table.texts("any")) + ")"
            for name, table in read_toml(folder / "words.toml").named("words")
        }
        self._lists_need = {name: triggers(each, {}) for name, each in self._lists.items()}
        self.patterns: list[Pattern] = []
        self._able: dict[tuple[Words, Words], tuple[list[Pattern], Index, Words]] = {}
        for path in sorted(folder.glob("*.toml")):
            if path.name != "words.toml":
                self._read(read_toml(path))

    def _read(self, table: Table) -> None:
        name = table.text("id")
        kind = table.text("kind")
        reads, must_not = table.texts("reads"), table.texts("must_not")
        if len(reads) < 3 or len(must_not) < 2:
            raise UserError(f"{table.where}: write three sentences under reads, two under must_not")
        for each in table.tables("pattern"):
            form = each.text("form")
            self.patterns.append(
                Pattern(
                    name,
                    each.text("kind", kind),
                    each.text("ask"),
                    form,
                    each.text("without", ""),
                    _needs(form),
                    each.flag("weak"),
                    {key: str(value) for key, value in each.table("options").values.items()},
                    reads,
                    must_not,
                    each.where,
                    self._lists,
                    self._lists_need,
                )
            )
            each.done()
        table.done()

    def matches(self, rendered: Rendered) -> Iterator[Match]:
        """Yield what the patterns find in a sentence, in the order of the patterns.

        Where the sentence is rendered with a phrase, only the patterns about it are tried.
        """
        items = rendered.items.values()
        present = frozenset(item_type(item) for item in items)
        phrases = frozenset(n.id for n in items if isinstance(n, Name) and n.kind == "phrase")
        if (present, phrases) not in self._able:
            able = [p for p in self.patterns if not any(map(present.isdisjoint, p.needs))]
            if phrases:
                able = [p for p in able if phrases & set(p.options.get("phrase", "").split())]
            words = Words().union(*(each for pattern in able for each in pattern.triggers))
            self._able[present, phrases] = able, Index(words), _slots(present)
        patterns, words_of_all, slots = self._able[present, phrases]
        met = slots | words_of_all.within(rendered.text)
        for pattern in patterns:
            if not any(map(met.isdisjoint, pattern.triggers)):
                yield from _found(pattern, rendered)


def _found(pattern: Pattern, rendered: Rendered) -> Iterator[Match]:
    for found in pattern.form.finditer(rendered.text):
        if pattern.without and pattern.without.search(found.group()):
            continue
        slots = {
            role: rendered.items[sign]
            for role, sign in found.groupdict().items()
            if sign is not None
        }
        span = rendered.span(*found.span())
        yield Match(span.start, span.end, pattern, slots)


def _compile(form: str, words: dict[str, str], where: str) -> re.Pattern[str]:
    def slot(found: re.Match[str]) -> str:
        role, kind = found.groups()
        kinds = _UNIONS.get(kind, (kind,))
        for each in kinds:
            if each not in TYPES:
                raise UserError(
                    f"{where}: slot type {kind!r}: {did_you_mean(kind, [*TYPES, *_UNIONS])}"
                )
        ranges = "".join(f"{chr(TYPES[k])}-{chr(TYPES[k] + _MOST - 1)}" for k in kinds)
        before = _ABOUT if kind in _FIGURES else _THE if kind in _NAMES else ""
        if found.start() == 0:
            before = ""
        return before + (f"[{ranges}]" if role == "_" else f"(?P<{role}>[{ranges}])")

    def word(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise UserError(f"{where}: <{found[1]}>: {did_you_mean(found[1], words)}")
        return words[found[1]]

    try:
        expanded = _WORDS.sub(word, form).replace("...", _GAP)
        return re.compile("(?<![a-z])" + _SLOT.sub(slot, expanded))
    except re.error as error:
        raise UserError(f"{where}: form is no pattern: {error}") from None


def _slots(present: frozenset[str]) -> Words:
    """Return the slots that items of these types fill, as triggers write them."""
    unions = [union for union, kinds in _UNIONS.items() if not present.isdisjoint(kinds)]
    return frozenset(f"{{{kind}}}" for kind in (*present, *unions))


def _needs(form: str) -> tuple[frozenset[str], ...]:
    """Return the types that a sentence must hold: those of the slots that no form leaves out."""
    kinds = [kind for role, kind in _SLOT.findall(form) if role in ("stated", "base", "subject")]
    return tuple(frozenset(_UNIONS.get(kind, (kind,))) for kind in kinds)
