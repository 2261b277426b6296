"""Whose deed a statement speaks of: "Turkey should leave NATO" is no proposal about America."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from burdenshare.reading.document import Span, Statement
from burdenshare.reading.lexicon import Name
from burdenshare.reading.positions import Reading
from burdenshare.reading.register import load_register

_OURS = re.compile(r"\b(?:[Ww]e|[Oo]urs?|us|[Ll]et[’']s|I)\b")
# Words that may stand between a country and its deed.
_LINK = frozenset(
    "should must will would shall may might could can to ought has have had need needs want wants "
    "is are was were be been not never also now soon then is set going plans planning planned "
    "considering threatens threatened and a the full possible planned formal eventual immediate "
    "allies nations countries members states governments government leaders".split()
)
# Words that may follow "leave" where what is left is not named behind it.
_OPEN = frozenset(
    "and or but now immediately today soon if unless because as when for while after before it "
    "them this that alone altogether entirely at by in to once without completely first".split()
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be done: classes of words of propositions.toml, and that of the organisation."""

    classes: frozenset[str]
    organisation: str

    @property
    def leaving(self) -> bool:
        """Say whether the deed is to leave."""
        return "leave" in self.classes

    def places(self, reading: Reading) -> list[tuple[int, int]]:
        """Return where the deed stands: offsets of the text."""
        return [place for name in self.classes for place in _offsets(reading, name)]


def subjects(said: Span, deed: Deed, reading: Reading, inside: Sequence[Name]) -> set[str]:
    """Return who is named as the one that does it: codes, or "EUROPE" for Europe as one.

    `inside` are the names in what is said, with offsets from its start.
    """
    text = reading.text
    names = [
        (said.start + name.start, said.start + name.end, name.id)
        for name in inside
        if name.kind == "country"
    ]
    for word, code in (("usa", "USA"), ("europe", "EUROPE")):
        for start, end in _offsets(reading, word):
            if not any(first <= start < last for first, last, _ in names):
                names.append((start, end, code))
    return {
        code
        for start, end, code in names
        for place in deed.places(reading)
        if _does(text, (start, end), place, owner=deed.leaving)
    }


def leaves_it(said: Span, deed: Deed, reading: Reading) -> bool:
    """Say whether what is left may be the organisation: "UN troops must leave Mali" is not.

    It is named behind the deed or right before it ("a NATO exit"), or nothing else is.
    """
    if not deed.leaving:
        return True
    named = reading.places.get(deed.organisation, ())
    deeds = [place for name in deed.classes for place in reading.places.get(name, ())]
    return not deeds or any(_left(said, place, named, reading) for place in deeds)


def _left(
    said: Span, deed: tuple[int, int], named: Sequence[tuple[int, int]], reading: Reading
) -> bool:
    """Say whether a name stands behind a deed or right before it, or nothing is left by name."""
    start, end = reading.starts[deed[0]], reading.ends[deed[1] - 1]
    if any(first >= deed[1] and not reading.parted(deed[1] - 1, first) for first, _ in named):
        return True
    before = [reading.text[reading.ends[last - 1] : start] for _, last in named if last <= deed[0]]
    if any(not words.strip(" -’'s") for words in before):
        return True
    word = re.match(r"\s*(\w+)", reading.text[end : said.end])
    return word is None or word[1].lower() in _OPEN


def homes(said: Span) -> set[str]:
    """Return the places that a speaker has served, where the register knows them."""
    speaker = said.speaker if isinstance(said, Statement) else None
    person = load_register().people.get(speaker.id) if speaker and speaker.id else None
    return {term.office.place for term in person.terms} if person else set()


def ours(said: Span, text: str) -> bool:
    """Say whether a statement speaks in the first person."""
    quotes = said.quotes if isinstance(said, Statement) else ()
    return any(_OURS.search(span.of(text)) for span in quotes or (said,))


def _offsets(reading: Reading, name: str) -> list[tuple[int, int]]:
    places = reading.places.get(name, ())
    return [(reading.starts[first], reading.ends[last - 1]) for first, last in places]


def _does(text: str, name: tuple[int, int], deed: tuple[int, int], *, owner: bool) -> bool:
    """Say whether a name stands right before a deed, "Turkey should leave", or is its owner.

    Of deeds that can be done to somebody, "Estonia's protection", nobody is the `owner`.
    """
    if name[1] > deed[0]:
        return owner and text[deed[1] : name[0]].split() in (["of"], ["of", "the"])
    between = re.findall(r"\w+", text[name[1] : deed[0]].lower())
    if not owner and not _LINK.intersection(between):
        return False
    return len(between) <= 5 and all(word in _LINK or word == "s" for word in between)
