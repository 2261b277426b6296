"""Claims as candidates: what a sentence states, to be asked of the world by somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from burdenshare.reading.document import DateMention, Document, Quantity, Span
from burdenshare.reading.lexicon import Lexicon, Name, within
from burdenshare.reading.patterns import Item, Match, Pattern, Patterns, Rendered, render

_LONGEST = 1500
_UNREAD = 180
_WAYS = 4  # patterns that are asked of one figure, at most
_CLAUSE = re.compile(r"[;:,–—]\s")
_NAMES = ("country", "group", "organisation")


@dataclass(frozen=True, slots=True)
class Candidate(Span):
    """A claim as read: the pattern, what stands in its slots, and the words around.

    `organisation` is the one last named before the claim's end ("" where none is named); `dates`
    are those of the sentence that stand in no slot, with no other figure between them and the
    claim; `loose` are the other dates of the sentence and those of the sentence before, which may
    be meant as well; `measures` names what the sentence is about, by the lexicon's words;
    `stated` is the figure or date that is claimed, or the phrase that says it in words; `before`
    are the words of the two sentences before, in lower case; `other` is how a later pattern reads
    the same figure, for where no question can be made of this one.
    """

    pattern: Pattern
    slots: dict[str, Item]
    stated: Quantity | DateMention | Name
    sentence: Span
    organisation: str
    dates: tuple[DateMention, ...]
    loose: tuple[DateMention, ...]
    measures: tuple[str, ...]
    countries: tuple[str, ...]
    words: str
    before: str = ""
    other: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What was found: candidates in the order of the text, and figures that nothing reads."""

    candidates: tuple[Candidate, ...]
    unread: tuple[Span, ...]


def find_claims(document: Document, lexicon: Lexicon, patterns: Patterns) -> Claims:
    """Return the claims of a document and the spans with figures that stayed unread."""
    names = lexicon.find(document.text)
    found: list[Candidate] = []
    unread: list[Span] = []
    organisation = _first(names, "organisation") or _first(names, "hint")
    earlier: list[DateMention] = []
    for place, sentence in enumerate(document.sentences):
        inside = [names[i] for i in within(names, sentence)]
        quantities = [document.quantities[i] for i in within(document.quantities, sentence)]
        dates = [document.dates[i] for i in within(document.dates, sentence)]
        before = organisation
        organisation = _last(inside, "organisation") or organisation
        last, earlier = earlier, dates
        worded = {name.id for name in inside if name.kind == "phrase"}
        if not quantities and not dates and not worded:
            continue
        if sentence.end - sentence.start > _LONGEST:
            unread += [Span(q.start, q.end) for q in quantities]
            continue
        words = document.text[document.sentences[max(place - 2, 0)].start : sentence.start].lower()
        around = Around(sentence, inside, quantities, dates, last, before, words)
        items = _items(inside, quantities, dates)
        read = _candidates(patterns, render(document.text, sentence, items), around)
        for phrase in sorted(worded):
            items = _items(inside, quantities, dates, phrase)
            said = _candidates(patterns, render(document.text, sentence, items), around)
            read += [each for each in said if isinstance(each.stated, Name)]
        found += read
        unread += _unread(document, sentence, quantities, dates, read)
    return Claims(tuple(sorted(found, key=lambda c: (c.start, c.end))), tuple(unread))


def _items(
    names: Sequence[Name],
    quantities: Sequence[Quantity],
    dates: Sequence[DateMention],
    phrase: str = "",
) -> list[Item]:
    """Return what a sentence holds in order, of its phrases one alone; figures go before names."""
    taken: list[Item] = [*quantities, *dates]
    taken += [
        n
        for n in names
        if (n.kind in _NAMES or (n.kind == "phrase" and n.id == phrase))
        and not any(n.meets(q) for q in (*quantities, *dates))
    ]
    return sorted(taken, key=lambda item: (item.start, -item.end))


@dataclass(frozen=True, slots=True)
class Around:
    """What stands in a claim's sentence and before it."""

    sentence: Span
    names: Sequence[Name]
    quantities: Sequence[Quantity]
    dates: Sequence[DateMention]
    earlier: Sequence[DateMention]
    organisation: str
    before: str

    def attached(self, match: Match, date: DateMention) -> bool:
        """Say whether no other figure stands between a date and a claim."""
        low, high = min(date.end, match.end), max(date.start, match.start)
        return not any(low <= q.start < high and not match.holds(q) for q in self.quantities)


def _candidates(patterns: Patterns, rendered: Rendered, around: Around) -> list[Candidate]:
    best: dict[int, list[Candidate]] = {}
    for match in patterns.matches(rendered):
        stated = match.slots.get("stated")
        if stated is None or not _said(match, stated):
            continue
        known = best.setdefault(stated.start, [])
        if len(known) == _WAYS:
            continue
        used = {id(item) for item in match.slots.values()}
        free = [d for d in around.dates if id(d) not in used]
        near = tuple(d for d in free if around.attached(match, d))
        known.append(
            Candidate(
                match.start,
                match.end,
                match.pattern,
                match.slots,
                stated,
                around.sentence,
                _organisation(match, around.names, around.organisation),
                near,
                tuple(d for d in (*free, *around.earlier) if d not in near),
                tuple(n.id for n in around.names if n.kind == "measure"),
                tuple(n.id for n in around.names if n.kind == "country"),
                rendered.text,
                around.before,
            )
        )
    return [_linked(ways) for ways in best.values()]


def _linked(ways: Sequence[Candidate]) -> Candidate:
    """Return the first way to read a figure, with the others behind it."""
    first: Candidate | None = None
    for way in reversed(ways):
        first = replace(way, other=first)
    assert first is not None
    return first


def _said(match: Match, stated: Item) -> bool:
    """Say whether a phrase is one of those that a pattern is about; a figure or date always is."""
    if not isinstance(stated, Name) or stated.kind != "phrase":
        return True
    return stated.id in match.pattern.options["phrase"].split()


def _organisation(match: Match, names: Sequence[Name], before: str) -> str:
    """Return the organisation in the claim, else the last one before it, else any after it."""
    named = [n for n in names if n.kind == "organisation"]
    inside = [n for n in named if match.holds(n)]
    if inside:
        return inside[-1].id
    earlier = [n for n in named if n.end <= match.start]
    if earlier:
        return earlier[-1].id
    return before or (named[0].id if named else "")


def _unread(
    document: Document,
    sentence: Span,
    quantities: Sequence[Quantity],
    dates: Sequence[DateMention],
    read: Sequence[Candidate],
) -> list[Span]:
    """Return the clauses with a figure that no claim covers, joined where they touch."""
    open_: list[Span] = [
        q for q in quantities if q.dimension != "ordinal" and not any(c.meets(q) for c in read)
    ]
    if not open_ and not read:
        open_ += [d for d in dates if d.explicit]
    spans: list[Span] = []
    for item in open_:
        span = _clause(document.text, sentence, item)
        if spans and span.start < spans[-1].end:
            joined = Span(spans[-1].start, max(span.end, spans[-1].end))
            if joined.end - joined.start <= _UNREAD:
                spans[-1] = joined
                continue
            span = Span(item.start, item.end)
        spans.append(span)
    return spans


def _clause(text: str, sentence: Span, item: Span) -> Span:
    """Return the sentence around a figure, or its clause where the sentence is long."""
    if sentence.end - sentence.start <= _UNREAD:
        return Span(sentence.start, sentence.end)
    start, end = sentence.start, sentence.end
    for mark in _CLAUSE.finditer(text, sentence.start, sentence.end):
        if mark.end() <= item.start:
            start = mark.end()
        elif mark.start() >= item.end:
            end = mark.start()
            break
    if end - start > _UNREAD:
        return Span(item.start, item.end)
    return Span(start, end)


def _first(names: Sequence[Name], kind: str) -> str:
    return next((n.id for n in names if n.kind == kind), "")


def _last(names: Sequence[Name], kind: str) -> str:
    return next((n.id for n in reversed(names) if n.kind == kind), "")
