"""Quotations of a text: a scanner that keeps a stack of open marks and never raises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from burdenshare.reading.document import Quote, Span
from burdenshare.reading.sentences import trimmed

# All marks but the apostrophes inside words.
MARK = re.compile(r"''|‘‘|’’|``|[\"“”„«»‚]|['‘’](?:(?<![^\W_].)|(?![^\W_]))")
FAMILY = {
    **dict.fromkeys(["''", "‘‘", "’’", "``", '"', "“", "”", "„"], "double"),
    **dict.fromkeys("'‘’‚", "single"),
    **dict.fromkeys("«»", "angle"),
}
CURLY = {"‘‘": "“", "``": "“", "’’": "”", "''": '"'}
# Words that lost their first letters: '90s, 'em, rock 'n' roll.
ELISION = re.compile(r"(?:n\b|(?:\d0s|em|til|tis|twas|bout|cos|cuz|cause|round)\b(?!['’]))", re.I)
WORD = re.compile(r"\w")
STOP = re.compile(r"[.!?…][\"”’')]*+(?=\s)")
OPENING = "\"“„«'‘‚("
BRACKETS = "([{"
DASHES = "-–—/"
REACH = 8  # paragraphs in which a quotation that does not open anew must close


@dataclass(slots=True)
class Mark:
    """One quotation mark: what it could be, seen from the characters beside it."""

    sign: str
    family: str
    start: int
    end: int
    opens: bool
    closes: bool
    weak: bool = False  # could be the apostrophe of "allies’ budgets"
    opens_later: bool = False  # a later mark of the family opens again in this paragraph
    closes_next: int = 0  # how many marks could close before the next one that only opens


def roles_of_single(sign: str, before: str, after: str, rest: str) -> tuple[bool, bool]:
    """Say whether a single mark could open and whether it could close.

    >>> roles_of_single("’", "t", "s", "s own")
    (False, False)
    >>> roles_of_single("‘", " ", "9", "90s")
    (False, False)
    """
    inside = before.isalnum()
    if inside and after.isalnum():
        return False, False
    opens = (
        not inside
        and (before == "" or before.isspace() or before in OPENING + DASHES)
        and after != ""
        and not after.isspace()
        and not ELISION.match(rest)
    )
    if sign == "’" and not after.isalnum():
        opens = False
    closes = sign in "'’" and before != "" and not before.isspace() and before not in BRACKETS
    return opens, closes and not after.isalnum()


def roles_of_double(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Say whether a double or angle mark could open and whether it could close.

    >>> roles_of_double('"', " ", "W"), roles_of_double('"', "e", ",")
    ((True, False), (False, True))
    """
    free = before == "" or before.isspace() or before in OPENING + DASHES + BRACKETS
    last = after == "" or not (after.isalnum() or after in OPENING + "$€£#@[")
    if sign == "„":
        return True, False
    if sign == "“":
        return free or not last, not free
    if sign == "«":
        return True, not free or last
    if sign in "”»":
        return free and not last, True
    if free and last:  # white space on both sides, as in HTML: the stack decides
        return True, True
    return free or not last, last or not free


def mark_at(text: str, paragraph: Span, match: re.Match[str]) -> Mark:
    """Return a mark with its roles."""
    start, end = match.span()
    sign = CURLY.get(match[0], match[0])
    before = text[start - 1] if start > paragraph.start else ""
    after = text[end] if end < paragraph.end else ""
    family = FAMILY[match[0]]
    if family != "single":
        return Mark(sign, family, start, end, *roles_of_double(sign, before, after))
    opens, closes = roles_of_single(sign, before, after, text[end : end + 8])
    follows = text[end + 1 : end + 2]
    weak = closes and before in "sS" and after == " " and (follows.isalnum() or follows in "$€£")
    return Mark(sign, family, start, end, opens, closes, weak)


def marks_of(text: str, paragraph: Span) -> list[Mark]:
    """Return the marks of a paragraph that can open or close, each knowing what follows it.

    A possible apostrophe ("the allies’ view’") gives way to a later mark that can only close.
    """
    found = [
        mark_at(text, paragraph, m) for m in MARK.finditer(text, paragraph.start, paragraph.end)
    ]
    count = dict.fromkeys(FAMILY.values(), 0)
    opened: set[str] = set()
    sure = False  # a single mark that closes for certain comes before the next one that opens
    for mark in reversed(found):
        mark.closes_next = count[mark.family]
        mark.opens_later = mark.family in opened
        if mark.family == "single":
            if mark.weak and sure:
                mark.closes = False
            sure = (sure or (mark.closes and not mark.weak)) and not mark.opens
        if mark.opens:
            opened.add(mark.family)
        if mark.closes:
            count[mark.family] += 1
        elif mark.opens:
            count[mark.family] = 0
    return [mark for mark in found if mark.opens or mark.closes]


def crowded(text: str, paragraph: Span) -> bool:
    """Say whether a long paragraph holds more marks than any prose does.

    >>> crowded('"a ' * 1000, Span(0, 3000)), crowded("He said “no” to it. " * 200, Span(0, 4200))
    (True, False)
    """
    size = paragraph.end - paragraph.start
    if size < 2000:
        return False
    count = sum(text.count(sign, paragraph.start, paragraph.end) for sign in FAMILY)
    return count > size / 8


class Scanner:
    """Goes through the paragraphs with a stack of open marks; `found` is what closed or ran on."""

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.marks = [
            [] if crowded(text, paragraph) else marks_of(text, paragraph)
            for paragraph in paragraphs
        ]
        self.found: list[Quote] = []
        self.stack: list[Mark] = []
        self.carried = ""  # the family of a quotation that the paragraph before left open
        self.runs_on = False  # whether the next paragraph opens with a mark of the single family

    def keep(self, opened: Mark, end: int, close: int | None = None) -> None:
        """Keep the words after an open mark up to `end`; `close` is where the closing mark ends."""
        inner = trimmed(self.text, opened.end, end)
        if WORD.search(self.text, inner.start, inner.end):
            outer = Span(opened.start, close or inner.end)
            self.found.append(Quote(inner.start, inner.end, outer, close is not None))

    def sentence_end(self, start: int, limit: int) -> int:
        """Return where the first sentence after a mark ends."""
        stop = STOP.search(self.text, start, limit)
        return stop.end() if stop else limit

    def position(self, family: str) -> int:
        """Return where in the stack the last open mark of a family is, or -1."""
        for i in range(len(self.stack) - 1, -1, -1):
            if self.stack[i].family == family:
                return i
        return -1

    def close(self, i: int, mark: Mark) -> None:
        """Close the i-th open mark; marks opened inside it that never closed were none."""
        self.keep(self.stack[i], mark.start, mark.end)
        del self.stack[i:]

    def single(self, mark: Mark) -> None:
        """Take a single mark: close, open, or pass over an apostrophe."""
        inside = bool(self.stack) and self.stack[-1].family == "single"
        if inside and mark.closes:
            if not (mark.weak and self.runs_on and not mark.opens_later):
                self.close(len(self.stack) - 1, mark)
        elif mark.opens:
            if inside and mark.closes_next < 2:
                self.stack.pop()
            self.stack.append(mark)

    def double(self, mark: Mark) -> None:
        """Take a double mark: close, open inside, or open anew where the last one never closed."""
        i = self.position("double")
        opened = self.stack[i].sign if i >= 0 else ""
        if i >= 0 and closes_double(opened, mark):
            self.close(i, mark)
        elif mark.opens and (mark.sign != "”" or mark.closes_next):
            doubled = i >= 0 and self.stack[i].end == mark.start
            if opened == mark.sign and (mark.closes_next < 2 or doubled):
                self.keep(self.stack[i], self.sentence_end(self.stack[i].end, mark.start))
                del self.stack[i:]
            self.stack.append(mark)

    def angle(self, mark: Mark) -> None:
        """Take an angle mark: « closes where » opened, and the reverse."""
        i = self.position("angle")
        if i >= 0 and self.stack[i].sign != mark.sign:
            self.close(i, mark)
        elif mark.opens and (mark.sign == "«" or mark.closes_next):
            self.stack.append(mark)

    def opens_next(self, k: int, family: str) -> bool:
        """Say whether the paragraph after the k-th one opens with a mark of a family."""
        if k + 1 >= len(self.paragraphs) or not self.marks[k + 1]:
            return False
        first = self.marks[k + 1][0]
        at_start = first.start == self.paragraphs[k + 1].start
        return at_start and first.family == family and first.opens

    def closes_below(self, k: int) -> bool:
        """Say whether a paragraph below closes a curly quotation without opening one before."""
        for marks in self.marks[k + 1 : k + 1 + REACH]:
            for mark in marks:
                if mark.family == "double":
                    return mark.sign == "”" and not mark.opens
        return False

    def leave(self, k: int) -> Mark | None:
        """End the k-th paragraph with a mark still open; return one that stays open in the next."""
        opened, paragraph = self.stack[0], self.paragraphs[k]
        at_start = opened.start == paragraph.start
        runs_on = self.opens_next(k, opened.family)
        carried, self.carried = self.carried, ""
        if opened.family == "single" and not runs_on and not (at_start and carried == "single"):
            return None
        unopened = opened.sign == "“" and not runs_on and self.closes_below(k)
        led_in = self.text[paragraph.start : opened.start][-3:].rstrip().endswith((":", ","))
        end = paragraph.end
        if not (runs_on or at_start or unopened or led_in):
            end = self.sentence_end(opened.end, end)
        self.keep(opened, end)
        self.carried = opened.family if runs_on else ""
        return opened if unopened else None

    def run(self) -> list[Quote]:
        """Return the quotations of all paragraphs, in the order of the text."""
        take = {"single": self.single, "double": self.double, "angle": self.angle}
        held: Mark | None = None
        for k, paragraph in enumerate(self.paragraphs):
            start = paragraph.start
            self.stack = [replace(held, start=start, end=start)] if held else []
            self.runs_on = self.opens_next(k, "single")
            for mark in self.marks[k]:
                take[mark.family](mark)
            held = self.leave(k) if self.stack else None
            self.carried = self.carried if self.stack else ""
        return nested(self.found)


def closes_double(opened: str, mark: Mark) -> bool:
    """Say whether a double mark closes what another one opened."""
    if mark.sign == "“":
        return opened == "„" or not mark.opens
    if mark.sign == "”":
        return True
    if mark.sign == "„":
        return False
    return mark.closes and not (mark.opens and opened != '"')


def nested(found: list[Quote]) -> list[Quote]:
    """Return the quotations in order, each with the number of those around it."""
    ends: list[int] = []
    result = []
    for quote in sorted(found, key=lambda each: (each.start, -each.end)):
        while ends and ends[-1] < quote.end:
            ends.pop()
        result.append(Quote(quote.start, quote.end, quote.outer, quote.closed, len(ends)))
        ends.append(quote.end)
    return result


def quotes(text: str, paragraphs: Sequence[Span]) -> list[Quote]:
    """Return the quotations, each without its marks.

    >>> text = "He said ‘the allies’ aim is “two per cent”’ and that it’s late."
    >>> [(each.of(text), each.depth) for each in quotes(text, [Span(0, len(text))])]
    [('the allies’ aim is “two per cent”', 0), ('two per cent', 1)]
    """
    return Scanner(text, paragraphs).run()
