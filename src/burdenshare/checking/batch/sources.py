"""Where many articles come from: folders, JSON Lines, Parquet, and files of one article."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from burdenshare.checking.article import LARGEST, read_raw
from burdenshare.errors import UserError
from burdenshare.world.dates import Day

PAGES = (".html", ".htm")
ARTICLES = (".txt", *PAGES)
_LONGEST_NAME = 1000  # characters of an id, a title or an address that are kept
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Item:
    """One article to check, or why it cannot be read.

    `number` counts from 0 through all inputs; `path` is the file, with the line or row where it
    holds many. `html` is None where the text itself must tell. `raw` is empty with a `problem`.
    """

    number: int
    id: str
    path: str
    raw: str = ""
    problem: str = ""
    date: Day | None = None
    html: bool | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None


class Digest(Protocol):
    """What takes in bytes and tells them apart from others."""

    def update(self, data: bytes, /) -> None:
        """Take in some bytes."""


class Source(Protocol):
    """Something that holds articles, in an order that stays the same."""

    def survey(self, digest: Digest) -> int:
        """Put all that it holds into a digest and return how many items it has."""

    def items(self, first: int) -> Iterator[Item]:
        """Yield the items, numbered from `first`; unreadable ones have a problem."""


def sources(names: Sequence[str], encoding: str = "utf-8") -> list[Source]:
    """Return the sources that names stand for, in their order.

    Raises UserError for what is not there, cannot be opened, or has no column `text`.
    """
    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        raise UserError(f"encoding {encoding!r} is unknown: write utf-8 or cp1252") from None
    return [_source(name, encoding) for name in names]


def survey(found: Iterable[Source]) -> tuple[str, int]:
    """Return the SHA-256 of all inputs and the number of their items; each is read once."""
    digest = hashlib.sha256()
    count = 0
    for source in found:
        digest.update(f"{type(source).__name__}\n".encode())
        count += source.survey(digest)
    return digest.hexdigest(), count


def items(found: Iterable[Source]) -> Iterator[Item]:
    """Yield the items of all sources, in order."""
    number = 0
    for source in found:
        for item in source.items(number):
            number = item.number + 1
            yield item


def short(text: str) -> str:
    """Return a name as it is kept: of bounded length, and text that can be written.

    >>> short("a" * 2000)[-2:], short("half \\ud800")
    ('a…', 'half ?')
    """
    sound = text.encode("utf-8", "replace").decode()
    return sound if len(sound) <= _LONGEST_NAME else sound[: _LONGEST_NAME - 1] + "…"


def named(path: Path | str) -> str:
    """Return a path as text that can be written, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _source(name: str, encoding: str) -> Source:
    from burdenshare.checking.batch.records import Lines, Rows

    path = Path(name)
    if name == "-":
        raise UserError("-o reads files, which can be read again: give a folder or a file, not -")
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}") from None
    if stat.S_ISDIR(mode):
        return Folder(path, encoding)
    if not stat.S_ISREG(mode):
        raise UserError(f"{name} is no file that can be read twice: give a folder or a file")
    kinds: dict[str, Callable[[Path], Source]] = {
        ".jsonl": Lines,
        ".ndjson": Lines,
        ".parquet": Rows,
    }
    kind = kinds.get(path.suffix.lower())
    return kind(path) if kind else Single(path, encoding)


@dataclass(frozen=True, slots=True)
class Single:
    """A file of one article."""

    path: Path
    encoding: str

    def survey(self, digest: Digest) -> int:
        """Take in the name and the bytes."""
        _take_in(self.path, self.path.name, digest)
        return 1

    def items(self, first: int) -> Iterator[Item]:
        """Yield the article."""
        yield _article(first, self.path, named(self.path.name), self.encoding)


@dataclass(frozen=True, slots=True)
class Folder:
    """All .txt, .html and .htm files below a folder; links to folders are not followed."""

    path: Path
    encoding: str

    def survey(self, digest: Digest) -> int:
        """Take in the names and the bytes of all files."""
        count = 0
        for path, problem in self._files():
            if problem:
                digest.update(problem.encode("utf-8", "replace"))
            else:
                _take_in(path, os.path.relpath(path, self.path), digest)
            count += 1
        return count

    def items(self, first: int) -> Iterator[Item]:
        """Yield the articles by name; the id of each is its path below the folder."""
        for number, (path, problem) in enumerate(self._files(), start=first):
            name = named(Path(os.path.relpath(path, self.path)).as_posix())
            if problem:
                yield Item(number, short(name), named(path), problem=problem)
            else:
                yield _article(number, path, name, self.encoding)

    def _files(self) -> Iterator[tuple[Path, str]]:
        """Yield the files in order, and the folders that cannot be read with the reason."""
        left: list[os.DirEntry[str] | Path] = [self.path]
        while left:
            entry = left.pop()
            path = Path(entry)
            if isinstance(entry, os.DirEntry) and not entry.is_dir(follow_symlinks=False):
                if path.suffix.lower() in ARTICLES:
                    yield path, ""
                continue
            try:
                with os.scandir(path) as found:
                    left += sorted(found, key=lambda each: os.fsencode(each.name), reverse=True)
            except OSError as error:
                yield path, f"the folder cannot be read: {error.strerror}"


def _article(number: int, path: Path, name: str, encoding: str) -> Item:
    """Return the article in a file."""
    html = True if path.suffix.lower() in PAGES else None
    item = Item(number, short(name), named(path), html=html)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return replace(item, problem="it is no file")
        return replace(item, raw=read_raw(str(path), encoding))
    except OSError as error:
        return replace(item, problem=f"it cannot be read: {error.strerror}")
    except UserError as error:
        return replace(item, problem=str(error).removeprefix(str(path)).lstrip(": "))


def _take_in(path: Path, name: str, digest: Digest) -> None:
    """Put the name and the bytes of a file into a digest, as far as anybody reads them."""
    digest.update(os.fsencode(name) + b"\0")
    with contextlib.suppress(OSError):
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                size = 0
                while size <= LARGEST and (block := file.read(_BLOCK)):
                    size += len(block)
                    digest.update(block)
                digest.update(f"\0{size}".encode())
