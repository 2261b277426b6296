"""Words of the world that a reader must know: names of countries, groups and organisations.

The lexicon is given to the reader by whoever knows the world; it holds no figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from burdenshare.reading.document import Span

_START = attrgetter("start")
_SENTENCE = 1500  # characters
_SENTENCES = 256
# ʼ is the apostrophe of a page's markup, and no letter here.
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_ʼ]+")


@dataclass(frozen=True, slots=True)
class Name(Span):
    """A name in the text: its kind (country, group, organisation) and what it stands for.

    `weak` marks a word that may mean something else: an adjective, a demonym, a capital.
    """

    kind: str
    id: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the lexicon, as it is written."""

    phrase: str
    kind: str
    id: str
    weak: bool = False


class Lexicon:
    """Phrases by their first word, so that a text is searched in one pass.

    >>> lexicon = Lexicon([Entry("United States", "country", "USA"), Entry("U.S.", "country", "USA")])
    >>> [name.id for name in lexicon.find("The U.S. and the United States")]
    ['USA', 'USA']
    """  # noqa: E501 - an example in one line

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._single: dict[str, Entry] = {}
        self._longer: dict[str, dict[str, list[tuple[tuple[str, ...], Entry]]]] = {}
        for entry in sorted(entries, key=lambda each: each.weak):
            words = tuple(_WORD.findall(entry.phrase.removeprefix("the ")))
            if len(words) == 1:
                self._single.setdefault(words[0], entry)
            elif words:
                seconds = self._longer.setdefault(words[0], {})
                seconds.setdefault(words[1], []).append((words, entry))
        self._kept = lru_cache(maxsize=_SENTENCES)(self._search)
        self._first = frozenset({*self._single, *self._longer})
        for seconds in self._longer.values():
            for phrases in seconds.values():
                phrases.sort(key=lambda each: -len(each[0]))

    def find(self, text: str) -> list[Name]:
        """Return the names in a text, the longest at each place, in order.

        Sentences are asked for again and again, by one question after the other: they are kept.
        """
        return list(self._kept(text)) if len(text) <= _SENTENCE else self._search(text)

    def _search(self, text: str) -> list[Name]:
        words = list(_WORD.finditer(text))
        spelt = [word.group() for word in words]
        found: list[Name] = []
        skip = 0
        for index in [i for i, word in enumerate(spelt) if word in self._first]:
            if index < skip:
                continue
            entry, count = self._at(text, words, spelt, index)
            if entry is not None:
                start, end = words[index].start(), words[index + count - 1].end()
                found.append(Name(start, end, entry.kind, entry.id, entry.weak))
                skip = index + count
        return found

    def _at(
        self, text: str, words: Sequence[re.Match[str]], spelt: Sequence[str], index: int
    ) -> tuple[Entry | None, int]:
        """Return the longest phrase that starts at a word, and how many words it has."""
        seconds = self._longer.get(spelt[index])
        if seconds and index + 1 < len(spelt):
            for phrase, entry in seconds.get(spelt[index + 1], ()):
                last = index + len(phrase) - 1
                if tuple(spelt[index : last + 1]) == phrase:
                    between = text[words[index].start() : words[last].end()]
                    if len(between) <= 2 * len(entry.phrase) + 4:
                        return entry, len(phrase)
        return self._single.get(spelt[index]), 1


def within(spans: Sequence[Span], outer: Span) -> range:
    """Return the indices of sorted spans that start inside another span.

    >>> within([Span(0, 2), Span(5, 6), Span(9, 12)], Span(4, 10))
    range(1, 3)
    """
    if not spans:
        return range(0)
    first = bisect_left(spans, outer.start, key=_START)
    last = bisect_left(spans, outer.end, first, key=_START)
    return range(first, last)
