"""The state of a page in its address, and how a page is cited."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from burdenshare import __version__
from burdenshare.showing.words import clean
from burdenshare.world.dates import Day
from burdenshare.world.load import World

Pairs = Sequence[tuple[str, object]]
_MADE = ("world", "version", "result", "sources")
_HEX = re.compile(r"[0-9a-f]{4,64}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_MARK = 8  # letters of a mark: three for the day, five of the hash
_SOURCES = re.compile(r"(?:[0-9a-z]{3}[0-9a-f]{5}){1,60}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ZERO = Day(1945, 1, 1)
_HEADER = ("version", "world", "overrides")


@dataclass(frozen=True, slots=True)
class Link:
    """What an address says of the world and the program that it was made with.

    `result` is the print of the answer, `sources` are the releases it used; both are empty where
    the address does not give them.
    """

    world: str
    version: str
    result: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How an answer stands to the address it was asked by, in words; empty where it is the same."""

    title: str
    lines: tuple[str, ...]


def link_of(request: Request, world: World) -> Link:
    """Return what an address was made with; this world and program where it does not say."""
    given = request.query_params
    made = Link(
        _known(given.get("world"), _HEX) or world.hash,
        _known(given.get("version"), _VERSION) or __version__,
        _known(given.get("result"), _HEX),
        _parted(_known(given.get("sources"), _SOURCES)),
    )
    return made


def _parted(text: str) -> tuple[str, ...]:
    return tuple(text[place : place + _MARK] for place in range(0, len(text), _MARK))


def _known(text: str | None, kind: re.Pattern[str]) -> str:
    return text if text is not None and kind.fullmatch(text) else ""


def address(path: str, pairs: Pairs, link: Link | None = None) -> str:
    """Return an address: a path, what is asked, and with what it was made.

    >>> address("/exit/nato", [("country", "USA"), ("gate", None)], Link("ab12", "0.1.0"))
    '/exit/nato?country=USA&world=ab12&version=0.1.0'
    """
    asked = [(name, str(value)) for name, value in pairs if value not in (None, "")]
    if link is not None:
        asked += [("world", link.world), ("version", link.version)]
        if link.result:
            asked.append(("result", link.result))
        if link.sources:
            asked.append(("sources", "".join(link.sources)))
    text = urlencode(asked, safe=":,./=~")
    return f"{path}?{text}" if text else path


def print_of(answer: Mapping[str, Any]) -> str:
    """Return the print of an answer: equal ones have equal figures, whatever made them."""
    shown = {name: value for name, value in answer.items() if name not in _HEADER}
    text = json.dumps(shown, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def marks(sources: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return short marks of the releases that an answer used: the day and the hash."""
    found = {
        _numbered(Day.fromisoformat(str(each["published"]))) + str(each["hash"])[:5]
        for each in sources
        if each.get("published") and _HEX.fullmatch(str(each.get("hash") or ""))
    }
    return tuple(sorted(found)[-40:])


def _numbered(day: Day) -> str:
    """Return a day as three letters or digits.

    >>> _numbered(Day(1945, 1, 2)), _numbered(Day(2026, 7, 10))
    ('001', 'mz3')
    """
    count, found = (day - _ZERO).days, ""
    for _ in range(3):
        count, place = divmod(count, len(_DIGITS))
        found = _DIGITS[place] + found
    return found


def _day_of(mark: str) -> Day:
    return _ZERO + datetime.timedelta(days=min(int(mark[:3], 36), 40_000))


def standing(
    link: Link, world: World, answer: Mapping[str, Any], sources: Sequence[Mapping[str, Any]] = ()
) -> Standing | None:
    """Say whether an answer is the one that an address was made for, and what changed if not."""
    same_maker = (link.world, link.version) == (world.hash, __version__)
    if same_maker and (not link.result or link.result == print_of(answer)):
        return None
    made = f"This link was made with burdenshare {link.version} on world {link.world}; "
    made += f"this is {__version__} on world {world.hash}."
    if link.result and link.result == print_of(answer):
        return Standing("The same figures as when this link was made", (made,))
    lines = [made, *_changes(link, sources)]
    if link.result:
        return Standing("The figures have changed since this link was made", tuple(lines))
    lines.append("The link does not carry the print of its answer: figures may have changed.")
    return Standing("This link was made with other data", tuple(lines))


def _changes(link: Link, sources: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say which releases are used now and were not then, and the other way round."""
    if not link.sources:
        return []
    now = {mark: each for each in sources for mark in marks([each])}
    new = [each for mark, each in now.items() if mark not in link.sources]
    gone = [mark for mark in link.sources if mark not in now]
    said = [f"Used now and not then: {_named(each)}." for each in new]
    said += [
        f"Used then and not now: a release of {_day_of(mark)} (hash {mark[3:]}…)." for mark in gone
    ]
    return said or ["The same releases are used: a rule, a register or the program changed."]


def _named(source: Mapping[str, Any]) -> str:
    return f"{clean(source['document'])} ({clean(source['published'])}, {str(source['hash'])[:6]}…)"


@dataclass(frozen=True, slots=True)
class Citation:
    """How a page is cited: as text, in BibTeX, and by the address that gives it again."""

    text: str
    bibtex: str
    url: str


def citation(title: str, told: str, url: str, as_of: str, key: str) -> Citation:
    """Return how a page is cited; `told` says what it is made of."""
    text = f"{told} {url}"
    fields = {
        "title": title,
        "author": "{The burdenshare contributors}",
        "year": as_of[:4],
        "howpublished": "burdenshare " + __version__,
        "note": told,
        "url": url,
    }
    body = ",\n".join(f"  {name} = {{{_tex(name, value)}}}" for name, value in fields.items())
    return Citation(text, f"@misc{{burdenshare-{key},\n{body}\n}}", url)


def _tex(field: str, text: str) -> str:
    if field in ("url", "author"):
        return text
    return re.sub(r"([&%$#_])", r"\\\1", clean(text).replace("{", "(").replace("}", ")"))
