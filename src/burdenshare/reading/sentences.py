"""Paragraphs and sentences of a text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from burdenshare.reading.document import Span

LINE = re.compile(r"\S(?:[^\n\r\u2028\u2029]*\S)?")
STOP = re.compile(r"[.!?…](?<![.!?…].)[.!?…]*+[\"'”’»)\]›]*+(?=\s)")
NEXT = re.compile(r"\s*+[\"'“‘«(\[„]*+(\w?)")
ALNUM = re.compile(r"\w")
WORD = re.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)?")
SAYING = (
    "said says say asked asks wrote writes tweeted posted added told replied insisted shouted "
    "cried declared demanded exclaimed warned joked wondered claimed continued argued responded"
)
SAYS = re.compile(
    r"\s*+(?:[A-Z][\w.’'-]*+\s++(?:[a-z]{2,3}\s++)?){1,4}(?:" + SAYING.replace(" ", "|") + r")\b"
)

# Words whose full stop never ends a sentence; before a number only; before a name only.
TITLES = frozenset(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col maj capt cpl sgt adm cmdr brig "
    "pres hon rev fr st mt ft vs v cf eg e.g i.e ie viz approx messrs mme amb sec supt det insp "
    "dep lt.gen maj.gen brig.gen".split()
)
NUMBERED = frozenset(
    "no nos art arts pp p vol fig figs ch para paras sect jan feb mar apr jun jul aug sep sept oct "
    "nov dec".split()
)
ENDINGS = frozenset(
    "inc co corp ltd jr sr bros llc plc ph.d etc al mon tue tues wed thu thur thurs fri sat "
    "sun".split()
)
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
STARTERS = frozenset(
    "the a an he she it they we i you but and or so in on at by for from to as if when while after "
    "before since during this that these those there here his her its their our my your not no yes "
    "however meanwhile yet still also both all some many most each one two what who why how where "
    "with without under over now then last next earlier later according despite although though "
    "because instead asked".split()
)


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends.

    >>> trimmed("  a b ", 0, 6)
    Span(start=2, end=5)
    """
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return Span(left, max(left, start + len(piece.rstrip())))


def lines(text: str) -> list[Span]:
    """Return the lines that are not blank, trimmed.

    >>> [row.of("a\\n\\n b") for row in lines("a\\n\\n b")]
    ['a', 'b']
    """
    return [Span(*match.span()) for match in LINE.finditer(text)]


def neighbours(text: str, upper: Span, lower: Span) -> bool:
    """Say whether no blank line lies between two lines."""
    between = text[upper.end : lower.start]
    return len(between) < 200 and between.count("\n") + between.count("\r") <= 1 + (
        "\r\n" in between
    )


def hard_wrapped(text: str, rows: Sequence[Span]) -> bool:
    """Say whether the lines were broken to fit a width: few could have held one word more."""
    width = max((row.end - row.start for row in rows), default=0)
    if not 40 <= width <= 120:
        return False
    pairs = full = 0
    for upper, lower in pairwise(rows):
        if neighbours(text, upper, lower):
            pairs += 1
            word = text[lower.start : lower.end].split(maxsplit=1)[0]
            full += upper.end - upper.start + 1 + len(word) > width
    return pairs >= 2 and full >= 0.8 * pairs


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs: each line is one, unless the lines were broken to fit a width.

    >>> text = "One paragraph.\\nAnother one.\\n"
    >>> [each.of(text) for each in paragraphs(text)]
    ['One paragraph.', 'Another one.']
    """
    rows = lines(text)
    if not hard_wrapped(text, rows):
        return rows
    found: list[Span] = []
    last: Span | None = None
    for row in rows:
        if last is not None and neighbours(text, last, row):
            found[-1] = Span(found[-1].start, row.end)
        else:
            found.append(row)
        last = row
    return found


def word_before(text: str, start: int, stop: int) -> str:
    """Return the word that ends at a full stop, lower case, without brackets before it."""
    words = text[max(start, stop - 16) : stop].split()
    if not words or text[stop - 1].isspace():
        return ""
    return words[-1].lstrip("(['\"“‘«").casefold()


def is_abbreviation(word: str, following: str, initial: str) -> bool:
    """Say whether the full stop after a word belongs to the word, given what comes next."""
    if word in TITLES:
        return True
    if word in NUMBERED:
        return initial.isdigit()
    starts = following.casefold() in STARTERS
    if len(word) == 1 and word.isalpha():  # the initial of a name; X is a place where people post
        return not starts and word != "x" and following.casefold() not in TITLES
    return (word in ENDINGS or DOTTED.fullmatch(word) is not None) and not starts


def ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether a sentence that begins at `start` ends at this stop mark."""
    after = NEXT.match(text, match.end())
    initial = after[1] if after else ""
    if initial.islower():
        return False
    mark = match[0]
    if len(mark) > 1 and mark[-1] in "\"'”’»" and "." not in mark:
        return SAYS.match(text, match.end()) is None
    if mark != "." or after is None:
        return True
    word = word_before(text, start, match.start())
    if word.isdigit() and match.start() - start <= len(word):
        return False  # the number of a list item
    following = WORD.match(text, after.start(1))
    return not is_abbreviation(word, following[0] if following else "", initial)


def split(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the sentences of one paragraph."""
    start = paragraph.start
    for match in STOP.finditer(text, paragraph.start, paragraph.end):
        if ends(text, start, match):
            yield trimmed(text, start, match.end())
            start = match.end()
    rest = trimmed(text, start, paragraph.end)
    if rest.start < rest.end:
        yield rest


def sentences(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Return the sentences; a headline is one, and a stray mark belongs to the one before.

    >>> text = "Mr. Lee left at 5 p.m. on Jan. 6. “Why?” he was asked."
    >>> [each.of(text) for each in sentences(text, paragraphs(text))]
    ['Mr. Lee left at 5 p.m. on Jan. 6.', '“Why?” he was asked.']
    """
    found: list[Span] = []
    for paragraph in paragraphs:
        first = len(found)
        for piece in split(text, paragraph):
            if len(found) > first and not ALNUM.search(text, piece.start, piece.end):
                found[-1] = Span(found[-1].start, piece.end)
            else:
                found.append(piece)
    return found
