"""The article as it is sent to a model, and where words of it stand in the raw text."""

from __future__ import annotations

from burdenshare.reading.document import Document, Span

LONGEST = 60_000  # characters that are sent
_MOST_PLACES = 200
_FARTHEST = 10 * LONGEST  # characters of markup and words that are looked at in a paragraph


class Sent:
    """The article's own words with single blanks, and the way back to the raw text.

    What was removed, and all markup, is not in it. `cut` says that the end was left out.

    >>> from burdenshare.reading.read import read_document
    >>> sent = Sent(read_document("We pay  12.5%, not 2.5%.", None))
    >>> sent.text
    'We pay 12.5%, not 2.5%.'
    >>> sent.places("2.5%")
    [Span(start=19, end=23)]
    """

    def __init__(self, document: Document) -> None:
        self._letters: list[str] = []
        self._offsets: list[int] = []
        for paragraph in document.paragraphs:
            if self._letters:
                self._letters += "\n\n"
                self._offsets += [paragraph.start] * 2
            self._add(document, paragraph)
            if len(self._letters) > LONGEST:
                break
        self.cut = len(self._letters) > LONGEST
        self.text = "".join(self._letters[:LONGEST])

    def _add(self, document: Document, paragraph: Span) -> None:
        """Add a paragraph's words; blanks that stand for markup are none."""
        raw, blank = document.raw, True
        for at in range(paragraph.start, min(paragraph.end, paragraph.start + _FARTHEST)):
            letter = document.text[at]
            if not letter.isspace():
                self._letters.append("’" if letter == "ʼ" else letter)
                self._offsets.append(at)
                blank = False
            elif not blank and (raw[at].isspace() or letter == "\n" or raw[at] == "&"):
                self._letters.append(" ")
                self._offsets.append(at)
                blank = True

    def places(self, words: str) -> list[Span]:
        """Return where words stand verbatim, as whole words and numbers."""
        found: list[Span] = []
        at = self.text.find(words)
        while at >= 0 and len(found) < _MOST_PLACES:
            end = at + len(words)
            if _whole(self.text, at, end):
                found.append(Span(self._offsets[at], self._offsets[end - 1] + 1))
            at = self.text.find(words, at + 1)
        return found

    def place(self, words: str, near: str) -> Span | str:
        """Return the one place of words, or the reason why there is none.

        Of several it is the nearest to other words, if those stand at one place alone.
        """
        found = self.places(words)
        if not found:
            return "words not in the article"
        if len(found) == 1:
            return found[0]
        around = self.places(near) if near else []
        if len(around) != 1:
            return "words at several places"
        far = sorted((_distance(each, around[0]), each.start, each) for each in found)
        return "words at several places" if far[0][0] == far[1][0] else far[0][2]


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether no word and no number is cut at the ends of a stretch."""
    for at in (start, end):
        before, after = text[max(0, at - 2) : at], text[at : at + 2]
        if before[-1:].isalnum() and after[:1].isalnum():
            return False
        if before[-1:].isdigit() and after[:1] in (".", ",") and after[1:].isdigit():
            return False
        if before[:1].isdigit() and before[1:] in (".", ",") and after[:1].isdigit():
            return False
    return True


def _distance(one: Span, two: Span) -> int:
    return max(one.start - two.end, two.start - one.end, 0)
