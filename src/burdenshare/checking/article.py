"""Checking an article: from a file or a text to statements, claims and verdicts."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

from burdenshare import __version__
from burdenshare.checking.lexicon import world_lexicon
from burdenshare.checking.results import Check, CheckedClaim
from burdenshare.checking.scenarios import proposed
from burdenshare.checking.verdicts import check_claim
from burdenshare.errors import UserError
from burdenshare.reading.claims import find_claims
from burdenshare.reading.document import Span
from burdenshare.reading.markup import looks_like_html, meta_date
from burdenshare.reading.patterns import Patterns
from burdenshare.reading.read import read_document
from burdenshare.reading.statements import statements
from burdenshare.world.dates import Day
from burdenshare.world.load import World

_LARGEST = 10_000_000
_EARLIEST = Day(1949, 4, 4)


class Checker:
    """What is needed to check articles against one world, prepared once.

    With `charts` each claim carries its figure through all releases, as reports draw it.
    """

    def __init__(self, world: World, *, charts: bool = True) -> None:
        self.world = world
        self.charts = charts
        self.lexicon = world_lexicon(world)
        self.patterns = Patterns()

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
        document = read_document(raw, day, html=markup)
        found = find_claims(document, self.lexicon, self.patterns)
        claims: list[CheckedClaim] = []
        unread = list(found.unread)
        for candidate in found.candidates:
            checked = check_claim(self.world, candidate, raw, day, charts=self.charts)
            if checked is None:
                unread.append(Span(candidate.start, candidate.end))
            else:
                claims.append(replace(checked, id=f"c{len(claims) + 1}"))
        said = statements(document)
        return Check(
            path=path,
            document=document,
            date_basis=basis,
            version=__version__,
            world=self.world.hash,
            as_of=day or self.world.latest,
            now=self.world.latest,
            statements=said,
            claims=tuple(claims),
            unread=tuple(sorted(unread, key=lambda span: (span.start, span.end))),
            scenarios=proposed(self.world, document, said, day, self.lexicon),
        )


def check_text(raw: str, date: Day | None = None, world: World | None = None) -> Check:
    """Check the text of one article against what was known on its day.

    >>> check = check_text("NATO's 32 members met in Vilnius.", Day(2025, 3, 2))
    >>> check.claims[0].verdict, check.claims[0].then.value
    ('supported', 32)
    """
    return Checker(world or World()).check(raw, date)


def check_file(checker: Checker, name: str, date: Day | None, encoding: str = "utf-8") -> Check:
    """Check the article in a file; "-" is standard input."""
    raw = _read(name, encoding)
    try:
        html = True if Path(name).suffix.lower() in (".html", ".htm") else None
        return checker.check(raw, date, name, html)
    except UserError as error:
        message = str(error)
        raise UserError(message if message.startswith(name) else f"{name}: {message}") from None


def _read(name: str, encoding: str) -> str:
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            if Path(name).is_dir():
                raise UserError(f"{name} is a folder: give the file of one article")
            with Path(name).open("rb") as file:
                data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}") from None
    if len(data) > _LARGEST:
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
