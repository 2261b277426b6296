"""How many articles a second one core checks, once the world is loaded, beside a plain pass.

The floor is one pass of a word expression over the same text: nobody reads it in less.
"""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

from timing import EXAMPLE, EXAMPLE_DATE, median, verdict

from burdenshare.checking.article import Checker
from burdenshare.world.load import World

GOAL = 150  # articles a second
BATCH = 20
WORD = re.compile(r"\w+")


def main() -> None:
    text = EXAMPLE.read_text("utf-8")
    day = date.fromisoformat(EXAMPLE_DATE)
    with tempfile.TemporaryDirectory() as empty:
        checker = Checker(World(Path(empty)), charts=False)
        found = checker.check(text, day)  # reads the series that the article asks for
        seconds = median(lambda: [checker.check(text, day) for _ in range(BATCH)]) / BATCH
    floor = median(lambda: [len(WORD.findall(text)) for _ in range(100 * BATCH)]) / (100 * BATCH)
    rate = 1 / seconds
    print(f"the example: {len(WORD.findall(text))} words, {len(found.claims)} claims")
    print(f"one check, warm: {1000 * seconds:.2f} ms of CPU, median of 7 times {BATCH}")
    print(f"articles a second: {rate:.0f}   {verdict(rate, GOAL, below=False)}")
    print(f"to the floor, one pass over its words ({1e6 * floor:.0f} µs): {seconds / floor:.0f}x")


if __name__ == "__main__":
    main()
