"""A second look at figures that no pattern reads: the measure and the subject of their clause.

Words about defence and spending, a share of GDP or a sum of money, and one country or group alone
in the same clause make a candidate. Conditions, wishes, targets, aid, deals, polls and companies do
not. Such a candidate is weak: what disagrees with it is never called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from burdenshare.reading.claims import Candidate
from burdenshare.reading.document import DateMention, Document, Quantity, Span
from burdenshare.reading.lexicon import Lexicon, Name, within
from burdenshare.reading.patterns import Item, Pattern, render

_TOPIC = re.compile(r"\b(?:defen[cs]e|militar(?:y|ies)|armed forces|nato)\b", re.IGNORECASE)
_SPENDS = re.compile(
    r"\b(?:spen(?:d|ds|t|ding)|budgets?|outlays?|expenditures?|devot\w+|invest(?:s|ed|ing|ment)?|"
    r"allocat\w+|effort)\b",
    re.IGNORECASE,
)
_DEFENCE = re.compile(r"\b(?:defen[cs]e|militar(?:y|ies)|armed forces|arms)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"[;:]\s|\s[–—-]\s|,\s(?:while|whereas|but|although|though|and (?!canada\b)|compared with|"
    r"against|versus)\b|\)\s|\s\(",
    re.IGNORECASE,
)
_GUARD = re.compile(
    r"\b(?:would|could|might|may|should|must|if|unless|will|won['’]t|shall|plans?|planned|planning|"
    r"pledg\w+|promis\w+|aim(?:s|ed|ing)?|wants?|wanted|call(?:s|ed|ing)? (?:for|on)|propos\w+|"
    r"demand\w*|urg(?:e[sd]?|ing)|intend\w*|expected|targets?|goals?|guidelines?|benchmark|"
    r"thresholds?|minimum|need(?:s|ed)?|ha(?:ve|s|d) to|not|never|ask\w*|agreed?|commit\w*|"
    r"vow\w*|set to|due to|going to|forecast|project(?:ed|ion)s?|whether|n['’]t|lift|raise|"
    r"aid|support for|help for|packages?|funds?|deals?|contracts?|orders?|bought|buys?|tanks?|"
    r"jets|missiles?|loans?|sales|exports?|imports?|trade|tariffs?|revenues?|profits?|stocks?|"
    r"polls?|surve\w+|voters?|respondents?|compan\w+|firms?|ukraine['’]s|reconstruct\w+|"
    r"pensions?|health|education|welfare|interest|deficit|debt|tax\w*|cuts?|"
    r"increas\w+ (?:of|by)|ris\w+ (?:of|by)|extra|additional|another|more than (?:it|they|last)|"
    r"cold war|russia\w*|china|chinese|ukrain\w+|israel\w*)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:by|rose|grew|fell|up|down|increase|rise|growth|another|further|additional|extra)\s"
    r"(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\s*(?:more|less|higher|lower|increase|rise|cut|fewer|growth|points?)\b")
_BACK = re.compile(
    r"^\W*(?:But |And |Yet |Still, |Now |Today |In \d{4},? )?(?:[Ii]t|[Tt]he country|[Tt]he nation|"
    r"[Ii]ts)\b"
)
_WHOLE = re.compile(
    r"\bof (?:what|all|the|that|total|combined)\b[^.;]{0,40}\b(?:nato|alliance|allies|allied)\b"
    r"[^.;]{0,30}\b(?:spend\w*|expenditures?|outlays?)|\bof (?:nato|the alliance)['’]s (?:total |"
    r"combined |overall )?(?:defen[cs]e |military )?(?:spending|expenditure|outlays)",
    re.IGNORECASE,
)
_LONGEST = 200
_OWNED = 14  # characters between a figure and the date that belongs to it
_DIMENSIONS = ("percent", "fraction", "money", "number")
_SUBJECTS = ("country", "group")


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a figure measures: kind of claim and question."""

    kind: str
    ask: str


_SHARE = _Measure("share", "share")
_AMOUNT = _Measure("value", "value")
_PART = _Measure("share", "spending-part")


def frames(document: Document, lexicon: Lexicon, read: Sequence[Span]) -> Iterator[Candidate]:
    """Yield a candidate for each figure outside the spans read that one measure and subject fit."""
    organisation = ""
    before: Span | None = None
    for sentence in document.sentences:
        text = sentence.of(document.text)
        if _TOPIC.search(text):
            inside = [document.quantities[i] for i in within(document.quantities, sentence)]
            free = [q for q in inside if not any(q.meets(span) for span in read)]
            kept = [q for q in free if q.dimension in _DIMENSIONS]
            if kept and (len(kept) > 1 or kept[0].dimension != "number"):
                clause = _Sentence(document, lexicon, sentence, before, inside)
                yield from clause.candidates(kept, organisation)
            if re.search(r"\bNATO\b|\balliance\b", text):
                organisation = "nato"
        before = sentence


class _Sentence:
    """One sentence with its names, asked for the frame of a figure."""

    def __init__(
        self,
        document: Document,
        lexicon: Lexicon,
        sentence: Span,
        before: Span | None,
        quantities: Sequence[Quantity],
    ) -> None:
        self.text = document.text
        self.sentence = sentence
        self.before = before
        self.lexicon = lexicon
        self.quantities = quantities
        self.dates = [document.dates[i] for i in within(document.dates, sentence)]
        self.names = self._names(sentence)

    def _names(self, span: Span) -> list[Name]:
        found = self.lexicon.find(span.of(self.text))
        return [Name(span.start + n.start, span.start + n.end, n.kind, n.id, n.weak) for n in found]

    def candidates(self, figures: Sequence[Quantity], organisation: str) -> Iterator[Candidate]:
        """Yield what can be asked of the figures."""
        pairs = self._in_turn()
        for name, each in pairs:
            measure = self._measure(pairs[-1][1], self._clause(pairs[-1][1]))
            if measure and any(each.start == figure.start for figure in figures):
                yield self._candidate(each, name, measure, organisation)
        for figure in figures if not pairs else ():
            clause = self._clause(figure)
            measure = self._measure(figure, clause)
            subject = self._subject(figure, clause) if measure else None
            if measure and subject:
                yield self._candidate(figure, subject, measure, organisation)

    def _in_turn(self) -> list[tuple[Name, Quantity]]:
        """Return the subjects and figures of "A and B spend 3 and 4 per cent respectively"."""
        names = [n for n in self.names if n.kind == "country"]
        last = self.quantities[-1]
        if "respectively" not in self.sentence.of(self.text).lower() or len(names) < 2:
            return []
        figures = [q for q in self.quantities if q.start >= names[-1].end]
        if len(figures) != len(names) or any(q.unit not in ("", last.unit) for q in figures):
            return []
        alike = [
            replace(q, unit=last.unit, dimension=last.dimension, base=last.base) for q in figures
        ]
        return list(zip(names, alike, strict=True))

    def _clause(self, figure: Quantity) -> Span:
        """Return the clause that a figure stands in."""
        start, end = self.sentence.start, self.sentence.end
        for mark in _BREAK.finditer(self.text, start, end):
            if mark.end() <= figure.start:
                start = mark.end()
            elif mark.start() >= figure.end:
                end = mark.start()
                break
        return Span(start, end)

    def _measure(self, figure: Quantity, clause: Span) -> _Measure | None:
        """Return the only measure that the words of a clause allow, or None."""
        words = clause.of(self.text)
        if _GUARD.search(words) or _CHANGED.search(self.text[clause.start : figure.start]):
            return None
        if _MOVED.match(self.text, figure.end):
            return None
        if figure.unit == "%" and figure.base != "GDP":
            return _PART if _WHOLE.match(self.text, figure.end + 1) else None
        if figure.dimension == "number":
            return None
        sentence = self.sentence.of(self.text)
        if not _DEFENCE.search(sentence) or not _SPENDS.search(sentence):
            return None
        return _SHARE if figure.unit == "%" else self._amount(words)

    def _amount(self, words: str) -> _Measure | None:
        return _AMOUNT if _DEFENCE.search(words) and _SPENDS.search(words) else None

    def _subject(self, figure: Quantity, clause: Span) -> Name | None:
        """Return the one subject: of the clause, of the sentence, or of the one before ("It")."""
        for span in (clause, self.sentence):
            found = [n for n in self.names if n.kind in _SUBJECTS and span.holds(n)]
            if found:
                return found[0] if len({n.id for n in found}) == 1 else None
        if self.before is None or not _BACK.match(self.sentence.of(self.text)):
            return None
        earlier = [n for n in self._names(self.before) if n.kind in _SUBJECTS]
        return earlier[0] if len({n.id for n in earlier}) == 1 else None

    def _candidate(
        self, figure: Quantity, subject: Name, measure: _Measure, organisation: str
    ) -> Candidate:
        start, end = min(subject.start, figure.start), max(subject.end, figure.end)
        inside = self.sentence.start <= start and end - start <= _LONGEST
        span = Span(start, end) if inside else Span(figure.start, figure.end)
        taken: list[Item] = [*self.quantities, *self.dates]
        kinds = (*_SUBJECTS, "organisation")
        taken += [n for n in self.names if n.kind in kinds and not any(n.meets(q) for q in taken)]
        shown = render(self.text, self.sentence, sorted(taken, key=lambda i: (i.start, -i.end)))
        bodies = [n.id for n in self.names if n.kind == "organisation"]
        near, loose = self._dates(span, figure)
        return Candidate(
            span.start,
            span.end,
            _pattern(measure.kind, measure.ask),
            {"subject": subject, "stated": figure},
            figure,
            self.sentence,
            bodies[-1] if bodies else organisation,
            near,
            loose,
            (),
            tuple(n.id for n in self.names if n.kind == "country"),
            shown.text,
        )

    def _dates(
        self, span: Span, figure: Quantity
    ) -> tuple[tuple[DateMention, ...], tuple[DateMention, ...]]:
        """Return the dates that no other figure owns or parts from the claim, and the others."""
        near = []
        for date in self.dates:
            low, high = min(date.end, span.end), max(date.start, span.start)
            between = [q for q in self.quantities if low <= q.start < high and not span.holds(q)]
            before = [q for q in self.quantities if 0 <= date.start - q.end <= _OWNED]
            if not between and before[-1:] in ([], [figure]):
                near.append(date)
        return tuple(near), tuple(d for d in self.dates if d not in near)


@lru_cache(maxsize=8)
def _pattern(kind: str, ask: str) -> Pattern:
    """Return the pattern that stands for a frame; it has no form of its own."""
    return Pattern(
        id="frame",
        kind=kind,
        ask=ask,
        written="",
        refused="",
        needs=(),
        weak=True,
        options={},
        reads=(),
        must_not=(),
        where="reading/frames_of_figures.py",
        lists={},
        lists_need={},
    )
