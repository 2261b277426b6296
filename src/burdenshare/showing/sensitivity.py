"""What `burdenshare run --sensitivity` prints: the assumptions, that which moves most first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from burdenshare.showing.grids import grid, wrapped
from burdenshare.showing.words import clean, digits

Answer = Mapping[str, Any]
# By method: the columns of the table, with what they say.
_COLUMNS = {
    "morris": (("moves it by", "mu_star"), ("±", "conf"), ("unevenly by", "sigma")),
    "sobol": (("alone", "s1"), ("±", "s1_conf"), ("with others", "st"), ("±", "st_conf")),
}
_MEANING = {
    "morris": "moves it by: on average, when the assumption goes from low to high; unevenly by: "
    "how much that depends on the other assumptions",
    "sobol": "the part of the variance that goes back to the assumption, 1 being all of it",
}


def sensitivity_text(answer: Answer, width: int = 80) -> str:
    """Return `burdenshare/sensitivity/1` as text: the sentence, then a line an assumption."""
    scenario, output, method = answer["scenario"], answer["output"], answer["method"]
    figure = f"{_short(output['value'])} {clean(output['unit'])}"
    parts = [
        wrapped(f"{scenario['title']} ({scenario['id']})", width, "", "  "),
        wrapped(f"as known on {answer['as_of']} · method of {method.title()}", width),
        "",
        wrapped(answer["headline"], width),
        wrapped(f"{output['text']}, {output['when']}: {figure} ({output['id']})", width, "", "  "),
    ]
    if answer["rows"]:
        columns = _COLUMNS[method]
        rows = [
            [
                _named(row),
                _short(row["low"]),
                _short(row["high"]),
                *(_short(row[name]) for _, name in columns),
            ]
            for row in answer["rows"]
        ]
        head = ["assumption", "low", "high", *(title for title, _ in columns)]
        parts += ["", grid(head, rows, width), "", wrapped(_MEANING[method], width)]
    notes = [wrapped(f"note: {clean(note)}", width, "", "  ") for note in answer["notes"]]
    made = f"burdenshare {clean(answer['version'])} · world {clean(answer['world'])[:12]}"
    return "\n".join([*parts, "", *notes, made])


def _named(row: Answer) -> str:
    """Return an assumption with its key, and the unit of its low and high."""
    inside = ", ".join(clean(row[name]) for name in ("key", "unit") if row[name])
    return f"{clean(row['assumption'])} ({inside})"


def _short(value: object) -> str:
    """Return a number with three digits that count, or a word as it is.

    >>> _short(1234.5), _short(0.12345), _short("pro-rata"), _short(None)
    ('1,234', '0.123', 'pro-rata', '–')
    """
    if not isinstance(value, (int, float)):
        return "–" if value is None else clean(value)
    return f"{value:,.0f}" if abs(value) >= 1000 else digits(float(f"{value:.3g}"), grouped=False)
