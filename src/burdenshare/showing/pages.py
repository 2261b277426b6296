"""What pages with charts share: templates, charts ready to show, and writing a file whole."""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from burdenshare.errors import UserError
from burdenshare.showing import plots, words

_URL = re.compile(r"https://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+")
_WORDY = 26  # characters above which the cells of a column are words, not figures


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart as the page shows it; `wordy` are the columns of its table that hold words."""

    name: str
    title: str
    note: str
    drawings: tuple[Markup, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wordy: frozenset[int]


def shown(chart: plots.Chart) -> Shown:
    """Return a chart with its specifications drawn."""
    columns = zip(*chart.rows, strict=True)
    return Shown(
        chart.name,
        chart.title,
        chart.note,
        tuple(Markup(plots.drawn(spec)) for spec in chart.specs),
        chart.head,
        chart.rows,
        frozenset(
            place
            for place, column in enumerate(columns)
            if max(map(len, column), default=0) > _WORDY
        ),
    )


def kind(chart: Shown, column: int) -> Markup:
    """Return the class of a column: figures stand at the right, words are given room."""
    if column in chart.wordy:
        return Markup(' class="long"')
    return Markup(' class="figure"' if column else "")


def check_page(path: Path) -> None:
    """Refuse a path that is no file to write, before any work is done.

    Raises UserError where the path is no file, its folder is missing, or its name is too long.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            raise UserError(f"{path} is not a file: name a file to write, such as report.html")
        if not target.parent.is_dir():
            raise UserError(f"{path.parent} is not a folder: make it, or write somewhere else")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None


def write_page(page: str, path: Path) -> None:
    """Write a page to a file, whole or not at all.

    Raises UserError where the path is no file, its folder is missing, or the disk refuses.
    """
    check_page(path)
    target = Path(os.path.realpath(path))
    part = target.with_name(f".report-{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(page.encode("utf-8", "replace"))
        part.replace(target)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


@functools.cache
def environment() -> Environment:
    """Return the templates, ready to fill; all that goes into them is escaped."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    found.filters |= {
        "clean": words.clean,
        "day": _day,
        "link": lambda text: text if _URL.fullmatch(str(text)) else "",
    }
    return found


def _day(day: object) -> str:
    """Return a day in words, where it is one."""
    try:
        return words.day_words(datetime.date.fromisoformat(str(day)))
    except ValueError:
        return words.clean(day)


def _safe(value: object) -> object:
    """Return what goes into the page without control characters; escaping comes after."""
    return value if isinstance(value, Markup) else words.visible(str(value))
