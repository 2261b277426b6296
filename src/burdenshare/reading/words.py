"""The words of a document: all of them, and those outside quotes in units of one sentence each."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from burdenshare.reading.document import Document, Quote, Span

MARK = "“"  # stands for one whole quote among the words outside quotes
TOKEN = re.compile(r"\w++(?:[.’'‘&/-]\w++)*+|[,;:()\[\]–—%]|-(?<=\s-)-?(?=\s)")
POSSESSIVE = re.compile(r"['’‘][sS](?<=\w..)(?!\w)")
LONGEST_UNIT = 250


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or several that a quote holds together: items first..last, end exclusive."""

    first: int
    last: int
    span: Span
    paragraph: int
    heading: bool = False


@dataclass(slots=True)
class Tokens:
    """All words and marks of a text, in parallel lists; `low` is without a possessive 's."""

    raw: list[str]
    low: list[str]
    spans: list[tuple[int, int]]
    starts: list[int]
    own: set[int]


@dataclass(slots=True)
class Words:
    """The words and marks outside quotes, in parallel lists; a whole quote is one item, MARK.

    `low` is in lower case and without the possessive 's; `own` holds the items that had it.
    """

    text: str
    tokens: Tokens
    raw: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    own: set[int] = field(default_factory=set)
    quotes: dict[int, Quote] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)

    def span(self, first: int, last: int) -> Span:
        """Return the span of the items first..last, end exclusive."""
        return Span(self.spans[first][0], self.spans[last - 1][1])

    def phrase(self, first: int, last: int) -> str:
        """Return the words of the items first..last as written, without a last possessive 's."""
        start, end = self.spans[first][0], self.spans[last - 1][1]
        end = self.spans[last - 1][0] + len(self.raw[last - 1]) if last - 1 in self.own else end
        return " ".join(self.text[start:end].split())


def tokens_of(text: str) -> Tokens:
    """Return the words and marks of a text.

    >>> tokens_of("Trump's team, 5%").low
    ['trump', 'team', ',', '5', '%']
    """
    spans = [match.span() for match in TOKEN.finditer(text)]
    raw = [text[start:end] for start, end in spans]
    low = [word.lower() for word in raw]
    starts = [start for start, _ in spans]
    own: set[int] = set()
    for match in POSSESSIVE.finditer(text):
        i = bisect_left(starts, match.start()) - 1
        if i >= 0 and spans[i][1] == match.end():
            own.add(i)
            low[i], raw[i] = low[i][:-2], raw[i][:-2]
    return Tokens(raw, low, spans, starts, own)


def words_of(document: Document, tokens: Tokens | None = None) -> Words:
    """Return the words of a document, those outside quotes cut into units.

    A sentence that begins inside a quote, or in lower case after one, belongs to the unit before.
    """
    tokens = tokens or tokens_of(document.text)
    words = Words(document.text, tokens)
    starts = tokens.starts
    done = at = 0
    own = sorted(tokens.own)
    for quote in [*document.quotes, None]:
        if quote is not None and (quote.depth or quote.outer.start < done):
            continue
        stop = bisect_left(starts, quote.outer.start) if quote is not None else len(starts)
        shift = len(words.low) - at
        words.raw += tokens.raw[at:stop]
        words.low += tokens.low[at:stop]
        words.spans += tokens.spans[at:stop]
        words.own.update(i + shift for i in own[bisect_left(own, at) : bisect_left(own, stop)])
        if quote is not None:
            words.quotes[len(words.low)] = quote
            words.raw.append(MARK)
            words.low.append(MARK)
            words.spans.append((quote.outer.start, quote.outer.end))
            done = quote.outer.end
            at = bisect_left(starts, done)
    _cut(words, document)
    return words


def _cut(words: Words, document: Document) -> None:
    """Cut the items into units; an endless one is cut, so that no later step sees it whole."""
    text = document.text
    starts = [start for start, _ in words.spans]
    paragraphs = document.paragraphs
    paragraph = 0
    heads: list[list[int]] = []  # first item, first character, end, paragraph
    for sentence in document.sentences:
        first = bisect_left(starts, sentence.start)
        while paragraph + 1 < len(paragraphs) and paragraphs[paragraph + 1].start <= sentence.start:
            paragraph += 1
        before = words.quotes.get(first - 1) if heads else None
        if before and _continues(before, text, sentence, heads[-1], first, paragraph):
            heads[-1][2] = max(sentence.end, before.outer.end)
            continue
        heads.append([first, sentence.start, sentence.end, paragraph])
    heads.append([len(starts), len(text), len(text), paragraph])
    for (first, start, end, at), (stop, *_) in itertools.pairwise(heads):
        for begin in range(first, stop, LONGEST_UNIT):
            last = min(begin + LONGEST_UNIT, stop)
            close = end if last == stop else words.spans[last - 1][1]
            span = Span(start if begin == first else starts[begin], close)
            words.units.append(Unit(begin, last, span, at, _heading(words, begin, last)))


def _continues(
    quote: Quote, text: str, sentence: Span, head: list[int], first: int, paragraph: int
) -> bool:
    """Say whether a sentence belongs to the one before, which ends in a quote."""
    if quote.outer.end > sentence.start or text[sentence.start].islower():
        return True
    if head[3] != paragraph:
        return False
    last = text[quote.end - 1]
    return last == "," or (last in "!?" and head[0] == first - 1)


def _heading(words: Words, first: int, last: int) -> bool:
    """Say whether a line is set like a title: no full stop, most words with a capital."""
    end = words.spans[last - 1][1]
    if words.text[end - 1 : end + 2].strip()[-1:] in tuple(".!?…”’\"'"):
        return False
    letters = [word for word in words.raw[first:last] if word[0].isalpha()]
    capital = sum(word[0].isupper() for word in letters)
    return len(letters) >= 3 and capital * 10 >= len(letters) * 7
