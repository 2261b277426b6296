"""Words of the world that a reader must know: names of countries, groups and organisations.

The lexicon is given to the reader by whoever knows the world; it holds no figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from burdenshare.reading.document import Span

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+")


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
        self._first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in entries:
            words = tuple(_WORD.findall(entry.phrase.removeprefix("the ")))
            if words:
                self._first.setdefault(words[0], []).append((words, entry))
        for phrases in self._first.values():
            phrases.sort(key=lambda each: (-len(each[0]), each[1].weak))

    def find(self, text: str) -> list[Name]:
        """Return the names in a text, the longest at each place, in order."""
        words = list(_WORD.finditer(text))
        found: list[Name] = []
        skip = 0
        for index, word in enumerate(words):
            phrases = self._first.get(word.group())
            if phrases is None or index < skip:
                continue
            for phrase, entry in phrases:
                last = index + len(phrase) - 1
                if (
                    last >= len(words)
                    or words[last].end() - word.start() > 2 * len(entry.phrase) + 4
                ):
                    continue
                if len(phrase) == 1 or _follow(words, index, phrase):
                    found.append(
                        Name(word.start(), words[last].end(), entry.kind, entry.id, entry.weak)
                    )
                    skip = last + 1
                    break
        return found


def _follow(words: Sequence[re.Match[str]], index: int, phrase: Sequence[str]) -> bool:
    """Say whether the words after the first one are those of a phrase."""
    return all(words[index + place].group() == phrase[place] for place in range(1, len(phrase)))


def within(spans: Sequence[Span], outer: Span) -> list[int]:
    """Return the indices of sorted spans that start inside another span.

    >>> within([Span(0, 2), Span(5, 6), Span(9, 12)], Span(4, 10))
    [1, 2]
    """
    first = bisect_left(spans, outer.start, key=lambda span: span.start)
    last = bisect_left(spans, outer.end, key=lambda span: span.start)
    return list(range(first, last))
