"""A statement in the making, and how one is made from a reporting verb."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from burdenshare.reading.cues import LOOSE
from burdenshare.reading.document import Document, Mode, Span, Stance
from burdenshare.reading.othercues import BILL
from burdenshare.reading.phrases import Subject
from burdenshare.reading.speakers import Speakers
from burdenshare.reading.stances import Stances
from burdenshare.reading.verbs import Hit
from burdenshare.reading.vocabulary import LINKS, POSTS, RELATIVES
from burdenshare.reading.words import MARK, Unit

SHORT = 250  # characters: a longer statement with quotes is cut to its quotes and their verb
READ_ONLY = frozenset("according withhold ask".split())  # count only with a position
MATTERS = frozenset("nato un unesco wfp ukraine defence troops bodies article5".split())
BREAKS = frozenset(
    ", ; – — - -- while whereas but after once when before as because though although since".split()
)
LEADING = LINKS | BREAKS | {":"}
TRAILING = LEADING | RELATIVES | {"("}
BACKING = frozenset("support back endorse welcome like applaud".split())
SIDING = frozenset(
    "welcome praise back support endorse hail applaud defend second echo champion agree commend"
    " tout thank congratulate salute".split()
)
CHAMBERS = frozenset(
    "senate house congress assembly parliament council commission ministers bundestag cabinet"
    " court leaders commons lords sejm knesset duma legislature chamber".split()
)
POINTERS = frozenset(
    "it them that this remark remarks comment comments words idea proposal suggestion threat"
    " threats plan pledge call claim decision move order step measure policy package deal target"
    " figure goal demand demands view stance position line".split()
)
AGREEMENTS = frozenset(
    "i agree|agreed|agree|exactly|we really should|true|yes|yep|absolutely|100|well said|this"
    "|correct|right|precisely|he is right|she is right|totally agree|we should|good idea"
    "|all the way|hell yes|hell yeah|amen|hear hear|i couldn't agree more|couldn't agree more"
    "|spot on|you bet|damn right|damn straight|of course|bravo|count me in|i do|indeed|100 percent"
    "|he's right|she's right|they're right|so true|bingo|well said indeed|yes we should|it is time"
    "|no question|completely agree|fully agree|i fully agree|i completely agree|me too".split("|")
)
PLAIN = re.compile(r"[\w'’]+")
ANAPHORS = frozenset("it that this they such doing".split())
JUDGING = frozenset("vote call describe brand label dub term regard consider find".split())
BEFORE_TITLES = frozenset("on in programme program show book called".split())


def plain(text: str) -> str:
    """Return the words of a text alone, in lower case."""
    return " ".join(PLAIN.findall(text.lower().replace("’", "'")))


def agrees(text: str) -> bool:
    """Say whether words do nothing but agree.

    >>> agrees("Absolutely!"), agrees("Absolutely not.")
    (True, False)
    """
    return plain(text) in AGREEMENTS


@dataclass(slots=True)
class Draft:
    """A statement in the making."""

    start: int
    end: int
    unit: int
    subject: Subject
    mode: Mode
    quotes: list[Span] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    flags: str = ""
    lemma: str = ""
    proposition: str | None = None
    stance: Stance = "none"
    date: datetime.date | None = None
    amplifies: Draft | None = None
    runs_on: bool = False
    base: Stance | None = None  # where a verdict on others' words: the stance it judges
    points: bool = False  # its verb's object points back: "called it", "described the move"
    pending: bool = False  # counts only if links give it a position


class Making:
    """Makes drafts from hits."""

    def __init__(self, document: Document, speakers: Speakers, stances: Stances) -> None:
        self.document, self.stances, self.speakers = document, stances, speakers
        self.words, self.low = speakers.words, speakers.low
        self.dates = sorted(document.dates, key=lambda date: date.start)
        self.date_starts = [date.start for date in self.dates]

    def flags(self, hit: Hit) -> str:
        """Return the flags of a verb here: to support a post is to endorse it."""
        near = self.low[hit.at + 1 : hit.at + 6]
        if hit.verb.lemma in BACKING and any(word in POSTS for word in near):
            return "ne"
        if hit.verb.lemma == "rule" and "out" in near[:3]:
            return "nxw"
        return hit.verb.flags

    def passes_on(self, hit: Hit) -> bool:
        """Say whether a verb passes on or takes up a paper: "reposted", "introduced"."""
        return bool({"e", "a"} & set(self.flags(hit)))

    def draft(self, hit: Hit, via: list[Hit], items: tuple[int, int], number: int) -> Draft | None:
        """Return the statement that a verb carries, or None where it carries none."""
        words, unit = self.words, self.words.units[number]
        first, last = items
        span = words.span(first, last)
        end = max(span.end, unit.span.end) if last == unit.last else span.end
        marks = [i for i in hit.marks if not self._title(i, hit)]
        quotes = [Span(words.quotes[i].start, words.quotes[i].end) for i in marks]
        draft = Draft(
            span.start,
            end,
            number,
            hit.subject,
            self._mode(hit, quotes),
            quotes,
            flags=self.flags(hit),
            lemma=hit.verb.lemma,
        )
        draft.reported += [
            each.subject.entity.name for each in via if each.subject.entity is not None
        ]
        inner = [(each.start, each.end) for each in quotes] if "x" not in hit.verb.flags else []
        draft.proposition, draft.stance = self.stances.quoted(number, draft.start, draft.end, inner)
        if not self._counts(draft, hit):
            return None
        draft.points = self._points(hit) or self._refers(hit, unit)
        draft.date = self._date(hit, unit) if draft.mode != "document" else None
        if marks and draft.end - draft.start > SHORT:
            self._shorten(draft, hit, marks)
        draft.runs_on = bool(hit.marks) and not words.quotes[hit.marks[-1]].closed
        return draft

    def _mode(self, hit: Hit, quotes: list[Span]) -> Mode:
        entity, flags = hit.subject.entity, self.flags(hit)
        if entity is not None and entity.kind == "document":
            return "document"
        sides = hit.verb.needs[:1] == ("with",) and hit.frame == "for" and "x" not in flags
        if "e" in flags or sides:
            return "endorsement"
        if "a" in flags or "d" in flags or hit.verb.lemma == "vote":
            return "act"
        return "direct" if quotes else "indirect"

    def _title(self, mark: int, hit: Hit) -> bool:
        """Say whether a quote is the title of a work or programme: ABC's “This Week”."""
        quoted = self.words.quotes[mark].of(self.document.text)
        parts = quoted.split()
        if not parts or quoted[-1] in ".!?," or not all(part[0].isupper() for part in parts):
            return False
        if mark - 1 in self.words.own or (len(hit.marks) > 1 and len(parts) > 1):
            return True
        return self.low[mark - 1] in BEFORE_TITLES and hit.verb.lemma != "call"

    def _counts(self, draft: Draft, hit: Hit) -> bool:
        """Say whether a draft is a statement: quoted, or reported in a frame that suffices."""
        if draft.quotes:
            return True
        asks = "d" in draft.flags and self.document.text[draft.start : draft.end].endswith("?")
        if draft.subject.entity is None or "q" in hit.verb.flags or asks:
            return False
        votes = hit.verb.lemma == "vote"
        firm = hit.frame in ("for", "against") and (votes or hit.verb.lemma not in LOOSE)
        weak = "w" in hit.verb.flags and not firm and not self._opines(hit)
        weak = weak or (hit.frame == "object" and "t" not in hit.verb.flags)
        weak = weak or "D" in hit.verb.flags
        weak = weak and not (self._decides(hit) and self._matters(draft))
        sides = {"e", "a"} & set(draft.flags) or draft.mode == "endorsement"
        if weak and (not sides or hit.verb is BILL):
            opposes = "x" in draft.flags or hit.verb.lemma in SIDING | JUDGING
            points = hit.verb.lemma == "vote" or self._points(hit)
            passes = "e" in draft.flags
            draft.pending = draft.proposition is None and ((opposes and points) or passes)
            return draft.proposition is not None or draft.pending
        if hit.verb.lemma in READ_ONLY or draft.mode == "document":
            return draft.proposition is not None
        return True

    def _opines(self, hit: Hit) -> bool:
        """Say whether somebody holds an opinion: "she fears that …"."""
        entity = hit.subject.entity
        return hit.frame in ("that", "clause") and entity is not None and entity.kind == "person"

    def _decides(self, hit: Hit) -> bool:
        """Say whether a chamber decides something: "the Senate approved …"."""
        if "d" not in hit.verb.flags or hit.subject.entity is None:
            return False
        near = self.low[hit.subject.first : hit.subject.last]
        return any(word in CHAMBERS for word in near)

    def _matters(self, draft: Draft) -> bool:
        """Say whether a decision names an organisation, a country at war, or defence."""
        entity = draft.subject.entity
        known = entity is not None and entity.id is not None
        return known or bool(MATTERS & self.stances.reader.classes(draft.start, draft.end))

    def _points(self, hit: Hit) -> bool:
        """Say whether the object of a verb points back: "welcomed the figure", "ruled it out"."""
        if "n" not in self.flags(hit) or "t" in hit.verb.flags:
            return hit.verb.lemma in SIDING
        near = self.low[hit.at + 1 : hit.at + 5]
        near = near[: near.index(MARK)] if MARK in near else near
        return any(word in POINTERS for word in near)

    def _refers(self, hit: Hit, unit: Unit) -> bool:
        """Say whether what is said begins with a word that points back: "said it was right"."""
        if hit.frame not in ("that", "clause") or hit.content >= unit.last:
            return False
        return self.low[hit.content] in ANAPHORS

    # --- the stretch of a statement -------------------------------------------------------------

    def extent(
        self, hit: Hit, via: list[Hit], before: Hit | None, following: Hit | None, unit: Unit
    ) -> tuple[int, int]:
        """Return the items of a statement: reporting clause and content."""
        first = min([hit.first, *(each.first for each in via)])
        if hit.side == "left" or (hit.marks and min(hit.marks) < first):
            start = unit.first
            if before is not None and before.at < hit.at:
                start = max([before.at + 1, *(mark + 1 for mark in before.marks)])
            first = min([start, first, *hit.marks])
        if self.low[first] == "who" and hit.aside:
            first = self._antecedent(first, unit)
        if hit.passive and hit.subject.first > hit.at:
            first = self.speakers.phrase_start(hit.at, unit.first)
            while first > unit.first and self.low[first - 1] not in (",", ";", MARK):
                first -= 1
        last = unit.last
        if following is not None:
            last = self._stop(hit, first, following, unit)
        while first < last - 1 and self.low[first] in LEADING:
            first += 1
        while last - 1 > first and self.low[last - 1] in TRAILING:
            last -= 1
        return first, last

    def _antecedent(self, who: int, unit: Unit) -> int:
        """Return where the name begins that "who" stands behind, or "who" itself."""
        before = who - 1 if self.low[who - 1] == "," else who
        named = self.speakers.cast.ending.get(before)
        if named is None or named.first < unit.first:
            return who
        return self.speakers.phrase_start(named.first, unit.first)

    def _stop(self, hit: Hit, first: int, following: Hit, unit: Unit) -> int:
        """Return where a statement ends at the latest, because the next verb's begins."""
        stop = min([following.first, *following.marks])
        if following.side == "left" and not following.marks:
            stop = self._content_start(hit, following)
        held = [hit.at + 1, *(mark + 1 for mark in hit.marks)]
        if stop <= first:
            return max([hit.subject.last, *held])
        return max([*held, min(unit.last, stop)])

    def _content_start(self, hit: Hit, following: Hit) -> int:
        """Return where the words begin that a later verb reports."""
        for i in range(following.first - 2, hit.at, -1):
            if self.low[i] in (",", ";", MARK):
                return i
        return following.first

    def _shorten(self, draft: Draft, hit: Hit, marks: list[int]) -> None:
        """Cut a long statement to its quotes and the verb that gives them their speaker."""
        outer = [self.words.quotes[i].outer for i in marks]
        start, end = min(span.start for span in outer), max(span.end for span in outer)
        clause = self.words.span(hit.first, max(hit.at + 1, hit.subject.last))
        low, high = min(start, clause.start), max(end, clause.end)
        draft.start, draft.end = (low, high) if high - low <= SHORT else (start, end)

    def _date(self, hit: Hit, unit: Unit) -> datetime.date | None:
        """Return the day on which it was said, where the reporting clause names one."""
        verb = self.words.spans[hit.at][0]
        content = self.words.spans[min(hit.content, unit.last - 1)][0]
        quotes = [self.words.quotes[i] for i in hit.marks]
        best: tuple[int, datetime.date] | None = None
        low = bisect_left(self.date_starts, unit.span.start)
        for date in self.dates[low : bisect_left(self.date_starts, unit.span.end)]:
            inside = hit.side == "right" and hit.frame != "quote" and date.start >= content
            inside = inside or any(quote.start <= date.start < quote.end for quote in quotes)
            if date.first != date.last or inside or (hit.aside and date.start < verb):
                continue
            distance = abs(date.start - verb)
            if best is None or distance < best[0]:
                best = distance, date.first
        return best[1] if best else None
