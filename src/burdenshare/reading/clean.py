"""What stands in a scraped text and is no part of the article: each span with its reason.

Four looks, in this order: the chain of breadcrumbs at the top, words that give a line away
(adverts, notices, captions), long lines without a full stop between the paragraphs (captions), and
lines that say again what another line says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from burdenshare.reading.document import Reason, Removed, Span
from burdenshare.reading.giveaways import Seeker
from burdenshare.reading.sentences import paragraphs

WORD = re.compile(r"\w++")
CLOSERS = "\"'”’»)] "
LONG = 12  # words from which a line that is no heading should end in a full stop
TOP = 15  # lines in which breadcrumbs are sought
GROUPS = 300_000  # groups of three words that are remembered
BULLET = re.compile(r"[•·▪◦‣*>›»/|]\s*|-\s+")
CRUMB = re.compile(r"(?:[•·▪◦‣*>›»/|]\s*)?(?:home(?:page)?|[\w&'’ -]{2,40}?\s*[/>›»|→])\s*$", re.I)
TRAIL = re.compile(r"\s*[>›»→]\s*|\s+[/|]\s+")
HOME = re.compile(r"\W{0,4}(?:you are here\W{1,3})?home(?:page)?\b", re.I)
LIST_ITEM = re.compile(r"[•·▪◦‣*–—-]\s|\(?\d{1,3}[.)]\s|[\"'“‘«„@#]")


def stops(line: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return line.rstrip(CLOSERS).endswith((".", "!", "?", "…"))


def is_trail(line: str) -> bool:
    """Say whether one line is a whole chain of breadcrumbs.

    >>> is_trail("Home > World > Europe"), is_trail("Allies met in Vilnius / Lithuania on Tuesday.")
    (True, False)
    """
    if len(line) > 250 or stops(line):
        return False
    parts = TRAIL.split(line)
    if HOME.match(line):
        return len(parts) >= 2
    short = all(len(part.split()) <= 4 for part in parts[:-1])
    return len(parts) >= 3 and short and not any(sign in line for sign in "/|")


def breadcrumbs(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines at the top that are breadcrumbs, with the site's name above them."""
    chain: list[int] = []
    for i, line in enumerate(lines[:TOP]):
        crumb = is_trail(line) or (len(line) <= 60 and CRUMB.match(line))
        if crumb or (chain and chain[-1] == i - 1 and follows_chain(lines, chain, i)):
            chain.append(i)
    if not any(HOME.match(lines[i]) or is_trail(lines[i]) for i in chain):
        return
    above = chain[0] - 1
    if above >= 0 and len(lines[above].split()) <= 6 and not stops(lines[above]):
        yield above
    yield from chain


def follows_chain(lines: Sequence[str], chain: Sequence[int], i: int) -> bool:
    """Say whether a line is the last breadcrumb: the page's title, shown again below."""
    first = BULLET.match(lines[chain[0]])
    if first:
        return lines[i].startswith(first[0].strip())
    return CRUMB.match(lines[i - 1]) is not None and lines[i] in lines[i + 1 : i + 8]


def is_heading(words: Sequence[str]) -> bool:
    """Say whether most words begin with a capital, as in a heading."""
    letters = [word for word in words if word[:1].isalpha()]
    return sum(word[0].isupper() for word in letters) >= 0.7 * len(letters)


def leads_on(line: str) -> bool:
    """Say whether a line is a list item, a quoted post, a table row or goes on below."""
    return (
        LIST_ITEM.match(line) is not None
        or line.endswith((",", "-", "–", "—"))
        or "\t" in line
        or "|" in line
    )


def unstopped(lines: Sequence[str], taken: Mapping[int, Reason]) -> Iterator[int]:
    """Yield the long lines without a full stop that stand below the first real paragraph.

    Only where most long lines do end in a full stop.
    """
    long = [i for i, line in enumerate(lines) if i not in taken and line.count(" ") >= LONG - 1]
    prose = [i for i in long if stops(lines[i])]
    if len(prose) < 2 or len(prose) < 0.6 * len(long):
        return
    listed = False  # the lines after a colon are its list
    for i in range(prose[0] + 1, len(lines)):
        line = lines[i]
        if stops(line) or line.endswith((":", ";")):
            listed = line.endswith((":", ";"))
        elif listed or i in taken or line.count(" ") < LONG - 1:
            continue
        elif not leads_on(line) and not is_heading(line.split()):
            yield i


def names_and_figures(line: str) -> set[str]:
    """Return the words of a line that must not differ in a repeat."""
    words = WORD.findall(line)
    return {w.lower() for w in words[1:] if w[0].isupper() or any(c.isdigit() for c in w)}


class Repeats:
    """Finds lines whose groups of three words stand in another line too."""

    def __init__(self, lines: Sequence[str], taken: Mapping[int, Reason]) -> None:
        self.lines = lines
        self.kept = [i for i in range(len(lines)) if i not in taken]
        self.words = {i: WORD.findall(lines[i].lower()) for i in self.kept}
        self.gone: dict[int, Reason] = {}

    def exact(self) -> None:
        """Take out every line of four words or more that stood above word for word."""
        seen: set[tuple[str, ...]] = set()
        for i in self.kept:
            key = tuple(self.words[i])
            if len(key) >= 4 and key in seen:
                self.gone[i] = "repeat"
            seen.add(key)

    def near(self) -> None:
        """Take out the shorter of two lines where it adds nothing to the longer."""
        index: dict[tuple[str, ...], int] = {}
        for i in self.kept:
            words = self.words[i]
            if i in self.gone or len(words) < 5:
                continue
            find = index.setdefault if len(index) < GROUPS else index.get
            groups = set(zip(words, words[1:], words[2:], strict=False))
            shared = [line for group in groups if (line := find(group, i)) != i]
            if len(shared) >= 3:
                other, count = Counter(shared).most_common(1)[0]
                self.weigh(other, i, count)

    def weigh(self, upper: int, lower: int, count: int) -> None:
        """Decide on two lines that share a number of groups of three words."""
        small = min(lower, upper, key=lambda i: len(self.words[i]))
        share = count / (len(self.words[small]) - 2)
        open_ends = [i for i in (upper, lower) if not stops(self.lines[i])]
        if len(open_ends) == 2:
            if share >= 0.8:
                self.gone[lower] = "repeat"
        elif small == self.kept[0] or len(self.words[small]) < 8 or upper in self.gone:
            return
        elif open_ends == [small]:
            if share >= 0.6:
                self.gone[small] = "caption"
        elif share >= 0.8:
            large = upper + lower - small
            if names_and_figures(self.lines[small]) <= set(self.words[large]):
                self.gone[small] = "repeat"


def apart(spans: list[Removed]) -> list[Removed]:
    """Return the spans in order, without those that lie in an earlier one."""
    result: list[Removed] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not result or span.start >= result[-1].end:
            result.append(span)
    return result


def clean(text: str, captions: Sequence[Span] = ()) -> list[Removed]:
    """Return what is no part of the article's own words; `captions` are known from the markup.

    >>> text = "Allies meet in Rome\\nAdvertisement\\nAllies meet in Rome\\nThey met on Monday."
    >>> [(each.of(text), each.reason) for each in clean(text)]
    [('Advertisement', 'advertisement'), ('Allies meet in Rome', 'repeat')]
    """
    rows = paragraphs(text)
    lines = [row.of(text) for row in rows]
    seeker = Seeker(text, rows)
    taken: dict[int, Reason] = dict.fromkeys(breadcrumbs(lines), "breadcrumb")
    for i, line in enumerate(lines):
        reason = seeker.reason(i, line) if i not in taken else None
        if reason:
            taken[i] = reason
    open_ended = [i for i in unstopped(lines, taken) if not seeker.notice(i, lines[i])]
    taken |= dict.fromkeys(open_ended, "caption")
    repeats = Repeats(lines, taken)
    if repeats.kept:
        repeats.exact()
        repeats.near()
    taken |= repeats.gone
    found = [Removed(each.start, each.end, "caption") for each in captions]
    for i, row in enumerate(rows):
        if i in taken:
            found.append(Removed(row.start, row.end, taken[i]))
        else:
            found += seeker.inside(i, lines[i], row.start)
    return apart(found)
