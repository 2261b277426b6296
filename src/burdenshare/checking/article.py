"""Checking an article: from a file or a text to statements, claims and verdicts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from burdenshare import __version__
from burdenshare.checking.cards_read import CardReader
from burdenshare.checking.lexicon import world_lexicon
from burdenshare.checking.matters import Matters
from burdenshare.checking.quotations import quotations
from burdenshare.checking.results import Check, CheckedClaim
from burdenshare.checking.scenarios import proposed
from burdenshare.checking.verdicts import check_claim
from burdenshare.errors import UserError
from burdenshare.reading.claims import find_claims
from burdenshare.reading.document import Document, Span
from burdenshare.reading.extraction import HtmlReader, html_reader
from burdenshare.reading.frames_of_figures import frames
from burdenshare.reading.lexicon import Name, within
from burdenshare.reading.markup import looks_like_html, meta_date
from burdenshare.reading.patterns import Patterns
from burdenshare.reading.positions import read_words
from burdenshare.reading.read import read_document
from burdenshare.reading.statements import statements
from burdenshare.reading.topics import load_topics, topics
from burdenshare.world.dates import Day
from burdenshare.world.load import World

LARGEST = 10_000_000  # bytes of an article
_EARLIEST = Day(1949, 4, 4)


class Checker:
    """What is needed to check articles against one world, prepared once.

    With `charts` each claim carries its figure through all releases, as reports draw it.
    `reader` finds the article on a page of HTML: the better one installed, unless it is named.
    """

    def __init__(
        self, world: World, *, charts: bool = True, reader: HtmlReader | None = None
    ) -> None:
        self.world = world
        self.charts = charts
        self.reader = html_reader(reader)
        self.lexicon = world_lexicon(world)
        self.patterns = Patterns()
        self.cards = CardReader(world, self.lexicon)
        self.topics = load_topics()

    def check(
        self, raw: str, date: Day | None = None, path: str = "-", html: bool | None = None
    ) -> Check:
        """Return an article as checked; without a date, the one the page itself gives."""
        markup = looks_like_html(raw) if html is None else html
        basis: Literal["given", "found", "unknown"] = "given"
        day = date
        if day is None:
            day = meta_date(raw) if markup else None
            basis = "found" if day else "unknown"
        if day is not None and day < _EARLIEST:
            raise UserError(
                f"{path}: the article's day is {day}, before the North Atlantic Treaty: write the "
                f"day it was published, {_EARLIEST} or later"
            )
        document = read_document(raw, day, html=markup, reader=self.reader)
        found = find_claims(document, self.lexicon, self.patterns)
        claims: list[CheckedClaim] = []
        unread = list(found.unread)
        for candidate in found.candidates:
            checked = check_claim(self.world, candidate, raw, day, charts=self.charts)
            if checked is None:
                if isinstance(candidate.stated, Name):
                    continue
                unread.append(Span(candidate.start, candidate.end))
            else:
                claims.append(checked)
        claims += self._framed(document, claims, day)
        claims = self._carded(document, claims, day)
        unread = [span for span in unread if _open(document, span, claims)]
        claims += quotations(document, day)
        claims.sort(key=lambda claim: (claim.start, claim.end))
        reader = read_words(document.text)
        said = statements(document, reader=reader)
        matters = Matters(document, self.lexicon, reader)
        return Check(
            path=path,
            document=document,
            date_basis=basis,
            version=__version__,
            world=self.world.hash,
            as_of=day or self.world.latest,
            now=self.world.latest,
            statements=said,
            claims=tuple(replace(each, id=f"c{i}") for i, each in enumerate(claims, start=1)),
            unread=tuple(sorted(unread, key=lambda span: (span.start, span.end))),
            scenarios=proposed(self.world, document, said, day, matters),
        )

    def _framed(
        self, document: Document, claims: Sequence[CheckedClaim], day: Day | None
    ) -> list[CheckedClaim]:
        """Return the claims that a second look at the figures left over finds."""
        found = frames(document, self.lexicon, claims)
        raw, charts = document.raw, self.charts
        checked = [check_claim(self.world, each, raw, day, charts=charts) for each in found]
        framed = [each for each in checked if each is not None]
        read = [each for each in claims if each.kind != "conversion"]
        last = topics(document, self.lexicon, self.topics, [*read, *framed])
        asked = [check_claim(self.world, each, raw, day, charts=charts) for each in last]
        return framed + [each for each in asked if each is not None]

    def _carded(
        self, document: Document, claims: Sequence[CheckedClaim], day: Day | None
    ) -> list[CheckedClaim]:
        """Return the claims with those that cards answer, which replace what was left unchecked."""
        answered = [each for each in claims if each.verdict != "unchecked"]
        found = self.cards.candidates(document, answered)
        raw, charts = document.raw, self.charts
        asked = ((each, check_claim(self.world, each, raw, day, charts=charts)) for each in found)
        mine = [(each.stated, checked) for each, checked in asked if checked]
        given = [stated for stated, checked in mine if checked.verdict != "unchecked"]
        kept = [
            each
            for each in claims
            if each.verdict != "unchecked" or not any(each.meets(stated) for stated in given)
        ]
        taken = [each for each in kept if each.verdict == "unchecked"]
        kept += [
            checked
            for stated, checked in mine
            if checked.verdict != "unchecked" or not any(t.meets(stated) for t in taken)
        ]
        return kept


def _open(document: Document, span: Span, claims: Sequence[Span]) -> bool:
    """Say whether a span that stayed unread still holds a figure that no claim covers."""
    places = within(document.quantities, span)
    figures = [document.quantities[i] for i in places]
    counted = [q for q in figures if q.dimension != "ordinal"]
    return not counted or any(not any(q.meets(claim) for claim in claims) for q in counted)


def check_text(raw: str, date: Day | None = None, world: World | None = None) -> Check:
    """Check the text of one article against what was known on its day.

    >>> check = check_text("NATO's 32 members met in Vilnius.", Day(2025, 3, 2))
    >>> check.claims[0].verdict, check.claims[0].then.value
    ('supported', 32)
    """
    return Checker(world or World()).check(raw, date)


def check_file(checker: Checker, name: str, date: Day | None, encoding: str = "utf-8") -> Check:
    """Check the article in a file; "-" is standard input."""
    raw = read_raw(name, encoding)
    try:
        html = True if Path(name).suffix.lower() in (".html", ".htm") else None
        return checker.check(raw, date, name, html)
    except UserError as error:
        message = str(error)
        raise UserError(message if message.startswith(name) else f"{name}: {message}") from None


def read_raw(name: str, encoding: str = "utf-8") -> str:
    """Return the text of a file; "-" is standard input.

    Raises UserError, beginning with the name, for what is too large, binary or not decoded.
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            if Path(name).is_dir():
                raise UserError(f"{name} is a folder: give -o OUT.parquet to check all in it")
            with Path(name).open("rb") as file:
                data = file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise UserError(f"{name} is larger than 10 MB: give one article at a time")
    if b"\0" in data[:100_000] and not encoding.lower().startswith("utf-16"):
        raise UserError(f"{name} looks binary (it holds a zero byte): give a text or HTML file")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(
            f"{name} is not {encoding} (byte {error.start} is {data[error.start]:#04x}): save it "
            "as UTF-8, or give --encoding, such as --encoding cp1252"
        ) from None
    except (LookupError, UnicodeError):
        raise UserError(f"encoding {encoding!r} is unknown: write utf-8 or cp1252") from None
