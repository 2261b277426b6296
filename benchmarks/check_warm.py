"""How many articles a second one core checks, once the world is loaded, beside a plain pass.

The floor is one pass of a word expression over the same text: nobody reads it in less. The goal is
for an article of news length, the example; a passage is its beginning.
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
    passage = "\n\n".join(text.split("\n\n")[:6])
    with tempfile.TemporaryDirectory() as empty:
        checker = Checker(World(Path(empty)), charts=False)
        checker.check(text, day)  # reads the series that the article asks for
        print(
            "ms of CPU for one check, warm: median of 7 times 20; the floor is one pass over words"
        )
        print(f"{'':<14}{'words':>7}{'claims':>8}{'ms':>8}{'a second':>10}{'to floor':>10}")
        for name, each in (("a passage", passage), ("the example", text)):
            print(line(checker, day, name, each), flush=True)


def line(checker: Checker, day: date, name: str, text: str) -> str:
    claims = len(checker.check(text, day).claims)
    seconds = median(lambda: [checker.check(text, day) for _ in range(BATCH)]) / BATCH
    floor = median(lambda: [len(WORD.findall(text)) for _ in range(20 * BATCH)]) / (20 * BATCH)
    found = f"{name:<14}{len(WORD.findall(text)):>7}{claims:>8}{1000 * seconds:>8.2f}"
    found += f"{1 / seconds:>10.0f}{seconds / floor:>9.0f}x"
    if name != "the example":
        return found
    return f"{found}   {verdict(1 / seconds, GOAL, below=False)}"


if __name__ == "__main__":
    main()
