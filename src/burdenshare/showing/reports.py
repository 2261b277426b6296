"""A checked article as one self-contained HTML page."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from jinja2 import Template
from markupsafe import Markup

from burdenshare.checking.results import Check, CheckedClaim, Evidence, Proposed
from burdenshare.reading.document import Span
from burdenshare.showing import charts, words
from burdenshare.showing.marking import marked_article
from burdenshare.showing.pages import environment, write_page
from burdenshare.showing.readable import shown_words

if TYPE_CHECKING:
    from burdenshare.checking.results import Vintage

_LONGEST = 1000
_ATTENTION = ("contradicted", "superseded", "depends")
# What the templates of a report turn into words.
FILTERS: dict[str, Callable[..., Any]] = {
    "day": words.day_words,
    "measure": lambda found: words.measure(found.value, found.unit),
    "number": words.number,
    "position": words.position,
    "stated": words.stated_words,
    "via": words.via,
    "who": words.who,
    "links": words.links,
    "many": words.counted,
    "mode": lambda said: words.MODES[said.mode],
}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A chart and the same as a table."""

    title: str
    unit: str
    drawing: Markup
    points: tuple[Vintage, ...]


@dataclass(frozen=True, slots=True)
class _Card:
    """A claim as the page shows it; `place` is its number in the article."""

    place: int
    claim: CheckedClaim
    text: str
    query: tuple[tuple[str, str], ...]
    figure: _Figure | None


@dataclass(frozen=True, slots=True)
class _WhatIf:
    """A scenario that the article proposes, as the page shows it."""

    scenario: Proposed
    passages: tuple[str, ...]
    section: Markup | None


def report_html(check: Check, runs: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """Return the page: summary, marked article, verdicts with their charts, statements, sources.

    `runs` are answers of scenarios that the article proposes, by id. The page needs no other file,
    no network and no script; everything from the article is escaped.
    """
    return _page().render(report_values(check, runs))


def report_values(
    check: Check, runs: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """Return what the templates of a report show of a check; `runs` as in `report_html`."""
    cards = [_card(check, index) for index in _in_order(check)]
    return {
        "check": check,
        "name": _name(check.path),
        "article": marked_article(check),
        "cards": cards,
        "attention": [card for card in cards if card.claim.verdict in _ATTENTION],
        "tally": words.tally(check.claims),
        "statements": [(said, _quoted(check, said)) for said in check.statements],
        "scenarios": [
            _scenario(check, each, (runs or {}).get(each.id)) for each in check.scenarios
        ],
        "unread": [_quoted(check, span) for span in check.unread],
        "sources": _sources(check.claims),
        "labels": words.VERDICTS,
        "colours": charts,
    }


def write_report(
    check: Check, path: Path, runs: Mapping[str, Mapping[str, Any]] | None = None
) -> None:
    """Write the page to a file, whole or not at all; `runs` as in `report_html`.

    Raises UserError where the path is no file, its folder is missing, or the disk refuses.
    """
    write_page(report_html(check, runs), path)


def _name(path: str) -> str:
    """Return what the page calls the article: its file's name, without the folders above."""
    name = PurePath(words.clean(path)).name
    return "Article" if name in ("", "-") else name


def _quoted(check: Check, span: Span) -> str:
    """Return words for a card or a table; the article itself always has them in full."""
    return words.shorten(shown_words(check.document, span), _LONGEST)


def _in_order(check: Check) -> list[int]:
    claims = check.claims
    return sorted(range(len(claims)), key=lambda index: (claims[index].start, claims[index].end))


def _card(check: Check, index: int) -> _Card:
    claim = check.claims[index]
    return _Card(
        place=index + 1,
        claim=claim,
        text=_quoted(check, claim),
        query=tuple(_flat(claim.query)),
        figure=_figure(claim, check) if len(claim.history) > 1 else None,
    )


def _scenario(check: Check, found: Proposed, run: Mapping[str, Any] | None) -> _WhatIf:
    from burdenshare.showing.run_reports import run_section

    passages = tuple(_quoted(check, span) for span in found.passages)
    return _WhatIf(found, passages, None if run is None else run_section(run))


def _figure(claim: CheckedClaim, check: Check) -> _Figure:
    title, unit = claim.history_title, claim.history_unit
    spec = charts.vintages_spec(
        claim.history, title, unit, _level(claim), check.document.date, check.now
    )
    return _Figure(title, unit, Markup(charts.svg(spec)), claim.history)


def _level(claim: CheckedClaim) -> float | None:
    """Return the stated value where it is of the chart's own measure, for the dashed line."""
    answer = claim.then or claim.now
    value, unit = claim.stated.get("value"), str(claim.stated.get("unit") or "")
    if not isinstance(value, (int, float)) or answer is None or answer.unit != claim.history_unit:
        return None
    alike = unit in ("", answer.unit) or (unit == "%" and answer.unit.startswith("%"))
    return float(value) if alike else None


def _flat(query: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the fields of a query as pairs of words."""
    for key, value in query.items():
        name = f"{above}{key}".replace("_", " ")
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}, ")
        elif isinstance(value, (list, tuple)):
            yield name, ", ".join(map(str, value))
        elif isinstance(value, bool):
            yield name, "yes" if value else "no"
        elif value is not None:
            yield name, str(value)


def _sources(claims: Iterable[CheckedClaim]) -> list[Evidence]:
    """Return each source once, oldest first."""
    found: dict[tuple[str, str, str], Evidence] = {}
    for claim in claims:
        for answer in (claim.then, claim.now):
            if answer is not None:
                found.setdefault((str(answer.published), answer.source, answer.url), answer)
    return [found[key] for key in sorted(found)]


@functools.cache
def _page() -> Template:
    """Return the template, ready to fill."""
    found = environment().overlay()
    found.filters = found.filters | FILTERS
    return found.get_template("report.html.j2")
