"""A last look at figures that nothing reads: by what the words around them are about.

A topic is a matter with its words (`content/topics.toml`). A figure of its kind, in a sentence that
holds these words or comes after them, makes a weak candidate with whom the figure is about; so does
a place among the payers, "Germany is fourth", and a count that leaves out what is counted, "six did
in 2021". What disagrees with such a candidate is never called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from burdenshare.files import CONTENT, Table, read_toml
from burdenshare.reading.claims import Candidate
from burdenshare.reading.discourse import Around
from burdenshare.reading.document import DateMention, Document, Quantity, Span
from burdenshare.reading.ellipsis import (
    Again,
    Counted,
    Place,
    count_in,
    levels_in,
    may_rank,
    places_in,
)
from burdenshare.reading.lexicon import Lexicon, Name
from burdenshare.reading.patterns import Item, Pattern

_REACH = ("sentence", "before", "article")
_NEAR = 3  # sentences before in which a matter is still at hand
_OPENING = 600  # characters of an article that say what it is about
_DIMENSIONS = ("percent", "money")
# What is wished, feared, compared or counted otherwise is not what a topic is about.
_GUARD = re.compile(
    r"\b(?:would|could|might|may|should|must|if|unless|plan(?:s|ned)?|pledg\w+|promis\w+|aim\w*|"
    r"wants?|wanted|call(?:s|ed|ing)? (?:for|on)|propos\w+|demand\w*|urg\w+|target|goal|minimum|"
    r"at least|threshold|guideline|forecast|polls?|survey\w*|voters?|approv\w+|chance|odds|stocks?|"
    r"shares? (?:rose|fell)|inflation|tariffs?|tax\w*|compan\w+|firms?|percentage points?|"
    r"third of|half of|not|never|whether)\b|n['’]t\b",
    re.IGNORECASE,
)
_MOVED_BY = re.compile(
    r"\b(?:by|up|down|another|further|extra|additional)\s+(?:(?!to\b|from\b)\w+\s+)?$"
)
_ADDED = re.compile(r"\b(?:another|(?:a )?further|an extra|an additional)\s+$")
_MORE = re.compile(
    r"\s*(?:more|less|higher|lower|increase|rise|cut|fewer|growth|drop|target|goal|mark|threshold|"
    r"guideline|benchmark|points?|short|of (?:its|the|all|their) (?:people|voters|population))\b"
)
_ALLIANCE = re.compile(r"\b(?:nato|alliance|allies|ally)\b")
_RECEIVES = re.compile(r"\b(?:receiv\w+|took in|taken in|collected|got)\b")
_BARE = re.compile(r"\W*(?:the )?\w+(?: \w+)?['’,]?s?\s")  # "Britain $366 million"
_THE_ONE = re.compile(r"\bthe one\b|\bthat (?:for|of)\b|^\W*(?:in \d{4} )?it (?:is|was|had been)\b")


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter with its words, the figures it has and the series that hold them.

    `allows` are words that do not stop it; `yields` those near which another topic goes first;
    `places` is the ranking that it has, or "".
    """

    id: str
    kind: str
    series: tuple[str, ...]
    figure: str
    base: tuple[str, ...]
    keys: tuple[str, ...]
    about: re.Pattern[str]
    also: re.Pattern[str] | None
    verbs: re.Pattern[str] | None
    without: re.Pattern[str] | None
    allows: re.Pattern[str] | None
    yields: re.Pattern[str] | None
    reach: int
    subject: str
    ask: str
    places: str

    def distance(self, places: Sequence[str]) -> int | None:
        """Return in which of the places its words stand first: 0 is the figure's own sentence."""
        seen = ""
        for far, words in enumerate(places[: self.reach + 1 + (self.reach == len(_REACH) - 1)]):
            seen += "\n" + words
            if self.about.search(seen) and (self.also is None or self.also.search(seen)):
                return far
        return None

    def stopped(self, words: str) -> bool:
        """Say whether words hold a wish, a fear or the like that the topic does not allow."""
        if self.allows is not None:
            words = self.allows.sub(" ", words)
        return _GUARD.search(words) is not None


def load_topics(path: Path = CONTENT / "topics.toml") -> tuple[Topic, ...]:
    """Return all topics, in the order of the file."""
    return tuple(_topic(name, table) for name, table in read_toml(path).named("topic"))


def _topic(name: str, table: Table) -> Topic:
    about = _words(table.texts("about"))
    assert about is not None
    found = Topic(
        id=name,
        kind=table.text("kind"),
        series=table.texts("series"),
        figure=table.choice("figure", _DIMENSIONS),
        base=table.texts("base"),
        keys=tuple(word.removesuffix(".") for word in table.texts("about")),
        about=about,
        also=_words(table.texts("also")),
        verbs=_words(table.texts("verbs")),
        without=_words(table.texts("without")),
        allows=_words(table.texts("allows")),
        yields=_words(table.texts("yields")),
        reach=_REACH.index(table.choice("reach", _REACH)),
        subject=table.text("subject"),
        ask=table.text("ask", "topic"),
        places=table.text("places", ""),
    )
    table.done()
    return found


def _words(words: Sequence[str]) -> re.Pattern[str] | None:
    """Return the form of words or their beginnings; one that ends with "." is a whole word."""
    if not words:
        return None
    forms = [re.escape(w[:-1]) + r"\b" if w.endswith(".") else re.escape(w) for w in words]
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + ")")


def topics(
    document: Document, lexicon: Lexicon, known: Sequence[Topic], read: Sequence[Counted]
) -> Iterator[Candidate]:
    """Yield a candidate for each figure outside the claims read that one topic and subject fit."""
    text = document.text.lower()
    if len(text) != len(document.text):
        return
    known = [topic for topic in known if any(key in text for key in topic.keys)]
    opening = text[:_OPENING]
    sentences = document.sentences
    shares = False
    for number, sentence in enumerate(sentences):
        start = sentences[max(number - 2, 0)].start
        around = Around(document, lexicon, sentence, Span(start, sentence.start), shares)
        if not (around.figures or may_rank(around)):
            continue
        own = text[sentence.start : sentence.end]
        low = sentences[max(number - _NEAR, 0)].start
        before = text[low : sentence.start]
        places = (own, before, opening[: sentence.start], opening[sentence.end :])
        look = _Look(around, known, places, read, {})
        yield from look.figures()
        yield from look.ranks()
        yield from look.counts()
        shares = shares or any(q.dimension == "percent" for q in around.figures)


@dataclass(frozen=True, slots=True)
class _Look:
    """One sentence, its topics, and what has been read of it."""

    around: Around
    known: Sequence[Topic]
    words: tuple[str, str, str, str]
    read: Sequence[Counted]
    found: dict[str, int | None]

    def far(self, topic: Topic) -> int | None:
        """Return how far off a topic's words stand from the sentence."""
        if topic.id not in self.found:
            self.found[topic.id] = topic.distance(self.words)
        return self.found[topic.id]

    def free(self, item: Span) -> bool:
        """Say whether no claim covers a span."""
        return not any(item.start < each.end and each.start < item.end for each in self.read)

    def figures(self) -> Iterator[Candidate]:
        """Yield what can be asked of the figures of the sentence."""
        for figure in self.around.figures:
            if figure.dimension not in (*_DIMENSIONS, "fraction") or not self.free(figure):
                continue
            topic = self._about(figure)
            if topic is not None:
                yield from self._candidate(figure, topic)

    def ranks(self) -> Iterator[Candidate]:
        """Yield the places that the sentence gives to somebody: "fourth", "the largest donor"."""
        around = self.around
        for place in places_in(around):
            words = around.piece(place.stated).of(around.text).lower()
            if not self.free(place.stated) or _GUARD.search(words):
                continue
            topic = self._ranked(place, words)
            if topic is None:
                continue
            slots: dict[str, Item] = {"stated": place.stated, "subject": place.subject}
            pattern = _pattern(topic, "rank", "topic-place", place.end_of)
            yield self._made(place.stated, pattern, slots, place.stated)

    def counts(self) -> Iterator[Candidate]:
        """Yield the counts that leave out what is counted: "six did in 2021"."""
        levels: list[Again] = []
        if any(_ALLIANCE.search(words) for words in self.words):
            levels = list(levels_in(self.around))
        for found in (*levels, *count_in(self.around, [*self.read, *levels])):
            if self.free(found.stated):
                pattern = _counting(found.side, found.level)
                slots: dict[str, Item] = {"stated": found.stated, "year": found.date}
                yield self._made(found.stated, pattern, slots, found.stated)

    def _about(self, figure: Quantity) -> Topic | None:
        """Return the one topic whose words stand nearest, or None."""
        around = self.around
        clause = around.clause(figure)
        words = clause.of(around.text).lower()
        guarded = around.text[clause.start : around.tail(figure).end].lower()
        fitting: list[tuple[int, Topic]] = []
        for topic in self.known:
            far = self.far(topic) if topic.figure == _kind(figure) else None
            if far is None or topic.stopped(guarded):
                continue
            if not self._moved(figure, clause, topic) and self._fits(figure, topic, words):
                fitting.append((far, topic))
        if not fitting:
            return None
        piece = around.piece(figure)
        one = self._one_gives(figure, piece)
        if one is not None:  # what one gives is no sum of all
            own = [each for each in fitting if (each[1].subject == "country") == one]
            fitting = own or (fitting if piece == clause else [])
        near = min((far for far, _ in fitting), default=0)
        return self._only([topic for far, topic in fitting if far == near], piece)

    def _one_gives(self, figure: Quantity, piece: Span) -> bool | None:
        """Say whether a sum is what somebody gives, or what is received of all; None if unclear."""
        if self.around.has_giver(figure):
            return True
        if any(piece.holds(name) for name in self.around.named):
            return True
        return False if _RECEIVES.search(piece.of(self.around.text)) else None

    def _only(self, nearest: Sequence[Topic], piece: Span) -> Topic | None:
        """Return the one topic, or that whose words stand most in a figure's own piece."""
        if len(nearest) < 2:
            return nearest[0] if nearest else None
        words = piece.of(self.around.text).lower()
        nearest = [
            t for t in nearest if not (t.yields and t.yields.search("\n".join(self.words[:2])))
        ]
        scores = [
            (bool(t.verbs and t.verbs.search(words)) + bool(t.about.search(words)), t)
            for t in nearest
        ]
        best = max((score for score, _ in scores), default=0)
        found = [topic for score, topic in scores if score == best]
        return found[0] if len(found) == 1 else None

    def _fits(self, figure: Quantity, topic: Topic, words: str) -> bool:
        """Say whether the words of a figure's clause, and its base, allow a topic."""
        around = self.around
        if topic.without and topic.without.search(around.piece(figure).of(around.text).lower()):
            return False
        base = figure.base.lower().removeprefix("the ")
        if (topic.base or figure.dimension == "fraction") and base not in topic.base:
            return False
        if topic.verbs is None or topic.verbs.search(words):
            return figure.dimension != "fraction" or bool(base)
        bare = _BARE.fullmatch(around.text[around.sentence.start : figure.start]) is not None
        again = bare or _THE_ONE.search(words) is not None
        return again and topic.verbs.search(self.words[1]) is not None

    def _moved(self, figure: Quantity, clause: Span, topic: Topic) -> bool:
        """Say whether a figure is a change or a target, and no level."""
        text = self.around.text
        front = text[clause.start : figure.start].lower()
        if topic.allows is not None and topic.allows.search("another") and _ADDED.search(front):
            return False
        return bool(_MOVED_BY.search(front) or _MORE.match(text, figure.end))

    def _ranked(self, place: Place, words: str) -> Topic | None:
        """Return the one topic whose ranking a place may be taken in."""
        fitting: list[tuple[int, Topic]] = []
        for topic in self.known:
            if not topic.places or not place.suits(topic.places):
                continue
            if topic.without and topic.without.search(words):
                continue
            far = self.far(topic)
            if far is not None:
                fitting.append((far, topic))
        near = min((far for far, _ in fitting), default=0)
        nearest = {topic.places: topic for far, topic in reversed(fitting) if far == near}
        return next(iter(nearest.values())) if len(nearest) == 1 else None

    def _candidate(self, figure: Quantity, topic: Topic) -> Iterator[Candidate]:
        """Yield what can be asked of a figure, if somebody is named for it."""
        slots: dict[str, Item] = {"stated": figure}
        begin: Span = figure
        if topic.subject == "country":
            subject = self.around.subject(figure)
            if subject is None:
                return
            begin = subject.name
            slots["subject"] = subject.name
            for role, name in zip(("other", "third"), subject.others, strict=False):
                slots[role] = name
        former = "former" if self.around.former(figure) else ""
        yield self._made(figure, _pattern(topic, topic.kind, topic.ask, former), slots, begin)

    def _made(
        self,
        stated: Quantity | Name,
        pattern: Pattern,
        slots: dict[str, Item],
        begin: Span,
    ) -> Candidate:
        around = self.around
        start = begin.start if around.sentence.holds(begin) else stated.start
        piece = around.piece(stated)
        slots["piece"] = Name(piece.start, piece.end, "words", piece.of(around.text).lower())
        near: tuple[DateMention, ...] = ()
        if isinstance(stated, Quantity) and _kind(stated) in _DIMENSIONS:
            near = around.attached(stated)
        else:
            near = tuple(d for d in around.dates if piece.holds(d))
        return Candidate(
            min(start, stated.start),
            stated.end,
            pattern,
            slots,
            stated,
            around.sentence,
            self._body(),
            near,
            tuple(d for d in around.earlier(stated) if d not in near),
            (),
            tuple(n.id for n in around.named if n.kind == "country"),
            self.words[0],
            self.words[2] + "\n" + self.words[1],
        )

    def _body(self) -> str:
        """Return the one organisation named in the sentence, else the last one before it."""
        around = self.around
        for span in (around.sentence, around.before):
            found = around.lexicon.find(span.of(around.text))
            named = [n.id for n in found if n.kind == "organisation"]
            if named:
                return named[-1] if span is around.before or len(set(named)) == 1 else ""
        return ""


def _kind(figure: Quantity) -> str:
    """Return the kind of figure that a topic may have: a fraction in words is a percentage."""
    return "percent" if figure.dimension == "fraction" else figure.dimension


@lru_cache(maxsize=256)
def _pattern(topic: Topic, kind: str, ask: str, period: str) -> Pattern:
    """Return the pattern that stands for a topic; it has no form of its own."""
    options = {
        "series": " ".join(topic.series),
        "subject": topic.subject,
        "places": topic.places,
        "period": period,
    }
    return _formless(topic.id, kind, ask, options)


@lru_cache(maxsize=64)
def _counting(side: str, level: str) -> Pattern:
    return _formless("count-again", "count", "count-again", {"side": side, "level": level})


def _formless(name: str, kind: str, ask: str, options: dict[str, str]) -> Pattern:
    return Pattern(
        id=name,
        kind=kind,
        ask=ask,
        written="",
        refused="",
        needs=(),
        weak=True,
        options=options,
        reads=(),
        must_not=(),
        where="topics.toml",
        lists={},
        lists_need={},
    )
