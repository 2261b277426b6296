"""A run as one self-contained HTML page, and as a section of the report on an article."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from burdenshare.showing import plots, run_debt_words
from burdenshare.showing import run_rows as held
from burdenshare.showing import run_words as say
from burdenshare.showing.pages import environment, kind, shown, write_page
from burdenshare.showing.run_charts import charts_of
from burdenshare.showing.run_repeat import cite, command, python_call
from burdenshare.showing.run_tables import citations, summary_rows

Answer = Mapping[str, Any]


def run_html(answer: Answer) -> str:
    """Return the page: headline, charts with tables, assumptions, sources, how to repeat it.

    It needs no other file, no network and no script; everything from the answer is escaped.
    """
    parts = [
        {
            "name": part.name,
            "title": part.title,
            "says": part.says,
            "charts": [shown(chart) for chart in part.charts],
        }
        for part in charts_of(answer)
    ]
    template = environment().get_template("run.html.j2")
    return template.render(
        run=answer,
        parts=parts,
        gaps=[(_about(answer, about), why) for about, why in held.unknown(answer)],
        citations=citations(answer),
        debt=run_debt_words,
        command=command(answer),
        call=python_call(answer),
        cite=cite(answer),
        kind=kind,
        colours=plots,
        plots=vars(plots),
    )


def run_section(answer: Answer) -> Markup:
    """Return the headline and the main figures of a run, for the report on an article."""
    template = environment().get_template("run_section.html.j2")
    rows = summary_rows(answer)
    return Markup(template.render(run=answer, rows=rows, command=command(answer)))


def write_run_report(answer: Answer, path: Path) -> None:
    """Write the page to a file, whole or not at all.

    Raises UserError where the path is no file, its folder is missing, or the disk refuses.
    """
    write_page(run_html(answer), path)


def _about(answer: Answer, about: str) -> str:
    return say.name(answer, about) if about else "Any member"
