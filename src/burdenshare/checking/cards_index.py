"""Finding the card that a figure is about: by words, names and closeness, never by its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from burdenshare.checking.cards import Card, Group
from burdenshare.reading.document import DateMention, Quantity, Span
from burdenshare.reading.lexicon import Name

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*|[;—–:,]")
_KEY = 4  # letters of a word by which cards are looked up
# Marks between a figure and a word, and how many words each of them counts for.
_BREAKS = {";": 10, "—": 10, "–": 10, ":": 10, ",": 2}
_CLAUSE = 14  # words off a figure within which its own clause is taken to run
_SPOILT = 10  # and within which words that a card refuses count
_BEHIND = 3  # what a date stands closer to: the words before it
_HARD = re.compile(r"[’']s$|[’']$")


@dataclass(frozen=True, slots=True)
class Word(Span):
    """One word of a sentence in lower case, without the ending of a possessive."""

    text: str


class Sheet:
    """The words and names of one stretch of text, with their places.

    >>> sheet = Sheet("NATO's troops", 0, ())
    >>> [word.text for word in sheet.words]
    ['nato', 'troops']
    """

    def __init__(self, text: str, start: int, names: Sequence[Name]) -> None:
        self.words = [
            Word(start + m.start(), start + m.end(), _HARD.sub("", m.group().lower()))
            for m in _WORD.finditer(text)
        ]
        self._at: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            self._at.setdefault(word.text, []).append(i)
        self.spelt = self._at.keys()
        self._places: dict[int, list[Span]] = {}  # by the identity of the group
        self.names = names
        self.named = frozenset(f"{name.kind}:{name.id}" for name in names)

    def look_up(self) -> frozenset[str]:
        """Return what cards may be looked up by: names, and words by their beginnings."""
        return self.named | {word[:_KEY] for word in self.spelt}

    def places(self, group: Group) -> list[Span]:
        """Return where the words of a group stand."""
        found = self._places.get(id(group))
        if found is None:
            found = [n for n in self.names if f"{n.kind}:{n.id}" in group.names]
            found += self._words(group)
            self._places[id(group)] = found
        return found

    def _words(self, group: Group) -> Iterator[Span]:
        for word in group.exact & self.spelt:
            yield from (self.words[i] for i in self._at[word])
        if group.starts:
            for word in self.spelt:
                if word.startswith(group.starts):
                    yield from (self.words[i] for i in self._at[word])
        for phrase in group.phrases:
            for i in self._at.get(phrase[0], ()):
                if self._follows(i, phrase):
                    yield Span(self.words[i].start, self.words[i + len(phrase) - 1].end)

    def _follows(self, at: int, phrase: tuple[str, ...]) -> bool:
        rest = self.words[at : at + len(phrase)]
        return len(rest) == len(phrase) and all(
            word.text.startswith(part[:-1]) if part.endswith("*") else word.text == part
            for word, part in zip(rest, phrase, strict=True)
        )

    def holds(self, group: Group) -> bool:
        """Say whether a word of a group stands here."""
        return bool(self.places(group))

    def close(self, figure: Span, group: Group, words: int) -> bool:
        """Say whether a word of a group stands within so many words of a figure."""
        return any(self.apart(figure, place) <= words for place in self.places(group))

    def apart(self, figure: Span, other: Span) -> int:
        """Return how many words stand between two places, more where a clause ends between."""
        low, high = min(figure.end, other.end), max(figure.start, other.start)
        between = [word.text for word in self.words if low <= word.start < high]
        return sum(_BREAKS.get(word, 1) for word in between)

    def foreign(self, figure: Span, tie: Span, card: Card) -> bool:
        """Say whether a country that a card does not speak of stands before its figure."""
        if tie.start > figure.start:
            return False
        own = frozenset().union(*(group.names for group in card.about))
        return any(
            name.kind == "country"
            and tie.end <= name.start < figure.start
            and f"country:{name.id}" not in own
            for name in self.names
        )

    def nearest(self, figure: Span, group: Group, side: str = "") -> tuple[int, Span] | None:
        """Return the words of a group closest to a figure, and how far they are.

        `side` takes those before it alone, or those after it.
        """
        places = [place for place in self.places(group) if not place.holds(figure)]
        if side:
            places = [p for p in places if (p.start < figure.start) == (side == "before")]
        behind = _BEHIND if isinstance(figure, DateMention) else 0
        found = [
            (self.apart(figure, place) + behind * (place.start > figure.start), place)
            for place in places
        ]
        return min(found, key=lambda each: each[0], default=None)


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that fits a figure: how many groups its clause holds, and the closest words.

    `carried` says that the other groups stand in the sentence or in one of the two before it.
    """

    card: Card
    inside: int
    apart: int
    tie: Span
    carried: bool

    @property
    def rank(self) -> tuple[int, int]:
        """How well it fits: better is larger."""
        return self.inside, -self.apart


class Deck:
    """All cards, looked up by the words of their first group."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards = {card.id: card for card in cards}
        self._by_key: dict[str, list[Card]] = {}
        for card in self.cards.values():
            for key in _keys(card.about[0]):
                self._by_key.setdefault(key, []).append(card)

    def maybe(self, sheet: Sheet) -> list[Card]:
        """Return the cards whose first group may stand in a sentence."""
        found: dict[str, Card] = {}
        for key in sheet.look_up():
            for card in self._by_key.get(key, ()):
                found[card.id] = card
        return list(found.values())


def fits_type(card: Card, figure: Quantity | DateMention) -> bool:
    """Say whether a figure is of the type and unit that a card gives."""
    if isinstance(figure, DateMention):
        return card.dimension == "date"
    kind = "percent" if figure.dimension == "fraction" else figure.dimension
    if kind != card.dimension:
        return False
    if kind == "number":
        return figure.unit == card.unit
    return kind != "money" or not card.unit or figure.unit == card.unit


def hit_of(
    card: Card, figure: Quantity | DateMention, sheet: Sheet, around: Callable[[], list[Sheet]]
) -> Hit | None:
    """Return how a card fits a figure, or None; what stands around is looked at where needed."""
    tie = sheet.nearest(figure, card.near, card.side)
    if tie is None or tie[0] > card.within or _capital(card, tie[1]):
        return None
    inside = 0
    carried = True
    for group in card.about:
        if sheet.close(figure, group, _CLAUSE):
            inside += 1
        elif not sheet.holds(group):
            if not group.around or not any(each.holds(group) for each in around()):
                return None
            carried = carried and any(each.holds(group) for each in around()[:2])
    if sheet.close(figure, card.without, _SPOILT):
        return None
    if sheet.foreign(figure, tie[1], card):
        return None
    return Hit(card, inside, *tie, carried)


def _capital(card: Card, tie: Span) -> bool:
    """Say whether a membership would be that of a word which may be a place: "in Washington"."""
    return card.kind == "membership" and isinstance(tie, Name) and tie.weak


def _keys(group: Group) -> Iterator[str]:
    yield from group.names
    for word in group.exact:
        yield word[:_KEY]
    for word in (*group.starts, *(phrase[0].rstrip("*") for phrase in group.phrases)):
        yield word[:_KEY]
