"""Grids of cells, wrapped texts and CSV: what the tables are made of."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.showing.words import clean, digits, number

_GAP = "  "
_LEAST = 8  # characters that a column keeps when the others need room


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is shown with as many decimals as its source gives."""

    value: float
    decimals: int


def grid(head: Sequence[str], rows: Sequence[Sequence[object]], width: int = 80) -> str:
    """Return rows below a head, numbers in line with their points, long texts wrapped.

    >>> print(grid(["country", "value"], [["USA", 3.38], ["NLD", 2.1], ["ISL", None]]))
    country  value
    -------  -----
    USA       3.38
    NLD       2.1
    ISL       –
    """
    columns = [_column(name, [row[place] for row in rows]) for place, name in enumerate(head)]
    _narrow(columns, width - len(_GAP) * (len(columns) - 1))
    lines = []
    for place in range(len(rows) + 2):
        cells = [column.lines(place) for column in columns]
        for line in range(max(map(len, cells), default=0)):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            sided = [column.sided(part) for column, part in zip(columns, parts, strict=True)]
            lines.append(_GAP.join(sided).rstrip())
    return "\n".join(lines)


@dataclass(slots=True)
class _Column:
    """The cells of a column, its head first, and the width it is given."""

    cells: list[str]
    numeric: bool
    width: int

    def lines(self, place: int) -> list[str]:
        """Return the lines of one cell; the second is the rule below the head."""
        if place == 1:
            return ["-" * self.width]
        cell = self.cells[max(place - 1, 0)]
        if len(cell) <= self.width:
            return [cell]
        return textwrap.wrap(cell, self.width, break_on_hyphens=False)

    def sided(self, part: str) -> str:
        return part.rjust(self.width) if self.numeric else part.ljust(self.width)


def _column(name: str, values: Sequence[object]) -> _Column:
    numeric = _are_numbers(values)
    cells = [name, *(_numbers(values) if numeric else map(_cell, values))]
    return _Column(cells, numeric, max(map(len, cells)))


def _are_numbers(values: Sequence[object]) -> bool:
    filled = [value for value in values if value is not None]
    return bool(filled) and all(
        isinstance(value, (int, float, Figure)) and not isinstance(value, bool) for value in filled
    )


def _numbers(values: Sequence[Any]) -> Iterator[str]:
    """Yield numbers so that their points stand below each other."""
    plain = [value.value if isinstance(value, Figure) else value for value in values]
    grouped = any(value is not None and abs(value) >= 10_000 for value in plain)
    shown = []
    for value, bare in zip(values, plain, strict=True):
        if bare is None:
            shown.append("–")
        elif isinstance(value, Figure):
            shown.append(f"{bare:{',' if grouped else ''}.{value.decimals}f}")
        else:
            shown.append(digits(bare, grouped))
    after = [len(text) - text.find(".") if "." in text else 0 for text in shown]
    return (text + " " * (max(after) - own) for text, own in zip(shown, after, strict=True))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(map(_cell, value)) or "–"
    if isinstance(value, Figure):
        return f"{value.value:.{value.decimals}f}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return clean(value)


def _narrow(columns: list[_Column], room: int) -> None:
    """Take width from the widest columns of words until a line fits."""
    words = [column for column in columns if not column.numeric]
    while words and sum(column.width for column in columns) > room:
        widest = max(words, key=lambda column: column.width)
        if widest.width <= _LEAST:
            return
        excess = sum(column.width for column in columns) - room
        ties = [column for column in words if column.width == widest.width]
        second = max((each.width for each in words if each.width < widest.width), default=0)
        share = -(-excess // len(ties))
        widest.width = max(_LEAST, second, widest.width - share)


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> str:
    """Return a text as lines, the first and the others with their own indents.

    >>> print(wrapped("rounded to two decimals", 20, "note  ", "      "))
    note  rounded to two
          decimals
    """
    return textwrap.fill(
        clean(text),
        max(width, len(first) + 10),
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
    )


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    r"""Return rows as CSV: a column for each key, lists joined by spaces, nothing for None.

    >>> as_csv([{"country": "ISL", "value": None}, {"country": "USA", "value": 3.38}])
    'country,value\nISL,\nUSA,3.38\n'
    """
    names = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if names:
        writer.writerow(names)
    for row in rows:
        writer.writerow([_csv_cell(row.get(name)) for name in names])
    return out.getvalue()


def _csv_cell(value: object) -> object:
    if isinstance(value, Mapping):
        return " ".join(f"{key}={_csv_cell(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return " ".join(str(_csv_cell(each)) for each in value)
    return value
