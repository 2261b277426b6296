"""Whether reading stays linear on hostile texts: twice the text must take twice the time.

Prints, for each kind of text, the CPU seconds of 1, 2, 4 and 8 MB, and the ratio of each to the
one before: about 2 is linear, about 4 quadratic. The floor is the same pass of a word expression.
A size that would take longer than LONGEST is left out (–). Sizes in MB may be given as arguments:
`python benchmarks/linear.py 1 2`.
"""

from __future__ import annotations

import re
import sys
from datetime import date

from timing import median

from burdenshare.errors import UserError
from burdenshare.reading.read import read_document

DAY = date(2025, 3, 14)
LONGEST = 15  # seconds
WORD = re.compile(r"\w+")
SENTENCE = "“We pay 2 per cent of GDP,” said Ada Brandt, an economist, on March 1. "
HOSTILE = {
    "plain sentences": SENTENCE,
    "one word without end": "a",
    "spaces": " ",
    "line breaks": "a\n",
    "digits": "7",
    "digits and commas": "1,",
    "opening quotes": "“",
    "straight quotes": '"a ',
    "apostrophes": "a' ",
    "mixed quotes": "“‘\"'",
    "full stops": ". ",
    "initials": "U.S. A. ",
    "dashes": "– ",
    "brackets": "(a [",
    "capitals": "Ada Brandt ",
    "breadcrumbs": "Home > News > ",
    "per cent": "2 per cent ",
    "currencies": "€1 billion ($",
    "dates": "March 1 ",
    "dots and digits": "1.",
    "signs that stand for two": "ﬁ\u0301",
}
PAGES = {
    "open tags": "<p>",
    "open angles": "<",
    "comments": "<!--",
    "attributes": '<a b="',
    "entities": "&amp",
}


def seconds(raw: str, *, html: bool) -> float | None:
    """Return the CPU seconds of one reading, or None for a text that is refused."""
    try:
        return median(lambda: read_document(raw, DAY, html=html), runs=1)
    except UserError:
        return None


def text(piece: str, size: float) -> str:
    """Return a piece repeated to a size in MB, with a word at the end so that it is not empty."""
    return piece * int(size * 1_000_000 / len(piece.encode())) + " end."


def cells(piece: str, sizes: list[float], *, html: bool) -> tuple[list[str], float, float]:
    """Return the cells of a line, the largest ratio, and the ratio to the floor at the end."""
    shown: list[str] = []
    before = worst = to_floor = 0.0
    for place, size in enumerate(sizes):
        if place > 1 and before * size / sizes[place - 1] > LONGEST:
            shown.append(f"{'–':>9}{'':>7}")
            continue
        raw = text(piece, size)
        took = seconds(raw, html=html)
        if took is None:
            shown.append(f"{'refused':>9}{'':>7}")
            continue
        ratio = took / before if before else 0.0
        shown.append(f"{took:>9.2f}{f'{ratio:.1f}x' if ratio else '':>7}")
        before, worst = took, max(worst, ratio)
        to_floor = took / max(median(lambda raw=raw: WORD.findall(raw), runs=1), 0.001)
    return shown, worst, to_floor


def main() -> None:
    sizes = [float(each) for each in sys.argv[1:]] or [1, 2, 4, 8]
    print("CPU seconds by size, and the ratio to the size before; floor: one pass over the words")
    head = "".join(f"{f'{size:g} MB':>16}" for size in sizes)
    print(f"{'':<28}{head}{'to floor':>12}")
    worst = 0.0
    for html, kinds in ((False, HOSTILE), (True, PAGES)):
        for name, piece in kinds.items():
            shown, largest, to_floor = cells(piece, sizes, html=html)
            worst = max(worst, largest)
            label = "page of " * html + name
            print(f"{label:<28}{''.join(shown)}{to_floor:>11.0f}x", flush=True)
    print(f"the largest ratio of one size to the one before: {worst:.1f}x")


if __name__ == "__main__":
    main()
