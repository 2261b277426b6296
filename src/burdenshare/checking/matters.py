"""What the words of an article are about: whether they fit the proposition that they were read as.

The reader takes a position from few words. Before a scenario is offered, more is asked: that the
organisation's matter is named, that a share is one of GDP, that it is the right country's deed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from burdenshare.checking.subjects import Deed, homes, leaves_it, ours, subjects
from burdenshare.reading.document import Document, Quantity, Span
from burdenshare.reading.lexicon import Lexicon, Name, within
from burdenshare.reading.positions import Position, Reader, weigh

BEFORE = 2  # paragraphs before a statement's own in which its matter may be named
_ARMS = (
    r"\b(?:defen[cs]e|defend|protect|militar|weapon|arms\b|tank|troop|soldier|all(?:y|ies|ied)\b)"
)
# By which words an article shows that it speaks of an organisation's matters: classes of words of
# propositions.toml, and words of their own.
_TOPICS = {
    "NATO": (("nato", "defence"), re.compile(_ARMS)),
    "EU": (("eu", "europe"), re.compile(_ARMS)),
    "UN": (("un", "wfp"), None),
    "UNESCO": (("unesco",), None),
    "WFP": (("wfp",), None),
}
_ARMED = ("defence", "rearm")
_DEED = re.compile(r"\bshould (\w+)")
_DEMAND = re.compile(r"\b(?:bill|motion|resolution|plan|propos\w+)\b")
_OUTPUT = re.compile(r"gdp|domestic product|output|national income|econom", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:by|rose|grew|fell)\s+(?:\w+\s+)?$")
_MORE = re.compile(r"\s*(?:more|less|higher|lower|increase|rise|cut|fewer)\b")


class Matters:
    """The words of one article, asked what a stretch of them is about."""

    def __init__(self, document: Document, lexicon: Lexicon, reader: Reader) -> None:
        self.document = document
        self.lexicon = lexicon
        self.known = reader.known
        self._reader = reader
        self._topics: dict[tuple[str, int, int], bool] = {}
        self._named: dict[tuple[int, int], list[Name]] = {}

    def names(self, span: Span) -> list[Name]:
        """Return the names in a stretch of the text, with offsets from its start."""
        place = (span.start, span.end)
        if place not in self._named:
            self._named[place] = self.lexicon.find(span.of(self.document.text))
        return self._named[place]

    def position(self, sentence: Span) -> Position:
        """Return the position of a sentence by its own words."""
        return weigh(self._reader.cut((sentence.start, sentence.end)), set(), self.known)[1]

    def demands(self, sentence: Span) -> bool:
        """Say whether a sentence demands something, speaks of a plan or names a sum of money."""
        text = self.document.text
        if sentence.of(text).rstrip(" ”\"'").endswith("?"):
            return False
        return (
            "must" in self._reader.classes(sentence.start, sentence.end)
            or _DEMAND.search(text, sentence.start, sentence.end) is not None
            or any(quantity.dimension == "money" for quantity in self._quantities(sentence))
        )

    def fits(self, said: Span, slug: str) -> bool:
        """Say whether a statement is about the matter and the country of a proposition."""
        meaning = self.known.meanings[slug]
        if not self._on_topic(said, self.known.organisations[slug]):
            return False
        if "GDP" in meaning and not self._of_output(said):
            return False
        return self._right_doer(said, meaning, self.known.organisations[slug])

    def _right_doer(self, said: Span, meaning: str, organisation: str) -> bool:
        """Say whether the one who is to do it is the country that a proposition begins with."""
        doer = _doer(self.lexicon, meaning)
        verb = _DEED.search(meaning)
        if not doer or not verb:
            return True
        deed = Deed(self._classes(verb[1]), organisation.lower())
        reading = self._reader.cut((said.start, said.end))
        if not leaves_it(said, deed, reading):
            return False
        named = subjects(said, deed, reading, self.names(said))
        if named:
            return doer in named
        home = homes(said)
        return not home or doer in home or not ours(said, self.document.text)

    def _classes(self, word: str) -> frozenset[str]:
        """Return the classes of a verb; of those of leaving, that class alone."""
        found = [names for phrase, names in self.known.phrases.get(word, ()) if len(phrase) == 1]
        classes = frozenset(name for names in found for name in names)
        return classes & {"leave"} or classes

    def _on_topic(self, said: Span, organisation: str) -> bool:
        """Say whether the matter is named in the statement's paragraph or those before it."""
        if organisation not in _TOPICS:
            return True
        parts = self.document.paragraphs
        own = bisect_right(parts, said.start, key=lambda part: part.start) - 1
        start = min(parts[max(own - BEFORE, 0)].start, said.start) if parts else said.start
        end = max(said.end, parts[own].end) if own >= 0 else said.end
        asked = (organisation, start, end)
        if asked not in self._topics:
            self._topics[asked] = self._speaks_of(*asked)
        return self._topics[asked]

    def _speaks_of(self, organisation: str, start: int, end: int) -> bool:
        """Say whether an organisation's matter is named between two places."""
        classes, words = _TOPICS[organisation]
        found = self._reader.classes(start, end)
        named = not found.isdisjoint(classes)
        if words is None:
            return named
        armed = bool(words.search(self.document.text, start, end))
        if organisation == "EU":
            return named and (armed or not found.isdisjoint(_ARMED))
        return named or armed

    def _of_output(self, said: Span) -> bool:
        """Say whether a share that a statement names can be one of GDP."""
        shares = [q for q in self.document.quantities if q.dimension == "percent" and said.holds(q)]
        return not shares or any(self._share(quantity) for quantity in shares)

    def _quantities(self, span: Span) -> list[Quantity]:
        found = self.document.quantities
        return [found[place] for place in within(found, span) if span.holds(found[place])]

    def _share(self, quantity: Quantity) -> bool:
        if quantity.base:
            return bool(_OUTPUT.search(quantity.base))
        text = self.document.text
        before = text[max(0, quantity.start - 30) : quantity.start]
        return not _CHANGE.search(before) and not _MORE.match(text, quantity.end)


@lru_cache(maxsize=128)
def _doer(lexicon: Lexicon, meaning: str) -> str:
    """Return the country that a proposition begins with, or ""."""
    return next((name.id for name in lexicon.find(meaning) if name.start <= len("The ")), "")
