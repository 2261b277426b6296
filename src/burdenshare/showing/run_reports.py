"""A run as one self-contained HTML page, and as a section of the report on an article."""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from burdenshare.errors import UserError
from burdenshare.showing import plots, words
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.run_charts import charts_of
from burdenshare.showing.run_repeat import cite, command, python_call
from burdenshare.showing.run_tables import CITED, summary_rows

Answer = Mapping[str, Any]
_URL = re.compile(r"https://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+")
_WORDY = 26  # characters above which the cells of a column are words, not figures


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A chart as the page shows it."""

    name: str
    title: str
    note: str
    drawings: tuple[Markup, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wordy: frozenset[int]


def run_html(answer: Answer) -> str:
    """Return the page: headline, charts with tables, assumptions, sources, how to repeat it.

    It needs no other file, no network and no script; everything from the answer is escaped.
    """
    parts = [
        {
            "name": part.name,
            "title": part.title,
            "charts": [_drawn(chart) for chart in part.charts],
        }
        for part in charts_of(answer)
    ]
    template = _environment().get_template("run.html.j2")
    return template.render(
        run=answer,
        parts=parts,
        gaps=[(_about(answer, about), why) for about, why in held.unknown(answer)],
        citations=list(_citations(answer)),
        command=command(answer),
        call=python_call(answer),
        cite=cite(answer),
        kind=_kind,
        colours=plots,
        plots=vars(plots),
    )


def run_section(answer: Answer) -> Markup:
    """Return the headline and the main figures of a run, for the report on an article."""
    template = _environment().get_template("run_section.html.j2")
    rows = summary_rows(answer)
    return Markup(template.render(run=answer, rows=rows, command=command(answer)))


def write_run_report(answer: Answer, path: Path) -> None:
    """Write the page to a file, whole or not at all.

    Raises UserError where the path is no file, its folder is missing, or the disk refuses.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise UserError(f"{path} is not a file: name a file to write, such as report.html")
    if not target.parent.is_dir():
        raise UserError(f"{path.parent} is not a folder: make it, or write somewhere else")
    page = run_html(answer).encode("utf-8", "replace")
    part = target.with_name(f".report-{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(page)
        part.replace(target)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _drawn(chart: plots.Chart) -> _Drawn:
    columns = zip(*chart.rows, strict=True)
    return _Drawn(
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


def _kind(chart: _Drawn, column: int) -> Markup:
    """Return the class of a column: figures stand at the right, words are given room."""
    if column in chart.wordy:
        return Markup(' class="long"')
    return Markup(' class="figure"' if column else "")


def _about(answer: Answer, about: str) -> str:
    return say.name(answer, about) if about else "Any member"


def _citations(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield what the figures of each block rest on, each once."""
    seen = set()
    for block, title in CITED:
        for each in answer[block]:
            pair = (say.heading(each[title]), words.clean(each["citation"]))
            if pair[1] and pair not in seen:
                seen.add(pair)
                yield pair


def _day(day: object) -> str:
    """Return a day in words, where it is one."""
    try:
        return words.day_words(datetime.date.fromisoformat(str(day)))
    except ValueError:
        return words.clean(day)


@functools.cache
def _environment() -> Environment:
    """Return the templates, ready to fill."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    environment.filters |= {
        "clean": words.clean,
        "day": _day,
        "link": lambda text: text if _URL.fullmatch(str(text)) else "",
    }
    return environment


def _safe(value: object) -> object:
    """Return what goes into the page without control characters; escaping comes after."""
    return value if isinstance(value, Markup) else words.visible(str(value))
