"""Who and when a figure is about where its own words leave it out.

"Germany is fourth with 6.09", "Japan's slips to 8.56 percent from 9.68", "It pays 22": the subject
stands before the figure, behind it ("from the United States"), with the figure before, or in the
sentence before; the year in the same piece of the sentence, or earlier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from burdenshare.reading.document import DateMention, Document, Quantity, Span
from burdenshare.reading.lexicon import Lexicon, Name, within

_PARTS = re.compile(r"[;:]\s|\.\s")
_BOUND = re.compile(
    r"[,(]\s?|\s(?:and|but|while|whereas|plus|after|against|though)\s", re.IGNORECASE
)
_ABOUT = (
    r"(?:about|some|roughly|nearly|almost|just|only|around|over|under|more than|less than|still|"
    r"approximately|another|a further|an additional|a mere|the same|or|that is,?|namely|"
    r"equal to|the equivalent of)"
)
_SAME = re.compile(rf"[\s,(–—-]*(?:{_ABOUT}\s+)*$", re.IGNORECASE)
_JOINED = re.compile(
    rf"[^.;:]{{0,70}}\b(?:and|plus|but|as well as)\s(?:{_ABOUT}\s+)*$", re.IGNORECASE
)
_FROM = re.compile(r"[\s,(–—-]*(?:(?:up|down|compared with|against) )?(?:from )?$", re.IGNORECASE)
_FORMER = re.compile(r"\bfrom (?:\w+ )?$", re.IGNORECASE)
_UNTIL_NOW = re.compile(
    r"\b(?:until now|so far|previously|hitherto|had (?:paid|held|given|spent|been|stood|come)|"
    r"ha(?:s|ve) been)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:will|now|is|are|pays|goes|to)\b", re.IGNORECASE)
_GIVER = re.compile(
    r"\s*(?:of (?:it|that|this|them),? )?(?:(?:which )?(?:came|coming|comes|was|were|is) )?"
    r"(?:in \d{4} )?(?:from|by) (?:the )?$",
    re.IGNORECASE,
)
_FROM_IT = re.compile(r"\s*(?:of (?:that|this),? )?from it\b", re.IGNORECASE)
_OBLIQUE = re.compile(
    r"\b(?:behind|after|than|in|to|from|for|against|of|by|between|about|near|with|over)\s(?:the\s)?$",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:than|to|against)\s(?:the\s)?$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|which|who|the country|the kingdom|the republic)\b", re.IGNORECASE)
_BACK = re.compile(
    r"^\W*(?:(?:but|and|yet|still|now|today|so|then|last year|this year|in \d{4}),? )?"
    r"(?:it|its|the country|that)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|,? and|,? as well as|&)\s+(?:the )?$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|apiece|both|alike|a piece)\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:)!?’”\"]|$|(?:and|but|while|from|ahead|behind)\b)")
_STATES = re.compile(
    rf"\b(?:at|with|to|on|from|pays?|gives?|spends?|has|covers?)\s(?:{_ABOUT}\s)*$", re.IGNORECASE
)
_FRONT = 25  # characters of a sentence in which its subject stands


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a figure is about: a country or group, and others that share it ("each")."""

    name: Name
    others: tuple[Name, ...] = ()


@dataclass
class Around:
    """One sentence with its figures, asked who and when a figure is about."""

    document: Document
    lexicon: Lexicon
    sentence: Span
    before: Span
    shares: bool
    _taken: dict[int, Subject | None] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The article's text."""
        return self.document.text

    @cached_property
    def figures(self) -> list[Quantity]:
        """The sentence's figures without ordinals, bare numbers read as what stands before."""
        places = within(self.document.quantities, self.sentence)
        found = [self.document.quantities[i] for i in places]
        return self._alike([q for q in found if q.dimension != "ordinal"])

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates of the sentence."""
        places = within(self.document.dates, self.sentence)
        return [self.document.dates[i] for i in places]

    @cached_property
    def named(self) -> list[Name]:
        """The countries and groups that the sentence names, with their places in the text."""
        return self.names(self.sentence)

    def names(self, span: Span) -> list[Name]:
        """Return the countries and groups named in a stretch of the text."""
        return [
            Name(span.start + n.start, span.start + n.end, n.kind, n.id, n.weak)
            for n in self.lexicon.find(span.of(self.document.text))
            if n.kind in ("country", "group")
        ]

    def clause(self, item: Span) -> Span:
        """Return the part of the sentence between strong marks that a figure stands in."""
        start, end = self.sentence.start, self.sentence.end
        for mark in _PARTS.finditer(self.text, start, end):
            if mark.end() <= item.start:
                start = mark.end()
            elif mark.start() >= item.end:
                end = mark.start()
                break
        return Span(start, end)

    def piece(self, item: Span) -> Span:
        """Return what belongs to one figure: from the mark behind the last to that before the next.

        Of a clause with one figure, all of it.
        """
        clause = self.clause(item)
        others = [
            q
            for q in self.figures
            if clause.holds(q) and not q.meets(item) and q.dimension != "number"
        ]
        last = max((q.end for q in others if q.end <= item.start), default=None)
        next_ = min((q.start for q in others if q.start >= item.end), default=None)
        start, end = clause.start, clause.end
        if last is not None:
            bounds = [m.end() for m in _BOUND.finditer(self.text, last, item.start)]
            start = bounds[0] if bounds else last
        if next_ is not None:
            bound = _BOUND.search(self.text, item.end, next_)
            end = bound.start() if bound else next_
        return Span(start, end)

    def tail(self, item: Span) -> Span:
        """Return the words behind a figure up to the next mark, "and" or figure."""
        clause = self.clause(item)
        after = [q.start for q in self.figures if q.start >= item.end]
        end = min([clause.end, *after])
        bound = _BOUND.search(self.text, item.end, end)
        return Span(item.end, bound.start() if bound else end)

    def subject(self, figure: Quantity) -> Subject | None:
        """Return who a figure is about, or None where that is not clear."""
        if figure.start not in self._taken:
            self._taken[figure.start] = self._subject(figure)
        return self._taken[figure.start]

    def looks_back(self) -> Name | None:
        """Return whom "it" or "its" at the beginning of the sentence goes back to, if anybody."""
        if not _BACK.match(self.sentence.of(self.text)):
            return None
        found = self._from_before()
        return found.name if found else None

    def has_giver(self, figure: Quantity) -> bool:
        """Say whether the words behind a figure say who gave it: "from the United States"."""
        if _FROM_IT.match(self.text, figure.end):
            return True
        return any(_GIVER.fullmatch(self.text[figure.end : n.start]) for n in self.named)

    def former(self, figure: Quantity) -> bool:
        """Say whether a figure is of the time before: "from 9.68", "had held 9.68 until now"."""
        last = self._last(figure)
        low = self.sentence.start if last is None else last.end
        front = self.text[low : figure.start]
        if _FORMER.search(front):
            return True
        words = self.piece(figure).of(self.text)
        if _UNTIL_NOW.search(words):
            return True
        whole = self.text[self.sentence.start : figure.start]
        return _UNTIL_NOW.search(whole) is not None and not _NOW.search(words)

    def attached(self, figure: Quantity) -> tuple[DateMention, ...]:
        """Return the dates in a figure's own piece, else those with no other figure between."""
        piece = self.piece(figure)
        inside = tuple(d for d in self.dates if piece.holds(d))
        if inside:
            return inside
        low = max((q.end for q in self.figures if q.end <= figure.start), default=0)
        high = min((q.start for q in self.figures if q.start >= figure.end), default=1 << 60)
        return tuple(d for d in self.dates if low <= d.start < high)

    def earlier(self, figure: Span) -> tuple[DateMention, ...]:
        """Return the dates named before a figure, the last first: sentence, two before, opening."""
        places = within(self.document.dates, Span(self.before.start, figure.start))
        near = [self.document.dates[i] for i in reversed(places)]
        opening = [d for d in self.document.dates[:4] if d.end <= self.before.start]
        return (*near, *opening)

    def _last(self, figure: Quantity) -> Quantity | None:
        before = [q for q in self.figures if q.end <= figure.start and q.dimension != "number"]
        return before[-1] if before else None

    def _subject(self, figure: Quantity) -> Subject | None:
        giver = [n for n in self.named if _GIVER.fullmatch(self.text[figure.end : n.start])]
        if giver:
            return Subject(giver[0])
        if _FROM_IT.match(self.text, figure.end):
            return self._from_before()
        last = self._last(figure)
        low = self.sentence.start if last is None else last.end
        found = [n for n in self.named if low <= n.start and n.end <= figure.start]
        if found:
            return self._chosen(found, figure)
        if last is not None:
            between = self._between(low, figure)
            same = any(form.fullmatch(between) for form in (_SAME, _FROM, _JOINED))
            return self.subject(last) if same or _PRONOUN.search(between) else None
        return self._from_before() if _BACK.match(self.sentence.of(self.text)) else None

    def _between(self, low: int, figure: Quantity) -> str:
        """Return the words before a figure without dates: "gave $2 billion last year, some"."""
        words = self.text[low : figure.start]
        for date in reversed(self.dates):
            if low <= date.start and date.end <= figure.start:
                words = words[: date.start - low] + words[date.end - low :]
        return re.sub(r"^\s+in(?=\W)|\sfrom it\b", "", words)

    def _chosen(self, found: Sequence[Name], figure: Quantity) -> Subject | None:
        """Return the subject among the names before a figure, with those joined to it."""
        plain = [n for n in found if not self._after(_OBLIQUE, n)]
        chosen = (plain or list(found))[-1]
        if not plain and self._after(_AGAINST, chosen):
            return None
        joined = [chosen]
        for name in reversed([n for n in found if n.end <= chosen.start]):
            if not _AND.fullmatch(self.text[name.end : joined[0].start]):
                break
            joined.insert(0, name)
        others = tuple(joined[:-1])
        each = _EACH.search(self.text, joined[0].end, self.tail(figure).end)
        if others and figure.dimension == "money" and not each:
            return None
        return Subject(chosen, others)

    def _after(self, form: re.Pattern[str], name: Name) -> bool:
        return form.search(self.text, self.sentence.start, name.start) is not None

    def _from_before(self) -> Subject | None:
        """Return whom "it" goes back to: the one country named before, or the last subject."""
        names = self.names(self.before)
        if len({n.id for n in names}) == 1:
            return Subject(names[-1])
        places = within(self.document.sentences, self.before)
        if not places:
            return None
        last = self.document.sentences[places[-1]]
        own = [n for n in names if last.holds(n)]
        if own and (own[0].start - last.start <= _FRONT or len({n.id for n in own}) == 1):
            return None if self._after(_OBLIQUE, own[0]) else Subject(own[0])
        return None

    def _alike(self, figures: Sequence[Quantity]) -> list[Quantity]:
        """Return figures with bare numbers read like those before: shares, or sums of money."""
        read: list[Quantity] = []
        for each in figures:
            plain = each.dimension == "number" and not each.unit
            if plain and self._is_share(each, read):
                read.append(replace(each, dimension="percent", unit="%"))
            elif plain and each.value >= 1_000_000 and (unit := self._currency(read)):
                read.append(replace(each, dimension="money", unit=unit))
            else:
                read.append(each)
        return read

    def _currency(self, read: Sequence[Quantity]) -> str:
        """Return the currency of the sum before: in the sentence, or in the two before it."""
        own = [q.unit for q in read if q.dimension == "money"]
        if own:
            return own[-1]
        places = within(self.document.quantities, self.before)
        found = [self.document.quantities[i] for i in places]
        units = {q.unit for q in found if q.dimension == "money"}
        return units.pop() if len(units) == 1 else ""

    def _is_share(self, figure: Quantity, read: Sequence[Quantity]) -> bool:
        percent = any(q.dimension == "percent" for q in read)
        if figure.step < 1:
            return percent or self.shares
        near = percent or "percent" in self.before.of(self.text).replace("per cent", "percent")
        return (
            near
            and figure.value < 100
            and _ENDS.match(self.text, figure.end) is not None
            and _STATES.search(self.text, self.sentence.start, figure.start) is not None
        )
